//! What a check found, for people and for programs: one renderer a file, registered in [`FORMATS`].

mod github;
mod json;
mod junit;
mod markdown;
pub(super) mod register;
mod sarif;
mod text;

pub use register::{calendar, register_csv, register_json};
pub use text::text;

use std::path::{Path, PathBuf};

use crate::check::{CHECKS, Check, Finding, Setting, Severity, State};
use crate::error::Error;

use super::{Page, html};

/// Everything that one run of the checks found.
#[derive(Debug)]
pub struct Checked<'c> {
    /// What was looked at.
    pub setting: Setting<'c>,
    /// In order of path and place.
    pub findings: Vec<Finding>,
    /// Files that could not be read.
    pub problems: &'c [Error],
    /// Where the files lie for those who show findings beside them.
    pub places: Places,
}

/// Where the folder that was checked lies. Code hosts and editors count paths from the top of a repository.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// As it was named; the paths of problems begin with it.
    pub folder: PathBuf,
    /// The same from the top of the repository, or else from the working directory, with forward slashes; from the top of the file system if it
    /// lies in neither. Empty if it is the top itself.
    pub from_top: String,
}

impl Places {
    /// The path of a finding from the top; one that concerns no file stands with the settings.
    fn finding(&self, path: &str) -> String {
        let path = if path.is_empty() { "common-ground.toml" } else { path };
        if self.from_top.is_empty() { path.to_owned() } else { format!("{}/{path}", self.from_top) }
    }

    /// The same of a problem; a path outside the folder stays as it was named.
    fn problem(&self, problem: &Error) -> String {
        let named = problem.path.as_deref().unwrap_or("");
        match Path::new(named).strip_prefix(&self.folder) {
            Ok(inside) => self.finding(&inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")),
            Err(_) => named.to_owned(),
        }
    }
}

impl Checked<'_> {
    /// Open findings of a severity.
    pub fn open(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.state == State::Open && f.severity == severity).count()
    }
}

type Render = fn(&Checked) -> Vec<u8>;

/// What `--format` accepts, the file that each makes, and how.
const FORMATS: [(&str, &str, Render); 6] = [
    ("html", "check.html", |c| html::check_page(c).into_bytes()),
    ("json", "check.json", json::json),
    ("sarif", "check.sarif", sarif::sarif),
    ("junit", "check-junit.xml", junit::junit),
    ("github", "check-annotations.txt", github::annotations),
    ("md", "check.md", markdown::summary),
];

/// What `check --format` accepts.
pub fn check_formats() -> Vec<&'static str> {
    FORMATS.iter().map(|(id, ..)| *id).collect()
}

/// Renders what was found in one format; none if there is no such format.
pub fn render_check(format: &str, checked: &Checked) -> Option<Page> {
    let (_, path, render) = FORMATS.iter().find(|(id, ..)| *id == format)?;
    Some(Page { path: (*path).to_owned(), bytes: render(checked) })
}

/// The page of the register.
pub fn register_page(setting: &Setting, rows: &[crate::check::register::Row]) -> Page {
    Page { path: "register.html".into(), bytes: html::register_page(setting, rows).into_bytes() }
}

pub(super) fn check(id: &str) -> Option<&'static dyn Check> {
    CHECKS.iter().find(|c| c.id() == id).copied()
}

/// "error", "warning", "note".
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// "2 errors, 1 warning".
pub(super) fn counted(checked: &Checked) -> String {
    let many = |n: usize, one: &str| super::counted(n, one, &format!("{one}s"));
    let mut out =
        vec![many(checked.open(Severity::Error), "error"), many(checked.open(Severity::Warning), "warning")];
    let notes = checked.open(Severity::Note);
    if notes > 0 {
        out.push(many(notes, "note"));
    }
    let of = |wanted: fn(&State) -> bool| checked.findings.iter().filter(|f| wanted(&f.state)).count();
    let allowed = of(|s| matches!(s, State::Allowed { .. }));
    let known = of(|s| *s == State::Known);
    if allowed > 0 {
        out.push(format!("{allowed} allowed"));
    }
    if known > 0 {
        out.push(format!("{known} known before"));
    }
    out.join(", ")
}
