//! One school says that something is done, the other that it is not.

use super::super::DifferenceKind;
use super::super::values::{Measure, Value};
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct Negation;

/// Below this likeness a "not" may deny something that the other sentence does not speak of.
const ALIKE: f32 = 0.5;

impl Rule for Negation {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Negation
    }

    fn summary(&self) -> &'static str {
        "One school forbids or denies what the other allows or does."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Earrings are not allowed.", "Small stud earrings are allowed.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let of = |side: &super::Side| -> Vec<Value> { side.values.of(Measure::Negation).copied().collect() };
        let (a, b) = (of(&look.a), of(&look.b));
        if look.likeness < ALIKE || a.is_empty() == b.is_empty() {
            return Vec::new();
        }
        let whole_a = look.a.sentence.quote();
        let whole_b = look.b.sentence.quote();
        let (quote_a, quote_b) = match (a.first(), b.first()) {
            (Some(x), _) => (look.a.quote(x.start, x.end), whole_b),
            (_, Some(y)) => (whole_a, look.b.quote(y.start, y.end)),
            _ => return Vec::new(),
        };
        let (yes, no) = if a.is_empty() { ("{a}", "{b}") } else { ("{b}", "{a}") };
        let says = format!("{no} says “not” where {yes} does not.");
        vec![Found { a: Some(quote_a), b: Some(quote_b), says, bonus: 0 }]
    }
}
