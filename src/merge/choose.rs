//! Which of two wordings of the same thing stands: two sentences in, a side out; the rule knows no school.

use std::collections::BTreeSet;

use crate::compare::{Counterparts, Quote};
use crate::document::{Class, Document};

use super::Side;

/// A wording stands for the other only if it holds this share of the other's words; else a person chooses.
const COVERS: f32 = 0.6;
/// Nor does it if more than this share of the words of substance of both stand in one only: "taught together" and "taught separately"
/// have most words in common. Of the sample's pairs below it none that has no other difference says two things; just
/// above it stands "parents are telephoned about every head injury" and "sent a note".
const APART: f32 = 0.3;
/// Nor if one says all that the other does and so many words more.
const MORE: u32 = 2;

/// Whether two sentences that correspond are so near that one wording may stand for both.
pub(super) fn is_near(sentences: &Counterparts) -> bool {
    let [a, b] = sentences.own;
    let all = (a + b + sentences.common).max(1);
    (a + b) as f32 <= APART * all as f32 && (a.min(b) > 0 || a.max(b) < MORE)
}

/// The wording that stands: the fuller one, which holds more of the other's words than the other of its own; if both are as full, the
/// shorter; if they are as long, the one that comes first in the alphabet. None if neither holds enough of the other.
pub(super) fn stands(documents: [&Document; 2], a: Quote, b: Quote) -> Option<Side> {
    let (x, y) = (words(documents[0], a), words(documents[1], b));
    let shared = x.intersection(&y).count() as f32;
    let fewer = x.len().min(y.len());
    if fewer == 0 || shared / (fewer as f32) < COVERS {
        return None;
    }
    Some(fuller(documents, a, b))
}

/// The same where one has to stand, as of two headings.
pub(super) fn fuller(documents: [&Document; 2], a: Quote, b: Quote) -> Side {
    let (x, y) = (words(documents[0], a).len(), words(documents[1], b).len());
    let (s, t) = (a.text(documents[0]), b.text(documents[1]));
    let first = (y, s.len(), s) <= (x, t.len(), t);
    if first { Side::A } else { Side::B }
}

fn words(document: &Document, quote: Quote) -> BTreeSet<u64> {
    inside(document, quote).filter(|t| t.class != Class::Mark).map(|t| t.stem).collect()
}

/// Marks that say nothing by themselves; a pound or per cent sign does.
const SOFT: &str = ".,;:!?'\"‘’“”()[]-–—…•·*_";

/// What two sentences have in common if they say the same but for soft marks, case and formatting.
pub(super) fn key(document: &Document, quote: Quote) -> Vec<u64> {
    let text = document.blocks.get(quote.block as usize).map_or("", |b| b.text.as_str());
    let soft = |t: &&crate::document::Token| {
        let piece = text.get(t.start as usize..t.end as usize).unwrap_or("");
        t.class != Class::Mark || !piece.chars().all(|c| SOFT.contains(c))
    };
    let hard: Vec<u64> = inside(document, quote).filter(soft).map(|t| t.word).collect();
    // A line of nothing but marks is the same only as itself.
    if hard.is_empty() { vec![crate::document::tokens::fingerprint(quote.text(document))] } else { hard }
}

fn inside<'d>(
    document: &'d Document,
    quote: Quote,
) -> impl Iterator<Item = &'d crate::document::Token> + use<'d> {
    document.tokens(quote.block).iter().filter(move |t| quote.start <= t.start && t.end <= quote.end)
}
