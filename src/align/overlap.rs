//! What two passages have in common, by rarity: pairs of units in, the sums out.

use super::passages::{Passages, Weighed, by_key};
use super::promising::Pair;
use super::votes::Pieces;

/// Which side of a pair is the shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shorter {
    A,
    B,
    Neither,
}

/// What two units share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Overlap {
    /// Rarity of the different words that both have, added up.
    pub(super) rarity: f32,
    /// Share of the shorter unit's words that the best piece of the longer holds, by rarity.
    pub(super) within: f32,
    pub(super) shorter: Shorter,
}

/// The terms of one passage, marked with their rarity; all others with nothing.
pub(super) struct Marked<'r> {
    rarity: &'r [f32],
    marks: Vec<f32>,
}

impl<'r> Marked<'r> {
    pub(super) fn of(rarity: &'r [f32]) -> Self {
        Self { rarity, marks: vec![0.0; rarity.len()] }
    }

    pub(super) fn mark(&mut self, terms: &[u32]) {
        for term in terms {
            self.marks[*term as usize] = self.rarity[*term as usize];
        }
    }

    pub(super) fn clear(&mut self, terms: &[u32]) {
        for term in terms {
            self.marks[*term as usize] = 0.0;
        }
    }

    /// The rarity of those terms that are marked, added up.
    pub(super) fn sum(&self, terms: &[u32]) -> f32 {
        terms.iter().map(|term| self.marks[*term as usize]).sum()
    }

    /// How many of these terms are marked.
    pub(super) fn count(&self, terms: &[u32]) -> usize {
        terms.iter().filter(|term| self.marks[**term as usize] > 0.0).count()
    }

    /// The most that one piece of a unit holds of the marked terms, `whole` being what the unit holds of them.
    fn most(&self, pieces: &Passages, of_unit: std::ops::Range<usize>, whole: f32) -> f32 {
        if of_unit.len() == 1 {
            return whole;
        }
        of_unit.map(|piece| self.sum(pieces.terms(piece))).fold(0.0, f32::max)
    }
}

/// The rarity of each unit's different words, added up.
pub(super) fn lengths(units: &Passages, rarity: &[f32]) -> Vec<f32> {
    let of = |unit| units.terms(unit).iter().map(|term| rarity[*term as usize]).sum();
    (0..units.len()).map(of).collect()
}

/// What the units of each pair share; pairs are in order of `a`. `lengths` are those of both sides' units.
///
/// Cost: the words of `b`'s unit for each pair, and of the longer unit.
pub(super) fn overlaps(
    pairs: &[Pair],
    units: &Weighed,
    lengths: [&[f32]; 2],
    pieces: &Pieces,
) -> Vec<Overlap> {
    let mut out = Vec::with_capacity(pairs.len());
    let mut marked = Marked::of(&units.rarity);
    for row in pairs.chunk_by(|x, y| x.a == y.a) {
        let i = row[0].a as usize;
        marked.mark(units.a.terms(i));
        for pair in row {
            let j = pair.b as usize;
            let shorter = match lengths[0][i].total_cmp(&lengths[1][j]) {
                std::cmp::Ordering::Less => Shorter::A,
                std::cmp::Ordering::Greater => Shorter::B,
                std::cmp::Ordering::Equal => Shorter::Neither,
            };
            let rarity = marked.sum(units.b.terms(j));
            let within = match shorter {
                Shorter::B => 0.0,
                _ => marked.most(&pieces.weighed.b, pieces.of_b(j), rarity) / lengths[0][i].max(1.0),
            };
            out.push(Overlap { rarity, within, shorter });
        }
        marked.clear(units.a.terms(i));
    }
    // The same from the other side, for the pairs whose unit there is the shorter.
    let column_of: Vec<u32> = pairs.iter().map(|p| p.b).collect();
    let (starts, order) = by_key(&column_of, units.b.len());
    for (j, span) in starts.windows(2).enumerate() {
        marked.mark(units.b.terms(j));
        for at in &order[span[0] as usize..span[1] as usize] {
            let overlap = &mut out[*at as usize];
            if overlap.shorter != Shorter::A {
                let i = pairs[*at as usize].a as usize;
                let most = marked.most(&pieces.weighed.a, pieces.of_a(i), overlap.rarity);
                overlap.within = overlap.within.max(most / lengths[1][j].max(1.0));
            }
        }
        marked.clear(units.b.terms(j));
    }
    out
}
