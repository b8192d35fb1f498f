//! How binding a duty is: must, should, may.

use super::super::DifferenceKind;
use super::super::lexicon::{Duty, Lex, meaning};
use super::super::values::{Measure, Value};
use super::unlike::both_say;
use super::{Found, Pair, Rule, Side};

/// See the module.
pub(super) struct Obligation;

/// Below this likeness two sentences are too far apart for their duty words to answer each other.
const ALIKE: f32 = 0.5;

/// From this likeness on a sentence says the same but for the duty word, whatever follows it.
const NEARLY: f32 = 0.8;

/// What happens to somebody or something, whoever wants it: "children may feel lost" is no duty.
const HAPPENS: [&str; 14] = [
    "feel", "seem", "appear", "benefit", "suffer", "vary", "depend", "happen", "occur", "arise", "need",
    "require", "become", "affect",
];

impl Rule for Obligation {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Obligation
    }

    fn summary(&self) -> &'static str {
        "What one school requires (must, will), the other recommends (should) or only allows (may)."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Staff must record every report.", "Staff should record every report.")
    }

    fn why(&self) -> &'static str {
        "Staff do what is required and may leave what is only advised; across one site a duty in one policy and advice in the other leave children differently protected."
    }

    fn source(&self) -> &'static str {
        "Keeping Children Safe in Education (Department for Education): “must” is a legal duty, “should” is advice to be followed unless there is good reason"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Staff must record every concern in writing.", "Staff should record every concern in writing."),
            (
                "Parents will be told of every injury to the head.",
                "Parents may be told of every injury to the head.",
            ),
            ("Staff are required to wear a badge on site.", "Staff are expected to wear a badge on site."),
            (
                "Parents must not use their phones in the playground.",
                "Parents are not required to use their phones in the playground.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Staff must ensure that gates are closed.", "Staff will ensure that gates are closed."),
            ("Staff must sign in each morning.", "Staff are required to sign in each morning."),
            ("Parents may not smoke on the site.", "Parents must not smoke on the site."),
            (
                "Families need not give a reason for their choice.",
                "Families are not required to give a reason for their choice.",
            ),
            ("Pupils are not allowed to climb the fence.", "Pupils may not climb the fence."),
            ("The gate code (May 2026) is kept safe.", "The gate code (spring 2026) is kept safe."),
            (
                "Children will feel anxious when they are first left with strangers.",
                "When they are left, children may feel anxious and cling to us.",
            ),
            (
                "This leaflet should be read: Gates, What Parents Must Know.",
                "This leaflet should be read: Gates, What Parents Should Know.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let replaced = replaced(look);
        if !replaced.is_empty() {
            return replaced;
        }
        if look.likeness < ALIKE {
            return Vec::new();
        }
        let (a, b) = (duties(look, &look.a), duties(look, &look.b));
        // Only if no duty word of one side answers one of the other does the whole sentence bind otherwise.
        match (a.first(), b.first()) {
            (Some(x), Some(y)) if a.iter().all(|x| b.iter().all(|y| unlike(x.key, y.key))) => {
                vec![both_say(look, with_not(&look.a, x), with_not(&look.b, y))]
            }
            _ => Vec::new(),
        }
    }
}

/// The duty words of a sentence; of sentences that are not nearly the same without those that tell what happens.
fn duties(look: &Pair, side: &Side) -> Vec<Value> {
    let happens = |value: &Value| {
        let next = side.tokens.partition_point(|t| t.start < value.end);
        side.tokens.iter().skip(next).take(2).any(|t| HAPPENS.contains(&side.piece(t)))
    };
    let nearly = look.one_word() || look.likeness >= NEARLY;
    side.values.of(Measure::Obligation).filter(|value| nearly || !happens(value)).copied().collect()
}

/// The bytes of a duty word with the "not" that belongs to it: without it "must not" would be quoted as its contrary.
fn with_not(side: &Side, value: &Value) -> (u32, u32) {
    let place = |byte: u32| side.tokens.partition_point(|t| t.start < byte);
    let lex = |at: usize| side.tokens.get(at).and_then(|t| Some((t, meaning(t.word)?)));
    let not = |at: usize| lex(at).and_then(|(t, lex)| matches!(lex, Lex::Not).then_some(t));
    let first = place(value.start);
    // "not required to", "not always allowed to": only there does the "not" come first.
    let asks = matches!(lex(first), Some((_, Lex::DutyTo(_))));
    let before = (1..=2).filter_map(|back| first.checked_sub(back)).find_map(not).filter(|_| asks);
    let after = not(place(value.end)).filter(|_| !asks);
    (before.map_or(value.start, |t| t.start), after.map_or(value.end, |t| t.end))
}

/// A duty word that stands where the other side has another one.
fn replaced(look: &Pair) -> Vec<Found> {
    let mut out = Vec::new();
    let (of_a, of_b) = (duties(look, &look.a), duties(look, &look.b));
    for edit in &look.edits {
        let a = look.a.tokens_quote(edit.a.start, edit.a.end);
        let b = look.b.tokens_quote(edit.b.start, edit.b.end);
        if edit.a.is_empty() || edit.b.is_empty() {
            continue;
        }
        let inside = |v: &&Value, start: u32, end: u32| start <= v.start && v.end <= end;
        let mut ys = of_b.iter().filter(|v| inside(v, b.start, b.end));
        for x in of_a.iter().filter(|v| inside(v, a.start, a.end)) {
            if let Some(y) = ys.next().filter(|y| unlike(x.key, y.key)) {
                out.push(both_say(look, with_not(&look.a, x), with_not(&look.b, y)));
            }
        }
    }
    out
}

/// Whether two duty words bind differently. "can" states a possibility as often as a permission, so it answers "may".
fn unlike(x: u64, y: u64) -> bool {
    let (low, high) = (x.min(y), x.max(y));
    low != high && !(low == Duty::May as u64 && high == Duty::Can as u64)
}
