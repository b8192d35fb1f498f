//! What each year group is taught, from nursery to Year 6, by which school: documents in, one progression a subject out.
//!
//! 1. `taught`: the statements of a curriculum document, with year groups and strand, from tables by year and from headings by year.
//! 2. `strands`: strands of two documents that are one, and what becomes of each where children change school.
//! 3. `repeats`: statements of both schools in nearly the same words.
//!
//! It compares what documents say is taught: no more. Swapping the schools mirrors the result.

mod repeats;
mod strands;
mod taught;

use std::collections::BTreeMap;

use crate::compare::Quote;
use crate::document::{Document, Partnership};
use crate::knowledge::Knowledge;
use crate::pair::Register;

pub use repeats::Repeat;
pub use strands::{Becomes, Strand};

/// The year groups in their order; statements count them so.
pub const YEARS: [&str; 8] =
    ["Nursery", "Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5", "Year 6"];

/// One thing that is taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// 0 for the first school, 1 for the second.
    pub side: usize,
    /// Index of the document.
    pub document: usize,
    /// The year groups it stands under, ascending, counted as [`YEARS`]; never empty.
    pub years: Vec<usize>,
    /// The strand it stands under, as written; empty if it stands under none.
    pub strand: String,
    /// Its words.
    pub quote: Quote,
}

/// One subject's progression.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The id of the table, or the folded title of the document.
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// The documents that were read, ascending.
    pub documents: Vec<usize>,
    /// The strands, in order of the year in which they begin, then by name.
    pub strands: Vec<Strand>,
    /// The last year before children change school and the first after it; none if both schools teach one year, or one teaches none.
    pub join: Option<(usize, usize)>,
    /// What both schools teach in nearly the same words.
    pub repeats: Vec<Repeat>,
}

impl Subject {
    /// All statements of a year group, by strand; one that stands under several years is in each.
    pub fn year(&self, year: usize) -> impl Iterator<Item = (&Strand, &Statement)> {
        self.strands
            .iter()
            .flat_map(|strand| strand.statements.iter().map(move |s| (strand, s)))
            .filter(move |(_, s)| s.years.contains(&year))
    }

    /// Year groups between two taught ones, or beside the join, under which nothing stands.
    pub fn empty_years(&self) -> Vec<usize> {
        let taught: Vec<bool> = (0..YEARS.len()).map(|y| self.year(y).next().is_some()).collect();
        let first = taught.iter().position(|t| *t).unwrap_or(0);
        let last = taught.iter().rposition(|t| *t).unwrap_or(0);
        (first..last).filter(|y| !taught.get(*y).is_some_and(|t| *t)).collect()
    }
}

/// The progression of every subject that is found, in order of title.
pub fn progression(
    documents: &[Document],
    register: &Register,
    partnership: &Partnership,
    knowledge: &Knowledge,
) -> Vec<Subject> {
    let mut by_subject: BTreeMap<(String, String), Vec<Statement>> = BTreeMap::new();
    for id in register.in_force() {
        let Some(document) = documents.get(id) else { continue };
        let Some(side) = partnership.schools.iter().position(|s| s.id == document.school) else { continue };
        for (subject, statement) in taught::of(id, side, document, knowledge.subjects()) {
            by_subject.entry(subject).or_default().push(statement);
        }
    }
    by_subject
        .into_iter()
        .map(|((title, id), statements)| subject(id, title, statements, documents))
        .collect()
}

fn subject(id: String, title: String, statements: Vec<Statement>, documents: &[Document]) -> Subject {
    let mut ids: Vec<usize> = statements.iter().map(|s| s.document).collect();
    ids.sort_unstable();
    ids.dedup();
    let join = join(&statements);
    let repeats = repeats::of(&statements, documents);
    let strands = strands::of(&statements, join);
    Subject { id, title, documents: ids, strands, join, repeats }
}

/// Where children change school: the last year of the one and the first of the other, if no year is taught by both.
fn join(statements: &[Statement]) -> Option<(usize, usize)> {
    let [a, b] = [0, 1].map(|side| {
        let years =
            || statements.iter().filter(move |s| s.side == side).flat_map(|s| s.years.iter().copied());
        Some((years().min()?, years().max()?))
    });
    let ((from_a, to_a), (from_b, to_b)) = (a?, b?);
    if to_a < from_b {
        Some((to_a, from_b))
    } else if to_b < from_a {
        Some((to_b, from_a))
    } else {
        None
    }
}
