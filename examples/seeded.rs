//! Seeds one change at a time into each policy named on the command line and prints how many come out as something to decide.
//!
//! usage: cargo run --release --example seeded -- FILE…

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)] // a measuring tool

#[path = "../tests/suite/seeding.rs"]
mod seeding;

use common_ground::read::{Source, read};
use seeding::{CHANGES, copies, decisions, found, paragraphs};

fn main() {
    let mut all = [[0usize; 2]; CHANGES.len()];
    for path in std::env::args().skip(1) {
        let Ok(source) = Source::open(std::path::Path::new(&path), &path) else { continue };
        let Ok(document) = read(&source, "a") else { continue };
        let text = paragraphs(&document);
        if text.len() < 2 {
            continue; // without its one paragraph it would be empty
        }
        assert_eq!(decisions(&text, &text), 0, "{path} differs from itself");
        for (change, counts) in CHANGES.iter().zip(&mut all) {
            for (at, copy) in copies(&text, *change) {
                let found = found(&text, &copy, at);
                counts[0] += 1;
                counts[1] += usize::from(found);
                if !found {
                    println!("missed {change:?} in {path}: {}", text[at]);
                }
            }
        }
    }
    for (change, [seeded, found]) in CHANGES.iter().zip(all) {
        println!("{change:?}: {found} of {seeded}");
    }
}
