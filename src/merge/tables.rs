//! Tables: those of the same shape cell by cell, any other as its school's own; cells in, rows out.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{BlockId, Cell, Document, Kind, Role};

use super::weave::Weaver;
use super::{Materials, Region, Row, Side, Stand, TableCell, refusal};

/// A place in a table: row, column.
type At = (u32, u32);

/// The tables of a policy by number: each cell with its blocks.
pub(super) struct Tables(BTreeMap<u32, BTreeMap<At, (Cell, Vec<BlockId>)>>);

impl Tables {
    pub(super) fn of(document: &Document) -> Self {
        let mut out: BTreeMap<u32, BTreeMap<At, (Cell, Vec<BlockId>)>> = BTreeMap::new();
        for (id, block) in (0..).zip(&document.blocks) {
            if let (Some(cell), Role::Body) = (block.cell, block.role)
                && block.kind != Kind::Note
            {
                let cells = out.entry(cell.table).or_default();
                cells.entry((cell.row, cell.column)).or_insert((cell, Vec::new())).1.push(id);
            }
        }
        Self(out)
    }

    /// A table that only one school has.
    pub(super) fn alone(&self, table: u32, side: Side, weaver: &mut Weaver) -> Region {
        let none = BTreeMap::new();
        let cells = self.0.get(&table).unwrap_or(&none);
        let mut region = rows(cells, Stand::Inserted(side), |_, ids| weaver.alone(side, ids));
        if let Region::Table(_, rows) = &mut region {
            // A row of which people left out everything; an empty row that a school drew stays.
            let gone = |number: &u32| {
                let mine = cells.range((*number, 0)..=(*number, u32::MAX)).flat_map(|(_, (_, ids))| ids);
                mine.copied().any(|id| weaver.has_left_out(side, id))
            };
            let numbers: BTreeSet<u32> = cells.keys().map(|at| at.0).collect();
            let gone: Vec<bool> = numbers.iter().map(gone).collect();
            let filled = |row: &Row| row.cells.iter().any(|c| !c.paragraphs.is_empty());
            let mut gone = gone.into_iter();
            rows.retain(|row| !gone.next().unwrap_or(false) || filled(row));
            for row in rows {
                let mut paragraphs = row.cells.iter().flat_map(|c| &c.paragraphs);
                if paragraphs.any(|p| weaver.is_settled(&p.pieces)) {
                    row.stand = Stand::Plain;
                }
            }
        }
        region
    }
}

/// Tables that have the same cells and of which at least one cell is linked; each at most once.
pub(super) fn pairs(m: &Materials, tables: &[Tables; 2]) -> Vec<[u32; 2]> {
    let table = |side: Side, id: BlockId| {
        let block = m.document(side).blocks.get(id as usize)?;
        let kept = refusal::protected(m, side, id);
        block.cell.filter(|_| block.role == Role::Body && !kept).map(|c| c.table)
    };
    let mut linked: BTreeMap<[u32; 2], usize> = BTreeMap::new();
    for link in &m.comparison.links {
        for (a, b) in link.a.iter().zip(&link.b) {
            if let (Some(x), Some(y)) = (table(Side::A, *a), table(Side::B, *b)) {
                *linked.entry([x, y]).or_insert(0) += 1;
            }
        }
    }
    let shape = |side: usize, t: u32| -> Vec<(At, u32, u32)> {
        let cells = tables[side].0.get(&t).into_iter().flatten();
        cells.map(|(at, (cell, _))| (*at, cell.columns, cell.rows)).collect()
    };
    let mut best: Vec<([u32; 2], usize)> =
        linked.into_iter().filter(|(p, _)| shape(0, p[0]) == shape(1, p[1])).collect();
    best.sort_by_key(|(p, count)| (std::cmp::Reverse(*count), p[0] + p[1], p[0].abs_diff(p[1])));
    let mut taken: [BTreeSet<u32>; 2] = Default::default();
    let mut out = Vec::new();
    for (pair, _) in best {
        if !taken[0].contains(&pair[0]) && !taken[1].contains(&pair[1]) {
            taken[0].insert(pair[0]);
            taken[1].insert(pair[1]);
            out.push(pair);
        }
    }
    out
}

/// Two tables of the same shape as one.
pub(super) fn woven(tables: &[Tables; 2], pair: [u32; 2], weaver: &mut Weaver) -> Region {
    let none = BTreeMap::new();
    let [a, b] = [0, 1].map(|side| tables[side].0.get(&pair[side]).unwrap_or(&none));
    rows(a, Stand::Plain, |at, ids| {
        let theirs = b.get(&at).map_or(&[][..], |(_, ids)| ids.as_slice());
        let mut paragraphs = weaver.weave(ids, theirs);
        // The last paragraph of a cell cannot be taken out of it.
        if let Some(last) = paragraphs.last_mut() {
            last.end = Stand::Plain;
        }
        paragraphs
    })
}

fn rows(
    cells: &BTreeMap<At, (Cell, Vec<BlockId>)>,
    stand: Stand,
    mut fill: impl FnMut(At, &[BlockId]) -> Vec<super::Paragraph>,
) -> Region {
    let mut out: BTreeMap<u32, Row> = BTreeMap::new();
    let mut columns = 1;
    for (at, (cell, ids)) in cells {
        columns = columns.max(cell.column + cell.columns.max(1));
        let row = out.entry(cell.row).or_insert(Row { stand, header: cell.header, cells: Vec::new() });
        row.cells.push(TableCell {
            column: cell.column,
            columns: cell.columns.max(1),
            rows: cell.rows.max(1),
            paragraphs: fill(*at, ids),
        });
    }
    Region::Table(columns, out.into_values().collect())
}
