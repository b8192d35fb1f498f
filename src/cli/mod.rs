//! The command line: arguments in, exit code out. One file a subcommand.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // the room that talks to the terminal and the clock

mod adopt;
mod changes;
mod check;
mod chosen;
mod compare;
mod curriculum;
mod decide;
mod destination;
mod draft;
mod ethos;
mod evidence;
mod explain;
mod init;
mod left;
mod pack;
mod progress;
mod read;
mod read_back;
mod record;
mod register;
mod run;
mod say;
mod set;
mod status;
mod template;
mod typeset;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Reads two partner schools' policies and shows where they do things differently.
#[derive(Debug, Parser)]
#[command(name = "common-ground", version, about, max_term_width = 100)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compare two files, two folders of policies, or a partnership's folder, and write the report
    Compare(compare::Compare),
    /// Check policies by themselves: drift from what was adopted, out-of-date references, what was left over
    Check(check::Check),
    /// Say which statutory policies each school has, and when each is due for review
    Register(register::Register),
    /// Take down what the governing bodies adopted, so that `check` can tell when a copy drifts
    Adopt(adopt::Adopt),
    /// Write a shared Word draft of each pair, its ledger, and a page about them
    Draft(draft::Draft),
    /// Put together what governors are asked to decide: register, a page for each policy and school, evidence
    Pack(pack::Pack),
    /// Gather the values and the wording that both schools share, with a worksheet for a joint session
    Ethos(ethos::Ethos),
    /// Show what each year group is taught by which school, with gaps and repeats where children change school
    Curriculum(curriculum::Curriculum),
    /// Record one decision; the next draft applies it
    Decide(decide::Decide),
    /// Record what happened to a policy: compared, drafted, consulted, approved, published; with what is next
    Record(record::Record),
    /// Say where each policy stands with each school, what is next, and what is stuck
    Status(status::StatusOf),
    /// Write a page for parents: what was agreed, in at most ten plain lines a policy, safe to publish
    Parents(status::Parents),
    /// Show what changed between two versions of one policy, with a Word file of all changes tracked
    Changes(changes::Changes),
    /// Show how files were read: outline, front matter, receipt
    Read(read::Read),
    /// Say what a kind of difference or a check means, with an example
    Explain(explain::Explain),
    /// Write a common-ground.toml to start from
    Init(init::Init),
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
struct Common {
    /// The day on which dates and references are looked at (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<jiff::civil::Date>,
    /// How many things to do at once (default: as many as the machine has cores)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Colour in the terminal
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

/// What every command that reads policies takes.
#[derive(Clone, Debug, Args)]
struct Files {
    /// Read scanned PDF pages by text recognition (needs tesseract)
    #[arg(long)]
    ocr: bool,
}

impl Files {
    /// What readers may use: this program itself as a child process, and what was asked for.
    fn settings(&self) -> crate::read::Settings {
        crate::read::Settings { child: std::env::current_exe().ok(), ocr: self.ocr, convert: true }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Common {
    /// The day that was asked for, or the machine's: the one place where the clock is read.
    fn today(&self) -> jiff::civil::Date {
        self.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }

    /// Does something with the number of threads that was asked for.
    fn with_jobs<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T> {
        if self.jobs as u64 > limits::JOBS {
            let over = Error::over("things to do at once", self.jobs as u64, limits::JOBS);
            return Err(over.hint("leave out --jobs: there are then as many as the machine has cores"));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build();
        let pool = pool.map_err(|e| {
            Error::new(ErrorKind::Io, format!("threads could not be started ({e})")).hint("try --jobs 1")
        })?;
        Ok(pool.install(work))
    }
}

/// A day as the command line takes it.
fn day(written: &str) -> std::result::Result<jiff::civil::Date, String> {
    written.parse().map_err(|_| "write the year, the month and the day as 2026-02-03".to_owned())
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// Done.
    Well,
    /// Done, and something was found that the caller asked to be told of by the exit code.
    Found,
    /// An input was bad; the others were done.
    Badly,
}

/// Runs the program with these arguments, the program's name first.
///
/// Exit code: 0 done; 1 `check` found something that gates, or `changes` or `compare --exit-code` found a difference; 2 the command or an input was wrong.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.into_iter().peekable();
    let program = arguments.next();
    if arguments.peek().is_some_and(|a| a == crate::read::CHILD) {
        return crate::read::child(arguments.nth(1));
    }
    let line = match Line::try_parse_from(program.into_iter().chain(arguments)) {
        Ok(line) => line,
        Err(error) => {
            let printed = error.print().and_then(|()| std::io::Write::flush(&mut std::io::stdout()));
            // Help and version are no errors, unless they are lost.
            return match say::written(printed) {
                Ok(()) if !error.use_stderr() => ExitCode::SUCCESS,
                Ok(()) => ExitCode::from(2),
                Err(lost) => {
                    say::plainly(&lost, false);
                    ExitCode::from(2)
                }
            };
        }
    };
    let (common, result) = match &line.command {
        Command::Compare(c) => (&c.common, c.run()),
        Command::Check(c) => (&c.common, c.run()),
        Command::Register(c) => (&c.common, c.run()),
        Command::Adopt(c) => (&c.common, c.run()),
        Command::Draft(c) => (&c.common, c.run()),
        Command::Pack(c) => (&c.common, c.run()),
        Command::Ethos(c) => (&c.evidence.common, c.run()),
        Command::Curriculum(c) => (&c.evidence.common, c.run()),
        Command::Decide(c) => (&c.common, c.run()),
        Command::Record(c) => (&c.common, c.run()),
        Command::Status(c) => (&c.common, c.run()),
        Command::Parents(c) => (&c.common, c.run()),
        Command::Changes(c) => (&c.common, c.run()),
        Command::Read(c) => (&c.common, c.run()),
        Command::Explain(c) => (&c.common, c.run()),
        Command::Init(c) => (&c.common, c.run()),
    };
    match result {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::Found) => ExitCode::from(1),
        Ok(Ended::Badly) => ExitCode::from(2),
        Err(error) => {
            say::error(&error, common);
            ExitCode::from(2)
        }
    }
}

/// Refuses a `--format` that a command does not write.
///
/// # Errors
///
/// Usage, with the formats that there are.
fn known_formats(asked: &[String], known: &[&str]) -> Result<()> {
    match asked.iter().find(|f| !known.contains(&f.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(Error::new(ErrorKind::Usage, format!("there is no format “{unknown}”"))
            .hint(format!("the formats are: {}", known.join(", ")))),
    }
}
