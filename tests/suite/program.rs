//! The program as the suite starts it: arguments in, exit code and words out.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program that was built.
pub fn program() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("common-ground"))
}

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in a folder.
pub fn run(arguments: &[&str], folder: &Path) -> Ran {
    ran(&program().current_dir(folder).args(arguments).output().unwrap())
}

/// How it ended, with what it said as text.
pub fn ran(output: &Output) -> Ran {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran {
        code: output.status.code().expect("the program was not killed"),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// Runs the program by a shell that sets limits first.
#[cfg(unix)]
pub fn under(limits: &str, folder: &Path, arguments: &[&str]) -> Output {
    Command::new("/bin/sh")
        .current_dir(folder)
        .arg("-c")
        .arg(format!("{limits}; exec \"$0\" \"$@\""))
        .arg(assert_cmd::cargo::cargo_bin("common-ground"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// A copy of the sample partnership, to play with.
pub fn copied() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().map(|e| e.unwrap()) {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let home = tempfile::tempdir().unwrap();
    copy(Path::new("policies"), home.path());
    home
}
