//! Two versions of one Word file in, one Word file out in which every change is tracked: accepting all gives the new one, rejecting all
//! the old one, in the text, notes, headers, footers and text boxes.
//!
//! 1. `bundle`, `tree`: the packages and their parts; changes tracked earlier are accepted first (`settle`).
//! 2. `transplant`: what the old version refers to (pictures, links, lists, styles, notes) gets its name in the new version's package.
//! 3. `units`: which paragraphs, tables and rows correspond, and which moved.
//! 4. `story`, `paragraph`, `atoms`: the merged text, changes tracked word by word (`pen`).

mod atoms;
mod bundle;
mod paragraph;
mod parts;
mod pen;
mod settle;
mod story;
mod transplant;
mod tree;
mod units;

use crate::error::Result;
use crate::read::Source;

use settle::Verdict;

pub(crate) use bundle::{Bundle, Relation};
pub(crate) use tree::{Id, Tree, close, escape};

/// Who made the changes, and when.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The name that Word shows.
    pub author: String,
    /// The day.
    pub date: jiff::civil::Date,
}

/// A Word file with its changes tracked.
#[derive(Clone, Debug, Default)]
pub struct Redline {
    /// The file.
    pub bytes: Vec<u8>,
    /// Stretches of words that came.
    pub insertions: u32,
    /// Stretches of words that went.
    pub deletions: u32,
    /// Passages that moved; each stands twice, where it was and where it is.
    pub moves: u32,
    /// Stretches and paragraphs whose formatting alone changed.
    pub formats: u32,
    /// What a reader should know: what was settled first, what was left out.
    pub notices: Vec<String>,
}

impl Redline {
    /// All tracked changes together: of words, places and formatting.
    pub fn changes(&self) -> u32 {
        [self.deletions, self.moves, self.formats].into_iter().fold(self.insertions, u32::saturating_add)
    }
}

/// Makes the redline of two versions.
///
/// # Errors
///
/// Input, Limit or Unsupported with the path of the file concerned; nothing is written.
pub fn redline(before: &Source, after: &Source, stamp: &Stamp) -> Result<Redline> {
    let old = Bundle::open(&before.bytes).map_err(|e| e.at(&before.path))?;
    let new = Bundle::open(&after.bytes).map_err(|e| e.at(&after.path))?;
    parts::merge(old, new, stamp).map_err(|e| e.at(&after.path))
}

/// The file with every tracked change accepted.
///
/// # Errors
///
/// As [`redline`].
pub fn accepted(source: &Source) -> Result<Vec<u8>> {
    settled(source, Verdict::Accept)
}

/// The file with every tracked change rejected.
///
/// # Errors
///
/// As [`redline`].
pub fn rejected(source: &Source) -> Result<Vec<u8>> {
    settled(source, Verdict::Reject)
}

fn settled(source: &Source, verdict: Verdict) -> Result<Vec<u8>> {
    let mut bundle = Bundle::open(&source.bytes).map_err(|e| e.at(&source.path))?;
    for name in parts::stories(&bundle)? {
        let Some(bytes) = bundle.parts.get(&name) else { continue };
        let mut tree = Tree::parse(bytes)?;
        settle::settle(&mut tree, verdict);
        bundle.parts.insert(name, tree.part());
    }
    bundle.save()
}
