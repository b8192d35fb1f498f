//! Gaps of a template that nobody filled in.

use super::super::DifferenceKind;
use super::{Alone, Found, Rule};

/// See the module.
pub(super) struct Placeholder;

/// What a gap in brackets starts with or holds; `[sic]` and `[1]` are no gaps.
const GAPS: [&str; 12] =
    ["insert", "name", "date", "school", "add ", "enter", "delete", "xxx", "tbc", "amend", "role", "your "];

impl Rule for Placeholder {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Placeholder
    }

    fn summary(&self) -> &'static str {
        "A gap of a template was not filled in."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("[Insert name of school] will keep a record.", "")
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        let sentence = look.side.sentence;
        let text = sentence.quote().text(look.side.document);
        let mut out = Vec::new();
        for (start, end) in gaps(text) {
            let at = |offset: usize| sentence.start + u32::try_from(offset).unwrap_or(0);
            let quote = look.side.quote(at(start), at(end));
            let gap = text.get(start..end).unwrap_or("");
            out.push(look.found(quote, |school, _| {
                format!("The policy of {school} still has the gap “{gap}” of a template.")
            }));
        }
        out
    }
}

/// Byte ranges of gaps: `[insert …]`, `<school name>`, `XXXX`, `_____`.
fn gaps(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|t| t.find(open)).map(|k| k + from) {
            let Some(end) = text.get(start..).and_then(|t| t.find(close)).map(|k| k + start + 1) else {
                break;
            };
            let inner = text.get(start + 1..end - 1).unwrap_or("").to_lowercase();
            if GAPS.iter().any(|g| inner.contains(g)) && inner.len() < 80 {
                out.push((start, end));
            }
            from = end;
        }
    }
    for run in ["XXX", "____"] {
        if let Some(start) = text.find(run) {
            let last = run.chars().next().unwrap_or('X');
            let length = text.get(start..).map_or(0, |t| t.chars().take_while(|c| *c == last).count());
            out.push((start, start + length));
        }
    }
    out.sort_unstable();
    out
}
