//! What the tests merge: two policies, the schools' names and what people decided in, the materials of a merge and of its Word file out.

use common_ground::compare::Comparison;
use common_ground::document::{Document, Partnership};
use common_ground::merge::{Draft, Materials, Settlement};
use common_ground::report::Draftable;

use crate::seeding::compared;

/// Two policies of two schools, compared.
pub struct Merged {
    pub documents: [Document; 2],
    pub comparison: Comparison,
    pub partnership: Partnership,
    pub settlement: Settlement,
}

impl Merged {
    /// Of the First School and the Second School, with nothing decided.
    pub fn of(a: &Document, b: &Document) -> Self {
        Self {
            documents: [a.clone(), b.clone()],
            comparison: compared(a, b),
            partnership: schools(),
            settlement: Settlement::default(),
        }
    }

    /// The same of schools with these names.
    pub fn named(self, names: [&str; 2]) -> Self {
        Self { partnership: Partnership::of_names(names[0], names[1]), ..self }
    }

    /// The same with these decisions.
    pub fn settled(self, settlement: &Settlement) -> Self {
        Self { settlement: settlement.clone(), ..self }
    }

    pub fn materials(&self) -> Materials<'_> {
        Materials {
            documents: [&self.documents[0], &self.documents[1]],
            comparison: &self.comparison,
            schools: &self.partnership.schools,
            settlement: &self.settlement,
        }
    }
}

/// The two schools of most tests.
pub fn schools() -> Partnership {
    Partnership::of_names("First School", "Second School")
}

/// A draft of 24 November 2026 called Policy, without pictures and in the program's own look.
pub fn draftable<'d>(draft: &'d Draft, materials: &'d Materials<'d>) -> Draftable<'d> {
    Draftable {
        draft,
        materials,
        title: "Policy",
        today: jiff::civil::date(2026, 11, 24),
        overridden: None,
        images: [&[], &[]],
        template: None,
    }
}
