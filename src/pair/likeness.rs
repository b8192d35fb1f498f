//! How alike two documents are: words, titles and topics in, scores, confidence and reasons out.
//!
//! The content score is the cosine of the documents' word vectors (log term frequency × inverse document frequency over all
//! documents of both schools). Titles add to it, an equal topic adds, topics that are known to be confused take away. On labelled
//! folders cosine + 0.3 × title alone put 18 of 19 partners first.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::document::{Class, Document, Partnership};
use crate::knowledge::Knowledge;
use crate::knowledge::topics::name_words;

use super::{Confidence, Unpaired};

const TITLE: f32 = 0.3;
const SAME_TOPIC: f32 = 0.35;
/// Two recognised topics that differ: one of the titles misleads, or they are not a pair.
const OTHER_TOPIC: f32 = 0.3;

/// In thousandths: a pair with this score needs no look; with less it is likely; below that a question; below that nothing.
const SURE: i32 = 620;
const LIKELY: i32 = 430;
const QUESTION: i32 = 300;
/// A sure pair stands out from the next best by this much, for either document.
const CLEAR: i32 = 120;

/// A possible pair.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub(super) a: usize,
    pub(super) b: usize,
    /// In thousandths; may be above 1000.
    pub(super) score: i32,
    words: f32,
    title: f32,
    same_topic: bool,
    other_topic: bool,
}

/// All scores between the two schools.
#[derive(Debug)]
pub(super) struct Likeness {
    scored: Vec<Scored>,
    by_pair: FxHashMap<(usize, usize), usize>,
}

impl Likeness {
    /// Scores every document of the first school with every one of the second.
    pub(super) fn of(
        documents: &[Document],
        stems: &[Stems],
        first: &[usize],
        second: &[usize],
        topics: &[Option<String>],
    ) -> Self {
        let vectors = vectors(stems, first, second);
        let empty = Vec::new();
        let of = |d: &usize| vectors.get(d).unwrap_or(&empty);
        // Where each word stands in the second school's documents: one step for each word that two documents share.
        let mut postings: FxHashMap<u64, Vec<(usize, f32)>> = FxHashMap::default();
        for (column, b) in second.iter().enumerate() {
            for (stem, weight) in of(b) {
                postings.entry(*stem).or_default().push((column, *weight));
            }
        }
        let titles: Vec<Vec<String>> = documents.iter().map(|d| name_words(&d.title)).collect();
        let mut scored = Vec::new();
        let mut by_pair = FxHashMap::default();
        let mut cosines = vec![0.0f32; second.len()];
        for a in first {
            cosines.fill(0.0);
            // In order of stems, so that each sum is the same float whichever school comes first.
            for (stem, weight) in of(a) {
                for (column, other) in postings.get(stem).into_iter().flatten() {
                    cosines[*column] += weight * other;
                }
            }
            for (b, words) in second.iter().zip(cosines.iter().copied()) {
                let title = dice(&titles[*a], &titles[*b]);
                let (same_topic, other_topic) = match (&topics[*a], &topics[*b]) {
                    (Some(x), Some(y)) => (x == y, x != y),
                    _ => (false, false),
                };
                let mut score = words + TITLE * title;
                score += if same_topic { SAME_TOPIC } else { 0.0 };
                score -= if other_topic { OTHER_TOPIC } else { 0.0 };
                by_pair.insert((*a, *b), scored.len());
                let score = (score * 1000.0).round() as i32;
                scored.push(Scored { a: *a, b: *b, score, words, title, same_topic, other_topic });
            }
        }
        Self { scored, by_pair }
    }

    /// The possible pairs that pass a test.
    pub(super) fn scored(&self, keep: impl Fn(usize, usize) -> bool) -> Vec<Scored> {
        self.scored.iter().filter(|s| s.score >= QUESTION && keep(s.a, s.b)).cloned().collect()
    }

    /// Cosine of two documents' words.
    pub(super) fn words(&self, a: usize, b: usize) -> f32 {
        self.by_pair.get(&(a, b)).and_then(|at| self.scored.get(*at)).map_or(0.0, |s| s.words)
    }

    /// How sure a pair is, beside what else each of the two could be paired with.
    pub(super) fn confidence(&self, c: &Scored, free_a: &[usize], free_b: &[usize]) -> Option<Confidence> {
        let rival = self
            .scored
            .iter()
            .filter(|s| (s.a == c.a) != (s.b == c.b) && free_a.contains(&s.a) && free_b.contains(&s.b))
            .map(|s| s.score)
            .max()
            .unwrap_or(0);
        let clear = c.score - rival >= CLEAR;
        if c.other_topic && c.score < SURE {
            return (c.score >= LIKELY).then_some(Confidence::Question);
        }
        if c.score >= SURE && clear {
            Some(Confidence::Sure)
        } else if c.score >= LIKELY && clear || c.score >= SURE {
            Some(Confidence::Likely)
        } else if c.score >= QUESTION {
            Some(Confidence::Question)
        } else {
            None
        }
    }

    /// Why two documents are put together.
    pub(super) fn because(
        &self,
        c: &Scored,
        documents: &[Document],
        topics: &[Option<String>],
        knowledge: &Knowledge,
    ) -> Vec<String> {
        let mut out = Vec::new();
        let name =
            |d: usize| topics[d].as_deref().and_then(|t| knowledge.topics().get(t)).map(|t| t.title.clone());
        if c.same_topic {
            let topic = name(c.a).unwrap_or_else(|| topics[c.a].clone().unwrap_or_default());
            out.push(format!("Both are about: {topic}."));
        }
        if c.other_topic
            && let (Some(x), Some(y)) = (name(c.a), name(c.b))
        {
            out.push(format!(
                "By their titles one is about “{x}” and the other about “{y}”, but their texts are alike."
            ));
        }
        if c.title >= 0.99 {
            out.push("Their titles say the same.".into());
        } else if c.title >= 0.5 {
            out.push(format!(
                "Their titles are alike: “{}” and “{}”.",
                documents[c.a].title, documents[c.b].title
            ));
        } else {
            out.push(format!(
                "Their titles differ: “{}” and “{}”.",
                documents[c.a].title, documents[c.b].title
            ));
        }
        out.push(match c.words {
            w if w >= 0.6 => "Their texts have most of their unusual words in common.".into(),
            w if w >= 0.3 => "Their texts have many of their unusual words in common.".into(),
            w if w >= 0.12 => "Their texts have some of their unusual words in common.".into(),
            _ => "Their texts have few unusual words in common.".into(),
        });
        out
    }

    /// Why a document has no partner, and what comes nearest.
    pub(super) fn unpaired(
        &self,
        document: usize,
        others: &[usize],
        documents: &[Document],
        topics: &[Option<String>],
        partnership: &Partnership,
        knowledge: &Knowledge,
    ) -> Unpaired {
        let mut near: Vec<&Scored> =
            self.scored.iter().filter(|s| s.a == document || s.b == document).collect();
        let other = |s: &Scored| if s.a == document { s.b } else { s.a };
        near.sort_by_key(|s| (std::cmp::Reverse(s.score), other(s)));
        let nearest: Vec<usize> = near
            .iter()
            .filter(|s| s.score >= 120)
            .map(|s| other(s))
            .filter(|o| others.contains(o))
            .take(3)
            .collect();
        let mine = &documents[document].school;
        let school = partnership
            .schools
            .iter()
            .find(|s| s.id != *mine)
            .map_or("the other school", |s| s.name.as_str());
        let topic = topics[document].as_deref().and_then(|t| knowledge.topics().get(t));
        let because = match topic {
            Some(t) if t.phase.is_some() => {
                format!("“{}” belongs to a phase that {school} does not teach.", t.title)
            }
            Some(t) => format!("{school} has no file about: {}.", t.title),
            None => format!("No file of {school} is like it."),
        };
        Unpaired { document, because, nearest }
    }
}

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

/// Word vectors by document: stem and weight, ascending by stem, of length 1.
fn vectors(stems: &[Stems], first: &[usize], second: &[usize]) -> FxHashMap<usize, Vec<(u64, f32)>> {
    let counted: Vec<(usize, &Stems)> = first.iter().chain(second).map(|d| (*d, &stems[*d])).collect();
    let mut frequency: FxHashMap<u64, u32> = FxHashMap::default();
    for (stem, _) in counted.iter().flat_map(|(_, c)| *c) {
        *frequency.entry(*stem).or_insert(0) += 1;
    }
    let total = counted.len() as f32;
    counted
        .into_iter()
        .map(|(d, counts)| {
            let mut vector: Vec<(u64, f32)> = counts
                .iter()
                .map(|(stem, n)| {
                    let df = frequency.get(stem).copied().unwrap_or(1) as f32;
                    (*stem, (1.0 + (*n as f32).ln()) * ((total + 1.0) / (df + 0.5)).ln().max(0.0))
                })
                .collect();
            let norm = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            for (_, weight) in &mut vector {
                *weight /= norm;
            }
            (d, vector)
        })
        .collect()
}

/// Shared share of two titles' words: 0.0 none, 1.0 the same.
fn dice(x: &[String], y: &[String]) -> f32 {
    let shared = x.iter().filter(|w| y.contains(w)).count();
    2.0 * shared as f32 / (x.len() + y.len()).max(1) as f32
}
