//! Markdown in, blocks out: CommonMark with tables and footnotes, front matter between `---` lines, raw HTML reduced to its text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::{Block, Cell, Kind, Picture, Reading};
use crate::error::Result;
use crate::read::Settings;

use super::decode::decode;
use super::passage::Passage;
use super::{Reader, Source};

/// Reads `.md`.
pub(crate) struct Markdown;

impl Reader for Markdown {
    fn id(&self) -> &'static str {
        "md"
    }

    fn recognises(&self, _bytes: &[u8], ending: &str) -> bool {
        matches!(ending, "md" | "markdown" | "mdown" | "tmpl")
    }

    fn read(&self, source: &Source, _: &Settings) -> Result<Reading> {
        let decoded = decode(&source.bytes, None)?;
        let mut reading = Reading { notices: decoded.notices, ..Reading::default() };
        let body = front_matter(&decoded.text, &mut reading.properties);
        let body = body.replace("\r\n", "\n");
        let prepared: String =
            body.split('\n').filter(|l| !is_attributes(l)).map(|l| format!("{l}\n")).collect();
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let mut writer = Writer { reading, ..Writer::default() };
        for event in Parser::new_ext(&prepared, options) {
            writer.event(event);
        }
        writer.end_block();
        Ok(writer.reading)
    }
}

/// "{: .class }" lines of another dialect.
fn is_attributes(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("{:") && line.ends_with('}')
}

/// Lines that a header without an opening line may have at most.
const HEADER_LINES: usize = 40;

/// Takes `key: value` lines between two lines `---` (or `+++`, with `=`) off the start; the first of two `---` may be missing.
///
/// A title said there is the page's own and kept as `page title`.
fn front_matter<'t>(text: &'t str, properties: &mut Vec<(String, String)>) -> &'t str {
    let text = text.trim_start_matches('\u{FEFF}');
    for (fence, equals) in [("---", ':'), ("+++", '=')] {
        let fenced = text.strip_prefix(fence).filter(|r| r.starts_with(['\n', '\r']));
        // Without the first line, the text begins with a key at once and no line up to the second is blank.
        let key = |l: &str| {
            l.split_once(':').is_some_and(|(k, _)| !k.is_empty() && k.chars().all(char::is_alphanumeric))
        };
        let open = || {
            let mut lines = text.lines().take(HEADER_LINES).take_while(|l| !l.trim().is_empty());
            let starts = lines.next().is_some_and(key);
            (fence == "---" && starts && lines.any(|l| l.trim_end() == fence)).then_some(text)
        };
        let Some(rest) = fenced.or_else(open) else { continue };
        let mut taken = 0usize;
        let mut found = Vec::new();
        for line in rest.split_inclusive('\n') {
            taken = taken.saturating_add(line.len());
            if line.trim_end() == fence {
                properties.append(&mut found);
                return rest.get(taken..).unwrap_or("");
            }
            if let Some((key, value)) = line.split_once(equals) {
                let value = value.trim().trim_matches(['"', '\'']);
                let key = match key.trim_end() {
                    "title" | "name" => "page title".to_owned(),
                    key => key.trim().to_lowercase(),
                };
                if !value.is_empty() {
                    found.push((key, value.to_owned()));
                }
            }
        }
    }
    text
}

#[derive(Default)]
struct Writer {
    reading: Reading,
    passage: Passage,
    block: Block,
    /// Open lists: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// The marker of the item that has begun and has no text yet.
    marker: Option<String>,
    bold: u32,
    italic: u32,
    cell: Option<Cell>,
    picture: Option<String>,
    html: bool,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.html => self.raw(&text),
            Event::Text(text) | Event::Code(text) => match &mut self.picture {
                Some(alternative) => alternative.push_str(&text),
                None => self.passage.push(&text),
            },
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak | Event::HardBreak => self.passage.push(" "),
            Event::Rule => self.end_block(),
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.block.kind = Kind::Heading;
                self.block.level = level as u8;
                self.block.look.styled = true;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) => self.end_block(),
            Tag::HtmlBlock => {
                self.end_block();
                self.html = true;
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(next)) => {
                        let marker = format!("{next}.");
                        *next = next.saturating_add(1);
                        marker
                    }
                    _ => "•".into(),
                });
            }
            Tag::FootnoteDefinition(label) => {
                self.end_block();
                self.block.kind = Kind::Note;
                self.block.marker = Some(label.to_string());
            }
            Tag::Table(_) => {
                self.end_block();
                self.cell = Some(Cell { table: self.reading.tables, columns: 1, rows: 1, ..Cell::default() });
                self.reading.tables = self.reading.tables.saturating_add(1);
            }
            Tag::TableHead => {
                if let Some(cell) = &mut self.cell {
                    cell.header = true;
                }
            }
            Tag::Strong => {
                self.bold = self.bold.saturating_add(1);
                self.passage.set_bold(true);
            }
            Tag::Emphasis => {
                self.italic = self.italic.saturating_add(1);
                self.passage.set_italic(true);
            }
            Tag::Link { dest_url, .. } => self.passage.set_link(Some(dest_url.to_string())),
            Tag::Image { .. } => self.picture = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition => {
                self.end_block();
            }
            TagEnd::HtmlBlock => {
                self.html = false;
                self.end_block();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                self.end_block();
                if let Some(cell) = &mut self.cell {
                    cell.column = cell.column.saturating_add(1);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(cell) = &mut self.cell {
                    cell.row = cell.row.saturating_add(1);
                    cell.column = 0;
                    cell.header = false;
                }
            }
            TagEnd::Table => self.cell = None,
            TagEnd::Strong => {
                self.bold = self.bold.saturating_sub(1);
                self.passage.set_bold(self.bold > 0);
            }
            TagEnd::Emphasis => {
                self.italic = self.italic.saturating_sub(1);
                self.passage.set_italic(self.italic > 0);
            }
            TagEnd::Link => self.passage.set_link(None),
            TagEnd::Image => {
                let alternative = self.picture.take().filter(|a| !a.is_empty());
                let block = u32::try_from(self.reading.blocks.len()).ok();
                self.reading.pictures.push(Picture { alternative, block, ..Picture::default() });
            }
            _ => {}
        }
    }

    /// HTML within Markdown: tags are dropped, a break is a blank, text stays.
    fn raw(&mut self, html: &str) {
        let mut inside = false;
        let mut piece = String::new();
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    piece.push(' ');
                }
                c if !inside => piece.push(c),
                _ => {}
            }
        }
        self.passage.push(&piece);
    }

    fn end_block(&mut self) {
        let passage = std::mem::take(&mut self.passage);
        let mut block = std::mem::take(&mut self.block);
        if self.bold > 0 {
            self.passage.set_bold(true);
        }
        if self.italic > 0 {
            self.passage.set_italic(true);
        }
        if let Some(cell) = self.cell {
            block.kind = Kind::TableCell;
            block.cell = Some(cell);
        } else if block.kind == Kind::Paragraph
            && !passage.is_empty()
            && let Some(marker) = self.marker.take()
        {
            block.kind = Kind::ListItem;
            block.level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX).max(1);
            block.marker = Some(marker);
        }
        let waiting = block.kind == Kind::Heading || block.kind == Kind::Note;
        if passage.is_empty() && waiting {
            self.block = block; // its text is still to come
            return;
        }
        if passage.finish(&mut block) {
            block.place.paragraph =
                u32::try_from(self.reading.blocks.len()).unwrap_or(u32::MAX).saturating_add(1);
            self.reading.blocks.push(block);
        }
    }
}
