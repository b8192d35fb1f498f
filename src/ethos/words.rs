//! The words of values: documents and statements in, each word with where either school uses it out.
//!
//! Looked for are the value words of the table, and what a school itself lists as its values ("Thistle spirit: …").

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{BlockId, Class, Document, Kind};
use crate::knowledge::{Phrases, Wording, folded};

use super::{Statement, Use, uses};

/// A word of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The id of the table, or the words of a school's own value.
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// In how many statements each school names it.
    pub named: [usize; 2],
    /// Where each school uses it, in order of documents.
    pub uses: [Vec<Use>; 2],
}

impl Word {
    /// Whether both schools use it.
    pub fn is_shared(&self) -> bool {
        self.uses.iter().all(|u| !u.is_empty())
    }

    /// How often a school uses it.
    pub fn count(&self, side: usize) -> usize {
        self.uses[side].iter().map(|u| u.count).sum()
    }
}

/// Most words of a value that a school lists.
const LISTED: usize = 3;
/// Most values of their own that are looked for: schools list three to ten, and a list of more is of something else.
const OWN: usize = 100;

/// All words that either school uses: those both use first, then by how often the school uses it that uses it less, then by name.
pub(super) fn of(
    schools: [Vec<(usize, &Document)>; 2],
    statements: &[Vec<Statement>; 2],
    documents: &[Document],
    wording: &Wording,
) -> Vec<Word> {
    let mut words: Vec<Word> = wording.values.iter().map(|v| word(&v.id, &v.title)).collect();
    let own = own(statements, documents, wording);
    let listed = Phrases::of_words(own.keys().map(String::as_str));
    words.extend(own.iter().map(|(id, title)| word(id, title)));
    for (side, school) in schools.iter().enumerate() {
        for (id, document) in school {
            let (known, listed) = (uses(*id, document, &wording.value_words), uses(*id, document, &listed));
            let listed = listed.into_iter().map(|(number, u)| (wording.values.len() + number, u));
            for (number, found) in known.into_iter().chain(listed) {
                if let Some(word) = words.get_mut(number) {
                    word.uses[side].push(found);
                }
            }
        }
        for statement in &statements[side] {
            for number in named(statement, documents, wording, &listed) {
                if let Some(word) = words.get_mut(number) {
                    word.named[side] += 1;
                }
            }
        }
    }
    words.retain(|w| w.uses.iter().any(|u| !u.is_empty()));
    words.sort_by_cached_key(|w| {
        let both_name = w.named.iter().all(|n| *n > 0);
        let (x, y) = (w.count(0), w.count(1));
        let order = (x.min(y), x.max(y));
        (!both_name, !w.is_shared(), std::cmp::Reverse(order), w.title.clone())
    });
    words
}

fn word(id: &str, title: &str) -> Word {
    Word { id: id.to_owned(), title: title.to_owned(), named: [0; 2], uses: [Vec::new(), Vec::new()] }
}

/// The words that a statement names, counted as all words are: those of the table, then those that schools list.
fn named(
    statement: &Statement,
    documents: &[Document],
    wording: &Wording,
    listed: &Phrases,
) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let Some(document) = documents.get(statement.document) else { return out };
    for quote in &statement.quotes {
        let tokens = document.tokens(quote.block);
        for (phrases, before) in [(&wording.value_words, 0), (listed, wording.values.len())] {
            let inside =
                |at: usize| tokens.get(at).is_some_and(|t| quote.start <= t.start && t.end <= quote.end);
            let found = phrases.find(tokens).into_iter().filter(|(_, range)| inside(range.start));
            out.extend(found.map(|(number, _)| before + number));
        }
    }
    out
}

/// What schools list as values and the table does not know: folded words, as first written.
fn own(
    statements: &[Vec<Statement>; 2],
    documents: &[Document],
    wording: &Wording,
) -> BTreeMap<String, String> {
    let values = wording.statements.iter().position(|s| s.id == "values");
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let lists = statements.iter().flatten().filter(|s| Some(s.kind) == values);
    for statement in lists {
        let (Some(document), Some(quote)) = (documents.get(statement.document), statement.quotes.first())
        else {
            continue;
        };
        let Some(lead) = lead(document, quote.block) else { continue };
        let known = wording.value_words.find(&crate::document::tokens::split(lead));
        let id = folded(lead);
        if known.is_empty() && !id.is_empty() && (out.len() < OWN || out.contains_key(&id)) {
            // Of two spellings the first in the alphabet, so that neither school's order decides.
            let title = out.entry(id).or_insert_with(|| lead.to_owned());
            if lead < title.as_str() {
                *title = lead.to_owned();
            }
        }
    }
    out
}

/// The one to three words that an item of a list or a row of a table begins with, before a colon or a dash or as the whole of it.
fn lead(document: &Document, block: BlockId) -> Option<&str> {
    let found = document.blocks.get(block as usize)?;
    if !matches!(found.kind, Kind::ListItem | Kind::TableCell) {
        return None;
    }
    let tokens = document.tokens(block);
    let words = tokens.iter().take_while(|t| t.class == Class::Word).count();
    let ends = tokens.get(words).is_none_or(|mark| {
        matches!(found.text.get(mark.start as usize..mark.end as usize), Some(":" | "–" | "—" | "-" | "…"))
    });
    let last = tokens.get(words.checked_sub(1)?)?;
    let lead = found.text.get(tokens.first()?.start as usize..last.end as usize)?;
    (ends && words <= LISTED).then_some(lead)
}
