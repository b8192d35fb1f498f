//! Strands: statements in, those of one strand together out, and what becomes of each where children change school.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::document::Class;
use crate::document::tokens;

use super::Statement;

/// One strand of a subject.
#[derive(Clone, Debug)]
pub struct Strand {
    /// As written; of several ways the shortest, of those the first in the alphabet. Empty for what stands under none.
    pub title: String,
    /// Its statements in order of year, then of document.
    pub statements: Vec<Statement>,
    /// What becomes of it where children change school; none if they do not.
    pub becomes: Option<Becomes>,
}

/// What becomes of a strand where children change school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// It stands in the last year of the one school and in the first of the other.
    CarriesOn,
    /// It stands in the last year or before, not in the first year after, and again in this later year.
    ComesBack(usize),
    /// It stood in an earlier year, not in the last before the change, and stands in the first after it.
    TakenUp,
    /// It stands before the change only.
    Stops,
    /// It stands after the change only, from this year on.
    Begins(usize),
}

impl Strand {
    /// The statements of a year group.
    pub fn year(&self, year: usize) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |s| s.years.contains(&year))
    }
}

/// Words of a strand's name that tell nothing.
const STOP: [&str; 10] = ["and", "of", "the", "their", "including", "in", "a", "to", "for", "uses"];

/// Most names that are held against each other.
const STRANDS: usize = 500;

/// The strands of these statements. Two names are one strand if the words of the one are all in the other: "Plants" and "Living plants".
pub(super) fn of(statements: &[Statement], join: Option<(usize, usize)>) -> Vec<Strand> {
    let names: BTreeSet<&str> = statements.iter().map(|s| s.strand.as_str()).collect();
    let mut names: Vec<(BTreeSet<u64>, &str)> = names.into_iter().map(|n| (words(n), n)).collect();
    // The shortest first, whichever school wrote it.
    names.sort_by_key(|(words, name)| (words.len(), name.len(), *name));
    // A list of so many names is no list of strands; each is its own then.
    let joins = names.len() <= STRANDS;
    let mut groups: Vec<(BTreeSet<u64>, &str)> = Vec::new();
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (words, name) in names {
        let same = |(first, _): &(BTreeSet<u64>, &str)| {
            *first == words || !first.is_empty() && first.is_subset(&words)
        };
        let found = if joins { groups.iter().position(same) } else { None };
        group_of.insert(name, found.unwrap_or(groups.len()));
        if found.is_none() {
            groups.push((words, name));
        }
    }
    let mut strands: Vec<Strand> = groups
        .iter()
        .map(|(_, name)| Strand { title: (*name).to_owned(), statements: Vec::new(), becomes: None })
        .collect();
    for statement in statements {
        let strand = group_of.get(statement.strand.as_str()).and_then(|at| strands.get_mut(*at));
        if let Some(strand) = strand {
            strand.statements.push(statement.clone());
        }
    }
    for strand in &mut strands {
        strand
            .statements
            .sort_by_key(|s| (s.years.first().copied(), s.document, s.quote.block, s.quote.start));
        strand.becomes = join.and_then(|j| becomes(&strand.statements, j));
    }
    strands.sort_by_cached_key(|s| {
        (s.statements.first().and_then(|s| s.years.first().copied()), s.title.clone())
    });
    strands
}

/// The words of a name that tell it from others.
fn words(name: &str) -> BTreeSet<u64> {
    static STOPPED: OnceLock<[u64; STOP.len()]> = OnceLock::new();
    let stop = STOPPED.get_or_init(|| STOP.map(tokens::fingerprint));
    tokens::split(name)
        .iter()
        .filter(|t| t.class != Class::Mark && !stop.contains(&t.word))
        .map(|t| t.stem)
        .collect()
}

fn becomes(statements: &[Statement], (last, first): (usize, usize)) -> Option<Becomes> {
    let years: BTreeSet<usize> = statements.iter().flat_map(|s| s.years.iter().copied()).collect();
    let before = years.range(..=last).next_back();
    let after = years.range(first..).next();
    match (before, after) {
        (None, None) => None,
        (None, Some(year)) => Some(Becomes::Begins(*year)),
        (Some(_), None) => Some(Becomes::Stops),
        (Some(year), Some(next)) if *next == first => {
            Some(if *year == last { Becomes::CarriesOn } else { Becomes::TakenUp })
        }
        (Some(_), Some(next)) => Some(Becomes::ComesBack(*next)),
    }
}
