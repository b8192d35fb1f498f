//! Word files: everything that a policy may hold, each kept or named, one test each.

use common_ground::document::{ApartKind, Kind, Style};

use crate::word::{Word, p, texts};

#[test]
fn read_docx_numbered_heading_style_shows_its_number_and_its_level() {
    let styles = r#"<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let numbering = r#"<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
    let head = |style: &str, text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [head("H1", "Aims"), head("H2", "Who"), head("H2", "When"), head("H1", "Duties")].concat();
    let document =
        Word::body(&(body + &p("We teach."))).part("styles", styles).part("numbering", numbering).read();
    let document = document.unwrap();
    let heads: Vec<_> = document
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Heading)
        .map(|b| (b.marker.as_deref().unwrap_or(""), b.level, b.text.as_str()))
        .collect();
    assert_eq!(heads, [("1", 1, "Aims"), ("1.1", 2, "Who"), ("1.2", 2, "When"), ("2", 1, "Duties")]);
}

#[test]
fn read_docx_links_keep_their_address_and_are_never_followed() {
    let body = r##"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink r:id="hyperlink"><w:r><w:t>the list</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> and </w:t></w:r><w:hyperlink w:anchor="aims"><w:r><w:t>Aims</w:t></w:r></w:hyperlink></w:p>"##;
    let document = Word::body(body).part("hyperlink", "<x/>").read().unwrap();
    let block = &document.blocks[0];
    let links: Vec<_> = block
        .spans
        .iter()
        .map(|s| (&block.text[s.range.start as usize..s.range.end as usize], &s.style))
        .collect();
    assert_eq!(
        links,
        [("the list", &Style::Link("hyperlink.xml".into())), ("Aims", &Style::Link("#aims".into()))]
    );
}

#[test]
fn read_docx_endnotes_smart_tags_and_controls_are_text() {
    let notes = r#"<w:endnotes xmlns:w="{W}"><w:endnote w:id="3"><w:p><w:r><w:t>From the school's own records.</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
    let body = r#"<w:p><w:smartTag w:element="place"><w:smartTag w:element="city"><w:r><w:t>Thistlemere</w:t></w:r></w:smartTag></w:smartTag><w:r><w:endnoteReference w:id="3"/></w:r><w:customXml w:element="x"><w:r><w:t xml:space="preserve"> is by the sea</w:t></w:r></w:customXml></w:p>
        <w:sdt><w:sdtContent><w:p><w:r><w:t>Approved in a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{cell}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"#
        .replace("{cell}", &p("A cell in a control."));
    let document = Word::body(&body).part("endnotes", notes).read().unwrap();
    assert_eq!(
        texts(&document),
        [
            "Thistlemere is by the sea",
            "From the school's own records.",
            "Approved in a control.",
            "A cell in a control."
        ]
    );
    assert_eq!(document.blocks[1].kind, Kind::Note);
    assert_eq!(document.blocks[3].kind, Kind::TableCell);
}

#[test]
fn read_docx_table_inside_a_table_keeps_both_places() {
    let inner =
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p("in one"), p("in two"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>",
        p("left"),
        p("above"),
        p("below")
    );
    let document = Word::body(&body).read().unwrap();
    let cells: Vec<_> = document
        .blocks
        .iter()
        .map(|b| (b.text.as_str(), b.cell.map(|c| (c.table, c.row, c.column)).unwrap()))
        .collect();
    assert_eq!(
        cells,
        [
            ("left", (0, 0, 0)),
            ("above", (0, 0, 1)),
            ("in one", (1, 0, 0)),
            ("in two", (1, 0, 1)),
            ("below", (0, 0, 1))
        ]
    );
    assert_eq!(document.receipt.tables, 2);
}

#[test]
fn read_docx_moved_text_is_read_where_it_went() {
    let body = r#"<w:p><w:moveFrom w:author="Clerk"><w:r><w:t>Gates close at nine.</w:t></w:r></w:moveFrom></w:p><w:p><w:r><w:t>Bells ring.</w:t></w:r></w:p><w:p><w:moveTo w:author="Clerk"><w:r><w:t>Gates close at nine.</w:t></w:r></w:moveTo></w:p>
        <w:p><w:pPr><w:rPr><w:ins w:author="Clerk"/></w:rPr></w:pPr><w:ins w:author="Clerk"><w:r><w:t>Parents wait outside.</w:t></w:r></w:ins></w:p>"#;
    let document = Word::body(body).read().unwrap();
    assert_eq!(texts(&document), ["Bells ring.", "Gates close at nine.", "Parents wait outside."]);
    let gone: Vec<_> =
        document.apart.iter().filter(|a| a.kind == ApartKind::Deleted).map(|a| a.text.as_str()).collect();
    assert_eq!(gone, ["Gates close at nine."]);
}

#[test]
fn read_docx_alternate_content_is_read_once_whatever_it_holds() {
    let once = |choice: &str, fallback: &str| {
        format!(
            "<mc:AlternateContent><mc:Choice Requires=\"x\">{choice}</mc:Choice><mc:Choice Requires=\"y\">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p>{}{}</w:p>{}<w:p>{}</w:p>",
        run("Told "),
        once(&run("at once"), &run("at once")),
        once(&p("A whole paragraph."), &p("A whole paragraph.")),
        once("", &run("not lost"))
    );
    let document = Word::body(&body).read().unwrap();
    assert_eq!(texts(&document)[..2], ["Told at once", "A whole paragraph."]);
}

#[test]
fn read_docx_text_in_shapes_and_groups_is_read() {
    let content = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        r#"<w:p><w:r><w:t>Host.</w:t></w:r><w:r><w:drawing><wpg:wgp xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></wpg:wgp></w:drawing></w:r><w:r><w:pict><v:roundrect><v:textbox>{}</v:textbox></v:roundrect></w:pict></w:r></w:p>{}"#,
        content("In an arrow."),
        content("In a star."),
        content("In a rounded box."),
        p("Next.")
    );
    let document = Word::body(&body).read().unwrap();
    assert_eq!(texts(&document), ["Host.", "In an arrow.", "In a star.", "In a rounded box.", "Next."]);
    assert!(document.blocks[1..4].iter().all(|b| b.kind == Kind::TextBox));
}

#[test]
fn read_docx_symbols_that_are_not_known_are_named_as_unread() {
    let sym = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let body = format!(
        "<w:p><w:r><w:t>Tick </w:t></w:r>{}{}{}</w:p>",
        sym("Wingdings 2", "F052"),
        sym("Symbol", "F0B3"),
        sym("Webdings", "F001")
    );
    let document = Word::body(&body).read().unwrap();
    assert_eq!(texts(&document), ["Tick ☑≥"]);
    assert_eq!(document.receipt.unread[0].what, "symbol of a symbol font");
}

#[test]
fn read_docx_deceiving_characters_are_flagged_with_their_place() {
    let body = p("within \u{202E}24\u{202C} hours") + &p("pa\u{200B}rents are told");
    let document = Word::body(&body).read().unwrap();
    let notice = document.receipt.notices.iter().find(|n| n.contains("code points")).unwrap();
    for code in ["U+202E", "U+202C", "U+200B"] {
        assert!(notice.contains(code), "{notice}");
    }
}

#[test]
fn read_docx_logo_in_a_header_is_listed_with_its_text_and_size() {
    let drawing = |alt: &str| {
        format!(
            r#"<w:r><w:drawing><wp:docPr id="1" descr="{alt}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/><a:blip r:embed="i" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:drawing></w:r>"#
        )
    };
    let header = format!(
        r#"<w:hdr xmlns:w="{{W}}"><w:p>{}{}<w:r><w:t>Our school</w:t></w:r></w:p></w:hdr>"#,
        drawing("Logo of another school"),
        drawing("Logo of another school")
    );
    let body = p("Text.")
        + &format!("<w:p>{}</w:p>", drawing("A chart"))
        + r#"<w:sectPr><w:headerReference r:id="header"/></w:sectPr>"#;
    let word = Word::body(&body)
        .part("header", &header)
        .file("word/_rels/header.xml.rels", br#"<Relationships><Relationship Id="i" Type="x/image" Target="media/logo.png"/></Relationships>"#)
        .file("word/media/logo.png", &[7; 1234]);
    let document = word.read().unwrap();
    let pictures: Vec<_> =
        document.pictures.iter().map(|p| (p.alternative.as_deref(), p.bytes, p.block)).collect();
    assert_eq!(pictures[0].0, Some("A chart"));
    assert_eq!(pictures[1..], [(Some("Logo of another school"), 1234, None)]);
    assert_eq!(document.receipt.pictures, 2);
}

#[test]
fn read_docx_symbols_are_read_by_their_font() {
    let sym = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let marks = [
        ("Symbol", "F061"),
        ("Symbol", "0057"),
        ("Symbol", "F032"),
        ("Wingdings", "F0FC"),
        ("Webdings", "F061"),
        ("Times New Roman", "00E9"),
        ("Arial", "2013"),
    ];
    let body: String = marks.iter().map(|(font, code)| sym(font, code)).collect();
    let document = Word::body(&format!("<w:p><w:r><w:t>x</w:t></w:r>{body}</w:p>")).read().unwrap();
    assert_eq!(texts(&document), ["xαΩ2✓✓é–"]);
    assert!(document.receipt.unread.is_empty());
    let own = Word::body(&format!("<w:p><w:r><w:t>x</w:t></w:r>{}</w:p>", sym("School Logos", "F041")))
        .read()
        .unwrap();
    assert_eq!((texts(&own), own.receipt.unread.len()), (vec!["x"], 1));
}

#[test]
fn read_docx_formula_is_read_in_a_row_and_named() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Area: </w:t></w:r><m:oMathPara><m:oMath><m:r><m:t>πr</m:t></m:r><m:sSup><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara></w:p>"#;
    let document = Word::body(body).read().unwrap();
    assert_eq!(texts(&document), ["Area: πr2"]);
    assert!(document.receipt.unread[0].what.contains("formula"));
}

#[test]
fn read_docx_with_hidden_text_alone_is_refused_and_says_so() {
    let body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Nobody sees this.</w:t></w:r></w:p>";
    assert!(Word::body(body).read().unwrap_err().message.contains("hidden"));
}
