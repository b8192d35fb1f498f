//! A church school's protected wording: a school and its documents in, the sentences that it is not free to change out.

use crate::compare::{Quote, sentences};
use crate::document::{Document, Role, School};
use crate::knowledge::Wording;

/// A sentence that stands under a school's religious character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which character, counted as [`Wording::characters`].
    pub character: usize,
    /// Index of the document.
    pub document: usize,
    /// The sentence.
    pub quote: Quote,
}

/// The sentences of a school that has a religious character, by what is said of it or by its names; none for any other, because every maintained school speaks of
/// worship and of religions somewhere.
pub(super) fn of(school: &School, documents: Vec<(usize, &Document)>, wording: &Wording) -> Vec<Kept> {
    let Some(character) = wording.character(school) else { return Vec::new() };
    let mut out = Vec::new();
    for (id, document) in documents {
        for (at, block) in (0..).zip(&document.blocks) {
            if block.role != Role::Body {
                continue;
            }
            for sentence in sentences(document, at) {
                let found = wording.character_words.find(sentence.tokens(document));
                if found.iter().any(|(number, _)| *number == character) {
                    out.push(Kept { character, document: id, quote: sentence.quote() });
                }
            }
        }
    }
    out
}
