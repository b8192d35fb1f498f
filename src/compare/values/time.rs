//! Times: within how long, by when, how often; a scan at the word in, the value out, and which times may be the same.

use super::super::lexicon::{Lex, Quantifier, Unit};
use super::figure::{YEARS, parse};
use super::{HUNDRED, Measure, Scan};

impl Scan<'_> {
    /// "every week", "each half term", "every two years", "every other week"; else a quantifier.
    pub(super) fn every(&mut self) {
        let at = self.at;
        let (count, next) = match self.lex(at + 1) {
            Some(Lex::Number(n)) => (n.max(1), at + 2),
            _ if self.is(at + 1, "other") => (2, at + 2),
            _ => (1, at + 1),
        };
        let next = if self.is(next, "school") || self.is(next, "working") { next + 1 } else { next };
        match self.unit(next) {
            Some((unit, to)) if count == 1 => self.take(Measure::Frequency, frequency(1, unit), at, to),
            Some((unit, to)) => self.take(Measure::Frequency, interval(count, unit), at, to),
            None => self.take(Measure::Scope, Quantifier::All as u64, at, at + 1),
        }
    }

    /// "once a term", "twice each year", "three times a week": `next` is the token after the count.
    pub(super) fn times(&mut self, count: u32, next: usize) {
        let at = self.at;
        let filler = ["a", "an", "per", "each", "every", "in"];
        if filler.iter().any(|f| self.is(next, f)) {
            let unit_at =
                if self.is(next + 1, "every") || self.is(next + 1, "a") { next + 2 } else { next + 1 };
            if let Some((unit, to)) = self.unit(unit_at) {
                return self.take(Measure::Frequency, frequency(count, unit), at, to);
            }
        }
        self.at += 1;
    }

    /// "24 hours", "5 school days", "ten minutes a day", "6 years old".
    pub(super) fn span(&mut self, n: u64, kind: u8, unit: Unit, to: usize) {
        let from = self.at;
        if unit == Unit::Year && self.is(to, "of") && self.is(to + 1, "age") {
            return self.take(Measure::AgeOrYear, n, from, to + 2);
        }
        if unit == Unit::Year && (self.is(to, "old") || self.is(to, "olds")) {
            return self.take(Measure::AgeOrYear, n, from, to + 1);
        }
        if let Some(from) = self.aged().filter(|_| unit == Unit::Year) {
            return self.take(Measure::AgeOrYear, n, from, to);
        }
        let key = span_key(n, unit, kind);
        let each = ["a", "an", "per", "each", "every"].iter().any(|f| self.is(to, f));
        if let Some((_, end)) = self.unit(to + 1).filter(|_| each) {
            return self.take(Measure::Count, key, from, end); // an amount of time, not a limit
        }
        self.take(Measure::TimeLimit, key, from, to);
    }

    /// A deadline in the year ("by 31 October"), unless a year follows: then it is a date of the document's own.
    pub(super) fn date(&mut self, day: u64, month: u8) {
        let at = self.at;
        let year_follows = parse(self.piece(at + 2)).is_some_and(|y| YEARS.contains(&y));
        if year_follows {
            self.at = at + 3;
        } else {
            self.take(Measure::TimeLimit, 900_000_000 + u64::from(month) * 100 + day / HUNDRED, at, at + 2);
        }
    }

    /// A month without a day or a term by its season, as a time in the year: what it is, and one past its last token.
    ///
    /// "in May 2026" is a date of the document's own, and a month that no word of time leads to may be a name.
    pub(super) fn season(&self) -> Option<(u64, usize)> {
        let at = self.at;
        let (key, to) = match self.month(at) {
            Some(month) if self.led_to(at) => (900_000_000 + u64::from(month) * 100, at + 1),
            Some(_) => return None,
            None => (950_000_000 + self.term(at)?, at + 1),
        };
        let next = if self.lex(to) == Some(Lex::Unit(Unit::Term)) { to + 1 } else { to };
        let is_dated = parse(self.piece(next)).is_some_and(|year| YEARS.contains(&year));
        (!is_dated).then_some((key, next))
    }

    /// Whether a word of time stands before a month, or another month that one leads to.
    fn led_to(&self, month: usize) -> bool {
        const LEAD: [&str; 15] = [
            "in", "by", "during", "of", "until", "till", "from", "each", "every", "before", "after", "since",
            "early", "late", "between",
        ];
        let mut at = month;
        while let Some(before) = at.checked_sub(1) {
            if LEAD.iter().any(|word| self.is(before, word)) {
                return true;
            }
            let joined = ["and", "or", "to", "-", "–", ","].iter().any(|word| self.is(before, word));
            match before.checked_sub(1).filter(|at| joined && self.month(*at).is_some()) {
                Some(other) => at = other,
                None => return false,
            }
        }
        false
    }

    /// "autumn term", and "autumn" in "the autumn and summer terms": which term of the year.
    fn term(&self, at: usize) -> Option<u64> {
        let which = |at: usize| {
            (0..).zip(["autumn", "spring", "summer"]).find(|(_, s)| self.is(at, s)).map(|(n, _)| n)
        };
        let found = which(at)?;
        let mut next = at + 1;
        while ["and", "or", ",", "/"].iter().any(|word| self.is(next, word)) && which(next + 1).is_some() {
            next += 2;
        }
        (self.lex(next) == Some(Lex::Unit(Unit::Term))).then_some(found)
    }

    pub(super) fn month(&self, at: usize) -> Option<u8> {
        match self.lex(at) {
            Some(Lex::Month(m)) => Some(m),
            // "may" is a month only where it is written as one.
            _ if self.piece(at) == "May" => Some(5),
            _ => None,
        }
    }

    /// A unit of time at `at`: the unit and one past its last token.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        if self.is(at, "half") && (self.is(at + 1, "term") || self.is(at + 1, "terms")) {
            return Some((Unit::HalfTerm, at + 2));
        }
        if self.is(at, "half") && self.is(at + 1, "-") && self.is(at + 2, "term") {
            return Some((Unit::HalfTerm, at + 3));
        }
        match self.lex(at) {
            Some(Lex::Unit(unit)) => Some((unit, at + 1)),
            _ if self.is(at, "morning") || self.is(at, "afternoon") => Some((Unit::Day, at + 1)),
            _ => None,
        }
    }

    /// A unit after a number, with what kind of day it is: 0 not said, 1 school, 2 working, 3 calendar.
    pub(super) fn timed_unit(&self, at: usize) -> Option<(u8, Unit, usize)> {
        let at = if self.is(at, "-") { at + 1 } else { at };
        if let Some(Lex::DayKind(kind)) = self.lex(at) {
            return self.unit(at + 1).map(|(unit, to)| (kind, unit, to));
        }
        let at =
            if self.is(at, "full") || self.is(at, "clear") || self.is(at, "whole") { at + 1 } else { at };
        self.unit(at).map(|(unit, to)| (0, unit, to))
    }

    /// "immediately", "on the same day", "by the end of the day", "as soon as possible": a limit without a number.
    pub(super) fn urgency(&self) -> Option<(u64, usize)> {
        let at = self.at;
        let phrase = |words: &[&str]| {
            words.iter().enumerate().all(|(k, w)| self.is(at + k, w)).then_some(at + words.len())
        };
        const NOW: u64 = 800_000_000;
        const TODAY: u64 = 800_000_001;
        const NEXT: u64 = 800_000_002;
        const SOON: u64 = 800_000_003;
        let table: &[(&[&str], u64)] = &[
            (&["immediately"], NOW),
            (&["straight", "away"], NOW),
            (&["at", "once"], NOW),
            (&["without", "delay"], NOW),
            (&["same", "day"], TODAY),
            (&["same", "school", "day"], TODAY),
            (&["end", "of", "the", "day"], TODAY),
            (&["end", "of", "the", "school", "day"], TODAY),
            (&["next", "day"], NEXT),
            (&["next", "school", "day"], NEXT),
            (&["next", "working", "day"], NEXT),
            (&["as", "soon", "as"], SOON),
            (&["promptly"], SOON),
        ];
        let first = self.piece(at);
        if !["i", "s", "a", "w", "e", "n", "p"]
            .iter()
            .any(|c| first.get(..1).is_some_and(|f| f.eq_ignore_ascii_case(c)))
        {
            return None;
        }
        table.iter().find_map(|(words, key)| phrase(words).map(|to| (*key, to)))
    }
}

/// Times per unit.
pub(super) fn frequency(count: u32, unit: Unit) -> u64 {
    // A fortnight is an interval of two weeks.
    if unit == Unit::Fortnight { interval(2, Unit::Week) } else { u64::from(count) * 100 + unit as u64 }
}

/// Once in so many units.
fn interval(count: u32, unit: Unit) -> u64 {
    if unit == Unit::Month && count == 12 {
        return frequency(1, Unit::Year);
    }
    1_000_000 + u64::from(count) * 100 + unit as u64
}

/// "the third day": kept apart from lengths of time.
pub(super) fn ordinal(n: u32, unit: Unit) -> u64 {
    700_000_000 + u64::from(n) * 100 + unit as u64
}

/// A length of time, in hundredths of its unit; the same length in another unit that nobody doubts has the same key.
fn span_key(n: u64, unit: Unit, kind: u8) -> u64 {
    let (n, unit) = match unit {
        Unit::Fortnight => (2 * n, Unit::Week),
        Unit::Minute if n.is_multiple_of(60) => (n / 60, Unit::Hour),
        Unit::Month if n.is_multiple_of(12) => (n / 12, Unit::Year),
        unit => (n, unit),
    };
    n * 1000 + unit as u64 * 10 + u64::from(kind)
}

/// Whether two times that are written differently may be meant as the same: a week, 5 school days and 7 days.
pub(crate) fn may_be_the_same(x: u64, y: u64) -> bool {
    let (x, y) = (readings(x), readings(y));
    x.iter().any(|r| y.contains(r))
}

/// What a time may mean: days that the school is open (true) or days of the calendar, in hundredths.
fn readings(key: u64) -> Vec<(bool, u64)> {
    const WEEK: u64 = Unit::Week as u64;
    const DAY: u64 = Unit::Day as u64;
    const HOUR: u64 = Unit::Hour as u64;
    if key >= 700_000_000 {
        return Vec::new(); // a day of an order, a date or "immediately"
    }
    let (n, unit, kind) = (key / 1000, key % 1000 / 10, key % 10);
    match (unit, kind) {
        (WEEK, _) => vec![(true, 5 * n), (false, 7 * n)],
        (DAY, 0) => vec![(true, n), (false, n)],
        (DAY, 3) => vec![(false, n)],
        (DAY, _) if n.is_multiple_of(5) => vec![(true, n), (false, n / 5 * 7)],
        (DAY, _) => vec![(true, n)],
        (HOUR, _) if n.is_multiple_of(24) => vec![(false, n / 24)],
        _ => Vec::new(),
    }
}
