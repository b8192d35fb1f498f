//! What people and programs open: everything that was found in, files' bytes out.

mod check;
mod colours;
mod curriculum;
pub mod escape;
mod ethos;
mod feedback;
mod html;
mod json;
mod layout;
mod ledger;
mod logos;
mod pack;
mod paper;
mod pictures;
mod points;
mod quoted;
mod status;
mod word;

pub use check::{
    Checked, Places, calendar, check_formats, register_csv, register_json, register_page, render_check, text,
};
pub use curriculum::{CURRICULUM_FORMATS, Taught, curriculum_files, sheet_of_curriculum};
pub use ethos::{ETHOS_FORMATS, Gathered, ethos_files, sheet_of_ethos};
pub use feedback::{CopyRead, feedback_pages, recorded};
pub use json::json;
pub use ledger::ledger_files;
pub use pack::{PACK_FORMATS, Pack, Packing, pack, render_pack, sheet_of_pack};
pub use status::{ForParents, Progress, STATUS_FORMATS, parents, render_status, sheet_of_status};
pub use word::{Draftable, Template, word};

use std::collections::BTreeMap;

use crate::compare::{self, Comparison, Point, Repeated, Term};
use crate::document::{Document, Partnership, School};
use crate::error::Error;
use crate::merge::{Decision, RemarkKind};
use crate::pair::{Confidence, Register, Sharing};

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
    pub rules_as_at: String,
    /// The Word drafts that are written beside the report, by index of the pair.
    pub drafts: BTreeMap<usize, String>,
    /// What the two schools call the same thing, over all pairs; examples name pairs as the register counts them.
    pub terms: Vec<Term>,
    /// Sentences that stand in many of the policies; an older edition of a policy does not count.
    pub repeated: Repeated,
}

impl Outcome {
    /// Fills in what is gathered over all pairs and policies: terms, and sentences that recur. Done once, for all reports.
    pub fn gathered(mut self) -> Self {
        let pairs = self.register.pairs.iter().zip(&self.comparisons);
        let all: Vec<_> = pairs
            .filter_map(|(p, c)| Some((self.documents.get(p.a)?, self.documents.get(p.b)?, c)))
            .collect();
        self.terms = compare::terms(&all);
        let old = |id: &usize| self.register.editions.iter().any(|e| e.document == *id);
        self.repeated = Repeated::of(self.documents.iter().enumerate().filter(|(id, _)| !old(id)));
        self
    }
}

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Relative to the output folder, forward slashes.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What became of one pair that was to be drafted.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// Index of the pair.
    pub pair: usize,
    /// The policy's title.
    pub title: String,
    /// Why it was not merged, if it was not.
    pub refused: Option<&'static str>,
    /// Name and bytes of each file.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many remarks of each kind.
    pub remarks: BTreeMap<RemarkKind, usize>,
    /// Decisions that were not applied, because a text has changed.
    pub stale_decisions: Vec<Decision>,
    /// How many those are.
    pub stale: usize,
}

impl Drafted {
    /// A pair that was not merged.
    pub fn refused(pair: usize, title: String, why: &'static str) -> Self {
        let remarks = BTreeMap::new();
        Self {
            pair,
            title,
            refused: Some(why),
            files: Vec::new(),
            remarks,
            stale_decisions: Vec::new(),
            stale: 0,
        }
    }

    /// A draft with its files.
    pub fn made(pair: usize, d: &Draftable, files: Vec<(String, Vec<u8>)>) -> Self {
        Self {
            pair,
            title: d.title.to_owned(),
            refused: None,
            files,
            remarks: html::remarks(d.draft),
            stale: d.draft.stale.len(),
            stale_decisions: d.draft.stale.clone(),
        }
    }

    /// The name of its Word file.
    pub fn word(&self) -> Option<&str> {
        self.file(".docx")
    }

    /// The name of its file with this ending.
    fn file(&self, ending: &str) -> Option<&str> {
        self.files.iter().map(|(name, _)| name.as_str()).find(|name| name.ends_with(ending))
    }
}

/// The page about all drafts of a run.
pub fn drafts_page(outcome: &Outcome, drafted: &[Drafted]) -> Page {
    html::drafts_page(outcome, drafted)
}

/// The file name of a pair without its ending.
pub fn pair_name(outcome: &Outcome, pair: usize) -> String {
    html::pair_name(outcome, pair)
}

/// A format of results.
pub(crate) trait Report: Sync {
    /// What `--format` calls it.
    fn id(&self) -> &'static str;
    /// Renders everything; the same outcome gives the same bytes.
    fn render(&self, outcome: &Outcome) -> Vec<Page>;
}

/// All formats.
pub(crate) const REPORTS: &[&dyn Report] = &[&html::Html, &json::Json, &points::Csv, &points::Markdown];

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

/// The pairs as a reader looks for them: by what they are called.
pub fn by_title(outcome: &Outcome) -> Vec<usize> {
    let mut order: Vec<usize> = (0..outcome.register.pairs.len()).collect();
    order.sort_by_cached_key(|at| pair_title(outcome, *at).to_lowercase());
    order
}

/// What a pair is called: its topic's usual title, or else the title that either school gives it. A topic whose title ends with examples is many
/// policies ("Subject policy (English, maths …)"), and names none of them.
pub fn pair_title(outcome: &Outcome, pair: usize) -> String {
    let Some(pair) = outcome.register.pairs.get(pair) else { return String::new() };
    let topic = pair.topic.as_deref().and_then(|t| crate::knowledge::bundled().topics().get(t));
    let of = |d: usize| outcome.documents.get(d).map_or("", |d| d.title.as_str());
    match topic {
        Some(topic) if !topic.title.ends_with("...)") => topic.title.clone(),
        _ if of(pair.a) == of(pair.b) => of(pair.a).to_owned(),
        _ => format!("{} / {}", of(pair.a), of(pair.b)),
    }
}

/// Whether a topic's policy could be shared, in a few words.
fn sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Share => "yes, as one text",
        Sharing::ShareWithAnnex => "yes, with an annex for each school",
        Sharing::AdoptModel => "one model, unchanged",
        Sharing::KeepSeparate => "no, each keeps its own",
    }
}

/// What a point says: a sentence for each difference, or "6 steps were found only in Thistlemere Infant School's policy." What was not found
/// may still be said in words too far apart.
pub(crate) fn point_says(comparison: &Comparison, point: &Point, schools: &[School; 2]) -> Vec<String> {
    let all: Vec<_> = point.differences.iter().filter_map(|d| comparison.differences.get(*d)).collect();
    let [first, second] = [&schools[0].name, &schools[1].name];
    let steps = |n: usize| counted(n, "step", "steps");
    let of_first = all.iter().filter(|d| d.a.is_some()).count();
    match (of_first, all.len() - of_first) {
        _ if !point.one_sided || all.len() == 1 => all.iter().map(|d| d.says.clone()).collect(),
        (n, 0) => vec![format!("{} were found only in {first}'s policy.", steps(n))],
        (0, n) => vec![format!("{} were found only in {second}'s policy.", steps(n))],
        (x, y) => vec![format!("{} only in {first}, {} only in {second}.", steps(x), steps(y))],
    }
}

/// "1 point", "3 points".
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
