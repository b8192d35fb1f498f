//! The tables of progress.

use crate::merge::Side;
use crate::report::escape::date;
use crate::report::paper::{Cell, Run, Table, cell, plain};
use crate::status::{Happened, Policy, Source, State, Why};

use super::{COUNTED, Progress, called};
use crate::report::counted;

/// What does not move.
pub(super) fn stuck(p: &Progress) -> Table {
    let mut table = Table::new(
        "stuck",
        if p.status.stuck.is_empty() { "Nothing is stuck." } else { "What does not move, and since when" },
        &[("Policy or priority", 30, None), ("With", 22, None), ("Why", 30, None), ("Whose move", 18, None)],
    );
    table.form = true;
    for stuck in &p.status.stuck {
        let (why, whose) = match stuck.why {
            Why::Overdue(at, days) => {
                let action = p.status.open.get(at).map(|o| &o.action);
                let words = action.map_or("", |a| a.what.as_str());
                let due = action.map_or_else(String::new, |a| date(a.due));
                let late = counted(days as usize, "day", "days");
                (format!("{words}: due {due}, {late} ago"), action.map_or("", |a| a.owner.as_str()))
            }
            Why::Silent(last, days, state) => (
                format!("{}; nothing has been recorded since {}, {days} days ago", state.name(), date(last)),
                "nobody is named",
            ),
        };
        table.rows.push(vec![
            cell(p.about(&stuck.policy, &stuck.theme)),
            cell(p.schools(stuck.schools)),
            cell(why),
            cell(whose),
        ]);
    }
    table
}

/// Open actions.
pub(super) fn actions(p: &Progress) -> Table {
    let mut table = Table::new(
        "actions",
        if p.status.open.is_empty() {
            "No action is open."
        } else {
            "Open actions, the one that is due first first"
        },
        &[
            ("Due", 16, None),
            ("What", 30, None),
            ("Owner", 18, None),
            ("Policy or priority", 22, None),
            ("Event", 14, None),
        ],
    );
    table.form = true;
    for open in &p.status.open {
        let Some(h) = p.status.happened.get(open.event) else { continue };
        let mut due = cell(date(open.action.due));
        if open.overdue {
            due.push(vec![Run::Strong("overdue".into())]);
        }
        let mut about = cell(p.about(&h.policy, &h.theme));
        if h.schools != [true, true] {
            about.extend(cell(p.schools(h.schools)));
        }
        table.rows.push(vec![due, cell(&open.action.what), cell(&open.action.owner), about, cell(&h.id)]);
    }
    table
}

/// The themes.
pub(super) fn themes(p: &Progress) -> Table {
    let mut table = Table::new(
        "themes",
        "The priorities of the partnership; states count a policy once for each school",
        &[
            ("Priority", 34, None),
            ("State", 12, None),
            ("Policies", 28, None),
            ("Open actions", 12, None),
            ("Last event", 14, None),
        ],
    );
    table.form = true;
    for (theme, themed) in p.partnership.telling.themes.iter().zip(&p.status.themes) {
        let mut policies: Cell = cell(match themed.policies.len() {
            0 => "none".to_owned(),
            1 => "1 policy".to_owned(),
            n => format!("{n} policies"),
        });
        let far: Vec<String> = COUNTED
            .iter()
            .zip(themed.counts)
            .filter(|(_, n)| *n > 0)
            .map(|(name, n)| format!("{name} {n}"))
            .collect();
        if !far.is_empty() {
            policies.extend(cell(far.join(", ")));
        }
        table.rows.push(vec![
            cell(&theme.title),
            vec![vec![Run::Strong(themed.state.name().into())]],
            policies,
            cell(themed.open.len().to_string()),
            cell(themed.last.map_or_else(|| "none".into(), date)),
        ]);
    }
    table
}

/// How many policies are in which state with each school; what each keeps to itself is not counted.
pub(super) fn states(p: &Progress) -> Table {
    let [a, b] = &p.partnership.schools;
    let mut table = Table::new(
        "states",
        "How many policies have come how far with each school; those that each school keeps to itself are not counted",
        &[("State", 40, None), (&a.name, 30, Some(Side::A)), (&b.name, 30, Some(Side::B))],
    );
    let moving: Vec<&Policy> = p.status.policies.iter().filter(|p| !p.subject.separate).collect();
    for state in std::iter::once(None).chain(State::ALL.map(Some)) {
        let count =
            |side: usize| moving.iter().filter(|p| p.schools[side].state == state).count().to_string();
        table.rows.push(vec![cell(called(state)), cell(count(0)), cell(count(1))]);
    }
    let all = moving.len().to_string();
    table.totals = vec![
        (String::new(), cell("All")),
        ("states-a".into(), cell(all.clone())),
        ("states-b".into(), cell(all)),
    ];
    table
}

/// Each policy with both schools.
pub(super) fn policies(p: &Progress) -> Table {
    let [a, b] = &p.partnership.schools;
    let mut table = Table::new(
        "policies",
        "Where each policy stands with each school",
        &[
            ("Policy", 18, None),
            ("Priority", 18, None),
            (&a.name, 32, Some(Side::A)),
            (&b.name, 32, Some(Side::B)),
        ],
    );
    table.form = true;
    for policy in &p.status.policies {
        let theme = policy.theme.and_then(|t| p.partnership.telling.themes.get(t));
        table.rows.push(vec![
            cell(&policy.subject.title),
            cell(theme.map_or("none", |t| &t.title)),
            standing(p, policy, 0),
            standing(p, policy, 1),
        ]);
    }
    table
}

/// The state in bold, then what was reached, the furthest first.
fn standing(p: &Progress, policy: &Policy, side: usize) -> Cell {
    let school = &policy.schools[side];
    let first = match (policy.subject.separate, school.state) {
        (true, None) => "each school keeps its own",
        (_, state) => called(state),
    };
    let mut out = vec![vec![Run::Strong(first.to_owned())]];
    for (state, at) in school.reached.iter().rev() {
        let Some(h) = p.status.happened.get(*at) else { continue };
        out.extend(cell(format!("{} {}", state.name(), told(h))));
    }
    if school.rounds > 0
        && !school.reached.contains_key(&State::Approved)
        && let Some(h) = school.approval.and_then(|at| p.status.happened.get(at))
    {
        out.extend(cell(format!("in force: approved {}", told(h))));
    }
    out
}

/// "29 September 2026 by full governing body (item 7); applies from 1 October 2026".
pub(in crate::report) fn told(h: &Happened) -> String {
    let minute = if h.minute.is_empty() { String::new() } else { format!(" ({})", h.minute) };
    let holds = h
        .holds_from
        .filter(|from| *from != h.on)
        .map_or_else(String::new, |f| format!("; applies from {}", date(f)));
    format!("{} by {}{minute}{holds}", date(h.on), h.by)
}

/// What may have happened, and how to record it.
pub(super) fn suggestions(p: &Progress) -> Table {
    let mut table = Table::new(
        "suggestions",
        "What may have happened",
        &[("Policy", 20, None), ("What", 16, None), ("Because", 28, None), ("To record it", 36, None)],
    );
    for s in p.suggestions {
        let one = |which: usize| format!(" --school {}", p.partnership.schools[which].id);
        let school = match s.schools {
            [true, false] => one(0),
            [false, true] => one(1),
            _ => String::new(),
        };
        let on = s.on.map_or_else(|| "YYYY-MM-DD".to_owned(), |d| d.to_string());
        table.rows.push(vec![
            cell(p.about(&s.policy, "")),
            vec![
                vec![Run::Strong(s.state.name().to_owned())],
                vec![plain(s.on.map_or_else(|| "day not known".to_owned(), date))],
                vec![plain(p.schools(s.schools))],
            ],
            cell(&s.because),
            cell(format!(
                "common-ground record {} {} {}{school} --on {on} --by WHO",
                p.folder,
                s.policy,
                s.state.name()
            )),
        ]);
    }
    table
}

/// The whole log, taken back events included.
pub(super) fn events(p: &Progress) -> Table {
    let mut table = Table::new(
        "events",
        if p.status.happened.is_empty() {
            "Nothing was recorded or adopted."
        } else {
            "Earliest first; what was taken back counts for nothing"
        },
        &[
            ("Day", 16, None),
            ("Policy or priority", 20, None),
            ("With", 16, None),
            ("What", 14, None),
            ("By", 16, None),
            ("Remarks", 18, None),
        ],
    );
    for h in &p.status.happened {
        let mut day = cell(date(h.on));
        day.push(vec![plain(&h.id)]);
        let mut what = cell(h.state.map_or("note", State::name));
        if let Source::Adopted(file) = &h.source {
            what.extend(cell(format!("adopted text {file}")));
        }
        let mut by = cell(&h.by);
        if !h.minute.is_empty() {
            by.extend(cell(&h.minute));
        }
        let mut remarks: Cell = Vec::new();
        if let Some(who) = &h.taken_back {
            remarks.push(vec![Run::Strong("taken back".into()), plain(format!(" by {who}"))]);
        }
        if !h.comment.is_empty() {
            remarks.extend(cell(&h.comment));
        }
        if let Some(next) = &h.next {
            remarks.extend(cell(format!("Next: {} ({}, by {})", next.what, next.owner, date(next.due))));
        }
        if !h.done.is_empty() {
            remarks.extend(cell(format!("Done: {}", h.done.join(", "))));
        }
        if let Some(from) = h.holds_from {
            remarks.extend(cell(format!("Applies from {}", date(from))));
        }
        remarks.extend(h.for_parents.iter().flat_map(|l| cell(format!("For parents: {l}"))));
        table.rows.push(vec![
            day,
            cell(p.about(&h.policy, &h.theme)),
            cell(p.schools(h.schools)),
            what,
            by,
            remarks,
        ]);
    }
    table
}
