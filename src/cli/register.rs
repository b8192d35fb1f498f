//! `common-ground register`: which statutory policies each school has, and when each is due.

use std::path::PathBuf;

use clap::Args;

use crate::check::register::{Status, register};
use crate::error::Result;
use crate::report::{calendar, escape, register_csv, register_json, register_page};

use super::destination::folder_or_stdout;
use super::set::{Set, facts};
use super::{Common, Ended, Files, known_formats, say};

/// Arguments of `register`.
#[derive(Debug, Args)]
pub(super) struct Register {
    /// A partnership's folder with a common-ground.toml, or one school's folder of policies
    folder: PathBuf,
    /// Where the register goes; "-" with one --format: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, csv, json, ics (default: all)
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    /// A folder with your own tables of facts, which replace rows of the bundled ones or add to them
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What `--format` accepts.
const FORMATS: [&str; 4] = ["html", "csv", "json", "ics"];

impl Register {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, &FORMATS)?;
        let knowledge = facts(self.rules.as_deref())?;
        let set = Set::open(&self.folder)?;
        let folder = folder_or_stdout(&self.out, &self.format, &FORMATS, &set.sources)?;
        let set = set.read(&knowledge, &self.reading, &self.common)?;
        let setting = set.setting(&knowledge, self.common.today());
        let rows = register(&setting);
        let known = setting.knowledge.statutory().all();
        for entry in &setting.partnership.duties {
            if !known.iter().any(|d| d.id == entry.id) {
                let ids: Vec<&str> = known.iter().map(|d| d.id.as_str()).collect();
                let near = crate::error::nearest(&entry.id, &ids)
                    .map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
                say::note(
                    &format!("note: there is no duty “{}”{near}", escape::terminal(&entry.id)),
                    &self.common,
                );
            }
        }
        let wanted: Vec<&str> = if self.format.is_empty() {
            FORMATS.to_vec()
        } else {
            self.format.iter().map(String::as_str).collect()
        };
        let mut first = None;
        for format in wanted {
            let page = match format {
                "csv" => register_csv(&setting, &rows),
                "json" => register_json(&setting, &rows),
                "ics" => calendar(&setting, &rows),
                _ => register_page(&setting, &rows),
            };
            match &folder {
                None => say::out(&page.bytes)?,
                Some(folder) => {
                    let path = folder.replace(&page.path, &page.bytes)?;
                    first.get_or_insert(path);
                }
            }
        }
        let of = |status: Status| rows.iter().flat_map(|r| &r.schools).filter(|e| e.status == status).count();
        let mut words = format!(
            "{} overdue, {} not found, {} due soon, {} without a date.",
            of(Status::Overdue),
            of(Status::Missing),
            of(Status::DueSoon),
            of(Status::NoDate)
        );
        if let Some(path) = first {
            words.push_str(&format!("\nThe register: {}", escape::terminal(&path.display().to_string())));
        }
        say::note(&words, &self.common);
        Ok(if set.problems.is_empty() { Ended::Well } else { Ended::Badly })
    }
}
