//! Findings as JSON of `schema` 1.

use serde_json::{Value, json};

use crate::check::State;
use crate::report::layout::pretty;

use super::{Checked, check, word};

/// Raised when something that is here changes its meaning or goes; additions leave it.
const SCHEMA: u32 = 1;

/// The results, with a line break at their end.
pub(super) fn json(checked: &Checked) -> Vec<u8> {
    let setting = &checked.setting;
    let findings: Vec<Value> = checked
        .findings
        .iter()
        .map(|f| {
            json!({
                "id": f.id,
                "rule": f.rule,
                "severity": word(f.severity),
                "school": f.document.and_then(|d| setting.documents.get(d)).map(|d| &d.school),
                "path": f.path,
                "where": f.r#where,
                "block": f.place.map(|p| p.block),
                "range": f.place.map(|p| [p.start, p.end]),
                "also": f.also.iter().map(|p| json!({"block": p.block, "range": [p.start, p.end]})).collect::<Vec<_>>(),
                "quote": f.quote,
                "adopted": f.adopted,
                "says": f.says,
                "why": check(f.rule).map(|c| c.why()),
                "to_do": f.todo,
                "source": f.source,
                "state": match &f.state { State::Open => "open", State::Allowed { .. } => "allowed", State::Known => "known" },
                "because": match &f.state { State::Allowed { because } => Some(because), _ => None },
            })
        })
        .collect();
    let schools: Vec<Value> = setting.schools.iter().map(|s| json!({"id": s.id, "name": s.name})).collect();
    let out = json!({
        "schema": SCHEMA,
        "tool": {"name": "common-ground", "version": env!("CARGO_PKG_VERSION")},
        "rules_as_at": setting.knowledge.as_at,
        "today": setting.today.to_string(),
        "schools": schools,
        "documents": setting.documents.len(),
        "findings": findings,
        "problems": checked.problems,
    });
    pretty(&out)
}
