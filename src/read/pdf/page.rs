//! What stands on a page, before any of it is understood: pieces of text, ruled lines and pictures with their places.
//!
//! Lengths are in points (1/72 inch) from the top left corner of the page as a reader holds it.

use serde::{Deserialize, Serialize};

/// All pages of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    /// In reading order, at most the ceiling `PDF_PAGES`.
    pub pages: Vec<Page>,
    /// The title in the file's own properties.
    pub title: Option<String>,
    /// Fonts that could not be loaded, pictures that could not be decoded.
    pub faults: Vec<String>,
    /// What the file promises and does not hold.
    pub missing: Vec<String>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Text in the order in which the file draws it.
    pub pieces: Vec<Piece>,
    /// Straight lines along the page's edges: borders of tables, underlines.
    pub rules: Vec<Rule>,
    /// Pictures.
    pub pictures: Vec<Rule>,
    /// Small filled shapes as wide as high: bullets, where a text starts right of them.
    pub dots: Vec<Rule>,
}

/// Letters of one look that follow each other on one line without a wide gap.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub(super) struct Piece {
    /// The text, words parted by single blanks.
    pub text: String,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// The line on which the letters stand.
    pub base: f32,
    /// Height of the letters' square.
    pub size: f32,
    /// Thickness of the letters' strokes, in thousandths of their size; 0 if it was not looked at.
    pub stroke: u16,
    /// The font says bold.
    pub bold: bool,
    /// The font says italic.
    pub italic: bool,
    /// Drawn without ink, as text recognition does under a scan.
    pub invisible: bool,
    /// Marked by the file as no part of the text: headers, footers, decoration.
    pub artifact: bool,
    /// Not written from left to right along the page's upper edge.
    pub turned: bool,
    /// The marked passage it belongs to, where the file marks passages: unequal numbers on a page are unequal passages.
    pub passage: Option<u32>,
    /// Level of the heading that the file says it is; 0 none.
    pub heading: u8,
    /// It begins with a blank.
    pub blank_before: bool,
    /// It ends with a blank.
    pub blank_after: bool,
    /// Letters whose meaning the file does not say.
    pub unknown: u32,
}

/// A rectangle: a ruled line if it is thin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rule {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}
