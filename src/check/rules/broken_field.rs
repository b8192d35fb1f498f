//! What a word processor prints in the place of a reference that it lost.

use crate::compare::Quote;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct BrokenField;

impl Check for BrokenField {
    fn id(&self) -> &'static str {
        "broken_field"
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn summary(&self) -> &'static str {
        "The word processor printed an error in the place of a page or section number."
    }

    fn why(&self) -> &'static str {
        "The reader is sent nowhere."
    }

    fn action(&self) -> &'static str {
        "Open the file in the word processor, put the reference in again, and save."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("See Error! Reference source not found. for details.", "See section 3 for details.")
    }

    fn source(&self) -> &'static str {
        "The school's own file"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let mut out = Vec::new();
        for (id, block) in (0..).zip(&look.document.blocks) {
            let Some(start) = block.text.find("Error!") else { continue };
            let rest = block.text.get(start..).unwrap_or("");
            let Some(words) = WORDS.iter().find(|w| rest.starts_with(**w)) else { continue };
            let at = |offset: usize| u32::try_from(offset).unwrap_or(0);
            let place = Quote { block: id, start: at(start), end: at(start + words.len()) };
            out.push(look.found(place, format!("“{words}” stands where a reference should be.")));
        }
        out
    }
}

/// What Word prints, in English.
const WORDS: [&str; 6] = [
    "Error! Reference source not found",
    "Error! Bookmark not defined",
    "Error! No bookmark name given",
    "Error! Hyperlink reference not valid",
    "Error! No table of figures entries found",
    "Error! Not a valid",
];
