//! The facts themselves are old.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::date::in_words as date;

use super::{Check, Found, Setting, Severity};

/// See the module.
pub(super) struct OldFacts;

impl Check for OldFacts {
    fn id(&self) -> &'static str {
        "old_facts"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "The tables of facts about law and guidance were last looked at more than a year ago."
    }

    fn why(&self) -> &'static str {
        "New editions and laws since then are not known to this program."
    }

    fn action(&self) -> &'static str {
        "Get a newer version, or keep your own tables with --rules."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "facts as at 1 January 2025, looked at in November 2026",
            "facts as at 24 November 2026, looked at in December 2026",
        )
    }

    fn source(&self) -> &'static str {
        "The day at which the tables of facts were last looked at, as-at.txt"
    }

    fn set(&self, setting: &Setting) -> Vec<Found> {
        let Ok(as_at) = setting.knowledge.as_at.parse::<Date>() else { return Vec::new() };
        let old = as_at.checked_add(1.year()).is_ok_and(|limit| limit < setting.today);
        if !old {
            return Vec::new();
        }
        let says =
            format!("The facts about law and guidance are as at {}, more than a year ago.", date(as_at));
        vec![Found { path: Some(String::new()), says, ..Found::default() }]
    }
}
