//! Who does things in a school: tokens in, which roles they name out.

use std::ops::Range;

use super::Phrases;
use crate::document::Token;
use crate::document::tokens::fingerprint;

/// One role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Short id: "dsl".
    pub id: String,
    /// The usual name.
    pub title: String,
}

/// Groups that are named on every line and seldom the ones who act.
const GROUPS: [&str; 3] = ["pupils", "parents", "volunteers"];

impl Role {
    /// Whether it is a group and nobody's office: pupils, parents, volunteers.
    pub fn is_group(&self) -> bool {
        GROUPS.contains(&self.id.as_str())
    }
}

/// What the name of somebody may begin with.
pub(crate) const PERSONAL_TITLES: [&str; 9] = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Rev", "Sir", "Prof"];

/// All roles.
#[derive(Debug)]
pub struct Roles {
    all: Vec<Role>,
    phrases: Phrases,
}

/// Roles that are written like everyday words and named on nearly every line; they are found only as whole groups.
const EVERYDAY: [&str; 3] = ["head", "board", "reception"];

impl Roles {
    pub(super) fn parse(rows: Vec<[String; 3]>) -> Self {
        let names = |[_, title, variants]: &[String; 3]| -> String {
            let all = variants.split('|').chain([title.as_str()]).map(str::to_lowercase);
            all.filter(|name| !EVERYDAY.contains(&name.as_str())).collect::<Vec<_>>().join("|")
        };
        let names: Vec<String> = rows.iter().map(names).collect();
        let phrases = Phrases::of_stems(names.iter().map(String::as_str));
        Self { all: rows.into_iter().map(|[id, title, _]| Role { id, title }).collect(), phrases }
    }

    /// The roles named in a sentence: each with the half-open range of its tokens, in order, the longest name winning; of two roles of one
    /// name the first.
    pub fn find<'r>(&'r self, tokens: &[Token]) -> Vec<(&'r Role, Range<usize>)> {
        let mut found = self.phrases.find(tokens);
        found.dedup_by(|next, first| next.1 == first.1);
        found.into_iter().filter_map(|(role, range)| Some((self.all.get(role)?, range))).collect()
    }

    /// Whether a word can start the name of a role.
    pub fn starts(&self, word: &str) -> bool {
        self.phrases.starts(fingerprint(word))
    }
}
