//! How alike two documents are: words, titles and topics in, scores, confidence and reasons out.
//!
//! [`super::evidence`] makes a score of what speaks for a pair. Cost: one step for each word that two documents share, and one for
//! each two documents.

use rustc_hash::FxHashMap;

use crate::document::{Document, Partnership};
use crate::knowledge::Knowledge;

use super::evidence::{Evidence, Table};
use super::names::Names;
use super::vectors::{Stems, Vector, rarity, vector};
use super::{Confidence, Unpaired};

/// In thousandths: a pair with this score needs no look; with less it is likely; below that a question; below that nothing.
const SURE: i32 = 800;
const LIKELY: i32 = 500;
const QUESTION: i32 = 300;
/// A sure pair stands out from the next best by this much in log-odds, for either document: with less than 3.3 times its odds, two files
/// could be it.
const CLEAR: f32 = 1.2;
/// A document that comes near one without a partner has at least this score.
const NEAR: i32 = 20;
/// A heading that fits a title this well has its words.
const NAMES_IT: f32 = 0.5;

/// A possible pair.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub(super) a: usize,
    pub(super) b: usize,
    /// In thousandths.
    pub(super) score: i32,
    evidence: Evidence,
}

/// All scores between the two schools.
pub(super) struct Likeness {
    scored: Vec<Scored>,
    by_pair: FxHashMap<(usize, usize), usize>,
    names: Names,
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
        let used: Vec<usize> = first.iter().chain(second).copied().collect();
        let rarity = rarity(stems, &used);
        let [rows, columns] =
            [first, second].map(|side| side.iter().map(|d| vector(&stems[*d], &rarity)).collect::<Vec<_>>());
        let names = Names::of(documents, &used, &rarity);
        let table = Table::of(cosines(&rows, &columns), rows.len(), columns.len());
        let mut scored = Vec::new();
        let mut by_pair = FxHashMap::default();
        for (row, a) in first.iter().enumerate() {
            for (column, b) in second.iter().enumerate() {
                let named = names.spoken_of(*a, &columns[column]) + names.spoken_of(*b, &rows[row]);
                let topics = [&topics[*a], &topics[*b]].map(|t| t.as_deref());
                let evidence = table.evidence(row, column, names.alike(*a, *b), named, topics);
                by_pair.insert((*a, *b), scored.len());
                scored.push(Scored { a: *a, b: *b, score: evidence.pair(), evidence });
            }
        }
        Self { scored, by_pair, names }
    }

    /// The possible pairs that pass a test.
    pub(super) fn scored(&self, keep: impl Fn(usize, usize) -> bool) -> Vec<Scored> {
        self.scored.iter().filter(|s| s.score >= QUESTION && keep(s.a, s.b)).cloned().collect()
    }

    /// How sure a pair is, beside what else each of the two could be paired with.
    pub(super) fn confidence(&self, c: &Scored, free_a: &[usize], free_b: &[usize]) -> Confidence {
        let rival = self
            .scored
            .iter()
            .filter(|s| (s.a == c.a) != (s.b == c.b) && free_a.contains(&s.a) && free_b.contains(&s.b))
            .map(|s| s.evidence.odds())
            .fold(f32::NEG_INFINITY, f32::max);
        let clear = c.evidence.odds() - rival >= CLEAR;
        // Texts alone are never sure: one may be a part of the other, or speak of the same in passing.
        let named = c.evidence.same_topic || c.evidence.title > 0.0;
        if c.score >= SURE && clear && named && !c.evidence.other_topic {
            Confidence::Sure
        } else if c.score >= SURE || c.score >= LIKELY && clear && !c.evidence.other_topic {
            Confidence::Likely
        } else {
            Confidence::Question
        }
    }

    /// How probably the smaller of two documents, the one of them that is not `large`, is a part of the larger, in thousandths; and
    /// the heading of the larger that names it.
    pub(super) fn part(&self, small: usize, large: usize) -> (i32, Option<&str>) {
        let Some(scored) = self.get(small, large) else { return (0, None) };
        let (fit, heading) = self.names.headed(small, large);
        let heading = heading.filter(|_| fit >= NAMES_IT);
        // Two topics in one file: only if it has a section on the other.
        if scored.evidence.other_topic && heading.is_none() {
            return (0, None);
        }
        (scored.evidence.part(fit), heading)
    }

    /// Two documents of different schools.
    fn get(&self, x: usize, y: usize) -> Option<&Scored> {
        let at = self.by_pair.get(&(x, y)).or_else(|| self.by_pair.get(&(y, x)));
        at.and_then(|at| self.scored.get(*at))
    }

    /// Why two documents are put together.
    pub(super) fn because(
        &self,
        a: usize,
        b: usize,
        documents: &[Document],
        topics: &[Option<String>],
        knowledge: &Knowledge,
    ) -> Vec<String> {
        let mut out = Vec::new();
        let Some(Scored { evidence, .. }) = self.get(a, b) else { return out };
        let name =
            |d: usize| topics[d].as_deref().and_then(|t| knowledge.topics().get(t)).map(|t| t.title.clone());
        if evidence.same_topic {
            let topic = name(a).unwrap_or_else(|| topics[a].clone().unwrap_or_default());
            out.push(format!("Both are about: {topic}."));
        }
        if evidence.other_topic
            && let (Some(x), Some(y)) = (name(a), name(b))
        {
            out.push(format!(
                "By their titles one is about “{x}” and the other about “{y}”, but their texts are alike."
            ));
        }
        if evidence.title >= 0.99 {
            out.push("Their titles say the same.".into());
        } else if evidence.title >= 0.5 {
            out.push(format!(
                "Their titles are alike: “{}” and “{}”.",
                documents[a].title, documents[b].title
            ));
        } else {
            out.push(format!("Their titles differ: “{}” and “{}”.", documents[a].title, documents[b].title));
        }
        out.push(match evidence.words {
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
        let near = others.iter().filter_map(|other| Some((self.get(document, *other)?.score, *other)));
        let mut near: Vec<(i32, usize)> = near.filter(|(score, _)| *score >= NEAR).collect();
        near.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
        let nearest: Vec<usize> = near.into_iter().map(|(_, other)| other).take(3).collect();
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
            Some(t) if others.iter().any(|other| topics[*other].as_deref() == Some(t.id.as_str())) => {
                format!("What {school} has about “{}” goes with another file.", t.title)
            }
            Some(t) => format!("{school} has no file about: {}.", t.title),
            None => format!("No file of {school} is like it."),
        };
        Unpaired { document, because, nearest }
    }
}

/// Cosines of all documents of one side with all of the other, row by row. Cost: one step for each word that two documents share.
fn cosines(rows: &[Vector], columns: &[Vector]) -> Vec<f32> {
    let mut postings: FxHashMap<u64, Vec<(usize, f32)>> = FxHashMap::default();
    for (column, vector) in columns.iter().enumerate() {
        for (stem, weight) in vector {
            postings.entry(*stem).or_default().push((column, *weight));
        }
    }
    let mut cosines = vec![0.0f32; rows.len() * columns.len()];
    for (row, vector) in rows.iter().enumerate() {
        // In order of stems, so that each sum is the same float whichever school comes first.
        for (stem, weight) in vector {
            for (column, other) in postings.get(stem).into_iter().flatten() {
                cosines[row * columns.len() + column] += weight * other;
            }
        }
    }
    cosines
}
