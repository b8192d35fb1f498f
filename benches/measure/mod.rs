//! What the benchmarks share: the floor that every figure stands beside, the shortest of several runs, the memory of a process.

use std::fs;
use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use common_ground::document::tokens;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The shortest of several runs.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..runs).map(time).min().unwrap()
}

/// The most memory a process has held, in MB; 0 where the system does not say.
pub fn high_water(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// The least that can be done with a Word file: its words, counted.
pub fn least(path: &Path) -> usize {
    let xml = unzipped(&fs::read(path).unwrap(), "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let (mut text, mut words, mut inside) = (String::new(), 0, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) if e.name().as_ref() == "w:t" => inside = true,
            Event::Text(t) if inside => text.push_str(&t.into_inner()),
            Event::End(e) if e.name().as_ref() == "w:t" => inside = false,
            Event::End(e) if e.name().as_ref() == "w:p" => {
                words += tokens::split(&text).len();
                text.clear();
            }
            Event::Eof => return words,
            _ => {}
        }
    }
}

/// A part of a package as text.
pub fn unzipped(bytes: &[u8], part: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    zip.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    xml
}
