//! Common Ground reads the policies of two partner schools and shows where they do things differently.
//!
//! # The tour
//!
//! ```text
//! path → Source → Document → Register → Alignment → Comparison → Outcome → bytes
//!       (read)             (pair)     (align)      (compare)    (report)  (store)
//! ```
//!
//! * [`read`]: bytes of a file become a [`document::Document`], with a receipt of what was read and what was not.
//! * [`pair`]: the documents of two schools become a [`pair::Register`]: which file matches which, how surely, and why.
//! * [`align`]: the blocks of a pair become links ([`align::Alignment`]): same, partial, moved, only here.
//! * [`compare`]: each link becomes differences with a kind and a weight ([`compare::Comparison`]).
//! * [`check`]: documents by themselves and beside what was adopted become findings ([`check::Finding`]).
//! * [`merge`]: a comparison and what people decided become a shared draft ([`merge::Draft`]) and its ledger.
//! * [`feedback`]: a draft that came back from Word becomes answers, questions and comments ([`feedback::Feedback`]).
//! * [`ethos`]: the values and the wording that both schools share, as places in their policies ([`ethos::Ethos`]).
//! * [`curriculum`]: what each year group is taught by which school ([`curriculum::Subject`]), with gaps and repeats where children change school.
//! * [`redline`]: two versions of one Word file become a Word file with every change tracked ([`redline::Redline`]).
//! * [`status`]: what was recorded and adopted becomes where each policy stands with each school ([`status::Status`]).
//! * [`report`]: everything that was found ([`report::Outcome`]) becomes files for people and for programs.
//! * [`store`]: every write, whole or not at all.
//! * [`cli`]: one file a subcommand.
//!
//! [`knowledge`] (dated facts about English school policies) and [`document`] (what a policy is) serve all rooms. A room
//! uses only rooms above it in this list.
//!
//! # Words
//!
//! *document* a parsed file · *policy* a document on a topic · *block* heading, paragraph, list item, table cell ·
//! *front matter* title, version, owner, approved, review due · *register* the table of pairs · *alignment* links between
//! blocks · *difference* one thing the schools say differently, with a *kind* and a *weight* (`decide`, `check`, `local`,
//! `wording`) · *local fact* a name, number, time or place that should differ · *drift* an adopted copy that moved
//! away · *baseline* what was adopted · *finding* what a check reports · *receipt* what of a file was read and what
//! was not · *edition* a dated version of guidance, or an older copy of a policy.

#![forbid(unsafe_code)]

pub mod error;
pub mod limits;

pub mod knowledge;

pub mod document;

pub mod read;

pub mod pair;

pub mod align;

pub mod compare;

pub mod check;

pub mod merge;

pub mod feedback;

pub mod ethos;

pub mod curriculum;

pub mod redline;

pub mod status;

pub mod report;

pub mod store;

pub mod cli;

pub use error::{Error, ErrorKind, Result};
