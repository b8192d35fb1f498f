//! All policies at a glance: how many passages are shared, differ, or stand in one policy only. Titles and tallies in, a picture and its table out.

use crate::merge::Side;
use crate::report::paper::{Figure, Pattern, Run, Shape, Table, Tint, cell};

use super::{TOTALS, Tally, apart, fitted};

const ROW: u32 = 28;
const HEAD: u32 = 28;
const LABEL: u32 = 262;
const CELL: u32 = 122;
/// Letters of a title that fit before the cells.
const TITLE: usize = 38;
/// Letters of a heading that fit over a cell.
const HEADING: usize = 18;

/// The picture: darker where more of the policy's passages are; the numbers stand in the cells.
pub(in crate::report) fn heat(schools: [&str; 2], rows: &[(String, Tally)]) -> Figure {
    let mut shapes = Vec::new();
    let [a, b] = apart(schools).map(|s| fitted(&format!("Only {s}"), HEADING));
    for (x, head) in (0..).zip(["Shared".to_owned(), "Differs".to_owned(), a, b]) {
        shapes.push(Shape::Words(LABEL + x * CELL + CELL / 2, 16, 0, true, head));
    }
    for (y, (title, tally)) in (0..).zip(rows) {
        let top = HEAD + y * ROW;
        shapes.push(Shape::Words(LABEL - 8, top + 18, 1, false, fitted(title, TITLE)));
        for (x, n) in (0..).zip(tally.counts()) {
            let depth = u8::try_from((n * 8).div_ceil(tally.all().max(1)).min(4)).unwrap_or(4);
            shapes.push(Shape::Box([LABEL + x * CELL, top, CELL, ROW], Tint::Grey(depth), Pattern::Plain));
            shapes.push(Shape::Words(LABEL + x * CELL + CELL / 2, top + 19, 0, true, n.to_string()));
        }
    }
    let height = HEAD + ROW * u32::try_from(rows.len()).unwrap_or(0) + 2;
    Figure {
        id: "heat".into(),
        width: LABEL + 4 * CELL + 2,
        height,
        alternative: format!(
            "For each of {} policies: how many passages are shared, how many differ, how many only {} has and how many only {} has. The table beside it holds the same numbers.",
            rows.len(), schools[0], schools[1]
        ),
        caption: "Passages of each policy. The darker a cell, the larger its part of that policy; the numbers are the passages.".into(),
        shapes,
    }
}

/// The same numbers as a table. For each row: where its title leads, and the name of the table whose totals its numbers are.
pub(in crate::report) fn heat_table(
    schools: [&str; 2],
    rows: &[(String, Tally)],
    links: &[(String, String)],
) -> Table {
    let only = apart(schools).map(|s| format!("Only {s}"));
    let mut table = Table::new(
        "heat-table",
        "Passages of each policy: in both and alike, in both and different, in one only",
        &[
            ("Policy", 44, None),
            ("Shared", 14, None),
            ("Differs", 14, None),
            (&only[0], 14, Some(Side::A)),
            (&only[1], 14, Some(Side::B)),
        ],
    );
    let mut sums = [0; 4];
    for ((title, tally), (to, flow)) in rows.iter().zip(links) {
        let mut row = vec![vec![vec![Run::To(title.clone(), to.clone())]]];
        for ((sum, n), name) in sums.iter_mut().zip(tally.counts()).zip(TOTALS) {
            *sum += n;
            // Without a table to recount it from, a number stands by itself.
            row.push(match flow.is_empty() {
                true => cell(n.to_string()),
                false => vec![vec![Run::Count(n, format!("{flow}{name}"))]],
            });
        }
        table.rows.push(row);
    }
    table.totals = vec![(String::new(), cell("All"))];
    table
        .totals
        .extend(sums.iter().zip(TOTALS).map(|(n, name)| (format!("heat-table{name}"), cell(n.to_string()))));
    table
}
