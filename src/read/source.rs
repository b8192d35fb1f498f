//! The only place that opens input files: folders are listed, regular files are read up to the ceiling.

/// One input file, wholly in memory.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the folder the user named, forward slashes; see [`crate::document::Document::path`].
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Source {
    /// The lower-case ending of the file name without the point; empty if there is none.
    pub fn ending(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_lowercase())
    }
}
