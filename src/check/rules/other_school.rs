//! Another school's name, left in a policy that was taken over.

use crate::compare::Quote;
use crate::document::schools::{names, same, speaks_as};
use crate::document::{Role, School};

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct OtherSchool;

impl Check for OtherSchool {
    fn id(&self) -> &'static str {
        "other_school"
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn summary(&self) -> &'static str {
        "The policy calls itself, or its own practice, by the name of another school."
    }

    fn why(&self) -> &'static str {
        "It shows that the policy was taken over unread; parents cannot tell whose rules these are."
    }

    fn action(&self) -> &'static str {
        "Put in the school's own name, and read the passage as a whole."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "At Wrenhurst Primary School we teach … (in another school's policy)",
            "Children move on to Wrenhurst Primary School.",
        )
    }

    fn source(&self) -> &'static str {
        "The school's own file and the names in common-ground.toml"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        // Without a common-ground.toml nobody has said what the school is called: its folder's name is no school's.
        if look.school.folder.is_empty() {
            return Vec::new();
        }
        let mut out = Vec::new();
        for sentence in &look.sentences {
            let Some(block) = look.document.blocks.get(sentence.block as usize) else { continue };
            let tokens = sentence.tokens(look.document);
            for (from, to) in names(&block.text, tokens) {
                let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else { continue };
                let place = Quote { block: sentence.block, start: first.start, end: last.end };
                let name = place.text(look.document);
                let own = |s: &School| same(&s.name, name) || s.also.iter().any(|n| same(n, name));
                if own(look.school)
                    || !(block.role == Role::Title || speaks_as(&block.text, tokens, from, to))
                {
                    continue;
                }
                out.push(
                    look.found(place, format!("The policy speaks of “{name}” as if it were its own school.")),
                );
            }
        }
        out
    }
}
