//! Which sentences of a draft stand word for word in a copy, in an order that both keep: units and words in, places out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::copy::Seen;
use super::issued::Unit;

/// Places at which a sentence may stand before it is left for a closer look between its neighbours: "Yes" stands in every row of a table.
const OFTEN: usize = 64;
/// Places that are tried in the closer look; one that stands more often is no anchor at all.
const MOST: usize = 4_096;
/// How deep the closer looks go: each is between anchors of the one before.
const LOOKS: usize = 3;

/// A unit that stands at a word, with all its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stands {
    pub(super) unit: usize,
    pub(super) at: usize,
}

/// The heaviest chain of units that stand in the copy, by words; in order. `fits` says how well a unit's tracked state and
/// place there fit those in which it was given out (0 to 15), which tells two places apart that say the same.
pub(super) fn chain(units: &[Unit], words: &[Seen], fits: &dyn Fn(usize, &[Seen]) -> u64) -> Vec<Stands> {
    let mut found = look(units, words, 0..units.len(), 0..words.len(), OFTEN, fits);
    for _ in 1..LOOKS {
        let mut all = Vec::with_capacity(found.len());
        let mut from = (0, 0);
        for next in found.iter().map(Some).chain([None]) {
            let to = next.map_or((units.len(), words.len()), |n| (n.unit, n.at));
            all.extend(look(units, words, from.0..to.0, from.1..to.1, MOST, fits));
            if let Some(next) = next {
                all.push(*next);
                from = (next.unit + 1, next.at + units[next.unit].words.len());
            }
        }
        if all.len() == found.len() {
            break;
        }
        found = all;
    }
    found
}

/// One look at a stretch.
fn look(
    units: &[Unit],
    words: &[Seen],
    which: Range<usize>,
    place: Range<usize>,
    most: usize,
    fits: &dyn Fn(usize, &[Seen]) -> u64,
) -> Vec<Stands> {
    if which.is_empty() || place.is_empty() {
        return Vec::new();
    }
    let stretch = &words[..place.end];
    let mut starts: FxHashMap<(u64, Option<u64>), Vec<usize>> = FxHashMap::default();
    for at in place {
        let next = stretch.get(at + 1).map(|w| w.letters);
        starts.entry((stretch[at].letters, next)).or_default().push(at);
        starts.entry((stretch[at].letters, None)).or_default().push(at);
    }
    // Place, unit, weight.
    let mut candidates: Vec<(usize, usize, u64)> = Vec::new();
    for at in which.clone() {
        let mine = &units[at].words;
        let Some(first) = mine.first() else { continue };
        let Some(places) = starts.get(&(*first, mine.get(1).copied())) else { continue };
        let stands = |from: &&usize| {
            let slice = stretch.get(**from..**from + mine.len());
            slice.is_some_and(|s| s.iter().map(|w| w.letters).eq(mine.iter().copied()))
        };
        let here: Vec<usize> = places.iter().filter(stands).take(most + 1).copied().collect();
        if here.len() <= most {
            let weight = |from: usize| 16 * mine.len() as u64 + fits(at, &stretch[from..from + mine.len()]);
            candidates.extend(here.into_iter().map(|from| (from, at, weight(from))));
        }
    }
    candidates.sort_unstable();
    best(&candidates, units, which)
}

/// The heaviest chain: places and units both ascending, no two over each other.
fn best(candidates: &[(usize, usize, u64)], units: &[Unit], which: Range<usize>) -> Vec<Stands> {
    // A tree of prefix maxima over units; a chain counts once the place where its last unit ends is reached.
    let mut tree: Vec<(u64, usize)> = vec![(0, usize::MAX); which.len() + 1];
    let mut weights: Vec<(u64, usize)> = Vec::with_capacity(candidates.len());
    let mut ends: Vec<(usize, usize)> =
        candidates.iter().enumerate().map(|(n, (at, unit, _))| (at + units[*unit].words.len(), n)).collect();
    ends.sort_unstable();
    let mut ended = ends.iter().peekable();
    for (at, unit, weight) in candidates {
        while let Some((_, n)) = ended.next_if(|(end, _)| end <= at) {
            let value = (weights[*n].0, *n);
            let mut node = candidates[*n].1 - which.start + 1;
            while node < tree.len() {
                if value.0 > tree[node].0 {
                    tree[node] = value;
                }
                node += node & node.wrapping_neg();
            }
        }
        let mut before = (0, usize::MAX);
        let mut node = unit - which.start;
        while node > 0 {
            if tree[node].0 > before.0 {
                before = tree[node];
            }
            node -= node & node.wrapping_neg();
        }
        weights.push((before.0 + weight, before.1));
    }
    let mut at = (0..weights.len()).rev().max_by_key(|n| weights[*n].0);
    let mut out = Vec::new();
    while let Some((n, (from, unit, _))) = at.and_then(|n| Some((n, candidates.get(n)?))) {
        out.push(Stands { unit: *unit, at: *from });
        at = Some(weights[n].1);
    }
    out.reverse();
    out
}
