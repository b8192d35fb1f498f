//! Topics that are only a part of a larger file: documents without a partner in, pairs with a larger one out.

use crate::document::Document;
use crate::knowledge::Knowledge;

use super::corrections::Asked;
use super::likeness::Likeness;
use super::vectors::Stems;
use super::{Confidence, Register, made};

/// Least probability, in thousandths.
const LEAST: i32 = 300;
/// The file that holds it is at least this share as long: a summary of a topic may stand in a file shorter than the other
/// school's whole policy on it.
const LARGE: f32 = 0.5;

/// Looks for each document that is still free in the other school's files.
#[allow(clippy::too_many_arguments)] // the state of one step of `pair`, which is the only caller
pub(super) fn find(
    documents: &[Document],
    stems: &[Stems],
    likeness: &Likeness,
    sides: [&[usize]; 2],
    free_a: &mut Vec<usize>,
    free_b: &mut Vec<usize>,
    register: &mut Register,
    asked: &Asked,
    knowledge: &Knowledge,
) {
    let words: Vec<u32> = stems.iter().map(|s| s.iter().map(|(_, n)| n).sum()).collect();
    let mut found: Vec<(usize, usize, Vec<String>)> = Vec::new();
    for (free, others, first) in [(&*free_a, sides[1], true), (&*free_b, sides[0], false)] {
        for document in free {
            let ordered = |other: usize| if first { (*document, other) } else { (other, *document) };
            let mut best: Option<(i32, usize, Option<&str>)> = None;
            for other in others {
                if asked.never.contains(&ordered(*other))
                    || (words[*other] as f32) < LARGE * words[*document] as f32
                {
                    continue;
                }
                let (score, heading) = likeness.part(*document, *other);
                // Where a person named a file's partner, likeness adds none.
                let settled = heading.is_none() && asked.named.contains(other);
                if score >= LEAST && !settled && best.is_none_or(|(s, ..)| score > s) {
                    best = Some((score, *other, heading));
                }
            }
            if let Some((_, other, heading)) = best {
                let (a, b) = ordered(other);
                let because = match heading {
                    Some(heading) => vec![format!("One of them has it only as a section: “{heading}”.")],
                    None => {
                        let mut because = vec!["One of them may be a part of the other.".to_owned()];
                        because.extend(likeness.because(a, b, documents, &register.topics, knowledge));
                        because
                    }
                };
                found.push((a, b, because));
            }
        }
    }
    found.sort();
    found.dedup_by_key(|(a, b, _)| (*a, *b));
    for (a, b, because) in found {
        free_a.retain(|d| *d != a);
        free_b.retain(|d| *d != b);
        let mut pair = made(a, b, Confidence::Question, because, &register.topics, knowledge);
        pair.part = true;
        register.pairs.push(pair);
    }
}
