//! What only another type of school has.

use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct WrongType;

impl Check for WrongType {
    fn id(&self) -> &'static str {
        "wrong_type"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "The policy names what only another type of school has: an academy's funding agreement, a sixth form."
    }

    fn why(&self) -> &'static str {
        "It shows that a template was taken over unread, and may name a duty that is not the school's."
    }

    fn action(&self) -> &'static str {
        "Take it out, or put in what holds for this school."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "Students in the sixth form may leave at lunch. (in an infant school)",
            "Pupils in Year 6 may walk home alone.",
        )
    }

    fn source(&self) -> &'static str {
        "The table of superseded references that comes with this program, each row with its own source"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let maintained = look.school.kind.eq_ignore_ascii_case("maintained");
        let primary = !look.school.phases.is_empty()
            && look.school.phases.iter().all(|p| ["eyfs", "ks1", "ks2"].contains(&p.to_lowercase().as_str()))
            || ["infant", "junior", "primary"].iter().any(|w| look.school.name.to_lowercase().contains(w));
        let mut out = Vec::new();
        for stale in look.stale.iter().filter(|s| s.row.category == "wrong-school-type") {
            // The table's own condition: the first row is for maintained schools, the other for primary ones.
            let fits = if stale.row.condition.contains("maintained") { maintained } else { primary };
            if fits {
                let says = format!(
                    "“{}” does not belong in a policy of {}.",
                    stale.place.text(look.document),
                    look.school.name
                );
                out.push(Found { source: Some(stale.row.source.clone()), ..look.found(stale.place, says) });
            }
        }
        out
    }
}
