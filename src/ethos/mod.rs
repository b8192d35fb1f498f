//! Values and wording the two schools share: documents and their register in, evidence out, never prose.
//!
//! 1. `statements`: what each school says it stands for: vision, values, mission, motto, beliefs.
//! 2. `words`: the words of values and where each is used across all policies.
//! 3. `apart`: two ways of speaking of one thing, and how often each school speaks the one and the other.
//! 4. `character`: a church school's wording that is not the two governing bodies' alone to change.
//! 5. `survey`: what pupils, parents and staff answered, counted by the same words.
//!
//! Each piece of evidence is a place in a document; nothing is said that does not stand there. Swapping the schools mirrors the result.

mod apart;
mod character;
mod statements;
pub mod survey;
mod words;

use std::collections::BTreeMap;

use crate::compare::{Quote, sentences};
use crate::document::{Document, Kind, Partnership, Role, Token};
use crate::knowledge::{Knowledge, Phrases};
use crate::pair::Register;

pub use apart::Theme;
pub use character::Kept;
pub use statements::Statement;
pub use words::Word;

/// A word or phrase in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Index of the document.
    pub document: usize,
    /// How often it stands there.
    pub count: usize,
    /// The first sentence in which it stands; one that is no heading, if there is one.
    pub example: Quote,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Ethos {
    /// What each school says of itself, by kind, then in order of documents.
    pub statements: [Vec<Statement>; 2],
    /// The words of values that either school uses.
    pub words: Vec<Word>,
    /// Ways of speaking that pull apart, in order of the table; those of which neither school speaks are left out.
    pub themes: Vec<Theme>,
    /// A church school's protected wording.
    pub kept: [Vec<Kept>; 2],
}

impl Ethos {
    /// Gathers it from all documents in force. Cost: one pass over all words for each of four tables.
    pub fn of(
        documents: &[Document],
        register: &Register,
        partnership: &Partnership,
        knowledge: &Knowledge,
    ) -> Self {
        let wording = knowledge.wording();
        let used = register.in_force();
        let sides = [0, 1].map(|which| {
            let id = &partnership.schools[which].id;
            let mine = used.iter().copied().filter(|d| documents.get(*d).is_some_and(|d| d.school == *id));
            mine.collect::<Vec<usize>>()
        });
        let school = |which: usize| sides[which].iter().filter_map(|d| Some((*d, documents.get(*d)?)));
        let topic = |d: usize| register.topics.get(d).and_then(Option::as_deref);
        let statements = [0, 1].map(|which| {
            let mut all: Vec<Statement> =
                school(which).flat_map(|(id, d)| statements::of(id, d, topic(id), wording)).collect();
            // What a school wrote as its statement comes before what its policies say beside.
            let beside = |s: &Statement| !statements::is_one(topic(s.document));
            all.sort_by_key(|s| {
                (s.kind, beside(s), s.document, s.quotes.first().map(|q| (q.block, q.start)))
            });
            all
        });
        let words = words::of([0, 1].map(|w| school(w).collect()), &statements, documents, wording);
        let themes = apart::of([0, 1].map(|w| school(w).collect()), wording);
        let kept =
            [0, 1].map(|which| character::of(&partnership.schools[which], school(which).collect(), wording));
        Self { statements, words, themes, kept }
    }

    /// Words that both schools use, those that both name in their statements first.
    pub fn shared(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|w| w.is_shared())
    }
}

/// Where phrases stand in what a document says itself: by number of the phrase.
fn uses(id: usize, document: &Document, phrases: &Phrases) -> BTreeMap<usize, Use> {
    let mut out: BTreeMap<usize, Use> = BTreeMap::new();
    let mut in_heading: BTreeMap<usize, bool> = BTreeMap::new();
    for (at, block) in (0..).zip(&document.blocks) {
        if block.role != Role::Body {
            continue;
        }
        let tokens = document.tokens(at);
        let found = phrases.find(tokens);
        if found.is_empty() {
            continue;
        }
        let heading = block.kind == Kind::Heading;
        let sentences = sentences(document, at);
        for (number, range) in found {
            let holds = sentences.iter().find(|s| s.from <= range.start && range.start < s.to);
            let example = holds.map_or_else(|| spanned(at, tokens), |s| s.quote());
            let entry = out.entry(number).or_insert(Use { document: id, count: 0, example });
            entry.count += 1;
            let headed = in_heading.entry(number).or_insert(heading);
            if *headed && !heading {
                entry.example = example;
                *headed = false;
            }
        }
    }
    out
}

/// All words of a block.
fn spanned(block: u32, tokens: &[Token]) -> Quote {
    let start = tokens.first().map_or(0, |t| t.start);
    Quote { block, start, end: tokens.last().map_or(start, |t| t.end) }
}
