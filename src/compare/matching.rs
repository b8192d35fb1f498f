//! Which sentence of one side says what a sentence of the other says: sentences of linked blocks in, pairs and leftovers out.
//!
//! First inside each link; then what is left over is looked for in the whole of the other policy, because a duty that
//! stands in another paragraph is not missing.

use rustc_hash::FxHashMap;

use crate::align::{Alignment, Relation, on_every_chain};
use crate::document::{BlockId, Class, Kind};

use super::lexicon::{Lex, meaning};
use super::ready::{FULL, Ready, Word};
use super::sentences::Sentence;

/// Least likeness of two sentences inside a link.
const INSIDE: f32 = 0.34;
/// Least likeness of two sentences from anywhere in the two policies.
const ANYWHERE: f32 = 0.5;
/// Share of a leftover's words that one sentence of the other side must hold for it to count as said there.
const COVERED: f32 = 0.75;
/// From this share on it is the same sentence: one thin word of two hundred may be missing.
const WHOLE: f32 = 0.999;
/// Of a sentence's words, this many of the rarest are looked for: a sentence that holds three quarters of them holds one of these.
const RAREST: usize = 3;
/// Up to this many pairs of sentences are looked at each; above it, those that share a word of substance.
const FEW: usize = 36;

/// Two sentences that correspond.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matched {
    /// Its place among the first document's sentences.
    pub(super) a: u32,
    /// Its place among the second's.
    pub(super) b: u32,
    /// Shared share of their words: 0.0 none, 1.0 the same bag of words; symmetric.
    pub(super) likeness: f32,
}

/// All sentences of a pair of documents that are worth a rule's look.
#[derive(Clone, Debug, Default)]
pub(super) struct Matching {
    /// Corresponding sentences that are not word for word the same.
    pub(super) pairs: Vec<Matched>,
    /// Sentences that stand word for word the same in both, but not in linked blocks.
    pub(super) elsewhere: Vec<Matched>,
    /// Sentences that stand word for word the same in linked blocks, but not in the same order.
    pub(super) crossed: Vec<Matched>,
    /// Sentences of the first document that nothing in the other says.
    pub(super) only_a: Vec<Unsaid>,
    /// The same of the second.
    pub(super) only_b: Vec<Unsaid>,
}

/// A sentence that the other document does not say where this one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unsaid {
    /// Its place among its document's sentences.
    pub(super) said: u32,
    /// A block of the other document that says it, but answers another passage of this one, under another heading.
    pub(super) elsewhere: Option<BlockId>,
}

/// Some sentences of one document, each of which is matched at most once.
struct Open<'r> {
    ready: &'r Ready<'r>,
    said: Vec<u32>,
    taken: Vec<bool>,
}

impl<'r> Open<'r> {
    fn of(ready: &'r Ready<'r>, said: Vec<u32>) -> Self {
        Self { ready, taken: vec![false; said.len()], said }
    }

    fn left(&self) -> impl Iterator<Item = u32> {
        self.said.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(said, _)| *said)
    }
}

/// Matches the sentences of the bodies of two aligned documents; `numbers` is how many word numbers there are.
pub(super) fn match_sentences(a: &Ready, b: &Ready, numbers: usize, alignment: &Alignment) -> Matching {
    let mut out = Matching::default();
    let (mut left_a, mut left_b) = (Vec::new(), Vec::new());
    let (in_a, in_b) = (Places::of(a, numbers), Places::of(b, numbers));
    for link in alignment.links.iter().filter(|l| l.relation != Relation::Same) {
        let mut open_a = Open::of(a, a.of_blocks(&link.a));
        let mut open_b = Open::of(b, b.of_blocks(&link.b));
        let alone = open_a.said.len() == 1 && open_b.said.len() == 1;
        let least = if alone { 0.0 } else { INSIDE };
        let mut same = Vec::new();
        pair_up(&mut open_a, &mut open_b, &in_b, least, &mut out.pairs, &mut same);
        out.crossed.extend(crossed(same, a));
        left_a.extend(open_a.left());
        left_b.extend(open_b.left());
    }
    left_a.extend(a.of_blocks(&alignment.only_a));
    left_b.extend(b.of_blocks(&alignment.only_b));
    left_a.sort_unstable();
    left_b.sort_unstable();
    let (mut left_a, mut left_b) = (Open::of(a, left_a), Open::of(b, left_b));
    pair_up(&mut left_a, &mut left_b, &in_b, ANYWHERE, &mut out.pairs, &mut out.elsewhere);
    let partners = |of_b: bool| -> FxHashMap<BlockId, &[BlockId]> {
        let sides = alignment.links.iter().map(|l| if of_b { (&l.b, &l.a) } else { (&l.a, &l.b) });
        sides.flat_map(|(from, to)| from.iter().map(move |id| (*id, to.as_slice()))).collect()
    };
    out.only_a = unsaid(&left_a, b, &in_b, &partners(true));
    out.only_b = unsaid(&left_b, a, &in_a, &partners(false));
    out.pairs.sort_unstable_by_key(|m| (m.a, m.b));
    out
}

/// Where each word of substance stands: the sentences of one document by word number.
struct Places {
    /// First place of each number in `said`, and the end.
    starts: Vec<u32>,
    said: Vec<u32>,
}

impl Places {
    fn of(ready: &Ready, numbers: usize) -> Self {
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
        for place in texts {
            for id in full(ready.words(place)) {
                let next = &mut starts[id as usize + 1];
                said[*next as usize] = place;
                *next += 1;
            }
        }
        Self { starts, said }
    }

    /// Ascending.
    fn of_word(&self, id: u32) -> &[u32] {
        &self.said[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }
}

/// The numbers of words of substance, ascending, each once.
fn full(words: &[Word]) -> impl Iterator<Item = u32> {
    let mut last = None;
    words.iter().filter(|w| w.weight == FULL).map(|w| w.id).filter(move |id| last.replace(*id) != Some(*id))
}

/// Weight of the words that both hold.
fn shared(x: &[Word], y: &[Word]) -> u32 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
        if p.id == q.id {
            sum += p.weight.min(q.weight);
        }
        i += usize::from(p.id <= q.id);
        j += usize::from(q.id <= p.id);
    }
    sum
}

/// Whether both hold a word of substance.
fn touch(x: &[Word], y: &[Word]) -> bool {
    let mut y = full(y).peekable();
    full(x).any(|p| {
        while y.next_if(|q| *q < p).is_some() {}
        y.peek() == Some(&p)
    })
}

/// Those of the same sentences that are off the order the others have on both sides.
fn crossed(mut same: Vec<Matched>, ready_a: &Ready) -> Vec<Matched> {
    if same.len() < 2 {
        return Vec::new();
    }
    same.sort_by_key(|m| m.a);
    let mut order: Vec<usize> = (0..same.len()).collect();
    order.sort_by_key(|i| same[*i].b);
    let mut positions = vec![0; same.len()];
    (0..).zip(order).for_each(|(position, i)| positions[i] = position);
    let length = |s: &Sentence| (s.to - s.from) as u64;
    let weights: Vec<u64> = same.iter().map(|m| length(&ready_a.said[m.a as usize].sentence)).collect();
    let stays = on_every_chain(&positions, &weights);
    same.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(m, _)| m).collect()
}

/// Takes the likest pairs first; the same sentence word for word is taken, but needs no look.
fn pair_up(
    a: &mut Open,
    b: &mut Open,
    in_b: &Places,
    least: f32,
    out: &mut Vec<Matched>,
    same: &mut Vec<Matched>,
) {
    let mut candidates: Vec<(u32, u32, u32)> = Vec::new();
    let mut look = |i: usize, j: usize, anyway: bool| {
        let (p, q) = (a.said[i], b.said[j]);
        let (weight_x, weight_y) = (a.ready.said[p as usize].weight, b.ready.said[q as usize].weight);
        let whole = (weight_x + weight_y).max(1) as f32;
        // They share at most the lighter one.
        if 2.0 * (weight_x.min(weight_y) as f32) < least * whole {
            return;
        }
        let (x, y) = (a.ready.words(p), b.ready.words(q));
        let likeness = 2.0 * shared(x, y) as f32 / whole;
        if likeness >= least && (anyway || touch(x, y)) {
            candidates.push(((likeness * 1e6) as u32, i as u32, j as u32));
        }
    };
    if a.said.len() * b.said.len() <= FEW {
        for i in 0..a.said.len() {
            (0..b.said.len()).for_each(|j| look(i, j, least <= 0.0));
        }
    } else {
        const NONE: u32 = u32::MAX;
        let mut place = vec![NONE; b.ready.said.len()];
        for (j, said) in (0..).zip(&b.said) {
            place[*said as usize] = j;
        }
        let mut seen = vec![NONE; b.said.len()];
        for (i, said) in (0..).zip(&a.said) {
            for id in full(a.ready.words(*said)) {
                for said in in_b.of_word(id) {
                    let j = place[*said as usize];
                    if j != NONE && std::mem::replace(&mut seen[j as usize], i) != i {
                        look(i as usize, j as usize, true);
                    }
                }
            }
        }
    }
    candidates.sort_unstable_by_key(|(l, i, j)| (std::cmp::Reverse(*l), i.abs_diff(*j), i + j, *i));
    for (likeness, i, j) in candidates {
        let (i, j) = (i as usize, j as usize);
        if a.taken[i] || b.taken[j] {
            continue;
        }
        a.taken[i] = true;
        b.taken[j] = true;
        let matched = Matched { a: a.said[i], b: b.said[j], likeness: likeness as f32 / 1e6 };
        let word = |t: &crate::document::Token| t.word;
        if !a.ready.exact(matched.a).map(word).eq(b.ready.exact(matched.b).map(word)) {
            out.push(matched);
        } else {
            same.push(matched);
        }
    }
}

/// The leftovers that no sentence of the other document says for them. `partners` are the blocks of this document that answer
/// each block of the other.
fn unsaid(
    left: &Open,
    other: &Ready,
    in_other: &Places,
    partners: &FxHashMap<BlockId, &[BlockId]>,
) -> Vec<Unsaid> {
    let mine = left.ready;
    let mut near: Vec<u32> = Vec::new();
    let mut lists: Vec<&[u32]> = Vec::new();
    left.left()
        .filter(|x| mine.said[*x as usize].weight > 0)
        .filter_map(|x| {
            // Only sentences that hold one of its rarest words can hold nearly all of its words.
            lists.clear();
            lists.extend(full(mine.words(x)).map(|id| in_other.of_word(id)).filter(|l| !l.is_empty()));
            lists.sort_unstable_by_key(|l| l.len());
            // Words as rare as the last of them count as well, so that the order of words decides nothing.
            let longest = lists.get(RAREST - 1).or(lists.last()).map_or(0, |l| l.len());
            near.clear();
            near.extend(lists.iter().take_while(|l| l.len() <= longest).copied().flatten());
            near.sort_unstable();
            near.dedup();
            let mut elsewhere = None;
            for y in near.iter().filter(|y| covers(other, **y, mine, x)) {
                let whole = holds(shared(mine.words(x), other.words(*y)), WHOLE, mine, x);
                let block = other.said[*y as usize].sentence.block;
                if !answers_another(block, x, whole, mine, partners) {
                    return None;
                }
                elsewhere = elsewhere.or(Some(block));
            }
            Some(Unsaid { said: x, elsewhere })
        })
        .collect()
}

/// Whether a weight is at least this share of a sentence's.
fn holds(weight: u32, share: f32, ready: &Ready, said: u32) -> bool {
    weight as f32 >= share * ready.said[said as usize].weight as f32
}

/// Whether a sentence (of one document) holds nearly all words of another (of either), and every figure of it: "after twelve
/// months" does not say what "after six months" says.
fn covers(ready_y: &Ready, y: u32, ready_x: &Ready, x: u32) -> bool {
    if !holds(shared(ready_x.words(x), ready_y.words(y)), COVERED, ready_x, x) {
        return false;
    }
    let figure = |t: &&crate::document::Token| {
        t.class == Class::Number
            || matches!(meaning(t.word), Some(Lex::Number(_) | Lex::Ordinal(_) | Lex::Times(_)))
    };
    ready_x.exact(x).filter(figure).all(|f| ready_y.exact(y).any(|t| t.word == f.word))
}

/// Whether the other side's block is the partner of another passage that says nearly the same: then it is that passage's answer,
/// and where this sentence stands the other policy says nothing. A sentence that stands twice under one heading, word for word
/// (`whole`), is said there once and needs no second answer.
fn answers_another(
    theirs: BlockId,
    x: u32,
    whole: bool,
    mine: &Ready,
    partners: &FxHashMap<BlockId, &[BlockId]>,
) -> bool {
    let parent = |id: BlockId| mine.document.blocks.get(id as usize).and_then(|b| b.parent);
    let block = mine.said[x as usize].sentence.block;
    let here = parent(block);
    let Some(blocks) = partners.get(&theirs) else { return false };
    !blocks.contains(&block)
        && (!whole || blocks.iter().all(|id| parent(*id) != here))
        && mine.of_blocks(blocks).into_iter().any(|other| covers(mine, other, mine, x))
}
