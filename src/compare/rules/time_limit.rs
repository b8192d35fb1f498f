//! Times: within how long, by when, in which month or term.

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
        "The two schools give different times for something: when, by when, or for how long."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("A reply is sent within 10 school days.", "A reply is sent within 15 school days.")
    }

    fn why(&self) -> &'static str {
        "A family that complains, appeals or waits for a call counts the days; two schools with two limits cannot share one procedure."
    }

    fn source(&self) -> &'static str {
        "Best practice guidance for school complaints procedures (Department for Education): a procedure gives clear timescales"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "A reply is sent within five working days of the letter.",
                "A reply is sent within ten working days of the letter.",
            ),
            (
                "Parents are told no later than 24 hours after the incident.",
                "Parents are told no later than 48 hours after the incident.",
            ),
            (
                "Appeals are made within 10 school days of the decision.",
                "Appeals are made within a week of the decision.",
            ),
            ("We telephone on the first day of absence.", "We telephone on the third day of absence."),
            (
                "Records are passed on within a week of the transfer.",
                "Records are passed on within 5 school days of the transfer.",
            ),
            (
                "Records are passed on within a week of the transfer.",
                "Records are passed on within 7 days of the transfer.",
            ),
            ("The SENCO meets the next teacher in May.", "The SENCO meets the next teacher in June."),
            (
                "Reports are sent home at the end of the summer term.",
                "Reports are sent home at the end of the spring term.",
            ),
            (
                "Concerns are reported immediately to the lead.",
                "Concerns are reported by the end of the day to the lead.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "A reply is sent within five working days of the letter.",
                "A reply is sent no later than 5 working days after the letter.",
            ),
            (
                "The book is kept for a fortnight by the office.",
                "The book is kept for two weeks by the office.",
            ),
            ("Leave is given back within twelve months.", "Leave is given back within a year."),
            ("We telephone on the 1st day of absence.", "We telephone on the first day of absence."),
            (
                "The plan is read again in the autumn and summer terms.",
                "The plan is read again in the summer and autumn terms.",
            ),
            (
                "The rules were agreed in May 2025 by the council.",
                "The rules were agreed in June 2024 by the council.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        unlike(look, Measure::TimeLimit)
    }
}
