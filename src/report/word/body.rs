//! The body of a Word draft: regions in, paragraphs and tables with tracked changes and comments out.

use std::collections::BTreeMap;

use crate::document::{Block, Kind, Style};
use crate::merge::marks::AUTHOR;
use crate::merge::{Levels, Marks, Paragraph, Piece, Region, Row, Side, Stand, Words, marks};

use super::lists::{self, LEVELS, Lists, Numbered};
use super::parts::W;
use super::pictures::{self, Pictures};
use super::{Draftable, remarks, xml};

/// The body under construction.
pub(super) struct Body<'d> {
    pub(super) d: &'d Draftable<'d>,
    pub(super) out: String,
    /// Targets of links; the relationship of the n-th is "l" and n.
    pub(super) links: Vec<String>,
    pub(super) lists: Lists,
    numbered: Option<Numbered>,
    outline: Levels<'d>,
    pub(super) pictures: Pictures<'d>,
    notes: Vec<String>,
    comments: Vec<usize>,
    id: usize,
    /// What part of the page's width a paragraph has: columns of its cell, columns of the table.
    share: (u32, u32),
    /// Headings are set as plain paragraphs, so that they do not stand in the contents.
    pub(super) plain_headings: bool,
}

impl<'d> Body<'d> {
    pub(super) fn new(d: &'d Draftable<'d>) -> Self {
        Self {
            d,
            out: String::new(),
            links: Vec::new(),
            lists: Lists::default(),
            numbered: Numbered::of(d.materials.document(d.draft.order_of)),
            outline: Levels::of(d.materials.documents),
            pictures: Pictures::default(),
            notes: Vec::new(),
            comments: Vec::new(),
            id: 0,
            share: (1, 1),
            plain_headings: false,
        }
    }

    pub(super) fn regions(&mut self) {
        let d = self.d;
        let marks = marks(d.draft, d.materials);
        self.bookmarks(&marks.before());
        for region in &d.draft.regions {
            match region {
                Region::Paragraph(p) => self.paragraph(p),
                Region::Table(columns, rows) => self.table(*columns, rows),
            }
        }
        self.bookmarks(&[Marks::END.to_owned()]);
    }

    /// Bookmarks in a paragraph of their own, so that they stay when the text beside them is rejected.
    fn bookmarks(&mut self, names: &[String]) {
        self.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="DraftGap"/></w:pPr>"#);
        for name in names {
            self.id += 1;
            let id = self.id;
            self.out.push_str(&format!(
                r#"<w:bookmarkStart w:id="{id}" w:name="{name}"/><w:bookmarkEnd w:id="{id}"/>"#
            ));
        }
        self.out.push_str("</w:p>");
    }

    /// The start tag of a tracked change, with a number that no other has.
    fn tracked(&mut self, name: &str, side: Side, empty: bool) -> String {
        self.id += 1;
        let author = xml(&self.d.materials.schools[side.index()].name);
        let end = if empty { "/" } else { "" };
        format!(
            r#"<w:{name} w:id="{}" w:author="{author}" w:date="{}T00:00:00Z"{end}>"#,
            self.id, self.d.today
        )
    }

    fn block(&self, at: (Side, u32)) -> Option<&'d Block> {
        self.d.materials.document(at.0).blocks.get(at.1 as usize)
    }

    pub(super) fn paragraph(&mut self, p: &Paragraph) {
        if let (Some(label), Stand::Inserted(side)) = (&p.label, p.end) {
            // Rejected together with what it is about.
            self.verbatim(side, "DraftLabel", label);
        }
        let mut properties = self.block(p.like).map_or_else(String::new, |b| self.properties(b, p.like));
        if let Stand::Inserted(side) = p.end {
            let mark = self.tracked("ins", side, true);
            properties.push_str(&format!("<w:rPr>{mark}</w:rPr>"));
        }
        self.out.push_str("<w:p>");
        if !properties.is_empty() {
            self.out.push_str(&format!("<w:pPr>{properties}</w:pPr>"));
        }
        let mut at = 0;
        while let Some(piece) = p.pieces.get(at) {
            // Pieces of one remark stand under one comment.
            let mut end = at + 1;
            if let Some(remark) = piece.remark.filter(|r| remarks::is_shown(self.d, *r)) {
                while p.pieces.get(end).is_some_and(|q| q.remark == Some(remark)) {
                    end += 1;
                }
                let number = self.comments.len();
                // A choice whose two sides stand in two paragraphs has its comment on the first.
                let fresh = !self.comments.contains(&remark);
                if fresh {
                    self.comments.push(remark);
                    self.out.push_str(&format!(r#"<w:commentRangeStart w:id="{number}"/>"#));
                }
                for piece in p.pieces.get(at..end).unwrap_or(&[]) {
                    self.piece(piece);
                }
                if fresh {
                    self.out.push_str(&format!(
                        r#"<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>"#
                    ));
                }
            } else {
                self.piece(piece);
            }
            at = end;
        }
        for note in &p.notes {
            let text = self.block(note.shown).map_or("", |b| b.text.as_str());
            self.notes.push(text.to_owned());
            let number = self.notes.len();
            let run = format!(
                r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>"#
            );
            match note.stand {
                Stand::Inserted(side) => {
                    let open = self.tracked("ins", side, false);
                    self.out.push_str(&format!("{open}{run}</w:ins>"));
                }
                _ => self.out.push_str(&run),
            }
        }
        self.out.push_str("</w:p>");
        for picture in &p.pictures {
            self.picture(picture.shown, pictures::inserted(picture));
        }
    }

    /// A picture in a paragraph of its own, as one school's insertion or as plain text.
    pub(super) fn picture(&mut self, shown: (Side, usize), inserted: Option<Side>) {
        let Some(run) = self.pictures.run(self.d, shown, self.share) else { return };
        let (mark, run) = match inserted {
            Some(side) => {
                let mark = self.tracked("ins", side, true);
                let open = self.tracked("ins", side, false);
                (format!("<w:rPr>{mark}</w:rPr>"), format!("{open}{run}</w:ins>"))
            }
            None => (String::new(), run),
        };
        self.out
            .push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="DraftPicture"/>{mark}</w:pPr>{run}</w:p>"#));
    }

    fn piece(&mut self, piece: &Piece) {
        let d = self.d;
        let text = d.materials.text(&piece.words);
        if text.is_empty() {
            return;
        }
        match piece.stand {
            Stand::Plain => self.runs(piece, text, "w:t", None),
            Stand::Inserted(side) => self.runs(piece, text, "w:t", Some(("ins", side))),
            Stand::Replaced(side) => self.runs(piece, text, "w:delText", Some(("del", side))),
        }
    }

    /// The text of a piece in runs of one formatting each; links around what is tracked.
    fn runs(&mut self, piece: &Piece, text: &str, element: &str, tracked: Option<(&str, Side)>) {
        let mut stretches: Vec<(usize, usize, String, Option<String>)> = Vec::new();
        match &piece.words {
            Words::Quoted(side, quote) => {
                let spans = self.block((*side, quote.block)).map_or(&[][..], |b| b.spans.as_slice());
                let (start, end) = (quote.start as usize, quote.end as usize);
                let mut cuts = vec![start, end];
                for span in spans {
                    cuts.extend(
                        [span.range.start as usize, span.range.end as usize].map(|c| c.clamp(start, end)),
                    );
                }
                cuts.sort_unstable();
                cuts.dedup();
                for cut in cuts.windows(2) {
                    let inside: Vec<&Style> = spans
                        .iter()
                        .filter(|s| s.range.start as usize <= cut[0] && cut[1] <= s.range.end as usize)
                        .map(|s| &s.style)
                        .collect();
                    let link = inside.iter().find_map(|s| match s {
                        Style::Link(target) => safe(target),
                        _ => None,
                    });
                    let mut looks = String::new();
                    if link.is_some() {
                        looks.push_str(r#"<w:rStyle w:val="Hyperlink"/>"#);
                    }
                    if inside.contains(&&Style::Bold) {
                        looks.push_str("<w:b/>");
                    }
                    if inside.contains(&&Style::Italic) {
                        looks.push_str("<w:i/>");
                    }
                    stretches.push((cut[0] - start, cut[1] - start, looks, link));
                }
            }
            Words::Blank | Words::Written(_) => stretches.push((0, text.len(), String::new(), None)),
            Words::Label(_) => stretches.push((0, text.len(), "<w:i/>".into(), None)),
        }
        for (from, to, looks, link) in stretches {
            let Some(part) = text.get(from..to) else { continue };
            let looks = if looks.is_empty() { looks } else { format!("<w:rPr>{looks}</w:rPr>") };
            let mut run =
                format!(r#"<w:r>{looks}<{element} xml:space="preserve">{}</{element}></w:r>"#, xml(part));
            if let Some((name, side)) = tracked {
                run = format!("{}{run}</w:{name}>", self.tracked(name, side, false));
            }
            if let Some(target) = link {
                let number = self.links.iter().position(|l| *l == target).unwrap_or_else(|| {
                    self.links.push(target);
                    self.links.len() - 1
                });
                run = format!(r#"<w:hyperlink r:id="l{number}">{run}</w:hyperlink>"#);
            }
            self.out.push_str(&run);
        }
    }

    /// Style and list of a paragraph, in the order of the schema.
    fn properties(&mut self, block: &Block, at: (Side, u32)) -> String {
        let heading = block.kind == Kind::Heading && !self.plain_headings;
        let style = match block.kind {
            Kind::Heading if heading => {
                // Levels that are numbered are those of the policy whose numbers they are.
                let rank = self.outline.rank(at).filter(|_| self.numbered.is_none());
                format!("Heading{}", rank.unwrap_or(block.level).clamp(1, LEVELS))
            }
            Kind::TextBox => "TextBox".into(),
            Kind::ListItem => "ListParagraph".into(),
            _ => String::new(),
        };
        let list = match (&self.numbered, block.kind) {
            (Some(n), Kind::Heading) if heading => n.heading(block).map(|level| (level, lists::HEADINGS)),
            (_, Kind::Heading | Kind::Note) => None,
            (Some(n), _) if n.item(block).is_some() => n.item(block).map(|level| (level, lists::HEADINGS)),
            (_, kind) if block.level == 0 && kind != Kind::ListItem => None,
            _ => Some(self.lists.item(block)),
        };
        if list.is_none() || heading {
            self.lists.end();
        }
        let mut out = String::new();
        if !style.is_empty() {
            out.push_str(&format!(r#"<w:pStyle w:val="{style}"/>"#));
        }
        if let Some((level, number)) = list {
            out.push_str(&format!(
                r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>"#
            ));
        }
        out
    }

    pub(super) fn table(&mut self, columns: u32, rows: &[Row]) {
        self.lists.end();
        let columns = columns.clamp(1, 63); // Word has no more
        self.begin_table(columns);
        // Cells that cover several rows: the column, its width and the rows still to be covered.
        let mut covered: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for row in rows {
            let mut properties = String::new();
            if row.header {
                properties.push_str("<w:tblHeader/>");
            }
            if let Stand::Inserted(side) = row.stand {
                properties.push_str(&self.tracked("ins", side, true));
            }
            self.out.push_str("<w:tr>");
            if !properties.is_empty() {
                self.out.push_str(&format!("<w:trPr>{properties}</w:trPr>"));
            }
            let mut at = 0;
            let mut cells = row.cells.iter().peekable();
            while at < columns {
                if let Some(cell) = cells.next_if(|c| c.column <= at) {
                    let span = cell.columns.min(columns - at);
                    if cell.rows > 1 {
                        covered.insert(at, (span, cell.rows - 1));
                    }
                    self.begin_cell(span, (cell.rows > 1).then_some("restart"));
                    self.share = (span, columns);
                    for p in &cell.paragraphs {
                        self.paragraph(p);
                    }
                    self.share = (1, 1);
                    if cell.paragraphs.is_empty() {
                        self.out.push_str("<w:p/>");
                    }
                    at += span.max(1);
                } else if let Some((span, left)) = covered.remove(&at) {
                    if left > 1 {
                        covered.insert(at, (span, left - 1));
                    }
                    self.begin_cell(span, Some("continue"));
                    self.out.push_str("<w:p/>");
                    at += span.max(1);
                } else {
                    self.begin_cell(1, None);
                    self.out.push_str("<w:p/>");
                    at += 1;
                }
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.end_table();
    }

    pub(super) fn begin_table(&mut self, columns: u32) {
        let width = self.d.page().between()[0] / i64::from(columns.max(1));
        let grid = format!(r#"<w:gridCol w:w="{width}"/>"#).repeat(columns as usize);
        self.out.push_str(&format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        ));
    }

    pub(super) fn begin_cell(&mut self, span: u32, merge: Option<&str>) {
        let mut properties = String::new();
        if span > 1 {
            properties.push_str(&format!(r#"<w:gridSpan w:val="{span}"/>"#));
        }
        if let Some(merge) = merge {
            properties.push_str(&format!(r#"<w:vMerge w:val="{merge}"/>"#));
        }
        self.out.push_str(&format!("<w:tc><w:tcPr>{properties}</w:tcPr>"));
    }

    pub(super) fn end_table(&mut self) {
        // Two tables without a paragraph between them would be one.
        self.out.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="DraftGap"/></w:pPr></w:p>"#);
    }

    /// A paragraph of the draft's own words.
    pub(super) fn scaffold(&mut self, style: &str, text: &str) {
        self.out.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
            xml(text)
        ));
    }

    /// A paragraph that is one school's insertion as a whole.
    pub(super) fn verbatim(&mut self, side: Side, style: &str, text: &str) {
        let mark = self.tracked("ins", side, true);
        let open = self.tracked("ins", side, false);
        self.out.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/><w:rPr>{mark}</w:rPr></w:pPr>{open}<w:r><w:t xml:space="preserve">{}</w:t></w:r></w:ins></w:p>"#,
            xml(text)
        ));
    }

    /// The part; `section` says what its pages are like.
    pub(super) fn document(&self, section: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:body>{}<w:sectPr>{section}</w:sectPr></w:body></w:document>"#,
            self.out
        )
    }

    pub(super) fn footnotes(&self) -> String {
        let mut out = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"#
        );
        for (number, text) in (1..).zip(&self.notes) {
            out.push_str(&format!(
                r#"<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {}</w:t></w:r></w:p></w:footnote>"#,
                xml(text)
            ));
        }
        out + "</w:footnotes>"
    }

    pub(super) fn comments(&self) -> String {
        let mut out = format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:comments {W}>"#);
        for (number, remark) in self.comments.iter().enumerate() {
            let date = self.d.today;
            out.push_str(&format!(
                r#"<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{date}T00:00:00Z" w:initials="CG">"#
            ));
            for line in remarks::lines(self.d, *remark) {
                out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#, xml(&line)));
            }
            out.push_str("</w:comment>");
        }
        out + "</w:comments>"
    }
}

/// A link's target if it may be clicked on: a web page or an e-mail address.
fn safe(target: &str) -> Option<String> {
    let target = target.trim();
    let lower = target.to_ascii_lowercase();
    let kind = ["http://", "https://", "mailto:"].iter().any(|k| lower.starts_with(k));
    let plain = !target.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    (kind && plain).then(|| target.to_owned())
}
