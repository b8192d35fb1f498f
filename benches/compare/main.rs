//! How long the whole job takes beside the least that reading the same files can take.
//!
//! `cargo bench` makes two schools of 40 policies of about 3,000 words each as Word files (`sample`: from sentences of the sample
//! partnership, half of them shared), and prints: the floor (unzip, scan the XML, take out the text, split it into words: one thread, nothing kept), the whole
//! program with one and with two threads (a fresh process, reports written), their ratios, and the peak of its memory. Each figure is the
//! best of several runs, because a busy machine only ever adds. It also prints how fast each
//! format is read (`formats`), and what the word-level diffs cost on their worst inputs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)] // a measuring tool
#![allow(clippy::disallowed_methods)] // reads the clock

mod formats;
#[path = "../measure/mod.rs"]
mod measure;
mod sample;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common_ground::read::{Source, read};
use measure::{best, high_water, least};

const POLICIES: usize = 40;
const WORDS: usize = 3_000;
const RUNS: usize = 7;

fn main() {
    let folder = PathBuf::from("target/bench");
    // What an earlier run left would be counted as this one's.
    let _ = fs::remove_dir_all(&folder);
    let schools = sample::schools();
    let words: usize = schools.iter().flatten().map(sample::Policy::words).sum();
    let mut files = Vec::new();
    for (name, policies) in ["first", "second"].into_iter().zip(&schools) {
        fs::create_dir_all(folder.join(name)).unwrap();
        for policy in policies {
            files.push(folder.join(name).join(format!("{}.docx", policy.title)));
            fs::write(files.last().unwrap(), sample::docx(policy)).unwrap();
        }
    }
    let floor = best(RUNS, || files.iter().map(|f| least(f)).sum::<usize>());
    let reading = best(RUNS, || {
        files
            .iter()
            .map(|f| read(&Source::open(f, "a.docx").unwrap(), "a").unwrap().receipt.words)
            .sum::<u64>()
    });
    let compare = ["compare".into(), folder.join("first").into(), folder.join("second").into()];
    let (one, peak) = whole(&folder, &compare, "1");
    let (two, _) = whole(&folder, &compare, "2");
    let index = fs::read_to_string(folder.join("reports/results.json")).unwrap();
    let pairs = index.matches("\"decided_by\"").count();
    assert_eq!(pairs, POLICIES, "the policies do not all pair up");
    let settings = "[[school]]\nid = \"first\"\nname = \"First School\"\n[[school]]\nid = \"second\"\nname = \"Second School\"\n";
    fs::write(folder.join("common-ground.toml"), settings).unwrap();
    let pack = ["pack".into(), folder.clone().into(), "--format=html".into(), "--format=docx".into()];
    let (pack, pack_peak) = whole(&folder, &pack, "2");
    let per_thousand = |d: Duration| d.as_secs_f64() * 1e6 / (words as f64 / 1000.0);
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!("two schools of {POLICIES} policies, {words} words in {} Word files", files.len());
    println!();
    println!("| what | ms | µs per 1,000 words | × floor |");
    println!("|---|---|---|---|");
    let row = |what: &str, d: Duration| {
        println!(
            "| {what} | {:.0} | {:.0} | {:.2} |",
            d.as_secs_f64() * 1e3,
            per_thousand(d),
            ratio(d, floor)
        );
    };
    row("floor: unzip, scan, extract, tokenise; one thread", floor);
    row("reading the Word files into documents; one thread", reading);
    row("compare, whole process, reports written; one thread", one);
    row("the same; two threads", two);
    row("pack for governors, web page and Word file; two threads", pack);
    println!();
    println!(
        "two threads: {:.2} × faster than one; peak memory with one thread: {peak:.0} MB; of the pack: {pack_peak:.0} MB",
        ratio(one, two)
    );
    println!();
    formats::formats(&schools[0], &folder);
    diffs();
}

/// Runs the program on a job; its shortest time and the peak of its memory in MB.
fn whole(folder: &Path, job: &[OsString], jobs: &str) -> (Duration, f64) {
    let mut peak = 0.0f64;
    let mut times = Vec::new();
    for run in 0..RUNS {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_common-ground"))
            .args(job)
            .args(["--quiet", "--today", "2026-11-24", "--jobs", jobs, "--out"])
            .arg(folder.join("reports"))
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        // The memory is watched in a run of its own, so that watching costs the others nothing.
        if run == 0 {
            while child.try_wait().unwrap().is_none() {
                peak = peak.max(high_water(child.id()));
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        assert!(child.wait().unwrap().success());
        if run > 0 {
            times.push(start.elapsed());
        }
    }
    (times.into_iter().min().unwrap(), peak)
}

/// What a diff of two sides with the same words in unrelated order costs: the worst a moved section can do.
fn diffs() {
    use similar::{Algorithm, capture_diff_slices};
    println!("| diff of token ids in unrelated order, ms | 1,000 words | 5,000 words |");
    println!("|---|---|---|");
    let sides = |n: u64| -> (Vec<u64>, Vec<u64>) {
        let mix = |i: u64, k: u64| (i.wrapping_mul(k) ^ (i >> 3)).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
        ((0..n).map(|i| mix(i, 3)).collect(), (0..n).map(|i| mix(i, 7)).collect())
    };
    for (name, algorithm) in [("Myers", Algorithm::Myers), ("Patience", Algorithm::Patience)] {
        let time = |n: u64| {
            let (a, b) = sides(n);
            best(3, || capture_diff_slices(algorithm, &a, &b)).as_secs_f64() * 1e3
        };
        println!("| {name} | {:.2} | {:.1} |", time(1_000), time(5_000));
    }
}
