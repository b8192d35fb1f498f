//! The statements of one curriculum document: its blocks in, what stands under which year group, strand and subject out.
//!
//! Four shapes are understood: a table with a column a year, a table with a row a year, headings that name years, and passages that begin with
//! one ("Year 2 – life cycles").

use std::collections::BTreeMap;

use crate::compare::{Sentence, led_by_years, sentences, year_groups};
use crate::document::{Block, BlockId, Document, Kind, Role};
use crate::knowledge::folded;
use crate::knowledge::subjects::Subjects;

use super::{Statement, YEARS};

/// Most words of a heading or a cell that names a year group: "Year 3 (Autumn term)".
const WORDS: usize = 8;
/// A row that names years is among the first so many: titles of a table stand above it.
const TOP: u32 = 5;
/// Bytes of a label or the name of a strand; a longer one is a sentence. It is looked at and kept for each passage that it stands for.
const LABEL: usize = 200;
/// Most rows or columns that one cell is taken to cover.
const WIDE: u32 = 64;
/// Fewest year groups of a curriculum document.
const LEAST: usize = 2;
/// Words of a title that say it is a curriculum document whatever its subject.
const TITLES: [&str; 9] = [
    "curriculum",
    "progression",
    "scheme",
    "overview",
    "skills",
    "knowledge",
    "syllabus",
    "long term plan",
    "end points",
];

/// Title and id of a subject.
type Named = (String, String);

/// All statements with their subjects; none if the document is no curriculum document.
pub(super) fn of(
    id: usize,
    side: usize,
    document: &Document,
    subjects: &Subjects,
) -> Vec<(Named, Statement)> {
    let known = subjects.of_title(&document.title).or_else(|| subjects.of_title(&document.path));
    let folded_title = folded(&format!("{} {}", document.title, document.path));
    let titled = TITLES.iter().any(|t| folded_title.contains(t));
    let whole: Option<Named> = known
        .map(|s| (s.title.clone(), s.id.clone()))
        .or_else(|| titled.then(|| (document.title.clone(), folded(&document.title))));
    let tables = tables(document);
    let mut out = Vec::new();
    for (at, block) in (0..).zip(&document.blocks) {
        if block.role != Role::Body || block.kind == Kind::Heading {
            continue;
        }
        let above = Above::of(document, at, subjects);
        let (years, strand) = match block.cell.and_then(|c| tables.get(&c.table)) {
            Some(table) => match table.label(block, &above) {
                Some(found) => found,
                None => continue,
            },
            None => (above.years, above.strand.to_owned()),
        };
        let led = led_by_years(&block.text).filter(|_| block.cell.is_none());
        let years = led.map_or(years, |(years, _)| years);
        let years: Vec<usize> = (0..YEARS.len()).filter(|y| years & (1 << y) != 0).collect();
        if years.is_empty() {
            continue;
        }
        // A table of all subjects has them where others have strands.
        let (subject, strand) = match subjects.named(&strand) {
            Some(s) if block.cell.is_some() => (Some((s.title.clone(), s.id.clone())), String::new()),
            _ => (above.subject.clone(), strand),
        };
        let Some(subject) = subject.or_else(|| whole.clone()) else { continue };
        for mut quote in sentences(document, at).iter().map(Sentence::quote) {
            if let Some((_, after)) = led
                && (quote.start as usize) < after
            {
                // The label is no part of what is taught.
                let next = document.tokens(at).iter().find(|t| t.start as usize >= after);
                quote.start = next.map_or(quote.end, |t| t.start.min(quote.end));
            }
            let statement =
                Statement { side, document: id, years: years.clone(), strand: strand.clone(), quote };
            out.push((subject.clone(), statement));
        }
    }
    let mut years: Vec<usize> = out.iter().flat_map(|(_, s)| s.years.iter().copied()).collect();
    years.sort_unstable();
    years.dedup();
    if years.len() < LEAST { Vec::new() } else { out }
}

/// The year groups that a label names, as bits; none if it says more than that.
fn label(text: &str) -> u64 {
    if text.len() > LABEL || text.split_whitespace().count() > WORDS { 0 } else { year_groups(text) }
}

/// What the headings above a block say.
struct Above<'d> {
    years: u64,
    strand: &'d str,
    subject: Option<Named>,
}

impl<'d> Above<'d> {
    fn of(document: &'d Document, block: BlockId, subjects: &Subjects) -> Self {
        let mut out = Self { years: 0, strand: "", subject: None };
        // Innermost first; the nearest of each kind counts.
        for heading in document.section(block).into_iter().rev() {
            let Some(heading) = document.blocks.get(heading as usize) else { continue };
            let years = label(&heading.text);
            if years != 0 {
                out.years = if out.years == 0 { years } else { out.years };
            } else if let Some(s) = subjects.named(&heading.text) {
                out.subject.get_or_insert((s.title.clone(), s.id.clone()));
            } else if out.strand.is_empty() && heading.text.len() <= LABEL && heading.text != document.title {
                out.strand = &heading.text;
            }
        }
        out
    }
}

/// The labels of one table's rows and columns.
#[derive(Default)]
struct Table<'d> {
    /// The first row that names no columns: the one after the first with years in it, or after the first of all.
    from: u32,
    /// The cells of the row before it: column, text.
    head: BTreeMap<u32, &'d str>,
    /// The first column: row, text; a cell over several rows stands for each.
    side: BTreeMap<u32, &'d str>,
    /// Columns up to the last that holds something.
    width: u32,
    by_column: bool,
    by_row: bool,
}

fn tables(document: &Document) -> BTreeMap<u32, Table<'_>> {
    let mut out: BTreeMap<u32, Table> = BTreeMap::new();
    let mut rows: BTreeMap<(u32, u32), BTreeMap<u32, &str>> = BTreeMap::new();
    for block in document.blocks.iter().filter(|b| b.role == Role::Body) {
        let Some(cell) = block.cell else { continue };
        let table = out.entry(cell.table).or_default();
        table.width = table.width.max(cell.column.saturating_add(1));
        if cell.row < TOP {
            let row = rows.entry((cell.table, cell.row)).or_default();
            for column in cell.column..cell.column.saturating_add(cell.columns.clamp(1, WIDE)) {
                row.entry(column).or_insert(&block.text);
            }
        }
        if cell.column == 0 {
            for row in cell.row..cell.row.saturating_add(cell.rows.clamp(1, WIDE)) {
                table.side.entry(row).or_insert(&block.text);
            }
        }
    }
    for (id, table) in &mut out {
        let named = |labels: &BTreeMap<u32, &str>| labels.values().filter(|t| label(t) != 0).count();
        let years = (0..TOP).find(|r| rows.get(&(*id, *r)).is_some_and(|labels| named(labels) >= LEAST));
        table.by_column = years.is_some();
        table.from = years.unwrap_or(0) + 1;
        table.head = rows.remove(&(*id, years.unwrap_or(0))).unwrap_or_default();
        table.by_row = !table.by_column && named(&table.side) >= LEAST;
    }
    continued(document, &mut out);
    out
}

/// A table that a page break cuts in two: one with no more columns than the one before it, no years of its own, and nothing between them goes on
/// under the columns of the first.
fn continued<'d>(document: &'d Document, tables: &mut BTreeMap<u32, Table<'d>>) {
    let mut before: Option<BTreeMap<u32, &'d str>> = None;
    let mut last = None;
    for block in document.blocks.iter().filter(|b| b.role == Role::Body) {
        let Some(id) = block.cell.map(|c| c.table) else {
            before = None;
            last = None;
            continue;
        };
        if last == Some(id) {
            continue;
        }
        last = Some(id);
        let Some(table) = tables.get_mut(&id) else { continue };
        // Empty cells are no blocks, so that the rest of a table may look narrower.
        let fits = |head: &BTreeMap<u32, &str>| {
            table.width >= 2 && head.last_key_value().is_some_and(|(last, _)| table.width <= last + 1)
        };
        let same = before.filter(|head| fits(head) && !table.by_row);
        if let (false, Some(head)) = (table.by_column, same) {
            table.head = head;
            table.from = 0;
            table.by_column = true;
        }
        before = table.by_column.then(|| table.head.clone());
    }
}

impl Table<'_> {
    /// Year groups and strand of a cell's text; none for the labels themselves.
    fn label(&self, block: &Block, above: &Above) -> Option<(u64, String)> {
        let cell = block.cell?;
        let head = self.head.get(&cell.column).copied().unwrap_or("");
        // An empty first cell continues the row above it.
        let side = self.side.range(..=cell.row).next_back().map_or("", |(_, text)| *text);
        let [head, side] = [head, side].map(|text| if text.len() > LABEL { "" } else { text });
        if self.by_column {
            let spanned = cell.column..cell.column.saturating_add(cell.columns.clamp(1, WIDE));
            let years = spanned.filter_map(|c| self.head.get(&c)).fold(0, |all, t| all | label(t));
            let strand = if label(side) == 0 && cell.column > 0 { side } else { above.strand };
            return (cell.row >= self.from && years != 0).then(|| (years, strand.to_owned()));
        }
        if self.by_row {
            let strand = if head.is_empty() || cell.row < self.from { above.strand } else { head };
            return (cell.column > 0 && label(side) != 0).then(|| (label(side), strand.to_owned()));
        }
        let labels = cell.header || cell.column == 0 && self.head.len() > 1;
        let strand = if self.head.len() > 1 { side } else { above.strand };
        (!labels && above.years != 0).then(|| (above.years, strand.to_owned()))
    }
}
