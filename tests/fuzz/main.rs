//! A short deterministic fuzz of every reader: real inputs with a few bytes, attributes or elements changed; whatever comes out, no
//! reader may fail through a mistake of its own, and what is read must keep its promises.
//!
//! usage: cargo test --release --test fuzz -- [--rounds N] [--seeds FOLDER]… [--only ENDING]
//!
//! A folder of seeds is searched for files of every format that is read: the public test files of other programs, brought together outside the
//! repository (tests/README.md says which). A seed as it is counts as the first round.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // a failed unwrap is a failed test
#![allow(clippy::disallowed_methods, missing_docs)] // opens the seeds

use std::io::{Cursor, Read, Write};

use common_ground::ErrorKind;
use common_ground::document::Document;
use common_ground::read::{Source, read};

/// Mutations for each seed file without an argument: a second in a debug build.
const ROUNDS: usize = 20;

/// Bytes of a seed's part that are kept: the fuzz is about structure, not about size.
const SEED_BYTES: u64 = 4 * 1024 * 1024;

/// xorshift64*: the same mutations on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| -> Vec<&String> {
        arguments.windows(2).filter(|w| w[0] == name).map(|w| &w[1]).collect()
    };
    let rounds = given("--rounds").last().map_or(ROUNDS, |n| n.parse().unwrap());
    let only = given("--only");
    let mut seeds: Vec<_> = ["policies/infant", "policies/junior"]
        .iter()
        .flat_map(|f| std::fs::read_dir(f).unwrap().map(|e| e.unwrap().path()))
        .collect();
    // The sample in other formats, where `tests/formats.py` has made it.
    for ending in ["odt", "pdf"] {
        let made = std::fs::read_dir(format!("target/check/formats/{ending}"));
        seeds.extend(made.into_iter().flatten().map(|e| e.unwrap().path()));
    }
    seeds.extend(given("--seeds").into_iter().flat_map(|f| within(f.into())));
    seeds.sort();
    std::panic::set_hook(Box::new(|_| {})); // reported below, with the input
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut tried, mut sound) = (0usize, 0usize);
    for ending in ["docx", "html", "md", "txt", "odt", "pdf"] {
        let mine: Vec<_> = seeds.iter().filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
        if mine.is_empty() && ["odt", "pdf"].contains(&ending) {
            println!("no seed ends in .{ending}: tests/formats.py makes them");
            continue;
        }
        assert!(!mine.is_empty(), "no seed ends in .{ending}");
        if !only.is_empty() && !only.iter().any(|o| *o == ending) {
            continue;
        }
        // Every reader gets the same number of rounds, however many seeds it has.
        let begun = std::time::Instant::now();
        let mut slowest = (std::time::Duration::ZERO, std::path::Path::new(""));
        for round in 0..rounds {
            let seed = mine[round % mine.len()];
            let bytes = std::fs::read(seed).unwrap();
            let changed = match ending {
                // Only a package that opens has parts that can be changed one at a time.
                "docx" | "odt" if round % 4 > 0 => repacked(&bytes, &mut dice).unwrap_or(bytes),
                _ => mutated(bytes, &mut dice),
            };
            tried += 1;
            let from = std::time::Instant::now();
            sound += usize::from(holds(&format!("fuzz.{ending}"), changed));
            slowest = slowest.max((from.elapsed(), seed.as_path()));
        }
        println!(
            "{ending}: {rounds} rounds on {} seeds, {} s, the slowest {} ms ({})",
            mine.len(),
            begun.elapsed().as_secs(),
            slowest.0.as_millis(),
            slowest.1.display()
        );
    }
    println!("{tried} mutated files: {sound} read, {} refused by name, none failed", tried - sound);
    assert!(sound > tried / 10, "the mutations are too coarse to reach the readers");
}

/// All files in a folder and the folders in it.
fn within(folder: std::path::PathBuf) -> Vec<std::path::PathBuf> {
    let (mut open, mut files) = (vec![folder], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Reads the bytes and checks what every document promises; whether they could be read.
fn holds(name: &str, bytes: Vec<u8>) -> bool {
    let source = Source { path: name.into(), bytes };
    match read(&source, "a") {
        Ok(document) => {
            promises(&document);
            true
        }
        Err(error) => {
            if error.kind == ErrorKind::Internal {
                let kept = std::env::temp_dir().join(name);
                std::fs::write(&kept, &source.bytes).unwrap();
                panic!("{error}; the input is kept as {}", kept.display());
            }
            assert!(error.path.is_some() && !error.message.is_empty());
            false
        }
    }
}

fn promises(document: &Document) {
    assert_eq!(document.receipt.blocks as usize, document.blocks.len());
    for (id, block) in (0..).zip(&document.blocks) {
        for token in document.tokens(id) {
            assert!(block.text.get(token.start as usize..token.end as usize).is_some_and(|t| !t.is_empty()));
        }
        for span in &block.spans {
            assert!(block.text.get(span.range.start as usize..span.range.end as usize).is_some());
        }
        assert!(block.parent.is_none_or(|p| p < id), "a block stands before its heading");
    }
}

/// One to eight changes anywhere.
fn mutated(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    const PIECES: &[&[u8]] = &[
        b"<w:tbl>",
        b"</w:tbl>",
        b"<w:p>",
        b"</w:p>",
        b"<w:tr><w:tc>",
        b"</w:r>",
        b"<w:txbxContent>",
        b"<w:del>",
        b"<w:ins>",
        b"<w:fldChar w:fldCharType=\"begin\"/>",
        b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
        b"&a;",
        b"&#x202E;",
        b"&#0;",
        b"<table>",
        b"</table>",
        b"<td colspan=99999999>",
        b"<script>",
        b"<!--",
        b"]]>",
        b"# ",
        b"\n\n> - 1. ",
        b"|---|\n",
        b"---\n",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"\0",
        b"99999999999999999999",
        b"-1",
        b"w:val=\"\"",
        b"\"",
        b"<",
        b">",
        b"\xE2\x80\x8B",
    ];
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(6) {
            0 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            2 => drop(bytes.drain(at..(at + dice.roll(64)).min(bytes.len()))),
            3 => {
                let from = dice.roll(bytes.len());
                let copy = bytes[from..(from + dice.roll(400)).min(bytes.len())].to_vec();
                bytes.splice(at..at, copy);
            }
            4 if dice.roll(8) == 0 => bytes.truncate(at),
            _ => drop(
                bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied()).collect::<Vec<_>>(),
            ),
        }
    }
    bytes
}

/// A Word package with one part changed; none if it does not open or a part of it cannot be unpacked.
fn repacked(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).ok().filter(|z| !z.is_empty())?;
    let hit = dice.roll(old.len());
    // The body is where most of the reader is.
    let body = (0..old.len()).find(|i| {
        old.by_index(*i).is_ok_and(|p| p.name().is_ok_and(|n| n == "word/document.xml" || n == "content.xml"))
    });
    let hit = if dice.roll(2) == 0 { body.unwrap_or(hit) } else { hit };
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).ok()?;
        let mut content = Vec::new();
        part.by_ref().take(SEED_BYTES).read_to_end(&mut content).ok()?;
        let content = if at == hit { mutated(content, dice) } else { content };
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        new.start_file(part.name().ok()?.into_owned(), stored).ok()?;
        new.write_all(&content).ok()?;
    }
    Some(new.finish().ok()?.into_inner())
}
