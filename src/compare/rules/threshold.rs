//! Figures above or below which something happens.

use super::super::DifferenceKind;
use super::super::values::Measure;
use super::unlike::unlike;
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct Threshold;

impl Rule for Threshold {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Threshold
    }

    fn summary(&self) -> &'static str {
        "The two schools act at different figures: a percentage, or a count above or below which something happens."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("We write home when attendance falls below 92%.", "We write home when attendance falls below 90%.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Threshold)
    }
}
