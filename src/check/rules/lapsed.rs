//! Review dates that have passed.

use crate::document::date::in_words as date;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct Lapsed;

impl Check for Lapsed {
    fn id(&self) -> &'static str {
        "lapsed"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "The day by which the policy was to be reviewed has passed."
    }

    fn why(&self) -> &'static str {
        "A governing body that sets a review date is expected to keep it."
    }

    fn action(&self) -> &'static str {
        "Review the policy, or record why its review is put off."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Next review: September 2025 (looked at in November 2026)", "Next review: September 2027")
    }

    fn source(&self) -> &'static str {
        "The policy's own date of review; the usual time between two reviews of a statutory policy stands in the register, with its source"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let Some(due) = &look.document.front_matter.review_due else { return Vec::new() };
        let Some(last) = due.passed(look.setting.today) else { return Vec::new() };
        let says = match due.from == due.to {
            true => format!("The review was due on {}.", date(last)),
            false => format!("The review was due in “{}”, which ended on {}.", due.text, date(last)),
        };
        vec![Found { document: Some(look.at), says, ..Found::default() }]
    }
}
