//! Precision, recall and F1 of pairing and of alignment against labelled documents.
//!
//! usage: cargo run --release --example evaluate -- alignment CASE…          CASE: a folder with a.md, b.md, gold.json
//!        cargo run --release --example evaluate -- pairing GOLD.json FOLDER  FOLDER: one folder for each organisation that GOLD names
//!
//! In a case a unit is a paragraph that is no heading; gold links are pairs of their ordinals. In a pairing's gold, links are pairs of paths. Links of
//! which a labeller was unsure count neither way.

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
        ["alignment", cases @ ..] => {
            let mut all = [0; 3];
            for case in cases {
                let counts = alignment(Path::new(case));
                line(case.rsplit('/').next().unwrap(), counts);
                (0..3).for_each(|i| all[i] += counts[i]);
            }
            line("all", all);
        }
        ["pairing", gold, folder] => pairing(gold, Path::new(folder)),
        _ => println!("usage: evaluate alignment CASE… | pairing GOLD.json FOLDER"),
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

fn alignment(case: &Path) -> [usize; 3] {
    let gold = json(&case.join("gold.json"));
    let [a, b] = ["a", "b"].map(|s| open(&case.join(format!("{s}.md")), s).unwrap());
    let [units_a, units_b] = [("a.md", &a), ("b.md", &b)]
        .map(|(file, document)| units(&std::fs::read_to_string(case.join(file)).unwrap(), document));
    let numbers = |field: &str| -> Links {
        let rows = gold[field].as_array().into_iter().flatten();
        rows.map(|l| (l[0].as_u64().unwrap() as usize, l[1].as_u64().unwrap() as usize)).collect()
    };
    let (wanted, disputed) = (numbers("links"), numbers("disputed"));
    let given: Links = align(&a, &b, bundled())
        .links
        .iter()
        .flat_map(|l| l.a.iter().flat_map(move |x| l.b.iter().map(move |y| (*x, *y))))
        .filter_map(|(x, y)| Some((*units_a.get(&x)?, *units_b.get(&y)?)))
        .filter(|l| wanted.contains(l) || !disputed.contains(l))
        .collect();
    [given.intersection(&wanted).count(), given.len(), wanted.len()]
}

/// Which unit of a case's text each block stands in; blocks come in the order of the units, and a unit may hold several.
fn units(text: &str, document: &Document) -> BTreeMap<u32, usize> {
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
    out
}

fn pairing(gold: &str, folder: &Path) {
    let gold = json(Path::new(gold));
    let mut all = [0; 3];
    let mut sure = [0; 2];
    let mut first: BTreeMap<String, [usize; 2]> = BTreeMap::new();
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
            let found = register.pairs.iter().any(|p| (p.a, p.b) == (*a, *b));
            let counts = first.entry(kind.clone()).or_default();
            counts[0] += usize::from(found);
            counts[1] += 1;
        }
    }
    line("all", all);
    println!("pairs called sure: {} of {} are right", sure[0], sure[1]);
    for (kind, [found, of]) in first {
        println!("links labelled {kind}: {found} of {of} are given");
    }
}
