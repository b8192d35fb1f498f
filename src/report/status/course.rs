//! How far all policies had come over time: counts at the ends of months in, stacked columns and a table with the same numbers out.

use crate::report::escape::date;
use crate::report::paper::{Figure, Pattern, Shape, Table, Tint, cell};
use crate::status::Counts;

use super::{COUNTED, Progress};

/// In points of the picture: height of a whole column, its width, the way from one to the next, room above.
const HIGH: usize = 220;
const WIDE: u32 = 38;
const STEP: u32 = 48;
const TOP: u32 = 10;
/// Room for the names of the states at the right.
const LEGEND: u32 = 130;
/// A number needs this much height to stand in its box.
const NUMBER: u32 = 15;

/// How each state is filled; none is told by a colour alone, because the numbers stand in the boxes.
const FILLS: [(Tint, Pattern); 6] = [
    (Tint::Grey(0), Pattern::Dashed),
    (Tint::Grey(1), Pattern::Plain),
    (Tint::Grey(2), Pattern::Plain),
    (Tint::Grey(3), Pattern::Plain),
    (Tint::Grey(4), Pattern::Plain),
    (Tint::Grey(0), Pattern::Hatched),
];

/// The picture: what is published at the foot of each column, what is not begun at its top.
pub(super) fn figure(p: &Progress) -> Figure {
    let course = &p.status.course;
    let foot = TOP + u32::try_from(HIGH).unwrap_or(0);
    let mut shapes = Vec::new();
    for ((day, counts), at) in course.iter().zip(0u32..) {
        let left = 4 + at * STEP;
        for (state, from, to) in stack(counts) {
            let (tint, pattern) = FILLS[state];
            let high = to - from;
            shapes.push(Shape::Box([left, foot - to, WIDE, high], tint, pattern));
            if high >= NUMBER {
                let middle = foot - (from + to) / 2;
                if pattern == Pattern::Hatched {
                    // Words on slanting lines are hard to read.
                    shapes.push(Shape::Box(
                        [left + WIDE / 2 - 11, middle - 7, 22, 14],
                        Tint::Grey(0),
                        Pattern::Plain,
                    ));
                }
                shapes.push(Shape::Words(left + WIDE / 2, middle + 5, 0, true, counts[state].to_string()));
            }
        }
        let words = |y: u32, text: String| Shape::Words(left + WIDE / 2, y, 0, false, text);
        shapes.push(words(foot + 18, day.strftime("%-d %b").to_string()));
        if at == 0 || day.month() == 1 {
            shapes.push(words(foot + 35, day.year().to_string()));
        }
    }
    let right = 4 + u32::try_from(course.len()).unwrap_or(0) * STEP + 8;
    for ((name, (tint, pattern)), at) in COUNTED.iter().zip(FILLS).zip(0u32..) {
        let top = TOP + at * 26;
        shapes.push(Shape::Box([right, top, 20, 16], tint, pattern));
        shapes.push(Shape::Words(right + 27, top + 13, -1, false, (*name).to_owned()));
    }
    let last = course.last().map_or_else(String::new, |(day, counts)| {
        let all: Vec<String> = COUNTED.iter().zip(counts).map(|(name, n)| format!("{n} {name}")).collect();
        format!(" On {}: {}.", date(*day), all.join(", "))
    });
    let span = match (course.first(), course.last()) {
        (Some((first, _)), Some((last, _))) => format!("from {} to {}", date(*first), date(*last)),
        _ => String::new(),
    };
    Figure {
        id: "course".into(),
        width: right + LEGEND,
        height: foot + 44,
        alternative: format!(
            "Columns for {} days {span}: how many policies, counted once for each school, had come how far.{last} The table beside it holds all numbers.",
            course.len()
        ),
        caption: "Policies, counted once for each school, at the end of each month and today: what is published at the foot, what is not begun at the top.".into(),
        shapes,
    }
}

/// The boxes of a column from the foot up: state, lower and upper end.
fn stack(counts: &Counts) -> Vec<(usize, u32, u32)> {
    let all = counts.iter().sum::<usize>().max(1);
    let mut out = Vec::new();
    let mut below = 0;
    for (state, n) in counts.iter().enumerate().rev().filter(|(_, n)| **n > 0) {
        let at = |n: usize| u32::try_from(n * HIGH / all).unwrap_or(0);
        out.push((state, at(below), at(below + n)));
        below += n;
    }
    out
}

/// The same numbers.
pub(super) fn table(p: &Progress) -> Table {
    let mut columns = vec![("Day", 22, None)];
    columns.extend(COUNTED.iter().map(|name| (*name, 13, None)));
    let mut table =
        Table::new("course", "Policies, counted once for each school, by how far they had come", &columns);
    for (day, counts) in &p.status.course {
        let mut row = vec![cell(date(*day))];
        row.extend(counts.iter().map(|n| cell(n.to_string())));
        table.rows.push(row);
    }
    table
}
