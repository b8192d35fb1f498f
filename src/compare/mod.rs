//! What two policies say differently and how much it matters: an alignment in, differences out.
//!
//! 1. `ready`: both documents' sentences, their words as numbers and what they ask for, made once for all that follows.
//! 2. `matching`: which sentence says what a sentence of the other policy says, and which has no counterpart.
//! 3. `nearest`: the likest words to those that have no counterpart.
//! 4. `values`, `local`, `phases`: what each sentence asks for, in comparable form; local facts are taken out first.
//! 5. `rules`: one kind of difference a file, each looks at a pair of sentences or at one sentence alone.
//! 6. `diff`: the words that only one side has, cleaned for a reader.
//! 7. `points`, `sections`, `gravity`, `decider`: the decision table: what belongs together, most important first, and who decides.
//! 8. `model`: what each school changed in a model that both took over, where there is one.
//! 9. `terms`: what the two schools call the same thing, over all pairs.

mod decider;
mod diff;
mod forms;
mod gravity;
mod identity;
mod lexicon;
mod local;
mod marks;
mod matching;
mod matters;
mod model;
mod nearest;
mod phases;
mod points;
mod ready;
mod repeated;
mod rules;
mod sections;
mod sentences;
mod terms;
mod values;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::align::{Alignment, Link, Relation, Suggestion};
use crate::document::{BlockId, Document, Partnership};
use crate::knowledge::Knowledge;

use matching::{Matching, Unsaid};
use ready::Ready;

pub use decider::{Decider, governs};
pub(crate) use diff::{Edit, edits};
pub(crate) use local::{LocalKind, find as local_facts};
pub use model::{Against, Modelled, Origin, against};
pub(crate) use phases::{Phases, led_by_years, year_groups};
pub use repeated::Repeated;
pub use rules::{RULES, Rule};
pub(crate) use sentences::{Sentence, sentences};
pub use terms::{Exchange, Term, terms};
pub(crate) use values::{Measure, values};

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
    /// The sentence of the policy that does not say it which is nearest to what the other says, if one is near.
    pub nearest: Option<Quote>,
    /// What local fact it is, if it is one.
    pub(crate) local: Option<LocalKind>,
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
    /// Indices into [`Comparison::differences`], at least one, most important first; the first names the row's kind.
    pub differences: Vec<usize>,
    /// Steps that only one of the schools has, gathered by section; otherwise what both say, and not the same.
    pub one_sided: bool,
}

/// What the side-by-side view marks in a link. The words that are neither marked nor moved are the same on both sides, in the
/// same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Words that only the first side has, as stretches, ascending, not touching.
    pub a: Vec<Quote>,
    /// The same of the second.
    pub b: Vec<Quote>,
    /// Sentences of the first side that the other policy has word for word in another place, ascending.
    pub moved_a: Vec<Quote>,
    /// The same of the second.
    pub moved_b: Vec<Quote>,
}

/// What was folded away, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Folded {
    /// Passages that say the same in other words.
    pub wording: u32,
    /// Passages that differ in marks, case or formatting only.
    pub formatting: u32,
}

/// Two sentences that correspond: in other words, or word for word in passages that are not linked or not in the same order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counterparts {
    /// The sentence of the first policy.
    pub a: Quote,
    /// The sentence of the second.
    pub b: Quote,
    /// Shared share of their words: 0.0 none, 1.0 the same bag of words; symmetric.
    pub likeness: f32,
    /// How many different words of substance only the first has, and only the second; forms and names of one thing are one word.
    pub own: [u32; 2],
    /// How many both have.
    pub common: u32,
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
    /// Pairs among those that may be the same point.
    pub suggestions: Vec<Suggestion>,
    /// All differences except wording, in order of place.
    pub differences: Vec<Difference>,
    /// Sentences that correspond without being the same in linked passages; each sentence at most once.
    pub counterparts: Vec<Counterparts>,
    /// The decision table, most important first; everything of weight `decide` is in exactly one point.
    pub points: Vec<Point>,
    /// Words that stand for each other in sentences that otherwise say the same, in order of place.
    pub exchanges: Vec<Exchange>,
    /// What was folded.
    pub folded: Folded,
    /// Why the result is poorer than asked for, if it is.
    pub coarse: Option<String>,
    /// The same beside the model that both policies come from, if one was named.
    pub model: Option<Modelled>,
    /// Who decides on what differs.
    pub decider: Decider,
}

/// What a comparison needs to know beyond the two texts.
#[derive(Clone, Debug)]
pub struct Context<'c> {
    /// The two schools.
    pub partnership: &'c Partnership,
    /// The facts.
    pub knowledge: &'c Knowledge,
    /// The topic of the pair, if one is recognised.
    pub topic: Option<&'c str>,
    /// Topics of which each school has a policy; none if that is not known, as when two files are compared.
    pub holdings: Option<[BTreeSet<String>; 2]>,
    /// The day on which references are looked at.
    pub today: Date,
}

/// Compares two aligned documents; swapping them gives the mirrored differences.
pub fn compare(a: &Document, b: &Document, alignment: Alignment, context: &Context) -> Comparison {
    let (ready_a, ready_b, numbers) = ready::ready(a, b, context.knowledge.roles());
    let matching = matching::match_sentences(&ready_a, &ready_b, numbers, &alignment);
    let decider = Decider::of(context.partnership, context.knowledge, context.topic, [a, b]);
    let (mut differences, exchanges) = rules::apply(&ready_a, &ready_b, &matching, context, &decider);
    identity::name(&mut differences, a, b);
    let marked = marks::mark(&ready_a, &ready_b, &alignment.links, &matching);
    let mut links = alignment.links;
    let mut folded = Folded { formatting: 0, wording: 0 };
    for link in &mut links {
        refine(link, a, b, &differences, &mut folded);
    }
    let near = near(&ready_a, &ready_b, &matching);
    let sections = sections::Sections::of(a, b, &links, &near, context.knowledge.headings());
    let points = points::points(a, b, &sections, &differences);
    let all = matching.pairs.iter().chain(&matching.elsewhere).chain(&matching.crossed);
    let counterparts = all
        .map(|m| {
            let (own, common) = ready::apart(ready_a.words(m.a), ready_b.words(m.b));
            Counterparts { a: ready_a.quote(m.a), b: ready_b.quote(m.b), likeness: m.likeness, own, common }
        })
        .collect();
    Comparison {
        links,
        marks: marked.marks,
        only_a: alignment.only_a,
        only_b: alignment.only_b,
        suggestions: alignment.suggestions,
        differences,
        counterparts,
        points,
        exchanges,
        folded,
        coarse: alignment.coarse.or(matching.coarse).or(marked.coarse),
        model: None,
        decider,
    }
}

/// Blocks of both sides in which sentences stand that nothing answers and that are near each other, with how near.
fn near(a: &Ready, b: &Ready, matching: &Matching) -> Vec<(BlockId, BlockId, u32)> {
    let of = |unsaid: &[Unsaid], mine: &Ready, swap: bool| -> Vec<(BlockId, BlockId, u32)> {
        let near = unsaid.iter().filter_map(|u| Some((mine.quote(u.said).block, u.nearest?)));
        near.map(|(block, near)| match swap {
            false => (block, near.quote.block, near.likeness),
            true => (near.quote.block, block, near.likeness),
        })
        .collect()
    };
    let mut all = of(&matching.only_a, a, false);
    all.extend(of(&matching.only_b, b, true));
    all
}

/// Whether there is something to decide or to check in linked passages.
pub(crate) fn is_touched(link: &Link, differences: &[Difference]) -> bool {
    let inside = |quote: Option<Quote>, blocks: &[BlockId]| quote.is_some_and(|q| blocks.contains(&q.block));
    let is_here = |d: &Difference| match d.a {
        Some(_) => inside(d.a, &link.a) && (d.b.is_none() || inside(d.b, &link.b)),
        None => inside(d.b, &link.b),
    };
    differences.iter().any(|d| matches!(d.weight, Weight::Decide | Weight::Check) && is_here(d))
}

/// Sets the relation of a link by what was found in it, and counts what is folded.
fn refine(link: &mut Link, a: &Document, b: &Document, differences: &[Difference], folded: &mut Folded) {
    match link.relation {
        Relation::Same => {
            if let ([x], [y]) = (link.a.as_slice(), link.b.as_slice()) {
                let text = |d: &Document, id: u32| d.blocks.get(id as usize).map(|b| b.text.clone());
                folded.formatting += u32::from(text(a, *x) != text(b, *y));
            }
        }
        Relation::Reworded if is_touched(link, differences) => link.relation = Relation::Changed,
        Relation::Reworded => folded.wording += 1,
        Relation::Changed | Relation::Partial => {}
    }
}

/// The sentences of a block, in order; every word of it is in exactly one.
pub fn sentences_of(document: &Document, block: BlockId) -> Vec<Quote> {
    sentences::sentences(document, block).iter().map(sentences::Sentence::quote).collect()
}

impl Comparison {
    /// Whether a local fact stands in either of these sentences: then each school keeps its own.
    pub fn has_local(&self, [a, b]: [Option<Quote>; 2]) -> bool {
        let is_here = |d: &Difference| a.is_some() && d.context_a == a || b.is_some() && d.context_b == b;
        self.differences.iter().any(|d| d.weight == Weight::Local && is_here(d))
    }
}

impl Difference {
    /// The sentence of each policy that says something of it: where there is none, the words in question themselves.
    pub fn sentences(&self) -> [Option<Quote>; 2] {
        [self.context_a.or(self.a), self.context_b.or(self.b)]
    }
}

impl Quote {
    /// The quoted text; empty if the quote is not of this document.
    pub fn text<'d>(&self, document: &'d Document) -> &'d str {
        let block = document.blocks.get(self.block as usize);
        block.and_then(|b| b.text.get(self.start as usize..self.end as usize)).unwrap_or("")
    }
}

impl DifferenceKind {
    /// How much this kind matters.
    pub fn weight(self) -> Weight {
        match self {
            Self::Reference | Self::CrossReference | Self::OtherSchool | Self::Placeholder | Self::Phase => {
                Weight::Check
            }
            Self::LocalFact => Weight::Local,
            Self::Wording => Weight::Wording,
            _ => Weight::Decide,
        }
    }

    /// In a few plain words, as a table shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Obligation => "how binding",
            Self::Negation => "yes or no",
            Self::Number => "number",
            Self::TimeLimit => "time limit",
            Self::Money => "money",
            Self::AgeOrYear => "age or year group",
            Self::Frequency => "how often",
            Self::Threshold => "threshold",
            Self::Role => "who does it",
            Self::Step => "found in one policy only",
            Self::Scope => "who or what it covers",
            Self::Reference => "out of date",
            Self::CrossReference => "policy not found",
            Self::OtherSchool => "another school's name",
            Self::Placeholder => "unfinished template",
            Self::Phase => "phase content",
            Self::LocalFact => "local fact",
            Self::Wording => "wording",
        }
    }
}
