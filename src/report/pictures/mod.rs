//! What people would rather look at than read: a compared pair in, which section became which out; all pairs in, a heat table out. Each picture
//! comes with a table that says the same.

mod heat;
mod ribbons;

use std::collections::{BTreeMap, BTreeSet};

use crate::align::Relation;
use crate::compare::{Comparison, is_touched};
use crate::document::{BlockId, Document};

pub(super) use heat::{heat, heat_table};
pub(super) use ribbons::{flow_table, ribbons};

/// Fewer sections than this say too little about where a passage went: the headings below are taken.
const COARSE: usize = 3;

/// Passages by what became of them; headings and front matter are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// In both, with nothing found to decide or to check.
    pub(super) shared: usize,
    /// In both, with something to decide or to check.
    pub(super) differs: usize,
    /// In the first school's policy alone, in the second's alone.
    pub(super) only: [usize; 2],
}

/// What the totals of a tally's columns are called after their table's name.
const TOTALS: [&str; 4] = ["-shared", "-differs", "-only-a-all", "-only-b-all"];

/// Passages that two sections have in common, or that one section has alone.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// Index of the first policy's section, of the second's.
    pub(super) sections: [Option<usize>; 2],
    /// How many passages.
    pub(super) tally: Tally,
}

/// Which section of one policy became which of the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// Titles of each policy's sections in order.
    pub(super) titles: [Vec<String>; 2],
    /// In order of place in both.
    pub(super) streams: Vec<Stream>,
}

impl Flow {
    /// Counts the passages of a pair; swapping the documents gives the mirrored flow.
    pub(super) fn of(a: &Document, b: &Document, comparison: &Comparison) -> Self {
        let sides = [Sections::of(a), Sections::of(b)];
        let mut tallies: BTreeMap<[Option<usize>; 2], Tally> = BTreeMap::new();
        for link in &comparison.links {
            let differs = match link.relation {
                Relation::Same | Relation::Reworded => false,
                Relation::Changed => true,
                Relation::Partial => is_touched(link, &comparison.differences),
            };
            // A passage that was split stands in every section that holds a part of it.
            let places = link.pairs.iter().filter_map(|(x, y)| Some((sides[0].at(*x)?, sides[1].at(*y)?)));
            for (s, t) in places.collect::<BTreeSet<_>>() {
                let tally = tallies.entry([Some(s), Some(t)]).or_default();
                tally.shared += usize::from(!differs);
                tally.differs += usize::from(differs);
            }
        }
        for (side, only) in [&comparison.only_a, &comparison.only_b].into_iter().enumerate() {
            for block in only {
                let Some(at) = sides[side].at(*block) else { continue };
                let key = if side == 0 { [Some(at), None] } else { [None, Some(at)] };
                tallies.entry(key).or_default().only[side] += 1;
            }
        }
        let [x, y] = sides;
        let titles = [x.titles, y.titles];
        let far = |side: usize, at: Option<usize>| at.map(|at| at * 10_000 / titles[side].len().max(1));
        let mut streams: Vec<Stream> =
            tallies.into_iter().map(|(sections, tally)| Stream { sections, tally }).collect();
        streams.sort_by_key(|s| match [far(0, s.sections[0]), far(1, s.sections[1])] {
            [Some(x), Some(y)] => (x + y, 0),
            [Some(x), None] => (2 * x, 1),
            [None, y] => (2 * y.unwrap_or(0), 2),
        });
        Self { titles, streams }
    }

    /// All passages.
    pub(super) fn total(&self) -> Tally {
        let sum = |of: fn(&Tally) -> usize| self.streams.iter().map(|s| of(&s.tally)).sum();
        Tally {
            shared: sum(|t| t.shared),
            differs: sum(|t| t.differs),
            only: [sum(|t| t.only[0]), sum(|t| t.only[1])],
        }
    }
}

impl Tally {
    /// In the order of a table's columns.
    fn counts(self) -> [usize; 4] {
        [self.shared, self.differs, self.only[0], self.only[1]]
    }

    /// All of them.
    fn all(self) -> usize {
        self.counts().iter().sum()
    }
}

/// The sections of one policy at one level of its headings.
struct Sections {
    titles: Vec<String>,
    /// Section of each block; none for what is no passage.
    of: BTreeMap<BlockId, usize>,
}

impl Sections {
    fn of(document: &Document) -> Self {
        let passages: Vec<(BlockId, Vec<BlockId>)> = (0..)
            .zip(&document.blocks)
            .filter(|(_, b)| b.is_passage() && !b.text.trim().is_empty())
            .map(|(id, _)| (id, document.section(id)))
            .collect();
        let deepest = passages.iter().map(|(_, path)| path.len()).max().unwrap_or(0);
        let at = |path: &[BlockId], level: usize| path.get(level.min(path.len().saturating_sub(1))).copied();
        let distinct =
            |level: usize| passages.iter().filter_map(|(_, p)| at(p, level)).collect::<BTreeSet<_>>().len();
        let level = (0..deepest).find(|l| distinct(*l) >= COARSE).unwrap_or(deepest.saturating_sub(1));
        let mut titles = Vec::new();
        let mut numbers: BTreeMap<Option<BlockId>, usize> = BTreeMap::new();
        let mut of = BTreeMap::new();
        for (id, path) in &passages {
            let heading = at(path, level);
            let number = *numbers.entry(heading).or_insert_with(|| {
                let block = heading.and_then(|h| document.blocks.get(h as usize));
                titles.push(
                    block.map_or_else(|| "Before the first heading".to_owned(), |b| b.text.trim().to_owned()),
                );
                titles.len() - 1
            });
            of.insert(*id, number);
        }
        Self { titles, of }
    }

    fn at(&self, block: BlockId) -> Option<usize> {
        self.of.get(&block).copied()
    }
}

/// A text that fits so many letters, cut at a word and marked as cut.
pub(super) fn fitted(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(letters.saturating_sub(1)).collect();
    if let Some(blank) = out.rfind(' ').filter(|b| *b > out.len() / 2) {
        out.truncate(blank);
    }
    out.push('…');
    out
}

/// What tells two names apart: "Infant" and "Junior" of "Thistlemere Infant School" and "Thistlemere Junior School"; the whole names if that leaves
/// nothing of one.
pub(super) fn apart(names: [&str; 2]) -> [&str; 2] {
    let [x, y] = names.map(|n| n.split(' ').collect::<Vec<_>>());
    let lead = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    if lead + tail >= x.len().min(y.len()) {
        return names;
    }
    // Bytes of the words that both have, with the blanks after or before them.
    let bytes = |words: &[&str]| words.iter().map(|w| w.len() + 1).sum::<usize>();
    let (head, foot) = (bytes(&x[..lead]), bytes(&x[x.len() - tail..]));
    names.map(|n| n.get(head..n.len() - foot).unwrap_or(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apart_two_names_keep_what_differs() {
        assert_eq!(apart(["Thistlemere Infant School", "Thistlemere Junior School"]), ["Infant", "Junior"]);
        assert_eq!(apart(["Oak School", "Ash School"]), ["Oak", "Ash"]);
        assert_eq!(apart(["The Oak", "The Oak Annexe"]), ["The Oak", "The Oak Annexe"]);
        assert_eq!(apart(["a", "b"]), ["a", "b"]);
        assert_eq!(apart(["", "b"]), ["", "b"]);
    }

    #[test]
    fn fitted_text_is_cut_at_a_word_and_marked() {
        assert_eq!(fitted("one two three", 13), "one two three");
        assert_eq!(fitted("one two three", 9), "one two…");
        assert_eq!(fitted("ééééééééé", 4), "ééé…");
    }
}
