//! The sentences of two documents made ready, once for all who look at them: two documents in, for every sentence of their bodies
//! its place, its words as numbers that both documents share, and what it asks for out.

use rustc_hash::FxHashMap;

use crate::document::{BlockId, Class, Document, Kind, Role, Token};
use crate::knowledge::Roles;

use super::Quote;
use super::diff::has_substance;
use super::forms::{Names, form};
use super::matters;
use super::sentences::{Sentence, sentences_into};
use super::values::{Values, values_of};

/// A word of substance weighs five, one without a fifth of it: in whole numbers, so that sums are the same in any order.
const FULL: u32 = 5;
const THIN: u32 = 1;

/// A word of a sentence as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word {
    /// The number of its forms, the same in both documents.
    pub(super) id: u32,
    /// [`FULL`], or less.
    pub(super) weight: u32,
}

/// One sentence.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) sentence: Sentence,
    /// What it asks for, and its local facts.
    pub(super) values: Values,
    /// Weight of its words.
    pub(super) weight: u32,
    /// The things it names that are told apart from others.
    pub(super) matters: u8,
    /// A bit for each of its words of substance, by its number; several may have the same.
    full: u64,
    /// A bit for each of its words.
    any: u64,
    /// Its words in `words`.
    words: std::ops::Range<u32>,
}

/// One document, its sentences in order.
#[derive(Debug)]
pub(super) struct Ready<'d> {
    pub(super) document: &'d Document,
    pub(super) said: Vec<Said>,
    /// First sentence of each block; one entry a block, and the end.
    starts: Vec<u32>,
    /// Words of all sentences, those of each ascending; a name of several words is one ("the governing body", "each year"). Local facts
    /// are left out, because two schools name two people for the same post.
    words: Vec<Word>,
}

/// Words by their numbers: forms of a word have one, in the order in which they are met.
struct Numbers<'k> {
    by_word: FxHashMap<u64, Word>,
    by_group: FxHashMap<u64, u32>,
    names: Names<'k>,
    /// Room for a word in lower case.
    folded: Vec<u8>,
}

impl<'k> Numbers<'k> {
    fn of(roles: &'k Roles) -> Self {
        let names = Names::of(roles);
        Self { by_word: FxHashMap::default(), by_group: FxHashMap::default(), names, folded: Vec::new() }
    }

    fn word(&mut self, token: &Token, text: &str) -> Word {
        let Self { by_word, by_group, folded, .. } = self;
        *by_word.entry(token.word).or_insert_with(|| {
            let next = by_group.len() as u32;
            let id = *by_group.entry(form(token, text, folded)).or_insert(next);
            Word { id, weight: if has_substance(token) { FULL } else { THIN } }
        })
    }

    /// The word that a name is, whatever words it is written in.
    fn name(&mut self, name: u64) -> Word {
        let next = self.by_group.len() as u32;
        Word { id: *self.by_group.entry(name).or_insert(next), weight: FULL }
    }
}

/// Makes two documents ready; also how many numbers there are.
pub(super) fn ready<'d>(a: &'d Document, b: &'d Document, roles: &Roles) -> (Ready<'d>, Ready<'d>, usize) {
    let mut numbers = Numbers::of(roles);
    let (a, b) = (Ready::of(a, &mut numbers), Ready::of(b, &mut numbers));
    (a, b, numbers.by_group.len())
}

impl Said {
    /// The most that two sentences can share, told without going through their words: a word of substance whose bit the other lacks is not shared.
    pub(super) fn shares_at_most(&self, other: &Self) -> u32 {
        let without = |x: &Self, y: &Self| x.weight.saturating_sub(FULL * (x.full & !y.any).count_ones());
        without(self, other).min(without(other, self))
    }
}

impl<'d> Ready<'d> {
    fn of(document: &'d Document, numbers: &mut Numbers) -> Self {
        let mut sentences = Vec::with_capacity(2 * document.blocks.len());
        let mut starts = Vec::with_capacity(document.blocks.len() + 1);
        for (id, block) in (0..).zip(&document.blocks) {
            starts.push(sentences.len() as u32);
            if block.role == Role::Body {
                sentences_into(&mut sentences, document, id);
            }
        }
        starts.push(sentences.len() as u32);
        let mut words = Vec::new();
        let said = sentences.into_iter().map(|s| said(document, s, numbers, &mut words)).collect();
        Self { document, said, starts, words }
    }

    /// The sentences of a block by their places in `said`.
    pub(super) fn of_block(&self, block: BlockId) -> std::ops::Range<u32> {
        let start = |at: usize| self.starts.get(at).copied();
        let end = self.said.len() as u32;
        start(block as usize).unwrap_or(end)..start(block as usize + 1).unwrap_or(end)
    }

    /// The sentences of some blocks; headings have none that are matched.
    pub(super) fn of_blocks(&self, blocks: &[BlockId]) -> Vec<u32> {
        let text =
            |id: &&BlockId| self.document.blocks.get(**id as usize).is_some_and(|b| b.kind != Kind::Heading);
        blocks.iter().filter(text).flat_map(|id| self.of_block(*id)).collect()
    }

    /// The words of the heading above a sentence.
    pub(super) fn heading(&self, said: u32) -> Option<&'d str> {
        let block = |id: BlockId| self.document.blocks.get(id as usize);
        block(block(self.said[said as usize].sentence.block)?.parent?).map(|heading| heading.text.trim())
    }

    /// Whether one of the document's headings has these words.
    pub(super) fn has_heading(&self, words: &str) -> bool {
        self.document.blocks.iter().any(|b| b.kind == Kind::Heading && b.text.trim() == words)
    }

    /// A sentence as a quote.
    pub(super) fn quote(&self, said: u32) -> Quote {
        self.said[said as usize].sentence.quote()
    }

    /// A sentence's words, ascending.
    pub(super) fn words(&self, said: u32) -> &[Word] {
        let range = &self.said[said as usize].words;
        &self.words[range.start as usize..range.end as usize]
    }

    /// A sentence's tokens that are words or numbers.
    pub(super) fn exact(&self, said: u32) -> impl Iterator<Item = &'d Token> + Clone {
        self.said[said as usize].sentence.tokens(self.document).iter().filter(|t| t.class != Class::Mark)
    }
}

/// The numbers of words of substance, ascending, each once.
pub(super) fn full(words: &[Word]) -> impl Iterator<Item = u32> {
    let mut last = None;
    words.iter().filter(|w| w.weight == FULL).map(|w| w.id).filter(move |id| last.replace(*id) != Some(*id))
}

/// How many words of substance of one sentence another lacks.
pub(super) fn lacks(y: &[Word], x: &[Word]) -> u32 {
    full(x).filter(|id| y.binary_search_by_key(id, |w| w.id).is_err()).count() as u32
}

/// How many words of substance only the one sentence has, only the other, and both.
pub(super) fn apart(x: &[Word], y: &[Word]) -> ([u32; 2], u32) {
    let only = [lacks(y, x), lacks(x, y)];
    (only, full(x).count() as u32 - only[0])
}

fn said(document: &Document, sentence: Sentence, numbers: &mut Numbers, words: &mut Vec<Word>) -> Said {
    let text = document.blocks.get(sentence.block as usize).map_or("", |b| b.text.as_str());
    let tokens = sentence.tokens(document);
    let values = values_of(text, tokens);
    let from = words.len();
    let mut local = values.local.iter().peekable();
    let mut names = numbers.names.find(tokens).into_iter().peekable();
    for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.class != Class::Mark) {
        while local.next_if(|l| l.to <= at).is_some() {}
        while names.next_if(|(_, range)| range.end <= at).is_some() {}
        if local.peek().is_some_and(|l| l.from <= at) {
            continue;
        }
        match names.peek() {
            Some((name, range)) if range.contains(&at) => {
                if range.start == at {
                    words.push(numbers.name(*name));
                }
            }
            _ => words.push(numbers.word(token, text)),
        }
    }
    let mine = &mut words[from..];
    mine.sort_unstable();
    let weight = mine.iter().map(|w| w.weight).sum();
    let bits = |bits: u64, word: &Word| bits | 1 << (word.id % u64::BITS);
    let any = mine.iter().fold(0, bits);
    let full = mine.iter().filter(|w| w.weight == FULL).fold(0, bits);
    let matters = matters::named(tokens);
    Said { sentence, values, weight, matters, full, any, words: from as u32..words.len() as u32 }
}
