//! The text of a Word part walked from end to end with an explicit stack: XML in, blocks out.

use std::collections::BTreeMap;

use crate::document::{Apart, ApartKind, Block, BlockId};
use crate::error::{Error, Result};
use crate::limits;

use super::super::table::Tables;
use super::super::xml::{Element, Node, Nodes, Space};
use super::paragraph::{Format, Paragraph};
use super::repeated::{Repeated, RunProps};
use super::styles::{Props, Styles};
use super::{numbering::Numbering, symbols};

mod filing;

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

    /// Elements that hold no text of the document, or text that another element holds already.
    fn is_passed_over(&mut self, element: &Element) -> bool {
        match (element.space, element.name()) {
            (Space::Choice, "Choice" | "Fallback") => match self.open.last_mut() {
                Some(Open::Choices(read)) => std::mem::replace(read, true),
                _ => false,
            },
            // What a tracked change of formatting says about the time before.
            (
                Space::Word,
                "rPrChange" | "pPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "sectPrChange"
                | "numberingChange",
            ) => true,
            (Space::Word, "rt") => true, // reading aid above a word
            _ => false,
        }
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

    fn begin(&mut self, element: &Element) -> Result<Open> {
        match element.space {
            Space::Word => self.begin_word(element),
            Space::Choice if element.name() == "AlternateContent" => Ok(Open::Choices(false)),
            Space::Math if element.name() == "t" => Ok(Open::Text),
            Space::Math if element.name() == "oMath" => {
                self.found.unread.push(("layout of a formula, whose signs are read in a row", self.here()));
                Ok(Open::Other)
            }
            Space::Drawing | Space::Vml => Ok(self.begin_drawing(element)),
            Space::Other => {
                match element.name() {
                    "chart" => self.found.unread.push(("chart", self.here())),
                    "relIds" => self.found.unread.push(("diagram", self.here())),
                    "OLEObject" => self.found.unread.push(("embedded object", self.here())),
                    _ => {}
                }
                Ok(Open::Other)
            }
            _ => Ok(Open::Other),
        }
    }

    fn begin_word(&mut self, element: &Element) -> Result<Open> {
        let name = element.name();
        // Inside properties nothing but properties stands.
        match self.open.last() {
            Some(Open::RunProps) => {
                if name == "rStyle" {
                    self.run.style = element.value();
                } else {
                    self.run.own.take(element);
                }
                return Ok(Open::Other);
            }
            Some(Open::ParagraphProps) if name != "numPr" && name != "rPr" && name != "sectPr" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    match name {
                        "pStyle" => paragraph.style = element.value(),
                        "framePr" => {
                            paragraph.drop_cap = element.attribute("dropCap").is_some_and(|d| d != "none")
                        }
                        _ => paragraph.props.take(element),
                    }
                }
                return Ok(Open::Other);
            }
            _ => {}
        }
        Ok(match name {
            "p" => {
                let in_box = self.open.iter().any(|o| matches!(o, Open::Box(_)));
                let contents = self.in_contents();
                let mut paragraph = Paragraph::new(self.tables.here(), in_box, contents);
                paragraph.passage.push(&std::mem::take(&mut self.drop_cap));
                self.paragraphs.push(paragraph);
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProps,
            "numPr" if self.open.last() == Some(&Open::ParagraphProps) => Open::ParagraphProps,
            "r" => {
                self.run = RunProps::default();
                self.bare = true;
                Open::Run
            }
            "rPr" if self.open.last() == Some(&Open::Run) => Open::RunProps,
            "t" if self.open.contains(&Open::Deletion) => Open::DeletedText,
            "t" => Open::Text,
            "delText" => Open::DeletedText,
            "instrText" => Open::Instruction,
            "fldChar" => {
                self.field(element);
                Open::Other
            }
            "fldSimple" => Open::Other, // its content is the shown result
            "del" | "moveFrom" if self.open.last() != Some(&Open::RunProps) => {
                self.found.deletions = self.found.deletions.saturating_add(u32::from(self.in_text()));
                self.author = element.attribute("author");
                Open::Deletion
            }
            "ins" | "moveTo" => {
                self.found.insertions = self.found.insertions.saturating_add(u32::from(self.in_text()));
                Open::Other
            }
            "hyperlink" => {
                let target =
                    element.attribute("id").or_else(|| element.attribute("anchor").map(|a| format!("#{a}")));
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.passage.set_link(target);
                }
                Open::Link
            }
            "tab" | "ptab" if self.in_run() => self.character(" "),
            "br" | "cr" if self.in_run() => {
                let page = element.attribute("type").as_deref() == Some("page");
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.new_page |= page && paragraph.passage.is_empty();
                    paragraph.line_break();
                }
                Open::Other
            }
            "noBreakHyphen" => self.character("-"),
            "sym" => {
                let font = element.attribute("font").unwrap_or_default();
                let code =
                    element.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0);
                match symbols::shown(&font, code) {
                    Some(c) => self.character(&c.to_string()),
                    None => {
                        self.found.unread.push(("symbol of a symbol font", self.here()));
                        Open::Other
                    }
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let kind = if name == "footnoteReference" { "footnotes" } else { "endnotes" };
                let id = format!("{kind}:{}", element.attribute("id").unwrap_or_default());
                if let (Some(blocks), Some(paragraph)) = (self.notes.remove(&id), self.paragraphs.last_mut())
                {
                    paragraph.notes.extend(blocks);
                }
                Open::Other
            }
            "commentReference" | "commentRangeStart" => {
                if let (Some(paragraph), Some(id)) = (self.paragraphs.last_mut(), element.attribute("id")) {
                    paragraph.commented.push(id);
                }
                Open::Other
            }
            "tbl" => {
                self.tables.begin()?;
                Open::Table
            }
            "tr" => Open::Row,
            "tc" => {
                self.tables.cell()?;
                Open::Cell
            }
            "gridSpan" => {
                self.tables.span(element.value().and_then(|v| v.parse().ok()).unwrap_or(1));
                Open::Other
            }
            "gridBefore" => {
                self.tables.skip(element.value().and_then(|v| v.parse().ok()).unwrap_or(0));
                Open::Other
            }
            "tblHeader" if element.is_on() => {
                self.tables.header();
                Open::Other
            }
            "txbxContent" => Open::Box(self.tables.aside()),
            "headerReference" | "footerReference" => {
                let kind = if name == "headerReference" { ApartKind::Header } else { ApartKind::Footer };
                if let Some(id) = element.attribute("id") {
                    self.found.margins.push((kind, id));
                }
                Open::Other
            }
            "footnote" | "endnote" => {
                // Separators are drawn lines, not notes.
                let id = element.attribute("type").is_none().then(|| element.attribute("id")).flatten();
                self.piece = id.map(|id| (id, None));
                Open::Note
            }
            "comment" => {
                self.piece = element.attribute("id").map(|id| (id, element.attribute("author")));
                Open::Comment
            }
            "docPartGallery" => {
                if element.value().as_deref() == Some("Table of Contents") {
                    // The content control that holds this property: its content is a contents list.
                    let control = self.open.len().checked_sub(3).and_then(|at| self.open.get_mut(at));
                    if let Some(control) = control {
                        *control = Open::Contents;
                    }
                }
                Open::Other
            }
            "altChunk" => {
                self.found.unread.push(("imported file (altChunk)", self.here()));
                Open::Other
            }
            "subDoc" => {
                self.found.unread.push(("part of the text in another file (subdocument)", self.here()));
                Open::Other
            }
            "object" => Open::Other,
            "drawing" | "pict" => Open::Drawing,
            _ => Open::Other,
        })
    }

    fn begin_drawing(&mut self, element: &Element) -> Open {
        match element.name() {
            "docPr" => {
                let alternative = element
                    .attribute("descr")
                    .or_else(|| element.attribute("title"))
                    .filter(|a| !a.trim().is_empty());
                let block = self.block_id();
                self.found.pictures.push(Pictured { alternative, relation: None, block });
            }
            "blip" => {
                let relation = element.attribute("embed").or_else(|| element.attribute("link"));
                if let Some(picture) = self.found.pictures.last_mut().filter(|p| p.relation.is_none()) {
                    picture.relation = relation;
                }
            }
            "imagedata" => {
                let (alternative, relation) = (element.attribute("title"), element.attribute("id"));
                let block = self.block_id();
                self.found.pictures.push(Pictured { alternative, relation, block });
            }
            "chart" => self.found.unread.push(("chart", self.here())),
            "relIds" => self.found.unread.push(("diagram", self.here())),
            _ => {}
        }
        Open::Other
    }

    fn in_run(&self) -> bool {
        self.open.last() == Some(&Open::Run)
    }

    /// Whether a tracked change that begins here holds text, rather than marking a property.
    fn in_text(&self) -> bool {
        !matches!(self.open.last(), Some(Open::RunProps | Open::ParagraphProps | Open::Other))
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

    /// One character that stands for an element.
    fn character(&mut self, text: &str) -> Open {
        if !self.open.contains(&Open::Deletion) {
            self.shown(text);
        }
        Open::Other
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

    fn field(&mut self, element: &Element) {
        match element.attribute("fldCharType").as_deref() {
            // Fields nest two or three deep; a file with more is hostile, and its instructions are still not text.
            Some("begin") if (self.fields.len() as u64) < limits::XML_DEPTH => {
                self.fields.push(Field::default());
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
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
