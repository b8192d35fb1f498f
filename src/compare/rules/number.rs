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

    fn why(&self) -> &'static str {
        "How many adults, governors or warnings there are decides who must be found and when the next step begins."
    }

    fn source(&self) -> &'static str {
        "Early years foundation stage statutory framework and Best practice guidance for school complaints procedures (Department for Education): numbers of adults and of panel members"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("A panel of three governors hears the appeal.", "A panel of five governors hears the appeal."),
            (
                "After the second warning the parents are called in.",
                "After the third warning the parents are called in.",
            ),
            ("Two adults go with the group.", "4 adults go with the group."),
            ("The head hears complaints at stage two.", "The head hears complaints at stage three."),
            ("We can offer 1 to 1 help in class.", "We can offer 2 to 1 help in class."),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("A panel of three governors hears the appeal.", "A panel of 3 governors hears the appeal."),
            ("One of the two adults stays with the group.", "Of the two adults, one stays with the group."),
            ("At least two adults go with the group.", "Two adults go with the group."),
            ("The head hears complaints at stage two.", "The head hears complaints at stage 2."),
            (
                "We follow the code on special needs (DfES 0581) in each class.",
                "We follow the code on special needs in each class.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let mut out = unlike(look, Measure::Count);
        // A figure that no other rule reads, changed in an otherwise equal place: "stage 2" for "stage 3"; or one that counts on one
        // side only: "1 to 1" for "2 to 1".
        let counted = out.is_empty();
        for edit in &look.edits {
            let of = |side, range| unread(side, range, counted);
            if let (Some((x, at_x)), Some((y, at_y))) =
                (of(&look.a, edit.a.clone()), of(&look.b, edit.b.clone()))
                && (x.is_none() || x != y)
            {
                out.push(both_say(look, at_x, at_y));
            }
        }
        out
    }
}

/// The first figure in a stretch of tokens that is neither a local fact nor a value of another measure: "stage two", "the third
/// warning"; with `counted`, also one that counts. Its value, if it has one, and where it stands.
fn unread(side: &Side, range: std::ops::Range<usize>, counted: bool) -> Option<(Option<u64>, (u32, u32))> {
    let tokens = side.tokens.get(range)?;
    tokens.iter().find_map(|token| {
        let in_local = side.values.local.iter().any(|l| l.start <= token.start && token.end <= l.end);
        let read = side.values.all.iter().find(|v| v.start <= token.start && token.end <= v.end);
        let open = match read {
            Some(value) => value.measure == Measure::Label || counted && value.measure == Measure::Count,
            None => token.class == Class::Number,
        };
        (!in_local && open).then_some((read.map(|value| value.key), (token.start, token.end)))
    })
}
