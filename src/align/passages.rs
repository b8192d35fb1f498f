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
    let total = (a.1.len() + b.1.len()).max(LEAST_PASSAGES) as f32;
    let (mut of_a, mut of_b) = (Counted::of(a, terms), Counted::of(b, terms));
    let frequency = of_a.firsts.windows(2).zip(of_b.firsts.windows(2));
    let rarity: Vec<f32> = frequency
        .map(|(x, y)| (x[1] - x[0] + y[1] - y[0]) as f32)
        .map(|df| ((total + 1.0) / (df + 0.5)).ln())
        .collect();
    of_a.weigh(&rarity);
    of_b.weigh(&rarity);
    Weighed {
        a: Passages::of(of_a.firsts, of_a.postings, of_a.starts),
        b: Passages::of(of_b.firsts, of_b.postings, of_b.starts),
        rarity,
    }
}

/// How often each term stands in each passage that holds it.
struct Counted {
    /// First posting of each term, and the end.
    firsts: Vec<u32>,
    /// By term, then passage; the weight is the count.
    postings: Vec<Posting>,
    /// How many different terms the passages before each hold, and all of them.
    starts: Vec<u32>,
}

impl Counted {
    fn of((words, ends): (&[u32], &[u32]), terms: usize) -> Self {
        // Twice over the words: to see how many passages each term stands in, and to put them there.
        let mut firsts = vec![0u32; terms + 1];
        let mut seen_in = vec![u32::MAX; terms];
        let mut starts = Vec::with_capacity(ends.len() + 1);
        starts.push(0);
        let mut postings = 0u32;
        for (passage, words) in passages(words, ends) {
            for term in words {
                let seen_in = &mut seen_in[*term as usize];
                if *seen_in != passage {
                    *seen_in = passage;
                    firsts[*term as usize + 1] += 1;
                    postings += 1;
                }
            }
            starts.push(postings);
        }
        add_up(&mut firsts);
        let mut next = firsts.clone();
        let mut postings = vec![Posting { passage: u32::MAX, weight: 0.0 }; postings as usize];
        for (passage, words) in passages(words, ends) {
            for term in words {
                let next = &mut next[*term as usize];
                match postings.get_mut((*next as usize).wrapping_sub(1)) {
                    Some(last) if last.passage == passage && *next > firsts[*term as usize] => {
                        last.weight += 1.0;
                    }
                    _ => {
                        postings[*next as usize] = Posting { passage, weight: 1.0 };
                        *next += 1;
                    }
                }
            }
        }
        Self { firsts, postings, starts }
    }

    /// Makes weights of counts.
    fn weigh(&mut self, rarity: &[f32]) {
        for (span, rarity) in self.firsts.windows(2).zip(rarity) {
            for posting in &mut self.postings[span[0] as usize..span[1] as usize] {
                let count = posting.weight;
                posting.weight = if count == 1.0 { *rarity } else { (1.0 + count.ln()) * rarity };
            }
        }
    }
}

/// Each passage with its words.
fn passages<'w>(words: &'w [u32], ends: &'w [u32]) -> impl Iterator<Item = (u32, &'w [u32])> {
    let starts = std::iter::once(&0).chain(ends);
    (0u32..)
        .zip(starts.zip(ends))
        .map(|(passage, (start, end))| (passage, &words[*start as usize..*end as usize]))
}

/// Turns counts that stand one place up into where each begins.
fn add_up(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

impl Passages {
    /// Passages by the passages that each term stands in, and where each passage's terms are to stand.
    fn of(firsts: Vec<u32>, postings: Vec<Posting>, starts: Vec<u32>) -> Self {
        let mut next = starts.clone();
        let mut terms = vec![0; postings.len()];
        let mut weights = vec![0.0; postings.len()];
        let mut norms = vec![0.0f32; starts.len() - 1];
        for (term, span) in (0u32..).zip(firsts.windows(2)) {
            for Posting { passage, weight } in &postings[span[0] as usize..span[1] as usize] {
                let slot = next[*passage as usize] as usize;
                next[*passage as usize] += 1;
                terms[slot] = term;
                weights[slot] = *weight;
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
        let mut starts = vec![0u32; groups + 1];
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
                    starts[group + 1] += 1;
                }
            }
        }
        firsts.push(postings.len() as u32);
        add_up(&mut starts);
        Self::of(firsts, postings, starts)
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
    add_up(&mut starts);
    let mut next = starts.clone();
    let mut places = vec![0u32; key_of.len()];
    for (place, key) in (0u32..).zip(key_of) {
        let slot = &mut next[*key as usize];
        places[*slot as usize] = place;
        *slot += 1;
    }
    (starts, places)
}
