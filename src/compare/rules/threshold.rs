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

    fn why(&self) -> &'static str {
        "The figure decides which family gets a letter and which does not."
    }

    fn source(&self) -> &'static str {
        "Working together to improve school attendance (Department for Education): thresholds of absence"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "We write home when attendance falls below 95%.",
                "We write home when attendance falls below ten per cent.",
            ),
            (
                "A plan is written after more than three incidents.",
                "A plan is written after three or more incidents.",
            ),
            ("Groups of fewer than six stay in class.", "Groups of fewer than eight stay in class."),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "Pupils whose attendance is below 90% are persistently absent.",
                "Pupils whose attendance is under 90 per cent are persistently absent.",
            ),
            (
                "A plan is written after more than three incidents.",
                "A plan is written after four or more incidents.",
            ),
            ("No more than six children go in a group.", "Six or fewer children go in a group."),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Threshold)
    }
}
