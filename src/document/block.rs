//! The pieces of a document: one block a heading, paragraph, list item, table cell paragraph, note or text box.

use std::ops::Range;

/// A block's index in [`super::Document::blocks`], counted from 0 in document order.
pub type BlockId = u32;

/// What a block is in the file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A heading, by style, markup or recognition.
    Heading,
    /// Running text.
    #[default]
    Paragraph,
    /// A numbered or bulleted item.
    ListItem,
    /// One paragraph of a table cell; [`Block::cell`] says which cell.
    TableCell,
    /// A footnote or endnote, standing after the block that refers to it first.
    Note,
    /// Text in a box or shape, standing where the box is anchored.
    TextBox,
}

/// What a block is for, concluded from the text; only [`Role::Body`] is compared for differences.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What the policy says.
    #[default]
    Body,
    /// The policy's own title, the school's name or address on the cover.
    Title,
    /// Version, owner, approval and review dates.
    FrontMatter,
    /// A contents list that repeats the headings.
    Contents,
}

/// One block of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// What it is in the file.
    pub kind: Kind,
    /// What it is for.
    pub role: Role,
    /// Headings: 1 (top) to 9. Items of lists, in table cells and boxes too: nesting depth from 1. Otherwise 0.
    pub level: u8,
    /// The number or bullet as the reader sees it: "2.1", "(a)", "•". Not part of the text.
    pub marker: Option<String>,
    /// The heading that encloses it most closely; set when the document is concluded.
    pub parent: Option<BlockId>,
    /// Logical text, white space collapsed to single blanks, no line breaks.
    pub text: String,
    /// Formatted stretches in order of start; byte ranges of `text`, may nest.
    pub spans: Vec<Span>,
    /// For [`Kind::TableCell`]: which cell.
    pub cell: Option<Cell>,
    /// Where it stood in the file.
    pub place: Place,
    /// How it looked, as far as headings can be told by it.
    pub look: Look,
}

impl Block {
    /// Whether it is part of what the policy says: no heading, title or date.
    pub fn is_passage(&self) -> bool {
        self.role == Role::Body && self.kind != Kind::Heading
    }
}

/// A formatted stretch of a block's text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Half-open byte range of the block's text.
    pub range: Range<u32>,
    /// The formatting.
    pub style: Style,
}

/// The formatting that is kept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Style {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Highlighted with a marker's colour, as unfinished text is.
    Highlighted,
    /// A hyperlink with its target as written; never followed.
    Link(String),
}

/// A table cell's place.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Cell {
    /// The table, counted from 0 in the document.
    pub table: u32,
    /// Row from 0.
    pub row: u32,
    /// Column from 0, merged columns counted.
    pub column: u32,
    /// Columns it covers, at least 1.
    pub columns: u32,
    /// Rows it covers, at least 1.
    pub rows: u32,
    /// Whether the row is marked as a header row.
    pub header: bool,
}

/// Where a block stood.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Place {
    /// Page from 1, where the format has pages.
    pub page: Option<u32>,
    /// Paragraph of the file, from 1, empty ones not counted.
    pub paragraph: u32,
}

/// How a block looked; headings without a heading style are recognised by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Look {
    /// All its letters are bold.
    pub bold: bool,
    /// All its letters are underlined.
    pub underlined: bool,
    /// Centred on the page.
    pub centred: bool,
    /// Size of its letters in half points; 0 unknown. The largest if mixed.
    pub size: u16,
    /// A heading by style, outline level or markup, not by recognition.
    pub styled: bool,
    /// Its style says title or subtitle.
    pub title: bool,
    /// Its style says contents list.
    pub contents: bool,
    /// A page break stands before it.
    pub new_page: bool,
}

/// Text kept apart from the body.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Apart {
    /// Why it is apart.
    pub kind: ApartKind,
    /// The text.
    pub text: String,
    /// Who wrote it, for comments and tracked changes.
    pub author: Option<String>,
    /// The block it belongs to, if any.
    pub block: Option<BlockId>,
}

/// Why a text is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApartKind {
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A reviewer's comment.
    Comment,
    /// Text deleted by a tracked change.
    Deleted,
    /// Text marked as hidden.
    Hidden,
    /// Menus, banners and footers of a web page.
    Navigation,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Picture {
    /// The alternative text, if any.
    pub alternative: Option<String>,
    /// Bytes of the picture as stored; 0 if it is only linked to.
    pub bytes: u64,
    /// The block it stands in or after, if any.
    pub block: Option<BlockId>,
    /// The part of the file that holds it; none if it is only linked to or the format has no parts.
    pub part: Option<String>,
    /// Width and height on the page in English Metric Units, 914,400 to the inch; 0 if the file does not say.
    pub shown: [u32; 2],
}
