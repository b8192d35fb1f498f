//! What `ethos` and `curriculum` have in common: both schools' files in, an outcome and pages of evidence out.

use std::ops::Deref;
use std::path::PathBuf;

use clap::Args;

use crate::error::Result;
use crate::knowledge::Knowledge;
use crate::report::{Outcome, Page};
use crate::store::Folder;

use super::destination::folder_or_stdout;
use super::set::facts;
use super::typeset::written;
use super::{Common, Ended, Files, known_formats, run, say};

/// Arguments of a command that reads both schools' files and writes pages of evidence.
#[derive(Debug, Args)]
pub(super) struct Evidence {
    /// One school's folder of policies, or a partnership's folder with a common-ground.toml; or one document
    a: PathBuf,
    /// The other school's folder or document
    b: Option<PathBuf>,
    /// Where the pages go; "-" with --format json: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, docx, json, pdf (default: all; pdf needs the program common-ground-pdf)
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

/// What was read, and where pages go.
pub(super) struct Opened {
    pub(super) knowledge: Box<dyn Deref<Target = Knowledge> + Sync>,
    pub(super) outcome: Outcome,
    folder: Option<Folder>,
}

impl Evidence {
    /// Reads and compares; nothing is written into the folders that are read.
    pub(super) fn open(&self, formats: &[&str]) -> Result<Opened> {
        known_formats(&self.format, formats)?;
        let knowledge = facts(self.rules.as_deref())?;
        let inputs = run::inputs(&self.a, self.b.as_deref())?;
        let folder = folder_or_stdout(&self.out, &self.format, &["json"], &inputs.sources)?;
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        run::any_read(&outcome.documents)?;
        Ok(Opened { knowledge, outcome, folder })
    }

    /// Writes the pages in the formats that were asked for, and says what was found and written.
    pub(super) fn write(
        &self,
        opened: &Opened,
        mut says: Vec<String>,
        formats: &[&str],
        files: impl Fn(&str) -> Vec<Page>,
        sheet: (&str, impl Fn() -> Vec<u8>),
    ) -> Result<Ended> {
        match &opened.folder {
            None => files("json").iter().try_for_each(|page| say::out(&page.bytes))?,
            Some(folder) => says.extend(written(&self.format, formats, folder, files, sheet)?),
        }
        say::notes(&says, &self.common);
        Ok(if opened.outcome.problems.is_empty() { Ended::Well } else { Ended::Badly })
    }
}
