//! Reading PDF: what stands where on a page becomes paragraphs, lists, tables and notes; hostile files are refused by name.

use common_ground::document::{ApartKind, Document, Kind, Role};
use common_ground::{ErrorKind, limits};

use crate::pdf::Pdf;

const LONG: [&str; 4] = [
    "Every child has the right to feel safe in school and on the way to school,",
    "and every adult who works here shares the duty to listen, to notice and to",
    "act. Parents are told on the same day when their child has been hurt, and a",
    "note is kept in the office.",
];

/// The lines of a paragraph from a height on.
fn paragraph(top: f32) -> Vec<(f32, f32, f32, bool, &'static str)> {
    LONG.iter().enumerate().map(|(n, text)| (72.0, top + 14.0 * n as f32, 11.0, false, *text)).collect()
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|b| b.text.as_str()).collect()
}

#[test]
fn read_pdf_lines_become_paragraphs_headings_and_lists_with_their_page() {
    let mut lines = vec![(72.0, 80.0, 20.0, true, "Behaviour Policy"), (72.0, 120.0, 14.0, true, "1. Aims")];
    lines.extend(paragraph(145.0));
    lines.extend([(72.0, 225.0, 14.0, true, "2. Promises")]);
    lines.extend([(72.0, 250.0, 11.0, false, "- kind hands"), (72.0, 264.0, 11.0, false, "- kind words")]);
    lines.extend(paragraph(300.0));
    let document = Pdf::default().page(&lines).read().unwrap();
    assert_eq!(document.title, "Behaviour Policy");
    let joined = LONG.join(" ");
    assert_eq!(
        texts(&document),
        ["Behaviour Policy", "Aims", &joined, "Promises", "kind hands", "kind words", &joined]
    );
    let headings: Vec<_> = document
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Heading && b.role == Role::Body)
        .map(|b| (b.marker.as_deref(), b.text.as_str()))
        .collect();
    assert_eq!(headings, [(Some("1."), "Aims"), (Some("2."), "Promises")]);
    assert!(document.blocks.iter().all(|b| b.place.page == Some(1)));
    assert_eq!(document.blocks[4].kind, Kind::ListItem);
}

#[test]
fn read_pdf_paragraph_goes_on_over_the_page_and_margins_are_taken_out() {
    let page = |number: usize| {
        let mut lines = vec![(72.0, 40.0, 9.0, false, "Thistlemere Infant School")];
        lines.extend((0..46).map(|n| (72.0, 80.0 + 14.0 * n as f32, 11.0, false, LONG[n % 2])));
        lines.push((
            72.0,
            800.0,
            9.0,
            false,
            if number == 1 { "September 2026 Page 1 of 2" } else { "September 2026 Page 2 of 2" },
        ));
        lines
    };
    let document = Pdf::default().page(&page(1)).page(&page(2)).read().unwrap();
    assert_eq!(document.blocks.len(), 1, "{:?}", texts(&document));
    assert!(!document.blocks[0].text.contains("September"));
    let apart: Vec<_> = document.apart.iter().map(|a| (a.kind, a.text.as_str())).collect();
    assert_eq!(
        apart,
        [(ApartKind::Header, "Thistlemere Infant School"), (ApartKind::Footer, "September 2026 Page 1 of 2")]
    );
}

#[test]
fn read_pdf_hyphens_ligatures_and_spaced_capitals_are_repaired() {
    let lines = [
        (72.0, 80.0, 11.0, false, "The governors look at every risk assess-"),
        (72.0, 94.0, 11.0, false, "ment once a year, and the assessment of self-"),
        (72.0, 108.0, 11.0, false, "harm more often; self-harm is not a secret."),
    ];
    let spaced = "BT /F1 14 Tf 6 Tc 1 0 0 1 72 700 Tm (SAFEGUARDING) Tj ET\nBT /F1 11 Tf 0 Tc 1 0 0 1 72 660 Tm (\\256rst, the of\\256ce is told.) Tj ET\n";
    let document = Pdf::default().page(&lines).draw(spaced).read().unwrap();
    let all = texts(&document).join("\n");
    assert!(all.contains("every risk assessment once a year"), "{all}");
    assert!(all.contains("assessment of self-harm more often"), "{all}");
    assert!(all.contains("SAFEGUARDING"), "{all}");
    assert!(all.contains("first, the office is told."), "{all}");
}

#[test]
fn read_pdf_ruled_table_becomes_cells_and_goes_on_on_the_next_page() {
    let cell = |row: f32, left: &'static str, right: &'static str| {
        [(77.0, 95.0 + 20.0 * row, 11.0, false, left), (302.0, 95.0 + 20.0 * row, 11.0, false, right)]
    };
    let first = [cell(0.0, "Day", "Club"), cell(1.0, "Monday", "Chess")].concat();
    let second = [cell(0.0, "Tuesday", "Choir"), cell(1.0, "Friday", "Football")].concat();
    let grid = |pdf: Pdf| pdf.grid(&[72.0, 298.0, 520.0], &[80.0, 100.0, 120.0]);
    let document = grid(grid(Pdf::default().page(&first)).page(&second)).read().unwrap();
    let cells: Vec<_> = document
        .blocks
        .iter()
        .map(|b| (b.cell.map(|c| (c.table, c.row, c.column)), b.text.as_str()))
        .collect();
    let place = |row, column| Some((0, row, column));
    assert_eq!(
        cells,
        [
            (place(0, 0), "Day"),
            (place(0, 1), "Club"),
            (place(1, 0), "Monday"),
            (place(1, 1), "Chess"),
            (place(2, 0), "Tuesday"),
            (place(2, 1), "Choir"),
            (place(3, 0), "Friday"),
            (place(3, 1), "Football")
        ]
    );
    assert_eq!(document.receipt.tables, 1);
}

#[test]
fn read_pdf_table_without_lines_is_found_by_its_columns() {
    let mut lines = vec![(72.0, 80.0, 20.0, true, "Attendance Policy")];
    for (n, (left, right)) in [
        ("Version", "4"),
        ("Policy owner", "Headteacher"),
        ("Approved by", "Governing body"),
        ("Next review", "Spring 2027"),
    ]
    .iter()
    .enumerate()
    {
        lines.push((72.0, 120.0 + 20.0 * n as f32, 11.0, false, left));
        lines.push((220.0, 120.0 + 20.0 * n as f32, 11.0, false, right));
    }
    lines.extend(paragraph(240.0));
    let document = Pdf::default().page(&lines).read().unwrap();
    assert_eq!(document.front_matter.owner.as_deref(), Some("Headteacher"));
    assert_eq!(document.front_matter.approved_by.as_deref(), Some("Governing body"));
    assert_eq!(document.blocks.last().unwrap().text, LONG.join(" "));
}

#[test]
fn read_pdf_contents_balloons_and_notes_are_no_sentences() {
    let mut first = vec![(72.0, 80.0, 14.0, true, "Contents")];
    for (n, line) in
        ["Aims .................... 2", "Roles ................... 2", "Review .................. 2"]
            .iter()
            .enumerate()
    {
        first.push((72.0, 110.0 + 16.0 * n as f32, 11.0, false, line));
    }
    let mut second = vec![(72.0, 80.0, 14.0, true, "Aims")];
    second.extend(paragraph(110.0));
    second.push((208.0, 148.0, 6.0, false, "1"));
    second.extend([
        (430.0, 200.0, 8.0, false, "Commented [AB1]: Is this"),
        (430.0, 210.0, 8.0, false, "still right?"),
        (72.0, 200.0, 11.0, false, "The head decides."),
        (72.0, 690.0, 5.0, false, "1"),
        (77.0, 694.0, 9.0, false, "See the first aid policy."),
    ]);
    let document = Pdf::default().page(&first).page(&second).read().unwrap();
    let roles: Vec<_> =
        document.blocks.iter().filter(|b| b.role == Role::Contents).map(|b| &b.text).collect();
    assert_eq!(roles.len(), 4, "{roles:?}");
    let comments: Vec<_> = document.apart.iter().filter(|a| a.kind == ApartKind::Comment).collect();
    assert_eq!(comments.len(), 1);
    assert_eq!(
        (comments[0].author.as_deref(), comments[0].text.as_str()),
        (Some("AB"), "Is this still right?")
    );
    let note = document.blocks.iter().find(|b| b.kind == Kind::Note).unwrap();
    assert_eq!((note.marker.as_deref(), note.text.as_str()), (Some("1"), "See the first aid policy."));
    assert!(texts(&document).contains(&LONG.join(" ").as_str()), "{:?}", texts(&document));
    assert!(document.receipt.notices.iter().any(|n| n.contains("raised")), "{:?}", document.receipt.notices);
}

#[test]
fn read_pdf_scans_and_unreadable_letters_are_named_never_an_empty_policy() {
    let error = Pdf::default().page(&[]).scan().read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported);
    assert!(error.message.contains("picture of a page"), "{error}");
    assert!(error.hint.unwrap().contains("--ocr"));

    let mixed = Pdf::default().page(&paragraph(80.0)).page(&paragraph(80.0)).page(&[]).scan();
    let document = mixed.read().unwrap();
    // The picture is a resource of all pages and drawn on the last one only.
    assert_eq!(document.receipt.unread.len(), 1, "{:?}", document.receipt.unread);
    assert_eq!(document.receipt.unread[0].r#where, "page 3");

    let empty = Pdf::default().page(&[]).read().unwrap_err();
    assert!(empty.message.contains("no text"), "{empty}");
}

#[test]
fn read_pdf_encrypted_and_damaged_files_are_named() {
    let locked = Pdf::default().page(&paragraph(80.0)).trailer(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A> /U <0000000000000000000000000000000000000000000000000000000000000000> >> /ID [<00><00>]",
    );
    let error = locked.read().unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unsupported, "{error}");
    assert!(error.message.contains("password"), "{error}");

    let whole = Pdf::default().page(&paragraph(80.0)).bytes();
    for cut in [9, 60, whole.len() / 2] {
        let source = common_ground::read::Source { path: "cut.pdf".into(), bytes: whole[..cut].to_vec() };
        if let Err(error) = common_ground::read::read(&source, "a") {
            assert!(matches!(error.kind, ErrorKind::Input | ErrorKind::Unsupported), "{error}");
        }
    }
    let source = common_ground::read::Source { path: "a.pdf".into(), bytes: b"<p>a page</p>".to_vec() };
    assert!(common_ground::read::read(&source, "a").unwrap_err().message.contains("not a PDF"));
}

#[test]
fn read_pdf_more_pages_than_the_limit_are_refused() {
    let file = |pages: u64| {
        let mut file = Pdf::default();
        for _ in 0..pages {
            file = file.page(&[(72.0, 300.0, 11.0, false, "Every page says the same thing.")]);
        }
        common_ground::read::Source { path: "many.pdf".into(), bytes: file.bytes() }
    };
    assert!(common_ground::read::read(&file(limits::PDF_PAGES), "a").is_ok());
    let error = common_ground::read::read(&file(limits::PDF_PAGES + 1), "a").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit, "{error}");
}

#[test]
fn read_pdf_drawings_over_the_limit_of_lines_do_no_harm() {
    let mut drawing = String::new();
    for n in 0..limits::PDF_RULES + 500 {
        drawing.push_str(&format!("{} 100 0.4 400 re f 50 {} 400 0.4 re f\n", 50 + n % 500, 100 + n % 400));
    }
    let document = Pdf::default().page(&paragraph(80.0)).draw(&drawing).read().unwrap();
    assert!(document.receipt.words > 40);
}

#[test]
fn read_pdf_title_that_is_drawn_last_is_read_first() {
    let mut lines = vec![(72.0, 200.0, 14.0, true, "Aim")];
    lines.extend(paragraph(225.0));
    lines.push((300.0, 80.0, 20.0, true, "Homework Policy"));
    lines.push((300.0, 110.0, 11.0, false, "Date of next review: September 2027"));
    let document = Pdf::default().page(&lines).read().unwrap();
    assert_eq!(texts(&document)[..3], ["Homework Policy", "Date of next review: September 2027", "Aim"]);
    assert_eq!(document.title, "Homework Policy");
    assert!(document.front_matter.review_due.is_some());
}

/// Four curves around a circle of this radius about a place from the top left.
fn circle(x: f32, top: f32, r: f32) -> String {
    let (y, k) = (842.0 - top, 0.5523 * r);
    format!(
        "{} {y} m {} {} {} {} {x} {} c {} {} {} {} {} {y} c {} {} {} {} {x} {} c {} {} {} {} {} {y} c f\n",
        x - r,
        x - r,
        y + k,
        x - k,
        y + r,
        y + r,
        x + k,
        y + r,
        x + r,
        y + k,
        x + r,
        x + r,
        y - k,
        x + k,
        y - r,
        y - r,
        x - k,
        y - r,
        x - r,
        y - k,
        x - r
    )
}

#[test]
fn read_pdf_bullets_drawn_as_shapes_begin_list_items() {
    let lines = [
        (90.0, 80.0, 11.0, false, "Tell the child that they were right to speak."),
        (90.0, 95.0, 11.0, false, "Write down what was said in their words."),
        (72.0, 130.0, 11.0, false, "No shape stands before this sentence."),
    ];
    let document = Pdf::default()
        .page(&lines)
        .draw(&(circle(80.0, 76.0, 2.0) + &circle(80.0, 91.0, 2.0)))
        .read()
        .unwrap();
    let kinds: Vec<_> = document.blocks.iter().map(|b| (b.kind, b.marker.as_deref())).collect();
    assert_eq!(kinds, [(Kind::ListItem, Some("•")), (Kind::ListItem, Some("•")), (Kind::Paragraph, None)]);
}

#[test]
fn read_pdf_underlines_and_coloured_words_part_no_rows_and_make_no_table() {
    let cells = [
        (77.0, 95.0, 11.0, false, "Where to ask"),
        (302.0, 95.0, 11.0, false, "the office of the school,"),
        (302.0, 109.0, 11.0, false, "open from eight"),
        (77.0, 135.0, 11.0, false, "When"),
        (302.0, 135.0, 11.0, false, "on any day of term"),
    ];
    // A line under the first line of a cell that touches the border beside it, and a box behind words of the second.
    let marks = "299 745.5 100 0.5 re f 301 730 60 14 re f\n";
    let pdf = Pdf::default().page(&cells).grid(&[72.0, 298.0, 520.0], &[80.0, 120.0, 140.0]).draw(marks);
    let document = pdf.read().unwrap();
    let found: Vec<_> =
        document.blocks.iter().map(|b| (b.cell.map(|c| (c.row, c.column)), b.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (Some((0, 0)), "Where to ask"),
            (Some((0, 1)), "the office of the school, open from eight"),
            (Some((1, 0)), "When"),
            (Some((1, 1)), "on any day of term")
        ]
    );
    // Boxes behind the lines of a paragraph are no table.
    let boxes = "70 746 398 14 re f 70 732 390 14 re f 70 718 401 14 re f\n";
    let document = Pdf::default().page(&paragraph(94.0)).draw(boxes).read().unwrap();
    assert_eq!(texts(&document), [LONG.join(" ")]);
}

#[test]
fn read_pdf_address_in_small_print_stays_in_its_paragraph() {
    let lines = [
        (
            72.0,
            80.0,
            11.0,
            false,
            "The full guidance on attendance can be read on the pages of the department",
        ),
        (72.0, 94.0, 11.0, false, "and of the county council, whose page has the address"),
        (345.0, 94.0, 9.0, false, "https://council.example.org/"),
        (
            72.0,
            108.0,
            9.0,
            false,
            "families-and-schools/attendance-of-children-at-school/guidance-for-all-parents-and-carers",
        ),
        (72.0, 122.0, 9.0, false, "/all-pages"),
        (115.0, 122.0, 11.0, false, "and is kept up to date by the office every term."),
    ];
    let document = Pdf::default().page(&lines).read().unwrap();
    assert_eq!(document.blocks.len(), 1, "{:?}", texts(&document));
}
