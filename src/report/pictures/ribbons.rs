//! The map of a pair: which section of one policy became which of the other, as ribbons as thick as the passages they carry. A flow in, a picture
//! and its table out.

use crate::merge::Side;
use crate::report::paper::{Cell, Figure, Pattern, Shape, Table, Tint, cell};

use super::{Flow, TOTALS, apart, fitted};

/// More sections than this on a side make no picture any more; the table holds them all.
const MOST: usize = 60;
/// Height that the passages of a side may take together; longer policies have thinner ribbons.
const HIGH: usize = 900;
/// Greatest height of a passage, height of the smallest section (a line of text), and between two sections.
const PASSAGE: u32 = 9;
const LEAST: u32 = 18;
const BETWEEN: u32 = 5;
const HEAD: u32 = 30;
/// Where the boxes stand: left and right edge of the first school's and of the second's.
const BOXES: [[u32; 2]; 2] = [[268, 282], [478, 492]];
const WIDTH: u32 = 760;
/// Letters of a title that fit beside a box.
const TITLE: usize = 38;
/// How far the stump of what stands on one side only reaches.
const STUMP: u32 = 26;

/// The picture; none if there is nothing to show, or too much.
pub(in crate::report) fn ribbons(id: &str, schools: [&str; 2], flow: &Flow) -> Option<Figure> {
    if flow.streams.is_empty() || flow.titles.iter().any(|t| t.len() > MOST) {
        return None;
    }
    let of_side = |side: usize| -> usize {
        flow.streams.iter().filter(|s| s.sections[side].is_some()).map(|s| s.tally.all()).sum()
    };
    let passage =
        u32::try_from(HIGH / of_side(0).max(of_side(1)).max(1)).unwrap_or(PASSAGE).clamp(1, PASSAGE);
    let heights: [Vec<u32>; 2] = [0, 1].map(|side| {
        let count = |at: usize| -> usize {
            flow.streams.iter().filter(|s| s.sections[side] == Some(at)).map(|s| s.tally.all()).sum()
        };
        (0..flow.titles[side].len())
            .map(|at| (u32::try_from(count(at)).unwrap_or(0) * passage).max(LEAST))
            .collect()
    });
    let mut shapes = Vec::new();
    // How far each section's side is taken up by ribbons already.
    let mut tops: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
    let mut height = 0;
    for side in [0, 1] {
        let (anchor, x) = if side == 0 { (1, BOXES[0][0] - 6) } else { (-1, BOXES[1][1] + 6) };
        shapes.push(Shape::Words(x, 16, anchor, true, fitted(schools[side], TITLE)));
        let tint = if side == 0 { Tint::A } else { Tint::B };
        let mut y = HEAD;
        for (title, h) in flow.titles[side].iter().zip(&heights[side]) {
            tops[side].push(y);
            shapes.push(Shape::Box(
                [BOXES[side][0], y, BOXES[side][1] - BOXES[side][0], *h],
                tint,
                Pattern::Plain,
            ));
            shapes.push(Shape::Words(x, y + h / 2 + 5, anchor, false, fitted(title, TITLE)));
            y += h + BETWEEN;
        }
        height = height.max(y);
    }
    let mut take = |side: usize, at: usize, n: usize| -> [u32; 2] {
        let thick = u32::try_from(n).unwrap_or(0) * passage;
        let top = tops[side].get(at).copied().unwrap_or(HEAD);
        if let Some(next) = tops[side].get_mut(at) {
            *next += thick;
        }
        [top, top + thick]
    };
    for stream in &flow.streams {
        match stream.sections {
            [Some(x), Some(y)] => {
                for (n, pattern) in
                    [(stream.tally.shared, Pattern::Plain), (stream.tally.differs, Pattern::Hatched)]
                {
                    if n > 0 {
                        let ([t0, b0], [t1, b1]) = (take(0, x, n), take(1, y, n));
                        shapes.push(Shape::Ribbon([BOXES[0][1], t0, b0], [BOXES[1][0], t1, b1], pattern));
                    }
                }
            }
            [Some(x), None] => {
                let [top, bottom] = take(0, x, stream.tally.only[0]);
                shapes.push(Shape::Box([BOXES[0][1], top, STUMP, bottom - top], Tint::A, Pattern::Dashed));
            }
            [None, y] => {
                let [top, bottom] = take(1, y.unwrap_or(0), stream.tally.only[1]);
                shapes.push(Shape::Box(
                    [BOXES[1][0] - STUMP, top, STUMP, bottom - top],
                    Tint::B,
                    Pattern::Dashed,
                ));
            }
        }
    }
    let total = flow.total();
    Some(Figure {
        id: id.to_owned(),
        width: WIDTH,
        height: height + 4,
        alternative: format!(
            "Map of both policies: {} on the left, {} on the right, one box a section. {} passages are shared, {} differ, {} stand only on the left, {} only on the right. The table beside it says which.",
            schools[0], schools[1], total.shared, total.differs, total.only[0], total.only[1]
        ),
        caption: "Which section became which. Even ribbons: in both, and nothing to decide was found. Hatched: something differs. Dashed stumps: in this policy only.".into(),
        shapes,
    })
}

/// The same as a table: a row for each two sections that share passages, and for each section with passages of its own.
pub(in crate::report) fn flow_table(id: &str, schools: [&str; 2], flow: &Flow) -> Table {
    let only = apart(schools).map(|s| format!("Only {s}"));
    let mut table = Table::new(
        id,
        "Which section became which, with the number of passages",
        &[
            (schools[0], 29, Some(Side::A)),
            (schools[1], 29, Some(Side::B)),
            ("Shared", 10, None),
            ("Differs", 10, None),
            (&only[0], 11, Some(Side::A)),
            (&only[1], 11, Some(Side::B)),
        ],
    );
    for stream in &flow.streams {
        let title = |side: usize| -> Cell {
            match stream.sections[side].and_then(|at| flow.titles[side].get(at)) {
                Some(title) => cell(title),
                None => cell("no matching section was found"),
            }
        };
        let counts = stream.tally.counts().map(|n| cell(n.to_string()));
        table.rows.push([title(0), title(1)].into_iter().chain(counts).collect());
    }
    table.totals = vec![(String::new(), cell("All")), (String::new(), cell(""))];
    let totals = flow.total().counts();
    table
        .totals
        .extend(totals.iter().zip(TOTALS).map(|(n, name)| (format!("{id}{name}"), cell(n.to_string()))));
    table
}
