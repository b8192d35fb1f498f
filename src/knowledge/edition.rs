//! Dated editions of guidance: a series' name in a text in, which edition is meant out.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use regex::Regex;

use super::references::Reference;

/// A guidance document that comes out anew every so often.
#[derive(Debug)]
pub(super) struct Series {
    id: String,
    title: String,
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
    editions: Vec<Edition>,
}

/// One edition, and where its row stands among all references.
#[derive(Debug)]
struct Edition {
    name: String,
    from: Date,
    to: Option<Date>,
    row: Option<usize>,
}

/// Words that may stand between a title and its year: "(DfE, statutory guidance for schools and colleges, September 2023)".
const BETWEEN: [&str; 54] = [
    "dfe",
    "dcsf",
    "dfes",
    "hm",
    "government",
    "department",
    "for",
    "education",
    "statutory",
    "guidance",
    "schools",
    "school",
    "and",
    "colleges",
    "the",
    "a",
    "in",
    "of",
    "on",
    "part",
    "one",
    "two",
    "annex",
    "edition",
    "version",
    "updated",
    "update",
    "revised",
    "published",
    "latest",
    "document",
    "kcsie",
    "eyfs",
    "wtsc",
    "send",
    "framework",
    "code",
    "practice",
    "years",
    "advice",
    "practitioners",
    "safeguarding",
    "sex",
    "relationships",
    "rse",
    "rshe",
    "health",
    "staff",
    "headteachers",
    "to",
    "early",
    "providers",
    "group",
    "inter-agency",
];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Words between a title and its year at most; the longest real title between them has twelve.
const BETWEEN_WORDS: usize = 16;

/// One mention of a series with a year.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// From the title to the year.
    pub(super) range: Range<usize>,
    month: Option<i8>,
    year: i16,
}

impl Series {
    /// Makes the series of a table and a row for each of their editions that was followed by another.
    pub(super) fn parse(
        series: Vec<[String; 4]>,
        editions: Vec<[String; 8]>,
        rows: &mut Vec<Reference>,
    ) -> Vec<(Self, String)> {
        let mut out: Vec<(Self, String)> = series
            .into_iter()
            .map(|[id, title, hints, pattern]| {
                (Self { id, title, pattern, compiled: OnceLock::new(), editions: Vec::new() }, hints)
            })
            .collect();
        let day = |text: &str| text.parse::<Date>().ok();
        for [_, id, name, from, to, ..] in &editions {
            let Some((series, _)) = out.iter_mut().find(|(s, _)| s.id == *id) else { continue };
            let Some(from) = day(from) else { continue };
            series.editions.push(Edition { name: name.clone(), from, to: day(to), row: None });
        }
        for (series, _) in &mut out {
            series.editions.sort_by_key(|e| e.from);
            let latest = series.editions.last().map_or_else(String::new, |e| series.named(&e.name));
            for at in 0..series.editions.len() {
                let (name, from, to) = match series.editions.get(at) {
                    Some(Edition { name, from, to: Some(to), .. }) => (series.named(name), *from, *to),
                    _ => continue,
                };
                // A successor that one source reports, unconfirmed, makes nothing out of date yet.
                let unsure = editions.iter().any(|[_, id, _, begins, _, sure, ..]| {
                    *id == series.id && sure == "S?" && day(begins) == Some(to)
                });
                let source = editions
                    .iter()
                    .find(|[_, id, _, begins, ..]| *id == series.id && day(begins) == Some(from))
                    .map_or_else(String::new, |row| row[6].clone());
                let id = format!("{}-{from}", series.id);
                if let Some(edition) = series.editions.get_mut(at) {
                    edition.row = Some(rows.len());
                }
                rows.push(Reference::edition(id, [name.clone(), latest.clone()], from, to, unsure, source));
            }
        }
        out
    }

    /// "Keeping children safe in education (September 2026)".
    fn named(&self, edition: &str) -> String {
        let plain = edition.split(" (").next().unwrap_or(edition);
        format!("{} ({plain})", self.title)
    }

    pub(super) fn is_sound(&self) -> bool {
        self.regex().is_some()
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }

    /// The edition in force on a day, as it should be cited.
    pub(super) fn current(&self, today: Date) -> Option<(String, Date)> {
        let edition = self.editions.iter().rev().find(|e| e.from <= today)?;
        Some((self.named(&edition.name), edition.from))
    }

    /// The rows of the out-of-date editions that a text names; none if it names the one in force too.
    pub(super) fn find(&self, text: &str, today: Date) -> Vec<(usize, Range<usize>)> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let mentions: Vec<Mention> = regex.find_iter(text).filter_map(|m| mention(text, m.range())).collect();
        let meant: Vec<(&Edition, Range<usize>)> =
            mentions.into_iter().filter_map(|m| self.meant(&m).map(|e| (e, m.range))).collect();
        if meant.iter().any(|(e, _)| e.to.is_none_or(|to| to > today)) {
            return Vec::new();
        }
        meant.into_iter().filter_map(|(e, range)| e.row.map(|row| (row, range))).collect()
    }

    /// The edition of that month and year, of that year, or in force at the end of it.
    fn meant(&self, mention: &Mention) -> Option<&Edition> {
        let year = mention.year.to_string();
        let of_year = |e: &&Edition| e.name.contains(&year);
        // "July 2025" is an edition's own name also where it came into force a year later.
        let named = |e: &Edition, m: i8| {
            let month = usize::try_from(m - 1).ok().and_then(|m| MONTHS.get(m));
            month.is_some_and(|m| e.name.to_lowercase().contains(m))
        };
        let of_month = |e: &&Edition| mention.month.is_none_or(|m| e.from.month() == m || named(e, m));
        let last = Date::new(mention.year, 12, 31).ok()?;
        let latest = self.editions.last()?;
        if mention.year > latest.from.year() && !latest.name.contains(&year) {
            return Some(latest);
        }
        self.editions
            .iter()
            .rev()
            .find(|e| of_year(e) && of_month(e))
            // "January 2021": not an edition's own month, so the edition that was in force then.
            .or_else(|| {
                let day = Date::new(mention.year, mention.month?, 1).ok()?;
                self.editions.iter().rev().find(|e| e.from <= day)
            })
            .or_else(|| self.editions.iter().rev().find(of_year))
            .or_else(|| self.editions.iter().rev().find(|e| e.from <= last))
            .or_else(|| self.editions.first())
    }
}

/// The year that belongs to a title, if only words of a title stand between the two.
fn mention(text: &str, title: Range<usize>) -> Option<Mention> {
    let rest = text.get(title.end..)?;
    let mut month = None;
    for (count, (at, word)) in words(rest).enumerate() {
        if count > BETWEEN_WORDS || text.get(title.end..title.end + at)?.contains(['.', ';']) {
            return None;
        }
        let lower = word.to_lowercase();
        if let Some(year) = lower.parse::<i16>().ok().filter(|y| (1990..2100).contains(y) && lower.len() == 4)
        {
            return Some(Mention { range: title.start..title.end + at + word.len(), month, year });
        }
        let named = MONTHS.iter().position(|m| lower.starts_with(m)).filter(|_| lower.len() > 2);
        let number = lower.len() <= 2 && lower.bytes().all(|b| b.is_ascii_digit());
        match named.and_then(|m| i8::try_from(m + 1).ok()) {
            Some(m) => month = Some(m),
            None if BETWEEN.contains(&lower.as_str()) || number => {}
            None => return None,
        }
    }
    None
}

/// Words and numbers with their byte places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter_map(move |word| {
        let place = text.get(at..)?.find(word)? + at;
        at = place + word.len();
        (word.chars().any(char::is_alphanumeric)).then_some((place, word.trim_matches('-')))
    })
}
