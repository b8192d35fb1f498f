//! Tables without ruled lines: rows whose texts stand level with each other, at least two below each other in the same columns.

use super::lines::Line;
use super::tables::Spot;

/// Left edges nearer than this are one column, in points.
const NEAR: f32 = 4.0;
/// Lines of one cell that are looked through for the next column.
const CELL_LINES: usize = 12;

/// Gives a place to the lines of every such table of a page; tables are counted from `first`.
pub(super) fn mark(lines: &mut [Line], first: usize) {
    let mut grid = first;
    let mut at = 0;
    while at < lines.len() {
        let mut rows: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut next = at;
        while let Some(row) = row(lines, next) {
            let follows = rows.first().is_none_or(|r| same_columns(lines, r, &row));
            if !follows {
                break;
            }
            next = row.last().map_or(next + 1, |(_, to)| *to);
            rows.push(row);
        }
        if rows.len() < 2 {
            at += 1;
            continue;
        }
        for (number, row) in (0u32..).zip(&rows) {
            for (column, (from, to)) in (0u32..).zip(row) {
                for line in lines.get_mut(*from..*to).unwrap_or_default() {
                    line.spot = Some(Spot { grid, row: number, column, rows: 1, columns: 1 });
                }
            }
        }
        grid += 1;
        at = next;
    }
}

/// The cells of a row that starts at a line, as ranges of lines; none if nothing stands beside it.
fn row(lines: &[Line], at: usize) -> Option<Vec<(usize, usize)>> {
    let start = lines.get(at)?;
    let free = |l: &Line| l.spot.is_none() && !l.paged;
    let mut cells = Vec::new();
    let mut from = at;
    let mut right = start.right;
    for next in at + 1..lines.len() {
        let (Some(line), Some(last), Some(head)) = (lines.get(next), lines.get(next - 1), lines.get(from))
        else {
            break;
        };
        if !free(line) || !free(start) || next - from > CELL_LINES {
            break;
        }
        let level = (line.base - start.base).abs() < 0.3 * start.size;
        if level && line.left > right + line.size {
            cells.push((from, next));
            (from, right) = (next, line.right);
            continue;
        }
        // A further line of the same cell stands close below.
        let below = line.base > last.base && line.base - last.base < 2.0 * line.size;
        if !(below && line.left >= head.left - NEAR && (cells.is_empty() || line.left < right)) {
            break;
        }
        right = right.max(line.right);
    }
    if cells.is_empty() {
        return None;
    }
    let head = lines.get(from)?;
    let mut to = from + 1;
    while to < lines.len() && to - from < CELL_LINES {
        let (Some(line), Some(last)) = (lines.get(to), lines.get(to - 1)) else { break };
        let below = line.base > last.base && line.base - last.base < 2.0 * line.size;
        if !(free(line) && below && line.left >= head.left - NEAR) {
            break;
        }
        to += 1;
    }
    cells.push((from, to));
    Some(cells)
}

fn same_columns(lines: &[Line], a: &[(usize, usize)], b: &[(usize, usize)]) -> bool {
    let left = |r: &(usize, usize)| lines.get(r.0).map_or(0.0, |l| l.left);
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (left(x) - left(y)).abs() <= NEAR)
}
