//! Dated facts about English school policies: data files beside this one in, typed tables out.

use std::sync::OnceLock;

/// All facts that come with the program.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// The day the facts were last looked at, as YYYY-MM-DD.
    pub as_at: &'static str,
}

/// The facts that come with the program; parsed once.
pub fn bundled() -> &'static Knowledge {
    static BUNDLED: OnceLock<Knowledge> = OnceLock::new();
    BUNDLED.get_or_init(|| Knowledge { as_at: "2026-11-24" })
}
