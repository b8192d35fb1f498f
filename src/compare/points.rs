//! The decision table: differences in, points out: what stands at one place of the policies, most important first.
//!
//! A head reads five to fifteen rows. What the two schools say differently about the same thing comes first, one row for each
//! pair of sentences. Steps that only one school has are gathered by `sections`, as finely as the table has room for; what
//! does not fit stands together in the last row. Nothing is left out: every difference to decide is in exactly one point.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::document::{BlockId, Document};

use super::sections::{Section, Sections};
use super::{Difference, Point, Quote, Weight};

/// Rows that a table has room for: a head reads fifteen, not fifty.
const ROWS: usize = 15;
/// Rows that steps may take however many contradictions there are: enough to see which sections they are in.
const FOR_STEPS: usize = 5;
/// Fewer rows than this say too little about where the steps are.
const COARSE: usize = 3;
/// Longest title of a point, in characters; a heading longer than this is cut at a word.
const TITLE_CHARS: usize = 60;

/// Everything that is to be decided, in exactly one point each: first contradictions, then steps of one school only, each
/// by rank; of two as grave that which stands first in both, then by id, so that neither school orders the table.
pub(super) fn points(
    a: &Document,
    b: &Document,
    sections: &Sections,
    differences: &[Difference],
) -> Vec<Point> {
    let of_rank = |members: Vec<usize>| by_rank(members, [a, b], differences);
    let mut spoken: BTreeMap<[Quote; 2], Vec<usize>> = BTreeMap::new();
    let mut steps: Vec<usize> = Vec::new();
    for (at, difference) in differences.iter().enumerate().filter(|(_, d)| d.weight == Weight::Decide) {
        match difference.sentences() {
            [Some(x), Some(y)] => spoken.entry([x, y]).or_default().push(at),
            _ => steps.push(at),
        }
    }
    let room = ROWS.saturating_sub(spoken.len()).max(FOR_STEPS);
    let mut rows: Vec<(Order, Point)> = Vec::new();
    for members in spoken.into_values().map(of_rank) {
        let Some(first) = members.first().and_then(|at| differences.get(*at)) else { continue };
        let title = title(a, b, first.sentences());
        rows.push((order([a, b], first), Point { title, differences: members, one_sided: false }));
    }
    rows.sort_by_key(|(order, _)| *order);
    let mut out: Vec<Point> = rows.into_iter().map(|(_, point)| point).collect();
    if !steps.is_empty() {
        out.extend(step_points(a, b, sections, differences, &steps, room));
    }
    out
}

/// Which comes first: the graver, that which stands first in both policies, the id.
type Order<'d> = (Reverse<u32>, u64, &'d str);

fn order<'d>(documents: [&Document; 2], difference: &'d Difference) -> Order<'d> {
    let blocks = difference.sentences().map(|quote| quote.map(|q| q.block));
    (Reverse(difference.rank), far(documents, blocks), &difference.id)
}

/// How far down a block of each document stands, in ten-thousandths of it: the mean of those that there are.
fn far([a, b]: [&Document; 2], [x, y]: [Option<BlockId>; 2]) -> u64 {
    let of = |d: &Document, block: BlockId| u64::from(block) * 10_000 / (d.blocks.len().max(1) as u64);
    match (x.map(|x| of(a, x)), y.map(|y| of(b, y))) {
        (Some(x), Some(y)) => (x + y) / 2,
        (x, y) => x.or(y).unwrap_or(0),
    }
}

fn by_rank(mut members: Vec<usize>, documents: [&Document; 2], differences: &[Difference]) -> Vec<usize> {
    members.sort_by_key(|at| order(documents, &differences[*at]));
    members
}

/// Steps that only one school has, gathered by section into at most `room` points.
fn step_points(
    a: &Document,
    b: &Document,
    sections: &Sections,
    differences: &[Difference],
    steps: &[usize],
    room: usize,
) -> Vec<Point> {
    let split = |members: &[usize], level: usize| -> BTreeMap<Section, Vec<usize>> {
        let mut groups: BTreeMap<Section, Vec<usize>> = BTreeMap::new();
        for at in members {
            let section = match differences[*at].sentences() {
                [Some(x), _] => sections.of_a(x.block, level),
                [None, Some(y)] => sections.of_b(y.block, level),
                [None, None] => Section::default(),
            };
            groups.entry(section).or_default().push(*at);
        }
        groups
    };
    let weigh = |members: &[usize]| -> u32 {
        let best = members.iter().map(|at| differences[*at].rank).max().unwrap_or(0);
        // A section weighs more the more steps it has, but one grave step outweighs any number.
        best + (members.len() as u32 - 1).min(5)
    };
    // Where a section stands, and what tells two at one place apart.
    let place = |s: &Section, members: &[usize]| {
        (far([a, b], [s.a, s.b]), members.iter().map(|at| differences[*at].id.as_str()).min())
    };
    let group = |level: usize, section: Section, members: Vec<usize>| {
        (level, place(&section, &members), section, members)
    };
    // From the whole policy down: the section with the most steps is parted into those below it, as long as the table has room. Where that
    // would leave too few rows to say where the steps are, or one with a third of all, it is parted anyway, and the lightest rows
    // stand together.
    let deepest = sections.depth();
    let mut groups = vec![group(0, Section::default(), steps.to_vec())];
    let mut whole: Vec<(Section, Vec<usize>)> = Vec::new();
    while let Some(most) = (0..groups.len()).max_by_key(|at| {
        let (_, place, _, members) = &groups[*at];
        (members.len(), Reverse(*place))
    }) {
        let (level, _, section, members) = groups.swap_remove(most);
        let below = split(&members, level + 1);
        let rows = groups.len() + whole.len() + below.len();
        let much = COARSE * members.len() > steps.len();
        if level == deepest || rows > room && !much && groups.len() + whole.len() + 1 >= COARSE {
            whole.push((section, members));
        } else {
            groups.extend(below.into_iter().map(|(section, members)| group(level + 1, section, members)));
        }
    }
    // Two sections that belong together may lie below two that do not.
    let mut chosen: BTreeMap<Section, Vec<usize>> = BTreeMap::new();
    for (section, members) in whole {
        chosen.entry(section).or_default().extend(members);
    }
    let mut rows: Vec<_> = chosen
        .into_iter()
        .map(|(section, members)| ((Reverse(weigh(&members)), place(&section, &members)), section, members))
        .collect();
    rows.sort_by_key(|(order, ..)| *order);
    let kept = if rows.len() > room { room - 1 } else { rows.len() };
    let rest = rows.split_off(kept);
    let mut out: Vec<Point> = rows
        .into_iter()
        .map(|(_, section, members)| {
            let members = by_rank(members, [a, b], differences);
            let title =
                section.title(a, b).unwrap_or_else(|| title(a, b, differences[members[0]].sentences()));
            Point { title: shortened(&title), differences: members, one_sided: true }
        })
        .collect();
    if !rest.is_empty() {
        let title = format!("In {} other sections", rest.len());
        let members = rest.into_iter().flat_map(|(_, _, members)| members).collect();
        out.push(Point { title, differences: by_rank(members, [a, b], differences), one_sided: true });
    }
    out
}

/// The heading under which it stands, of the side that says it; both if they differ.
fn title(a: &Document, b: &Document, [x, y]: [Option<Quote>; 2]) -> String {
    let section = Section {
        a: x.and_then(|q| a.blocks.get(q.block as usize)).and_then(|b| b.parent),
        b: y.and_then(|q| b.blocks.get(q.block as usize)).and_then(|b| b.parent),
    };
    shortened(&section.title(a, b).unwrap_or_else(|| "Before the first heading".into()))
}

/// A text cut at a word so that it fits a table.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 2 * TITLE_CHARS {
        return text.to_owned();
    }
    let mut out = String::new();
    for word in text.split(' ') {
        if out.chars().count() + word.chars().count() >= 2 * TITLE_CHARS {
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
