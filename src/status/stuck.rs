//! What does not move, by a stated rule, and how each theme stands.
//!
//! Stuck is an action whose day has passed; and a policy that is under way (begun and not yet published) with a school, about which nothing happened for
//! more than the days of the settings, and for which no action is still to come. What each school keeps to itself is never stuck by silence.

use jiff::civil::Date;

use crate::document::Partnership;

use super::standing::{Counts, tally};
use super::{Happened, Open, Policy, State};

/// One thing that does not move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Key of the policy; empty for a theme's own action.
    pub policy: String,
    /// Id of the theme that it is an action of; empty for a policy.
    pub theme: String,
    /// With which of the two schools.
    pub schools: [bool; 2],
    /// Why it counts as stuck.
    pub why: Why,
}

/// Why something counts as stuck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Index of the open action in [`super::Status::open`], and how many days late it is.
    Overdue(usize, i32),
    /// The last day on which anything happened, how many days ago that is, and the state since then.
    Silent(Date, i32, State),
}

/// How a theme stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeState {
    /// Something in it is stuck.
    Stuck,
    /// Every policy is published by both schools, something was recorded, and no action is open.
    Done,
    /// Something was recorded.
    UnderWay,
    /// Nothing was.
    NotBegun,
}

impl ThemeState {
    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stuck => "stuck",
            Self::Done => "done",
            Self::UnderWay => "under way",
            Self::NotBegun => "not begun",
        }
    }
}

/// One theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themed {
    /// Its policies, by index of [`super::Status::policies`].
    pub policies: Vec<usize>,
    /// How many of them, counted once for each school, have come how far.
    pub counts: Counts,
    /// Its open actions, those of its policies included, by index of [`super::Status::open`].
    pub open: Vec<usize>,
    /// What in it is stuck, by index of [`super::Status::stuck`].
    pub stuck: Vec<usize>,
    /// The last day on which anything happened.
    pub last: Option<Date>,
    /// How it stands.
    pub state: ThemeState,
}

/// Overdue actions first, the latest first of all; then what is silent, the longest first.
pub(super) fn stuck(
    policies: &[Policy],
    happened: &[Happened],
    open: &[Open],
    after: i32,
    today: Date,
) -> Vec<Stuck> {
    let mut out = Vec::new();
    for (at, o) in open.iter().enumerate().filter(|(_, o)| o.overdue) {
        let Some(h) = happened.get(o.event) else { continue };
        let why = Why::Overdue(at, days(o.action.due, today));
        out.push(Stuck { policy: h.policy.clone(), theme: h.theme.clone(), schools: h.schools, why });
    }
    let mut silent = Vec::new();
    for policy in policies.iter().filter(|p| !p.subject.separate) {
        let key = &policy.subject.key;
        let quiet = [0, 1].map(|side| {
            let school = &policy.schools[side];
            let (state, last) = (school.state.filter(|s| *s != State::Published)?, school.last?);
            let asked = open.iter().any(|o| {
                happened.get(o.event).is_some_and(|h| h.policy == *key && h.schools.get(side) == Some(&true))
            });
            // An action is still to come, or is told as overdue already.
            (!asked && days(last, today) > after).then_some((last, state))
        });
        let mut push = |schools, (last, state): (Date, State)| {
            let why = Why::Silent(last, days(last, today), state);
            silent.push(Stuck { policy: key.clone(), theme: String::new(), schools, why });
        };
        match quiet {
            [Some(x), Some(y)] if x == y => push([true, true], x),
            [x, y] => {
                x.into_iter().for_each(|x| push([true, false], x));
                y.into_iter().for_each(|y| push([false, true], y));
            }
        }
    }
    silent.sort_by_key(|s| match s.why {
        Why::Silent(last, ..) => last,
        Why::Overdue(..) => today,
    });
    out.extend(silent);
    out
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Each theme of the settings.
pub(super) fn themes(
    partnership: &Partnership,
    policies: &[Policy],
    happened: &[Happened],
    open: &[Open],
    stuck: &[Stuck],
) -> Vec<Themed> {
    let of = |(number, theme): (usize, &crate::document::Theme)| {
        let mine: Vec<usize> =
            policies.iter().enumerate().filter(|(_, p)| p.theme == Some(number)).map(|(at, _)| at).collect();
        let keys: Vec<&str> =
            mine.iter().filter_map(|at| policies.get(*at)).map(|p| p.subject.key.as_str()).collect();
        let belongs = |policy: &str, id: &str| id == theme.id || !policy.is_empty() && keys.contains(&policy);
        let shared = mine.iter().filter_map(|at| policies.get(*at)).filter(|p| !p.subject.separate);
        let counts = tally(shared.flat_map(|p| &p.schools).map(|school| school.state));
        let told: Vec<&Happened> =
            happened.iter().filter(|h| h.holds() && belongs(&h.policy, &h.theme)).collect();
        let open: Vec<usize> = (0..open.len())
            .filter(|at| happened.get(open[*at].event).is_some_and(|h| belongs(&h.policy, &h.theme)))
            .collect();
        let stuck: Vec<usize> =
            (0..stuck.len()).filter(|at| belongs(&stuck[*at].policy, &stuck[*at].theme)).collect();
        let published = counts[..5].iter().sum::<usize>() == 0;
        let state = match (stuck.is_empty(), told.is_empty()) {
            (false, _) => ThemeState::Stuck,
            (true, true) => ThemeState::NotBegun,
            (true, false) if published && open.is_empty() => ThemeState::Done,
            (true, false) => ThemeState::UnderWay,
        };
        Themed { policies: mine, counts, open, stuck, last: told.last().map(|h| h.on), state }
    };
    partnership.telling.themes.iter().enumerate().map(of).collect()
}
