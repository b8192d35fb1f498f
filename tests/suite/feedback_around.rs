//! Drafts that came back with something filled in or changed outside the text: front page, annexes, notes.

use common_ground::feedback::Comment;
use common_ground::merge::Take;

use crate::feedback::{Case, edited, edited_part, once, settle};
use crate::seeding::sample;
use crate::word::{Word, p};

const A: &str = "First School";
const B: &str = "Second School";

/// A cell of the draft's own with this text.
fn cell(text: &str) -> String {
    format!(r#"<w:pStyle w:val="DraftField"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn first_aid() -> Case {
    Case::new(sample("infant/First Aid.docx"), sample("junior/First aid and accidents.docx"))
}

fn said(comments: &[Comment]) -> Vec<(&str, &str, &str)> {
    comments.iter().map(|c| (c.section.as_str(), c.text.as_str(), c.about.as_str())).collect()
}

#[test]
fn feedback_around_a_fact_that_was_filled_in_is_an_answer_and_stands_in_the_next_draft() {
    let case = first_aid();
    let file = case.file(&[]);
    let filled = |xml: &str| {
        let annex = xml.find("Annex A: First School").unwrap();
        // The first fact's last cell.
        let empty = cell("");
        let at = annex + xml[annex..].find(&empty).unwrap();
        format!("{}{}{}", &xml[..at], cell("01632 960 999"), &xml[at + empty.len()..])
    };
    let feedback = case.read(&edited(&file, filled), &[]);
    assert_eq!((&feedback.questions[..], &feedback.comments[..]), (&[][..], &[][..]));
    let [answer] = &feedback.answers[..] else { panic!("{:?}", feedback.answers) };
    assert_eq!((answer.take, answer.own.as_str()), (Take::Own, "01632 960 999"));
    assert_eq!((answer.section.as_str(), answer.says[1].as_deref()), ("Annex A: First School", None));
    let log = case.decisions(&feedback, "A. Head");
    let next = case.file(&log);
    edited(&next, |xml| once(xml, &cell("01632 960 999"), ""));
    // It is known that it stood there already; who empties it says so.
    assert_eq!(case.read(&next, &log), common_ground::feedback::Feedback::default());
    let emptied = edited(&next, |xml| once(xml, &cell("01632 960 999"), &cell("")));
    let feedback = case.read(&emptied, &log);
    assert_eq!(feedback.answers, []);
    assert_eq!(feedback.comments.len(), 1, "{:?}", feedback.comments);
    // A fact is settled when the schools agree on who says it last, and contested when two people do not.
    let mut other = log.clone();
    other.iter_mut().for_each(|d| (d.by, d.own) = ("B. Chair".into(), "01632 960 111".into()));
    let contested = case.file(&[log, other].concat());
    edited(&contested, |xml| once(xml, &cell("A. Head: 01632 960 999 / B. Chair: 01632 960 111"), ""));
}

#[test]
fn feedback_around_what_was_filled_in_or_changed_elsewhere_is_listed() {
    let case = first_aid();
    let file = case.file(&[]);
    let back = edited(&file, |xml| {
        let xml = once(
            xml,
            &format!("{}</w:p></w:tc><w:tc><w:tcPr></w:tcPr><w:p><w:pPr>{}", cell("Review date"), cell("")),
            &format!(
                "{}</w:p></w:tc><w:tc><w:tcPr></w:tcPr><w:p><w:pPr>{}",
                cell("Review date"),
                cell("1 May 2028")
            ),
        );
        let xml = xml.replacen("Name:                    Date:", "Name: A. Head Date: 3 March 2027", 1);
        let xml = once(&xml, "Applies to: First School and Second School", "Applies to: First School only");
        let history = xml.find(">Change history<").unwrap();
        let end = history + xml[history..].find("</w:tbl>").unwrap();
        let row = format!(
            "<w:tr>{0}<w:p><w:pPr>{1}</w:p></w:tc>{0}<w:p><w:pPr>{2}</w:p></w:tc></w:tr>",
            "<w:tc><w:tcPr></w:tcPr>",
            cell("2027"),
            cell("Seen by the union.")
        );
        let added = "<w:p><w:ins w:id=\"990\" w:author=\"P. Parent\"><w:r><w:t>Please print this larger.</w:t></w:r></w:ins></w:p>";
        let close = "</w:tbl>".len();
        format!("{}{row}</w:tbl>{added}{}", &xml[..end], &xml[end + close..])
    });
    let feedback = case.read(&back, &[]);
    assert_eq!((&feedback.answers[..], &feedback.questions[..]), (&[][..], &[][..]));
    assert_eq!(
        said(&feedback.comments),
        [
            ("Front page", "Name: A. Head Date: 3 March 2027", "Approved for First School"),
            ("Front page", "1 May 2028", "Review date"),
            (
                "Front page",
                "Applies to: First School only",
                "It said “Applies to: First School and Second School”"
            ),
            ("Change history", "2027 | Seen by the union.", "Added"),
            ("Change history", "Please print this larger.", "Added"),
        ]
    );
    // A contents list that Word filled in says nothing.
    let contents = edited(&file, |xml| {
        once(
            xml,
            "Right-click here and choose “Update field” to fill in the contents.",
            "1 Aims 2 Reporting 3",
        )
    });
    assert_eq!(case.read(&contents, &[]), common_ground::feedback::Feedback::default());
}

/// A policy with a note.
fn noted(note: &str, sentence: &str) -> common_ground::document::Document {
    let text = format!(
        r#"{}<w:p><w:r><w:t>{sentence}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#,
        p("Every child is safe with us in all that the school does.")
    );
    let notes = format!(
        r#"<w:footnotes xmlns:w="{{W}}"><w:footnote w:id="2"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    Word::body(&text).part("footnotes", &notes).read().unwrap()
}

#[test]
fn feedback_around_notes_that_were_changed_added_or_taken_out_are_listed() {
    let sentence = "Staff write down each visit in the book of visitors.";
    let case = Case::new(
        noted("The book lies in the office.", sentence),
        noted("The book lies in the office.", sentence),
    );
    let file = case.file(&[]);
    assert_eq!(case.read(&file, &[]), common_ground::feedback::Feedback::default());
    let changed = edited_part(&file, "word/footnotes.xml", |xml| once(xml, "in the office.", "at the gate."));
    let about = "The note “The book lies in the office.”";
    assert_eq!(
        said(&case.read(&changed, &[]).comments),
        [("Elsewhere", "The book lies at the gate.", about)]
    );
    let mark =
        r#"<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>"#;
    let gone = edited(&file, |xml| once(xml, mark, ""));
    assert_eq!(said(&case.read(&gone, &[]).comments), [("Elsewhere", "This note was taken out.", about)]);
    let added = edited_part(
        &edited(&file, |xml| once(xml, mark, &format!("{mark}{}", mark.replace("\"1\"", "\"7\"")))),
        "word/footnotes.xml",
        |xml| {
            let note = r#"<w:footnote w:id="7"><w:p><w:r><w:t>What of dogs?</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
            once(xml, "</w:footnotes>", note)
        },
    );
    assert_eq!(said(&case.read(&added, &[]).comments), [("Elsewhere", "What of dogs?", "A new note")]);
}

#[test]
fn feedback_around_a_note_of_one_school_goes_with_its_school() {
    let case = Case::new(
        noted("The book lies in the office.", "Staff write down each visit in the book of visitors."),
        noted("A fine is paid to the town.", "Parents pay for lost keys on the same day."),
    );
    let back = edited(&case.file(&[]), |xml| settle(&settle(xml, A, true), B, false));
    let feedback = case.read(&back, &[]);
    assert_eq!((&feedback.questions[..], &feedback.comments[..]), (&[][..], &[][..]));
    case.with(&case.decisions(&feedback, "A. Head"), |m, draft| {
        let notes: Vec<_> = draft.paragraphs().iter().flat_map(|p| p.notes.clone()).collect();
        assert_eq!(notes.len(), 1, "the other school's went with its sentence");
        let entries = common_ground::merge::ledger(draft, m);
        let note = |e: &&common_ground::merge::Entry| {
            m.document(e.school).blocks[e.block as usize].text.contains("fine")
        };
        assert_eq!(entries.iter().find(note).unwrap().why, "people have decided against it");
    });
}
