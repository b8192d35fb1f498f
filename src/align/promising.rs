//! Which pairs of units are worth a look: vectors in, every cosine and the best of each unit out.

use rustc_hash::FxHashMap;

use super::passages::{Weighed, by_key};

/// Pairs of blocks for which every cosine is kept; above it only pairs that share a rare word are. 4 million floats
/// are 16 MB; two policies of 2,000 blocks each, ten times the longest seen in a school, stay below.
pub(super) const DENSE_CELLS: usize = 4_000_000;
/// Pairs below this cosine are never looked at: of hand-labelled links with less, none could be told from chance.
pub(super) const LEAST_WORD: f32 = 0.05;
/// Best partners kept for each block. 12 hold 98.9 % of the hand-labelled links of nursery policies.
const CANDIDATES: usize = 12;

/// Two units and the cosine of their words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) word: f32,
}

/// Cosines of all pairs of units, or of those that share a rare word.
pub(super) struct Cosines {
    rows: usize,
    columns: usize,
    dense: Vec<f32>,
    sparse: FxHashMap<(u32, u32), f32>,
    /// Why fewer pairs were looked at than there are, if so.
    pub(super) coarse: Option<String>,
}

impl Cosines {
    /// The cosines of units; `kinds_a` and `kinds_b` name the kind of each, and only units of a kind have one.
    pub(super) fn of<K: PartialEq>(units: &Weighed, kinds_a: &[K], kinds_b: &[K]) -> Self {
        let (rows, columns) = (units.a.len(), units.b.len());
        let cells = rows.saturating_mul(columns);
        let is_dense = cells <= DENSE_CELLS;
        // Where all pairs are too many, words that stand in more than one block of fifty bring no new pair.
        let most = if is_dense { usize::MAX } else { (rows + columns) / 50 };
        let mut dense = vec![0.0; if is_dense { cells } else { columns }];
        let mut sparse = FxHashMap::default();
        for (i, kind) in kinds_a.iter().enumerate() {
            let from = if is_dense { i * columns } else { 0 };
            let row = &mut dense[from..from + columns];
            units.a.cosines(i, &units.b, most, row);
            for (cosine, other) in row.iter_mut().zip(kinds_b) {
                *cosine = if kind == other { *cosine } else { 0.0 };
            }
            if !is_dense {
                let worth = (0u32..).zip(row).filter(|(_, w)| **w >= LEAST_WORD);
                sparse.extend(worth.map(|(j, w)| ((i as u32, j), *w)));
            }
        }
        let coarse = (!is_dense).then(|| {
            format!("{rows} and {columns} passages are too many to compare each with each: only those that share an unusual word were")
        });
        Self { rows, columns, dense, sparse, coarse }
    }

    /// The cosine of two units; 0.0 if one of them does not exist.
    pub(super) fn get(&self, i: usize, j: usize) -> f32 {
        if i >= self.rows || j >= self.columns {
            0.0
        } else if self.coarse.is_none() {
            self.dense[i * self.columns + j]
        } else {
            self.sparse.get(&(i as u32, j as u32)).copied().unwrap_or(0.0)
        }
    }

    /// The pairs that are among the best of their row or of their column, in order of row, then column: at most [`CANDIDATES`]
    /// for each, however many are alike.
    pub(super) fn promising(&self) -> Vec<Pair> {
        best_of_lines(self.all(), self.rows, self.columns)
    }

    /// All pairs with a cosine worth looking at, in order of row, then column.
    fn all(&self) -> Vec<Pair> {
        if self.coarse.is_some() {
            let pairs = self.sparse.iter().map(|((a, b), word)| Pair { a: *a, b: *b, word: *word });
            let mut all: Vec<Pair> = pairs.collect();
            all.sort_unstable_by_key(|p| (p.a, p.b));
            return all;
        }
        let mut all = Vec::with_capacity(self.dense.iter().filter(|word| **word >= LEAST_WORD).count());
        for (a, row) in (0u32..).zip(self.dense.chunks_exact(self.columns.max(1))) {
            for (b, word) in (0u32..).zip(row) {
                if *word >= LEAST_WORD {
                    all.push(Pair { a, b, word: *word });
                }
            }
        }
        all
    }
}

/// How well a pair stands in its line, less being better: by its cosine; of equal cosines the pair that stands nearer in place
/// is better, then the one before: the same seen from either side.
fn key(word: f32, apart: u32, other: u32) -> u64 {
    // Cosines are positive: their bits sort as they do. A place is a block's, of which a document has fewer than 2²².
    u64::from(!word.to_bits()) << 32 | u64::from(apart) << 22 | u64::from(other)
}

fn best_of_lines(mut all: Vec<Pair>, rows: usize, columns: usize) -> Vec<Pair> {
    let places = Places::of(rows, columns);
    let in_row = |p: &Pair| key(p.word, places.apart(p.a as usize, p.b as usize), p.b);
    let in_column = |p: &Pair| key(p.word, places.apart(p.a as usize, p.b as usize), p.a);
    let mut keys: Vec<u64> = Vec::new();
    // The key of the last that is kept of a line, or more than any.
    let mut last = |line: &mut dyn Iterator<Item = u64>| {
        keys.clear();
        keys.extend(line);
        if keys.len() > CANDIDATES { *keys.select_nth_unstable(CANDIDATES - 1).1 } else { u64::MAX }
    };
    let mut last_of_row = vec![u64::MAX; rows];
    for row in all.chunk_by(|x, y| x.a == y.a) {
        last_of_row[row[0].a as usize] = last(&mut row.iter().map(in_row));
    }
    let column_of: Vec<u32> = all.iter().map(|p| p.b).collect();
    let (starts, order) = by_key(&column_of, columns);
    let last_of_column: Vec<u64> = starts
        .windows(2)
        .map(|span| {
            let column = order[span[0] as usize..span[1] as usize].iter().map(|at| &all[*at as usize]);
            last(&mut column.map(in_column))
        })
        .collect();
    all.retain(|p| in_row(p) <= last_of_row[p.a as usize] || in_column(p) <= last_of_column[p.b as usize]);
    all
}

/// Where units stand in their documents, in thousandths of the length.
pub(super) struct Places {
    a: Vec<u32>,
    b: Vec<u32>,
}

impl Places {
    pub(super) fn of(rows: usize, columns: usize) -> Self {
        let places = |n: usize| (0..n).map(|k| ((2 * k + 1) * 500 / n) as u32).collect();
        Self { a: places(rows), b: places(columns) }
    }

    /// How far apart two units stand: 0 to 1,000.
    pub(super) fn apart(&self, i: usize, j: usize) -> u32 {
        self.a[i].abs_diff(self.b[j])
    }
}

#[cfg(test)]
mod tests {
    use super::{CANDIDATES, Pair, best_of_lines};

    #[test]
    fn passages_that_are_all_alike_make_few_candidates() {
        let n = 300u32;
        let all: Vec<_> = (0..n * n).map(|k| Pair { a: k / n, b: k % n, word: 0.5 }).collect();
        let kept = best_of_lines(all, n as usize, n as usize);
        assert!((n as usize..=2 * CANDIDATES * n as usize).contains(&kept.len()), "{}", kept.len());
        assert!((0..n).all(|i| kept.contains(&Pair { a: i, b: i, word: 0.5 })));
    }
}
