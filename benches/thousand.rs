//! How long 1,000 policies take to be checked beside the least that reading the same files can take.
//!
//! `cargo bench --bench thousand` makes 1,000 Word files of about 600 words each, no two alike, in one school's folder, and prints: the floor
//! (unzip, scan the XML, take out the text, split it into words; one thread, nothing kept), `check` with one and with two threads (a fresh
//! process, its report written), the ratios, and the peak of its memory. Each figure is the best of several runs.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)] // a measuring tool
#![allow(clippy::disallowed_methods)] // reads the clock

mod measure;

use std::fs;
use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use measure::{best, high_water, least};

const POLICIES: usize = 1_000;
const PARAGRAPHS: usize = 30;
const RUNS: usize = 3;

fn main() {
    let home = tempfile::tempdir().unwrap();
    let files = policies(&home.path().join("school"));
    let mut words = 0;
    let floor = best(RUNS, || words = black_box(files.iter().map(|f| least(f)).sum()));
    println!("{POLICIES} policies, {words} words");
    println!("floor, one thread: {} ms", floor.as_millis());
    for jobs in ["1", "2"] {
        let mut peak = 0.0f64;
        let time = best(RUNS, || peak = peak.max(check(home.path(), jobs)));
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!("check, {jobs} thread(s): {} ms, {ratio:.2} x floor; peak {peak:.0} MB", time.as_millis());
    }
}

/// Runs the program; the peak of its memory in MB, looked at every 5 ms.
fn check(home: &Path, jobs: &str) -> f64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_common-ground"))
        .args(["check", "--quiet", "--today", "2026-11-24", "--format", "json", "--jobs", jobs, "--out"])
        .arg(home.join("reports"))
        .arg(home.join("school"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0.0f64;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().code().is_some_and(|c| c < 2));
    peak
}

/// Writes the policies: each has words, figures and a topic of its own, and names what is out of date here and there.
fn policies(folder: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    let whos = [
        "The headteacher",
        "A class teacher",
        "The governing body",
        "Every parent",
        "The office",
        "A visitor",
    ];
    let dos =
        ["must keep a record of", "should look after", "will tell the others about", "may put off", "checks"];
    let whats = [
        "coats",
        "keys",
        "minibuses",
        "instruments",
        "gardens",
        "ladders",
        "kilns",
        "ponds",
        "tablets",
        "trophies",
    ];
    let laws = ["", " under the Data Protection Act 1998", " as the LSCB asks", " by a CRB check", ""];
    (0..POLICIES)
        .map(|n| {
            let mut markup = paragraph(&format!("{} {n} Policy", whats[n % whats.len()]));
            for p in 0..PARAGRAPHS {
                let pick = n * 31 + p * 17 + p * p * n;
                markup.push_str(&paragraph(&format!(
                    "{} {} the {} of group {n} in room {} within {} days{}, and writes word{pick} into the book of the {} each term.",
                    whos[pick % whos.len()],
                    dos[(pick / 6) % dos.len()],
                    whats[(pick / 7) % whats.len()],
                    pick % 90,
                    1 + pick % 28,
                    laws[pick % laws.len()],
                    whats[(pick / 11) % whats.len()],
                )));
            }
            let path = folder.join(format!("policy {n:04}.docx"));
            fs::write(&path, package(&markup)).unwrap();
            path
        })
        .collect()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn package(markup: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let rels = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    for (name, content) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{rels}\"><Relationship Id=\"r1\" Type=\"{office}\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!("<w:document xmlns:w=\"{main}\"><w:body>{markup}</w:body></w:document>"),
        ),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
