//! Where results go: the folder of `--out`, or standard output for "-".

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::store::Folder;

/// What "-" names.
const STDOUT: &str = "-";

/// Opens the folder that was named by a command whose files go nowhere else.
///
/// # Errors
///
/// Usage for "-"; those of [`Folder::open`].
pub(super) fn folder(out: &Path, sources: &[PathBuf]) -> Result<Folder> {
    if out.as_os_str() == STDOUT {
        let refused = Error::new(ErrorKind::Usage, "these files cannot go to standard output");
        return Err(refused.hint("name a folder with --out"));
    }
    Folder::open(out, sources)
}

/// The same of a command of whose files one may go to standard output, in one of the formats `may`; none if it does.
///
/// # Errors
///
/// Usage for "-" with anything but one of those formats; those of [`Folder::open`].
pub(super) fn folder_or_stdout(
    out: &Path,
    asked: &[String],
    may: &[&str],
    sources: &[PathBuf],
) -> Result<Option<Folder>> {
    if out.as_os_str() != STDOUT {
        return folder(out, sources).map(Some);
    }
    match asked {
        [one] if may.contains(&one.as_str()) => Ok(None),
        _ => {
            let refused = Error::new(ErrorKind::Usage, "only one file can go to standard output");
            Err(refused.hint(format!("add one --format ({}), or name a folder with --out", may.join(", "))))
        }
    }
}
