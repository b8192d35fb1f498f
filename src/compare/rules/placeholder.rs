//! Gaps of a template that nobody filled in.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};
use crate::document::gaps::gaps;

/// See the module.
pub(super) struct Placeholder;

impl Rule for Placeholder {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Placeholder
    }

    fn summary(&self) -> &'static str {
        "A gap of a template was not filled in."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("[Insert name of school] will keep a record.", "")
    }

    fn why(&self) -> &'static str {
        "A gap where a name or a date should stand leaves a duty with nobody."
    }

    fn source(&self) -> &'static str {
        "The schools' own files"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("[Insert name of school] will keep a record of visits.", ""),
            ("The lead is XXXX and can be reached at the office.", ""),
        ]
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let sentence = look.side.sentence;
        let text = sentence.quote().text(look.side.document);
        let mut out = Vec::new();
        for (start, end) in gaps(text) {
            let at = |offset: usize| sentence.start + u32::try_from(offset).unwrap_or(0);
            let quote = look.side.quote(at(start), at(end));
            let gap = text.get(start..end).unwrap_or("");
            out.push(look.found(quote, |school, _| {
                format!("The policy of {school} still has the gap “{gap}” of a template.")
            }));
        }
        out
    }
}
