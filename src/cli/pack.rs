//! `common-ground pack`: what governors are asked to decide, as one pack of pages.

use std::path::PathBuf;

use clap::Args;

use crate::check::{Setting, check};
use crate::error::{Error, ErrorKind, Result};
use crate::merge::{Settlement, Side};
use crate::report::{Checked, PACK_FORMATS, Packing, Places, pack, render_pack, sheet_of_pack};
use crate::status::{Event, status, subjects};
use crate::store::log;

use super::typeset::written;
use super::{Common, Ended, Files, chosen, destination, known_formats, run, say, set, template};

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
    /// A folder with your own tables of facts, which replace rows of the bundled ones or add to them
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
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
        let knowledge = set::facts(self.rules.as_deref())?;
        let inputs = run::inputs(&self.folder, None)?.with_template(self.template.as_deref());
        let template = template::open(self.template.as_deref())?;
        let school = self.side(&inputs.partnership.schools)?;
        let mut problems = Vec::new();
        let baselines = set::baselines(&self.folder.join(set::BASELINES), &mut problems)?;
        let folder = destination::folder(&self.out, &inputs.sources)?;
        let outcome =
            self.common.with_jobs(|| run::outcome_by(&knowledge, inputs, &self.reading, &self.common))?;
        let found = log::read(&self.folder)?;
        problems.extend(found.problems);
        for problem in outcome.problems.iter().chain(&problems) {
            say::error(problem, &self.common);
        }
        let [x, y] = &outcome.partnership.schools;
        let settlement = Settlement::fold(found.decisions, [&x.id, &y.id]);
        let (events, bad) = log::records::<Event>(&self.folder)?;
        for problem in &bad {
            say::error(problem, &self.common);
        }
        problems.extend(bad);
        let known = subjects(&outcome.register, &outcome.documents);
        let status = status(&outcome.partnership, known, events, &baselines, outcome.today);
        let pairs = chosen::pairs(&outcome, &self.topic)?;
        let setting = Setting {
            partnership: &outcome.partnership,
            schools: &outcome.partnership.schools,
            documents: &outcome.documents,
            register: &outcome.register,
            baselines: &baselines,
            knowledge: &knowledge,
            today: outcome.today,
        };
        let findings = self.common.with_jobs(|| check(&setting))?;
        let checked = Checked { setting, findings, problems: &outcome.problems, places: Places::default() };
        let packing = Packing {
            outcome: &outcome,
            checked: &checked,
            settlement: &settlement,
            status: &status,
            pairs,
            school,
            pages: self.pages,
        };
        let made = pack(&packing)?;
        let mut lines = template.as_ref().map_or_else(Vec::new, template::said);
        lines.push(made.says.clone());
        lines.push(format!("At most about {} pages of A4.", made.pages));
        match made.left_out {
            0 => {}
            1 => lines.push("1 annex was left out to keep to --pages.".to_owned()),
            n => lines.push(format!("{n} annexes were left out to keep to --pages.")),
        }
        let files = |format: &str| render_pack(format, &made, template.as_ref()).into_iter().collect();
        let sheet = ("pack", || sheet_of_pack(&made));
        lines.extend(written(&self.format, PACK_FORMATS, &folder, files, sheet)?);
        say::notes(&lines, &self.common);
        let well = outcome.problems.is_empty() && problems.is_empty();
        Ok(if well { Ended::Well } else { Ended::Badly })
    }

    /// The school whose pages were asked for.
    fn side(&self, schools: &[crate::document::School; 2]) -> Result<Option<Side>> {
        let Some(asked) = &self.school else { return Ok(None) };
        if let Some((side, _)) = Side::BOTH.into_iter().zip(schools).find(|(_, s)| s.id == *asked) {
            return Ok(Some(side));
        }
        let ids = [schools[0].id.as_str(), schools[1].id.as_str()];
        Err(Error::new(ErrorKind::Usage, format!("there is no school “{asked}” in common-ground.toml"))
            .hint(format!("the schools are {} and {}", ids[0], ids[1])))
    }
}
