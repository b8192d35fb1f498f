//! Policies that are named and not there.

use crate::compare::Quote;
use crate::document::Role;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct MissingPolicy;

impl Check for MissingPolicy {
    fn id(&self) -> &'static str {
        "missing_policy"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "The policy names another policy that is not among the school's files."
    }

    fn why(&self) -> &'static str {
        "The reader is sent to a document that nobody can find."
    }

    fn action(&self) -> &'static str {
        "Write that policy, put its file into the folder, or take the mention out."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("See our Lone Working Policy.", "See our Behaviour Policy. (there is one)")
    }

    fn source(&self) -> &'static str {
        "The governance guides of the Department for Education: policies are to be available to staff and parents"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        // In a folder of a few files nothing can be said about what the school has.
        if look.holdings.len() < FEW {
            return Vec::new();
        }
        let topics = look.setting.knowledge.topics();
        let mut out: Vec<Found> = Vec::new();
        let mut told = std::collections::BTreeSet::new();
        for sentence in &look.sentences {
            let Some(block) = look.document.blocks.get(sentence.block as usize) else { continue };
            let tokens = sentence.tokens(look.document);
            for (from, to, topic) in topics.named(&block.text, tokens) {
                let here = look.holdings.contains(&topic.id) || look.topic == Some(topic.id.as_str());
                if here || block.role != Role::Body || !told.insert(topic.id.clone()) {
                    continue;
                }
                let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to - 1)) else { continue };
                let place = Quote { block: sentence.block, start: first.start, end: last.end };
                let title = place.text(look.document);
                out.push(look.found(
                    place,
                    format!("“{title}” is named, but no such policy is among the school's files."),
                ));
            }
        }
        out
    }
}

/// A school with policies on fewer topics has not put all its files into the folder.
const FEW: usize = 8;
