//! An element in, what it is to the walk out: the vocabulary of OpenDocument's text.

use crate::document::{ApartKind, Block, Kind, Picture};
use crate::error::Result;
use crate::read::pictures::length;
use crate::read::xml::Element;

use super::{Body, List, Open, Paragraph};

impl Body<'_> {
    pub(super) fn begin(&mut self, element: &Element) -> Result<Open> {
        let style = element.attribute("style-name");
        Ok(match element.name() {
            "p" | "h" => self.paragraph(element, style.as_deref()),
            "span" => Open::Span(self.styles.resolved("text", style.as_deref())),
            "a" => {
                let target = element.attribute("href");
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.passage.set_link(target);
                }
                Open::Link
            }
            "s" => {
                self.push(" ");
                Open::Other
            }
            "tab" | "line-break" => {
                self.push(" ");
                Open::Other
            }
            "list" => self.list(element, style),
            "list-item" | "numbered-paragraph" => {
                let value = element.attribute("start-value").and_then(|v| v.parse().ok());
                if let Some(list) = self.lists.last_mut() {
                    list.item = Some(value);
                }
                Open::Other
            }
            "list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.item = None;
                }
                Open::Other
            }
            "table" => {
                self.tables.begin()?;
                Open::Table
            }
            "table-header-rows" => Open::HeaderRows,
            "table-row" => {
                if self.open.iter().rev().any(|o| matches!(o, Open::HeaderRows)) {
                    self.tables.header();
                }
                Open::Row
            }
            "table-cell" | "covered-table-cell" => {
                self.tables.cell()?;
                let columns = |name| element.attribute(name).and_then(|v| v.parse().ok());
                if let Some(columns) = columns("number-columns-repeated") {
                    self.tables.span(columns);
                }
                Open::Cell
            }
            "text-box" => Open::Box(self.tables.aside()),
            "note" => {
                self.notes.push(Vec::new());
                Open::Note
            }
            "note-citation" => {
                self.cited = Some(String::new());
                Open::Other
            }
            "annotation" => {
                self.author = None;
                self.found.comments += 1;
                Open::Aside(ApartKind::Comment)
            }
            "creator" => Open::Author,
            // When a comment or a change was made; a date in the text is a field of the same name.
            "date" | "creator-initials" | "sender-initials"
                if matches!(self.open.last(), Some(Open::Aside(_) | Open::ChangeInfo)) =>
            {
                Open::Ignored
            }
            "change-info" => Open::ChangeInfo,
            "deletion" => {
                self.found.deletions += 1;
                Open::Aside(ApartKind::Deleted)
            }
            "insertion" => {
                self.found.insertions += 1;
                Open::Other
            }
            "table-of-content" => Open::Contents,
            "frame" | "custom-shape" => {
                let shown = ["width", "height"]
                    .map(|side| element.attribute(side).map(|l| length(&l)).unwrap_or_default());
                let block = u32::try_from(self.here()).ok();
                self.found.pictures.push((Picture { block, shown, ..Picture::default() }, None));
                Open::Other
            }
            "image" => {
                if let Some((_, target)) = self.found.pictures.last_mut() {
                    *target = element.attribute("href");
                }
                Open::Other
            }
            "title" | "desc" => Open::Alternative,
            _ => Open::Other,
        })
    }

    fn list(&mut self, element: &Element, style: Option<String>) -> Open {
        let outer = self.lists.last().cloned();
        let level = outer.as_ref().map_or(1, |l| l.level + 1);
        let style = style.or_else(|| outer.as_ref().and_then(|l| l.style.clone()));
        // A nested list counts in its outer list's row of counters.
        let number = outer.map_or_else(
            || {
                self.count += 1;
                let before = element.attribute("continue-list").or_else(|| {
                    (element.attribute("continue-numbering").as_deref() == Some("true"))
                        .then(|| style.clone())
                        .flatten()
                });
                if let Some(before) = before.and_then(|b| self.named.get(&b).copied()) {
                    self.counters.go_on(self.count, before);
                }
                self.count
            },
            |l| l.number,
        );
        for name in [element.attribute("id"), style.clone()].into_iter().flatten() {
            self.named.insert(name, number);
        }
        self.lists.push(List { number, style, level, item: None });
        Open::List
    }

    fn paragraph(&mut self, element: &Element, style: Option<&str>) -> Open {
        let props = self.styles.resolved("paragraph", style);
        let mut block = Block::default();
        let in_box = self.open.iter().any(|o| matches!(o, Open::Box(_)));
        let contents = self.open.iter().any(|o| matches!(o, Open::Contents));
        let level = element
            .attribute("outline-level")
            .and_then(|l| l.parse::<u8>().ok())
            .or(if element.name() == "h" { props.level.or(Some(1)) } else { None });
        let item = self.lists.last_mut().and_then(|l| l.item.take().map(|v| (l.clone(), v)));
        if !self.notes.is_empty() {
            block.kind = Kind::Note;
            block.marker = self.cited.take().filter(|c| !c.is_empty());
        } else if in_box {
            block.kind = Kind::TextBox;
        } else if let Some(cell) = self.tables.here() {
            block.kind = Kind::TableCell;
            block.cell = Some(cell);
        } else if let Some(level) = level.filter(|_| !contents) {
            block.kind = Kind::Heading;
            block.level = level.clamp(1, 9);
            block.look.styled = true;
        }
        let plain = block.kind == Kind::Paragraph;
        if let Some((list, value)) = item {
            let style = list.style.as_deref().or(props.list.as_deref());
            if block.kind != Kind::Note {
                block.marker = self.counters.item(self.styles, list.number, style, list.level, value);
            }
            if plain {
                block.kind = Kind::ListItem;
            }
            if !matches!(block.kind, Kind::Heading | Kind::Note) {
                block.level = u8::try_from(list.level).unwrap_or(9).min(9);
            }
        } else if block.kind == Kind::Heading && self.lists.is_empty() {
            block.marker = self.counters.heading(self.styles, usize::from(block.level));
        }
        block.look.title = props.title.unwrap_or(false);
        block.look.contents = contents;
        block.look.centred = props.centred.unwrap_or(false);
        block.look.new_page = props.page_before.unwrap_or(false);
        self.paragraphs.push(Paragraph { block, props, ..Paragraph::default() });
        Open::Paragraph
    }
}
