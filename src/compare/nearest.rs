//! The nearest words to what a policy does not say: a sentence without counterpart in, the other policy's likest sentence out.
//!
//! Two policies written apart say one thing in words of which they share few. Such sentences are not held for counterparts, because
//! half of them speak of something else; but a reader who is told "only one school says this" wants to see the nearest the other
//! one has. Words that stand in few sentences tell most: each weighs by how rare it is in the two policies.
//!
//! Cost: for each sentence that is looked at, the places of its words of substance in the other policy.

use rustc_hash::FxHashMap;

use crate::document::BlockId;

use super::Quote;
use super::matching::Places;
use super::ready::{Ready, full};

/// Least likeness of a sentence from anywhere, in hundredths, and words of substance that it shares at least: of those above it on
/// real policies, more than half say the same or answer it.
const ANYWHERE: (u64, u32) = (34, 3);
/// The same of a sentence in a passage that is linked with this one's: that the passages answer each other is known already.
const BESIDE: (u64, u32) = (30, 2);
/// Least share of the longer of the two, in hundredths: a name that stands in a sentence says nothing like it.
const SHARE: u64 = 30;

/// From this likeness and this many words on two sentences tell that the sections they stand in speak of one subject.
const SUBJECT: (u64, u32) = (25, 2);

/// The likest sentence of the other policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) quote: Quote,
    /// In hundredths: 100 the same words of substance.
    pub(super) likeness: u32,
    /// Whether it is so near that a reader wants to see it.
    pub(super) shown: bool,
}

/// What finding the nearest needs to know of both sides.
pub(super) struct Nearest<'r> {
    mine: &'r Ready<'r>,
    other: &'r Ready<'r>,
    in_mine: &'r Places,
    in_other: &'r Places,
    /// Weight of each sentence of the other side, once it was asked for.
    weights: FxHashMap<u32, u64>,
    /// What each sentence of the other side shares with the one looked at: weight and words.
    shares: FxHashMap<u32, (u64, u32)>,
}

impl<'r> Nearest<'r> {
    /// For the sentences of one side.
    pub(super) fn of(
        [mine, other]: [&'r Ready<'r>; 2],
        [in_mine, in_other]: [&'r Places; 2],
    ) -> Self {
        Self { mine, other, in_mine, in_other, weights: FxHashMap::default(), shares: FxHashMap::default() }
    }

    /// The nearest sentence to one of this side's, if one is near; `beside` are the blocks that its block is linked with.
    pub(super) fn to(&mut self, said: u32, beside: &[BlockId]) -> Option<Near> {
        let mut weight = 0;
        self.shares.clear();
        for id in full(self.mine.words(said)) {
            let rarity = self.rarity(id);
            weight += rarity;
            for place in self.in_other.of_word(id) {
                let share = self.shares.entry(*place).or_default();
                *share = (share.0 + rarity, share.1 + 1);
            }
        }
        let shares = std::mem::take(&mut self.shares);
        let mut best: Option<(bool, u64, std::cmp::Reverse<u32>)> = None;
        for (place, (shared, words)) in &shares {
            let theirs = self.weight(*place);
            let likeness = 200 * shared / (weight + theirs).max(1);
            let reaches = |(least, fewest): (u64, u32)| likeness >= least && *words >= fewest;
            if !reaches(SUBJECT) {
                continue;
            }
            let block = self.other.said.get(*place as usize).map(|s| s.sentence.block);
            let linked = block.is_some_and(|b| beside.contains(&b));
            let holds = 100 * shared >= SHARE * weight.max(theirs);
            let shown = holds && reaches(if linked { BESIDE } else { ANYWHERE });
            best = best.max(Some((shown, likeness, std::cmp::Reverse(*place))));
        }
        self.shares = shares;
        best.map(|(shown, likeness, place)| Near {
            quote: self.other.quote(place.0),
            likeness: likeness as u32,
            shown,
        })
    }

    /// Weight of a sentence of the other side.
    fn weight(&mut self, place: u32) -> u64 {
        if let Some(known) = self.weights.get(&place) {
            return *known;
        }
        let weight = full(self.other.words(place)).map(|id| self.rarity(id)).sum();
        self.weights.insert(place, weight);
        weight
    }

    /// How much a word tells, in thousandths: whole numbers, so that sums are the same in any order.
    fn rarity(&self, id: u32) -> u64 {
        let texts = (self.in_mine.texts + self.in_other.texts) as f64;
        let holding = (self.in_mine.of_word(id).len() + self.in_other.of_word(id).len()) as f64;
        (1000.0 * ((texts + 1.0) / (holding + 0.5)).ln()).max(0.0) as u64
    }
}
