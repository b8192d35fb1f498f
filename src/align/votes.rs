//! Which units hold a sentence that the other side has too: words in, pairs of units and how alike their best sentences are out.
//!
//! A paragraph that was split, joined or summarised has little in common with its counterpart as a whole, but one of its
//! sentences or list items often stands there nearly as it was. Two sentences vote for the units they stand in if
//! * each is the other's best match (cosine of rare words, counted over sentences),
//! * no other unit has one nearly as good: wording that stands in many places tells nothing, and
//! * they share enough rare words for that not to be chance.
//!
//! The three bars were set on labelled policies together with [`super::assign`]'s; see `similarity` for the figures.

use rustc_hash::FxHashSet;

use super::similarity::each_row;
use super::terms::{Counted, Numbered, Terms, Words, common, count, weigh};

/// Least cosine of two sentences.
const LEAST: f32 = 0.22;
/// Least rarity of what they share (natural logarithms, added up): about two words that stand nowhere else.
const LEAST_COMMON: f32 = 7.0;
/// Fewest different words they share.
const LEAST_WORDS: usize = 3;
/// The next best match elsewhere must stay below this share of the best.
const RUNNER_UP: f32 = 0.75;

/// Best and next best match of a sentence, the next best in another unit.
#[derive(Clone, Copy, Default)]
struct Best {
    value: f32,
    place: usize,
    other: f32,
}

impl Best {
    /// Takes a match into account; `unit_of` tells which unit a place belongs to.
    fn see(&mut self, value: f32, place: usize, unit_of: &[usize]) {
        let same = self.value > 0.0 && unit_of[self.place] == unit_of[place];
        if value > self.value {
            if !same {
                self.other = self.value;
            }
            (self.value, self.place) = (value, place);
        } else if !same && value > self.other {
            self.other = value;
        }
    }

    fn stands_out(&self) -> bool {
        self.value >= LEAST && self.other <= RUNNER_UP * self.value
    }
}

/// What the sentences of two documents' units say about each other.
pub(super) struct Votes {
    /// Pairs of units for which a sentence votes.
    pub(super) pairs: FxHashSet<(usize, usize)>,
    /// Cosine of the two most alike sentences of each two units, row by row; empty if there were too many.
    best: Vec<f32>,
    columns: usize,
}

impl Votes {
    /// Cosine of the two most alike sentences of two units.
    pub(super) fn best(&self, i: usize, j: usize) -> f32 {
        self.best.get(i * self.columns + j).copied().unwrap_or(0.0)
    }
}

/// Lets the sentences vote. At most `cells` pairs of sentences are looked at; above that there are no votes.
pub(super) fn votes(numbered: &Numbered, cells: usize) -> Votes {
    let columns = numbered.b.len();
    let (unit_of_a, counted_a) = pieces(&numbered.a);
    let (unit_of_b, counted_b) = pieces(&numbered.b);
    if counted_a.len().saturating_mul(counted_b.len()) > cells {
        return Votes { pairs: FxHashSet::default(), best: Vec::new(), columns };
    }
    let terms = weigh(counted_a, counted_b, numbered.terms);
    let mut best_a = vec![Best::default(); terms.a.len()];
    let mut best_b = vec![Best::default(); terms.b.len()];
    let mut alike_most = vec![0.0f32; numbered.a.len() * columns];
    each_row(&terms, usize::MAX, |i, row| {
        let cells = unit_of_a[i] * columns;
        for (j, value) in row.iter().enumerate().filter(|(_, v)| **v > 0.0) {
            best_a[i].see(*value, j, &unit_of_b);
            best_b[j].see(*value, i, &unit_of_a);
            let cell = &mut alike_most[cells + unit_of_b[j]];
            *cell = cell.max(*value);
        }
    });
    let mut pairs = FxHashSet::default();
    for (i, best) in best_a.iter().enumerate().filter(|(_, best)| best.stands_out()) {
        let back = best_b[best.place];
        if back.place == i && back.stands_out() && alike(&terms, i, best.place) {
            pairs.insert((unit_of_a[i], unit_of_b[best.place]));
        }
    }
    Votes { pairs, best: alike_most, columns }
}

fn alike(terms: &Terms, i: usize, j: usize) -> bool {
    let (rarity, words) = common(&terms.a[i], &terms.b[j], &terms.rarity);
    rarity >= LEAST_COMMON && words >= LEAST_WORDS
}

/// All pieces of one side: the unit of each, and its words.
fn pieces(units: &[Words]) -> (Vec<usize>, Vec<Counted>) {
    let all =
        units.iter().enumerate().flat_map(|(unit, words)| words.pieces().map(move |p| (unit, count(p))));
    all.unzip()
}
