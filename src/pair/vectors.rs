//! Documents as vectors of weighted words: documents in, one sparse vector each out.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::document::{Class, Document};

/// Words and their weights, ascending by word.
pub(super) type Vector = Vec<(u64, f32)>;

/// The stems of a document's words and how often each stands, ascending.
pub(super) type Stems = Vec<(u64, u32)>;

/// Counts the stems of each document; one entry a document.
pub(super) fn stems(documents: &[Document]) -> Vec<Stems> {
    documents.par_iter().map(counted).collect()
}

fn counted(document: &Document) -> Stems {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let blocks = 0..document.blocks.len() as u32;
    for token in blocks.flat_map(|b| document.tokens(b)).filter(|t| t.class == Class::Word) {
        *counts.entry(token.stem).or_insert(0) += 1;
    }
    let mut counts: Stems = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

/// Inverse document frequency of every stem of these documents, never below 0.
pub(super) fn rarity(stems: &[Stems], documents: &[usize]) -> FxHashMap<u64, f32> {
    let mut frequency: FxHashMap<u64, u32> = FxHashMap::default();
    for (stem, _) in documents.iter().flat_map(|d| &stems[*d]) {
        *frequency.entry(*stem).or_insert(0) += 1;
    }
    let total = documents.len() as f32 + 1.0;
    frequency.into_iter().map(|(stem, n)| (stem, (total / (n as f32 + 0.5)).ln().max(0.0))).collect()
}

/// The vector of one document, of length 1: log term frequency × inverse document frequency.
pub(super) fn vector(counts: &Stems, rarity: &FxHashMap<u64, f32>) -> Vector {
    let weight = |stem: &u64, n: u32| (1.0 + (n as f32).ln()) * rarity.get(stem).copied().unwrap_or(0.0);
    let mut vector: Vector = counts.iter().map(|(stem, n)| (*stem, weight(stem, *n))).collect();
    normalise(&mut vector);
    vector
}

/// Makes a vector's length 1.
pub(super) fn normalise(vector: &mut Vector) {
    let norm = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    for (_, weight) in vector {
        *weight /= norm;
    }
}
