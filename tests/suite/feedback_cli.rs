//! Drafts that came back, as a clerk reads them: names, logs, the page, what is refused.

use std::fs;
use std::path::Path;

use crate::feedback::{edited, settle};
use crate::program;

/// Exit code and what was said to people.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let ran = program::run(&[arguments, &["--today", "2026-11-25"]].concat(), folder);
    (ran.code, ran.err)
}

const FIRST: &str = "# Lost Property Policy\n\n## Keeping\n\nStaff must record what is found the same day. Things are kept for 4 weeks. Coats hang in the hall.\n";
const SECOND: &str = "# Lost Property Policy\n\n## Keeping\n\nStaff should record what is found the same day. Things are kept for 6 weeks. Coats hang in the hall.\n";

/// A partnership with one policy, and its draft in `reports`.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("p")).unwrap();
    for (school, text) in [("infant", FIRST), ("junior", SECOND)] {
        fs::create_dir(home.path().join("p").join(school)).unwrap();
        fs::write(home.path().join("p").join(school).join("lost property.md"), text).unwrap();
    }
    let settings = "[[school]]\nid = \"infant\"\nname = \"Hill Infants\"\n\n[[school]]\nid = \"junior\"\nname = \"Hill Juniors\"\n";
    fs::write(home.path().join("p/common-ground.toml"), settings).unwrap();
    let (code, said) = run(home.path(), &["draft", "p"]);
    assert_eq!(code, 0, "{said}");
    home
}

fn draft(home: &Path) -> Vec<u8> {
    let found = fs::read_dir(home.join("reports")).unwrap().map(|e| e.unwrap().path());
    let mut drafts: Vec<_> = found.filter(|p| p.extension().is_some_and(|e| e == "docx")).collect();
    assert_eq!(drafts.len(), 1);
    fs::read(drafts.remove(0)).unwrap()
}

fn lines(home: &Path, log: &str) -> usize {
    fs::read_to_string(home.join("p/decisions").join(log)).map_or(0, |t| t.lines().count())
}

#[test]
fn feedback_cli_records_what_came_back_once_and_the_next_draft_applies_it() {
    let home = home();
    let file = draft(home.path());
    fs::create_dir(home.path().join("back")).unwrap();
    let copy = |name: &str, mine: &str, other: &str| {
        let bytes = edited(&file, |xml| settle(&settle(xml, mine, true), other, false));
        fs::write(home.path().join("back").join(name), bytes).unwrap();
    };
    copy("1 head.docx", "Hill Infants", "Hill Juniors");
    // Without a name nothing is recorded.
    let (code, said) = run(home.path(), &["draft", "p", "--read-back", "back"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("nothing recorded") && !home.path().join("p/decisions").exists(), "{said}");
    let (code, said) =
        run(home.path(), &["draft", "p", "--read-back", "back/1 head.docx", "--by", "A. Head"]);
    assert_eq!(code, 0, "{said}");
    let recorded = lines(home.path(), "a-head.jsonl");
    assert!(recorded >= 2, "{said}");
    // The same file again adds nothing.
    let (_, said) = run(home.path(), &["draft", "p", "--read-back", "back/1 head.docx", "--by", "A. Head"]);
    assert!(said.contains("0 answers recorded") && lines(home.path(), "a-head.jsonl") == recorded, "{said}");
    run(home.path(), &["draft", "p"]);
    let text = edited(&draft(home.path()), |xml| {
        assert!(xml.contains("Things are kept for 4 weeks.") && !xml.contains("6 weeks."));
        assert!(!xml.contains("<w:del "));
        xml.to_owned()
    });
    assert!(!text.is_empty());
    // A second copy of the first draft that says the opposite: both on one page, contested in the next draft.
    copy("2 chair.docx", "Hill Juniors", "Hill Infants");
    let all = ["draft", "p", "--read-back", "back", "--by", "A. Head", "--by", "B. Chair"];
    let (code, said) = run(home.path(), &all);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        (lines(home.path(), "a-head.jsonl"), lines(home.path(), "b-chair.jsonl")),
        (recorded, recorded)
    );
    let page = fs::read_to_string(home.path().join("reports/feedback.html")).unwrap();
    assert!(
        page.contains("contested")
            && page.contains("A. Head")
            && page.contains("B. Chair")
            && page.contains("Keeping")
    );
    let table = fs::read_to_string(home.path().join("reports/feedback.csv")).unwrap();
    assert!(
        table.contains("\"the wording of Hill Infants\"")
            && table.contains("\"the wording of Hill Juniors\"")
    );
    assert!(table.contains("\"yes\""));
    run(home.path(), &["draft", "p"]);
    let page = fs::read_to_string(home.path().join("reports/drafts.html")).unwrap();
    assert!(page.contains("Contested"));
    edited(&draft(home.path()), |xml| {
        assert!(xml.contains("4 weeks.") && xml.contains("6 weeks."));
        xml.to_owned()
    });
}

#[test]
fn feedback_cli_names_what_it_cannot_use_and_does_the_others() {
    let home = home();
    let file = draft(home.path());
    fs::write(home.path().join("good.docx"), edited(&file, |xml| settle(xml, "Hill Infants", true))).unwrap();
    fs::write(home.path().join("other.docx"), edited(&file, |xml| xml.replace("_cg1_", "_x_"))).unwrap();
    let (code, said) =
        run(home.path(), &["draft", "p", "--read-back", "other.docx", "good.docx", "missing.docx"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("other.docx: is no draft")
            && said.contains("missing.docx")
            && said.contains("good.docx ("),
        "{said}"
    );
    // One of the texts has changed since: the copy is named with the school, and nothing is recorded.
    fs::write(home.path().join("p/junior/lost property.md"), SECOND.replace("6 weeks", "8 weeks")).unwrap();
    let (code, said) = run(home.path(), &["draft", "p", "--read-back", "good.docx", "--by", "A. Head"]);
    assert_eq!(code, 2);
    assert!(said.contains("the policy of Hill Juniors has changed since"), "{said}");
    assert!(!home.path().join("p/decisions").exists());
    for bad in [
        &["draft", "p", "--by", "A. Head"][..],
        &["draft", "p", "--read-back", "good.docx", "--by", " "],
        &["draft", "p", "--read-back", "good.docx", "--by", "A", "--by", "B"],
        &["draft", "p/infant", "p/junior", "--read-back", "good.docx", "--by", "A"],
    ] {
        assert_eq!(run(home.path(), bad).0, 2, "{bad:?}");
    }
}

#[test]
fn feedback_cli_counts_answers_and_the_differences_they_settle() {
    let home = home();
    let file = draft(home.path());
    let settled = edited(&file, |xml| settle(&settle(xml, "Hill Infants", true), "Hill Juniors", false));
    fs::write(home.path().join("a.docx"), settled).unwrap();
    let (code, said) = run(home.path(), &["draft", "p", "--read-back", "a.docx", "--by", "A. Head"]);
    assert_eq!(code, 0, "{said}");
    // "must" against "should" and four weeks against six: two sentences, two differences.
    assert!(said.contains("2 answers recorded; together they settle 2 differences to decide"), "{said}");
    let page = fs::read_to_string(home.path().join("reports/feedback.html")).unwrap();
    assert!(page.contains("2 answers recorded; together they settle 2 differences to decide"));
    let (code, said) = run(home.path(), &["pack", "p", "--format", "html"]);
    assert_eq!(code, 0, "{said}");
    let pack = fs::read_to_string(home.path().join("reports/pack.html")).unwrap();
    assert!(pack.contains("href=\"#p1-decided\">2</a> differences have a recorded decision."));
    let (_, table) = crate::pack::element(&pack, "p1-decided");
    let rows = crate::pack::rows(table);
    assert!(rows.iter().any(|r| r[0].contains("“ Things are kept for 4 weeks. ”")), "{rows:?}");
    assert!(rows[0] != rows[1], "each row says which sentence it is about: {rows:?}");
}

#[test]
fn feedback_cli_no_file_that_can_be_used_leaves_no_page() {
    let home = home();
    let (code, said) = run(home.path(), &["draft", "p", "--read-back", "no such.docx"]);
    assert_eq!((code, said.matches("no such.docx").count()), (2, 1), "{said}");
    assert!(!home.path().join("reports/feedback.html").exists());
}

#[test]
fn feedback_cli_history_speaks_of_days_and_sentences_in_words() {
    let home = home();
    let file = draft(home.path());
    let settled = edited(&file, |xml| settle(&settle(xml, "Hill Infants", true), "Hill Juniors", false));
    fs::write(home.path().join("a.docx"), settled).unwrap();
    run(home.path(), &["draft", "p", "--read-back", "a.docx", "--by", "A. Head"]);
    run(home.path(), &["draft", "p"]);
    edited(&draft(home.path()), |xml| {
        let history = &xml[xml.find(">Change history<").unwrap()..];
        assert!(history.contains("25 November 2026") && !history.contains("2026-11-25"), "{history}");
        assert!(
            history.contains("A. Head decided on “Things are kept for 4 weeks.” (Keeping)."),
            "{history}"
        );
        assert!(!history.contains("decided sentence-"), "{history}");
        xml.to_owned()
    });
}

#[test]
fn feedback_cli_a_draft_that_was_overridden_comes_back_unchanged_without_comments() {
    let home = home();
    for (school, text) in [("infant", FIRST), ("junior", SECOND)] {
        let folder = home.path().join("p").join(school);
        fs::remove_file(folder.join("lost property.md")).unwrap();
        fs::write(folder.join("pay.md"), text.replace("Lost Property", "Pay")).unwrap();
    }
    fs::remove_dir_all(home.path().join("reports")).unwrap();
    let (code, said) = run(home.path(), &["draft", "p", "--override", "Both governing bodies asked for it."]);
    assert_eq!(code, 0, "{said}");
    let file = edited(&draft(home.path()), |xml| {
        assert!(xml.contains("Merged although the topic asks for separate policies: Both governing bodies"));
        xml.to_owned()
    });
    fs::write(home.path().join("back.docx"), file).unwrap();
    let (code, said) = run(home.path(), &["draft", "p", "--read-back", "back.docx"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("0 answers, 0 questions, 0 comments"), "{said}");
}
