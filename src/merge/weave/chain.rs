//! Which sentences of two passages meet: the items of both in, a chain of pairs in an order that both keep out.

use rustc_hash::FxHashMap;

use crate::compare::{Quote, Weight, sentences_of};
use crate::document::BlockId;
use crate::merge::choose::{fuller, is_near, key, stands};
use crate::merge::{Side, Take};

use super::{Item, Meet, Weaver};

/// Sentences on both sides multiplied, above which two passages stand one after the other; the largest real passage has 60 by 60.
const CELLS: usize = 250_000;

impl Weaver<'_> {
    /// Places of sentences that meet, in an order that both sides keep, as heavy as can be.
    pub(super) fn chain(&self, items: &[Vec<Item>; 2]) -> Vec<(usize, usize, Meet)> {
        let list = |side: Side| -> Vec<(usize, Quote, Vec<u64>)> {
            let document = self.m.document(side);
            let sentences = items[side.index()].iter().enumerate().filter_map(|(at, item)| match item {
                Item::Sentence(q) => Some((at, *q, key(document, *q))),
                _ => None,
            });
            sentences.collect()
        };
        let (x, y) = (list(Side::A), list(Side::B));
        if x.len() * y.len() > CELLS {
            return Vec::new();
        }
        let width = y.len() + 1;
        let mut best = vec![0u64; (x.len() + 1) * width];
        let mut meets: FxHashMap<(usize, usize), (Meet, u64)> = FxHashMap::default();
        for i in (0..x.len()).rev() {
            for j in (0..y.len()).rev() {
                let mut top = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                if let Some((meet, weight)) = self.meeting(&x[i], &y[j]) {
                    meets.insert((i, j), (meet, weight));
                    top = top.max(weight + best[(i + 1) * width + j + 1]);
                }
                best[i * width + j] = top;
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut out = Vec::new();
        while i < x.len() && j < y.len() {
            let here = best[i * width + j];
            match meets.get(&(i, j)) {
                Some((meet, weight)) if weight + best[(i + 1) * width + j + 1] == here => {
                    out.push((x[i].0, y[j].0, *meet));
                    (i, j) = (i + 1, j + 1);
                }
                _ if best[(i + 1) * width + j] == here => i += 1,
                _ => j += 1,
            }
        }
        out
    }

    /// The blocks of a passage, those of the school whose order is not followed in the order of what answers them: each school keeps its
    /// paragraphs, and more sentences can meet.
    pub(super) fn arranged(&self, blocks: [&[BlockId]; 2]) -> [Vec<BlockId>; 2] {
        let mut out = blocks.map(<[BlockId]>::to_vec);
        let (first, other) = (self.first, self.first.other());
        if blocks[other.index()].len() < 2 {
            return out;
        }
        let sentences = |side: Side, id: BlockId| sentences_of(self.m.document(side), id).into_iter();
        let mut by_quote: FxHashMap<Quote, usize> = FxHashMap::default();
        let mut by_key: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
        for (at, quote) in blocks[first.index()].iter().flat_map(|id| sentences(first, *id)).enumerate() {
            by_quote.insert(quote, at);
            by_key.entry(key(self.m.document(first), quote)).or_insert(at);
        }
        let answer = |quote: Quote| {
            let same = by_key.get(&key(self.m.document(other), quote));
            same.or_else(|| by_quote.get(self.partner[other.index()].get(&quote)?)).copied()
        };
        let mut before = 0;
        let placed = blocks[other.index()].iter().map(|id| {
            let found: Vec<usize> = sentences(other, *id).filter_map(answer).collect();
            // What nothing answers stays behind what it stands behind.
            if !found.is_empty() {
                before = 1_000 * found.iter().sum::<usize>() / found.len();
            }
            (before, *id)
        });
        let mut placed: Vec<(usize, BlockId)> = placed.collect();
        placed.sort_by_key(|(place, _)| *place);
        out[other.index()] = placed.into_iter().map(|(_, id)| id).collect();
        out
    }

    fn meeting(&self, x: &(usize, Quote, Vec<u64>), y: &(usize, Quote, Vec<u64>)) -> Option<(Meet, u64)> {
        let (a, b) = (x.1, y.1);
        let same = x.2 == y.2;
        let weight = if same { 1_000 + u64::from(a.end - a.start) } else { 500 };
        let found = self.of_pair(a, b);
        let documents = self.m.documents;
        let headings = self.m.is_heading([Some(a), None]) && self.m.is_heading([None, Some(b)]);
        if !same && !headings && !self.pairs.contains_key(&(a, b)) {
            return None;
        }
        let take = self.taken(&found, [Some(a), Some(b)]);
        // What both say in the same words needs no label.
        if same && matches!(take, None | Some(Take::Both | Take::Local)) {
            return Some((Meet::Same, weight));
        }
        if let Some(take) = take {
            return Some((Meet::Decided(take), weight));
        }
        if headings {
            return Some((Meet::Wording(fuller(documents, a, b)), weight));
        }
        let is_near = self.pairs.get(&(a, b)).is_some_and(|c| is_near(c));
        match stands(documents, a, b)
            .filter(|_| is_near && found.is_empty() && !self.m.comparison.has_local([Some(a), Some(b)]))
        {
            Some(side) => Some((Meet::Wording(side), weight)),
            None => Some((Meet::Choice, 10)),
        }
    }

    /// Differences that lie in this pair of sentences, and what is to be put right in one of the two, as a gap or an old law.
    pub(super) fn of_pair(&self, a: Quote, b: Quote) -> Vec<usize> {
        let of = |side: usize, q: Quote| self.differences[side].get(&q).into_iter().flatten().copied();
        let mine = |at: &usize| {
            let d = &self.m.comparison.differences[*at];
            match (d.context_a, d.context_b) {
                (Some(x), Some(y)) => (x, y) == (a, b),
                _ => d.weight == Weight::Check,
            }
        };
        let mut all: Vec<usize> = of(0, a).chain(of(1, b)).filter(mine).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
