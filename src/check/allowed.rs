//! Findings that somebody allows for a time: all findings in, those that an entry of the settings covers marked; an entry that
//! has lapsed, cannot be understood or covers nothing becomes a finding itself.

use jiff::civil::Date;

use crate::document::Allowed;
use crate::document::date::in_words;

use crate::error::nearest;

use super::{Finding, Found, Setting, State, finding, name, rules};

/// Marks what is allowed, and adds what is wrong with the entries.
pub(super) fn apply(findings: &mut Vec<Finding>, setting: &Setting) {
    let mut wrong: Vec<Found> = Vec::new();
    let mut say = |entry: &Allowed, what: String| {
        let path = Some("common-ground.toml".to_owned());
        let says = format!("The entry that allows {} {what}", described(entry));
        wrong.push(Found { path, says, ..Found::default() });
    };
    for entry in &setting.partnership.allowed {
        if entry.id.is_empty() && entry.rule.is_empty() {
            say(entry, "names neither an id nor a rule, so it allows nothing.".into());
            continue;
        }
        if let Some(near) = misspelt(&entry.rule) {
            say(entry, format!("names no check{near}"));
            continue;
        }
        let matched: Vec<usize> = (0..findings.len()).filter(|at| covers(entry, &findings[*at])).collect();
        match entry.expires.trim().parse::<Date>() {
            Err(_) => say(
                entry,
                format!("has the last day “{}”, which is no day, so it allows nothing.", entry.expires),
            ),
            Ok(last) if last < setting.today => {
                say(entry, format!("lapsed on {}, so it allows nothing any more.", in_words(last)));
            }
            Ok(_) if matched.is_empty() => say(entry, "matches no finding.".into()),
            Ok(last) => {
                let minute = if entry.minute.is_empty() {
                    String::new()
                } else {
                    format!(", minuted: {}", entry.minute)
                };
                let because = format!("{} ({}{minute}; until {})", entry.reason, entry.owner, in_words(last));
                for at in matched {
                    findings[at].state = State::Allowed { because: because.clone() };
                }
            }
        }
    }
    let Some(check) = rules::CHECKS.iter().find(|c| c.id() == "allowed_entry") else { return };
    let mut wrong: Vec<Finding> = wrong.into_iter().map(|f| finding(*check, f, setting)).collect();
    name(&mut wrong);
    findings.extend(wrong);
}

/// What is nearest to a name that no check has; none if there is one.
fn misspelt(rule: &str) -> Option<String> {
    let ids: Vec<&str> = rules::CHECKS.iter().map(|c| c.id()).collect();
    let named = rule.replace('-', "_");
    if named.is_empty() || ids.contains(&named.as_str()) {
        return None;
    }
    Some(nearest(&named, &ids).map_or_else(|| ".".to_owned(), |n| format!("; did you mean “{n}”?")))
}

/// Everything that the entry names fits.
fn covers(entry: &Allowed, finding: &Finding) -> bool {
    let named = |wanted: &str, fits: bool| wanted.is_empty() || fits;
    let quoted = format!("{} {}", finding.quote, finding.says).to_lowercase();
    named(&entry.id, entry.id == finding.id)
        && named(&entry.rule, entry.rule.replace('-', "_") == finding.rule)
        && named(&entry.file, fits(&entry.file, &finding.path))
        && named(&entry.says, quoted.contains(&entry.says.to_lowercase()))
}

/// Whether a path fits a pattern in which `*` stands for any letters.
fn fits(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn described(entry: &Allowed) -> String {
    match (entry.id.is_empty(), entry.rule.is_empty()) {
        (false, _) => format!("“{}”", entry.id),
        (true, false) if entry.file.is_empty() => format!("“{}”", entry.rule),
        (true, false) => format!("“{}” in “{}”", entry.rule, entry.file),
        _ => format!("“{}”", entry.reason),
    }
}
