//! How fast each format is read, beside the least that its bytes can be looked through.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common_ground::document::tokens;
use common_ground::read::{Source, read};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::RUNS;
use super::measure::{best, unzipped};
use super::sample::{Policy, docx, html, markdown, odt, pdf, text};

/// Reads one school's policies in each format; a row each: its markup in MB a second, the floor's, and their ratio.
pub fn formats(policies: &[Policy], folder: &Path) {
    println!("| format | read, MB/s of markup | floor, MB/s | × floor | floor |");
    println!("|---|---|---|---|---|");
    let scanned = "unzip, scan the XML";
    let split = "split into words";
    type Made = fn(&Policy) -> Vec<u8>;
    let all: [(&str, Made, Option<&str>, &str); 5] = [
        ("docx", docx, Some("word/document.xml"), scanned),
        ("odt", odt, Some("content.xml"), scanned),
        ("html", html, None, split),
        ("md", markdown, None, split),
        ("txt", text, None, split),
    ];
    for (ending, made, part, floor_is) in all {
        let files: Vec<Source> = policies
            .iter()
            .map(|p| Source { path: format!("{}.{ending}", p.title), bytes: made(p) })
            .collect();
        let markup: usize =
            files.iter().map(|f| part.map_or(f.bytes.len(), |p| unzipped(&f.bytes, p).len())).sum();
        let reading = best(RUNS, || files.iter().map(|f| read(f, "a").unwrap().receipt.words).sum::<u64>());
        let floor = best(RUNS, || files.iter().map(|f| least(&f.bytes, part)).sum::<usize>());
        let speed = |d: Duration| markup as f64 / 1e6 / d.as_secs_f64();
        println!(
            "| {ending} | {:.0} | {:.0} | {:.2} | {floor_is} |",
            speed(reading),
            speed(floor),
            reading.as_secs_f64() / floor.as_secs_f64()
        );
    }
    println!();
    pages(policies, folder);
}

/// The least that can be done with a file: its XML scanned, or its words split.
fn least(bytes: &[u8], part: Option<&str>) -> usize {
    let Some(part) = part else { return tokens::split(std::str::from_utf8(bytes).unwrap()).len() };
    let xml = unzipped(bytes, part);
    let mut reader = Reader::from_str(&xml);
    let mut events = 0;
    while !matches!(reader.read_event().unwrap(), Event::Eof) {
        events += 1;
    }
    events
}

/// PDF files by the page, beside poppler's `pdftotext` where that is installed; both start a process a file.
fn pages(policies: &[Policy], folder: &Path) {
    let folder = folder.join("pdf");
    fs::create_dir_all(&folder).unwrap();
    let (mut files, mut pages) = (Vec::new(), 0);
    for policy in policies.iter().take(8) {
        let (bytes, count) = pdf(policy);
        let path = folder.join(format!("{}.pdf", policy.title));
        fs::write(&path, &bytes).unwrap();
        pages += count;
        files.push(path);
    }
    let program = |name: &str, before: &[&str], after: &[&str]| {
        let run = |file: &Path| {
            let child = Command::new(name)
                .args(before)
                .arg(file)
                .args(after)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            child.is_ok_and(|s| s.success())
        };
        let all = files.iter().all(|f| run(f));
        all.then(|| best(3, || black_box(files.iter().filter(|f| run(f)).count())))
    };
    let ours = program(env!("CARGO_BIN_EXE_common-ground"), &["read", "--quiet"], &[]);
    let theirs = program("pdftotext", &["-q"], &["-"]);
    let each = |d: Option<Duration>| {
        d.map_or_else(
            || "not measured".to_owned(),
            |d| format!("{:.2} ms", d.as_secs_f64() * 1e3 / pages as f64),
        )
    };
    println!(
        "PDF, {pages} pages: {} a page by `common-ground read`, {} by `pdftotext`",
        each(ours),
        each(theirs)
    );
    println!();
}
