//! Words and marks of a text, so that blanks, line breaks and invisible characters make no difference: a text in, its words out.

use xxhash_rust::xxh3::xxh3_64;

use crate::document::suspect::is_hidden;

/// A word, or a mark by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Fingerprint of its letters.
    pub(super) letters: u64,
    /// Whether a sentence may end with it.
    pub(super) ends: bool,
}

/// All words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut open = String::new();
    let mut from = 0;
    let mut to = 0;
    let mut close = |open: &mut String, from: usize, to: usize| {
        if !open.is_empty() {
            let ends = matches!(open.as_str(), "." | "!" | "?" | ";" | ":");
            out.push(Word { start: from, end: to, letters: xxh3_64(open.as_bytes()), ends });
            open.clear();
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            close(&mut open, from, to);
        } else if c.is_control() || is_hidden(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') {
            // Programs drop or add these when they save.
        } else {
            let joins = c.is_alphanumeric() && open.chars().next_back().is_some_and(char::is_alphanumeric);
            if !joins {
                close(&mut open, from, to);
                from = at;
            }
            open.push(c);
            to = at + c.len_utf8();
        }
    }
    close(&mut open, from, to);
    out
}

/// A text with each stretch of blanks as one.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Share of words, of both texts together, from which one is taken for an edited form of the other.
pub(super) const EDITED: f64 = 0.4;

/// Fingerprints of the words of a text, in order.
pub(super) fn letters(text: &str) -> Vec<u64> {
    words(text).into_iter().map(|w| w.letters).collect()
}

/// Words whatever their order.
#[derive(Clone, Debug)]
pub(super) struct Bag(Vec<u64>);

impl Bag {
    pub(super) fn of(words: impl IntoIterator<Item = u64>) -> Self {
        let mut words: Vec<u64> = words.into_iter().collect();
        words.sort_unstable();
        Self(words)
    }

    /// Words that both have, twice, by all words of both: 0.0 none, 1.0 the same bag.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j, mut both) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            both += if x == y { 2 } else { 0 };
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        f64::from(both) / (a.len() + b.len()).max(1) as f64
    }
}

/// A text that is looked for among others.
#[derive(Clone, Debug)]
pub(super) struct Worded {
    pub(super) text: String,
    letters: Vec<u64>,
    bag: Bag,
}

impl Worded {
    pub(super) fn of(text: &str) -> Self {
        let letters = letters(text);
        let bag = Bag::of(letters.iter().copied());
        Self { text: text.to_owned(), letters, bag }
    }

    /// Whether two texts have the same words.
    pub(super) fn alike(&self, other: &Self) -> bool {
        self.letters == other.letters
    }

    /// The likest of those that are missing, taken out, if this is an edited form of it.
    pub(super) fn was<T>(&self, missing: &mut Vec<T>, text: impl Fn(&T) -> &Self) -> Option<T> {
        let like = missing.iter().map(|t| text(t).bag.likeness(&self.bag)).enumerate();
        let (at, _) = like.max_by(|x, y| x.1.total_cmp(&y.1)).filter(|(_, like)| *like >= EDITED)?;
        Some(missing.remove(at))
    }
}
