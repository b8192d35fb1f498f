//! `common-ground check`: drift, currency, residue, review dates; for a person, a schedule or a build server.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::check::known::Known;
use crate::check::{Severity, check};
use crate::error::{Error, ErrorKind, Result};
use crate::read::source::{Named, named, settings};
use crate::report::{Checked, Places, check_formats, escape, render_check, text};
use crate::store::{self, Folder};

use super::destination::folder_or_stdout;
use super::set::{Set, facts};
use super::{Common, Ended, Files, known_formats, say};

/// What the exit code says.
const EXIT: &str = "Exit code: 0 nothing that counts was found; 1 something was found from --fail-on on; 2 the command or a file was wrong, and the other files were still checked.";

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = EXIT)]
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
        let knowledge = facts(self.rules.as_deref())?;
        let known = self.baseline.as_deref().filter(|_| !self.accept).map(known).transpose()?;
        let set = Set::open(&self.folder)?;
        let folder = folder_or_stdout(&self.out, &self.format, &formats, &set.sources)?;
        let set = set.read(&knowledge, &self.reading, &self.common)?;
        let setting = set.setting(&knowledge, self.common.today());
        let findings = self.common.with_jobs(|| check(&setting))?;
        let places = Places { folder: self.folder.clone(), from_top: from_top(&self.folder) };
        let mut checked = Checked { setting, findings, problems: &set.problems, places };
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

/// Where a folder lies from the top of its repository, or else from the working directory; see [`Places::from_top`].
fn from_top(folder: &Path) -> String {
    let Ok(real) = std::fs::canonicalize(folder) else { return folder.display().to_string() };
    let repository = real.ancestors().find(|p| named(&p.join(".git")) != Named::Nothing).map(Path::to_owned);
    let top = repository.or_else(|| std::fs::canonicalize(".").ok());
    let inside = top.as_deref().and_then(|top| real.strip_prefix(top).ok()).unwrap_or(&real);
    inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
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
