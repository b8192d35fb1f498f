//! A paper as a Word file: parts in, the bytes of a package out. Headings, lists and tables are Word's own, with header rows, captions and links.

use crate::merge::Side;
use crate::report::escape::{date, visible};
use crate::report::word::lists::Lists;
use crate::report::word::{Dress, Page, Template, Wearer, packed, parts, xml, zipped};

use super::drawing::drawing;
use super::{Cell, Line, Look, Paper, Part, Run, Table};

const PARTS: [parts::Part; 3] = [
    ("rStyles", "styles", "styles"),
    ("rNumbering", "numbering", "numbering"),
    ("rSettings", "settings", "settings"),
];
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/></w:settings>"#;
/// What papers have beyond the styles of drafts.
const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="40"/></w:pPr><w:rPr><w:color w:val="4D5860"/><w:sz w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="PaperLead"><w:name w:val="Paper Lead"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="80"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="PaperNotice"><w:name w:val="Paper Notice"/><w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="4D5860"/></w:pBdr></w:pPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="PaperSmall"><w:name w:val="Paper Small"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr><w:rPr><w:color w:val="4D5860"/><w:sz w:val="17"/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="PaperCell"><w:name w:val="Paper Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="20" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDTH}"/></w:tabs><w:spacing w:after="40"/></w:pPr></w:style></w:styles>"#;
/// A4 with narrow margins.
const PAGE: Page = Page { size: [11_906, 16_838], margins: [907, 1020, 907, 1020, 454, 454, 0] };
/// Longest name of a place that Word knows.
const NAME: usize = 40;

/// The file, with a template's look if there is one; the same paper gives the same bytes.
pub(in crate::report) fn word(paper: &Paper, template: Option<&Template>) -> Vec<u8> {
    let page = template.map_or(PAGE, Template::page);
    let width = usize::try_from(page.between()[0]).unwrap_or(0);
    let logos = &paper.colours.logos;
    let mut body =
        Body { paper, out: String::new(), width, marks: 0, pictures: 0, fresh: true, breaks: false };
    body.out.push_str(&logos.paragraph());
    body.paragraph("Title", &vec![super::plain(&paper.title)]);
    for part in &paper.parts {
        body.part(part);
    }
    let dress = Dress::of(
        template,
        &Wearer {
            styles: &parts::styles().replace("</w:styles>", &STYLES.replace("{WIDTH}", &width.to_string())),
            title: &paper.title,
            line: &format!("{}. {}", visible(&paper.title), date(paper.today)),
            lists: &Lists::default(),
            settings: SETTINGS,
            page: PAGE,
        },
    );
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>{}<w:sectPr>{}</w:sectPr></w:body></w:document>"#,
        parts::W,
        body.out,
        dress.section
    );
    let all = dress.with(&PARTS);
    // A policy's pictures are drawn, so that only logos and a template bring files of them.
    let mut pictures = if dress.pictures.is_empty() { Vec::new() } else { vec!["png", "jpeg"] };
    pictures.extend(logos.endings());
    pictures.sort_unstable();
    pictures.dedup();
    let own = [
        ("[Content_Types].xml", parts::content_types(&all, &pictures)),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(&paper.title, paper.today)),
        ("word/_rels/document.xml.rels", parts::relations(&all, &logos.relations())),
        ("word/document.xml", document),
    ];
    zipped(packed(&own, &dress).into_iter().chain(logos.parts()))
}

/// The body under construction.
struct Body<'p> {
    paper: &'p Paper,
    out: String,
    /// Twentieths of a point between the margins.
    width: usize,
    /// Named places so far.
    marks: usize,
    pictures: usize,
    /// Nothing stands on this page yet.
    fresh: bool,
    /// What comes next begins on a new page.
    breaks: bool,
}

impl Body<'_> {
    fn part(&mut self, part: &Part) {
        if self.breaks && !matches!(part, Part::NewPage | Part::Heading(..)) {
            self.breaks = false;
            self.out.push_str(
                r#"<w:p><w:pPr><w:pStyle w:val="DraftGap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>"#,
            );
        }
        match part {
            Part::NewPage => {
                self.breaks |= !self.fresh;
                self.fresh = true;
                return;
            }
            Part::Heading(level, id, text) => {
                let mark = self.mark(id);
                // The break is the heading's own: a paragraph for it alone would stand on an empty page where the last one is just full.
                let breaks = if std::mem::take(&mut self.breaks) { "<w:pageBreakBefore/>" } else { "" };
                self.out.push_str(&format!(
                    r#"<w:p><w:pPr><w:pStyle w:val="Heading{level}"/>{breaks}</w:pPr>{mark}{}</w:p>"#,
                    words("", text)
                ));
            }
            Part::Text(look, line) => {
                let style = match look {
                    Look::Plain => "Normal",
                    Look::Lead => "PaperLead",
                    Look::Notice => "PaperNotice",
                    Look::Small => "PaperSmall",
                };
                self.paragraph(style, line);
            }
            Part::List(items) => {
                for item in items {
                    let runs = runs(item);
                    self.out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{runs}</w:p>"#));
                }
            }
            Part::Table(table) => self.table(table),
            Part::Figure(figure) => {
                let drawn = drawing(figure, &self.paper.colours.light, self.pictures);
                self.pictures += 1;
                self.out.push_str(&format!(r#"<w:p><w:pPr><w:keepNext/></w:pPr><w:r>{drawn}</w:r></w:p>"#));
                self.paragraph("PaperSmall", &vec![super::plain(&figure.caption)]);
            }
            Part::Contents => self.contents(),
        }
        self.fresh = false;
    }

    fn paragraph(&mut self, style: &str, line: &Line) {
        self.out.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, runs(line)));
    }

    /// A named place; nothing for no name.
    fn mark(&mut self, id: &str) -> String {
        if id.is_empty() {
            return String::new();
        }
        self.marks += 1;
        let (number, name) = (self.marks, name(id));
        format!(r#"<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>"#)
    }

    /// The contents: links with the page they lead to, which Word and LibreOffice reckon when they open the file.
    fn contents(&mut self) {
        let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
        for (id, text) in self.paper.contents() {
            let name = name(id);
            let code =
                format!(r#"<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \h </w:instrText></w:r>"#);
            let begin = r#"<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>"#;
            let page = format!("{begin}{code}{}{}{}", field("separate"), words("", "–"), field("end"));
            self.out.push_str(&format!(
                r#"<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="{name}" w:history="1">{}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>"#,
                words("", text)
            ));
        }
    }

    fn table(&mut self, t: &Table) {
        let mark = self.mark(&t.id);
        let bare = t.rows.is_empty() && t.totals.is_empty();
        let style = if bare { "PaperSmall" } else { "Caption" };
        self.out.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{mark}{}</w:p>"#,
            words("", &t.caption)
        ));
        if bare {
            return;
        }
        let widths: Vec<usize> = t.columns.iter().map(|c| self.width * usize::from(c.width) / 100).collect();
        let grid: String = widths.iter().map(|w| format!(r#"<w:gridCol w:w="{w}"/>"#)).collect();
        self.out.push_str(&format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#,
            xml(&visible(&t.caption))
        ));
        let mut head = String::new();
        for (column, width) in t.columns.iter().zip(&widths) {
            let colour = match column.side {
                Some(side) => format!(r#"<w:color w:val="{}"/>"#, hex(self.paper, side)),
                None => String::new(),
            };
            head.push_str(&cell_with(
                *width,
                &format!(
                    r#"<w:p><w:pPr><w:pStyle w:val="PaperCell"/><w:keepNext/></w:pPr>{}</w:p>"#,
                    words(&format!("<w:b/>{colour}"), &column.name)
                ),
            ));
        }
        self.out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"));
        for row in &t.rows {
            let keep = if t.form { "<w:trPr><w:cantSplit/></w:trPr>" } else { "" };
            let cells: String =
                row.iter().zip(&widths).enumerate().map(|(at, (c, w))| cell_of(c, *w, at == 0, "")).collect();
            self.out.push_str(&format!("<w:tr>{keep}{cells}</w:tr>"));
        }
        if !t.totals.is_empty() {
            let mut cells = String::new();
            for ((id, cell), width) in t.totals.iter().zip(&widths) {
                let mark = self.mark(id);
                cells.push_str(&cell_of(cell, *width, true, &mark));
            }
            self.out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"));
        }
        // Two tables without a paragraph between them would be one.
        self.out.push_str(r#"</w:tbl><w:p><w:pPr><w:pStyle w:val="DraftGap"/></w:pPr></w:p>"#);
    }
}

fn cell_with(width: usize, content: &str) -> String {
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>"#)
}

/// A cell's lines; room to write in reaches to the cell's right edge.
fn cell_of(cell: &Cell, width: usize, bold: bool, mark: &str) -> String {
    let mut content = String::new();
    for (at, line) in cell.iter().enumerate() {
        let tabs = match line.contains(&Run::Gap(0)) {
            true => format!(
                r#"<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{}"/></w:tabs>"#,
                width.saturating_sub(180)
            ),
            false => String::new(),
        };
        let line: Line = match bold {
            true => {
                line.iter().cloned().map(|r| if let Run::Plain(t) = r { Run::Strong(t) } else { r }).collect()
            }
            false => line.clone(),
        };
        let mark = if at == 0 { mark } else { "" };
        content.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="PaperCell"/>{tabs}</w:pPr>{mark}{}</w:p>"#,
            runs(&line)
        ));
    }
    if content.is_empty() {
        content.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="PaperCell"/></w:pPr>{mark}</w:p>"#));
    }
    cell_with(width, &content)
}

fn runs(line: &Line) -> String {
    let link = |id: &str, text: &str, looks: &str| {
        format!(
            r#"<w:hyperlink w:anchor="{}" w:history="1">{}</w:hyperlink>"#,
            name(id),
            words(&format!(r#"<w:rStyle w:val="Hyperlink"/>{looks}"#), text)
        )
    };
    line.iter()
        .map(|run| match run {
            Run::Plain(text) => words("", text),
            Run::Strong(text) => words("<w:b/>", text),
            Run::Quote(_, text) => words("", &format!("“{text}”")),
            Run::Small(text) => words(r#"<w:color w:val="4D5860"/><w:sz w:val="16"/>"#, text),
            Run::Count(n, id) => link(id, &n.to_string(), "<w:b/>"),
            Run::To(text, id) => link(id, text, ""),
            Run::Gap(0) => "<w:r><w:tab/></w:r>".to_owned(),
            Run::Gap(width) => words("", &"_".repeat(usize::from(*width))),
        })
        .collect()
}

fn words(looks: &str, text: &str) -> String {
    let looks = if looks.is_empty() { String::new() } else { format!("<w:rPr>{looks}</w:rPr>") };
    format!(r#"<w:r>{looks}<w:t xml:space="preserve">{}</w:t></w:r>"#, xml(&visible(text)))
}

/// A place's name as Word takes it.
fn name(id: &str) -> String {
    format!("cg_{id}").chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(NAME).collect()
}

/// A school's colour as Word writes it.
fn hex(paper: &Paper, side: Side) -> &str {
    paper.colours.light[side.index()].trim_start_matches('#')
}
