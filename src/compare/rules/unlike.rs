//! Which values of one measure two sentences do not share: the comparison that the rules for figures have in common.

use super::super::lexicon::Duty;
use super::super::values::{HUNDRED, Measure, Value, may_be_the_same};
use super::{Found, Pair, Side};

/// A value that only one side gives is a difference only between sentences at least this alike; in others it may belong to
/// something the other side says elsewhere.
const ONE_SIDED: f32 = 0.6;

/// A question comes after every contradiction.
const QUESTION: u32 = 30;

/// Differences between the values of one measure: those that only one side gives, put beside each other in order.
pub(super) fn unlike(look: &Pair, measure: Measure) -> Vec<Found> {
    unlike_where(look, measure, |_| true)
}

/// The same for the values that are asked for.
pub(super) fn unlike_where(look: &Pair, measure: Measure, keep: impl Fn(&Value) -> bool) -> Vec<Found> {
    // "two adults" and "at least two adults" answer each other, so counts and bounds on them are looked at together.
    let figures = [Measure::Count, Measure::Threshold];
    let family = |m: Measure| m == measure || figures.contains(&m) && figures.contains(&measure);
    let of = |side: &'_ Side| -> Vec<Value> {
        side.values.all.iter().filter(|v| family(v.measure) && keep(v)).copied().collect()
    };
    let (mut left_a, mut left_b) = (of(&look.a), of(&look.b));
    left_a.retain(|x| {
        let same = left_b.iter().position(|y| y.key == x.key);
        same.map(|at| left_b.remove(at)).is_none()
    });
    let pairs: Vec<(Value, Value)> = left_a.iter().copied().zip(left_b.iter().copied()).collect();
    // A bound and a count make a threshold; each rule reports its own.
    let mine = |x: &Value, y: &Value| {
        let bound = x.measure == Measure::Threshold || y.measure == Measure::Threshold;
        !figures.contains(&measure) || bound == (measure == Measure::Threshold)
    };
    let both = pairs.len();
    let mut out: Vec<Found> =
        pairs.iter().filter(|(x, y)| mine(x, y)).map(|(x, y)| answer(look, measure, x, y)).collect();
    left_a.retain(|v| v.measure == measure);
    left_b.retain(|v| v.measure == measure);
    // A figure that both give in other words ("twice, and again if needed") is not missing once one pair was found.
    if both == 0
        && look.likeness >= ONE_SIDED
        && !look.a.values.all.iter().chain(&look.b.values.all).any(weak)
    {
        // "one sealed box" is "a sealed box".
        let tells = |v: &&Value| !(v.measure == Measure::Count && v.key == HUNDRED);
        out.extend(left_a.iter().filter(tells).map(|x| Found {
            a: Some(look.a.quote(x.start, x.end)),
            b: None,
            says: format!("{{a}} says “{}”; {{b}} does not say.", shown(&look.a, x.start, x.end)),
            ..Found::default()
        }));
        out.extend(left_b.iter().filter(tells).map(|y| Found {
            a: None,
            b: Some(look.b.quote(y.start, y.end)),
            says: format!("{{b}} says “{}”; {{a}} does not say.", shown(&look.b, y.start, y.end)),
            ..Found::default()
        }));
    }
    out
}

/// Two values that stand in each other's place: a difference, or a question where both may mean the same.
fn answer(look: &Pair, measure: Measure, x: &Value, y: &Value) -> Found {
    let found = both_say(look, (x.start, x.end), (y.start, y.end));
    if measure == Measure::TimeLimit && may_be_the_same(x.key, y.key) {
        let says = format!("{} They may be the same; say which is meant.", found.says);
        return Found { says, malus: QUESTION, ..found };
    }
    found
}

/// "where possible", "can": a figure beside it is often given as an example.
fn weak(value: &Value) -> bool {
    value.measure == Measure::Obligation && value.key == Duty::Can as u64
}

/// Both sides give a figure, and not the same.
pub(super) fn both_say(look: &Pair, x: (u32, u32), y: (u32, u32)) -> Found {
    let a = shown(&look.a, x.0, x.1);
    let b = shown(&look.b, y.0, y.1);
    Found {
        a: Some(look.a.quote(x.0, x.1)),
        b: Some(look.b.quote(y.0, y.1)),
        says: format!("{{a}} says “{a}”; {{b}} says “{b}”."),
        ..Found::default()
    }
}

fn shown<'s>(side: &Side<'s>, start: u32, end: u32) -> &'s str {
    side.text.get(start as usize..end as usize).unwrap_or("")
}
