//! A person's own facts beside the bundled ones: files by name in, the amended knowledge out, or what is wrong with them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::error::{Error, ErrorKind, Result, nearest};

use super::{Knowledge, TABLES, bundled, table};

/// The file that says on which day the facts of the folder were last looked at.
const AS_AT: &str = "as-at.txt";

impl Knowledge {
    /// The names of the files that [`Knowledge::amended`] takes.
    pub fn files() -> Vec<&'static str> {
        TABLES.iter().map(|(name, _)| *name).chain([AS_AT]).collect()
    }

    /// The bundled facts with a person's own in the place of those with the same first column, or added to them.
    ///
    /// # Errors
    ///
    /// Usage, with file and line: a name that is no table's, a first line that is not the table's own, a row of another length, a
    /// pattern that cannot be understood, a day that is none.
    pub fn amended(files: BTreeMap<String, String>) -> Result<Self> {
        let mut as_at = bundled().as_at.clone();
        let mut own = BTreeMap::new();
        for (name, text) in files {
            if name == AS_AT {
                let day: jiff::civil::Date = text.trim().parse().map_err(|_| {
                    usage(&name, 1, "is no day").hint("write one day, for example 2026-11-24")
                })?;
                as_at = Cow::Owned(day.to_string());
            } else {
                examine(&name, &text)?;
                own.insert(name, text);
            }
        }
        let knowledge = Self {
            as_at,
            own,
            topics: OnceLock::new(),
            headings: OnceLock::new(),
            roles: OnceLock::new(),
            references: OnceLock::new(),
            statutory: OnceLock::new(),
            wording: OnceLock::new(),
            subjects: OnceLock::new(),
        };
        if let Some(row) = knowledge.references().unsound() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("the pattern of “{row}” cannot be understood as a regular expression"),
            )
            .at("references.csv or series.csv")
            .hint("put a sound pattern into that row, or take the row out"));
        }
        Ok(knowledge)
    }
}

fn usage(file: &str, line: u64, what: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("line {line}: {what}"))
        .at(file)
        .hint("the table of that name in src/knowledge shows how its rows are written")
}

/// Whether a file has the columns of the table that it is named after.
fn examine(name: &str, text: &str) -> Result<()> {
    let known = table(name);
    if known.is_empty() {
        let names = Knowledge::files();
        let near = nearest(name, &names).map_or_else(String::new, |n| format!("; the nearest is {n}"));
        return Err(Error::new(ErrorKind::Usage, format!("is no table of facts{near}"))
            .at(name)
            .hint(format!("the tables are: {}", names.join(", "))));
    }
    let wanted = known.lines().next().unwrap_or("");
    let first = text.lines().next().unwrap_or("").trim_start_matches('\u{FEFF}').trim_end();
    if first != wanted {
        return Err(usage(name, 1, &format!("the columns are “{first}”")).hint(format!("expected: {wanted}")));
    }
    let columns = wanted.split(',').count();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        let record =
            record.map_err(|e| usage(name, e.position().map_or(1, csv::Position::line), "is not CSV"))?;
        if record.len() != columns {
            let line = record.position().map_or(1, csv::Position::line);
            return Err(usage(name, line, &format!("has {} fields; expected {columns}", record.len()))
                .hint("put fields that hold a comma into double quotes"));
        }
    }
    Ok(())
}
