//! The state of each policy with each school on any day, and how many had come how far over time.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::Partnership;

use super::{Happened, State, Subject};

/// The most days in the picture of progress: a year by months still fits on a page.
const DAYS: usize = 13;

/// How many policies, counted once for each school, had come how far: not begun, then each state in order.
pub type Counts = [usize; 6];

/// One policy with both schools.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What it is.
    pub subject: Subject,
    /// Index of its theme in the settings.
    pub theme: Option<usize>,
    /// First school, second school.
    pub schools: [School; 2],
}

/// One policy with one school; numbers are indices of [`super::Status::happened`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// How far it has come in the round that is under way; none if nothing was reached.
    pub state: Option<State>,
    /// What was reached in that round, and by which event.
    pub reached: BTreeMap<State, usize>,
    /// The approval that is in force, of whatever round.
    pub approval: Option<usize>,
    /// How many rounds ended before this one.
    pub rounds: usize,
    /// The last day on which anything happened.
    pub last: Option<Date>,
}

pub(super) fn policies(
    partnership: &Partnership,
    subjects: Vec<Subject>,
    happened: &[Happened],
    today: Date,
) -> Vec<Policy> {
    let telling = &partnership.telling;
    subjects
        .into_iter()
        .map(|subject| Policy {
            theme: telling
                .theme_of(&subject.key)
                .and_then(|t| telling.themes.iter().position(|o| o.id == t.id)),
            schools: [0, 1].map(|side| school(&subject.key, side, happened, today)),
            subject,
        })
        .collect()
}

/// Folds what happened to one policy for one school until a day.
///
/// A round ends with approval or publication; what is compared, drafted or consulted on after that day begins the next. Within a round
/// the furthest state counts: to draft again after a consultation takes nothing back.
fn school(key: &str, side: usize, happened: &[Happened], until: Date) -> School {
    let mut out = School::default();
    let mine = happened
        .iter()
        .enumerate()
        .filter(|(_, h)| h.holds() && h.policy == key && h.schools.get(side) == Some(&true) && h.on <= until);
    for (at, h) in mine {
        out.last = Some(h.on);
        let Some(state) = h.state else { continue };
        let ended =
            out.reached.range(State::Approved..).any(|(_, e)| happened.get(*e).is_some_and(|e| e.on < h.on));
        if ended && state < State::Approved {
            out.rounds += 1;
            out.reached.clear();
        }
        out.reached.insert(state, at);
        if state == State::Approved {
            out.approval = Some(at);
        }
    }
    out.state = out.reached.keys().next_back().copied();
    out
}

/// How many schools' policies are in each state.
pub(super) fn tally(states: impl Iterator<Item = Option<State>>) -> Counts {
    let mut counts = Counts::default();
    for state in states {
        if let Some(n) = counts.get_mut(state.map_or(0, |s| s as usize + 1)) {
            *n += 1;
        }
    }
    counts
}

/// Counts at the end of each month from the first event on, and today; the last of them if there are many.
pub(super) fn course(policies: &[Policy], happened: &[Happened], today: Date) -> Vec<(Date, Counts)> {
    let Some(first) = happened.iter().find(|h| h.holds() && h.state.is_some() && !h.policy.is_empty()) else {
        return Vec::new();
    };
    let mut days = Vec::new();
    // From the last month backwards, so that a log of many years costs no more.
    let mut end = today;
    while days.len() < DAYS && end >= first.on {
        days.push(end);
        match end.first_of_month().checked_sub(1.days()) {
            Ok(before) => end = before,
            Err(_) => break,
        }
    }
    days.reverse();
    let count = |day: Date| {
        let told = policies.iter().filter(|p| !p.subject.separate);
        tally(told.flat_map(|p| [0, 1].map(|side| school(&p.subject.key, side, happened, day).state)))
    };
    days.into_iter().map(|day| (day, count(day))).collect()
}
