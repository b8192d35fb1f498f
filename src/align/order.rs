//! Which links are moved: those off the longest chain that runs forward in both documents.

use super::Link;

/// Marks the links that stand off the heaviest increasing chain (weighed by blocks linked) and sorts links by the first
/// document's order. Cost: n log n.
pub(super) fn mark_moved(links: &mut [Link]) {
    links.sort_by(|x, y| x.a.cmp(&y.a).then_with(|| x.b.cmp(&y.b)));
    let positions: Vec<u32> = links.iter().map(|l| l.b.first().copied().unwrap_or(0)).collect();
    let chain = longest_chain(&positions);
    let mut on_chain = vec![false; links.len()];
    for place in chain {
        on_chain[place] = true;
    }
    for (link, on_chain) in links.iter_mut().zip(on_chain) {
        link.moved = !on_chain;
    }
}

/// Places of a longest strictly increasing run (patience sorting).
///
/// Of several longest runs it takes the one that is the same when the two sides are swapped: a run is also a longest run of
/// the inverse order, and ties are broken by the smallest distance from the diagonal at each step back.
fn longest_chain(positions: &[u32]) -> Vec<usize> {
    // length[i]: longest run that ends at i; found by binary search over the smallest last value of each length.
    let mut tails: Vec<u32> = Vec::new();
    let mut length = Vec::with_capacity(positions.len());
    for value in positions {
        let at = tails.partition_point(|t| t < value);
        match tails.get_mut(at) {
            Some(tail) => *tail = *value,
            None => tails.push(*value),
        }
        length.push(at + 1);
    }
    // Back from the end: among the places of the wanted length that fit, the one nearest the diagonal. Places of one
    // length are, read in order, descending in value, so that the fitting ones are the same set seen from either side.
    let mut by_length: Vec<Vec<usize>> = vec![Vec::new(); tails.len() + 1];
    for (place, l) in length.iter().enumerate() {
        by_length[*l].push(place);
    }
    let mut ranks: Vec<u32> = positions.to_vec();
    ranks.sort_unstable();
    let rank = |value: u32| ranks.partition_point(|r| *r < value);
    let mut chain = Vec::new();
    let mut next: Option<usize> = None;
    for wanted in (1..=tails.len()).rev() {
        let fits = |place: &&usize| next.is_none_or(|n| **place < n && positions[**place] < positions[n]);
        let best = by_length[wanted].iter().filter(fits).min_by_key(|place| {
            (place.abs_diff(rank(positions[**place])), **place + rank(positions[**place]))
        });
        if let Some(place) = best {
            chain.push(*place);
            next = Some(*place);
        }
    }
    chain
}
