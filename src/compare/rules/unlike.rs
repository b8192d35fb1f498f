//! Which values of one measure two sentences do not share: the comparison that the rules for figures have in common.

use super::super::lexicon::Duty;
use super::super::values::{HUNDRED, Measure, Value};
use super::{Found, Pair, Side};

/// A value that only one side gives is a difference only between sentences at least this alike; in others it may belong to
/// something the other side says elsewhere.
const ONE_SIDED: f32 = 0.6;

/// Differences between the values of one measure: those that only one side gives, put beside each other in order.
pub(super) fn unlike(look: &Pair, measure: Measure) -> Vec<Found> {
    let mut left_a: Vec<&Value> = look.a.values.of(measure).collect();
    let mut left_b: Vec<&Value> = look.b.values.of(measure).collect();
    left_a.retain(|x| {
        let same = left_b.iter().position(|y| y.key == x.key);
        same.map(|at| left_b.remove(at)).is_none()
    });
    let both = left_a.len().min(left_b.len());
    let mut out: Vec<Found> =
        left_a.iter().zip(&left_b).map(|(x, y)| both_say(look, (x.start, x.end), (y.start, y.end))).collect();
    // A figure that both give in other words ("twice, and again if needed") is not missing once one pair was found.
    if both == 0
        && look.likeness >= ONE_SIDED
        && !look.a.values.all.iter().chain(&look.b.values.all).any(weak)
    {
        // "one sealed box" is "a sealed box".
        let tells = |v: &&&Value| !(v.measure == Measure::Count && v.key == HUNDRED);
        out.extend(left_a.iter().filter(tells).map(|x| Found {
            a: Some(look.a.quote(x.start, x.end)),
            b: None,
            says: format!("{{a}} says “{}”; {{b}} does not say.", shown(&look.a, x.start, x.end)),
            bonus: 0,
            malus: 0,
        }));
        out.extend(left_b.iter().filter(tells).map(|y| Found {
            a: None,
            b: Some(look.b.quote(y.start, y.end)),
            says: format!("{{b}} says “{}”; {{a}} does not say.", shown(&look.b, y.start, y.end)),
            bonus: 0,
            malus: 0,
        }));
    }
    out
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
        bonus: 0,
        malus: 0,
    }
}

fn shown<'s>(side: &Side<'s>, start: u32, end: u32) -> &'s str {
    side.text.get(start as usize..end as usize).unwrap_or("")
}
