//! Which sentence of one side says what a sentence of the other says: sentences of linked blocks in, pairs and leftovers out.
//!
//! First inside each link; then what is left over is looked for in the whole of the other policy, because a duty that
//! stands in another paragraph is not missing.

mod places;

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::{Alignment, Relation, on_every_chain};
use crate::document::{BlockId, Class};
use crate::limits;

pub(super) use places::Places;
use places::passed_over;

use super::lexicon::{Lex, meaning};
use super::matters;
use super::nearest::{Near, Nearest};
use super::ready::{Ready, Word, apart, full, lacks};
use super::sentences::Sentence;

/// Least likeness of two sentences inside a link.
const INSIDE: f32 = 0.34;
/// Least likeness of two sentences from anywhere in the two policies.
const ANYWHERE: f32 = 0.5;
/// Share of a leftover's words that one sentence of the other side must hold for it to count as said there.
const COVERED: f32 = 0.75;
/// Words of substance that it may lack, however long it is.
const LACKS: u32 = 2;
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
    /// Why fewer pairs were looked at than there are, if so.
    pub(super) coarse: Option<String>,
}

/// A sentence that the other document does not say where this one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unsaid {
    /// Its place among its document's sentences.
    pub(super) said: u32,
    /// A block of the other document that says it, but answers another passage of this one, under another heading.
    pub(super) elsewhere: Option<BlockId>,
    /// The sentence of the other document that is nearest to it, where none says it.
    pub(super) nearest: Option<Near>,
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
    let (mut in_a, mut in_b) = (Places::of(a, numbers), Places::of(b, numbers));
    let over = passed_over(&in_a, &in_b, numbers);
    let mut all = over.is_empty();
    in_a.over.clone_from(&over);
    in_b.over = over;
    for link in alignment.links.iter().filter(|l| l.relation != Relation::Same) {
        let mut open_a = Open::of(a, a.of_blocks(&link.a));
        let mut open_b = Open::of(b, b.of_blocks(&link.b));
        let alone = open_a.said.len() == 1 && open_b.said.len() == 1;
        let least = if alone { 0.0 } else { INSIDE };
        let mut same = Vec::new();
        all &= pair_up(&mut open_a, &mut open_b, &in_b, least, &mut out.pairs, &mut same);
        out.crossed.extend(crossed(same, a));
        left_a.extend(open_a.left());
        left_b.extend(open_b.left());
    }
    left_a.extend(a.of_blocks(&alignment.only_a));
    left_b.extend(b.of_blocks(&alignment.only_b));
    left_a.sort_unstable();
    left_b.sort_unstable();
    let (mut left_a, mut left_b) = (Open::of(a, left_a), Open::of(b, left_b));
    if !in_b.over.is_empty() {
        same_words(&mut left_a, &mut left_b, &mut out.pairs, &mut out.elsewhere);
    }
    all &= pair_up(&mut left_a, &mut left_b, &in_b, ANYWHERE, &mut out.pairs, &mut out.elsewhere);
    out.coarse = (!all).then(|| {
        let [a, b] = [a, b].map(|side| side.said.len());
        format!(
            "{a} and {b} sentences use the same words so often that not every two were held beside each other"
        )
    });
    let partners = |of_b: bool| -> FxHashMap<BlockId, &[BlockId]> {
        let sides = alignment.links.iter().map(|l| if of_b { (&l.b, &l.a) } else { (&l.a, &l.b) });
        sides.flat_map(|(from, to)| from.iter().map(move |id| (*id, to.as_slice()))).collect()
    };
    let (of_a, of_b) = (partners(false), partners(true));
    out.only_a = unsaid(&left_a, b, numbers, [&in_a, &in_b], [&of_a, &of_b]);
    out.only_b = unsaid(&left_b, a, numbers, [&in_b, &in_a], [&of_b, &of_a]);
    out.pairs.sort_unstable_by_key(|m| (m.a, m.b));
    out
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

/// Two sentences that may correspond: their likeness in millionths, whether they stand under one heading, their places among the
/// open ones.
type Candidate = (u32, bool, u32, u32);

/// The likest first, of equals those under headings of the same words, then those that stand nearest to each other.
fn better((likeness, home, i, j): &Candidate) -> (Reverse<u32>, Reverse<bool>, u32, u32, u32) {
    (Reverse(*likeness), Reverse(*home), i.abs_diff(*j), i + j, *i)
}

/// Takes the likest pairs first; the same sentence word for word is taken, but needs no look. False if there were so many
/// pairs that only the likest were remembered.
fn pair_up(
    a: &mut Open,
    b: &mut Open,
    in_b: &Places,
    least: f32,
    out: &mut Vec<Matched>,
    same: &mut Vec<Matched>,
) -> bool {
    let mut all = true;
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut look = |i: usize, j: usize, anyway: bool| {
        let (p, q) = (a.said[i], b.said[j]);
        let (said_x, said_y) = (&a.ready.said[p as usize], &b.ready.said[q as usize]);
        let whole = (said_x.weight + said_y.weight).max(1) as f32;
        let unlike = matters::apart(said_x.matters, said_y.matters);
        if unlike || 2.0 * (said_x.shares_at_most(said_y) as f32) < least * whole {
            return;
        }
        let (x, y) = (a.ready.words(p), b.ready.words(q));
        let likeness = 2.0 * shared(x, y) as f32 / whole;
        if likeness >= least && (anyway || touch(x, y)) {
            let home = a.ready.heading(p) == b.ready.heading(q);
            candidates.push(((likeness * 1e6) as u32, home, i as u32, j as u32));
            if candidates.len() > limits::LIKE_PAIRS {
                candidates.select_nth_unstable_by_key(limits::LIKE_PAIRS / 2, better);
                candidates.truncate(limits::LIKE_PAIRS / 2);
                all = false;
            }
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
    candidates.sort_unstable_by_key(better);
    for candidate in candidates {
        take(a, b, candidate, out, same);
    }
    all
}

/// Two sentences are each other's, if neither is another's.
fn take(
    a: &mut Open,
    b: &mut Open,
    (likeness, _, i, j): Candidate,
    out: &mut Vec<Matched>,
    same: &mut Vec<Matched>,
) {
    let (i, j) = (i as usize, j as usize);
    if a.taken[i] || b.taken[j] {
        return;
    }
    a.taken[i] = true;
    b.taken[j] = true;
    let matched = Matched { a: a.said[i], b: b.said[j], likeness: likeness as f32 / 1e6 };
    let word = |t: &crate::document::Token| t.word;
    let is_same = a.ready.exact(matched.a).map(word).eq(b.ready.exact(matched.b).map(word));
    if is_same { same.push(matched) } else { out.push(matched) }
}

/// Takes sentences of the same words, the first of one side with the first of the other: where the commonest words bring no pairs, sentences
/// that only hold such words would not be found.
fn same_words(a: &mut Open, b: &mut Open, out: &mut Vec<Matched>, same: &mut Vec<Matched>) {
    let (ready_a, ready_b) = (a.ready, b.ready);
    let mut theirs: FxHashMap<&[Word], Vec<u32>> = FxHashMap::default();
    for j in (0..b.said.len() as u32).rev() {
        theirs.entry(ready_b.words(b.said[j as usize])).or_default().push(j);
    }
    for i in 0..a.said.len() as u32 {
        let words = ready_a.words(a.said[i as usize]);
        if let Some(j) = theirs.get_mut(words).filter(|_| !words.is_empty()).and_then(Vec::pop) {
            take(a, b, (1_000_000, false, i, j), out, same);
        }
    }
}

/// The leftovers that no sentence of the other document says for them. `of_mine` and `of_other` are the blocks that each block of
/// this document, and of the other, is linked with.
fn unsaid(
    left: &Open,
    other: &Ready,
    numbers: usize,
    [in_mine, in_other]: [&Places; 2],
    [of_mine, of_other]: [&FxHashMap<BlockId, &[BlockId]>; 2],
) -> Vec<Unsaid> {
    let mine = left.ready;
    let mut nearest = Nearest::of([mine, other], [in_mine, in_other], numbers);
    // Sentences of words that bring no pair would not be found: those of the same words are.
    let whole: FxHashSet<&[Word]> = match in_other.over.as_slice() {
        [] => FxHashSet::default(),
        _ => (0..other.said.len() as u32).map(|y| other.words(y)).collect(),
    };
    let mut near: Vec<u32> = Vec::new();
    let mut lists: Vec<&[u32]> = Vec::new();
    left.left()
        .filter(|x| mine.said[*x as usize].weight > 0 && !whole.contains(mine.words(*x)))
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
            near.retain(|y| covers(other, *y, mine, x) && !parallel(other, *y, mine, x));
            // Both have the heading above it; there the other policy says nothing like it, though it may elsewhere.
            let home = mine.heading(x).filter(|words| !near.is_empty() && other.has_heading(words));
            let mut elsewhere = None;
            for y in &near {
                let whole = holds(shared(mine.words(x), other.words(*y)), WHOLE, mine, x);
                let block = other.said[*y as usize].sentence.block;
                let away =
                    home.is_some() && home != other.heading(*y) && lacks(other.words(*y), mine.words(x)) == 0;
                if !away && !answers_another(block, x, whole, mine, of_other) {
                    return None;
                }
                elsewhere = elsewhere.or(Some(block));
            }
            let linked = of_mine.get(&mine.said[x as usize].sentence.block).copied().unwrap_or_default();
            let nearest = if elsewhere.is_none() { nearest.to(x, linked) } else { None };
            Some(Unsaid { said: x, elsewhere, nearest })
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
    let most = ready_x.said[x as usize].shares_at_most(&ready_y.said[y as usize]);
    let is_held = |weight: u32| holds(weight, COVERED, ready_x, x);
    if !is_held(most) || !is_held(shared(ready_x.words(x), ready_y.words(y))) {
        return false;
    }
    if lacks(ready_y.words(y), ready_x.words(x)) > LACKS {
        return false;
    }
    let figure = |t: &&crate::document::Token| {
        t.class == Class::Number
            || matches!(meaning(t.word), Some(Lex::Number(_) | Lex::Ordinal(_) | Lex::Times(_)))
    };
    ready_x.exact(x).filter(figure).all(|f| ready_y.exact(y).any(|t| t.word == f.word))
}

/// Words up to which two sentences in one frame may differ in one place.
const PLACE: usize = 6;
/// Words that the frame has at least.
const FRAME: usize = 4;

/// Whether a sentence (of one document) says of one thing what another (of either) says of another, in the same words: "complaints
/// from parents are heard by the head", "complaints from governors are heard by the head".
fn parallel(ready_y: &Ready, y: u32, ready_x: &Ready, x: u32) -> bool {
    let (bag_y, bag_x) = (ready_y.words(y), ready_x.words(x));
    if bag_y.len() > bag_x.len() + 2 * PLACE {
        return false;
    }
    let (only, _) = apart(bag_y, bag_x);
    if !only.iter().all(|n| (1..=PLACE).contains(&(*n as usize))) {
        return false;
    }
    let words = |ready: &Ready, said: u32| ready.exact(said).map(|t| t.word).collect::<Vec<_>>();
    let (x, y) = (words(ready_x, x), words(ready_y, y));
    let before = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let after = x[before..].iter().rev().zip(y[before..].iter().rev()).take_while(|(p, q)| p == q).count();
    let frame = before + after;
    frame >= FRAME && [x.len(), y.len()].iter().all(|words| (1..=PLACE).contains(&(words - frame)))
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
