//! A document as one run of words: blocks in, words out that compare as equal where two schools' copies may differ.
//!
//! Local facts, the schools' names and the numbers of sections stand for themselves whatever they are; annexes and contacts are left
//! out.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::compare::{Quote, local_facts};
use crate::document::tokens::fingerprint;
use crate::document::{BlockId, Class, Document, Kind, Partnership, Role, Token, tokens};
use crate::knowledge::{Knowledge, Zone};

/// The names of both schools, each as the stems of its words, longest first.
pub(super) fn names(partnership: &Partnership) -> Vec<Vec<u64>> {
    let names = partnership.schools.iter().flat_map(|s| s.also.iter().chain([&s.name]));
    let stems = |name: &String| tokens::split(name).iter().map(|t| t.stem).collect::<Vec<u64>>();
    // One word ("infant", a folder's name) is no name that could be told from the word itself.
    let mut out: Vec<Vec<u64>> = names.map(stems).filter(|n| n.len() > 1).collect();
    out.sort_by_key(|n| std::cmp::Reverse(n.len()));
    out
}

/// A document as one run of words.
pub(super) struct Run<'d> {
    document: &'d Document,
    pub(super) words: Vec<Token>,
    /// Block of each word.
    pub(super) blocks: Vec<BlockId>,
    /// The words of what stands outside the text: title, front matter, contents, page margins.
    pub(super) aside: Vec<u64>,
    /// The numbers of its notes.
    pub(super) notes: BTreeSet<String>,
}

impl<'d> Run<'d> {
    pub(super) fn of(
        document: &'d Document,
        aside: &[String],
        names: &[Vec<u64>],
        knowledge: &Knowledge,
    ) -> Self {
        let mut run = Self::empty(document);
        for text in aside {
            run.add(text, &tokens::split(text), 0, names);
        }
        let mut run = Self { aside: run.words.iter().map(|t| t.word).collect(), ..Self::empty(document) };
        for (id, block) in (0..).zip(&document.blocks) {
            if block.role == Role::Body && !is_annex(document, id, knowledge) {
                run.add(&block.text, document.tokens(id), id, names);
            }
            if block.kind == Kind::Note {
                run.notes.extend(block.marker.clone());
            }
        }
        run
    }

    fn empty(document: &'d Document) -> Self {
        let (words, blocks, aside, notes) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
        Self { document, words, blocks, aside, notes }
    }

    fn add(&mut self, text: &str, tokens: &[Token], block: BlockId, names: &[Vec<u64>]) {
        let facts = local_facts(text, tokens);
        let mut facts = facts.iter().peekable();
        let mut at = 0;
        let mut numbered = false;
        while let Some(token) = tokens.get(at) {
            while facts.next_if(|f| f.to <= at).is_some() {}
            let fact = facts.peek().filter(|f| f.from == at).map(|f| (f.to, f.kind.name()));
            let name = names.iter().find(|n| {
                let slice = tokens.get(at..at + n.len());
                slice.is_some_and(|s| s.iter().zip(*n).all(|(t, stem)| t.stem == *stem))
            });
            let stands_for = name.map(|n| (at + n.len(), "school")).or(fact);
            if let Some((to, what)) = stands_for {
                let end = tokens.get(to - 1).map_or(token.end, |t| t.end);
                self.push(Token { word: fingerprint(what), end, ..*token }, block);
                at = to;
                numbered = false;
                continue;
            }
            let piece = text.get(token.start as usize..token.end as usize).unwrap_or("");
            if token.class == Class::Number && numbered {
                self.push(Token { word: fingerprint("#"), ..*token }, block);
            } else if token.class != Class::Mark {
                self.push(*token, block);
            }
            numbered = ["section", "sections", "paragraph", "page", "appendix", "annex", "version", "part"]
                .iter()
                .any(|w| piece.eq_ignore_ascii_case(w));
            at += 1;
        }
    }

    fn push(&mut self, token: Token, block: BlockId) {
        self.words.push(token);
        self.blocks.push(block);
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.words.len() == other.words.len()
            && self.words.iter().zip(&other.words).all(|(x, y)| x.word == y.word)
    }

    /// A run of words as quotes, one for each block.
    pub(super) fn quotes(&self, start: usize, end: usize) -> Vec<Quote> {
        let mut out: Vec<Quote> = Vec::new();
        for at in start..end {
            let (Some(token), Some(block)) = (self.words.get(at), self.blocks.get(at)) else { continue };
            match out.last_mut().filter(|q| q.block == *block) {
                Some(quote) => quote.end = token.end,
                None => out.push(Quote { block: *block, start: token.start, end: token.end }),
            }
        }
        out
    }

    /// The letters and digits of a run of words, in small letters: what is left of it whatever hyphens and blanks are put in.
    pub(super) fn letters(&self, range: Range<usize>) -> String {
        range
            .map(|at| self.word(at).to_lowercase())
            .flat_map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>())
            .collect()
    }

    /// Whether a word is the first of its block.
    pub(super) fn begins(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.blocks.get(before) != self.blocks.get(at))
    }

    /// Whether a word stands in a table.
    pub(super) fn is_cell(&self, at: usize) -> bool {
        let block = self.blocks.get(at).and_then(|b| self.document.blocks.get(*b as usize));
        block.is_some_and(|b| b.kind == Kind::TableCell)
    }

    /// A word as it is written.
    pub(super) fn word(&self, at: usize) -> &str {
        let block = self.blocks.get(at).and_then(|b| self.document.blocks.get(*b as usize));
        let piece =
            block.zip(self.words.get(at)).and_then(|(b, t)| b.text.get(t.start as usize..t.end as usize));
        piece.unwrap_or("")
    }
}

/// An annex, a form or a list of contacts: each school has its own.
fn is_annex(document: &Document, block: BlockId, knowledge: &Knowledge) -> bool {
    let mut above = document.section(block);
    above.push(block);
    above.iter().filter_map(|h| document.blocks.get(*h as usize)).any(|heading| {
        let annex = |text: &str| {
            let first = text.split([' ', ':']).next().unwrap_or("").to_lowercase();
            ["appendix", "annex", "annexe"].contains(&first.as_str())
        };
        heading.kind == Kind::Heading
            && (heading.marker.as_deref().is_some_and(annex)
                || annex(&heading.text)
                || knowledge
                    .headings()
                    .find(&heading.text)
                    .is_some_and(|h| matches!(h.zone, Zone::Appendix | Zone::Local | Zone::Control)))
    })
}
