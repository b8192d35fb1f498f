//! What the pages of one policy speak of: a pair in, its points, steps, findings, decisions and what it says of consultation out.

use crate::check::{Finding, State};
use crate::compare::{Comparison, Decider, Difference, Point, Quote, Weight, sentences_of};
use crate::document::{Document, FrontMatter, Role};
use crate::knowledge::{DecidedBy, Knowledge, folded};
use crate::merge::{Settled, Side};
use crate::pair::Pair;
use crate::report::pair_title;
use crate::report::pictures::Flow;

use super::Packing;

/// Everything about one pair.
pub(super) struct Evidence<'p> {
    /// Its number in the pack, from 1.
    pub(super) number: usize,
    pub(super) title: String,
    pub(super) pair: &'p Pair,
    pub(super) documents: [&'p Document; 2],
    pub(super) comparison: &'p Comparison,
    /// Points where both say something and not the same, most important first.
    pub(super) both: Vec<&'p Point>,
    /// Steps that only the one school has, in order of the decision table.
    pub(super) only: [Vec<&'p Difference>; 2],
    /// What `check` found in each.
    pub(super) findings: [Vec<&'p Finding>; 2],
    /// Sentences of each that speak of consultation.
    pub(super) consulted: [Vec<Quote>; 2],
    /// Differences that somebody has decided on, if their texts are still those.
    pub(super) decided: Vec<(&'p Difference, &'p Settled)>,
    pub(super) flow: Flow,
    pub(super) decider: Decider,
    /// Whether the governors decide, or the heads.
    pub(super) governors: bool,
    /// The facts that the run goes by.
    pub(super) knowledge: &'p Knowledge,
}

impl<'p> Evidence<'p> {
    /// Gathers it; none if there is no such pair.
    pub(super) fn of(packing: &Packing<'p>, pair: usize, number: usize) -> Option<Self> {
        let outcome = packing.outcome;
        let title = pair_title(outcome, pair);
        let comparison = outcome.comparisons.get(pair)?;
        let pair = outcome.register.pairs.get(pair)?;
        let documents = [outcome.documents.get(pair.a)?, outcome.documents.get(pair.b)?];
        let at = |d: &usize| comparison.differences.get(*d);
        let steps =
            comparison.points.iter().filter(|p| p.one_sided).flat_map(|p| &p.differences).filter_map(at);
        let (only_a, only_b): (Vec<_>, Vec<_>) = steps.partition(|d| d.a.is_some() || d.context_a.is_some());
        let found = |document: usize| -> Vec<&'p Finding> {
            let open =
                |f: &&Finding| f.document == Some(document) && !matches!(f.state, State::Allowed { .. });
            packing.checked.findings.iter().filter(open).collect()
        };
        let weighty = comparison.differences.iter().filter(|d| d.weight == Weight::Decide);
        let decided =
            weighty.filter_map(|d| packing.settlement.of(d, documents).map(|settled| (d, settled))).collect();
        let knowledge = packing.checked.setting.knowledge;
        let topic = pair.topic.as_deref().and_then(|t| knowledge.topics().get(t));
        Some(Self {
            number,
            title,
            pair,
            documents,
            comparison,
            both: comparison.points.iter().filter(|p| !p.one_sided).collect(),
            only: [only_a, only_b],
            findings: [found(pair.a), found(pair.b)],
            consulted: documents.map(consulted),
            decided,
            flow: Flow::of(documents[0], documents[1], comparison),
            decider: Decider::of(pair.topic.as_deref(), knowledge),
            knowledge,
            governors: topic.is_some_and(|t| t.decided_by == DecidedBy::GoverningBodies),
        })
    }

    /// What one school's policy says about itself.
    pub(super) fn front(&self, side: Side) -> &'p FrontMatter {
        &self.documents[side.index()].front_matter
    }

    /// When the policy of a side is due for review, in words.
    pub(super) fn due(&self, side: Side) -> String {
        let due = self.front(side).review_due.as_ref();
        due.map_or_else(|| "no review date".into(), |d| format!("review due {}", d.in_words()))
    }

    /// The differences of a point that are in the comparison.
    pub(super) fn differences<'e>(&'e self, point: &'e Point) -> impl Iterator<Item = &'p Difference> + 'e {
        point.differences.iter().filter_map(|d| self.comparison.differences.get(*d))
    }

    /// What one side says at a difference: the words in question, and the sentence in which they stand.
    pub(super) fn said(&self, d: &Difference, side: Side) -> Option<(&'p str, &'p str)> {
        let (words, context) = [(d.a, d.context_a), (d.b, d.context_b)][side.index()];
        let document = self.documents[side.index()];
        let words = words.or(context)?.text(document);
        Some((words, context.map_or(words, |c| c.text(document))))
    }

    /// The words of the heading above a difference, on the side that has it.
    pub(super) fn section(&self, quote: Option<Quote>, side: Side) -> &'p str {
        let document = self.documents[side.index()];
        let path = quote.map(|q| document.section(q.block)).unwrap_or_default();
        path.last().and_then(|h| document.blocks.get(*h as usize)).map_or("", |b| b.text.as_str())
    }
}

/// Sentences of the policy that say who was or is consulted on it.
fn consulted(document: &Document) -> Vec<Quote> {
    let mut out = Vec::new();
    for (id, block) in (0..).zip(&document.blocks) {
        if block.role == Role::Contents || !block.text.to_lowercase().contains("consult") {
            continue;
        }
        let says = |q: &Quote| {
            let words = folded(q.text(document));
            words
                .split(' ')
                .any(|w| matches!(w, "consult" | "consulted" | "consultation" | "consults" | "consulting"))
        };
        out.extend(sentences_of(document, id).into_iter().filter(says));
    }
    out
}
