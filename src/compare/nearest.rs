//! The nearest words to what a policy does not say: a sentence without counterpart in, the other policy's likest sentence out.
//!
//! Two policies written apart say one thing in words of which they share few. Such sentences are not held for counterparts, because
//! half of them speak of something else; but a reader who is told "only one school says this" wants to see the nearest the other
//! one has. Words that stand in few sentences tell most: each weighs by how rare it is in the two policies.
//!
//! Cost: for each sentence that is looked at, the places of its words of substance in the other policy.

use crate::document::BlockId;

use super::Quote;
use super::matching::Places;
use super::ready::{Ready, full};

/// Least likeness of a sentence from anywhere, in hundredths, and words of substance that it shares at least: of those above it on
/// real policies, about half say the same or answer it.
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

/// Finds the nearest sentences of one side.
pub(super) struct Nearest<'r> {
    mine: &'r Ready<'r>,
    other: &'r Ready<'r>,
    in_other: &'r Places,
    /// How much each word tells, in thousandths: whole numbers, so that sums are the same in any order.
    rarity: Vec<u64>,
    /// Weight of each sentence of the other side.
    weights: Vec<u64>,
    /// What each sentence of the other side shares with the one looked at: weight and words.
    shares: Vec<(u64, u32)>,
    /// Those that share something.
    touched: Vec<u32>,
}

impl<'r> Nearest<'r> {
    /// For the sentences of one side; `numbers` is how many word numbers there are.
    pub(super) fn of(
        [mine, other]: [&'r Ready<'r>; 2],
        [in_mine, in_other]: [&'r Places; 2],
        numbers: usize,
    ) -> Self {
        let texts = (in_mine.texts + in_other.texts) as f64;
        let rarity = |id: u32| {
            let holding = (in_mine.of_word(id).len() + in_other.of_word(id).len()) as f64;
            (1000.0 * ((texts + 1.0) / (holding + 0.5)).ln()).max(0.0) as u64
        };
        let rarity: Vec<u64> = (0..numbers as u32).map(rarity).collect();
        let count = other.said.len();
        let weight = |said: u32| full(other.words(said)).map(|id| rarity[id as usize]).sum();
        let weights = (0..count as u32).map(weight).collect();
        Self { mine, other, in_other, rarity, weights, shares: vec![(0, 0); count], touched: Vec::new() }
    }

    /// The nearest sentence to one of this side's, if one is near; `beside` are the blocks that its block is linked with.
    pub(super) fn to(&mut self, said: u32, beside: &[BlockId]) -> Option<Near> {
        let mut weight = 0;
        for id in full(self.mine.words(said)) {
            let rarity = self.rarity[id as usize];
            weight += rarity;
            for place in self.in_other.of_word(id) {
                let share = &mut self.shares[*place as usize];
                if share.1 == 0 {
                    self.touched.push(*place);
                }
                *share = (share.0 + rarity, share.1 + 1);
            }
        }
        let mut best: Option<(bool, u64, std::cmp::Reverse<u32>)> = None;
        for place in self.touched.drain(..) {
            let (shared, words) = std::mem::take(&mut self.shares[place as usize]);
            let theirs = self.weights[place as usize];
            let likeness = 200 * shared / (weight + theirs).max(1);
            let reaches = |(least, fewest): (u64, u32)| likeness >= least && words >= fewest;
            if !reaches(SUBJECT) {
                continue;
            }
            let linked = beside.contains(&self.other.said[place as usize].sentence.block);
            let holds = 100 * shared >= SHARE * weight.max(theirs);
            let shown = holds && reaches(if linked { BESIDE } else { ANYWHERE });
            best = best.max(Some((shown, likeness, std::cmp::Reverse(place))));
        }
        let (shown, likeness, place) = best?;
        Some(Near { quote: self.other.quote(place.0), likeness: likeness as u32, shown })
    }
}
