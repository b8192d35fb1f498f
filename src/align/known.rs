//! Pairs that belong together whatever their words are: candidates in, the same with these put above their rivals out.
//!
//! * What tells the same of its policy, when it is due for review or who approved it, corresponds though no word is the same; so
//!   do short passages that name who holds one office (`offices`).
//! * Items of a list go with the sentence that names them one after the other.

use crate::document::{Asks, Role};
use crate::knowledge::Roles;

use super::lists::{Side, listed};
use super::offices::held;
use super::promising::Places;
use super::similarity::Candidate;

/// Score of two units that tell the same of their policies, in millionths.
const TOLD: u32 = 900_000;
/// The same of two short passages that name the holder of one office: words that are much alike are surer.
const HELD: u32 = 700_000;
/// Sentences up to which a passage is short.
const SHORT: usize = 4;
/// The same of an item of a list and the sentence that names it.
const LISTED: u32 = 600_000;
/// The same of what leads to the list, and of an item that is named in part: these may join, not be linked by themselves.
const BESIDE: u32 = 350_000;

/// Raises the scores of what belongs together, and takes items of lists away from likenesses that are less sure. Candidates are in
/// order of a, then b, and stay so.
pub(super) fn raise_known(
    candidates: &mut Vec<Candidate>,
    sides: &[Side; 2],
    rarity: &[f32],
    places: &Places,
    roles: &Roles,
) {
    let [a, b] = sides;
    for (mine, other, swapped) in [(a, b, false), (b, a, true)] {
        for list in listed(mine, other, rarity) {
            let item_of = |c: &Candidate| if swapped { c.b } else { c.a };
            candidates.retain(|c| c.score >= LISTED || !list.items.contains(&item_of(c)));
            let items = list.items.iter().map(|item| (*item, LISTED));
            for (item, score) in items.chain(list.beside.iter().map(|item| (*item, BESIDE))) {
                let pair = if swapped { (list.held_by, item) } else { (item, list.held_by) };
                raise(candidates, pair, score, places);
            }
        }
    }
    for pair in alike(offices(a, roles), offices(b, roles)) {
        raise(candidates, pair, HELD, places);
    }
    for pair in alike(told(a), told(b)) {
        raise(candidates, pair, TOLD, places);
    }
}

/// What the units of a document tell of their policy.
fn told(side: &Side) -> Vec<(usize, Asks)> {
    let told = side.document.told.iter();
    told.filter_map(|(block, asks)| Some((side.units.binary_search(block).ok()?, *asks))).collect()
}

/// The offices whose holders the short units of a document name.
fn offices<'r>(side: &Side, roles: &'r Roles) -> Vec<(usize, &'r str)> {
    let short = (0..).zip(side.units).filter(|(unit, _)| side.words.pieces(*unit).len() <= SHORT);
    let body = short.filter_map(|(unit, id)| Some((unit, *id, side.document.blocks.get(*id as usize)?)));
    body.filter(|(.., block)| block.role == Role::Body)
        .flat_map(|(unit, id, block)| {
            held(&block.text, side.document.tokens(id), roles).into_iter().map(move |role| (unit, role))
        })
        .collect()
}

/// Units of which the same is known: the first of either document with the first of the other, and so on.
fn alike<K: PartialEq>(a: Vec<(usize, K)>, mut b: Vec<(usize, K)>) -> Vec<(usize, usize)> {
    let pairs = a.into_iter().filter_map(|(x, known)| {
        let at = b.iter().position(|(_, other)| *other == known)?;
        Some((x, b.remove(at).0))
    });
    pairs.collect()
}

/// Gives a pair this score at least.
fn raise(candidates: &mut Vec<Candidate>, (a, b): (usize, usize), score: u32, places: &Places) {
    match candidates.binary_search_by_key(&(a, b), |c| (c.a, c.b)) {
        Ok(at) => candidates[at].score = candidates[at].score.max(score),
        Err(at) => {
            let apart = places.apart(a, b);
            candidates.insert(at, Candidate { a, b, score, apart, voted: false });
        }
    }
}
