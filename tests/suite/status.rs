//! Progress: every number recomputed from what it counts, events folded in any order and taken back, nothing invented, what is stuck by the stated rule.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;

use crate::program::{program, run};

/// Two schools with two policies each, and more settings after the schools'.
pub(crate) fn schools(more: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let settings = format!(
        "[[school]]\nid = \"infant\"\nname = \"First School\"\n[[school]]\nid = \"junior\"\nname = \"Second School\"\n{more}"
    );
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    for (school, hours) in [("infant", "24"), ("junior", "48")] {
        fs::create_dir(home.path().join(school)).unwrap();
        for (title, what) in [
            (
                "Behaviour Policy",
                format!("Parents are told within {hours} hours if a child was hurt by another."),
            ),
            (
                "Uniform Policy",
                format!("Children wear a grey jumper. Lost jumpers are kept for {hours} days in the hall."),
            ),
        ] {
            let text = format!("# {title}\n\n## What we do\n\n{what}\n");
            fs::write(home.path().join(school).join(format!("{title}.md")), text).unwrap();
        }
    }
    home
}

/// Records something and gives the event's id.
pub(crate) fn record(home: &Path, day: &str, arguments: &[&str]) -> String {
    let mut all = vec!["record", "."];
    all.extend(arguments);
    all.extend(["--today", day]);
    let ran = run(&all, home);
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    ran.err.split("Recorded as ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

pub(crate) fn json(home: &Path, day: &str) -> Value {
    let ran = run(&["status", ".", "--today", day, "--format", "json", "--out", "-", "-q"], home);
    assert!(ran.code == 0 || ran.code == 2, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn state<'v>(status: &'v Value, policy: &str, school: usize) -> &'v Value {
    let all = status["policies"].as_array().unwrap();
    &all.iter().find(|p| p["policy"] == policy).unwrap()["schools"][school]["state"]
}

/// The page of the sample, and its JSON.
fn sample() -> (String, Value) {
    let out = tempfile::tempdir().unwrap();
    let output = program()
        .args([
            "status",
            "policies",
            "--today",
            "2026-11-25",
            "--format",
            "html",
            "--format",
            "json",
            "--out",
        ])
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| fs::read_to_string(out.path().join(name)).unwrap();
    (read("status.html"), serde_json::from_str(&read("status.json")).unwrap())
}

/// The cells of each row of the table that has this id, as text.
fn rows(page: &str, id: &str) -> Vec<Vec<String>> {
    let table = page.split(&format!("<table id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("no table {id}"));
    let body = table
        .split("</table>")
        .next()
        .unwrap()
        .split("<tbody")
        .nth(1)
        .unwrap()
        .split("</tbody>")
        .next()
        .unwrap();
    let text = |html: &str| -> String {
        let html = html
            .split("<span class=\"who\">")
            .enumerate()
            .map(|(at, p)| if at == 0 { p } else { p.split_once("</span>").unwrap().1 })
            .collect::<String>();
        html.split('<').map(|p| p.split_once('>').map_or("", |(_, t)| t)).collect::<Vec<_>>().join(" ")
    };
    body.split("<tr ")
        .skip(1)
        .map(|row| {
            let cells = row
                .replace("<th ", "<td ")
                .split("<td ")
                .skip(1)
                .map(|c| text(&format!("<td {c}")))
                .collect::<Vec<_>>();
            cells.into_iter().map(|c| c.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
        })
        .collect()
}

#[test]
fn status_every_number_of_the_page_is_what_it_counts() {
    let (page, _) = sample();
    let mut seen = 0;
    for link in page.split("<a class=\"count\" href=\"#").skip(1) {
        let (id, rest) = link.split_once("\">").unwrap();
        let shown: usize = rest.split('<').next().unwrap().parse().unwrap();
        assert_eq!(shown, rows(&page, id).len(), "{id}");
        seen += 1;
    }
    assert_eq!(seen, 3);
    // The table of states counts the cells of the table of policies.
    let policies = rows(&page, "policies");
    let states = rows(&page, "states");
    let begins = |cell: &str, state: &str| cell == state || cell.starts_with(&format!("{state} "));
    let number = |row: &[String], at: usize| -> usize { row[at].parse().unwrap() };
    for row in &states {
        for side in [1, 2] {
            assert_eq!(
                number(row, side),
                policies.iter().filter(|p| begins(&p[side + 1], &row[0])).count(),
                "{row:?}"
            );
        }
    }
    assert_eq!(states.iter().map(|r| number(r, 1)).sum::<usize>(), policies.len());
    // The last day of the course is today: the same numbers, both schools together.
    let course = rows(&page, "course");
    let last = course.last().unwrap();
    assert_eq!(last[0], "25 November 2026");
    for (row, n) in states.iter().zip(&last[1..]) {
        assert_eq!(number(row, 1) + number(row, 2), n.parse::<usize>().unwrap(), "{row:?}");
    }
    // The picture says the same as the table beside it.
    let svg = page.split("<svg").nth(1).unwrap().split("</svg>").next().unwrap();
    for (row, name) in
        states.iter().zip(["not begun", "compared", "drafted", "consulted", "approved", "published"])
    {
        let said = format!("{} {name}", number(row, 1) + number(row, 2));
        assert!(svg.split("</title>").next().unwrap().contains(&said), "{said}");
    }
    for row in &course {
        assert_eq!(
            row[1..].iter().map(|n| n.parse::<usize>().unwrap()).sum::<usize>(),
            2 * policies.len(),
            "{row:?}"
        );
    }
}

#[test]
fn status_what_is_stuck_follows_from_the_stated_rule() {
    let (page, status) = sample();
    let today: Date = "2026-11-25".parse().unwrap();
    let day = |v: &Value| -> Date { v.as_str().unwrap().parse().unwrap() };
    let late = |from: Date| from.until(today).unwrap().get_days();
    let mut wanted = Vec::new();
    let actions = status["actions"].as_array().unwrap();
    let events = status["events"].as_array().unwrap();
    let event = |id: &Value| events.iter().find(|e| e["id"] == *id).unwrap();
    for action in actions {
        if late(day(&action["due"])) > 0 {
            let e = event(&action["event"]);
            wanted.push((e["policy"].clone(), e["theme"].clone()));
        }
    }
    let overdue = wanted.len();
    for policy in status["policies"].as_array().unwrap() {
        for school in policy["schools"].as_array().unwrap() {
            let open = actions.iter().any(|a| event(&a["event"])["policy"] == policy["policy"]);
            let moving = !school["state"].is_null() && school["state"] != "published";
            if moving && !open && late(day(&school["last_event"])) > 42 {
                wanted.push((policy["policy"].clone(), Value::from("")));
            }
        }
    }
    wanted.dedup();
    let found: Vec<(Value, Value)> = status["stuck"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["policy"].clone(), s["theme"].clone()))
        .collect();
    let sorted = |mut v: Vec<(Value, Value)>| {
        v.sort_by_key(|(p, t)| (p.to_string(), t.to_string()));
        v
    };
    assert_eq!(sorted(found.clone()), sorted(wanted));
    assert!(overdue >= 2 && found.len() > overdue && rows(&page, "stuck").len() == found.len());
    // Themes: the states of their policies, their own actions.
    let stuck = |policies: &[Value], id: &Value| {
        found.iter().filter(|(p, t)| policies.contains(p) || (t == id && p == "")).count() as u64
    };
    for theme in status["themes"].as_array().unwrap() {
        let mine = theme["policies"].as_array().unwrap();
        assert_eq!(theme["stuck"].as_u64().unwrap(), stuck(mine, &theme["id"]), "{theme}");
        let published = mine
            .iter()
            .flat_map(|p| [state(&status, p.as_str().unwrap(), 0), state(&status, p.as_str().unwrap(), 1)]);
        assert_eq!(
            theme["counts"]["published"].as_u64().unwrap(),
            published.filter(|s| *s == "published").count() as u64
        );
        let open = actions.iter().filter(|a| {
            mine.contains(&event(&a["event"])["policy"]) || event(&a["event"])["theme"] == theme["id"]
        });
        assert_eq!(theme["open_actions"].as_u64().unwrap(), open.count() as u64);
    }
    let states: Vec<&str> =
        status["themes"].as_array().unwrap().iter().map(|t| t["state"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 9);
    for wanted in ["stuck", "done", "under way", "not begun"] {
        assert!(states.contains(&wanted), "{states:?}");
    }
}

#[test]
fn status_an_adopted_text_is_approved_and_nothing_else_is_invented() {
    let (_, status) = sample();
    assert_eq!(state(&status, "missing-pupil", 0), "approved");
    assert_eq!(state(&status, "missing-pupil", 1), "approved");
    let home = schools("");
    let ran = run(&["compare", ".", "--today", "2026-11-20", "-q"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = run(&["draft", ".", "--today", "2026-11-20", "-q"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = run(&["status", ".", "--today", "2026-11-25", "--format", "json", "-q"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status: Value =
        serde_json::from_slice(&fs::read(home.path().join("reports/status.json")).unwrap()).unwrap();
    assert!(state(&status, "behaviour", 0).is_null() && status["events"].as_array().unwrap().is_empty());
    let suggested: Vec<(&str, &str)> = status["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["policy"].as_str().unwrap(), s["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        suggested,
        [
            ("behaviour", "compared"),
            ("behaviour", "drafted"),
            ("uniform", "compared"),
            ("uniform", "drafted")
        ]
    );
    // What was recorded is suggested no longer.
    record(home.path(), "2026-11-20", &["behaviour", "drafted", "--by", "Heads"]);
    let ran = run(&["status", ".", "--today", "2026-11-25", "--format", "json", "-q"], home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status: Value =
        serde_json::from_slice(&fs::read(home.path().join("reports/status.json")).unwrap()).unwrap();
    assert!(status["suggestions"].as_array().unwrap().iter().all(|s| s["policy"] == "uniform"));
    // Adopting makes it approved, for the school that approved it.
    fs::create_dir(home.path().join("shared")).unwrap();
    fs::copy(home.path().join("infant/Behaviour Policy.md"), home.path().join("shared/Behaviour Policy.md"))
        .unwrap();
    let adopted = [
        "adopt",
        ".",
        "shared/Behaviour Policy.md",
        "--on",
        "2026-11-23",
        "--minute",
        "item 3",
        "--approved-by",
        "infant=full governing body",
    ];
    let ran = run(&adopted, home.path());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status = json(home.path(), "2026-11-25");
    assert_eq!(
        (state(&status, "behaviour", 0), state(&status, "behaviour", 1)),
        (&Value::from("approved"), &Value::from("drafted"))
    );
    let status = json(home.path(), "2026-11-22");
    assert_eq!(state(&status, "behaviour", 0), "drafted", "the day before nothing was approved");
}

#[test]
fn status_rounds_end_with_approval_and_an_event_is_taken_back_by_a_later_one() {
    let home = schools("");
    let h = home.path();
    record(h, "2026-03-02", &["Behaviour", "compared", "--by", "Heads"]);
    record(h, "2026-03-09", &["behaviour", "consulted", "--by", "Heads"]);
    record(h, "2026-03-16", &["behaviour", "drafted", "--by", "Heads"]);
    assert_eq!(
        state(&json(h, "2026-03-20"), "behaviour", 0),
        "consulted",
        "to draft again takes no consultation back"
    );
    let wrong =
        record(h, "2026-04-01", &["behaviour", "approved", "--by", "Governors", "--school", "infant"]);
    let status = json(h, "2026-04-02");
    assert_eq!(
        (state(&status, "behaviour", 0), state(&status, "behaviour", 1)),
        (&Value::from("approved"), &Value::from("consulted"))
    );
    let ran = run(
        &[
            "record",
            ".",
            "--take-back",
            &wrong,
            "--by",
            "Clerk",
            "--comment",
            "It was put off.",
            "--today",
            "2026-04-03",
        ],
        h,
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let status = json(h, "2026-04-03");
    assert_eq!(state(&status, "behaviour", 0), "consulted");
    let event =
        status["events"].as_array().unwrap().iter().find(|e| e["id"] == wrong.as_str()).unwrap().clone();
    assert_eq!(event["taken_back"], "Clerk on 3 April 2026: It was put off.");
    assert_eq!(state(&json(h, "2026-04-02"), "behaviour", 0), "approved", "as it was known on that day");
    // Neither twice, nor a taking back itself, nor what is not there.
    let all: Vec<String> =
        fs::read_to_string(h.join("events/clerk.jsonl")).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(all.len(), 1);
    for id in [wrong.as_str(), "e-0000000000", "adopted-behaviour"] {
        let ran = run(&["record", ".", "--take-back", id, "--by", "Clerk"], h);
        assert_eq!(ran.code, 2, "{id}");
    }
    // Approved for both, then compared anew: a second round, with the first approval still in force.
    record(h, "2026-05-01", &["behaviour", "approved", "--by", "Governors"]);
    record(h, "2026-05-01", &["behaviour", "compared", "--by", "Heads"]);
    assert_eq!(
        state(&json(h, "2026-05-02"), "behaviour", 0),
        "approved",
        "on one day the further state counts"
    );
    record(h, "2026-09-01", &["behaviour", "compared", "--by", "Heads"]);
    let status = json(h, "2026-09-02");
    let school = &status["policies"][0]["schools"][0];
    assert_eq!((school["state"].as_str(), school["rounds_before"].as_u64()), (Some("compared"), Some(1)));
    assert!(school["approval"].is_string());
}

#[test]
fn status_is_the_same_whatever_order_the_logs_of_two_machines_are_put_together_in() {
    let (one, two) = (schools(""), schools(""));
    record(one.path(), "2026-03-02", &["behaviour", "compared", "--by", "Clerk"]);
    record(
        one.path(),
        "2026-03-03",
        &[
            "uniform",
            "compared",
            "--by",
            "Clerk",
            "--next",
            "Draft it",
            "--owner",
            "Heads",
            "--due",
            "2026-03-20",
        ],
    );
    let open = record(
        two.path(),
        "2026-03-02",
        &["behaviour", "note", "--by", "Clerk", "--next", "Ask", "--owner", "Heads", "--due", "2026-03-09"],
    );
    record(two.path(), "2026-03-05", &["behaviour", "drafted", "--by", "Clerk", "--done", &open]);
    let log = |home: &Path| fs::read(home.join("events/clerk.jsonl")).unwrap();
    let (x, y) = (log(one.path()), log(two.path()));
    let mut seen = Vec::new();
    for all in [[x.as_slice(), &y].concat(), [y.as_slice(), &x].concat(), [y.as_slice(), &x, &y, &x].concat()]
    {
        fs::write(one.path().join("events/clerk.jsonl"), all).unwrap();
        seen.push(json(one.path(), "2026-04-01").to_string());
    }
    assert!(seen.windows(2).all(|w| w[0] == w[1]), "{seen:#?}");
    let status: Value = serde_json::from_str(&seen[0]).unwrap();
    assert_eq!(status["events"].as_array().unwrap().len(), 4);
    assert_eq!(status["actions"].as_array().unwrap().len(), 1, "the other one is done");
    // A damaged line is named, the others hold.
    let mut bytes = log(one.path());
    bytes[60] ^= 1;
    fs::write(one.path().join("events/clerk.jsonl"), bytes).unwrap();
    let ran = run(&["status", ".", "--today", "2026-04-01", "--format", "json", "--out", "-"], one.path());
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("line 1 is damaged") && ran.err.contains("record again what it said"),
        "{}",
        ran.err
    );
}

#[test]
fn status_twice_gives_the_same_bytes() {
    let files = |jobs: &str| {
        let out = tempfile::tempdir().unwrap();
        for command in ["status", "parents"] {
            let ran = program()
                .args([command, "policies", "--today", "2026-11-25", "--jobs", jobs, "--out"])
                .arg(out.path())
                .output()
                .unwrap();
            assert_eq!(ran.status.code(), Some(0));
        }
        ["status.html", "status.docx", "status.csv", "status.json", "parents.html", "parents.docx"]
            .map(|n| fs::read(out.path().join(n)).unwrap())
    };
    assert!(files("1") == files("4"));
}
