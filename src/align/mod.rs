//! Blocks of one policy ↔ blocks of the other: two documents in, links out.
//!
//! The steps, each in a file of its own:
//!
//! 1. `terms`: every block becomes a vector of weighted word stems (log term frequency × inverse block frequency over
//!    both documents).
//! 2. `similarity`: cosine of two blocks, of their sections, of their neighbours, how much they share, and how a pair
//!    stands in its row and column; a logistic function of these is the pair's score. `votes`: sentences that stand out as
//!    each other's counterpart speak for the blocks they stand in.
//! 3. `assign`: the best pairs first, one to one; then what is left over joins a linked block that covers it or that it
//!    shares a sentence with (split and joined passages).
//! 4. `headings`: headings follow the links of the blocks they enclose, helped by their own words.
//! 5. `order`: links off the heaviest chain in both documents' order are moved.
//!
//! Everything is a function of both sides alike: swapping the documents gives the mirrored links. The measures and the
//! assignment are those that did best on labelled real policies; `similarity` says where the weights come from and what
//! the result cannot do.

mod assign;
mod headings;
mod measures;
mod order;
mod roots;
mod similarity;
mod terms;
mod votes;

use crate::document::{BlockId, Class, Document, Kind, Role};
use crate::knowledge::Knowledge;

pub(crate) use order::on_every_chain;

/// How two linked passages relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same words; marks, case and formatting may differ.
    Same,
    /// Other words, nothing to decide.
    Reworded,
    /// Something to decide or to check differs.
    Changed,
    /// One side is a part of the other: split or joined.
    Partial,
}

/// Blocks that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Blocks of the first document, ascending, at least one.
    pub a: Vec<BlockId>,
    /// Blocks of the second document, ascending, at least one.
    pub b: Vec<BlockId>,
    /// [`crate::compare`] refines `Reworded` to `Changed` where it finds something to decide.
    pub relation: Relation,
    /// Stands elsewhere in the order of the other document.
    pub moved: bool,
    /// 0.0 nothing in common, 1.0 equal; symmetric.
    pub score: f32,
}

/// Every block of both documents exactly once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// In order of the first document.
    pub links: Vec<Link>,
    /// Blocks of the first document that correspond to nothing, ascending.
    pub only_a: Vec<BlockId>,
    /// The same of the second.
    pub only_b: Vec<BlockId>,
    /// Why the result is poorer than asked for, if it is.
    pub coarse: Option<String>,
}

/// Aligns two documents; symmetric: swapping them gives the mirrored links.
///
/// Cost: linear in the text plus one step for every pair of blocks (at most `DENSE_CELLS` of `similarity`, above that the
/// pairs that share a rare word).
pub fn align(a: &Document, b: &Document, knowledge: &Knowledge) -> Alignment {
    let units_a = units(a);
    let units_b = units(b);
    let numbered = terms::number(a, &units_a, b, &units_b);
    let terms = terms::units(&numbered);
    let scores = similarity::score(a, &units_a, b, &units_b, &numbered, &terms);
    let groups = assign::assign(&scores, &terms);
    let mut links: Vec<Link> = groups
        .into_iter()
        .map(|group| {
            let a_ids: Vec<BlockId> = group.a.iter().filter_map(|u| units_a.get(*u).copied()).collect();
            let b_ids: Vec<BlockId> = group.b.iter().filter_map(|u| units_b.get(*u).copied()).collect();
            let relation = relation(a, &a_ids, b, &b_ids);
            Link { a: a_ids, b: b_ids, relation, moved: false, score: group.score }
        })
        .collect();
    headings::link(a, b, knowledge, &mut links);
    order::mark_moved(a, b, &mut links);
    let only_a = unlinked(a, links.iter().flat_map(|l| &l.a));
    let only_b = unlinked(b, links.iter().flat_map(|l| &l.b));
    Alignment { links, only_a, only_b, coarse: scores.coarse }
}

/// The blocks that are linked by their words: all but headings and blocks without a word.
fn units(document: &Document) -> Vec<BlockId> {
    (0..)
        .zip(&document.blocks)
        .filter(|(id, block)| {
            block.kind != Kind::Heading && document.tokens(*id).iter().any(|t| t.class != Class::Mark)
        })
        .map(|(id, _)| id)
        .collect()
}

/// Whether two blocks may correspond at all: the policy's text with text, its front matter with front matter.
fn comparable(a: Role, b: Role) -> bool {
    a == b
}

/// Same words on both sides, one block each: the same. Several blocks on a side: partial.
fn relation(a: &Document, a_ids: &[BlockId], b: &Document, b_ids: &[BlockId]) -> Relation {
    match (a_ids, b_ids) {
        ([x], [y]) if same_words(a, *x, b, *y) => Relation::Same,
        ([_], [_]) => Relation::Reworded,
        _ => Relation::Partial,
    }
}

/// Whether two blocks hold the same words and numbers in the same order.
fn same_words(a: &Document, x: BlockId, b: &Document, y: BlockId) -> bool {
    let words = |d: &Document, id| -> Vec<u64> {
        d.tokens(id).iter().filter(|t| t.class != Class::Mark).map(|t| t.word).collect()
    };
    words(a, x) == words(b, y)
}

fn unlinked<'a>(document: &Document, linked: impl Iterator<Item = &'a BlockId>) -> Vec<BlockId> {
    let mut seen = vec![false; document.blocks.len()];
    for id in linked {
        if let Some(slot) = seen.get_mut(*id as usize) {
            *slot = true;
        }
    }
    (0..).zip(seen).filter(|(_, seen)| !seen).map(|(id, _)| id).collect()
}
