//! Words as terms: two documents' units in, each word the number of its root and each unit cut into pieces out.
//!
//! Cost: one look into a table for every word; `roots` is asked once for each different word.

use rustc_hash::FxHashMap;

use crate::document::tokens::{fingerprint, stem};
use crate::document::{BlockId, Class, Document, Token};

use super::roots::root;

/// The words of one document's units as terms, unit after unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// The terms of all units, in order.
    pub(super) terms: Vec<u32>,
    /// Where the terms of each unit end; one entry a unit.
    pub(super) unit_ends: Vec<u32>,
    /// Where the terms of each sentence or item of a unit end; none is empty.
    pub(super) piece_ends: Vec<u32>,
    /// Where the pieces of each unit end; one entry a unit.
    pub(super) pieces_of: Vec<u32>,
}

impl Words {
    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.unit_ends.len()
    }

    /// How many words a unit has.
    pub(super) fn len(&self, unit: usize) -> usize {
        let before = unit.checked_sub(1).map_or(0, |before| self.unit_ends[before]);
        (self.unit_ends[unit] - before) as usize
    }

    /// The sentences and items of a unit.
    pub(super) fn pieces(&self, unit: usize) -> std::ops::Range<usize> {
        let start = unit.checked_sub(1).map_or(0, |before| self.pieces_of[before]);
        start as usize..self.pieces_of[unit] as usize
    }

    /// The terms of a sentence or item, in order.
    pub(super) fn piece(&self, piece: usize) -> &[u32] {
        let start = piece.checked_sub(1).map_or(0, |before| self.piece_ends[before]);
        &self.terms[start as usize..self.piece_ends[piece] as usize]
    }

    fn cut(&mut self) {
        let end = self.terms.len() as u32;
        if end > self.piece_ends.last().copied().unwrap_or(0) {
            self.piece_ends.push(end);
        }
    }
}

/// Both documents' words as terms.
pub(super) struct Numbered {
    /// Of the first document.
    pub(super) a: Words,
    /// Of the second.
    pub(super) b: Words,
    /// How many terms there are.
    pub(super) terms: usize,
}

/// Numbers the words of both documents' units: a term is the rank of a root in the order of fingerprints, the same whichever
/// document comes first.
pub(super) fn number(a: &Document, units_a: &[BlockId], b: &Document, units_b: &[BlockId]) -> Numbered {
    // Words are numbered as they are met, and renumbered when all are known.
    let mut met = Met::default();
    let (mut words_a, mut words_b) = (met.words(a, units_a), met.words(b, units_b));
    let mut order = met.roots.clone();
    order.sort_unstable();
    order.dedup();
    let rank: Vec<u32> = met.roots.iter().map(|root| order.binary_search(root).unwrap_or(0) as u32).collect();
    for term in words_a.terms.iter_mut().chain(&mut words_b.terms) {
        *term = rank[*term as usize];
    }
    Numbered { a: words_a, b: words_b, terms: order.len() }
}

/// The different words met so far.
#[derive(Default)]
struct Met {
    /// The number of each, by its fingerprint.
    numbers: FxHashMap<u64, u32>,
    /// The fingerprint of its root, by its number.
    roots: Vec<u64>,
    /// Room for a word in lower case.
    folded: Vec<u8>,
}

impl Met {
    /// The words of a document's units, cut where a sentence ends, at colons and semicolons, and before each item of a list that
    /// was run into one paragraph.
    fn words(&mut self, document: &Document, units: &[BlockId]) -> Words {
        let mut out = Words::default();
        for unit in units {
            let tokens = document.tokens(*unit);
            let text = document.blocks.get(*unit as usize).map_or("", |b| b.text.as_str());
            for (at, token) in tokens.iter().enumerate() {
                if token.class != Class::Mark {
                    out.terms.push(self.number(token, text));
                } else if cuts(tokens, at, text) {
                    out.cut();
                }
            }
            out.cut();
            out.unit_ends.push(out.terms.len() as u32);
            out.pieces_of.push(out.piece_ends.len() as u32);
        }
        out
    }

    fn number(&mut self, token: &Token, text: &str) -> u32 {
        let Self { numbers, roots, folded } = self;
        *numbers.entry(token.word).or_insert_with(|| {
            roots.push(root_of(token, text, folded));
            roots.len() as u32 - 1
        })
    }
}

/// Whether a piece ends at a mark.
fn cuts(tokens: &[Token], at: usize, text: &str) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let apart_after = tokens.get(at + 1).is_none_or(|next| next.start > token.end);
    let apart_before = at.checked_sub(1).and_then(|b| tokens.get(b)).is_none_or(|t| t.end < token.start);
    match text.get(token.start as usize..token.end as usize) {
        Some(";") => true,
        Some("." | "!" | "?" | ":") => apart_after,
        Some("-" | "–" | "+" | "•" | "*") => apart_before && apart_after,
        _ => false,
    }
}

/// The fingerprint of a word's root; of a number, of the number itself. `folded` is room for the word in lower case.
pub(crate) fn root_of(token: &Token, text: &str, folded: &mut Vec<u8>) -> u64 {
    let word = text.get(token.start as usize..token.end as usize).unwrap_or("");
    if token.class != Class::Word {
        return token.word;
    }
    folded.clear();
    if word.is_ascii() {
        folded.extend(word.bytes().map(|b| b.to_ascii_lowercase()));
    } else {
        let plain = word.to_lowercase().replace(['\u{2018}', '\u{2019}', '\u{02BC}'], "'");
        folded.extend(plain.bytes());
    }
    let root = root(stem(folded));
    // Endings are ASCII, so that what is left is text.
    std::str::from_utf8(root).map_or(token.stem, fingerprint)
}
