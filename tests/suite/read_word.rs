//! Word files: everything that must survive, and everything that must be refused.

use common_ground::document::{ApartKind, Kind, Style};
use common_ground::read::{Source, read};
use common_ground::{ErrorKind, limits};

use crate::word::{Word, p, texts, zipped};

fn kind_of(bytes: Vec<u8>) -> (ErrorKind, String) {
    let error = read(&Source { path: "x.docx".into(), bytes }, "a").unwrap_err();
    assert_eq!(error.path.as_deref(), Some("x.docx"), "an error names its file");
    (error.kind, error.message)
}

#[test]
fn read_docx_heading_style_based_on_another_is_a_heading() {
    let styles = r#"<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Ueberschrift2"><w:name w:val="heading 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="School"><w:name w:val="School section"/><w:basedOn w:val="Ueberschrift2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Anything"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>"#;
    let body = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="School"/></w:pPr><w:r><w:t>Aims</w:t></w:r></w:p>{}<w:p><w:pPr><w:pStyle w:val="Out"/></w:pPr><w:r><w:t>Top</w:t></w:r></w:p>{}"#,
        p("We teach."),
        p("We learn.")
    );
    let document = Word::body(&body).part("styles", styles).read().unwrap();
    let heads: Vec<(&str, u8)> = document
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Heading)
        .map(|b| (b.text.as_str(), b.level))
        .collect();
    assert_eq!(heads, [("Aims", 2), ("Top", 1)]);
}

#[test]
fn read_docx_numbering_is_shown_as_the_reader_sees_it() {
    let numbering = r#"<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="5">
        <w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>"#;
    let item = |list: u8, level: u8| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>text of it</w:t></w:r></w:p>"#
        )
    };
    let body: String = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 0), (1, 1), (2, 0), (3, 0)]
        .map(|(l, v)| item(l, v))
        .concat();
    let document = Word::body(&body).part("numbering", numbering).read().unwrap();
    let markers: Vec<&str> = document.blocks.iter().map(|b| b.marker.as_deref().unwrap()).collect();
    assert_eq!(markers, ["2.", "2.1", "2.2", "(a)", "(b)", "3.", "3.1", "•", "9."]);
}

#[test]
fn read_docx_table_cells_know_their_place() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let body = format!(
        r#"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}"#,
        cell("", "What"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "Who"),
        cell("", "Gate"),
        cell("", "Caretaker"),
        p("After the table.")
    );
    let document = Word::body(&body).read().unwrap();
    let cells: Vec<(u32, u32, u32, bool)> = document
        .blocks
        .iter()
        .filter_map(|b| b.cell)
        .map(|c| (c.row, c.column, c.columns, c.header))
        .collect();
    assert_eq!(cells, [(0, 0, 1, true), (0, 1, 2, true), (1, 0, 1, false), (1, 1, 1, false)]);
    assert_eq!(document.blocks[4].kind, Kind::Paragraph);
    assert_eq!(document.receipt.tables, 1);
}

#[test]
fn read_docx_tracked_changes_are_read_as_accepted() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Staff </w:t></w:r><w:del w:author="Head"><w:r><w:delText>may</w:delText></w:r></w:del><w:ins w:author="Head"><w:r><w:t>must</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> sign in.</w:t></w:r></w:p><w:moveFrom w:author="Head"><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:moveFrom>"#;
    let document = Word::body(body).read().unwrap();
    assert_eq!(document.blocks[0].text, "Staff must sign in.");
    let deleted: Vec<(&str, Option<&str>)> = document
        .apart
        .iter()
        .filter(|a| a.kind == ApartKind::Deleted)
        .map(|a| (a.text.as_str(), a.author.as_deref()))
        .collect();
    assert_eq!(deleted, [("may", Some("Head")), ("gone", Some("Head"))]);
    assert!(document.receipt.notices.iter().any(|n| n.contains("tracked deletions")));
}

#[test]
fn read_docx_text_box_is_read_once() {
    let content = "<w:txbxContent><w:p><w:r><w:t>Ring 999 first.</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        r#"<w:p><w:r><w:t xml:space="preserve">Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>"#
    );
    let document = Word::body(&body).read().unwrap();
    assert_eq!(texts(&document), ["Before after", "Ring 999 first."]);
    assert_eq!(document.blocks[1].kind, Kind::TextBox);
}

#[test]
fn read_docx_fields_show_their_result_and_hide_their_instruction() {
    let field = r#"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://x" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>our page</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"#;
    assert_eq!(texts(&Word::body(field).read().unwrap()), ["See our page7"]);
}

#[test]
fn read_docx_footnote_follows_its_paragraph() {
    let notes = r#"<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let body = format!(
        r#"<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>{}"#,
        p("Next.")
    );
    let document = Word::body(&body).part("footnotes", notes).read().unwrap();
    assert_eq!(texts(&document), ["Text.", "The note.", "Next."]);
    assert_eq!(document.blocks[1].kind, Kind::Note);
}

#[test]
fn read_docx_comments_hidden_text_and_margins_are_kept_apart() {
    let comments = r#"<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="Clerk"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment></w:comments>"#;
    let header = r#"<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Version: 3</w:t></w:r></w:p></w:hdr>"#;
    let body = format!(
        r#"{}<w:p><w:r><w:t>Shown.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r><w:r><w:commentReference w:id="4"/></w:r></w:p><w:sectPr><w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="header"/></w:sectPr>"#,
        p("First.")
    );
    let document = Word::body(&body).part("comments", comments).part("header", header).read().unwrap();
    assert_eq!(texts(&document), ["First.", "Shown."]);
    let apart: Vec<(ApartKind, &str, Option<u32>)> =
        document.apart.iter().map(|a| (a.kind, a.text.as_str(), a.block)).collect();
    assert!(apart.contains(&(ApartKind::Comment, "Is this right?", Some(1))));
    assert!(apart.iter().any(|(kind, text, _)| *kind == ApartKind::Hidden && *text == "Hidden."));
    assert!(apart.iter().any(|(kind, ..)| *kind == ApartKind::Header));
    assert_eq!(document.front_matter.version.as_deref(), Some("3"));
}

#[test]
fn read_docx_formatting_symbols_and_pictures_survive() {
    let body = r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>slanted</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r><w:r><w:noBreakHyphen/><w:tab/><w:t>end</w:t></w:r><w:r><w:drawing><wp:docPr id="1" descr="The crest"/></w:drawing></w:r></w:p><w:p><w:sdt><w:sdtContent><w:r><w:t>Held by a control.</w:t></w:r></w:sdtContent></w:sdt></w:p>"#;
    let document = Word::body(body).read().unwrap();
    assert_eq!(texts(&document), ["Bold and slanted✓- end", "Held by a control."]);
    let spans: Vec<(&Style, &str)> = document.blocks[0]
        .spans
        .iter()
        .map(|s| (&s.style, &document.blocks[0].text[s.range.start as usize..s.range.end as usize]))
        .collect();
    assert_eq!(spans, [(&Style::Bold, "Bold"), (&Style::Italic, "slanted")]);
    assert_eq!(document.pictures[0].alternative.as_deref(), Some("The crest"));
}

#[test]
fn read_docx_embedded_things_are_named_as_unread() {
    let body = format!(
        r#"{}<w:altChunk/><w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r></w:p>"#,
        p("Some text.")
    );
    let document = Word::body(&body).read().unwrap();
    let unread: Vec<&str> = document.receipt.unread.iter().map(|u| u.what.as_str()).collect();
    assert_eq!(unread, ["imported file (altChunk)", "embedded object"]);
}

#[test]
fn read_docx_bold_lead_in_before_a_line_break_is_a_heading() {
    let long = "Everybody who comes into the building signs in at the desk and wears a badge for the whole of the visit.";
    let body = format!(
        r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Visitors</w:t><w:br/></w:r><w:r><w:t>{long}</w:t></w:r></w:p>{}"#,
        p(long)
    );
    let document = Word::body(&body).read().unwrap();
    assert_eq!(document.blocks[0].text, "Visitors");
    assert_eq!(document.blocks[0].kind, Kind::Heading);
}

#[test]
fn read_docx_nesting_at_the_limit_is_read_and_one_over_is_refused() {
    // document, body, …, p, r, t: five elements are open around the text besides the nested ones.
    let nested = |depth: u64| {
        let n = usize::try_from(depth - 5).unwrap();
        format!("{}{}{}", "<w:sdtContent>".repeat(n), p("x y"), "</w:sdtContent>".repeat(n))
    };
    assert!(Word::body(&nested(limits::XML_DEPTH)).read().is_ok());
    let error = Word::body(&nested(limits::XML_DEPTH + 1)).read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.contains("257") && error.message.contains("256"), "{}", error.message);
    assert_eq!(Word::body(&nested(100_000)).read().unwrap_err().kind, ErrorKind::Limit);
}

#[test]
fn read_docx_nested_tables_at_the_limit_are_read_and_one_over_is_refused() {
    let nested = |depth: u64| {
        let n = usize::try_from(depth).unwrap();
        format!("{}{}{}", "<w:tbl><w:tr><w:tc>".repeat(n), p("deep"), "</w:tc></w:tr></w:tbl>".repeat(n))
    };
    assert!(Word::body(&nested(limits::TABLE_NESTING)).read().is_ok());
    let error = Word::body(&nested(limits::TABLE_NESTING + 1)).read().unwrap_err();
    assert_eq!((error.kind, error.message.contains("tables inside tables")), (ErrorKind::Limit, true));
}

#[test]
fn read_docx_table_cells_over_the_limit_are_refused() {
    let cells = |n: u64| {
        format!("{}<w:tbl><w:tr>{}</w:tr></w:tbl>", p("text"), "<w:tc/>".repeat(usize::try_from(n).unwrap()))
    };
    // Written by hand and small once packed, so the ratio is looked at too: it must stay below RATIO.
    let error = Word::body(&cells(limits::TABLE_CELLS + 1)).read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
}

#[test]
fn read_docx_attributes_at_the_limit_are_read_and_one_over_is_refused() {
    let with = |n: u64| {
        let attributes: String = (0..n).map(|k| format!(" a{k}=\"\"")).collect();
        Word::body(&format!("<w:p{attributes}><w:r><w:t>text here</w:t></w:r></w:p>")).read()
    };
    assert!(with(limits::ATTRIBUTES).is_ok());
    let error = with(limits::ATTRIBUTES + 1).unwrap_err();
    assert_eq!((error.kind, error.message.contains("attributes")), (ErrorKind::Limit, true));
}

#[test]
fn read_docx_entries_over_the_limit_are_refused() {
    let mut word = Word::body(&p("text"));
    for n in 0..limits::ZIP_ENTRIES {
        word = word.file(&format!("x/{n}"), b"");
    }
    let error = word.read().unwrap_err();
    assert_eq!((error.kind, error.message.contains("entries")), (ErrorKind::Limit, true));
}

#[test]
fn read_docx_bomb_is_refused_by_ratio() {
    // 300 MB of blanks pack into a few hundred kilobytes.
    let blanks = " ".repeat(usize::try_from(limits::PART_BYTES).unwrap() / 2);
    let error = Word::body(&format!("{}{blanks}", p("text"))).read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.contains("packed byte"), "{}", error.message);
}

#[test]
fn read_docx_doctype_is_refused() {
    let bytes = Word::body(&p("text")).bytes();
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"#;
    let parts = vec![("word/document.xml".to_owned(), bomb.as_bytes().to_vec())];
    assert!(kind_of(zipped(&parts)).1.contains("document type"));
    assert!(read(&Source { path: "ok.docx".into(), bytes }, "a").is_ok());
}

#[test]
fn read_docx_doubled_part_names_are_refused() {
    // The writer refuses doubled names, so a name is changed in the bytes, in both directories.
    let mut bytes = Word::body(&p("one text")).file("word/documenu.xml", b"<x/>").bytes();
    let wanted = b"word/documenu.xml";
    let places: Vec<usize> =
        (0..bytes.len() - wanted.len()).filter(|at| bytes[*at..].starts_with(wanted)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at + 12] = b't';
    }
    let (kind, message) = kind_of(bytes);
    assert_eq!((kind, message.contains("same name")), (ErrorKind::Input, true), "{message}");
}

#[test]
fn read_docx_escaping_part_names_are_refused() {
    for name in ["../evil.xml", "a/../../evil", "C:\\evil", "word/..\\..\\evil"] {
        let error = Word::body(&p("text")).file(name, b"x").read().unwrap_err();
        assert_eq!(
            (error.kind, error.message.contains("out of the package")),
            (ErrorKind::Input, true),
            "{name}"
        );
    }
}

#[test]
fn read_docx_cut_short_at_any_length_is_refused_without_a_panic() {
    let whole = Word::body(&p("A policy of some words.")).bytes();
    for length in 1..whole.len() {
        let error =
            read(&Source { path: "x.docx".into(), bytes: whole[..length].to_vec() }, "a").unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Input | ErrorKind::Unsupported), "{length}: {error:?}");
    }
}

#[test]
fn read_docx_wrong_kinds_are_named() {
    let ole = |name: &str| {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert!(kind_of(ole("EncryptedPackage")).1.contains("password-protected"));
    assert!(kind_of(ole("WordDocument")).1.contains(".doc"));
    assert!(kind_of(b"%PDF-1.7".to_vec()).1.contains("PDF"));
    assert!(kind_of(b"{\\rtf1".to_vec()).1.contains("rich text"));
    assert!(kind_of(b"\x89PNG\r\n".to_vec()).1.contains("picture"));
    assert!(kind_of(b"just words".to_vec()).1.contains("not a Word file"));
    assert!(kind_of(b"  \n".to_vec()).1.contains("empty"));
    let sheet = zipped(&[
        ("_rels/.rels".into(), br#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_vec()),
        ("xl/workbook.xml".into(), b"<x/>".to_vec()),
    ]);
    assert!(kind_of(sheet).1.contains("spreadsheet"));
    let odt = zipped(&[("mimetype".into(), b"x".to_vec()), ("content.xml".into(), b"<x/>".to_vec())]);
    assert!(kind_of(odt).1.contains("OpenDocument"));
    assert!(kind_of(zipped(&[("a.txt".into(), b"x".to_vec())])).1.contains("archive"));
}

#[test]
fn read_docx_without_text_is_an_error_never_an_empty_policy() {
    let error = Word::body("<w:p/>").read().unwrap_err();
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Input, "holds no text"));
    let picture = r#"<w:p><w:r><w:drawing><wp:docPr id="1"/></w:drawing></w:r></w:p>"#;
    assert!(Word::body(picture).read().unwrap_err().hint.unwrap().contains("OCR"));
}

#[test]
fn read_docx_packed_tighter_than_the_ratio_is_refused_only_after_its_first_part() {
    // Just under the size from which the ratio counts: very tight, and harmless.
    let blanks = |bytes: u64| " ".repeat(usize::try_from(bytes).unwrap());
    assert!(Word::body(&format!("{}{}", p("text"), blanks(limits::RATIO_FROM / 2))).read().is_ok());
    let error = Word::body(&format!("{}{}", p("text"), blanks(limits::RATIO_FROM * 2))).read().unwrap_err();
    assert!(error.message.contains(&limits::RATIO.to_string()), "{}", error.message);
}

#[test]
fn read_docx_parts_over_the_package_limit_are_refused() {
    // Parts that pack badly enough to pass the ratio and are each under their own ceiling.
    let part = usize::try_from(limits::PART_BYTES).unwrap() - 4096;
    let mut dice = 1u64;
    let mut filler = String::with_capacity(part + 64);
    while filler.len() < part {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        // A quarter noise, the rest blanks: about four to one.
        filler.push_str(&format!("<!--{dice:016x}{}-->", " ".repeat(40)));
    }
    let count = limits::PACKAGE_BYTES / limits::PART_BYTES + 1;
    assert!(count >= 4);
    let styles = format!("<w:styles xmlns:w=\"{{W}}\">{filler}</w:styles>");
    let mut word = Word::body(&format!("{}{filler}", p("text")));
    for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
        word = word.part(kind, &styles.replace("w:styles", &format!("w:{kind}")));
    }
    let error = word.read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.contains(&limits::PACKAGE_BYTES.to_string()), "{}", error.message);
}
