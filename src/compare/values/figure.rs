//! Figures that count people, items and money: a scan at a number in, its value out.

use crate::document::Class;

use super::super::lexicon::{Lex, Unit, meaning};
use super::{HUNDRED, Measure, Scan};

/// Years that policies name, from the oldest act in force to plans ahead, in hundredths.
pub(super) const YEARS: std::ops::RangeInclusive<u64> = 184_000..=204_900;
/// Marks a bound from above ("up to three"); one from below ("three or more") is its figure.
const UPPER: u64 = 1_000_000_000;

impl Scan<'_> {
    pub(super) fn money(&mut self) {
        match parse(self.piece(self.at + 1)) {
            Some(n) => self.take(Measure::Money, n, self.at, self.at + 2),
            None => self.at += 1,
        }
    }

    /// "50p"; any other figure with letters is no number.
    pub(super) fn pence(&mut self) {
        match self.piece(self.at).strip_suffix('p').and_then(parse) {
            Some(n) => self.take(Measure::Money, n / HUNDRED, self.at, self.at + 1),
            None => self.at += 1,
        }
    }

    /// A number (in hundredths) at the present token: what it counts decides what it is.
    pub(super) fn number(&mut self, n: u64) {
        let at = self.at;
        let piece_is_year = YEARS.contains(&n) && n.is_multiple_of(HUNDRED) && self.piece(at).len() == 4;
        if piece_is_year {
            return self.take(Measure::CalendarYear, n, at, at + 1);
        }
        if let Some(month) = self.month(at + 1) {
            return self.date(n, month);
        }
        // Nothing is counted with a nought in front: "DfES 0581" is the number of a document.
        let piece = self.piece(at);
        if piece.len() > 2 && piece.starts_with('0') && piece.bytes().all(|b| b.is_ascii_digit()) {
            return self.take(Measure::Label, n, at, at + 1);
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
        if self.ordinal_digits(at) && self.timed_unit(at + 1).is_some() {
            return self.ordinal(u32::try_from(n / HUNDRED).unwrap_or(u32::MAX));
        }
        if self.is(at + 1, "times") {
            let count = u32::try_from(n / HUNDRED).unwrap_or(u32::MAX);
            return self.times(count, at + 2);
        }
        if let Some((kind, unit, to)) = self.timed_unit(at + 1) {
            return self.span(n, kind, unit, to);
        }
        // "three meetings a year" is how often they meet.
        if n.is_multiple_of(HUNDRED)
            && self.followed_by_noun()
            && ["a", "per", "each", "every"].iter().any(|w| self.is(at + 2, w))
            && let Some((unit, to)) = self.unit(at + 3)
        {
            let count = u32::try_from(n / HUNDRED).unwrap_or(u32::MAX);
            return self.take(Measure::Frequency, super::time::frequency(count, unit), at, to);
        }
        let before = self.lex(self.back(1));
        let bound = ["under", "over"].iter().any(|w| self.is(self.back(1), w))
            && n <= 18 * HUNDRED
            && !self.followed_by_noun();
        if let Some(from) = self.aged().or(bound.then(|| self.back(1))) {
            return self.take(Measure::AgeOrYear, n, from, at + 1);
        }
        if matches!(before, Some(Lex::Label)) {
            return self.take(Measure::Label, n, at, at + 1);
        }
        if n == HUNDRED && self.idle_one() {
            self.at += 1;
            return;
        }
        self.count(n);
    }

    /// Where what tells an age begins, if the present token is one: "aged 16", "the age of 16".
    pub(super) fn aged(&self) -> Option<usize> {
        if self.is(self.back(1), "of") && self.is(self.back(2), "age") {
            return Some(self.back(2));
        }
        ["aged", "age", "ages"].iter().any(|w| self.is(self.back(1), w)).then(|| self.back(1))
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

    /// A count, or a bound on one: "more than three" and "four or more" ask for the same.
    fn count(&mut self, n: u64) {
        let at = self.at;
        let whole = n.is_multiple_of(HUNDRED);
        let after = |words: [&str; 2]| words.iter().enumerate().all(|(k, w)| self.is(at + 1 + k, w));
        let bound = if [["or", "more"], ["or", "over"], ["or", "above"], ["and", "over"]]
            .into_iter()
            .any(after)
        {
            Some((n, at, at + 3))
        } else if [["or", "fewer"], ["or", "less"], ["or", "under"], ["and", "under"]].into_iter().any(after)
        {
            Some((UPPER + n, at, at + 3))
        } else {
            (1..=2).find_map(|k| {
                let from = at.checked_sub(k)?;
                // "no more than" and "no fewer than" turn the bound round.
                let denied = from.checked_sub(1).is_some_and(|d| self.is(d, "no") || self.is(d, "not"));
                let step = if whole && !denied { HUNDRED } else { 0 };
                match (self.lex(from), denied) {
                    (Some(Lex::Above), false) | (Some(Lex::Below), true) => Some((n + step, from, at + 1)),
                    (Some(Lex::Below), false) | (Some(Lex::Above), true) => {
                        Some((UPPER + n.saturating_sub(step), from, at + 1))
                    }
                    _ => None,
                }
            })
        };
        match bound {
            Some((key, from, to)) => self.take(Measure::Threshold, key, from, to),
            None => self.take(Measure::Count, n, at, at + 1),
        }
    }

    fn ordinal_digits(&self, at: usize) -> bool {
        let piece = self.piece(at);
        piece.len() > 2 && ["st", "nd", "rd", "th"].iter().any(|e| piece.ends_with(e))
    }

    /// "the third day" is a time; "the third warning" a place in an order, compared where all else is equal.
    pub(super) fn ordinal(&mut self, n: u32) {
        let at = self.at;
        match self.timed_unit(at + 1) {
            Some((_, unit, to)) if unit != Unit::Year => {
                self.take(Measure::TimeLimit, super::time::ordinal(n, unit), at, to);
            }
            _ => self.take(Measure::Label, 10_000_000 + u64::from(n), at, at + 1),
        }
    }
}

/// A number in hundredths: "24", "1,200", "3.50", "2nd", "8s"; none for clock times, "1:10" and the like.
pub(super) fn parse(piece: &str) -> Option<u64> {
    let digits =
        piece.strip_suffix("st").or_else(|| piece.strip_suffix("nd")).or_else(|| piece.strip_suffix("rd"));
    let digits =
        digits.or_else(|| piece.strip_suffix("th").or_else(|| piece.strip_suffix('s'))).unwrap_or(piece);
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
