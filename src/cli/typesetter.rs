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
    let ended = process::run(&program, &[], sheet, limits::CONVERT_SECONDS, limits::PDF_ANSWER_BYTES);
    let failed = |why: String| Error::new(ErrorKind::Internal, why).at(&shown);
    match ended.map_err(|e| Error::new(ErrorKind::Io, format!("could not be started ({e})")).at(&shown))? {
        process::Ended::Answered(Some(0), bytes) if bytes.starts_with(b"%PDF") => Ok(Some(bytes)),
        process::Ended::Answered(..) => Err(failed("could not set the pack".into())),
        process::Ended::Late => Err(failed(format!("took more than {} seconds", limits::CONVERT_SECONDS))),
        process::Ended::Long => Err(failed(format!("made more than {} bytes", limits::PDF_ANSWER_BYTES))),
    }
}
