//! The program that sets PDF files: a paper in, a PDF file out, within ceilings of time, memory and size.

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::process;

/// Its name, beside this program or where the system looks for programs.
const TYPESETTER: &str = "common-ground-pdf";
/// That it is not there.
pub(super) const NO_TYPESETTER: &str = "the program common-ground-pdf is not beside this one";
/// What to do about that.
pub(super) const TO_GET_IT: &str = "build it with `cargo build --release -p common-ground-pdf`";

/// What to do about too much.
const SMALLER: &str =
    "choose policies with --topic, one school's pages with --school, or fewer annexes with --pages";

/// A paper set as a PDF file; none if the program that does it is not there.
///
/// # Errors
///
/// Limit if it took more time or memory than it may, or made too much; Internal if it could not set the paper.
pub(super) fn pdf(sheet: &[u8]) -> Result<Option<Vec<u8>>> {
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
