//! The text of an OpenDocument file walked from end to end with an explicit stack: XML in, blocks out.

use std::collections::HashMap;

use crate::document::{Apart, ApartKind, Block, Cell, Picture};
use crate::error::{Error, Result};
use crate::limits;
use crate::read::passage::Passage;
use crate::read::table::Tables;
use crate::read::xml::{Element, Node, Nodes};

use super::styles::{Counters, Props, Styles};

mod opening;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) apart: Vec<Apart>,
    pub(super) pictures: Vec<(Picture, Option<String>)>,
    pub(super) tables: u32,
    pub(super) unread: Vec<(&'static str, usize)>,
    pub(super) insertions: u32,
    pub(super) deletions: u32,
    pub(super) hidden: u32,
    pub(super) comments: u32,
}

/// What an open element is to the walk.
#[derive(Clone, Debug)]
enum Open {
    Paragraph,
    Span(Props),
    Link,
    List,
    Table,
    Row,
    Cell,
    HeaderRows,
    Box(Vec<Cell>),
    Note,
    /// Text kept apart: what kind, and by whom.
    Aside(ApartKind),
    Author,
    ChangeInfo,
    /// Text that is none of the document's.
    Ignored,
    Contents,
    /// Alternative text of the picture.
    Alternative,
    Other,
}

/// A list that is open.
#[derive(Clone, Debug, Default)]
struct List {
    number: u32,
    style: Option<String>,
    level: usize,
    /// The next paragraph is the first of an item, with this value if the file gives one.
    item: Option<Option<i64>>,
}

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Paragraph {
    passage: Passage,
    block: Block,
    props: Props,
    size: u16,
    underlined: Option<bool>,
    notes: Vec<Block>,
}

/// The walk.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    counters: Counters,
    found: Found,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    lists: Vec<List>,
    /// Number of each list that has an id, and of the last list of each style.
    named: HashMap<String, u32>,
    count: u32,
    tables: Tables,
    /// Note paragraphs go here instead of to the blocks.
    notes: Vec<Vec<Block>>,
    author: Option<String>,
    cited: Option<String>,
    texts: u64,
}

impl<'s> Body<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        Self {
            styles,
            counters: Counters::default(),
            found: Found::default(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            lists: Vec::new(),
            named: HashMap::new(),
            count: 0,
            tables: Tables::default(),
            notes: Vec::new(),
            author: None,
            cited: None,
            texts: 0,
        }
    }

    /// Walks what stands in the elements of this name: the text, or a page's header.
    pub(super) fn walk(mut self, text: &str, within: &str) -> Result<Found> {
        let mut nodes = Nodes::new(text);
        let mut inside = 0usize;
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    if inside == 0 {
                        inside = usize::from(element.name() == within);
                        continue;
                    }
                    if passed_over(&element) {
                        self.note_unread(&element);
                        nodes.skip()?;
                        continue;
                    }
                    inside += 1;
                    let open = self.begin(&element)?;
                    self.open.push(open);
                }
                Node::Close => {
                    inside = inside.saturating_sub(1);
                    if let Some(open) = self.open.pop() {
                        self.end(open);
                    }
                }
                Node::Text(text) if inside > 0 => self.text(&text)?,
                Node::Text(_) => {}
            }
        }
        self.found.tables = self.tables.count;
        Ok(self.found)
    }

    fn here(&self) -> usize {
        self.found.blocks.len()
    }

    fn note_unread(&mut self, element: &Element) {
        if matches!(element.name(), "object" | "object-ole") {
            self.found.unread.push(("embedded object", self.here()));
        }
    }

    /// Text of the document, or of something that stands apart.
    fn text(&mut self, text: &str) -> Result<()> {
        self.texts = self.texts.saturating_add(text.len() as u64);
        if self.texts > limits::TEXT_CHARS {
            return Err(Error::over("characters", self.texts, limits::TEXT_CHARS));
        }
        match self.open.last() {
            Some(Open::Ignored | Open::ChangeInfo | Open::Aside(_)) => {}
            Some(Open::Author) => self.author = Some(text.trim().to_owned()),
            Some(Open::Alternative) => {
                if let Some((picture, _)) = self.found.pictures.last_mut().filter(|_| !text.trim().is_empty())
                {
                    picture.alternative.get_or_insert_with(String::new).push_str(text.trim());
                }
            }
            _ => {
                if let Some(cited) = self.cited.as_mut() {
                    cited.push_str(text.trim());
                } else {
                    self.push(text);
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        let from = self.open.iter().rposition(|o| matches!(o, Open::Paragraph)).unwrap_or(0);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let mut props = Props::default();
        for open in self.open.iter().skip(from).rev() {
            if let Open::Span(span) = open {
                props = props.over(span);
            }
        }
        let props = props.over(&paragraph.props);
        if props.hidden == Some(true) && !text.trim().is_empty() {
            self.found.hidden += 1;
            let block = u32::try_from(self.found.blocks.len()).ok();
            self.found.apart.push(Apart {
                kind: ApartKind::Hidden,
                text: text.trim().to_owned(),
                author: None,
                block,
            });
            return;
        }
        paragraph.passage.set_bold(props.bold.unwrap_or(false));
        paragraph.passage.set_italic(props.italic.unwrap_or(false));
        if text.chars().any(char::is_alphanumeric) {
            paragraph.size = paragraph.size.max(props.size.unwrap_or(0));
            let line = props.underlined.unwrap_or(false);
            paragraph.underlined = Some(paragraph.underlined.unwrap_or(true) && line);
        }
        paragraph.passage.push(text);
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Link => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.passage.set_link(None);
                }
            }
            Open::List => {
                self.lists.pop();
            }
            Open::Table => self.tables.end(),
            Open::Row => self.tables.end_row(),
            Open::Cell => self.tables.end_cell(),
            Open::Box(cells) => self.tables.back(cells),
            Open::Note => {
                self.cited = None;
                let notes = self.notes.pop().unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.notes.extend(notes),
                    None => notes.into_iter().for_each(|n| self.add(n)),
                }
            }
            _ => {}
        }
        // The citation ends with its element; its text is the marker of the note's first paragraph.
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let Paragraph { passage, mut block, size, underlined, notes, .. } = paragraph;
        block.look.size = size;
        block.look.underlined = underlined.unwrap_or(false);
        let aside = self.open.iter().rev().find_map(|o| match o {
            Open::Aside(kind) => Some(*kind),
            _ => None,
        });
        let filled = passage.finish(&mut block);
        if let Some(kind) = aside {
            if filled {
                let at = u32::try_from(self.here()).ok().filter(|_| kind == ApartKind::Comment);
                self.found.apart.push(Apart {
                    kind,
                    text: block.text,
                    author: self.author.clone(),
                    block: at,
                });
            }
        } else if let Some(open) = self.notes.last_mut().filter(|_| filled) {
            open.push(block);
        } else if filled {
            self.add(block);
        }
        for note in notes {
            self.add(note);
        }
    }

    fn add(&mut self, mut block: Block) {
        block.place.paragraph = u32::try_from(self.found.blocks.len() + 1).unwrap_or(u32::MAX);
        self.found.blocks.push(block);
    }
}

/// Elements that hold no text of the document.
fn passed_over(element: &Element) -> bool {
    matches!(
        element.name(),
        "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "object"
            | "object-ole"
            | "date-string"
            | "ruby-text"
            | "index-source"
            | "table-of-content-source"
            | "script"
            | "event-listeners"
    )
}
