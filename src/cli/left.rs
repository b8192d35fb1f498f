//! What earlier runs left among the reports: the day of the last comparison, the topics of its pairs, and of which there are drafts.

use std::path::Path;

use jiff::civil::Date;

use crate::knowledge::bundled;
use crate::read::Source;
use crate::read::source::{Named, named};

/// What of a results file is looked at.
#[derive(serde::Deserialize)]
struct Results {
    today: Date,
    pairs: Vec<Pair>,
}

#[derive(serde::Deserialize)]
struct Pair {
    topic: Option<String>,
}

/// Looks among the reports; what cannot be read says nothing.
pub(super) fn reports(folder: &Path) -> (Option<(Date, Vec<String>)>, Vec<String>) {
    let results = Source::open(&folder.join("results.json"), "results.json").ok();
    let results: Option<Results> = results.and_then(|s| serde_json::from_slice(&s.bytes).ok());
    let compared = results.map(|r| (r.today, r.pairs.into_iter().filter_map(|p| p.topic).collect()));
    let topics = bundled().topics().all().iter().map(|t| t.id.clone());
    let drafted = topics.filter(|t| named(&folder.join(format!("{t}-draft.docx"))) == Named::File).collect();
    (compared, drafted)
}
