//! A policy is named that the school does not have.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};
use crate::document::Class;

/// See the module.
pub(super) struct CrossReference;

/// A title in running text is not longer than this many words before "policy".
const WORDS: usize = 6;

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

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let Some(holdings) = &look.context.holdings else { return Vec::new() };
        let side = &look.side;
        let mut out = Vec::new();
        for (at, token) in side.tokens.iter().enumerate() {
            if !matches!(side.piece(token), "Policy" | "policy") {
                continue;
            }
            let Some(from) = title_start(look, at) else { continue };
            let quote = side.tokens_quote(from, at + 1);
            let title = quote.text(side.document);
            let topics = look.context.knowledge.topics().of_title(title);
            // Only a title that is one topic's own name beyond doubt is looked for.
            let Some((topic, fit)) = topics.first() else { continue };
            if *fit < 0.99
                || holdings[look.which].contains(&topic.id)
                || look.context.topic == Some(topic.id.as_str())
            {
                continue;
            }
            out.push(look.found(quote, |school, _| {
                format!("{school} names its “{title}”, but no such policy is among its files.")
            }));
        }
        out
    }
}

/// The first of the capitalised words that lead up to "Policy".
fn title_start(look: &Alone, policy: usize) -> Option<usize> {
    let side = &look.side;
    let mut from = policy;
    while from > 0 && policy - from < WORDS {
        let token = side.tokens.get(from - 1)?;
        let piece = side.piece(token);
        let capital = piece.chars().next().is_some_and(char::is_uppercase);
        let joins = ["and", "&", "of", "for"].contains(&piece);
        if token.class == Class::Mark && piece != "&" || !(capital || joins) {
            break;
        }
        from -= 1;
    }
    // "The Policy", "Our Policy": no title; "and Behaviour Policy": the joining word is not part of it.
    while from < policy {
        let piece = side.tokens.get(from).map_or("", |t| side.piece(t));
        if ["The", "Our", "This", "See", "Its", "School", "and", "&", "of", "for", "A"].contains(&piece) {
            from += 1;
        } else {
            break;
        }
    }
    (from < policy).then_some(from)
}
