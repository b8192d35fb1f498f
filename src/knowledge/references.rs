//! Laws, guidance, bodies and terms that are no longer current: a text in, what in it is out of date out.
//!
//! Each row's `hints` are literals of which at least one stands wherever its pattern matches. One pass looks for all hints of all
//! rows at once, and a pattern is compiled only when one of its hints is met: most policies meet none.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use regex::{Regex, bytes};

use super::edition::Series;
use super::past;

/// One thing that is no longer current.
#[derive(Debug)]
pub struct Reference {
    /// "REF001".
    pub id: String,
    /// "guidance-edition", "legislation", "body", "term", "wrong-school-type".
    pub category: String,
    /// What is out of date.
    pub superseded: String,
    /// What is current.
    pub current: String,
    /// Since when, if known.
    pub since: Option<Date>,
    /// For an edition of guidance: since when it was in force.
    pub in_force_from: Option<Date>,
    /// "error", "warn" or "info".
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
    /// The same for texts of ASCII letters, as nearly all are: without the tables of other alphabets they compile in a tenth of the
    /// time. None where a pattern names such a letter.
    plain: OnceLock<Option<(bytes::Regex, Option<bytes::Regex>)>>,
}

impl Reference {
    /// The row of an edition that was followed by another on the day `to`; `names` are this one's and the latest one's.
    pub(super) fn edition(
        id: String,
        names: [String; 2],
        from: Date,
        to: Date,
        unsure: bool,
        source: String,
    ) -> Self {
        let examples = names.clone().map(|n| format!("This policy follows {n}."));
        let [superseded, current] = names;
        Self {
            id,
            category: "guidance-edition".into(),
            superseded,
            current,
            since: Some(to),
            in_force_from: Some(from),
            severity: if unsure { "info" } else { "error" }.into(),
            condition: String::new(),
            source,
            examples,
            pattern: String::new(),
            unless: String::new(),
            compiled: OnceLock::new(),
            plain: OnceLock::new(),
        }
    }

    /// Where the pattern matches, if it does and its exception does not.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        if text.is_ascii()
            && let Some((pattern, unless)) = self.plain()
        {
            let excepted = unless.as_ref().is_some_and(|u| u.is_match(text.as_bytes()));
            return if excepted { None } else { pattern.find(text.as_bytes()).map(|m| m.range()) };
        }
        let (pattern, unless) = self.regexes()?;
        let excepted = unless.as_ref().is_some_and(|u| u.is_match(text));
        if excepted { None } else { pattern.find(text).map(|m| m.range()) }
    }

    fn plain(&self) -> Option<&(bytes::Regex, Option<bytes::Regex>)> {
        let plain = |pattern: &str| bytes::RegexBuilder::new(pattern).unicode(false).build().ok();
        let compile = || {
            let unless = if self.unless.is_empty() { None } else { Some(plain(&self.unless)?) };
            Some((plain(&self.pattern)?, unless))
        };
        self.plain.get_or_init(compile).as_ref()
    }

    fn regexes(&self) -> Option<&(Regex, Option<Regex>)> {
        let compile = || {
            let pattern = Regex::new(&self.pattern).ok()?;
            let unless = if self.unless.is_empty() { None } else { Some(Regex::new(&self.unless).ok()?) };
            Some((pattern, unless))
        };
        self.compiled.get_or_init(compile).as_ref()
    }

    /// What is out of date, in words: as the table has it, or as the text does where the table lists several things.
    pub fn name(&self, found: &str) -> String {
        let several = [" / ", ", ", "; "].iter().any(|mark| self.superseded.contains(mark));
        if several && !found.is_empty() { format!("“{found}”") } else { self.superseded.clone() }
    }

    /// Whether it is out of date on a day, and more than a matter of wording.
    fn counts(&self, today: Date) -> bool {
        self.severity != "info" && self.severity != "off" && self.since.is_none_or(|since| since <= today)
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
    /// What each hint leads to.
    leads_to: Vec<Lead>,
    series: Vec<Series>,
}

/// What a hint leads to: a row's own pattern, or a series of which any edition may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    Row(usize),
    Series(usize),
}

impl References {
    pub(super) fn parse(
        references: Vec<[String; 14]>,
        series: Vec<[String; 4]>,
        editions: Vec<[String; 8]>,
    ) -> Self {
        let mut all = Vec::new();
        let (mut literals, mut leads_to) = (Vec::new(), Vec::new());
        let mut hint = |hints: &str, lead: Lead| {
            for hint in hints.split('|').filter(|h| !h.is_empty()) {
                literals.push(hint.to_owned());
                leads_to.push(lead);
            }
        };
        for row in references {
            let [id, category, hints, pattern, unless, superseded, current, rest @ ..] = row;
            let [since, severity, condition, hit, miss, source, _] = rest;
            hint(&hints, Lead::Row(all.len()));
            let (since, examples) = (since.parse().ok(), [hit, miss]);
            let (compiled, plain) = (OnceLock::new(), OnceLock::new());
            all.push(Reference {
                id,
                category,
                superseded,
                current,
                since,
                in_force_from: None,
                severity,
                condition,
                source,
                examples,
                pattern,
                unless,
                compiled,
                plain,
            });
        }
        let series: Vec<Series> = Series::parse(series, editions, &mut all)
            .into_iter()
            .enumerate()
            .map(|(at, (series, hints))| {
                hint(&hints, Lead::Series(at));
                series
            })
            .collect();
        let hints = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(aho_corasick::AhoCorasickKind::DFA)) // every word of every policy runs through it
            .build(&literals)
            .ok();
        Self { all, hints, leads_to, series }
    }

    /// The id of a row or series whose pattern cannot be understood, if there is one.
    pub(super) fn unsound(&self) -> Option<&str> {
        let row = self.all.iter().find(|r| r.in_force_from.is_none() && !r.is_sound()).map(|r| r.id.as_str());
        row.or_else(|| self.series.iter().find(|s| !s.is_sound()).map(Series::id))
    }

    /// What is to be written instead on a day.
    pub fn current(&self, row: &Reference, today: Date) -> String {
        let series = row.in_force_from.and_then(|_| {
            self.series.iter().find(|s| row.id.strip_prefix(s.id()).is_some_and(|r| r.starts_with("-20")))
        });
        match series.and_then(|s| s.current(today)) {
            Some((name, since)) => {
                format!("{name}, since {} {}", since.day(), since.strftime("%B %Y"))
            }
            None => row.current.trim_end_matches('.').to_owned(),
        }
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
        let mut near: Vec<Lead> = hints
            .find_overlapping_iter(text)
            .filter_map(|m| self.leads_to.get(m.pattern().as_usize()).copied())
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut out = Vec::new();
        for lead in near {
            match lead {
                Lead::Row(at) => {
                    let Some(row) = self.all.get(at).filter(|r| r.counts(today)) else { continue };
                    out.extend(row.find(text).map(|range| (row, range)));
                }
                Lead::Series(at) => {
                    let found = self.series.get(at).map(|s| s.find(text, today)).unwrap_or_default();
                    let rows = found.into_iter().filter_map(|(row, range)| Some((self.all.get(row)?, range)));
                    out.extend(rows.filter(|(row, _)| row.counts(today)));
                }
            }
        }
        out.retain(|(_, range)| !past::is_told(text, range) && !past::is_address(text, range));
        out
    }
}
