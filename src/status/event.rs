//! One thing that happened to a policy, or within a theme, as it is kept in the log.

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

/// How far a policy has come with a school, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The two schools' texts were put beside each other.
    Compared,
    /// There is a draft of a shared text.
    Drafted,
    /// Those who had to be asked were asked.
    Consulted,
    /// The school's governing body, or who it has delegated this to, approved it.
    Approved,
    /// The approved text is where people look for it.
    Published,
}

impl State {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::Compared, Self::Drafted, Self::Consulted, Self::Approved, Self::Published];

    /// In plain words, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compared => "compared",
            Self::Drafted => "drafted",
            Self::Consulted => "consulted",
            Self::Approved => "approved",
            Self::Published => "published",
        }
    }
}

/// What somebody is to do next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Action {
    /// What.
    pub what: String,
    /// Who.
    pub owner: String,
    /// The last day for it.
    pub due: Date,
}

/// One record of the log. Either `policy` or `theme` says what it is about; an event that only takes another back is about what that is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Event {
    /// The day on which it happened.
    pub on: Date,
    /// The day on which it was recorded.
    pub recorded: Date,
    /// How many records that log had before it on the machine where it was written.
    pub number: u64,
    /// By whom it was done: a committee, a post, a person.
    pub by: String,
    /// The policy: its topic's id, or words of its title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub policy: String,
    /// The theme, if it is about no policy.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// The ids of the schools for which it happened.
    pub schools: Vec<String>,
    /// The state that was reached; none for a remark or an action alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Where it is minuted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub minute: String,
    /// In the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The day from which the policy holds, if it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds_from: Option<Date>,
    /// What changes for a child, in plain sentences for parents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub for_parents: Vec<String>,
    /// What somebody is to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Action>,
    /// The ids of events whose actions are done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<String>,
    /// The id of the event that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_back: Option<String>,
}

impl Event {
    /// Tells this event from all others; the same on every machine, and of a record that stands twice.
    pub fn id(&self) -> String {
        let record = serde_json::to_string(self).unwrap_or_default();
        format!("e-{:010x}", xxh3_64(record.as_bytes()) >> 24)
    }
}
