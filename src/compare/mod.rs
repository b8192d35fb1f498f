//! What two policies say differently and how much it matters: an alignment in, differences out.

use crate::align::{Alignment, Link};
use crate::document::{BlockId, Document, Partnership};
use crate::knowledge::Knowledge;

/// How much a difference matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The schools do something differently: somebody has to decide.
    Decide,
    /// Something is out of date, left over or unfinished in one of them.
    Check,
    /// A local fact that should differ.
    Local,
    /// Other words for the same thing.
    Wording,
}

/// What kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// must, should, may.
    Obligation,
    /// One says not.
    Negation,
    /// A count.
    Number,
    /// By when, within how long.
    TimeLimit,
    /// An amount of money.
    Money,
    /// An age or a year group.
    AgeOrYear,
    /// How often.
    Frequency,
    /// Above or below which figure.
    Threshold,
    /// Who does it.
    Role,
    /// A step or duty in one policy only.
    Step,
    /// To whom or what it applies.
    Scope,
    /// An out-of-date law, guidance or body.
    Reference,
    /// A policy is named that the school does not have.
    CrossReference,
    /// Another school's name.
    OtherSchool,
    /// An unfilled gap of a template.
    Placeholder,
    /// Content of a phase that only one school teaches.
    Phase,
    /// A name, phone number, e-mail address, clock time or room.
    LocalFact,
    /// Other words.
    Wording,
}

/// A stretch of one side's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    /// The block.
    pub block: BlockId,
    /// First byte in its text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// One thing the two policies say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Depends on the texts and the section only: the same as long as these stay.
    pub id: String,
    /// What kind.
    pub kind: DifferenceKind,
    /// How much it matters.
    pub weight: Weight,
    /// Where the first policy says it.
    pub a: Option<Quote>,
    /// Where the second policy says it.
    pub b: Option<Quote>,
    /// The sentence of the first policy in which `a` stands, or the whole passage that only it has.
    pub context_a: Option<Quote>,
    /// The same of the second.
    pub context_b: Option<Quote>,
    /// One plain sentence: what differs.
    pub says: String,
    /// Who decides, in plain words.
    pub who_decides: String,
    /// Higher comes first in the decision table; ties are broken by place.
    pub rank: u32,
}

/// One row of the decision table: what differs at one point of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// What it is about: a heading or a few words.
    pub title: String,
    /// Indices into [`Comparison::differences`], at least one; the first names the row's kind.
    pub differences: Vec<usize>,
}

/// Words that only one side has, to be marked in the side-by-side view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Stretches of the first side, ascending, not touching.
    pub a: Vec<Quote>,
    /// The same of the second.
    pub b: Vec<Quote>,
}

/// What was folded away, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Folded {
    /// Passages that say the same in other words.
    pub wording: u32,
    /// Passages that differ in marks, case or formatting only.
    pub formatting: u32,
}

/// Everything that differs in one pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The alignment's links with their relation refined.
    pub links: Vec<Link>,
    /// One entry per link.
    pub marks: Vec<Marks>,
    /// Blocks only in the first, ascending.
    pub only_a: Vec<BlockId>,
    /// Blocks only in the second, ascending.
    pub only_b: Vec<BlockId>,
    /// All differences except wording, in order of place.
    pub differences: Vec<Difference>,
    /// The decision table, most important first; everything of weight `decide` is in exactly one point.
    pub points: Vec<Point>,
    /// What was folded.
    pub folded: Folded,
    /// Why the result is poorer than asked for, if it is.
    pub coarse: Option<String>,
}

/// Compares two aligned documents.
pub fn compare(
    _a: &Document,
    _b: &Document,
    alignment: Alignment,
    _partnership: &Partnership,
    _knowledge: &Knowledge,
) -> Comparison {
    let Alignment { links, only_a, only_b, coarse } = alignment;
    Comparison {
        marks: vec![Marks::default(); links.len()],
        links,
        only_a,
        only_b,
        coarse,
        ..Comparison::default()
    }
}
