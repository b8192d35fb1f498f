//! What a person put right in `common-ground.toml`, with paths turned into documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Correction, Document, Partnership, Two};

use super::Register;

/// The corrections that can be followed.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// First school's document, second school's, reason.
    pub(super) pairs: Vec<(usize, usize, String)>,
    /// Never to be paired.
    pub(super) never: BTreeSet<(usize, usize)>,
    pub(super) ignored: BTreeSet<usize>,
    pub(super) topics: BTreeMap<usize, String>,
    /// Documents that a person named in a pair: never set aside as an old edition.
    pub(super) named: BTreeSet<usize>,
}

impl Asked {
    /// Turns corrections into documents; what cannot be followed is noted in the register.
    pub(super) fn of(documents: &[Document], partnership: &Partnership, register: &mut Register) -> Self {
        let mut asked = Self::default();
        let find = |path: &str| find(documents, partnership, path);
        let is_first = |d: usize| documents[d].school == partnership.schools[0].id;
        let two = |entry: &Two, register: &mut Register| -> Option<(usize, usize)> {
            match (find(&entry.a), find(&entry.b)) {
                (Some(x), Some(y)) if is_first(x) != is_first(y) => {
                    Some(if is_first(x) { (x, y) } else { (y, x) })
                }
                (Some(_), Some(_)) => {
                    let (a, b) = (&entry.a, &entry.b);
                    register.problems.push(format!(
                        "“{a}” and “{b}” are files of the same school, so they are not a pair"
                    ));
                    None
                }
                (x, _) => {
                    let missing = if x.is_none() { &entry.a } else { &entry.b };
                    register.problems.push(format!(
                        "“{missing}” is named in common-ground.toml, but there is no such file"
                    ));
                    None
                }
            }
        };
        let (mut pairs, mut never, mut ignored) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut notes = Vec::new();
        for correction in &partnership.corrections {
            match correction {
                Correction::Pair(entry) => {
                    if let Some((a, b)) = two(entry, register) {
                        pairs.push((a, b, entry.reason.clone()));
                    }
                }
                Correction::NotPair(entry) => never.extend(two(entry, register)),
                Correction::Ignore(entry) => match find(&entry.file) {
                    Some(document) => {
                        ignored.insert(document);
                        notes.push((document, entry.reason.clone()));
                    }
                    None => register
                        .problems
                        .push(format!("“{}” is to be ignored, but there is no such file", entry.file)),
                },
            }
        }
        for (path, topic) in &partnership.topics {
            match find(path) {
                Some(document) => {
                    asked.topics.insert(document, topic.clone());
                }
                None => {
                    register.problems.push(format!("“{path}” is given a topic, but there is no such file"))
                }
            }
        }
        register.ignored = notes;
        asked.named = pairs.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        Self { pairs, never, ignored, ..asked }
    }
}

/// The document at a path as a person writes it: with the school's folder, or with its id.
fn find(documents: &[Document], partnership: &Partnership, path: &str) -> Option<usize> {
    let wanted = path.replace('\\', "/");
    let wanted = wanted.trim_start_matches("./");
    documents.iter().position(|d| {
        let school = partnership.schools.iter().find(|s| s.id == d.school);
        let folders = school.into_iter().flat_map(|s| [s.folder.as_str(), s.id.as_str()]);
        folders
            .into_iter()
            .any(|f| wanted.strip_prefix(f).and_then(|r| r.strip_prefix('/')) == Some(d.path.as_str()))
    })
}
