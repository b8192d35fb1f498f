//! Pairs that belong together whatever their words are: candidates in, the same with these put above their rivals out.
//!
//! * What tells the same of its policy, when it is due for review or who approved it, corresponds though no word is the same.
//! * Items of a list go with the sentence that names them one after the other.

use super::lists::{Side, listed};
use super::promising::Places;
use super::similarity::Candidate;

/// Score of two units that tell the same of their policies, in millionths.
const TOLD: u32 = 900_000;
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
    for pair in told_alike(a, b) {
        raise(candidates, pair, TOLD, places);
    }
}

/// Units that tell the same of their policy: the first of either document with the first of the other, and so on.
fn told_alike(a: &Side, b: &Side) -> Vec<(usize, usize)> {
    let mut left: Vec<_> = b.document.told.iter().collect();
    let pairs = a.document.told.iter().filter_map(|(x, asks)| {
        let at = left.iter().position(|(_, other)| other == asks)?;
        let (y, _) = left.remove(at);
        a.units.binary_search(x).ok().zip(b.units.binary_search(y).ok())
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
