//! Dates as schools write them, exact or vague, as intervals of days.
//!
//! Terms are taken as England's schools keep them: autumn 1 September to 31 December, spring 1 January to 31 March, summer 1 April
//! to 31 August (the school year ends with August); half terms part them at 31 October, 15 February and 31 May. The
//! true days differ by authority and by a week or two, which is why the result is an interval.

use jiff::civil::{Date, date};

/// A date as it was written, with the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Dated {
    /// As written: "12/09/2024", "Summer 2025", "Autumn 2".
    pub text: String,
    /// First day it may mean; none if the year is not said.
    pub from: Option<Date>,
    /// Last day it may mean, inclusive; none if the year is not said.
    pub to: Option<Date>,
}

impl Dated {
    /// As people read it: a single day as "12 September 2024", anything vaguer as it was written.
    pub fn in_words(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => in_words(from),
            _ => self.text.clone(),
        }
    }

    /// The last day it may mean, if that is before `today`: a vague date has passed when its last day has.
    pub fn passed(&self, today: Date) -> Option<Date> {
        self.to.filter(|to| *to < today)
    }
}

/// As they are written.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The first date in a text: none if there is none.
pub fn find(text: &str) -> Option<Dated> {
    let words: Vec<(usize, &str)> = words(text);
    for at in 0..words.len() {
        for length in (1..=4).rev() {
            let Some(slice) = words.get(at..at + length) else { continue };
            let pieces: Vec<&str> = slice.iter().map(|(_, w)| *w).collect();
            if let Some((from, to)) = interval(&pieces) {
                let start = slice.first().map_or(0, |(s, _)| *s);
                let end = slice.last().map_or(0, |(s, w)| s + w.len());
                return Some(Dated { text: text.get(start..end).unwrap_or("").to_owned(), from, to });
            }
        }
    }
    None
}

/// Words with their byte places; marks at their ends left out.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut from = 0;
    for piece in text.split([' ', '\u{A0}', '\t', ',']) {
        let trimmed = piece.trim_matches(['(', ')', '.', ';', ':', '"', '[', ']']);
        if !trimmed.is_empty() {
            let lead = piece.find(trimmed).unwrap_or(0);
            out.push((from + lead, trimmed));
        }
        from += piece.len() + 1;
    }
    out
}

type Interval = (Option<Date>, Option<Date>);

/// The interval that exactly these words mean.
fn interval(words: &[&str]) -> Option<Interval> {
    match words {
        [one] => numeric(one).or_else(|| {
            // "September2018", typed without its blank.
            let (month, year) = one.split_at_checked(one.len().checked_sub(4)?)?;
            month_interval(four(year)?, month_of(month)?)
        }),
        [month, year] if month_of(month).is_some() && four(year).is_some() => {
            month_interval(four(year)?, month_of(month)?)
        }
        [term, year] if term_of(term).is_some() && years(year).is_some() => {
            term_interval(term_of(term)?, 0, years(year)?)
        }
        [term, half] if term_of(term).is_some() && half_of(half) > 0 => Some((None, None)),
        [term, "term" | "Term", year] => term_interval(term_of(term)?, 0, years(year)?),
        [term, half, year] if half_of(half) > 0 => term_interval(term_of(term)?, half_of(half), years(year)?),
        [term, "term" | "Term", half, year] if half_of(half) > 0 => {
            term_interval(term_of(term)?, half_of(half), years(year)?)
        }
        [day, month, year] => single(four(year)?, month_of(month)?, ordinal(day)?).or_else(|| {
            // "September 12, 2024"
            single(four(year)?, month_of(day)?, ordinal(month)?)
        }),
        [day, "of", month, year] => single(four(year)?, month_of(month)?, ordinal(day)?),
        _ => None,
    }
}

/// "12/09/2024", "12.9.24", "2025-03-14"; the day stands first unless the year does.
fn numeric(word: &str) -> Option<Interval> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [x, y, z] = parts.as_slice() else { return None };
    if !parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if x.len() == 4 {
        return single(x.parse().ok()?, y.parse().ok()?, z.parse().ok()?);
    }
    let year: i16 = match z.len() {
        4 => z.parse().ok()?,
        2 => z.parse::<i16>().ok()? + 2000,
        _ => return None,
    };
    single(year, y.parse().ok()?, x.parse().ok()?)
}

fn single(year: i16, month: i8, day: i8) -> Option<Interval> {
    let date = Date::new(year, month, day).ok().filter(|_| (1980..=2100).contains(&year))?;
    Some((Some(date), Some(date)))
}

fn month_interval(year: i16, month: i8) -> Option<Interval> {
    let first = Date::new(year, month, 1).ok()?;
    Some((Some(first), Some(first.last_of_month())))
}

/// `term`: 0 autumn, 1 spring, 2 summer; `half`: 0 the whole term. A school year "2025/26" gives each term its calendar year.
fn term_interval(term: u8, half: u8, (first, second): (i16, Option<i16>)) -> Option<Interval> {
    let year = match (term, second) {
        (0, _) | (_, None) => first,
        (_, Some(second)) => second,
    };
    let (from, to) = match (term, half) {
        (0, 1) => (date(year, 9, 1), date(year, 10, 31)),
        (0, 2) => (date(year, 11, 1), date(year, 12, 31)),
        (0, _) => (date(year, 9, 1), date(year, 12, 31)),
        (1, 1) => (date(year, 1, 1), date(year, 2, 15)),
        (1, 2) => (date(year, 2, 16), date(year, 3, 31)),
        (1, _) => (date(year, 1, 1), date(year, 3, 31)),
        (_, 1) => (date(year, 4, 1), date(year, 5, 31)),
        (_, 2) => (date(year, 6, 1), date(year, 8, 31)),
        _ => (date(year, 4, 1), date(year, 8, 31)),
    };
    Some((Some(from), Some(to)))
}

fn term_of(word: &str) -> Option<u8> {
    match word.to_lowercase().as_str() {
        "autumn" => Some(0),
        "spring" => Some(1),
        "summer" => Some(2),
        _ => None,
    }
}

fn half_of(word: &str) -> u8 {
    match word {
        "1" => 1,
        "2" => 2,
        _ => 0,
    }
}

/// Whether a word is a month, or a beginning of one: "Sept".
pub(super) fn is_month(word: &str) -> bool {
    month_of(word).is_some()
}

/// The month that a word is, or a beginning of it with three letters or more: "marked" and "decision" begin like months too.
fn month_of(word: &str) -> Option<i8> {
    let word = if word.eq_ignore_ascii_case("sept") { "sep" } else { word };
    let begins = |m: &str| m.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    (1..).zip(MONTHS).find(|(_, m)| word.len() >= 3 && begins(m)).map(|(number, _)| number)
}

fn four(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1980..=2100).contains(y))
}

/// "2025", "2025/26", "2025-2026".
fn years(word: &str) -> Option<(i16, Option<i16>)> {
    match word.split_once(['/', '-', '–']) {
        None => four(word).map(|y| (y, None)),
        Some((first, second)) => {
            let first = four(first)?;
            let second = if second.len() == 2 { second.parse::<i16>().ok()? + 2000 } else { four(second)? };
            (second == first + 1).then_some((first, Some(second)))
        }
    }
}

fn ordinal(word: &str) -> Option<i8> {
    let lower = word.to_lowercase();
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|e| lower.strip_suffix(e)).unwrap_or(&lower);
    bare.parse().ok().filter(|d| (1..=31).contains(d))
}

/// A date as people read it: "24 November 2026".
pub(crate) fn in_words(date: Date) -> String {
    let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}
