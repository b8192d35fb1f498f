//! Older editions and second copies of a policy, which the other checks pass over.

use super::super::drift;
use super::edition::approved;
use super::{Check, Found, Setting, Severity};

/// See the module.
pub(super) struct SetAside;

impl Check for SetAside {
    fn id(&self) -> &'static str {
        "set_aside"
    }

    fn severity(&self) -> Severity {
        Severity::Note
    }

    fn summary(&self) -> &'static str {
        "A file is another edition or copy of a policy and was not checked; an error if the policy was adopted and this copy, not dated earlier, says something else."
    }

    fn why(&self) -> &'static str {
        "Whoever opens the folder may follow the wrong copy."
    }

    fn action(&self) -> &'static str {
        "Move the copy that is not in force out of the folder, or name it under [[ignore]] in common-ground.toml with a reason."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("“Complaints 2022.docx” beside “Complaints 2025.docx”", "“Complaints 2025.docx” by itself")
    }

    fn source(&self) -> &'static str {
        "The school's own files: which of two copies holds only the school can say"
    }

    fn set(&self, setting: &Setting) -> Vec<Found> {
        let editions = setting.register.editions.iter();
        editions
            .filter_map(|edition| {
                let school = setting.documents.get(edition.document)?.school.as_str();
                setting.schools.iter().any(|s| s.id == school).then(|| {
                    let moved = moved_away(setting, edition.document, edition.used);
                    let says = format!("This file was not checked. {}", edition.because);
                    let (severity, says) = match moved {
                        0 => (None, says),
                        1 => (
                            Some(Severity::Error),
                            format!("{says} It moved away in 1 place from what was adopted."),
                        ),
                        n => (
                            Some(Severity::Error),
                            format!("{says} It moved away in {n} places from what was adopted."),
                        ),
                    };
                    Found { document: Some(edition.document), severity, says, ..Found::default() }
                })
            })
            .collect()
    }
}

/// In how many passages a copy moved away from what was adopted; none if nothing was, or if it is dated before the adoption: then it is the policy that
/// held until then.
fn moved_away(setting: &Setting, copy: usize, used: usize) -> usize {
    let Some(document) = setting.documents.get(copy) else { return 0 };
    let Some(school) = setting.schools.iter().find(|s| s.id == document.school) else { return 0 };
    let bound = setting.baselines.iter().filter(|b| b.binds(&school.id));
    let Some(baseline) = bound.into_iter().find(|b| {
        drift::copy(setting, b, school) == Some(used)
            && approved(document).is_none_or(|(_, last)| last >= b.adopted_on)
    }) else {
        return 0;
    };
    drift::of_copy(setting, baseline, school, copy).len()
}
