//! What must not be merged: a pair in, the reason out; and the passages that a church school keeps as they are.

use crate::document::BlockId;
use crate::knowledge::{bundled, folded};
use crate::pair::Sharing;

use super::{Materials, Side};

/// Why a pair is not merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In a plain sentence.
    pub why: &'static str,
}

/// Why a pair of this kind is not merged, if it is not.
pub fn refusal(sharing: Sharing) -> Option<Refusal> {
    let why = match sharing {
        Sharing::KeepSeparate => "Each school has to keep a policy of its own on this topic.",
        Sharing::AdoptModel => {
            "A policy on this topic is usually taken over unchanged from one model that staff and unions were consulted on; a mixture of two would be neither."
        }
        Sharing::Share | Sharing::ShareWithAnnex => return None,
    };
    Some(Refusal { why })
}

/// Headings of passages that belong to its character.
const CHARACTER: [&str; 6] =
    ["worship", "religious education", "re", "admissions", "admission", "religious character"];

/// Whether a passage stands in a section that a church school keeps as it is.
pub(super) fn protected(m: &Materials, side: Side, block: BlockId) -> bool {
    let document = m.document(side);
    let own = document.blocks.get(block as usize).filter(|b| b.kind == crate::document::Kind::Heading);
    let above = document.section(block);
    let mut sections = above.iter().filter_map(|id| document.blocks.get(*id as usize)).chain(own);
    sections.any(|b| holds(&folded(&b.text), &CHARACTER))
        && m.schools.iter().any(|school| bundled().wording().character(school).is_some())
}

/// Whether a folded text holds one of the phrases as whole words.
fn holds(text: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {text} ");
    phrases.iter().any(|p| padded.contains(&format!(" {p} ")))
}
