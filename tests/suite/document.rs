//! What is concluded from a reading: headings without styles, front matter wherever it stands, vague dates, tokens.

use common_ground::document::{Document, Kind, Role, date, tokens};
use common_ground::read::{Source, read};
use jiff::civil::date as day;
use proptest::prelude::*;

use crate::word::{Word, p};

fn headings(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Heading && b.role == Role::Body)
        .map(|b| b.text.as_str())
        .collect()
}

fn bold(text: &str) -> String {
    format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn document_bold_lines_are_headings_and_bold_sentences_are_not() {
    let body = [
        p("Lost Property Policy"),
        bold("Aims"),
        p("Things that are found are kept where families can look through them after school."),
        bold("What we do"),
        p("The office keeps a box. It is emptied at the end of each term."),
        bold("Nothing of value is ever put into the box, and staff must hand it in."),
        p("Named clothes go back to the class."),
    ];
    let document = Word::body(&body.concat()).read().unwrap();
    assert_eq!(headings(&document), ["Aims", "What we do"]);
}

#[test]
fn document_typed_numbers_are_markers_and_make_levels() {
    let body = [
        p("1. Aims"),
        p("The school looks after what is lost."),
        p("2. Keeping things"),
        p("2.1 Where"),
        p("Lost things are kept in the hall for one term and then given away."),
        p("2.2 How long"),
        p("One term."),
    ];
    let document = Word::body(&body.concat()).read().unwrap();
    let found: Vec<(Option<&str>, &str, u8)> = document
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Heading)
        .map(|b| (b.marker.as_deref(), b.text.as_str(), b.level))
        .collect();
    let levels: Vec<u8> = found.iter().map(|f| f.2).collect();
    assert_eq!(
        found.iter().map(|f| f.1).collect::<Vec<_>>(),
        ["Aims", "Keeping things", "Where", "How long"]
    );
    assert_eq!(levels, [levels[0], levels[0], levels[0] + 1, levels[0] + 1]);
    assert!(found.iter().all(|f| f.0.is_some()));
}

/// A row of two cells.
fn row(a: &str, b: &str) -> String {
    format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(a), p(b))
}

/// The texts of what is compared.
fn bodies(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter(|b| b.role == Role::Body).map(|b| b.text.as_str()).collect()
}

#[test]
fn document_front_matter_in_a_table_is_found_and_not_compared() {
    let table = format!(
        "<w:tbl>{}{}{}{}{}</w:tbl>",
        row("Policy owner", "Deputy headteacher"),
        row("Version", "3.1"),
        row("Approved by", "Governing body"),
        row("Date approved", "12 March 2025"),
        row("Next review", "Spring 2027")
    );
    let document =
        Word::body(&format!("{}{table}{}", p("Lost Property Policy"), p("Things that are found are kept.")))
            .read()
            .unwrap();
    let front = &document.front_matter;
    assert_eq!(front.owner.as_deref(), Some("Deputy headteacher"));
    assert_eq!(front.version.as_deref(), Some("3.1"));
    assert_eq!(front.approved_by.as_deref(), Some("Governing body"));
    assert_eq!(front.approved_on.as_ref().unwrap().from, Some(day(2025, 3, 12)));
    let due = front.review_due.as_ref().unwrap();
    assert_eq!((due.from, due.to), (Some(day(2027, 1, 1)), Some(day(2027, 3, 31))));
    assert_eq!(bodies(&document), ["Things that are found are kept."]);
    assert_eq!(document.title, "Lost Property Policy");
}

#[test]
fn document_items_above_what_is_taken_for_the_title_are_compared() {
    let text = "# Thistlemere Infant School\n\nAims\n\nThe governors see to it that:\n\n- Bags are hung on pegs\n\n# Lost Property Policy\n\nThings that are found are kept.";
    let document = read(&Source { path: "x.md".into(), bytes: text.into() }, "a").unwrap();
    assert_eq!(document.title, "Lost Property Policy");
    assert_eq!(
        bodies(&document),
        ["The governors see to it that:", "Bags are hung on pegs", "Things that are found are kept."]
    );
}

#[test]
fn document_record_of_changes_is_not_compared() {
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("Section 2", "A sentence that staff will tell the office was added"),
        row("Section 3", "Two items must be read anew")
    );
    let rule = "Things that are found are kept.";
    for line in ["Summary of changes since September 2025", "Version history"] {
        let document = Word::body(&format!("{}{}{table}{}", p("Lost Property Policy"), p(line), p(rule)))
            .read()
            .unwrap();
        assert_eq!(bodies(&document), [rule]);
    }
    // A table that no such line announces is compared.
    let document =
        Word::body(&format!("{}{}{table}", p("Lost Property Policy"), p("What staff do"))).read().unwrap();
    assert!(document.blocks.iter().filter(|b| b.cell.is_some()).all(|b| b.role == Role::Body));
}

#[test]
fn document_front_matter_on_the_last_page_and_in_the_header_is_found() {
    let text = |markup: &str| p(markup);
    let mut body = text("Lost Property Policy");
    for n in 0..40 {
        body.push_str(&text(&format!(
            "Box number {n} stands in the hall and is looked through by families after school."
        )));
    }
    body.push_str(&text("Approved by: Full governing body"));
    body.push_str(&text("Review date: September 2027"));
    let document = Word::body(&body).read().unwrap();
    assert_eq!(document.front_matter.approved_by.as_deref(), Some("Full governing body"));
    assert_eq!(document.front_matter.review_due.as_ref().unwrap().to, Some(day(2027, 9, 30)));
}

#[test]
fn document_front_matter_with_two_reviews_and_a_committee_is_told_apart() {
    let body: String = [
        "Lost Property Policy",
        "DATE OF ADOPTION: May2024 DATE OF REVIEW: March 2025",
        "DATE OF NEXT REVIEW: September",
        "2027",
        "TO BE REVIEWED BY: Business and",
        "Management Committee",
        "Ratified FGB 12 May 2025",
        "Things that are found are kept in the hall and looked through by families.",
    ]
    .iter()
    .map(|text| p(text))
    .collect();
    let document = Word::body(&body).read().unwrap();
    let front = &document.front_matter;
    let from = |d: &Option<common_ground::document::date::Dated>| d.as_ref().and_then(|d| d.from);
    assert_eq!(from(&front.approved_on), Some(day(2024, 5, 1)));
    assert_eq!(from(&front.last_review), Some(day(2025, 3, 1)));
    assert_eq!(from(&front.review_due), Some(day(2027, 9, 1)));
    assert_eq!(front.owner.as_deref(), Some("Business and Management Committee"));
    assert_eq!(front.approved_by.as_deref(), Some("FGB"));
    assert_eq!(
        bodies(&document),
        ["Things that are found are kept in the hall and looked through by families."]
    );
}

#[test]
fn document_dates_exact_and_vague_are_intervals() {
    let cases = [
        ("24 November 2026", day(2026, 11, 24), day(2026, 11, 24)),
        ("24th Nov 2026", day(2026, 11, 24), day(2026, 11, 24)),
        ("24/11/2026", day(2026, 11, 24), day(2026, 11, 24)),
        ("2026-11-24", day(2026, 11, 24), day(2026, 11, 24)),
        ("November 2026", day(2026, 11, 1), day(2026, 11, 30)),
        ("February 2028", day(2028, 2, 1), day(2028, 2, 29)),
    ];
    for (text, from, to) in cases {
        let dated = date::find(text).unwrap_or_else(|| panic!("{text} is a date"));
        assert_eq!((dated.from, dated.to), (Some(from), Some(to)), "{text}");
        let read = if from == to { "24 November 2026" } else { text };
        assert_eq!(dated.in_words(), read);
    }
    for text in ["Summer 2025", "Autumn 2 2025", "Spring term 2026"] {
        let dated = date::find(text).unwrap_or_else(|| panic!("{text} is a date"));
        assert!(dated.from.unwrap() < dated.to.unwrap(), "{text}");
    }
    assert!(date::find("as soon as possible").is_none());
    assert!(date::find("31/02/2026").is_none_or(|d| d.from.is_none() || d.from != d.to));
}

#[test]
fn document_approval_that_is_told_does_not_make_front_matter_of_what_follows() {
    let rule = "Agreed: items that nobody collects within a term must be given away to a charity that both schools choose together";
    let text = format!("# Lost Property Policy\n\nApproved by: Full governing body\n\n{rule}\n");
    let document = read(&Source { path: "x.md".into(), bytes: text.into() }, "a").unwrap();
    assert_eq!(document.front_matter.approved_by.as_deref(), Some("Full governing body"));
    assert_eq!(bodies(&document), [rule]);
}

#[test]
fn document_contents_list_by_its_style_needs_no_heading() {
    let line = |text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let lines = [line("Aims 2"), line("Keeping things 3"), line("Giving things back 4")].concat();
    let rule = "Things that are found are kept.";
    let style = "<w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>";
    let word = Word::body(&format!("{}{lines}{}", p("Lost Property Policy"), p(rule)));
    assert_eq!(bodies(&word.part("styles", style).read().unwrap()), [rule]);
}

#[test]
fn document_contents_list_is_no_body_text() {
    let body = [
        p("Contents"),
        p("Aims\t2"),
        p("Keeping things\t3"),
        p("Giving things back\t4"),
        bold("Aims"),
        p("Families find what they lost, and nothing is thrown away unseen."),
        bold("Keeping things"),
        p("Lost things are kept in the hall for one term."),
        bold("Giving things back"),
        p("Named things go back to the class on the same day."),
    ];
    let body: String = body.concat().replace("\t", "</w:t><w:tab/><w:t>");
    let document = Word::body(&body).read().unwrap();
    assert_eq!(headings(&document), ["Aims", "Keeping things", "Giving things back"]);
    let contents = document.blocks.iter().filter(|b| b.role == Role::Contents).count();
    assert!(contents >= 3, "{contents}");
}

proptest! {
    #[test]
    fn document_any_text_tokens_are_in_order_and_whole(text in r"[\p{L}\p{N}\p{P}\p{Z}]{0,200}") {
        let mut end = 0;
        for token in tokens::split(&text) {
            prop_assert!(token.start >= end && token.end > token.start);
            prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
            // What lies between two tokens is white space or unprintable.
            let gap = &text[end as usize..token.start as usize];
            prop_assert!(!gap.chars().any(char::is_alphanumeric), "lost: {gap:?}");
            end = token.end;
        }
        prop_assert!(!text[end as usize..].chars().any(char::is_alphanumeric));
    }

    #[test]
    fn document_any_text_is_no_date_by_panic(text in "[0-9a-zA-Z/ .,-]{0,40}") {
        if let Some(dated) = date::find(&text) {
            prop_assert!(dated.from <= dated.to);
        }
    }
}

#[test]
fn front_matter_takes_the_heading_above_it_along_and_no_other() {
    let read_text = |text: &str| {
        let source =
            common_ground::read::Source { path: "lost property.md".into(), bytes: text.as_bytes().to_vec() };
        common_ground::read::read(&source, "a").unwrap()
    };
    let role = |document: &common_ground::document::Document, text: &str| {
        document.blocks.iter().find(|b| b.text == text).map(|b| b.role)
    };
    let body = "# Coats\n\nCoats are hung on pegs.\n\n";
    let document = read_text(&format!("{body}## Document control\n\nVersion: 2\n\nNext review: May 2027\n"));
    assert_eq!(role(&document, "Document control"), Some(Role::FrontMatter));
    assert_eq!(role(&document, "Coats"), Some(Role::Body));
    let document = read_text(&format!("{body}## Approval\n\nVersion: 2\n\nThe clerk signs every page.\n"));
    assert_eq!(role(&document, "Approval"), Some(Role::Body));
}

#[test]
fn front_matter_dates_stand_below_their_labels_or_behind_who_wrote_it() {
    let front = |text: &str| {
        let source = common_ground::read::Source {
            path: "lost property.md".into(),
            bytes: format!("# Coats\n\nCoats are hung on pegs.\n\n{text}\n").into_bytes(),
        };
        common_ground::read::read(&source, "a").unwrap()
    };
    let document = front(
        "Date the Policy was Written\n\n6th May 2024\n\nDate this policy was last reviewed:\n\n13 February 2025\n\n\
        Date the Policy is Due for Review\n\nFebruary 2027\n\nPegs are painted blue.",
    );
    let found = &document.front_matter;
    let last = |dated: &Option<date::Dated>| dated.as_ref().and_then(|d| d.to);
    assert_eq!(last(&found.written_on), Some(day(2024, 5, 6)));
    assert_eq!(last(&found.last_review), Some(day(2025, 2, 13)));
    assert_eq!(last(&found.review_due), Some(day(2027, 2, 28)));
    let body = document.blocks.iter().filter(|b| b.role == Role::Body).map(|b| b.text.as_str());
    assert_eq!(body.collect::<Vec<_>>(), ["Coats", "Coats are hung on pegs.", "Pegs are painted blue."]);
    let document = front("Created on 01/02/25 by the SENCO");
    assert_eq!(last(&document.front_matter.written_on), Some(day(2025, 2, 1)));
    // A sentence that follows a label is no date of it.
    let document = front("Next review\n\nFrom 1 May 2026 pegs are blue and no coat is left on the floor.");
    assert_eq!(document.front_matter.review_due, None);
}

#[test]
fn title_of_a_page_is_the_heading_that_says_its_title() {
    let html = "<html><head><title>Drugs</title></head><body><h1 class=\"title\">Drugs</h1><p>Nobody brings any.</p>\
        <h1>Violations of policy</h1><p>They are reported.</p></body></html>";
    let source =
        common_ground::read::Source { path: "staff-misuse.html".into(), bytes: html.as_bytes().to_vec() };
    assert_eq!(common_ground::read::read(&source, "a").unwrap().title, "Drugs");
}
