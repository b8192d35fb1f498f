//! Which units hold a sentence that the other side has too: words in, pairs of units and how alike their best sentences are out.
//!
//! A paragraph that was split, joined or summarised has little in common with its counterpart as a whole, but one of its
//! sentences or list items often stands there nearly as it was. Two sentences vote for the units they stand in if
//! * each is the other's best match (cosine of rare words, counted over sentences),
//! * no other unit has one nearly as good: wording that stands in many places tells nothing, and
//! * they share enough rare words for that not to be chance.
//!
//! The three bars were set on labelled policies together with [`super::assign`]'s; see `similarity` for the figures.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::overlap::Marked;
use super::passages::{Weighed, weigh};
use super::terms::{Numbered, Words};

/// Least cosine of two sentences.
const LEAST: f32 = 0.22;
/// Least rarity of what they share (natural logarithms, added up): about two words that stand nowhere else.
const LEAST_COMMON: f32 = 7.0;
/// Fewest different words they share.
const LEAST_WORDS: usize = 3;
/// The next best match elsewhere must stay below this share of the best.
const RUNNER_UP: f32 = 0.75;

/// The sentences and items of both documents' units.
pub(super) struct Pieces<'n> {
    pub(super) weighed: Weighed,
    words_a: &'n Words,
    words_b: &'n Words,
    /// The unit of each piece of the second document.
    unit_of_b: Vec<u32>,
}

impl<'n> Pieces<'n> {
    pub(super) fn of(numbered: &'n Numbered) -> Self {
        let (a, b) = (&numbered.a, &numbered.b);
        let weighed = weigh((&a.terms, &a.piece_ends), (&b.terms, &b.piece_ends), numbered.terms);
        let mut unit_of_b = Vec::with_capacity(b.piece_ends.len());
        for (unit, end) in (0u32..).zip(&b.pieces_of) {
            unit_of_b.resize(*end as usize, unit);
        }
        Self { weighed, words_a: a, words_b: b, unit_of_b }
    }

    /// The pieces of a unit of the first document.
    pub(super) fn of_a(&self, unit: usize) -> Range<usize> {
        self.words_a.pieces(unit)
    }

    /// The same of the second.
    pub(super) fn of_b(&self, unit: usize) -> Range<usize> {
        self.words_b.pieces(unit)
    }
}

/// Best and next best match of a sentence, the next best in another unit.
#[derive(Clone, Copy, Default)]
struct Best {
    value: f32,
    place: u32,
    other: f32,
}

impl Best {
    /// Takes the best match in a further unit into account.
    fn see(&mut self, value: f32, place: u32) {
        if value > self.value {
            *self = Self { value, place, other: self.value };
        } else {
            self.other = self.other.max(value);
        }
    }

    fn stands_out(&self) -> bool {
        self.value >= LEAST && self.other <= RUNNER_UP * self.value
    }
}

/// What the sentences of two documents' units say about each other.
pub(super) struct Votes {
    /// Pairs of units for which a sentence votes.
    pub(super) pairs: FxHashSet<(u32, u32)>,
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
pub(super) fn votes(pieces: &Pieces, cells: usize) -> Votes {
    let (a, b) = (&pieces.weighed.a, &pieces.weighed.b);
    let (rows, columns) = (pieces.words_a.units(), pieces.words_b.units());
    if a.len().saturating_mul(b.len()) > cells {
        return Votes { pairs: FxHashSet::default(), best: Vec::new(), columns };
    }
    let mut best_a = Vec::with_capacity(a.len());
    let mut best_b = vec![Best::default(); b.len()];
    let mut alike_most = vec![0.0f32; rows * columns];
    let mut row = vec![0.0f32; b.len()];
    // The best of one unit's sentences for each sentence of the other document, and which it is.
    let (mut values, mut places) = (vec![0.0f32; b.len()], vec![0u32; b.len()]);
    for unit in 0..rows {
        values.fill(0.0);
        for i in pieces.of_a(unit) {
            a.cosines(i, b, usize::MAX, &mut row);
            best_a.push(best_of_row(&row, pieces));
            for ((value, place), other) in values.iter_mut().zip(&mut places).zip(&row) {
                *place = if *other > *value { i as u32 } else { *place };
                *value = if *other > *value { *other } else { *value };
            }
        }
        let cells = &mut alike_most[unit * columns..(unit + 1) * columns];
        for ((value, place), (best, of)) in
            values.iter().zip(&places).zip(best_b.iter_mut().zip(&pieces.unit_of_b))
        {
            best.see(*value, *place);
            let cell = &mut cells[*of as usize];
            *cell = cell.max(*value);
        }
    }
    let mut pairs = FxHashSet::default();
    let mut marked = Marked::of(&pieces.weighed.rarity);
    for (unit, i) in (0..rows).flat_map(|unit| pieces.of_a(unit).map(move |i| (unit, i))) {
        let best = best_a[i];
        if !best.stands_out() {
            continue;
        }
        let back = best_b[best.place as usize];
        if back.place as usize == i && back.stands_out() {
            marked.mark(a.terms(i));
            let terms = b.terms(best.place as usize);
            if marked.sum(terms) >= LEAST_COMMON && marked.count(terms) >= LEAST_WORDS {
                pairs.insert((unit as u32, pieces.unit_of_b[best.place as usize]));
            }
            marked.clear(a.terms(i));
        }
    }
    Votes { pairs, best: alike_most, columns }
}

/// The best match of a sentence, if it is good enough to stand out; `row` holds its cosines.
fn best_of_row(row: &[f32], pieces: &Pieces) -> Best {
    let value = most(row);
    if value < LEAST {
        return Best::default();
    }
    let place = row.iter().position(|other| *other == value).unwrap_or(0);
    let unit = pieces.of_b(pieces.unit_of_b[place] as usize);
    let other = most(&row[..unit.start]).max(most(&row[unit.end..]));
    Best { value, place: place as u32, other }
}

/// The largest of numbers that are not negative: their bits sort as they do, and whole numbers are compared several at a time.
fn most(of: &[f32]) -> f32 {
    f32::from_bits(of.iter().fold(0, |most, value| most.max(value.to_bits().cast_signed())).cast_unsigned())
}
