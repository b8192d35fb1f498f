//! One open paragraph of a Word file: what it is made of while it is walked, and the block that it becomes.

use crate::document::{Block, Cell, Kind};

use super::super::passage::Passage;
use super::numbering::Numbering;
use super::styles::{Props, Styles};

/// The longest bold lead-in, in bytes, that a line break may part from its text as a heading of its own.
const LEAD_IN: usize = 100;

/// An open paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) passage: Passage,
    pub(super) style: Option<String>,
    /// What the paragraph itself sets.
    pub(super) props: Props,
    pub(super) cell: Option<Cell>,
    pub(super) in_box: bool,
    /// In a contents field or gallery.
    pub(super) contents: bool,
    /// Blocks that stand inside it (text boxes) and follow it.
    pub(super) inside: Vec<Block>,
    /// Notes it refers to.
    pub(super) notes: Vec<Block>,
    /// Comments anchored in it.
    pub(super) commented: Vec<String>,
    size: u16,
    underlined: Option<bool>,
    all_bold: bool,
    /// A line break was met after bold text only.
    break_after_bold: bool,
    pub(super) new_page: bool,
    /// The large first letter of the next paragraph.
    pub(super) drop_cap: bool,
}

/// How the text that comes next is formatted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Format {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underlined: bool,
    pub(super) highlighted: bool,
    pub(super) size: u16,
}

impl Paragraph {
    pub(super) fn new(cell: Option<Cell>, in_box: bool, contents: bool) -> Self {
        Self { cell, in_box, contents, all_bold: true, ..Self::default() }
    }

    /// Adds text. True if a bold lead-in ended at a line break just before it: then the caller ends the paragraph first.
    pub(super) fn parts_before(&self, text: &str, format: Format) -> bool {
        let wordy = text.chars().any(char::is_alphanumeric);
        self.break_after_bold && wordy && !format.bold && self.passage.text().len() <= LEAD_IN
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str, format: Format) {
        self.passage.set_bold(format.bold);
        self.passage.set_italic(format.italic);
        self.passage.set_highlighted(format.highlighted);
        if text.chars().any(char::is_alphanumeric) {
            self.size = self.size.max(format.size);
            self.underlined = Some(self.underlined.unwrap_or(true) && format.underlined);
            self.all_bold &= format.bold;
            self.break_after_bold = false;
        }
        self.passage.push(text);
    }

    /// A line break within the paragraph.
    pub(super) fn line_break(&mut self) {
        self.break_after_bold = self.all_bold && !self.passage.is_empty();
        self.passage.push(" ");
    }

    /// Ends the text so far as a block of its own, the paragraph going on.
    pub(super) fn part(&mut self, styles: &Styles, numbering: &mut Numbering) -> Option<Block> {
        let passage = std::mem::take(&mut self.passage);
        self.break_after_bold = false;
        let block = self.block(passage, styles, numbering);
        self.props.list = Some("0".into()); // the number was shown once
        self.size = 0;
        self.underlined = None;
        block
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self, styles: &Styles, numbering: &mut Numbering) -> Option<Block> {
        let passage = std::mem::take(&mut self.passage);
        self.block(passage, styles, numbering)
    }

    fn block(&self, passage: Passage, styles: &Styles, numbering: &mut Numbering) -> Option<Block> {
        let style = styles.paragraph(self.style.as_deref());
        let list = self.props.list.as_ref().or(style.props.list.as_ref()).filter(|l| *l != "0").cloned();
        let tied =
            || self.style.as_deref().zip(list.as_deref()).and_then(|(s, l)| numbering.level_of_style(l, s));
        let level = self.props.list_level.or_else(tied).or(style.props.list_level).unwrap_or(0);
        // A numbered paragraph without text shows no number to speak of, but Word counts it only if it is not empty.
        if passage.is_empty() {
            return None;
        }
        let marker = list.as_deref().and_then(|l| numbering.next(l, level));
        let heading = match self.props.outline {
            Some(outline @ 0..=8) => Some(outline.saturating_add(1)),
            Some(_) => None,
            None => style.heading,
        };
        let depth = if marker.is_some() { level.saturating_add(1) } else { 0 };
        let mut block = Block { marker, ..Block::default() };
        block.look.size = self.size;
        block.look.underlined = self.underlined.unwrap_or(false);
        block.look.centred = self.props.centred.or(style.props.centred).unwrap_or(false);
        block.look.new_page =
            self.new_page || self.props.page_before.or(style.props.page_before).unwrap_or(false);
        block.look.title = style.title;
        block.look.contents = style.contents || self.contents;
        if self.in_box {
            block.kind = Kind::TextBox;
            block.level = depth;
        } else if let Some(cell) = self.cell {
            block.kind = Kind::TableCell;
            block.cell = Some(cell);
            block.level = depth;
        } else if let Some(level) = heading.filter(|_| !block.look.contents) {
            block.kind = Kind::Heading;
            block.level = level;
            block.look.styled = true;
        } else if block.marker.is_some() {
            block.kind = Kind::ListItem;
            block.level = depth;
        }
        passage.finish(&mut block).then_some(block)
    }
}
