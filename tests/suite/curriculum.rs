//! The curriculum as one progression: what is planted is found, every statement stands in its file, three shapes say the same, both schools alike.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::pack::{element, rows};
use crate::program::program;
use crate::report::PAYLOAD;

/// Runs `curriculum` on one or two paths; exit code, what was said, results, page.
fn curriculum(paths: &[&Path]) -> (Option<i32>, String, Value, String) {
    let out = tempfile::tempdir().unwrap();
    let output = program()
        .arg("curriculum")
        .args(paths)
        .args(["--today", "2026-11-24", "--format", "json", "--format", "html", "--out"])
        .arg(out.path())
        .output()
        .unwrap();
    let read = |name: &str| fs::read_to_string(out.path().join(name)).unwrap_or_default();
    let results = serde_json::from_str(&read("curriculum.json")).unwrap_or_default();
    (output.status.code(), String::from_utf8(output.stderr).unwrap(), results, read("curriculum.html"))
}

fn sample() -> (Value, String) {
    let (code, said, results, page) = curriculum(&[Path::new("policies")]);
    assert_eq!(code, Some(0), "{said}");
    (results, page)
}

/// Two files' texts as documents of an infant and a junior school.
fn two(name: &str, a: &str, b: &str) -> (Value, String) {
    let home = tempfile::tempdir().unwrap();
    for (school, text) in [("infant", a), ("junior", b)] {
        fs::create_dir(home.path().join(school)).unwrap();
        fs::write(home.path().join(school).join(name), text).unwrap();
    }
    let (code, said, results, page) = curriculum(&[&home.path().join("infant"), &home.path().join("junior")]);
    assert_eq!(code, Some(0), "{said}");
    (results, page)
}

/// What becomes of each strand, by its title.
fn becomes(subject: &Value) -> Vec<(String, String)> {
    let strands = subject["strands"].as_array().unwrap();
    let what = |s: &Value| {
        format!(
            "{} {}",
            s["becomes"]["what"].as_str().unwrap_or("-"),
            s["becomes"]["in"].as_str().unwrap_or("")
        )
    };
    let mut all: Vec<(String, String)> = strands
        .iter()
        .map(|s| (s["title"].as_str().unwrap().to_owned(), what(s).trim().to_owned()))
        .collect();
    all.sort();
    all
}

#[test]
fn curriculum_sample_gaps_and_repeats_are_found() {
    let (results, page) = sample();
    let subjects = results["subjects"].as_array().unwrap();
    assert_eq!(subjects.len(), 1);
    assert_eq!(subjects[0]["id"], "science");
    assert_eq!(subjects[0]["join"], json!({"from": "Year 2", "to": "Year 3"}));
    let found = becomes(&subjects[0]);
    let found: Vec<(&str, &str)> = found.iter().map(|(t, w)| (t.as_str(), w.as_str())).collect();
    assert_eq!(
        found,
        [
            ("Animals, including humans", "comes_back Year 4"),
            ("Earth and space", "begins Year 5"),
            ("Electricity", "begins Year 4"),
            ("Evolution and inheritance", "begins Year 6"),
            ("Forces and magnets", "begins Year 3"),
            ("Light", "begins Year 3"),
            ("Living things and their habitats", "comes_back Year 4"),
            ("Materials", "comes_back Year 5"),
            ("Plants", "carries_on"),
            ("Rocks", "begins Year 3"),
            ("Seasons and weather", "stops"),
            ("Working scientifically", "carries_on"),
        ]
    );
    let repeats = subjects[0]["repeats"].as_array().unwrap();
    assert_eq!(repeats.len(), 1);
    assert_eq!(
        (&repeats[0]["earlier"]["years"], &repeats[0]["later"]["years"]),
        (&json!(["Year 1"]), &json!(["Year 3"]))
    );
    assert!(
        page.contains("After Year 2 it comes back in Year 5.") && page.contains("It stops after Year 1.")
    );
}

/// Every statement stands where it is said to, and none of the files' statements is missing: their lines are counted without the program.
#[test]
fn curriculum_every_statement_stands_in_its_file_and_none_is_missing() {
    let output = program()
        .args(["compare", "policies", "--format", "json", "--out", "-", "--today", "2026-11-24"])
        .output()
        .unwrap();
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (results, page) = sample();
    let subject = &results["subjects"][0];
    let mut blocks = std::collections::BTreeSet::new();
    for s in subject["strands"].as_array().unwrap().iter().flat_map(|s| s["statements"].as_array().unwrap()) {
        let at = |v: &Value| usize::try_from(v.as_u64().unwrap()).unwrap();
        let block = &all["documents"][at(&s["document"])]["blocks"][at(&s["block"])];
        assert_eq!(&block["text"].as_str().unwrap()[at(&s["range"][0])..at(&s["range"][1])], s["text"]);
        assert!(page.contains(s["text"].as_str().unwrap()));
        blocks.insert((at(&s["document"]), at(&s["block"])));
    }
    let mut wanted = 0;
    for document in all["documents"].as_array().unwrap() {
        let path = document["path"].as_str().unwrap();
        for block in document["blocks"].as_array().unwrap() {
            let strand = [
                "Strand",
                "Working scientifically",
                "Plants",
                "Animals, including humans",
                "Materials",
                "Seasons and weather",
                "Living things and their habitats",
            ];
            let text = block["text"].as_str().unwrap();
            let label =
                strand.contains(&text) || ["Nursery", "Reception", "Year 1", "Year 2"].contains(&text);
            let body = block["role"].as_str().unwrap_or("body") == "body";
            let one = path == "Science.odt" && block["kind"] == "list_item"
                || path == "Science Progression.docx" && block["kind"] == "table_cell" && body && !label;
            wanted += usize::from(one);
        }
    }
    assert!(wanted > 40, "{wanted}");
    assert_eq!(blocks.len(), wanted);
    let of = |path: &str| blocks.iter().filter(|(d, _)| all["documents"][*d]["path"] == path).count();
    for (path, school) in [("Science Progression.docx", "Infant"), ("Science.odt", "Junior")] {
        let says = format!("{path} (Thistlemere {school} School), {} passages under a year group", of(path));
        assert!(page.contains(&says), "{says}");
    }
}

#[test]
fn curriculum_numbers_on_the_page_are_those_of_its_tables() {
    let (results, page) = sample();
    let mut seen = 0;
    for link in page.split("<a class=\"count\" href=\"#").skip(1) {
        let (id, rest) = link.split_once("\">").unwrap();
        let shown: usize = rest.split('<').next().unwrap().parse().unwrap();
        let (name, whole) = element(&page, id);
        assert_eq!(shown, if name == "table" { rows(whole).len() } else { 0 }, "{id}");
        seen += 1;
    }
    assert_eq!(seen, 4);
    // The grid's numbers are recounted from the statements, and lead somewhere.
    let (_, grid) = element(&page, "s0-grid");
    let strands = results["subjects"][0]["strands"].as_array().unwrap();
    for (row, strand) in rows(grid).iter().zip(strands) {
        for (cell, year) in row.iter().skip(1).zip(results["years"].as_array().unwrap()) {
            let statements = strand["statements"].as_array().unwrap();
            let count = statements.iter().filter(|s| s["years"].as_array().unwrap().contains(year)).count();
            let shown = cell.split(' ').next_back().unwrap();
            assert_eq!(shown, if count == 0 { "–".to_owned() } else { count.to_string() });
        }
    }
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}

const COLUMNS: &str = "# History progression\n\n| Strand | Year 1 | Y2 |\n|---|---|---|\n| Time | Order two events. | Order three events. |\n| People | Tell of a queen. | |\n";
const ROWS: &str = "# History progression\n\n| Year group | Time | People |\n|---|---|---|\n| Year 1 | Order two events. | Tell of a queen. |\n| Y2 | Order three events. | |\n";
const HEADINGS: &str = "# History progression\n\n## Year 1\n\n### Time\n\nOrder two events.\n\n### People\n\nTell of a queen.\n\n## Year 2\n\n### Time\n\nOrder three events.\n";
const STRANDS: &str = "# History progression\n\n## Time\n\n### Year 1\n\nOrder two events.\n\n### Year 2\n\nOrder three events.\n\n## People\n\n### Year 1\n\nTell of a queen.\n";
const LEADS: &str = "# History progression\n\n## Time\n\nYear 1 - Order two events.\n\n- Y2: Order three events.\n\n## People\n\nYear 1 – Tell of a queen.\n";
const TITLED: &str = "# History progression\n\n| Progression | of | skills |\n|---|---|---|\n| Strand | Year 1 (KS1) | Year 2 (KS1) |\n| Time | Order two events. | Order three events. |\n| People | Tell of a queen. | |\n";
/// The junior school's as Markdown and as a web page.
const JUNIOR_OF: [&str; 2] = [
    JUNIOR,
    "<h1>History</h1><h2>Years 3 and 4</h2><h3>Time and order</h3><p>Order two events of one life.</p><h2>Upper key stage 2</h2><h3>Empires</h3><p>Compare two empires.</p>",
];
/// A table that a page break cuts in two.
const CUT: &str = "<h1>History progression</h1><table><tr><th>Strand</th><th>Year 1</th><th>Year 2</th></tr><tr><td>Time</td><td>Order two events.</td><td>Order three events.</td></tr></table><table><tr><td>People</td><td>Tell of a queen.</td><td></td></tr></table>";
const JUNIOR: &str = "# History\n\n## Years 3 and 4\n\n### Time and order\n\nOrder two events of one life.\n\n## Upper key stage 2\n\n### Empires\n\nCompare two empires.\n";

#[test]
fn curriculum_tables_by_column_by_row_and_headings_say_the_same() {
    let of = |text: &str| -> Vec<(String, Value, Value)> {
        let name = if text == CUT { "history.html" } else { "history.md" };
        let (results, _) = two(name, text, JUNIOR_OF[usize::from(text == CUT)]);
        let strands = results["subjects"][0]["strands"].as_array().unwrap().clone();
        let mut all: Vec<(String, Value, Value)> = strands
            .iter()
            .flat_map(|s| s["statements"].as_array().unwrap().iter().map(move |x| (s, x)))
            .map(|(s, x)| (x["text"].as_str().unwrap().to_owned(), x["years"].clone(), s["title"].clone()))
            .collect();
        all.sort_by(|x, y| x.0.cmp(&y.0));
        all
    };
    let wanted = [
        ("Compare two empires.", json!(["Year 5", "Year 6"]), json!("Empires")),
        ("Order three events.", json!(["Year 2"]), json!("Time")),
        ("Order two events of one life.", json!(["Year 3", "Year 4"]), json!("Time")),
        ("Order two events.", json!(["Year 1"]), json!("Time")),
        ("Tell of a queen.", json!(["Year 1"]), json!("People")),
    ]
    .map(|(text, years, strand)| (text.to_owned(), years, strand));
    for text in [COLUMNS, ROWS, HEADINGS, STRANDS, LEADS, TITLED, CUT] {
        assert_eq!(of(text), wanted, "{text}");
    }
}

#[test]
fn curriculum_swapped_schools_give_the_mirrored_results() {
    let home = tempfile::tempdir().unwrap();
    for (school, text) in [("infant", COLUMNS), ("junior", JUNIOR)] {
        fs::create_dir(home.path().join(school)).unwrap();
        fs::write(home.path().join(school).join("history.md"), text).unwrap();
    }
    let [a, b] = ["infant", "junior"].map(|s| home.path().join(s));
    let (straight, swapped) = (curriculum(&[&a, &b]).2, curriculum(&[&b, &a]).2);
    let subject = |r: &Value| r["subjects"][0].clone();
    assert_eq!(becomes(&subject(&straight)), becomes(&subject(&swapped)));
    assert_eq!(
        becomes(&subject(&straight)),
        [
            ("Empires".to_owned(), "begins Year 5".to_owned()),
            ("People".to_owned(), "stops".to_owned()),
            ("Time".to_owned(), "carries_on".to_owned())
        ]
    );
    assert_eq!(subject(&straight)["join"], subject(&swapped)["join"]);
    let side = |r: &Value| r["subjects"][0]["strands"][0]["statements"][0]["side"].clone();
    assert_eq!((side(&straight), side(&swapped)), (json!("a"), json!("b")));
}

#[test]
fn curriculum_policies_that_only_mention_years_are_left_alone() {
    let policy = "# Homework\n\n## Year 1\n\nTen minutes.\n\n## Year 2\n\nTwenty minutes.\n";
    let (results, page) = two("homework.md", policy, policy);
    assert_eq!(results["subjects"], json!([]));
    assert!(page.contains("No curriculum document was found."));
    // Two schools that teach the same years have no change of school to speak of.
    let (results, page) = two("history.md", HEADINGS, HEADINGS);
    assert_eq!(results["subjects"][0]["join"], Value::Null);
    assert!(page.contains("both schools teach some of the same year groups"));
    let (code, said, ..) = curriculum(&[Path::new("policies/nothing")]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no such file"), "{said}");
}

#[test]
fn curriculum_long_term_plan_of_all_subjects_is_split_by_subject() {
    let plan = "# Long term plan\n\n| Subject | Year 1 | Year 2 |\n|---|---|---|\n| Music | Sing rounds. | Play the recorder. |\n| Art | Print with leaves. | Mix greens. |\n";
    let (results, _) = two("plan.md", plan, JUNIOR);
    let ids: Vec<&str> =
        results["subjects"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["art", "history", "music"]);
}

/// Row 26.
#[test]
fn curriculum_markup_in_every_field_stays_text() {
    let escaped = PAYLOAD.replace('<', "\\<").replace('>', "\\>");
    let text = |year: &str| {
        format!(
            "# History {escaped}\n\n## Year {year}\n\n### Strand {escaped}\n\nA fact {escaped}.\n\n## Year 5\n\nAnother {escaped}.\n"
        )
    };
    let (results, page) = two("history <i>&.md", &text("1"), &text("6"));
    assert!(results["subjects"][0]["title"].as_str().is_some());
    assert!(page.contains("alert(1)"));
    for bad in ["<script", "<img", "<i>", "\u{202E}", "\u{200B}"] {
        assert!(!page.contains(bad), "{bad}");
    }
}

/// As many statements as a document may have blocks, with as many strands and all on the same words: the work grows with them, not with their square.
#[cfg(target_os = "linux")]
#[test]
fn curriculum_and_values_of_a_hostile_size_end() {
    let home = tempfile::tempdir().unwrap();
    for school in ["a", "b"] {
        fs::create_dir(home.path().join(school)).unwrap();
    }
    let mut history = String::from("# History progression\n\n## Year 1\n\nOne.\n\n## Year 2\n\n");
    let mut values = String::from("# Vision and values\n\n## Our values\n\n");
    for n in 0..20_000 {
        history.push_str(&format!("### Time {n}\n\nName the parts of the castle and its tower {n}.\n\n"));
        values.push_str(&format!("- Zing{n} spark: we are kind in way {n}.\n"));
    }
    fs::write(home.path().join("a/history.md"), history).unwrap();
    fs::write(home.path().join("a/values.md"), values).unwrap();
    fs::write(home.path().join("b/fire.md"), "# Fire drill\n\nLeave by the nearest door.\n").unwrap();
    for command in ["curriculum", "ethos"] {
        // Each takes about a second; the square of 20,000 takes minutes.
        let arguments = [command, "a", "b", "--format", "json", "--format", "html", "--out", "out"];
        let output = crate::program::under("ulimit -t 60", home.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
