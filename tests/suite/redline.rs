//! Two versions of a Word file and their redline: accepting gives the new one, rejecting the old one, and nothing is tracked that is the same.

use common_ground::read::Source;
use common_ground::redline::{Redline, Stamp, accepted, redline, rejected};
use proptest::prelude::*;

use crate::word::{Word, p, texts};

fn source(bytes: Vec<u8>) -> Source {
    Source { path: "test.docx".into(), bytes }
}

fn of(before: &[u8], after: &[u8]) -> Redline {
    let stamp = Stamp { author: "A & B".into(), date: "2026-11-24".parse().unwrap() };
    redline(&source(before.to_vec()), &source(after.to_vec()), &stamp).unwrap()
}

fn blocks(bytes: &[u8]) -> Vec<String> {
    let document = common_ground::read::read(&source(bytes.to_vec()), "a").unwrap();
    texts(&document).into_iter().map(str::to_owned).collect()
}

fn main_part(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The redline, after its two views were held against the two versions.
fn checked(before: &[u8], after: &[u8]) -> Redline {
    let made = of(before, after);
    let (yes, no) =
        (accepted(&source(made.bytes.clone())).unwrap(), rejected(&source(made.bytes.clone())).unwrap());
    assert_eq!(blocks(&yes), blocks(after), "{}", main_part(&made.bytes));
    assert_eq!(blocks(&no), blocks(before), "{}", main_part(&made.bytes));
    assert_eq!(made.bytes, of(before, after).bytes, "the same bytes each time");
    made
}

fn body(paragraphs: &[&str]) -> Vec<u8> {
    Word::body(&paragraphs.iter().map(|t| p(t)).collect::<String>()).bytes()
}

#[test]
fn redline_changed_word_is_tracked_alone() {
    let made = checked(
        &body(&["Staff should reply within 24 hours.", "The end."]),
        &body(&["Staff must reply within 24 hours.", "The end."]),
    );
    let text = main_part(&made.bytes);
    assert!(text.contains("<w:delText xml:space=\"preserve\">should</w:delText>"), "{text}");
    assert!(text.contains("<w:t xml:space=\"preserve\">must</w:t>"), "{text}");
    assert!(text.contains("w:author=\"A &amp; B\" w:date=\"2026-11-24T00:00:00Z\""), "{text}");
    assert_eq!((made.insertions, made.deletions, made.moves), (1, 1, 0));
}

#[test]
fn redline_word_changed_in_a_moved_section_is_seen_there() {
    let long =
        "Every classroom has a shelf for found things and a list that is read out each Friday afternoon.";
    let (old, new) = (
        "Parents should be told of the change within 24 hours by letter.",
        "Parents must be told of the change within 48 hours by letter.",
    );
    let rest = [
        "The first part is about the hall and who may book it for parties.",
        "The second part is about the garden, its pond and its fence.",
        "The third part is about lunches that are brought from home.",
    ];
    let made = checked(
        &body(&["Found things", long, old, rest[0], rest[1], rest[2]]),
        &body(&[rest[0], rest[1], rest[2], "Found things", long, new]),
    );
    assert_eq!(made.moves, 1, "{}", main_part(&made.bytes));
    let text = main_part(&made.bytes);
    let there = &text[text.find("<w:moveToRangeStart").unwrap()..text.find("<w:moveToRangeEnd").unwrap()];
    assert!(there.contains("<w:ins") && there.contains(">must<") && there.contains(">48<"), "{there}");
    let was = &text[text.find("<w:moveFromRangeStart").unwrap()..text.find("<w:moveFromRangeEnd").unwrap()];
    assert!(was.contains("<w:del ") && was.contains(">should<") && was.contains(">24<"), "{was}");
}

#[test]
fn redline_of_equal_files_tracks_nothing() {
    let file = body(&["One paragraph of a policy.", "And another one."]);
    let made = checked(&file, &file);
    assert_eq!(made.changes(), 0);
    assert!(!main_part(&made.bytes).contains("<w:ins") && !main_part(&made.bytes).contains("<w:del"));
}

#[test]
fn redline_rows_that_came_went_and_changed_are_tracked_as_rows() {
    let row = |cells: [&str; 2]| {
        format!("<w:tr><w:tc><w:tcPr/>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(cells[0]), p(cells[1]))
    };
    let table = |rows: &[[&str; 2]]| {
        let rows: String = rows.iter().map(|r| row(*r)).collect();
        Word::body(&format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>{}", p("After the table."))).bytes()
    };
    let before = table(&[
        ["Monday", "Swimming in the big pool"],
        ["Tuesday", "Choir in the hall"],
        ["Friday", "Gardening club"],
    ]);
    let after = table(&[
        ["Monday", "Swimming in the small pool"],
        ["Friday", "Gardening club"],
        ["Saturday", "Nothing at all"],
    ]);
    let made = checked(&before, &after);
    let text = main_part(&made.bytes);
    assert_eq!(text.matches("<w:trPr><w:del ").count(), 1, "{text}");
    assert_eq!(text.matches("<w:trPr><w:ins ").count(), 1, "{text}");
}

#[test]
fn redline_earlier_changes_are_accepted_first_and_named() {
    let before = Word::body("<w:p><w:r><w:t xml:space=\"preserve\">We meet </w:t></w:r><w:del w:id=\"1\" w:author=\"X\"><w:r><w:delText>weekly</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"X\"><w:r><w:t>monthly</w:t></w:r></w:ins></w:p>").bytes();
    let made = checked(&before, &body(&["We meet yearly"]));
    assert!(
        made.notices.iter().any(|n| n.contains("2 tracked changes, which were accepted first")),
        "{:?}",
        made.notices
    );
    assert!(!main_part(&made.bytes).contains("weekly"));
}

#[test]
fn redline_tables_too_deep_are_refused_by_name() {
    let nested = |depth: u64, text: &str| {
        let mut inner = p(text);
        for _ in 0..depth {
            inner = format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl><w:p/>");
        }
        source(Word::body(&inner).bytes())
    };
    let stamp = Stamp { author: "A".into(), date: "2026-11-24".parse().unwrap() };
    let depth = common_ground::limits::TABLE_NESTING + 1;
    let error = redline(&nested(depth, "One thing."), &nested(depth, "Another thing."), &stamp).unwrap_err();
    assert!(error.message.contains("inside each other"), "{error}");
}

#[test]
fn redline_hostile_packages_are_errors() {
    let stamp = Stamp { author: "A".into(), date: "2026-11-24".parse().unwrap() };
    let good = source(body(&["Words."]));
    for bad in [
        Word::body("<w:p>").bytes(),
        b"PK\x03\x04".to_vec(),
        Vec::new(),
        Word::body("<x:p xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>").bytes(),
    ] {
        assert!(redline(&source(bad.clone()), &good, &stamp).is_err());
        assert!(redline(&good, &source(bad), &stamp).is_err());
    }
}

fn text() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "staff", "must", "should", "24", "48", "hours", "the", "pupils", "and", "tell", "parents", "at",
        "once,",
    ]);
    let sentence = prop::collection::vec(word, 1..12).prop_map(|w| w.join(" "));
    prop::collection::vec(sentence, 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn redline_of_any_two_texts_gives_both_back(before in text(), after in text()) {
        let build = |t: &[String]| body(&t.iter().map(String::as_str).collect::<Vec<_>>());
        checked(&build(&before), &build(&after));
    }

    #[test]
    fn redline_of_shuffled_and_changed_paragraphs_gives_both_back(before in text(), turn in 0usize..9, drop in 0usize..9) {
        let mut after = before.clone();
        let len = after.len();
        after.rotate_left(turn % len);
        if len > 1 {
            after.remove(drop % len);
        }
        after[0].push_str(" for all");
        let build = |t: &[String]| body(&t.iter().map(String::as_str).collect::<Vec<_>>());
        checked(&build(&before), &build(&after));
    }
}
