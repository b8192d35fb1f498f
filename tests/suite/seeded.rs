//! Right answers on changes that were made on purpose, and silence on pure rewording.

use common_ground::compare::Weight;
use common_ground::read::{Source, read};

use crate::seeding::{CHANGES, compared, copies, decisions, found, paragraphs};

#[test]
fn compare_seeded_changes_all_come_out_as_decisions() {
    let mut seeded = 0;
    let mut missed = Vec::new();
    for folder in ["policies/infant", "policies/junior"] {
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for path in files {
            let shown = path.display().to_string();
            let document = read(&Source::open(&path, &shown).unwrap(), "a").unwrap();
            let text = paragraphs(&document);
            assert_eq!(decisions(&text, &text), 0, "{shown} differs from itself");
            for change in CHANGES {
                for (at, copy) in copies(&text, change) {
                    seeded += 1;
                    if !found(&text, &copy, at) {
                        missed.push(format!("{change:?} in {shown}: {}", text[at]));
                    }
                }
            }
        }
    }
    assert!(seeded > 200, "only {seeded} changes were seeded");
    assert!(missed.is_empty(), "{} of {seeded} missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn compare_pure_rewording_gives_next_to_no_decisions() {
    let table = include_str!("../fixtures/rewording.tsv");
    let (a, b): (Vec<String>, Vec<String>) =
        table.lines().map(|l| l.split_once('\t').unwrap()).map(|(a, b)| (a.to_owned(), b.to_owned())).unzip();
    let words: usize = a.iter().chain(&b).map(|l| l.split(' ').count()).sum();
    let read_one = |paragraphs: &[String], school: &str| {
        read(&Source { path: "policy.md".into(), bytes: paragraphs.join("\n\n").into_bytes() }, school)
            .unwrap()
    };
    let (x, y) = (read_one(&a, "a"), read_one(&b, "b"));
    let comparison = compared(&x, &y);
    let found: Vec<String> = comparison
        .differences
        .iter()
        .filter(|d| d.weight == Weight::Decide)
        .map(|d| {
            let text = |q: Option<common_ground::compare::Quote>, d| q.map_or("", |q| q.text(d)).to_owned();
            format!("{:?}: {} | {}", d.kind, text(d.context_a, &x), text(d.context_b, &y))
        })
        .collect();
    // At most one false decision in a thousand words; both sides count.
    assert!(found.len() * 1000 <= words, "{} in {words} words:\n{}", found.len(), found.join("\n"));
}
