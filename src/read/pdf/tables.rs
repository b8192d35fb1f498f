//! Ruled tables: straight lines of a page in, cells out.
//!
//! Lines that touch belong together; the places where upright lines stand are columns, those of level lines rows. Cells between which no line
//! stands are one.

use std::collections::BTreeSet;

use super::page::{Page, Piece, Rule};

/// Lines nearer than this are one line, in points.
const NEAR: f32 = 4.0;
/// A grid with more columns or rows is a drawing.
const MOST: usize = 400;

/// The tables of one page.
#[derive(Debug, Default)]
pub(super) struct Grids {
    grids: Vec<Grid>,
}

/// A place in a table of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// The page's table, from 0.
    pub grid: usize,
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
    /// Rows covered.
    pub rows: u32,
    /// Columns covered.
    pub columns: u32,
}

#[derive(Debug)]
struct Grid {
    /// Upright lines, left to right.
    xs: Vec<f32>,
    /// Level lines, top to bottom.
    ys: Vec<f32>,
    /// The lines themselves.
    rules: Vec<Rule>,
}

impl Grids {
    /// Finds a page's tables: at least two cells beside each other, and a cell's text does not fill the page.
    pub(super) fn find(page: &Page) -> Self {
        let upright: Vec<Rule> =
            page.rules.iter().filter(|r| r.bottom - r.top > r.right - r.left).copied().collect();
        if upright.is_empty() {
            return Self::default();
        }
        let mut grids: Vec<Grid> = Vec::new();
        for group in touching(&page.rules) {
            let xs = places(
                group
                    .iter()
                    .filter(|r| r.bottom - r.top > r.right - r.left)
                    .map(|r| (r.left + r.right) / 2.0),
            );
            let ys = places(
                group
                    .iter()
                    .filter(|r| r.right - r.left > r.bottom - r.top)
                    .map(|r| (r.top + r.bottom) / 2.0),
            );
            // Texts beside each other in one row: frames round texts are no table.
            if xs.len() >= 3 && ys.len() >= 2 && xs.len() <= MOST && ys.len() <= MOST {
                let grid = Grid { xs, ys, rules: group };
                let filled: BTreeSet<(u32, u32)> =
                    page.pieces.iter().filter_map(|p| grid.spot(0, p)).map(|s| (s.row, s.column)).collect();
                if filled.iter().zip(filled.iter().skip(1)).any(|(x, y)| x.0 == y.0) {
                    grids.push(grid);
                }
            }
        }
        grids.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
        Self { grids }
    }

    /// The cell in which a piece of text stands.
    pub(super) fn spot(&self, piece: &Piece) -> Option<Spot> {
        self.grids.iter().enumerate().find_map(|(at, grid)| grid.spot(at, piece))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.grids.len()
    }

    /// Where a table's columns stand, to tell that a table goes on on the next page.
    pub(super) fn columns(&self, grid: usize) -> &[f32] {
        self.grids.get(grid).map_or(&[], |g| &g.xs)
    }

    /// A table's rows.
    pub(super) fn rows(&self, grid: usize) -> u32 {
        self.grids.get(grid).map_or(0, |g| g.ys.len() as u32 - 1)
    }
}

impl Grid {
    fn spot(&self, grid: usize, piece: &Piece) -> Option<Spot> {
        let (x, y) = (piece.left + 0.3 * piece.size, piece.base - 0.3 * piece.size);
        let column = self.xs.windows(2).position(|w| w[0] - 1.0 <= x && x < w[1])?;
        let row = self.ys.windows(2).position(|w| w[0] - 1.0 <= y && y < w[1])?;
        let (mut left, mut right, mut top, mut bottom) = (column, column, row, row);
        while left > 0 && !self.upright(left, row) {
            left -= 1;
        }
        while right + 2 < self.xs.len() && !self.upright(right + 1, row) {
            right += 1;
        }
        while top > 0 && !self.level(top, column) {
            top -= 1;
        }
        while bottom + 2 < self.ys.len() && !self.level(bottom + 1, column) {
            bottom += 1;
        }
        Some(Spot {
            grid,
            row: top as u32,
            column: left as u32,
            rows: (bottom - top + 1) as u32,
            columns: (right - left + 1) as u32,
        })
    }

    /// Whether an upright line stands at this place beside this row.
    fn upright(&self, at: usize, row: usize) -> bool {
        let (x, y) = (self.xs[at], (self.ys[row] + self.ys[row + 1]) / 2.0);
        self.rules.iter().any(|r| {
            r.bottom - r.top > r.right - r.left
                && ((r.left + r.right) / 2.0 - x).abs() <= NEAR
                && r.top <= y
                && y <= r.bottom
        })
    }

    /// Whether a level line stands at this place above this column.
    fn level(&self, at: usize, column: usize) -> bool {
        let (y, x) = (self.ys[at], (self.xs[column] + self.xs[column + 1]) / 2.0);
        self.rules.iter().any(|r| {
            r.right - r.left > r.bottom - r.top
                && ((r.top + r.bottom) / 2.0 - y).abs() <= NEAR
                && r.left <= x
                && x <= r.right
        })
    }
}

/// Places that are nearer than [`NEAR`] as one, in order.
fn places(of: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sorted: Vec<f32> = of.collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let mut places: Vec<f32> = Vec::new();
    for place in sorted {
        if places.last().is_none_or(|p| place - p > NEAR) {
            places.push(place);
        }
    }
    places
}

/// Groups of lines that touch: swept from top to bottom, joined by a forest of disjoint sets.
fn touching(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_unstable_by(|a, b| rules[*a].top.total_cmp(&rules[*b].top).then(a.cmp(b)));
    let mut set: Vec<usize> = (0..rules.len()).collect();
    let mut open: Vec<usize> = Vec::new();
    for at in order {
        let rule = rules[at];
        open.retain(|o| rules[*o].bottom + NEAR >= rule.top);
        for other in &open {
            let o = rules[*other];
            if o.left - NEAR <= rule.right && rule.left <= o.right + NEAR {
                let (x, y) = (root(&mut set, at), root(&mut set, *other));
                set[x.max(y)] = x.min(y);
            }
        }
        // A page of dots must not cost a square: the most lines that can be open at once is bounded.
        if open.len() < 4 * MOST {
            open.push(at);
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Rule>> = std::collections::BTreeMap::new();
    for at in 0..rules.len() {
        let root = root(&mut set, at);
        groups.entry(root).or_default().push(rules[at]);
    }
    groups.into_values().collect()
}

fn root(set: &mut [usize], mut at: usize) -> usize {
    while set[at] != at {
        set[at] = set[set[at]];
        at = set[at];
    }
    at
}
