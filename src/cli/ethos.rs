//! `common-ground ethos`: the values and the wording that two schools share, with a worksheet for a joint session.

use std::path::PathBuf;

use clap::Args;

use crate::error::Result;
use crate::ethos::Ethos as Found;
use crate::ethos::survey::{Sheet, Survey};
use crate::knowledge::Wording;
use crate::read::source::plain;
use crate::report::{ETHOS_FORMATS, Gathered, ethos_files, sheet_of_ethos};

use super::Ended;
use super::evidence::Evidence;

/// Arguments of `ethos`.
#[derive(Debug, Args)]
pub(super) struct Ethos {
    /// Answers of pupils, parents or staff to a survey, tallied beside the values; repeatable
    #[arg(long, value_name = "FILE.csv")]
    survey: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) evidence: Evidence,
}

impl Ethos {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let opened = self.evidence.open(ETHOS_FORMATS)?;
        let (outcome, wording) = (&opened.outcome, opened.knowledge.wording());
        let ethos = Found::of(&outcome.documents, &outcome.register, &outcome.partnership, &opened.knowledge);
        let survey = self.survey(&ethos, wording)?;
        let gathered = Gathered { outcome, ethos: &ethos, wording, survey: survey.as_ref() };
        let files = |format: &str| ethos_files(format, &gathered);
        let sheet = ("ethos", || sheet_of_ethos(&gathered));
        self.evidence.write(&opened, said(&gathered), ETHOS_FORMATS, files, sheet)
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
