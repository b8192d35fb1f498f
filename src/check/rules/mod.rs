//! The checks: one a file, registered in [`CHECKS`]; a document or the whole set in, findings out.

mod allowed_entry;
mod broken_field;
mod broken_reference;
mod contradiction;
mod copy_missing;
mod drifted;
mod edition;
mod gap;
mod highlight;
mod lapsed;
mod missing_policy;
mod old_facts;
mod other_school;
mod set_aside;
mod superseded;
mod tracked_changes;
mod wrong_phase;
mod wrong_type;

use super::{Found, Look, Setting, Severity};

/// Something that is looked for.
pub trait Check: Sync {
    /// Short id: "gap".
    fn id(&self) -> &'static str;
    /// How much it usually matters.
    fn severity(&self) -> Severity;
    /// One sentence: what it finds.
    fn summary(&self) -> &'static str;
    /// Why it matters.
    fn why(&self) -> &'static str;
    /// What to do about it.
    fn action(&self) -> &'static str;
    /// A text in which it is found, and one in which it is not.
    fn example(&self) -> (&'static str, &'static str);
    /// What it goes by, for `explain`; where a finding goes by a fact of its own, the finding names that.
    fn source(&self) -> &'static str;
    /// Looks at one document.
    #[doc(hidden)]
    fn document(&self, _look: &Look) -> Vec<Found> {
        Vec::new()
    }
    /// Looks at the whole set.
    #[doc(hidden)]
    fn set(&self, _setting: &Setting) -> Vec<Found> {
        Vec::new()
    }
}

/// All checks, in the order in which `explain` lists them.
pub const CHECKS: &[&dyn Check] = &[
    &drifted::Drifted,
    &copy_missing::CopyMissing,
    &set_aside::SetAside,
    &tracked_changes::TrackedChanges,
    &edition::Edition,
    &superseded::Superseded,
    &lapsed::Lapsed,
    &old_facts::OldFacts,
    &gap::Gap,
    &broken_field::BrokenField,
    &highlight::Highlight,
    &other_school::OtherSchool,
    &wrong_type::WrongType,
    &wrong_phase::WrongPhase,
    &missing_policy::MissingPolicy,
    &broken_reference::BrokenReference,
    &contradiction::Contradiction,
    &allowed_entry::AllowedEntry,
];
