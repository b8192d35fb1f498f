//! `changes` as a person or a build server runs it: exit codes, formats, faults.

use std::fs;
use std::path::Path;

use crate::program::{Ran, run};

const BEFORE: &str = "# Lost Property Policy\n\n## What we do\n\nParents must be told within 24 hours. Lost coats are kept for half a term in the blue box.\n";

fn versions() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("before.md"), BEFORE).unwrap();
    fs::write(home.path().join("after.md"), BEFORE.replace("24 hours", "48 hours")).unwrap();
    home
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn changes_cli_says_by_its_exit_code_whether_anything_changed() {
    let home = versions();
    let at = home.path();
    let Ran { code, err: said, .. } = run(&["changes", "before.md", "before.md", "--out", "same"], at);
    assert_eq!(code, 0, "{said}");
    let Ran { code, err: said, .. } = run(&["changes", "before.md", "after.md", "--out", "other"], at);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("1 point changed in substance"), "{said}");
    assert_eq!(names(&at.join("other")), ["changes.html", "changes.json"], "no Word file of two texts");
    let page = fs::read_to_string(at.join("other/changes.html")).unwrap();
    assert!(page.contains("24 hours") && page.contains("48 hours"));
}

#[test]
fn changes_cli_writes_the_formats_that_are_asked_for_and_the_same_bytes_twice() {
    let home = versions();
    let at = home.path();
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/junior");
    for (from, to) in
        [("Complaints Policy 2022.docx", "old.docx"), ("Complaints Policy final v2 (1).docx", "new.docx")]
    {
        fs::copy(policies.join(from), at.join(to)).unwrap();
    }
    let both = |out: &str| {
        let ran = run(
            &[
                "changes",
                "old.docx",
                "new.docx",
                "--format",
                "docx",
                "--format",
                "json",
                "--today",
                "2026-11-24",
                "--out",
                out,
            ],
            at,
        );
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert_eq!(names(&at.join(out)), ["changes.docx", "changes.json"]);
        ["changes.docx", "changes.json"].map(|name| fs::read(at.join(out).join(name)).unwrap())
    };
    assert!(both("one") == both("two"));
    let Ran { code, out, err: said } =
        run(&["changes", "old.docx", "new.docx", "--format", "json", "--out", "-"], at);
    assert_eq!(code, 1, "{said}");
    let results: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(results["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn changes_cli_names_what_is_wrong_and_writes_nothing() {
    let home = versions();
    let at = home.path();
    fs::write(at.join("broken.docx"), b"PK\x03\x04 and no more").unwrap();
    fs::create_dir(at.join("folder")).unwrap();
    for (bad, says) in [
        (vec!["changes", "before.md", "gone.md"], "gone.md"),
        (vec!["changes", "before.md", "broken.docx"], "broken.docx"),
        (vec!["changes", "before.md", "folder"], "folder"),
        (vec!["changes", "before.md"], "AFTER"),
        (vec!["changes", "before.md", "after.md", "--format", "docx"], ".docx"),
        (vec!["changes", "before.md", "after.md", "--format", "htlm"], "html"),
        (vec!["changes", "before.md", "after.md", "--out", "-"], "standard output"),
    ] {
        let Ran { code, out, err: said } = run(&bad, at);
        assert_eq!(code, 2, "{bad:?}: {said}");
        assert!(said.contains(says), "{bad:?}: {said}");
        assert!(out.is_empty(), "{bad:?}");
    }
    assert!(names(&at.join("reports")).is_empty(), "{:?}", names(&at.join("reports")));
    assert_eq!(fs::read_to_string(at.join("before.md")).unwrap(), BEFORE);
}

#[test]
fn changes_cli_ends_with_one_exactly_if_it_says_that_something_changed() {
    let home = versions();
    let at = home.path();
    let bold = BEFORE.replace("24 hours", "**24 hours**");
    fs::write(at.join("bold.md"), bold).unwrap();
    let word = |text: &str| crate::word::Word::body(text).bytes();
    let plain = crate::word::p("Parents must be told within 24 hours.");
    fs::write(at.join("plain.docx"), word(&plain)).unwrap();
    fs::write(at.join("same.docx"), word(&plain)).unwrap();
    fs::write(
        at.join("large.docx"),
        word(&plain.replace("<w:r>", "<w:r><w:rPr><w:sz w:val=\"40\"/></w:rPr>")),
    )
    .unwrap();
    let formatted = "No change of substance was found; wording, order or form changed.";
    for (before, after, code, words) in [
        ("before.md", "before.md", 0, "Nothing changed."),
        ("before.md", "bold.md", 1, formatted),
        ("before.md", "after.md", 1, "1 point changed in substance."),
        ("plain.docx", "same.docx", 0, "Nothing changed."),
        ("plain.docx", "large.docx", 1, formatted),
    ] {
        let ran = run(&["changes", before, after, "--out", "out"], at);
        assert!(ran.code == code && ran.err.starts_with(words), "{before} {after}: {} {}", ran.code, ran.err);
        // The formats that are asked for change nothing about it.
        for more in [&["--format=json", "--out=-"][..], &["--format=html", "--out=out"]] {
            let ran = run(&[&["changes", before, after], more].concat(), at);
            assert_eq!(ran.code, code, "{before} {after} {more:?}: {}", ran.err);
        }
    }
    for (command, words) in [
        ("changes", "0 nothing changed; 1 something changed"),
        ("check", "--fail-on on"),
        ("compare", "only with --exit-code"),
    ] {
        let help = run(&[command, "--help"], at).out;
        assert!(help.contains("Exit code: 0 ") && help.replace('\n', " ").contains(words), "{help}");
    }
}
