//! Which policies there are to speak of: those that both schools have on paper, those that were adopted, those about which something was recorded.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::knowledge::{bundled, folded};
use crate::pair::{Confidence, Pair, Register, Sharing};

use super::Happened;

/// A policy to speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its topic's id, or the words of its title with hyphens.
    pub key: String,
    /// Its topic's title, or its own.
    pub title: String,
    /// Each school keeps its own: it is not expected to move.
    pub separate: bool,
    /// Index of each school's document, if there is one.
    pub documents: [Option<usize>; 2],
}

/// A title as the key of a policy on no known topic.
pub fn key(title: &str) -> String {
    folded(title).replace(' ', "-")
}

/// The key of the policy that two documents are.
pub fn key_of(pair: &Pair, documents: &[Document]) -> String {
    pair.topic.clone().unwrap_or_else(|| key(own_title(pair, documents)))
}

/// Whichever school stands first, a policy on no known topic has one name.
fn own_title<'d>(pair: &Pair, documents: &'d [Document]) -> &'d str {
    let title = |d: usize| documents.get(d).map_or("", |d| d.title.as_str());
    title(pair.a).min(title(pair.b))
}

/// The policies that both schools have: one a pair of the register that a person need not look at first.
pub fn subjects(register: &Register, documents: &[Document]) -> Vec<Subject> {
    let mut out: BTreeMap<String, Subject> = BTreeMap::new();
    for pair in register.pairs.iter().filter(|p| p.confidence != Confidence::Question) {
        let (key, own) = (key_of(pair, documents), own_title(pair, documents));
        let found = Subject {
            title: titled(&key, own),
            separate: pair.sharing == Sharing::KeepSeparate,
            documents: [Some(pair.a), Some(pair.b)],
            key: key.clone(),
        };
        out.entry(key).or_insert(found);
    }
    out.into_values().collect()
}

/// The usual title of a topic, or else what the policy calls itself.
pub(super) fn titled(key: &str, own: &str) -> String {
    match bundled().topics().get(key) {
        Some(topic) => topic.title.clone(),
        None if own.trim().is_empty() => key.to_owned(),
        None => own.to_owned(),
    }
}

/// The same with those about which something happened, in order of title.
pub(super) fn with_happened(mut subjects: Vec<Subject>, happened: &[Happened]) -> Vec<Subject> {
    for h in happened.iter().filter(|h| h.holds() && !h.policy.is_empty()) {
        if subjects.iter().all(|s| s.key != h.policy) {
            subjects.push(Subject {
                key: h.policy.clone(),
                title: titled(&h.policy, ""),
                separate: false,
                documents: [None, None],
            });
        }
    }
    subjects.sort_by(|x, y| (x.title.to_lowercase(), &x.key).cmp(&(y.title.to_lowercase(), &y.key)));
    subjects
}
