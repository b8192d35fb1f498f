//! Wording that pulls apart: documents in, themes with both ways of speaking counted out.

use crate::document::Document;
use crate::knowledge::Wording;

use super::{Use, uses};

/// Fewest times that each school has to speak of a thing before it can pull apart: what is said once leans to one side by itself.
const SAID: usize = 2;
/// The shares of the two ways have to differ by one in so many.
const APART: usize = 4;

/// One theme of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which, counted as [`Wording::apart`].
    pub number: usize,
    /// For each school where it speaks the one way and where the other, in order of documents.
    pub uses: [[Vec<Use>; 2]; 2],
}

impl Theme {
    /// How often a school speaks one of the two ways.
    pub fn count(&self, side: usize, way: usize) -> usize {
        self.uses[side][way].iter().map(|u| u.count).sum()
    }

    /// Whether the schools pull apart: each speaks of the thing at least twice, and the share of the one way at the one school is greater by
    /// a quarter of all than at the other.
    pub fn pulls_apart(&self) -> bool {
        let [x, y] = [0, 1].map(|side| self.count(side, 0));
        let [all_x, all_y] = [0, 1].map(|side| self.count(side, 0) + self.count(side, 1));
        // x / all_x and y / all_y, without a fraction.
        all_x.min(all_y) >= SAID && (x * all_y).abs_diff(y * all_x) * APART >= all_x * all_y
    }

    /// Whether a school speaks both ways in its own policies.
    pub fn both_ways(&self, side: usize) -> bool {
        self.uses[side].iter().all(|u| !u.is_empty())
    }
}

/// Every theme of which either school speaks.
pub(super) fn of(schools: [Vec<(usize, &Document)>; 2], wording: &Wording) -> Vec<Theme> {
    let mut all: Vec<Theme> =
        (0..wording.apart.len()).map(|number| Theme { number, uses: Default::default() }).collect();
    for (side, school) in schools.iter().enumerate() {
        for (id, document) in school {
            for (way, phrases) in wording.apart_words.iter().enumerate() {
                for (number, found) in uses(*id, document, phrases) {
                    if let Some(theme) = all.get_mut(number) {
                        theme.uses[side][way].push(found);
                    }
                }
            }
        }
    }
    all.retain(|t| t.uses.iter().flatten().any(|u| !u.is_empty()));
    all
}
