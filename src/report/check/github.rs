//! Findings, and files that could not be read, as workflow commands of GitHub Actions, one a line: `::warning file=…,title=…::message`.

use crate::check::{Severity, State};
use crate::report::escape::visible;

use super::Checked;

/// The lines.
pub(super) fn annotations(checked: &Checked) -> Vec<u8> {
    let mut out = String::new();
    for finding in checked.findings.iter().filter(|f| f.state == State::Open) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let at = if finding.r#where.is_empty() { String::new() } else { format!(" ({})", finding.r#where) };
        let message = format!("{}{at} What to do: {}", finding.says, finding.todo);
        out.push_str(&line(command, &checked.places.finding(&finding.path), finding.rule, &message));
    }
    for problem in checked.problems {
        let hint = problem.hint.as_ref().map_or_else(String::new, |h| format!(" What to do: {h}."));
        let message = format!("Not checked: {}.{hint}", problem.message);
        out.push_str(&line("error", &checked.places.problem(problem), "not read", &message));
    }
    out.into_bytes()
}

fn line(command: &str, path: &str, title: &str, message: &str) -> String {
    format!("::{command} file={},title={}::{}\n", property(path), property(title), data(message))
}

/// What would end a message or begin a command is written as a percent code.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
