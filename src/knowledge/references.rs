//! Laws, guidance, bodies and terms that are no longer current: a text in, what in it is out of date out.
//!
//! Each row's `hints` are literals of which at least one stands wherever its pattern matches. One pass looks for all hints of all
//! rows at once, and a pattern is compiled only when one of its hints is met: most policies meet none.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use regex::Regex;

use super::rows;

/// One thing that is no longer current.
#[derive(Debug)]
pub struct Reference {
    /// "REF001".
    pub id: String,
    /// What is out of date.
    pub superseded: String,
    /// What is current.
    pub current: String,
    /// Since when, if known.
    pub since: Option<Date>,
    /// "error", "warning" or "info".
    pub severity: String,
    /// When it applies, in words.
    pub condition: String,
    /// Where this can be read.
    pub source: String,
    /// A text in which it is found, and one in which it is not.
    pub examples: [String; 2],
    pattern: String,
    unless: String,
    compiled: OnceLock<Option<(Regex, Option<Regex>)>>,
}

impl Reference {
    fn regexes(&self) -> Option<&(Regex, Option<Regex>)> {
        let compile = || {
            let pattern = Regex::new(&self.pattern).ok()?;
            let unless = if self.unless.is_empty() { None } else { Some(Regex::new(&self.unless).ok()?) };
            Some((pattern, unless))
        };
        self.compiled.get_or_init(compile).as_ref()
    }

    /// Whether both patterns compile; the suite asks every row.
    pub fn is_sound(&self) -> bool {
        self.regexes().is_some()
    }
}

/// All rows.
#[derive(Debug)]
pub struct References {
    all: Vec<Reference>,
    hints: Option<AhoCorasick>,
    /// Row of each hint.
    row_of: Vec<usize>,
}

impl References {
    pub(super) fn parse(table: &'static str) -> Self {
        let mut all = Vec::new();
        let (mut literals, mut row_of) = (Vec::new(), Vec::new());
        for [
            id,
            _,
            hints,
            pattern,
            unless,
            superseded,
            current,
            since,
            severity,
            condition,
            hit,
            miss,
            source,
            _,
        ] in rows::<14>(table)
        {
            for hint in hints.split('|').filter(|h| !h.is_empty()) {
                literals.push(hint.to_owned());
                row_of.push(all.len());
            }
            let since = since.parse().ok();
            let examples = [hit, miss];
            let compiled = OnceLock::new();
            all.push(Reference {
                id,
                superseded,
                current,
                since,
                severity,
                condition,
                source,
                examples,
                pattern,
                unless,
                compiled,
            });
        }
        let hints = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(aho_corasick::AhoCorasickKind::DFA)) // every word of every policy runs through it
            .build(&literals)
            .ok();
        Self { all, hints, row_of }
    }

    /// All rows in the order of the table.
    pub fn all(&self) -> &[Reference] {
        &self.all
    }

    /// What of a sentence or paragraph is out of date on a day: each with its byte range, in order of row.
    ///
    /// Rows of severity `info` are wording only and left out.
    pub fn find(&self, text: &str, today: Date) -> Vec<(&Reference, Range<usize>)> {
        let Some(hints) = &self.hints else { return Vec::new() };
        let mut near: Vec<usize> = hints
            .find_overlapping_iter(text)
            .filter_map(|m| self.row_of.get(m.pattern().as_usize()).copied())
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut out = Vec::new();
        for row in near.into_iter().filter_map(|at| self.all.get(at)) {
            if row.severity == "info" || row.since.is_some_and(|since| since > today) {
                continue;
            }
            let Some((pattern, unless)) = row.regexes() else { continue };
            if unless.as_ref().is_some_and(|u| u.is_match(text)) {
                continue;
            }
            out.extend(pattern.find(text).map(|m| (row, m.range())));
        }
        out
    }
}
