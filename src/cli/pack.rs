//! `common-ground pack`: what governors are asked to decide, as one pack of pages.

use std::path::PathBuf;

use clap::Args;

use crate::check::{Setting, check};
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::knowledge::bundled;
use crate::limits;
use crate::merge::{Settlement, Side};
use crate::pair::Confidence;
use crate::read::process;
use crate::report::{
    Checked, Outcome, PACK_FORMATS, Packing, Page, escape, pack, render_pack, sheet_of_pack,
};
use crate::store::{Folder, log};

use super::{Common, Ended, Files, known_formats, run, say, set, template};

/// Arguments of `pack`.
#[derive(Debug, Args)]
pub(super) struct Pack {
    /// A partnership's folder with a common-ground.toml
    folder: PathBuf,
    /// Only policies on this topic; repeatable
    #[arg(long, value_name = "T")]
    topic: Vec<String>,
    /// Only the pages of this school, by its id
    #[arg(long, value_name = "ID")]
    school: Option<String>,
    /// At most about this many pages of A4: annexes are left out, those with the least to decide first
    #[arg(long, value_name = "N")]
    pages: Option<usize>,
    /// Where the pack goes
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// A Word file or template whose styles, page, header, footer and logo the Word file takes
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// What to write: html, docx, pdf (default: all; pdf needs the program common-ground-pdf)
    #[arg(long, value_name = "F")]
    format: Vec<String>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Pack {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        known_formats(&self.format, PACK_FORMATS)?;
        let inputs = run::inputs(&self.folder, None)?.with_template(self.template.as_deref());
        let template = template::open(self.template.as_deref())?;
        let school = self.side(&inputs.partnership.schools)?;
        let mut problems = Vec::new();
        let baselines = set::baselines(&self.folder.join(set::BASELINES), &mut problems)?;
        let folder = Folder::open(&self.out, &inputs.sources)?;
        let outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        let found = log::read(&self.folder)?;
        problems.extend(found.problems);
        for problem in outcome.problems.iter().chain(&problems) {
            say::error(problem, &self.common);
        }
        let [x, y] = &outcome.partnership.schools;
        let settlement = Settlement::fold(found.decisions, [&x.id, &y.id]);
        let pairs = self.pairs(&outcome)?;
        let setting = Setting {
            partnership: &outcome.partnership,
            schools: &outcome.partnership.schools,
            documents: &outcome.documents,
            register: &outcome.register,
            baselines: &baselines,
            knowledge: bundled(),
            today: outcome.today,
        };
        let findings = self.common.with_jobs(|| check(&setting))?;
        let checked = Checked { setting, findings, problems: &outcome.problems };
        let packing = Packing {
            outcome: &outcome,
            checked: &checked,
            settlement: &settlement,
            pairs,
            school,
            pages: self.pages,
        };
        let made = pack(&packing)?;
        let mut lines = template.as_ref().map_or_else(Vec::new, template::said);
        let wanted: Vec<&str> = if self.format.is_empty() {
            PACK_FORMATS.to_vec()
        } else {
            self.format.iter().map(String::as_str).collect()
        };
        lines.push(match packing.pairs.len() {
            1 => "1 policy in the pack.".to_owned(),
            n => format!("{n} policies in the pack."),
        });
        lines.push(format!("About {} pages of A4.", made.pages));
        match made.left_out {
            0 => {}
            1 => lines.push("1 annex was left out to keep to --pages.".to_owned()),
            n => lines.push(format!("{n} annexes were left out to keep to --pages.")),
        }
        for format in wanted {
            let page = match format {
                "pdf" => match pdf(&sheet_of_pack(&made))? {
                    Some(bytes) => Some(Page { path: "pack.pdf".into(), bytes }),
                    None if self.format.is_empty() => {
                        lines.push(format!("No PDF file: {NO_TYPESETTER}; {TO_GET_IT}."));
                        None
                    }
                    None => return Err(Error::new(ErrorKind::Unsupported, NO_TYPESETTER).hint(TO_GET_IT)),
                },
                other => render_pack(other, &made, template.as_ref()),
            };
            let Some(page) = page else { continue };
            let path = folder.replace(&page.path, &page.bytes)?;
            lines.push(format!("Written: {}.", path.display()));
        }
        say::note(&escape::terminal(&lines.join(" ")), &self.common);
        let well = outcome.problems.is_empty() && problems.is_empty();
        Ok(if well { Ended::Well } else { Ended::Badly })
    }

    /// The school whose pages were asked for.
    fn side(&self, schools: &[crate::document::School; 2]) -> Result<Option<Side>> {
        let Some(asked) = &self.school else { return Ok(None) };
        if let Some((side, _)) = [Side::A, Side::B].into_iter().zip(schools).find(|(_, s)| s.id == *asked) {
            return Ok(Some(side));
        }
        let ids = [schools[0].id.as_str(), schools[1].id.as_str()];
        Err(Error::new(ErrorKind::Usage, format!("there is no school “{asked}” in common-ground.toml"))
            .hint(format!("the schools are {} and {}", ids[0], ids[1])))
    }

    /// The pairs that were asked for; without --topic, all that a person need not look at first.
    fn pairs(&self, outcome: &Outcome) -> Result<Vec<usize>> {
        let pairs = &outcome.register.pairs;
        let topics: Vec<&str> = pairs.iter().filter_map(|p| p.topic.as_deref()).collect();
        if let Some(unknown) = self.topic.iter().find(|t| !topics.contains(&t.as_str())) {
            let near =
                nearest(unknown, &topics).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
            return Err(Error::new(
                ErrorKind::Usage,
                format!("no pair of policies is on the topic “{unknown}”{near}"),
            )
            .hint("`common-ground compare` shows which policies pair up"));
        }
        let wants = |at: &usize| {
            let pair = &pairs[*at];
            match self.topic.is_empty() {
                true => pair.confidence != Confidence::Question,
                false => pair.topic.as_ref().is_some_and(|t| self.topic.contains(t)),
            }
        };
        let wanted: Vec<usize> = (0..pairs.len()).filter(wants).collect();
        if wanted.is_empty() {
            return Err(Error::new(ErrorKind::Usage, "there is no pair of policies to put into a pack")
                .hint("`common-ground compare` shows which policies pair up"));
        }
        Ok(wanted)
    }
}

/// The program that sets PDF files, beside this one or where the system looks for programs.
const TYPESETTER: &str = "common-ground-pdf";
const NO_TYPESETTER: &str = "the program common-ground-pdf is not beside this one";
const TO_GET_IT: &str = "build it with `cargo build --release -p common-ground-pdf`";

/// A paper set as a PDF file; none if the program that does it is not there.
fn pdf(sheet: &[u8]) -> Result<Option<Vec<u8>>> {
    let name = format!("{TYPESETTER}{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().map(|p| p.with_file_name(name)).filter(|p| p.is_file());
    let Some(program) = beside.or_else(|| process::find(TYPESETTER)) else { return Ok(None) };
    let shown = program.display().to_string();
    let ended = process::run(&program, &[], sheet, limits::CONVERT_SECONDS, limits::PDF_ANSWER_BYTES);
    let failed = |why: String| Error::new(ErrorKind::Internal, why).at(&shown);
    match ended.map_err(|e| Error::new(ErrorKind::Io, format!("could not be started ({e})")).at(&shown))? {
        process::Ended::Answered(Some(0), bytes) if bytes.starts_with(b"%PDF") => Ok(Some(bytes)),
        process::Ended::Answered(..) => Err(failed("could not set the pack".into())),
        process::Ended::Late => Err(failed(format!("took more than {} seconds", limits::CONVERT_SECONDS))),
        process::Ended::Long => Err(failed(format!("made more than {} bytes", limits::PDF_ANSWER_BYTES))),
    }
}
