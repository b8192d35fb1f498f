//! Findings as Markdown for the summary of a job: a count, then one table a severity.

use crate::check::{Severity, State};
use crate::document::date::in_words;
use crate::report::escape::markdown as cell;

use super::{Checked, counted};

/// The summary.
pub(super) fn summary(checked: &Checked) -> Vec<u8> {
    let mut out = format!("## Policies checked\n\n{}.\n", counted(checked));
    for (severity, title) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")]
    {
        let found: Vec<_> =
            checked.findings.iter().filter(|f| f.severity == severity && f.state == State::Open).collect();
        if found.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {title}\n\n| file | where | what | what to do |\n|---|---|---|---|\n"));
        for f in found {
            out.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                cell(&f.path),
                cell(&f.r#where),
                cell(&f.says),
                cell(&f.todo)
            ));
        }
    }
    if !checked.problems.is_empty() {
        out.push_str("\n### Not read\n\n");
        for problem in checked.problems {
            out.push_str(&format!("* {}\n", cell(&problem.to_string())));
        }
    }
    let as_at = &checked.setting.knowledge.as_at;
    let as_at = as_at.parse().map_or_else(|_| as_at.to_string(), in_words);
    out.push_str(&format!("\nFacts about guidance and law as at {as_at}.\n"));
    out.into_bytes()
}
