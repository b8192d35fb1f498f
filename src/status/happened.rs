//! Events and adopted texts as one list in order of days: what was taken back is marked, what stands twice stands once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::check::Baseline;
use crate::document::Partnership;

use super::{Action, Event, Open, State};

/// From where something is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Somebody recorded it.
    Recorded,
    /// The text lies among the adopted ones, in this file.
    Adopted(String),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// [`Event::id`]; of an adopted text "adopted-" and its topic.
    pub id: String,
    /// The day.
    pub on: Date,
    /// The policy's key; empty if it is about a theme.
    pub policy: String,
    /// The theme's id; empty if it is about a policy.
    pub theme: String,
    /// For which of the two schools.
    pub schools: [bool; 2],
    /// The state that was reached.
    pub state: Option<State>,
    /// By whom.
    pub by: String,
    /// Where it is minuted.
    pub minute: String,
    /// In the person's words.
    pub comment: String,
    /// From when it holds.
    pub holds_from: Option<Date>,
    /// For parents.
    pub for_parents: Vec<String>,
    /// What is next.
    pub next: Option<Action>,
    /// Whose actions are done with it.
    pub done: Vec<String>,
    /// Who took it back, when and why; it then counts for nothing.
    pub taken_back: Option<String>,
    /// From where it is known.
    pub source: Source,
}

impl Happened {
    /// Whether it counts.
    pub fn holds(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// Everything until a day, earliest first; on one day the earlier state first.
pub(super) fn all(
    partnership: &Partnership,
    events: Vec<Event>,
    baselines: &[Baseline],
    today: Date,
    problems: &mut Vec<String>,
) -> Vec<Happened> {
    let ids = partnership.schools.each_ref().map(|s| s.id.as_str());
    let mut by_id: BTreeMap<String, Event> = BTreeMap::new();
    // A record that stands in two logs is one; ordered by what it is, not by where it was read.
    by_id.extend(events.into_iter().map(|e| (e.id(), e)));
    let mut taken: BTreeMap<&str, String> = BTreeMap::new();
    for event in by_id.values().filter(|e| e.recorded <= today) {
        let Some(target) = &event.takes_back else { continue };
        match by_id.get(target) {
            // Only what was there before can be taken back, and taking back is final: what was wrongly taken back is recorded anew.
            Some(other) if other.takes_back.is_none() => {
                let on = crate::document::date::in_words(event.on);
                let why =
                    if event.comment.is_empty() { String::new() } else { format!(": {}", event.comment) };
                let said = format!("{} on {on}{why}", event.by);
                // Two who took it back: the first in the alphabet is named, whatever the order of the logs.
                let known = taken.entry(target).or_insert_with(|| said.clone());
                if said < *known {
                    *known = said;
                }
            }
            Some(_) => problems
                .push(format!("the event {target} cannot be taken back, because it takes back another")),
            None => problems
                .push(format!("an event of {} takes back {target}, which is not in the logs", event.by)),
        }
    }
    let mut out: Vec<Happened> = Vec::new();
    for (id, event) in &by_id {
        if event.takes_back.is_some() || event.on > today {
            continue;
        }
        if let Some(unknown) = event.schools.iter().find(|s| !ids.contains(&s.as_str())) {
            problems.push(format!(
                "the event {id} is about a school “{unknown}”, which is not in common-ground.toml"
            ));
        }
        let themes = &partnership.telling.themes;
        if !event.theme.is_empty() && themes.iter().all(|t| t.id != event.theme) {
            problems.push(format!(
                "the event {id} is about a theme “{}”, which is not in common-ground.toml",
                event.theme
            ));
        }
        let schools = ids.map(|id| event.schools.iter().any(|s| s == id));
        if schools == [false; 2] {
            continue;
        }
        let e = event.clone();
        out.push(Happened {
            id: id.clone(),
            on: e.on,
            policy: e.policy,
            theme: e.theme,
            schools,
            state: e.state,
            by: e.by,
            minute: e.minute,
            comment: e.comment,
            holds_from: e.holds_from,
            for_parents: e.for_parents,
            next: e.next,
            done: e.done,
            taken_back: taken.get(id.as_str()).cloned(),
            source: Source::Recorded,
        });
    }
    for baseline in baselines {
        out.extend(adopted(baseline, ids, today, problems));
    }
    out.sort_by(|x, y| (x.on, x.state, &x.id, x.schools).cmp(&(y.on, y.state, &y.id, y.schools)));
    out
}

/// An adopted text: approved, for each school by whom and when the file says.
fn adopted(baseline: &Baseline, ids: [&str; 2], today: Date, problems: &mut Vec<String>) -> Vec<Happened> {
    let mut out: Vec<Happened> = Vec::new();
    for approval in &baseline.approvals {
        let schools = ids.map(|id| approval.school == id);
        let Ok(on) = approval.on.parse::<Date>() else {
            problems.push(format!(
                "the approval of “{}” for {} is dated “{}”, which is no day",
                baseline.title, approval.school, approval.on
            ));
            continue;
        };
        if schools == [false; 2] || on > today {
            continue;
        }
        // Both schools on one day by bodies of the same name is one line of the list.
        let same = |h: &&mut Happened| h.on == on && h.by == approval.by && h.minute == approval.minute;
        if let Some(before) = out.iter_mut().find(same) {
            before.schools = [before.schools[0] || schools[0], before.schools[1] || schools[1]];
            continue;
        }
        out.push(Happened {
            id: format!("adopted-{}", baseline.topic),
            on,
            policy: baseline.topic.clone(),
            theme: String::new(),
            schools,
            state: Some(State::Approved),
            by: approval.by.clone(),
            minute: approval.minute.clone(),
            comment: String::new(),
            holds_from: Some(baseline.adopted_on),
            for_parents: Vec::new(),
            next: None,
            done: Vec::new(),
            taken_back: None,
            source: Source::Adopted(baseline.file.clone()),
        });
    }
    out
}

/// Actions of events that hold and that no event that holds calls done; the one that is due first first.
pub(super) fn open(happened: &[Happened], today: Date) -> Vec<Open> {
    let held = || happened.iter().filter(|h| h.holds());
    let done: BTreeSet<&str> = held().flat_map(|h| h.done.iter().map(String::as_str)).collect();
    let mut out: Vec<Open> = happened
        .iter()
        .enumerate()
        .filter(|(_, h)| h.holds() && !done.contains(h.id.as_str()))
        .filter_map(|(event, h)| {
            let action = h.next.clone()?;
            Some(Open { event, overdue: action.due < today, action })
        })
        .collect();
    out.sort_by_key(|x| (x.action.due, x.event));
    out
}
