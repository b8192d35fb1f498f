//! What people and programs open: everything that was found in, files' bytes out.

mod check;
pub mod escape;
mod html;
mod json;
mod layout;

pub use check::{
    Checked, calendar, check_formats, register_csv, register_json, register_page, render_check, text,
};
pub use json::json;

use crate::compare::{Comparison, Point};
use crate::document::{Document, Partnership};
use crate::error::Error;
use crate::pair::{Confidence, Register};

/// Everything one run found.
#[derive(Debug)]
pub struct Outcome {
    /// The two schools.
    pub partnership: Partnership,
    /// All documents that could be read: the first school's, then the second's, each in order of path.
    pub documents: Vec<Document>,
    /// What belongs together.
    pub register: Register,
    /// One entry per pair of the register.
    pub comparisons: Vec<Comparison>,
    /// Files that could not be read.
    pub problems: Vec<Error>,
    /// The date the user gave, YYYY-MM-DD.
    pub today: jiff::civil::Date,
    /// The day the bundled facts were last looked at.
    pub rules_as_at: &'static str,
}

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Relative to the output folder, forward slashes.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A format of results.
pub(crate) trait Report: Sync {
    /// What `--format` calls it.
    fn id(&self) -> &'static str;
    /// Renders everything; the same outcome gives the same bytes.
    fn render(&self, outcome: &Outcome) -> Vec<Page>;
}

/// All formats.
pub(crate) const REPORTS: &[&dyn Report] = &[&html::Html, &json::Json];

/// What `--format` accepts.
pub fn formats() -> Vec<&'static str> {
    REPORTS.iter().map(|r| r.id()).collect()
}

/// Renders an outcome in one format; none if there is no such format.
pub fn render(format: &str, outcome: &Outcome) -> Option<Vec<Page>> {
    REPORTS.iter().find(|r| r.id() == format).map(|r| r.render(outcome))
}

/// The page that shows how files were read: receipts, outlines, what was kept apart.
pub fn read_page(outcome: &Outcome) -> Page {
    html::read_page(outcome)
}

/// The page that shows what changed between two versions of one policy; `redline` is the Word file that lies beside it.
pub fn changes_page(outcome: &Outcome, redline: Option<&crate::redline::Redline>) -> Page {
    html::changes_page(outcome, redline)
}

/// Pairs in the order in which they deserve a look: those that surely belong together first, by how much the schools contradict
/// each other in them, then by the steps that only one school has.
pub fn first_looks(outcome: &Outcome) -> Vec<usize> {
    let weights = |c: &Comparison| -> (u32, usize) {
        let rank =
            |p: &Point| p.differences.first().and_then(|d| c.differences.get(*d)).map_or(0, |d| d.rank);
        // Ranks say how soon a parent or an inspector would notice; their sum lets two grave points outweigh three slight ones.
        let contradictions = c.points.iter().filter(|p| !p.one_sided).map(rank).sum();
        (contradictions, c.points.iter().filter(|p| p.one_sided).count())
    };
    let mut order: Vec<usize> = (0..outcome.comparisons.len())
        .filter(|at| outcome.comparisons.get(*at).is_some_and(|c| !c.points.is_empty()))
        .collect();
    // Two files that may not belong together contradict each other cheaply.
    let unsure =
        |at: usize| outcome.register.pairs.get(at).is_some_and(|p| p.confidence == Confidence::Question);
    order.sort_by_cached_key(|at| {
        (unsure(*at), std::cmp::Reverse(outcome.comparisons.get(*at).map(weights)), *at)
    });
    order
}

/// What a pair is called: its topic's usual title, or else the title that either school gives it.
pub fn pair_title(outcome: &Outcome, pair: usize) -> String {
    let Some(pair) = outcome.register.pairs.get(pair) else { return String::new() };
    let topic = pair.topic.as_deref().and_then(|t| crate::knowledge::bundled().topics().get(t));
    let of = |d: usize| outcome.documents.get(d).map_or("", |d| d.title.as_str());
    match topic {
        Some(topic) => topic.title.clone(),
        None if of(pair.a) == of(pair.b) => of(pair.a).to_owned(),
        None => format!("{} / {}", of(pair.a), of(pair.b)),
    }
}
