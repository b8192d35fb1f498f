//! Every write: whole or not at all.
