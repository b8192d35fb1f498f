//! What a sentence asks for, as values that can be compared: amounts, times, ages, duties, negations, quantifiers; a sentence's
//! tokens in, values with their byte ranges out.

mod figure;
mod time;

use crate::document::{Class, Document, Token};

use super::lexicon::{Duty, Lex, Quantifier, meaning, starts_value};
use super::local;
use super::sentences::Sentence;

use figure::parse;
use time::frequency;
pub(crate) use time::may_be_the_same;

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
    values_of(text, sentence.tokens(document))
}

/// Reads the values of a stretch of tokens of a text.
pub(super) fn values_of(text: &str, tokens: &[Token]) -> Values {
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
                None => self.pence(),
            },
            Class::Word if starts_value(token.word) => self.word(),
            Class::Word => self.at += 1,
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
        if let Some((key, to)) = self.season() {
            return self.take(Measure::TimeLimit, key, at, to);
        }
        if let Some((key, to)) = self.urgency() {
            return self.take(Measure::TimeLimit, key, at, to);
        }
        match self.lex(at) {
            Some(Lex::Number(n)) => self.number(u64::from(n) * HUNDRED),
            Some(Lex::Every(unit)) => self.take(Measure::Frequency, frequency(1, unit), at, at + 1),
            Some(Lex::Times(n)) => self.times(n, at + 1),
            Some(Lex::Ordinal(n)) => self.ordinal(n),
            // "the first day of absence"; any other "first" is no figure.
            Some(Lex::Limit) if self.is(at, "first") && self.timed_unit(at + 1).is_some() => self.ordinal(1),
            Some(Lex::Quantifier(Quantifier::All)) if self.is(at, "every") || self.is(at, "each") => {
                self.every()
            }
            Some(Lex::Quantifier(q)) => self.take(Measure::Scope, q as u64, at, at + 1),
            Some(Lex::Duty(_)) if self.titled(at) => self.at += 1,
            Some(Lex::Duty(duty)) => {
                let denied = self.is(at, "cannot") || self.denies(at + 1);
                self.duty(if denied { denied_duty(duty) } else { duty }, at, at + 1);
                if self.is(at, "cannot") {
                    self.take(Measure::Negation, 1, at, at + 1);
                }
            }
            Some(Lex::DutyTo(duty)) if self.is(at + 1, "to") => self.duty_to(duty, at + 2),
            Some(Lex::DutyTo(Duty::May)) => self.duty_to(Duty::May, at + 1),
            // "parents need not give a reason"
            Some(Lex::DutyTo(Duty::Must)) if self.is(at, "need") && self.denies(at + 1) => {
                self.duty(Duty::May, at, at + 1);
            }
            Some(Lex::NotDuty(duty)) => {
                self.duty(denied_duty(duty), at, at + 1);
                self.take(Measure::Negation, 1, at, at + 1);
            }
            Some(Lex::Not) => self.negator(),
            // "unacceptable loss", "forbidden items": what is called so, and not that it is.
            Some(Lex::Forbid) if self.names_something(at + 1) => self.at += 1,
            Some(Lex::Forbid) => {
                self.duty(Duty::Must, at, at + 1);
                self.take(Measure::Negation, 1, at, at + 1);
            }
            _ if self.is(at, "per") => match self.unit(at + 1) {
                Some((unit, to)) => self.take(Measure::Frequency, frequency(1, unit), at, to),
                None => self.at += 1,
            },
            _ => self.at += 1,
        }
    }

    /// Whether a word stands here that means something by itself.
    fn names_something(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.class == Class::Word && meaning(t.word).is_none())
    }

    fn duty(&mut self, duty: Duty, from: usize, to: usize) {
        self.take(Measure::Obligation, duty as u64, from, to);
    }

    /// "What You Should Know" is a title, "May 2026" a month, and neither a duty.
    fn titled(&self, at: usize) -> bool {
        let mut letters = self.piece(at).chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
        let class = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map(|t| t.class);
        capital
            && (class(at.checked_sub(1)) == Some(Class::Word)
                || self.is(at, "may") && class(at.checked_add(1)) == Some(Class::Number))
    }

    fn denies(&self, at: usize) -> bool {
        matches!(self.lex(at), Some(Lex::Not))
    }

    /// "required to", "allowed to", "have to": what is not required is free; what is not allowed is forbidden.
    fn duty_to(&mut self, duty: Duty, to: usize) {
        let at = self.at;
        let denied = (1..=2).any(|k| self.denies(self.back(k)));
        let duty = match (denied, duty) {
            (false, duty) => duty,
            (true, Duty::May | Duty::Can) => Duty::Must,
            (true, Duty::Must | Duty::Should) => Duty::May,
        };
        self.duty(duty, at, to);
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

    /// A year group, key stage or phase at the present token: its key and one past its last token.
    fn phase(&self) -> Option<(u64, usize)> {
        super::phases::mention(self.text, self.tokens, self.at)
    }
}

/// Numbers are kept in hundredths.
pub(crate) const HUNDRED: u64 = 100;

/// What "not" makes of a duty word that it follows: "may not" forbids as "must not" does; "should not" still only advises.
fn denied_duty(duty: Duty) -> Duty {
    match duty {
        Duty::May | Duty::Can | Duty::Must => Duty::Must,
        Duty::Should => Duty::Should,
    }
}
