//! A policy is named that the school does not have.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};

/// See the module.
pub(super) struct CrossReference;

impl Rule for CrossReference {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::CrossReference
    }

    fn summary(&self) -> &'static str {
        "A policy names another policy that is not among this school's files."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("See our Lone Working Policy.", "")
    }

    fn why(&self) -> &'static str {
        "Staff who are sent to a policy that the school does not have are left without an answer."
    }

    fn source(&self) -> &'static str {
        "The governance guides of the Department for Education: policies are to be available to staff and parents"
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let Some(holdings) = &look.context.holdings else { return Vec::new() };
        let side = &look.side;
        let mut out = Vec::new();
        for (from, to, topic) in look.context.knowledge.topics().named(side.text, side.tokens) {
            if holdings[look.which].contains(&topic.id) || look.context.topic == Some(topic.id.as_str()) {
                continue;
            }
            let quote = side.tokens_quote(from, to);
            let title = quote.text(side.document);
            out.push(look.found(quote, |school, _| {
                format!("{school} names its “{title}”, but no such policy is among its files.")
            }));
        }
        out
    }
}
