//! Which policy of one school matches which of the other: documents in, register out.
//!
//! 1. `editions`: copies and old editions within one folder are set aside.
//! 2. `topic`: what each document is about, by title, headings and words.
//! 3. `likeness`: how alike two documents are in title, topic and content (`vectors`, `names`), and how probably they are a pair
//!    (`evidence`).
//! 4. the best pairs first, one to one, with a confidence and reasons in words; then topics that are only a part of a larger file (`part`).
//!
//! What a person wrote into `common-ground.toml` is applied first and never overruled.

mod corrections;
mod editions;
mod evidence;
mod likeness;
mod names;
mod part;
mod topic;
mod vectors;

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
pub fn pair(documents: &[Document], partnership: &Partnership, knowledge: &Knowledge) -> Register {
    let stems = vectors::stems(documents);
    let (mut register, asked) = surveyed(documents, &stems, partnership, knowledge);
    let used = register.in_force();
    let side = |which: usize| -> Vec<usize> {
        let id = &partnership.schools[which].id;
        used.iter().copied().filter(|d| documents[*d].school == *id).collect()
    };
    let (first, second) = (side(0), side(1));
    let likeness = likeness::Likeness::of(documents, &stems, &first, &second, &register.topics);
    let mut free_a = first.clone();
    let mut free_b = second.clone();
    for (a, b, reason) in &asked.pairs {
        free_a.retain(|d| d != a);
        free_b.retain(|d| d != b);
        let because = match reason.is_empty() {
            true => "You paired them in common-ground.toml.".to_owned(),
            false => format!("You paired them in common-ground.toml: {reason}"),
        };
        register.pairs.push(made(*a, *b, Confidence::Sure, vec![because], &register.topics, knowledge));
    }
    let mut candidates: Vec<likeness::Scored> =
        likeness.scored(|a, b| free_a.contains(&a) && free_b.contains(&b) && !asked.never.contains(&(a, b)));
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.score), c.a + c.b, c.a.abs_diff(c.b)));
    for c in candidates {
        if !free_a.contains(&c.a) || !free_b.contains(&c.b) {
            continue;
        }
        let confidence = likeness.confidence(&c, &free_a, &free_b);
        free_a.retain(|d| *d != c.a);
        free_b.retain(|d| *d != c.b);
        let because = likeness.because(c.a, c.b, documents, &register.topics, knowledge);
        register.pairs.push(made(c.a, c.b, confidence, because, &register.topics, knowledge));
    }
    part::find(
        documents,
        &stems,
        &likeness,
        [&first, &second],
        &mut free_a,
        &mut free_b,
        &mut register,
        &asked,
        knowledge,
    );
    register.pairs.sort_by_key(|p| (p.a, p.b));
    let mut alone: Vec<Unpaired> = Vec::new();
    for (free, others) in [(&free_a, &second), (&free_b, &first)] {
        for document in free {
            alone.push(likeness.unpaired(
                *document,
                others,
                documents,
                &register.topics,
                partnership,
                knowledge,
            ));
        }
    }
    alone.sort_by_key(|u| u.document);
    register.unpaired = alone;
    register
}

/// What each document is about and which are in force, without pairing them.
pub fn survey(documents: &[Document], partnership: &Partnership, knowledge: &Knowledge) -> Register {
    surveyed(documents, &vectors::stems(documents), partnership, knowledge).0
}

fn surveyed(
    documents: &[Document],
    stems: &[vectors::Stems],
    partnership: &Partnership,
    knowledge: &Knowledge,
) -> (Register, corrections::Asked) {
    let mut register = Register::default();
    let asked = corrections::Asked::of(documents, partnership, &mut register);
    let open: Vec<usize> = (0..documents.len()).filter(|d| !asked.ignored.contains(d)).collect();
    register.editions = editions::editions(documents, stems, &open, &asked);
    register.topics = topic::topics(documents, &asked, knowledge);
    (register, asked)
}

impl Register {
    /// Documents that are neither ignored nor older copies, ascending; every document has a topic or none.
    pub fn in_force(&self) -> Vec<usize> {
        let set_aside = |d: &usize| {
            self.editions.iter().any(|e| e.document == *d) || self.ignored.iter().any(|(i, _)| i == d)
        };
        (0..self.topics.len()).filter(|d| !set_aside(d)).collect()
    }
}

/// Puts exactly two documents together, because the user named them.
pub fn pair_two(documents: &[Document], partnership: &Partnership, knowledge: &Knowledge) -> Register {
    let mut register = Register::default();
    let asked = corrections::Asked::of(documents, partnership, &mut register);
    register.topics = topic::topics(documents, &asked, knowledge);
    if documents.len() == 2 {
        let because = vec!["You named these two files.".to_owned()];
        register.pairs.push(made(0, 1, Confidence::Sure, because, &register.topics, knowledge));
    }
    register
}

/// A pair with what follows from its topic.
fn made(
    a: usize,
    b: usize,
    confidence: Confidence,
    because: Vec<String>,
    topics: &[Option<String>],
    knowledge: &Knowledge,
) -> Pair {
    // Where the two are filed under different topics, the more specific name is not ours to choose: the first that both know.
    let of = |d: usize| topics.get(d).cloned().flatten();
    let topic = match (of(a), of(b)) {
        (Some(x), Some(y)) => Some(x.min(y)),
        (x, y) => x.or(y),
    };
    let sharing = match topic.as_deref().and_then(|t| knowledge.topics().get(t)).map(|t| t.sharing.as_str()) {
        Some("share_with_annex") => Sharing::ShareWithAnnex,
        Some("adopt_model") => Sharing::AdoptModel,
        Some("keep_separate") => Sharing::KeepSeparate,
        _ => Sharing::Share,
    };
    Pair { a, b, topic, confidence, because, sharing, part: false }
}
