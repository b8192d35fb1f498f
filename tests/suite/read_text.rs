//! read_text.
