//! `check`, `register` and `adopt` as people and build servers run them: exit codes, formats, faults.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::run;

const SETTINGS: &str = "[[school]]\nid = \"infant\"\nname = \"Thistlemere Infant School\"\n[[school]]\nid = \"junior\"\nname = \"Thistlemere Junior School\"\n";
const POLICY: &str = "# Behaviour Policy\n\n## What we do\n\nParents must be told within 24 hours.\n";

fn partnership() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("common-ground.toml"), SETTINGS).unwrap();
    for folder in ["infant", "junior", "shared"] {
        fs::create_dir(home.path().join(folder)).unwrap();
        fs::write(home.path().join(folder).join("Behaviour.md"), POLICY).unwrap();
    }
    home
}

const ADOPT: [&str; 9] = [
    "adopt",
    ".",
    "--topic=behaviour",
    "--on=2026-09-29",
    "--minute=item 7",
    "--approved-by=infant=full governing body",
    "--approved-by=junior=full governing body",
    "--minute=junior=item 9",
    "-q",
];

#[test]
fn check_cli_adopt_then_drift_then_exit_codes() {
    let home = partnership();
    let at = home.path();
    assert_eq!(run(&["check", ".", "-q", "--today=2026-11-24"], at).code, 0, "nothing is wrong yet");
    let adopted = run(&ADOPT, at);
    assert_eq!(adopted.code, 0, "{}", adopted.err);
    let text = fs::read_to_string(at.join("baselines/behaviour.toml")).unwrap();
    assert!(text.contains("minute = \"item 7\"") && text.contains("minute = \"item 9\""), "{text}");
    let again = run(&ADOPT, at);
    assert!(again.code == 2 && again.err.contains("--replace"), "{}", again.err);
    assert_eq!(run(&["check", ".", "-q", "--today=2026-11-24"], at).code, 0);
    fs::write(at.join("junior/Behaviour.md"), POLICY.replace("24", "48")).unwrap();
    let drifted = run(&["check", ".", "--today=2026-11-24"], at);
    assert_eq!(drifted.code, 1);
    assert!(drifted.err.contains("24 hours") && drifted.err.contains("48 hours"), "{}", drifted.err);
    assert!(drifted.out.is_empty());
    assert!(at.join("reports/check.html").is_file() && at.join("reports/check.json").is_file());
    fs::write(at.join("junior/Behaviour.md"), POLICY.replace("told", "informed")).unwrap();
    assert_eq!(run(&["check", ".", "-q", "--today=2026-11-24"], at).code, 0, "words alone are a warning");
    assert_eq!(run(&["check", ".", "-q", "--today=2026-11-24", "--fail-on=warning"], at).code, 1);
    fs::write(at.join("baselines/behaviour.toml"), text.replace("24", "25")).unwrap();
    let damaged = run(&["check", ".", "--today=2026-11-24"], at);
    assert!(damaged.code == 2 && damaged.err.contains("behaviour.toml: is damaged"), "{}", damaged.err);
}

#[test]
fn check_cli_adopt_says_what_is_unfinished_in_the_text() {
    let home = partnership();
    let at = home.path();
    let mut adopt: Vec<&str> = ADOPT.to_vec();
    adopt.pop();
    adopt.push("--today=2026-11-24");
    let whole = run(&adopt, at);
    assert!(whole.code == 0 && !whole.err.contains("note:"), "{}", whole.err);
    let text =
        format!("{POLICY}\nThe form is kept by [insert name].\n\nA CRB check is made, as the LSCB asks.\n");
    fs::write(at.join("shared/Behaviour.md"), text).unwrap();
    adopt.push("--replace");
    let unfinished = run(&adopt, at);
    assert_eq!(unfinished.code, 0, "it is adopted all the same: {}", unfinished.err);
    for what in ["note:", "[insert name]", "CRB", "note: in “What we do”, paragraph 4: The gap"] {
        assert!(unfinished.err.contains(what), "{what}: {}", unfinished.err);
    }
}

#[test]
fn check_cli_adopt_refuses_what_is_not_said() {
    let home = partnership();
    let at = home.path();
    for (arguments, words) in [
        (
            vec!["adopt", ".", "--topic=behavior", "--on=2026-09-29", "--minute=x", "--approved-by=infant=y"],
            "did you mean “behaviour”?",
        ),
        (
            vec!["adopt", ".", "--topic=behaviour", "--on=2026-09-29", "--minute=x", "--approved-by=junor=y"],
            "did you mean “junior”?",
        ),
        (
            vec!["adopt", ".", "--topic=behaviour", "--on=2026-09-29", "--minute=x", "--approved-by=y"],
            "does not say for which school",
        ),
        (
            vec!["adopt", ".", "--topic=uniform", "--on=2026-09-29", "--minute=x", "--approved-by=infant=y"],
            "no policy on this topic",
        ),
        (
            vec!["adopt", ".", "--on=2026-09-29", "--minute=x", "--approved-by=infant=y"],
            "neither a file nor a --topic",
        ),
    ] {
        let ran = run(&arguments, at);
        assert!(ran.code == 2 && ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
    assert!(!at.join("baselines").exists());
}

#[test]
fn check_cli_known_findings_do_not_gate() {
    let home = partnership();
    let at = home.path();
    fs::write(at.join("infant/Safe.md"), "# Child Protection Policy\n\nThe LSCB is told.\n").unwrap();
    let today = "--today=2026-11-24";
    assert_eq!(run(&["check", ".", "-q", today], at).code, 1);
    let missing = run(&["check", ".", today, "--baseline=known.toml"], at);
    assert!(missing.code == 2 && missing.err.contains("--accept"), "{}", missing.err);
    assert_eq!(run(&["check", ".", "-q", today, "--baseline=known.toml", "--accept"], at).code, 0);
    let known = run(&["check", ".", today, "--baseline=known.toml"], at);
    assert!(known.code == 0 && known.err.contains("known before: 1 × superseded"), "{}", known.err);
    fs::write(at.join("infant/Safe.md"), "# Child Protection Policy\n\nThe partnership is told.\n").unwrap();
    let pruned = run(&["check", ".", today, "--baseline=known.toml", "--prune"], at);
    assert!(pruned.err.contains("1 taken out"), "{}", pruned.err);
    assert!(!fs::read_to_string(at.join("known.toml")).unwrap().contains("[[known]]"));
}

#[test]
fn check_cli_every_format_is_the_same_twice_and_whatever_the_threads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for format in ["html", "json", "sarif", "junit", "github", "md"] {
        let of = |jobs: &str| {
            run(&["check", "policies", "--today=2026-11-24", "--out=-", "-q", "--format", format, jobs], root)
        };
        let (one, two) = (of("--jobs=1"), of("--jobs=2"));
        assert_eq!(one.code, 1, "{}", one.err);
        assert!(one.out == two.out && one.out.len() > 1000, "{format}");
    }
    for format in ["html", "csv", "json", "ics"] {
        let of = |jobs: &str| {
            run(
                &["register", "policies", "--today=2026-11-24", "--out=-", "-q", "--format", format, jobs],
                root,
            )
        };
        let (one, two) = (of("--jobs=1"), of("--jobs=2"));
        assert!(one.code == 0 && one.out == two.out && one.out.len() > 1000, "{format}");
    }
}

#[test]
fn check_cli_sarif_has_rules_fingerprints_and_suppressions() {
    let home = partnership();
    let at = home.path();
    fs::write(
        at.join("infant/Safe & sound.md"),
        "# Child Protection Policy\n\nThe LSCB is told.\n\nAll hold a CRB check.\n",
    )
    .unwrap();
    let allow = "[[allow]]\nrule = \"superseded\"\nsays = \"CRB\"\nreason = \"until the rewrite\"\nowner = \"clerk\"\nexpires = \"2027-01-01\"\n";
    fs::write(at.join("common-ground.toml"), format!("{SETTINGS}{allow}")).unwrap();
    let ran = run(&["check", ".", "--today=2026-11-24", "--out=-", "--format=sarif"], at);
    assert_eq!(ran.code, 1);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|r| r["help"]["text"].as_str().unwrap().contains("What to do")));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "infant/Safe%20%26%20sound.md");
        assert!(
            result["partialFingerprints"]["commonGround/v1"].as_str().unwrap().starts_with("superseded-")
        );
    }
    let suppressed = |r: &&Value| !r["suppressions"].as_array().unwrap().is_empty();
    assert_eq!(results.iter().filter(suppressed).count(), 1);
}

#[test]
fn check_cli_hostile_text_stays_text() {
    let home = partnership();
    let at = home.path();
    let text = "# <script>alert(1)</script> Policy\n\n[Insert name | <img src=x> ]]> \u{1b}[31m :: ,%0A]\n\nThe LSCB is told.\n";
    fs::write(at.join("infant/=cmd|x,y%.md"), text).unwrap();
    for format in ["html", "junit", "github", "md"] {
        let ran = run(&["check", ".", "--today=2026-11-24", "--out=-", "--format", format], at);
        assert!(ran.out.contains("LSCB"), "{format}");
        assert!(
            !ran.out.contains("<script>") && !ran.out.contains("<img") && !ran.out.contains('\u{1b}'),
            "{format}: {}",
            ran.out
        );
    }
    let github = run(&["check", ".", "--today=2026-11-24", "--out=-", "--format=github"], at);
    assert!(github.out.contains("file=infant/=cmd|x%2Cy%25.md,title="), "{}", github.out);
    let csv = run(&["register", ".", "--today=2026-11-24", "--out=-", "--format=csv"], at);
    assert!(csv.out.lines().all(|l| !l.contains("\"=")), "{}", csv.out);
}

#[test]
fn check_cli_calendar_lines_are_folded_and_ended_as_the_standard_says() {
    let home = partnership();
    let at = home.path();
    let long = "# Uniform Policy\n\nNext review: Spring 2027\n\n## Aims\n\nGrey.\n";
    fs::write(
        at.join(
            "infant/Uniform, coats; and a very long name that goes on – and on – until the line is full.md",
        ),
        long,
    )
    .unwrap();
    let ran = run(&["register", ".", "--today=2026-11-24", "--out=-", "--format=ics"], at);
    assert!(ran.out.starts_with("BEGIN:VCALENDAR\r\n") && ran.out.ends_with("END:VCALENDAR\r\n"));
    assert!(ran.out.split("\r\n").all(|l| l.len() <= 75 && !l.contains('\n')));
    let unfolded = ran.out.replace("\r\n ", "");
    assert!(unfolded.contains("UID:uniform-infant@common-ground.invalid"));
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20270331"));
    assert!(unfolded.contains("Uniform\\, coats\\; and a very long name"), "{unfolded}");
}

#[test]
fn check_cli_one_folder_without_settings_is_checked() {
    let home = partnership();
    let at = home.path();
    fs::write(at.join("infant/Safe.md"), "# Child Protection Policy\n\nThe LSCB is told.\n").unwrap();
    let ran = run(&["check", "infant", "--today=2026-11-24"], at);
    assert!(ran.code == 1 && ran.err.contains("Local safeguarding partners"), "{}", ran.err);
    assert_eq!(run(&["check", "nowhere"], at).code, 2);
    let wrong = run(&["check", ".", "--format=pdf"], at);
    assert!(wrong.code == 2 && wrong.err.contains("sarif"), "{}", wrong.err);
}

#[test]
fn check_cli_explain_knows_every_check() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = run(&["explain", "checks"], root).out;
    assert_eq!(all.lines().count(), common_ground::check::CHECKS.len());
    for line in all.lines() {
        let id = line.split_whitespace().next().unwrap();
        let ran = run(&["explain", id], root);
        assert!(ran.code == 0 && ran.out.contains("What to do: "), "{id}: {}", ran.err);
    }
}

#[test]
fn check_cli_sample_shows_the_drift_that_is_planted_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&["check", "policies", "--today=2026-11-24", "--out=-", "-q", "--format=json"], root);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let all: Value = serde_json::from_str(&ran.out).unwrap();
    let drift: Vec<&Value> =
        all["findings"].as_array().unwrap().iter().filter(|f| f["rule"] == "drift").collect();
    assert_eq!(drift.len(), 2, "{drift:?}");
    assert!(
        drift.iter().all(|f| f["path"] == "junior/Missing Child.html" && f["severity"] == "error"),
        "{drift:?}"
    );
    assert!(drift[0]["says"].as_str().unwrap().starts_with("“must … 10” became “should … 20”."));
    assert!(drift[1]["says"].as_str().unwrap().contains("“Governors hear of it at their next meeting”"));
    let readme = fs::read_to_string(root.join("policies/README.md")).unwrap();
    assert!(readme.contains("10 minutes 20") && readme.contains("baselines/missing-pupil.toml"));
}

#[test]
fn check_cli_baselines_that_are_damaged_newer_or_gone_are_named() {
    let home = partnership();
    let at = home.path();
    assert_eq!(run(&ADOPT, at).code, 0);
    let file = at.join("baselines/behaviour.toml");
    let whole = fs::read_to_string(&file).unwrap();
    let check = ["check", ".", "-q", "--today=2026-11-24"];
    for (text, words) in [
        (
            whole.replace("schema = 1", "schema = 2\nwho_knows = 3"),
            "was written by a newer version (schema 2; this program reads 1)",
        ),
        (whole.replace("24 hours", "25 hours"), "is damaged: block 2"),
        (whole.replace("topic = ", "topic "), "line 4, column"),
        (whole.replace("\nby = ", "\nbi = "), "did you mean `by`?"),
        (whole.replace("adopted_on = \"2026-09-29\"", "adopted_on = \"soon\""), "is damaged: adopted_on"),
        (String::new(), "does not say its schema"),
    ] {
        assert_ne!(text, whole, "{words}");
        fs::write(&file, text).unwrap();
        let ran = run(&check, at);
        assert!(
            ran.code == 2 && ran.err.contains("behaviour.toml") && ran.err.contains(words),
            "{words}: {}",
            ran.err
        );
    }
    fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    let ran = run(&check, at);
    assert!(ran.code == 2 && ran.err.contains("behaviour.toml"), "{}", ran.err);
    // Without a baseline nothing was adopted, so nothing can drift.
    fs::remove_file(&file).unwrap();
    assert_eq!(run(&check, at).code, 0);
}

#[test]
fn check_cli_settings_that_are_wrong_say_where_what_and_what_is_near() {
    let home = partnership();
    let at = home.path();
    for (extra, words) in [
        ("[[alow]]\n", "line 7, column 3: unknown field `alow`"),
        ("[[alow]]\n", "did you mean `allow`?"),
        (
            "[[allow]]\nrule = \"gap\"\nowner = \"x\"\nexpires = \"2027-01-01\"\n",
            "line 7, column 1: missing field `reason`",
        ),
        ("[[allow]]\nreason = 4\n", "line 8, column 10: invalid type: integer `4`, expected a string"),
        ("[[duty]]\nid = \"behaviour\"\nreview_month = 4\n", "did you mean `review_months`?"),
        ("[topics\n", "line 7, column"),
    ] {
        fs::write(at.join("common-ground.toml"), format!("{SETTINGS}{extra}")).unwrap();
        for command in ["check", "register"] {
            let ran = run(&[command, ".", "-q"], at);
            assert!(ran.code == 2 && ran.err.contains(words), "{command}: {words}: {}", ran.err);
            assert!(ran.err.contains("common-ground.toml"), "{}", ran.err);
        }
    }
}

#[test]
fn check_cli_allowed_entries_that_do_not_work_are_findings() {
    let home = partnership();
    let at = home.path();
    fs::write(at.join("infant/Safe.md"), "# Child Protection Policy\n\nThe LSCB is told.\n").unwrap();
    let allow = |rule: &str, expires: &str| {
        format!(
            "{SETTINGS}[[allow]]\nrule = \"{rule}\"\nreason = \"r\"\nowner = \"clerk\"\nminute = \"item 4\"\nexpires = \"{expires}\"\n"
        )
    };
    for (settings, code, words) in [
        (allow("superseded", "2026-11-24"), 0, "1 allowed"),
        (allow("superseded", "2026-11-23"), 1, "lapsed on 23 November 2026"),
        (allow("superseded", "30/11/2026"), 1, "“30/11/2026”, which is no day"),
        (allow("gap", "2027-01-01"), 1, "matches no finding"),
        (allow("supersede", "2027-01-01"), 1, "did you mean “superseded”?"),
    ] {
        fs::write(at.join("common-ground.toml"), settings).unwrap();
        let ran = run(&["check", ".", "--today=2026-11-24"], at);
        assert!(ran.code == code && ran.err.contains(words), "{words}: {} {}", ran.code, ran.err);
    }
}

#[test]
fn check_cli_lists_of_known_findings_that_are_damaged_or_newer_are_refused() {
    let home = partnership();
    let at = home.path();
    fs::write(at.join("infant/Safe.md"), "# Child Protection Policy\n\nThe LSCB is told.\n").unwrap();
    for (text, words) in [
        ("schema = 2\n", "newer version"),
        ("schema = 1\n[[known]]\nid = \"x\"\nfil = \"y\"\nsays = \"z\"\n", "did you mean `file`?"),
        ("known = 1\n", "does not say its schema"),
        ("schema = ", "line 1, column"),
    ] {
        fs::write(at.join("known.toml"), text).unwrap();
        for more in [vec![], vec!["--prune"]] {
            let mut arguments = vec!["check", ".", "-q", "--baseline=known.toml"];
            arguments.extend(more);
            let ran = run(&arguments, at);
            assert!(
                ran.code == 2 && ran.err.contains("known.toml") && ran.err.contains(words),
                "{}",
                ran.err
            );
        }
        assert_eq!(
            fs::read_to_string(at.join("known.toml")).unwrap(),
            text,
            "a list that cannot be read stays as it is"
        );
    }
    let alone = run(&["check", ".", "--prune"], at);
    assert!(alone.code == 2 && alone.err.contains("--baseline"), "{}", alone.err);
    let wrong = run(&["check", ".", "--fail-on=note"], at);
    assert!(wrong.code == 2 && wrong.err.contains("warning"), "{}", wrong.err);
}

#[test]
fn check_cli_own_facts_reach_the_report_and_their_faults_are_named() {
    let home = partnership();
    let at = home.path();
    fs::write(
        at.join("infant/Safe.md"),
        "# Child Protection Policy\n\nSee the blue book. The LSCB is told.\n",
    )
    .unwrap();
    let header = "id,category,hints,pattern,unless,superseded,current,since,severity,condition,example_hit,example_miss,source,confidence\n";
    fs::create_dir(at.join("facts")).unwrap();
    let table = |rows: &str| fs::write(at.join("facts/references.csv"), format!("{header}{rows}")).unwrap();
    table(
        "OWN1,term,blue book,(?i)\\bblue book\\b,,The blue book,The green book,2020-01-01,error,,a,b,minute 7,V\nBOD005,body,lscb,(?i)\\blscb\\b,,LSCB,x,2019-09-29,off,,a,b,s,V\n",
    );
    fs::write(at.join("facts/as-at.txt"), "2026-10-01\n").unwrap();
    let ran = run(&["check", ".", "--today=2026-11-24", "--rules=facts"], at);
    assert!(ran.code == 1 && ran.err.contains("Now: The green book."), "{}", ran.err);
    assert!(!ran.err.contains("LSCB is out of date"), "switched off: {}", ran.err);
    assert!(ran.err.contains("as at 1 October 2026"), "{}", ran.err);
    table("OWN1,term\n");
    let ran = run(&["check", ".", "--rules=facts"], at);
    assert!(ran.code == 2 && ran.err.contains("references.csv") && ran.err.contains("line 2"), "{}", ran.err);
    let ran = run(&["check", ".", "--rules=fact"], at);
    assert!(ran.code == 2 && ran.err.contains("no such folder of facts"), "{}", ran.err);
}
