//! Local facts: names, phone numbers, e-mail and web addresses, clock times, rooms, dates of the document; tokens in, their
//! stretches out. They should differ between two schools and are never counted as differences.

mod spoken;

use crate::document::{Class, Token};
use crate::knowledge::PERSONAL_TITLES;

use super::lexicon::tells_local;

/// What kind of local fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LocalKind {
    Phone,
    Email,
    Website,
    Time,
    Name,
    Room,
    Address,
}

impl LocalKind {
    /// In plain words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone number",
            Self::Email => "e-mail address",
            Self::Website => "web address",
            Self::Time => "clock time",
            Self::Name => "name",
            Self::Room => "room",
            Self::Address => "address",
        }
    }
}

/// One local fact in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LocalFact {
    pub(crate) kind: LocalKind,
    /// First token, counted as the tokens given.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// First byte in the block's text.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

/// Finds the local facts of a sentence, in order, not overlapping.
pub(crate) fn find(text: &str, tokens: &[Token]) -> Vec<LocalFact> {
    let mut out: Vec<LocalFact> = Vec::new();
    let look = Look { text, tokens };
    let mut at = 0;
    while at < tokens.len() {
        let found = match look.start(at) {
            Start::No => None,
            Start::Number => look.phone(at).or_else(|| look.time(at)).or_else(|| look.spoken(at)),
            Start::Told => look
                .address(at)
                .or_else(|| look.name(at))
                .or_else(|| look.room(at))
                .or_else(|| look.spoken(at)),
            Start::Word => look.named(at),
        };
        match found {
            Some((kind, from, to)) => {
                let from = from.max(out.last().map_or(0, |l| l.to));
                if let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) {
                    out.push(LocalFact { kind, from, to, start: first.start, end: last.end });
                }
                at = to;
            }
            None => at += 1,
        }
    }
    out
}

/// Which local facts can start at a token.
enum Start {
    No,
    /// Digits: phone numbers, times, addresses.
    Number,
    /// A word or mark that tells one.
    Told,
    /// Any other word with a capital, or grown together with what follows.
    Word,
}

type Found = Option<(LocalKind, usize, usize)>;

struct Look<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Look<'_> {
    /// What can start here: most words are passed over by it.
    fn start(&self, at: usize) -> Start {
        let Some(token) = self.tokens.get(at) else { return Start::No };
        let first = self.text.as_bytes().get(token.start as usize).copied().unwrap_or(0);
        match token.class {
            Class::Number => Start::Number,
            Class::Mark if first == b'@' => Start::Told,
            Class::Mark => Start::No,
            Class::Word if tells_local(token.word) => Start::Told,
            Class::Word if first.is_ascii_uppercase() || !first.is_ascii() || self.touches(at) => Start::Word,
            Class::Word => Start::No,
        }
    }

    fn piece(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|t| self.text.get(t.start as usize..t.end as usize)).unwrap_or("")
    }

    fn class(&self, at: usize) -> Option<Class> {
        self.tokens.get(at).map(|t| t.class)
    }

    fn touches(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(x), Some(y)) => x.end == y.start,
            _ => false,
        }
    }

    /// "office@school.example", "www.school.example", "https://…": the unbroken run of tokens around the tell-tale.
    fn address(&self, at: usize) -> Found {
        let piece = self.piece(at);
        let web = (piece.eq_ignore_ascii_case("www")
            || piece.eq_ignore_ascii_case("http")
            || piece.eq_ignore_ascii_case("https"))
            && self.touches(at);
        if piece != "@" && !web {
            return None;
        }
        let mut from = at;
        while piece == "@" && from > 0 && self.touches(from - 1) {
            from -= 1;
        }
        let mut to = at + 1;
        while self.touches(to - 1) {
            to += 1;
        }
        while to > at + 1 && [".", ",", ")", ";", "]", ">"].contains(&self.piece(to - 1)) {
            to -= 1;
        }
        if piece == "@" && (from == at || to == at + 1) {
            return None;
        }
        Some((if web { LocalKind::Website } else { LocalKind::Email }, from, to))
    }

    /// A run of digit groups that starts with 0 and has 10 or 11 digits; or an emergency line is not one ("999").
    fn phone(&self, at: usize) -> Found {
        if self.class(at) != Some(Class::Number) || !self.piece(at).starts_with('0') {
            return None;
        }
        let mut digits = 0;
        let mut to = at;
        while to < at + 5 {
            match self.class(to) {
                Some(Class::Number) if self.piece(to).bytes().all(|b| b.is_ascii_digit()) => {
                    digits += self.piece(to).len()
                }
                Some(Class::Mark) if ["-", "(", ")"].contains(&self.piece(to)) && digits < 10 => {}
                _ => break,
            }
            to += 1;
        }
        (10..=11).contains(&digits).then_some((LocalKind::Phone, at, to))
    }

    /// "8.45am", "8:45", "3 pm", "12 noon", "15:30".
    fn time(&self, at: usize) -> Found {
        if self.class(at) != Some(Class::Number) {
            return None;
        }
        let piece = self.piece(at).to_ascii_lowercase();
        let bare = piece.trim_end_matches("am").trim_end_matches("pm");
        let marked = bare.len() < piece.len();
        let (hours, minutes) = match bare.split_once([':', '.']) {
            Some((h, m)) => (h, Some(m)),
            None => (bare, None),
        };
        let hour = hours.parse::<u8>().ok().filter(|h| *h < 24)?;
        if minutes.is_some_and(|m| m.len() != 2 || m.parse::<u8>().map_or(true, |m| m > 59)) {
            return None;
        }
        if marked {
            return Some((LocalKind::Time, at, at + 1));
        }
        let next = self.piece(at + 1).to_ascii_lowercase();
        let dotted = next == "a" || next == "p";
        if ["am", "pm", "noon", "midnight", "o'clock"].contains(&next.as_str()) {
            return Some((LocalKind::Time, at, at + 2));
        }
        if dotted && self.piece(at + 2) == "." && self.piece(at + 3).eq_ignore_ascii_case("m") {
            let to = if self.piece(at + 4) == "." { at + 5 } else { at + 4 };
            return Some((LocalKind::Time, at, to));
        }
        // "at 8.45" is a time though nothing follows; "2.1" after "section" is not, nor is "£8.45", which is no number here.
        let before = self.piece(at.wrapping_sub(1)).to_ascii_lowercase();
        let said = ["at", "by", "from", "until", "till", "before", "between"].contains(&before.as_str());
        if said && minutes.is_some() && (6..=18).contains(&hour) && self.piece(at + 1) != "%" {
            return Some((LocalKind::Time, at, at + 1));
        }
        // "1:10" is a ratio; "08:45" and "15:30" are times; "8:45" is a time, "1:8" was refused by its minutes.
        let ratio = hour <= 1 && self.piece(at.wrapping_sub(1)).eq_ignore_ascii_case("of");
        (minutes.is_some() && piece.contains(':') && !ratio).then_some((LocalKind::Time, at, at + 1))
    }

    /// "Mrs Appletwist", "Dr A. Fennimore-Tansy".
    fn name(&self, at: usize) -> Found {
        if !PERSONAL_TITLES.contains(&self.piece(at)) {
            return None;
        }
        let capital = |k: usize| {
            self.class(k) == Some(Class::Word) && self.piece(k).chars().next().is_some_and(char::is_uppercase)
        };
        let mut to = at + 1;
        while to < at + 5 && (self.piece(to) == "." || capital(to) && to < at + 4) {
            // A full stop ends the name unless an initial or the title stands before it.
            if self.piece(to) == "." && self.piece(to - 1).len() > 1 && to > at + 1 {
                break;
            }
            to += 1;
        }
        (to > at + 1 && capital(to - 1)).then_some((LocalKind::Name, at, to))
    }

    /// "Room 3", "the Rainbow Room", "Willow classroom".
    fn room(&self, at: usize) -> Found {
        let piece = self.piece(at);
        if ["room", "classroom", "office"].iter().any(|w| piece.eq_ignore_ascii_case(w))
            && self.class(at + 1) == Some(Class::Number)
        {
            return Some((LocalKind::Room, at, at + 2));
        }
        let places = ["Room", "Hall", "Library", "Studio", "Hub", "Den", "Gate"];
        if places.contains(&piece) && at > 0 {
            let before = self.piece(at - 1);
            // "the Oak Room", but no "The Room" or "Our Hall".
            let long = before.len() > 3 || at >= 2 && self.piece(at - 2) == "the";
            let named = before.chars().next().is_some_and(char::is_uppercase) && long && at >= 2;
            return named.then_some((LocalKind::Room, at - 1, at + 1));
        }
        None
    }
}
