//! Who decides what a shared policy says, and from where that is known: settings, facts and both policies in, words out. The one place that every
//! report takes it from.

use crate::document::{Document, Partnership};
use crate::knowledge::{DecidedBy, Duty, Knowledge, folded};

/// Who decides on a pair of policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Decider {
    /// In plain words: "both headteachers".
    pub who: String,
    /// One sentence: why them.
    pub because: String,
    /// Where that is written.
    pub source: String,
    /// Whether governors have a say, at one school at least.
    #[serde(skip)]
    pub governors: bool,
}

/// What says which policies the governors must approve, for topics whose row names no source of its own.
const GENERAL: &str =
    "Department for Education, Statutory policies for schools and academy trusts, www.gov.uk";
const BOTH: [&str; 2] = ["both headteachers", "both governing bodies, on the headteachers' advice"];

impl Decider {
    /// Who decides on a pair: as the partnership's settings say, else as the list of statutory policies does, else as both policies say of their
    /// own approval, else as is usual on the topic; on none, the headteachers, who may take it to their governors.
    pub fn of(
        partnership: &Partnership,
        knowledge: &Knowledge,
        topic: Option<&str>,
        documents: [&Document; 2],
    ) -> Self {
        let duty = topic.and_then(|id| knowledge.statutory().of_topic(id));
        if let Some(decided) = duty.and_then(|d| as_settled(partnership, d)) {
            return decided;
        }
        if let Some(duty) = duty {
            return Self::named(
                duty.governors(),
                format!("The list of statutory policies names who approves it: {}.", duty.approver),
                format!("{} ({})", duty.source, duty.source_day()),
            );
        }
        let topic = topic.and_then(|id| knowledge.topics().get(id));
        let source = topic.map(|t| t.source.trim()).filter(|s| !s.is_empty()).unwrap_or(GENERAL).to_owned();
        let usual = topic.map(|t| t.decided_by);
        if usual != Some(DecidedBy::GoverningBodies) && documents.iter().all(|d| approved_by_governors(d)) {
            let because = "Both policies say of themselves that the governors approved them.".to_owned();
            return Self::named(true, because, "both policies".into());
        }
        let because = match usual {
            Some(DecidedBy::GoverningBodies) => {
                "Law, guidance or custom gives the approval of this policy to the governors."
            }
            Some(DecidedBy::Headteachers) => {
                "Nothing reserves this policy to the governors; they may ask to see it."
            }
            None => {
                "The topic is not one of those known to this program; if the governors approve it, they decide."
            }
        };
        Self::named(usual == Some(DecidedBy::GoverningBodies), because.into(), source)
    }

    fn named(governors: bool, because: String, source: String) -> Self {
        Self { who: BOTH[usize::from(governors)].to_owned(), because, source, governors }
    }
}

/// What `[[duty]]` of the settings says of who approves it, if it does; what it says of one school only, the list says of the other.
fn as_settled(partnership: &Partnership, duty: &Duty) -> Option<Decider> {
    let told = partnership.schools.each_ref().map(|school| {
        let own = partnership.duties.iter().filter(|d| d.id == duty.id);
        let mut own = own.filter(|d| d.school.is_empty() || d.school == school.id);
        own.find_map(|d| d.approver.as_deref())
    });
    if told == [None, None] {
        return None;
    }
    let names = partnership.schools.each_ref().map(|s| s.name.as_str());
    let each = told.map(|own| own.unwrap_or(&duty.approver));
    let governed = each.map(governs);
    let who = match governed {
        [x, y] if x == y => BOTH[usize::from(x)].to_owned(),
        [true, false] => format!("the governing body of {} and the headteacher of {}", names[0], names[1]),
        _ => format!("the headteacher of {} and the governing body of {}", names[0], names[1]),
    };
    let because = format!(
        "The partnership's settings name who approves it: {}, {}; {}, {}.",
        names[0], each[0], names[1], each[1]
    );
    Some(Decider { who, because, source: "common-ground.toml".into(), governors: governed != [false; 2] })
}

/// Whether these words for who approves a policy are those of governors, not of a head.
pub fn governs(approver: &str) -> bool {
    let words = folded(approver);
    let head = words.split(' ').position(|w| w.starts_with("head"));
    let body = words.split(' ').position(|w| {
        w.starts_with("govern") || matches!(w, "committee" | "board" | "trustees" | "trust" | "chair" | "fgb")
    });
    body.is_some_and(|at| head.is_none_or(|head| at < head))
}

fn approved_by_governors(document: &Document) -> bool {
    document.front_matter.approved_by.as_deref().is_some_and(governs)
}
