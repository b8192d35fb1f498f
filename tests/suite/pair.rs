//! Pairing: the traps of titles, corrections that always win, editions, topics that are a section of a larger file.

use common_ground::document::{Document, Partnership};
use common_ground::knowledge::bundled;
use common_ground::pair::{Confidence, Register, pair, survey};
use common_ground::read::{Source, read};

fn policy(school: &str, name: &str, text: &str) -> Document {
    read(&Source { path: name.into(), bytes: text.as_bytes().to_vec() }, school).unwrap()
}

fn partnership(extra: &str) -> Partnership {
    Partnership::parse(&format!(
        "[[school]]\nid = \"infant\"\nname = \"Bramble Infant School\"\n[[school]]\nid = \"junior\"\nname = \"Bramble Junior School\"\n{extra}"
    ))
    .unwrap()
}

fn names(documents: &[Document], register: &Register) -> Vec<(String, String)> {
    register.pairs.iter().map(|p| (documents[p.a].path.clone(), documents[p.b].path.clone())).collect()
}

const PUPILS: &str = "# Attendance Policy\n\nPupils come to school every day and on time. The register of pupils is taken in the morning and the afternoon.\n\nParents telephone when a child is ill. Absence of a pupil without a reason is unauthorised.";
const STAFF: &str = "# Managing Staff Attendance\n\nEmployees who are ill telephone their line manager. After a long sickness absence the employee meets the headteacher.\n\nThe governing body may dismiss an employee on grounds of ill health. Sick pay follows the contract of employment.";
const BEHAVIOUR: &str = "# Behaviour Policy\n\nChildren are praised for kindness. A child who hurts another misses playtime.\n\nThe class teacher tells parents about a serious incident. Rewards are given in assembly.";
const RELATIONSHIPS: &str = "# Positive Relationships Policy\n\nPupils are praised for kindness and good behaviour. A pupil who hurts another loses playtime.\n\nThe deputy headteacher tells parents about a serious incident. Rewards and sanctions are given fairly.";
const EDUCATION: &str = "# Relationships Education\n\nPupils learn about families, friendships and growing up. Puberty is taught in Year 5.\n\nParents may withdraw a child from sex education, not from relationships education or science.";
const DISCIPLINE: &str = "# Staff Disciplinary Procedure\n\nGross misconduct by an employee may end in dismissal. The employee may bring a union representative.\n\nA warning stays on the employee's file for twelve months.";

#[test]
fn pair_staff_and_pupil_attendance_are_not_confused() {
    let documents = [
        policy("infant", "Attendance.md", PUPILS),
        policy("junior", "Managing Attendance.md", STAFF),
        policy("junior", "Attendance and punctuality.md", PUPILS),
    ];
    let register = pair(&documents, &partnership(""), bundled());
    assert_eq!(
        names(&documents, &register),
        [("Attendance.md".into(), "Attendance and punctuality.md".into())]
    );
    assert_eq!(register.unpaired.len(), 1);
    assert!(!register.unpaired[0].because.is_empty());
}

#[test]
fn pair_second_policy_on_a_topic_is_not_said_to_be_unknown_to_the_other_school() {
    let fire = "# Health and Safety Policy\n\nThe caretaker tests the fire alarm each Monday and keeps the log of drills in the office.";
    let well = "# Health, Safety and Wellbeing Policy\n\nManagers look for signs of stress among employees and offer a talk with occupational health.";
    let documents = [
        policy("infant", "Health and Safety Policy.md", fire),
        policy("infant", "Health, Safety and Wellbeing Policy.md", well),
        policy("junior", "Health and Safety Policy.md", &fire.replace("Monday", "Friday")),
    ];
    let register = pair(&documents, &partnership(""), bundled());
    let says: Vec<&str> = register.unpaired.iter().map(|u| u.because.as_str()).collect();
    assert_eq!(says, ["What Bramble Junior School has about “Health and safety” goes with another file."]);
}

#[test]
fn pair_relationships_policy_is_behaviour_when_its_text_says_so() {
    let documents = [
        policy("infant", "Behaviour Policy.md", BEHAVIOUR),
        policy("infant", "RSE.md", EDUCATION),
        policy("junior", "Positive Relationships Policy.md", RELATIONSHIPS),
        policy("junior", "Relationships Education.md", EDUCATION),
        policy("junior", "Staff Discipline.md", DISCIPLINE),
    ];
    let register = pair(&documents, &partnership(""), bundled());
    assert_eq!(
        names(&documents, &register),
        [
            ("Behaviour Policy.md".into(), "Positive Relationships Policy.md".into()),
            ("RSE.md".into(), "Relationships Education.md".into())
        ]
    );
    assert!(register.pairs.iter().all(|p| !p.because.is_empty()));
}

#[test]
fn pair_corrections_always_win() {
    let documents = [
        policy("infant", "Behaviour Policy.md", BEHAVIOUR),
        policy("infant", "Attendance.md", PUPILS),
        policy("junior", "Positive Relationships Policy.md", RELATIONSHIPS),
        policy("junior", "Attendance.md", PUPILS),
    ];
    let plain = pair(&documents, &partnership(""), bundled());
    assert_eq!(plain.pairs.len(), 2);
    let forbidden = partnership(
        "[[not_pair]]\na = \"infant/Attendance.md\"\nb = \"junior/Attendance.md\"\nreason = \"different children\"\n",
    );
    let register = pair(&documents, &forbidden, bundled());
    assert!(!names(&documents, &register).contains(&("Attendance.md".into(), "Attendance.md".into())));
    let asked = partnership(
        "[[pair]]\na = \"infant/Behaviour Policy.md\"\nb = \"junior/Attendance.md\"\nreason = \"we say so\"\n",
    );
    let register = pair(&documents, &asked, bundled());
    let found = register.pairs.iter().find(|p| p.a == 0).unwrap();
    assert_eq!((found.b, found.confidence), (3, Confidence::Sure));
    assert!(found.because.iter().any(|b| b.contains("we say so")), "{:?}", found.because);
    let ignored = partnership("[[ignore]]\nfile = \"junior/Attendance.md\"\nreason = \"withdrawn\"\n");
    let register = pair(&documents, &ignored, bundled());
    assert_eq!(
        register.ignored.iter().map(|(d, why)| (*d, why.as_str())).collect::<Vec<_>>(),
        [(3, "withdrawn")]
    );
    assert!(register.pairs.iter().all(|p| p.b != 3));
}

#[test]
fn pair_corrections_that_name_nothing_are_reported_not_lost() {
    let documents = [policy("infant", "Attendance.md", PUPILS), policy("junior", "Attendance.md", PUPILS)];
    let register = pair(
        &documents,
        &partnership("[[ignore]]\nfile = \"junior/gone.md\"\nreason = \"old\"\n"),
        bundled(),
    );
    assert_eq!(register.problems.len(), 1);
    assert!(register.problems[0].contains("gone.md"), "{}", register.problems[0]);
    assert_eq!(register.pairs.len(), 1);
}

#[test]
fn pair_newest_edition_is_used_and_the_others_are_listed() {
    let old = format!("{PUPILS}\n\nApproved: March 2022\n");
    let new = format!("{PUPILS}\n\nLateness is entered as L until 9.30am.\n\nApproved: March 2025\n");
    let documents = [
        policy("infant", "Attendance 2022.md", &old),
        policy("infant", "Attendance final v2 (1).md", &new),
        policy("junior", "Attendance.md", PUPILS),
    ];
    let register = pair(&documents, &partnership(""), bundled());
    assert_eq!(register.editions.iter().map(|e| (e.document, e.used)).collect::<Vec<_>>(), [(0, 1)]);
    assert_eq!(names(&documents, &register), [("Attendance final v2 (1).md".into(), "Attendance.md".into())]);
}

#[test]
fn pair_every_document_has_exactly_one_fate_and_swapping_mirrors() {
    let documents = [
        policy("infant", "Behaviour Policy.md", BEHAVIOUR),
        policy("infant", "RSE.md", EDUCATION),
        policy("infant", "Attendance.md", PUPILS),
        policy("junior", "Positive Relationships Policy.md", RELATIONSHIPS),
        policy("junior", "Relationships Education.md", EDUCATION),
        policy("junior", "Staff Discipline.md", DISCIPLINE),
        policy("junior", "Managing Attendance.md", STAFF),
    ];
    let there = pair(&documents, &partnership(""), bundled());
    for (d, document) in documents.iter().enumerate() {
        let paired = there.pairs.iter().any(|p| p.a == d || p.b == d);
        let alone = there.unpaired.iter().any(|u| u.document == d);
        assert!(paired != alone, "{}", document.path);
    }
    let mut swapped = partnership("");
    swapped.schools.swap(0, 1);
    let back = pair(&documents, &swapped, bundled());
    let mut one: Vec<(usize, usize, Confidence)> =
        there.pairs.iter().map(|p| (p.a, p.b, p.confidence)).collect();
    let mut two: Vec<(usize, usize, Confidence)> =
        back.pairs.iter().map(|p| (p.b, p.a, p.confidence)).collect();
    one.sort();
    two.sort();
    assert_eq!(one, two);
}

#[test]
fn pair_settings_that_make_no_sense_are_refused_with_the_line() {
    let error = Partnership::parse("[[school]]\nid = 3\n").unwrap_err();
    assert!(error.message.starts_with("line 2"), "{}", error.message);
    assert!(Partnership::parse("name = \"x\"\n").unwrap_err().message.contains("0 schools"));
    let outside = "[[school]]\nid=\"a\"\nname=\"A\"\nfolder=\"../x\"\n[[school]]\nid=\"b\"\nname=\"B\"\n";
    assert!(Partnership::parse(outside).unwrap_err().message.contains("leads out"));
    let named = "[[school]]\nname=\"A\"\nfolder=\"St John's\"\n[[school]]\nname=\"B & C School\"\n";
    let ids = Partnership::parse(named).unwrap().schools.map(|s| (s.id, s.folder));
    let pair = |id: &str, folder: &str| (id.to_owned(), folder.to_owned());
    assert_eq!(ids, [pair("st-john-s", "St John's"), pair("b-c-school", "b-c-school")]);
    let nameless = "[[school]]\nname=\"!\"\n[[school]]\nname=\"B\"\n";
    assert!(Partnership::parse(nameless).unwrap_err().message.contains("no id"));
    let unknown = "[[school]]\nid=\"a\"\nname=\"A\"\n[[school]]\nid=\"b\"\nname=\"B\"\n[[pare]]\na=\"x\"\n";
    assert!(Partnership::parse(unknown).is_err());
}

#[test]
fn pair_newest_edition_is_told_by_what_both_say_then_by_the_year_in_the_name() {
    let body = "\n\n## What we do\n\nStaff write down every fall in the yard. Parents hear of it the same day by telephone. The plaster box hangs beside the sink in the hall. A cold pack lies in the fridge of the staff room. Two adults know where the keys are.\n";
    let dated =
        |path: &str, date: &str| policy("infant", path, &format!("# First Aid Policy\n\n{date}{body}"));
    for ([old, old_date], [new, new_date], why) in [
        (
            ["2019-first-aid.md", "Approved: October 2019"],
            ["2020-first-aid.md", "Last review: September 2020"],
            "dated later",
        ),
        (
            ["2020-first-aid.md", "Last review: September 2020"],
            ["2021-first-aid.md", "Next review: September 2022"],
            "later year in its name",
        ),
        (["2020-first-aid.md", ""], ["2021-first-aid.md", ""], "later year in its name"),
        (
            ["first-aid-a.md", "Next review: May 2021"],
            ["first-aid.md", "Next review: May 2022"],
            "dated later",
        ),
        (["first-aid-long.md", ""], ["first-aid-b.md", "Approved: May 2022"], "Only the other one is dated"),
        (
            ["first-aid-long.md", "Approved: May 2022"],
            ["first-aid.md", "Approved: May 2022"],
            "Both have the same date",
        ),
    ] {
        for swapped in [false, true] {
            let (x, y) = (dated(old, old_date), dated(new, new_date));
            let documents = if swapped { vec![y, x] } else { vec![x, y] };
            let register = survey(&documents, &partnership(""), bundled());
            assert_eq!(register.editions.len(), 1, "{old} {new}");
            let edition = &register.editions[0];
            assert_eq!(documents[edition.used].path, new, "{old} {new}: {}", edition.because);
            assert!(edition.because.contains(why), "{old} {new}: {}", edition.because);
        }
    }
}

#[test]
fn pair_topic_inside_a_larger_file_is_found_and_never_sure_from_either_side() {
    let lost = "Staff count the children again and search the cloakroom, the sheds and the playground. The gate is locked and the caretaker watches it. Police are called when a missing child is not found within ten minutes; the register shows who was last seen and where.";
    let yard = "The yard wall is checked for loose bricks. Coats hang on pegs by the boiler. The boiler is serviced in August by a registered engineer, and the asbestos survey is kept in the office. Ladders are inspected and tagged. Visitors sign the book and wear a badge.";
    let missing = policy("infant", "Missing Child.md", &format!("# Missing Child\n\n{lost}"));
    let premises =
        policy("junior", "Keeping the site safe.md", &format!("# Keeping the site safe\n\n{yard}\n\n{lost}"));
    let documents = [
        missing,
        policy("infant", "Staff Discipline.md", DISCIPLINE),
        policy("infant", "Behaviour.md", BEHAVIOUR),
        premises,
        policy("junior", "Relationships Education.md", EDUCATION),
        policy("junior", "Managing Staff Attendance.md", STAFF),
    ];
    let there = pair(&documents, &partnership(""), bundled());
    let found = there.pairs.iter().find(|p| p.a == 0).unwrap();
    assert_eq!(found.b, 3);
    assert_ne!(found.confidence, Confidence::Sure, "{:?}", found.because);
    let mut swapped = partnership("");
    swapped.schools.swap(0, 1);
    let back = pair(&documents, &swapped, bundled());
    let mut mirrored: Vec<_> = back.pairs.iter().map(|p| (p.b, p.a, p.confidence, p.part)).collect();
    mirrored.sort();
    assert_eq!(there.pairs.iter().map(|p| (p.a, p.b, p.confidence, p.part)).collect::<Vec<_>>(), mirrored);
}
