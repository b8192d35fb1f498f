//! Local facts: gathered for each school, never counted as differences.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};

/// See the module.
pub(super) struct LocalFact;

impl Rule for LocalFact {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::LocalFact
    }

    fn summary(&self) -> &'static str {
        "A name, phone number, e-mail or web address, clock time or room: it should differ, so it is listed for each school."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Ring the office on 01632 960101.", "Ring the office on 01632 960202.")
    }

    fn why(&self) -> &'static str {
        "Names and numbers differ by nature: counting them would bury what matters."
    }

    fn source(&self) -> &'static str {
        "The schools' own files"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Ring the office on 01632 960101 at any time.", "Ring the office on 01632 960202 at any time."),
            (
                "The gates open at half past eight each morning.",
                "The gates open at quarter to nine each morning.",
            ),
        ]
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let facts = look.side.values.local.iter();
        facts
            .map(|fact| {
                let quote = look.side.quote(fact.start, fact.end);
                let found =
                    look.found(quote, |school, _| format!("{school} gives its own {}.", fact.kind.name()));
                Found { local: Some(fact.kind), ..found }
            })
            .collect()
    }
}
