//! Which links are moved: those off the heaviest chain that runs forward in both documents; links in, links marked.

use crate::document::{Class, Document};

use super::Link;

/// Sorts links by the first document's order and marks those that are moved.
///
/// The chain that weighs most (by words linked) is the common order; a link stays in place if it is on every chain of that
/// weight. So where two passages of equal weight have changed places, both are moved, and swapping the documents changes nothing.
/// Cost: n log n.
pub(super) fn mark_moved(a: &Document, b: &Document, links: &mut [Link]) {
    links.sort_by(|x, y| x.a.cmp(&y.a).then_with(|| x.b.cmp(&y.b)));
    let positions: Vec<u32> = links.iter().map(|l| l.b.first().copied().unwrap_or(0)).collect();
    let words = |d: &Document, ids: &[u32]| -> u64 {
        ids.iter().flat_map(|id| d.tokens(*id)).filter(|t| t.class != Class::Mark).count() as u64
    };
    let weights: Vec<u64> = links.iter().map(|l| 1 + words(a, &l.a) + words(b, &l.b)).collect();
    for (link, stays) in links.iter_mut().zip(on_every_chain(&positions, &weights)) {
        link.moved = !stays;
    }
}

/// For each place, whether every heaviest increasing run goes through it. Cost: n log n.
pub(crate) fn on_every_chain(positions: &[u32], weights: &[u64]) -> Vec<bool> {
    let up_to = heaviest(positions.iter().copied().zip(weights.iter().copied()));
    // The same from the end: positions turned round, so that a run down becomes a run up.
    let mut after = heaviest(positions.iter().rev().map(|p| u32::MAX - p).zip(weights.iter().rev().copied()));
    after.reverse();
    let best = up_to.iter().copied().max().unwrap_or(0);
    // A place on a heaviest run covers one stretch of its weight, and the run covers the whole without a gap. So a run avoids the
    // place exactly if the stretch of another place overlaps with it.
    let mut stretches: Vec<(u64, u64, usize)> = (0..positions.len())
        .filter(|i| up_to[*i] + after[*i] - weights[*i] == best)
        .map(|i| (up_to[i] - weights[i], up_to[i], i))
        .collect();
    stretches.sort_unstable();
    let mut stays = vec![false; positions.len()];
    let mut reached = 0;
    for (at, (from, to, place)) in stretches.iter().enumerate() {
        let next = stretches.get(at + 1).map_or(u64::MAX, |(from, ..)| *from);
        stays[*place] = reached <= *from && next >= *to;
        reached = reached.max(*to);
    }
    stays
}

/// For each place the weight of the heaviest increasing run that ends there, itself included.
fn heaviest(run: impl Iterator<Item = (u32, u64)> + Clone) -> Vec<u64> {
    let mut values: Vec<u32> = run.clone().map(|(position, _)| position).collect();
    values.sort_unstable();
    // A tree of prefix maxima over the rank of the position.
    let mut tree = vec![0u64; values.len() + 1];
    run.map(|(position, weight)| {
        let rank = values.partition_point(|v| *v < position);
        let mut before = 0;
        let mut at = rank;
        while at > 0 {
            before = before.max(tree[at]);
            at &= at - 1;
        }
        let mut at = rank + 1;
        while let Some(cell) = tree.get_mut(at) {
            *cell = (*cell).max(before + weight);
            at += at & at.wrapping_neg();
        }
        before + weight
    })
    .collect()
}
