//! What a school says it stands for: a document in, its statements out, each as it stands there.
//!
//! A passage is a statement if it stands below a heading such as "Our vision", or if the sentence begins by saying so ("We believe that …").
//! In a policy on something else only the first passages directly below such a heading are: it repeats a statement in a few lines, and goes on.

use std::collections::BTreeMap;

use crate::compare::{Quote, Sentence, sentences};
use crate::document::tokens::fingerprint;
use crate::document::{BlockId, Document, Kind, Role};
use crate::knowledge::Wording;

use super::spanned;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which kind, counted as [`Wording::statements`].
    pub kind: usize,
    /// Index of the document.
    pub document: usize,
    /// Its words: one passage, or the cells of one row of a table.
    pub quotes: Vec<Quote>,
}

/// The topics of documents that are statements as a whole.
const TOPICS: [&str; 2] = ["ethos", "smsc-values"];
/// Passages below one heading that are taken from a policy on something else.
const FIRST: usize = 3;
/// Words before "we believe" in "At our school in the valley, we believe".
const BEFORE: usize = 12;
/// With which such words begin.
const AT: [&str; 4] = ["at", "here", "in", "as"];
/// Letters of a passage below a heading that is quoted whole; a longer one is an essay, and its first sentences stand for it. The longest
/// statement seen in public policies had 900.
const LETTERS: usize = 1_200;

/// Whether a document on this topic is a statement as a whole.
pub(super) fn is_one(topic: Option<&str>) -> bool {
    topic.is_some_and(|t| TOPICS.contains(&t))
}

/// All statements of a document, in its order.
pub(super) fn of(id: usize, document: &Document, topic: Option<&str>, wording: &Wording) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::new();
    let whole = is_one(topic);
    let mut taken: BTreeMap<Option<BlockId>, usize> = BTreeMap::new();
    // What encloses the whole document announces what stands directly below it, not what stands below other headings.
    let top = top(document);
    let titled =
        top.and_then(|h| document.blocks.get(h as usize)).map_or(document.title.as_str(), |b| &b.text);
    let named = wording.statement_below(titled);
    let above_all = named.filter(|_| top.is_some() || whole);
    let mut row = None;
    for (at, block) in (0..).zip(&document.blocks) {
        // A title that is repeated without the look of a heading states nothing.
        let repeats = block.kind == Kind::Paragraph && wording.statement_below(&block.text).is_some();
        if block.role != Role::Body || block.kind == Kind::Heading || repeats {
            continue;
        }
        let section: Vec<BlockId> = document.section(at).into_iter().filter(|h| Some(*h) != top).collect();
        let nearest = section.last().copied();
        let reach = if whole { section.as_slice() } else { nearest.as_slice() };
        let below = kind_below(document, reach, wording)
            .or_else(|| section.is_empty().then_some(above_all).flatten());
        let Some(kind) = below else {
            for sentence in sentences(document, at) {
                if let Some(kind) = said(document, &sentence, wording) {
                    out.push(Statement { kind, document: id, quotes: vec![sentence.quote()] });
                }
            }
            continue;
        };
        if block.cell.is_some_and(|c| c.header) {
            continue;
        }
        let cell = block.cell.map(|c| (c.table, c.row));
        if let Some(last) = out.last_mut().filter(|_| cell.is_some() && cell == row) {
            last.quotes.push(spanned(at, document.tokens(at)));
            continue;
        }
        let taken = taken.entry(nearest).or_default();
        *taken += 1;
        if whole || *taken <= FIRST {
            row = cell;
            out.push(Statement { kind, document: id, quotes: vec![passage(document, at)] });
        }
    }
    out
}

/// The kind of statement that a sentence begins by saying it is: "We believe …", "At our school, we believe …".
fn said(document: &Document, sentence: &Sentence, wording: &Wording) -> Option<usize> {
    let tokens = sentence.tokens(document);
    let found = wording.statement_words.find(tokens);
    let (kind, range) = found.first()?;
    let first = tokens.first().map_or(0, |t| t.word);
    let led = range.start <= BEFORE && AT.iter().any(|w| fingerprint(w) == first);
    (range.start == 0 || led).then_some(*kind)
}

/// The heading that encloses all others, if there is one.
fn top(document: &Document) -> Option<BlockId> {
    let mut headings = (0..).zip(&document.blocks).filter(|(_, b)| b.kind == Kind::Heading);
    let (first, heading) = headings.next()?;
    headings.all(|(_, b)| b.level > heading.level).then_some(first)
}

/// The kind of statement that the nearest heading which names one announces.
fn kind_below(document: &Document, section: &[BlockId], wording: &Wording) -> Option<usize> {
    let headings = section.iter().rev().filter_map(|h| document.blocks.get(*h as usize));
    headings.filter_map(|h| wording.statement_below(&h.text)).next()
}

/// A passage whole, or its first sentences.
fn passage(document: &Document, block: BlockId) -> Quote {
    let mut quote = spanned(block, document.tokens(block));
    if (quote.end - quote.start) as usize <= LETTERS {
        return quote;
    }
    let all = sentences(document, block);
    let fits = all.iter().rfind(|s| (s.end - quote.start) as usize <= LETTERS);
    if let Some(last) = fits.or(all.first()) {
        quote.end = last.end;
    }
    quote
}
