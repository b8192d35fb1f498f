//! A school that adopted a shared policy and has no copy of it.

use super::super::drift;
use super::{Check, Found, Setting, Severity};

/// See the module.
pub(super) struct CopyMissing;

impl Check for CopyMissing {
    fn id(&self) -> &'static str {
        "copy_missing"
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn summary(&self) -> &'static str {
        "A school adopted a shared policy, but no copy of it is among its files."
    }

    fn why(&self) -> &'static str {
        "Staff and parents of that school cannot read what was agreed."
    }

    fn action(&self) -> &'static str {
        "Put the adopted policy into the school's folder."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "baselines/uniform.toml names the junior school, whose folder has no uniform policy",
            "both folders have one",
        )
    }

    fn source(&self) -> &'static str {
        "What both governing bodies adopted, as the folder “baselines” holds it, and the schools' own files"
    }

    fn set(&self, setting: &Setting) -> Vec<Found> {
        let mut out = Vec::new();
        for baseline in setting.baselines {
            for school in setting.schools.iter().filter(|s| baseline.binds(&s.id)) {
                if drift::copy(setting, baseline, school).is_none() {
                    let says =
                        format!("{} adopted “{}”, but has no copy of it.", school.name, baseline.title);
                    out.push(Found { path: Some(school.folder.clone()), says, ..Found::default() });
                }
            }
        }
        out
    }
}
