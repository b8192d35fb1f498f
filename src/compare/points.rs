//! The decision table: differences in, points out: what stands at one place of the policies, most important first.

use std::collections::BTreeMap;

use crate::document::{BlockId, Document};

use super::{Difference, DifferenceKind, Point, Weight};

/// Longest title of a point, in characters; a heading longer than this is cut at a word.
const TITLE_CHARS: usize = 60;

/// Everything that is to be decided, in exactly one point each.
///
/// Differences in the same pair of sentences are one point; steps that only one school has are one point for each section.
pub(super) fn points(a: &Document, b: &Document, differences: &[Difference]) -> Vec<Point> {
    let mut groups: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (at, difference) in differences.iter().enumerate().filter(|(_, d)| d.weight == Weight::Decide) {
        groups.entry(place(a, b, difference)).or_default().push(at);
    }
    let mut points: Vec<(u32, Place, Point)> = groups
        .into_iter()
        .map(|(place, mut members)| {
            members.sort_by_key(|at| (std::cmp::Reverse(differences[*at].rank), *at));
            let best = members.first().map_or(0, |at| differences[*at].rank);
            // A section that only one school has weighs more the more duties it holds, but never as much as a contradiction.
            let rank = best + (members.len() as u32 - 1).min(5);
            let title = title(a, b, &differences[members[0]]);
            (rank, place, Point { title, differences: members })
        })
        .collect();
    points.sort_by_key(|(rank, place, _)| (std::cmp::Reverse(*rank), *place));
    points.into_iter().map(|(_, _, point)| point).collect()
}

/// Where a point stands: the sum of both places first, so that neither side orders the table.
type Place = (u64, u32, u32, u32, u32);

fn place(a: &Document, b: &Document, difference: &Difference) -> Place {
    let section = |d: &Document, block: BlockId| {
        d.blocks.get(block as usize).and_then(|b| b.parent).map_or(0, |p| p + 1)
    };
    let relative = |d: &Document, block: BlockId| u64::from(block) * 10_000 / (d.blocks.len().max(1) as u64);
    match (difference.a, difference.b) {
        (Some(x), Some(y)) => {
            let (from_x, from_y) = (
                difference.context_a.map_or(x.start, |c| c.start),
                difference.context_b.map_or(y.start, |c| c.start),
            );
            ((relative(a, x.block) + relative(b, y.block)) / 2, x.block + 1, y.block + 1, from_x, from_y)
        }
        (Some(x), None) => {
            let section = section(a, x.block);
            (relative(a, section.saturating_sub(1)), section, 0, u32::MAX, 0)
        }
        (None, Some(y)) => {
            let section = section(b, y.block);
            (relative(b, section.saturating_sub(1)), 0, section, 0, u32::MAX)
        }
        (None, None) => (0, 0, 0, 0, 0),
    }
}

/// The heading under which it stands, of the side that says it; both if they differ.
fn title(a: &Document, b: &Document, difference: &Difference) -> String {
    let heading = |d: &Document, block: BlockId| {
        let parent = d.blocks.get(block as usize).and_then(|b| b.parent);
        parent.and_then(|p| d.blocks.get(p as usize)).map(|b| shortened(b.text.trim()))
    };
    let of_a = difference.a.and_then(|q| heading(a, q.block));
    let of_b = difference.b.and_then(|q| heading(b, q.block));
    match (of_a, of_b) {
        (Some(x), Some(y)) if x.to_lowercase() != y.to_lowercase() => format!("{x} / {y}"),
        (Some(x), _) | (None, Some(x)) => x,
        (None, None) if difference.kind == DifferenceKind::Step => "Before the first heading".into(),
        (None, None) => "No heading".into(),
    }
}

/// A text cut at a word so that it fits a table.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE_CHARS {
        return text.to_owned();
    }
    let mut out = String::new();
    for word in text.split(' ') {
        if out.chars().count() + word.chars().count() >= TITLE_CHARS {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.push('…');
    out
}
