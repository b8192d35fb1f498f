//! Laws, guidance, bodies and terms that are no longer current.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};

/// See the module.
pub(super) struct Reference;

impl Rule for Reference {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Reference
    }

    fn summary(&self) -> &'static str {
        "A policy refers to a law, guidance or body that has been replaced."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("This policy follows Keeping Children Safe in Education 2023.", "")
    }

    fn why(&self) -> &'static str {
        "A policy that follows withdrawn guidance tells staff to do what is no longer asked, and an inspector sees it on the cover."
    }

    fn source(&self) -> &'static str {
        "The table of superseded references that comes with this program, each row with its own source"
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let sentence = look.side.sentence;
        let text = sentence.quote().text(look.side.document);
        let found = look.context.knowledge.references().find(text, look.context.today);
        found
            .into_iter()
            .map(|(row, range)| {
                let at = |offset: usize| sentence.start + u32::try_from(offset).unwrap_or(0);
                let current = look.context.knowledge.references().current(row, look.context.today);
                look.found(look.side.quote(at(range.start), at(range.end)), |school, _| {
                    format!(
                        "{school} still refers to {}. Now: {current}.",
                        row.name(text.get(range.clone()).unwrap_or(""))
                    )
                })
            })
            .collect()
    }
}
