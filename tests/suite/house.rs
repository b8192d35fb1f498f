//! The house: one direction between rooms, one door a room, short files that say what they do, and nothing in them that does not belong.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in order; a room uses only rooms before it.
const ROOMS: [&str; 17] = [
    "error",
    "limits",
    "knowledge",
    "document",
    "read",
    "pair",
    "align",
    "compare",
    "check",
    "merge",
    "feedback",
    "ethos",
    "curriculum",
    "redline",
    "status",
    "report",
    "store",
];

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).unwrap();
                out.push((path, text));
            }
        }
    }
    assert!(!out.is_empty());
    out.sort();
    out
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn house_rooms_use_only_rooms_before_them() {
    for (path, text) in files("src", "rs") {
        let mine = room(&path);
        let Some(at) = ROOMS.iter().position(|r| *r == mine) else {
            assert!(
                ["lib", "main", "cli"].contains(&mine.as_str()),
                "{mine} is a room without a place in the order"
            );
            continue;
        };
        let code: String =
            text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(other) = ROOMS.iter().position(|r| *r == used) else {
                assert_ne!(used, "cli", "{} uses the command line", path.display());
                continue;
            };
            // Documents are made of tokens that knowledge is looked up by: the two serve all rooms, each other too.
            let serves = ["knowledge", "document"].contains(&used.as_str())
                && ["knowledge", "document"].contains(&mine.as_str());
            assert!(other <= at || serves, "{} goes back to {used}", path.display());
        }
    }
}

#[test]
fn house_files_say_what_they_do_and_are_short() {
    for (path, text) in files("src", "rs").into_iter().chain(files("tests/suite", "rs")) {
        assert!(text.starts_with("//!"), "{} does not say what it does", path.display());
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
        assert!(!text.contains("todo!(") || path.ends_with("house.rs"), "{}", path.display());
    }
    for banned in ["utils", "helpers", "common", "misc", "manager"] {
        assert!(
            files("src", "rs").iter().all(|(p, _)| p.file_stem().unwrap() != banned),
            "{banned} says nothing"
        );
    }
}

#[test]
fn house_readers_never_index_or_unwrap() {
    for (path, text) in files("src/read", "rs") {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for bad in [".unwrap()", ".expect(", "panic!(", "unreachable!("] {
                assert!(!code.contains(bad), "{}:{}: {bad}", path.display(), number + 1);
            }
            // A name or a closing bracket right before "[" indexes; types, attributes and macros have something else before it.
            let mut before = ' ';
            for c in code.chars() {
                let indexes =
                    c == '[' && (before.is_alphanumeric() || before == ')' || before == ']' || before == '_');
                assert!(!indexes, "{}:{}: indexes: {}", path.display(), number + 1, line.trim());
                before = c;
            }
        }
    }
}

#[test]
fn house_every_limit_is_tested_by_name() {
    let suite: String = files("tests/suite", "rs").iter().map(|(_, text)| text.as_str()).collect();
    for line in fs::read_to_string("src/limits.rs").unwrap().lines() {
        let Some(name) = line.strip_prefix("pub const ").and_then(|l| l.split(':').next()) else { continue };
        assert!(suite.contains(&format!("limits::{name}")), "no test names limits::{name}");
    }
}

#[test]
fn house_dependencies_are_few_and_safe() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--prefix", "none", "--offline", "--format", "{p}"])
        .output()
        .unwrap();
    let text = String::from_utf8(tree.stdout).unwrap();
    let mut crates: Vec<&str> =
        text.lines().map(|l| l.trim_end_matches(" (*)")).filter(|l| !l.is_empty()).collect();
    crates.sort_unstable();
    crates.dedup();
    // The reader of PDF files brings about 40.
    assert!(crates.len() > 20 && crates.len() < 141, "{} crates", crates.len());
    assert!(!lock.contains("name = \"reqwest\"") && !lock.contains("name = \"hyper\""));
    assert!(fs::read_to_string("src/lib.rs").unwrap().contains("#![forbid(unsafe_code)]"));
}

#[test]
fn house_readme_lists_every_kind_ceiling_and_command() {
    let readme = fs::read_to_string("README.md").unwrap();
    for rule in common_ground::compare::RULES {
        let kind = serde_json::to_value(rule.kind()).unwrap();
        let weight = serde_json::to_value(rule.kind().weight()).unwrap();
        let row = format!("| `{}` | {} |", kind.as_str().unwrap(), weight.as_str().unwrap());
        assert!(readme.contains(&row), "the README lacks {row}");
    }
    for check in common_ground::check::CHECKS {
        let severity = serde_json::to_value(check.severity()).unwrap();
        let row = format!("| `{}` | {} | {} |", check.id(), severity.as_str().unwrap(), check.summary());
        assert!(readme.contains(&row), "the README lacks {row}");
    }
    for format in common_ground::read::formats() {
        assert!(readme.contains(&format!("`.{format}`")), "the README lacks .{format}");
    }
    for line in fs::read_to_string("src/limits.rs").unwrap().lines() {
        let Some((name, value)) = line.strip_prefix("pub const ").and_then(|l| l.split_once(':')) else {
            continue;
        };
        let value: String = value.split('=').nth(1).unwrap().trim().trim_end_matches(';').into();
        let row = format!("| {name} | {value} |");
        assert!(readme.contains(&row), "the README lacks {row}");
    }
    let commands = [
        "compare",
        "draft",
        "pack",
        "ethos",
        "curriculum",
        "decide",
        "changes",
        "check",
        "register",
        "adopt",
        "read",
        "explain",
        "init",
        "record",
        "status",
        "parents",
    ];
    for command in commands {
        assert!(readme.contains(&format!("common-ground {command}")), "the README lacks {command}");
    }
    assert!(readme.contains("cargo run --release -- compare policies") && readme.contains("tests/run"));
}

#[test]
fn house_no_machine_paths_and_no_registry_hosts() {
    // Spelt in two pieces, so that this file does not name them.
    let hosts = [
        "crates".to_owned() + ".io/",
        "registry.npmjs".to_owned() + ".org",
        "pypi".to_owned() + ".org",
        "deb.debian".to_owned() + ".org",
    ];
    let paths = ["/ro".to_owned() + "ot/", "/ho".to_owned() + "me/", "/wo".to_owned() + "rk/"];
    let list = std::process::Command::new("git").args(["ls-files"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    for name in list.lines().filter(|n| !n.ends_with("Cargo.lock")) {
        let Ok(text) = fs::read_to_string(name) else { continue };
        for bad in hosts.iter().chain(&paths) {
            assert!(!text.contains(bad.as_str()), "{name} holds {bad}");
        }
    }
}

#[test]
fn house_tests_that_the_table_of_faults_names_are_there() {
    let table = fs::read_to_string("tests/README.md").unwrap();
    let sources: String =
        [files("tests/suite", "rs"), files("src", "rs")].concat().into_iter().map(|(_, text)| text).collect();
    let named =
        table.split('`').skip(1).step_by(2).filter(|n| n.contains('_') && !n.contains([' ', '/', '.']));
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 30, "the table is short");
    for name in named {
        assert!(sources.contains(&format!("fn {name}(")), "there is no test {name}");
    }
}
