//! Where what the walk has finished is filed: blocks, what is kept apart, notes, comments, and what waits for the paragraph around it.

use crate::document::{Apart, ApartKind, Block, Kind};

use super::super::paragraph::Paragraph;
use super::{Body, Open};

impl Body<'_> {
    pub(super) fn keep_apart(&mut self, kind: ApartKind, text: String) {
        if !text.trim().is_empty() {
            let author = if kind == ApartKind::Deleted { self.author.take() } else { None };
            let block = self.block_id();
            self.found.apart.push(Apart { kind, text, author, block });
        }
    }

    /// The paragraph becomes a block, followed by what stood inside it.
    pub(super) fn finish(&mut self, paragraph: &mut Paragraph) {
        if paragraph.drop_cap {
            self.drop_cap = paragraph.passage.text().to_owned();
            return;
        }
        let block = paragraph.end(self.styles, self.numbering);
        for id in std::mem::take(&mut paragraph.commented) {
            let at = self.block_id().unwrap_or(0);
            let at = if block.is_none() { at.saturating_sub(1) } else { at };
            self.found.commented.entry(id).or_insert(at);
        }
        if let Some(block) = block {
            self.push(block);
        }
        for inner in paragraph.inside.drain(..).chain(paragraph.notes.drain(..)) {
            self.push(inner);
        }
    }

    /// Files a finished block where it belongs.
    pub(super) fn push(&mut self, mut block: Block) {
        match &self.piece {
            Some((id, _)) if self.open.contains(&Open::Note) => {
                block.kind = Kind::Note;
                block.level = 0;
                block.marker = Some(id.clone());
                self.found.noted.push((id.clone(), block));
                return;
            }
            Some((id, author)) if self.open.contains(&Open::Comment) => {
                match self.found.comments.last_mut().filter(|(last, ..)| last == id) {
                    Some((.., text)) => {
                        text.push(' ');
                        text.push_str(&block.text);
                    }
                    None => self.found.comments.push((id.clone(), author.clone(), block.text)),
                }
                return;
            }
            _ => {}
        }
        // Inside a box, blocks wait for the paragraph that the box is anchored to.
        if block.kind == Kind::TextBox
            && let Some(host) = self.paragraphs.first_mut()
        {
            host.inside.push(block);
            return;
        }
        block.place.paragraph = u32::try_from(self.here()).unwrap_or(u32::MAX).saturating_add(1);
        self.found.blocks.push(block);
    }
}
