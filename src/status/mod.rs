//! Where each policy stands with each school: what was recorded and what was adopted in, states, actions, themes and what is stuck out; the same
//! whatever order the logs are read in.
//!
//! 1. `event`: one record of the log.
//! 2. `happened`: events and adopted texts as one list, without what was taken back.
//! 3. `subjects`: which policies there are to speak of.
//! 4. `standing`: the state of each policy with each school, on any day.
//! 5. `stuck`: what does not move, by a stated rule.
//! 6. `suggest`: what other commands leave behind, as questions to a person.
//! 7. `ease`: how easy words are to read.
//! 8. `open_to_all`: which words may be shown to everybody.
//!
//! An adopted text is a fact: it was approved. Everything else is recorded by somebody, or it is only suggested.

mod ease;
mod event;
mod happened;
mod open_to_all;
mod standing;
mod stuck;
mod subjects;
mod suggest;

use jiff::civil::Date;

use crate::check::Baseline;
use crate::document::Partnership;

pub use ease::{Ease, syllables};
pub use event::{Action, Event, State};
pub use happened::{Happened, Source};
pub use open_to_all::Names;
pub use standing::{Counts, Policy, School};
pub use stuck::{Stuck, ThemeState, Themed, Why};
pub use subjects::{Subject, key, key_of, subjects};
pub use suggest::{Left, Suggestion, suggest};

/// An action that nobody has called done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Index of the event, see [`Status::happened`].
    pub event: usize,
    /// What, who, by when.
    pub action: Action,
    /// Whether its day has passed.
    pub overdue: bool,
}

/// Everything about the progress of a partnership on one day.
#[derive(Clone, Debug)]
pub struct Status {
    /// The day.
    pub today: Date,
    /// Everything that happened until that day, earliest first.
    pub happened: Vec<Happened>,
    /// In order of title.
    pub policies: Vec<Policy>,
    /// Open actions, the one that is due first first.
    pub open: Vec<Open>,
    /// What does not move.
    pub stuck: Vec<Stuck>,
    /// One entry per theme, in the order of the settings.
    pub themes: Vec<Themed>,
    /// The days of the picture of progress, with how many policies had come how far.
    pub course: Vec<(Date, Counts)>,
    /// What of the log or the settings could not be used, in words.
    pub problems: Vec<String>,
}

/// Puts together where everything stands on a day; what is later is left out.
pub fn status(
    partnership: &Partnership,
    subjects: Vec<Subject>,
    events: Vec<Event>,
    baselines: &[Baseline],
    today: Date,
) -> Status {
    let mut problems = Vec::new();
    let happened = happened::all(partnership, events, baselines, today, &mut problems);
    let subjects = subjects::with_happened(subjects, &happened);
    let keys: Vec<&str> = subjects.iter().map(|s| s.key.as_str()).collect();
    problems.extend(partnership.telling.unknown(&known(&keys)));
    let policies = standing::policies(partnership, subjects, &happened, today);
    let open = happened::open(&happened, today);
    let stuck = stuck::stuck(&policies, &happened, &open, partnership.telling.stuck_after_days, today);
    let themes = stuck::themes(partnership, &policies, &happened, &open, &stuck);
    let course = standing::course(&policies, &happened, today);
    Status { today, happened, policies, open, stuck, themes, course, problems }
}

impl Status {
    /// A policy by its key.
    pub fn policy(&self, key: &str) -> Option<&Policy> {
        self.policies.iter().find(|p| p.subject.key == key)
    }

    /// By which event each school approved a policy in the round that is under way, so that nothing of it is left to decide.
    pub fn agreed(&self, policy: &Policy) -> [Option<&Happened>; 2] {
        policy.schools.each_ref().map(|school| {
            let state = school.state.filter(|s| *s >= State::Approved)?;
            // What was published without an approval on record counts as approved by then.
            let at = school.reached.get(&State::Approved).or_else(|| school.reached.get(&state));
            self.happened.get(*at?)
        })
    }
}

/// All topics of the facts, and these.
fn known<'k>(keys: &[&'k str]) -> Vec<&'k str> {
    let topics = crate::knowledge::bundled().topics().all();
    topics.iter().map(|t| t.id.as_str()).chain(keys.iter().copied()).collect()
}
