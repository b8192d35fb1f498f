//! Corresponding passages in one run of paragraphs: blocks of both schools in, paragraphs out; whole sentences only.
//!
//! The sentences of both sides are put beside each other in an order that both keep. A sentence that both say is plain; between two such
//! anchors each school's sentences, the blanks and the ends of paragraphs are its own insertions. Where nothing is plain, each
//! school's paragraphs stand by themselves, so that no rejected paragraph leaves an empty one behind.
//! `chain` says which sentences meet; `settled` does what people decided about them.

mod chain;
mod settled;

use rustc_hash::FxHashMap;

use crate::compare::{Counterparts, Difference, DifferenceKind, Quote, Weight, sentences_of};
use crate::document::BlockId;

use super::attached::Attached;
use super::choose::{fuller, key};
use super::{Decision, Footnote, Materials, Paragraph, Piece, Remark, RemarkKind, Side, Stand, Take, Words};

/// What a passage is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Sentence(Quote),
    Gap(Quote),
    End(BlockId),
}

/// How two sentences meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meet {
    /// The same words.
    Same,
    /// So near that one wording may stand: this side's.
    Wording(Side),
    /// Not the same: to be decided.
    Choice,
    /// Decided.
    Decided(Take),
}

/// Weaves passages and gathers remarks.
pub(super) struct Weaver<'m> {
    m: &'m Materials<'m>,
    first: Side,
    pairs: FxHashMap<(Quote, Quote), &'m Counterparts>,
    partner: [FxHashMap<Quote, Quote>; 2],
    differences: [FxHashMap<Quote, Vec<usize>>; 2],
    attached: Attached,
    pub(super) remarks: Vec<Remark>,
    pub(super) left_out: Vec<(Side, Quote, usize)>,
    /// Decisions on ends of paragraphs that were applied.
    pub(super) ends: Vec<Decision>,
    done: Vec<Paragraph>,
    open: Vec<Piece>,
    /// Whether a decision left out something of either school in the open paragraph.
    dropped: [bool; 2],
    /// Whether an end of a paragraph was decided in this passage.
    joined: bool,
}

impl<'m> Weaver<'m> {
    pub(super) fn new(m: &'m Materials<'m>, first: Side) -> Self {
        let mut partner: [FxHashMap<Quote, Quote>; 2] = Default::default();
        let mut pairs = FxHashMap::default();
        for c in &m.comparison.counterparts {
            pairs.insert((c.a, c.b), c);
            partner[0].insert(c.a, c.b);
            partner[1].insert(c.b, c.a);
        }
        let mut differences: [FxHashMap<Quote, Vec<usize>>; 2] = Default::default();
        let weighs = |d: &Difference| matches!(d.weight, Weight::Decide | Weight::Check);
        for (at, d) in m.comparison.differences.iter().enumerate().filter(|(_, d)| weighs(d)) {
            for (which, context) in [d.context_a, d.context_b].into_iter().enumerate() {
                if let Some(quote) = context {
                    differences[which].entry(quote).or_default().push(at);
                }
            }
        }
        Self {
            m,
            first,
            pairs,
            partner,
            differences,
            attached: Attached::of(m),
            remarks: Vec::new(),
            left_out: Vec::new(),
            ends: Vec::new(),
            done: Vec::new(),
            open: Vec::new(),
            dropped: [false; 2],
            joined: false,
        }
    }

    /// The paragraphs of one school's blocks by themselves.
    pub(super) fn alone(&mut self, side: Side, blocks: &[BlockId]) -> Vec<Paragraph> {
        for item in self.items(side, blocks) {
            self.own(side, item);
        }
        self.finished()
    }

    /// The paragraphs of passages that correspond.
    pub(super) fn weave(&mut self, a: &[BlockId], b: &[BlockId]) -> Vec<Paragraph> {
        let [a, b] = self.arranged([a, b]);
        let items = [self.items(Side::A, &a), self.items(Side::B, &b)];
        let chain = self.chain(&items);
        if !chain.iter().any(|(_, _, meet)| *meet != Meet::Choice) {
            for side in [self.first, self.first.other()] {
                for item in &items[side.index()] {
                    self.own(side, *item);
                }
            }
            return self.finished();
        }
        let mut at = [0, 0];
        let mut left = false;
        let mut choices: Vec<[usize; 2]> = Vec::new();
        for (i, j, meet) in chain {
            if meet == Meet::Choice {
                choices.push([i, j]);
                continue;
            }
            self.between(&items, at, [i, j], &choices, left, true);
            choices.clear();
            self.meet(&items, [i, j], meet);
            at = [i + 1, j + 1];
            left = true;
        }
        self.between(&items, at, [items[0].len(), items[1].len()], &choices, true, false);
        self.finished()
    }

    /// The paragraphs so far.
    fn finished(&mut self) -> Vec<Paragraph> {
        self.joined = false;
        std::mem::take(&mut self.done)
    }

    fn items(&self, side: Side, blocks: &[BlockId]) -> Vec<Item> {
        let document = self.m.document(side);
        let mut out = Vec::new();
        for id in blocks {
            let Some(block) = document.blocks.get(*id as usize) else { continue };
            let length = block.text.len() as u32;
            let mut quotes = sentences_of(document, *id);
            if quotes.is_empty() && length > 0 {
                quotes.push(Quote { block: *id, start: 0, end: length });
            }
            let mut before = 0;
            for (n, quote) in quotes.iter().enumerate() {
                if n > 0 || quote.start > before {
                    out.push(Item::Gap(Quote { block: *id, start: before, end: quote.start }));
                }
                out.push(Item::Sentence(*quote));
                before = quote.end;
            }
            if before < length {
                out.push(Item::Gap(Quote { block: *id, start: before, end: length }));
            }
            out.push(Item::End(*id));
        }
        out
    }

    /// What stands between two anchors.
    fn between(
        &mut self,
        items: &[Vec<Item>; 2],
        from: [usize; 2],
        to: [usize; 2],
        choices: &[[usize; 2]],
        left: bool,
        right: bool,
    ) {
        let (mut at, mut to) = (from, to);
        let item = |side: usize, n: usize| items[side].get(n).copied();
        let mut closing = None;
        let first = [item(0, at[0]), item(1, at[1])];
        let any = [at[0] < to[0], at[1] < to[1]];
        if left && any[0] && any[1] {
            match first {
                [Some(Item::End(x)), Some(Item::End(y))] => {
                    self.close(Stand::Plain, [Some(x), Some(y)]);
                    at = [at[0] + 1, at[1] + 1];
                }
                [Some(Item::Gap(x)), Some(Item::Gap(_))] if right => {
                    self.blank(Side::A, x);
                    at = [at[0] + 1, at[1] + 1];
                }
                [Some(Item::Gap(x)), _] if right => {
                    self.blank(Side::A, x);
                    at[0] += 1;
                }
                [_, Some(Item::Gap(y))] if right => {
                    self.blank(Side::B, y);
                    at[1] += 1;
                }
                _ => {}
            }
        }
        if !right
            && at[0] < to[0]
            && at[1] < to[1]
            && let (Some(Item::End(x)), Some(Item::End(y))) = (item(0, to[0] - 1), item(1, to[1] - 1))
        {
            closing = Some([Some(x), Some(y)]);
            to = [to[0] - 1, to[1] - 1];
        }
        let sides = [self.first, self.first.other()];
        for choice in choices {
            for side in sides {
                let s = side.index();
                for item in items[s].get(at[s]..choice[s]).unwrap_or(&[]) {
                    self.own(side, *item);
                }
            }
            for side in sides {
                self.own(side, items[side.index()][choice[side.index()]]);
            }
            at = [choice[0] + 1, choice[1] + 1];
        }
        for side in sides {
            let s = side.index();
            for item in items[s].get(at[s]..to[s]).unwrap_or(&[]) {
                self.own(side, *item);
            }
        }
        if let Some(blocks) = closing {
            self.close(Stand::Plain, blocks);
        }
    }

    fn blank(&mut self, side: Side, quote: Quote) {
        if quote.start < quote.end {
            self.push(Words::Quoted(side, quote), Stand::Plain, [None, None], None);
        }
    }

    /// Two sentences that meet, as plain text with what tracks it.
    fn meet(&mut self, items: &[Vec<Item>; 2], at: [usize; 2], meet: Meet) {
        let (Some(Item::Sentence(a)), Some(Item::Sentence(b))) = (items[0].get(at[0]), items[1].get(at[1]))
        else {
            return;
        };
        let (a, b) = (*a, *b);
        let quote = [a, b];
        let from = [Some(a), Some(b)];
        let shown = |side: Side| Words::Quoted(side, quote[side.index()]);
        match meet {
            Meet::Same => {
                let contested = self.contested(&[], from);
                let found = self.of_pair(a, b);
                let check = (!found.is_empty()).then_some(RemarkKind::Check);
                let kind = if contested { Some(RemarkKind::Contested) } else { check };
                let remark = kind.and_then(|kind| self.remark(kind, found, from));
                self.push(shown(fuller(self.m.documents, a, b)), Stand::Plain, from, remark);
            }
            Meet::Wording(side) => {
                let contested = self.contested(&[], from);
                let kind = if contested { RemarkKind::Contested } else { RemarkKind::Wording };
                // Of headings only: where sentences have a difference, neither wording stands.
                let found = self.of_pair(a, b);
                let remark = self.remark(kind, found, from);
                let other = side.other();
                let only = |s: Side| if s == Side::A { [Some(a), None] } else { [None, Some(b)] };
                self.push(shown(side), Stand::Replaced(other), only(side), remark);
                self.push(shown(other), Stand::Inserted(other), only(other), remark);
            }
            Meet::Choice => {}
            Meet::Decided(take) => {
                let found = self.of_pair(a, b);
                let remark = self.remark(RemarkKind::Decided, found, from);
                self.decided(take, from, remark, true);
            }
        }
    }

    /// Something of one school.
    fn own(&mut self, side: Side, item: Item) {
        let only = |q: Quote| if side == Side::A { [Some(q), None] } else { [None, Some(q)] };
        match item {
            Item::Gap(q) if q.start < q.end => {
                self.push(Words::Quoted(side, q), Stand::Inserted(side), [None, None], None)
            }
            Item::Gap(_) => {}
            Item::End(id) => {
                let blocks = if side == Side::A { [Some(id), None] } else { [None, Some(id)] };
                // A paragraph of which only the other school's sentences were decided for ends where the other school ends it.
                let has = |side: Side| self.open.iter().any(|p| p.from[side.index()].is_some());
                if self.dropped[side.index()] && !has(side) && has(side.other()) {
                    return;
                }
                match self.end_taken(side, id) {
                    Some(true) => self.close(Stand::Plain, blocks),
                    // It runs on, as at the other school.
                    Some(false) => {}
                    None => {
                        let settled = self.is_settled_for(side, &self.open);
                        self.close(if settled { Stand::Plain } else { Stand::Inserted(side) }, blocks);
                    }
                }
            }
            Item::Sentence(q) => {
                let found = self.differences[side.index()].get(&q).cloned().unwrap_or_default();
                let partner = self.partner[side.index()].get(&q).copied();
                let about = match (side, partner) {
                    (Side::A, p) => [Some(q), p],
                    (Side::B, p) => [p, Some(q)],
                };
                let contested = self.contested(&found, about);
                let take = self.taken(&found, about);
                if let Some(take) = take.filter(|_| !contested) {
                    let known = self.known(RemarkKind::Decided, about);
                    let remark = known.or_else(|| self.remark(RemarkKind::Decided, found, about));
                    return self.decided(take, only(q), remark, known.is_none());
                }
                let same = |a: Quote, b: Quote| key(self.m.documents[0], a) == key(self.m.documents[1], b);
                let kind = match about {
                    _ if contested => RemarkKind::Contested,
                    [Some(a), Some(b)] if same(a, b) => RemarkKind::Elsewhere,
                    [Some(_), Some(_)] => RemarkKind::Choice,
                    _ => RemarkKind::Only,
                };
                let known = self.known(kind, about);
                if let Some(remark) = known.and_then(|r| self.remarks.get_mut(r)) {
                    // What is to be said of the second of two sentences alone.
                    remark.differences.extend(&found);
                    remark.differences.sort_unstable();
                    remark.differences.dedup();
                }
                let remark = known.or_else(|| self.remark(kind, found, about));
                self.push(Words::Quoted(side, q), Stand::Inserted(side), only(q), remark);
            }
        }
    }

    /// A remark of this kind about these sentences, if one was made.
    fn known(&self, kind: RemarkKind, about: [Option<Quote>; 2]) -> Option<usize> {
        self.remarks.iter().position(|r| r.about == about && r.kind == kind)
    }

    fn remark(
        &mut self,
        kind: RemarkKind,
        differences: Vec<usize>,
        about: [Option<Quote>; 2],
    ) -> Option<usize> {
        let settled = self.settled(&differences, about);
        let decisions = settled.into_iter().flat_map(|s| s.all().iter().cloned()).collect();
        self.remarks.push(Remark { kind, differences, about, decisions, below: Vec::new() });
        Some(self.remarks.len() - 1)
    }

    fn push(&mut self, words: Words, stand: Stand, from: [Option<Quote>; 2], remark: Option<usize>) {
        // Where a sentence was left out, the blanks around it are one.
        let blank = |words: &Words| self.m.text(words).trim().is_empty();
        if self.dropped.contains(&true) && blank(&words) && self.open.last().is_none_or(|p| blank(&p.words)) {
            return;
        }
        // Two schools' sentences stand side by side while neither is chosen.
        if let (Some(Piece { stand: Stand::Inserted(before), words: last, .. }), Stand::Inserted(side)) =
            (self.open.last(), stand)
            && *before != side
            && !self.m.text(last).ends_with(char::is_whitespace)
            && !self.m.text(&words).starts_with(char::is_whitespace)
        {
            let stand = Stand::Inserted(*before);
            self.open.push(Piece { words: Words::Blank, stand, from: [None, None], remark: None });
        }
        self.open.push(Piece { words, stand, from, remark });
    }

    /// Ends a paragraph; its notes and pictures are those of the blocks that end here.
    fn close(&mut self, end: Stand, blocks: [Option<BlockId>; 2]) {
        let mut notes = self.attached.notes(self.m, blocks);
        let mut pictures = self.attached.pictures(self.m, blocks);
        let side = if blocks[self.first.index()].is_some() { self.first } else { self.first.other() };
        let like = (side, blocks[side.index()].unwrap_or(0));
        if self.dropped.contains(&true) || self.joined || self.is_settled(&self.open) {
            self.tidy();
        }
        let pieces = std::mem::take(&mut self.open);
        if pieces.is_empty() {
            // What hangs on words that people left out goes with them.
            notes.retain(|note| !self.goes(note));
            pictures.retain(|picture| !self.dropped[picture.shown.0.index()]);
        }
        let bare = pieces.is_empty() && notes.is_empty() && pictures.is_empty();
        if std::mem::take(&mut self.dropped).contains(&true) && bare {
            return;
        }
        if !(bare && end != Stand::Plain && self.done.is_empty()) {
            let label = self.phase(end, &pieces);
            self.done.push(Paragraph { like, end, pieces, notes, pictures, label });
        }
    }

    /// Whether a note goes with the words that it belongs to; then it is among what was left out.
    fn goes(&mut self, note: &Footnote) -> bool {
        let (side, block) = note.shown;
        let Some((.., remark)) = self.left_out.last().copied().filter(|_| self.dropped[side.index()]) else {
            return false;
        };
        let end = self.m.document(side).blocks.get(block as usize).map_or(0, |b| b.text.len() as u32);
        self.left_out.push((side, Quote { block, start: 0, end }, remark));
        true
    }

    /// What is said before a paragraph of one school all of which is about a phase that only that school teaches.
    fn phase(&self, end: Stand, pieces: &[Piece]) -> Option<String> {
        let Stand::Inserted(side) = end else { return None };
        let is_phase = |p: &Piece| {
            let remark = p.remark.and_then(|r| self.remarks.get(r));
            let found = remark.into_iter().flat_map(|r| &r.differences);
            found.map(|d| self.m.comparison.differences[*d].kind).any(|k| k == DifferenceKind::Phase)
        };
        let mut said = pieces.iter().filter(|p| p.from != [None, None]).peekable();
        let phase = said.peek().is_some() && said.all(is_phase);
        phase.then(|| format!("For {} only", self.m.schools[side.index()].name))
    }
}
