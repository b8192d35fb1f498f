//! `common-ground status`: where each policy stands with each school; `common-ground parents`: what parents may read of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::check::{Baseline, Setting, drifted};
use crate::compare::Comparison;
use crate::document::{Document, Partnership};
use crate::error::{Error, Result};
use crate::knowledge::bundled;
use crate::pair::{Confidence, Register};
use crate::report::{
    ForParents, Progress, STATUS_FORMATS, counted, escape, parents, render_status, sheet_of_status,
};
use crate::status::{Event, Left, Status, key_of, status, subjects, suggest};
use crate::store::log;

use super::destination::{folder, folder_or_stdout};
use super::typeset::written;
use super::{Common, Ended, Files, known_formats, left, run, say, set};

/// Arguments of `status`.
#[derive(Debug, Args)]
pub(super) struct StatusOf {
    /// The partnership's folder with its common-ground.toml
    folder: PathBuf,
    /// Where the report goes; "-" with one --format: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, docx, csv, json, pdf (default: all; pdf needs the program common-ground-pdf)
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Arguments of `parents`.
#[derive(Debug, Args)]
pub(super) struct Parents {
    /// The partnership's folder with its common-ground.toml
    folder: PathBuf,
    /// Where the page goes
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What both commands look at.
struct Standing {
    partnership: Partnership,
    sources: Vec<PathBuf>,
    documents: Vec<Document>,
    register: Register,
    comparisons: Vec<Comparison>,
    baselines: Vec<Baseline>,
    status: Status,
    problems: Vec<Error>,
}

impl Standing {
    /// Reads policies, adopted texts and the log; compares only where that is asked for.
    fn of(folder: &Path, compares: bool, reading: &Files, common: &Common) -> Result<Self> {
        let inputs = run::inputs(folder, None)?;
        let (partnership, sources) = (inputs.partnership.clone(), inputs.sources.clone());
        let (events, mut problems) = log::records::<Event>(folder)?;
        let baselines = set::baselines(&folder.join(set::BASELINES), &mut problems)?;
        let (documents, register, comparisons) = if compares {
            let outcome = common.with_jobs(|| run::outcome(inputs, reading, common))?;
            problems.extend(outcome.problems);
            (outcome.documents, outcome.register, outcome.comparisons)
        } else {
            let (documents, unread) = common.with_jobs(|| run::documents(inputs, reading, common))?;
            problems.extend(unread);
            let register = common.with_jobs(|| crate::pair::pair(&documents, &partnership, bundled()))?;
            (documents, register, Vec::new())
        };
        let subjects = subjects(&register, &documents);
        let status = status(&partnership, subjects, events, &baselines, common.today());
        for problem in &problems {
            say::error(problem, common);
        }
        for problem in &status.problems {
            say::note(&format!("note: {}", escape::terminal(problem)), common);
        }
        Ok(Self { partnership, sources, documents, register, comparisons, baselines, status, problems })
    }

    /// Where the schools' copies do not say the same as each other or as what was adopted: key of the policy, and what was found, in words.
    fn moved(&self, common: &Common) -> Result<BTreeMap<String, String>> {
        let setting = Setting {
            partnership: &self.partnership,
            schools: &self.partnership.schools,
            documents: &self.documents,
            register: &self.register,
            baselines: &self.baselines,
            knowledge: bundled(),
            today: common.today(),
        };
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (pair, comparison) in self.register.pairs.iter().zip(&self.comparisons) {
            let points = comparison.points.iter().filter(|p| !p.one_sided).count();
            if points > 0 && pair.confidence != Confidence::Question {
                let words = format!("the schools' copies differ at {}", counted(points, "point", "points"));
                found.entry(key_of(pair, &self.documents)).or_default().push(words);
            }
        }
        for (topic, school, places) in common.with_jobs(|| drifted(&setting))? {
            let words = match places {
                0 => format!("{school} has no copy of it"),
                n => format!(
                    "the copy of {school} is no longer what was adopted, in {}",
                    counted(n, "place", "places")
                ),
            };
            found.entry(topic).or_default().push(words);
        }
        Ok(found.into_iter().map(|(key, words)| (key, words.join("; "))).collect())
    }

    fn ended(&self) -> Ended {
        if self.problems.is_empty() { Ended::Well } else { Ended::Badly }
    }
}

impl StatusOf {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, STATUS_FORMATS)?;
        let standing = Standing::of(&self.folder, false, &self.reading, &self.common)?;
        let one_file: Vec<&str> = STATUS_FORMATS.iter().copied().filter(|f| *f != "pdf").collect();
        let folder = folder_or_stdout(&self.out, &self.format, &one_file, &standing.sources)?;
        let (compared, drafted) =
            folder.as_ref().map_or_else(|| (None, Vec::new()), |_| left::reports(&self.out));
        let left = Left { decisions: log::read(&self.folder)?.decisions, compared, drafted };
        let suggestions = suggest(&standing.status, &left, &standing.documents);
        let progress = Progress {
            partnership: &standing.partnership,
            status: &standing.status,
            suggestions: &suggestions,
            folder: &self.folder.display().to_string(),
            rules_as_at: &bundled().as_at,
        };
        let files = |format: &str| render_status(format, &progress).into_iter().collect::<Vec<_>>();
        let Some(folder) = folder else {
            let page = self.format.first().and_then(|f| render_status(f, &progress));
            say::out(&page.map(|p| p.bytes).unwrap_or_default())?;
            return Ok(standing.ended());
        };
        let sheet = ("status", || sheet_of_status(&progress));
        let lines = written(&self.format, STATUS_FORMATS, &folder, files, sheet)?;
        let s = &standing.status;
        let count = [s.policies.len(), s.open.len(), s.stuck.len()];
        let words = format!("{} policies, {} open actions, {} stuck.", count[0], count[1], count[2]);
        say::note(&words, &self.common);
        say::notes(&lines, &self.common);
        Ok(standing.ended())
    }
}

impl Parents {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let standing = Standing::of(&self.folder, true, &self.reading, &self.common)?;
        let folder = folder(&self.out, &standing.sources)?;
        let moved = standing.moved(&self.common)?;
        let (pages, held) = parents(&ForParents {
            moved: &moved,
            partnership: &standing.partnership,
            status: &standing.status,
            baselines: &standing.baselines,
            documents: &standing.documents,
        });
        for page in &pages {
            let path = folder.replace(&page.path, &page.bytes)?;
            say::note(&escape::terminal(&format!("Written: {}", path.display())), &self.common);
        }
        for words in &held {
            say::note(&escape::terminal(words), &self.common);
        }
        Ok(standing.ended())
    }
}
