//! Two policies of one school that give different figures for the same thing.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use crate::compare::{Measure, Quote, sentences, values};
use crate::document::{Class, Kind, Role};

use super::{Check, Found, Setting, Severity};

/// See the module.
pub(super) struct Contradiction;

impl Check for Contradiction {
    fn id(&self) -> &'static str {
        "contradiction"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "Two policies of one school give different figures in sentences that are otherwise the same."
    }

    fn why(&self) -> &'static str {
        "Staff cannot follow both."
    }

    fn action(&self) -> &'static str {
        "Decide which figure holds, and put it into both."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "“… within 10 school days” in one policy, “… within 15 school days” in the other",
            "the same figure in both",
        )
    }

    fn source(&self) -> &'static str {
        "The school's own files"
    }

    fn set(&self, setting: &Setting) -> Vec<Found> {
        let mut by_words: BTreeMap<(&str, u64), Vec<Said>> = BTreeMap::new();
        for document in setting.register.in_force() {
            for said in said(setting, document) {
                by_words.entry((&setting.documents[document].school, said.words)).or_default().push(said);
            }
        }
        let mut out = Vec::new();
        for group in by_words.values() {
            let Some(first) = group.first() else { continue };
            let Some(other) =
                group.iter().find(|s| s.document != first.document && s.figures != first.figures)
            else {
                continue;
            };
            let text = |s: &Said| s.place.text(&setting.documents[s.document]);
            let says = format!(
                "This gives another figure than “{}”, which says: “{}”",
                setting.documents[other.document].title,
                text(other)
            );
            out.push(Found {
                document: Some(first.document),
                place: Some(first.place),
                says,
                ..Found::default()
            });
        }
        out
    }
}

/// A sentence with its figures taken out.
struct Said {
    document: usize,
    place: Quote,
    /// Fingerprint of its words without the figures.
    words: u64,
    figures: Vec<(Measure, u64)>,
}

/// Shorter sentences say the same by accident.
const WORDS: usize = 8;

/// The sentences of a document that give a figure.
fn said(setting: &Setting, at: usize) -> Vec<Said> {
    let Some(document) = setting.documents.get(at) else { return Vec::new() };
    let mut out = Vec::new();
    for (id, block) in (0..).zip(&document.blocks) {
        // In a table a figure belongs to its row's name, which the cell alone does not hold.
        if block.role != Role::Body || matches!(block.kind, Kind::Heading | Kind::TableCell) {
            continue;
        }
        for sentence in sentences(document, id) {
            let tokens = sentence.tokens(document);
            if of_itself(sentence.quote().text(document)) {
                continue;
            }
            if tokens.len() < WORDS || !tokens.iter().any(|t| t.class == Class::Number || counts(t.word)) {
                continue;
            }
            let found = values(document, &sentence);
            let figures: Vec<_> = found.all.iter().filter(|v| is_figure(v.measure)).collect();
            if figures.is_empty() {
                continue;
            }
            let mut hash = Xxh3::new();
            let mut words = 0;
            for token in tokens.iter().filter(|t| t.class != Class::Mark) {
                if figures.iter().any(|v| v.start <= token.start && token.end <= v.end) {
                    continue;
                }
                hash.update(&token.stem.to_le_bytes());
                words += 1;
            }
            if words >= WORDS {
                let figures = figures.iter().map(|v| (v.measure, v.key)).collect();
                out.push(Said { document: at, place: sentence.quote(), words: hash.digest(), figures });
            }
        }
    }
    out
}

/// Whether a sentence is about the policy as a paper: "This policy 3.2 was adopted at a meeting of …", as in every one of a set.
fn of_itself(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["this policy", "this procedure", "this document"].iter().any(|w| lower.starts_with(w))
        && ["adopted", "approved", "reviewed", "ratified", "agreed", "signed", "published"]
            .iter()
            .any(|w| lower.contains(w))
}

/// A number that is written as a word.
fn counts(word: u64) -> bool {
    const NUMBERS: [&str; 11] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "once", "twice"];
    NUMBERS.iter().any(|n| crate::document::tokens::fingerprint(n) == word)
}

fn is_figure(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::TimeLimit
            | Measure::Frequency
            | Measure::Money
            | Measure::Threshold
            | Measure::AgeOrYear
            | Measure::Count
    )
}
