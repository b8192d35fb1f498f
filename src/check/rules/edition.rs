//! Editions of guidance that a later one replaced.

use super::superseded::tells_history;
use crate::document::Document;
use crate::document::date::in_words as date;
use jiff::civil::Date;

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct Edition;

impl Check for Edition {
    fn id(&self) -> &'static str {
        "edition"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "An edition of guidance is named that a later one replaced; an error if it was out of date already when the policy was approved."
    }

    fn why(&self) -> &'static str {
        "Staff may follow rules that are no longer those in force."
    }

    fn action(&self) -> &'static str {
        "Read what changed in the new edition, bring the policy into line, and name the edition in force."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "This policy follows Keeping Children Safe in Education 2023.",
            "This policy follows Keeping Children Safe in Education 2026.",
        )
    }

    fn source(&self) -> &'static str {
        "The table of editions that comes with this program, each row with its own source"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let approved = approved(look.document);
        let mut out = Vec::new();
        for stale in look.stale.iter().filter(|s| s.row.in_force_from.is_some()) {
            if tells_history(look, stale.place.block) {
                continue;
            }
            let Some(since) = stale.row.since else { continue };
            let current = look.setting.knowledge.references().current(stale.row, look.setting.today);
            let (severity, when) = match approved {
                // A vague date counts only if all its days lie on one side.
                Some((from, _)) if from >= since => (
                    Severity::Error,
                    format!(
                        "It was out of date already when the policy was approved: it was replaced on {}.",
                        date(since)
                    ),
                ),
                Some((_, to)) if to < since => (
                    Severity::Warning,
                    format!(
                        "It was current when the policy was approved; it was replaced on {}.",
                        date(since)
                    ),
                ),
                _ => (Severity::Warning, format!("It was replaced on {}.", date(since))),
            };
            let says = format!("{} is out of date. {when} Now: {current}.", stale.row.superseded);
            let found = look.found(stale.place, says);
            out.push(Found { severity: Some(severity), source: Some(stale.row.source.clone()), ..found });
        }
        out
    }
}

/// The days on which the policy may have been written, approved or last looked at.
pub(super) fn approved(document: &Document) -> Option<(Date, Date)> {
    let front = &document.front_matter;
    let dates = [&front.written_on, &front.approved_on, &front.last_review];
    dates.into_iter().flatten().filter_map(|d| d.from.zip(d.to)).max()
}
