//! How often something is done.

use super::super::DifferenceKind;
use super::super::values::Measure;
use super::unlike::unlike;
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct Frequency;

impl Rule for Frequency {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Frequency
    }

    fn summary(&self) -> &'static str {
        "The two schools do the same thing more or less often."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("A fire drill is held every term.", "A fire drill is held every half term.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Frequency)
    }
}
