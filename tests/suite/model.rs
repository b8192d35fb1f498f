//! Three texts: what each school changed in the model that both took over, and what neither changed.

use std::fs;

use common_ground::compare::{Against, Comparison, Weight, against};
use common_ground::document::Document;
use common_ground::knowledge::bundled;

use crate::program::program;
use crate::seeding::{compared, document};

const MODEL: [&str; 4] = [
    "# Recording",
    "Staff must record an incident the same day. Parents are told within two school days. The form is kept in the office.",
    "# Visitors",
    "Visitors must sign in at the office. A badge is worn at all times. The caretaker checks the gates.",
];

fn text(changes: &[(&str, &str)], school: &str) -> Document {
    let own = MODEL.map(|p| {
        changes.iter().fold(p.to_owned(), |text, (from, to)| {
            assert!(MODEL.iter().any(|m| m.contains(from)), "{from}");
            text.replace(from, to)
        })
    });
    document(&own, school)
}

/// Planted: the first school changed a time limit and left out a step; the second weakened a duty and added one; both changed who keeps the gates.
fn planted() -> [Document; 2] {
    [
        text(
            &[
                ("two school days", "five school days"),
                (" A badge is worn at all times.", ""),
                ("The caretaker checks", "The premises manager checks"),
            ],
            "a",
        ),
        text(
            &[
                ("must sign in", "should sign in"),
                (
                    "The form is kept in the office.",
                    "The form is kept in the office. The governors must read all forms every term.",
                ),
                ("The caretaker checks", "The headteacher checks"),
            ],
            "b",
        ),
    ]
}

fn beside(a: &Document, b: &Document) -> Comparison {
    let mut comparison = compared(a, b);
    against(&document(&MODEL.map(str::to_owned), "model"), [a, b], &mut comparison, bundled());
    comparison
}

/// What each school did at the differences whose sentences hold these words.
fn did(a: &Document, b: &Document, words: &str) -> Vec<(Against, Against, Option<String>)> {
    let comparison = beside(a, b);
    let model = comparison.model.as_ref().unwrap();
    assert_eq!(model.origins.len(), comparison.differences.len());
    let holds = |d: &common_ground::compare::Difference| {
        d.context_a.is_some_and(|q| q.text(a).contains(words))
            || d.context_b.is_some_and(|q| q.text(b).contains(words))
    };
    let all = comparison
        .differences
        .iter()
        .zip(&model.origins)
        .filter(|(d, _)| d.weight == Weight::Decide && holds(d));
    let mut out: Vec<_> = all.map(|(_, o)| (o.a, o.b, o.model.clone())).collect();
    out.dedup();
    out
}

#[test]
fn model_says_who_changed_what() {
    let [a, b] = planted();
    let said = |text: &str| Some(text.to_owned());
    let limit = said("Parents are told within two school days.");
    assert_eq!(did(&a, &b, "school days"), [(Against::Changed, Against::AsModel, limit)]);
    let duty = said("Visitors must sign in at the office.");
    assert_eq!(did(&a, &b, "sign in"), [(Against::AsModel, Against::Changed, duty)]);
    assert_eq!(
        did(&a, &b, "badge"),
        [(Against::LeftOut, Against::AsModel, said("A badge is worn at all times."))]
    );
    assert_eq!(did(&a, &b, "all forms"), [(Against::Silent, Against::Added, None)]);
    let gates = said("The caretaker checks the gates.");
    assert_eq!(did(&a, &b, "the gates"), [(Against::Changed, Against::Changed, gates)]);
}

#[test]
fn model_mirrors_when_the_schools_are_swapped_and_nothing_of_the_table_is_lost() {
    let [a, b] = planted();
    for words in ["school days", "sign in", "badge", "all forms", "the gates"] {
        let turned: Vec<_> = did(&b, &a, words).into_iter().map(|(x, y, m)| (y, x, m)).collect();
        assert_eq!(did(&a, &b, words), turned, "{words}");
    }
    // Somebody changed each of these, so each stays a decision.
    assert_eq!(beside(&a, &b).points, compared(&a, &b).points);
    // "Staff must record…" and "The form is kept…" are the model's in both.
    assert_eq!(beside(&a, &b).model.unwrap().kept, 2);
}

#[test]
fn model_that_neither_school_changed_leaves_nothing_to_decide() {
    let same = text(&[], "a");
    let comparison = beside(&same, &text(&[], "b"));
    assert_eq!((comparison.points.len(), comparison.model.unwrap().kept), (0, 6));
}

#[test]
fn model_cli_shows_it_on_the_page_in_the_results_and_in_the_draft() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(home.path().join(name), text).unwrap();
    write("ours.md", "# Visitors\n\nVisitors must sign in at the office. Gates are shut at nine.\n");
    write("theirs.md", "# Visitors\n\nVisitors should sign in at the office. Gates are shut at nine.\n");
    write("model.md", "# Visitors\n\nVisitors must sign in at the office. Gates are shut at nine.\n");
    let run = |arguments: &[&str]| {
        let output = program().current_dir(home.path()).args(arguments).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for command in ["compare", "draft"] {
        let (code, said) =
            run(&[command, "ours.md", "theirs.md", "--base", "model.md", "--today", "2026-11-25"]);
        assert_eq!(code, 0, "{said}");
    }
    let all = |ending: &str| -> String {
        let files = fs::read_dir(home.path().join("reports")).unwrap().map(|e| e.unwrap().path());
        let mine = files.filter(|p| p.extension().is_some_and(|e| e == ending));
        mine.map(|p| fs::read_to_string(p).unwrap()).collect()
    };
    let line = "Against the model: ours has the model&#39;s wording, theirs has changed it.";
    let plain = line.replace("&#39;", "'");
    let pages = all("html");
    assert!(pages.contains(line) || pages.contains(&plain));
    assert!(all("json").contains("\"b\": \"changed\""));
    let (code, said) = run(&["compare", "ours.md", "theirs.md", "--base", "missing.md"]);
    assert!(code == 2 && said.contains("missing.md"), "{said}");
    let (code, said) = run(&["compare", "ours.md", "theirs.md", "--base", "model.md", "--out", "."]);
    assert_eq!(code, 2, "nothing is written where the model lies: {said}");
}
