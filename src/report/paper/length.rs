//! How long a paper is on A4: parts in, lines out, by counting letters. On the safe side: no writer was seen to need more.

use super::{Cell, Line, Look, Part, Run, Table};

/// Half lines of small text on a page of A4 with the margins that the writers keep. Of the sample's pack, as LibreOffice sets it, the fullest pages
/// hold from 139 to 156 by this reckoning; the rest is for other fonts and for words that do not fill a line.
pub(in crate::report) const PAGE: usize = 130;
/// Letters on a full line.
const LETTERS: usize = 108;

/// Half lines of a part; a page break is worth none.
pub(in crate::report) fn lines(part: &Part) -> usize {
    match part {
        Part::Heading(1, ..) => 7,
        Part::Heading(..) => 5,
        // A tenth more: what comes first is set larger.
        Part::Text(Look::Lead, line) => 2 * wrapped(letters(line) + letters(line) / 10, 100) + 2,
        Part::Text(_, line) => 2 * wrapped(letters(line), 100) + 1,
        Part::List(items) => items.iter().map(|i| 2 * wrapped(letters(i), 95)).sum::<usize>() + 1,
        Part::Table(table) => of_table(table),
        // A point of a figure is 0.65 of a point on paper, a line 12 points.
        Part::Figure(figure) => (figure.height as usize * 13 / 120) + 6,
        Part::Contents | Part::NewPage => 0,
    }
}

fn of_table(table: &Table) -> usize {
    if table.rows.is_empty() && table.totals.is_empty() {
        return 3;
    }
    let width = |at: usize| table.columns.get(at).map_or(100, |c| usize::from(c.width));
    let cell =
        |at: usize, cell: &Cell| -> usize { cell.iter().map(|l| wrapped(letters(l), width(at))).sum() };
    let head = table.columns.iter().map(|c| wrapped(c.name.chars().count(), usize::from(c.width))).max();
    let row = |row: &Vec<Cell>| 2 * row.iter().enumerate().map(|(at, c)| cell(at, c)).max().unwrap_or(1) + 1;
    let caption = 2 * wrapped(table.caption.chars().count(), 100) + 2;
    let totals = if table.totals.is_empty() { 0 } else { 3 };
    caption + 2 * head.unwrap_or(1) + 1 + table.rows.iter().map(row).sum::<usize>() + totals
}

/// Lines that so many letters take in a column so many hundredths wide; three letters are lost to its margins.
fn wrapped(letters: usize, width: usize) -> usize {
    let room = (LETTERS * width / 100).saturating_sub(3).max(4);
    letters.div_ceil(room).max(1)
}

fn letters(line: &Line) -> usize {
    line.iter()
        .map(|run| match run {
            Run::Plain(t) | Run::Strong(t) | Run::Small(t) | Run::To(t, _) => t.chars().count(),
            Run::Quote(_, t) => t.chars().count() + 2,
            Run::Count(..) => 2,
            Run::Gap(width) => usize::from(*width).max(10),
        })
        .sum()
}
