//! The pages about what each year group is taught: progressions in, a paper and a results file out.
//!
//! 1. `page`: each subject as one progression, what becomes of its strands where children change school, what stands at both schools.
//! 2. `json`: the same for programs.

mod json;
mod page;

use crate::curriculum::{Statement, Subject, YEARS};
use crate::document::School;
use crate::merge::Side;

use super::paper::{Line, html_page, sheet, word_file};
use super::{Outcome, Page, quoted};

/// What the pages are made of.
#[derive(Debug)]
pub struct Taught<'t> {
    /// What was read and paired.
    pub outcome: &'t Outcome,
    /// What was found, in order of title.
    pub subjects: &'t [Subject],
}

/// The formats in which it is written.
pub const CURRICULUM_FORMATS: &[&str] = &["html", "docx", "json", "pdf"];

/// The file of one format; none for PDF, which another program sets, and for an unknown format.
pub fn curriculum_files(format: &str, taught: &Taught) -> Vec<Page> {
    let bytes = match format {
        "html" => html_page(&page::paper(taught)),
        "docx" => word_file(&page::paper(taught), None),
        "json" => json::results(taught),
        _ => return Vec::new(),
    };
    vec![Page { path: format!("curriculum.{format}"), bytes }]
}

/// The paper as the typesetting program `common-ground-pdf` takes it on standard input.
pub fn sheet_of_curriculum(taught: &Taught) -> Vec<u8> {
    sheet(&page::paper(taught))
}

fn year(at: usize) -> &'static str {
    YEARS.get(at).copied().unwrap_or("")
}

fn side(statement: &Statement) -> Side {
    if statement.side == 0 { Side::A } else { Side::B }
}

impl Taught<'_> {
    fn names(&self) -> [&str; 2] {
        School::names(&self.outcome.partnership.schools)
    }

    fn words(&self, s: &Statement) -> &str {
        quoted::words(&self.outcome.documents, s.document, s.quote)
    }

    fn quoted(&self, s: &Statement) -> Line {
        quoted::quoted(&self.outcome.documents, side(s), s.document, s.quote)
    }

    fn place(&self, s: &Statement) -> String {
        quoted::place(&self.outcome.documents, s.document, s.quote)
    }
}
