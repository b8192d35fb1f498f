//! `common-ground read`: how a file was read.

use std::path::PathBuf;

use clap::Args;

use crate::document::{Dated, Document, Kind, Partnership, Role};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Source, read_with};
use crate::report::{Outcome, escape, json, read_page};
use crate::store::Folder;

use super::{Common, Ended, Files, say};

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(super) struct Read {
    /// The files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// text, json or html
    #[arg(long, value_name = "F", default_value = "text")]
    format: String,
    /// Where the page of --format html goes
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Read {
    /// Reads and shows each file; a bad one does not stop the others.
    pub(super) fn run(&self) -> Result<Ended> {
        if !["text", "json", "html"].contains(&self.format.as_str()) {
            return Err(Error::new(ErrorKind::Usage, format!("there is no format “{}”", self.format))
                .hint("the formats are: text, json, html"));
        }
        let folder = match self.format.as_str() {
            "html" => Some(Folder::open(&self.out, &self.files)?),
            _ => None,
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
        if self.format == "text" {
            let text: Vec<String> = documents.iter().map(text).collect();
            say::out(text.join("\n").as_bytes())?;
            return Ok(ended);
        }
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
        match folder {
            None => say::out(&json(&outcome))?,
            Some(folder) => {
                let page = read_page(&outcome);
                folder.replace(&page.path, &page.bytes)?;
                let path = self.out.join(&page.path);
                say::note(
                    &format!("The page: {}", escape::terminal(&path.display().to_string())),
                    &self.common,
                );
            }
        }
        Ok(ended)
    }
}

fn text(document: &Document) -> String {
    let mut out = format!("{}\n", document.path);
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
