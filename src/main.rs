//! The command-line program: arguments in, exit code out. Everything else is the library's.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    common_ground::cli::run(std::env::args_os())
}
