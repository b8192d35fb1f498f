//! `common-ground ethos`: the values and the wording that two schools share, with a worksheet for a joint session.

use std::path::PathBuf;

use clap::Args;

use crate::error::{Error, ErrorKind, Result};
use crate::ethos::Ethos as Found;
use crate::ethos::survey::{Sheet, Survey};
use crate::knowledge::Wording;
use crate::read::source::plain;
use crate::report::{ETHOS_FORMATS, Gathered, escape, ethos_files, sheet_of_ethos};
use crate::store::Folder;

use super::set::facts;
use super::typeset::written;
use super::{Common, Ended, Files, known_formats, run, say};

/// Arguments of `ethos`.
#[derive(Debug, Args)]
pub(super) struct Ethos {
    /// One school's folder of policies, or a partnership's folder with a common-ground.toml
    a: PathBuf,
    /// The other school's folder
    b: Option<PathBuf>,
    /// Answers of pupils, parents or staff to a survey, tallied beside the values; repeatable
    #[arg(long, value_name = "FILE.csv")]
    survey: Vec<PathBuf>,
    /// Where the pages go; "-" with --format json: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, docx (with the worksheet), json, pdf (default: all; pdf needs the program common-ground-pdf)
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

impl Ethos {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, ETHOS_FORMATS)?;
        let knowledge = facts(self.rules.as_deref())?;
        let to_stdout = self.out.as_os_str() == "-";
        if to_stdout && self.format != ["json"] {
            return Err(Error::new(ErrorKind::Usage, "only the results file can go to standard output")
                .hint("add --format json, or name a folder with --out"));
        }
        let mut inputs = run::inputs(&self.a, self.b.as_deref())?;
        inputs.sources.extend(self.survey.iter().cloned());
        let folder = if to_stdout { None } else { Some(Folder::open(&self.out, &inputs.sources)?) };
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        let ethos = Found::of(&outcome.documents, &outcome.register, &outcome.partnership, &knowledge);
        let survey = self.survey(&ethos, knowledge.wording())?;
        let gathered = Gathered {
            outcome: &outcome,
            ethos: &ethos,
            wording: knowledge.wording(),
            survey: survey.as_ref(),
        };
        let mut lines = said(&gathered);
        match &folder {
            None => {
                for page in ethos_files("json", &gathered) {
                    say::out(&page.bytes)?;
                }
            }
            Some(folder) => lines.extend(written(
                &self.format,
                ETHOS_FORMATS,
                folder,
                |format| ethos_files(format, &gathered),
                ("ethos", || sheet_of_ethos(&gathered)),
            )?),
        }
        say::note(&escape::terminal(&lines.join(" ")), &self.common);
        Ok(if outcome.problems.is_empty() { Ended::Well } else { Ended::Badly })
    }

    /// The answers, tallied; none if no file was named.
    fn survey(&self, ethos: &Found, wording: &Wording) -> Result<Option<Survey>> {
        if self.survey.is_empty() {
            return Ok(None);
        }
        let mut sheets = Vec::new();
        for path in &self.survey {
            let shown = path.display().to_string();
            let (text, notices) = plain(path)?;
            let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let mut sheet = Sheet::parse(&name, &text).map_err(|e| e.at(&shown))?;
            sheet.notices.extend(notices.iter().map(|n| format!("{name}: {n}.")));
            sheets.push(sheet);
        }
        let files: Vec<String> = self.survey.iter().map(|p| p.display().to_string()).collect();
        Survey::of(&sheets, ethos, wording).map(Some).map_err(|e| e.at(files.join(", ")))
    }
}

/// What was found, in numbers.
fn said(gathered: &Gathered) -> Vec<String> {
    let ethos = gathered.ethos;
    let both = ethos.words.iter().filter(|w| w.named.iter().all(|n| *n > 0)).count();
    let apart = ethos.themes.iter().filter(|t| t.pulls_apart()).count();
    let statements: Vec<String> = ethos.statements.iter().map(|s| s.len().to_string()).collect();
    let mut lines = vec![
        format!("Statements found: {}.", statements.join(" and ")),
        format!("Values that both schools name: {both}; words that both use: {}.", ethos.shared().count()),
        format!("Wording pulls apart in {apart} {}.", if apart == 1 { "place" } else { "places" }),
    ];
    if let Some(survey) = gathered.survey {
        lines.push(format!("Answers tallied: {}.", survey.answers));
        lines.extend(survey.notices.iter().cloned());
    }
    lines
}
