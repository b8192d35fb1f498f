//! The sample partnership through the program as a user runs it: what is planted must be found.

use serde_json::Value;

use crate::program::program;

fn results() -> Value {
    let output = program()
        .args(["compare", "policies", "--format", "json", "--out", "-", "--today", "2026-11-24"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn pair<'r>(results: &'r Value, topic: &str) -> &'r Value {
    let pairs = results["pairs"].as_array().unwrap();
    pairs.iter().find(|p| p["topic"] == topic).unwrap_or_else(|| panic!("no pair on {topic}"))
}

#[test]
fn sample_planted_differences_are_all_found() {
    let results = results();
    let readme = std::fs::read_to_string("policies/README.md").unwrap();
    let rows = readme.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| topic"));
    let mut missing = Vec::new();
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [topic, kind, infant, junior] = cells.as_slice() else { panic!("a row of another shape: {row}") };
        count += 1;
        let says = |side: &Value, wanted: &str| match wanted {
            "" => side.is_null(),
            wanted => side["text"].as_str().is_some_and(|t| t.contains(wanted)),
        };
        // Local facts are listed for each school by itself.
        let found = pair(&results, topic)["differences"].as_array().unwrap().iter().any(|d| {
            d["kind"] == *kind
                && match *kind {
                    "local_fact" => says(&d["a"], infant) || says(&d["b"], junior),
                    _ => says(&d["a"], infant) && says(&d["b"], junior),
                }
        });
        if !found {
            missing.push(row.to_owned());
        }
    }
    assert!(count >= 30, "the table of planted differences was not read");
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
}

#[test]
fn sample_pairs_are_the_right_ones() {
    let results = results();
    let documents = results["documents"].as_array().unwrap();
    let path =
        |id: &Value| documents[usize::try_from(id.as_u64().unwrap()).unwrap()]["path"].as_str().unwrap();
    let pairs = results["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 20);
    let behaviour = pair(&results, "behaviour");
    assert_eq!(
        (path(&behaviour["a"]), path(&behaviour["b"])),
        ("Behaviour Policy.docx", "Positive Relationships Policy.docx")
    );
    let rse = pair(&results, "rse");
    assert_eq!(
        (path(&rse["a"]), path(&rse["b"])),
        ("Relationships and Health Education.docx", "RSHE Policy.docx")
    );
    let attendance = pair(&results, "attendance");
    assert_eq!(
        (path(&attendance["a"]), path(&attendance["b"])),
        ("Attendance Policy.docx", "attendance.html")
    );
    let alone: Vec<&str> =
        results["unpaired"].as_array().unwrap().iter().map(|u| path(&u["document"])).collect();
    assert_eq!(alone, ["EYFS Policy.docx", "Managing Staff Attendance.docx"]);
    let editions = results["editions"].as_array().unwrap();
    assert_eq!(editions.len(), 1);
    assert_eq!(path(&editions[0]["document"]), "Complaints Policy 2022.docx");
    assert_eq!(path(&editions[0]["used"]), "Complaints Policy final v2 (1).docx");
}

#[test]
fn sample_moved_and_split_passages_are_seen() {
    let results = results();
    let documents = results["documents"].as_array().unwrap();
    let text = |document: &Value, block: &Value| -> String {
        let document = &documents[usize::try_from(document.as_u64().unwrap()).unwrap()];
        document["blocks"][usize::try_from(block.as_u64().unwrap()).unwrap()]["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let aid = pair(&results, "first-aid");
    let moved = aid["links"].as_array().unwrap().iter().any(|l| {
        l["moved"] == true
            && text(&aid["a"], &l["a"][0]).contains("wristband")
            && text(&aid["b"], &l["b"][0]).contains("wristband")
    });
    assert!(moved, "the section on head injuries is moved");
    let homework = pair(&results, "homework");
    let split = homework["links"].as_array().unwrap().iter().any(|l| {
        l["relation"] == "partial" && l["a"].as_array().unwrap().len() + l["b"].as_array().unwrap().len() > 2
    });
    assert!(split, "a paragraph of the infant school is two of the junior school");
}

#[test]
fn sample_changed_duty_and_time_inside_a_moved_section_are_shown() {
    let results = results();
    let pair = pair(&results, "anti-bullying");
    let moved: Vec<u64> = pair["links"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|l| l["moved"] == true)
        .flat_map(|l| l["a"].as_array().unwrap().iter().filter_map(Value::as_u64))
        .collect();
    for (kind, a, b) in [("obligation", "must", "should"), ("time_limit", "24 hours", "48 hours")] {
        let found = pair["differences"].as_array().unwrap().iter().any(|d| {
            d["kind"] == kind
                && d["a"]["text"] == a
                && d["b"]["text"] == b
                && d["a"]["block"].as_u64().is_some_and(|block| moved.contains(&block))
        });
        assert!(found, "{kind}: {a} | {b} in {moved:?}");
    }
}

#[test]
fn sample_every_block_of_a_pair_stands_exactly_once() {
    let results = results();
    let documents = results["documents"].as_array().unwrap();
    for pair in results["pairs"].as_array().unwrap() {
        for (side, only) in [("a", "only_a"), ("b", "only_b")] {
            let id = usize::try_from(pair[side].as_u64().unwrap()).unwrap();
            let mut seen: Vec<u64> =
                pair[only].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect();
            for link in pair["links"].as_array().unwrap() {
                assert!(!link[side].as_array().unwrap().is_empty());
                seen.extend(link[side].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()));
            }
            seen.sort_unstable();
            let all: Vec<u64> = (0..documents[id]["blocks"].as_array().unwrap().len() as u64).collect();
            assert_eq!(seen, all, "{} of {}", side, pair["topic"]);
        }
    }
}
