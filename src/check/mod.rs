//! What is wrong with a set of policies by itself: documents, baselines and the day in, findings out.
//!
//! 1. `baseline`: what was adopted, as readable text.
//! 2. `rules`: one check a file, each looks at one document or at the whole set.
//! 3. `drift`: how a school's copy moved away from what was adopted.
//! 4. `allowed`, `known`: findings that somebody allows for a time, or that were there before.
//! 5. `register`: which statutory topics a school has on paper, and when each is due.

mod allowed;
pub mod baseline;
mod drift;
pub mod known;
pub mod register;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::compare::{Quote, Sentence};
use crate::document::{Document, Partnership, School};
use crate::knowledge::{Knowledge, folded};
use crate::pair::Register;

pub use baseline::Baseline;
pub use rules::{CHECKS, Check};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody should look at it.
    Warning,
    /// It is wrong as it stands.
    Error,
}

/// Whether a finding still asks for something to be done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It does.
    Open,
    /// Somebody allows it for a time; the reason, with owner, minute and last day.
    Allowed {
        /// In words.
        because: String,
    },
    /// It was there when the list of known findings was written.
    Known,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Depends on the school, the check and the words only.
    pub id: String,
    /// [`Check::id`].
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Index of the document; none if it concerns the settings, the facts or a copy that is not there.
    pub document: Option<usize>,
    /// Path of the file concerned, beginning with the school's folder.
    pub path: String,
    /// Where in the document.
    pub place: Option<Quote>,
    /// Further places in the same document where the same is wrong.
    pub also: Vec<Quote>,
    /// The headings above it, outermost first, and the paragraph: "Section 2 Reporting, paragraph 14".
    pub r#where: String,
    /// What is wrong, one plain sentence.
    pub says: String,
    /// What to do about it.
    pub todo: String,
    /// Where this can be read.
    pub source: String,
    /// The words in question.
    pub quote: String,
    /// For drift: the words that were adopted.
    pub adopted: Option<String>,
    /// Whether it is open.
    pub state: State,
}

/// What a check reports before it is given an id and a place in words.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Another severity than the check's own.
    pub(crate) severity: Option<Severity>,
    pub(crate) document: Option<usize>,
    /// Instead of the document's path.
    pub(crate) path: Option<String>,
    pub(crate) place: Option<Quote>,
    /// Instead of the place in words.
    pub(crate) r#where: Option<String>,
    pub(crate) says: String,
    /// Another thing to do than the check's own.
    pub(crate) todo: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) adopted: Option<String>,
}

/// Everything that a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'c> {
    /// The schools and what people have said.
    pub partnership: &'c Partnership,
    /// One or both of them.
    pub schools: &'c [School],
    /// All documents that could be read.
    pub documents: &'c [Document],
    /// What they are about and which are in force.
    pub register: &'c Register,
    /// What was adopted.
    pub baselines: &'c [Baseline],
    /// The facts.
    pub knowledge: &'c Knowledge,
    /// The day.
    pub today: Date,
}

/// A stretch of a sentence that names something out of date.
#[derive(Debug)]
pub(crate) struct Stale<'c> {
    pub(crate) row: &'c crate::knowledge::Reference,
    pub(crate) place: Quote,
}

/// One document under a check.
#[derive(Debug)]
pub struct Look<'c> {
    pub(crate) setting: &'c Setting<'c>,
    pub(crate) at: usize,
    pub(crate) document: &'c Document,
    pub(crate) school: &'c School,
    pub(crate) topic: Option<&'c str>,
    /// Every sentence of the document that is not part of a contents list.
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) stale: Vec<Stale<'c>>,
    /// Topics of which the school has a policy.
    pub(crate) holdings: &'c BTreeSet<String>,
}

/// Runs all checks; the same setting gives the same findings in the same order.
pub fn check(setting: &Setting) -> Vec<Finding> {
    let holdings = holdings(setting);
    let mut found: Vec<(&'static dyn Check, Found)> = setting
        .register
        .in_force()
        .into_par_iter()
        .filter_map(|at| Look::of(setting, at, &holdings))
        .flat_map_iter(|look| {
            let found: Vec<(&'static dyn Check, Found)> =
                CHECKS.iter().flat_map(|c| c.document(&look).into_iter().map(|f| (*c, f))).collect();
            found
        })
        .collect();
    found.extend(CHECKS.iter().flat_map(|c| c.set(setting).into_iter().map(|f| (*c, f))));
    let mut findings: Vec<Finding> =
        found.into_iter().map(|(check, found)| finding(check, found, setting)).collect();
    findings.sort_by(|x, y| {
        let key = |f: &Finding| (f.document.is_none(), f.path.clone(), f.place, f.rule, f.says.clone());
        key(x).cmp(&key(y))
    });
    fold(&mut findings);
    name(&mut findings);
    allowed::apply(&mut findings, setting);
    findings
}

/// Where copies of adopted texts have moved away: topic, name of the school, in how many places; none at all if it has no copy.
pub fn drifted(setting: &Setting) -> Vec<(String, String, usize)> {
    let mut out = Vec::new();
    for baseline in setting.baselines {
        for school in setting.schools.iter().filter(|s| baseline.binds(&s.id)) {
            let missing = drift::copy(setting, baseline, school).is_none();
            let places = drift::drift(setting, baseline, school).len();
            if missing || places > 0 {
                out.push((baseline.topic.clone(), school.name.clone(), places));
            }
        }
    }
    out
}

/// Topics of which each school has a policy, by school id.
fn holdings(setting: &Setting) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (document, topic) in setting.documents.iter().zip(&setting.register.topics) {
        out.entry(document.school.clone()).or_default().extend(topic.clone());
    }
    out
}

impl<'c> Look<'c> {
    fn of(
        setting: &'c Setting<'c>,
        at: usize,
        holdings: &'c BTreeMap<String, BTreeSet<String>>,
    ) -> Option<Self> {
        let document = setting.documents.get(at)?;
        let school = setting.schools.iter().find(|s| s.id == document.school)?;
        let topic = setting.register.topics.get(at).and_then(Option::as_deref);
        let listed = |b: &crate::document::Block| b.role != crate::document::Role::Contents;
        let sentences: Vec<Sentence> = (0..)
            .zip(&document.blocks)
            .filter(|(_, b)| listed(b))
            .flat_map(|(id, _)| crate::compare::sentences(document, id))
            .collect();
        let mut stale = Vec::new();
        for s in &sentences {
            for (row, range) in setting.knowledge.references().find(s.quote().text(document), setting.today) {
                let shift = |offset: usize| s.start + u32::try_from(offset).unwrap_or(0);
                let place = Quote { block: s.block, start: shift(range.start), end: shift(range.end) };
                stale.push(Stale { row, place });
            }
        }
        let holdings = holdings.get(&school.id)?;
        Some(Self { setting, at, document, school, topic, sentences, stale, holdings })
    }

    /// A finding of this document.
    pub(crate) fn found(&self, place: Quote, says: String) -> Found {
        Found { document: Some(self.at), place: Some(place), says, ..Found::default() }
    }

    /// Whether the school adopted a shared policy on this document's topic.
    pub(crate) fn adopted(&self) -> bool {
        self.setting
            .baselines
            .iter()
            .any(|b| Some(b.topic.as_str()) == self.topic && b.binds(&self.school.id))
    }

    /// The heading right above a block.
    pub(crate) fn heading(&self, block: u32) -> Option<&'c str> {
        let parent = self.document.blocks.get(block as usize)?.parent?;
        self.document.blocks.get(parent as usize).map(|b| b.text.as_str())
    }
}

impl Setting<'_> {
    /// The path of a document as a person finds it from the partnership's folder.
    pub fn path(&self, document: usize) -> String {
        let Some(d) = self.documents.get(document) else { return String::new() };
        let folder = self.schools.iter().find(|s| s.id == d.school).map_or("", |s| s.folder.as_str());
        if folder.is_empty() { d.path.clone() } else { format!("{folder}/{}", d.path) }
    }
}

fn finding(check: &'static dyn Check, found: Found, setting: &Setting) -> Finding {
    let document = found.document.and_then(|d| setting.documents.get(d));
    let path = found.path.or_else(|| found.document.map(|d| setting.path(d))).unwrap_or_default();
    let place = document.zip(found.place);
    Finding {
        id: String::new(),
        rule: check.id(),
        severity: found.severity.unwrap_or_else(|| check.severity()),
        document: found.document,
        path,
        place: found.place,
        also: Vec::new(),
        r#where: found.r#where.unwrap_or_else(|| place.map_or_else(String::new, |(d, q)| in_words(d, q))),
        says: found.says,
        todo: found.todo.unwrap_or_else(|| check.action().to_owned()),
        source: found.source.unwrap_or_default(),
        quote: place.map_or_else(String::new, |(d, q)| q.text(d).to_owned()),
        adopted: found.adopted,
        state: State::Open,
    }
}

/// What is wrong in many places of one document in the same way is one finding, at the first of them.
fn fold(findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<(&'static str, usize, String), usize> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let key = finding
            .document
            .filter(|_| finding.rule != "drift") // each passage of it is shown with its own words
            .map(|d| (finding.rule, d, finding.says.clone()));
        match (key.as_ref().and_then(|k| first.get(k)).and_then(|at| kept.get_mut(*at)), finding.place) {
            (Some(before), Some(place)) => before.also.push(place),
            _ => {
                first.extend(key.map(|k| (k, kept.len())));
                kept.push(finding);
            }
        }
    }
    for finding in &mut kept {
        match finding.also.len() {
            0 => {}
            1 => finding.r#where.push_str(", and in 1 more place"),
            n => finding.r#where.push_str(&format!(", and in {n} more places")),
        }
    }
    *findings = kept;
}

/// "in “2.1 Reporting”, paragraph 14, page 3".
fn in_words(document: &Document, quote: Quote) -> String {
    let Some(block) = document.blocks.get(quote.block as usize) else { return String::new() };
    let mut out = String::new();
    if let Some(heading) = block.parent.and_then(|p| document.blocks.get(p as usize)) {
        let number = heading.marker.as_ref().map_or_else(String::new, |m| format!("{m} "));
        out.push_str(&format!("in “{number}{}”, ", heading.text));
    }
    out.push_str(&format!("paragraph {}", block.place.paragraph));
    if let Some(page) = block.place.page {
        out.push_str(&format!(", page {page}"));
    }
    out
}

/// Gives every finding its id: the same as long as the school, the check and the words stay.
fn name(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for finding in findings {
        let mut hash = Xxh3::new();
        // Words tell a finding from others in the school's files, whatever the file is called; without words the file does.
        let school = match finding.quote.is_empty() {
            true => finding.path.as_str(),
            false => finding.path.split('/').next().unwrap_or(""),
        };
        let adopted = finding.adopted.as_deref().unwrap_or("");
        for part in [school, finding.rule, &folded(&finding.quote), &folded(adopted), &folded(&finding.says)]
        {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        let id = format!("{}-{:010x}", finding.rule.replace('_', "-"), hash.digest() >> 24);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        finding.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}
