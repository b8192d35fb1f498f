//! The checks: what each finds and what it leaves alone, drift, allowed and known findings, the register.

use common_ground::check::baseline::Approval;
use common_ground::check::known::Known;
use common_ground::check::register::{Status, register};
use common_ground::check::{Baseline, CHECKS, Finding, Setting, Severity, State, check};
use common_ground::document::{Document, Partnership};
use common_ground::knowledge::{Knowledge, bundled};
use common_ground::pair::survey;
use common_ground::read::{Source, read};
use jiff::civil::{Date, date};

use crate::word::{Word, p};

const SCHOOLS: &str = "name = \"Thistlemere\"\n[[school]]\nid = \"infant\"\nname = \"Thistlemere Infant School\"\nphases = [\"eyfs\", \"ks1\"]\nkind = \"maintained\"\n\
[[school]]\nid = \"junior\"\nname = \"Thistlemere Junior School\"\nphases = [\"ks2\"]\n";

const TODAY: Date = date(2026, 11, 24);

/// One file: school, path, text.
pub type File<'t> = (&'t str, &'t str, &'t str);

fn documents(files: &[File]) -> Vec<Document> {
    let one = |(school, path, text): &File| {
        read(&Source { path: (*path).into(), bytes: text.as_bytes().to_vec() }, school).unwrap()
    };
    files.iter().map(one).collect()
}

fn found_in(
    documents: &[Document],
    extra: &str,
    baselines: &[Baseline],
    knowledge: &Knowledge,
    today: Date,
) -> Vec<Finding> {
    let partnership = Partnership::parse(&format!("{SCHOOLS}{extra}")).unwrap();
    let register = survey(documents, &partnership, knowledge);
    let schools = &partnership.schools;
    check(&Setting {
        partnership: &partnership,
        schools,
        documents,
        register: &register,
        baselines,
        knowledge,
        today,
    })
}

pub fn found(files: &[File]) -> Vec<Finding> {
    found_in(&documents(files), "", &[], bundled(), TODAY)
}

/// How many findings of a check one paragraph of an infant school's policy has.
pub fn count(rule: &str, text: &str) -> usize {
    let policy = format!("# Lost Property Policy\n\n## What we do\n\n{text}\n");
    found(&[("infant", "lost.md", &policy)]).iter().filter(|f| f.rule == rule).map(|f| 1 + f.also.len()).sum()
}

#[test]
fn check_text_rules_hit_and_miss() {
    let cases = [
        ("gap", "[Insert name of school] keeps a list.", "Thistlemere keeps a list [1]."),
        ("gap", "The office is open on {{day}} at XXX.", "Sign here: ________"),
        ("broken_field", "See Error! Reference source not found. for more.", "An error is put right."),
        (
            "edition",
            "We follow Keeping Children Safe in Education (DfE, September 2023).",
            "We follow Keeping Children Safe in Education 2026.",
        ),
        ("edition", "We follow KCSIE 2024.", "Staff were trained in KCSIE by the end of September 2024."),
        (
            "edition",
            "See Working Together to Safeguard Children (2018).",
            "Working Together 2023 was replaced by Working Together to Safeguard Children 2026.",
        ),
        (
            "edition",
            "in line with the SEND Code of Practice 2014",
            "in line with the SEND Code of Practice: 0 to 25 years (2015)",
        ),
        (
            "edition",
            "the Relationships Education, RSE and Health Education guidance (DfE 2019)",
            "the Relationships Education Regulations 2019",
        ),
        (
            "superseded",
            "Records are kept under the Data Protection Act 1998.",
            "The 2018 Act replaced the Data Protection Act 1998.",
        ),
        (
            "superseded",
            "All helpers hold a CRB check.",
            "All helpers hold a DBS check (formerly known as CRB).",
        ),
        (
            "superseded",
            "The LSCB is told.",
            "The LADO is told; section 175 applies; the SENCO plans; a pupil with SEN may be excluded.",
        ),
        (
            "wrong_type",
            "This follows our funding agreement.",
            "This follows section 175 of the Education Act 2002.",
        ),
        ("wrong_type", "Students in the sixth form may leave at lunch.", "Pupils in Year 2 stay for lunch."),
        (
            "wrong_phase",
            "Year 5 pupils may walk home.",
            "Children move up to Year 3 at the junior school in September.",
        ),
        (
            "other_school",
            "At Wrenhurst Primary School we keep a list.",
            "Some children move on to Wrenhurst Primary School.",
        ),
        (
            "superseded",
            "The CRB check replaced the older one; staff previously trained elsewhere hold a CRB check.",
            "The Health Protection Agency (now part of another body) was told.",
        ),
        (
            "superseded",
            "The 1984 Act was replaced by the Data Protection Act 1998.",
            "The LSCB was replaced in 2019, and the CRB no longer exists.",
        ),
        ("superseded", "The LSCB asks for it.", "See https://www.example.org/papers/DfES-0581 for more."),
        ("superseded", "Pupils on School Action Plus are reviewed.", "In-school action: the lead is told."),
        (
            "superseded",
            "Tell the CPO about any child protection concern.",
            "The community police officer (CPO) visits each term.",
        ),
        (
            "superseded",
            "We follow the Revised Prevent Duty Guidance.",
            "We follow the Revised Prevent Duty Guidance (HMG, 2023).",
        ),
        (
            "wrong_type",
            "Section 157 of the Education Act 2002 applies to us.",
            "Section 157 of the Education Act 2002 (independent schools only)",
        ),
        (
            "wrong_type",
            "Year 9 pupils choose their options.",
            "Siblings in Reception to Year 11 of the family of schools count.",
        ),
        (
            "other_school",
            "At Wrenhurst Community Primary School we keep a list.",
            "At Thistlemere C of E Community Infant School we keep a list.",
        ),
        (
            "broken_field",
            "As on page Error! Bookmark not defined.",
            "Error! is what the screen says if the password is wrong.",
        ),
    ];
    for (rule, hit, miss) in cases {
        assert_eq!(count(rule, hit), 1, "{rule} misses: {hit}");
        assert_eq!(count(rule, miss), 0, "{rule} hits: {miss}");
    }
}

#[test]
fn check_editions_are_warnings_if_they_were_current_when_approved() {
    let policy = |approved: &str| {
        format!(
            "# Child Protection Policy\n\nApproved on: {approved}\n\n## Law\n\nWe follow Keeping Children Safe in Education 2023.\n"
        )
    };
    for (approved, severity, words) in [
        (
            "12 October 2023",
            Severity::Warning,
            "It was current when the policy was approved; it was replaced on 1 September 2024",
        ),
        ("12 October 2024", Severity::Error, "out of date already"),
        ("", Severity::Warning, "It was replaced on 1 September 2024"),
    ] {
        let text = policy(approved);
        let all = found(&[("infant", "cp.md", &text)]);
        let edition = all.iter().find(|f| f.rule == "edition").unwrap();
        assert_eq!(edition.severity, severity, "{approved}");
        assert!(edition.says.contains(words), "{}", edition.says);
        assert!(edition.says.contains("September 2026"), "{}", edition.says);
        assert!(edition.source.starts_with("https://www.gov.uk"), "{}", edition.source);
    }
    // Before the new edition was in force there is nothing to say.
    let text = policy("12 October 2023");
    let early = found_in(&documents(&[("infant", "cp.md", &text)]), "", &[], bundled(), date(2024, 8, 31));
    assert!(early.iter().all(|f| f.rule != "edition"));
}

#[test]
fn check_sections_and_appendices_that_are_not_there() {
    let policy = |text: &str| {
        format!(
            "# Policy on visits\n\n## 1 Aims\n\nWe go out.\n\n## 2 Planning\n\n{text}\n\n### 2.1 Letters\n\nA letter is sent.\n\n## 3 Afterwards\n\nWe talk.\n\n## Appendix A Form\n\nName\n"
        )
    };
    for (text, count) in [
        ("See section 7.3.", 1),
        ("See section 2.1 and section 3.", 0),
        ("See Appendix C.", 1),
        ("See Appendix A.", 0),
        ("See section 17 of the Children Act 1989.", 0),
        ("A section 47 enquiry under the Act is begun.", 0),
    ] {
        let policy = policy(text);
        let all = found(&[("infant", "visits.md", &policy)]);
        assert_eq!(all.iter().filter(|f| f.rule == "broken_reference").count(), count, "{text}: {all:?}");
    }
}

#[test]
fn check_two_policies_of_one_school_with_different_figures() {
    let a = "# Complaints Policy\n\nA complaint to the office is answered in writing by the headteacher within 10 school days.\n\nGovernors hear appeals in a panel and minute what they find.\n";
    let b = "# Charging Policy\n\nA complaint to the office is answered in writing by the headteacher within 15 school days.\n\nSwimming, music lessons and residential trips are charged for at cost price.\n";
    let of = |files: &[File]| found(files).iter().filter(|f| f.rule == "contradiction").count();
    assert_eq!(of(&[("infant", "a.md", a), ("infant", "b.md", b)]), 1);
    assert_eq!(of(&[("infant", "a.md", a), ("junior", "b.md", b)]), 0, "another school's figure is its own");
    let same = b.replace("15", "10");
    assert_eq!(of(&[("infant", "a.md", a), ("infant", "b.md", &same)]), 0);
}

#[test]
fn check_policies_that_are_named_and_not_there() {
    let titles = [
        "Behaviour",
        "Attendance",
        "Complaints",
        "Charging",
        "First Aid",
        "Uniform",
        "Homework",
        "Whistleblowing",
    ];
    // Each has words of its own; otherwise they would be taken for editions of one policy.
    let own = |at: usize| -> String {
        (0..12).map(|n| format!("word{} ", "abcdefghijkl"[n..].repeat(at + 1))).collect()
    };
    let text = |at: usize, t: &str| {
        format!("# {t} Policy\n\n{}\n\nSee our Behaviour Policy and our Admissions Policy.\n", own(at))
    };
    let texts: Vec<(String, String)> =
        titles.iter().enumerate().map(|(at, t)| (format!("{t}.md"), text(at, t))).collect();
    let mut files: Vec<File> = texts.iter().map(|(p, t)| ("infant", p.as_str(), t.as_str())).collect();
    let missing = |files: &[File]| -> Vec<String> {
        found(files).iter().filter(|f| f.rule == "missing_policy").map(|f| f.quote.clone()).collect()
    };
    assert_eq!(missing(&files), vec!["Admissions Policy"; 8]);
    files.truncate(3);
    assert!(missing(&files).is_empty(), "a folder of a few files says nothing of what the school has");
}

#[test]
fn check_review_dates_lapse_on_their_last_day() {
    let of = |due: &str, today: Date| {
        let text = format!("# Uniform Policy\n\nNext review: {due}\n\n## What we wear\n\nGrey.\n");
        let all = found_in(&documents(&[("infant", "u.md", &text)]), "", &[], bundled(), today);
        all.iter().filter(|f| f.rule == "lapsed").count()
    };
    assert_eq!(of("24 November 2026", TODAY), 0);
    assert_eq!(of("23 November 2026", TODAY), 1);
    assert_eq!(of("Summer 2026", date(2026, 8, 31)), 0);
    assert_eq!(of("Summer 2026", date(2026, 9, 1)), 1);
}

#[test]
fn check_highlighting_and_tracked_changes_in_word_files() {
    let marked = r#"<w:p><w:r><w:t>Rooms are </w:t></w:r><w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>to be confirmed</w:t></w:r></w:p>"#;
    let inserted = r#"<w:p><w:ins w:id="1" w:author="Office"><w:r><w:t>Added words stand here.</w:t></w:r></w:ins></w:p>"#;
    let file = |markup: &str| {
        let bytes = Word::body(&format!("{}{markup}", p("Lettings Policy"))).bytes();
        read(&Source { path: "l.docx".into(), bytes }, "infant").unwrap()
    };
    let of = |document: Document, rule: &str| {
        let all = found_in(&[document], "", &[], bundled(), TODAY);
        all.into_iter().filter(|f| f.rule == rule).collect::<Vec<_>>()
    };
    let found = of(file(marked), "highlight");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].quote, "to be confirmed");
    assert!(of(file(&marked.replace("yellow", "none")), "highlight").is_empty());
    let found = of(file(inserted), "tracked_changes");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warning);
    assert!(of(file(marked), "tracked_changes").is_empty());
}

pub const ADOPTED: &str = "# Lost Property Policy\n\n## What staff do\n\nStaff at Thistlemere Infant School must take what is found to the office within 24 hours. See section 2.\n\n\
Named things go back to the child the same day.\n\n## How long things are kept\n\nThings are kept for 6 weeks, and then given to the second-hand rail.\n\nRing 01632 960101.\n\n## Appendix 1 Form\n\nName, date, place.\n";

fn baseline(text: &str) -> Baseline {
    let document = documents(&[("shared", "Lost Property.md", text)]).remove(0);
    let approval = |school: &str| Approval {
        school: school.into(),
        by: "full governing body".into(),
        on: "2026-09-29".into(),
        minute: "item 7".into(),
    };
    let approvals = vec![approval("infant"), approval("junior")];
    Baseline::of(&document, "lost-property", "shared/Lost Property.md", date(2026, 9, 29), approvals)
}

pub fn drift(copy: &str) -> Vec<Finding> {
    drifted(ADOPTED, copy)
}

/// What of one school's copy drifted from what both adopted.
pub fn drifted(adopted: &str, copy: &str) -> Vec<Finding> {
    let files = [("infant", "lost.md", adopted), ("junior", "lost.md", copy)];
    let all = found_in(&documents(&files), "", &[baseline(adopted)], bundled(), TODAY);
    all.into_iter().filter(|f| f.rule == "drift").collect()
}

#[test]
fn check_drift_names_what_changed_and_what_that_does() {
    let found = drift(&ADOPTED.replace("24 hours", "48 hours").replace("must take", "should take"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].severity, Severity::Error);
    assert!(
        found[0].says.contains("“24 hours”") && found[0].says.contains("“48 hours”"),
        "{}",
        found[0].says
    );
    assert_eq!(found[0].path, "junior/lost.md");
    assert!(found[0].adopted.as_deref().unwrap().contains("within 24 hours"));
    let removed = drift(&ADOPTED.replace("Named things go back to the child the same day.\n\n", ""));
    assert_eq!(removed.len(), 1);
    assert!(removed[0].says.starts_with("A passage that was adopted is missing."), "{}", removed[0].says);
    assert_eq!(removed[0].severity, Severity::Error);
    let added =
        drift(&ADOPTED.replace("## How long", "Parents must sign for what they collect.\n\n## How long"));
    assert_eq!(added.len(), 1);
    assert!(added[0].says.starts_with("A passage was added"), "{}", added[0].says);
    let reworded = drift(&ADOPTED.replace("and then given", "and afterwards given"));
    assert_eq!((reworded.len(), reworded[0].severity), (1, Severity::Warning));
}

#[test]
fn check_what_is_no_drift() {
    let reflowed = ADOPTED.replace("See section 2.\n\nNamed", "See section 2. Named");
    let renumbered = ADOPTED
        .replace("## What", "## 3. What")
        .replace("## How", "## 4. How")
        .replace("section 2", "section 4");
    let local = ADOPTED.replace("Infant School", "Junior School").replace("960101", "960202");
    let annex = ADOPTED.replace("Name, date, place.", "Name, class, place, signature.");
    let front = ADOPTED.replace(
        "# Lost Property Policy\n",
        "# Lost Property Policy\n\nApproved on: 3 October 2026\n\nNext review: Autumn 2027\n",
    );
    let formatted = ADOPTED.replace("must take", "**must** take").replace("'", "’");
    let moved = "# Lost Property Policy\n\n## How long things are kept\n\nThings are kept for 6 weeks, and then given to the second-hand rail.\n\nRing 01632 960101.\n\n## What staff do\n\n\
Staff at Thistlemere Infant School must take what is found to the office within 24 hours. See section 2.\n\nNamed things go back to the child the same day.\n\n## Appendix 1 Form\n\nName, date, place.\n";
    for copy in [ADOPTED, &reflowed, &renumbered, &local, &annex, &front, &formatted, moved] {
        let found = drift(copy);
        assert!(found.is_empty(), "{copy}\n{found:?}");
    }
}

#[test]
fn check_a_school_without_a_copy_is_named() {
    let all =
        found_in(&documents(&[("infant", "lost.md", ADOPTED)]), "", &[baseline(ADOPTED)], bundled(), TODAY);
    let missing: Vec<_> = all.iter().filter(|f| f.rule == "copy_missing").collect();
    assert_eq!(missing.len(), 1);
    assert!(missing[0].says.contains("Thistlemere Junior School"));
    assert_eq!(missing[0].path, "junior");
}

#[test]
fn check_baseline_round_trips_and_refuses_what_is_damaged() {
    let adopted = baseline(ADOPTED);
    let text = adopted.print();
    assert_eq!(Baseline::parse(&text).unwrap(), adopted);
    assert!(text.contains("within 24 hours"), "people can read it");
    let damaged = Baseline::parse(&text.replace("24 hours", "48 hours")).unwrap_err();
    assert!(damaged.message.contains("is not what was adopted"), "{damaged}");
    let (first, rest) = text.rsplit_once("\n[[block]]").unwrap();
    assert!(!rest.is_empty());
    assert!(Baseline::parse(first).unwrap_err().message.contains("blocks are missing"));
    let newer = Baseline::parse(&text.replace("schema = 1", "schema = 2\nfuture = true")).unwrap_err();
    assert!(newer.message.contains("newer version"), "{newer}");
    let nothing = Baseline::parse("title = \"x\"\n").unwrap_err();
    assert!(nothing.message.contains("does not say its schema"), "{nothing}");
    let broken = Baseline::parse(&text.replace("topic = ", "topic ")).unwrap_err();
    assert!(broken.message.contains("line 4, column"), "{broken}");
    // Every byte of the beginning flipped: refused or read, never a panic.
    for at in 0..text.len().min(600) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            let _ = Baseline::parse(&changed);
        }
    }
}

#[test]
fn check_allowed_findings_lapse_and_say_so() {
    let files = [("infant", "lost.md", "# Lost Property Policy\n\nThe LSCB is told.\n")];
    let entry = |expires: &str, says: &str| {
        format!(
            "[[allow]]\nrule = \"superseded\"\nfile = \"infant/*.md\"\nsays = \"{says}\"\nreason = \"model text is awaited\"\nowner = \"clerk\"\nminute = \"item 4\"\nexpires = {expires}\n"
        )
    };
    let with = |extra: &str| found_in(&documents(&files), extra, &[], bundled(), TODAY);
    let state = |all: &[Finding]| all.iter().find(|f| f.rule == "superseded").unwrap().state.clone();
    let wrong = |all: &[Finding]| -> Vec<String> {
        all.iter().filter(|f| f.rule == "allowed_entry").map(|f| f.says.clone()).collect()
    };
    for expires in ["\"2027-07-31\"", "2027-07-31", "\"2026-11-24\""] {
        let all = with(&entry(expires, "lscb"));
        assert!(matches!(state(&all), State::Allowed { because } if because.contains("item 4")), "{expires}");
        assert!(wrong(&all).is_empty());
    }
    for (expires, words) in
        [("\"2026-11-23\"", "lapsed on 23 November 2026"), ("\"next summer\"", "which is no day")]
    {
        let all = with(&entry(expires, "lscb"));
        assert_eq!(state(&all), State::Open);
        assert!(wrong(&all)[0].contains(words), "{:?}", wrong(&all));
    }
    let all = with(&entry("\"2027-07-31\"", "something else"));
    assert!(wrong(&all)[0].contains("matches no finding"));
    let id = all.iter().find(|f| f.rule == "superseded").unwrap().id.clone();
    let by_id =
        format!("[[allow]]\nid = \"{id}\"\nreason = \"r\"\nowner = \"o\"\nexpires = \"2027-01-01\"\n");
    assert!(matches!(state(&with(&by_id)), State::Allowed { .. }));
}

#[test]
fn check_settings_errors_say_where_and_what_is_near() {
    let wrong = format!("{SCHOOLS}[[allow]]\nreson = \"r\"\n");
    let error = Partnership::parse(&wrong).unwrap_err();
    assert!(error.message.contains("line 12, column 1"), "{error}");
    assert!(error.message.contains("did you mean `reason`?"), "{error}");
}

#[test]
fn check_known_findings_are_marked_and_pruned() {
    let files =
        [("infant", "lost.md", "# Lost Property Policy\n\nThe LSCB is told.\n\nAll hold a CRB check.\n")];
    let mut all = found(&files);
    let known = Known::parse(&Known::of(&all).print()).unwrap();
    assert_eq!(known.apply(&mut all)["superseded"], 2);
    assert!(all.iter().all(|f| f.state == State::Known));
    let fewer =
        found(&[("infant", "renamed.md", "# Lost Property Policy\n\nA new start.\n\nThe LSCB is told.\n")]);
    let (pruned, gone) = known.pruned(&fewer);
    assert_eq!(gone, 1, "the finding keeps its id in a renamed file with a new paragraph above");
    assert_ne!(pruned, known);
    assert!(Known::parse("schema = 9\n").unwrap_err().message.contains("newer version"));
}

#[test]
fn check_own_facts_replace_and_extend() {
    let header = "id,category,hints,pattern,unless,superseded,current,since,severity,condition,example_hit,example_miss,source,confidence\n";
    let files = |text: String| [("references.csv".to_owned(), text)].into();
    let own = format!(
        "{header}OWN1,term,blue book,(?i)\\bblue book\\b,,The blue book,The green book,2020-01-01,error,,the blue book,the green book,our own,V\n"
    );
    let knowledge = Knowledge::amended(files(own.clone())).unwrap();
    let docs = documents(&[(
        "infant",
        "lost.md",
        "# Lost Property Policy\n\nSee the blue book. The LSCB is told.\n",
    )]);
    let said: Vec<String> =
        found_in(&docs, "", &[], &knowledge, TODAY).iter().map(|f| f.says.clone()).collect();
    assert!(
        said.iter().any(|s| s.contains("The green book")) && said.iter().any(|s| s.contains("LSCB")),
        "{said:?}"
    );
    let off = format!("{header}BOD005,body,lscb,(?i)\\blscb\\b,,LSCB,x,2019-09-29,off,,a,b,s,V\n");
    let knowledge = Knowledge::amended(files(off)).unwrap();
    assert!(found_in(&docs, "", &[], &knowledge, TODAY).is_empty());
    let wrong = |text: &str| Knowledge::amended(files(text.to_owned())).unwrap_err().message;
    assert!(wrong("id,x\n").contains("line 1"));
    assert!(wrong(&format!("{header}a,b\n")).contains("line 2: has 2 fields; expected 14"));
    assert!(wrong(&own.replace("\\b,,The", "(,,The")).contains("OWN1"));
    let misnamed = Knowledge::amended([("reference.csv".to_owned(), String::new())].into()).unwrap_err();
    assert!(misnamed.message.contains("the nearest is references.csv"), "{misnamed}");
}

#[test]
fn check_old_facts_warn() {
    let docs = documents(&[("infant", "lost.md", "# Lost Property Policy\n\nKept.\n")]);
    let of = |today: Date| {
        found_in(&docs, "", &[], bundled(), today).iter().filter(|f| f.rule == "old_facts").count()
    };
    assert_eq!(of(date(2027, 11, 24)), 0);
    assert_eq!(of(date(2027, 11, 25)), 1);
}

#[test]
fn check_register_says_what_is_there_and_due() {
    let docs = documents(&[
        (
            "infant",
            "behaviour.md",
            "# Behaviour Policy\n\nApproved by: Full governing body\n\nApproved on: 1 October 2025\n\n## Aims\n\nKind.\n",
        ),
        ("infant", "uniform.md", "# Uniform Policy\n\nNext review: Spring 2027\n\n## Aims\n\nGrey.\n"),
        ("junior", "behaviour.md", "# Behaviour Policy\n\n## Aims\n\nKind.\n"),
    ]);
    let extra = "[[duty]]\nid = \"behaviour\"\napprover = \"the headteacher\"\nreview_months = 24\n[[duty]]\nid = \"uniform\"\nschool = \"junior\"\napplies = false\n";
    let partnership = Partnership::parse(&format!("{SCHOOLS}{extra}")).unwrap();
    let surveyed = survey(&docs, &partnership, bundled());
    let setting = Setting {
        partnership: &partnership,
        schools: &partnership.schools,
        documents: &docs,
        register: &surveyed,
        baselines: &[],
        knowledge: bundled(),
        today: TODAY,
    };
    let rows = register(&setting);
    let entry =
        |id: &str, school: usize| rows.iter().find(|r| r.duty.id == id).unwrap().schools[school].clone();
    let infant = entry("behaviour", 0);
    assert_eq!(infant.due.as_ref().unwrap().to, date(2027, 10, 1), "own interval of 24 months");
    assert_eq!((infant.status, infant.approver.what.as_str()), (Status::InOrder, "the headteacher"));
    assert_eq!(infant.approver.source, "common-ground.toml");
    assert!(infant.website.source.starts_with("default; http"));
    assert_eq!(entry("behaviour", 1).status, Status::NoDate);
    assert_eq!(entry("uniform", 0).status, Status::DueSoon, "the stretch begins on 1 January 2027");
    assert_eq!(entry("uniform", 1).status, Status::NotNeeded);
    assert_eq!(entry("child-protection", 0).status, Status::Missing);
    assert_eq!(entry("eyfs", 1).status, Status::NotNeeded, "the junior school has no early years");
}

#[test]
fn check_every_duty_leads_to_a_topic_and_has_a_source() {
    for duty in bundled().statutory().all() {
        assert!(duty.source.starts_with("http") && !duty.approver.is_empty(), "{}", duty.id);
        if let Some(topic) = &duty.topic {
            assert!(bundled().topics().get(topic).is_some(), "{topic}");
        }
    }
    assert!(bundled().statutory().all().len() > 40);
}

#[test]
fn check_every_check_is_explained() {
    for check in CHECKS {
        let (hit, miss) = check.example();
        for text in [check.summary(), check.why(), check.action(), hit, miss] {
            assert!(text.len() > 10, "{}", check.id());
        }
    }
}
