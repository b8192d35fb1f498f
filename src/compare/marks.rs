//! The word-level marks of the side-by-side view: links in, the stretches that only one side has out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::align::{Link, Relation};
use crate::document::{BlockId, Document, Token};
use crate::limits;

use super::diff::{edits, readable};
use super::matching::Matching;
use super::{Marks, Quote};

/// Marks of all links, and why some are poorer than asked for.
pub(super) struct Marked {
    pub(super) marks: Vec<Marks>,
    pub(super) coarse: Option<String>,
}

/// Marks the words of each link; one entry per link.
pub(super) fn mark(a: &Document, b: &Document, links: &[Link], matching: &Matching) -> Marked {
    let mut coarse = None;
    let across = across(matching);
    let marks = links
        .iter()
        .map(|link| {
            if link.relation == Relation::Same {
                return Marks::default();
            }
            let x = Side::of(a, &link.a);
            let y = Side::of(b, &link.b);
            match edits(&x.tokens, &y.tokens) {
                Some(raw) => {
                    let clean = readable(&x.tokens, &y.tokens, &raw);
                    Marks {
                        a: x.quotes(clean.iter().map(|e| e.a.clone()), &across.0),
                        b: y.quotes(clean.iter().map(|e| e.b.clone()), &across.1),
                    }
                }
                None => {
                    coarse = Some(format!(
                        "a passage of more than {} words is shown whole, without marks on single words",
                        limits::DIFF_WORDS
                    ));
                    Marks::default()
                }
            }
        })
        .collect();
    Marked { marks, coarse }
}

/// Byte ranges, by block, of sentences that the other policy has nearly word for word in another place: they are not marked
/// as if only this side had them.
type Across = FxHashMap<BlockId, Vec<Range<u32>>>;

fn across(matching: &Matching) -> (Across, Across) {
    let (mut a, mut b): (Across, Across) = (FxHashMap::default(), FxHashMap::default());
    for same in &matching.elsewhere {
        a.entry(same.a.block).or_default().push(same.a.start..same.a.end);
        b.entry(same.b.block).or_default().push(same.b.start..same.b.end);
    }
    (a, b)
}

/// One side of a link as a single run of tokens.
struct Side {
    tokens: Vec<Token>,
    /// The block of each token.
    blocks: Vec<BlockId>,
}

impl Side {
    fn of(document: &Document, blocks: &[BlockId]) -> Self {
        let mut side = Self { tokens: Vec::new(), blocks: Vec::new() };
        for block in blocks {
            let tokens = document.tokens(*block);
            side.tokens.extend_from_slice(tokens);
            side.blocks.resize(side.tokens.len(), *block);
        }
        side
    }

    /// Token ranges as quotes, cut at block ends, without what stands in `elsewhere`.
    fn quotes(&self, ranges: impl Iterator<Item = Range<usize>>, elsewhere: &Across) -> Vec<Quote> {
        let mut out: Vec<Quote> = Vec::new();
        for range in ranges {
            let mut fresh = true;
            for at in range {
                let (Some(token), Some(block)) = (self.tokens.get(at), self.blocks.get(at)) else { continue };
                let moved = elsewhere
                    .get(block)
                    .is_some_and(|l| l.iter().any(|r| r.start <= token.start && token.end <= r.end));
                if moved {
                    fresh = true;
                    continue;
                }
                match out.last_mut() {
                    Some(last) if !fresh && last.block == *block => last.end = token.end,
                    _ => out.push(Quote { block: *block, start: token.start, end: token.end }),
                }
                fresh = false;
            }
        }
        out
    }
}
