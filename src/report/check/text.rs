//! Findings as people read them on a terminal: what, where, what to do, source.

use crate::check::State;
use crate::document::date::in_words;
use crate::report::escape::terminal;

use super::{Checked, counted, word};

/// All open findings, the allowed ones counted, and the last words.
pub fn text(checked: &Checked) -> String {
    let mut out = String::new();
    let mut path = None;
    for finding in checked.findings.iter().filter(|f| f.state == State::Open) {
        if path != Some(&finding.path) {
            out.push_str(&format!("\n{}\n", terminal(&finding.path)));
            path = Some(&finding.path);
        }
        let at = if finding.r#where.is_empty() { String::new() } else { format!(" ({})", finding.r#where) };
        out.push_str(&format!(
            "  {}: {}{}\n",
            word(finding.severity),
            terminal(&finding.says),
            terminal(&at)
        ));
        if !finding.quote.is_empty() && !finding.says.contains(&finding.quote) {
            out.push_str(&format!("    it says: {}\n", terminal(&shortened(&finding.quote))));
        }
        out.push_str(&format!("    to do: {}\n", terminal(&finding.todo)));
        if !finding.source.is_empty() {
            out.push_str(&format!("    source: {}\n", terminal(&finding.source)));
        }
        out.push_str(&format!("    id: {}\n", finding.id));
    }
    let as_at = &checked.setting.knowledge.as_at;
    let as_at = as_at.parse().map_or_else(|_| as_at.to_string(), in_words);
    out.push_str(&format!("\n{}. Facts about guidance and law as at {as_at}.", counted(checked)));
    out
}

/// A long passage cut at a word.
fn shortened(text: &str) -> String {
    const CHARS: usize = 200;
    if text.chars().count() <= CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(CHARS).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start))
}
