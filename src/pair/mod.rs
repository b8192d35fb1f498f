//! Which policy of one school matches which of the other: documents in, register out.

use crate::document::{Document, Partnership};
use crate::knowledge::Knowledge;

/// How sure a pairing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nearly always right; needs no look.
    Sure,
    /// Probably right.
    Likely,
    /// A person should say.
    Question,
}

/// What a shared policy on a topic may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// One text for both.
    Share,
    /// One text, local facts in an annex for each school.
    ShareWithAnnex,
    /// Adopt one consulted model unchanged (pay, capability, discipline, appraisal).
    AdoptModel,
    /// Each school keeps its own (admissions, SEN information report, accessibility plan, …).
    KeepSeparate,
}

/// Two documents that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index of the first school's document.
    pub a: usize,
    /// Index of the second school's document.
    pub b: usize,
    /// Topic id of the knowledge, if one is recognised.
    pub topic: Option<String>,
    /// How sure.
    pub confidence: Confidence,
    /// Why, in plain sentences.
    pub because: Vec<String>,
    /// What a shared policy may be.
    pub sharing: Sharing,
    /// Whether the topic is only a section of one of the two, or the larger file is paired elsewhere too.
    pub part: bool,
}

/// A document without a partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Unpaired {
    /// Index of the document.
    pub document: usize,
    /// Why, in a plain sentence.
    pub because: String,
    /// The documents of the other school that come nearest, best first; at most three.
    pub nearest: Vec<usize>,
}

/// An older or doubled copy of a policy in the same folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Index of the copy that is not used.
    pub document: usize,
    /// Index of the copy that is used instead.
    pub used: usize,
    /// Why, in a plain sentence.
    pub because: String,
}

/// Which document belongs to which.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// Topic id for each document, if recognised; one entry per document.
    pub topics: Vec<Option<String>>,
    /// In order of the first school's documents.
    pub pairs: Vec<Pair>,
    /// Documents without a partner, in document order.
    pub unpaired: Vec<Unpaired>,
    /// Copies that are not used, in document order.
    pub editions: Vec<Edition>,
    /// Documents a person said to ignore, with the reason.
    pub ignored: Vec<(usize, String)>,
    /// What of the corrections could not be followed, in words.
    pub problems: Vec<String>,
}

/// Pairs the documents of the two schools of a partnership.
///
/// Every document is in exactly one of: at least one pair, `unpaired`, `editions`, `ignored`. Swapping the schools mirrors
/// the result.
pub fn pair(_documents: &[Document], _partnership: &Partnership, _knowledge: &Knowledge) -> Register {
    Register::default()
}

/// Puts exactly two documents together, because the user named them.
pub fn pair_two(a: &Document, b: &Document, _partnership: &Partnership, _knowledge: &Knowledge) -> Register {
    let _ = (a, b);
    Register {
        topics: vec![None, None],
        pairs: vec![Pair {
            a: 0,
            b: 1,
            topic: None,
            confidence: Confidence::Sure,
            because: vec!["You named these two files.".into()],
            sharing: Sharing::Share,
            part: false,
        }],
        ..Register::default()
    }
}
