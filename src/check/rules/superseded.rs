//! Laws, bodies and terms that are no longer current.

use crate::document::Role;
use crate::document::date::in_words as date;
use crate::knowledge::Zone;

use super::super::Stale;
use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct Superseded;

impl Check for Superseded {
    fn id(&self) -> &'static str {
        "superseded"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "A law, guidance, body or term is named that has been replaced; an error where the table of facts says so."
    }

    fn why(&self) -> &'static str {
        "The policy points to rules or people that are no longer there."
    }

    fn action(&self) -> &'static str {
        "Put in what replaced it, or take it out."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "Records are kept under the Data Protection Act 1998.",
            "The 2018 Act replaced the Data Protection Act 1998.",
        )
    }

    fn source(&self) -> &'static str {
        "The table of superseded references that comes with this program, each row with its own source"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let mut out = Vec::new();
        for stale in &look.stale {
            let row = stale.row;
            if row.in_force_from.is_some()
                || row.category == "wrong-school-type"
                || tells_history(look, stale.place.block)
                || is_title(look, stale)
            {
                continue;
            }
            let current = look.setting.knowledge.references().current(row, look.setting.today);
            let since = row.since.map_or_else(String::new, |s| format!(" since {}", date(s)));
            let says = format!(
                "{} is out of date{since}. Now: {current}.",
                row.name(stale.place.text(look.document))
            );
            let severity = Some(if row.severity == "error" { Severity::Error } else { Severity::Warning });
            out.push(Found { severity, source: Some(row.source.clone()), ..look.found(stale.place, says) });
        }
        out
    }
}

/// Whether a block tells what was done when: a table of versions, the front matter.
pub(super) fn tells_history(look: &Look, block: u32) -> bool {
    let role = look.document.blocks.get(block as usize).map(|b| b.role);
    let zone = look.heading(block).and_then(|h| look.setting.knowledge.headings().find(h)).map(|h| h.zone);
    role != Some(Role::Body) || zone == Some(Zone::Control)
}

/// A body that is part of the title of an old document points to that document, which still has that name: "(DfES, 2006)".
fn is_title(look: &Look, stale: &Stale) -> bool {
    if stale.row.category != "body" {
        return false;
    }
    let text = look.document.blocks.get(stale.place.block as usize).map_or("", |b| b.text.as_str());
    let after =
        text.get(stale.place.end as usize..).unwrap_or("").trim_start_matches([' ', ',', '-', ':', '/', ')']);
    let year: String = after.chars().take_while(char::is_ascii_digit).collect();
    year.len() == 4 && year.starts_with(['1', '2'])
}
