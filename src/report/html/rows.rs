//! The order of the side-by-side view: a comparison in, rows out in which every block of both stands exactly once.
//!
//! Neither document is the base: links that run forward in both are the spine, and what lies between two of them is put in by
//! its place in the gap. A moved passage is shown once, where it comes first, and pointed to from the other place.

use crate::compare::Comparison;
use crate::document::{BlockId, Document, Role};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A link, by its place in the comparison.
    Linked(usize),
    /// A block that only the first document has, or several cells of one row of a table.
    OnlyA(Vec<BlockId>),
    /// The same of the second.
    OnlyB(Vec<BlockId>),
    /// A moved link stands elsewhere; this is its place in the first (true) or second document.
    MovedFrom(usize, bool),
}

/// All rows in reading order.
pub(super) fn rows(a: &Document, b: &Document, comparison: &Comparison) -> Vec<Row> {
    let spine: Vec<usize> =
        comparison.links.iter().enumerate().filter(|(_, l)| !l.moved).map(|(at, _)| at).collect();
    let first = |blocks: &[BlockId]| blocks.first().copied().unwrap_or(0);
    // Where each stands between the spine's links, and how far into its document.
    let gap_a = |block: BlockId| spine.partition_point(|l| first(&comparison.links[*l].a) < block);
    let gap_b = |block: BlockId| spine.partition_point(|l| first(&comparison.links[*l].b) < block);
    let far = |block: BlockId, d: &Document| u64::from(block) * 1_000_000 / (d.blocks.len().max(1) as u64);
    // Gap, place in the document in millionths, side, block: a total order.
    let mut rest: Vec<(usize, u64, u8, BlockId, Row)> = Vec::new();
    rest.extend(together(a, &comparison.only_a, gap_a).map(|ids| {
        let x = first(&ids);
        (gap_a(x), far(x, a), 0, x, Row::OnlyA(ids))
    }));
    rest.extend(together(b, &comparison.only_b, gap_b).map(|ids| {
        let y = first(&ids);
        (gap_b(y), far(y, b), 1, y, Row::OnlyB(ids))
    }));
    for (at, link) in comparison.links.iter().enumerate().filter(|(_, l)| l.moved) {
        let (x, y) = (first(&link.a), first(&link.b));
        let (in_a, in_b) = ((gap_a(x), far(x, a)), (gap_b(y), far(y, b)));
        let a_first = in_a <= in_b;
        let (here, there) = if a_first { (in_a, in_b) } else { (in_b, in_a) };
        rest.push((here.0, here.1, u8::from(!a_first), if a_first { x } else { y }, Row::Linked(at)));
        rest.push((
            there.0,
            there.1,
            u8::from(a_first),
            if a_first { y } else { x },
            Row::MovedFrom(at, !a_first),
        ));
    }
    rest.sort_by_key(|(gap, far, side, block, _)| (*gap, *far, *side, *block));
    // A school's blocks never change their order among themselves.
    let mut out = Vec::with_capacity(rest.len() + spine.len());
    let mut rest = rest.into_iter().peekable();
    for gap in 0..=spine.len() {
        while let Some((.., row)) = rest.next_if(|(g, ..)| *g == gap) {
            out.push(row);
        }
        out.extend(spine.get(gap).map(|link| Row::Linked(*link)));
    }
    out
}

/// Blocks one by one, but cells of one row of a table in one gap together.
fn together(
    document: &Document,
    only: &[BlockId],
    gap: impl Fn(BlockId) -> usize,
) -> impl Iterator<Item = Vec<BlockId>> {
    let cell = |id: BlockId| {
        let block = document.blocks.get(id as usize)?;
        block.cell.map(|c| (c.table, c.row, block.role == Role::Body))
    };
    only.chunk_by(move |x, y| cell(*x).is_some() && cell(*x) == cell(*y) && gap(*x) == gap(*y))
        .map(<[BlockId]>::to_vec)
}
