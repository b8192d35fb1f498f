//! Which sentence of one side says what a sentence of the other says: sentences of linked blocks in, pairs and leftovers out.
//!
//! First inside each link; then what is left over is looked for in the whole of the other policy, because a duty that
//! stands in another paragraph is not missing.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::{Alignment, Relation};
use crate::document::tokens::fingerprint;
use crate::document::{BlockId, Class, Document, Kind, Role};

use super::diff::has_substance;
use super::sentences::{Sentence, sentences};

/// Least likeness of two sentences inside a link.
const INSIDE: f32 = 0.34;
/// Least likeness of two sentences from anywhere in the two policies.
const ANYWHERE: f32 = 0.5;
/// Share of a leftover's words that one sentence of the other side must hold for it to count as said there.
const COVERED: f32 = 0.75;
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
    /// Sentences of the first document that nothing in the other says.
    pub(crate) only_a: Vec<Sentence>,
    /// The same of the second.
    pub(crate) only_b: Vec<Sentence>,
}

/// A sentence with its words ready to be counted.
struct Bag {
    sentence: Sentence,
    /// Stem and weight, ascending by stem, a word counted as often as it stands.
    words: Vec<(u64, f32)>,
    weight: f32,
    exact: Vec<u64>,
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
        pair_up(&mut bags_a, &mut bags_b, if alone { 0.0 } else { INSIDE }, &mut out.pairs, None);
        left_a.extend(bags_a.into_iter().filter(|x| !x.taken));
        left_b.extend(bags_b.into_iter().filter(|x| !x.taken));
    }
    left_a.extend(bags(a, &alignment.only_a));
    left_b.extend(bags(b, &alignment.only_b));
    left_a.sort_by_key(|x| (x.sentence.block, x.sentence.from));
    left_b.sort_by_key(|x| (x.sentence.block, x.sentence.from));
    pair_up(&mut left_a, &mut left_b, ANYWHERE, &mut out.pairs, Some(&mut out.elsewhere));
    out.only_a = unsaid(left_a, b);
    out.only_b = unsaid(left_b, a);
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
    let words = tokens.iter().filter(|t| t.class != Class::Mark);
    let mut weighed: Vec<(u64, f32)> =
        words.clone().map(|t| (group(t.stem), if has_substance(t) { 1.0 } else { THIN })).collect();
    weighed.sort_unstable_by_key(|(stem, _)| *stem);
    let weight = weighed.iter().map(|(_, w)| w).sum();
    let exact = words.map(|t| t.word).collect();
    Bag { sentence, words: weighed, weight, exact, taken: false }
}

/// One stem for the words by which schools call the same people; any other stem is itself.
fn group(stem: u64) -> u64 {
    static GROUPS: OnceLock<FxHashMap<u64, u64>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let all = [
            ["pupil", "child", "children", "student", "learner"],
            ["parent", "carer", "family", "families", "guardian"],
        ];
        all.iter().flat_map(|g| g.iter().map(|w| (fingerprint(w), fingerprint(g[0])))).collect()
    });
    groups.get(&stem).copied().unwrap_or(stem)
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

/// Takes the likest pairs first; the same sentence word for word is taken, but needs no look.
fn pair_up(
    a: &mut [Bag],
    b: &mut [Bag],
    least: f32,
    out: &mut Vec<Matched>,
    mut same: Option<&mut Vec<Matched>>,
) {
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
        } else if let Some(same) = same.as_deref_mut() {
            same.push(matched);
        }
    }
}

/// The leftovers that no sentence of the other document holds as a part.
fn unsaid(left: Vec<Bag>, other: &Document) -> Vec<Sentence> {
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
        .filter(|x| {
            // Only sentences that hold its rarest word can hold nearly all of its words.
            let words = x.words.iter().filter(|(_, w)| *w >= 1.0);
            let mut lists: Vec<&Vec<u32>> = words.filter_map(|(stem, _)| index.get(stem)).collect();
            lists.sort_by_key(|l| l.len());
            let near: std::collections::BTreeSet<u32> =
                lists.into_iter().take(3).flatten().copied().collect();
            !near.iter().any(|j| theirs.get(*j as usize).is_some_and(|y| shared(x, y) >= COVERED * x.weight))
        })
        .map(|x| x.sentence)
        .collect()
}
