//! Ruled lines, boxes and the lines of text of a page in, borders of tables out: a line under a link and a coloured box behind some words
//! part neither rows nor columns.

use super::page::{Piece, Rule};

/// A coloured box ends at most this many sizes of the letters beside its words: a blank may be coloured too.
const BESIDE: f32 = 0.35;
/// An underline hangs at most this many sizes below the letters' foot.
const BELOW: f32 = 0.3;
/// A box behind one line is at most this many sizes high.
const HIGH: f32 = 1.7;

/// Text on one line without a wide gap.
struct Run {
    base: f32,
    left: f32,
    right: f32,
    size: f32,
}

/// The lines that are no underlines, and the edges of the boxes that are not filled by one line of text.
pub(super) fn of<'p>(
    lines: Vec<Rule>,
    boxes: &[Rule],
    text: impl Iterator<Item = &'p Piece>,
    most: usize,
) -> Vec<Rule> {
    let runs = runs(text);
    let largest = runs.iter().map(|r| r.size).fold(0.0, f32::max);
    // The runs that end between two heights, largest letters taken into account by the caller.
    let between = |top: f32, bottom: f32| {
        let from = runs.partition_point(|r| r.base < top);
        runs.get(from..).unwrap_or_default().iter().take_while(move |r| r.base <= bottom)
    };
    let inside = |rule: &Rule, run: &Run| {
        rule.left >= run.left - BESIDE * run.size && rule.right <= run.right + BESIDE * run.size
    };
    let underlines = |rule: &Rule| {
        rule.right - rule.left > rule.bottom - rule.top
            && between(rule.top - BELOW * largest, rule.top + 0.5)
                .any(|run| rule.top - run.base <= BELOW * run.size && inside(rule, run))
    };
    let behind = |rule: &Rule| {
        between(rule.top, rule.bottom).any(|run| {
            rule.bottom - rule.top <= HIGH * run.size
                && rule.top <= run.base - 0.5 * run.size
                && inside(rule, run)
        })
    };
    let mut borders: Vec<Rule> = lines.into_iter().filter(|rule| !underlines(rule)).collect();
    for rule in boxes.iter().filter(|rule| !behind(rule)) {
        if borders.len() >= most {
            break;
        }
        let Rule { left, top, right, bottom } = *rule;
        borders.extend([
            Rule { bottom: top, ..*rule },
            Rule { top: bottom, ..*rule },
            Rule { right: left, ..*rule },
            Rule { left: right, ..*rule },
        ]);
    }
    borders
}

/// Pieces as runs, from the top of the page down.
fn runs<'p>(text: impl Iterator<Item = &'p Piece>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for piece in text.filter(|p| !p.turned) {
        match runs.last_mut() {
            Some(run)
                if (piece.base - run.base).abs() < 0.1 * run.size
                    && piece.left >= run.right - 1.0
                    && piece.left - run.right < run.size =>
            {
                run.right = run.right.max(piece.right);
                run.size = run.size.max(piece.size);
            }
            _ => runs.push(Run { base: piece.base, left: piece.left, right: piece.right, size: piece.size }),
        }
    }
    runs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    runs
}
