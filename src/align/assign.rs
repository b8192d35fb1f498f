//! Which candidates become links: scores in, groups of units out.
//!
//! One to one first, best pair first (as good as an optimal assignment within .001 of F1 on labelled policies, without its
//! cost), the pairs that a sentence votes for last. Then a unit still free joins a linked unit that a sentence of it votes
//! for, or whose own partners leave enough of their common words unexplained. That finds split and joined passages.

use super::similarity::{Candidate, Scores};
use super::terms::Terms;

/// Least score of a one-to-one link, in millionths. On labelled pairs precision is .94 from .45 on, .93 from .40 on and .92
/// from .35 on; this is the least that keeps it above .9 with room for pairs nobody has seen.
const LEAST: u32 = 370_000;
/// Least score of a candidate for joining a link: a third of [`LEAST`].
const LEAST_JOIN: u32 = 120_000;
/// Share of a free unit's word weight that the linked unit must cover beyond what its partners cover.
const COVERAGE: f32 = 0.3;
/// Fewest different words of a unit that may join a link.
const LEAST_WORDS: usize = 4;
/// How many linked units a free one is tried with.
const TRIES: usize = 3;

/// Units that correspond.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Ascending.
    pub(super) a: Vec<usize>,
    /// Ascending.
    pub(super) b: Vec<usize>,
    /// Of its best pair, 0.0 to 1.0.
    pub(super) score: f32,
}

/// Groups in order of their first unit of the first document.
pub(super) fn assign(scores: &Scores, terms: &Terms) -> Vec<Group> {
    let mut ordered: Vec<&Candidate> = scores.candidates.iter().collect();
    // Two candidates that compete share a row or a column, so that a + b tells them apart and is the same mirrored.
    ordered.sort_by_key(|c| (std::cmp::Reverse(c.score), c.apart, c.a + c.b, c.a.abs_diff(c.b)));
    let mut partner_a: Vec<Option<usize>> = vec![None; scores.units_a];
    let mut partner_b: Vec<Option<usize>> = vec![None; scores.units_b];
    let mut groups: Vec<Group> = Vec::new();
    let surely = ordered.iter().filter(|c| c.score >= LEAST);
    for c in surely.chain(ordered.iter().filter(|c| c.voted)) {
        if partner_a[c.a].is_none() && partner_b[c.b].is_none() {
            partner_a[c.a] = Some(groups.len());
            partner_b[c.b] = Some(groups.len());
            groups.push(Group { a: vec![c.a], b: vec![c.b], score: c.score as f32 / 1e6 });
        }
    }
    join_leftovers(&ordered, &mut partner_a, &mut partner_b, &mut groups, terms);
    for group in &mut groups {
        group.a.sort_unstable();
        group.b.sort_unstable();
    }
    groups.sort_by(|x, y| x.a.cmp(&y.a));
    groups
}

/// Lets units that are still free join the group of a linked unit that covers them.
///
/// Both directions are looked at against the one-to-one links alone and applied afterwards, so that neither side comes
/// first; a group grows on one side only, which keeps groups one-to-many.
fn join_leftovers(
    ordered: &[&Candidate],
    partner_a: &mut [Option<usize>],
    partner_b: &mut [Option<usize>],
    groups: &mut [Group],
    terms: &Terms,
) {
    let mut joins: Vec<(u32, bool, usize, usize)> = Vec::new(); // score, side, free unit, group
    let mut tried_a = vec![0usize; partner_a.len()];
    let mut tried_b = vec![0usize; partner_b.len()];
    let mut done_a = vec![false; partner_a.len()];
    let mut done_b = vec![false; partner_b.len()];
    let covering = ordered.iter().filter(|c| c.score >= LEAST_JOIN && !c.voted);
    for c in ordered.iter().filter(|c| c.voted).chain(covering) {
        match (partner_a[c.a], partner_b[c.b]) {
            (None, Some(group)) if !done_a[c.a] && tried_a[c.a] < TRIES => {
                tried_a[c.a] += 1;
                if c.voted
                    || covers(&terms.a[c.a], &terms.b[c.b], &terms.a[groups[group].a[0]], &terms.rarity)
                {
                    done_a[c.a] = true;
                    joins.push((c.score, false, c.a, group));
                }
            }
            (Some(group), None) if !done_b[c.b] && tried_b[c.b] < TRIES => {
                tried_b[c.b] += 1;
                if c.voted
                    || covers(&terms.b[c.b], &terms.a[c.a], &terms.b[groups[group].b[0]], &terms.rarity)
                {
                    done_b[c.b] = true;
                    joins.push((c.score, true, c.b, group));
                }
            }
            _ => {}
        }
    }
    // A group that both sides want to join keeps the side with the better score; a tie keeps it as it is.
    let mut best = vec![[0u32; 2]; groups.len()];
    for (score, side, _, group) in &joins {
        let slot = &mut best[*group][usize::from(*side)];
        *slot = (*slot).max(*score);
    }
    for (_, side, unit, group) in joins {
        let [of_a, of_b] = best[group];
        match side {
            false if of_a > of_b => {
                groups[group].a.push(unit);
                partner_a[unit] = Some(group);
            }
            true if of_b > of_a => {
                groups[group].b.push(unit);
                partner_b[unit] = Some(group);
            }
            _ => {}
        }
    }
}

/// Whether `linked` holds enough of `free`'s words that `partner`, its own counterpart, does not account for.
fn covers(
    free: &super::terms::Vector,
    linked: &super::terms::Vector,
    partner: &super::terms::Vector,
    rarity: &[f32],
) -> bool {
    // A label of two words is covered by any sentence that has them.
    if free.entries.len() < LEAST_WORDS {
        return false;
    }
    let has = |v: &super::terms::Vector, term: u32| v.entries.binary_search_by_key(&term, |e| e.term).is_ok();
    let mut whole = 0.0;
    let mut covered = 0.0;
    for entry in &free.entries {
        let weight = rarity[entry.term as usize];
        whole += weight;
        if has(linked, entry.term) && !has(partner, entry.term) {
            covered += weight;
        }
    }
    whole > 0.0 && covered >= COVERAGE * whole
}
