//! The measures of one pair of blocks and its score: numbers in, the probability of a link out.
//!
//! The score is a logistic function. All measures are symmetric: where the shorter block and the longer one count differently, the
//! shorter is the one whose words are rarer in sum, and two equally long ones share both weights.
//!
//! Weights: fitted by logistic regression on ten hand-labelled pairs of real policies and two published mappings, in eight families
//! of organisations, a family weighing as the root of its links; [`super`] has the figures, also without the family tried.

use super::overlap::Shorter;

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
