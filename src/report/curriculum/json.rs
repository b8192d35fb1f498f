//! What each year group is taught as JSON of `schema` 1: statements as documents, blocks and ranges beside their words.

use serde_json::{Value, json};

use crate::curriculum::{Becomes, Statement, YEARS};
use crate::report::layout::pretty;

use super::{Taught, year};

/// Raised when something that is here changes its meaning or goes; additions leave it.
const SCHEMA: u32 = 1;

/// The file, with a line break at its end.
pub(super) fn results(t: &Taught) -> Vec<u8> {
    let statement = |s: &Statement| {
        json!({
            "side": if s.side == 0 { "a" } else { "b" },
            "document": s.document,
            "block": s.quote.block,
            "range": [s.quote.start, s.quote.end],
            "text": t.words(s),
            "place": t.place(s),
            "strand": s.strand,
            "years": s.years.iter().map(|y| year(*y)).collect::<Vec<_>>(),
        })
    };
    let subjects: Vec<Value> = t
        .subjects
        .iter()
        .map(|subject| {
            let strands: Vec<Value> = subject
                .strands
                .iter()
                .map(|s| {
                    json!({
                        "title": s.title,
                        "becomes": match s.becomes {
                            None => Value::Null,
                            Some(Becomes::CarriesOn) => json!({"what": "carries_on"}),
                            Some(Becomes::ComesBack(y)) => json!({"what": "comes_back", "in": year(y)}),
                            Some(Becomes::TakenUp) => json!({"what": "taken_up"}),
                            Some(Becomes::Stops) => json!({"what": "stops"}),
                            Some(Becomes::Begins(y)) => json!({"what": "begins", "in": year(y)}),
                        },
                        "statements": s.statements.iter().map(statement).collect::<Vec<_>>(),
                    })
                })
                .collect();
            let repeats: Vec<Value> = subject
                .repeats
                .iter()
                .map(|r| json!({"earlier": statement(&r.earlier), "later": statement(&r.later)}))
                .collect();
            json!({
                "id": subject.id,
                "title": subject.title,
                "documents": subject.documents,
                "join": subject.join.map(|(last, first)| json!({"from": year(last), "to": year(first)})),
                "empty_years": subject.empty_years().into_iter().map(year).collect::<Vec<_>>(),
                "strands": strands,
                "repeats": repeats,
            })
        })
        .collect();
    let schools: Vec<Value> =
        t.outcome.partnership.schools.iter().map(|s| json!({"id": s.id, "name": s.name})).collect();
    let documents: Vec<Value> = t
        .outcome
        .documents
        .iter()
        .map(|d| json!({"school": d.school, "path": d.path, "title": d.title}))
        .collect();
    let out = json!({
        "schema": SCHEMA,
        "tool": {"name": "common-ground", "version": env!("CARGO_PKG_VERSION")},
        "rules_as_at": t.outcome.rules_as_at,
        "today": t.outcome.today.to_string(),
        "schools": schools,
        "documents": documents,
        "years": YEARS,
        "subjects": subjects,
        "problems": t.outcome.problems,
    });
    pretty(&out)
}
