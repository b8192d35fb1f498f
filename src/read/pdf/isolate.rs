//! A PDF file is interpreted in a process of its own: one that hangs, grows or dies takes nothing with it.

use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::glyphs;
use super::page::Pages;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::Settings;

/// The argument that makes the program a child which interprets one file.
pub(crate) const ARGUMENT: &str = "--interpret-pdf";

/// A file's pages, by a child process if the settings name a program for it, otherwise in this one.
///
/// # Errors
///
/// Those of [`glyphs::pages`]; Limit if the child took too long or too much memory, or died.
pub(super) fn pages(bytes: &[u8], settings: &Settings) -> Result<Pages> {
    let Some(program) = &settings.child else { return glyphs::pages(bytes.to_vec()) };
    let failed = |e: std::io::Error| {
        Error::new(ErrorKind::Io, format!("the reader of PDF files could not be started ({e})"))
            .hint("run the program from where it was installed")
    };
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::new(ErrorKind::Internal, "the reader of PDF files has no pipes"));
    };
    let (send, receive) = mpsc::channel();
    let answer = std::thread::scope(|scope| {
        // A child that dies early breaks the pipe: what it answered says why.
        scope.spawn(move || drop(input.write_all(bytes)));
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(limits::PDF_ANSWER_BYTES + 1).read_to_end(&mut answer);
            drop(send.send(read.map(|_| answer)));
        });
        let answer = receive.recv_timeout(Duration::from_secs(limits::PDF_SECONDS));
        if !matches!(answer, Ok(Ok(_))) {
            // Ends both threads too: their pipes break.
            drop(child.kill());
        }
        answer
    });
    let status = match &answer {
        Ok(Ok(bytes)) if bytes.len() as u64 <= limits::PDF_ANSWER_BYTES => child.wait().ok(),
        _ => {
            drop(child.kill());
            drop(child.wait());
            None
        }
    };
    let Ok(Ok(answer)) = answer else {
        return Err(too_much(&format!("took longer than {} seconds", limits::PDF_SECONDS)));
    };
    if answer.len() as u64 > limits::PDF_ANSWER_BYTES {
        return Err(Error::over("bytes of text and lines", answer.len() as u64, limits::PDF_ANSWER_BYTES));
    }
    match status.and_then(|s| s.code()) {
        Some(0) => serde_json::from_slice(&answer)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the reader of PDF files answered oddly ({e})"))),
        Some(3) => Err(serde_json::from_slice::<Refusal>(&answer).map_or_else(|_| died(), Refusal::error)),
        _ => Err(died()),
    }
}

/// The child: the file on standard input, its pages or why not on standard output.
///
/// Where the system has them, ceilings of memory and processor time are set first.
pub(crate) fn child() -> ExitCode {
    confine();
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(limits::FILE_BYTES + 1).read_to_end(&mut bytes);
    let result = read
        .map_err(|e| Error::new(ErrorKind::Io, e.to_string()))
        .and_then(|_| std::panic::catch_unwind(|| glyphs::pages(bytes)).unwrap_or_else(|_| Err(died())));
    let (code, answer) = match result {
        Ok(pages) => (0, serde_json::to_vec(&pages)),
        Err(error) => (3, serde_json::to_vec(&Refusal::of(error))),
    };
    let written = answer.map(|a| std::io::stdout().lock().write_all(&a).is_ok());
    if matches!(written, Ok(true)) { ExitCode::from(code) } else { ExitCode::FAILURE }
}

/// Sets the ceilings of this process. Systems without them have the clock of the parent only.
#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set = |what, most| setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).is_ok();
    set(Resource::As, limits::PDF_MEMORY_BYTES);
    set(Resource::Cpu, limits::PDF_CPU_SECONDS);
    set(Resource::Core, 0);
}

#[cfg(not(unix))]
fn confine() {}

/// An error on its way from the child.
#[derive(serde::Deserialize, serde::Serialize)]
struct Refusal {
    kind: u8,
    message: String,
    hint: Option<String>,
}

/// The kinds that can be sent; their place is what is sent.
const KINDS: [ErrorKind; 4] = [ErrorKind::Input, ErrorKind::Unsupported, ErrorKind::Limit, ErrorKind::Internal];

impl Refusal {
    fn of(error: Error) -> Self {
        let kind = KINDS.iter().position(|k| *k == error.kind).unwrap_or(0) as u8;
        Self { kind, message: error.message, hint: error.hint }
    }

    fn error(self) -> Error {
        let kind = KINDS.get(usize::from(self.kind)).copied().unwrap_or(ErrorKind::Input);
        let error = Error::new(kind, self.message);
        match self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

fn too_much(what: &str) -> Error {
    Error::new(ErrorKind::Limit, format!("reading this PDF file {what}, so it was stopped"))
        .hint("open it in a PDF viewer and print it to a new PDF file, or use the Word file it was made from")
}

fn died() -> Error {
    too_much("needed too much memory or time, or met a mistake in the program")
}
