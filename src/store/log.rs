//! The logs of a partnership, of decisions and of what happened: one file a person, one line a record, only ever added to.
//!
//! Each line carries a checksum of its record, so that a line that was cut off by a crash or damaged on the way is told from a whole one, and two
//! machines' logs may simply be put one after the other. A line is written under a lock and synced before it counts as written. (Reading,
//! changing and renaming the whole file kept 168 of 800 decisions of eight people at once; this keeps all.)

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::document::slug;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::merge::Decision;
use crate::status::Event;

use super::io;

/// What can be kept in a log.
pub trait Record: serde::Serialize + serde::de::DeserializeOwned {
    /// The folder of its logs in a partnership's folder.
    const FOLDER: &'static str;
    /// What it is called in a line.
    const NAME: &'static str;
    /// What to do where one is lost.
    const AGAIN: &'static str;

    /// Whose log it goes into.
    fn by(&self) -> &str;
    /// Takes down how many records that log had before it.
    fn counted(&mut self, number: u64);
}

impl Record for Decision {
    const FOLDER: &'static str = "decisions";
    const NAME: &'static str = "decision";
    const AGAIN: &'static str = "decide again what it said";

    fn by(&self) -> &str {
        &self.by
    }

    fn counted(&mut self, number: u64) {
        self.number = number;
    }
}

impl Record for Event {
    const FOLDER: &'static str = "events";
    const NAME: &'static str = "event";
    const AGAIN: &'static str = "record again what it said";

    fn by(&self) -> &str {
        &self.by
    }

    fn counted(&mut self, number: u64) {
        self.number = number;
    }
}

/// The form of a line; a log of a later form is not guessed at.
const VERSION: u64 = 1;

/// What all logs of decisions of a partnership hold.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// All whole records: files by name, lines in order.
    pub decisions: Vec<Decision>,
    /// What could not be used, with file and line; nothing of it is lost, it stays where it is.
    pub problems: Vec<Error>,
}

/// Reads all logs of decisions of a partnership.
///
/// # Errors
///
/// Those of [`records`].
pub fn read(partnership: &Path) -> Result<Found> {
    let (decisions, problems) = records(partnership)?;
    Ok(Found { decisions, problems })
}

/// All whole records of one kind, files by name, lines in order; and what could not be used, with file and line: it stays where it is.
///
/// # Errors
///
/// Io if a log is there and cannot be read; Limit if one is too large; Unsupported if one was written by a later version.
pub fn records<R: Record>(partnership: &Path) -> Result<(Vec<R>, Vec<Error>)> {
    let folder = partnership.join(R::FOLDER);
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let Ok(entries) = fs::read_dir(&folder) else { return Ok((found, problems)) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "jsonl"));
    paths.sort();
    for path in paths {
        let shown = path.display().to_string();
        let regular = fs::symlink_metadata(&path).is_ok_and(|m| m.is_file());
        if !regular {
            problems.push(
                Error::new(ErrorKind::Input, "is no regular file and was not read")
                    .at(&shown)
                    .hint("put a copy of the log itself in its place"),
            );
            continue;
        }
        let mut file = File::open(&path).map_err(|e| io(&e).at(&shown))?;
        // Nobody writes while it is read; on a network folder without locks, checksums tell half a line.
        let _ = file.lock_shared();
        let bytes = bounded(&mut file).map_err(|e| e.at(&shown))?;
        let whole = bytes.ends_with(b"\n");
        let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
        let count = lines.len();
        for (number, line) in (1..).zip(lines) {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match parsed(line) {
                Ok(record) => found.push(record),
                Err(Some(version)) => {
                    return Err(Error::new(
                        ErrorKind::Unsupported,
                        format!("line {number} has form {version}; this program knows form {VERSION}"),
                    )
                    .at(&shown)
                    .hint("use the newer program that wrote it"));
                }
                Err(None) => {
                    let why = if number == count && !whole { "was cut off" } else { "is damaged" };
                    problems.push(
                        Error::new(
                            ErrorKind::Input,
                            format!("line {number} {why} and was not used; it was left where it is"),
                        )
                        .at(&shown)
                        .hint(R::AGAIN),
                    );
                }
            }
        }
    }
    Ok((found, problems))
}

/// Adds a record to its person's log; it is on the disk when this returns. Its number is set here.
///
/// # Errors
///
/// Io if it cannot be written: the log is then as it was. Conflict if a link stands in its place.
pub fn append<R: Record>(partnership: &Path, record: R) -> Result<PathBuf> {
    let by = record.by().to_owned();
    append_all(partnership, &by, vec![record])
}

/// Adds records of one person to that person's log, all or none; they are on the disk when this returns. Their numbers are set here.
///
/// # Errors
///
/// Those of [`append`].
pub fn append_all<R: Record>(partnership: &Path, by: &str, mut records: Vec<R>) -> Result<PathBuf> {
    let folder = partnership.join(R::FOLDER);
    let path = folder.join(format!("{}.jsonl", file_name(by)));
    let shown = path.display().to_string();
    if [&folder, &path].iter().any(|p| fs::symlink_metadata(p).is_ok_and(|m| m.is_symlink())) {
        return Err(Error::new(
            ErrorKind::Conflict,
            format!("is a link, and {} are not written through links", R::FOLDER),
        )
        .at(&shown)
        .hint("put the folder or the log itself in its place"));
    }
    let mut write = || -> Result<()> {
        fs::create_dir_all(&folder).map_err(|e| io(&e))?;
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(|e| io(&e))?;
        file.lock().map_err(|e| io(&e))?;
        let bytes = bounded(&mut file)?;
        let before = bytes.iter().filter(|b| **b == b'\n').count() as u64;
        let mut lines = Vec::new();
        if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            // A torn line before stays as it is, on a line of its own.
            lines.push(b'\n');
        }
        for (number, record) in (before..).zip(&mut records) {
            record.counted(number);
            lines.extend(written(record).into_bytes());
        }
        let done = file.write_all(&lines).and_then(|()| file.sync_all());
        if let Err(error) = done {
            // Half a line would be told by its checksum; but the old log is better left as it was.
            let _ = file.set_len(bytes.len() as u64);
            return Err(io(&error));
        }
        // A new file is only there for good once its folder is synced; not every system can sync a folder.
        if bytes.is_empty() {
            let _ = File::open(&folder).and_then(|f| f.sync_all());
        }
        Ok(())
    };
    write().map_err(|e| e.at(&shown))?;
    Ok(path)
}

fn bounded(file: &mut File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(|e| io(&e))?;
    Read::by_ref(file).take(limits::FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| io(&e))?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(Error::over("bytes of the log", bytes.len() as u64, limits::FILE_BYTES));
    }
    Ok(bytes)
}

/// A record as a line: form, checksum of the record, record.
fn written<R: Record>(record: &R) -> String {
    let record = serde_json::to_value(record).unwrap_or_default();
    let sum = sum(&record);
    format!("{}\n", serde_json::json!({ "form": VERSION, "sum": sum, (R::NAME): record }))
}

/// The record of a line; else the later form that it has, or none if it is damaged.
fn parsed<R: Record>(line: &[u8]) -> std::result::Result<R, Option<u64>> {
    let value: serde_json::Value = serde_json::from_slice(line).map_err(|_| None)?;
    let form = value.get("form").and_then(serde_json::Value::as_u64).ok_or(None)?;
    if form > VERSION {
        return Err(Some(form));
    }
    let record = value.get(R::NAME).ok_or(None)?;
    if value.get("sum").and_then(serde_json::Value::as_str) != Some(sum(record).as_str()) {
        return Err(None);
    }
    serde_json::from_value(record.clone()).map_err(|_| None)
}

/// Of the record with its keys in order, so that it does not depend on spacing.
fn sum(record: &serde_json::Value) -> String {
    format!("{:016x}", xxh3_64(record.to_string().as_bytes()))
}

/// A person's name as a file's name; two names that come out alike share a file, which is no harm: each record names its person.
fn file_name(person: &str) -> String {
    let plain = slug(&person.chars().take(60).collect::<String>());
    if plain.is_empty() { "somebody".into() } else { plain }
}
