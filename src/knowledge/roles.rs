//! Who does things in a school: tokens in, which roles they name out.

use rustc_hash::FxHashMap;

use crate::document::tokens::{self, fingerprint};
use crate::document::{Class, Token};

/// One role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Short id: "dsl".
    pub id: String,
    /// The usual name.
    pub title: String,
}

/// All roles.
#[derive(Debug)]
pub struct Roles {
    all: Vec<Role>,
    /// By the stem of the first word: the stems after it and the role, longest first.
    phrases: FxHashMap<u64, Vec<(Vec<u64>, usize)>>,
}

/// Roles that are written like everyday words and named on nearly every line; they are found only as whole groups.
const EVERYDAY: [&str; 3] = ["head", "board", "reception"];

impl Roles {
    pub(super) fn parse(rows: Vec<[String; 3]>) -> Self {
        let mut all = Vec::new();
        let mut phrases: FxHashMap<u64, Vec<(Vec<u64>, usize)>> = FxHashMap::default();
        for [id, title, variants] in rows {
            for variant in variants.split('|').chain([title.as_str()]) {
                let lower = variant.to_lowercase();
                if EVERYDAY.contains(&lower.as_str()) {
                    continue;
                }
                let stems: Vec<u64> =
                    tokens::split(&lower).iter().filter(|t| t.class != Class::Mark).map(|t| t.stem).collect();
                if let [first, rest @ ..] = stems.as_slice() {
                    phrases.entry(*first).or_default().push((rest.to_vec(), all.len()));
                }
            }
            all.push(Role { id, title });
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|(rest, role)| (std::cmp::Reverse(rest.len()), *role));
            list.dedup();
        }
        Self { all, phrases }
    }

    /// The roles named in a sentence: each with the half-open range of its tokens, in order, the longest name winning.
    pub fn find<'r>(&'r self, tokens: &[Token]) -> Vec<(&'r Role, std::ops::Range<usize>)> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let found = self.phrases.get(&token.stem).and_then(|list| {
                list.iter().find_map(|(rest, role)| {
                    let end = at + 1 + rest.len();
                    let slice = tokens.get(at + 1..end)?;
                    let same = slice.iter().zip(rest).all(|(t, stem)| t.stem == *stem);
                    same.then(|| self.all.get(*role).map(|r| (r, at..end))).flatten()
                })
            });
            match found {
                Some((role, range)) => {
                    at = range.end;
                    out.push((role, range));
                }
                None => at += 1,
            }
        }
        out
    }

    /// Whether a word can start the name of a role.
    pub fn starts(&self, word: &str) -> bool {
        self.phrases.contains_key(&fingerprint(word))
    }
}
