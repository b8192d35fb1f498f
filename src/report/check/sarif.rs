//! Findings as SARIF 2.1.0 (OASIS standard, 2020): for code hosts and editors that show the results of checks.

use serde_json::{Value, json};

use crate::check::{CHECKS, Finding, Severity, State};
use crate::report::layout::pretty;

use super::{Checked, word};

/// The log, with a line break at its end.
pub(super) fn sarif(checked: &Checked) -> Vec<u8> {
    let rules: Vec<Value> = CHECKS
        .iter()
        .map(|c| {
            let (hit, miss) = c.example();
            let help = format!(
                "{} {}\n\nFound: {hit}\nNot found: {miss}\n\nWhat to do: {}",
                c.summary(),
                c.why(),
                c.action()
            );
            json!({
                "id": c.id(),
                "name": camel(c.id()),
                "shortDescription": {"text": c.summary()},
                "fullDescription": {"text": format!("{} {}", c.summary(), c.why())},
                "help": {"text": help},
                "defaultConfiguration": {"level": level(c.severity())},
            })
        })
        .collect();
    let places = &checked.places;
    let results: Vec<Value> = checked.findings.iter().map(|f| result(f, &places.finding(&f.path))).collect();
    let notifications: Vec<Value> = checked
        .problems
        .iter()
        .map(|p| {
            json!({
                "level": "error",
                "message": {"text": p.to_string()},
                "locations": [place(&places.problem(p))],
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "common-ground",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": checked.problems.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    pretty(&log)
}

/// A file.
fn place(path: &str) -> Value {
    json!({"physicalLocation": {"artifactLocation": {"uri": uri(path)}}})
}

fn result(finding: &Finding, path: &str) -> Value {
    let index = CHECKS.iter().position(|c| c.id() == finding.rule).unwrap_or(0);
    let mut text = finding.says.clone();
    if !finding.quote.is_empty() && !text.contains(&finding.quote) {
        text.push_str(&format!(" It says: “{}”", finding.quote));
    }
    text.push_str(&format!(" What to do: {}", finding.todo));
    let mut location = place(path);
    if !finding.r#where.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.r#where}]);
    }
    let suppressions = match &finding.state {
        State::Open => json!([]),
        State::Allowed { because } => {
            json!([{"kind": "external", "status": "accepted", "justification": because}])
        }
        State::Known => {
            json!([{"kind": "external", "status": "accepted", "justification": "was there before"}])
        }
    };
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"commonGround/v1": finding.id},
        "suppressions": suppressions,
        "properties": {"severity": word(finding.severity), "source": finding.source},
    })
}

fn level(severity: Severity) -> &'static str {
    word(severity)
}

/// "wrong_type" as "WrongType".
fn camel(id: &str) -> String {
    id.split('_')
        .map(|w| {
            let mut letters = w.chars();
            letters
                .next()
                .map(|c| c.to_uppercase().collect::<String>() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}

/// A relative path as a URI reference (RFC 3986), one from the top of the file system as a `file:` URI: letters, digits and "-._~/" stay.
fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let coded = path
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect::<String>();
    format!("{scheme}{coded}")
}
