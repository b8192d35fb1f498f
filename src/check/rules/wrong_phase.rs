//! Content for children whom the school does not teach.

use crate::compare::Phases;
use crate::document::{Kind, Role};

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct WrongPhase;

impl Check for WrongPhase {
    fn id(&self) -> &'static str {
        "wrong_phase"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "A sentence is about year groups that the school does not teach."
    }

    fn why(&self) -> &'static str {
        "It was taken over from a school of another phase, and staff cannot follow it."
    }

    fn action(&self) -> &'static str {
        "Take it out, or move it into the other school's annex."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "In Reception, children settle in over two weeks. (in a junior school)",
            "Children who move up from Year 2 visit in July.",
        )
    }

    fn source(&self) -> &'static str {
        "Early years foundation stage statutory framework (Department for Education) and the national curriculum; what the school teaches by common-ground.toml"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let mine = Phases::of_school(look.school);
        let mut out = Vec::new();
        if mine.is_empty() || look.adopted() {
            return out; // a shared policy speaks of both schools' children
        }
        for sentence in &look.sentences {
            let Some(block) = look.document.blocks.get(sentence.block as usize) else { continue };
            if block.role != Role::Body || block.kind == Kind::Heading {
                continue;
            }
            let tokens = sentence.tokens(look.document);
            let named = Phases::of_text(&block.text, tokens);
            let words = sentence.quote().text(look.document).to_lowercase();
            if named.is_empty() || !named.apart(mine) || ELSEWHERE.iter().any(|w| words.contains(w)) {
                continue;
            }
            let says = format!("This speaks of {}, which {} does not teach.", named.name(), look.school.name);
            out.push(look.found(sentence.quote(), says));
        }
        out
    }
}

/// Words of a sentence that speaks of children before they come or after they leave, of guidance, or of another place.
const ELSEWHERE: [&str; 22] = [
    "transfer",
    "transition",
    "move",
    "moving",
    "join",
    "leav",
    "visit",
    "infant",
    "junior",
    "primary",
    "secondary",
    "partner",
    "previous",
    "next",
    "sibling",
    "framework",
    "statutory",
    "guidance",
    "profile",
    "federation",
    "both schools",
    "from year",
];
