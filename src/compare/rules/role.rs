//! Who does it.

use super::super::DifferenceKind;
use super::super::diff::has_substance;
use super::{Found, Pair, Rule, Side};
use crate::document::Class;
use crate::knowledge;

/// See the module.
pub(super) struct Role;

/// Groups that are named on every line and seldom the ones who act.
pub(super) const GROUPS: [&str; 3] = ["pupils", "parents", "volunteers"];

/// What a role that the table of roles does not know ends with: "computing lead", "network manager".
const HEADS: [&str; 8] =
    ["lead", "leader", "manager", "officer", "co-ordinator", "coordinator", "supervisor", "assistant"];

/// Below this likeness two sentences may speak of different acts.
const ALIKE: f32 = 0.34;

/// From this likeness on it counts how often a role is named: a second "headteacher" that the other side gives to somebody
/// else is another person for a task.
const NEARLY: f32 = 0.8;

impl Rule for Role {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Role
    }

    fn summary(&self) -> &'static str {
        "The two schools give the same task to different people."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "The class teacher decides on the consequence.",
            "The deputy headteacher decides on the consequence.",
        )
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        if look.likeness < ALIKE {
            return Vec::new();
        }
        let roles = look.context.knowledge.roles();
        let (a, b) = (named(roles, &look.a), named(roles, &look.b));
        let missing = |from: &[Named], other: &[Named]| -> Vec<Named> {
            let mut left: Vec<&str> = other.iter().map(|(id, ..)| id.as_str()).collect();
            let mut out: Vec<Named> = Vec::new();
            for named in from {
                match left.iter().position(|id| *id == named.0) {
                    Some(at) if look.likeness >= NEARLY => drop(left.remove(at)),
                    Some(_) => {}
                    None if out.iter().any(|o| o.0 == named.0) => {}
                    None => out.push(named.clone()),
                }
            }
            out
        };
        let (only_a, only_b) = (missing(&a, &b), missing(&b, &a));
        only_a
            .iter()
            .zip(&only_b)
            .map(|((_, title_a, from_a, to_a), (_, title_b, from_b, to_b))| Found {
                a: Some(look.a.tokens_quote(*from_a, *to_a)),
                b: Some(look.b.tokens_quote(*from_b, *to_b)),
                says: format!("{{a}} names the {}; {{b}} names the {}.", lower(title_a), lower(title_b)),
                bonus: 0,
                malus: 0,
            })
            .collect()
    }
}

/// Id, title, first token, one past the last.
type Named = (String, String, usize, usize);

fn named(roles: &knowledge::Roles, side: &Side) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for (role, range) in roles.find(side.tokens) {
        if !GROUPS.contains(&role.id.as_str()) {
            out.push((role.id.clone(), role.title.clone(), range.start, range.end));
        }
    }
    for (at, token) in side.tokens.iter().enumerate() {
        let known = out.iter().any(|(_, _, from, to)| (*from..*to).contains(&at));
        let before = at.checked_sub(1).and_then(|b| side.tokens.get(b));
        let (true, Some(before)) =
            (!known && HEADS.contains(&side.piece(token).to_lowercase().as_str()), before)
        else {
            continue;
        };
        let head = side.piece(token).to_lowercase();
        let (title, from) = if before.class == Class::Word && has_substance(before) {
            (format!("{} {head}", side.piece(before).to_lowercase()), at - 1)
        } else if ["the", "a", "an", "our"].contains(&side.piece(before).to_lowercase().as_str()) {
            (head, at) // "the manager": there is only one
        } else {
            continue;
        };
        if out.iter().all(|(id, ..)| *id != title) {
            out.push((title.clone(), title, from, at + 1));
        }
    }
    out.sort_by_key(|(_, _, from, _)| *from);
    out
}

/// A title inside a sentence: small first letter unless it is an abbreviation.
fn lower(title: &str) -> String {
    let second_is_capital = title.chars().nth(1).is_some_and(char::is_uppercase);
    if second_is_capital {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
