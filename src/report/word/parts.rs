//! The parts of a Word package besides its body: styles, lists, margins, relationships.

use jiff::civil::Date;

use crate::report::logos::Logos;

use super::body::Body;
use super::xml;

/// The namespaces of a part.
pub(in crate::report) const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// A part of `word/` beside the body: the id the body knows it by, its kind, its name.
pub(in crate::report) type Part<'p> = (&'p str, &'p str, &'p str);

/// The parts of a draft besides what it is dressed in.
pub(super) const PARTS: [Part; 5] = [
    ("rStyles", "styles", "styles"),
    ("rNumbering", "numbering", "numbering"),
    ("rSettings", "settings", "settings"),
    ("rComments", "comments", "comments"),
    ("rFootnotes", "footnotes", "footnotes"),
];

/// What the parts of a package are, and the kinds of picture it may hold.
pub(in crate::report) fn content_types(parts: &[Part], pictures: &[&str]) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"#,
    );
    for kind in pictures {
        out.push_str(&format!(r#"<Default Extension="{kind}" ContentType="image/{kind}"/>"#));
    }
    out.push_str(r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#);
    for (_, kind, name) in parts {
        let of = if *kind == "theme" { "" } else { "wordprocessingml." };
        out.push_str(&format!(r#"<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.{of}{kind}+xml"/>"#));
    }
    out + "</Types>"
}

pub(in crate::report) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:trackRevisions/><w:defaultTabStop w:val="720"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/></w:settings>"#;

pub(in crate::report) fn core(title: &str, date: Date) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>Common Ground</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>"#,
        xml(title)
    )
}

/// What the kinds of relationship begin with.
pub(in crate::report) const KIND: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a header or footer refers to: the id and the name in `word/` of each of its pictures.
pub(super) fn pictured(pictures: &[(String, String)]) -> String {
    let one = |(id, name): &(String, String)| {
        format!(r#"<Relationship Id="{id}" Type="{KIND}/image" Target="{name}"/>"#)
    };
    relations(&[], &pictures.iter().map(one).collect::<String>())
}

/// What the body refers to: these parts, and whatever `more` says in markup.
pub(in crate::report) fn relations(parts: &[Part], more: &str) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    );
    for (id, kind, name) in parts {
        out.push_str(&format!(r#"<Relationship Id="{id}" Type="{KIND}/{kind}" Target="{name}.xml"/>"#));
    }
    out + more + "</Relationships>"
}

pub(super) fn document_relations(body: &Body, parts: &[Part]) -> String {
    let mut own = String::new();
    for (id, target) in body.pictures.relations() {
        own.push_str(&format!(r#"<Relationship Id="{id}" Type="{KIND}/image" Target="{target}"/>"#));
    }
    for (number, target) in body.links.iter().enumerate() {
        own.push_str(&format!(
            r#"<Relationship Id="l{number}" Type="{KIND}/hyperlink" Target="{}" TargetMode="External"/>"#,
            xml(target)
        ));
    }
    own.push_str(&Logos::of(body.d.materials.schools).relations());
    relations(parts, &own)
}

pub(in crate::report) fn header(text: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr {W}>{}</w:hdr>"#,
        header_line(text)
    )
}

/// A line of a header.
pub(super) fn header_line(text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"#, xml(text))
}

pub(in crate::report) fn footer() -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {W}>{}</w:ftr>"#, page_line())
}

/// The line of a footer that counts the pages.
pub(super) fn page_line() -> String {
    let field = |name: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r>{}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{}</w:p>"#,
        field("PAGE"),
        field("NUMPAGES")
    )
}

pub(in crate::report) fn styles() -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#
    );
    let mut paragraph = |id: &str, name: &str, properties: &str, looks: &str| {
        let properties =
            if properties.is_empty() { String::new() } else { format!("<w:pPr>{properties}</w:pPr>") };
        let looks = if looks.is_empty() { String::new() } else { format!("<w:rPr>{looks}</w:rPr>") };
        out.push_str(&format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>{properties}{looks}</w:style>"#
        ));
    };
    paragraph("Title", "Title", r#"<w:spacing w:after="240"/>"#, r#"<w:b/><w:sz w:val="44"/>"#);
    for level in 1..=9u32 {
        let size = [32, 28, 24].get(level as usize - 1).unwrap_or(&22);
        paragraph(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="{}"/>"#,
                level - 1
            ),
            &format!(r#"<w:b/><w:color w:val="1F3864"/><w:sz w:val="{size}"/>"#),
        );
    }
    paragraph("ListParagraph", "List Paragraph", r#"<w:spacing w:after="60"/>"#, "");
    paragraph(
        "TextBox",
        "Text Box",
        r#"<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>"#,
        "",
    );
    paragraph("Header", "header", "", r#"<w:color w:val="595959"/><w:sz w:val="18"/>"#);
    paragraph(
        "Footer",
        "footer",
        r#"<w:jc w:val="center"/>"#,
        r#"<w:color w:val="595959"/><w:sz w:val="18"/>"#,
    );
    paragraph("FootnoteText", "footnote text", r#"<w:spacing w:after="0"/>"#, r#"<w:sz w:val="18"/>"#);
    paragraph("CommentText", "annotation text", r#"<w:spacing w:after="60"/>"#, r#"<w:sz w:val="20"/>"#);
    paragraph("DraftApplies", "Draft Applies", "", "<w:i/>");
    paragraph(
        "DraftLabel",
        "Draft Label",
        r#"<w:keepNext/><w:spacing w:after="0"/>"#,
        r#"<w:b/><w:color w:val="7F6000"/><w:sz w:val="18"/>"#,
    );
    paragraph("DraftField", "Draft Field", r#"<w:spacing w:before="40" w:after="40"/>"#, "");
    paragraph(
        "DraftPicture",
        "Draft Picture",
        r#"<w:spacing w:before="60" w:after="120" w:line="240" w:lineRule="auto"/>"#,
        "",
    );
    paragraph("DraftGap", "Draft Gap", r#"<w:spacing w:after="0"/>"#, r#"<w:sz w:val="12"/>"#);
    paragraph(
        "DraftHeading",
        "Draft Heading",
        r#"<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>"#,
        r#"<w:b/><w:color w:val="1F3864"/><w:sz w:val="32"/>"#,
    );
    out + r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style><w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:left w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:right w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="808080"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="808080"/></w:tblBorders></w:tblPr></w:style></w:styles>"#
}
