//! The evidence on values and wording as JSON of `schema` 1; quotations as documents, blocks and ranges beside their words.

use serde_json::{Value, json};

use crate::compare::Quote;
use crate::ethos::Use;
use crate::ethos::survey::{Group, Survey};
use crate::report::layout::pretty;
use crate::report::quoted;

use super::Gathered;

/// Raised when something that is here changes its meaning or goes; additions leave it.
const SCHEMA: u32 = 1;

/// The file, with a line break at its end.
pub(super) fn json(g: &Gathered) -> Vec<u8> {
    let outcome = g.outcome;
    let wording = g.wording;
    let documents = &outcome.documents;
    let quote = |document: usize, q: Quote| -> Value {
        json!({
            "document": document,
            "path": g.document(document).map(|d| &d.path),
            "place": quoted::place(documents, document, q),
            "block": q.block,
            "range": [q.start, q.end],
            "text": quoted::words(documents, document, q),
        })
    };
    let used = |uses: &[Use]| -> Vec<Value> {
        uses.iter()
            .map(|u| json!({"document": u.document, "count": u.count, "example": quote(u.document, u.example)}))
            .collect()
    };
    let statements = g.ethos.statements.each_ref().map(|all| -> Vec<Value> {
        all.iter()
            .map(|s| {
                json!({
                    "kind": wording.statements.get(s.kind).map(|k| &k.id),
                    "quotes": s.quotes.iter().map(|q| quote(s.document, *q)).collect::<Vec<_>>(),
                })
            })
            .collect()
    });
    let words: Vec<Value> = g
        .ethos
        .words
        .iter()
        .map(|w| {
            json!({
                "id": w.id,
                "title": w.title,
                "shared": w.is_shared(),
                "named": w.named,
                "count": [w.count(0), w.count(1)],
                "a": used(&w.uses[0]),
                "b": used(&w.uses[1]),
            })
        })
        .collect();
    let themes: Vec<Value> = g
        .ethos
        .themes
        .iter()
        .filter_map(|t| {
            let about = wording.apart.get(t.number)?;
            let of = |side: usize| {
                json!({"count": [t.count(side, 0), t.count(side, 1)], "one": used(&t.uses[side][0]), "other": used(&t.uses[side][1])})
            };
            Some(json!({
                "id": about.id,
                "title": about.title,
                "ways": about.ways,
                "pulls_apart": t.pulls_apart(),
                "ask": about.ask,
                "source": about.source,
                "a": of(0),
                "b": of(1),
            }))
        })
        .collect();
    let kept = g.ethos.kept.each_ref().map(|all| -> Vec<Value> {
        let of = |k: &crate::ethos::Kept| {
            json!({"character": wording.characters.get(k.character).map(|c| &c.id), "quote": quote(k.document, k.quote)})
        };
        all.iter().map(of).collect()
    });
    let [statements_a, statements_b] = statements;
    let [kept_a, kept_b] = kept;
    let schools: Vec<Value> =
        outcome.partnership.schools.iter().map(|s| json!({"id": s.id, "name": s.name})).collect();
    let listed: Vec<Value> = outcome
        .documents
        .iter()
        .map(|d| json!({"school": d.school, "path": d.path, "title": d.title}))
        .collect();
    let terms: Vec<Value> =
        outcome.terms.iter().map(|t| json!({"a": t.a, "b": t.b, "count": t.count})).collect();
    let out = json!({
        "schema": SCHEMA,
        "tool": {"name": "common-ground", "version": env!("CARGO_PKG_VERSION")},
        "rules_as_at": outcome.rules_as_at,
        "today": outcome.today.to_string(),
        "schools": schools,
        "documents": listed,
        "statements": {"a": statements_a, "b": statements_b},
        "words": words,
        "themes": themes,
        "terms": terms,
        "protected": {"a": kept_a, "b": kept_b},
        "survey": g.survey.map(survey),
        "problems": outcome.problems,
    });
    pretty(&out)
}

fn survey(s: &Survey) -> Value {
    let groups = |all: &[Group]| -> Vec<Value> {
        all.iter().map(|g| json!({"title": g.title, "people": g.people})).collect()
    };
    let words: Vec<Value> =
        s.words.iter().map(|w| json!({"id": w.id, "title": w.title, "people": w.people})).collect();
    let questions: Vec<Value> = s
        .questions
        .iter()
        .map(|q| {
            let rows: Vec<Value> =
                q.rows.iter().map(|(name, people)| json!({"name": name, "people": people})).collect();
            json!({"title": q.title, "chosen": q.chosen, "groups": groups(&q.groups), "rows": rows})
        })
        .collect();
    json!({
        "answers": s.answers,
        "groups": groups(&s.groups),
        "words": words,
        "questions": questions,
        "notices": s.notices,
    })
}
