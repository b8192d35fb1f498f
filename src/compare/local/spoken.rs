//! Local facts that are written out: times in words, extensions, addresses, postcodes, names after a post; a place in a sentence
//! in, the stretch out.

use crate::document::Class;

use super::{Found, LocalKind, Look};

/// What a street ends in.
const STREETS: [&str; 16] = [
    "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Way", "Court", "Place", "Hill", "Row", "Crescent",
    "Gardens", "Square", "Walk", "Terrace",
];

/// What a web address without "www" ends in.
const DOMAINS: [&str; 7] = ["uk", "org", "com", "net", "example", "gov", "info"];

/// What a post ends in, after which a name may follow.
const POSTS: [&str; 16] = [
    "lead",
    "headteacher",
    "teacher",
    "SENCO",
    "SENCo",
    "DSL",
    "DDSL",
    "governor",
    "governors",
    "chair",
    "clerk",
    "officer",
    "manager",
    "co-ordinator",
    "coordinator",
    "contact",
];

/// Capitalised words that are no names of people.
const THINGS: [&str; 14] = [
    "School",
    "Policy",
    "Room",
    "Act",
    "Council",
    "Team",
    "Service",
    "Services",
    "Children",
    "Education",
    "Health",
    "Authority",
    "Board",
    "Trust",
];

impl Look<'_> {
    pub(super) fn spoken(&self, at: usize) -> Found {
        self.clock(at).or_else(|| self.extension(at)).or_else(|| self.named(at))
    }

    /// What a word that tells nothing by itself may begin.
    pub(super) fn named(&self, at: usize) -> Found {
        self.street(at).or_else(|| self.postcode(at)).or_else(|| self.domain(at)).or_else(|| self.holder(at))
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.piece(at).eq_ignore_ascii_case(w))
    }

    fn capital(&self, at: usize) -> bool {
        self.class(at) == Some(Class::Word) && self.piece(at).starts_with(char::is_uppercase)
    }

    /// "half past eight", "quarter to nine", "nine o'clock", "12 noon", "midday".
    fn clock(&self, at: usize) -> Found {
        let part = self.is(at, &["half", "quarter", "five", "ten", "twenty"]);
        if part
            && self.is(at + 1, &["past", "to"])
            && self.hour(at + 2)
            && (self.is(at + 1, &["past"]) || self.is(at, &["quarter"]))
        {
            return Some((LocalKind::Time, at, at + 3));
        }
        if self.hour(at) && self.is(at + 1, &["o'clock", "o’clock"]) {
            return Some((LocalKind::Time, at, at + 2));
        }
        None
    }

    fn hour(&self, at: usize) -> bool {
        const HOURS: [&str; 12] = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ];
        self.is(at, &HOURS) || self.piece(at).parse::<u8>().is_ok_and(|h| (1..=12).contains(&h))
    }

    /// "extension 204", "ext. 12".
    fn extension(&self, at: usize) -> Found {
        if !self.is(at, &["extension", "ext", "extn"]) {
            return None;
        }
        let number = if self.piece(at + 1) == "." { at + 2 } else { at + 1 };
        (self.class(number) == Some(Class::Number)).then_some((LocalKind::Phone, at, number + 1))
    }

    /// "12 Bramble Lane", "Old Mill Road".
    fn street(&self, at: usize) -> Found {
        let numbered = self.class(at) == Some(Class::Number);
        let from = if numbered { at + 1 } else { at };
        if !self.capital(from) {
            return None;
        }
        let end = (from + 1..from + 4)
            .take_while(|k| self.capital(*k))
            .find(|k| STREETS.contains(&self.piece(*k)))?;
        // "Golden Way" of an ethos is no street; a number before it makes it one.
        (numbered || self.is(at.wrapping_sub(1), &["in", "at", "on", "to", "of", ","])).then_some((
            LocalKind::Address,
            at,
            end + 1,
        ))
    }

    /// "TM1 2AB".
    fn postcode(&self, at: usize) -> Found {
        let out = self.piece(at);
        if !(2..=4).contains(&out.len()) {
            return None;
        }
        let inward = self.piece(at + 1);
        let outward = out.starts_with(|c: char| c.is_ascii_uppercase())
            && out.contains(|c: char| c.is_ascii_digit())
            && out.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let mut last = inward.chars();
        let inside = inward.len() == 3
            && last.next().is_some_and(|c| c.is_ascii_digit())
            && last.all(|c| c.is_ascii_uppercase());
        (outward && inside).then_some((LocalKind::Address, at, at + 2))
    }

    /// "thistlemere.sch.uk/policies": an unbroken run with a full stop before a known ending.
    fn domain(&self, at: usize) -> Found {
        if self.class(at) != Some(Class::Word) || at > 0 && self.touches(at - 1) || !self.touches(at) {
            return None;
        }
        let mut to = at + 1;
        let mut known = false;
        while self.touches(to - 1) {
            known |= self.piece(to - 1) == "." && DOMAINS.contains(&self.piece(to));
            to += 1;
        }
        while to > at + 1 && [".", ",", ")", ";", "]", ">", ":"].contains(&self.piece(to - 1)) {
            to -= 1;
        }
        known.then_some((LocalKind::Website, at, to))
    }

    /// "The designated safeguarding lead is Tansy Appletwist", "SENCO: Tansy Appletwist".
    fn holder(&self, at: usize) -> Found {
        if !(self.capital(at) && self.capital(at + 1)) {
            return None;
        }
        let name = |k: usize| {
            self.capital(k)
                && self.piece(k).chars().skip(1).any(char::is_lowercase)
                && !THINGS.contains(&self.piece(k))
        };
        if !name(at) || !name(at + 1) || self.capital(at + 2) || at < 2 {
            return None;
        }
        let leads = self.is(at - 1, &["is", ":", "-", "–", "(", ",", "are"]);
        let post = (2..=4).filter_map(|k| at.checked_sub(k)).any(|k| self.is(k, &POSTS));
        (leads && post).then_some((LocalKind::Name, at, at + 2))
    }
}
