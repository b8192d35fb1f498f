//! Which sentences of two passages meet: the items of both in, a chain of pairs in an order that both keep out.

use rustc_hash::FxHashMap;

use crate::compare::{Difference, Quote, Weight};
use crate::document::Kind;
use crate::merge::choose::{fuller, key, stands};
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

    fn meeting(&self, x: &(usize, Quote, Vec<u64>), y: &(usize, Quote, Vec<u64>)) -> Option<(Meet, u64)> {
        let (a, b) = (x.1, y.1);
        let same = x.2 == y.2;
        let weight = if same { 1_000 + u64::from(a.end - a.start) } else { 500 };
        let found = self.of_pair(a, b);
        let documents = self.m.documents;
        let heading = |side: usize, q: Quote| {
            documents[side].blocks.get(q.block as usize).is_some_and(|b| b.kind == Kind::Heading)
        };
        let headings = heading(0, a) && heading(1, b);
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
        match stands(documents, a, b).filter(|_| found.is_empty() && !self.local(a, b)) {
            Some(side) => Some((Meet::Wording(side), weight)),
            None => Some((Meet::Choice, 10)),
        }
    }

    /// Differences that lie in exactly this pair of sentences.
    pub(super) fn of_pair(&self, a: Quote, b: Quote) -> Vec<usize> {
        let of_a = self.differences[0].get(&a).map_or(&[][..], Vec::as_slice);
        let pair = |at: &&usize| self.m.comparison.differences[**at].context_b == Some(b);
        of_a.iter().filter(pair).copied().collect()
    }

    /// Whether a local fact stands in either: then each school keeps its own sentence.
    fn local(&self, a: Quote, b: Quote) -> bool {
        let of =
            |d: &Difference| d.weight == Weight::Local && (d.context_a == Some(a) || d.context_b == Some(b));
        self.m.comparison.differences.iter().any(of)
    }
}
