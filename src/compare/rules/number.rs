//! Counts: how many people, times, steps.

use super::super::DifferenceKind;
use super::super::values::Measure;
use super::unlike::{both_say, unlike};
use super::{Found, Pair, Rule, Side};
use crate::document::Class;

/// See the module.
pub(super) struct Number;

impl Rule for Number {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Number
    }

    fn summary(&self) -> &'static str {
        "The two schools give different numbers of people, items or times."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("A panel of three governors hears the complaint.", "A panel of two governors hears the complaint.")
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let mut out = unlike(look, Measure::Count);
        // A figure that no other rule reads, changed in an otherwise equal place: "stage 2" for "stage 3".
        for edit in &look.edits {
            if let (Some(x), Some(y)) = (unread(&look.a, edit.a.clone()), unread(&look.b, edit.b.clone())) {
                out.push(both_say(look, x, y));
            }
        }
        out
    }
}

/// The first figure in a stretch of tokens that is neither a local fact nor a value of another measure.
fn unread(side: &Side, range: std::ops::Range<usize>) -> Option<(u32, u32)> {
    let tokens = side.tokens.get(range)?;
    let token = tokens.iter().find(|t| t.class == Class::Number)?;
    let in_local = side.values.local.iter().any(|l| l.start <= token.start && token.end <= l.end);
    let read = side.values.all.iter().find(|v| v.start <= token.start && token.end <= v.end);
    let open = read.is_none_or(|v| v.measure == Measure::Label);
    (!in_local && open).then_some((token.start, token.end))
}
