//! What must not be merged: a pair in, the reason out; and the passages that a church school keeps as they are.

use crate::document::{BlockId, School};
use crate::knowledge::folded;
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

/// Names by which a school says that it is a church school.
const CHURCH: [&str; 6] = ["church of england", "c of e", "ce", "cofe", "catholic", "rc"];
/// Headings of passages that belong to its character.
const CHARACTER: [&str; 6] =
    ["worship", "religious education", "re", "admissions", "admission", "religious character"];

/// Whether a passage stands in a section that a church school keeps as it is.
pub(super) fn protected(m: &Materials, side: Side, block: BlockId) -> bool {
    if !m.schools.iter().any(is_church) {
        return false;
    }
    let document = m.document(side);
    let own = document.blocks.get(block as usize).filter(|b| b.kind == crate::document::Kind::Heading);
    let above = document.section(block);
    let sections = above.iter().filter_map(|id| document.blocks.get(*id as usize)).chain(own);
    sections.map(|b| folded(&b.text)).any(|heading| holds(&heading, &CHARACTER))
}

fn is_church(school: &School) -> bool {
    let names = std::iter::once(&school.name).chain(&school.also);
    names.map(|n| folded(n)).any(|name| holds(&name, &CHURCH))
}

/// Whether a folded text holds one of the phrases as whole words.
fn holds(text: &str, phrases: &[&str]) -> bool {
    let padded = format!(" {text} ");
    phrases.iter().any(|p| padded.contains(&format!(" {p} ")))
}
