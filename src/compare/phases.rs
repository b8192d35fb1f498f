//! Phases of schooling in a text: nursery to Year 6, key stages; tokens in, which phase is meant out.
//!
//! Content of a phase that only one of the schools teaches is right to stand in one policy only.

use crate::document::{School, Token};

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
        Self(match key {
            KEY_NURSERY | KEY_RECEPTION | KEY_EARLY => EARLY,
            KEY_KS1 => KS1,
            KEY_KS2 => KS2,
            // Years: the first in tens, the last in ones.
            k if (KEY_YEAR + 11..=KEY_YEAR + 66).contains(&k) => {
                let (first, last) = ((k - KEY_YEAR) / 10, (k - KEY_YEAR) % 10);
                let infant = if first <= 2 { KS1 } else { 0 };
                let junior = if last >= 3 { KS2 } else { 0 };
                infant | junior
            }
            _ => 0,
        })
    }

    /// All phases that a text mentions.
    pub(crate) fn of_text(text: &str, tokens: &[Token]) -> Self {
        let mut all = Self::default();
        for at in 0..tokens.len() {
            if let Some((key, _)) = mention(text, tokens, at) {
                all = all.and(Self::of_key(key));
            }
        }
        all
    }
}

// Keys lie far above ages, which are kept in hundredths.
const KEY_NURSERY: u64 = 1_000_001;
const KEY_RECEPTION: u64 = 1_000_002;
const KEY_EARLY: u64 = 1_000_003;
const KEY_KS1: u64 = 1_000_011;
const KEY_KS2: u64 = 1_000_012;
const KEY_YEAR: u64 = 1_000_100;

/// A year group, key stage or phase that starts at token `at`: its key, and one past its last token.
pub(crate) fn mention(text: &str, tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let piece =
        |k: usize| tokens.get(k).and_then(|t| text.get(t.start as usize..t.end as usize)).unwrap_or("");
    let first = piece(at);
    let initial = first.as_bytes().first()?.to_ascii_lowercase();
    match initial {
        b'y' if first.eq_ignore_ascii_case("year") || first.eq_ignore_ascii_case("years") => {
            let first = year_number(piece(at + 1))?;
            // "Years 5 and 6", "Year 3 to Year 6"
            let joined = ["and", "to", "or", "-", "–", "&", "/"].contains(&piece(at + 2));
            let next = if piece(at + 3).eq_ignore_ascii_case("year") { at + 4 } else { at + 3 };
            match year_number(piece(next)).filter(|last| joined && *last > first) {
                Some(last) => Some((KEY_YEAR + first * 10 + last, next + 1)),
                None => Some((KEY_YEAR + first * 11, at + 2)),
            }
        }
        b'y' => {
            let n = first.get(1..).filter(|r| r.len() == 1).and_then(year_number)?;
            Some((KEY_YEAR + n * 11, at + 1))
        }
        b'k' if first.eq_ignore_ascii_case("ks1") => Some((KEY_KS1, at + 1)),
        b'k' if first.eq_ignore_ascii_case("ks2") => Some((KEY_KS2, at + 1)),
        b'k' if first.eq_ignore_ascii_case("key") && piece(at + 1).eq_ignore_ascii_case("stage") => {
            match piece(at + 2).to_ascii_lowercase().as_str() {
                "1" | "one" => Some((KEY_KS1, at + 3)),
                "2" | "two" => Some((KEY_KS2, at + 3)),
                _ => None,
            }
        }
        b'e' if first.eq_ignore_ascii_case("eyfs") => Some((KEY_EARLY, at + 1)),
        b'e' if first.eq_ignore_ascii_case("early") && piece(at + 1).eq_ignore_ascii_case("years") => {
            Some((KEY_EARLY, at + 2))
        }
        b'f' if first.eq_ignore_ascii_case("foundation") && piece(at + 1).eq_ignore_ascii_case("stage") => {
            Some((KEY_EARLY, at + 2))
        }
        // "Reception" the class is written with a capital; "reception" is often the front desk.
        b'r' if first == "Reception" && !["desk", "area", "office", "staff"].contains(&piece(at + 1)) => {
            Some((KEY_RECEPTION, at + 1))
        }
        b'n' if first.eq_ignore_ascii_case("nursery") => Some((KEY_NURSERY, at + 1)),
        _ => None,
    }
}

fn year_number(piece: &str) -> Option<u64> {
    let words = ["one", "two", "three", "four", "five", "six"];
    if let Ok(n) = piece.parse::<u64>() {
        return (1..=6).contains(&n).then_some(n);
    }
    (1..).zip(words).find(|(_, w)| piece.eq_ignore_ascii_case(w)).map(|(n, _)| n)
}
