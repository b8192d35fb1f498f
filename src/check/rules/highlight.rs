//! Highlighting that somebody meant to take out again.

use crate::compare::Quote;
use crate::document::Style;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct Highlight;

impl Check for Highlight {
    fn id(&self) -> &'static str {
        "highlight"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "Words are still highlighted with a marker."
    }

    fn why(&self) -> &'static str {
        "Highlighting marks what was still to be settled; in a published policy it looks unfinished."
    }

    fn action(&self) -> &'static str {
        "Settle the words and take the highlighting out."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("a highlighted “to be confirmed by the office”", "the same words without highlighting")
    }

    fn source(&self) -> &'static str {
        "The school's own file"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let mut out = Vec::new();
        for (id, block) in (0..).zip(&look.document.blocks) {
            // One finding a paragraph, whatever the number of pieces that the word processor made.
            let mut marked = block.spans.iter().filter(|s| s.style == Style::Highlighted);
            let Some(first) = marked.next() else { continue };
            let end = marked.map(|s| s.range.end).fold(first.range.end, u32::max);
            let place = Quote { block: id, start: first.range.start, end };
            let text = place.text(look.document);
            if text.chars().any(char::is_alphanumeric) {
                out.push(look.found(place, "These words are still highlighted.".into()));
            }
        }
        out
    }
}
