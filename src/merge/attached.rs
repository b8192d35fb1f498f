//! What hangs on a paragraph: the blocks that end in it in, its notes and pictures out.

use std::collections::BTreeMap;

use crate::document::{BlockId, Kind, Role};

use super::{Footnote, Illustration, Materials, Side, Stand};

/// The notes and pictures of both policies by the block that they belong to.
pub(super) struct Attached {
    notes: [BTreeMap<BlockId, Vec<BlockId>>; 2],
    pictures: [BTreeMap<BlockId, Vec<usize>>; 2],
}

impl Attached {
    pub(super) fn of(m: &Materials) -> Self {
        Self {
            notes: Side::BOTH.map(|side| notes(m, side)),
            pictures: Side::BOTH.map(|side| pictures(m, side).1),
        }
    }

    /// The notes of a paragraph in which these blocks end.
    pub(super) fn notes(&self, m: &Materials, blocks: [Option<BlockId>; 2]) -> Vec<Footnote> {
        let text = |side: Side, id: BlockId| {
            m.document(side).blocks.get(id as usize).map_or("", |b| b.text.as_str())
        };
        let same = |a: &BlockId, b: &BlockId| text(Side::A, *a) == text(Side::B, *b);
        let paired = paired(&self.notes, blocks, same);
        paired.into_iter().map(|(stand, shown, from)| Footnote { stand, shown, from }).collect()
    }

    /// Its pictures.
    pub(super) fn pictures(&self, m: &Materials, blocks: [Option<BlockId>; 2]) -> Vec<Illustration> {
        let picture = |side: Side, at: usize| m.document(side).pictures.get(at);
        let same = |a: &usize, b: &usize| match (picture(Side::A, *a), picture(Side::B, *b)) {
            (Some(x), Some(y)) => {
                (x.bytes, &x.alternative, x.shown) == (y.bytes, &y.alternative, y.shown) && x.bytes > 0
            }
            _ => false,
        };
        let paired = paired(&self.pictures, blocks, same);
        paired.into_iter().map(|(stand, shown, from)| Illustration { stand, shown, from }).collect()
    }
}

/// How a thing stands, whose is shown, and which of each school it is.
type Paired<T> = (Stand, (Side, T), [Option<T>; 2]);

/// What both schools have once, then what only one has.
fn paired<T: Copy>(
    all: &[BTreeMap<BlockId, Vec<T>>; 2],
    blocks: [Option<BlockId>; 2],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Paired<T>> {
    let [mine, mut theirs] = [0, 1].map(|side: usize| {
        let found = blocks[side].and_then(|b| all[side].get(&b).cloned());
        found.unwrap_or_default()
    });
    let mut out = Vec::new();
    for a in mine {
        let at = theirs.iter().position(|b| same(&a, b));
        let (stand, b) = match at {
            Some(at) => (Stand::Plain, Some(theirs.remove(at))),
            None => (Stand::Inserted(Side::A), None),
        };
        out.push((stand, (Side::A, a), [Some(a), b]));
    }
    out.extend(theirs.into_iter().map(|b| (Stand::Inserted(Side::B), (Side::B, b), [None, Some(b)])));
    out
}

/// The notes that stand after each block that is no note.
fn notes(m: &Materials, side: Side) -> BTreeMap<BlockId, Vec<BlockId>> {
    let mut out: BTreeMap<BlockId, Vec<BlockId>> = BTreeMap::new();
    let mut host = None;
    for (id, block) in (0..).zip(&m.document(side).blocks) {
        match (block.kind, host) {
            (Kind::Note, Some(host)) => out.entry(host).or_default().push(id),
            (Kind::Note, None) => {}
            _ if block.role == Role::Body => host = Some(id),
            _ => {}
        }
    }
    out
}

/// The pictures before the first block of the body, which belong into the school's annex, and those of each block.
pub(super) fn pictures(m: &Materials, side: Side) -> (Vec<usize>, BTreeMap<BlockId, Vec<usize>>) {
    let document = m.document(side);
    let mut front = Vec::new();
    let mut out: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
    for (at, picture) in document.pictures.iter().enumerate() {
        let before = picture.block.map_or(0, |b| (b as usize + 1).min(document.blocks.len()));
        let is_host = |b: &crate::document::Block| b.role == Role::Body && b.kind != Kind::Note;
        match document.blocks[..before].iter().rposition(is_host) {
            Some(host) => out.entry(host as BlockId).or_default().push(at),
            None => front.push(at),
        }
    }
    (front, out)
}
