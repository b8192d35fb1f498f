//! The marks by which a draft is known again when it comes back: a draft in, fingerprints of what it was made from out.
//!
//! They go into the Word file as the names of hidden bookmarks, which word processors keep when they save, also in another program and under
//! another file name. They hold no text: fingerprints of both policies, of the draft's own text, and of the decisions that it applied. With the same
//! policies and those decisions the same draft is made again, so that what was changed in the copy can be told from what stood there before.

use xxhash_rust::xxh3::Xxh3;

use crate::document::Document;

use super::{Draft, Materials, Stand};

/// What every mark begins with; the figure is the form of the marks. Names that begin with an underscore are not shown in Word.
const BEGIN: &str = "_cg1_";

/// Whose comments those are that the program itself puts into a draft.
pub const AUTHOR: &str = "Common Ground";

/// The marks of a draft, or those found in a file that came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Fingerprints of the first school's policy and of the second's.
    pub policies: [String; 2],
    /// Fingerprint of the draft's text and of what is tracked in it.
    pub text: String,
    /// Fingerprints of the decisions it applied or showed as contested, in ascending order.
    pub decisions: Vec<String>,
}

/// The marks of a draft.
pub fn marks(draft: &Draft, materials: &Materials) -> Marks {
    let mut hash = Xxh3::new();
    for paragraph in draft.paragraphs() {
        for piece in &paragraph.pieces {
            let stand = match piece.stand {
                Stand::Plain => 0,
                Stand::Inserted(_) => 1,
                Stand::Replaced(_) => 2,
            };
            hash.update(&[stand]);
            hash.update(materials.text(&piece.words).as_bytes());
            hash.update(&[0]);
        }
        hash.update(&[3]);
    }
    let mut decisions: Vec<String> = draft
        .remarks
        .iter()
        .flat_map(|r| &r.decisions)
        .chain(&draft.unremarked)
        .map(super::Decision::mark)
        .collect();
    decisions.sort();
    decisions.dedup();
    Marks {
        policies: materials.documents.map(policy_mark),
        text: format!("{:016x}", hash.digest()),
        decisions,
    }
}

/// The fingerprint of a policy's text.
pub fn policy_mark(document: &Document) -> String {
    let mut hash = Xxh3::new();
    for block in &document.blocks {
        hash.update(block.text.as_bytes());
        hash.update(&[0]);
    }
    format!("{:016x}", hash.digest())
}

impl Marks {
    /// The name of the bookmark after the draft's text.
    pub const END: &str = "_cg1_end";

    /// The names of the bookmarks before it.
    pub fn before(&self) -> Vec<String> {
        let [a, b] = &self.policies;
        let mut out = vec![format!("{BEGIN}a_{a}"), format!("{BEGIN}b_{b}")];
        out.extend(self.decisions.iter().map(|d| format!("{BEGIN}d_{d}")));
        out.push(format!("{BEGIN}t_{}", self.text));
        out
    }

    /// The marks among the names of a file's bookmarks; none if it is no draft of this program.
    pub fn among<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let mut found = Self::default();
        for name in names {
            match name.strip_prefix(BEGIN).and_then(|rest| rest.split_once('_')) {
                Some(("a", value)) => found.policies[0] = value.to_owned(),
                Some(("b", value)) => found.policies[1] = value.to_owned(),
                Some(("t", value)) => found.text = value.to_owned(),
                Some(("d", value)) => found.decisions.push(value.to_owned()),
                _ => {}
            }
        }
        found.decisions.sort();
        found.decisions.dedup();
        let whole = found.policies.iter().all(|p| !p.is_empty()) && !found.text.is_empty();
        whole.then_some(found)
    }

    /// Whether a bookmark of this name stands before a draft's text.
    pub fn is_before(name: &str) -> bool {
        name.strip_prefix(BEGIN).is_some_and(|rest| rest.starts_with("t_"))
    }
}
