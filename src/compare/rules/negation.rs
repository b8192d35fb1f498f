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

/// Tokens of a change that is about the "not" alone ("not", "cannot" for "can", "did not" for "did").
const BY_ITSELF: usize = 2;

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
            return counted(look, &a, &b).into_iter().collect();
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

/// Both deny something, one of them once more: the "not" that was put in or taken out by itself. One that came with other new
/// words denies those, not what both say.
fn counted(look: &Pair, a: &[Value], b: &[Value]) -> Option<Found> {
    let more_a = a.len() > b.len();
    let (side, values) = if more_a { (&look.a, a) } else { (&look.b, b) };
    let by_itself = |value: &&Value| {
        look.edits.iter().any(|e| {
            let (mine, other) = if more_a { (&e.a, &e.b) } else { (&e.b, &e.a) };
            let quote = side.tokens_quote(mine.start, mine.end);
            let inside = quote.start <= value.start && value.end <= quote.end;
            inside && !mine.is_empty() && mine.len() <= BY_ITSELF && other.len() <= BY_ITSELF
        })
    };
    let at = values.iter().find(by_itself).map(|v| side.quote(v.start, v.end))?;
    let (quote_a, quote_b, yes, no) = if more_a {
        (at, look.b.sentence.quote(), "{b}", "{a}")
    } else {
        (look.a.sentence.quote(), at, "{a}", "{b}")
    };
    let says = format!("{no} says “not” where {yes} does not.");
    Some(Found { a: Some(quote_a), b: Some(quote_b), says, bonus: 0 })
}
