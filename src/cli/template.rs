//! `--template`: the path of a school's own Word file in, its look out, and what a user should know of it.

use std::path::Path;

use crate::error::Result;
use crate::read::Source;
use crate::report::Template;

/// Longest stretch of a header's text that is shown, in characters.
const SHOWN: usize = 120;

/// Opens a template, if one was named.
pub(super) fn open(path: Option<&Path>) -> Result<Option<Template>> {
    let Some(path) = path else { return Ok(None) };
    let shown = path.display().to_string();
    let source = Source::open(path, &shown)?;
    Template::open(&source.bytes).map(Some).map_err(|e| e.at(shown))
}

/// What a user should know: what was left out, and what will stand on every page.
pub(super) fn said(template: &Template) -> Vec<String> {
    let mut out = Vec::new();
    if !template.left_out.is_empty() {
        out.push(format!("Not taken over from the template: {}.", template.left_out.join(", ")));
    }
    let short = |text: &String| -> String {
        let cut = if text.chars().count() > SHOWN { "…" } else { "" };
        format!("“{}{cut}”", text.chars().take(SHOWN).collect::<String>())
    };
    if !template.says.is_empty() {
        let says = template.says.iter().map(short).collect::<Vec<_>>().join(", ");
        out.push(format!("Its headers and footers stand on every page and say {says}: check that this is right for every policy."));
    }
    out
}
