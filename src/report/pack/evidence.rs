//! What the pages of one policy speak of: a pair in, its points, steps, findings, decisions and what it says of consultation out.

use jiff::civil::Date;

use crate::check::register::{Entry, Row, Status};
use crate::check::{Finding, State};
use crate::compare::{Comparison, Decider, Difference, Point, Quote, Weight, sentences_of};
use crate::document::{Document, FrontMatter, Role};
use crate::knowledge::{Duty, folded};
use crate::merge::{Decision, Settled, Side, Take};
use crate::pair::{Pair, Sharing};
use crate::report::escape::date;
use crate::report::pair_title;
use crate::report::pictures::Flow;
use crate::status::{Happened, Policy, key_of};

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
    pub(super) decider: &'p Decider,
    /// How far it has come; none if nothing is known of it.
    pub(super) standing: Option<&'p Policy>,
    /// By which event each school approved it in the round that is under way.
    pub(super) agreed: [Option<&'p Happened>; 2],
    /// The day of the report.
    pub(super) today: Date,
    /// What the list of statutory policies says of it.
    pub(super) duty: Option<&'p Duty>,
    /// The school's entry in the register of statutory policies, if it is the policy that answers one.
    pub(super) entries: [Option<Entry>; 2],
}

impl<'p> Evidence<'p> {
    /// Gathers it; none if there is no such pair.
    pub(super) fn of(packing: &Packing<'p>, rows: &[Row], pair: usize, number: usize) -> Option<Self> {
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
        let standing = packing.status.policy(&key_of(pair, &outcome.documents));
        let duty = pair.topic.as_deref().and_then(|t| knowledge.statutory().of_topic(t));
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
            decider: &comparison.decider,
            standing,
            agreed: standing.map_or([None, None], |policy| packing.status.agreed(policy)),
            today: outcome.today,
            duty,
            entries: [pair.a, pair.b].map(|document| {
                let row = rows.iter().filter(|row| duty.is_some_and(|d| d.id == row.duty.id));
                let mut entries = row.flat_map(|row| &row.schools);
                entries.find(|entry| entry.document == Some(document)).cloned()
            }),
        })
    }

    /// What one school's policy says about itself.
    pub(super) fn front(&self, side: Side) -> &'p FrontMatter {
        &self.documents[side.index()].front_matter
    }

    /// When the policy of a side is due for review, in words: as the register has it, so that no two pages say different things.
    pub(super) fn due(&self, side: Side) -> String {
        let due = self.front(side).review_due.as_ref();
        let named = due.map(|d| format!("review due {}", d.in_words()));
        let entry = self.entries[side.index()].as_ref();
        let is_late = due.is_some_and(|d| d.passed(self.today).is_some())
            || entry.is_some_and(|e| e.status == Status::Overdue);
        let late = if is_late { " (overdue)" } else { "" };
        let reckoned = || {
            let due = entry?.due.as_ref()?;
            Some(format!("no review date; reckoned from its approval it is due by {}", date(due.to)))
        };
        named.or_else(reckoned).map_or_else(|| "no review date".into(), |words| format!("{words}{late}"))
    }

    /// Whether both schools have approved it, so that nothing of it is asked.
    pub(super) fn is_agreed(&self) -> bool {
        self.agreed.iter().all(Option::is_some)
    }

    /// Whether governors are asked for a decision on it.
    pub(super) fn is_asked(&self) -> bool {
        !self.is_agreed() && self.pair.sharing != Sharing::KeepSeparate
    }

    /// How many of the points where both say something are decided: somebody decided on each difference, and nobody otherwise.
    pub(super) fn decided_points(&self) -> usize {
        self.both.iter().filter(|point| self.is_decided(point)).count()
    }

    /// Whether everybody who decided on a step of this side wants it kept, at its school at least.
    pub(super) fn is_kept(&self, step: &Difference, side: Side) -> bool {
        let own = if side == Side::A { Take::A } else { Take::B };
        let keeps = |d: &Decision| d.take == own || matches!(d.take, Take::Both | Take::Local);
        let of = self.decided.iter().find(|(x, _)| x.id == step.id);
        of.is_some_and(|(_, s)| matches!(s, Settled::Agreed(all) if all.iter().all(keeps)))
    }

    /// Whether somebody decided on every difference of a point, and nobody otherwise.
    pub(super) fn is_decided(&self, point: &Point) -> bool {
        let agreed = |d: &Difference| {
            self.decided.iter().any(|(x, s)| x.id == d.id && matches!(s, Settled::Agreed(_)))
        };
        let mut all = self.differences(point).filter(|d| d.weight == Weight::Decide).peekable();
        all.peek().is_some() && all.all(agreed)
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
        let parent = block.parent.and_then(|p| document.blocks.get(p as usize));
        let heading = parent.map_or_else(String::new, |h| folded(&h.text));
        let says = |q: &Quote| on_the_policy(&folded(q.text(document)), &heading, &folded(&document.title));
        out.extend(sentences_of(document, id).into_iter().filter(says));
    }
    out
}

/// Whether a sentence speaks of people being asked about the policy, not of somebody whose advice is sought in a case, nor of looking something up:
/// it names the policy, and not as what is consulted, or it stands under a heading on consultation.
fn on_the_policy(sentence: &str, heading: &str, title: &str) -> bool {
    let words: Vec<&str> = sentence.split(' ').collect();
    let Some(at) = words.iter().position(|w| w.starts_with("consult") && !w.starts_with("consultan")) else {
        return false;
    };
    if heading.contains("consult") {
        return true;
    }
    let own = |before: &str| {
        matches!(before, "this" | "the" | "our" | "its" | "that" | "new" | "draft" | "revised" | "shared")
            || title.split(' ').any(|t| t == before)
    };
    let named = |w: &str| matches!(w, "policy" | "procedure" | "procedures" | "statement" | "document");
    let places = words.windows(2).zip(1..).filter(|(pair, _)| named(pair[1]) && own(pair[0])).map(|(_, n)| n);
    // "Consult this policy" is to look it up; "consulted parents on this policy" is not.
    let asked = |w: &&str| {
        matches!(*w, "on" | "about" | "over" | "regarding" | "of" | "in" | "for" | "with" | "before" | "when")
    };
    places
        .into_iter()
        .any(|n| n < at || words.get(at + 1..n).is_some_and(|between| between.iter().any(asked)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consulted_is_who_was_asked_about_the_policy_and_not_whose_advice_is_sought() {
        let title = "behaviour policy";
        for yes in [
            "parents and staff were consulted on this policy in spring",
            "this policy was written in consultation with the school council",
            "we consult parents before the behaviour policy changes",
        ] {
            assert!(on_the_policy(yes, "introduction", title), "{yes}");
        }
        assert!(on_the_policy("we asked in a consultation of all families", "consultation", title));
        for no in [
            "the designated safeguarding lead may consult children s services without naming the pupil",
            "the headteacher consults the local authority designated officer within one working day",
            "staff consult this policy when a child is hurt",
            "parents are consulted about their child s plan",
            "see the consultant s letter in the policy",
        ] {
            assert!(!on_the_policy(no, "what we do", title), "{no}");
        }
    }
}
