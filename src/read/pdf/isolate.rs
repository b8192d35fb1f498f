//! A PDF file is interpreted in a process of its own: one that hangs, grows or dies takes nothing with it.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::ExitCode;

use super::page::Piece;
use super::{Answer, interpret, scan};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::Settings;
use crate::read::process::{Ended, run};

/// The argument that makes the program a child which interprets one file.
pub(crate) const ARGUMENT: &str = "--interpret-pdf";

/// What is asked of the child.
#[derive(Clone, Copy)]
enum Task {
    /// The whole file's text, as JSON.
    Read,
    /// The picture of one page, counted from 0.
    Picture(usize),
}

/// What a file says, by a child process if the settings name a program for it, otherwise in this one.
///
/// # Errors
///
/// Those of [`interpret`]; Limit if the child took too long or too much memory, or died.
pub(super) fn answer(
    bytes: &[u8],
    recognised: &[(usize, Vec<Piece>)],
    settings: &Settings,
) -> Result<Answer> {
    if settings.child.is_none() {
        return interpret(bytes.to_vec(), recognised.to_vec());
    }
    serde_json::from_slice(&ask(bytes, recognised, Task::Read, settings)?)
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the reader of PDF files answered oddly ({e})")))
}

/// The picture of one page, counted from 0, as a portable grey map.
///
/// # Errors
///
/// Those of [`scan::picture`] and of [`answer`].
pub(super) fn picture(bytes: &[u8], page: usize, settings: &Settings) -> Result<Vec<u8>> {
    if settings.child.is_none() {
        return scan::picture(bytes.to_vec(), page);
    }
    ask(bytes, &[], Task::Picture(page), settings)
}

/// Has a child do a task. Its input: the length of the recognised pages' JSON in eight bytes, these, and the file.
fn ask(bytes: &[u8], recognised: &[(usize, Vec<Piece>)], task: Task, settings: &Settings) -> Result<Vec<u8>> {
    let pages = serde_json::to_vec(recognised).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))?;
    let mut input = (pages.len() as u64).to_le_bytes().to_vec();
    input.extend_from_slice(&pages);
    input.extend_from_slice(bytes);
    let program = settings.child.as_deref().unwrap_or_else(|| std::path::Path::new(""));
    let mut arguments: Vec<OsString> = vec![ARGUMENT.into()];
    if let Task::Picture(page) = task {
        arguments.push(page.to_string().into());
    }
    let ended =
        run(program, &arguments, &input, limits::PDF_SECONDS, limits::PDF_ANSWER_BYTES).map_err(|e| {
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
    let task = page.and_then(|p| p.to_str()?.parse().ok()).map_or(Task::Read, Task::Picture);
    let result = std::panic::catch_unwind(|| work(task)).unwrap_or_else(|_| Err(died()));
    let (code, answer) = match result {
        Ok(answer) => (0, answer),
        Err(error) => (REFUSED, serde_json::to_vec(&Refusal::of(error)).unwrap_or_default()),
    };
    let written = std::io::stdout().lock().write_all(&answer).is_ok();
    if written { ExitCode::from(code as u8) } else { ExitCode::FAILURE }
}

fn work(task: Task) -> Result<Vec<u8>> {
    let io = |e: std::io::Error| Error::new(ErrorKind::Io, e.to_string());
    let mut input = std::io::stdin().lock();
    let mut length = [0; 8];
    input.read_exact(&mut length).map_err(io)?;
    let mut pages = Vec::new();
    input.by_ref().take(u64::from_le_bytes(length)).read_to_end(&mut pages).map_err(io)?;
    let mut bytes = Vec::new();
    input.take(limits::FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    let odd = |e: serde_json::Error| Error::new(ErrorKind::Internal, e.to_string());
    match task {
        Task::Read => {
            let pages = serde_json::from_slice(&pages).map_err(odd)?;
            serde_json::to_vec(&interpret(bytes, pages)?).map_err(odd)
        }
        Task::Picture(page) => scan::picture(bytes, page),
    }
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
