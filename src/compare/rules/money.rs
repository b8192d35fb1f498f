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

    fn why(&self) -> &'static str {
        "Families with children in both schools pay both prices."
    }

    fn source(&self) -> &'static str {
        "Charging for school activities (Department for Education): a school publishes what it charges for"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Each session costs £2.50 for a child.", "Each session costs £3 for a child."),
            (
                "A contribution of ten pounds is asked for the visit.",
                "A contribution of £12 is asked for the visit.",
            ),
            ("A lost book costs 50p to replace.", "A lost book costs 80p to replace."),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Each session costs £2.50 for a child.", "Each session costs 250 pence for a child."),
            (
                "A contribution of ten pounds is asked for the visit.",
                "A contribution of £10 is asked for the visit.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Money)
    }
}
