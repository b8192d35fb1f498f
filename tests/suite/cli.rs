//! The program as people and scripts run it: exit codes, what goes where, bad inputs one by one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{copied, run};

const A: &str = "# Lost Property Policy\n\nStaff must record what is found the same day.\n\nThings are kept for 4 weeks.\n";
const B: &str = "# Lost Property Policy\n\nStaff should record what is found the same day.\n\nThings are kept for 6 weeks.\n";

/// Two schools' folders with one policy each.
fn schools() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (school, text) in [("infant", A), ("junior", B)] {
        fs::create_dir(home.path().join(school)).unwrap();
        fs::write(home.path().join(school).join("lost property.md"), text).unwrap();
    }
    home
}

/// Every file below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                out.insert(name, fs::read(path).unwrap());
            }
        }
    }
    out
}

#[test]
fn cli_sample_summary_says_what_pairs_and_what_to_look_at_first() {
    let home = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let before = bytes(&root.join("policies"));
    let out = home.path().join("reports");
    let ran = run(&["compare", "policies", "--today", "2026-11-24", "--out", out.to_str().unwrap()], root);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.is_empty(), "all that people read goes to standard error");
    insta::assert_snapshot!("summary", ran.err.replace(out.to_str().unwrap(), "OUT"));
    assert!(
        out.join("index.html").is_file()
            && out.join("results.json").is_file()
            && out.join("behaviour.html").is_file()
    );
    assert_eq!(before, bytes(&root.join("policies")), "the policies are never touched");
}

#[test]
fn cli_two_folders_without_settings_are_compared() {
    let home = schools();
    let ran = run(&["compare", "infant", "junior"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 policy pairs up"), "{}", ran.err);
    assert!(home.path().join("reports/index.html").is_file());
}

#[test]
fn cli_two_files_are_compared() {
    let home = schools();
    let ran = run(
        &["compare", "infant/lost property.md", "junior/lost property.md", "--format", "json", "--out", "-"],
        home.path(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let kinds: Vec<&str> = results["pairs"][0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["obligation", "time_limit"]);
    assert!(
        !home.path().join("reports").exists(),
        "nothing is written when the results go to standard output"
    );
}

#[test]
fn cli_exit_code_one_only_when_asked_and_only_for_differences() {
    let home = schools();
    assert_eq!(run(&["compare", "infant", "junior", "--exit-code", "--quiet"], home.path()).code, 1);
    assert_eq!(run(&["compare", "infant", "junior", "--quiet"], home.path()).code, 0);
    fs::write(home.path().join("junior/lost property.md"), A).unwrap();
    assert_eq!(run(&["compare", "infant", "junior", "--exit-code", "--quiet"], home.path()).code, 0);
}

#[test]
fn cli_wrong_commands_exit_with_two_and_a_hint() {
    let home = schools();
    for arguments in [
        &["compare", "nowhere"][..],
        &["compare", "infant"],
        &["compare", "infant", "nowhere"],
        &["compare", "infant", "junior/lost property.md"],
        &["compare", "infant", "junior", "--format", "papyrus"],
        &["compare", "infant", "junior", "--out", "-"],
        &["compare", "infant", "junior", "--out", "infant"],
        &["compare", "infant/lost property.md"],
        &["explain", "astrology"],
        &["read", "nowhere.docx"],
        &["init", "infant", "nowhere"],
    ] {
        let ran = run(arguments, home.path());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("error: "), "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{arguments:?}: {}", ran.out);
    }
    assert_eq!(bytes(home.path()).len(), 2, "nothing was written");
    for arguments in [&["compare"][..], &["bogus"], &["compare", "infant", "junior", "--today", "tomorrow"]] {
        assert_eq!(run(arguments, home.path()).code, 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["compare", "--help"], &["explain"]] {
        assert_eq!(run(arguments, home.path()).code, 0, "{arguments:?}");
    }
}

#[test]
fn cli_bad_files_are_named_with_a_hint_and_the_others_are_done() {
    let home = schools();
    let infant = home.path().join("infant");
    let docx = crate::word::Word::body(&crate::word::p("Hats are worn in the sun.")).bytes();
    fs::write(infant.join("empty.docx"), b"").unwrap();
    fs::write(infant.join("cut.docx"), &docx[..docx.len() / 2]).unwrap();
    fs::write(infant.join("really a picture.docx"), b"\x89PNG\r\n\x1a\n0000").unwrap();
    fs::write(infant.join("scan.pdf"), b"%PDF-1.7\n").unwrap();
    fs::write(infant.join("locked.docx"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1EncryptedPackage").unwrap();
    fs::write(infant.join("blank.txt"), b"  \n\n ").unwrap();
    fs::write(infant.join("odd \u{202E}name\u{7}.txt"), b"").unwrap();
    fs::write(infant.join("~$owner.docx"), b"x").unwrap();
    let before = bytes(&infant);
    let ran = run(&["compare", "infant", "junior"], home.path());
    assert_eq!(ran.code, 2);
    for name in ["empty.docx", "cut.docx", "really a picture.docx", "scan.pdf", "locked.docx", "blank.txt"] {
        let line = ran.err.lines().position(|l| l.starts_with("error: ") && l.contains(name));
        let line = line.unwrap_or_else(|| panic!("{name} in {}", ran.err));
        assert!(
            ran.err.lines().nth(line + 1).is_some_and(|l| l.trim_start().starts_with("hint: ")),
            "{name}: {}",
            ran.err
        );
    }
    assert!(
        ran.err.contains("[U+202E]") && !ran.err.contains('\u{202E}') && !ran.err.contains('\u{7}'),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("~$owner"));
    assert!(ran.err.contains("1 policy pairs up"), "{}", ran.err);
    assert_eq!(before, bytes(&infant));
    let reports = bytes(&home.path().join("reports"));
    let results: Value = serde_json::from_slice(&reports["results.json"]).unwrap();
    assert_eq!(results["problems"].as_array().unwrap().len(), 7);
    assert!(reports.keys().all(|name| !name.contains("common-ground-")), "{:?}", reports.keys());
    let index = String::from_utf8(reports["index.html"].clone()).unwrap();
    assert!(index.contains("scan.pdf"), "the report says what could not be read");
}

#[test]
fn cli_folder_with_nothing_to_read_is_an_error_never_all_removed() {
    let home = schools();
    fs::remove_file(home.path().join("junior/lost property.md")).unwrap();
    let ran = run(&["compare", "infant", "junior"], home.path());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nothing to read"), "{}", ran.err);
    fs::remove_file(home.path().join("infant/lost property.md")).unwrap();
    let ran = run(&["compare", "infant", "junior", "--out", "empty"], home.path());
    assert_eq!(ran.code, 2);
    assert!(!home.path().join("empty/index.html").exists());
}

#[cfg(unix)]
#[test]
fn cli_links_and_unreadable_files_are_named_not_followed() {
    let home = schools();
    fs::write(home.path().join("secret.md"), "# Secret\n\nNot for the report.\n").unwrap();
    std::os::unix::fs::symlink(home.path().join("secret.md"), home.path().join("infant/out.md")).unwrap();
    std::os::unix::fs::symlink(home.path().join("gone.md"), home.path().join("infant/broken.md")).unwrap();
    std::os::unix::fs::symlink(home.path().join("infant"), home.path().join("infant/loop")).unwrap();
    let ran = run(&["compare", "infant", "junior"], home.path());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("out.md") && ran.err.contains("broken.md"), "{}", ran.err);
    let results = fs::read_to_string(home.path().join("reports/results.json")).unwrap();
    assert!(!results.contains("Not for the report"));
}

#[test]
fn cli_same_input_same_bytes_whatever_the_jobs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for (name, jobs) in [("one", "1"), ("eight", "8"), ("again", "8")] {
        let out = home.path().join(name);
        let ran = run(
            &[
                "compare",
                "policies",
                "--today",
                "2026-11-24",
                "--jobs",
                jobs,
                "--quiet",
                "--out",
                out.to_str().unwrap(),
            ],
            root,
        );
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        all.push(bytes(&out));
    }
    assert!(all[0].len() > 15);
    assert!(all[0] == all[1] && all[1] == all[2]);
}

#[test]
fn cli_swapped_folders_give_the_mirrored_results() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results = |a: &str, b: &str| -> Value {
        let ran = run(&["compare", a, b, "--today", "2026-11-24", "--format", "json", "--out", "-"], root);
        serde_json::from_str(&ran.out).unwrap()
    };
    let (there, back) =
        (results("policies/infant", "policies/junior"), results("policies/junior", "policies/infant"));
    let rows = |results: &Value, swap: bool| -> Vec<String> {
        let documents = results["documents"].as_array().unwrap();
        let path = |id: &Value| {
            documents[usize::try_from(id.as_u64().unwrap()).unwrap()]["path"].as_str().unwrap().to_owned()
        };
        let sides = if swap { ["b", "a"] } else { ["a", "b"] };
        let mut rows = Vec::new();
        for pair in results["pairs"].as_array().unwrap() {
            let files = format!("{} ~ {}", path(&pair[sides[0]]), path(&pair[sides[1]]));
            for d in pair["differences"].as_array().unwrap() {
                rows.push(format!("{files} {} {} {}", d["kind"], d[sides[0]], d[sides[1]]));
            }
            for l in pair["links"].as_array().unwrap() {
                rows.push(format!(
                    "{files} {} {} {} {}",
                    l["relation"], l["moved"], l[sides[0]], l[sides[1]]
                ));
            }
        }
        rows.sort();
        rows
    };
    let (one, two) = (rows(&there, false), rows(&back, true));
    assert!(one.len() > 300);
    assert_eq!(one, two);
}

#[test]
fn cli_init_writes_settings_that_compare_reads_and_never_replaces_them() {
    let home = schools();
    assert_eq!(run(&["init", "infant", "junior"], home.path()).code, 0);
    let written = fs::read_to_string(home.path().join("common-ground.toml")).unwrap();
    let ran = run(&["compare", "."], home.path());
    // Reports may not be written among the policies, nor beside the settings that hold them.
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(run(&["init", "infant", "junior"], home.path()).code, 2);
    assert_eq!(fs::read_to_string(home.path().join("common-ground.toml")).unwrap(), written);
}

#[test]
fn cli_corrections_in_the_settings_win() {
    let home = schools();
    fs::write(
        home.path().join("junior/other.md"),
        "# Sun Safety\n\nHats are worn by all pupils in June and July.\n",
    )
    .unwrap();
    assert_eq!(run(&["init", "infant", "junior"], home.path()).code, 0);
    let path = home.path().join("common-ground.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{settings}\n[[pair]]\na = \"infant/lost property.md\"\nb = \"junior/other.md\"\nreason = \"agreed in May\"\n")).unwrap();
    let ran = run(&["compare", ".", "--format", "json", "--out", "-"], home.path());
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let pair = &results["pairs"][0];
    let path = |id: &Value| {
        results["documents"][usize::try_from(id.as_u64().unwrap()).unwrap()]["path"].as_str().unwrap()
    };
    assert_eq!((path(&pair["a"]), path(&pair["b"])), ("lost property.md", "other.md"));
    assert!(pair["because"].to_string().contains("agreed in May"));
}

#[test]
fn cli_read_shows_outline_front_matter_and_receipt() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&["read", "policies/infant/Behaviour Policy.docx"], root);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("read", ran.out);
    let ran = run(
        &["read", "policies/infant/Behaviour Policy.docx", "policies/nowhere.docx", "--format", "json"],
        root,
    );
    assert_eq!(ran.code, 2);
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (results["documents"].as_array().unwrap().len(), results["problems"].as_array().unwrap().len()),
        (1, 1)
    );
}

#[test]
fn cli_explain_knows_every_kind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = run(&["explain"], root).out;
    insta::assert_snapshot!("explain", all);
    for line in all.lines() {
        let id = line.split_whitespace().next().unwrap();
        let ran = run(&["explain", id], root);
        assert!(ran.code == 0 && ran.out.contains("One school says:"), "{id}: {}", ran.out);
    }
}

#[test]
fn cli_draft_writes_word_files_and_ledgers_and_decide_changes_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir().unwrap();
    for folder in ["infant", "junior"] {
        fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    for name in ["common-ground.toml", "infant/First Aid.docx", "junior/First aid and accidents.docx"] {
        fs::copy(root.join("policies").join(name), home.path().join(name)).unwrap();
    }
    let draft = |out: &str| {
        let ran = run(&["draft", ".", "--today", "2026-11-24", "--out", out], home.path());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let ledger = fs::read_to_string(home.path().join(out).join("first-aid-ledger.json")).unwrap();
        serde_json::from_str::<Value>(&ledger).unwrap()
    };
    let before = draft("one");
    draft("two");
    assert!(bytes(&home.path().join("one")) == bytes(&home.path().join("two")));
    assert!(before["left_out"].as_array().unwrap().is_empty());
    // A decision on a contradiction: the other school's sentence is left out, and the ledger says who decided.
    let results = run(&["compare", ".", "--format", "json", "--out", "-"], home.path()).out;
    let results: Value = serde_json::from_str(&results).unwrap();
    let difference = results["pairs"][0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["weight"] == "decide" && !d["a"].is_null() && !d["b"].is_null());
    let id = difference.unwrap()["id"].as_str().unwrap();
    let ran =
        run(&["decide", ".", id, "--take", "a", "--by", "A. Head", "--today", "2026-11-24"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = draft("three");
    assert_eq!(after["left_out"][0]["decided_by"][0]["by"], "A. Head");
    // What is not sensible is refused, and nothing is written down.
    for bad in [
        vec!["decide", ".", "no-such-id", "--take", "a", "--by", "A. Head"],
        vec!["decide", ".", id, "--take", "local", "--by", "A. Head"],
        vec!["decide", ".", id, "--take", "a", "--by", " "],
        vec!["draft", ".", "--out", "infant"],
        vec!["draft", ".", "--topic", "pay"],
    ] {
        assert_eq!(run(&bad, home.path()).code, 2, "{bad:?}");
    }
    let log = fs::read_to_string(home.path().join("decisions/a-head.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 1);
}

#[test]
fn cli_compare_writes_no_pair_over_the_page_of_another_command() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["infant", "junior"] {
        fs::create_dir_all(home.path().join(folder)).unwrap();
        for name in ["Parents", "Status", "Pack", "Register", "Changes", "Check"] {
            let text =
                format!("# {name}\n\nThe {name} folder is kept beside the door of the hall for {name}.\n");
            fs::write(home.path().join(folder).join(format!("{name}.md")), text).unwrap();
        }
    }
    let ran = run(&["compare", "infant", "junior", "--out", "out"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["parents", "status", "pack", "register", "changes", "check"] {
        let at = |file: String| home.path().join("out").join(file).exists();
        assert!(!at(format!("{name}.html")), "{name}");
    }
    assert!(fs::read_dir(home.path().join("out")).unwrap().count() > 6);
}

#[test]
fn cli_draft_of_a_topic_that_stays_separate_is_refused_unless_overridden() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["infant", "junior"] {
        fs::create_dir_all(home.path().join(folder)).unwrap();
        let text = "# Admissions Policy\n\nPlaces are given by distance from the school gate.\n";
        fs::write(home.path().join(folder).join("admissions.md"), text).unwrap();
    }
    let ran = run(&["draft", "infant", "junior"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("not merged"), "{}", ran.err);
    assert!(!home.path().join("reports/admissions-draft.docx").exists());
    let page = fs::read_to_string(home.path().join("reports/drafts.html")).unwrap();
    assert!(page.contains("policy of its own"));
    let ran = run(&["draft", "infant", "junior", "--override", "both heads asked"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ledger = fs::read_to_string(home.path().join("reports/admissions-ledger.json")).unwrap();
    assert!(ledger.contains("both heads asked"));
}

#[test]
fn cli_decide_says_whether_it_contests_another_or_takes_the_place_of_ones_own() {
    let home = copied();
    let json = run(&["compare", ".", "--format", "json", "--out", "-", "--quiet"], home.path());
    let results: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let all = results["pairs"][0]["differences"].as_array().unwrap();
    let id = all.iter().find(|d| d["weight"] == "decide").unwrap()["id"].as_str().unwrap();
    let decide = |by: &str, more: &[&str]| {
        let ran = run(&[&["decide", ".", id, "--by", by], more].concat(), home.path());
        (ran.code, ran.err)
    };
    let (code, said) = decide("Heads", &[]);
    assert!(code == 2 && said.contains("--take") && said.contains("--own"), "{said}");
    assert!(decide("Heads", &["--take", "a"]).1.ends_with("The next draft applies it.\n"));
    let (_, said) = decide("Chairs", &["--take", "b"]);
    assert!(said.contains("It contests the decision of Heads") && said.contains("applies none"), "{said}");
    let (_, said) = decide("Chairs", &["--take", "a"]);
    assert!(
        said.contains("It takes the place of your decision of")
            && said.contains("The next draft applies it."),
        "{said}"
    );
    assert!(!said.contains("contests"), "{said}");
}
