//! Findings that were there before a check was taken up: a list of them as readable text in and out.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::partnership::misread;
use crate::error::{Error, ErrorKind, Result};

use super::{Finding, State};

/// Raised when the file changes its meaning.
const SCHEMA: i64 = 1;

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    file: String,
    says: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: i64,
    #[serde(default)]
    known: Vec<Entry>,
}

impl Known {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// Usage with line and column if it cannot be understood; Unsupported if a newer version wrote it.
    pub fn parse(text: &str) -> Result<Self> {
        newer(text, SCHEMA)?;
        let written: Written = toml::from_str(text).map_err(|e| misread(text, &e))?;
        debug_assert_eq!(written.schema, SCHEMA);
        Ok(Self { entries: written.known })
    }

    /// All findings that are open now.
    pub fn of(findings: &[Finding]) -> Self {
        let open = findings.iter().filter(|f| f.state == State::Open);
        let entries =
            open.map(|f| Entry { id: f.id.clone(), file: f.path.clone(), says: f.says.clone() }).collect();
        Self { entries }
    }

    /// The list as text.
    pub fn print(&self) -> String {
        let quoted = |s: &str| toml::Value::String(s.to_owned()).to_string();
        let mut out = format!(
            "# Findings that were there when this list was written; `common-ground check --baseline` does not count them.\nschema = {SCHEMA}\n"
        );
        for e in &self.entries {
            out.push_str(&format!(
                "\n[[known]]\nid = {}\nfile = {}\nsays = {}\n",
                quoted(&e.id),
                quoted(&e.file),
                quoted(&e.says)
            ));
        }
        out
    }

    /// Marks the open findings that are on the list; gives how many for each check.
    pub fn apply(&self, findings: &mut [Finding]) -> BTreeMap<&'static str, usize> {
        let ids: BTreeSet<&str> = self.entries.iter().map(|e| e.id.as_str()).collect();
        let mut counted = BTreeMap::new();
        for finding in findings.iter_mut().filter(|f| f.state == State::Open && ids.contains(f.id.as_str())) {
            finding.state = State::Known;
            *counted.entry(finding.rule).or_insert(0) += 1;
        }
        counted
    }

    /// The list without the findings that are there no longer, and how many those are.
    pub fn pruned(&self, findings: &[Finding]) -> (Self, usize) {
        let ids: BTreeSet<&str> = findings.iter().map(|f| f.id.as_str()).collect();
        let entries: Vec<Entry> =
            self.entries.iter().filter(|e| ids.contains(e.id.as_str())).cloned().collect();
        let gone = self.entries.len() - entries.len();
        (Self { entries }, gone)
    }
}

/// Refuses a file that a newer version of the program wrote, whatever else stands in it.
pub(super) fn newer(text: &str, known: i64) -> Result<()> {
    let table: toml::Table =
        toml::from_str(text).map_err(|e| misread(text, &e).hint("restore it from its last good copy"))?;
    match table.get("schema").and_then(toml::Value::as_integer) {
        Some(schema) if schema == known => Ok(()),
        Some(schema) if schema > known => Err(Error::new(
            ErrorKind::Unsupported,
            format!("was written by a newer version (schema {schema}; this program reads {known})"),
        )
        .hint("update Common Ground")),
        _ => Err(Error::new(ErrorKind::Input, "does not say its schema, so it is damaged or no such file")
            .hint("restore it from its last good copy")),
    }
}
