//! Which section of one policy corresponds to which of the other: links in, pairs of headings out, at any depth of the outline.
//!
//! Headings differ between template families, so the passages decide: each link is a vote for the sections it joins, linked
//! headings count three times, sentences that nothing answers count by how near they are, and two sections belong together if each
//! is the other's best.

use std::collections::BTreeMap;

use crate::align::Link;
use crate::document::{BlockId, Document, Kind};
use crate::knowledge::Headings;

/// Votes of two linked passages, in hundredths.
const PASSAGE: u32 = 100;
/// Votes of two linked headings.
const HEADING: u32 = 300;
/// Fewer votes are chance: one sentence that is near, or two that are less so, are no fewer.
const LEAST: u32 = 38;

/// A section of either policy, or one of each that belong together, by their headings; neither before the first heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Section {
    pub(super) a: Option<BlockId>,
    pub(super) b: Option<BlockId>,
}

impl Section {
    /// The headings' words: one if both say the same, else both; none before the first heading.
    pub(super) fn title(self, a: &Document, b: &Document) -> Option<String> {
        let of = |d: &Document, id: Option<BlockId>| {
            id.and_then(|id| d.blocks.get(id as usize)).map(|b| b.text.trim().to_owned())
        };
        match (of(a, self.a), of(b, self.b)) {
            (Some(x), Some(y)) if x.to_lowercase() != y.to_lowercase() => Some(format!("{x} / {y}")),
            (x, y) => x.or(y),
        }
    }
}

/// All sections of two policies.
pub(super) struct Sections<'d> {
    a: &'d Document,
    b: &'d Document,
    /// Headings of the first and their partners in the second.
    partners: BTreeMap<BlockId, BlockId>,
    /// The same the other way round.
    back: BTreeMap<BlockId, BlockId>,
}

impl<'d> Sections<'d> {
    /// Counts the votes of links, and of blocks that are near each other by how near they are, in hundredths.
    pub(super) fn of(
        a: &'d Document,
        b: &'d Document,
        links: &[Link],
        near: &[(BlockId, BlockId, u32)],
        headings: &Headings,
    ) -> Self {
        let mut votes: BTreeMap<(BlockId, BlockId), u32> = BTreeMap::new();
        for link in links {
            for x in &link.a {
                for y in &link.b {
                    let heading = |d: &Document, id: BlockId| {
                        d.blocks.get(id as usize).is_some_and(|b| b.kind == Kind::Heading)
                    };
                    if heading(a, *x) && heading(b, *y) {
                        *votes.entry((*x, *y)).or_insert(0) += HEADING;
                    }
                    if let (Some(x), Some(y)) = (parent(a, *x), parent(b, *y)) {
                        *votes.entry((x, y)).or_insert(0) += PASSAGE;
                    }
                }
            }
        }
        for (x, y, likeness) in near {
            if let (Some(x), Some(y)) = (parent(a, *x), parent(b, *y)) {
                *votes.entry((x, y)).or_insert(0) += likeness;
            }
        }
        // Headings of two known kinds are not one, whatever stands below them.
        let kind = |d: &Document, id: BlockId| {
            d.blocks.get(id as usize).and_then(|b| headings.find(&b.text)).map(|h| h.id.as_str())
        };
        votes.retain(|(x, y), votes| {
            let unlike = kind(a, *x).zip(kind(b, *y)).is_some_and(|(x, y)| x != y);
            *votes >= LEAST && !unlike
        });
        // Best partner of each; ties go to the one nearer in place, which is the same seen from either side.
        let mut best_a: BTreeMap<BlockId, (u32, u32, BlockId)> = BTreeMap::new();
        let mut best_b: BTreeMap<BlockId, (u32, u32, BlockId)> = BTreeMap::new();
        for ((x, y), votes) in &votes {
            let near = u32::MAX - x.abs_diff(*y);
            let mine = best_a.entry(*x).or_insert((0, 0, 0));
            *mine = (*mine).max((*votes, near, *y));
            let theirs = best_b.entry(*y).or_insert((0, 0, 0));
            *theirs = (*theirs).max((*votes, near, *x));
        }
        let partners: BTreeMap<BlockId, BlockId> = best_a
            .iter()
            .filter(|(x, (_, _, y))| best_b.get(y).is_some_and(|(_, _, back)| back == *x))
            .map(|(x, (_, _, y))| (*x, *y))
            .collect();
        let back = partners.iter().map(|(x, y)| (*y, *x)).collect();
        Self { a, b, partners, back }
    }

    /// Levels of headings of the deeper of the two outlines.
    pub(super) fn depth(&self) -> usize {
        let of = |d: &Document| {
            (0..)
                .zip(&d.blocks)
                .filter(|(_, b)| b.kind == Kind::Heading)
                .map(|(id, _)| path(d, id).len())
                .max()
        };
        of(self.a).max(of(self.b)).unwrap_or(0)
    }

    /// The section of a block of the first policy, at most `level` headings deep.
    pub(super) fn of_a(&self, block: BlockId, level: usize) -> Section {
        let a = at_level(self.a, block, level);
        Section { a, b: a.and_then(|x| self.partners.get(&x).copied()) }
    }

    /// The section of a block of the second policy, at most `level` headings deep.
    pub(super) fn of_b(&self, block: BlockId, level: usize) -> Section {
        let b = at_level(self.b, block, level);
        Section { a: b.and_then(|y| self.back.get(&y).copied()), b }
    }
}

fn parent(document: &Document, block: BlockId) -> Option<BlockId> {
    document.blocks.get(block as usize).and_then(|b| b.parent)
}

/// The headings above a block, outermost first, and the block itself if it is one.
fn path(document: &Document, block: BlockId) -> Vec<BlockId> {
    let heading = document.blocks.get(block as usize).is_some_and(|b| b.kind == Kind::Heading);
    let mut at = if heading { Some(block) } else { parent(document, block) };
    let mut out = Vec::new();
    while let Some(id) = at {
        out.push(id);
        // A parent stands before its block, so this ends.
        at = parent(document, id).filter(|p| *p < id);
    }
    out.reverse();
    out
}

fn at_level(document: &Document, block: BlockId, level: usize) -> Option<BlockId> {
    let path = path(document, block);
    path.get(level.min(path.len()).checked_sub(1)?).copied()
}
