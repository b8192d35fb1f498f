//! Words and phrases that are looked for in running text: lists of them in, where they stand out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::document::tokens;
use crate::document::{Class, Token};

/// The words of a phrase after its first, and its number; none for a phrase that is passed over.
type Rest = (Vec<u64>, Option<usize>);

/// Phrases by number; several phrases may have one number.
#[derive(Debug)]
pub struct Phrases {
    /// By the first word, longest first.
    by_first: FxHashMap<u64, Vec<Rest>>,
    /// What of a token is compared: the word as it stands, or its stem.
    key: fn(&Token) -> u64,
}

impl Phrases {
    /// Takes rows of phrases parted by `|`: those that count, and those in which a word means something else ("in respect of").
    pub(super) fn of<'r>(rows: impl Iterator<Item = (&'r str, &'r str)>) -> Self {
        Self::keyed(rows, |t| t.word)
    }

    /// The same, found with any ending that [`Token::stem`] takes off.
    pub(super) fn of_stems<'r>(rows: impl Iterator<Item = &'r str>) -> Self {
        Self::keyed(rows.map(|row| (row, "")), |t| t.stem)
    }

    fn keyed<'r>(rows: impl Iterator<Item = (&'r str, &'r str)>, key: fn(&Token) -> u64) -> Self {
        let mut out = Self { by_first: FxHashMap::default(), key };
        for (number, (counted, passed)) in rows.enumerate() {
            counted.split('|').for_each(|phrase| out.add(phrase, Some(number)));
            passed.split('|').for_each(|phrase| out.add(phrase, None));
        }
        out.sorted()
    }

    /// The same with a phrase of its own for each number.
    pub fn of_words<'r>(words: impl Iterator<Item = &'r str>) -> Self {
        Self::of(words.map(|w| (w, "")))
    }

    fn add(&mut self, phrase: &str, number: Option<usize>) {
        let words: Vec<u64> =
            tokens::split(phrase).iter().filter(|t| t.class != Class::Mark).map(self.key).collect();
        if let [first, rest @ ..] = words.as_slice() {
            self.by_first.entry(*first).or_default().push((rest.to_vec(), number));
        }
    }

    fn sorted(mut self) -> Self {
        // The longest first; of two as long the one that is passed over, which was written to say so.
        for list in self.by_first.values_mut() {
            list.sort_by_key(|(rest, number)| (std::cmp::Reverse(rest.len()), *number));
            list.dedup();
        }
        self
    }

    /// Whether a phrase can begin with a word, whose fingerprint this is.
    pub(super) fn starts(&self, word: u64) -> bool {
        self.by_first.contains_key(&word)
    }

    /// The phrases in a text, each with its number and the half-open range of its tokens: in order, none overlapping another, the
    /// longest winning. A phrase that stands under several numbers is found under each.
    pub fn find(&self, tokens: &[Token]) -> Vec<(usize, Range<usize>)> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let list = self.by_first.get(&(self.key)(token)).map_or(&[][..], Vec::as_slice);
            let stands = |rest: &[u64]| {
                let slice = tokens.get(at + 1..at + 1 + rest.len());
                slice.is_some_and(|s| s.iter().zip(rest).all(|(t, word)| (self.key)(t) == *word))
            };
            let mut longest = None;
            for (rest, number) in list {
                if longest.is_some_and(|l| rest.len() < l) {
                    break;
                }
                if stands(rest) {
                    longest = Some(rest.len());
                    let Some(number) = number else { break };
                    out.push((*number, at..at + 1 + rest.len()));
                }
            }
            at += 1 + longest.unwrap_or(0);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_longest_wins_and_what_is_passed_over_is_not_counted() {
        let phrases = Phrases::of(
            [("respect|respectful", "in respect of"), ("respect for all", ""), ("respect", "")].into_iter(),
        );
        let found = |text: &str| -> Vec<usize> {
            phrases.find(&tokens::split(text)).into_iter().map(|(number, _)| number).collect()
        };
        assert_eq!(found("Respect, and respectful words."), [0, 2, 0]);
        assert_eq!(found("In respect of fees; respect for all."), [1]);
        assert_eq!(found("in respect"), [0, 2]);
        assert!(found("").is_empty());
    }
}
