//! PDF.
pub mod glyphs;
pub mod page;
