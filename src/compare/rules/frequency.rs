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

    fn why(&self) -> &'static str {
        "A check that one school makes weekly and the other termly is a different check."
    }

    fn source(&self) -> &'static str {
        "Early years foundation stage statutory framework and Health and safety: responsibilities and duties for schools (Department for Education): regular checks"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Records are checked half-termly by the lead.", "Records are checked termly by the lead."),
            (
                "The committee meets at least termly in the library.",
                "The committee meets at least monthly in the library.",
            ),
            (
                "Plans are reviewed twice a year by the team.",
                "Plans are reviewed three times a year by the team.",
            ),
            (
                "Equipment is inspected every two years by a firm.",
                "Equipment is inspected every year by a firm.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "Records are checked half-termly by the lead.",
                "Records are checked every half term by the lead.",
            ),
            (
                "The policy is reviewed annually by the governors.",
                "The policy is reviewed once a year by the governors.",
            ),
            (
                "The alarm is tested every fortnight by the caretaker.",
                "The alarm is tested fortnightly by the caretaker.",
            ),
            ("Meetings are held three times a year for staff.", "Three meetings a year are held for staff."),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::Frequency)
    }
}
