//! Another school's name, left in a policy that was taken over.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};
use crate::document::schools::{names, speaks_as};

/// See the module.
pub(super) struct OtherSchool;

impl Rule for OtherSchool {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::OtherSchool
    }

    fn summary(&self) -> &'static str {
        "A policy calls itself, or its own practice, by the name of another school."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("At Wrenhurst Primary School we teach … (in another school's policy)", "")
    }

    fn why(&self) -> &'static str {
        "It shows that nobody read the policy after it was copied."
    }

    fn source(&self) -> &'static str {
        "The schools' own files"
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let side = &look.side;
        let mut out = Vec::new();
        // Without a common-ground.toml nobody has said what the school is called: its folder's name is no school's.
        if side.school.folder.is_empty() {
            return out;
        }
        for (from, to) in names(side.text, side.tokens) {
            let quote = side.tokens_quote(from, to);
            let name = quote.text(side.document);
            let own = |s: &crate::document::School| {
                s.name.eq_ignore_ascii_case(name) || s.also.iter().any(|n| n.eq_ignore_ascii_case(name))
            };
            // The partner may be spoken of; what "we" do at the partner's is a leftover, and so is any third school.
            if own(side.school) || own(side.other) && !speaks_as(side.text, side.tokens, from, to) {
                continue;
            }
            out.push(look.found(quote, |school, _| {
                format!("The policy of {school} speaks of “{name}” as if it were its own school.")
            }));
        }
        out
    }
}
