//! `common-ground check`: drift, currency, residue, review dates; for a person, a schedule or a build server.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::check::known::Known;
use crate::check::{Setting, Severity, check};
use crate::error::{Error, ErrorKind, Result};
use crate::read::source::{Named, named, settings};
use crate::report::{Checked, check_formats, escape, render_check, text};
use crate::store::{self, Folder};

use super::set::{Set, facts};
use super::{Common, Ended, Files, known_formats, say};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A partnership's folder with a common-ground.toml, or one school's folder of policies
    folder: PathBuf,
    /// Where the report goes; "-" with one --format: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, json, sarif, junit, github, md (default: html and json)
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, default_value_t = Gate::Error, value_name = "SEVERITY")]
    fail_on: Gate,
    /// A list of findings that were there before and do not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all open findings into the list of --baseline
    #[arg(long, requires = "baseline", conflicts_with = "prune")]
    accept: bool,
    /// Take findings that are there no longer out of the list of --baseline
    #[arg(long, requires = "baseline")]
    prune: bool,
    /// A folder with your own tables of facts, which replace rows of the bundled ones or add to them
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// From which severity on the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Gate {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
}

impl Check {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let formats = check_formats();
        known_formats(&self.format, &formats)?;
        let to_stdout = self.out.as_os_str() == "-";
        if to_stdout && self.format.len() != 1 {
            return Err(Error::new(ErrorKind::Usage, "only one format can go to standard output")
                .hint("add one --format, or name a folder with --out"));
        }
        let knowledge = facts(self.rules.as_deref())?;
        let known = self.baseline.as_deref().filter(|_| !self.accept).map(known).transpose()?;
        let set = Set::open(&self.folder)?;
        let folder = if to_stdout { None } else { Some(Folder::open(&self.out, &set.sources)?) };
        let set = self.common.with_jobs(|| set.read(&knowledge, &self.reading, &self.common))?;
        for problem in &set.problems {
            say::error(problem, &self.common);
        }
        if set.documents.is_empty() {
            return Err(Error::new(
                ErrorKind::Input,
                "no policy could be read, so there is nothing to check",
            ));
        }
        for note in &set.register.problems {
            say::note(&format!("note: {}", escape::terminal(note)), &self.common);
        }
        let setting = set.setting(&knowledge, self.common.today());
        let findings = self.common.with_jobs(|| check(&setting))?;
        let mut checked = Checked { setting, findings, problems: &set.problems };
        self.remember(known, &mut checked)?;
        self.write(folder.as_ref(), &checked)?;
        let gates = checked.open(Severity::Error)
            + if self.fail_on == Gate::Warning { checked.open(Severity::Warning) } else { 0 };
        Ok(match (set.problems.is_empty(), gates) {
            (false, _) => Ended::Badly,
            (true, 0) => Ended::Well,
            (true, _) => Ended::Found,
        })
    }

    /// Marks what was known before, and keeps the list up if asked to.
    fn remember(&self, known: Option<Known>, checked: &mut Checked) -> Result<()> {
        let Some(path) = &self.baseline else { return Ok(()) };
        let list = match known {
            Some(known) => known,
            None => {
                let list = Known::of(&checked.findings);
                store::replace(path, list.print().as_bytes())?;
                say::note(&format!("Written: {}", path.display()), &self.common);
                list
            }
        };
        if self.prune {
            let (pruned, gone) = list.pruned(&checked.findings);
            store::replace(path, pruned.print().as_bytes())?;
            say::note(&format!("{gone} taken out of {}", path.display()), &self.common);
        }
        let counted = list.apply(&mut checked.findings);
        for (rule, count) in counted {
            say::note(&format!("known before: {count} × {rule}"), &self.common);
        }
        Ok(())
    }

    fn write(&self, folder: Option<&Folder>, checked: &Checked<'_>) -> Result<()> {
        let Setting { .. } = checked.setting;
        let Some(folder) = folder else {
            let page = self.format.first().and_then(|f| render_check(f, checked));
            return say::out(&page.map(|p| p.bytes).unwrap_or_default());
        };
        let wanted: Vec<&str> = if self.format.is_empty() {
            vec!["html", "json"]
        } else {
            self.format.iter().map(String::as_str).collect()
        };
        say::note(&text(checked), &self.common);
        for format in wanted {
            let Some(page) = render_check(format, checked) else { continue };
            // Annotations are read from the log of a job, not from a file.
            if format == "github" {
                say::out(&page.bytes)?;
                continue;
            }
            let path = folder.replace(&page.path, &page.bytes)?;
            say::note(
                &format!("The report: {}", escape::terminal(&path.display().to_string())),
                &self.common,
            );
        }
        Ok(())
    }
}

/// The list of known findings.
fn known(path: &Path) -> Result<Known> {
    let shown = path.display().to_string();
    if named(path) == Named::Nothing {
        return Err(Error::new(ErrorKind::Io, "there is no such list of known findings")
            .at(shown)
            .hint("write one with --accept"));
    }
    Known::parse(&settings(path)?).map_err(|e| e.at(shown))
}
