//! `common-ground read`: how a file was read.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::document::{Dated, Document, Kind, Partnership, Role};
use crate::error::Result;
use crate::read::{Source, read_with};
use crate::report::{Outcome, Page, escape, json, read_page};

use super::destination::folder_or_stdout;
use super::{Common, Ended, Files, known_formats, say};

/// What `--format` accepts.
const FORMATS: [&str; 3] = ["text", "json", "html"];

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What to show: text, json, html (default: text); repeatable
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    /// Where files go; left out or "-": text and json on standard output, html in "reports"
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Read {
    /// Reads and shows each file; a bad one does not stop the others.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, &FORMATS)?;
        let text_only = ["text".to_owned()];
        let asked: &[String] = if self.format.is_empty() { &text_only } else { &self.format };
        // A page is no text for a terminal: alone among the formats it has a folder without being asked.
        let (shown, paged): (Vec<String>, Vec<String>) =
            asked.iter().cloned().partition(|f| self.out.is_none() && f != "html");
        let stdout = Path::new("-");
        if !shown.is_empty() {
            folder_or_stdout(stdout, &shown, &["text", "json"], &self.files)?;
        }
        let out = self.out.as_deref().unwrap_or(Path::new("reports"));
        let folder = match paged.is_empty() {
            true => None,
            false => folder_or_stdout(out, &paged, &["text", "json"], &self.files)?,
        };
        let mut problems = Vec::new();
        let mut documents = Vec::new();
        let settings = self.reading.settings();
        for path in &self.files {
            let shown = path.display().to_string();
            match Source::open(path, &shown).and_then(|s| read_with(&s, "", &settings)) {
                Ok(document) => documents.push(document),
                Err(error) => {
                    say::error(&error, &self.common);
                    problems.push(error);
                }
            }
        }
        let ended = if problems.is_empty() { Ended::Well } else { Ended::Badly };
        let outcome = Outcome {
            partnership: Partnership::of_names("", ""),
            documents,
            register: crate::pair::Register::default(),
            comparisons: Vec::new(),
            problems,
            today: self.common.today(),
            rules_as_at: crate::knowledge::bundled().as_at.to_string(),
            drafts: std::collections::BTreeMap::new(),
            terms: Vec::new(),
            repeated: crate::compare::Repeated::default(),
        };
        for format in asked {
            let page = match format.as_str() {
                "html" => read_page(&outcome),
                "json" => Page { path: "read.json".into(), bytes: json(&outcome) },
                _ => Page { path: "read.txt".into(), bytes: text(&outcome.documents).into_bytes() },
            };
            match folder.as_ref().filter(|_| paged.contains(format)) {
                None => say::out(&page.bytes)?,
                Some(folder) => {
                    let path = folder.replace(&page.path, &page.bytes)?;
                    say::notes(&[format!("Written: {}", path.display())], &self.common);
                }
            }
        }
        Ok(ended)
    }
}

/// All files as a terminal shows them, parted by an empty line.
fn text(documents: &[Document]) -> String {
    documents.iter().map(of_file).collect::<Vec<_>>().join("\n")
}

fn of_file(document: &Document) -> String {
    let mut out = format!("{}\n", escape::terminal(&document.path));
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {name:14} {}\n", escape::terminal(value)));
        }
    };
    let front = &document.front_matter;
    let dated = |d: &Option<Dated>| {
        let Some(d) = d else { return String::new() };
        match (d.from, d.to) {
            (Some(from), Some(to)) if from == to => escape::date(from),
            (Some(from), Some(to)) => format!("{} ({} to {})", d.text, escape::date(from), escape::date(to)),
            _ => d.text.clone(),
        }
    };
    let plain = |s: &Option<String>| s.clone().unwrap_or_default();
    row("title", &document.title);
    row("version", &plain(&front.version));
    row("owner", &plain(&front.owner));
    row("written on", &dated(&front.written_on));
    row("approved by", &plain(&front.approved_by));
    row("approved on", &dated(&front.approved_on));
    row("last review", &dated(&front.last_review));
    row("review due", &dated(&front.review_due));
    row("reviewed", &plain(&front.review_cycle));
    let r = &document.receipt;
    row(
        "read",
        &format!("{} words, {} blocks, {} tables, {} pictures", r.words, r.blocks, r.tables, r.pictures),
    );
    for picture in &document.pictures {
        row("picture", &plain(&picture.alternative));
    }
    for notice in &r.notices {
        row("note", notice);
    }
    for unread in &r.unread {
        row("not read", &format!("{} ({}): {}", unread.what, unread.r#where, unread.why));
    }
    out.push_str("  outline\n");
    for block in document.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body) {
        let indent = "  ".repeat(usize::from(block.level) + 1);
        let marker = block.marker.as_ref().map_or_else(String::new, |m| format!("{m} "));
        out.push_str(&format!("{indent}{}{}\n", escape::terminal(&marker), escape::terminal(&block.text)));
    }
    out
}
