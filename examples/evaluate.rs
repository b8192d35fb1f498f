//! Precision, recall and F1 of pairing and of alignment against labelled documents.
//!
//! usage: cargo run --release --example evaluate -- all FOLDER [GOLD.json FOLDER]
//!        cargo run --release --example evaluate -- alignment CASE…          CASE: a folder with a.md, b.md, gold.json
//!        cargo run --release --example evaluate -- pairing GOLD.json FOLDER  FOLDER: one folder for each organisation that GOLD names
//!
//! `all` takes every case in a folder: each, all together, and together those that say `"kind": "independent …"` in their
//! gold; then the pairing, if it is given. In a case a unit is a paragraph that is no heading; gold links are pairs of their
//! ordinals, with the relation and `{"moved": true}` if it is. In a pairing's gold, links are pairs of paths. Links of
//! which a labeller was unsure count neither way. For each case: links; units that correspond to nothing; links that are
//! moved; links of units that have several partners (split or joined); suggestions, against the links that were not given.
//! The cases whose names begin with P, labelled by hand, are added up too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // a measuring tool
#![allow(clippy::disallowed_methods, missing_docs)] // opens the labels

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common_ground::align::align;
use common_ground::document::{Document, Partnership};
use common_ground::knowledge::bundled;
use common_ground::pair::{Confidence, pair};
use common_ground::read::{Source, read};
use serde_json::Value;

type Links = BTreeSet<(usize, usize)>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["all", folder, rest @ ..] => {
            let found = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
            let mut cases: Vec<PathBuf> = found.filter(|c| c.join("gold.json").exists()).collect();
            cases.sort();
            alignments(&cases);
            if let [gold, folder] = rest {
                pairing(gold, Path::new(folder));
            }
        }
        ["alignment", cases @ ..] => alignments(&cases.iter().map(PathBuf::from).collect::<Vec<_>>()),
        ["pairing", gold, folder] => pairing(gold, Path::new(folder)),
        _ => println!(
            "usage: evaluate all FOLDER [GOLD.json FOLDER] | alignment CASE… | pairing GOLD.json FOLDER"
        ),
    }
}

/// What is counted of a case, each as right, given, wanted.
const COUNTED: [&str; 5] = ["", "unmatched", "moved", "split or joined", "suggested"];

type Counts = [[usize; 3]; COUNTED.len()];

fn alignments(cases: &[PathBuf]) {
    let (mut all, mut hand, mut apart) = (Counts::default(), Counts::default(), Counts::default());
    for case in cases {
        let (counts, independent) = alignment(case);
        table(&case.file_name().unwrap().to_string_lossy(), &counts);
        add(&mut all, &counts);
        if case.file_name().unwrap().to_string_lossy().starts_with('P') {
            add(&mut hand, &counts);
        }
        if independent {
            add(&mut apart, &counts);
        }
    }
    if apart[0][2] > 0 {
        table("written apart", &apart);
    }
    if hand[0][2] > 0 && hand != all {
        table("labelled by hand", &hand);
    }
    table("all", &all);
}

fn add(sum: &mut Counts, counts: &Counts) {
    for (sum, counts) in sum.iter_mut().flatten().zip(counts.iter().flatten()) {
        *sum += counts;
    }
}

fn table(name: &str, counts: &Counts) {
    for (what, counts) in COUNTED.iter().zip(counts).filter(|(_, c)| c[1] + c[2] > 0) {
        line(&if what.is_empty() { name.to_owned() } else { format!("  {what}") }, *counts);
    }
}

/// Right, given, wanted.
fn line(name: &str, [right, given, wanted]: [usize; 3]) {
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
    let (p, r) = (share(right, given), share(right, wanted));
    let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    println!("{name:24} P {p:.3}  R {r:.3}  F1 {f1:.3}   ({right} right of {given} given, {wanted} wanted)");
}

fn open(path: &Path, school: &str) -> Option<Document> {
    let shown = path.display().to_string();
    Source::open(path, &shown).and_then(|s| read(&s, school)).map_err(|e| println!("{e}")).ok()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The counts of one case, and whether its two texts were written apart.
fn alignment(case: &Path) -> (Counts, bool) {
    let gold = json(&case.join("gold.json"));
    let [a, b] = ["a", "b"].map(|s| open(&case.join(format!("{s}.md")), s).unwrap());
    let [(units_a, count_a), (units_b, count_b)] = [("a.md", &a), ("b.md", &b)]
        .map(|(file, document)| units(&std::fs::read_to_string(case.join(file)).unwrap(), document));
    let rows = |field: &str| gold[field].as_array().cloned().unwrap_or_default();
    let numbers = |rows: &[Value]| -> Links {
        rows.iter().map(|l| (l[0].as_u64().unwrap() as usize, l[1].as_u64().unwrap() as usize)).collect()
    };
    let (wanted, disputed) = (numbers(&rows("links")), numbers(&rows("disputed")));
    let moved: Vec<Value> = rows("links").into_iter().filter(|l| l[3]["moved"] == true).collect();
    let (mut given, mut given_moved) = (Links::new(), Links::new());
    let alignment = align(&a, &b, bundled());
    let suggested = alignment.suggestions.iter();
    let suggested: Links =
        suggested.filter_map(|s| Some((*units_a.get(&s.a)?, *units_b.get(&s.b)?))).collect();
    for link in alignment.links {
        let known = link.pairs.iter().filter_map(|(x, y)| Some((*units_a.get(x)?, *units_b.get(y)?)));
        for pair in known.filter(|l| wanted.contains(l) || !disputed.contains(l)) {
            given.insert(pair);
            if link.moved {
                given_moved.insert(pair);
            }
        }
    }
    let counts = [
        count(&given, &wanted),
        count(&free(&given, count_a, count_b), &free(&wanted, count_a, count_b)),
        count(&given_moved, &numbers(&moved)),
        count(&shared(&given), &shared(&wanted)),
        count(
            &suggested.difference(&disputed).copied().collect(),
            &wanted.difference(&given).copied().collect(),
        ),
    ];
    (counts, gold["kind"].as_str().is_some_and(|k| k.starts_with("independent")))
}

fn count(given: &Links, wanted: &Links) -> [usize; 3] {
    [given.intersection(wanted).count(), given.len(), wanted.len()]
}

/// Units in no link: (side, ordinal).
fn free(links: &Links, count_a: usize, count_b: usize) -> Links {
    let linked: Links = links.iter().flat_map(|(a, b)| [(0, *a), (1, *b)]).collect();
    let all = (0..count_a).map(|a| (0, a)).chain((0..count_b).map(|b| (1, b)));
    all.filter(|unit| !linked.contains(unit)).collect()
}

/// Links of which one unit is in another link too.
fn shared(links: &Links) -> Links {
    let several = |test: &dyn Fn(&(usize, usize)) -> bool| links.iter().filter(|l| test(l)).count() > 1;
    links.iter().filter(|(a, b)| several(&|l| l.0 == *a) || several(&|l| l.1 == *b)).copied().collect()
}

/// Which unit of a case's text each block stands in; blocks come in the order of the units, and a unit may hold several. With it
/// how many units there are.
fn units(text: &str, document: &Document) -> (BTreeMap<u32, usize>, usize) {
    let plain = |text: &str| -> String {
        let mut kept = String::new();
        let mut rest = text;
        // The target of a link is no text.
        while let Some((before, after)) = rest.split_once("](") {
            kept.push_str(before);
            kept.push(' ');
            rest = after.split_once(')').map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        let words = kept.to_lowercase();
        words
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let wanted: Vec<String> =
        text.split("\n\n").filter(|p| !p.trim().is_empty() && !p.starts_with("# ")).map(plain).collect();
    let mut out = BTreeMap::new();
    let mut from = 0;
    for (id, block) in (0..).zip(&document.blocks) {
        let text = plain(&block.text);
        let holds = |unit: &String| text == *unit || text.len() > 12 && unit.contains(&text);
        if let Some(at) = (from..wanted.len()).find(|at| !text.is_empty() && holds(&wanted[*at])) {
            out.insert(id, at);
            from = at;
        }
    }
    (out, wanted.len())
}

fn pairing(gold: &str, folder: &Path) {
    let gold = json(Path::new(gold));
    let mut all = [0; 3];
    let mut sure = [0; 2];
    let mut found: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (name, set) in gold.as_object().unwrap() {
        let mut documents = Vec::new();
        let mut labels = Vec::new();
        for (side, files) in [("a", "files_a"), ("b", "files_b")] {
            let home = folder.join(set[side].as_str().unwrap());
            for label in set[files].as_array().unwrap().iter().filter_map(Value::as_str) {
                // A page that is written in a format of its own is labelled by its source and read as it is published.
                let published = home.join(label.replace("src/", "html/").replace(".rst", ".html"));
                let path: PathBuf = if label.ends_with(".rst") { published } else { home.join(label) };
                if !path.exists() {
                    continue;
                }
                if let Some(mut document) = open(&path, side) {
                    document.path = path.file_name().unwrap().to_string_lossy().into_owned();
                    documents.push(document);
                    labels.push((side, label));
                }
            }
        }
        if documents.is_empty() {
            println!("{name:24} its documents are not there");
            continue;
        }
        let mut partnership = Partnership::of_names("a", "b");
        partnership.schools[0].id = "a".into();
        partnership.schools[1].id = "b".into();
        let register = pair(&documents, &partnership, bundled());
        let at =
            |side: &str, label: &Value| labels.iter().position(|l| *l == (side, label.as_str().unwrap()));
        let rows = |field: &str| -> Vec<(usize, usize, String)> {
            let rows = set[field].as_array().into_iter().flatten();
            rows.filter_map(|l| {
                Some((at("a", &l[0])?, at("b", &l[1])?, l[2].as_str().unwrap_or("").to_owned()))
            })
            .collect()
        };
        let links = rows("links");
        let wanted: Links = links.iter().map(|(a, b, _)| (*a, *b)).collect();
        let disputed: Links = rows("disputed").iter().map(|(a, b, _)| (*a, *b)).collect();
        let given: Vec<_> = register.pairs.iter().filter(|p| !disputed.contains(&(p.a, p.b))).collect();
        let right = |p: &&&common_ground::pair::Pair| wanted.contains(&(p.a, p.b));
        let counts = [given.iter().filter(right).count(), given.len(), wanted.len()];
        line(name, counts);
        (0..3).for_each(|i| all[i] += counts[i]);
        let surely: Vec<_> = given.iter().filter(|p| p.confidence == Confidence::Sure).copied().collect();
        sure[0] += surely.iter().filter(right).count();
        sure[1] += surely.len();
        for (a, b, kind) in &links {
            let given = register.pairs.iter().any(|p| (p.a, p.b) == (*a, *b));
            // What a reader sees of a file without a partner is which file comes nearest.
            let nearest = |x: &usize, y: &usize| {
                register.unpaired.iter().any(|u| u.document == *x && u.nearest.first() == Some(y))
            };
            let counts = found.entry(kind.clone()).or_default();
            counts[0] += usize::from(given);
            counts[1] += usize::from(given || nearest(a, b) || nearest(b, a));
            counts[2] += 1;
        }
    }
    line("all", all);
    println!("pairs called sure: {} of {} are right", sure[0], sure[1]);
    for (kind, [given, first, of]) in found {
        println!("links labelled {kind}: {given} of {of} are given, {first} are given or the nearest");
    }
}
