//! A web page in, blocks out: the text of its main part; menus, banners and footers kept apart.

use html5gum::{StartTag, Token, Tokenizer};

use crate::document::{Apart, ApartKind, Block, Cell, Kind, Picture, Reading};
use crate::error::{Error, Result};
use crate::limits;
use crate::read::Settings;

use super::decode::decode;
use super::passage::Passage;
use super::{Reader, Source};

/// Reads `.html`.
pub(crate) struct Html;

impl Reader for Html {
    fn id(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, bytes: &[u8], ending: &str) -> bool {
        let start: Vec<u8> = bytes.iter().copied().skip_while(u8::is_ascii_whitespace).take(14).collect();
        let start = start.to_ascii_lowercase();
        matches!(ending, "html" | "htm" | "xhtml")
            || start.starts_with(b"<!doctype html")
            || start.starts_with(b"<html")
    }

    fn read(&self, source: &Source, _: &Settings) -> Result<Reading> {
        let decoded = decode(&source.bytes, declared(&source.bytes).as_deref())?;
        let main = decoded.text.to_ascii_lowercase();
        let has_main = main.contains("<main") || main.contains("role=\"main\"");
        let mut page = Page { has_main, ..Page::default() };
        page.reading.notices = decoded.notices;
        for token in Tokenizer::new(decoded.text.as_str()) {
            match token {
                Ok(Token::StartTag(tag)) => page.start(&tag)?,
                Ok(Token::EndTag(tag)) => page.end(&String::from_utf8_lossy(&tag.name)),
                Ok(Token::String(text)) => page.text(&String::from_utf8_lossy(&text)),
                Ok(_) => {}
                Err(never) => match never {},
            }
        }
        page.close()
    }
}

/// The character set that the first kilobyte names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    Some(
        after
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_alphanumeric() || "-_".contains(*c))
            .collect(),
    )
}

/// Elements that end a block where they begin and end.
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "caption",
    "address",
    "body",
    "details",
];
/// Elements whose content is never text of the page.
const SILENT: [&str; 9] =
    ["script", "style", "template", "noscript", "svg", "select", "button", "iframe", "head"];
/// Elements without an end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

#[derive(Default)]
struct Page {
    reading: Reading,
    passage: Passage,
    /// Open elements, outermost first.
    open: Vec<String>,
    lists: Vec<List>,
    tables: Vec<Cell>,
    /// Text in the page's head that is kept: the title.
    title: Option<String>,
    has_main: bool,
    marker: Option<String>,
    cells: u64,
}

struct List {
    /// None: bullets. The kind of numbering, and the next number.
    next: Option<(char, i64)>,
}

impl Page {
    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|o| o == name)
    }

    /// Menus and the like; within the main part a header or footer is text.
    fn apart(&self) -> bool {
        let inside = self.is_open("main") || self.is_open("article");
        let frame = ["nav", "aside", "form"].iter().any(|n| self.is_open(n));
        let edges = ["header", "footer"].iter().any(|n| self.is_open(n));
        frame || !inside && (edges || self.has_main)
    }

    fn start(&mut self, tag: &StartTag<()>) -> Result<()> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if tag.attributes.len() as u64 > limits::ATTRIBUTES {
            return Err(Error::over(
                "attributes of one element",
                tag.attributes.len() as u64,
                limits::ATTRIBUTES,
            ));
        }
        let attribute = |key: &str| {
            let value = tag.attributes.get(key.as_bytes());
            value.map(|v| String::from_utf8_lossy(v).into_owned())
        };
        self.close_implied(&name);
        match name.as_str() {
            "br" => self.passage.push(" "),
            "img" if !self.apart() => {
                let block = u32::try_from(self.reading.blocks.len()).ok();
                let alternative = attribute("alt").filter(|a| !a.is_empty());
                self.reading.pictures.push(Picture { alternative, block, ..Picture::default() });
            }
            "meta" => {
                if let (Some(key), Some(value)) = (attribute("name"), attribute("content")) {
                    self.reading.properties.push((key.to_lowercase(), value));
                }
            }
            "b" | "strong" => self.passage.set_bold(true),
            "i" | "em" => self.passage.set_italic(true),
            "a" => self.passage.set_link(attribute("href")),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.end_block(None),
            "ul" | "ol" => {
                self.end_block(None);
                let kind = attribute("type").and_then(|t| t.chars().next()).unwrap_or('1');
                let from = attribute("start").and_then(|s| s.parse().ok()).unwrap_or(1);
                self.lists.push(List { next: (name == "ol").then_some((kind, from)) });
            }
            "li" => {
                self.end_block(None);
                self.marker = Some(self.next_marker());
            }
            "table" => {
                self.end_block(None);
                let nesting = self.tables.len() as u64 + 1;
                if nesting > limits::TABLE_NESTING {
                    return Err(Error::over("tables inside tables", nesting, limits::TABLE_NESTING));
                }
                self.tables.push(Cell { table: self.reading.tables, columns: 1, rows: 1, ..Cell::default() });
                self.reading.tables = self.reading.tables.saturating_add(1);
            }
            "td" | "th" => {
                self.end_block(None);
                self.cells = self.cells.saturating_add(1);
                if self.cells > limits::TABLE_CELLS {
                    return Err(Error::over("table cells", self.cells, limits::TABLE_CELLS));
                }
                let number = |key: &str| {
                    attribute(key).and_then(|v| v.parse::<u32>().ok()).unwrap_or(1).clamp(1, 1000)
                };
                if let Some(cell) = self.tables.last_mut() {
                    cell.columns = number("colspan");
                    cell.rows = number("rowspan");
                    cell.header = name == "th";
                }
            }
            other if BLOCKS.contains(&other) => self.end_block(None),
            _ => {}
        }
        if !tag.self_closing && !VOID.contains(&name.as_str()) {
            self.open.push(name);
            if self.open.len() as u64 > limits::XML_DEPTH {
                return Err(Error::over(
                    "elements inside elements",
                    self.open.len() as u64,
                    limits::XML_DEPTH,
                ));
            }
        }
        Ok(())
    }

    /// End tags that HTML lets authors leave out.
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["p", "li"],
            "td" | "th" => &["p", "td", "th"],
            "tr" => &["p", "td", "th", "tr"],
            "dt" | "dd" => &["p", "dt", "dd"],
            n if n == "p" || BLOCKS.contains(&n) || n.starts_with('h') && n.len() == 2 => &["p"],
            _ => &[],
        };
        while let Some(last) = self.open.last().cloned() {
            // A list item in a nested list does not end the outer item.
            if !closes.contains(&last.as_str()) {
                break;
            }
            self.end(&last);
        }
        if name == "body" && self.is_open("head") {
            self.end("head");
        }
    }

    fn end(&mut self, name: &str) {
        if !self.is_open(name) {
            return;
        }
        let heading = heading_level(name);
        match name {
            "b" | "strong" => self.passage.set_bold(false),
            "i" | "em" => self.passage.set_italic(false),
            "a" => self.passage.set_link(None),
            _ if heading.is_some() => self.end_block(heading),
            _ if BLOCKS.contains(&name)
                || ["nav", "header", "footer", "aside", "form", "title"].contains(&name) =>
            {
                self.end_block(None);
            }
            _ => {}
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "table" => {
                self.tables.pop();
            }
            "td" | "th" => {
                if let Some(cell) = self.tables.last_mut() {
                    cell.column = cell.column.saturating_add(cell.columns);
                }
            }
            "tr" => {
                if let Some(cell) = self.tables.last_mut() {
                    cell.row = cell.row.saturating_add(1);
                    cell.column = 0;
                }
            }
            "li" => self.marker = None,
            _ => {}
        }
        while let Some(last) = self.open.pop() {
            if last == name {
                break;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|o| o == "title") && self.title.is_none() {
            self.title = Some(text.split_whitespace().collect::<Vec<_>>().join(" "));
            return;
        }
        if SILENT.iter().any(|s| self.is_open(s)) {
            return;
        }
        self.passage.push(text);
    }

    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(List { next: Some((kind, n)) }) => {
                let number = *n;
                *n = n.saturating_add(1);
                let letter = u8::try_from(number.clamp(1, 26) - 1).unwrap_or(0);
                match kind {
                    'a' => format!("{}.", char::from(b'a'.saturating_add(letter))),
                    'A' => format!("{}.", char::from(b'A'.saturating_add(letter))),
                    'i' | 'I' => format!("{}.", super::numbering::roman(number, *kind == 'I')),
                    _ => format!("{number}."),
                }
            }
            _ => "•".into(),
        }
    }

    fn end_block(&mut self, heading: Option<u8>) {
        let passage = std::mem::take(&mut self.passage);
        // Formatting that is open goes on in the next block.
        if self.is_open("b") || self.is_open("strong") {
            self.passage.set_bold(true);
        }
        let mut block = Block::default();
        if passage.is_empty() {
            return;
        }
        if self.apart() {
            let text = passage.text().to_owned();
            self.reading.apart.push(Apart { kind: ApartKind::Navigation, text, author: None, block: None });
            return;
        }
        if let Some(level) = heading {
            block.kind = Kind::Heading;
            block.level = level;
            block.look.styled = true;
        } else if let Some(cell) = self.tables.last() {
            block.kind = Kind::TableCell;
            block.cell = Some(*cell);
        } else if let Some(marker) = self.marker.take() {
            block.kind = Kind::ListItem;
            block.level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1);
            block.marker = Some(marker);
        }
        if passage.finish(&mut block) {
            block.place.paragraph =
                u32::try_from(self.reading.blocks.len()).unwrap_or(u32::MAX).saturating_add(1);
            self.reading.blocks.push(block);
        }
    }

    fn close(mut self) -> Result<Reading> {
        self.end_block(None);
        if let Some(title) = self.title.take() {
            self.reading.properties.insert(0, ("title".into(), title));
        }
        let blocks = self.reading.blocks.len() as u64;
        if blocks > limits::BLOCKS {
            return Err(Error::over("paragraphs", blocks, limits::BLOCKS));
        }
        Ok(self.reading)
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
