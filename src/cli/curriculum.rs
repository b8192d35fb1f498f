//! `common-ground curriculum`: what each year group is taught by which school, with gaps and repeats where children change school.

use clap::Args;

use crate::curriculum::progression;
use crate::error::Result;
use crate::report::{CURRICULUM_FORMATS, Taught, curriculum_files, sheet_of_curriculum};

use super::Ended;
use super::evidence::Evidence;

/// Arguments of `curriculum`.
#[derive(Debug, Args)]
pub(super) struct Curriculum {
    #[command(flatten)]
    pub(super) evidence: Evidence,
}

impl Curriculum {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let opened = self.evidence.open(CURRICULUM_FORMATS)?;
        let outcome = &opened.outcome;
        let subjects =
            progression(&outcome.documents, &outcome.register, &outcome.partnership, &opened.knowledge);
        let taught = Taught { outcome, subjects: &subjects };
        let titles: Vec<&str> = subjects.iter().map(|s| s.title.as_str()).collect();
        let says = match titles.len() {
            0 => "No curriculum document was found.".to_owned(),
            1 => format!("1 subject: {}.", titles.concat()),
            n => format!("{n} subjects: {}.", titles.join(", ")),
        };
        let files = |format: &str| curriculum_files(format, &taught);
        let sheet = ("curriculum", || sheet_of_curriculum(&taught));
        self.evidence.write(&opened, vec![says], CURRICULUM_FORMATS, files, sheet)
    }
}
