//! Content of a phase that only one school teaches: right in that school's policy, and never missing from the other's.

use super::super::DifferenceKind;
use super::step::is_phase_content;
use super::{Alone, Found, Rule};

/// See the module.
pub(super) struct Phase;

impl Rule for Phase {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Phase
    }

    fn summary(&self) -> &'static str {
        "Content for a phase that only one school teaches (early years, key stage 1, key stage 2); the other is not expected to have it."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("In Reception, children settle in over two weeks.", "")
    }

    fn why(&self) -> &'static str {
        "The early years framework and the key stages ask for different things; an infant and a junior school are not expected to say the same."
    }

    fn source(&self) -> &'static str {
        "Early years foundation stage statutory framework (Department for Education) and the national curriculum"
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        if !look.unsaid || !is_phase_content(look) {
            return Vec::new();
        }
        let [mine, _] = look.side.taught;
        vec![look.found(look.side.sentence.quote(), |school, _| {
            format!("Only {school} teaches {}, so this is right in its policy alone.", mine.name())
        })]
    }
}
