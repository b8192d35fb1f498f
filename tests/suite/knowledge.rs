//! Every fact: each row is whole, each pattern hits its own example and misses the other, titles lead to the right topics.

use common_ground::document::tokens;
use common_ground::knowledge::{Zone, bundled};
use jiff::civil::date;

use crate::seeding::{compared, document};

#[test]
fn knowledge_every_reference_hits_its_example_and_misses_the_other() {
    let references = bundled().references();
    assert!(references.all().len() > 60);
    for row in references.all() {
        assert!(row.is_sound(), "{}", row.id);
        assert!(!row.source.is_empty() && !row.superseded.is_empty(), "{}", row.id);
        let found = |text: &str| references.find(text, date(2030, 1, 1)).iter().any(|(r, _)| r.id == row.id);
        if row.severity != "info" {
            assert!(found(&row.examples[0]), "{} misses: {}", row.id, row.examples[0]);
        }
        assert!(!found(&row.examples[1]), "{} hits: {}", row.id, row.examples[1]);
    }
}

#[test]
fn knowledge_references_count_only_from_their_day() {
    let references = bundled().references();
    let text = "This policy follows Keeping Children Safe in Education (September 2025).";
    assert!(references.find(text, date(2026, 8, 31)).is_empty());
    assert_eq!(references.find(text, date(2026, 9, 1)).len(), 1);
}

#[test]
fn knowledge_current_terms_are_never_flagged() {
    for text in [
        "A pupil may be suspended or permanently excluded.",
        "The SENCO writes a plan for each child on SEN support.",
        "The LADO is told within one working day.",
        "Section 175 of the Education Act 2002 applies.",
    ] {
        assert!(bundled().references().find(text, date(2026, 11, 24)).is_empty(), "{text}");
    }
}

#[test]
fn knowledge_titles_lead_to_their_topics() {
    let topics = bundled().topics();
    for (title, wanted) in [
        ("Behaviour Policy", "behaviour"),
        ("Attendance and Punctuality Policy", "attendance"),
        ("Charging and Remissions", "charging"),
        ("Anti-bullying Policy", "anti-bullying"),
        ("SEND Policy", "send"),
        ("Child Protection Policy", "safeguarding"),
        ("Complaints Procedure", "complaints"),
    ] {
        let found = topics.of_title(title);
        assert_eq!(found.first().map(|(t, _)| t.id.as_str()), Some(wanted), "{title}");
    }
    let mut ids: Vec<&str> = topics.all().iter().map(|t| t.id.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "a topic stands twice");
    assert!(topics.all().iter().all(|t| topics.get(&t.id).is_some()));
}

#[test]
fn knowledge_headings_and_roles_are_known_by_their_many_names() {
    let headings = bundled().headings();
    assert_eq!(headings.find("Aims and objectives").map(|h| h.zone), Some(Zone::Opening));
    assert_eq!(
        headings.find("3. Legal framework").or(headings.find("Legal framework")).map(|h| h.zone),
        Some(Zone::Law)
    );
    assert!(headings.find("Wednesday clubs").is_none());
    let roles = bundled().roles();
    for (text, wanted) in [
        ("Tell the DSL.", "dsl"),
        ("Ask the chair of governors.", "chair"),
        ("Our SENDCo helps.", "senco"),
        ("The caretaker locks up.", "site-manager"),
    ] {
        let found = roles.find(&tokens::split(text));
        assert_eq!(found.first().map(|(r, _)| r.id.as_str()), Some(wanted), "{text}");
    }
}

/// The patterns of what a sentence asks for, each with an example that asks for it and one that does not.
#[test]
fn knowledge_value_examples_are_seen_as_decisions_and_the_others_are_not() {
    let table = include_str!("../fixtures/values.csv");
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, class, hit, miss] = cells.as_slice() else { continue };
        if !matches!(*class, "obligation" | "negation" | "number") {
            continue;
        }
        seen += 1;
        let one = |text: &str| document(&[text.to_owned()], "a");
        // A sentence never differs from itself, whatever it holds.
        assert!(compared(&one(hit), &one(hit)).points.is_empty(), "{hit}");
        assert!(compared(&one(miss), &one(miss)).points.is_empty(), "{miss}");
    }
    assert!(seen > 3, "the table was not read");
}

#[test]
fn knowledge_wording_rows_are_whole_and_no_form_stands_twice() {
    let wording = bundled().wording();
    let table = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(format!("src/knowledge/{name}")).unwrap();
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let values = table("values.csv");
    assert_eq!(values.len(), wording.values.len());
    let mut seen = std::collections::BTreeSet::new();
    for row in &values {
        for form in row[2].split('|') {
            assert!(seen.insert(form.to_owned()), "{form} stands twice");
            let found = wording.value_words.find(&tokens::split(form));
            assert_eq!(found.len(), 1, "{form}");
            assert_eq!(wording.values[found[0].0].id, row[0], "{form}");
        }
        for passed in row[3].split('|').filter(|p| !p.is_empty()) {
            let found = wording.value_words.find(&tokens::split(passed));
            assert!(found.iter().all(|(number, _)| wording.values[*number].id != row[0]), "{passed}");
        }
    }
    for (name, source) in [("values.csv", 4), ("statements.csv", 4), ("wording.csv", 9), ("character.csv", 5)]
    {
        for row in table(name) {
            let confidence = row[source + 1].as_str();
            assert!(["V", "K", "S"].contains(&confidence), "{name}: {row:?}");
            assert!(
                row[source].starts_with("https://") || row[source].is_empty() && confidence == "K",
                "{name}: {row:?}"
            );
        }
    }
    for (heading, kind) in [
        ("Our Vision", "vision"),
        ("Core values", "values"),
        ("The school motto", "motto"),
        ("Our Ethos, Vision, Values and Aims", "belief"),
        ("Visions and Values", "vision"),
        ("Our School's Mission:", "mission"),
    ] {
        let found = wording.statement_below(heading).map(|at| wording.statements[at].id.as_str());
        assert_eq!(found, Some(kind), "{heading}");
    }
    for heading in ["Values for money", "Aims", "Our school", "The school's key aims", "Vision screening"] {
        assert!(wording.statement_below(heading).is_none(), "{heading}");
    }
}

#[test]
fn knowledge_topics_and_the_list_of_statutory_policies_name_the_same_who_decides() {
    for duty in bundled().statutory().all() {
        let Some(topic) = duty.topic.as_deref().and_then(|t| bundled().topics().get(t)) else { continue };
        let governors = topic.decided_by == common_ground::knowledge::DecidedBy::GoverningBodies;
        assert_eq!(governors, duty.governors(), "{}: {}", topic.id, duty.approver);
    }
}
