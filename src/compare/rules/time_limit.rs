//! Time limits: within how long, by when.

use super::super::DifferenceKind;
use super::super::values::Measure;
use super::unlike::unlike;
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct TimeLimit;

impl Rule for TimeLimit {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::TimeLimit
    }

    fn summary(&self) -> &'static str {
        "The two schools give different times by which, or for how long, something is done."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("A reply is sent within 10 school days.", "A reply is sent within 15 school days.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::TimeLimit)
    }
}
