//! Gaps of a template that nobody filled in.

use crate::compare::Quote;
use crate::document::gaps::gaps;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct Gap;

impl Check for Gap {
    fn id(&self) -> &'static str {
        "gap"
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn summary(&self) -> &'static str {
        "A gap of a template was not filled in."
    }

    fn why(&self) -> &'static str {
        "Readers cannot act on a blank, and an inspector sees that nobody read it."
    }

    fn action(&self) -> &'static str {
        "Fill it in, or take it out."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("[Insert name of school] will keep a record.", "Thistlemere Infant School will keep a record.")
    }

    fn source(&self) -> &'static str {
        "The school's own file"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let mut out = Vec::new();
        for sentence in &look.sentences {
            let text = sentence.quote().text(look.document);
            for (start, end) in gaps(text) {
                let gap = text.get(start..end).unwrap_or("");
                // A line to write on, in a form at the end, is meant to stay empty.
                if gap.starts_with('_') {
                    continue;
                }
                let form =
                    look.heading(sentence.block).is_some_and(is_form) || is_letter(look, sentence.block);
                let at = |offset: usize| sentence.start + u32::try_from(offset).unwrap_or(0);
                let place = Quote { block: sentence.block, start: at(start), end: at(end) };
                let says = format!("The gap “{gap}” of a template was not filled in.");
                let severity = form.then_some(Severity::Note);
                out.push(Found { severity, ..look.found(place, says) });
            }
        }
        out
    }
}

/// Whether the passages under the same heading greet somebody or end as a letter does.
fn is_letter(look: &Look, block: u32) -> bool {
    let blocks = &look.document.blocks;
    let Some(parent) = blocks.get(block as usize).map(|b| b.parent) else { return false };
    blocks.iter().filter(|b| b.parent == parent).any(|b| {
        ["Dear ", "Yours sincerely", "Yours faithfully"].iter().any(|words| b.text.starts_with(words))
    })
}

/// A form or a letter to be filled in when it is used.
fn is_form(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    ["letter", "form", "template", "sample", "appendix", "annex", "script"]
        .iter()
        .any(|w| lower.split(|c: char| !c.is_alphabetic()).any(|word| word.trim_end_matches('s') == *w))
}
