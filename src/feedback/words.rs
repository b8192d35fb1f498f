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

/// Words that both have, twice, by all words of both: 0.0 none, 1.0 the same bag.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let letters = |t: &str| words(t).into_iter().map(|w| w.letters).collect::<Vec<_>>();
    let (a, mut b) = (letters(a), letters(b));
    let all = (a.len() + b.len()).max(1);
    b.sort_unstable();
    let mut both = 0;
    for word in &a {
        if let Ok(at) = b.binary_search(word) {
            b.remove(at);
            both += 2;
        }
    }
    f64::from(both) / all as f64
}

/// Whether two texts have the same words.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let letters = |t: &str| words(t).into_iter().map(|w| w.letters).collect::<Vec<_>>();
    letters(a) == letters(b)
}
