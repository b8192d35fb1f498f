//! The text of a Word part walked from end to end with an explicit stack: XML in, blocks out.

use std::collections::BTreeMap;

use crate::document::{Apart, ApartKind, Block, BlockId};
use crate::error::{Error, Result};
use crate::limits;

use super::super::table::Tables;
use super::super::xml::{Node, Nodes, Space};
use super::numbering::Numbering;
use super::paragraph::{Format, Paragraph};
use super::repeated::{Repeated, RunProps};
use super::styles::{Props, Styles};

mod filing;
mod opening;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) apart: Vec<Apart>,
    pub(super) pictures: Vec<Pictured>,
    pub(super) tables: u32,
    /// What was met and is not read, and near which paragraph.
    pub(super) unread: Vec<(&'static str, usize)>,
    /// Header and footer parts referred to, by relationship id.
    pub(super) margins: Vec<(ApartKind, String)>,
    /// In a part of notes: the id of the note and a block of it.
    pub(super) noted: Vec<(String, Block)>,
    /// In a part of comments: id, author, text.
    pub(super) comments: Vec<(String, Option<String>, String)>,
    /// The block that each comment is anchored to.
    pub(super) commented: BTreeMap<String, BlockId>,
    pub(super) insertions: u32,
    pub(super) deletions: u32,
    pub(super) hidden: u32,
}

/// A picture met in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Pictured {
    pub(super) alternative: Option<String>,
    pub(super) relation: Option<String>,
    pub(super) block: Option<BlockId>,
    pub(super) shown: [u32; 2],
}

/// What an open element is to the walk.
#[derive(Clone, Debug, PartialEq)]
enum Open {
    Paragraph,
    ParagraphProps,
    Run,
    RunProps,
    /// Text that is shown.
    Text,
    /// Text that a tracked change deleted.
    DeletedText,
    /// The instruction of a field.
    Instruction,
    Deletion,
    Table,
    Row,
    Cell,
    Box(Vec<crate::document::Cell>),
    Link,
    /// `AlternateContent`: whether a choice was read.
    Choices(bool),
    Note,
    Comment,
    Contents,
    Drawing,
    Other,
}

/// A field that is open: whether its result has begun, and whether it is a contents list.
#[derive(Debug, Default)]
struct Field {
    result: bool,
    instruction: String,
}

/// The walk.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    numbering: &'s mut Numbering,
    /// Notes by "footnotes:1", to be put after the paragraph that refers to them.
    pub(super) notes: BTreeMap<String, Vec<Block>>,
    found: Found,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    tables: Tables,
    fields: Vec<Field>,
    run: RunProps,
    /// The open run has shown no properties yet.
    bare: bool,
    /// The open properties hold nothing but single properties.
    simple: bool,
    deleted: String,
    hidden: String,
    author: Option<String>,
    drop_cap: String,
    /// The note or comment that is open: its id, and its author.
    piece: Option<(String, Option<String>)>,
    texts: u64,
    /// Width and height of the drawing that is open.
    shown: [u32; 2],
}

impl<'s> Body<'s> {
    pub(super) fn new(styles: &'s Styles, numbering: &'s mut Numbering) -> Self {
        Self {
            styles,
            numbering,
            notes: BTreeMap::new(),
            found: Found::default(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            tables: Tables::default(),
            fields: Vec::new(),
            run: RunProps::default(),
            bare: false,
            simple: false,
            deleted: String::new(),
            hidden: String::new(),
            author: None,
            drop_cap: String::new(),
            piece: None,
            texts: 0,
            shown: [0, 0],
        }
    }

    /// Walks a whole part.
    pub(super) fn walk(mut self, text: &str) -> Result<Found> {
        let mut nodes = Nodes::new(text);
        let mut repeated = Repeated::default();
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    if self.is_passed_over(&element) {
                        self.simple = false;
                        nodes.skip()?;
                        continue;
                    }
                    let open = self.begin(&element)?;
                    let begins = open == Open::RunProps && std::mem::take(&mut self.bare);
                    self.simple = begins
                        || self.simple
                            && element.space == Space::Word
                            && self.open.last() == Some(&Open::RunProps);
                    self.open.push(open);
                    if begins && let Some(known) = repeated.begin(&mut nodes) {
                        self.run = known;
                    }
                }
                Node::Close => {
                    if let Some(open) = self.open.pop() {
                        if open == Open::RunProps {
                            repeated.end(&nodes, self.simple, || self.run.clone());
                        }
                        self.end(open);
                    }
                }
                Node::Text(text) => self.text(&text)?,
            }
        }
        while let Some(mut paragraph) = self.paragraphs.pop() {
            self.finish(&mut paragraph);
        }
        self.found.tables = self.tables.count;
        Ok(self.found)
    }

    fn here(&self) -> usize {
        self.found.blocks.len()
    }

    fn block_id(&self) -> Option<BlockId> {
        u32::try_from(self.here()).ok()
    }

    fn in_contents(&self) -> bool {
        self.open.contains(&Open::Contents)
            || self.fields.iter().any(|f| f.instruction.trim_start().to_uppercase().starts_with("TOC"))
    }

    /// The format of the text that comes next.
    fn format(&self) -> (Format, bool) {
        let style = self.paragraphs.last().and_then(|p| p.style.as_deref());
        let paragraph = &self.styles.paragraph(style).props;
        let character = self.run.style.as_deref().and_then(|id| self.styles.character(id)).map(|s| &s.props);
        let pick = |own: Option<bool>, of: fn(&Props) -> Option<bool>| {
            own.or_else(|| character.and_then(of)).or_else(|| of(paragraph)).unwrap_or(false)
        };
        let size = self.run.own.size.or_else(|| character.and_then(|c| c.size)).or(paragraph.size);
        let format = Format {
            bold: pick(self.run.own.bold, |p| p.bold),
            italic: pick(self.run.own.italic, |p| p.italic),
            underlined: pick(self.run.own.underlined, |p| p.underlined),
            highlighted: pick(self.run.own.highlighted, |p| p.highlighted),
            size: size.unwrap_or(20), // Word's own default: ten points
        };
        (format, pick(self.run.own.hidden, |p| p.hidden))
    }

    fn text(&mut self, text: &str) -> Result<()> {
        self.texts = self.texts.saturating_add(text.len() as u64);
        self.simple = false;
        if self.texts > limits::TEXT_CHARS {
            return Err(Error::over("characters of text", self.texts, limits::TEXT_CHARS));
        }
        match self.open.last() {
            Some(Open::Text) => self.shown(text),
            Some(Open::DeletedText) => self.deleted.push_str(text),
            Some(Open::Instruction) => {
                if let Some(field) = self.fields.last_mut().filter(|f| !f.result) {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn shown(&mut self, text: &str) {
        if self.fields.iter().any(|f| !f.result) {
            return; // part of an instruction
        }
        let (format, hidden) = self.format();
        // Page numbers of a contents list are hidden on the web only.
        if hidden && !self.in_contents() {
            self.hidden.push_str(text);
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if paragraph.parts_before(text, format) {
            let part = paragraph.part(self.styles, self.numbering);
            if let Some(block) = part {
                self.push(block);
            }
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push(text, format);
        }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Paragraph => {
                if let Some(mut paragraph) = self.paragraphs.pop() {
                    self.finish(&mut paragraph);
                }
            }
            Open::Deletion => {
                let text = std::mem::take(&mut self.deleted);
                self.keep_apart(ApartKind::Deleted, text);
            }
            Open::Run => {
                let text = std::mem::take(&mut self.hidden);
                if !text.trim().is_empty() {
                    self.found.hidden = self.found.hidden.saturating_add(1);
                    self.keep_apart(ApartKind::Hidden, text);
                }
            }
            Open::Link => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.passage.set_link(None);
                }
            }
            Open::Table => self.tables.end(),
            Open::Row => self.tables.end_row(),
            Open::Cell => self.tables.end_cell(),
            Open::Box(cells) => self.tables.back(cells),
            Open::Note | Open::Comment => self.piece = None,
            _ => {}
        }
    }
}
