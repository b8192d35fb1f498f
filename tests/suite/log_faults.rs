//! The log of decisions when things go wrong: many people at once, a killed run, a full disk.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{program, ran, run, under};

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
    let ran = run(&["compare", ".", "--format", "json", "--out", "-", "-q"], home.path());
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let all = results["pairs"][0]["differences"].as_array().unwrap();
    let id = all.iter().find(|d| d["weight"] == "decide").unwrap()["id"].as_str().unwrap().to_owned();
    (home, id)
}

/// The arguments of one decision.
fn decision<'d>(id: &'d str, by: &'d str, reason: &'d str) -> [&'d str; 11] {
    ["decide", ".", id, "--take", "a", "--by", by, "--reason", reason, "--today", "2026-11-24"]
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
                        let ran = run(&decision(id, &by, &format!("{n}-{k}")), folder);
                        assert_eq!(ran.code, 0, "{}", ran.err);
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
    assert_eq!(run(&decision(&id, "Clerk", "first"), folder).code, 0);
    let span = started.elapsed();
    let mut acknowledged = vec!["first".to_owned()];
    for round in 0..60u32 {
        let reason = format!("round {round}");
        let mut child = program()
            .current_dir(folder)
            .args(decision(&id, "Clerk", &reason))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(span * (round % 31) / 25);
        drop(child.kill());
        if child.wait().unwrap().success() {
            acknowledged.push(reason);
        }
    }
    assert_eq!(run(&decision(&id, "Clerk", "last"), folder).code, 0);
    acknowledged.push("last".to_owned());
    let kept = reasons(folder, "clerk.jsonl");
    for reason in &acknowledged {
        assert!(kept.contains(reason), "{reason} was acknowledged and is gone: {kept:?}");
    }
    let ran = run(&["draft", ".", "--today", "2026-11-24"], folder);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// Row 20: on a full disk a decision is refused by name, and the log holds what it held.
#[test]
fn log_faults_full_disk_keeps_the_old_log() {
    let (home, id) = schools();
    let folder = home.path();
    for n in 0..4 {
        assert_eq!(run(&decision(&id, "Clerk", &format!("kept {n}")), folder).code, 0);
    }
    let log = folder.join("decisions/clerk.jsonl");
    let old = fs::read(&log).unwrap();
    let wanted = ["kept 0", "kept 1", "kept 2", "kept 3"];
    let reason = "a long reason ".repeat(400);
    for blocks in 0..4 {
        let limits = format!("trap '' XFSZ; ulimit -f {blocks}");
        let ran = ran(&under(&limits, folder, &decision(&id, "Clerk", &reason)));
        assert_eq!(ran.code, 2, "{blocks}: {}", ran.err);
        assert!(ran.err.contains("clerk.jsonl"), "{blocks}: {}", ran.err);
        assert!(fs::read(&log).unwrap() == old, "{blocks}");
        assert_eq!(reasons(folder, "clerk.jsonl"), wanted, "{blocks}");
    }
}
