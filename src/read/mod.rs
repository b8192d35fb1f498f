//! Bytes in, documents out: one reader a format, chosen by what the bytes are, not by what the name says.

use crate::document::{Document, Reading};
use crate::error::{Error, ErrorKind, Result};

pub mod source;

pub use source::Source;

/// A format that can be read.
pub(crate) trait Reader: Sync {
    /// Short name: "docx".
    fn id(&self) -> &'static str;
    /// Whether these bytes, whose file has this lower-case ending, are of this format.
    fn recognises(&self, bytes: &[u8], ending: &str) -> bool;
    /// Reads the bytes.
    ///
    /// # Errors
    ///
    /// Input, Limit or Unsupported, without a path.
    fn read(&self, source: &Source) -> Result<Reading>;
}

/// All formats, in the order in which they are tried.
pub(crate) const READERS: &[&dyn Reader] = &[];

/// Reads one file of a school.
///
/// # Errors
///
/// Input, Limit or Unsupported with the path; also if nothing can be read of it: an empty policy is never returned.
pub fn read(source: &Source, school: &str) -> Result<Document> {
    let reader = READERS.iter().find(|r| r.recognises(&source.bytes, &source.ending())).ok_or_else(|| {
        Error::new(ErrorKind::Unsupported, "not a kind of file that is read").at(&source.path)
    })?;
    let reading = reader.read(source).map_err(|e| e.at(&source.path))?;
    Ok(Document::new(school, &source.path, reading))
}
