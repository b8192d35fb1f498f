//! A document in the results file: its front matter, its receipt and every block of it in, JSON at its place in the list out.

use crate::document::{Block, BlockId, Document};
use crate::report::Outcome;
use crate::report::layout::Lines;

/// Bytes that a block takes beside its text, about.
const BLOCK: usize = 200;

/// The document, as it stands in a list at depth 1.
pub(super) fn written(id: usize, document: &Document, outcome: &Outcome) -> Vec<u8> {
    let text: usize = document.blocks.iter().map(|b| b.text.len() + BLOCK).sum();
    let mut lines = Lines::new(2, text);
    lines.open(b'{');
    lines.key("id");
    lines.number(id as u64);
    lines.key("school");
    lines.text(&document.school);
    lines.key("path");
    lines.text(&document.path);
    lines.key("title");
    lines.text(&document.title);
    lines.key("topic");
    lines.text_or_null(outcome.register.topics.get(id).and_then(|t| t.as_deref()));
    lines.key("front_matter");
    lines.value(&document.front_matter);
    lines.key("receipt");
    lines.value(&document.receipt);
    lines.key("blocks");
    // Neighbours mostly stand in the same section.
    let mut section: (Option<BlockId>, Vec<BlockId>) = (None, Vec::new());
    lines.list((0..).zip(&document.blocks), |lines, (id, block)| {
        if section.0 != block.parent {
            section = (block.parent, document.section(id));
        }
        one(lines, id, block, &section.1);
    });
    // Text that is no part of what the policy says: running headers, comments, deletions.
    lines.key("apart");
    lines.list(&document.apart, |lines, apart| {
        lines.open(b'{');
        lines.key("kind");
        lines.value(&apart.kind);
        lines.key("text");
        lines.text(&apart.text);
        if let Some(author) = &apart.author {
            lines.key("author");
            lines.text(author);
        }
        lines.close(b'}');
    });
    lines.key("pictures");
    lines.list(&document.pictures, |lines, picture| {
        lines.open(b'{');
        lines.key("alternative");
        lines.text_or_null(picture.alternative.as_deref());
        lines.key("bytes");
        lines.number(picture.bytes);
        lines.close(b'}');
    });
    lines.close(b'}');
    lines.bytes()
}

fn one(lines: &mut Lines, id: BlockId, block: &Block, section: &[BlockId]) {
    lines.open(b'{');
    lines.key("id");
    lines.number(u64::from(id));
    lines.key("kind");
    lines.value(&block.kind);
    lines.key("role");
    lines.value(&block.role);
    lines.key("level");
    lines.number(u64::from(block.level));
    lines.key("marker");
    lines.text_or_null(block.marker.as_deref());
    lines.key("section");
    lines.numbers(section);
    lines.key("text");
    lines.text(&block.text);
    lines.key("place");
    lines.open(b'{');
    lines.key("page");
    lines.number_or_null(block.place.page);
    lines.key("paragraph");
    lines.number(u64::from(block.place.paragraph));
    lines.close(b'}');
    if let Some(cell) = &block.cell {
        lines.key("cell");
        lines.open(b'{');
        lines.key("table");
        lines.number(u64::from(cell.table));
        lines.key("row");
        lines.number(u64::from(cell.row));
        lines.key("column");
        lines.number(u64::from(cell.column));
        lines.key("header");
        lines.value(&cell.header);
        lines.close(b'}');
    }
    lines.close(b'}');
}
