//! `common-ground curriculum`: what each year group is taught by which school, with gaps and repeats where children change school.

use std::path::PathBuf;

use clap::Args;

use crate::curriculum::progression;
use crate::error::{Error, ErrorKind, Result};
use crate::report::{CURRICULUM_FORMATS, Taught, curriculum_files, escape, sheet_of_curriculum};
use crate::store::Folder;

use super::set::facts;
use super::typeset::written;
use super::{Common, Ended, Files, known_formats, run, say};

/// Arguments of `curriculum`.
#[derive(Debug, Args)]
pub(super) struct Curriculum {
    /// One school's document or folder, or a partnership's folder with a common-ground.toml
    a: PathBuf,
    /// The other school's document or folder
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

impl Curriculum {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, CURRICULUM_FORMATS)?;
        let knowledge = facts(self.rules.as_deref())?;
        let to_stdout = self.out.as_os_str() == "-";
        if to_stdout && self.format != ["json"] {
            return Err(Error::new(ErrorKind::Usage, "only the results file can go to standard output")
                .hint("add --format json, or name a folder with --out"));
        }
        let inputs = run::inputs(&self.a, self.b.as_deref())?;
        let folder = if to_stdout { None } else { Some(Folder::open(&self.out, &inputs.sources)?) };
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        let subjects = progression(&outcome.documents, &outcome.register, &outcome.partnership, &knowledge);
        let taught = Taught { outcome: &outcome, subjects: &subjects };
        let mut lines = vec![match subjects.as_slice() {
            [] => "No curriculum document was found.".to_owned(),
            [one] => format!("1 subject: {}.", one.title),
            all => {
                let titles: Vec<&str> = all.iter().map(|s| s.title.as_str()).collect();
                format!("{} subjects: {}.", all.len(), titles.join(", "))
            }
        }];
        match &folder {
            None => {
                for page in curriculum_files("json", &taught) {
                    say::out(&page.bytes)?;
                }
            }
            Some(folder) => lines.extend(written(
                &self.format,
                CURRICULUM_FORMATS,
                folder,
                |format| curriculum_files(format, &taught),
                ("curriculum", || sheet_of_curriculum(&taught)),
            )?),
        }
        say::note(&escape::terminal(&lines.join(" ")), &self.common);
        Ok(if outcome.problems.is_empty() { Ended::Well } else { Ended::Badly })
    }
}
