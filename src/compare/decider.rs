//! Who decides what a shared policy says, and from where that is known: a pair's topic in, words out.

use crate::knowledge::{DecidedBy, Knowledge};

/// Who decides on a pair of policies.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Decider {
    /// In plain words: "both headteachers".
    pub who: String,
    /// One sentence: why them.
    pub because: String,
    /// Where that is written.
    pub source: String,
}

/// What says which policies the governors must approve, for topics whose row names no source of its own.
const GENERAL: &str =
    "Department for Education, Statutory policies for schools and academy trusts, www.gov.uk";

impl Decider {
    /// Who decides on a topic; on none, the headteachers, who may take it to their governors.
    pub fn of(topic: Option<&str>, knowledge: &Knowledge) -> Self {
        let topic = topic.and_then(|id| knowledge.topics().get(id));
        let named = topic.map(|t| t.source.trim()).filter(|s| !s.is_empty());
        let source = named.unwrap_or(GENERAL).to_owned();
        match topic.map(|t| t.decided_by) {
            Some(DecidedBy::GoverningBodies) => Self {
                who: "both governing bodies, on the headteachers' advice".into(),
                because: "Law, guidance or custom gives the approval of this policy to the governors.".into(),
                source,
            },
            Some(DecidedBy::Headteachers) => Self {
                who: "both headteachers".into(),
                because: "Nothing reserves this policy to the governors; they may ask to see it.".into(),
                source,
            },
            None => Self {
                who: "both headteachers".into(),
                because: "The topic is not one of those known to this program; if the governors approve it, they decide.".into(),
                source,
            },
        }
    }
}
