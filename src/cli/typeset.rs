//! Papers in the formats that were asked for: pages in, files out; PDF by the program that sets it.

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::process;
use crate::report::Page;
use crate::store::Folder;

/// The program that sets PDF files, beside this one or where the system looks for programs.
const TYPESETTER: &str = "common-ground-pdf";
/// Why there is no PDF file.
const NO_TYPESETTER: &str = "the program common-ground-pdf is not beside this one";
/// What to do about it.
const TO_GET_IT: &str = "build it with `cargo build --release -p common-ground-pdf`";

/// What to do about too much.
const SMALLER: &str =
    "choose policies with --topic, one school's pages with --school, or fewer annexes with --pages";

/// A paper set as a PDF file; none if the program that does it is not there.
///
/// # Errors
///
/// Limit if it took more time or memory than it may, or made too much; Internal if it could not set the paper.
fn pdf(sheet: &[u8]) -> Result<Option<Vec<u8>>> {
    let name = format!("{TYPESETTER}{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().map(|p| p.with_file_name(name)).filter(|p| p.is_file());
    let Some(program) = beside.or_else(|| process::find(TYPESETTER)) else { return Ok(None) };
    let shown = program.display().to_string();
    let ceilings = process::Ceilings {
        seconds: limits::CONVERT_SECONDS,
        bytes: limits::PDF_ANSWER_BYTES,
        machine: Some([limits::TYPESET_MEMORY_BYTES, limits::TYPESET_CPU_SECONDS]),
    };
    let failed = |kind, why: String| Error::new(kind, why).at(&shown);
    let smaller = |why: String| failed(ErrorKind::Limit, format!("{why}, so it was stopped")).hint(SMALLER);
    let ended = process::run_within(&program, &[], sheet, ceilings);
    match ended.map_err(|e| failed(ErrorKind::Io, format!("could not be started ({e})")))? {
        process::Ended::Answered(Some(0), bytes) if bytes.starts_with(b"%PDF") => Ok(Some(bytes)),
        // The system ended it: it asked for more than it may have.
        process::Ended::Answered(None, _) => Err(smaller(format!(
            "needed more than {} MB of memory or {} seconds of processor time",
            limits::TYPESET_MEMORY_BYTES / (1024 * 1024),
            limits::TYPESET_CPU_SECONDS
        ))),
        process::Ended::Answered(..) => Err(failed(ErrorKind::Internal, "could not set the pages".into())),
        process::Ended::Late => Err(smaller(format!("took more than {} seconds", limits::CONVERT_SECONDS))),
        process::Ended::Long => Err(smaller(format!("made more than {} bytes", limits::PDF_ANSWER_BYTES))),
    }
}

/// Writes pages in the formats that were asked for, or in all, and says in words what was written. `files` makes those of one format;
/// `sheet` is the name of the PDF file and what it is set from.
///
/// # Errors
///
/// Unsupported if PDF was asked for by name and the program is not there; those of writing.
pub(super) fn written(
    asked: &[String],
    all: &[&str],
    folder: &Folder,
    files: impl Fn(&str) -> Vec<Page>,
    sheet: (&str, impl Fn() -> Vec<u8>),
) -> Result<Vec<String>> {
    let wanted: Vec<&str> =
        if asked.is_empty() { all.to_vec() } else { asked.iter().map(String::as_str).collect() };
    let mut lines = Vec::new();
    for format in wanted {
        let pages = match format {
            "pdf" => match pdf(&sheet.1())? {
                Some(bytes) => vec![Page { path: format!("{}.pdf", sheet.0), bytes }],
                None if asked.is_empty() => {
                    lines.push(format!("No PDF file: {NO_TYPESETTER}; {TO_GET_IT}."));
                    Vec::new()
                }
                None => return Err(Error::new(ErrorKind::Unsupported, NO_TYPESETTER).hint(TO_GET_IT)),
            },
            other => files(other),
        };
        for page in pages {
            let path = folder.replace(&page.path, &page.bytes)?;
            lines.push(format!("Written: {}", path.display()));
        }
    }
    Ok(lines)
}
