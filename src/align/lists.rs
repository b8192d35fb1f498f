//! Lists that the other policy runs into one sentence: units of both in, the unit of that sentence for each item out.
//!
//! "physical or emotional abuse", "neglect" and "sexual abuse" stand one below the other here, and there it says "Abuse can be physical,
//! emotional, sexual, or neglect". An item has too few words to tell where it belongs; three that one sentence holds tell it together.
//!
//! Cost: the words of all sentences of one side for each short item of the other, up to a bound above which none are looked for.

use std::ops::Range;

use crate::document::{Block, BlockId, Document, Kind, Role};

use super::overlap::Marked;
use super::passages::Passages;
use super::terms::Words;

/// Words up to which an item is short.
const WORDS: usize = 8;
/// Fewest items of one list that a sentence holds.
const ITEMS: usize = 3;
/// Share of an item's words, by rarity, that a sentence which holds it has at least.
const HELD: f32 = 0.9;
/// The same of a further item of a list whose other items it holds.
const PART: f32 = 0.3;
/// Of a list's items it holds one in so many at least.
const SHARE: usize = 3;
/// Words that may stand between the items in the sentence, beside half as many as they have.
const BETWEEN: usize = 4;
/// Items of one side times words of the other up to which they are held beside each other: 500 items and 32,000 words.
const STEPS: usize = 16_000_000;

/// One document's units.
pub(super) struct Side<'d> {
    pub(super) document: &'d Document,
    pub(super) units: &'d [BlockId],
    pub(super) words: &'d Words,
    /// The section of each unit.
    pub(super) sections: &'d [usize],
    /// Its sentences and items.
    pub(super) pieces: &'d Passages,
}

/// A list and the unit of the other document whose sentence holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// The items that it holds.
    pub(super) items: Vec<usize>,
    /// The items that it holds in part, and what leads to the list.
    pub(super) beside: Vec<usize>,
    pub(super) held_by: usize,
}

/// The lists of one document that the other runs into a sentence.
pub(super) fn listed(mine: &Side, other: &Side, rarity: &[f32]) -> Vec<Listed> {
    let lists = lists(mine);
    let items: usize = lists.iter().map(Range::len).sum();
    if items.saturating_mul(other.words.terms.len()) > STEPS {
        return Vec::new();
    }
    let mut marked = Marked::of(rarity);
    let sentences: Vec<(usize, usize)> = (0..other.units.len())
        .flat_map(|unit| other.words.pieces(unit).map(move |piece| (unit, piece)))
        .filter(|(_, piece)| other.pieces.terms(*piece).len() > WORDS)
        .collect();
    let mut out = Vec::new();
    for list in lists {
        // How much of each item each sentence holds.
        let mut shares: Vec<Vec<f32>> = vec![Vec::with_capacity(list.len()); sentences.len()];
        for unit in list.clone() {
            let terms = mine.pieces.terms(mine.words.pieces(unit).start);
            marked.mark(terms);
            let whole = marked.sum(terms).max(f32::MIN_POSITIVE);
            for (shares, (_, sentence)) in shares.iter_mut().zip(&sentences) {
                shares.push(marked.sum(other.pieces.terms(*sentence)) / whole);
            }
            marked.clear(terms);
        }
        let of = |shares: &[f32], range: Range<f32>| -> Vec<usize> {
            let units = list.clone().zip(shares).filter(|(_, share)| range.contains(share));
            units.map(|(unit, _)| unit).collect()
        };
        let held = |shares: &[f32]| shares.iter().filter(|share| **share >= HELD).count();
        // Of equals the first.
        let best = shares.iter().zip(&sentences).rev().max_by_key(|(shares, _)| held(shares));
        if let Some((shares, (unit, sentence))) = best.filter(|(shares, _)| held(shares) >= ITEMS) {
            let items = of(shares, HELD..f32::INFINITY);
            if SHARE * items.len() >= list.len() && counts_up(mine, &items, other, *sentence, rarity) {
                let mut beside = of(shares, PART..HELD);
                beside.extend(list.start.checked_sub(1).filter(|before| leads(mine, *before, list.start)));
                out.push(Listed { items, beside, held_by: *unit });
            }
        }
    }
    out
}

/// Whether a sentence names the items one after the other: words that stand all over a sentence are no list.
fn counts_up(mine: &Side, items: &[usize], other: &Side, sentence: usize, rarity: &[f32]) -> bool {
    let words = other.words.piece(sentence);
    let rarest = |unit: &usize| {
        let terms = mine.pieces.terms(mine.words.pieces(*unit).start).iter();
        terms.max_by(|x, y| rarity[**x as usize].total_cmp(&rarity[**y as usize]))
    };
    let mut places: Vec<usize> =
        items.iter().filter_map(rarest).filter_map(|term| words.iter().position(|w| w == term)).collect();
    places.sort_unstable();
    places.dedup();
    let length: usize = items.iter().map(|unit| mine.words.len(*unit)).sum();
    let span = places.last().zip(places.first()).map_or(0, |(last, first)| last - first);
    places.len() >= ITEMS && span <= length + length / 2 + BETWEEN
}

/// Whether a unit leads to the list that begins with another.
fn leads(side: &Side, unit: usize, list: usize) -> bool {
    let block = side.document.blocks.get(side.units[unit] as usize);
    block.is_some_and(|b| b.text.trim_end().ends_with(':')) && side.sections[unit] == side.sections[list]
}

/// Runs of short units in one section, of one sentence each.
fn lists(side: &Side) -> Vec<Range<usize>> {
    let short = |unit: usize| {
        let block = side.document.blocks.get(side.units[unit] as usize);
        let ended = |b: &Block| b.text.trim_end().ends_with(['.', ':']);
        let item = block.is_some_and(|b| {
            b.role == Role::Body && (b.kind == Kind::ListItem || b.cell.is_none() && !ended(b))
        });
        item && side.words.len(unit) <= WORDS && side.words.pieces(unit).len() == 1
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    for unit in (0..side.units.len()).filter(|unit| short(*unit)) {
        match out.last_mut() {
            Some(run) if run.end == unit && side.sections[run.start] == side.sections[unit] => run.end += 1,
            _ => out.push(unit..unit + 1),
        }
    }
    out.retain(|run| run.len() >= ITEMS);
    out
}
