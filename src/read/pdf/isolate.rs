//! A PDF file is interpreted in a process of its own: one that hangs, grows or dies takes nothing with it.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

use super::page::Pages;
use super::{glyphs, scan};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::Settings;
use crate::read::process::{Ended, run};

/// The argument that makes the program a child which interprets one file.
pub(crate) const ARGUMENT: &str = "--interpret-pdf";

/// What is asked of the child.
#[derive(Clone, Copy)]
enum Task {
    /// All pages, as JSON.
    Pages,
    /// The picture of one page, counted from 0.
    Picture(usize),
}

/// A file's pages, by a child process if the settings name a program for it, otherwise in this one.
///
/// # Errors
///
/// Those of [`glyphs::pages`]; Limit if the child took too long or too much memory, or died.
pub(super) fn pages(bytes: &[u8], settings: &Settings) -> Result<Pages> {
    if settings.child.is_none() {
        return glyphs::pages(bytes.to_vec());
    }
    serde_json::from_slice(&ask(bytes, Task::Pages, settings)?)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the reader of PDF files answered oddly ({e})")))
}

/// The picture of one page, counted from 0, as a portable grey map.
///
/// # Errors
///
/// Those of [`scan::picture`] and of [`pages`].
pub(super) fn picture(bytes: &[u8], page: usize, settings: &Settings) -> Result<Vec<u8>> {
    if settings.child.is_none() {
        return scan::picture(bytes.to_vec(), page);
    }
    ask(bytes, Task::Picture(page), settings)
}

/// Has a child do a task.
fn ask(bytes: &[u8], task: Task, settings: &Settings) -> Result<Vec<u8>> {
    let program = settings.child.as_deref().unwrap_or_else(|| std::path::Path::new(""));
    let mut arguments: Vec<OsString> = vec![ARGUMENT.into()];
    if let Task::Picture(page) = task {
        arguments.push(page.to_string().into());
    }
    let ended =
        run(program, &arguments, bytes, limits::PDF_SECONDS, limits::PDF_ANSWER_BYTES).map_err(|e| {
            Error::new(ErrorKind::Io, format!("the reader of PDF files could not be started ({e})"))
                .hint("run the program from where it was installed")
        })?;
    match ended {
        Ended::Answered(Some(0), answer) => Ok(answer),
        Ended::Answered(Some(REFUSED), answer) => {
            Err(serde_json::from_slice::<Refusal>(&answer).map_or_else(|_| died(), Refusal::error))
        }
        Ended::Answered(..) => Err(died()),
        Ended::Late => Err(stopped(&format!("took longer than {} seconds", limits::PDF_SECONDS))),
        Ended::Long => Err(Error::over(
            "bytes of text and lines",
            limits::PDF_ANSWER_BYTES + 1,
            limits::PDF_ANSWER_BYTES,
        )),
    }
}

/// The child's exit code when its answer says why it refused.
const REFUSED: i32 = 3;

/// The child: the file on standard input, its pages or why not on standard output.
///
/// Where the system has them, ceilings of memory and processor time are set first.
pub(crate) fn child(page: Option<OsString>) -> ExitCode {
    confine();
    let task = page.and_then(|p| p.to_str()?.parse().ok()).map_or(Task::Pages, Task::Picture);
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(limits::FILE_BYTES + 1).read_to_end(&mut bytes);
    let done = |bytes: Vec<u8>| match task {
        Task::Pages => glyphs::pages(bytes)
            .and_then(|p| serde_json::to_vec(&p).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))),
        Task::Picture(page) => scan::picture(bytes, page),
    };
    let result = read
        .map_err(|e| Error::new(ErrorKind::Io, e.to_string()))
        .and_then(|_| std::panic::catch_unwind(|| done(bytes)).unwrap_or_else(|_| Err(died())));
    let (code, answer) = match result {
        Ok(answer) => (0, answer),
        Err(error) => (REFUSED, serde_json::to_vec(&Refusal::of(error)).unwrap_or_default()),
    };
    let written = std::io::stdout().lock().write_all(&answer).is_ok();
    if written { ExitCode::from(code as u8) } else { ExitCode::FAILURE }
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
const KINDS: [ErrorKind; 4] =
    [ErrorKind::Input, ErrorKind::Unsupported, ErrorKind::Limit, ErrorKind::Internal];

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

fn stopped(what: &str) -> Error {
    Error::new(ErrorKind::Limit, format!("reading this PDF file {what}, so it was stopped"))
        .hint("open it in a PDF viewer and print it to a new PDF file, or use the Word file it was made from")
}

fn died() -> Error {
    stopped("needed too much memory or time, or met a mistake in the program")
}
