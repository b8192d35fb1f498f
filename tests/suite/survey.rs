//! Answers of people: recounted from the file, whatever order, mark and character set it has; nobody to be told, nothing quoted, nothing run.

use std::fs;
use std::path::Path;

use common_ground::limits;
use regex::Regex;
use serde_json::Value;

use crate::program::program;
use crate::report::PAYLOAD;

/// Runs `ethos` on the sample with these bytes as the survey: exit code, what was said, results, page.
fn tallied(name: &str, bytes: &[u8]) -> (Option<i32>, String, Value, String) {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(name), bytes).unwrap();
    let output = program()
        .args([
            "ethos",
            "policies",
            "--today",
            "2026-11-24",
            "--format",
            "json",
            "--format",
            "html",
            "--survey",
        ])
        .arg(home.path().join(name))
        .arg("--out")
        .arg(home.path().join("out"))
        .output()
        .unwrap();
    let read = |name: &str| fs::read_to_string(home.path().join("out").join(name)).unwrap_or_default();
    let results: Value = serde_json::from_str(&read("ethos.json")).unwrap_or_default();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
        results["survey"].clone(),
        read("ethos.html"),
    )
}

fn survey(text: &str) -> Value {
    let (code, said, survey, _) = tallied("answers.csv", text.as_bytes());
    assert_eq!(code, Some(0), "{said}");
    survey
}

fn sample() -> Vec<csv::StringRecord> {
    csv::Reader::from_path("policies/survey.csv").unwrap().records().map(Result::unwrap).collect()
}

#[test]
fn survey_sample_is_recounted_from_its_rows() {
    let survey = survey(&fs::read_to_string("policies/survey.csv").unwrap());
    let rows = sample();
    assert_eq!(survey["answers"], rows.len());
    let group = |row: &csv::StringRecord| match &row[5] {
        w if w.starts_with("Parent") => 1,
        w if w.starts_with("Year") => 0,
        _ => 2,
    };
    for (at, of) in survey["groups"].as_array().unwrap().iter().enumerate() {
        assert_eq!(of["people"], rows.iter().filter(|r| group(r) == at).count());
    }
    let mut table = csv::Reader::from_path("src/knowledge/values.csv").unwrap();
    let mut seen = 0;
    for value in table.records().map(Result::unwrap) {
        let pattern = |phrases: &str| Regex::new(&format!(r"(?i)\b(?:{phrases})\b")).unwrap();
        // In an answer the name of a value counts whatever follows it.
        let name = value[1].to_lowercase();
        let passed: Vec<&str> =
            value[3].split('|').filter(|p| !p.is_empty() && !p.starts_with(&name)).collect();
        let (forms, not) = (pattern(&value[2]), (!passed.is_empty()).then(|| pattern(&passed.join("|"))));
        let says = |row: &csv::StringRecord| {
            [1, 2, 3, 4].iter().any(|column| {
                let text = row[*column].to_owned();
                let text =
                    not.as_ref().map_or_else(|| text.clone(), |n| n.replace_all(&text, "|").into_owned());
                forms.is_match(&text)
            })
        };
        let counted: Vec<usize> =
            (0..3).map(|g| rows.iter().filter(|r| group(r) == g && says(r)).count()).collect();
        let found = survey["words"].as_array().unwrap().iter().find(|w| w["id"] == value[0]);
        let none = serde_json::json!([0, 0, 0]);
        assert_eq!(found.map_or(&none, |w| &w["people"]), &serde_json::json!(counted), "{}", &value[0]);
        seen += counted.iter().sum::<usize>();
    }
    assert!(seen > 20, "{seen}");
    let agree = &survey["questions"][2];
    let given = rows.iter().filter(|r| &r[3] == "Strongly agree" && group(r) == 0).count();
    assert_eq!(
        (&agree["chosen"], &agree["rows"][0]["name"]),
        (&Value::Bool(true), &Value::from("Strongly agree"))
    );
    assert_eq!(agree["rows"][0]["people"][0], given);
}

#[test]
fn survey_columns_in_any_order_marks_and_character_sets_give_the_same() {
    let rows = sample();
    let head = [
        "Timestamp",
        "Which school do you know best?",
        "Which value matters most to you, and why?",
        "Our two schools feel like one community",
        "What would you change?",
        "Who are you?",
    ];
    let written = |columns: [usize; 6], delimiter: u8| -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(columns.map(|c| head[c])).unwrap();
        rows.iter().for_each(|r| writer.write_record(columns.map(|c| &r[c])).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let plain = survey(&written([0, 1, 2, 3, 4, 5], b','));
    assert_eq!(survey(&written([5, 1, 2, 0, 3, 4], b';')), plain);
    assert_eq!(survey(&written([1, 2, 3, 4, 0, 5], b'\t')), plain);
    assert_eq!(survey(&format!("sep=;\r\n{}", written([1, 2, 3, 4, 0, 5], b';'))), plain);
    let text = written([0, 1, 2, 3, 4, 5], b',');
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(tallied("answers.csv", &wide).2, plain);
    assert_eq!(survey(&format!("\u{FEFF}{text}")), plain);
    // Windows-1252: an e with an accent.
    let (code, _, survey, _) = tallied(
        "answers.csv",
        b"Who,Caf\xE9\nParent,kind\nParent,kind\nParent,kind\nParent,fair\nParent,fair\n",
    );
    assert_eq!((code, survey["questions"][0]["title"].as_str()), (Some(0), Some("Café")));
}

#[test]
fn survey_groups_of_fewer_than_five_are_not_shown_singly_and_no_answer_is_quoted() {
    let mut text = String::from("Name,Role,What matters?,Happy?\n");
    for n in 0..6 {
        text.push_str(&format!("Person {n},parent,The kindness of number {n},yes\n"));
    }
    text.push_str("Gwendolyn Ashgrove,staff,Courage of my own sort,no\nPerson 8,governor,,I was once shouted at in the hall\n");
    let (code, said, survey, page) = tallied("answers.csv", text.as_bytes());
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        survey["groups"].as_array().unwrap().len(),
        1,
        "six parents and two others: the two would be known"
    );
    assert_eq!(survey["groups"][0]["people"], 8);
    assert!(
        survey["notices"][0].as_str().unwrap().contains("not looked at")
            && survey["notices"][0].as_str().unwrap().contains("Name")
    );
    for hidden in ["Gwendolyn", "Ashgrove", "Person 8", "of number", "my own sort", "shouted at"] {
        assert!(
            !page.contains(hidden) && !survey.to_string().contains(hidden) && !said.contains(hidden),
            "{hidden}"
        );
    }
    let happy = &survey["questions"][1];
    assert_eq!(
        happy["rows"],
        serde_json::json!([{"name": "yes", "people": [6]}, {"name": "no", "people": [1]}, {"name": "another answer", "people": [1]}])
    );
    // A question that only three answered is not tallied.
    let few = "Who,Kind?,Fair?\npupil,yes,\npupil,yes,\npupil,yes,yes\npupil,no,yes\npupil,no,yes\n";
    let (code, _, survey, page) = tallied("answers.csv", few.as_bytes());
    assert_eq!((code, &survey["questions"][1]["groups"]), (Some(0), &serde_json::json!([])));
    assert!(page.contains("Fair?: too few answered it to be shown."));
    let (code, said, ..) = tallied("answers.csv", b"Who,Kind?\npupil,yes\npupil,no\n");
    assert_eq!(code, Some(2));
    assert!(said.contains("2 answers are too few"), "{said}");
}

/// Rows 26 to 28.
#[test]
fn survey_formulas_and_markup_in_every_field_stay_text() {
    let formula = "=HYPERLINK(\"x\")";
    for payload in [PAYLOAD, formula, "+1+1", "@SUM(A1)", "\u{FF1D}1"] {
        let field = payload.replace('"', "\"\"");
        let mut text = format!("\"Who\",\"{field}\",\"Kind {field}\"\n");
        for _ in 0..6 {
            text.push_str(&format!("\"{field} parent\",\"{field}\",\"{field} kind\"\n"));
        }
        let (code, said, survey, page) = tallied("answers.csv", text.as_bytes());
        assert_eq!(code, Some(0), "{said}");
        // A choice that several gave is shown as it was given; the long payload is no choice.
        let shown = &survey["questions"][0]["rows"][0];
        assert!(payload == PAYLOAD || (shown["name"] == payload && shown["people"][0] == 6), "{shown}");
        assert!(page.contains("alert(1)") || payload != PAYLOAD);
        // The schools' logos are the only pictures.
        let page = page.replace("<img class=\"logo\" src=\"data:", "");
        for bad in ["<script", "<img", "\u{202E}", "\u{200B}"] {
            assert!(!page.contains(bad), "{bad}");
            assert!(!said.contains(bad));
        }
    }
}

#[test]
fn survey_bad_files_are_refused_with_what_to_do() {
    for (bytes, words) in [
        (&b""[..], "there is nothing in this file"),
        (b"Who,Name\nparent,x\n", "no column is a question"),
        (b"Who,Kind?\nparent,\"never closed\nparent,yes\nparent,yes\n", "opened and never closed"),
        (b"PK\x03\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "is not a text file"),
    ] {
        let (code, said, ..) = tallied("answers.csv", bytes);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(words) && said.contains("answers.csv"), "{said}");
    }
    let missing = program().args(["ethos", "policies", "--survey", "no-such.csv"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
    // Rows that are too short or too long are taken as far as they go, and said.
    let odd = "Who,Kind?,Fair?\nparent,yes\nparent,yes,no,what is this\n\n,,\nparent,yes,no\nparent,no,no\nparent,no,no\n";
    let survey = survey(odd);
    assert_eq!(survey["answers"], 5);
    assert!(
        survey["notices"].to_string().contains("1 row has more fields")
            || survey["notices"].to_string().contains("1 row has more fields"),
        "{}",
        survey["notices"]
    );
}

#[test]
fn survey_without_a_column_of_people_takes_them_from_the_files_name() {
    let (_, _, survey, _) = tallied("parents autumn.csv", b"Kind?\nyes\nyes\nyes\nno\nno\n");
    assert_eq!(survey["groups"], serde_json::json!([{"title": "parents and carers", "people": 5}]));
}

#[test]
fn survey_over_its_ceilings_is_refused_by_number_and_at_them_is_read() {
    let rows = |n: u64| "Kind?\n".to_owned() + &"yes\n".repeat(usize::try_from(n).unwrap());
    let (code, said, ..) = tallied("a.csv", rows(limits::SURVEY_ROWS + 1).as_bytes());
    assert_eq!(code, Some(2));
    assert!(said.contains("100001 is more than the 100000"), "{said}");
    assert_eq!(survey(&rows(limits::SURVEY_ROWS))["answers"], limits::SURVEY_ROWS);
    let columns = |n: u64| {
        let n = usize::try_from(n).unwrap();
        format!("{}\n{}", vec!["Kind?"; n].join(","), format!("{}\n", vec!["yes"; n].join(",")).repeat(5))
    };
    let (code, said, ..) = tallied("a.csv", columns(limits::SURVEY_COLUMNS + 1).as_bytes());
    assert_eq!(code, Some(2));
    assert!(said.contains("201 is more than the 200"), "{said}");
    assert_eq!(survey(&columns(limits::SURVEY_COLUMNS))["questions"].as_array().unwrap().len(), 200);
    assert!(Path::new("policies/survey.csv").exists());
}

#[test]
fn survey_documents_of_other_kinds_are_refused_with_what_a_survey_looks_like() {
    for (name, bytes, what) in [
        ("README.md", &b"# Our survey\n\nWhat people said.\n"[..], "is a Markdown document"),
        ("notes.txt", b"# Our survey\n\nWhat people said.\n", "is a Markdown document"),
        ("page.html", b"<html><body>Kind?</body></html>", "is a web page"),
    ] {
        let (code, said, ..) = tallied(name, bytes);
        assert!(code == Some(2) && said.contains(what), "{said}");
        assert!(said.contains("the first row names the columns"), "{said}");
    }
}

#[test]
fn survey_values_are_counted_by_their_names_whatever_follows() {
    let rows = [
        "Responsibility for what they do",
        "Everybody can join in",
        "Taking responsibility for others",
        "Zero tolerance",
        "Parental responsibility",
        "Trying your best",
    ];
    let survey = survey(&format!("What matters?\n{}\n", rows.join("\n")));
    let people = |id: &str| {
        let words = survey["words"].as_array().unwrap();
        words
            .iter()
            .find(|w| w["id"] == id)
            .map_or(0, |w| w["people"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum())
    };
    assert_eq!(
        [people("responsibility"), people("inclusion"), people("tolerance"), people("aspiration")],
        [2, 1, 0, 1]
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    /// Whatever stands in a file, it is read or refused, and nothing but figures and choices of several comes of it.
    #[test]
    fn survey_any_text_is_read_or_refused(text in "(Who|Kind\\?|\"|,|;|\t|\n|\r\n|parent|pupil|kind|\u{FEFF}|\\PC){0,80}") {
        use common_ground::ethos::survey::{Sheet, Survey};
        let wording = common_ground::knowledge::bundled().wording();
        if let Ok(sheet) = Sheet::parse("answers.csv", &text)
            && let Ok(survey) = Survey::of(&[sheet], &common_ground::ethos::Ethos::default(), wording)
        {
            proptest::prop_assert!(survey.groups.iter().all(|g| g.people >= 5));
            proptest::prop_assert_eq!(survey.groups.iter().map(|g| g.people).sum::<usize>(), survey.answers);
            for question in &survey.questions {
                proptest::prop_assert!(question.groups.iter().all(|g| g.people >= 5));
                proptest::prop_assert!(question.rows.iter().all(|(_, people)| people.len() == question.groups.len()));
            }
        }
    }
}
