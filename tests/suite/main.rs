//! The whole suite in one binary: a file per room; a test's name says room, condition and result.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed unwrap is a failed test
#![allow(clippy::disallowed_methods, missing_docs)] // tests open files and start the program

mod align;
#[cfg(target_os = "linux")]
mod ceilings;
mod changes_cli;
mod check;
mod check_cli;
mod check_cli_paths;
mod check_real;
mod cli;
mod cli_careful;
mod compare;
mod curriculum;
mod document;
mod draft;
mod draft_order;
mod draft_word;
mod ethos;
mod feedback;
mod feedback_around;
mod feedback_cli;
mod house;
mod knowledge;
mod local;
mod log_faults;
mod logos;
mod machine;
mod merged;
mod model;
mod odt;
mod outside;
mod pack;
mod pack_asks;
mod pair;
mod parents;
mod pdf;
mod program;
mod rawzip;
mod read_hostile;
mod read_odt;
mod read_pdf;
mod read_text;
mod read_word;
mod read_word_full;
mod redline;
mod refusal;
mod reliability;
mod report;
mod sample;
mod seeded;
mod seeding;
mod status;
mod status_faults;
mod store;
mod survey;
mod template;
mod word;
