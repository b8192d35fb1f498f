//! Passages as vectors of weighted terms, two documents' at a time: terms in, vectors and their cosines out.
//!
//! A passage's weight of a term is (1 + ln of its count) × how few passages of both documents the term stands in. Sums run over
//! terms in ascending order everywhere, so that each is the same float whichever document comes first.
//!
//! Cost: linear in the terms; a row of cosines takes one step for each passage of the other side and term in common.

/// In fewer passages than a short policy has, how many a word stands in says little: there are taken to be this many.
const LEAST_PASSAGES: usize = 40;

/// A term in a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) passage: u32,
    /// (1 + ln of its count) × its rarity.
    pub(super) weight: f32,
}

/// Passages of one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    /// First entry of each passage in `terms` and `weights`, and the end.
    starts: Vec<u32>,
    terms: Vec<u32>,
    weights: Vec<f32>,
    /// Length of each passage's vector.
    norms: Vec<f32>,
    /// First posting of each term, and the end.
    firsts: Vec<u32>,
    /// By term, then passage.
    postings: Vec<Posting>,
}

/// Passages of both documents.
pub(super) struct Weighed {
    pub(super) a: Passages,
    pub(super) b: Passages,
    /// Inverse passage frequency by term.
    pub(super) rarity: Vec<f32>,
}

/// Weighs passages given as terms and where each passage's terms end.
pub(super) fn weigh(a: (&[u32], &[u32]), b: (&[u32], &[u32]), terms: usize) -> Weighed {
    let (of_a, of_b) = (counted(a, terms), counted(b, terms));
    let total = (a.1.len() + b.1.len()).max(LEAST_PASSAGES) as f32;
    let frequency = of_a.passages_with().zip(of_b.passages_with()).map(|(x, y)| x + y);
    let rarity: Vec<f32> = frequency.map(|df| ((total + 1.0) / (df as f32 + 0.5)).ln()).collect();
    Weighed { a: of_a.weighed(a.1.len(), &rarity), b: of_b.weighed(b.1.len(), &rarity), rarity }
}

/// How often each term stands in each passage that holds it: by term, then passage.
struct Counted {
    firsts: Vec<u32>,
    /// Passage and count.
    postings: Vec<(u32, u32)>,
}

fn counted((terms, ends): (&[u32], &[u32]), of: usize) -> Counted {
    let (starts, order) = by_key(terms, of);
    let mut postings: Vec<(u32, u32)> = Vec::with_capacity(terms.len());
    let mut passage_of = Vec::with_capacity(terms.len());
    for (passage, end) in (0u32..).zip(ends) {
        passage_of.resize(*end as usize, passage);
    }
    let mut firsts = Vec::with_capacity(of + 1);
    for span in starts.windows(2) {
        let first = postings.len();
        firsts.push(first as u32);
        for place in &order[span[0] as usize..span[1] as usize] {
            let passage = passage_of[*place as usize];
            match postings.get_mut(first..).and_then(<[_]>::last_mut) {
                Some((last, count)) if *last == passage => *count += 1,
                _ => postings.push((passage, 1)),
            }
        }
    }
    firsts.push(postings.len() as u32);
    Counted { firsts, postings }
}

impl Counted {
    /// In how many passages each term stands.
    fn passages_with(&self) -> impl Iterator<Item = u32> {
        self.firsts.windows(2).map(|span| span[1] - span[0])
    }

    fn weighed(self, passages: usize, rarity: &[f32]) -> Passages {
        let mut postings = Vec::with_capacity(self.postings.len());
        for (span, rarity) in self.firsts.windows(2).zip(rarity) {
            for (passage, count) in &self.postings[span[0] as usize..span[1] as usize] {
                let times = if *count == 1 { 1.0 } else { 1.0 + (*count as f32).ln() };
                postings.push(Posting { passage: *passage, weight: times * rarity });
            }
        }
        Passages::of(self.firsts, postings, passages)
    }
}

impl Passages {
    /// Passages by the passages that each term stands in.
    fn of(firsts: Vec<u32>, postings: Vec<Posting>, passages: usize) -> Self {
        let mut starts = vec![0u32; passages + 1];
        for posting in &postings {
            starts[posting.passage as usize + 1] += 1;
        }
        for at in 0..passages {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut terms = vec![0; postings.len()];
        let mut weights = vec![0.0; postings.len()];
        let mut norms = vec![0.0f32; passages];
        for (term, span) in (0u32..).zip(firsts.windows(2)) {
            for Posting { passage, weight } in &postings[span[0] as usize..span[1] as usize] {
                let slot = &mut next[*passage as usize];
                terms[*slot as usize] = term;
                weights[*slot as usize] = *weight;
                *slot += 1;
                norms[*passage as usize] += weight * weight;
            }
        }
        for norm in &mut norms {
            *norm = norm.sqrt();
        }
        Self { starts, terms, weights, norms, firsts, postings }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.norms.len()
    }

    fn range(&self, passage: usize) -> std::ops::Range<usize> {
        self.starts[passage] as usize..self.starts[passage + 1] as usize
    }

    /// The different terms of a passage, ascending.
    pub(super) fn terms(&self, passage: usize) -> &[u32] {
        &self.terms[self.range(passage)]
    }

    /// The passages that a term stands in, ascending.
    fn postings(&self, term: u32) -> &[Posting] {
        &self.postings[self.firsts[term as usize] as usize..self.firsts[term as usize + 1] as usize]
    }

    /// Puts passages together: `group_of` names the group of each, groups being numbered from 0. A group's vector is the sum of
    /// its passages'.
    pub(super) fn grouped(&self, group_of: &[usize], groups: usize) -> Self {
        let mut firsts = Vec::with_capacity(self.firsts.len());
        let mut postings: Vec<Posting> = Vec::with_capacity(self.postings.len());
        // Where a group's posting of the present term stands, counted from 1.
        let mut slots = vec![0usize; groups];
        for span in self.firsts.windows(2) {
            let first = postings.len();
            firsts.push(first as u32);
            for posting in &self.postings[span[0] as usize..span[1] as usize] {
                let group = group_of[posting.passage as usize];
                // In order of the document, so that the sum is always the same float.
                if slots[group] > first {
                    postings[slots[group] - 1].weight += posting.weight;
                } else {
                    postings.push(Posting { passage: group as u32, weight: posting.weight });
                    slots[group] = postings.len();
                }
            }
        }
        firsts.push(postings.len() as u32);
        Self::of(firsts, postings, groups)
    }

    /// Cosines of one of these passages with all of `others`: 0.0 no word in common, 1.0 the same words; symmetric.
    ///
    /// Terms that stand in more than `most` passages of both sides are passed over; `row` is as long as `others`.
    pub(super) fn cosines(&self, passage: usize, others: &Self, most: usize, row: &mut [f32]) {
        row.fill(0.0);
        let range = self.range(passage);
        for (term, weight) in self.terms[range.clone()].iter().zip(&self.weights[range]) {
            let postings = others.postings(*term);
            if most < usize::MAX && postings.len() + self.postings(*term).len() > most {
                continue;
            }
            for other in postings {
                if let Some(cell) = row.get_mut(other.passage as usize) {
                    *cell += weight * other.weight;
                }
            }
        }
        let norm = self.norms[passage];
        for (dot, other) in row.iter_mut().zip(&others.norms) {
            *dot = if *dot > 0.0 { *dot / (norm * other) } else { 0.0 };
        }
    }
}

/// Puts places in order of their keys, those with the same key in order of place: where each key's places start, and the end;
/// and the places. Keys are below `keys`. Cost: linear.
pub(super) fn by_key(key_of: &[u32], keys: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; keys + 1];
    for key in key_of {
        starts[*key as usize + 1] += 1;
    }
    for at in 0..keys {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut places = vec![0u32; key_of.len()];
    for (place, key) in (0u32..).zip(key_of) {
        let slot = &mut next[*key as usize];
        places[*slot as usize] = place;
        *slot += 1;
    }
    (starts, places)
}
