//! What is said on the terminal: everything for people goes to standard error, results to standard output.

use std::io::{IsTerminal, Write};

use crate::error::{Error, ErrorKind, Result};
use crate::report::escape::terminal;

use super::{Colour, Common};

/// Says what went wrong and what to do about it.
pub(super) fn error(error: &Error, common: &Common) {
    plainly(error, coloured(common.color));
}

/// The same without a command line that was understood.
pub(super) fn plainly(error: &Error, coloured: bool) {
    let strong = |text: &str| if coloured { format!("\u{1b}[1;31m{text}\u{1b}[0m") } else { text.to_owned() };
    line(&format!("{} {}", strong("error:"), terminal(&error.to_string())));
    if let Some(hint) = &error.hint {
        line(&format!("  hint: {}", terminal(hint)));
    }
}

/// Says something unless `--quiet`.
pub(super) fn note(text: &str, common: &Common) {
    if !common.quiet {
        line(text);
    }
}

/// What was done, one line each.
pub(super) fn notes<T: AsRef<str>>(lines: &[T], common: &Common) {
    lines.iter().for_each(|l| note(&terminal(l.as_ref()), common));
}

/// One line on standard error. If nobody reads it any more, that is no error.
fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Results on standard output.
pub(super) fn out(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    written(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// What became of writing to standard output: a reader that has gone away is no error, a full disk is one.
///
/// # Errors
///
/// Io if it could not be written.
pub(super) fn written(result: std::io::Result<()>) -> Result<()> {
    match result {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            let lost = Error::new(ErrorKind::Io, format!("standard output could not be written ({e})"));
            Err(lost.hint("make room where it is sent, or name a folder with --out"))
        }
        _ => Ok(()),
    }
}

fn coloured(when: Colour) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}
