//! Where each word of substance stands: a document's sentences in, the sentences of each word out.

use crate::document::Kind;
use crate::limits;

use super::super::ready::{Ready, full};

/// Where each word of substance stands: the sentences of one document by word number.
pub(crate) struct Places {
    /// First place of each number in `said`, and the end.
    starts: Vec<u32>,
    said: Vec<u32>,
    /// Sentences that are matched at all.
    pub(crate) texts: u64,
    /// Words that bring no pair because they stand in too many sentences: an entry for each number; empty if there is none.
    pub(super) over: Vec<bool>,
}

impl Places {
    pub(super) fn of(ready: &Ready, numbers: usize) -> Self {
        let headings = |said: &u32| {
            let block = ready.said.get(*said as usize).map(|s| s.sentence.block);
            block.and_then(|b| ready.document.blocks.get(b as usize)).is_some_and(|b| b.kind == Kind::Heading)
        };
        let texts: Vec<u32> = (0..ready.said.len() as u32).filter(|s| !headings(s)).collect();
        let mut starts = vec![0u32; numbers + 2];
        for said in &texts {
            full(ready.words(*said)).for_each(|id| starts[id as usize + 2] += 1);
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        // The start of each number moves to its end, which is the next one's start, while its sentences are filled in.
        let mut said = vec![0; starts.last().copied().unwrap_or(0) as usize];
        let count = texts.len() as u64;
        for place in texts {
            for id in full(ready.words(place)) {
                let next = &mut starts[id as usize + 1];
                said[*next as usize] = place;
                *next += 1;
            }
        }
        Self { starts, said, texts: count, over: Vec::new() }
    }

    /// Ascending; none of a word that brings no pair.
    pub(crate) fn of_word(&self, id: u32) -> &[u32] {
        if self.over.get(id as usize).is_some_and(|over| *over) {
            return &[];
        }
        &self.said[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }
}

/// The commonest words, as far as it takes to stay below the ceiling of pairs; empty if all pairs that share a word do.
pub(super) fn passed_over(a: &Places, b: &Places, numbers: usize) -> Vec<bool> {
    if a.texts * b.texts <= limits::SENTENCE_PAIRS {
        return Vec::new();
    }
    let brings = |id: u32| a.of_word(id).len() as u64 * b.of_word(id).len() as u64;
    let brings: Vec<u64> = (0..numbers as u32).map(brings).collect();
    let mut ascending = brings.clone();
    ascending.sort_unstable();
    let mut sum = 0u64;
    let first_over = ascending.into_iter().find(|pairs| {
        sum = sum.saturating_add(*pairs);
        sum > limits::SENTENCE_PAIRS
    });
    first_over.map_or_else(Vec::new, |most| brings.into_iter().map(|pairs| pairs >= most).collect())
}
