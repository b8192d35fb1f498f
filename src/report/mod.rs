//! What people and programs open: everything that was found in, files' bytes out.

use crate::compare::Comparison;
use crate::document::{Document, Partnership};
use crate::error::Error;
use crate::pair::Register;

/// Everything one run found.
#[derive(Debug)]
pub struct Outcome {
    /// The two schools.
    pub partnership: Partnership,
    /// All documents that could be read: the first school's, then the second's, each in order of path.
    pub documents: Vec<Document>,
    /// What belongs together.
    pub register: Register,
    /// One entry per pair of the register.
    pub comparisons: Vec<Comparison>,
    /// Files that could not be read.
    pub problems: Vec<Error>,
    /// The date the user gave, YYYY-MM-DD.
    pub today: jiff::civil::Date,
    /// The day the bundled facts were last looked at.
    pub rules_as_at: &'static str,
}

/// One file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Relative to the output folder, forward slashes.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A format of results.
pub(crate) trait Report: Sync {
    /// What `--format` calls it.
    fn id(&self) -> &'static str;
    /// Renders everything; the same outcome gives the same bytes.
    fn render(&self, outcome: &Outcome) -> Vec<Page>;
}

/// All formats.
pub(crate) const REPORTS: &[&dyn Report] = &[];
