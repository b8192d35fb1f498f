//! `common-ground compare`: the main job.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use crate::compare::Comparison;
use crate::document::School;
use crate::error::Result;
use crate::pair::Confidence;
use crate::report::{Outcome, first_looks, formats, pair_title, point_says, render};

use super::destination::folder_or_stdout;
use super::{Common, Ended, Files, known_formats, run, say};

/// What the exit code says.
const EXIT: &str = "Exit code: 0 done; 1 only with --exit-code: there is something to decide; 2 the command or a file was wrong, and the other files were still compared.";

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_help = EXIT)]
pub(super) struct Compare {
    /// A file, a folder of policies, or a partnership's folder with a common-ground.toml
    a: PathBuf,
    /// The other school's file or folder
    b: Option<PathBuf>,
    /// Where the report goes; "-" with one --format that is no page: standard output
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// What to write: html, json, csv, md (default: html and json); csv and md hold the points to decide
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    /// Exit with 1 if there is anything to decide
    #[arg(long)]
    exit_code: bool,
    /// The model that both schools' policies on its topic come from: what each changed is shown against it; repeatable
    #[arg(long, value_name = "FILE")]
    base: Vec<PathBuf>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Compare {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let known = formats();
        known_formats(&self.format, &known)?;
        let inputs = run::inputs(&self.a, self.b.as_deref())?.with_models(&self.base);
        // The folder is looked at before anything is read, so that a wrong one costs no time.
        let folder = folder_or_stdout(&self.out, &self.format, &["json", "csv", "md"], &inputs.sources)?;
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        let mut ended = if outcome.problems.is_empty() { Ended::Well } else { Ended::Badly };
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        for problem in &outcome.register.problems {
            say::note(&format!("note: {}", crate::report::escape::terminal(problem)), &self.common);
        }
        run::any_read(&outcome.documents)?;
        match folder {
            None => {
                let mut pages = self.format.iter().filter_map(|f| render(f, &outcome)).flatten();
                pages.try_for_each(|page| say::out(&page.bytes))?;
            }
            Some(folder) => {
                let wanted: Vec<&str> = if self.format.is_empty() {
                    vec!["html", "json"]
                } else {
                    self.format.iter().map(String::as_str).collect()
                };
                let pages = self.common.with_jobs(|| {
                    let of = |f: &&str| render(f, &outcome).map(|pages| (*f == "html", pages));
                    wanted.par_iter().filter_map(of).collect::<Vec<_>>()
                })?;
                self.common.with_jobs(|| {
                    let all = pages.par_iter().flat_map(|(_, pages)| pages);
                    all.try_for_each(|page| folder.replace(&page.path, &page.bytes).map(drop))
                })??;
                for (_, pages) in pages.iter().filter(|(html, _)| *html) {
                    run::former(&folder, pages, &self.common)?;
                }
                let first = pages.first().and_then(|(_, pages)| pages.first());
                let first = first.map_or_else(|| self.out.clone(), |p| self.out.join(&p.path));
                say::note(&summary(&outcome, &first.display().to_string()), &self.common);
            }
        }
        let differs = outcome.comparisons.iter().any(|c| !c.points.is_empty());
        if self.exit_code && differs && ended == Ended::Well {
            ended = Ended::Found;
        }
        Ok(ended)
    }
}

/// The last words: what pairs up, which three to look at first, where the report is.
fn summary(outcome: &Outcome, report: &str) -> String {
    let register = &outcome.register;
    let [first, second] = &outcome.partnership.schools;
    let pairs = register.pairs.iter().filter(|p| p.confidence != Confidence::Question).count();
    let questions = register.pairs.len() - pairs;
    let mut lines = vec![String::new()];
    let mut counted = vec![match pairs {
        1 => "1 policy pairs up".to_owned(),
        n => format!("{n} policies pair up"),
    }];
    match questions {
        0 => {}
        1 => counted.push("1 more may (please check)".into()),
        n => counted.push(format!("{n} more may (please check)")),
    }
    match register.unpaired.len() {
        0 => {}
        1 => counted.push("1 has no partner".into()),
        n => counted.push(format!("{n} have no partner")),
    }
    lines.push(format!("{} and {}: {}.", first.name, second.name, counted.join(", ")));
    let order = first_looks(outcome);
    if !order.is_empty() {
        lines.push("Look at these first:".into());
    }
    for (at, pair) in order.iter().take(3).enumerate() {
        let comparison = &outcome.comparisons[*pair];
        let title = pair_title(outcome, *pair);
        lines.push(format!("  {}. {title}: {}", at + 1, why(comparison, &outcome.partnership.schools)));
    }
    let unread: usize = outcome.documents.iter().map(|d| d.receipt.unread.len()).sum();
    if unread > 0 {
        lines.push(format!("{unread} things in the files could not be read; each file's receipt in the report says what and where."));
    }
    if !outcome.problems.is_empty() {
        let n = outcome.problems.len();
        lines.push(format!("{n} {} could not be read: see above.", if n == 1 { "file" } else { "files" }));
    }
    lines.push(format!("The report: {report}"));
    lines.iter().map(|l| crate::report::escape::terminal(l)).collect::<Vec<_>>().join("\n")
}

/// "12 points to decide, 3 where the two say different things. First, “Telling parents”: …".
fn why(comparison: &Comparison, schools: &[School; 2]) -> String {
    let points = comparison.points.len();
    let contradictions = comparison.points.iter().filter(|p| !p.one_sided).count();
    let mut text = match points {
        0 => return "nothing to decide".into(),
        1 => "1 point to decide".to_owned(),
        n => format!("{n} points to decide"),
    };
    if contradictions > 0 {
        text.push_str(&format!(", {contradictions} where the two say different things"));
    }
    if let Some(point) = comparison.points.first() {
        let says = point_says(comparison, point, schools);
        text.push_str(&format!(". First, “{}”: {}", point.title, says.first().map_or("", String::as_str)));
    }
    text
}
