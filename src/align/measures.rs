//! The measures of one pair of blocks and its score: numbers in, the probability of a link out.
//!
//! The score is a logistic function. All measures are symmetric: where the shorter block and the longer one count differently, the
//! shorter is the one whose words are rarer in sum, and two equally long ones share both weights.
//!
//! Weights: fitted by logistic regression on ten hand-labelled pairs of real policies and two published mappings, in eight families
//! of organisations, a family weighing as the root of its links; [`super`] has the figures, also without the family tried.

use super::terms::{Numbered, Terms, Vector, Words};

/// Which side of a pair is the shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shorter {
    A,
    B,
    Neither,
}

/// What is known of a pair, 0.0 to 1.0 where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// Cosine of the weighted words.
    pub(super) word: f32,
    /// Rarity of the words they share, added up, as a logarithm: two long paragraphs with a cosine of .2 have more to do with
    /// each other than two labels of three words.
    pub(super) common: f32,
    /// Cosine of the sections they stand in.
    pub(super) section: f32,
    /// How well the neighbours one or two blocks before and after match.
    pub(super) context: f32,
    /// Cosine of their two most alike sentences.
    pub(super) sentence: f32,
    /// Share of the shorter block's words that one sentence of the longer holds, by rarity.
    pub(super) within: f32,
    /// How much the documents have to do with each other: where everything is alike, a little likeness says nothing.
    pub(super) related: f32,
    /// Whether a sentence votes for the pair.
    pub(super) voted: bool,
    /// `word` as a share of the best in the pair's row and column.
    pub(super) word_rank: [f32; 2],
    /// The same of the rarity of shared words.
    pub(super) shared_rank: [f32; 2],
    /// The same of `sentence`.
    pub(super) sentence_rank: [f32; 2],
    /// Which block is the shorter.
    pub(super) shorter: Shorter,
}

const WORD: f32 = -0.091;
const COMMON: f32 = 0.213;
const SECTION: f32 = 2.675;
const CONTEXT: f32 = 3.781;
const SENTENCE: f32 = 1.913;
const WITHIN: f32 = 1.849;
const RELATED: f32 = -5.027;
const VOTED: f32 = 2.926;
/// Of the shorter block's line and of the longer one's.
const WORD_RANK: [f32; 2] = [1.005, 1.216];
const SHARED_RANK: [f32; 2] = [2.968, 1.309];
const SENTENCE_RANK: [f32; 2] = [0.594, -0.650];
const BIAS: f32 = -8.941;

impl Measures {
    /// Probability that the two are linked, 0.0 to 1.0.
    pub(super) fn score(&self) -> f32 {
        let ranked = |[row, column]: [f32; 2], [short, long]: [f32; 2]| match self.shorter {
            Shorter::A => short * row + long * column,
            Shorter::B => short * column + long * row,
            Shorter::Neither => f32::midpoint(short, long) * (row + column),
        };
        let z = WORD * self.word
            + COMMON * self.common
            + SECTION * self.section
            + CONTEXT * self.context
            + SENTENCE * self.sentence
            + WITHIN * self.within
            + RELATED * self.related
            + if self.voted { VOTED } else { 0.0 }
            + ranked(self.word_rank, WORD_RANK)
            + ranked(self.shared_rank, SHARED_RANK)
            + ranked(self.sentence_rank, SENTENCE_RANK)
            + BIAS;
        1.0 / (1.0 + (-z).exp())
    }
}

/// The rarity of a block's different words, added up.
pub(super) fn rarity_of(vector: &Vector, rarity: &[f32]) -> f32 {
    vector.entries.iter().map(|e| rarity[e.term as usize]).sum()
}

/// Which blocks hold the words of which in one sentence.
pub(super) struct Within<'t> {
    numbered: &'t Numbered,
    terms: &'t Terms,
    weight_a: Vec<f32>,
    weight_b: Vec<f32>,
    /// For each term the number of the sentence that it was last counted in.
    seen: Vec<u32>,
    sentence: u32,
}

impl<'t> Within<'t> {
    pub(super) fn of(numbered: &'t Numbered, terms: &'t Terms) -> Self {
        let weights = |vectors: &[Vector]| vectors.iter().map(|v| rarity_of(v, &terms.rarity)).collect();
        let (weight_a, weight_b) = (weights(&terms.a), weights(&terms.b));
        Self { numbered, terms, weight_a, weight_b, seen: vec![0; terms.rarity.len()], sentence: 0 }
    }

    pub(super) fn shorter(&self, i: usize, j: usize) -> Shorter {
        match self.weight_a[i].total_cmp(&self.weight_b[j]) {
            std::cmp::Ordering::Less => Shorter::A,
            std::cmp::Ordering::Greater => Shorter::B,
            std::cmp::Ordering::Equal => Shorter::Neither,
        }
    }

    /// Share of the shorter block's words that the best sentence of the longer holds, by rarity.
    pub(super) fn share(&mut self, i: usize, j: usize) -> f32 {
        let (a, b) = (&self.terms.a[i], &self.terms.b[j]);
        let (of_a, of_b) = (self.weight_a[i], self.weight_b[j]);
        let (numbered, shorter) = (self.numbered, self.shorter(i, j));
        let forward = |s: &mut Self| s.held(a, &numbered.b[j]) / of_a.max(1.0);
        let back = |s: &mut Self| s.held(b, &numbered.a[i]) / of_b.max(1.0);
        match shorter {
            Shorter::A => forward(self),
            Shorter::B => back(self),
            Shorter::Neither => forward(self).max(back(self)),
        }
    }

    /// The most that one sentence holds of a block's words.
    fn held(&mut self, block: &Vector, other: &Words) -> f32 {
        let mut most: f32 = 0.0;
        for piece in other.pieces() {
            self.sentence += 1;
            for term in piece {
                self.seen[*term as usize] = self.sentence;
            }
            let held = block.entries.iter().filter(|e| self.seen[e.term as usize] == self.sentence);
            most = most.max(held.map(|e| self.terms.rarity[e.term as usize]).sum());
        }
        most
    }
}
