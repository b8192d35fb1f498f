//! Passages as vectors of weighted word roots: two documents' units in, one sparse vector a unit, a sentence and a section out.

use rustc_hash::FxHashMap;

use crate::document::tokens::{fingerprint, stem};
use crate::document::{BlockId, Class, Document, Token};

use super::roots::root;

/// In fewer passages than a short policy has, how many a word stands in says little: there are taken to be this many.
const LEAST_PASSAGES: usize = 40;

/// One entry of a sparse vector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The term's rank in the order of fingerprints: the same whichever document comes first.
    pub(super) term: u32,
    /// (1 + ln of its count) × its weight.
    pub(super) weight: f32,
}

/// A sparse vector, entries ascending by term, and its length.
#[derive(Clone, Debug, Default)]
pub(super) struct Vector {
    pub(super) entries: Vec<Entry>,
    pub(super) norm: f32,
}

/// The words of one unit as terms, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    terms: Vec<u32>,
    /// Where each piece of the unit ends: ascending, the last is the end of the unit.
    ends: Vec<usize>,
}

impl Words {
    /// How many words the unit has.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The sentences and items of the unit; none is empty.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(from, to)| self.terms.get(from..*to)).filter(|p| !p.is_empty())
    }
}

/// Both documents' words as terms.
pub(super) struct Numbered {
    /// One per unit of the first document.
    pub(super) a: Vec<Words>,
    /// One per unit of the second.
    pub(super) b: Vec<Words>,
    /// How many terms there are.
    pub(super) terms: usize,
}

/// Vectors of passages of both documents, weighed by how few of these passages a word occurs in.
pub(super) struct Terms {
    /// One per passage of the first document.
    pub(super) a: Vec<Vector>,
    /// One per passage of the second.
    pub(super) b: Vec<Vector>,
    /// Inverse passage frequency by term.
    pub(super) rarity: Vec<f32>,
}

/// Numbers the words of both documents' units.
pub(super) fn number(a: &Document, units_a: &[BlockId], b: &Document, units_b: &[BlockId]) -> Numbered {
    // The root of each different word, looked at once a word.
    let mut roots: FxHashMap<u64, u64> = FxHashMap::default();
    for (document, units) in [(a, units_a), (b, units_b)] {
        for unit in units {
            let text = document.blocks.get(*unit as usize).map_or("", |b| b.text.as_str());
            for token in document.tokens(*unit).iter().filter(|t| t.class != Class::Mark) {
                roots.entry(token.word).or_insert_with(|| root_of(token, text));
            }
        }
    }
    let mut order: Vec<u64> = roots.values().copied().collect();
    order.sort_unstable();
    order.dedup();
    let place = |root: u64| order.binary_search(&root).unwrap_or(0) as u32;
    let rank: FxHashMap<u64, u32> = roots.into_iter().map(|(word, root)| (word, place(root))).collect();
    let of = |document: &Document, units: &[BlockId]| -> Vec<Words> {
        units.iter().map(|unit| words(document, *unit, &rank)).collect()
    };
    Numbered { a: of(a, units_a), b: of(b, units_b), terms: order.len() }
}

/// The fingerprint of a word's root; of a number, of the number itself.
fn root_of(token: &Token, text: &str) -> u64 {
    let word = text.get(token.start as usize..token.end as usize).unwrap_or("");
    if token.class != Class::Word {
        return token.word;
    }
    let folded = word.to_lowercase().replace(['\u{2018}', '\u{2019}', '\u{02BC}'], "'");
    let root = root(stem(folded.as_bytes()));
    // Endings are ASCII, so that what is left is text.
    std::str::from_utf8(root).map_or(token.stem, fingerprint)
}

/// The words of a unit, cut where a sentence ends, at colons and semicolons, and before each item of a list that was run
/// into one paragraph.
fn words(document: &Document, unit: BlockId, rank: &FxHashMap<u64, u32>) -> Words {
    let tokens = document.tokens(unit);
    let text = document.blocks.get(unit as usize).map_or("", |b| b.text.as_str());
    let mut out = Words { terms: Vec::with_capacity(tokens.len()), ends: Vec::new() };
    for (at, token) in tokens.iter().enumerate() {
        if token.class != Class::Mark {
            out.terms.extend(rank.get(&token.word));
            continue;
        }
        let apart_after = tokens.get(at + 1).is_none_or(|next| next.start > token.end);
        let apart_before = at.checked_sub(1).and_then(|b| tokens.get(b)).is_none_or(|t| t.end < token.start);
        let cuts = match text.get(token.start as usize..token.end as usize) {
            Some(";") => true,
            Some("." | "!" | "?" | ":") => apart_after,
            Some("-" | "–" | "+" | "•" | "*") => apart_before && apart_after,
            _ => false,
        };
        if cuts {
            out.ends.push(out.terms.len());
        }
    }
    out.ends.push(out.terms.len());
    out
}

/// Weighs the words of whole units.
pub(super) fn units(numbered: &Numbered) -> Terms {
    let all = |words: &[Words]| words.iter().map(|w| count(&w.terms)).collect();
    weigh(all(&numbered.a), all(&numbered.b), numbered.terms)
}

/// Weighs passages given as counted terms.
pub(super) fn weigh(counted_a: Vec<Counted>, counted_b: Vec<Counted>, terms: usize) -> Terms {
    let mut frequency = vec![0u32; terms];
    for (term, _) in counted_a.iter().chain(&counted_b).flatten() {
        frequency[*term as usize] += 1;
    }
    let total = (counted_a.len() + counted_b.len()).max(LEAST_PASSAGES) as f32;
    let rarity: Vec<f32> = frequency.iter().map(|df| ((total + 1.0) / (*df as f32 + 0.5)).ln()).collect();
    let vectors = |counted: Vec<Counted>| counted.into_iter().map(|c| vector(c, &rarity)).collect();
    Terms { a: vectors(counted_a), b: vectors(counted_b), rarity }
}

/// A vector of counts as weights.
fn vector(counted: Counted, rarity: &[f32]) -> Vector {
    let entries: Vec<Entry> = counted
        .into_iter()
        .map(|(term, count)| Entry { term, weight: (1.0 + (count as f32).ln()) * rarity[term as usize] })
        .collect();
    let norm = entries.iter().map(|e| e.weight * e.weight).sum::<f32>().sqrt();
    Vector { entries, norm }
}

/// Terms and how often each stands, ascending.
pub(super) type Counted = Vec<(u32, u32)>;

/// Counts the terms of one passage.
pub(super) fn count(terms: &[u32]) -> Counted {
    let mut sorted = terms.to_vec();
    sorted.sort_unstable();
    let mut counted: Counted = Vec::with_capacity(sorted.len());
    for term in sorted {
        match counted.last_mut() {
            Some((last, count)) if *last == term => *count += 1,
            _ => counted.push((term, 1)),
        }
    }
    counted
}

/// The rarity and the number of the different words that two vectors have in common.
pub(super) fn common(x: &Vector, y: &Vector, rarity: &[f32]) -> (f32, usize) {
    let (mut i, mut j, mut sum, mut words) = (0, 0, 0.0, 0);
    while let (Some(p), Some(q)) = (x.entries.get(i), y.entries.get(j)) {
        if p.term == q.term {
            sum += rarity[p.term as usize];
            words += 1;
        }
        i += usize::from(p.term <= q.term);
        j += usize::from(q.term <= p.term);
    }
    (sum, words)
}

/// Adds up the vectors of a section's units: the section's own vector. Cost: n log n in the entries.
pub(super) fn sum<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Vector {
    let mut all: Vec<Entry> = vectors.flat_map(|v| v.entries.iter().copied()).collect();
    all.sort_by_key(|e| e.term); // stable: equal terms stay in document order, so the sum is always the same float
    let mut entries: Vec<Entry> = Vec::with_capacity(all.len());
    for entry in all {
        match entries.last_mut() {
            Some(last) if last.term == entry.term => last.weight += entry.weight,
            _ => entries.push(entry),
        }
    }
    let norm = entries.iter().map(|e| e.weight * e.weight).sum::<f32>().sqrt();
    Vector { entries, norm }
}

/// Cosines of all vectors of one list with all of another, row by row: 0.0 no word in common, 1.0 the same words; symmetric.
///
/// `terms` is the number of terms there are. Cost: linear in each row's vector and all of the other list's.
pub(super) fn cosines(a: &[Vector], b: &[Vector], terms: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(a.len() * b.len());
    let mut spread = vec![0.0f32; terms];
    for x in a {
        for entry in &x.entries {
            spread[entry.term as usize] = entry.weight;
        }
        for y in b {
            let length = x.norm * y.norm;
            let dot: f32 = y.entries.iter().map(|e| e.weight * spread[e.term as usize]).sum();
            out.push(if length > 0.0 { dot / length } else { 0.0 });
        }
        for entry in &x.entries {
            spread[entry.term as usize] = 0.0;
        }
    }
    out
}
