//! What became of each sentence of a draft in a copy of it: units and the copy in, one fate each and what was added out.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::merge::{Side, Stand};

use super::chain::{Stands, chain};
use super::copy::{Copy, Left, Seen};
use super::ends::{End, ends};
use super::issued::{Issued, Unit};
use super::words::{Bag, EDITED, letters};

/// Sentences and units between two anchors, multiplied, above which it is not told which was edited into which.
const CELLS: usize = 40_000;
/// Share of words from which a sentence that stands where a school's insertion was rejected is about the same.
const INSTEAD: f64 = 0.2;

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands as it was given out: plain, or still tracked as that school's.
    AsIssued,
    /// It was tracked and stands now as plain text.
    Plain,
    /// It is not there.
    Gone,
    /// Other words stand in its place; whether some of them are still tracked as a school's.
    Edited(String, bool),
    /// It cannot be told; why.
    Unclear(&'static str),
}

/// What became of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace {
    /// One entry per unit.
    pub(super) fates: Vec<Fate>,
    /// One entry per end that divides a paragraph of the other school.
    pub(super) ends: Vec<End>,
    /// Text that belongs to no unit, and the unit it stands after.
    pub(super) added: Vec<(String, Option<usize>)>,
    /// Units by the place in the file at which they stand.
    pub(super) places: BTreeMap<usize, usize>,
}

/// Traces all units.
pub(super) fn trace(issued: &Issued, copy: &Copy, schools: [&str; 2]) -> Trace {
    let left = copy.left(schools);
    let tracer = Tracer { issued, copy, left: &left, schools };
    let found = chain(&issued.units, &left.words, &|unit, words| tracer.fits(unit, words));
    let mut out = Trace { fates: vec![Fate::Gone; issued.units.len()], ..Trace::default() };
    for stands in &found {
        let words = tracer.words(*stands);
        out.fates[stands.unit] = tracer.state(&issued.units[stands.unit], words);
        out.places.extend(words.first().map(|w| (w.place, stands.unit)));
    }
    let mut before: Option<Stands> = None;
    for next in found.iter().copied().map(Some).chain([None]) {
        tracer.between(before, next, &mut out);
        before = next;
    }
    tracer.moved(&mut out);
    out.ends = ends(issued, copy, &left, schools, &found, &out.fates);
    out
}

struct Tracer<'t> {
    issued: &'t Issued,
    copy: &'t Copy,
    left: &'t Left,
    schools: [&'t str; 2],
}

impl Tracer<'_> {
    fn words(&self, stands: Stands) -> &[Seen] {
        self.left.words.get(stands.at..self.end(stands)).unwrap_or(&[])
    }

    fn end(&self, stands: Stands) -> usize {
        stands.at + self.issued.units[stands.unit].words.len()
    }

    fn fits(&self, unit: usize, words: &[Seen]) -> u64 {
        let unit = &self.issued.units[unit];
        let state = match self.state(unit, words) {
            Fate::AsIssued => 3,
            Fate::Plain => 2,
            _ => 0,
        };
        let begins = words.first().is_some_and(|w| w.begins == unit.begins);
        let closes = words.last().is_some_and(|w| w.closes == unit.closes);
        4 * state + u64::from(begins) + u64::from(closes)
    }

    /// How a unit stands whose words are all there.
    fn state(&self, unit: &Unit, words: &[Seen]) -> Fate {
        let by = |author: Option<usize>, side: Side| {
            self.copy.author(author).is_some_and(|name| name == self.schools[side.index()])
        };
        let all = |test: &dyn Fn(&Seen) -> bool| words.iter().all(test);
        let kept = all(&|w| w.deleted.is_none());
        let untracked = kept && all(&|w| w.inserted.is_none());
        match unit.stand {
            Stand::Plain if kept => Fate::AsIssued,
            Stand::Inserted(side) if kept && all(&|w| by(w.inserted, side)) => Fate::AsIssued,
            Stand::Replaced(side) if all(&|w| by(w.deleted, side)) => Fate::AsIssued,
            Stand::Inserted(_) | Stand::Replaced(_) if untracked => Fate::Plain,
            _ if all(&|w| w.deleted.is_some()) => Fate::Gone,
            _ if words
                .iter()
                .any(|w| w.inserted.is_some() && !Side::BOTH.iter().any(|s| by(w.inserted, *s))) =>
            {
                Fate::Unclear("it is tracked as the insertion of somebody else")
            }
            _ => Fate::Unclear("a part of it was accepted and a part was not"),
        }
    }

    /// What lies between two units that stand: units that do not, and words that are no unit's.
    fn between(&self, before: Option<Stands>, next: Option<Stands>, out: &mut Trace) {
        let which = before.map_or(0, |b| b.unit + 1)..next.map_or(self.issued.units.len(), |n| n.unit);
        let words = before.map_or(0, |b| self.end(b))..next.map_or(self.left.words.len(), |n| n.at);
        if words.is_empty() {
            return;
        }
        let units: Vec<usize> = which.filter(|u| self.issued.units[*u].point.is_some()).collect();
        let Some(first) = units.first() else { return self.beside(before, next, words, out) };
        let point = self.issued.units[*first].point;
        if units.iter().all(|u| self.issued.units[*u].point == point) {
            // What stands in the place of one point is its wording now, unless it is about something else.
            let bag = self.bag_of(&words);
            let likest = units.iter().map(|u| (*u, self.bag(*u).likeness(&bag)));
            let likest = likest.max_by(|(u, x), (v, y)| x.total_cmp(y).then(v.cmp(u)));
            let plain = units.iter().all(|u| self.issued.units[*u].stand == Stand::Plain);
            match likest {
                Some((unit, like)) if plain || like >= INSTEAD => {
                    out.fates[unit] = self.edited(words);
                }
                _ => out.added.push((self.left.quote(words), before.map(|b| b.unit))),
            }
            return;
        }
        self.assign(&units, self.sentences(words), before, out);
    }

    /// Words that no unit lacks: a sentence that was made longer, or one that was added.
    fn beside(&self, before: Option<Stands>, next: Option<Stands>, words: Range<usize>, out: &mut Trace) {
        let line = |at: usize| self.left.words.get(at).map(|w| w.line);
        let ends = |at: usize| self.left.words.get(at).is_none_or(|w| w.ends);
        let matters = |s: &Stands| self.issued.units[s.unit].point.is_some();
        let longer = before.filter(matters).filter(|b| {
            let last = self.end(*b) - 1;
            line(last) == line(words.start) && !ends(last)
        });
        let earlier =
            next.filter(matters).filter(|n| line(n.at) == line(words.end - 1) && !ends(words.end - 1));
        if let Some(b) = longer {
            out.fates[b.unit] = self.edited(b.at..words.end);
        } else if let Some(n) = earlier {
            out.fates[n.unit] = self.edited(words.start..self.end(n));
        } else {
            out.added.push((self.left.quote(words), before.map(|b| b.unit)));
        }
    }

    fn edited(&self, words: Range<usize>) -> Fate {
        let slice = self.left.words.get(words.clone()).unwrap_or(&[]);
        let school = |author| self.copy.author(author).is_some_and(|n| self.schools.contains(&n));
        let open = slice.iter().any(|w| school(w.inserted) || school(w.deleted));
        Fate::Edited(self.left.quote(words), open)
    }

    /// Stretches of words that end with a sentence or a paragraph.
    fn sentences(&self, words: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut from = words.start;
        for at in words.clone() {
            let here = &self.left.words[at];
            let last = self.left.words.get(at + 1).filter(|_| at + 1 < words.end);
            if here.ends || last.is_none_or(|next| next.line != here.line) {
                out.push(from..at + 1);
                from = at + 1;
            }
        }
        out
    }

    /// Which sentence is which unit edited, in order, as like as can be; what is not told is asked.
    fn assign(&self, units: &[usize], sentences: Vec<Range<usize>>, before: Option<Stands>, out: &mut Trace) {
        let (n, k) = (units.len(), sentences.len());
        let mut taken = vec![false; k];
        if n * k <= CELLS {
            let bags: Vec<Bag> = sentences.iter().map(|s| self.bag_of(s)).collect();
            let to_all = |bag: Bag| bags.iter().map(|other| bag.likeness(other)).collect();
            let like: Vec<Vec<f64>> = units.iter().map(|u| to_all(self.bag(*u))).collect();
            let mut best = vec![vec![0.0; k + 1]; n + 1];
            for i in (0..n).rev() {
                for j in (0..k).rev() {
                    let with = if like[i][j] >= EDITED { like[i][j] + best[i + 1][j + 1] } else { 0.0 };
                    best[i][j] = f64::max(with, f64::max(best[i + 1][j], best[i][j + 1]));
                }
            }
            let (mut i, mut j) = (0, 0);
            while i < n && j < k {
                if like[i][j] >= EDITED && best[i][j] == like[i][j] + best[i + 1][j + 1] {
                    out.fates[units[i]] = self.edited(sentences[j].clone());
                    taken[j] = true;
                    (i, j) = (i + 1, j + 1);
                } else if best[i][j] == best[i + 1][j] {
                    i += 1;
                } else {
                    j += 1;
                }
            }
        }
        let mut rest = sentences.iter().zip(&taken).filter(|(_, t)| !**t).peekable();
        if rest.peek().is_none() {
            return;
        }
        for unit in units {
            if out.fates[*unit] == Fate::Gone && self.issued.units[*unit].stand == Stand::Plain {
                out.fates[*unit] = Fate::Unclear("it is gone, and other sentences stand thereabouts");
            }
        }
        let after = before.map(|b| b.unit);
        out.added.extend(rest.map(|(words, _)| (self.left.quote(words.clone()), after)));
    }

    fn bag(&self, unit: usize) -> Bag {
        Bag::of(self.issued.units[unit].words.iter().copied())
    }

    fn bag_of(&self, words: &Range<usize>) -> Bag {
        Bag::of(self.left.words.get(words.clone()).unwrap_or(&[]).iter().map(|w| w.letters))
    }

    /// A sentence that is gone here and stands among what was added elsewhere was moved, not left out.
    fn moved(&self, out: &mut Trace) {
        let added: Vec<Vec<u64>> = out.added.iter().map(|(text, _)| letters(text)).collect();
        for (at, unit) in self.issued.units.iter().enumerate() {
            let there = |words: &Vec<u64>| words.windows(unit.words.len()).any(|w| w == unit.words);
            if out.fates[at] == Fate::Gone && unit.words.len() > 1 && added.iter().any(there) {
                out.fates[at] = Fate::Unclear("it was moved to another place");
            }
        }
    }
}
