//! pair.
