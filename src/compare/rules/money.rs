//! Amounts of money.

use super::super::DifferenceKind;
use super::super::values::Measure;
use super::unlike::unlike;
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct Money;

impl Rule for Money {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Money
    }

    fn summary(&self) -> &'static str {
        "The two schools charge or spend different amounts."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Breakfast club costs £3.50.", "Breakfast club costs £4.25.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Money)
    }
}
