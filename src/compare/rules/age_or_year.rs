//! Ages and year groups.

use super::super::DifferenceKind;
use super::super::phases::{Phases, groups};
use super::super::values::Measure;
use super::unlike::unlike_where;
use super::{Found, Pair, Rule};

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

    fn why(&self) -> &'static str {
        "An age at which children may walk home or carry an inhaler holds for brothers and sisters in both schools; year groups that only one school has are no difference."
    }

    fn source(&self) -> &'static str {
        "Early years foundation stage statutory framework (Department for Education): ages decide supervision"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "Children under the age of 8 are collected by an adult.",
                "Children under the age of 10 are collected by an adult.",
            ),
            (
                "Swimming is taught in Years 1 and 2 of the school.",
                "Swimming is taught in Years 3 and 4 of the school.",
            ),
            (
                "Children up to and including Year 2 are met at the door.",
                "Children up to and including Year 4 are met at the door.",
            ),
            (
                "Reading books go home from Reception to Year 2.",
                "Reading books go home from Reception to Year 1.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "Swimming is taught in Years 1 and 2 of the school.",
                "Swimming is taught in Year 1 and Year 2 of the school.",
            ),
            ("Reading books go home in Years 1 and 2.", "Reading books go home in key stage 1."),
            (
                "Reading books go home from Reception to Year 2.",
                "Reading books go home in Reception, Year 1 and Year 2.",
            ),
            (
                "Children under 8 are collected by an adult.",
                "Children under the age of eight are collected by an adult.",
            ),
            (
                "Children under the age of 8 years are collected by an adult.",
                "Children under 8 years of age are collected by an adult.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let schools = look.a.taught;
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
        // The same year groups in other words: only ages are left to differ.
        let groups_of =
            |side: &super::Side| side.values.of(Measure::AgeOrYear).fold(0, |all, v| all | groups(v.key));
        let same = groups_of(&look.a) == groups_of(&look.b);
        unlike_where(look, Measure::AgeOrYear, |v| !same || groups(v.key) == 0)
    }
}
