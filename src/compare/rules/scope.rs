//! To whom or what it applies: all or some, only, except.

use super::super::lexicon::Quantifier;
use super::super::values::{Measure, Value};
use super::super::{DifferenceKind, Quote};
use super::unlike::both_say;
use super::{Found, Pair, Rule, Side};

/// See the module.
pub(super) struct Scope;

/// Quantifiers vary freely between sentences written apart; only near-equal sentences are held against each other.
const ALIKE: f32 = 0.7;

/// From this likeness on a clause that one side adds is added to what the other says.
const ADDED: f32 = 0.45;
/// Tokens of such a clause: a shorter "not" turns the sentence, which is another rule's, and a longer one says something of its own.
const CLAUSE: std::ops::RangeInclusive<usize> = 4..=10;
/// What such a clause begins with.
const JOINS: [&str; 4] = ["or", "and", "but", "except"];

impl Rule for Scope {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Scope
    }

    fn summary(&self) -> &'static str {
        "What one school applies to all, the other applies to some, to only a few, or with an exception."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("All visitors sign in.", "Some visitors sign in.")
    }

    fn why(&self) -> &'static str {
        "Whom a rule covers decides who must keep it."
    }

    fn source(&self) -> &'static str {
        "Best practice in drafting: the Governance guide (Department for Education) asks that a policy say to whom it applies"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("All visitors sign in at the office.", "Some visitors sign in at the office."),
            (
                "Jewellery is removed for lessons in the hall.",
                "Only jewellery is removed for lessons in the hall.",
            ),
            (
                "The parent may bring a friend to the hearing.",
                "The parent may bring a friend or a colleague, but not a solicitor, to the hearing.",
            ),
            ("All pupils have a reading record at home.", "Most pupils have a reading record at home."),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("All visitors sign in at the office.", "Visitors sign in at the office."),
            ("All visitors sign in at the office.", "Every visitor signs in at the office."),
            (
                "Gates are checked each morning and others each week.",
                "Some gates are checked each morning and others each week.",
            ),
            ("Only prescribed medicine is given here.", "Medicine is given here only if it is prescribed."),
            (
                "Places are offered at this age only in rare and exceptional cases.",
                "Places are offered at this age in rare and exceptional cases.",
            ),
            (
                "Leave is only given to staff who have asked for it in writing.",
                "leave is given to staff who have asked for it in writing.",
            ),
            (
                "Pupils are not let out of the gate unless a parent has written.",
                "Pupils are only let out of the gate if a parent has written.",
            ),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        let mut out: Vec<Found> = added(look).into_iter().collect();
        // "All areas" and "some areas": where nothing else differs, few words are enough.
        if look.likeness < ALIKE && !look.one_word() || look.one_condition() {
            return out;
        }
        for edit in &look.edits {
            let x = quantifier(&look.a, edit.a.clone());
            let y = quantifier(&look.b, edit.b.clone());
            match (x, y) {
                (Some(x), Some(y)) if x.key != y.key => {
                    out.push(both_say(look, (x.start, x.end), (y.start, y.end)))
                }
                // A bare plural means all of them, so "all" alone changes nothing; "only", "except" and "some" do.
                (Some(x), None) if narrows(&look.a, &x) && !limits(&look.b, &x) => {
                    out.push(one_says(look, Some(&x), None))
                }
                (None, Some(y)) if narrows(&look.b, &y) && !limits(&look.a, &y) => {
                    out.push(one_says(look, None, Some(&y)))
                }
                _ => {}
            }
        }
        out
    }
}

/// A clause that one side adds and that takes something away: "or a representative, but not a lawyer".
fn added(look: &Pair) -> Option<Found> {
    if look.likeness < ADDED {
        return None;
    }
    let sides = [&look.a, &look.b];
    let denies = |side: &Side| side.values.of(Measure::Negation).next().is_some();
    look.edits.iter().find_map(|edit| {
        let ranges = [&edit.a, &edit.b];
        let which = ranges.iter().position(|range| !range.is_empty())?;
        if !ranges[1 - which].is_empty() || denies(sides[1 - which]) {
            return None;
        }
        let clause = takes_away(sides[which], ranges[which].clone())?;
        let [adds, not] = if which == 0 { ["{a}", "{b}"] } else { ["{b}", "{a}"] };
        let says = format!("{adds} adds “{}”; {not} does not.", clause.text(sides[which].document));
        let [mut a, mut b] = sides.map(|side| side.sentence.quote());
        *(if which == 0 { &mut a } else { &mut b }) = clause;
        Some(Found { a: Some(a), b: Some(b), says, ..Found::default() })
    })
}

/// The tokens of a sentence as such a clause, if they are one.
fn takes_away(side: &Side, range: std::ops::Range<usize>) -> Option<Quote> {
    let quote = side.tokens_quote(range.start, range.end);
    let inside = |v: &Value| quote.start <= v.start && v.end <= quote.end;
    let denies = side.values.of(Measure::Negation).any(inside);
    let joins = side.tokens.get(range.start).is_some_and(|t| JOINS.contains(&side.piece(t)));
    (CLAUSE.contains(&range.len()) && denies && joins).then_some(quote)
}

/// The other sentence narrows as much in another place ("only prescribed medicine", "medicine only if prescribed") or in other words
/// ("in exceptional circumstances"), or is the end of one whose beginning may.
fn limits(side: &Side, value: &Value) -> bool {
    let begins = side.tokens.first().map(|t| side.piece(t));
    side.values.of(Measure::Scope).any(|v| v.key == value.key)
        || side.count(&["exceptional", "exceptionally"]) > 0
        || begins.is_some_and(|w| w.starts_with(char::is_lowercase))
}

/// "some are checked daily, others each week" speaks of all of them.
fn narrows(side: &Side, value: &Value) -> bool {
    let rest = value.key == Quantifier::Some as u64 && side.count(&["others"]) > 0;
    value.key != Quantifier::All as u64 && !rest
}

fn one_says(look: &Pair, x: Option<&Value>, y: Option<&Value>) -> Found {
    let part =
        |side: &Side, v: &Value| side.text.get(v.start as usize..v.end as usize).unwrap_or("").to_owned();
    let says = match (x, y) {
        (Some(x), _) => format!("{{a}} says “{}”; {{b}} sets no such limit.", part(&look.a, x)),
        (_, Some(y)) => format!("{{b}} says “{}”; {{a}} sets no such limit.", part(&look.b, y)),
        _ => String::new(),
    };
    let quote = |side: &Side, v: Option<&Value>| {
        Some(v.map_or_else(|| side.sentence.quote(), |v| side.quote(v.start, v.end)))
    };
    Found { a: quote(&look.a, x), b: quote(&look.b, y), says, ..Found::default() }
}

fn quantifier(side: &Side, range: std::ops::Range<usize>) -> Option<Value> {
    if range.is_empty() {
        return None;
    }
    let quote = side.tokens_quote(range.start, range.end);
    side.values.of(Measure::Scope).find(|v| quote.start <= v.start && v.end <= quote.end).copied()
}
