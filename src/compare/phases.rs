//! Phases of schooling in a text: nursery to Year 6, key stages; tokens in, which phase is meant out.
//!
//! Content of a phase that only one of the schools teaches is right to stand in one policy only.

use crate::document::{School, Token};

use super::lexicon::starts_value;

/// The phases as bits: early years, key stage 1, key stage 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phases(u8);

const EARLY: u8 = 1;
const KS1: u8 = 2;
const KS2: u8 = 4;

impl Phases {
    /// No phase in common, and both sides say something.
    pub(crate) fn apart(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// "Early Years and Key Stage 1".
    pub(crate) fn name(self) -> String {
        let names = [(EARLY, "the early years"), (KS1, "key stage 1"), (KS2, "key stage 2")];
        let mine: Vec<&str> = names.iter().filter(|(bit, _)| self.0 & bit != 0).map(|(_, n)| *n).collect();
        mine.join(" and ")
    }

    /// What a school teaches: as configured, else as its name says; empty if neither does.
    pub(crate) fn of_school(school: &School) -> Self {
        let mut bits = 0;
        for phase in &school.phases {
            bits |= match phase.to_ascii_lowercase().as_str() {
                "eyfs" | "early-years" | "nursery" | "reception" => EARLY,
                "ks1" => KS1,
                "ks2" => KS2,
                _ => 0,
            };
        }
        if bits == 0 {
            let names = format!("{} {}", school.name, school.id).to_lowercase();
            if names.contains("infant") {
                bits |= EARLY | KS1;
            }
            if names.contains("junior") {
                bits |= KS2;
            }
            if names.contains("nursery") || names.contains("pre-school") {
                bits |= EARLY;
            }
        }
        Self(bits)
    }

    /// The phase that a key of [`mention`] belongs to.
    pub(crate) fn of_key(key: u64) -> Self {
        let groups = groups(key);
        let part = |of: u64, bit: u8| if groups & of != 0 { bit } else { 0 };
        Self(part(EARLY_GROUPS, EARLY) | part(KS1_GROUPS, KS1) | part(KS2_GROUPS, KS2))
    }

    /// All phases that a text mentions.
    pub(crate) fn of_text(text: &str, tokens: &[Token]) -> Self {
        let mut all = Self::default();
        for (at, _) in tokens.iter().enumerate().filter(|(_, t)| starts_value(t.word)) {
            if let Some((key, _)) = mention(text, tokens, at) {
                all = all.and(Self::of_key(key));
            }
        }
        all
    }
}

// Groups as bits: nursery, Reception, Years 1 to 6. A key is the groups meant, far above ages, which are kept in hundredths: so
// "Years 1 and 2" and "key stage 1" have one key.
const KEY: u64 = 1_000_000;
const NURSERY: u64 = 1;
const RECEPTION: u64 = 2;
const EARLY_GROUPS: u64 = NURSERY | RECEPTION;
const KS1_GROUPS: u64 = 0b1100;
const KS2_GROUPS: u64 = 0b1111_0000;

/// The year groups of a key, as bits; none if it is an age.
pub(crate) fn groups(key: u64) -> u64 {
    key.checked_sub(KEY).map_or(0, |k| k & 0xff)
}

/// The year groups that a label names, as bits from nursery to Year 6; "Reception (EYFS)" names Reception.
pub(crate) fn year_groups(text: &str) -> u64 {
    let tokens = crate::document::tokens::split(text);
    let (mut found, mut at): (Vec<u64>, usize) = (Vec::new(), 0);
    while at < tokens.len() {
        match mention(text, &tokens, at) {
            Some((key, to)) => {
                found.push(groups(key));
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
    // A key stage beside one of its years only says where that year is.
    let narrower = |of: u64| found.iter().any(|g| *g != 0 && *g != of && g & of == *g);
    found.iter().filter(|g| !narrower(**g)).fold(0, |all, g| all | g)
}

/// The year groups with which a text begins, if a dash or a colon follows, and the byte after it: "Year 2 – life cycles".
pub(crate) fn led_by_years(text: &str) -> Option<(u64, usize)> {
    let tokens = crate::document::tokens::split(text);
    let (key, to) = mention(text, &tokens, 0)?;
    let mark = tokens.get(to)?;
    let parted = [":", "-", "–", "—"].contains(&text.get(mark.start as usize..mark.end as usize)?);
    (parted && groups(key) != 0 && tokens.len() > to + 1).then_some((groups(key), mark.end as usize))
}

fn year(n: u64) -> u64 {
    2 << n
}

/// A year group, key stage or phase that starts at token `at`: its key, and one past its last token.
pub(crate) fn mention(text: &str, tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let piece =
        |k: usize| tokens.get(k).and_then(|t| text.get(t.start as usize..t.end as usize)).unwrap_or("");
    let first = piece(at);
    let initial = first.as_bytes().first()?.to_ascii_lowercase();
    let is = |k: usize, word: &str| piece(k).eq_ignore_ascii_case(word);
    let found = |groups: u64, to: usize| Some((KEY + groups, to));
    match initial {
        b'y' if is(at, "year") || is(at, "years") => {
            let first = year_number(piece(at + 1))?;
            let (groups, to) = years(&piece, first, year(first), at + 2);
            found(groups, to)
        }
        b'y' => {
            let n = first.get(1..).filter(|r| r.len() == 1).and_then(year_number)?;
            found(year(n), at + 1)
        }
        b'k' if is(at, "ks1") => found(KS1_GROUPS, at + 1),
        b'k' if is(at, "ks2") => found(KS2_GROUPS, at + 1),
        b'k' if is(at, "key") && is(at + 1, "stage") => match piece(at + 2).to_ascii_lowercase().as_str() {
            "1" | "one" => found(KS1_GROUPS, at + 3),
            "2" | "two" => found(KS2_GROUPS, at + 3),
            _ => None,
        },
        b'l' | b'u' if (is(at, "lower") || is(at, "upper")) && (is(at + 1, "key") || is(at + 1, "ks2")) => {
            let (groups, to) = mention(text, tokens, at + 1)?;
            let half = if initial == b'l' { year(3) | year(4) } else { year(5) | year(6) };
            (groups == KEY + KS2_GROUPS).then_some((KEY + half, to))
        }
        b'e' if is(at, "eyfs") => found(EARLY_GROUPS, at + 1),
        b'e' if is(at, "early") && is(at + 1, "years") => found(EARLY_GROUPS, at + 2),
        b'f' if is(at, "foundation") && is(at + 1, "stage") => found(EARLY_GROUPS, at + 2),
        // "Reception" the class is written with a capital; "reception" is often the front desk.
        b'r' if first == "Reception" && !["desk", "area", "office", "staff"].contains(&piece(at + 1)) => {
            let (groups, to) = years(&piece, 0, RECEPTION, at + 1);
            found(groups, to)
        }
        b'n' if is(at, "nursery") => found(NURSERY, at + 1),
        _ => None,
    }
}

/// What follows the first of several year groups: "… and 6", "…, 4 and 5", "… to Year 2"; all groups as bits, and one past the
/// last token.
fn years<'t>(piece: &impl Fn(usize) -> &'t str, first: u64, mut groups: u64, mut to: usize) -> (u64, usize) {
    let mut last = first;
    loop {
        let comma = piece(to) == "," && piece(to + 1) != "and";
        let join = if piece(to) == "," && !comma { to + 1 } else { to };
        let range = ["to", "-", "–"].contains(&piece(join));
        if !range && !comma && !["and", "or", "&", "/"].contains(&piece(join)) {
            return (groups, to);
        }
        let named =
            piece(join + 1).eq_ignore_ascii_case("year") || piece(join + 1).eq_ignore_ascii_case("years");
        let next = if named { join + 2 } else { join + 1 };
        // "Reception and 2" is no list of years.
        let Some(n) = year_number(piece(next)).filter(|n| *n > last && (named || last > 0)) else {
            return (groups, to);
        };
        let from = if range { last.max(1) } else { n };
        (from..=n).for_each(|k| groups |= year(k));
        last = n;
        to = next + 1;
    }
}

fn year_number(piece: &str) -> Option<u64> {
    let words = ["one", "two", "three", "four", "five", "six"];
    if let Ok(n) = piece.parse::<u64>() {
        return (1..=6).contains(&n).then_some(n);
    }
    (1..).zip(words).find(|(_, w)| piece.eq_ignore_ascii_case(w)).map(|(n, _)| n)
}
