//! The only place that opens input files: folders are listed, regular files are read up to the ceiling.

#![allow(clippy::disallowed_methods)] // this is the file through which all input is opened

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// One input file, wholly in memory.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the folder the user named, forward slashes; see [`crate::document::Document::path`].
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Source {
    /// The lower-case ending of the file name without the point; empty if there is none.
    pub fn ending(&self) -> String {
        ending(&self.path)
    }

    /// Reads a file into memory; `shown` becomes [`Source::path`].
    ///
    /// # Errors
    ///
    /// Io if it is not there or cannot be opened, Input if it is no regular file, Limit if it is too large; the path is the
    /// one given, and nothing was changed.
    pub fn open(path: &Path, shown: &str) -> Result<Self> {
        open(path, shown).map_err(|e| e.at(path.display().to_string()))
    }
}

fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_lowercase())
}

fn open(path: &Path, shown: &str) -> Result<Source> {
    // Looked at before it is opened, because opening a pipe waits; and again after, because it may have been swapped.
    let before = fs::metadata(path).map_err(|e| io(&e))?;
    if !before.is_file() {
        return Err(not_regular(before.is_dir()));
    }
    let file = File::open(path).map_err(|e| io(&e))?;
    let now = file.metadata().map_err(|e| io(&e))?;
    if !now.is_file() {
        return Err(not_regular(false));
    }
    if now.len() > limits::FILE_BYTES {
        return Err(Error::over("bytes in this file", now.len(), limits::FILE_BYTES));
    }
    let bytes = steady(&file, &file)?;
    Ok(Source { path: shown.to_owned(), bytes })
}

/// All bytes of a file, read through `reader`, if it is the same file at the end as at the beginning: half of an old text and half of a new
/// one is neither. The bytes are held against the file's once more, because length and time need not tell: a copy keeps the time of its original,
/// and clocks of network folders tick in seconds.
fn steady(reader: impl Read, file: &File) -> Result<Vec<u8>> {
    let state = || file.metadata().and_then(|m| Ok((m.len(), m.modified()?))).map_err(|e| io(&e));
    let before = state()?;
    let mut bytes = Vec::new();
    reader.take(limits::FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| io(&e))?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(Error::over("bytes in this file", bytes.len() as u64, limits::FILE_BYTES));
    }
    let same = same_again(file, &bytes).map_err(|e| io(&e))?;
    if !same || state()? != before || bytes.len() as u64 != before.0 {
        return Err(Error::new(ErrorKind::Io, "changed while it was read")
            .hint("wait until it is saved, and run again"));
    }
    Ok(bytes)
}

/// Whether a file holds these bytes and no others.
fn same_again(mut file: &File, mut bytes: &[u8]) -> std::io::Result<bool> {
    file.rewind()?;
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    loop {
        let found = reader.fill_buf()?;
        let Some(rest) = bytes.strip_prefix(found) else { return Ok(false) };
        if found.is_empty() {
            return Ok(rest.is_empty());
        }
        let count = found.len();
        bytes = rest;
        reader.consume(count);
    }
}

fn not_regular(folder: bool) -> Error {
    if folder {
        Error::new(ErrorKind::Usage, "is a folder, not a file").hint("name the files in it")
    } else {
        Error::new(ErrorKind::Input, "is not a regular file").hint("copy its content into a file of its own")
    }
}

fn io(error: &std::io::Error) -> Error {
    let (message, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => ("there is no such file or folder", "check the spelling of the path"),
        std::io::ErrorKind::PermissionDenied => {
            ("may not be opened", "ask for permission to read it, or copy it")
        }
        _ => ("could not be read", "check that the disk or the network folder is there"),
    };
    Error::new(ErrorKind::Io, format!("{message} ({error})")).hint(hint)
}

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files to read: where each is, and its path relative to the folder with forward slashes; in order of that path.
    pub files: Vec<(PathBuf, String)>,
    /// What is in the folder but cannot be listed.
    pub problems: Vec<Error>,
}

/// Endings of files that lie in policy folders and are never policies.
const NOT_POLICIES: [&str; 24] = [
    "toml", "json", "jsonl", "csv", "xlsx", "xls", "png", "jpg", "jpeg", "gif", "svg", "webp", "zip", "ics",
    "css", "js", "ini", "lnk", "db", "tmp", "bak", "yml", "yaml", "lock",
];

/// What to do about a link that is not followed.
const COPY_IT: &str = "put a copy of the file itself into the folder";

/// Lists the files of a folder and the folders in it that may be policies.
///
/// Left out: hidden files, Word's owner files (`~$…`), a `README` at the top, pictures, spreadsheets and settings, and
/// links that lead out of the folder.
///
/// # Errors
///
/// Io if the folder is not there or cannot be opened; Limit if it holds too many files.
pub fn list(folder: &Path) -> Result<Listing> {
    let shown = folder.display().to_string();
    let root = fs::canonicalize(folder).map_err(|e| io(&e).at(&shown))?;
    if !root.is_dir() {
        return Err(Error::new(ErrorKind::Usage, "is a file, not a folder")
            .at(&shown)
            .hint("name the folder that it lies in"));
    }
    let mut listing = Listing::default();
    let mut open: Vec<(PathBuf, String, u64)> = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((path, relative, depth)) = open.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(e) if depth == 0 => return Err(io(&e).at(&shown)),
            Err(e) => {
                listing.problems.push(io(&e).at(path.display().to_string()));
                continue;
            }
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let place = if relative.is_empty() { name.clone() } else { format!("{relative}/{name}") };
            if name.starts_with('.') || name.starts_with("~$") {
                continue;
            }
            let full = || entry.path().display().to_string();
            let inside = fs::canonicalize(entry.path());
            let inside = match inside {
                Ok(real) if real.starts_with(&root) => real,
                Ok(_) => {
                    let e = Error::new(
                        ErrorKind::Input,
                        "is a link that leads out of the folder, so it was not followed",
                    );
                    listing.problems.push(e.at(full()).hint(COPY_IT));
                    continue;
                }
                Err(_) if entry.path().is_symlink() => {
                    let e = Error::new(ErrorKind::Input, "is a link that leads nowhere");
                    listing.problems.push(e.at(full()).hint(COPY_IT));
                    continue;
                }
                Err(e) => {
                    listing.problems.push(io(&e).at(full()));
                    continue;
                }
            };
            if inside.is_dir() {
                if depth + 1 > limits::FOLDER_DEPTH {
                    let e = Error::over("folders inside folders", depth + 1, limits::FOLDER_DEPTH);
                    listing
                        .problems
                        .push(e.at(full()).hint("put the policies into fewer folders inside each other"));
                } else if entry.path().is_symlink() {
                    // A linked folder is met again where it really lies.
                } else {
                    open.push((entry.path(), place, depth + 1));
                }
                continue;
            }
            let readme = depth == 0 && name.to_lowercase().starts_with("readme");
            if readme || NOT_POLICIES.contains(&ending(&name).as_str()) {
                continue;
            }
            listing.files.push((entry.path(), place));
            if listing.files.len() as u64 > limits::DOCUMENTS {
                let e = Error::over("files in this folder", listing.files.len() as u64, limits::DOCUMENTS);
                return Err(e.at(&shown).hint("name a folder that holds only policies"));
            }
        }
    }
    listing.files.sort_by(|x, y| x.1.cmp(&y.1));
    listing.problems.sort_by(|x, y| x.path.cmp(&y.path));
    Ok(listing)
}

/// The files of a folder with this ending, in order of name; hidden ones and folders in it left out.
///
/// # Errors
///
/// Io if the folder cannot be opened; Limit if it holds too many files.
pub fn tables(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let shown = folder.display().to_string();
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| io(&e).at(&shown))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && self::ending(&name) == ending && entry.path().is_file() {
            out.push(entry.path());
        }
        if out.len() as u64 > limits::DOCUMENTS {
            return Err(Error::over("files in this folder", out.len() as u64, limits::DOCUMENTS).at(&shown));
        }
    }
    out.sort();
    Ok(out)
}

/// Reads a small settings file as text.
///
/// # Errors
///
/// As [`Source::open`], and Input if it is not UTF-8.
pub fn settings(path: &Path) -> Result<String> {
    let source = Source::open(path, "")?;
    String::from_utf8(source.bytes).map_err(|_| {
        Error::new(ErrorKind::Input, "is not UTF-8 text")
            .at(path.display().to_string())
            .hint("save it as UTF-8")
    })
}

/// Reads the file of a logo; one that is a link is refused, because it may lead anywhere.
///
/// # Errors
///
/// As [`Source::open`], and Input if it is a link.
pub fn logo(path: &Path) -> Result<Vec<u8>> {
    if fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink()) {
        return Err(Error::new(ErrorKind::Input, "is a link and was not followed")
            .at(path.display().to_string())
            .hint("copy the picture itself into the partnership's folder"));
    }
    Ok(Source::open(path, "")?.bytes)
}

/// Reads a file of plain text in any character set: the text, and how it was decoded if that is worth a remark.
///
/// # Errors
///
/// As [`Source::open`], and Input or Limit if it is no text or too long.
pub fn plain(path: &Path) -> Result<(String, Vec<String>)> {
    let source = Source::open(path, "")?;
    let decoded = super::decode::decode(&source.bytes, None).map_err(|e| e.at(path.display().to_string()))?;
    Ok((decoded.text, decoded.notices))
}

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A folder.
    Folder,
    /// Anything else that is there.
    File,
    /// Nothing.
    Nothing,
}

/// Looks what a path names, links followed.
pub fn named(path: &Path) -> Named {
    match fs::metadata(path) {
        Ok(m) if m.is_dir() => Named::Folder,
        Ok(_) => Named::File,
        Err(_) => Named::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody saves the file after the first bytes were read.
    struct Saved<'f> {
        file: &'f File,
        path: &'f Path,
        text: &'f str,
        /// How much later the file says it was saved, in seconds.
        later: u64,
        done: bool,
    }

    impl Read for Saved<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let few = into.len().min(4);
            let count = self.file.read(into.get_mut(..few).unwrap_or_default())?;
            if !std::mem::replace(&mut self.done, true) {
                let before = self.file.metadata()?.modified()?;
                fs::write(self.path, self.text)?;
                let later = before + std::time::Duration::from_secs(self.later);
                File::options().write(true).open(self.path)?.set_modified(later)?;
            }
            Ok(count)
        }
    }

    #[test]
    fn source_file_that_changes_while_it_is_read_is_refused() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("policy.md");
        let texts = [
            "Papers are kept for 9 weeks.",
            "Short.",
            "Things are kept for 4 weeks, and then they are sold.",
        ];
        for (text, later) in texts.into_iter().flat_map(|text| [(text, 2), (text, 0)]) {
            fs::write(&path, "Things are kept for 4 weeks.")?;
            let file = File::open(&path)?;
            let read = steady(Saved { file: &file, path: &path, text, later, done: false }, &file);
            assert!(read.is_err_and(|e| e.message.contains("changed while it was read")), "{text} {later}");
        }
        fs::write(&path, "As it was.")?;
        let file = File::open(&path)?;
        assert!(steady(&file, &file).is_ok_and(|bytes| bytes == b"As it was."));
        Ok(())
    }
}
