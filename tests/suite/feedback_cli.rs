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
    assert!(said.contains("0 decisions") && lines(home.path(), "a-head.jsonl") == recorded, "{said}");
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
