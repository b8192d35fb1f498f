//! What documents are called, and where others name it: titles and headings in, how far one names another out.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::document::tokens::fingerprint;
use crate::document::{Class, Document, Kind, Role, Token, tokens};
use crate::knowledge::topics::name_words;

use super::vectors::{Vector, normalise};

/// Titles and headings of all documents.
#[derive(Debug)]
pub(super) struct Names {
    of: Vec<Name>,
    /// How few titles a word stands in.
    rarity: FxHashMap<u64, f32>,
}

#[derive(Debug)]
struct Name {
    /// The words of the title that say what it is about, ascending.
    title: Vec<u64>,
    /// The same as they may stand in a text, ascending, with their weight: a vector of length 1.
    terms: Vector,
    /// The words of each heading but the title itself, and the heading.
    headings: Vec<(Vec<u64>, String)>,
}

impl Names {
    /// Reads the titles and headings of the documents in use; `rarity` of the words in documents.
    pub(super) fn of(documents: &[Document], used: &[usize], rarity: &FxHashMap<u64, f32>) -> Self {
        let mut of: Vec<Name> = documents.par_iter().map(|d| Name::of(d, rarity)).collect();
        let mut frequency: FxHashMap<u64, u32> = FxHashMap::default();
        for word in used.iter().flat_map(|d| &of[*d].title) {
            *frequency.entry(*word).or_insert(0) += 1;
        }
        let total = used.len() as f32 + 1.0;
        let rarity: FxHashMap<u64, f32> =
            frequency.into_iter().map(|(word, n)| (word, (total / (n as f32 + 0.5)).ln())).collect();
        // Headings without a word of any title name nothing.
        for name in &mut of {
            name.headings.retain(|(words, _)| words.iter().any(|w| rarity.contains_key(w)));
        }
        Self { of, rarity }
    }

    /// How much a text speaks of what a document's title names: 0.0 not at all, 1.0 of nothing else.
    pub(super) fn spoken_of(&self, title: usize, text: &Vector) -> f32 {
        let weight = |term: &u64| {
            text.binary_search_by_key(term, |(t, _)| *t)
                .ok()
                .and_then(|at| text.get(at))
                .map_or(0.0, |(_, w)| *w)
        };
        self.of[title].terms.iter().map(|(term, w)| w * weight(term)).sum()
    }

    /// Share of the words of two titles that both have, by rarity.
    pub(super) fn alike(&self, a: usize, b: usize) -> f32 {
        let (x, y) = (&self.of[a].title, &self.of[b].title);
        let shared = self.rarity_of(x.iter().filter(|w| y.binary_search(w).is_ok()));
        let all = self.rarity_of(x.iter()) + self.rarity_of(y.iter());
        if all > 0.0 { 2.0 * shared / all } else { 0.0 }
    }

    /// The heading of `large` that names what `small` is about best, and how well it does: 0.0 to 1.0.
    pub(super) fn headed(&self, small: usize, large: usize) -> (f32, Option<&str>) {
        let title = &self.of[small].title;
        let whole = self.rarity_of(title.iter());
        let mut best = (0.0, None);
        for (words, heading) in &self.of[large].headings {
            let shared = title.iter().filter(|w| words.binary_search(w).is_ok());
            let count = shared.clone().count();
            if count > 0 && whole > 0.0 {
                let fit = self.rarity_of(shared) / whole * (count as f32 / words.len() as f32).sqrt();
                if fit > best.0 {
                    best = (fit, Some(heading.as_str()));
                }
            }
        }
        best
    }

    fn rarity_of<'w>(&self, words: impl Iterator<Item = &'w u64>) -> f32 {
        words.filter_map(|w| self.rarity.get(w)).sum()
    }
}

impl Name {
    fn of(document: &Document, rarity: &FxHashMap<u64, f32>) -> Self {
        let title = words(&document.title);
        // "Whistle-blowing" is one word of a text, and two of a title.
        let split = tokens::split(&document.title);
        let piece = |t: &Token| document.title.get(t.start as usize..t.end as usize).unwrap_or("");
        let joined =
            split.iter().filter(|t| t.class == Class::Word && piece(t).contains('-')).map(|t| t.stem);
        let mut all: Vec<u64> = title.iter().copied().chain(joined).collect();
        all.sort_unstable();
        all.dedup();
        let mut terms: Vector =
            all.into_iter().filter_map(|term| rarity.get(&term).map(|weight| (term, *weight))).collect();
        normalise(&mut terms);
        let headings = document.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body);
        let headings = headings
            .map(|b| (words(&b.text), b.text.clone()))
            .filter(|(words, _)| !words.is_empty() && *words != title)
            .collect();
        Self { title, terms, headings }
    }
}

/// The words that say what a title is about, ascending.
fn words(title: &str) -> Vec<u64> {
    let mut words: Vec<u64> = name_words(title).iter().map(|w| fingerprint(w)).collect();
    words.sort_unstable();
    words.dedup();
    words
}
