//! How schools speak of what they stand for: tables of value words, statements, wording that pulls apart and religious character in, lookups out.

use super::{Phrases, folded};
use crate::document::{School, tokens};

/// Bytes of a heading that may name something; a longer one is a sentence, and is looked at for each passage below it.
pub(super) const HEADING: usize = 120;
/// Words of headings that join those which name statements.
const JOIN: [&str; 16] = [
    "our",
    "the",
    "school",
    "schools",
    "of",
    "and",
    "for",
    "a",
    "core",
    "shared",
    "key",
    "whole",
    "aims",
    "statement",
    "statements",
    "s",
];

/// A word that schools choose as a value, with its many forms.
#[derive(Clone, Debug)]
pub struct Value {
    /// Short id: "kindness".
    pub id: String,
    /// As it is shown.
    pub title: String,
}

/// A kind of statement that a school makes of itself.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Short id: "vision".
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// Folded headings below which it stands.
    headings: Vec<String>,
}

/// Two ways of speaking of one thing that pull apart.
#[derive(Clone, Debug)]
pub struct Apart {
    /// Short id: "response".
    pub id: String,
    /// What is spoken of.
    pub title: String,
    /// The two ways, in a word or two.
    pub ways: [String; 2],
    /// The words by which each is told, and those that are passed over.
    pub words: [Vec<String>; 3],
    /// Whether both ways in one school's policies are worth a word too.
    pub within: bool,
    /// The question for a joint session.
    pub ask: String,
    /// Where this can be read; empty for common usage.
    pub source: String,
}

/// A religious character that a school may have.
#[derive(Clone, Debug)]
pub struct Character {
    /// Short id: "church-of-england".
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// What has to be known before its wording is touched.
    pub note: String,
    /// Where this can be read.
    pub source: String,
    /// "V" read at the source, "K" generally known, "S" from a secondary source.
    pub confidence: String,
}

/// All of it.
#[derive(Debug)]
pub struct Wording {
    /// The values, in order of the table; [`Wording::value_words`] counts them so.
    pub values: Vec<Value>,
    /// The forms of the values.
    pub value_words: Phrases,
    /// The kinds of statements, in the order in which they are shown.
    pub statements: Vec<Statement>,
    /// Phrases by which a sentence is told to be a statement.
    pub statement_words: Phrases,
    /// What pulls apart.
    pub apart: Vec<Apart>,
    /// The words of the first way and of the second, counted as `apart`.
    pub apart_words: [Phrases; 2],
    /// The religious characters.
    pub characters: Vec<Character>,
    /// Words of a school's name that tell its character.
    pub character_names: Phrases,
    /// Words that a school of that character keeps.
    pub character_words: Phrases,
}

impl Wording {
    /// The religious character of a school, counted as [`Wording::characters`]: as somebody said it, or as its names tell it.
    pub fn character(&self, school: &School) -> Option<usize> {
        let told = |text: &String| {
            self.character_names.find(&tokens::split(text)).into_iter().map(|(number, _)| number).min()
        };
        told(&school.character).or_else(|| school.also.iter().chain([&school.name]).filter_map(told).min())
    }

    pub(super) fn parse(
        values: Vec<[String; 6]>,
        statements: Vec<[String; 6]>,
        apart: Vec<[String; 11]>,
        characters: Vec<[String; 7]>,
    ) -> Self {
        let value_words =
            Phrases::of(values.iter().map(|[_, _, forms, not, ..]| (forms.as_str(), not.as_str())));
        let statement_words = Phrases::of(statements.iter().map(|[_, _, _, said, ..]| (said.as_str(), "")));
        let way = |column: usize| {
            let said = |row: &[String; 11]| row.get(column).map_or("", String::as_str).to_owned();
            let rows: Vec<(String, &str)> = apart.iter().map(|row| (said(row), row[6].as_str())).collect();
            Phrases::of(rows.iter().map(|(said, not)| (said.as_str(), *not)))
        };
        let apart_words = [way(3), way(5)];
        let character_names = Phrases::of(characters.iter().map(|[_, _, names, ..]| (names.as_str(), "")));
        let character_words = Phrases::of(characters.iter().map(|[_, _, _, words, ..]| (words.as_str(), "")));
        Self {
            values: values.into_iter().map(|[id, title, ..]| Value { id, title }).collect(),
            value_words,
            statements: statements
                .into_iter()
                .map(|[id, title, headings, ..]| Statement {
                    id,
                    title,
                    headings: headings.split('|').map(folded).collect(),
                })
                .collect(),
            statement_words,
            apart: apart
                .into_iter()
                .map(|[id, title, one, first, other, second, not, within, ask, source, _]| Apart {
                    id,
                    title,
                    ways: [one, other],
                    words: [first, second, not].map(|w| split(&w)),
                    within: within == "yes",
                    ask,
                    source,
                })
                .collect(),
            apart_words,
            characters: characters
                .into_iter()
                .map(|[id, title, _, _, note, source, confidence]| Character {
                    id,
                    title,
                    note,
                    source,
                    confidence,
                })
                .collect(),
            character_names,
            character_words,
        }
    }

    /// What pulls apart by this id.
    pub fn theme(&self, id: &str) -> Option<&Apart> {
        self.apart.iter().find(|a| a.id == id)
    }

    /// The kind of statement that stands below a heading, counted as `statements`: one of the table's, or one made of their words alone
    /// ("Our vision, values and aims": the first counts).
    pub fn statement_below(&self, heading: &str) -> Option<usize> {
        if heading.len() > HEADING {
            return None;
        }
        let text = folded(heading);
        let named = |text: &str| self.statements.iter().position(|s| s.headings.iter().any(|h| h == text));
        let bare = ["the ", "our "].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(&text);
        named(&text).or_else(|| named(bare)).or_else(|| {
            let mut first = None;
            for word in text.split(' ').filter(|w| !JOIN.contains(w)) {
                // "Visions" is the plural of one of the table's words.
                let kind = named(word).or_else(|| named(word.strip_suffix('s')?))?;
                first.get_or_insert(kind);
            }
            first
        })
    }
}

/// The phrases of a field.
fn split(field: &str) -> Vec<String> {
    field.split('|').filter(|p| !p.is_empty()).map(str::to_owned).collect()
}
