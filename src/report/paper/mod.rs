//! What is printed, whatever it is printed as: headings, tables, lists, quotes, lines to fill in, pictures. A paper in, the same content as a web
//! page, a Word file or a PDF file out.
//!
//! Each of the three writers walks the same parts in the same order and adds no words of its own, so that they never disagree. All text
//! is plain text here; each writer escapes it in its own one place.

mod drawing;
mod html;
mod length;
mod pdf;
mod picture;
mod word;

use jiff::civil::Date;

use crate::document::Partnership;
use crate::merge::Side;

use super::colours::Colours;

pub(super) use html::{figure as figure_html, page as html_page, table as table_html};
pub(super) use length::{PAGE, lines};
pub(super) use pdf::sheet;
pub(super) use picture::{Figure, Pattern, Shape, Tint};
pub(super) use word::word as word_file;

/// A paper.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// What stands on its cover.
    pub(super) title: String,
    /// The two schools' names, first school first.
    pub(super) schools: [String; 2],
    /// The two schools' colours.
    pub(super) colours: Colours,
    /// The day of the run.
    pub(super) today: Date,
    /// The day of the facts; empty where no reader asks for it.
    pub(super) rules_as_at: String,
    /// What is on it, in order.
    pub(super) parts: Vec<Part>,
}

/// A part of a paper.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    /// A heading of level 1 to 3 with the name by which it is linked to.
    Heading(u8, String, String),
    /// A paragraph.
    Text(Look, Line),
    /// A bulleted list.
    List(Vec<Line>),
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// The list of all headings of level 1.
    Contents,
    /// What follows begins on a new page.
    NewPage,
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Look {
    /// Running text.
    Plain,
    /// What comes first.
    Lead,
    /// What should not be overlooked.
    Notice,
    /// Sources and remarks.
    Small,
}

/// Runs of text in one line of thought.
pub(super) type Line = Vec<Run>;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Run {
    /// The paper's own words, or words from a document without marks around them.
    Plain(String),
    /// The same, bold.
    Strong(String),
    /// Words of one school's document, in quotation marks.
    Quote(Side, String),
    /// Words in smaller letters: where something stands.
    Small(String),
    /// A count, and the name of the table (its rows are counted) or total that it can be recounted from.
    Count(usize, String),
    /// Words that lead to the part with this name; on a page of a report also to another page: "first-aid.html#map".
    To(String, String),
    /// Room to write in: how many letters wide; 0 for the rest of the line.
    Gap(u8),
}

/// A table; its headings are repeated on each page, the first cell of a row says what the row is about. One without rows is its caption alone.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Table {
    /// The name by which it is linked to; may be empty.
    pub(super) id: String,
    /// What it shows.
    pub(super) caption: String,
    /// Columns: heading, width in hundredths of the table's, side whose words they hold.
    pub(super) columns: Vec<Column>,
    /// The rows; each has one cell a column.
    pub(super) rows: Vec<Vec<Cell>>,
    /// A last row of sums, each with its name; empty if there is none.
    pub(super) totals: Vec<(String, Cell)>,
    /// Whether its rows stay together on one page where they can.
    pub(super) form: bool,
}

/// A column of a table.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) width: u8,
    pub(super) side: Option<Side>,
}

/// A cell: its lines, each a paragraph.
pub(super) type Cell = Vec<Line>;

/// The paper's own words.
pub(super) fn plain(text: impl Into<String>) -> Run {
    Run::Plain(text.into())
}

/// A cell of one line of plain words.
pub(super) fn cell(text: impl Into<String>) -> Cell {
    vec![vec![plain(text)]]
}

impl Table {
    /// A table without rows; columns are (name, width, side).
    pub(super) fn new(id: &str, caption: &str, columns: &[(&str, u8, Option<Side>)]) -> Self {
        let columns = columns
            .iter()
            .map(|(name, width, side)| Column { name: (*name).to_owned(), width: *width, side: *side })
            .collect();
        Self {
            id: id.to_owned(),
            caption: caption.to_owned(),
            columns,
            rows: Vec::new(),
            totals: Vec::new(),
            form: false,
        }
    }
}

impl Part {
    /// A paragraph of the paper's own words.
    pub(super) fn text(look: Look, words: impl Into<String>) -> Self {
        Self::Text(look, vec![plain(words)])
    }
}

impl Paper {
    /// A paper about this partnership.
    pub(super) fn of(
        partnership: &Partnership,
        today: Date,
        rules_as_at: &str,
        title: String,
        parts: Vec<Part>,
    ) -> Self {
        Self {
            title,
            schools: partnership.schools.each_ref().map(|school| school.name.clone()),
            colours: Colours::of(&partnership.schools),
            today,
            rules_as_at: rules_as_at.to_owned(),
            parts,
        }
    }

    /// Headings of level 1: name, words.
    pub(super) fn contents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Heading(1, id, text) => Some((id.as_str(), text.as_str())),
            _ => None,
        })
    }
}
