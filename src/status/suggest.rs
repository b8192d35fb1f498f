//! What other commands leave behind: decisions, a comparison, drafts, dates in the policies in, questions to a person out. Nothing of it counts until
//! somebody records it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::document::Document;
use crate::merge::Decision;

use super::{State, Status};

/// What lies where reports are written, and in the log of decisions.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// The log of decisions.
    pub decisions: Vec<Decision>,
    /// The day of the last comparison, and the topics of its pairs.
    pub compared: Option<(Date, Vec<String>)>,
    /// Topics of which there is a draft.
    pub drafted: Vec<String>,
}

/// Something that may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Key of the policy.
    pub policy: String,
    /// For which of the two schools.
    pub schools: [bool; 2],
    /// The state that may have been reached.
    pub state: State,
    /// The day, if it is known.
    pub on: Option<Date>,
    /// What speaks for it.
    pub because: String,
}

/// In order of the policies; only states beyond those that were recorded.
pub fn suggest(status: &Status, left: &Left, documents: &[Document]) -> Vec<Suggestion> {
    let mut decided: BTreeMap<&str, Vec<&Decision>> = BTreeMap::new();
    for decision in left.decisions.iter().filter(|d| d.on <= status.today) {
        decided.entry(decision.policy.as_str()).or_default().push(decision);
    }
    let mut out = Vec::new();
    for policy in &status.policies {
        let (key, title) = (policy.subject.key.as_str(), policy.subject.title.as_str());
        // Where the last round has ended, a comparison may begin the next or only be a look at it: nobody is asked.
        let below =
            |state: State| policy.schools.each_ref().map(|s| s.state.is_none_or(|reached| reached < state));
        let mut ask = |state: State, schools: [bool; 2], on: Option<Date>, because: String| {
            if schools != [false; 2] {
                out.push(Suggestion { policy: key.to_owned(), schools, state, on, because });
            }
        };
        let mine = decided.get(title).map_or(&[][..], Vec::as_slice);
        let first = |all: &mut dyn Iterator<Item = &&Decision>| all.map(|d| d.on).min();
        if let Some(on) = first(&mut mine.iter()) {
            let because = match mine.len() {
                1 => "1 decision on it is in the log".to_owned(),
                n => format!("{n} decisions on it are in the log, the first of this day"),
            };
            ask(State::Compared, below(State::Compared), Some(on), because);
        } else if let Some((on, topics)) = &left.compared
            && *on <= status.today
            && topics.iter().any(|t| t == key)
        {
            let because = "a comparison of this day lies among the reports".to_owned();
            ask(State::Compared, below(State::Compared), Some(*on), because);
        }
        let back: Vec<&&Decision> = mine.iter().filter(|d| d.read_from.is_some()).collect();
        if let Some(on) = first(&mut back.iter().copied()) {
            let because = "answers of a draft that came back are in the log since this day".to_owned();
            ask(State::Drafted, below(State::Drafted), Some(on), because);
        } else if left.drafted.iter().any(|t| t == key) {
            ask(State::Drafted, below(State::Drafted), None, "a draft lies among the reports".to_owned());
        }
        for side in [0, 1] {
            let Some(on) = named(policy.subject.documents[side], documents) else { continue };
            let school = &policy.schools[side];
            // Only where a shared text was under way: before that, the date is that of the school's own policy.
            let under_way = matches!(school.state, Some(State::Drafted | State::Consulted));
            if under_way && on <= status.today && school.last.is_some_and(|last| on >= last) {
                let mut schools = [false; 2];
                schools[side] = true;
                let because = "the school's file says that it was approved on this day".to_owned();
                ask(State::Approved, schools, Some(on), because);
            }
        }
    }
    out
}

/// The one day on which a document says it was approved.
fn named(document: Option<usize>, documents: &[Document]) -> Option<Date> {
    let dated = documents.get(document?)?.front_matter.approved_on.as_ref()?;
    dated.from.filter(|from| Some(*from) == dated.to)
}
