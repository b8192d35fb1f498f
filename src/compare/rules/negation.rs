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

/// Tokens of a change that may still be about the "not" where only one side denies anything.
const CLAUSE: usize = 8;

/// Words that deny without a "not".
const DENY: [&str; 13] = [
    "without",
    "avoid",
    "avoids",
    "avoided",
    "avoiding",
    "fail",
    "fails",
    "failed",
    "failing",
    "refrain",
    "refrains",
    "refrained",
    "refraining",
];

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

    fn why(&self) -> &'static str {
        "What one school forbids, families of the other may do; it is what parents with children in both schools notice first."
    }

    fn source(&self) -> &'static str {
        "Keeping Children Safe in Education (Department for Education): “must” is a legal duty, “should” is advice to be followed unless there is good reason"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Pupils may bring toys to school.", "Pupils may not bring toys to school."),
            (
                "Staff are required to attend the evening meeting.",
                "Staff are not required to attend the evening meeting.",
            ),
            (
                "Children are never sent home alone during the day.",
                "Children are sent home alone during the day.",
            ),
            (
                "Photographs can be taken by parents at the play.",
                "Photographs cannot be taken by parents at the play.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("No homework is set in the holidays.", "Homework is not set in the holidays."),
            (
                "Sanctions include but are not limited to loss of a break.",
                "Sanctions include loss of a break.",
            ),
            (
                "Carelessness that causes unacceptable damage ends in a warning.",
                "Carelessness that causes damage ends in a warning.",
            ),
            ("Volunteers are never left alone with pupils.", "Volunteers are not left alone with pupils."),
            ("Staff do not shout at children at any time.", "Staff avoid shouting at children at any time."),
            (
                "Medicine will not be given unless a doctor has prescribed it.",
                "Medicine will only be given if a doctor has prescribed it.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let of = |side: &super::Side| -> Vec<Value> { side.values.of(Measure::Negation).copied().collect() };
        let (a, b) = (of(&look.a), of(&look.b));
        // Where both deny something, only one "not" more or fewer in an all but equal sentence turns it.
        let one_sided = a.is_empty() || b.is_empty();
        let (least, longest) = if one_sided { (ALIKE, CLAUSE) } else { (NEARLY, BY_ITSELF) };
        if look.likeness < least || a.len() == b.len() || look.one_condition() {
            return Vec::new();
        }
        // "never left without an adult" denies twice, and so says what "always with an adult" says; "avoid" and "fail to" deny as well.
        let denials = |side: &super::Side, values: &[Value]| values.len() + side.count(&DENY);
        if one_sided && denials(&look.a, &a) % 2 == denials(&look.b, &b) % 2 {
            return Vec::new();
        }
        turned(look, &a, &b, longest).into_iter().collect()
    }
}

/// The "not" that one side has more, if the change that holds it is short. One that came with a whole new clause denies that
/// clause, not what both say.
fn turned(look: &Pair, a: &[Value], b: &[Value], longest: usize) -> Option<Found> {
    let more_a = a.len() > b.len();
    let (side, values) = if more_a { (&look.a, a) } else { (&look.b, b) };
    let short = |value: &&Value| {
        look.edits.iter().any(|e| {
            let (mine, other) = if more_a { (&e.a, &e.b) } else { (&e.b, &e.a) };
            let quote = side.tokens_quote(mine.start, mine.end);
            let inside = quote.start <= value.start && value.end <= quote.end;
            inside && !mine.is_empty() && mine.len() <= longest && other.len() <= longest
        })
    };
    let at = values.iter().find(short).map(|v| side.quote(v.start, v.end))?;
    let (quote_a, quote_b, yes, no) = if more_a {
        (at, look.b.sentence.quote(), "{b}", "{a}")
    } else {
        (look.a.sentence.quote(), at, "{a}", "{b}")
    };
    let says = format!("{no} says “not” where {yes} does not.");
    Some(Found { a: Some(quote_a), b: Some(quote_b), says, ..Found::default() })
}
