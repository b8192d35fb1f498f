//! The levels of headings as both policies have them: two outlines in, ranks out.
//!
//! One school's top headings may be of level 1 and the other's of level 2, below a title that stands in neither body.

use crate::document::{BlockId, Document, Kind, Role};

use super::Side;

/// The ranks of heading levels in the bodies of two policies.
#[derive(Clone, Debug)]
pub struct Levels<'d> {
    documents: [&'d Document; 2],
    /// The levels that occur, ascending.
    used: [Vec<u8>; 2],
}

impl<'d> Levels<'d> {
    /// Of the first school's policy and the second's.
    pub fn of(documents: [&'d Document; 2]) -> Self {
        let used = documents.map(|document| {
            let headings = document.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body);
            let mut levels: Vec<u8> = headings.map(|b| b.level).collect();
            levels.sort_unstable();
            levels.dedup();
            levels
        });
        Self { documents, used }
    }

    /// 1 for a heading of a policy's top level, 2 for one of the next that it has; none for what is no heading.
    pub fn rank(&self, (side, id): (Side, BlockId)) -> Option<u8> {
        let block = self.documents[side.index()].blocks.get(id as usize)?;
        let below = self.used[side.index()].iter().filter(|level| **level < block.level).count();
        (block.kind == Kind::Heading).then(|| u8::try_from(below + 1).unwrap_or(u8::MAX))
    }
}
