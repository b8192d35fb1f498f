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
        let corner = |g: &Grid| (g.ys.first().copied().unwrap_or(0.0), g.xs.first().copied().unwrap_or(0.0));
        grids.sort_by(|a, b| {
            let (a, b) = (corner(a), corner(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
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
        let column = between(&self.xs, x)?;
        let row = between(&self.ys, y)?;
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
        let (Some(x), Some(y)) = (self.xs.get(at), middle(&self.ys, row)) else { return false };
        self.rules.iter().any(|r| {
            r.bottom - r.top > r.right - r.left
                && ((r.left + r.right) / 2.0 - x).abs() <= NEAR
                && r.top <= y
                && y <= r.bottom
        })
    }

    /// Whether a level line stands at this place above this column.
    fn level(&self, at: usize, column: usize) -> bool {
        let (Some(y), Some(x)) = (self.ys.get(at), middle(&self.xs, column)) else { return false };
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

/// Which gap between neighbouring places a place lies in.
fn between(places: &[f32], at: f32) -> Option<usize> {
    places.iter().zip(places.iter().skip(1)).position(|(from, to)| from - 1.0 <= at && at < *to)
}

/// The middle of a gap.
fn middle(places: &[f32], gap: usize) -> Option<f32> {
    Some((places.get(gap)? + places.get(gap + 1)?) / 2.0)
}

/// Groups of lines that touch, swept from top to bottom.
fn touching(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut order: Vec<Rule> = rules.to_vec();
    order.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    // Groups that the sweep has not left behind, each with its lowest edge; a line joins all that it touches.
    let mut open: Vec<(f32, Vec<Rule>)> = Vec::new();
    let mut done: Vec<Vec<Rule>> = Vec::new();
    for rule in order {
        let mut group = (rule.bottom, vec![rule]);
        let mut rest = Vec::new();
        for (bottom, other) in open {
            if bottom + NEAR < rule.top {
                done.push(other);
            } else if other.iter().rev().any(|o| touch(o, &rule)) {
                group.0 = group.0.max(bottom);
                group.1.splice(0..0, other);
            } else {
                rest.push((bottom, other));
            }
        }
        open = rest;
        open.push(group);
    }
    done.extend(open.into_iter().map(|(_, group)| group));
    done
}

fn touch(a: &Rule, b: &Rule) -> bool {
    a.left - NEAR <= b.right
        && b.left <= a.right + NEAR
        && a.top - NEAR <= b.bottom
        && b.top <= a.bottom + NEAR
}
