//! `common-ground changes`: what changed between two versions of one policy.

use std::path::PathBuf;

use clap::Args;

use crate::align::Relation;
use crate::document::{Block, Document};
use crate::error::{Error, ErrorKind, Result};
use crate::read::Source;
use crate::redline::{Redline, Stamp, redline};
use crate::report::{Outcome, Page, changes_page, escape, json};

use super::destination::folder_or_stdout;
use super::{Common, Ended, Files, known_formats, run, say};

/// What `--format` accepts.
const FORMATS: [&str; 3] = ["html", "docx", "json"];

/// What the exit code says.
const EXIT: &str = "Exit code: 0 nothing changed; 1 something changed, if only a word, its place or its formatting; 2 the command or a file was wrong.";

/// Arguments of `changes`.
#[derive(Debug, Args)]
#[command(after_help = EXIT)]
pub(super) struct Changes {
    /// The policy as it was
    before: PathBuf,
    /// The policy as it is
    after: PathBuf,
    /// Where the results go; "-" with --format json: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, docx, json (default: all; docx only if both files are Word files)
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    /// Whose name the tracked changes carry
    #[arg(long, value_name = "NAME", default_value = "Common Ground")]
    author: String,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Changes {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, &FORMATS)?;
        let inputs = run::versions(&self.before, &self.after)?;
        let folder = folder_or_stdout(&self.out, &self.format, &["json"], &inputs.sources)?;
        if let (Some(folder), true) = (&folder, self.format == ["docx"]) {
            // Nothing but the Word file: the texts need not be understood, only be laid over each other.
            let Some(redline) = self.redline()? else { return Ok(Ended::Well) };
            folder.replace("changes.docx", &redline.bytes)?;
            say::note(&escape::terminal(&tracked(&redline)), &self.common);
            for notice in &redline.notices {
                say::note(&escape::terminal(&format!("note: {notice}")), &self.common);
            }
            return Ok(if redline.changes() > 0 { Ended::Found } else { Ended::Well });
        }
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        if !outcome.problems.is_empty() {
            return Ok(Ended::Badly);
        }
        // Also where no Word file is wanted: whether something changed does not depend on the formats.
        let redline = self.redline()?;
        let differs = differs(&outcome) || redline.as_ref().is_some_and(|r| r.changes() > 0);
        let redline = redline.filter(|_| self.wants("docx"));
        match folder {
            None => say::out(&json(&outcome))?,
            Some(folder) => {
                let pages = self.pages(&outcome, redline.as_ref());
                for page in &pages {
                    folder.replace(&page.path, &page.bytes)?;
                }
                self.summary(&outcome, differs, redline.as_ref(), &pages);
            }
        }
        Ok(if differs { Ended::Found } else { Ended::Well })
    }

    fn wants(&self, format: &str) -> bool {
        self.format.is_empty() || self.format.iter().any(|f| f == format)
    }

    /// The Word file with every change tracked, if both files are Word files.
    fn redline(&self) -> Result<Option<Redline>> {
        let open = |path: &PathBuf| Source::open(path, &path.display().to_string());
        let (before, after) = (open(&self.before)?, open(&self.after)?);
        if before.ending() != "docx" || after.ending() != "docx" {
            if self.format.is_empty() || !self.wants("docx") {
                return Ok(None);
            }
            return Err(Error::new(ErrorKind::Usage, "changes can be tracked only between two .docx files")
                .hint("save both versions in Word, or leave out --format docx"));
        }
        let stamp = Stamp { author: self.author.clone(), date: self.common.today() };
        match redline(&before, &after, &stamp) {
            Err(_) if !self.wants("docx") => Ok(None),
            made => made.map(Some),
        }
    }

    fn pages(&self, outcome: &Outcome, redline: Option<&Redline>) -> Vec<Page> {
        let mut pages = Vec::new();
        if self.wants("html") {
            pages.push(changes_page(outcome, redline));
        }
        if let Some(redline) = redline {
            pages.push(Page { path: "changes.docx".into(), bytes: redline.bytes.clone() });
        }
        if self.wants("json") {
            pages.push(Page { path: "changes.json".into(), bytes: json(outcome) });
        }
        pages
    }

    /// The last words: how much changed, where to read it.
    fn summary(&self, outcome: &Outcome, differs: bool, redline: Option<&Redline>, pages: &[Page]) {
        let points = outcome.comparisons.iter().map(|c| c.points.len()).sum::<usize>();
        let mut lines = vec![match points {
            0 if !differs => "Nothing changed.".to_owned(),
            0 => "No change of substance was found; wording, order or form changed.".to_owned(),
            1 => "1 point changed in substance.".to_owned(),
            n => format!("{n} points changed in substance."),
        }];
        if let Some(redline) = redline {
            lines.push(tracked(redline));
            lines.extend(redline.notices.iter().map(|n| format!("note: {n}")));
        }
        for page in pages {
            lines.push(format!("Written: {}", self.out.join(&page.path).display()));
        }
        let text: Vec<String> = lines.iter().map(|l| escape::terminal(l)).collect();
        say::note(&text.join("\n"), &self.common);
    }
}

/// How much is tracked in the Word file.
fn tracked(redline: &Redline) -> String {
    format!(
        "Tracked in the Word file: {} insertions, {} deletions, {} moves, {} changes of format.",
        redline.insertions, redline.deletions, redline.moves, redline.formats
    )
}

/// Whether anything at all differs in the reading of the two versions; in two formats, formatting does not count.
fn differs(outcome: &Outcome) -> bool {
    let ending = |d: &Document| d.path.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    let form = |d: &Document| -> Vec<_> {
        let form = |b: &Block| (b.kind, b.level, b.marker.clone(), b.spans.clone());
        d.blocks.iter().map(form).collect()
    };
    let formatted = match outcome.documents.as_slice() {
        [before, after] => ending(before) == ending(after) && form(before) != form(after),
        _ => false,
    };
    let said = outcome.comparisons.iter().any(|c| {
        let linked = c.links.iter().any(|l| l.moved || l.relation != Relation::Same);
        linked
            || !c.only_a.is_empty()
            || !c.only_b.is_empty()
            || c.folded.formatting > 0
            || !c.points.is_empty()
    });
    formatted || said
}
