//! The whole suite in one binary: a file per room; a test's name says room, condition and result.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed unwrap is a failed test
#![allow(clippy::disallowed_methods, missing_docs)] // tests open files and start the program

mod sample;
