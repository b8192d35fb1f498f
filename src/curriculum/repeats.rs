//! What both schools teach in nearly the same words: statements in, pairs out.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::document::tokens::fingerprint;
use crate::document::{Class, Document};

use super::Statement;

/// Two statements, the earlier year's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The statement of the earlier year; of one year, the first school's.
    pub earlier: Statement,
    /// The statement of the other school.
    pub later: Statement,
}

/// Letters of a word that tells what is taught; shorter ones join others.
const LETTERS: usize = 4;
/// Fewest words that both have: two are shared by chance ("parts of a plant").
const SHARED: usize = 3;
/// Shared words are at least so many in ten of both, as Dice counts them.
const ALIKE: usize = 6;
/// Most statements that share a word which tells what is taught; the longest real progressions have 60 on one word.
const HELD: usize = 300;
/// Longer words that join others and tell nothing.
const STOP: [&str; 16] = [
    "that", "this", "with", "from", "into", "they", "them", "their", "have", "what", "when", "which", "then",
    "than", "some", "other",
];

/// For each statement of the later years the likest of the other school's earlier ones, if it is alike enough; in order of the earlier.
/// Only statements that share a word are held against each other.
pub(super) fn of(statements: &[Statement], documents: &[Document]) -> Vec<Repeat> {
    let words: Vec<BTreeSet<u64>> = statements.iter().map(|s| words(s, documents)).collect();
    let mut holding: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, words) in words.iter().enumerate() {
        words.iter().for_each(|w| holding.entry(*w).or_default().push(at));
    }
    // A word that stands nearly everywhere tells nothing, and would have all held against all.
    holding.retain(|_, held| held.len() <= HELD);
    let first = |at: usize| statements.get(at).and_then(|s| s.years.first()).copied().unwrap_or(0);
    let key =
        |at: usize| statements.get(at).map(|s| (first(at), s.side, s.document, s.quote.block, s.quote.start));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (later, (statement, mine)) in statements.iter().zip(&words).enumerate() {
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for word in mine {
            for at in holding.get(word).into_iter().flatten() {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let earlier = |at: usize| {
            statements.get(at).is_some_and(|s| s.side != statement.side)
                && (first(at), statements.get(at).map(|s| s.side)) < (first(later), Some(statement.side))
        };
        let size = |at: usize| mine.len() + words.get(at).map_or(0, BTreeSet::len);
        let alike = shared
            .into_iter()
            .filter(|(at, n)| earlier(*at) && *n >= SHARED && 20 * n >= ALIKE * size(*at))
            // The share as a fraction of a thousand, so that equal ones are told by place.
            .max_by_key(|(at, n)| (2_000 * n / size(*at).max(1), std::cmp::Reverse(key(*at))));
        out.extend(alike.map(|(at, _)| (at, later)));
    }
    out.sort_by_key(|(earlier, later)| (key(*earlier), key(*later)));
    out.into_iter()
        .filter_map(|(e, l)| {
            Some(Repeat { earlier: statements.get(e)?.clone(), later: statements.get(l)?.clone() })
        })
        .collect()
}

/// The stems of what a statement is about.
fn words(statement: &Statement, documents: &[Document]) -> BTreeSet<u64> {
    let Some(document) = documents.get(statement.document) else { return BTreeSet::new() };
    static STOPPED: OnceLock<[u64; STOP.len()]> = OnceLock::new();
    let stop = STOPPED.get_or_init(|| STOP.map(fingerprint));
    let quote = statement.quote;
    document
        .tokens(quote.block)
        .iter()
        .filter(|t| quote.start <= t.start && t.end <= quote.end)
        .filter(|t| {
            t.class == Class::Word && (t.end - t.start) as usize >= LETTERS && !stop.contains(&t.word)
        })
        .map(|t| t.stem)
        .collect()
}
