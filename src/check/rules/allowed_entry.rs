//! Entries of the settings that no longer allow anything; `allowed` finds them once it has matched all entries.

use super::{Check, Severity};

/// See the module.
pub(super) struct AllowedEntry;

impl Check for AllowedEntry {
    fn id(&self) -> &'static str {
        "allowed_entry"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "An entry of common-ground.toml that allows a finding has lapsed, has no day that can be understood, or matches nothing."
    }

    fn why(&self) -> &'static str {
        "What was agreed for a time is agreed no longer, or is not where it was thought to be."
    }

    fn action(&self) -> &'static str {
        "Decide anew, or take the entry out."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("expires = \"2025-07-31\" (looked at in November 2026)", "expires = \"2027-07-31\"")
    }

    fn source(&self) -> &'static str {
        "The partnership's own common-ground.toml"
    }
}
