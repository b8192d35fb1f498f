//! Two sequences of passages in, one merged sequence out: what stays, what went, what came, what moved.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A paragraph, table or row, as far as it is aligned.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// Of everything a reader sees.
    pub(super) hash: u64,
    /// Fingerprints of its words, ascending.
    pub(super) words: Vec<u64>,
    /// Only units of the same kind correspond.
    pub(super) kind: u8,
}

/// One step of the merged sequence; indices into the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Pair(usize, usize),
    Gone(usize),
    New(usize),
    /// What was here is now at the second index.
    From(usize, usize),
    /// What is here was at the first index.
    To(usize, usize),
}

/// Least share of common words for a pair in the same place; alone between two pairs a fifth is enough, as nothing else can correspond.
const ALIKE: f32 = 0.4;
const ALIKE_ALONE: f32 = 0.2;
/// Least share of common words, and fewest words, of a passage that moved and was changed: more than chance has among policies.
const MOVED: f32 = 0.6;
const MOVED_WORDS: usize = 5;
/// Comparisons of two passages in one gap; a larger gap is aligned by equal passages alone.
const GAP: usize = 40_000;
/// Passages that may share a word for it to lead to a moved one.
const RARE: usize = 20;

/// Aligns two sequences.
pub(super) fn align(b: &[Unit], a: &[Unit], last_belong: bool) -> Vec<Step> {
    let mut sides = Sides::equal_in_order(b, a);
    sides.equal_elsewhere();
    sides.gaps();
    if let (true, Some(i), Some(j)) = (last_belong, b.len().checked_sub(1), a.len().checked_sub(1))
        && sides.free(i, j)
        && b[i].kind == a[j].kind
    {
        sides.pair(i, j);
    }
    sides.like_elsewhere();
    sides.grow();
    sides.steps()
}

/// Two sequences, and what corresponds so far.
struct Sides<'u> {
    b: &'u [Unit],
    a: &'u [Unit],
    /// For each unit of the first side its partner in the same order.
    to_a: Vec<Option<usize>>,
    /// The same of the second.
    to_b: Vec<Option<usize>>,
    /// Where a unit of the first side has moved to.
    moved: FxHashMap<usize, usize>,
    /// The same from the second side.
    back: FxHashMap<usize, usize>,
}

impl<'u> Sides<'u> {
    /// Passages that are the same in the same order.
    fn equal_in_order(b: &'u [Unit], a: &'u [Unit]) -> Self {
        let (x, y): (Vec<u64>, Vec<u64>) =
            (b.iter().map(|u| u.hash).collect(), a.iter().map(|u| u.hash).collect());
        let mut sides = Self {
            b,
            a,
            to_a: vec![None; b.len()],
            to_b: vec![None; a.len()],
            moved: FxHashMap::default(),
            back: FxHashMap::default(),
        };
        for op in capture_diff_slices(Algorithm::Patience, &x, &y) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|k| sides.pair(old_index + k, new_index + k));
            }
        }
        sides
    }

    /// Sets two units against each other in the common order.
    fn pair(&mut self, i: usize, j: usize) {
        self.to_a[i] = Some(j);
        self.to_b[j] = Some(i);
    }

    /// Takes a unit for one that moved.
    fn moves(&mut self, i: usize, j: usize) {
        self.moved.insert(i, j);
        self.back.insert(j, i);
    }

    /// Whether nothing corresponds to a unit of the first side yet.
    fn free_b(&self, i: usize) -> bool {
        self.to_a[i].is_none() && !self.moved.contains_key(&i)
    }

    /// The same of the second.
    fn free_a(&self, j: usize) -> bool {
        self.to_b[j].is_none() && !self.back.contains_key(&j)
    }

    /// The same of one of each side.
    fn free(&self, i: usize, j: usize) -> bool {
        self.free_b(i) && self.free_a(j)
    }

    /// Passages that stand once on either side, elsewhere.
    fn equal_elsewhere(&mut self) {
        let mut places: FxHashMap<u64, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for (i, unit) in self.b.iter().enumerate() {
            if self.to_a[i].is_none() && unit.words.len() >= MOVED_WORDS {
                places.entry(unit.hash).or_default().0.push(i);
            }
        }
        for (j, unit) in self.a.iter().enumerate() {
            if self.to_b[j].is_none() && unit.words.len() >= MOVED_WORDS {
                places.entry(unit.hash).or_default().1.push(j);
            }
        }
        for (of_b, of_a) in places.values() {
            for (i, j) in of_b.iter().zip(of_a) {
                self.moves(*i, *j);
            }
        }
    }

    /// Pairs of alike passages between two equal ones, in order.
    fn gaps(&mut self) {
        let (b, a) = (self.b, self.a);
        let (mut i, mut j) = (0, 0);
        while i < b.len() || j < a.len() {
            let mut left = Vec::new();
            while i < b.len() && self.to_a[i].is_none() {
                left.extend(self.free_b(i).then_some(i));
                i += 1;
            }
            let mut right = Vec::new();
            while j < a.len() && self.to_b[j].is_none() {
                right.extend(self.free_a(j).then_some(j));
                j += 1;
            }
            i += 1;
            j += 1;
            let (n, m) = (left.len(), right.len());
            if n == 0 || m == 0 || n * m > GAP {
                continue;
            }
            let least = if n == 1 && m == 1 { ALIKE_ALONE } else { ALIKE };
            // Best sum of likeness of pairs in order, from the end.
            let mut best = vec![0f32; (n + 1) * (m + 1)];
            let mut score = vec![0f32; n * m];
            for p in (0..n).rev() {
                for q in (0..m).rev() {
                    let s = likeness(&b[left[p]], &a[right[q]]);
                    score[p * m + q] = s;
                    let skip = best[(p + 1) * (m + 1) + q].max(best[p * (m + 1) + q + 1]);
                    let take = if s >= least { s + best[(p + 1) * (m + 1) + q + 1] } else { 0.0 };
                    best[p * (m + 1) + q] = skip.max(take);
                }
            }
            let (mut p, mut q) = (0, 0);
            while p < n && q < m {
                let here = best[p * (m + 1) + q];
                let s = score[p * m + q];
                if s >= least && here <= s + best[(p + 1) * (m + 1) + q + 1] {
                    self.pair(left[p], right[q]);
                    p += 1;
                    q += 1;
                } else if here <= best[(p + 1) * (m + 1) + q] {
                    p += 1;
                } else {
                    q += 1;
                }
            }
        }
    }

    /// Passages that stand elsewhere with other words in them.
    fn like_elsewhere(&mut self) {
        let mut by_word: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (j, unit) in self.a.iter().enumerate() {
            if self.free_a(j) && unit.words.len() >= MOVED_WORDS {
                let mut words = unit.words.clone();
                words.dedup();
                for word in words {
                    by_word.entry(word).or_default().push(j);
                }
            }
        }
        for (i, unit) in self.b.iter().enumerate() {
            if !self.free_b(i) || unit.words.len() < MOVED_WORDS {
                continue;
            }
            let mut tried: Vec<usize> = unit
                .words
                .iter()
                .filter_map(|w| by_word.get(w))
                .filter(|l| l.len() <= RARE)
                .flatten()
                .copied()
                .collect();
            tried.sort_unstable();
            tried.dedup();
            let scored = tried
                .into_iter()
                .filter(|j| self.free_a(*j))
                .map(|j| ((likeness(unit, &self.a[j]) * 1e6) as u32, j));
            if let Some((score, j)) = scored.max_by_key(|(s, j)| (*s, std::cmp::Reverse(*j)))
                && score as f32 >= MOVED * 1e6
            {
                self.moves(i, j);
            }
        }
    }

    /// A moved passage takes its neighbours along: a heading, an empty line, a sentence that was changed more.
    fn grow(&mut self) {
        let (b, a) = (self.b, self.a);
        let mut open: Vec<(usize, usize)> = self.moved.iter().map(|(i, j)| (*i, *j)).collect();
        open.sort_unstable();
        while let Some((i, j)) = open.pop() {
            let after = (i + 1 < b.len() && j + 1 < a.len()).then_some((i + 1, j + 1));
            let before = (i > 0 && j > 0).then(|| (i - 1, j - 1));
            for (p, q) in after.into_iter().chain(before) {
                if self.free(p, q) && (b[p].hash == a[q].hash || likeness(&b[p], &a[q]) >= ALIKE) {
                    self.moves(p, q);
                    open.push((p, q));
                }
            }
        }
    }

    /// The merged sequence.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.b.len() + self.a.len());
        let (mut i, mut j) = (0, 0);
        while i < self.b.len() || j < self.a.len() {
            if i < self.b.len() && self.to_a[i].is_none() {
                steps.push(self.moved.get(&i).map_or(Step::Gone(i), |to| Step::From(i, *to)));
                i += 1;
            } else if j < self.a.len() && self.to_b[j].is_none() {
                steps.push(self.back.get(&j).map_or(Step::New(j), |from| Step::To(*from, j)));
                j += 1;
            } else {
                steps.push(Step::Pair(i, j));
                i += 1;
                j += 1;
            }
        }
        steps
    }
}

/// Share of common words, 0.0 to 1.0; 0 for units of different kinds.
fn likeness(x: &Unit, y: &Unit) -> f32 {
    if x.kind != y.kind {
        return 0.0;
    }
    let total = x.words.len() + y.words.len();
    if total == 0 {
        return 1.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while let (Some(p), Some(q)) = (x.words.get(i), y.words.get(j)) {
        match p.cmp(q) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    2.0 * shared as f32 / total as f32
}
