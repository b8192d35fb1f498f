//! Ages and year groups.

use super::super::DifferenceKind;
use super::super::phases::Phases;
use super::super::values::Measure;
use super::unlike::unlike;
use super::{Found, Pair, Rule, taught};

/// See the module.
pub(super) struct AgeOrYear;

impl Rule for AgeOrYear {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::AgeOrYear
    }

    fn summary(&self) -> &'static str {
        "The two schools name different ages or year groups, other than each its own."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Children under 8 are collected by an adult.", "Children under 10 are collected by an adult.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let schools = taught([look.a.school, look.b.school]);
        let named = |side: &super::Side| {
            side.values
                .of(Measure::AgeOrYear)
                .fold(Phases::default(), |all, v| all.and(Phases::of_key(v.key)))
        };
        let (a, b) = (named(&look.a), named(&look.b));
        // Each names only year groups of its own: as it should be.
        let own = |named: Phases, other: Phases| named.is_empty() || named.apart(other);
        if (!a.is_empty() || !b.is_empty()) && own(a, schools[1]) && own(b, schools[0]) {
            return Vec::new();
        }
        unlike(look, Measure::AgeOrYear)
    }
}
