//! What a sentence asks for, as values that can be compared: amounts, times, ages, duties, negations, quantifiers; a sentence's
//! tokens in, values with their byte ranges out.

use crate::document::{Class, Document, Token};

use super::lexicon::{Duty, Lex, Quantifier, Unit, meaning};
use super::local;
use super::sentences::Sentence;

/// What a value measures; values of different measures are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Measure {
    TimeLimit,
    Frequency,
    Money,
    Threshold,
    AgeOrYear,
    Count,
    /// "section 3", "stage 2": a name, compared only where all else is equal.
    Label,
    /// A year such as 2024: of an act, an edition or a date.
    CalendarYear,
    Obligation,
    Negation,
    Scope,
}

/// One value of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) measure: Measure,
    /// The same for the same meaning within a measure.
    pub(crate) key: u64,
    /// First byte in the block's text.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

/// Everything that a sentence asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    /// In order of place.
    pub(crate) all: Vec<Value>,
    /// Local facts in the sentence, by place; their tokens hold no other value.
    pub(crate) local: Vec<local::LocalFact>,
}

impl Values {
    /// The values of one measure, in order.
    pub(crate) fn of(&self, measure: Measure) -> impl Iterator<Item = &Value> {
        self.all.iter().filter(move |v| v.measure == measure)
    }
}

/// Reads a sentence's values.
pub(crate) fn values(document: &Document, sentence: &Sentence) -> Values {
    let text = document.blocks.get(sentence.block as usize).map_or("", |b| b.text.as_str());
    let tokens = sentence.tokens(document);
    let local = local::find(text, tokens);
    let mut scan = Scan { text, tokens, at: 0, all: Vec::new() };
    let mut next_local = local.iter().peekable();
    while scan.at < tokens.len() {
        while next_local.peek().is_some_and(|l| l.to <= scan.at) {
            next_local.next();
        }
        match next_local.peek() {
            Some(l) if l.from <= scan.at => scan.at = l.to,
            _ => scan.step(),
        }
    }
    Values { all: scan.all, local }
}

struct Scan<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    all: Vec<Value>,
}

impl Scan<'_> {
    fn lex(&self, at: usize) -> Option<Lex> {
        self.tokens.get(at).filter(|t| t.class != Class::Mark).and_then(|t| meaning(t.word))
    }

    fn piece(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.text.get(t.start as usize..t.end as usize)).unwrap_or("")
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.piece(at).eq_ignore_ascii_case(word)
    }

    fn back(&self, steps: usize) -> usize {
        self.at.checked_sub(steps).unwrap_or(usize::MAX)
    }

    /// Notes a value over `from..to` tokens and goes on after it.
    fn take(&mut self, measure: Measure, key: u64, from: usize, to: usize) {
        let last = to.saturating_sub(1);
        if let (Some(first), Some(last)) = (self.tokens.get(from), self.tokens.get(last)) {
            self.all.push(Value { measure, key, start: first.start, end: last.end });
        }
        self.at = to.max(self.at + 1);
    }

    fn step(&mut self) {
        let Some(token) = self.tokens.get(self.at) else { return };
        match token.class {
            Class::Mark if self.piece(self.at) == "£" => self.money(),
            Class::Mark => self.at += 1,
            Class::Number => match parse(self.piece(self.at)) {
                Some(n) => self.number(n),
                None => self.at += 1,
            },
            Class::Word => self.word(),
        }
    }

    fn money(&mut self) {
        match parse(self.piece(self.at + 1)) {
            Some(n) => self.take(Measure::Money, n, self.at, self.at + 2),
            None => self.at += 1,
        }
    }

    fn word(&mut self) {
        let at = self.at;
        if let Some((key, to)) = self.phase() {
            return self.take(Measure::AgeOrYear, key, at, to);
        }
        if (self.is(at, "a") || self.is(at, "an"))
            && let Some((kind, unit, to)) = self.timed_unit(at + 1)
        {
            // "a week before the meeting" gives the same limit as "one week before it"; "a day" alone is no amount.
            let limits = ["before", "after", "beforehand", "later", "ahead"].iter().any(|w| self.is(to, w));
            if limits || matches!(self.lex(self.back(1)), Some(Lex::Limit)) {
                return self.span(HUNDRED, kind, unit, to);
            }
        }
        if let Some((key, to)) = self.urgency() {
            return self.take(Measure::TimeLimit, key, at, to);
        }
        match self.lex(at) {
            Some(Lex::Number(n)) => self.number(u64::from(n) * HUNDRED),
            Some(Lex::Every(unit)) => self.take(Measure::Frequency, frequency(1, unit), at, at + 1),
            Some(Lex::Times(n)) => self.times(n, at + 1),
            Some(Lex::Quantifier(Quantifier::All)) if self.is(at, "every") || self.is(at, "each") => {
                self.every()
            }
            Some(Lex::Quantifier(q)) => self.take(Measure::Scope, q as u64, at, at + 1),
            Some(Lex::Duty(duty)) => {
                let from = at;
                self.take(Measure::Obligation, duty as u64, from, at + 1);
                if self.is(from, "cannot") {
                    self.take(Measure::Negation, 1, from, from + 1);
                }
            }
            Some(Lex::DutyTo(duty)) if self.is(at + 1, "to") => {
                self.take(Measure::Obligation, duty as u64, at, at + 2);
            }
            Some(Lex::DutyTo(Duty::May)) => self.take(Measure::Obligation, Duty::May as u64, at, at + 1),
            Some(Lex::NotDuty(duty)) => {
                self.take(Measure::Obligation, duty as u64, at, at + 1);
                self.take(Measure::Negation, 1, at, at + 1);
            }
            Some(Lex::Not) => self.negator(),
            Some(Lex::Forbid) => {
                self.take(Measure::Obligation, Duty::May as u64, at, at + 1);
                self.take(Measure::Negation, 1, at, at + 1);
            }
            _ if self.is(at, "per") => match self.unit(at + 1) {
                Some((unit, to)) => self.take(Measure::Frequency, frequency(1, unit), at, to),
                None => self.at += 1,
            },
            _ => self.at += 1,
        }
    }

    /// "not", unless it belongs to a phrase that forbids nothing.
    fn negator(&mut self) {
        let at = self.at;
        let harmless = [
            "only",
            "just",
            "limited",
            "later",
            "more",
            "less",
            "fewer",
            "earlier",
            "exhaustive",
            "necessarily",
        ];
        let after = self.piece(at + 1).to_ascii_lowercase();
        let before = self.piece(self.back(1)).to_ascii_lowercase();
        let empty = harmless.contains(&after.as_str())
            || before == "or" && self.is(self.back(2), "whether")
            || before == "if" && self.tokens.get(at + 1).is_none_or(|t| t.class == Class::Mark)
            || self.is(at, "no") && after == "one" && before == "leave";
        if empty {
            self.at += 1;
        } else {
            self.take(Measure::Negation, 1, at, at + 1);
        }
    }

    /// "every week", "each half term", "every two years", "every other week"; else a quantifier.
    fn every(&mut self) {
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
    fn times(&mut self, count: u32, next: usize) {
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

    /// A number (in hundredths) at the present token: what it counts decides what it is.
    fn number(&mut self, n: u64) {
        let at = self.at;
        let piece_is_year = YEARS.contains(&n) && n.is_multiple_of(HUNDRED) && self.piece(at).len() == 4;
        if piece_is_year {
            return self.take(Measure::CalendarYear, n, at, at + 1);
        }
        if let Some(month) = self.month(at + 1) {
            return self.date(n, month);
        }
        if self.is(at + 1, "%") || self.is(at + 1, "percent") {
            return self.take(Measure::Threshold, n, at, at + 2);
        }
        if self.is(at + 1, "per") && self.is(at + 2, "cent") {
            return self.take(Measure::Threshold, n, at, at + 3);
        }
        if ["pounds", "pence", "p"].iter().any(|w| self.is(at + 1, w)) {
            let n = if self.is(at + 1, "pounds") { n } else { n / HUNDRED };
            return self.take(Measure::Money, n, at, at + 2);
        }
        if self.is(at + 1, "times") {
            let count = u32::try_from(n / HUNDRED).unwrap_or(u32::MAX);
            return self.times(count, at + 2);
        }
        if let Some((kind, unit, to)) = self.timed_unit(at + 1) {
            return self.span(n, kind, unit, to);
        }
        let before = self.lex(self.back(1));
        if ["aged", "age", "ages"].iter().any(|w| self.is(self.back(1), w))
            || self.is(self.back(1), "of") && self.is(self.back(2), "age")
            || ["under", "over"].iter().any(|w| self.is(self.back(1), w))
                && n <= 18 * HUNDRED
                && !self.followed_by_noun()
        {
            return self.take(Measure::AgeOrYear, n, at, at + 1);
        }
        if matches!(before, Some(Lex::Label)) {
            return self.take(Measure::Label, n, at, at + 1);
        }
        if n == HUNDRED && self.idle_one() {
            self.at += 1;
            return;
        }
        let compared = (1..=2).any(|k| matches!(self.lex(self.back(k)), Some(Lex::Below | Lex::Above)));
        let measure = if compared { Measure::Threshold } else { Measure::Count };
        self.take(measure, n, at, at + 1);
    }

    /// Whether a word follows that the number can count ("under 5 children"), rather than a mark or a function word.
    fn followed_by_noun(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|t| t.class == Class::Word && meaning(t.word).is_none())
    }

    /// "one of", "one another", "no one": no count.
    fn idle_one(&self) -> bool {
        let before = self.piece(self.back(1)).to_ascii_lowercase();
        let after = self.piece(self.at + 1).to_ascii_lowercase();
        ["of", "another", "or", "to", "who", "s", "-", "day", "is", "can", "way"].contains(&after.as_str())
            || ["no", "any", "each", "every", "this", "that", "the", "some"].contains(&before.as_str())
    }

    /// "24 hours", "5 school days", "ten minutes a day", "6 years old".
    fn span(&mut self, n: u64, kind: u8, unit: Unit, to: usize) {
        let from = self.at;
        if unit == Unit::Year && (self.is(to, "old") || self.is(to, "olds") || self.is(self.back(1), "aged"))
        {
            return self.take(Measure::AgeOrYear, n, from, to + 1);
        }
        let key = n * 1000 + unit as u64 * 10 + u64::from(kind);
        let each = ["a", "an", "per", "each", "every"].iter().any(|f| self.is(to, f));
        if let Some((_, end)) = self.unit(to + 1).filter(|_| each) {
            return self.take(Measure::Count, key, from, end); // an amount of time, not a limit
        }
        self.take(Measure::TimeLimit, key, from, to);
    }

    /// A deadline in the year ("by 31 October"), unless a year follows: then it is a date of the document's own.
    fn date(&mut self, day: u64, month: u8) {
        let at = self.at;
        let year_follows = parse(self.piece(at + 2)).is_some_and(|y| YEARS.contains(&y));
        if year_follows {
            self.at = at + 3;
        } else {
            self.take(Measure::TimeLimit, 900_000_000 + u64::from(month) * 100 + day / HUNDRED, at, at + 2);
        }
    }

    fn month(&self, at: usize) -> Option<u8> {
        match self.lex(at) {
            Some(Lex::Month(m)) => Some(m),
            // "may" is a month only where it is written as one.
            _ if self.piece(at) == "May" => Some(5),
            _ => None,
        }
    }

    /// A unit of time at `at`: the unit and one past its last token.
    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
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
    fn timed_unit(&self, at: usize) -> Option<(u8, Unit, usize)> {
        let at = if self.is(at, "-") { at + 1 } else { at };
        if let Some(Lex::DayKind(kind)) = self.lex(at) {
            return self.unit(at + 1).map(|(unit, to)| (kind, unit, to));
        }
        let at =
            if self.is(at, "full") || self.is(at, "clear") || self.is(at, "whole") { at + 1 } else { at };
        self.unit(at).map(|(unit, to)| (0, unit, to))
    }

    /// "immediately", "on the same day", "by the end of the day", "as soon as possible": a limit without a number.
    fn urgency(&self) -> Option<(u64, usize)> {
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

    /// A year group, key stage or phase at the present token: its key and one past its last token.
    fn phase(&self) -> Option<(u64, usize)> {
        super::phases::mention(self.text, self.tokens, self.at)
    }
}

/// Years that policies name, from the oldest act in force to plans ahead, in hundredths.
const YEARS: std::ops::RangeInclusive<u64> = 184_000..=204_900;

/// Numbers are kept in hundredths.
pub(crate) const HUNDRED: u64 = 100;

/// Times per unit.
fn frequency(count: u32, unit: Unit) -> u64 {
    // A fortnight is an interval of two weeks.
    if unit == Unit::Fortnight { interval(2, Unit::Week) } else { u64::from(count) * 100 + unit as u64 }
}

/// Once in so many units.
fn interval(count: u32, unit: Unit) -> u64 {
    1_000_000 + u64::from(count) * 100 + unit as u64
}

/// A number in hundredths: "24", "1,200", "3.50", "2nd"; none for clock times, "1:10" and the like.
fn parse(piece: &str) -> Option<u64> {
    let digits =
        piece.strip_suffix("st").or_else(|| piece.strip_suffix("nd")).or_else(|| piece.strip_suffix("rd"));
    let digits = digits.or_else(|| piece.strip_suffix("th")).unwrap_or(piece);
    let plain: String = digits.chars().filter(|c| *c != ',').collect();
    let (whole, part) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    if whole.is_empty() || whole.len() > 9 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part_value = match part.len() {
        0 => 0,
        1 => part.parse::<u64>().ok()? * 10,
        _ => part.parse::<u64>().ok()?,
    };
    Some(whole.parse::<u64>().ok()? * HUNDRED + part_value)
}
