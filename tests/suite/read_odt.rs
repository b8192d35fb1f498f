//! Reading OpenDocument texts: the same model as Word.

use common_ground::document::{ApartKind, Kind, Style};
use common_ground::read::{Source, read};
use common_ground::{ErrorKind, limits};

use crate::odt::{bytes, reading};

const NUMBERS: &str = r#"<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>"#;

#[test]
fn read_odt_headings_lists_and_their_numbers() {
    let body = r#"<text:h text:outline-level="1">Aims</text:h><text:p>We listen.</text:p>
<text:list text:style-name="L1" xml:id="one"><text:list-item><text:p>First we listen.</text:p><text:list><text:list-item><text:p>Inner we listen.</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Second we listen.</text:p></text:list-item></text:list>
<text:p>Between.</text:p>
<text:list text:continue-list="one" text:style-name="L1"><text:list-item><text:p>Third we listen.</text:p></text:list-item></text:list>"#;
    let document = reading(NUMBERS, body).unwrap();
    let shown: Vec<_> =
        document.blocks.iter().map(|b| (b.kind, b.marker.as_deref(), b.text.as_str())).collect();
    assert_eq!(
        shown,
        [
            (Kind::Heading, None, "Aims"),
            (Kind::Paragraph, None, "We listen."),
            (Kind::ListItem, Some("1."), "First we listen."),
            (Kind::ListItem, Some("(a)"), "Inner we listen."),
            (Kind::ListItem, Some("2."), "Second we listen."),
            (Kind::Paragraph, None, "Between."),
            (Kind::ListItem, Some("3."), "Third we listen."),
        ]
    );
}

#[test]
fn read_odt_styles_are_inherited() {
    let styles = r#"<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T1" style:family="text" style:parent-style-name="Strong"/><style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>"#;
    let body = r#"<text:p>Staff <text:span text:style-name="T1">must</text:span><text:s/>tell <text:a xlink:href="https://example.org/">the office</text:a>.<text:span text:style-name="Gone">old words</text:span></text:p>"#;
    let document = reading(styles, body).unwrap();
    let block = &document.blocks[0];
    assert_eq!(block.text, "Staff must tell the office.");
    let of = |s: &common_ground::document::Span| {
        (block.text[s.range.start as usize..s.range.end as usize].to_owned(), s.style.clone())
    };
    assert_eq!(
        block.spans.iter().map(of).collect::<Vec<_>>(),
        [
            ("must".to_owned(), Style::Bold),
            ("the office".to_owned(), Style::Link("https://example.org/".into()))
        ]
    );
    let hidden: Vec<_> =
        document.apart.iter().filter(|a| a.kind == ApartKind::Hidden).map(|a| a.text.as_str()).collect();
    assert_eq!(hidden, ["old words"]);
}

#[test]
fn read_odt_tables_notes_boxes_pictures_and_margins() {
    let body = r#"<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell><table:table-cell><text:p>Club</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="1"><text:p>Monday</text:p></table:table-cell><table:table-cell><text:p>Chess</text:p></table:table-cell></table:table-row></table:table>
<text:p>Told at once<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>By telephone.</text:p></text:note-body></text:note> by the office.</text:p>
<text:p>Logo <draw:frame><draw:image xlink:href="Pictures/logo.png"/><svg:title>Oak leaf</svg:title></draw:frame><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame></text:p>"#;
    let document = reading("", body).unwrap();
    let cells: Vec<_> = document
        .blocks
        .iter()
        .filter_map(|b| b.cell.map(|c| (c.row, c.column, c.header, b.text.as_str())))
        .collect();
    assert_eq!(
        cells,
        [(0, 0, true, "Day"), (0, 1, true, "Club"), (1, 0, false, "Monday"), (1, 1, false, "Chess")]
    );
    let note = document.blocks.iter().find(|b| b.kind == Kind::Note).unwrap();
    assert_eq!((note.marker.as_deref(), note.text.as_str()), (Some("1"), "By telephone."));
    assert!(document.blocks.iter().any(|b| b.text == "Told at once by the office."));
    assert!(document.blocks.iter().any(|b| b.kind == Kind::TextBox && b.text == "Boxed"));
    assert_eq!(document.pictures[0].alternative.as_deref(), Some("Oak leaf"));
    let margins: Vec<_> = document.apart.iter().map(|a| (a.kind, a.text.as_str())).collect();
    assert_eq!(margins, [(ApartKind::Header, "Thistlemere"), (ApartKind::Footer, "Page")]);
}

#[test]
fn read_odt_tracked_changes_are_read_as_accepted_and_comments_kept_apart() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Clerk</dc:creator><dc:date>2026-01-01</dc:date></office:change-info><text:p>weekly</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p>Registers are checked <text:change text:change-id="c"/>daily<office:annotation><dc:creator>Head</dc:creator><dc:date>2026-01-02</dc:date><text:p>Is this so?</text:p></office:annotation>.</text:p>"#;
    let document = reading("", body).unwrap();
    assert_eq!(
        document.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(),
        ["Registers are checked daily."]
    );
    let apart: Vec<_> = document
        .apart
        .iter()
        .filter(|a| matches!(a.kind, ApartKind::Deleted | ApartKind::Comment))
        .map(|a| (a.kind, a.author.as_deref(), a.text.as_str()))
        .collect();
    assert_eq!(
        apart,
        [(ApartKind::Deleted, Some("Clerk"), "weekly"), (ApartKind::Comment, Some("Head"), "Is this so?")]
    );
}

#[test]
fn read_odt_nested_too_deep_or_doctype_or_another_kind_is_refused() {
    let deep = |n: usize| {
        format!("{}<text:p>x is here</text:p>{}", "<text:section>".repeat(n), "</text:section>".repeat(n))
    };
    assert!(reading("", &deep(limits::XML_DEPTH as usize - 5)).is_ok());
    assert_eq!(reading("", &deep(limits::XML_DEPTH as usize)).unwrap_err().kind, ErrorKind::Limit);
    let tables = |n: u64| {
        let open = "<table:table><table:table-row><table:table-cell>".repeat(n as usize);
        let close = "</table:table-cell></table:table-row></table:table>".repeat(n as usize);
        reading("", &format!("{open}<text:p>inside all</text:p>{close}"))
    };
    assert!(tables(limits::TABLE_NESTING).is_ok());
    assert_eq!(tables(limits::TABLE_NESTING + 1).unwrap_err().kind, ErrorKind::Limit);
    let sheet = crate::word::zipped(&[(
        "mimetype".into(),
        b"application/vnd.oasis.opendocument.spreadsheet".to_vec(),
    )]);
    let error = read(&Source { path: "sheet.odt".into(), bytes: sheet }, "a").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported, "{error}");
    let whole = bytes("", "<text:p>Some words that are read.</text:p>");
    for length in (0..whole.len()).step_by(7) {
        let cut = read(&Source { path: "cut.odt".into(), bytes: whole[..length].to_vec() }, "a");
        assert!(cut.is_err_and(|e| e.kind != ErrorKind::Internal));
    }
}
