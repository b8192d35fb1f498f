//! The log of decisions when things go wrong: many people at once, a killed run, a full disk.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;

const POLICY: &str =
    "# Behaviour Policy\n\n## What we do\n\nParents must be told within 24 hours if a child has been hurt.\n";

/// Two schools that differ in one point, and its id.
fn schools() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let settings = "[[school]]\nid = \"infant\"\nname = \"First School\"\n[[school]]\nid = \"junior\"\nname = \"Second School\"\n";
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    for (school, text) in [("infant", POLICY.to_owned()), ("junior", POLICY.replace("24", "48"))] {
        fs::create_dir(home.path().join(school)).unwrap();
        fs::write(home.path().join(school).join("Behaviour.md"), text).unwrap();
    }
    let ran =
        program(home.path()).args(["compare", ".", "--format", "json", "--out", "-", "-q"]).output().unwrap();
    let results: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let all = results["pairs"][0]["differences"].as_array().unwrap();
    let id = all.iter().find(|d| d["weight"] == "decide").unwrap()["id"].as_str().unwrap().to_owned();
    (home, id)
}

fn program(folder: &Path) -> Command {
    let mut program = Command::cargo_bin("common-ground").unwrap();
    program.current_dir(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

fn decide(folder: &Path, id: &str, by: &str, reason: &str) -> Command {
    let mut program = program(folder);
    program.args(["decide", ".", id, "--take", "a", "--by", by, "--reason", reason, "--today", "2026-11-24"]);
    program
}

/// Reasons in the order of the log, of whole lines only.
fn reasons(folder: &Path, log: &str) -> Vec<String> {
    let bytes = fs::read(folder.join("decisions").join(log)).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let whole = text.split_inclusive('\n').filter(|l| l.ends_with('\n'));
    let reason = |line: &str| -> Option<String> {
        let value: Value = serde_json::from_str(line).ok()?;
        find(&value, "reason")
    };
    whole.filter_map(reason).collect()
}

/// The text under a key, wherever it stands in a record.
fn find(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Object(map) => map
            .get(key)
            .and_then(|v| v.as_str().map(str::to_owned))
            .or_else(|| map.values().find_map(|v| find(v, key))),
        Value::Array(list) => list.iter().find_map(|v| find(v, key)),
        _ => None,
    }
}

/// Row 38: eight people write at once, each into an own log and all into one more; all that was acknowledged is there.
#[test]
fn log_faults_eight_people_at_once_lose_nothing() {
    let (home, id) = schools();
    let (folder, id) = (home.path(), id.as_str());
    std::thread::scope(|people| {
        for n in 0..8 {
            people.spawn(move || {
                for k in 0..6 {
                    for by in ["Clerk".to_owned(), format!("Person {n}")] {
                        let ran = decide(folder, id, &by, &format!("{n}-{k}")).output().unwrap();
                        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
                    }
                }
            });
        }
    });
    let mut all = reasons(folder, "clerk.jsonl");
    all.sort();
    let mut wanted: Vec<String> = (0..8).flat_map(|n| (0..6).map(move |k| format!("{n}-{k}"))).collect();
    wanted.sort();
    assert_eq!(all, wanted);
    for n in 0..8 {
        assert_eq!(reasons(folder, &format!("person-{n}.jsonl")).len(), 6);
    }
}

/// Row 38: runs are killed at any moment; what was acknowledged stays, and the log can be written and read on.
#[test]
fn log_faults_killed_runs_lose_nothing_that_was_acknowledged() {
    let (home, id) = schools();
    let folder = home.path();
    let started = std::time::Instant::now();
    assert!(decide(folder, &id, "Clerk", "first").status().unwrap().success());
    let span = started.elapsed();
    let mut acknowledged = vec!["first".to_owned()];
    for round in 0..60u32 {
        let reason = format!("round {round}");
        let mut run = decide(folder, &id, "Clerk", &reason).spawn().unwrap();
        std::thread::sleep(span * (round % 31) / 25);
        drop(run.kill());
        if run.wait().unwrap().success() {
            acknowledged.push(reason);
        }
    }
    assert!(decide(folder, &id, "Clerk", "last").status().unwrap().success());
    acknowledged.push("last".to_owned());
    let kept = reasons(folder, "clerk.jsonl");
    for reason in &acknowledged {
        assert!(kept.contains(reason), "{reason} was acknowledged and is gone: {kept:?}");
    }
    let ran = program(folder).args(["draft", ".", "--today", "2026-11-24"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// Row 20: on a full disk a decision is refused by name, and the log holds what it held.
#[test]
fn log_faults_full_disk_keeps_the_old_log() {
    let (home, id) = schools();
    let folder = home.path();
    for n in 0..4 {
        assert!(decide(folder, &id, "Clerk", &format!("kept {n}")).status().unwrap().success());
    }
    let log = folder.join("decisions/clerk.jsonl");
    let old = fs::read(&log).unwrap();
    let wanted = ["kept 0", "kept 1", "kept 2", "kept 3"];
    let decide = decide(folder, &id, "Clerk", &"a long reason ".repeat(400));
    for blocks in 0..4 {
        let mut shell = Command::new("sh");
        shell.current_dir(folder).args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""),
            "sh",
        ]);
        let ran = shell.arg(decide.get_program()).args(decide.get_args()).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(2), "{blocks}: {said}");
        assert!(said.contains("clerk.jsonl"), "{blocks}: {said}");
        assert!(fs::read(&log).unwrap() == old, "{blocks}");
        assert_eq!(reasons(folder, "clerk.jsonl"), wanted, "{blocks}");
    }
}
