//! Tracked changes and comments left in a file.

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct TrackedChanges;

impl Check for TrackedChanges {
    fn id(&self) -> &'static str {
        "tracked_changes"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "Tracked changes are left in the file; in an adopted policy that is an error."
    }

    fn why(&self) -> &'static str {
        "Nobody can tell which wording was agreed."
    }

    fn action(&self) -> &'static str {
        "Accept or reject every change, delete the comments, and save."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("a Word file with one tracked insertion", "the same file after “accept all changes”")
    }

    fn source(&self) -> &'static str {
        "The school's own file"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let tracked: Vec<&str> = look
            .document
            .receipt
            .notices
            .iter()
            .filter(|n| n.contains(" tracked "))
            .map(String::as_str)
            .collect();
        if tracked.is_empty() {
            return Vec::new();
        }
        let counted: Vec<String> =
            tracked.iter().filter_map(|n| n.split(':').next()).map(in_number).collect();
        let adopted = look.adopted();
        let says = match adopted {
            true => format!("The adopted policy still has {}.", counted.join(" and ")),
            false => format!("The file still has {}.", counted.join(" and ")),
        };
        let severity = Some(if adopted { Severity::Error } else { Severity::Warning });
        vec![Found { severity, document: Some(look.at), says, ..Found::default() }]
    }
}

/// "1 tracked insertions" as "1 tracked insertion".
fn in_number(counted: &str) -> String {
    match counted.strip_prefix("1 ") {
        Some(_) => counted.trim_end_matches('s').to_owned(),
        None => counted.to_owned(),
    }
}
