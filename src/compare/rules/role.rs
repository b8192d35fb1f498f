//! Who does it.

use super::super::DifferenceKind;
use super::super::diff::has_substance;
use super::super::values::Measure;
use super::{Found, Pair, Rule, Side};
use crate::document::{Class, Token};
use crate::knowledge::{self, Knowledge};

/// See the module.
pub(super) struct Role;

/// What a role that the table of roles does not know ends with: "computing lead", "network manager".
const HEADS: [&str; 8] =
    ["lead", "leader", "manager", "officer", "co-ordinator", "coordinator", "supervisor", "assistant"];

/// Words below which a line that ends with a colon is a label.
const LABEL: usize = 4;

/// What belongs to somebody and does not act.
const PLACES: [&str; 4] = ["office", "room", "desk", "study"];

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

    fn why(&self) -> &'static str {
        "A task that belongs to different people is done twice or not at all when the schools share a site, a policy or a member of staff."
    }

    fn source(&self) -> &'static str {
        "Keeping Children Safe in Education (Department for Education) and the Governance guide: named roles hold named duties"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("The class teacher decides on the sanction.", "The deputy headteacher decides on the sanction."),
            ("The executive headteacher approves the visit.", "The head of school approves the visit."),
            (
                "Pass the form to your manager for approval.",
                "Pass the form to your headteacher for approval.",
            ),
            (
                "Views are sought in lessons, manager consultations and reviews.",
                "Views are sought in lessons, headteacher consultations and reviews.",
            ),
            (
                "The deputy headteacher keeps the log of incidents.",
                "The assistant headteacher keeps the log of incidents.",
            ),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "The headteacher approves the visit in writing.",
                "The head teacher approves the visit in writing.",
            ),
            ("The headteacher approves the visit in writing.", "The head approves the visit in writing."),
            ("The designated safeguarding lead keeps the file.", "The DSL keeps the file."),
            (
                "The governing body approves the budget for trips.",
                "The governing board approves the budget for trips.",
            ),
            ("The caretaker tests the alarm on Mondays.", "The site manager tests the alarm on Mondays."),
            ("The setting manager signs the form.", "The setting leader signs the form."),
            ("The book is kept in the headteacher's office.", "The book is kept in the bursar's office."),
        ]
    }

    fn pair(&self, look: &Pair) -> Vec<Found> {
        // "Your manager" and "your headteacher": where one word takes another's place, few words are enough.
        if look.likeness < ALIKE && !look.one_word() {
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
                ..Found::default()
            })
            .collect()
    }
}

/// Id, title, first token, one past the last.
type Named = (String, String, usize, usize);

/// Whether somebody of the school is named, and not a group alone.
pub(super) fn names_somebody(tokens: &[Token], knowledge: &Knowledge) -> bool {
    knowledge.roles().find(tokens).iter().any(|(role, _)| !role.is_group())
}

fn named(roles: &knowledge::Roles, side: &Side) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    // "Head Teacher:" is a label, which what follows it is told for.
    let words = side.tokens.iter().filter(|t| t.class == Class::Word).count();
    let binds = side.values.of(Measure::Obligation).next().is_some();
    if words < LABEL && !binds && side.tokens.last().is_some_and(|t| side.piece(t) == ":") {
        return out;
    }
    for (role, range) in roles.find(side.tokens) {
        // "the headteacher's office" is a place.
        let is_place = side.tokens.get(range.end).is_some_and(|t| PLACES.contains(&side.piece(t)));
        if !is_place && !role.is_group() {
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
        } else if before.class == Class::Word || side.piece(before) == "," {
            (head, at) // "the manager", "your manager", "leader or manager", "parents, manager": there is only one
        } else {
            continue;
        };
        // No id of the table is like this one: "assistant" there is the assistant headteacher.
        out.push((format!("other {title}"), title, from, at + 1));
    }
    heads(side, &mut out);
    out.sort_by_key(|(_, _, from, _)| *from);
    out
}

/// "the head decides": the headteacher, unless a head was bumped.
fn heads(side: &Side, out: &mut Vec<Named>) {
    const HURT: [&str; 12] = [
        "injury", "injuries", "bump", "bumps", "bumped", "blow", "blows", "knock", "knocks", "lice", "wound",
        "hit",
    ];
    let is =
        |at: usize, word: &str| side.tokens.get(at).is_some_and(|t| side.piece(t).eq_ignore_ascii_case(word));
    for at in 1..side.tokens.len() {
        if is(at, "head") && (is(at - 1, "the") || is(at - 1, "our")) && !is(at + 1, "of") {
            let known = out.iter().any(|(_, _, from, to)| (*from..*to).contains(&at));
            let hurt = (0..side.tokens.len()).any(|k| HURT.iter().any(|w| is(k, w)));
            if !known && !hurt {
                out.push(("headteacher".into(), "Headteacher".into(), at, at + 1));
            }
        }
    }
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
