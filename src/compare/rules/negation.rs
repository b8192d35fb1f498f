//! One school says that something is done, the other that it is not.

use super::super::DifferenceKind;
use super::super::values::{Measure, Value};
use super::{Found, Pair, Rule};

/// See the module.
pub(super) struct Negation;

/// Below this likeness a "not" may deny something that the other sentence does not speak of.
const ALIKE: f32 = 0.5;

/// From this likeness on, a sentence with one "not" more or fewer says something else even where both say "not".
const NEARLY: f32 = 0.8;

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
        let turned = a.is_empty() != b.is_empty() || look.likeness >= NEARLY;
        if look.likeness < ALIKE || a.len() == b.len() || !turned {
            return Vec::new();
        }
        if !a.is_empty() && !b.is_empty() {
            return vec![counted(look, &a, &b)];
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

/// Both deny something, one of them once more: the "not" that has no counterpart in place.
fn counted(look: &Pair, a: &[Value], b: &[Value]) -> Found {
    let (more_a, whole_a, whole_b) = (a.len() > b.len(), look.a.sentence.quote(), look.b.sentence.quote());
    let (side, values) = if more_a { (&look.a, a) } else { (&look.b, b) };
    let edited = |value: &&Value| {
        look.edits.iter().map(|e| if more_a { &e.a } else { &e.b }).filter(|r| !r.is_empty()).any(|r| {
            let quote = side.tokens_quote(r.start, r.end);
            quote.start <= value.start && value.end <= quote.end
        })
    };
    let at = values.iter().find(edited).map_or(side.sentence.quote(), |v| side.quote(v.start, v.end));
    let (quote_a, quote_b) = if more_a { (at, whole_b) } else { (whole_a, at) };
    let (yes, no) = if more_a { ("{b}", "{a}") } else { ("{a}", "{b}") };
    let says = format!("{no} says “not” once more than {yes} in an almost equal sentence.");
    Found { a: Some(quote_a), b: Some(quote_b), says, bonus: 0 }
}
