//! What speaks for two documents being a pair: cosines, titles and headings in, a probability out.
//!
//! The cosine of the words alone misleads: of policies of one school a long one is like everything and a short one like nothing. So
//! each cosine is held against the others of its row and column. Titles count by how rarely their words stand in titles, and by
//! how much the other document speaks of them: a policy on vendors says "vendor" all over, whatever it is called.
//!
//! Weights: fitted by logistic regression on 50 labelled pairs of files of two families of organisations, rounded. They give F1 .816;
//! fitted on one family and tried on the other, in turn, .808; no pair called sure is wrong in either. `HEADED` and the bars of
//! [`super::likeness`] and [`super::part`] were set on both. `OTHER_TOPIC` is set by hand: the labels do not show what it is for,
//! staff policies that are named as pupil policies are.

/// Cosines with so many unrelated documents of this likeness are added to each mean: in a small folder the pair itself is all there
/// is to compare with. Between unrelated labelled documents the mean is .03 to .15.
const USUAL: (f32, f32) = (5.0, 0.12);
/// The best of a row counts as at least this: the best of bad ones is not good.
const LEAST_BEST: f32 = 0.15;

const BEST: f32 = 1.5;
const LIFT: f32 = 4.5;
const TITLE: f32 = 3.5;
const NAMED: f32 = 12.0;
const SAME_TOPIC: f32 = 1.0;
const OTHER_TOPIC: f32 = -0.5;
const BIAS: f32 = -10.5;
/// Added for a part: a heading of the larger document that names the smaller.
const HEADED: f32 = 3.0;

/// What is known of two documents; all but `headed` is the same seen from either.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Cosine of their words.
    pub(super) words: f32,
    /// That cosine as a share of the best in its row and in its column, added up: 2.0 if they are each other's best.
    best: f32,
    /// Logarithm of one more than the cosine over the usual one of the two.
    lift: f32,
    /// Share of their titles' words that both have, by rarity.
    pub(super) title: f32,
    /// How much each speaks of what the other's title names, added up.
    named: f32,
    pub(super) same_topic: bool,
    pub(super) other_topic: bool,
}

impl Evidence {
    /// Probability of being a pair, in thousandths.
    pub(super) fn pair(&self) -> i32 {
        thousandths(self.odds())
    }

    /// Probability that the one is a part of the other, which has it under a heading so far as `headed` says.
    pub(super) fn part(&self, headed: f32) -> i32 {
        thousandths(self.odds() + HEADED * headed)
    }

    /// Logarithm of the odds of being a pair.
    pub(super) fn odds(&self) -> f32 {
        BEST * self.best
            + LIFT * self.lift
            + TITLE * self.title
            + NAMED * self.named
            + if self.same_topic { SAME_TOPIC } else { 0.0 }
            + if self.other_topic { OTHER_TOPIC } else { 0.0 }
            + BIAS
    }
}

fn thousandths(z: f32) -> i32 {
    (1000.0 / (1.0 + (-z).exp())).round() as i32
}

/// Rows and columns of cosines, and what is usual in each.
pub(super) struct Table {
    cosines: Vec<f32>,
    columns: usize,
    row: Vec<Usual>,
    column: Vec<Usual>,
}

#[derive(Clone, Copy, Default)]
struct Usual {
    best: f32,
    sum: f32,
    of: usize,
}

impl Usual {
    fn see(&mut self, cosine: f32) {
        self.best = self.best.max(cosine);
        self.sum += cosine;
        self.of += 1;
    }

    /// The mean of the others.
    fn without(&self, cosine: f32) -> f32 {
        let (more, usual) = USUAL;
        (self.sum - cosine + more * usual) / (self.of as f32 - 1.0 + more)
    }
}

impl Table {
    /// `cosines` row by row.
    pub(super) fn of(cosines: Vec<f32>, rows: usize, columns: usize) -> Self {
        let mut row = vec![Usual::default(); rows];
        let mut column = vec![Usual::default(); columns];
        for (at, cosine) in cosines.iter().enumerate() {
            row[at / columns].see(*cosine);
            column[at % columns].see(*cosine);
        }
        Self { cosines, columns, row, column }
    }

    /// What speaks for the pair of a row's and a column's document. `title`: how alike their titles are; `named`: how much each
    /// speaks of what the other's title names, added up.
    pub(super) fn evidence(
        &self,
        row: usize,
        column: usize,
        title: f32,
        named: f32,
        topics: [Option<&str>; 2],
    ) -> Evidence {
        let words = self.cosines[row * self.columns + column];
        let (r, c) = (self.row[row], self.column[column]);
        let (same_topic, other_topic) = match topics {
            [Some(x), Some(y)] => (x == y, x != y),
            _ => (false, false),
        };
        Evidence {
            words,
            best: words / r.best.max(LEAST_BEST) + words / c.best.max(LEAST_BEST),
            lift: (words / (r.without(words) * c.without(words)).sqrt()).ln_1p(),
            title,
            named,
            same_topic,
            other_topic,
        }
    }
}
