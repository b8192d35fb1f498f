//! Outside processes: started with a ceiling of time and of answer, killed with all that they started.

#![allow(clippy::disallowed_methods)] // this is the file through which all processes are started

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How a process ended.
pub(crate) enum Ended {
    /// With this code (none if it was killed by the system) and this on its standard output.
    Answered(Option<i32>, Vec<u8>),
    /// It was stopped: it took too long.
    Late,
    /// It was stopped: it answered more than was asked for.
    Long,
}

/// What a process may use at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ceilings {
    /// Time that is waited for it.
    pub(crate) seconds: u64,
    /// Bytes of its answer.
    pub(crate) bytes: u64,
    /// Bytes of memory and seconds of processor time; held to on Linux alone.
    pub(crate) machine: Option<[u64; 2]>,
}

/// Runs a program: `input` goes to its standard input, its standard output comes back.
///
/// # Errors
///
/// What the system says if it could not be started.
pub(crate) fn run(
    program: &std::path::Path,
    arguments: &[std::ffi::OsString],
    input: &[u8],
    seconds: u64,
    bytes: u64,
) -> std::io::Result<Ended> {
    run_within(program, arguments, input, Ceilings { seconds, bytes, machine: None })
}

/// The same within ceilings of memory and processor time, which are set before it is given its input.
///
/// # Errors
///
/// Those of [`run`].
pub(crate) fn run_within(
    program: &std::path::Path,
    arguments: &[std::ffi::OsString],
    input: &[u8],
    ceilings: Ceilings,
) -> std::io::Result<Ended> {
    let Ceilings { seconds, bytes, machine } = ceilings;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    // A group of its own, so that what it starts is stopped with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    if let Some(machine) = machine {
        confine(&child, machine);
    }
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(std::io::Error::other("no pipes"));
    };
    let (send, receive) = mpsc::channel();
    let ended = std::thread::scope(|scope| {
        // A process that ends early breaks the pipe; what it answered says why.
        scope.spawn(move || drop(stdin.write_all(input)));
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.take(bytes + 1).read_to_end(&mut answer);
            drop(send.send(read.map(|_| answer)));
        });
        let ended = match receive.recv_timeout(Duration::from_secs(seconds)) {
            Ok(Ok(answer)) if answer.len() as u64 > bytes => Ended::Long,
            Ok(Ok(answer)) => Ended::Answered(None, answer),
            _ => Ended::Late,
        };
        if !matches!(ended, Ended::Answered(..)) {
            // Breaks the pipes too, which ends both threads.
            stop(&mut child);
        }
        ended
    });
    let status = child.wait()?;
    Ok(match ended {
        Ended::Answered(_, answer) => Ended::Answered(status.code(), answer),
        other => other,
    })
}

/// Sets the ceilings of a child. A child that has ended already needs none.
#[cfg(target_os = "linux")]
fn confine(child: &Child, [memory, processor]: [u64; 2]) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    for (what, most) in [(Resource::As, memory), (Resource::Cpu, processor), (Resource::Core, 0)] {
        let _ = prlimit(Some(pid), what, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(target_os = "linux"))]
fn confine(_child: &Child, _machine: [u64; 2]) {}

fn stop(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

/// Where a program is, by the folders in which the system looks for programs.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders).map(|f| f.join(&file)).find(|p| p.is_file())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn run_stops_what_hangs_what_floods_and_what_they_started() {
        let shell = |script: &str, seconds, bytes| {
            run(std::path::Path::new("/bin/sh"), &["-c".into(), script.into()], b"", seconds, bytes)
        };
        // The inner sleep holds the pipe open: only if it is stopped too does the call return.
        assert!(matches!(shell("sleep 300 & sleep 300", 1, 100), Ok(Ended::Late)));
        assert!(matches!(shell("while :; do echo words; done", 60, 10_000), Ok(Ended::Long)));
        assert!(matches!(shell("kill -9 $$", 60, 100), Ok(Ended::Answered(None, _))));
        assert!(matches!(
            shell("echo said; exit 3", 60, 100),
            Ok(Ended::Answered(Some(3), said)) if said == b"said\n"
        ));
    }
}
