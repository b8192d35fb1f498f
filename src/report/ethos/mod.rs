//! The pages about shared values and wording: what `ethos` gathered in, one paper of evidence, one worksheet and one results file out.
//!
//! 1. `page`: the evidence: at a glance, statements side by side, words, what pulls apart, what is protected.
//! 2. `tables`: where each word stands; every number on the page is a sum or the rows of a table there.
//! 3. `survey`: what people answered beside what the policies say.
//! 4. `worksheet`: the quotations side by side with room to agree.
//! 5. `json`: the same evidence for programs.

mod json;
mod page;
mod survey;
mod tables;
mod worksheet;

use crate::compare::Quote;
use crate::document::{Document, School};
use crate::ethos::survey::Survey;
use crate::ethos::{Ethos, Statement};
use crate::knowledge::Wording;
use crate::merge::Side;

use super::paper::{Cell, Line, Paper, Part, Run, cell, html_page, plain, sheet, word_file};
use super::{Outcome, Page, quoted};
use crate::report::counted;

/// What the pages are made of.
#[derive(Debug)]
pub struct Gathered<'g> {
    /// What was read, paired and compared.
    pub outcome: &'g Outcome,
    /// What was found.
    pub ethos: &'g Ethos,
    /// The tables by which it was found.
    pub wording: &'g Wording,
    /// What people answered, if a survey was given.
    pub survey: Option<&'g Survey>,
}

/// The formats in which the evidence is written.
pub const ETHOS_FORMATS: &[&str] = &["html", "docx", "json", "pdf"];

/// The files of one format, the worksheet beside the evidence in Word; none for PDF, which another program sets, and for an unknown format.
pub fn ethos_files(format: &str, gathered: &Gathered) -> Vec<Page> {
    let page = |name: &str, bytes: Vec<u8>| Page { path: format!("{name}.{format}"), bytes };
    match format {
        "html" => vec![page("ethos", html_page(&paper(gathered)))],
        "docx" => vec![
            page("ethos", word_file(&paper(gathered), None)),
            page("ethos-worksheet", word_file(&worksheet::paper(gathered), None)),
        ],
        "json" => vec![page("ethos", json::json(gathered))],
        _ => Vec::new(),
    }
}

/// The evidence as the typesetting program `common-ground-pdf` takes it on standard input.
pub fn sheet_of_ethos(gathered: &Gathered) -> Vec<u8> {
    sheet(&paper(gathered))
}

fn paper(gathered: &Gathered) -> Paper {
    let title = format!("{}: values and wording", gathered.outcome.partnership.name);
    in_frame(gathered, title, page::parts(gathered))
}

fn in_frame(gathered: &Gathered, title: String, parts: Vec<Part>) -> Paper {
    let outcome = gathered.outcome;
    Paper::of(&outcome.partnership, outcome.today, &outcome.rules_as_at, title, parts)
}

impl<'g> Gathered<'g> {
    fn names(&self) -> [&'g str; 2] {
        School::names(&self.outcome.partnership.schools)
    }

    fn document(&self, id: usize) -> Option<&'g Document> {
        self.outcome.documents.get(id)
    }

    /// The quotation in its marks.
    fn quoted(&self, side: Side, document: usize, quote: Quote) -> Line {
        quoted::quoted(&self.outcome.documents, side, document, quote)
    }

    /// Where it stands.
    fn placed(&self, document: usize, quote: Quote) -> Line {
        quoted::placed(&self.outcome.documents, document, quote)
    }

    /// Statements with where they stand, said once for those of one section; protected wording among them is marked. An empty cell would
    /// look as if something had been left out.
    fn stated<'s>(&self, side: Side, statements: impl Iterator<Item = &'s Statement>) -> Cell {
        let quotes: Vec<(usize, Quote)> =
            statements.flat_map(|s| s.quotes.iter().map(|q| (s.document, *q))).collect();
        let kept = &self.ethos.kept[side.index()];
        let is_kept = |(document, quote): &(usize, Quote)| {
            kept.iter().any(|k| k.document == *document && k.quote.block == quote.block)
        };
        let marked = !kept.is_empty() && quotes.iter().any(is_kept);
        if quotes.is_empty() {
            return cell("Nothing found.");
        }
        let mut out = quoted::stated(&self.outcome.documents, side, quotes.into_iter());
        if marked {
            out.push(vec![Run::To("Protected wording stands here".into(), "protected".into())]);
        }
        out
    }
}

/// "3 times in 2 policies", the number leading to what it counts.
fn times(count: usize, policies: usize, id: &str) -> Line {
    let times = if count == 1 { "time" } else { "times" };
    let policies = counted(policies, "policy", "policies");
    vec![Run::Count(count, id.to_owned()), plain(format!(" {times} in {policies}"))]
}

/// "a", "a and b", "a, b and c".
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
