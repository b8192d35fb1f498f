//! How well each block of one document matches each of the other: vectors in, a score for every promising pair out.
//!
//! Pairs worth a look are the best of their row or column by the cosine of their words; [`super::measures`] makes a score of
//! what is known of each.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::document::{BlockId, Document};

use super::measures::{Measures, Within, rarity_of};
use super::terms::{Numbered, Terms, Vector, common, cosines, sum};
use super::votes::votes;

/// Pairs of blocks for which every cosine is kept; above it only pairs that share a rare word are. 4 million floats
/// are 16 MB; two policies of 2,000 blocks each, ten times the longest seen in a school, stay below.
pub(super) const DENSE_CELLS: usize = 4_000_000;

/// Pairs below this cosine are never looked at: of hand-labelled links with less, none could be told from chance.
const LEAST_WORD: f32 = 0.05;
/// Two blocks with a cosine from here on say the same, however short they are and however few words there are to tell them apart.
const SAME: f32 = 0.95;
/// Best partners kept for each block. 12 hold 98.9 % of the hand-labelled links of nursery policies.
const CANDIDATES: usize = 12;
/// A neighbour two blocks away counts a little less than one next to it.
const FARTHER: f32 = 0.8;

/// A pair that may be linked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) a: usize,
    pub(super) b: usize,
    /// Probability of being a link, in millionths, so that comparing never hangs on the last bit of a float.
    pub(super) score: u32,
    /// How far apart the two stand in their documents, in thousandths of the length: breaks ties.
    pub(super) apart: u32,
    /// Whether the words are the same, or a sentence of one stands out as the counterpart of a sentence of the other.
    pub(super) voted: bool,
}

/// What the assignment works on.
pub(super) struct Scores {
    /// In order of a, then b.
    pub(super) candidates: Vec<Candidate>,
    /// The section of each unit of the first document: equal numbers, one section.
    pub(super) sections_a: Vec<usize>,
    /// The same of the second.
    pub(super) sections_b: Vec<usize>,
    /// Why fewer pairs were looked at than there are, if so.
    pub(super) coarse: Option<String>,
}

/// Scores every promising pair of units.
pub(super) fn score(
    a: &Document,
    units_a: &[BlockId],
    b: &Document,
    units_b: &[BlockId],
    numbered: &Numbered,
    terms: &Terms,
) -> Scores {
    let (rows, columns) = (units_a.len(), units_b.len());
    let words = Cosines::of(terms, rows, columns, |i, j| {
        let role = |d: &Document, u: &BlockId| d.blocks.get(*u as usize).map(|b| b.role);
        match (role(a, &units_a[i]), role(b, &units_b[j])) {
            (Some(x), Some(y)) => super::comparable(x, y),
            _ => false,
        }
    });
    let (section_of_a, sections_a) = sections(a, units_a, &terms.a);
    let (section_of_b, sections_b) = sections(b, units_b, &terms.b);
    let between = cosines(&sections_a, &sections_b, terms.rarity.len());
    let all = words.all();
    let votes = votes(numbered, DENSE_CELLS);
    let promising = promising(all, rows, columns);
    let related = related(&promising, terms);
    let raw: Vec<Raw> = promising
        .into_iter()
        .map(|(i, j, word)| {
            let (shared, _) = common(&terms.a[i], &terms.b[j], &terms.rarity);
            Raw { a: i, b: j, word, shared, sentence: votes.best(i, j) }
        })
        .collect();
    let bests = [|r: &Raw| r.word, |r: &Raw| r.shared, |r: &Raw| r.sentence]
        .map(|measure| Best::of(&raw, measure, rows, columns));
    let mut within = Within::of(numbered, terms);
    let mut candidates = Vec::with_capacity(raw.len());
    for r in &raw {
        let (i, j) = (r.a, r.b);
        let voted = votes.pairs.contains(&(i, j));
        let [word, shared, sentence] = &bests;
        let measures = Measures {
            word: r.word,
            common: r.shared.ln_1p(),
            section: between[section_of_a[i] * sections_b.len() + section_of_b[j]],
            context: context(&words, i, j, rows, columns),
            sentence: r.sentence,
            within: within.share(i, j),
            related,
            voted,
            word_rank: word.share(r, r.word),
            shared_rank: shared.share(r, r.shared),
            sentence_rank: sentence.share(r, r.sentence),
            shorter: within.shorter(i, j),
        };
        candidates.push(Candidate {
            a: i,
            b: j,
            score: (measures.score() * 1e6) as u32,
            apart: apart(i, rows, j, columns),
            voted: r.word >= SAME || voted,
        });
    }
    Scores { candidates, sections_a: section_of_a, sections_b: section_of_b, coarse: words.coarse }
}

/// A candidate before it is measured against its rivals.
struct Raw {
    a: usize,
    b: usize,
    word: f32,
    shared: f32,
    sentence: f32,
}

/// The best of each row and column by one measure.
struct Best {
    rows: Vec<f32>,
    columns: Vec<f32>,
}

impl Best {
    fn of(raw: &[Raw], measure: fn(&Raw) -> f32, rows: usize, columns: usize) -> Self {
        let mut best = Self { rows: vec![LEAST_WORD; rows], columns: vec![LEAST_WORD; columns] };
        for r in raw {
            best.rows[r.a] = best.rows[r.a].max(measure(r));
            best.columns[r.b] = best.columns[r.b].max(measure(r));
        }
        best
    }

    /// A value as a share of the best in its row and in its column.
    fn share(&self, r: &Raw, value: f32) -> [f32; 2] {
        [value / self.rows[r.a], value / self.columns[r.b]]
    }
}

/// How much the documents have to do with each other: the mean of the units' best cosines, long units counting more; of the
/// document that is covered better. About .2 for policies written apart, over .5 for those with one ancestor.
fn related(promising: &[(usize, usize, f32)], terms: &Terms) -> f32 {
    let mut best = [vec![0.0f32; terms.a.len()], vec![0.0f32; terms.b.len()]];
    for (i, j, word) in promising {
        best[0][*i] = best[0][*i].max(*word);
        best[1][*j] = best[1][*j].max(*word);
    }
    let mean = |best: &[f32], vectors: &[Vector]| {
        let weights = vectors.iter().map(|v| rarity_of(v, &terms.rarity));
        let (sum, of) = best.iter().zip(weights).fold((0.0, 0.0), |(sum, of), (b, w)| (sum + b * w, of + w));
        if of > 0.0 { sum / of } else { 0.0 }
    };
    mean(&best[0], &terms.a).max(mean(&best[1], &terms.b))
}

/// The section of each unit (a place in the list of sections) and each section's vector.
fn sections(document: &Document, units: &[BlockId], vectors: &[Vector]) -> (Vec<usize>, Vec<Vector>) {
    let mut of = Vec::with_capacity(units.len());
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut known: FxHashMap<Option<BlockId>, usize> = FxHashMap::default();
    for (place, unit) in units.iter().enumerate() {
        let parent = document.blocks.get(*unit as usize).and_then(|b| b.parent);
        let section = *known.entry(parent).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[section].push(place);
        of.push(section);
    }
    let sums = members.iter().map(|m| sum(m.iter().map(|place| &vectors[*place]))).collect();
    (of, sums)
}

/// Mean of the best match before and the best match after, one or two blocks away.
fn context(words: &Cosines, i: usize, j: usize, rows: usize, columns: usize) -> f32 {
    let mut after: f32 = 0.0;
    let mut before: f32 = 0.0;
    for p in 1..=2 {
        for q in 1..=2 {
            let share = if p == 1 && q == 1 { 1.0 } else { FARTHER };
            if i + p < rows && j + q < columns {
                after = after.max(share * words.get(i + p, j + q));
            }
            if i >= p && j >= q {
                before = before.max(share * words.get(i - p, j - q));
            }
        }
    }
    f32::midpoint(after, before)
}

/// Cosines of all pairs, or of those that share a rare word.
struct Cosines {
    columns: usize,
    dense: Vec<f32>,
    sparse: FxHashMap<(u32, u32), f32>,
    coarse: Option<String>,
}

impl Cosines {
    fn of(terms: &Terms, rows: usize, columns: usize, comparable: impl Fn(usize, usize) -> bool) -> Self {
        let cells = rows.saturating_mul(columns);
        let is_dense = cells <= DENSE_CELLS;
        // Where all pairs are too many, words that stand in more than one block of fifty bring no new pair.
        let most = if is_dense { usize::MAX } else { (rows + columns) / 50 };
        let mut dense = vec![0.0; if is_dense { cells } else { 0 }];
        let mut sparse = FxHashMap::default();
        each_row(terms, most, |i, row| {
            for (j, value) in row.iter().enumerate() {
                if *value > 0.0 && comparable(i, j) {
                    if is_dense {
                        dense[i * columns + j] = *value;
                    } else if *value >= LEAST_WORD {
                        sparse.insert((i as u32, j as u32), *value);
                    }
                }
            }
        });
        let coarse = (!is_dense).then(|| {
            format!("{rows} and {columns} passages are too many to compare each with each: only those that share an unusual word were")
        });
        Self { columns, dense, sparse, coarse }
    }

    fn get(&self, i: usize, j: usize) -> f32 {
        if self.coarse.is_none() {
            self.dense[i * self.columns + j]
        } else {
            self.sparse.get(&(i as u32, j as u32)).copied().unwrap_or(0.0)
        }
    }

    /// All pairs with a cosine worth looking at, in order of row, then column.
    fn all(&self) -> Vec<(usize, usize, f32)> {
        if self.coarse.is_none() {
            let cells = self.dense.iter().enumerate().filter(|(_, w)| **w >= LEAST_WORD);
            return cells.map(|(k, w)| (k / self.columns, k % self.columns, *w)).collect();
        }
        let mut all: Vec<_> = self.sparse.iter().map(|((i, j), w)| (*i as usize, *j as usize, *w)).collect();
        all.sort_unstable_by_key(|(i, j, _)| (*i, *j));
        all
    }
}

/// Cosines of all passages of one document with all of the other, a row at a time; words that stand in more than `most`
/// passages are passed over.
pub(super) fn each_row(terms: &Terms, most: usize, mut see: impl FnMut(usize, &[f32])) {
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); terms.rarity.len()];
    for (j, vector) in (0..).zip(&terms.b) {
        for entry in &vector.entries {
            postings[entry.term as usize].push((j, entry.weight));
        }
    }
    let mut counts: Vec<usize> = postings.iter().map(Vec::len).collect();
    for entry in terms.a.iter().flat_map(|v| &v.entries) {
        counts[entry.term as usize] += 1;
    }
    let mut row = vec![0.0f32; terms.b.len()];
    for (i, vector) in terms.a.iter().enumerate() {
        row.fill(0.0);
        for entry in vector.entries.iter().filter(|e| counts[e.term as usize] <= most) {
            for (j, weight) in &postings[entry.term as usize] {
                row[*j as usize] += entry.weight * weight;
            }
        }
        for (dot, other) in row.iter_mut().zip(&terms.b) {
            if *dot > 0.0 {
                *dot /= vector.norm * other.norm;
            }
        }
        see(i, &row);
    }
}

/// The pairs that are among the best of their row or of their column: at most [`CANDIDATES`] for each, however many are alike.
fn promising(all: Vec<(usize, usize, f32)>, rows: usize, columns: usize) -> Vec<(usize, usize, f32)> {
    // Of equal cosines the pair that stands nearer in place is better, then the one before: the same seen from either side.
    type Key = (Reverse<u32>, u32, usize);
    let key = |i: usize, j: usize, w: f32, other: usize| -> Key {
        (Reverse(w.to_bits()), apart(i, rows, j, columns), other) // cosines are positive: their bits sort as they do
    };
    let mut in_row: Vec<Vec<Key>> = vec![Vec::new(); rows];
    let mut in_column: Vec<Vec<Key>> = vec![Vec::new(); columns];
    for (i, j, w) in &all {
        in_row[*i].push(key(*i, *j, *w, *j));
        in_column[*j].push(key(*i, *j, *w, *i));
    }
    let last =
        |keys: &mut Vec<Key>| (keys.len() > CANDIDATES).then(|| *keys.select_nth_unstable(CANDIDATES - 1).1);
    let row_last: Vec<Option<Key>> = in_row.iter_mut().map(last).collect();
    let column_last: Vec<Option<Key>> = in_column.iter_mut().map(last).collect();
    let within = |last: Option<Key>, key: Key| last.is_none_or(|last| key <= last);
    all.into_iter()
        .filter(|(i, j, w)| {
            within(row_last[*i], key(*i, *j, *w, *j)) || within(column_last[*j], key(*i, *j, *w, *i))
        })
        .collect()
}

/// How far apart two units stand in their documents, in thousandths of the length.
fn apart(i: usize, rows: usize, j: usize, columns: usize) -> u32 {
    let place = |k: usize, n: usize| (2 * k + 1) as i64 * 500 / n as i64;
    (place(i, rows) - place(j, columns)).unsigned_abs() as u32
}

#[cfg(test)]
mod tests {
    use super::{CANDIDATES, promising};

    #[test]
    fn passages_that_are_all_alike_make_few_candidates() {
        let n = 300;
        let all: Vec<_> = (0..n * n).map(|k| (k / n, k % n, 0.5)).collect();
        let kept = promising(all, n, n);
        assert!((n..=2 * CANDIDATES * n).contains(&kept.len()), "{}", kept.len());
        assert!((0..n).all(|i| kept.contains(&(i, i, 0.5))));
    }
}
