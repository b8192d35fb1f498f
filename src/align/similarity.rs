//! How well each block of one document matches each of the other: vectors in, a score for every promising pair out.
//!
//! Pairs worth a look are the best of their row or column by the cosine of their words; [`super::measures`] makes a score of
//! what is known of each.

use rustc_hash::FxHashMap;

use crate::document::{BlockId, Document, Role};
use crate::knowledge::Roles;

use super::known::raise_known;
use super::lists::Side;
use super::measures::Measures;
use super::overlap::{lengths, overlaps};
use super::passages::weigh;
use super::promising::{Cosines, DENSE_CELLS, LEAST_WORD, Pair, Places};
use super::terms::Numbered;
use super::votes::{Pieces, votes};

/// Two blocks with a cosine from here on say the same, however short they are and however few words there are to tell them apart.
const SAME: f32 = 0.95;
/// A neighbour two blocks away counts a little less than one next to it.
const FARTHER: f32 = 0.8;

/// A pair that may be linked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) a: usize,
    pub(super) b: usize,
    /// Probability of being a link, in millionths, so that comparing never hangs on the last bit of a float.
    pub(super) score: u32,
    /// How far apart the two stand in their documents, in thousandths of the length: breaks ties.
    pub(super) apart: u32,
    /// Whether the words are the same, or a sentence of one stands out as the counterpart of a sentence of the other.
    pub(super) voted: bool,
}

/// What the assignment works on.
pub(super) struct Scores {
    /// In order of a, then b.
    pub(super) candidates: Vec<Candidate>,
    /// The section of each unit of the first document: equal numbers, one section.
    pub(super) sections_a: Vec<usize>,
    /// The same of the second.
    pub(super) sections_b: Vec<usize>,
    /// Why fewer pairs were looked at than there are, if so.
    pub(super) coarse: Option<String>,
}

/// Scores every promising pair of units.
pub(super) fn score(
    a: &Document,
    units_a: &[BlockId],
    b: &Document,
    units_b: &[BlockId],
    numbered: &Numbered,
    roles_known: &Roles,
) -> Scores {
    let ends = [&numbered.a, &numbered.b].map(|words| (words.terms.as_slice(), words.unit_ends.as_slice()));
    let units = weigh(ends[0], ends[1], numbered.terms);
    // Blocks may correspond at all if they have one role: the policy's text with text, its front matter with front matter.
    let words = Cosines::of(&units, &roles(a, units_a), &roles(b, units_b));
    let (section_of_a, count_a) = sections(a, units_a);
    let (section_of_b, count_b) = sections(b, units_b);
    let sections_b = units.b.grouped(&section_of_b, count_b);
    let mut between = vec![0.0; count_a * count_b];
    let sections_a = units.a.grouped(&section_of_a, count_a);
    for (section, row) in between.chunks_exact_mut(count_b.max(1)).enumerate() {
        sections_a.cosines(section, &sections_b, usize::MAX, row);
    }
    let pieces = Pieces::of(numbered);
    let votes = votes(&pieces, DENSE_CELLS);
    let promising = words.promising();
    let (length_a, length_b) = (lengths(&units.a, &units.rarity), lengths(&units.b, &units.rarity));
    let related = related(&promising, &length_a, &length_b);
    let overlaps = overlaps(&promising, &units, [&length_a, &length_b], &pieces);
    let raw: Vec<Raw> = promising
        .iter()
        .zip(&overlaps)
        .map(|(pair, overlap)| {
            let (i, j) = (pair.a as usize, pair.b as usize);
            Raw { a: i, b: j, word: pair.word, shared: overlap.rarity, sentence: votes.best(i, j) }
        })
        .collect();
    let bests = [|r: &Raw| r.word, |r: &Raw| r.shared, |r: &Raw| r.sentence]
        .map(|measure| Best::of(&raw, measure, units_a.len(), units_b.len()));
    let places = Places::of(units_a.len(), units_b.len());
    let mut candidates = Vec::with_capacity(raw.len());
    let (names_a, names_b) = (names(a, units_a), names(b, units_b));
    for (r, overlap) in raw.iter().zip(&overlaps) {
        let (i, j) = (r.a, r.b);
        // What only names a section is no counterpart of what is said.
        if names_a[i] != names_b[j] && r.word < SAME {
            continue;
        }
        let voted = votes.pairs.contains(&(i as u32, j as u32));
        let [word, shared, sentence] = &bests;
        let measures = Measures {
            word: r.word,
            common: r.shared.ln_1p(),
            section: between[section_of_a[i] * count_b + section_of_b[j]],
            context: context(&words, i, j),
            sentence: r.sentence,
            within: overlap.within,
            related,
            voted,
            word_rank: word.share(r, r.word),
            shared_rank: shared.share(r, r.shared),
            sentence_rank: sentence.share(r, r.sentence),
            shorter: overlap.shorter,
        };
        candidates.push(Candidate {
            a: i,
            b: j,
            score: (measures.score() * 1e6) as u32,
            apart: places.apart(i, j),
            voted: r.word >= SAME || voted,
        });
    }
    let sides = [
        (a, units_a, &numbered.a, &section_of_a, &pieces.weighed.a),
        (b, units_b, &numbered.b, &section_of_b, &pieces.weighed.b),
    ];
    let sides = sides.map(|(document, units, words, sections, pieces)| Side {
        document,
        units,
        words,
        sections,
        pieces,
    });
    raise_known(&mut candidates, &sides, &pieces.weighed.rarity, &places, roles_known);
    Scores { candidates, sections_a: section_of_a, sections_b: section_of_b, coarse: words.coarse }
}

fn roles(document: &Document, units: &[BlockId]) -> Vec<Option<Role>> {
    units.iter().map(|unit| document.blocks.get(*unit as usize).map(|b| b.role)).collect()
}

/// Fewer words than this are a label, which its value may stand beside: "Kindness", "Approved by".
const NAME: usize = 3;

/// Which units only name a section, as a heading does that was not recognised: every longer word with a capital, and no full stop.
fn names(document: &Document, units: &[BlockId]) -> Vec<bool> {
    let name = |unit: &BlockId| {
        let said = document.blocks.get(*unit as usize).filter(|b| b.role == Role::Body);
        let text = said.map_or("", |b| b.text.trim_end());
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3);
        !text.ends_with(['.', ':', ';', ','])
            && words().all(|w| w.starts_with(char::is_uppercase))
            && words().count() >= NAME
    };
    units.iter().map(name).collect()
}

/// A candidate before it is measured against its rivals.
struct Raw {
    a: usize,
    b: usize,
    word: f32,
    shared: f32,
    sentence: f32,
}

/// The best of each row and column by one measure.
struct Best {
    rows: Vec<f32>,
    columns: Vec<f32>,
}

impl Best {
    fn of(raw: &[Raw], measure: fn(&Raw) -> f32, rows: usize, columns: usize) -> Self {
        let mut best = Self { rows: vec![LEAST_WORD; rows], columns: vec![LEAST_WORD; columns] };
        for r in raw {
            best.rows[r.a] = best.rows[r.a].max(measure(r));
            best.columns[r.b] = best.columns[r.b].max(measure(r));
        }
        best
    }

    /// A value as a share of the best in its row and in its column.
    fn share(&self, r: &Raw, value: f32) -> [f32; 2] {
        [value / self.rows[r.a], value / self.columns[r.b]]
    }
}

/// How much the documents have to do with each other: the mean of the units' best cosines, long units counting more; of the
/// document that is covered better. About .2 for policies written apart, over .5 for those with one ancestor.
fn related(promising: &[Pair], length_a: &[f32], length_b: &[f32]) -> f32 {
    let mut best = [vec![0.0f32; length_a.len()], vec![0.0f32; length_b.len()]];
    for Pair { a, b, word } in promising {
        for (best, unit) in best.iter_mut().zip([a, b]) {
            best[*unit as usize] = best[*unit as usize].max(*word);
        }
    }
    let mean = |best: &[f32], lengths: &[f32]| {
        let (sum, of) = best.iter().zip(lengths).fold((0.0, 0.0), |(sum, of), (b, w)| (sum + b * w, of + w));
        if of > 0.0 { sum / of } else { 0.0 }
    };
    mean(&best[0], length_a).max(mean(&best[1], length_b))
}

/// The section of each unit, numbered from 0 in the order in which they are met, and how many there are.
fn sections(document: &Document, units: &[BlockId]) -> (Vec<usize>, usize) {
    let mut known: FxHashMap<Option<BlockId>, usize> = FxHashMap::default();
    let of = units.iter().map(|unit| {
        let parent = document.blocks.get(*unit as usize).and_then(|b| b.parent);
        let next = known.len();
        *known.entry(parent).or_insert(next)
    });
    (of.collect(), known.len())
}

/// Mean of the best match before and the best match after, one or two blocks away.
fn context(words: &Cosines, i: usize, j: usize) -> f32 {
    let mut after: f32 = 0.0;
    let mut before: f32 = 0.0;
    for p in 1..=2 {
        for q in 1..=2 {
            let share = if p == 1 && q == 1 { 1.0 } else { FARTHER };
            after = after.max(share * words.get(i + p, j + q));
            if i >= p && j >= q {
                before = before.max(share * words.get(i - p, j - q));
            }
        }
    }
    f32::midpoint(after, before)
}
