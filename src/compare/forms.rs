//! One number for the forms and names of the same thing: words and the names in a sentence in, numbers out.
//!
//! Two schools write "the head informs families" and "parents are informed by the headteacher", "the governing body reviews it each
//! year" and "governors review it annually"; sentences are matched by what is left when the forms of a verb, and the words by which
//! schools call the same people and times, are one. No rule decides by these groups.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::align::{root, root_of};
use crate::document::Token;
use crate::document::tokens::fingerprint;
use crate::knowledge::{Phrases, Roles};

/// The number that stands for all forms of a word: of its group, or of its root. `folded` is room for the word in lower case.
pub(super) fn form(token: &Token, text: &str, folded: &mut Vec<u8>) -> u64 {
    static GROUPS: OnceLock<FxHashMap<u64, u64>> = OnceLock::new();
    let group = GROUPS.get_or_init(groups).get(&token.stem);
    group.copied().unwrap_or_else(|| root_of(token, text, folded))
}

/// People and words that English school policies use for each other, and words whose forms have no common root; each line is one
/// group.
const SAME: &str = "pupil child children student learner
parent carer family families guardian
headteacher head principal
complain complaint complaining complained
keep kept keeping
tell told telling
write written wrote writing
give given gave giving
hold held holding
take taken took taking
see seen saw
send sent sending
make made making
speak spoken spoke speaking
meet met meeting
choose chosen chose choosing
teach taught teaching
bring brought bringing
know known knew
find found finding
lead led leading
show shown showed showing
let letting
get getting got
set setting
organise organize organised organized organising
recognise recognize recognised recognized recognising
behaviour behavior behave
programme program
phone telephone telephoned phoned
internet online
every each
year annual annually yearly
term termly
month monthly
week weekly
day daily";

/// Names of several words; each line is one thing.
const NAMES: &str = "\
at once|straight away|straightaway|right away|immediately|without delay
dbs|crb|disclosure and barring service|disclosure and barring|criminal records bureau";

/// What is said in one or several words and counts as one: roles, and names of times and bodies. Groups of people are words.
pub(super) struct Names<'k> {
    roles: &'k Roles,
    others: &'static Phrases,
}

impl<'k> Names<'k> {
    /// With the roles of a school.
    pub(super) fn of(roles: &'k Roles) -> Self {
        static OTHERS: OnceLock<Phrases> = OnceLock::new();
        Self { roles, others: OTHERS.get_or_init(|| Phrases::of_words(NAMES.lines())) }
    }

    /// The names in a sentence: a number that stands for the thing, and the half-open range of tokens; in order, none overlapping
    /// another.
    pub(super) fn find(&self, tokens: &[Token]) -> Vec<(u64, Range<usize>)> {
        let roles = self.roles.find(tokens).into_iter().filter(|(role, _)| !role.is_group());
        let roles = roles.map(|(role, range)| (named(&role.id), range));
        let others = self.others.find(tokens).into_iter().map(|(number, range)| (number as u64, range));
        let mut all: Vec<(u64, Range<usize>)> = roles.chain(others).collect();
        all.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        all.retain(|(_, range)| {
            let free = range.start >= end;
            end = if free { range.end } else { end };
            free
        });
        all
    }
}

fn groups() -> FxHashMap<u64, u64> {
    let mut all = FxHashMap::default();
    for line in SAME.lines() {
        let Some(first) = line.split(' ').next() else { continue };
        all.extend(line.split(' ').map(|w| (fingerprint(w), named(first))));
    }
    all
}

/// The number of a word that others stand for: the same that a role of this id has.
fn named(word: &str) -> u64 {
    fingerprint(std::str::from_utf8(root(word.as_bytes())).unwrap_or(word))
}
