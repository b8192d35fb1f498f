//! Shared drafts: either school's view is that school's policy word for word, read by pandoc; ledgers; decisions; same bytes.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use common_ground::compare::Comparison;
use common_ground::document::{Document, Role};
use common_ground::merge::{
    Decision, Draft, Fate, RemarkKind, Settlement, Side, Stand, Take, Words, decisions::saw, ledger, merge,
};
use common_ground::report::word;
use serde_json::Value;

use crate::merged::{Merged, draftable, schools};
use crate::seeding::{compared, document, sample};

/// A draft, its Word file, and the fates.
fn drafted(
    a: &Document,
    b: &Document,
    settlement: &Settlement,
) -> (Comparison, Draft, Vec<u8>, Vec<common_ground::merge::Entry>) {
    let merged = Merged::of(a, b).settled(settlement);
    let materials = merged.materials();
    let draft = merge(&materials);
    let bytes = word(&draftable(&draft, &materials));
    let entries = ledger(&draft, &materials);
    (merged.comparison, draft, bytes, entries)
}

/// Words in lower case, nothing else.
fn words(text: &str) -> String {
    let text = text.to_lowercase().replace(['‘', '’', '\''], "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How often each paragraph stands.
fn counted(texts: impl IntoIterator<Item = String>) -> BTreeMap<String, i32> {
    let mut out = BTreeMap::new();
    for text in texts.into_iter().map(|t| words(&t)).filter(|t| !t.is_empty()) {
        *out.entry(text).or_insert(0) += 1;
    }
    out
}

/// A part of a Word file.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut out).unwrap();
    out
}

/// What a school wrote: every paragraph that is not a contents list.
fn written(document: &Document) -> BTreeMap<String, i32> {
    counted(document.blocks.iter().filter(|b| b.role != Role::Contents).map(|b| b.text.clone()))
}

/// The paragraphs that pandoc sees if these authors' changes are accepted and all others rejected.
fn view(bytes: &[u8], accepted: &[&str]) -> BTreeMap<String, i32> {
    let mut child = Command::new("pandoc")
        .args(["--track-changes=all", "-f", "docx+styles", "-t", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = bytes.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let out = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(out.status.success());
    let json: Value = serde_json::from_slice(&out.stdout).unwrap();
    let mut seen = Seen { accepted, paragraphs: Vec::new(), open: String::new(), aside: Vec::new() };
    seen.blocks(&json["blocks"]);
    seen.paragraphs.push(seen.open.clone());
    seen.paragraphs.append(&mut seen.aside);
    counted(seen.paragraphs)
}

struct Seen<'s> {
    accepted: &'s [&'s str],
    paragraphs: Vec<String>,
    open: String,
    aside: Vec<String>,
}

impl Seen<'_> {
    fn blocks(&mut self, value: &Value) {
        match value {
            Value::Array(all) => all.iter().for_each(|v| self.blocks(v)),
            Value::Object(map) => match map.get("t").and_then(Value::as_str) {
                Some("Para" | "Plain") => self.leaf(&map["c"]),
                Some("Header") => self.leaf(&map["c"][2]),
                Some("Div") => {
                    let style = map["c"][0][2].as_array().unwrap().iter().find(|kv| kv[0] == "custom-style");
                    if !style.is_some_and(|kv| kv[1].as_str().unwrap().starts_with("Draft")) {
                        self.blocks(&map["c"][1]);
                    }
                }
                _ => {
                    if let Some(content) = map.get("c") {
                        self.blocks(content);
                    }
                }
            },
            _ => {}
        }
    }

    /// A paragraph; it runs on into the next if its end was rejected.
    fn leaf(&mut self, inlines: &Value) {
        let ends = self.inlines(inlines);
        if ends {
            self.paragraphs.push(std::mem::take(&mut self.open));
        }
    }

    fn inlines(&mut self, value: &Value) -> bool {
        let mut ends = true;
        for inline in value.as_array().into_iter().flatten() {
            match inline["t"].as_str().unwrap() {
                "Str" => self.open.push_str(inline["c"].as_str().unwrap()),
                "Space" | "SoftBreak" | "LineBreak" => self.open.push(' '),
                "Span" => {
                    let attributes = &inline["c"][0];
                    let has = |class: &str| attributes[1].as_array().unwrap().iter().any(|c| c == class);
                    let by = attributes[2].as_array().unwrap().iter().find(|kv| kv[0] == "author");
                    let mine = by.is_some_and(|kv| self.accepted.contains(&kv[1].as_str().unwrap()));
                    if has("paragraph-insertion") {
                        ends &= mine;
                    } else if has("comment-start")
                        || has("comment-end")
                        || has("insertion") && !mine
                        || has("deletion") && mine
                    {
                    } else {
                        ends &= self.inlines(&inline["c"][1]);
                    }
                }
                "Note" => {
                    let mut note = Seen {
                        accepted: self.accepted,
                        paragraphs: Vec::new(),
                        open: String::new(),
                        aside: Vec::new(),
                    };
                    note.blocks(&inline["c"]);
                    self.aside.append(&mut note.paragraphs);
                }
                "Quoted" => ends &= self.inlines(&inline["c"][1]),
                "Link" => ends &= self.inlines(&inline["c"][1]),
                "Code" | "Math" => self.open.push_str(inline["c"][1].as_str().unwrap_or("")),
                _ => ends &= self.inlines(&inline["c"]),
            }
        }
        ends
    }
}

fn differs(want: &BTreeMap<String, i32>, have: &BTreeMap<String, i32>) -> Vec<String> {
    let mut out = Vec::new();
    for text in want.keys().chain(have.keys()).collect::<std::collections::BTreeSet<_>>() {
        let (w, h) = (want.get(text).copied().unwrap_or(0), have.get(text).copied().unwrap_or(0));
        if w != h {
            out.push(format!("wanted {w}, has {h}: {text}"));
        }
    }
    out
}

/// What must hold of every draft, whatever the two texts.
fn holds(name: &str, a: &Document, b: &Document) {
    let nothing = Settlement::default();
    let (comparison, draft, bytes, entries) = drafted(a, b, &nothing);
    let of_a = view(&bytes, &["First School"]);
    let of_b = view(&bytes, &["Second School"]);
    assert_eq!(differs(&written(a), &of_a), [""; 0], "{name}: the first school's view");
    assert_eq!(differs(&written(b), &of_b), [""; 0], "{name}: the second school's view");
    // The common ground: every passage that the comparison calls the same, and nothing that only one school says.
    let common = view(&bytes, &[]);
    let all: String = common.keys().map(|k| format!(" {k} ")).collect();
    for link in comparison.links.iter().filter(|l| l.relation == common_ground::align::Relation::Same) {
        let block = &a.blocks[link.a[0] as usize];
        if block.role == Role::Body
            && block.cell.is_none()
            && block.kind != common_ground::document::Kind::Note
        {
            assert!(all.contains(&words(&block.text)), "{name}: not in the common ground: {}", block.text);
        }
    }
    let merged = Merged::of(a, b);
    let materials = merged.materials();
    let plain: String = draft
        .paragraphs()
        .iter()
        .flat_map(|p| p.pieces.iter().filter(|p| !matches!(p.stand, Stand::Inserted(_))))
        .map(|p| format!("{} ", materials.text(&p.words)))
        .collect();
    let notes: usize = draft.paragraphs().iter().map(|p| p.notes.len()).sum();
    if notes == 0 {
        let mut x: Vec<String> = words(&plain).split(' ').map(str::to_owned).collect();
        let mut y: Vec<String> = common
            .iter()
            .flat_map(|(k, n)| std::iter::repeat_n(k, *n as usize))
            .flat_map(|k| k.split(' '))
            .map(str::to_owned)
            .collect();
        x.retain(|w| !w.is_empty());
        x.sort();
        y.sort();
        assert_eq!(x, y, "{name}: the common ground");
    }
    // The ledger: every block once; nothing left out that has words, but contents lists.
    assert_eq!(entries.len(), a.blocks.len() + b.blocks.len());
    for entry in entries.iter().filter(|e| e.fate == Fate::LeftOut) {
        let document = if entry.school == Side::A { a } else { b };
        let block = &document.blocks[entry.block as usize];
        assert!(
            block.role == Role::Contents || words(&block.text).is_empty(),
            "{name}: left out: {}",
            block.text
        );
        assert!(!entry.why.is_empty());
    }
    // Nothing invented: every stretch is a blank or quotes a source.
    for piece in draft.paragraphs().iter().flat_map(|p| &p.pieces) {
        let blank = materials.text(&piece.words).trim().is_empty();
        assert!(!matches!(piece.words, Words::Written(_)));
        assert!(
            blank || piece.from != [None, None] || words(materials.text(&piece.words)).is_empty(),
            "{name}: {piece:?}"
        );
    }
}

#[test]
fn draft_of_sample_policies_gives_back_either_school() {
    for (a, b) in [
        ("infant/Behaviour Policy.docx", "junior/Positive Relationships Policy.docx"),
        ("infant/First Aid.docx", "junior/First aid and accidents.docx"),
        ("infant/anti-bullying.md", "junior/Anti-Bullying Policy 2025.docx"),
        ("infant/Charging and Remissions.docx", "junior/Charging and Remissions Policy.docx"),
        ("infant/Complaints Procedure.docx", "junior/Complaints Policy 2022.docx"),
        ("infant/Health and Safety Policy.docx", "junior/Health & Safety.docx"),
        ("infant/Home Learning.docx", "junior/Homework Policy.docx"),
        ("infant/Intimate Care Policy.docx", "junior/Intimate care.docx"),
        ("infant/Online Safety.docx", "junior/e-safety.md"),
        ("infant/Relationships and Health Education.docx", "junior/RSHE Policy.docx"),
        ("infant/SEND Policy.docx", "junior/SEN and Inclusion Policy.html"),
        ("infant/Safeguarding and Child Protection Policy.docx", "junior/Child Protection.docx"),
        ("infant/supporting-medical-needs.md", "junior/Medicines in School.docx"),
        ("infant/uniform.html", "junior/uniform.md"),
        ("infant/educational visits.txt", "junior/Educational Visits Policy.docx"),
        ("infant/Attendance Policy.docx", "junior/attendance.html"),
        ("infant/phones.txt", "junior/Mobile Phones and Smart Watches.docx"),
    ] {
        holds(a, &sample(a), &sample(b));
    }
}

/// A small random source, so that the pairs are the same on every machine.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

const SENTENCES: [&str; 14] = [
    "All staff must report a concern on the same day.",
    "The headteacher keeps the record for six years.",
    "Parents are told within two school days.",
    "Children wash their hands before they eat.",
    "A first-aid box stands in every classroom.",
    "Visitors sign in at the office.",
    "Governors review this policy every year.",
    "Medicines are kept in a locked cupboard.",
    "“Kind hands” is our first rule!",
    "The caretaker checks the gates at 8.30am.",
    "Trips are approved by the visits leader; a risk assessment is written.",
    "Nobody may lift a child alone.",
    "Mrs Hill leads on attendance.",
    "Any complaint goes to the chair of governors first.",
];

/// A policy, and the same after a number of edits: sentences changed, dropped, added, moved; paragraphs split, joined, moved. If asked for, no
/// sentence stands twice in it.
pub fn generated(seed: u64, distinct: bool) -> (Vec<String>, Vec<String>) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut drawn = 0u8;
    let mut sentence = |dice: &mut Dice| {
        let text = SENTENCES[dice.throw(SENTENCES.len())];
        drawn += 1;
        let house = [b'a' + drawn / 20, b'e' + drawn % 20].map(char::from).iter().collect::<String>();
        match text.len() - 1 {
            end if distinct => format!("{} in house {house}{}", &text[..end], &text[end..]),
            _ => text.to_owned(),
        }
    };
    let mut a: Vec<Vec<String>> = Vec::new();
    for at in 0..3 + dice.throw(7) {
        let long = 1 + dice.throw(4);
        let mut paragraph: Vec<String> = (0..long).map(|_| sentence(&mut dice)).collect();
        match dice.throw(5) {
            0 => {
                paragraph =
                    vec![format!("## Section {}", ["Aims", "Staff", "Parents", "Safety", "Records"][at % 5])]
            }
            1 => paragraph[0].insert_str(0, "- "),
            _ => {}
        }
        a.push(paragraph);
    }
    let mut b = a.clone();
    for _ in 0..1 + dice.throw(8) {
        let p = dice.throw(b.len());
        let heading = b[p][0].starts_with('#');
        match dice.throw(7) {
            0 if !heading => {
                let s = dice.throw(b[p].len());
                b[p][s] = b[p][s].replace("must", "should").replace("two", "five").replace("every", "each");
            }
            1 if !heading && b[p].len() > 1 => {
                let s = 1 + dice.throw(b[p].len() - 1);
                b[p].remove(s);
            }
            2 if !heading => b[p].push(sentence(&mut dice)),
            3 if !heading && b[p].len() > 1 => {
                let s = 1 + dice.throw(b[p].len() - 1);
                let rest = b[p].split_off(s);
                b.insert(p + 1, rest);
            }
            4 if p + 1 < b.len() && !heading && !b[p + 1][0].starts_with(['#', '-']) => {
                let next = b.remove(p + 1);
                b[p].extend(next);
            }
            5 => {
                let moved = b.remove(p);
                let to = dice.throw(b.len() + 1);
                b.insert(to, moved);
            }
            _ if b.len() > 2 => drop(b.remove(p)),
            _ => {}
        }
    }
    let join = |all: Vec<Vec<String>>| all.into_iter().map(|p| p.join(" ")).collect();
    (join(a), join(b))
}

#[test]
fn draft_of_generated_pairs_gives_back_either_school() {
    // Each starts pandoc three times; DRAFT_PAIRS=200 for a long run.
    let count = std::env::var("DRAFT_PAIRS").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    for seed in 1..=count {
        let (a, b) = generated(seed, false);
        holds(
            &format!("seed {seed}:\n{}\n---\n{}", a.join("\n\n"), b.join("\n\n")),
            &document(&a, "a"),
            &document(&b, "b"),
        );
    }
}

/// Pairs of files a.md and b.md in the folders of a folder, where one is named: labelled pairs that are not ours to keep here.
#[test]
#[ignore = "needs DRAFT_CASES, a folder of labelled pairs"]
fn draft_of_labelled_pairs_gives_back_either_school() {
    let folder = std::env::var("DRAFT_CASES").expect("DRAFT_CASES names a folder");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let read = |name: &str| {
            let path = entry.path().join(name);
            common_ground::read::read(&common_ground::read::Source::open(&path, name).unwrap(), "a").unwrap()
        };
        holds(&entry.path().display().to_string(), &read("a.md"), &read("b.md"));
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn draft_of_a_policy_with_itself_is_that_policy_without_a_tracked_change() {
    let a = sample("infant/First Aid.docx");
    let (_, draft, bytes, _) = drafted(&a, &a.clone(), &Settlement::default());
    let inserted =
        draft.paragraphs().iter().flat_map(|p| &p.pieces).filter(|p| p.stand != Stand::Plain).count();
    assert_eq!((inserted, draft.remarks.len()), (0, 0));
    let body = counted(a.blocks.iter().filter(|b| b.role == Role::Body).map(|b| b.text.clone()));
    assert_eq!(differs(&body, &view(&bytes, &[])), [""; 0]);
}

#[test]
fn draft_has_the_same_bytes_each_time_and_the_same_paragraphs_with_the_schools_swapped() {
    let (a, b) = (sample("infant/First Aid.docx"), sample("junior/First aid and accidents.docx"));
    let nothing = Settlement::default();
    let (_, draft, bytes, _) = drafted(&a, &b, &nothing);
    assert!(bytes == drafted(&a, &b, &nothing).2);
    let (_, swapped, _, _) = drafted(&b, &a, &nothing);
    assert_eq!(draft.order_of, swapped.order_of.other());
    let texts = |draft: &Draft, documents: [&Document; 2]| -> Vec<(String, bool)> {
        let pieces = draft.paragraphs().into_iter().flat_map(|p| p.pieces.clone());
        let text = |w: &Words| match w {
            Words::Quoted(side, q) => q.text(documents[side.index()]).to_owned(),
            _ => " ".into(),
        };
        pieces
            .map(|p| (text(&p.words), p.stand == Stand::Plain))
            .filter(|(t, _)| !t.trim().is_empty())
            .collect()
    };
    assert_eq!(texts(&draft, [&a, &b]), texts(&swapped, [&b, &a]));
}

/// A decision about the first difference of a kind.
fn decision(
    a: &Document,
    b: &Document,
    comparison: &Comparison,
    at: usize,
    take: Take,
    by: &str,
) -> Decision {
    let difference = &comparison.differences[at];
    Decision {
        on: jiff::civil::date(2026, 11, 20),
        number: 0,
        by: by.into(),
        id: difference.id.clone(),
        take,
        own: if take == Take::Own { "Parents are told on the day.".into() } else { String::new() },
        reason: "it is clearer".into(),
        review_on: None,
        schools: schools().schools.map(|s| s.id),
        saw: saw(difference, [a, b]),
        policy: "Policy".into(),
        read_from: None,
    }
}

pub fn two() -> (Document, Document) {
    let a = [
        "Staff record what happened.",
        "Parents are told within two school days of the incident. The form is kept.",
    ];
    let b = [
        "Staff record what happened.",
        "Parents are told within five school days of the incident. The form is kept.",
    ];
    (document(&a.map(String::from), "a"), document(&b.map(String::from), "b"))
}

#[test]
fn draft_applies_decisions_and_shows_those_that_contradict_each_other() {
    let (a, b) = two();
    let comparison = compared(&a, &b);
    let at = comparison.differences.iter().position(|d| d.a.is_some() && d.b.is_some()).unwrap();
    let ids = schools().schools.map(|s| s.id);
    let fold = |all: Vec<Decision>| Settlement::fold(all, [&ids[0], &ids[1]]);
    let common = |settlement: &Settlement| {
        view(&drafted(&a, &b, settlement).2, &[]).into_keys().collect::<Vec<_>>().join(" | ")
    };
    let one = |take| decision(&a, &b, &comparison, at, take, "A. Head");
    let undecided = common(&Settlement::default());
    assert!(!undecided.contains("two") && !undecided.contains("five"), "{undecided}");
    assert!(common(&fold(vec![one(Take::A)])).contains("within two school days"));
    let taken = common(&fold(vec![one(Take::B)]));
    assert!(taken.contains("within five school days") && !taken.contains("two"), "{taken}");
    let both = common(&fold(vec![one(Take::Both)]));
    assert!(both.contains("two school days") && both.contains("five school days"), "{both}");
    assert!(common(&fold(vec![one(Take::Own)])).contains("parents are told on the day"));
    // What was decided against has its fate in the ledger, and the draft says who decided.
    let (_, draft, _, entries) = drafted(&a, &b, &fold(vec![one(Take::B)]));
    assert_eq!(draft.left_out.len(), 1);
    assert!(entries.iter().any(|e| e.fate == Fate::Chosen && e.school == Side::A));
    // Two people, two answers: nothing is applied, both are shown.
    let contested = fold(vec![one(Take::A), decision(&a, &b, &comparison, at, Take::B, "B. Head")]);
    assert_eq!(common(&contested), undecided);
    let (_, draft, _, _) = drafted(&a, &b, &contested);
    assert!(draft.remarks.iter().any(|r| r.kind == RemarkKind::Contested && r.decisions.len() == 2));
    // The later word of one person counts, in whatever order the logs are read; doubled records change nothing.
    let mut later = one(Take::A);
    later.number = 1;
    for order in [vec![one(Take::B), later.clone()], vec![later.clone(), one(Take::B), later.clone()]] {
        assert!(common(&fold(order)).contains("two school days"));
    }
}

#[test]
fn draft_labels_what_holds_at_one_school_only_and_lists_local_differences() {
    let (a, b) = two();
    let comparison = compared(&a, &b);
    let at = comparison.differences.iter().position(|d| d.a.is_some() && d.b.is_some()).unwrap();
    let ids = schools().schools.map(|s| s.id);
    let mut local = decision(&a, &b, &comparison, at, Take::Local, "A. Head");
    local.review_on = Some(jiff::civil::date(2027, 9, 1));
    let both = decision(&a, &b, &comparison, at, Take::Both, "A. Head");
    let labelled = "parents are told within two school days of the incident at second school parents are told within five school days of the incident the form is kept";
    for (taken, listed) in [(both, false), (local, true)] {
        let settlement = Settlement::fold([taken], [&ids[0], &ids[1]]);
        let (_, draft, bytes, entries) = drafted(&a, &b, &settlement);
        let common = view(&bytes, &[]);
        assert!(common.contains_key(&format!("at first school {labelled}")), "{common:?}");
        // Nothing of it is tracked, and nothing is left out.
        assert!(draft.paragraphs().iter().flat_map(|p| &p.pieces).all(|p| p.stand == Stand::Plain));
        assert!(draft.left_out.is_empty() && entries.iter().all(|e| e.fate != Fate::LeftOut));
        // Why, and until when, stands in a table of the draft.
        let body = part(&bytes, "word/document.xml");
        for cell in ["it is clearer (A. Head, 20 November 2026)", "1 September 2027"] {
            assert_eq!(body.contains(&format!(">{cell}</w:t>")), listed, "{body}");
        }
    }
    // What both say in the same words is said once, whatever was decided.
    let (same, _) = two();
    let (_, draft, ..) = drafted(&same, &same.clone(), &Settlement::default());
    assert!(draft.paragraphs().iter().flat_map(|p| &p.pieces).all(|p| !matches!(p.words, Words::Label(_))));
}

#[test]
fn draft_decision_made_with_the_schools_the_other_way_round_is_turned_round() {
    let (a, b) = two();
    let comparison = compared(&a, &b);
    let at = comparison.differences.iter().position(|d| d.a.is_some() && d.b.is_some()).unwrap();
    let mut turned = decision(&a, &b, &comparison, at, Take::B, "A. Head");
    turned.schools.swap(0, 1);
    turned.saw.swap(0, 1);
    let ids = schools().schools.map(|s| s.id);
    let settlement = Settlement::fold([turned], [&ids[0], &ids[1]]);
    assert!(view(&drafted(&a, &b, &settlement).2, &[]).into_keys().any(|p| p.contains("two school days")));
}

#[test]
fn draft_reports_a_decision_whose_text_has_changed_and_does_not_apply_it() {
    let (a, b) = two();
    let comparison = compared(&a, &b);
    let at = comparison.differences.iter().position(|d| d.a.is_some() && d.b.is_some()).unwrap();
    let ids = schools().schools.map(|s| s.id);
    let settlement =
        Settlement::fold([decision(&a, &b, &comparison, at, Take::A, "A. Head")], [&ids[0], &ids[1]]);
    let changed = document(
        &[
            "Staff record what happened.",
            "Parents are told within ten school days of the incident. The form is kept.",
        ]
        .map(String::from),
        "b",
    );
    let (_, draft, _, _) = drafted(&a, &changed, &settlement);
    assert_eq!(draft.stale.len(), 1);
    assert!(draft.remarks.iter().all(|r| r.kind != RemarkKind::Decided));
    // A paragraph more above changes nothing.
    let mut longer: Vec<String> = vec!["Welcome to all of you.".into()];
    longer.extend(b.blocks.iter().map(|b| b.text.clone()));
    let (_, draft, _, _) = drafted(&a, &document(&longer, "b"), &settlement);
    assert_eq!(
        (draft.stale.len(), draft.remarks.iter().filter(|r| r.kind == RemarkKind::Decided).count()),
        (0, 1)
    );
}
