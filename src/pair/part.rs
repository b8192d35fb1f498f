//! Topics that are only a section of a larger file: documents without a partner in, pairs with a part of a larger one out.

use crate::document::{Class, Document, Kind, Role};
use crate::knowledge::Knowledge;
use crate::knowledge::topics::name_words;

use super::corrections::Asked;
use super::likeness::Likeness;
use super::{Confidence, Register, made};

/// A heading must hold all words of the smaller policy's title (two or more, or one long one).
const LONG_WORD: usize = 6;
/// Least cosine of the two documents' words.
const LEAST_WORDS: f32 = 0.1;

/// Looks for each document that is still free in the headings of the other school's files.
#[allow(clippy::too_many_arguments)] // the state of one step of `pair`, which is the only caller
pub(super) fn find(
    documents: &[Document],
    likeness: &Likeness,
    sides: [&[usize]; 2],
    free_a: &mut Vec<usize>,
    free_b: &mut Vec<usize>,
    register: &mut Register,
    asked: &Asked,
    knowledge: &Knowledge,
) {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (free, others, first) in [(&*free_a, sides[1], true), (&*free_b, sides[0], false)] {
        for document in free {
            let ordered = |other: usize| if first { (*document, other) } else { (other, *document) };
            let mut best: Option<(u32, usize, String)> = None;
            for other in others {
                let (a, b) = ordered(*other);
                if asked.never.contains(&(a, b)) || likeness.words(a, b) < LEAST_WORDS {
                    continue;
                }
                if let Some(heading) = section(&documents[*document], &documents[*other]) {
                    let score = (likeness.words(a, b) * 1000.0) as u32;
                    if best.as_ref().is_none_or(|(s, ..)| score > *s) {
                        best = Some((score, *other, heading));
                    }
                }
            }
            if let Some((_, other, heading)) = best {
                let (a, b) = ordered(other);
                found.push((a, b, heading));
            }
        }
    }
    for (a, b, heading) in found {
        free_a.retain(|d| *d != a);
        free_b.retain(|d| *d != b);
        let because = vec![format!("One of them has it only as a section: “{heading}”.")];
        let mut pair = made(a, b, Confidence::Question, because, &register.topics, knowledge);
        pair.part = true;
        register.pairs.push(pair);
    }
}

/// The heading of a larger document that names what a smaller one is about.
fn section(small: &Document, large: &Document) -> Option<String> {
    let wanted = name_words(&small.title);
    let telling = wanted.len() >= 2 || wanted.first().is_some_and(|w| w.len() >= LONG_WORD);
    if !telling || words(large) < words(small) {
        return None;
    }
    // Its own title is no section of it.
    let heads = large.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body);
    let found = heads.into_iter().find(|h| {
        let words = name_words(&h.text);
        wanted.iter().all(|w| words.contains(w)) && words.len() <= wanted.len() + 2
    });
    found.map(|h| h.text.clone())
}

fn words(document: &Document) -> usize {
    let blocks = 0..document.blocks.len() as u32;
    blocks.flat_map(|b| document.tokens(b)).filter(|t| t.class == Class::Word).count()
}
