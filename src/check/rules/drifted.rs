//! Adopted copies that have moved away from what was agreed.

use rayon::prelude::*;

use super::super::drift;
use super::{Check, Found, Setting, Severity};

/// See the module.
pub(super) struct Drifted;

impl Check for Drifted {
    fn id(&self) -> &'static str {
        "drift"
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn summary(&self) -> &'static str {
        "A school's copy of an adopted policy no longer says what was adopted: an error where what is done changes, a warning where only words do."
    }

    fn why(&self) -> &'static str {
        "The two schools believe that they follow the same policy and do not; nobody approved the change."
    }

    fn action(&self) -> &'static str {
        "Put the adopted words back, or bring the change to both governing bodies and adopt it."
    }

    fn example(&self) -> (&'static str, &'static str) {
        (
            "adopted: “within 24 hours”; the school's copy: “within 48 hours”",
            "the same words on other pages, with other numbers and another telephone number",
        )
    }

    fn source(&self) -> &'static str {
        "What both governing bodies adopted, as the folder “baselines” holds it"
    }

    fn set(&self, setting: &Setting) -> Vec<Found> {
        let pairs: Vec<_> = setting
            .baselines
            .iter()
            .flat_map(|b| setting.schools.iter().filter(|s| b.binds(&s.id)).map(move |s| (b, s)))
            .collect();
        pairs.into_par_iter().flat_map_iter(|(b, s)| drift::drift(setting, b, s)).collect()
    }
}
