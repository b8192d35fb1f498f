//! Another school's name, left in a policy that was taken over.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};
use crate::document::Class;

/// See the module.
pub(super) struct OtherSchool;

impl Rule for OtherSchool {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::OtherSchool
    }

    fn summary(&self) -> &'static str {
        "A policy calls itself, or its own practice, by the name of another school."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("At Wrenhurst Primary School we teach … (in another school's policy)", "")
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let side = &look.side;
        let mut out = Vec::new();
        for (from, to) in names(look) {
            let quote = side.tokens_quote(from, to);
            let name = quote.text(side.document);
            let own = |s: &crate::document::School| {
                s.name.eq_ignore_ascii_case(name) || s.also.iter().any(|n| n.eq_ignore_ascii_case(name))
            };
            // The partner may be spoken of; what "we" do at the partner's is a leftover, and so is any third school.
            if own(side.school) || own(side.other) && !speaks_as(look, from, to) {
                continue;
            }
            out.push(look.found(quote, |school, _| {
                format!("The policy of {school} speaks of “{name}” as if it were its own school.")
            }));
        }
        out
    }
}

/// Runs of capitalised words that end in "School" and name its kind: "Wrenhurst Primary School". Half-open token ranges.
fn names(look: &Alone) -> Vec<(usize, usize)> {
    let side = &look.side;
    let capital = |k: usize| {
        side.tokens
            .get(k)
            .is_some_and(|t| t.class == Class::Word && side.piece(t).starts_with(char::is_uppercase))
    };
    let kinds =
        ["Infant", "Infants", "Junior", "Primary", "Nursery", "Secondary", "Academy", "First", "Middle"];
    let mut out = Vec::new();
    for (at, token) in side.tokens.iter().enumerate() {
        if side.piece(token) != "School" || at < 2 || !kinds.contains(&side.piece(&side.tokens[at - 1])) {
            continue;
        }
        let mut from = at - 1;
        while from > 0
            && capital(from - 1)
            && !["At", "The", "In", "Our", "For", "To", "From"].contains(&side.piece(&side.tokens[from - 1]))
        {
            from -= 1;
        }
        if from < at - 1 {
            out.push((from, at + 1));
        }
    }
    out
}

/// Whether the sentence says what "we" do at the school named: "At … School we", "… School is committed".
fn speaks_as(look: &Alone, from: usize, to: usize) -> bool {
    let side = &look.side;
    let piece = |k: usize| side.tokens.get(k).map_or("", |t| side.piece(t));
    let at = from.checked_sub(1).map_or("", piece).eq_ignore_ascii_case("at");
    let we =
        (to..to + 3).any(|k| piece(k).eq_ignore_ascii_case("we") || piece(k).eq_ignore_ascii_case("our"));
    let commits = ["is", "believes", "aims", "recognises"].contains(&piece(to))
        && ["committed", "we", "that", "to"].contains(&piece(to + 1));
    at && we || commits
}
