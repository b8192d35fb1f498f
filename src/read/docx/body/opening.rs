//! An element in, what it is to the walk out: the vocabulary of Word's text, of its drawings and formulas.

use crate::document::ApartKind;
use crate::error::Result;
use crate::limits;

use super::super::super::pictures::styled;
use super::super::super::xml::{Element, Space};
use super::super::paragraph::Paragraph;
use super::super::repeated::RunProps;
use super::super::symbols;
use super::{Body, Field, Open, Pictured};

impl Body<'_> {
    /// Elements that hold no text of the document, or text that another element holds already.
    pub(super) fn is_passed_over(&mut self, element: &Element) -> bool {
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

    pub(super) fn begin(&mut self, element: &Element) -> Result<Open> {
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
                // A page's address and the place on it; the place alone lies in this file.
                let anchor = element.attribute("anchor").map(|a| format!("#{a}"));
                let target = match (element.attribute("id"), anchor) {
                    (Some(id), Some(anchor)) => Some(id + &anchor),
                    (id, anchor) => id.or(anchor),
                };
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
            "extent" => {
                self.shown = ["cx", "cy"]
                    .map(|side| element.attribute(side).and_then(|v| v.parse().ok()).unwrap_or_default());
            }
            "shape" => self.shown = styled(&element.attribute("style").unwrap_or_default()),
            "docPr" => {
                let alternative = element
                    .attribute("descr")
                    .or_else(|| element.attribute("title"))
                    .filter(|a| !a.trim().is_empty());
                let block = self.block_id();
                let shown = std::mem::take(&mut self.shown);
                self.found.pictures.push(Pictured { alternative, relation: None, block, shown });
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
                let shown = std::mem::take(&mut self.shown);
                self.found.pictures.push(Pictured { alternative, relation, block, shown });
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

    /// One character that stands for an element.
    fn character(&mut self, text: &str) -> Open {
        if !self.open.contains(&Open::Deletion) {
            self.shown(text);
        }
        Open::Other
    }
}
