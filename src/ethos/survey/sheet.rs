//! A file of answers: the text of a CSV file in, who answered and what out.
//!
//! The first row names the columns, in any order. One may say who answered ("Who are you?", "Role"); some are never looked at, because they
//! hold names and times; every other column is a question. Fields are parted by commas, semicolons or tabs.

use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::folded;
use crate::limits;

use super::groups::group;

/// The answers of one file.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The questions, in order of the columns.
    pub(super) questions: Vec<String>,
    /// Everybody who answered something, in order of the rows.
    pub(super) rows: Vec<Row>,
    /// What was left out or looks odd, in words.
    pub notices: Vec<String>,
}

/// One person's answers.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which group, as `groups` counts them.
    pub(super) group: usize,
    /// One a question; empty where none was given.
    pub(super) answers: Vec<String>,
}

/// Folded headings of the column that says who answered.
const WHO: [&str; 14] = [
    "who",
    "who are you",
    "i am",
    "i am a",
    "i am an",
    "you are",
    "are you",
    "are you a",
    "role",
    "your role",
    "respondent",
    "group",
    "who is answering",
    "answered by",
];
/// Folded headings of columns that are not looked at.
const PRIVATE: [&str; 28] = [
    "timestamp",
    "time",
    "date",
    "start time",
    "completion time",
    "submitted",
    "submitted at",
    "last modified time",
    "name",
    "your name",
    "full name",
    "first name",
    "last name",
    "surname",
    "childs name",
    "email",
    "e mail",
    "email address",
    "username",
    "phone",
    "telephone",
    "id",
    "response id",
    "respondent id",
    "collector id",
    "ip address",
    "user agent",
    "score",
];

/// What a column is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Who,
    Private,
    Question,
}

impl Sheet {
    /// Reads a file's text; `name` tells who answered where no column does ("parents.csv") and stands in the notices.
    ///
    /// # Errors
    ///
    /// Input, with the line, if there is no question or a quotation mark is left open; Limit if there are too many rows or columns.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{FEFF}');
        if let Some(what) = no_survey(name, text) {
            return Err(input(&format!("is {what}, not a file of answers")).hint(SHAPE));
        }
        let (delimiter, text) = delimiter(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let head = match records.next() {
            Some(Ok(record)) => record,
            _ => return Err(input("there is nothing in this file").hint(SHAPE)),
        };
        let columns = head.len() as u64;
        if columns > limits::SURVEY_COLUMNS {
            return Err(Error::over("columns of answers", columns, limits::SURVEY_COLUMNS));
        }
        let kinds: Vec<Column> = head.iter().map(kind).collect();
        let titles = |wanted: Column| {
            head.iter().zip(&kinds).filter(move |(_, k)| **k == wanted).map(|(t, _)| t.trim().to_owned())
        };
        let mut sheet = Self { questions: titles(Column::Question).collect(), ..Self::default() };
        if sheet.questions.is_empty() {
            return Err(input("line 1: no column is a question").hint(SHAPE));
        }
        let by_name = group(name);
        let (mut long, mut count) = (0, 0);
        for record in records {
            let record = record.map_err(|e| {
                input(&format!("line {}: is not CSV", e.position().map_or(0, csv::Position::line)))
            })?;
            count += 1;
            if count > limits::SURVEY_ROWS {
                return Err(Error::over("rows of answers", count, limits::SURVEY_ROWS));
            }
            long += usize::from(record.iter().skip(head.len()).any(|f| !f.trim().is_empty()));
            let field = |wanted: Column| {
                record.iter().zip(&kinds).filter(move |(_, k)| **k == wanted).map(|(f, _)| f.trim())
            };
            let mut answers: Vec<String> = field(Column::Question).map(str::to_owned).collect();
            answers.resize(sheet.questions.len(), String::new());
            if answers.iter().all(String::is_empty) {
                continue;
            }
            let group = field(Column::Who).find(|w| !w.is_empty()).map_or(by_name, group);
            sheet.rows.push(Row { group, answers });
        }
        // An odd mark at the start of a field swallows all rows after it.
        let swallowed = sheet.rows.last().is_some_and(|r| r.answers.iter().any(|a| a.contains('\n')));
        if swallowed && text.matches('"').count() % 2 == 1 {
            return Err(
                input("a quotation mark is opened and never closed").hint("save the file as CSV again")
            );
        }
        let left: Vec<String> = titles(Column::Private).collect();
        if !left.is_empty() {
            sheet.notices.push(format!(
                "{name}: not looked at, because they may tell who somebody is: {}.",
                left.join(", ")
            ));
        }
        if long > 0 {
            let rows = if long == 1 { "1 row has".to_owned() } else { format!("{long} rows have") };
            sheet
                .notices
                .push(format!("{name}: {rows} more fields than the first row; what is beyond was left out."));
        }
        Ok(sheet)
    }
}

const SHAPE: &str = "a survey is saved as CSV, as policies/survey.csv is: the first row names the columns: one may be called Who, every other is a question; each row after it is one person's answers";

/// What a file is that cannot hold answers, by its ending or its first line; none if it may.
fn no_survey(name: &str, text: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_lowercase());
    let first = text.trim_start();
    match ending.as_str() {
        "md" | "markdown" => Some("a Markdown document"),
        "html" | "htm" => Some("a web page"),
        "json" | "toml" | "xml" => Some("a file of settings or data"),
        "csv" | "tsv" | "tab" => None,
        _ if first.starts_with("# ") => Some("a Markdown document"),
        _ if first.starts_with('<') => Some("a web page"),
        _ => None,
    }
}

fn input(message: &str) -> Error {
    Error::new(ErrorKind::Input, message)
}

fn kind(heading: &str) -> Column {
    let folded = folded(heading);
    if WHO.contains(&folded.as_str()) {
        Column::Who
    } else if heading.trim().is_empty() || PRIVATE.contains(&folded.as_str()) {
        Column::Private
    } else {
        Column::Question
    }
}

/// What parts the fields: what the first line has most of outside quotation marks; the text without a line that says so ("sep=;").
fn delimiter(text: &str) -> (u8, &str) {
    let first = text.lines().next().unwrap_or("");
    if let Some(said) = first.strip_prefix("sep=").and_then(|s| s.bytes().next()).filter(u8::is_ascii) {
        return (said, text.split_once('\n').map_or("", |(_, rest)| rest));
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(d, _)| *d == byte && !quoted) {
            *count += 1;
        }
    }
    // Of as many the one that stands first here.
    let best = counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(d, _)| *d);
    (best, text)
}
