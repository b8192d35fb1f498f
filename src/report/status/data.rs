//! Progress for other programs: CSV (RFC 4180, safe for spreadsheets), one row a policy and school, then one an action of a theme; JSON with everything.

use serde_json::{Value, json};

use crate::report::escape::csv_line;
use crate::report::layout::pretty;
use crate::status::{Counts, Happened, Source, State, Why};

use super::{COUNTED, Progress, called};

/// One row for each policy and school; actions that are no policy's have rows of their own.
pub(super) fn csv(p: &Progress) -> Vec<u8> {
    let mut header: Vec<String> = ["policy", "title", "theme", "school", "state"].map(str::to_owned).into();
    header.extend(State::ALL.map(|s| format!("{} on", s.name())));
    header.extend(
        ["approved by", "minute", "holds from", "last event", "next actions", "stuck because"]
            .map(str::to_owned),
    );
    let mut out = csv_line(&header);
    let schools = &p.partnership.schools;
    for policy in &p.status.policies {
        for (side, school) in policy.schools.iter().enumerate() {
            let key = policy.subject.key.as_str();
            let theme = policy.theme.and_then(|t| p.partnership.telling.themes.get(t)).map_or("", |t| &t.id);
            let happened = |at: Option<usize>| at.and_then(|at| p.status.happened.get(at));
            let approval = happened(school.approval);
            let mut row = vec![
                key.to_owned(),
                policy.subject.title.clone(),
                theme.to_owned(),
                schools[side].name.clone(),
                called(school.state).to_owned(),
            ];
            row.extend(State::ALL.map(|s| {
                happened(school.reached.get(&s).copied()).map_or_else(String::new, |h| h.on.to_string())
            }));
            row.extend([
                approval.map_or_else(String::new, |h| h.by.clone()),
                approval.map_or_else(String::new, |h| h.minute.clone()),
                approval.and_then(|h| h.holds_from).map_or_else(String::new, |d| d.to_string()),
                school.last.map_or_else(String::new, |d| d.to_string()),
                actions(p, |h| h.policy == key && h.schools[side]),
                why(p, |s| s.policy == key && s.schools[side]),
            ]);
            out.push_str(&csv_line(&row));
        }
    }
    for theme in &p.partnership.telling.themes {
        let open = actions(p, |h| h.theme == theme.id);
        if open.is_empty() {
            continue;
        }
        let mut row = vec![String::new(), String::new(), theme.id.clone(), String::new(), String::new()];
        row.resize(header.len() - 2, String::new());
        row.extend([open, why(p, |s| s.theme == theme.id)]);
        out.push_str(&csv_line(&row));
    }
    out.into_bytes()
}

/// "Ask the parents (clerk, 2026-12-01); …".
fn actions(p: &Progress, wanted: impl Fn(&Happened) -> bool) -> String {
    let mine = p.status.open.iter().filter(|o| p.status.happened.get(o.event).is_some_and(&wanted));
    mine.map(|o| format!("{} ({}, {})", o.action.what, o.action.owner, o.action.due))
        .collect::<Vec<_>>()
        .join("; ")
}

fn why(p: &Progress, wanted: impl Fn(&crate::status::Stuck) -> bool) -> String {
    let mine = p.status.stuck.iter().filter(|s| wanted(s));
    mine.map(|s| match s.why {
        Why::Overdue(_, days) => format!("an action is {days} days late"),
        Why::Silent(last, days, _) => format!("nothing since {last}, {days} days"),
    })
    .collect::<Vec<_>>()
    .join("; ")
}

/// Everything, as JSON of `schema` 1.
pub(super) fn json(p: &Progress) -> Vec<u8> {
    let (partnership, status) = (p.partnership, p.status);
    let ids = |which: [bool; 2]| -> Vec<&str> {
        partnership.schools.iter().zip(which).filter(|(_, w)| *w).map(|(s, _)| s.id.as_str()).collect()
    };
    let event = |at: usize| status.happened.get(at).map(|h| h.id.as_str());
    let events: Vec<Value> = status
        .happened
        .iter()
        .map(|h| {
            let adopted = if let Source::Adopted(file) = &h.source { Some(file) } else { None };
            json!({
                "id": h.id, "on": h.on, "policy": h.policy, "theme": h.theme, "schools": ids(h.schools), "state": h.state,
                "by": h.by, "minute": h.minute, "comment": h.comment, "holds_from": h.holds_from, "for_parents": h.for_parents,
                "next": h.next, "done": h.done, "taken_back": h.taken_back, "adopted_text": adopted,
            })
        })
        .collect();
    let policies: Vec<Value> = status
        .policies
        .iter()
        .map(|policy| {
            let theme = policy.theme.and_then(|t| partnership.telling.themes.get(t)).map(|t| &t.id);
            let schools: Vec<Value> = policy
                .schools
                .iter()
                .zip(&partnership.schools)
                .map(|(s, school)| {
                    let reached: serde_json::Map<String, Value> = s
                        .reached
                        .iter()
                        .map(|(state, at)| (state.name().to_owned(), json!(event(*at))))
                        .collect();
                    json!({
                        "school": school.id, "state": s.state, "reached": reached, "rounds_before": s.rounds,
                        "approval": s.approval.and_then(event), "last_event": s.last,
                    })
                })
                .collect();
            json!({
                "policy": policy.subject.key, "title": policy.subject.title, "theme": theme,
                "each_keeps_its_own": policy.subject.separate, "schools": schools,
            })
        })
        .collect();
    let open: Vec<Value> = status
        .open
        .iter()
        .map(|o| json!({"event": event(o.event), "what": o.action.what, "owner": o.action.owner, "due": o.action.due, "overdue": o.overdue}))
        .collect();
    let stuck: Vec<Value> = status
        .stuck
        .iter()
        .map(|s| {
            let why = match s.why {
                Why::Overdue(at, days) => json!({"overdue": {"event": status.open.get(at).and_then(|o| event(o.event)), "days": days}}),
                Why::Silent(last, days, state) => json!({"silent": {"since": last, "days": days, "state": state}}),
            };
            json!({"policy": s.policy, "theme": s.theme, "schools": ids(s.schools), "why": why})
        })
        .collect();
    let counted = |counts: &Counts| -> serde_json::Map<String, Value> {
        COUNTED.iter().zip(counts).map(|(name, n)| (name.replace(' ', "_"), json!(n))).collect()
    };
    let themes: Vec<Value> = partnership
        .telling
        .themes
        .iter()
        .zip(&status.themes)
        .map(|(theme, t)| {
            let policies: Vec<&str> =
                t.policies.iter().filter_map(|at| status.policies.get(*at)).map(|p| p.subject.key.as_str()).collect();
            json!({
                "id": theme.id, "title": theme.title, "state": t.state.name(), "policies": policies, "counts": counted(&t.counts),
                "open_actions": t.open.len(), "stuck": t.stuck.len(), "last_event": t.last,
            })
        })
        .collect();
    let course: Vec<Value> =
        status.course.iter().map(|(day, counts)| json!({"day": day, "counts": counted(counts)})).collect();
    let suggestions: Vec<Value> = p
        .suggestions
        .iter()
        .map(|s| json!({"policy": s.policy, "schools": ids(s.schools), "state": s.state, "on": s.on, "because": s.because}))
        .collect();
    let out = json!({
        "schema": 1,
        "tool": {"name": "common-ground", "version": env!("CARGO_PKG_VERSION")},
        "today": status.today, "stuck_after_days": partnership.telling.stuck_after_days,
        "policies": policies, "actions": open, "stuck": stuck, "themes": themes, "course": course,
        "suggestions": suggestions, "events": events, "problems": status.problems,
    });
    pretty(&out)
}
