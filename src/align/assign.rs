//! Which candidates become links: scores in, groups of units and suggestions out.
//!
//! 1. One to one, best pair first (as good as an optimal assignment within .001 of F1 on labelled policies, without its cost);
//!    pairs that a sentence votes for or that have the same words come last, whatever their score.
//! 2. A unit still free joins the linked unit that it matches best: split and joined passages.
//! 3. A short unit still free joins the long one that a unit near it in its section is linked to: the items of a list, of which
//!    the other school made one paragraph, seldom have enough words of their own.
//! 4. Groups between which a sentence votes become one: passages split at different places.
//!
//! What is left over and scores next best is suggested. The bars were set by the links of labelled pairs; with the weights
//! fitted without the family that is tried, the same bars give a pooled precision of .90 on hand-labelled pairs.

use std::cmp::Reverse;

use super::similarity::{Candidate, Scores};
use super::terms::Numbered;

/// Least score of a one-to-one link, in millionths: between .35 and .40 the labelled pairs hardly change.
const LEAST: u32 = 360_000;
/// Least score of a unit that joins a link.
const LEAST_JOIN: u32 = 340_000;
/// The same, if a unit near it in its section has joined already.
const LEAST_BESIDE: u32 = 50_000;
/// How many places away, in its section, a unit is near.
const NEAR: usize = 3;
/// A unit that joins only because one near it has is at most one in so many as long as its counterpart.
const SHORT: usize = 4;
/// Most units, both sides together, of groups that are put together.
const MOST: usize = 12;
/// Least score of a suggestion.
const LEAST_SUGGESTED: u32 = 150_000;

/// Units that correspond.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    /// Ascending.
    pub(super) a: Vec<usize>,
    /// Ascending.
    pub(super) b: Vec<usize>,
    /// Which unit corresponds to which; every unit of the group is in one at least.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Of its best pair, 0.0 to 1.0.
    pub(super) score: f32,
}

/// What became of the candidates.
pub(super) struct Assigned {
    /// In order of their first unit of the first document.
    pub(super) groups: Vec<Group>,
    /// Pairs of units in no group, with their score in millionths, in order of the first document.
    pub(super) suggestions: Vec<(usize, usize, u32)>,
}

/// Makes groups of the candidates.
pub(super) fn assign(scores: &Scores, numbered: &Numbered) -> Assigned {
    let may_count = |c: &&Candidate| c.voted || c.score >= LEAST_BESIDE;
    let mut ordered: Vec<&Candidate> = scores.candidates.iter().filter(may_count).collect();
    // Two candidates that compete share a row or a column, so that a + b tells them apart and is the same mirrored.
    ordered.sort_by_key(|c| (Reverse(c.score), c.apart, c.a + c.b, c.a.abs_diff(c.b)));
    let mut made = Making {
        group_a: vec![None; scores.sections_a.len()],
        group_b: vec![None; scores.sections_b.len()],
        groups: Vec::new(),
    };
    let surely = ordered.iter().filter(|c| c.score >= LEAST);
    for c in surely.chain(ordered.iter().filter(|c| c.voted)) {
        if made.group_a[c.a].is_none() && made.group_b[c.b].is_none() {
            made.group_a[c.a] = Some(made.groups.len());
            made.group_b[c.b] = Some(made.groups.len());
            let (a, b, pairs) = (vec![c.a], vec![c.b], vec![(c.a, c.b)]);
            made.groups.push(Group { a, b, pairs, score: c.score as f32 / 1e6 });
        }
    }
    made.join(&ordered, |_, c, _| c.voted || c.score >= LEAST_JOIN);
    made.join(&ordered, |made, c, of_b| {
        let (words_a, words_b) = (numbered.a.len(c.a), numbered.b.len(c.b));
        c.score >= LEAST_BESIDE
            && if of_b {
                words_b * SHORT <= words_a
                    && near(&scores.sections_b, c.b).any(|at| made.group_b[at] == made.group_a[c.a])
            } else {
                words_a * SHORT <= words_b
                    && near(&scores.sections_a, c.a).any(|at| made.group_a[at] == made.group_b[c.b])
            }
    });
    made.bridge(&ordered);
    let suggestions = made.suggestions(&ordered);
    let mut groups = made.groups;
    for group in &mut groups {
        group.pairs.sort_unstable();
        group.pairs.dedup();
        group.a.sort_unstable();
        group.b.sort_unstable();
    }
    groups.sort_by(|x, y| x.a.cmp(&y.a));
    Assigned { groups, suggestions }
}

/// The units at most [`NEAR`] places away in the same section.
fn near(sections: &[usize], unit: usize) -> impl Iterator<Item = usize> + '_ {
    let around = unit.saturating_sub(NEAR)..(unit + NEAR + 1).min(sections.len());
    around.filter(move |at| *at != unit && sections[*at] == sections[unit])
}

/// The first group of those that a group belongs together with.
fn lead(first: &[usize], mut group: usize) -> usize {
    while first[group] != group {
        group = first[group];
    }
    group
}

/// Groups while they are made, and the group of each unit.
struct Making {
    group_a: Vec<Option<usize>>,
    group_b: Vec<Option<usize>>,
    groups: Vec<Group>,
}

impl Making {
    /// Lets free units join the group of a linked one, each that of its best candidate that `may` holds for; the last argument
    /// of `may` says whether the free unit is of the second document.
    ///
    /// Both directions are looked at against the groups as they are and applied afterwards, so that neither side comes
    /// first; a group grows on one side only, which keeps groups one-to-many.
    fn join(&mut self, ordered: &[&Candidate], may: impl Fn(&Self, &Candidate, bool) -> bool) {
        let mut joins: Vec<(u32, bool, usize, usize)> = Vec::new(); // score, side, free unit, group
        let mut done_a = vec![false; self.group_a.len()];
        let mut done_b = vec![false; self.group_b.len()];
        for c in ordered {
            match (self.group_a[c.a], self.group_b[c.b]) {
                (None, Some(group))
                    if !done_a[c.a] && self.groups[group].b.len() == 1 && may(self, c, false) =>
                {
                    done_a[c.a] = true;
                    joins.push((c.score, false, c.a, group));
                }
                (Some(group), None)
                    if !done_b[c.b] && self.groups[group].a.len() == 1 && may(self, c, true) =>
                {
                    done_b[c.b] = true;
                    joins.push((c.score, true, c.b, group));
                }
                _ => {}
            }
        }
        // A group that both sides want to join keeps the side with the better score; a tie keeps it as it is.
        let mut best = vec![[0u32; 2]; self.groups.len()];
        for (score, side, _, group) in &joins {
            let slot = &mut best[*group][usize::from(*side)];
            *slot = (*slot).max(*score);
        }
        for (_, side, unit, group) in joins {
            let [of_a, of_b] = best[group];
            match side {
                false if of_a > of_b => {
                    let group_of = &mut self.groups[group];
                    group_of.pairs.extend(group_of.b.iter().map(|b| (unit, *b)));
                    group_of.a.push(unit);
                    self.group_a[unit] = Some(group);
                }
                true if of_b > of_a => {
                    let group_of = &mut self.groups[group];
                    group_of.pairs.extend(group_of.a.iter().map(|a| (*a, unit)));
                    group_of.b.push(unit);
                    self.group_b[unit] = Some(group);
                }
                _ => {}
            }
        }
    }

    /// Puts groups together where a sentence of a unit of one votes for a unit of another: passages that either school split at another
    /// place. What would make more of a policy than a reader can hold in one view stays apart.
    fn bridge(&mut self, ordered: &[&Candidate]) {
        let mut voted: Vec<(usize, usize)> = Vec::new();
        // Each group leads to the first of those it belongs together with.
        let mut first: Vec<usize> = (0..self.groups.len()).collect();
        for c in ordered.iter().filter(|c| c.voted) {
            if let (Some(x), Some(y)) = (self.group_a[c.a], self.group_b[c.b]) {
                voted.push((c.a, c.b));
                let (x, y) = (lead(&first, x), lead(&first, y));
                first[x.max(y)] = x.min(y);
            }
        }
        let mut units = vec![0; self.groups.len()];
        for (at, group) in self.groups.iter().enumerate() {
            units[lead(&first, at)] += group.a.len() + group.b.len();
        }
        for at in 0..self.groups.len() {
            let into = lead(&first, at);
            if into == at || units[into] > MOST {
                continue;
            }
            let Group { a, b, pairs, score } = std::mem::take(&mut self.groups[at]);
            a.iter().for_each(|unit| self.group_a[*unit] = Some(into));
            b.iter().for_each(|unit| self.group_b[*unit] = Some(into));
            let group = &mut self.groups[into];
            group.a.extend(a);
            group.b.extend(b);
            group.pairs.extend(pairs);
            group.score = group.score.max(score);
        }
        for (a, b) in voted {
            if let Some(group) = self.group_a[a].filter(|group| self.group_b[b] == Some(*group)) {
                self.groups[group].pairs.push((a, b));
            }
        }
        self.groups.retain(|group| !group.pairs.is_empty());
    }

    /// The best pairs of free units, each unit once.
    fn suggestions(&self, ordered: &[&Candidate]) -> Vec<(usize, usize, u32)> {
        let mut taken_a: Vec<bool> = self.group_a.iter().map(Option::is_some).collect();
        let mut taken_b: Vec<bool> = self.group_b.iter().map(Option::is_some).collect();
        let mut out = Vec::new();
        for c in ordered.iter().take_while(|c| c.score >= LEAST_SUGGESTED) {
            if !taken_a[c.a] && !taken_b[c.b] {
                taken_a[c.a] = true;
                taken_b[c.b] = true;
                out.push((c.a, c.b, c.score));
            }
        }
        out.sort_unstable();
        out
    }
}
