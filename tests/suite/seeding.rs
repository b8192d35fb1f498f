//! Seeded changes: a policy in, copies out in which exactly one thing was changed, each of which must come out as something to decide.

use common_ground::compare::{Quote, Weight};
use common_ground::document::{Document, Kind, Partnership, Role};
use common_ground::knowledge::bundled;
use common_ground::read::{Source, read};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Number,
    Time,
    Money,
    Role,
    Duty,
    Not,
    Scope,
    Step,
}

pub const CHANGES: [Change; 8] = [
    Change::Number,
    Change::Time,
    Change::Money,
    Change::Role,
    Change::Duty,
    Change::Not,
    Change::Scope,
    Change::Step,
];

/// Units of time after a number.
const UNITS: [&str; 12] = [
    "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "years", "terms",
];

/// A document's body as Markdown, one block a paragraph.
pub fn paragraphs(document: &Document) -> Vec<String> {
    let body = document.blocks.iter().filter(|b| b.role == Role::Body && !b.text.trim().is_empty());
    body.map(|b| match b.kind {
        Kind::Heading => format!("{} {}", "#".repeat(usize::from(b.level.clamp(1, 6))), b.text),
        Kind::ListItem => format!("- {}", b.text),
        _ => b.text.replace('\n', " "),
    })
    .collect()
}

/// Every copy with one change of a kind: where it was made, and all paragraphs.
pub fn copies(paragraphs: &[String], change: Change) -> Vec<(usize, Vec<String>)> {
    let mut out = Vec::new();
    for (at, text) in paragraphs.iter().enumerate().filter(|(_, t)| !t.starts_with('#')) {
        // A cell that holds only an amount is no sentence; what it is the price of stands in another cell.
        if change == Change::Money && text.split(' ').count() < 3 {
            continue;
        }
        if change == Change::Step && said_twice(paragraphs, at) {
            continue;
        }
        if let Some(changed) = changed(text, change) {
            let mut copy = paragraphs.to_vec();
            copy[at] = changed;
            copy.retain(|p| !p.is_empty());
            out.push((at, copy));
        }
    }
    out
}

fn changed(text: &str, change: Change) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let swap = |from: &str, to: &str| -> Option<String> {
        let at = words.iter().position(|w| *w == from)?;
        let mut copy: Vec<&str> = words.clone();
        copy[at] = to;
        Some(copy.join(" "))
    };
    // "5 days", "5 school days"
    let unit = |at: usize| {
        let plain = |k: usize| words.get(k).map_or("", |w| w.trim_end_matches(['.', ',', ';', ':', ')']));
        let kind = ["school", "working", "calendar"].contains(&plain(at));
        UNITS.contains(&plain(if kind { at + 1 } else { at }))
    };
    match change {
        Change::Time => {
            const NUMBERS: [(&str, &str); 6] = [
                ("two", "three"),
                ("three", "four"),
                ("four", "five"),
                ("five", "six"),
                ("six", "seven"),
                ("ten", "eleven"),
            ];
            let at = (1..words.len()).find(|at| {
                let number = words[*at].parse::<u32>().is_ok_and(|n| n > 0)
                    || NUMBERS.iter().any(|(from, _)| *from == words[*at]);
                number && unit(at + 1)
            })?;
            let next = NUMBERS.iter().find(|(from, _)| *from == words[at]).map(|(_, to)| (*to).to_owned());
            let value = next.or_else(|| words[at].parse::<u32>().ok().map(|n| (n + 1).to_string()))?;
            let mut copy: Vec<&str> = words.clone();
            copy[at] = &value;
            Some(copy.join(" "))
        }
        Change::Money => {
            let (before, after) = text.split_once('£')?;
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            let value = digits.parse::<u32>().ok()? + 1;
            Some(format!("{before}£{value}{}", &after[digits.len()..]))
        }
        Change::Scope => {
            let pairs =
                [("All", "Some"), ("all", "some"), ("every", "only"), ("some", "all"), ("most", "all")];
            // "all of" and "at all" are no groups of people or things.
            let at = words.iter().position(|w| pairs.iter().any(|(from, _)| from == w))?;
            let next = words.get(at + 1).copied().unwrap_or("");
            let noun = next.chars().all(char::is_alphabetic) && next.len() > 3;
            let before = at.checked_sub(1).map_or("", |b| words[b]);
            if words[at] == "every" || !noun || ["at", "not", "after", "above"].contains(&before) {
                return None;
            }
            pairs.iter().find(|(from, _)| *from == words[at]).and_then(|(from, to)| swap(from, to))
        }
        Change::Number => {
            // Not years, times, telephone numbers, section numbers or figures in brackets: only bare small numbers before a word.
            let at = words.iter().enumerate().position(|(at, w)| {
                let next = words.get(at + 1).copied().unwrap_or("");
                let before = at.checked_sub(1).map_or("", |b| words[b]);
                w.len() <= 2
                    && w.parse::<u32>().is_ok_and(|n| n > 0)
                    && next.chars().next().is_some_and(char::is_lowercase)
                    && !["am", "pm", "of"].contains(&next)
                    && !unit(at + 1)
                    && ![
                        "section",
                        "Section",
                        "Year",
                        "Stage",
                        "Part",
                        "Appendix",
                        "Key",
                        "paragraph",
                        "page",
                    ]
                    .contains(&before)
                    && at > 0
            })?;
            let value = (words[at].parse::<u32>().ok()? + 1).to_string();
            let mut copy: Vec<&str> = words.clone();
            copy[at] = &value;
            Some(copy.join(" "))
        }
        Change::Role => {
            if text.contains("site manager") {
                return Some(text.replacen("site manager", "business manager", 1));
            }
            let roles = [
                ("headteacher", "SENCO"),
                ("SENCO", "headteacher"),
                ("governors", "teachers"),
                ("caretaker", "headteacher"),
                ("manager", "headteacher"),
            ];
            // "chair of governors" is one role: half of it is not swapped.
            roles
                .iter()
                .filter(|(from, _)| !text.contains(&format!("of {from}")))
                .find_map(|(from, to)| swap(from, to))
        }
        Change::Duty => {
            let pairs = [("must", "should"), ("should", "must"), ("will", "may"), ("may", "will")];
            // "may not" and "may never" forbid as "will not" and "will never" do, and so does "may no longer".
            let denied =
                |from: &str| words.windows(2).any(|w| w[0] == from && ["not", "never", "no"].contains(&w[1]));
            let plain = pairs.iter().filter(|(from, _)| !["will", "may"].contains(from) || !denied(from));
            plain.into_iter().find_map(|(from, to)| swap(from, to))
        }
        Change::Not => {
            if let Some(at) = words.iter().position(|w| *w == "not").filter(|at| *at > 0) {
                let next = words.get(at + 1).copied().unwrap_or("");
                if !["only", "just", "limited", "less", "more", "necessarily", "exhaustive"].contains(&next)
                    && !next.is_empty()
                    && words[at - 1] != "or"
                {
                    let mut copy = words.clone();
                    copy.remove(at);
                    return Some(copy.join(" "));
                }
                return None;
            }
            let at = words.iter().position(|w| ["must", "should", "will", "may"].contains(w))?;
            let next = words.get(at + 1).copied().unwrap_or("");
            if next.is_empty()
                || ["also", "only", "just", "necessarily"].contains(&next)
                || words.iter().any(|w| ["no", "never", "cannot"].contains(&w.to_lowercase().as_str()))
            {
                return None;
            }
            let mut copy = words.clone();
            copy.insert(at + 1, "not");
            Some(copy.join(" "))
        }
        Change::Step => {
            let duty = words.iter().any(|w| ["must", "should", "will", "shall"].contains(w));
            // What leads to a list is no step without it.
            (duty && words.len() > 6 && !text.ends_with(':')).then(String::new)
        }
    }
}

/// How many things two texts give to decide.
pub fn decisions(a: &[String], b: &[String]) -> usize {
    compared(&document(a, "a"), &document(b, "b")).points.len()
}

/// Whether a change that was made at the paragraph comes out as something to decide about that paragraph.
pub fn found(before: &[String], after: &[String], at: usize) -> bool {
    let (a, b) = (document(before, "a"), document(after, "b"));
    let plain = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    // A step that was taken out has no paragraph in the copy.
    let changed = if before.len() == after.len() { plain(&after[at]) } else { String::new() };
    let is_in = |document: &Document, quote: Quote, wanted: &str| {
        let block = plain(&document.blocks[quote.block as usize].text);
        wanted.ends_with(&block) || block.ends_with(wanted)
    };
    let comparison = compared(&a, &b);
    comparison.differences.iter().filter(|d| d.weight == Weight::Decide).any(|d| {
        let of_b = || d.b.or(d.context_b).is_some_and(|q| is_in(&b, q, &changed));
        d.a.or(d.context_a).is_some_and(|q| is_in(&a, q, &plain(&before[at])))
            || !changed.is_empty() && of_b()
    })
}

/// Whether another paragraph under the same heading says the same word for word: a step that is said twice in one section is
/// still said there once when one of the two is taken out, so nothing is lost.
fn said_twice(paragraphs: &[String], at: usize) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let from = paragraphs[..at].iter().rposition(|p| p.starts_with('#')).map_or(0, |h| h + 1);
    let to = paragraphs[at..].iter().position(|p| p.starts_with('#')).map_or(paragraphs.len(), |h| at + h);
    (from..to).any(|k| k != at && plain(&paragraphs[k]) == plain(&paragraphs[at]))
}

/// Paragraphs of Markdown as a school's document.
pub fn document<S: std::borrow::Borrow<str>>(paragraphs: &[S], school: &str) -> Document {
    let bytes = paragraphs.join("\n\n").into_bytes();
    read(&Source { path: "policy.md".into(), bytes }, school).unwrap()
}

/// A file of the sample partnership, its school's folder first.
#[allow(dead_code)] // the example that measures other files has no use for it
pub fn sample(file: &str) -> Document {
    let path = std::path::Path::new("policies").join(file);
    read(&Source::open(&path, file).unwrap(), "a").unwrap()
}

/// The comparison of two documents of schools that nobody has described.
pub fn compared(a: &Document, b: &Document) -> common_ground::compare::Comparison {
    let partnership = Partnership::of_names("First School", "Second School");
    let context = common_ground::compare::Context {
        partnership: &partnership,
        knowledge: bundled(),
        topic: None,
        holdings: None,
        today: jiff::civil::date(2026, 11, 24),
    };
    common_ground::compare::compare(a, b, common_ground::align::align(a, b, bundled()), &context)
}
