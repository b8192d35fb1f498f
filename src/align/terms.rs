//! Blocks as vectors of weighted word stems: two documents' units in, one sparse vector a unit and a section out.

use rustc_hash::FxHashMap;

use crate::document::{BlockId, Class, Document};

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

/// All vectors of a pair of documents.
pub(super) struct Terms {
    /// One per unit of the first document.
    pub(super) a: Vec<Vector>,
    /// One per unit of the second.
    pub(super) b: Vec<Vector>,
    /// Inverse block frequency by term.
    pub(super) rarity: Vec<f32>,
}

/// Weighs the words of both documents' units by how few units they occur in.
pub(super) fn weigh(a: &Document, units_a: &[BlockId], b: &Document, units_b: &[BlockId]) -> Terms {
    let mut rank: FxHashMap<u64, u32> = FxHashMap::default();
    for (document, units) in [(a, units_a), (b, units_b)] {
        for unit in units {
            for token in document.tokens(*unit).iter().filter(|t| t.class != Class::Mark) {
                rank.entry(token.stem).or_insert(0);
            }
        }
    }
    let mut stems: Vec<u64> = rank.keys().copied().collect();
    stems.sort_unstable();
    for (place, stem) in (0..).zip(&stems) {
        rank.insert(*stem, place);
    }
    let counted_a = count_all(a, units_a, &rank);
    let counted_b = count_all(b, units_b, &rank);
    let mut frequency = vec![0u32; stems.len()];
    for (term, _) in counted_a.iter().chain(&counted_b).flatten() {
        frequency[*term as usize] += 1;
    }
    let total = (units_a.len() + units_b.len()) as f32;
    let rarity: Vec<f32> = frequency.iter().map(|df| ((total + 1.0) / (*df as f32 + 0.5)).ln()).collect();
    let vectors = |counted: Vec<Vec<(u32, u32)>>| counted.into_iter().map(|c| vector(c, &rarity)).collect();
    Terms { a: vectors(counted_a), b: vectors(counted_b), rarity }
}

/// A vector of counts as weights.
fn vector(counted: Vec<(u32, u32)>, rarity: &[f32]) -> Vector {
    let entries: Vec<Entry> = counted
        .into_iter()
        .map(|(term, count)| Entry { term, weight: (1.0 + (count as f32).ln()) * rarity[term as usize] })
        .collect();
    let norm = entries.iter().map(|e| e.weight * e.weight).sum::<f32>().sqrt();
    Vector { entries, norm }
}

fn count_all(document: &Document, units: &[BlockId], rank: &FxHashMap<u64, u32>) -> Vec<Vec<(u32, u32)>> {
    let mut buffer: Vec<u32> = Vec::new();
    units
        .iter()
        .map(|unit| {
            buffer.clear();
            let words = document.tokens(*unit).iter().filter(|t| t.class != Class::Mark);
            buffer.extend(words.filter_map(|t| rank.get(&t.stem).copied()));
            buffer.sort_unstable();
            let mut counted: Vec<(u32, u32)> = Vec::with_capacity(buffer.len());
            for term in &buffer {
                match counted.last_mut() {
                    Some((last, count)) if last == term => *count += 1,
                    _ => counted.push((*term, 1)),
                }
            }
            counted
        })
        .collect()
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
