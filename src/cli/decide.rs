//! `common-ground decide`: one decision from the command line.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::error::{Error, ErrorKind, Result};
use crate::merge::decisions::saw;
use crate::merge::{Decision, Settled, Settlement, Take};
use crate::report::{escape, pair_title};
use crate::store::log;

use super::{Common, Ended, Files, run, say};

/// Arguments of `decide`.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// The partnership's folder with its common-ground.toml
    folder: PathBuf,
    /// The id of the difference, as a draft's comment or the results file shows it
    id: String,
    /// Whose wording holds; local: each school keeps its own
    #[arg(long, value_enum, conflicts_with = "own")]
    take: Option<Taken>,
    /// Wording of your own instead of either
    #[arg(long, value_name = "TEXT")]
    own: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    /// For a local difference: when it is looked at again
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    review_on: Option<jiff::civil::Date>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Taken {
    /// The first school's wording.
    A,
    /// The second school's.
    B,
    /// Both, one after the other.
    Both,
    /// Each school keeps its own.
    Local,
    /// Neither: what either says about it is left out.
    Neither,
}

impl Decide {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let take = match self.take {
            Some(Taken::A) => Take::A,
            Some(Taken::B) => Take::B,
            Some(Taken::Both) => Take::Both,
            Some(Taken::Local) => Take::Local,
            Some(Taken::Neither) => Take::Neither,
            None => Take::Own,
        };
        self.check(take)?;
        let outcome = self.common.with_jobs(|| {
            Ok::<_, Error>(run::outcome(run::inputs(&self.folder, None)?, &self.reading, &self.common))
        })??;
        let found = outcome
            .comparisons
            .iter()
            .enumerate()
            .find_map(|(at, c)| c.differences.iter().find(|d| d.id == self.id).map(|d| (at, d)));
        let (at, difference) = found.ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("there is no difference “{}”", self.id))
                .hint("ids stand in the comments of a draft and in results.json")
        })?;
        let pair = &outcome.register.pairs[at];
        let [x, y] = &outcome.partnership.schools;
        let documents = [&outcome.documents[pair.a], &outcome.documents[pair.b]];
        let decision = Decision {
            on: outcome.today,
            number: 0,
            by: self.by.trim().to_owned(),
            id: self.id.clone(),
            take,
            own: self.own.clone().unwrap_or_default(),
            reason: self.reason.clone(),
            review_on: self.review_on,
            schools: [x.id.clone(), y.id.clone()],
            saw: saw(difference, documents),
            policy: pair_title(&outcome, at),
            read_from: None,
        };
        let before = log::read(&self.folder)?.decisions;
        let path = log::append(&self.folder, decision.clone())?;
        let settlement = Settlement::fold(log::read(&self.folder)?.decisions, [&x.id, &y.id]);
        let follows = follows(&decision, before, settlement.of(difference, documents));
        let line = format!("{} Recorded in {}. {follows}", difference.says, path.display());
        say::note(&escape::terminal(&line), &self.common);
        Ok(Ended::Well)
    }

    fn check(&self, take: Take) -> Result<()> {
        let usage = |message: &str, hint: &str| Err(Error::new(ErrorKind::Usage, message).hint(hint));
        if self.take.is_none() && self.own.is_none() {
            return usage(
                "nothing is decided",
                "say whose wording holds with --take a, b, both, local or neither, or write your own with --own \"…\"",
            );
        }
        if self.by.trim().is_empty() {
            return usage("a decision needs a name", "say who decides with --by");
        }
        if take == Take::Own && self.own.as_ref().is_some_and(|o| o.trim().is_empty()) {
            return usage("there is no wording of your own", "write the sentence after --own");
        }
        if take == Take::Local && (self.reason.trim().is_empty() || self.review_on.is_none()) {
            return usage(
                "a local difference needs a reason and a day on which it is looked at again",
                "add --reason and --review-on",
            );
        }
        Ok(())
    }
}

/// What follows from a decision: it takes the place of one's own earlier one, it contests another's, or the next draft applies it.
fn follows(decision: &Decision, before: Vec<Decision>, settled: Option<&Settled>) -> String {
    let other = |d: &&Decision| (d.take, &d.own) != (decision.take, &decision.own);
    let earlier = before.iter().filter(|d| d.id == decision.id && d.by == decision.by);
    let replaces = match earlier.max_by_key(|d| (d.on, d.number)).filter(other) {
        Some(d) => format!("It takes the place of your decision of {}. ", escape::date(d.on)),
        None => String::new(),
    };
    match settled {
        Some(Settled::Contested(all)) => {
            let others = all.iter().filter(other).map(|d| format!("{} ({})", d.by, escape::date(d.on)));
            let others: Vec<String> = others.collect();
            format!(
                "{replaces}It contests the decision of {}: the next draft shows all and applies none, until they are the same.",
                others.join(" and of ")
            )
        }
        _ => format!("{replaces}The next draft applies it."),
    }
}
