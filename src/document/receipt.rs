//! What of a file was read, and what was not: shown with every result, so that nothing is silently missing.

/// The count of what was read and the list of what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    /// Words and numbers in all blocks.
    pub words: u64,
    /// Blocks.
    pub blocks: u64,
    /// Tables, nested ones included.
    pub tables: u64,
    /// Pictures.
    pub pictures: u64,
    /// What could not be read; empty if everything was.
    pub unread: Vec<Unread>,
    /// Remarks on how it was read.
    pub notices: Vec<String>,
}

/// One thing that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unread {
    /// What it is: "embedded spreadsheet", "equation", "picture without alternative text".
    pub what: String,
    /// Where it stands, in words or as a part's name.
    pub r#where: String,
    /// Why it was not read.
    pub why: String,
}
