//! The subjects of the primary curriculum: a title or a heading in, the subject that it names out.

use crate::document::tokens;

use super::wording::HEADING;
use super::{Phrases, folded};

/// One subject.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Short id: "science".
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// Folded names.
    names: Vec<String>,
}

/// All subjects.
#[derive(Debug)]
pub struct Subjects {
    all: Vec<Subject>,
    words: Phrases,
}

impl Subjects {
    pub(super) fn parse(rows: Vec<[String; 5]>) -> Self {
        let words = Phrases::of(rows.iter().map(|[_, _, names, ..]| (names.as_str(), "")));
        let all = rows.into_iter().map(|[id, title, names, ..]| Subject {
            id,
            names: names.split('|').map(folded).chain([folded(&title)]).collect(),
            title,
        });
        Self { all: all.collect(), words }
    }

    /// The subject that a heading is the name of, and nothing else.
    pub fn named(&self, heading: &str) -> Option<&Subject> {
        if heading.len() > HEADING {
            return None;
        }
        let text = folded(heading);
        self.all.iter().find(|s| s.names.contains(&text))
    }

    /// The subject that a title speaks of; none if it speaks of several.
    pub fn of_title(&self, title: &str) -> Option<&Subject> {
        let mut found: Vec<usize> =
            self.words.find(&tokens::split(title)).into_iter().map(|(number, _)| number).collect();
        found.dedup();
        match found.as_slice() {
            [one] => self.all.get(*one),
            _ => None,
        }
    }
}
