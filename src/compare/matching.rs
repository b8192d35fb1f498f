//! Which sentence of one side says what a sentence of the other says: sentences of linked blocks in, pairs and leftovers out.
//!
//! First inside each link; then what is left over is looked for in the whole of the other policy, because a duty that
//! stands in another paragraph is not missing.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::{Alignment, Relation, on_every_chain};
use crate::document::{BlockId, Class, Document, Kind, Role};

use super::diff::has_substance;
use super::forms::group;
use super::lexicon::{Lex, meaning};
use super::local;
use super::sentences::{Sentence, sentences};

/// Least likeness of two sentences inside a link.
const INSIDE: f32 = 0.34;
/// Least likeness of two sentences from anywhere in the two policies.
const ANYWHERE: f32 = 0.5;
/// Share of a leftover's words that one sentence of the other side must hold for it to count as said there.
const COVERED: f32 = 0.75;
/// From this share on it is the same sentence; the rest is rounding.
const WHOLE: f32 = 0.999;
/// A word without substance counts a fifth of one with.
const THIN: f32 = 0.2;

/// Two sentences that correspond.
#[derive(Clone, Debug)]
pub(crate) struct Matched {
    pub(crate) a: Sentence,
    pub(crate) b: Sentence,
    /// Shared share of their words: 0.0 none, 1.0 the same bag of words; symmetric.
    pub(crate) likeness: f32,
}

/// All sentences of a pair of documents that are worth a rule's look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matching {
    /// Corresponding sentences that are not word for word the same.
    pub(crate) pairs: Vec<Matched>,
    /// Sentences that stand word for word the same in both, but not in linked blocks.
    pub(crate) elsewhere: Vec<Matched>,
    /// Sentences that stand word for word the same in linked blocks, but not in the same order.
    pub(crate) crossed: Vec<Matched>,
    /// Sentences of the first document that nothing in the other says.
    pub(crate) only_a: Vec<Unsaid>,
    /// The same of the second.
    pub(crate) only_b: Vec<Unsaid>,
}

/// A sentence that the other document does not say where this one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unsaid {
    pub(crate) sentence: Sentence,
    /// A block of the other document that says it, but answers another passage of this one, under another heading.
    pub(crate) elsewhere: Option<BlockId>,
}

/// A sentence with its words ready to be counted.
struct Bag {
    sentence: Sentence,
    /// Stem and weight, ascending by stem, a word counted as often as it stands.
    words: Vec<(u64, f32)>,
    weight: f32,
    exact: Vec<u64>,
    /// Numbers in digits.
    figures: Vec<u64>,
    taken: bool,
}

/// Matches the sentences of the body of two aligned documents.
pub(crate) fn match_sentences(a: &Document, b: &Document, alignment: &Alignment) -> Matching {
    let mut out = Matching::default();
    let (mut left_a, mut left_b) = (Vec::new(), Vec::new());
    for link in alignment.links.iter().filter(|l| l.relation != Relation::Same) {
        let mut bags_a = bags(a, &link.a);
        let mut bags_b = bags(b, &link.b);
        let alone = bags_a.len() == 1 && bags_b.len() == 1;
        let mut same = Vec::new();
        pair_up(&mut bags_a, &mut bags_b, if alone { 0.0 } else { INSIDE }, &mut out.pairs, &mut same);
        out.crossed.extend(crossed(same));
        left_a.extend(bags_a.into_iter().filter(|x| !x.taken));
        left_b.extend(bags_b.into_iter().filter(|x| !x.taken));
    }
    left_a.extend(bags(a, &alignment.only_a));
    left_b.extend(bags(b, &alignment.only_b));
    left_a.sort_by_key(|x| (x.sentence.block, x.sentence.from));
    left_b.sort_by_key(|x| (x.sentence.block, x.sentence.from));
    pair_up(&mut left_a, &mut left_b, ANYWHERE, &mut out.pairs, &mut out.elsewhere);
    let partners = |of_b: bool| -> FxHashMap<BlockId, &[BlockId]> {
        let sides = alignment.links.iter().map(|l| if of_b { (&l.b, &l.a) } else { (&l.a, &l.b) });
        sides.flat_map(|(from, to)| from.iter().map(move |id| (*id, to.as_slice()))).collect()
    };
    out.only_a = unsaid(left_a, a, b, &partners(true));
    out.only_b = unsaid(left_b, b, a, &partners(false));
    out.pairs.sort_by_key(|m| (m.a.block, m.a.from, m.b.block, m.b.from));
    out
}

fn bags(document: &Document, blocks: &[BlockId]) -> Vec<Bag> {
    let body = |id: &&BlockId| {
        document.blocks.get(**id as usize).is_some_and(|b| b.role == Role::Body && b.kind != Kind::Heading)
    };
    blocks.iter().filter(body).flat_map(|id| sentences(document, *id)).map(|s| bag(document, s)).collect()
}

fn bag(document: &Document, sentence: Sentence) -> Bag {
    let tokens = sentence.tokens(document);
    let text = document.blocks.get(sentence.block as usize).map_or("", |b| b.text.as_str());
    let local = local::find(text, tokens);
    // Two schools name two people for the same post: local facts make sentences neither like nor unlike.
    let general = |at: &usize| !local.iter().any(|l| (l.from..l.to).contains(at));
    let words = tokens.iter().filter(|t| t.class != Class::Mark);
    let compared = tokens.iter().enumerate().filter(|(at, t)| t.class != Class::Mark && general(at));
    let mut weighed: Vec<(u64, f32)> =
        compared.map(|(_, t)| (group(t.stem), if has_substance(t) { 1.0 } else { THIN })).collect();
    weighed.sort_unstable_by_key(|(stem, _)| *stem);
    let weight = weighed.iter().map(|(_, w)| w).sum();
    let figures = words.clone().filter(|t| t.class == Class::Number).map(|t| t.word).collect();
    let exact = words.map(|t| t.word).collect();
    Bag { sentence, words: weighed, weight, exact, figures, taken: false }
}

/// Weight of the words that both hold.
fn shared(x: &Bag, y: &Bag) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((p, w)), Some((q, _))) = (x.words.get(i), y.words.get(j)) {
        match p.cmp(q) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += w;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Those of the same sentences that are off the order the others have on both sides.
fn crossed(mut same: Vec<Matched>) -> impl Iterator<Item = Matched> {
    let place = |s: &Sentence| (s.block, s.from);
    same.sort_by_key(|m| place(&m.a));
    let mut order: Vec<usize> = (0..same.len()).collect();
    order.sort_by_key(|i| place(&same[*i].b));
    let mut positions = vec![0; same.len()];
    (0..).zip(order).for_each(|(position, i)| positions[i] = position);
    let weights: Vec<u64> = same.iter().map(|m| (m.a.to - m.a.from) as u64).collect();
    let stays = on_every_chain(&positions, &weights);
    same.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(m, _)| m)
}

/// Takes the likest pairs first; the same sentence word for word is taken, but needs no look.
fn pair_up(a: &mut [Bag], b: &mut [Bag], least: f32, out: &mut Vec<Matched>, same: &mut Vec<Matched>) {
    let mut index: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (j, y) in b.iter().enumerate() {
        for (stem, weight) in &y.words {
            if *weight >= 1.0 {
                let list = index.entry(*stem).or_default();
                if list.last() != Some(&j) {
                    list.push(j);
                }
            }
        }
    }
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    let mut near: FxHashSet<usize> = FxHashSet::default();
    for (i, x) in a.iter().enumerate() {
        near.clear();
        if least <= 0.0 {
            near.extend(0..b.len());
        }
        for (stem, _) in x.words.iter().filter(|(_, w)| *w >= 1.0) {
            near.extend(index.get(stem).into_iter().flatten());
        }
        for j in &near {
            let y = &b[*j];
            let likeness = 2.0 * shared(x, y) / (x.weight + y.weight).max(THIN);
            if likeness >= least {
                candidates.push(((likeness * 1e6) as u32, i, *j));
            }
        }
    }
    candidates.sort_unstable_by_key(|(l, i, j)| (std::cmp::Reverse(*l), i.abs_diff(*j), i + j, *i));
    for (likeness, i, j) in candidates {
        if a[i].taken || b[j].taken {
            continue;
        }
        a[i].taken = true;
        b[j].taken = true;
        let likeness = likeness as f32 / 1e6;
        let matched = Matched { a: a[i].sentence.clone(), b: b[j].sentence.clone(), likeness };
        if a[i].exact != b[j].exact {
            out.push(matched);
        } else {
            same.push(matched);
        }
    }
}

/// The leftovers that no sentence of the other document says for them. `partners` are the blocks of this document that answer
/// each block of the other.
fn unsaid(
    left: Vec<Bag>,
    mine: &Document,
    other: &Document,
    partners: &FxHashMap<BlockId, &[BlockId]>,
) -> Vec<Unsaid> {
    let open: Vec<Bag> = left.into_iter().filter(|x| !x.taken && x.weight > 0.0).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let all: Vec<BlockId> = (0..other.blocks.len() as BlockId).collect();
    let theirs = bags(other, &all);
    let mut index: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (j, y) in (0..).zip(&theirs) {
        for (stem, weight) in &y.words {
            if *weight >= 1.0 {
                index.entry(*stem).or_default().push(j);
            }
        }
    }
    open.into_iter()
        .filter_map(|x| {
            // Only sentences that hold its rarest word can hold nearly all of its words.
            let words = x.words.iter().filter(|(_, w)| *w >= 1.0);
            let mut lists: Vec<&Vec<u32>> = words.filter_map(|(stem, _)| index.get(stem)).collect();
            lists.sort_by_key(|l| l.len());
            let near: BTreeSet<u32> = lists.into_iter().take(3).flatten().copied().collect();
            let mut elsewhere = None;
            for y in near.iter().filter_map(|j| theirs.get(*j as usize)).filter(|y| covers(y, &x)) {
                let whole = shared(&x, y) >= WHOLE * x.weight;
                if !answers_another(y.sentence.block, &x, whole, mine, partners) {
                    return None;
                }
                elsewhere = elsewhere.or(Some(y.sentence.block));
            }
            Some(Unsaid { sentence: x.sentence, elsewhere })
        })
        .collect()
}

/// Whether a sentence holds nearly all words of another, and every figure of it: "after twelve months" does not say what "after
/// six months" says.
fn covers(y: &Bag, x: &Bag) -> bool {
    let figure =
        |word: &&u64| matches!(meaning(**word), Some(Lex::Number(_) | Lex::Ordinal(_) | Lex::Times(_)));
    shared(x, y) >= COVERED * x.weight
        && x.figures.iter().all(|f| y.figures.contains(f))
        && x.exact.iter().filter(figure).all(|f| y.exact.contains(f))
}

/// Whether the other side's block is the partner of another passage that says nearly the same: then it is that passage's answer,
/// and where this sentence stands the other policy says nothing. A sentence that stands twice under one heading, word for word
/// (`whole`), is said there once and needs no second answer.
fn answers_another(
    theirs: BlockId,
    x: &Bag,
    whole: bool,
    mine: &Document,
    partners: &FxHashMap<BlockId, &[BlockId]>,
) -> bool {
    let parent = |id: BlockId| mine.blocks.get(id as usize).and_then(|b| b.parent);
    let here = parent(x.sentence.block);
    let Some(blocks) = partners.get(&theirs) else { return false };
    !blocks.contains(&x.sentence.block)
        && (!whole || blocks.iter().all(|id| parent(*id) != here))
        && bags(mine, blocks).iter().any(|other| covers(other, x))
}
