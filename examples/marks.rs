//! How well word-level marks read: those of the side-by-side view beside a plain word diff, `git diff --word-diff` and `wdiff`.
//!
//! usage: cargo run --release --example marks -- FILE_A FILE_B [FILE_A FILE_B …]
//!
//! Over all passages that are linked one to one and are not the same. A run is a stretch of marks that unmarked words of both sides
//! bound; an island an unmarked run between two marks without a word of substance, or of at most two words of which at most one
//! has substance. Marked words are divided by the fewest that any exact marking needs.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)] // a measuring tool
#![allow(clippy::disallowed_methods)] // runs the programs that it is measured beside

use std::process::Command;

use common_ground::align::{Relation, align};
use common_ground::compare::{Context, compare};
use common_ground::document::{Class, Document, Partnership, Token};
use common_ground::knowledge::bundled;
use common_ground::read::{Source, read};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A marking of two texts, word by word: marked or not; marks of punctuation are left out.
struct Marking {
    a: Vec<bool>,
    b: Vec<bool>,
}

#[derive(Default)]
struct Totals {
    pairs: usize,
    runs: usize,
    islands: usize,
    marked: usize,
    minimal: usize,
    cuts: usize,
    inexact: usize,
}

/// One passage of both sides: its text and words.
struct Passage<'t> {
    a: &'t str,
    b: &'t str,
    words_a: Vec<Token>,
    words_b: Vec<Token>,
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let names = ["Common Ground", "plain word diff (similar)", "git diff --word-diff", "wdiff"];
    let mut totals: [Totals; 4] = Default::default();
    for pair in files.chunks_exact(2) {
        let open = |path: &String, school: &str| {
            read(&Source::open(std::path::Path::new(path), path).unwrap(), school).unwrap()
        };
        let (a, b) = (open(&pair[0], "a"), open(&pair[1], "b"));
        let partnership = Partnership::of_names("First School", "Second School");
        let context = Context {
            partnership: &partnership,
            knowledge: bundled(),
            topic: None,
            holdings: None,
            today: jiff::civil::date(2026, 11, 24),
        };
        let comparison = compare(&a, &b, align(&a, &b, bundled()), &context);
        for (link, marks) in comparison.links.iter().zip(&comparison.marks) {
            let ([x, y], true) = ([&link.a, &link.b], link.relation != Relation::Same) else { continue };
            let ([x], [y]) = (x.as_slice(), y.as_slice()) else { continue };
            let words = |d: &Document, id: u32| -> Vec<Token> {
                d.tokens(id).iter().filter(|t| t.class != Class::Mark).copied().collect()
            };
            let text = |d: &'_ Document, id: u32| d.blocks[id as usize].text.replace('\n', " ");
            let (text_a, text_b) = (text(&a, *x), text(&b, *y));
            let passage = Passage { a: &text_a, b: &text_b, words_a: words(&a, *x), words_b: words(&b, *y) };
            let (minimal, plain) = plain(&passage);
            if minimal == 0 {
                continue; // only punctuation or case
            }
            let inside = |t: &Token, quotes: &[common_ground::compare::Quote]| {
                quotes.iter().any(|q| q.start <= t.start && t.end <= q.end)
            };
            let cuts = |all: &[Token], quotes: &[common_ground::compare::Quote]| {
                let cut = |t: &&Token, at: u32| t.start < at && at < t.end;
                quotes.iter().filter(|q| all.iter().any(|t| cut(&t, q.start) || cut(&t, q.end))).count()
            };
            // A sentence shown as moved counts as marked.
            let ours = Marking {
                a: passage.words_a.iter().map(|t| inside(t, &marks.a) || inside(t, &marks.moved_a)).collect(),
                b: passage.words_b.iter().map(|t| inside(t, &marks.b) || inside(t, &marks.moved_b)).collect(),
            };
            totals[0].cuts += cuts(&passage.words_a, &marks.a) + cuts(&passage.words_b, &marks.b);
            let all = [Some(ours), Some(plain), git(&passage), wdiff(&passage)];
            for (total, marking) in totals.iter_mut().zip(&all) {
                if let Some(marking) = marking {
                    total.add(&passage, marking, minimal);
                }
            }
        }
    }
    println!(
        "{:28} {:>6} {:>10} {:>13} {:>16} {:>6} {:>8}",
        "", "pairs", "runs/pair", "islands/pair", "marked/minimal", "cuts", "inexact"
    );
    for (name, t) in names.iter().zip(&totals) {
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!(
            "{name:28} {:6} {:10.2} {:13.2} {:16.2} {:6} {:8}",
            t.pairs,
            share(t.runs, t.pairs),
            share(t.islands, t.pairs),
            share(t.marked, t.minimal),
            t.cuts,
            t.inexact
        );
    }
}

impl Totals {
    fn add(&mut self, passage: &Passage, marking: &Marking, minimal: usize) {
        self.pairs += 1;
        self.minimal += minimal;
        self.marked += marking.a.iter().chain(&marking.b).filter(|m| **m).count();
        let kept = |words: &[Token], marks: &[bool]| -> Vec<u64> {
            words.iter().zip(marks).filter(|(_, m)| !**m).map(|(t, _)| t.word).collect()
        };
        // Both projections: what is unmarked is the same on both sides.
        let (x, y) = (kept(&passage.words_a, &marking.a), kept(&passage.words_b, &marking.b));
        self.inexact += usize::from(x != y);
        let (mut i, mut j, mut run) = (0, 0, Vec::new());
        let mut runs = 0;
        while i < marking.a.len() || j < marking.b.len() {
            let (from_i, from_j) = (i, j);
            while marking.a.get(i) == Some(&true) {
                i += 1;
            }
            while marking.b.get(j) == Some(&true) {
                j += 1;
            }
            if i > from_i || j > from_j {
                if runs > 0 && island(&run) {
                    self.islands += 1;
                }
                runs += 1;
                run.clear();
                continue;
            }
            if let Some(token) = passage.words_a.get(i) {
                run.push(&passage.a[token.start as usize..token.end as usize]);
            }
            i += 1;
            j += 1;
        }
        self.runs += runs;
    }
}

fn island(run: &[&str]) -> bool {
    const THIN: [&str; 40] = [
        "a", "an", "the", "of", "to", "and", "or", "in", "on", "at", "as", "is", "are", "be", "been", "was",
        "were", "it", "its", "this", "that", "these", "those", "their", "they", "them", "we", "our", "us",
        "you", "your", "with", "from", "for", "by", "if", "so", "who", "which", "when",
    ];
    let substance = run.iter().filter(|w| !THIN.contains(&w.to_lowercase().as_str())).count();
    substance == 0 || run.len() <= 2 && substance <= 1
}

/// The fewest words that can be marked, and such a marking.
fn plain(passage: &Passage) -> (usize, Marking) {
    let words = |t: &[Token]| -> Vec<u64> { t.iter().map(|t| t.word).collect() };
    let (x, y) = (words(&passage.words_a), words(&passage.words_b));
    let mut marking = Marking { a: vec![false; x.len()], b: vec![false; y.len()] };
    let mut minimal = 0;
    for op in capture_diff_slices(Algorithm::Myers, &x, &y) {
        if !matches!(op, DiffOp::Equal { .. }) {
            marking.a[op.old_range()].fill(true);
            marking.b[op.new_range()].fill(true);
            minimal += op.old_range().len() + op.new_range().len();
        }
    }
    (minimal, marking)
}

/// Marks from pieces of text in order: -1 only in the first, 1 only in the second, 0 in both.
fn of_pieces(passage: &Passage, pieces: &[(i8, String)]) -> Marking {
    // By letters, because each program parts words in its own way.
    let letters = |side: i8| -> Vec<bool> {
        let mine = pieces.iter().filter(|(s, _)| *s == 0 || *s == side);
        mine.flat_map(|(s, t)| t.chars().filter(|c| c.is_alphanumeric()).map(move |_| *s != 0)).collect()
    };
    let of = |text: &str, words: &[Token], letters: Vec<bool>| -> Vec<bool> {
        let before = |at: u32| text[..at as usize].chars().filter(|c| c.is_alphanumeric()).count();
        words
            .iter()
            .map(|t| letters.get(before(t.start)..before(t.end)).is_some_and(|l| l.iter().any(|m| *m)))
            .collect()
    };
    Marking {
        a: of(passage.a, &passage.words_a, letters(-1)),
        b: of(passage.b, &passage.words_b, letters(1)),
    }
}

fn files(passage: &Passage) -> Option<tempfile::TempDir> {
    let home = tempfile::tempdir().ok()?;
    std::fs::write(home.path().join("a"), format!("{}\n", passage.a)).ok()?;
    std::fs::write(home.path().join("b"), format!("{}\n", passage.b)).ok()?;
    Some(home)
}

fn git(passage: &Passage) -> Option<Marking> {
    let home = files(passage)?;
    let output = Command::new("git")
        .current_dir(home.path())
        .args(["diff", "--no-index", "--word-diff=porcelain", "--unified=0", "a", "b"])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let body: Vec<(i8, String)> = text
        .lines()
        .skip_while(|l| !l.starts_with("@@"))
        .skip(1)
        .filter_map(|l| match l.chars().next()? {
            '-' => Some((-1, l[1..].to_owned())),
            '+' => Some((1, l[1..].to_owned())),
            ' ' => Some((0, l[1..].to_owned())),
            _ => None,
        })
        .collect();
    Some(of_pieces(passage, &body))
}

fn wdiff(passage: &Passage) -> Option<Marking> {
    let home = files(passage)?;
    let output = Command::new("wdiff")
        .current_dir(home.path())
        .args(["-w", "\u{1}", "-x", "\u{2}", "-y", "\u{3}", "-z", "\u{4}", "a", "b"])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut pieces = vec![(0i8, String::new())];
    for c in text.chars() {
        match c {
            '\u{1}' => pieces.push((-1, String::new())),
            '\u{3}' => pieces.push((1, String::new())),
            '\u{2}' | '\u{4}' => pieces.push((0, String::new())),
            c => pieces.last_mut().unwrap().1.push(c),
        }
    }
    Some(of_pieces(passage, &pieces))
}
