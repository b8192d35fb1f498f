//! The whole suite in one binary: a file per room; a test's name says room, condition and result.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed unwrap is a failed test
