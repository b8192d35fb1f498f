//! The word-level marks of the side-by-side view: links in, the stretches that only one side has out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::align::{Link, Relation};
use crate::document::{BlockId, Document, Token};
use crate::limits;

use super::diff::{edits, readable};
use super::matching::Matching;
use super::ready::Ready;
use super::{Marks, Quote};

/// Marks of all links, and why some are poorer than asked for.
pub(super) struct Marked {
    pub(super) marks: Vec<Marks>,
    pub(super) coarse: Option<String>,
}

/// Marks the words of each link; one entry per link.
///
/// Sentences that both have word for word in other places are lifted out first, so that what is neither marked nor lifted is
/// the same on both sides, in the same order.
pub(super) fn mark(a: &Ready, b: &Ready, links: &[Link], matching: &Matching) -> Marked {
    let mut coarse = None;
    let lifted = Lifted::of(a, b, matching);
    let (a, b) = (a.document, b.document);
    let marks = links
        .iter()
        .map(|link| {
            if link.relation == Relation::Same {
                return Marks::default();
            }
            let x = Side::of(a, &link.a, &lifted.a);
            let y = Side::of(b, &link.b, &lifted.b);
            match edits(&x.tokens, &y.tokens) {
                Some(raw) => {
                    let clean = readable(&x.tokens, &y.tokens, &raw);
                    Marks {
                        a: x.quotes(clean.iter().map(|e| e.a.clone())),
                        b: y.quotes(clean.iter().map(|e| e.b.clone())),
                        moved_a: x.lifted,
                        moved_b: y.lifted,
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

/// Sentences of each side that stand in another place on the other side, by block.
#[derive(Default)]
struct Lifted {
    a: FxHashMap<BlockId, Vec<Quote>>,
    b: FxHashMap<BlockId, Vec<Quote>>,
}

impl Lifted {
    fn of(a: &Ready, b: &Ready, matching: &Matching) -> Self {
        let mut all = Self::default();
        for same in matching.elsewhere.iter().chain(&matching.crossed) {
            let (x, y) = (a.quote(same.a), b.quote(same.b));
            all.a.entry(x.block).or_default().push(x);
            all.b.entry(y.block).or_default().push(y);
        }
        all
    }
}

/// One side of a link as a single run of tokens, without the sentences lifted out of it.
#[derive(Default)]
struct Side {
    tokens: Vec<Token>,
    /// The stretch of text each token stands in: its block, and how many sentences were lifted before it.
    stretches: Vec<(BlockId, usize)>,
    lifted: Vec<Quote>,
}

impl Side {
    fn of(document: &Document, blocks: &[BlockId], lifted: &FxHashMap<BlockId, Vec<Quote>>) -> Self {
        let mut side = Self::default();
        for block in blocks {
            let out = lifted.get(block).map_or(&[][..], Vec::as_slice);
            for token in document.tokens(*block) {
                match out.iter().find(|q| q.start <= token.start && token.end <= q.end) {
                    Some(quote) if side.lifted.last() == Some(quote) => {}
                    Some(quote) => side.lifted.push(*quote),
                    None => {
                        side.tokens.push(*token);
                        side.stretches.push((*block, side.lifted.len()));
                    }
                }
            }
        }
        side
    }

    /// Token ranges as quotes, cut where a block ends or a sentence was lifted out.
    fn quotes(&self, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Quote> {
        let mut out: Vec<Quote> = Vec::new();
        for range in ranges {
            let mut before = None;
            for at in range {
                let (Some(token), Some(stretch)) = (self.tokens.get(at), self.stretches.get(at)) else {
                    continue;
                };
                match out.last_mut() {
                    Some(last) if before == Some(stretch) => last.end = token.end,
                    _ => out.push(Quote { block: stretch.0, start: token.start, end: token.end }),
                }
                before = Some(stretch);
            }
        }
        out
    }
}
