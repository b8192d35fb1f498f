//! What `check` looks at and where it points: copies that were set aside, folders without settings, paths for code hosts.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Ran, run};

const SETTINGS: &str = "[[school]]\nid = \"infant\"\nname = \"Thistlemere Infant School\"\n[[school]]\nid = \"junior\"\nname = \"Thistlemere Junior School\"\n";
const POLICY: &str = "# Behaviour Policy\n\n## What we do\n\nParents must be told within 24 hours, by telephone or at the gate, and the class teacher keeps a note of it.\n\nThe note is kept in the blue book until the child leaves the school.\n";
const TODAY: &str = "--today=2026-11-24";

fn partnership(settings: bool) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    if settings {
        fs::write(home.path().join("common-ground.toml"), SETTINGS).unwrap();
    }
    for folder in ["infant", "junior", "shared"] {
        fs::create_dir(home.path().join(folder)).unwrap();
        fs::write(home.path().join(folder).join("Behaviour.md"), POLICY).unwrap();
    }
    home
}

fn adopt(at: &Path) {
    let ran = run(
        &[
            "adopt",
            ".",
            "shared/Behaviour.md",
            "--on=2026-09-29",
            "--minute=item 7",
            "--approved-by=infant=full governing body",
            "--approved-by=junior=full governing body",
            TODAY,
        ],
        at,
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn check_cli_copies_that_are_set_aside_are_named_and_held_against_what_was_adopted() {
    let home = partnership(true);
    let at = home.path();
    adopt(at);
    let used = POLICY.replace("## What", "Approved: 29 September 2026\n\n## What");
    fs::write(at.join("junior/Behaviour.md"), used).unwrap();
    let copy = at.join("junior/Copy of Behaviour.md");
    for (text, code, words) in [
        (POLICY.to_owned(), 0, "This file was not checked. It is another edition of “Behaviour.md”"),
        (POLICY.replace("24 hours", "48 hours"), 1, "It moved away in 1 place from what was adopted."),
        // Dated before the adoption it is what held until then.
        (
            POLICY
                .replace("24 hours", "48 hours")
                .replace("## What", "Approved: 1 September 2024\n\n## What"),
            0,
            "This file was not checked.",
        ),
    ] {
        fs::write(&copy, text).unwrap();
        let Ran { code: ended, err, .. } = run(&["check", ".", TODAY], at);
        assert!(ended == code && err.contains(words), "{words}: {ended} {err}");
        assert!(err.contains("junior/Copy of Behaviour.md"), "{err}");
        assert_eq!(err.contains("moved away"), code == 1, "{err}");
    }
    for format in ["json", "sarif", "junit", "html"] {
        let ran = run(&["check", ".", TODAY, "--out=-", "--format", format], at);
        assert!(ran.out.contains("This file was not checked."), "{format}");
    }
}

#[test]
fn check_cli_partnership_that_lost_its_settings_is_refused() {
    let home = partnership(true);
    let at = home.path();
    adopt(at);
    fs::remove_file(at.join("common-ground.toml")).unwrap();
    for command in ["check", "register"] {
        let ran = run(&[command, ".", "-q", TODAY], at);
        assert!(
            ran.code == 2 && ran.err.contains("holds what a partnership keeps (baselines)"),
            "{}",
            ran.err
        );
        assert!(ran.err.contains("hint: put its common-ground.toml back"), "{}", ran.err);
    }
    assert!(!at.join("reports").exists());
    // One school that adopts for itself has no settings to lose.
    let alone = run(
        &[
            "adopt",
            "infant",
            "Behaviour.md",
            "--on=2026-09-29",
            "--minute=x",
            "--approved-by=infant=governors",
        ],
        at,
    );
    assert_eq!(alone.code, 0, "{}", alone.err);
    assert_eq!(run(&["check", "infant", "-q", TODAY], at).code, 0);
    let wrong = run(
        &["adopt", "infant", "Behaviour.md", "--on=2026-09-29", "--minute=x", "--approved-by=b=governors"],
        at,
    );
    assert!(wrong.code == 2 && wrong.err.contains("hint: the schools are: infant\n"), "{}", wrong.err);
}

#[test]
fn check_cli_two_schools_folders_without_settings_are_pointed_out() {
    let home = partnership(false);
    for command in ["check", "register"] {
        let out = tempfile::tempdir().unwrap();
        let of = |folder: &Path| run(&[command, ".", TODAY, "--out", out.path().to_str().unwrap()], folder);
        let alone = of(&home.path().join("infant"));
        assert!(alone.code == 0 && !alone.err.contains("two schools"), "{}", alone.err);
        let both = of(home.path());
        assert!(both.err.contains("If “infant” and “junior” are two schools"), "{}", both.err);
    }
}

#[test]
fn check_cli_reports_among_the_policies_are_refused_with_a_place_that_will_do() {
    let home = partnership(true);
    let ran = run(&["check", ".", TODAY], &home.path().join("infant"));
    let place = fs::canonicalize(home.path()).unwrap().join("reports");
    let hint = format!("hint: name a folder outside with --out, such as {}", place.display());
    assert!(ran.code == 2 && ran.err.contains(&hint), "{}", ran.err);
    let ran = run(&["check", ".", TODAY, "--out", place.to_str().unwrap()], &home.path().join("infant"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let file = run(&["check", "infant/Behaviour.md"], home.path());
    assert!(file.code == 2 && file.err.contains("is a file, not a folder of policies"), "{}", file.err);
    assert!(file.err.contains("hint: name the partnership's folder"), "{}", file.err);
}

#[test]
fn check_cli_paths_of_annotations_count_from_the_top_of_the_repository() {
    let home = partnership(true);
    let at = home.path();
    fs::create_dir(at.join("of ours")).unwrap();
    for name in ["common-ground.toml", "infant", "junior"] {
        fs::rename(at.join(name), at.join("of ours").join(name)).unwrap();
    }
    fs::write(at.join("of ours/infant/Safe.md"), "# Child Protection Policy\n\nThe LSCB is told.\n").unwrap();
    fs::write(at.join("of ours/infant/cut.docx"), b"PK\x03\x04").unwrap();
    let look = |folder: &str, from: &Path, path: &str| {
        let of = |format: &str| {
            let ran = run(&["check", folder, TODAY, "--out=-", "-q", "--format", format], from);
            assert_eq!(ran.code, 2, "one file cannot be read: {}", ran.err);
            ran.out
        };
        let github = of("github");
        for (file, title) in [("Safe.md", "superseded"), ("cut.docx", "not read")] {
            let line = format!("::error file={path}/infant/{file},title={title}::");
            assert!(github.contains(&line), "{line} in {github}");
        }
        let sarif: Value = serde_json::from_str(&of("sarif")).unwrap();
        let uri = |at: &Value| at["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned();
        let coded = path.replace(' ', "%20");
        let run = &sarif["runs"][0];
        assert_eq!(uri(&run["results"][0]["locations"][0]), format!("{coded}/infant/Safe.md"));
        let unread = &run["invocations"][0]["toolExecutionNotifications"][0]["locations"][0];
        assert_eq!(uri(unread), format!("{coded}/infant/cut.docx"));
        assert!(of("junit").contains(&format!("<testsuite name=\"{path}/infant/cut.docx\"")));
    };
    look("of ours", at, "of ours");
    look("./of ours/", at, "of ours");
    look(at.join("of ours").to_str().unwrap(), at, "of ours");
    // Whatever the working directory is, the top of the repository holds.
    fs::create_dir(at.join(".git")).unwrap();
    look(".", &at.join("of ours"), "of ours");
    look("../of ours", &at.join("shared"), "of ours");
}

#[cfg(unix)]
#[test]
fn check_cli_link_that_leads_nowhere_is_named_once_and_in_full() {
    let home = partnership(true);
    let at = home.path();
    std::os::unix::fs::symlink("gone.md", at.join("infant/old.md")).unwrap();
    for folder in ["infant", "."] {
        let ran = run(&["check", folder, TODAY, "--out=elsewhere", "--format=github"], at);
        assert_eq!(ran.code, 2);
        assert_eq!(ran.err.matches("is a link that leads nowhere").count(), 1, "{}", ran.err);
        assert!(
            ran.out.contains("::error file=infant/old.md,title=not read::Not checked: is a link"),
            "{}",
            ran.out
        );
    }
}

#[test]
fn check_cli_school_without_settings_is_not_accused_of_its_own_name() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    fs::create_dir(at.join("Our policies")).unwrap();
    let text = "# Behaviour Policy\n\nAt Thistlemere Infant School we speak quietly.\n";
    fs::write(at.join("Our policies/Behaviour.md"), text).unwrap();
    let ran = run(&["check", "Our policies", TODAY], at);
    assert!(ran.code == 0 && !ran.err.contains("as if it were its own school"), "{}", ran.err);
    fs::create_dir(at.join("Theirs")).unwrap();
    fs::write(at.join("Theirs/Behaviour.md"), text.replace("quietly", "loudly")).unwrap();
    let ran = run(&["compare", "Our policies", "Theirs", "--format=json", "--out=-"], at);
    assert!(ran.out.contains("quietly") && !ran.out.contains("as if it were its own school"), "{}", ran.out);
    let named = format!("{SETTINGS}[topics]\n")
        .replace("id = \"infant\"", "id = \"infant\"\nfolder = \"Our policies\"");
    fs::write(at.join("common-ground.toml"), named.replace("Thistlemere Infant", "Wrenhurst Infant"))
        .unwrap();
    fs::create_dir(at.join("junior")).unwrap();
    let ran = run(&["check", ".", TODAY], at);
    assert!(ran.err.contains("“Thistlemere Infant School” as if it were its own school"), "{}", ran.err);
}

#[test]
fn check_cli_nothing_to_read_makes_no_report() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    fs::create_dir(at.join("infant")).unwrap();
    fs::create_dir(at.join("junior")).unwrap();
    for arguments in [
        &["check", "infant"][..],
        &["register", "infant"],
        &["compare", "infant", "junior"],
        &["ethos", "infant", "junior"],
        &["curriculum", "infant", "junior"],
    ] {
        let ran = run(arguments, at);
        assert!(
            ran.code == 2 && ran.err.contains("there is nothing to report"),
            "{arguments:?}: {}",
            ran.err
        );
    }
    assert!(fs::read_dir(at.join("reports")).unwrap().next().is_none(), "no page was written");
}
