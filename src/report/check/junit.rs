//! Findings as JUnit XML: for build servers that count tests. One suite a file, one case a finding; a file without findings has one
//! case that passed.

use std::collections::BTreeMap;

use crate::check::{Finding, Severity, State};
use crate::report::escape::xml;

use super::{Checked, word};

/// The report, with a line break at its end.
pub(super) fn junit(checked: &Checked) -> Vec<u8> {
    let mut by_path: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for document in checked.setting.register.in_force() {
        by_path.entry(checked.places.finding(&checked.setting.path(document))).or_default();
    }
    for finding in &checked.findings {
        by_path.entry(checked.places.finding(&finding.path)).or_default().push(finding);
    }
    for problem in checked.problems {
        by_path.entry(checked.places.problem(problem)).or_default();
    }
    let problem = |path: &str| checked.problems.iter().find(|p| checked.places.problem(p) == path);
    let mut suites = String::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for (path, findings) in &by_path {
        let unread = problem(path);
        let cases = (findings.len() + usize::from(unread.is_some())).max(1);
        let failed = findings.iter().filter(|f| fails(f)).count();
        let passed_over = findings.len() - failed;
        suites.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{cases}\" failures=\"{failed}\" errors=\"{}\" skipped=\"{passed_over}\">\n",
            xml(path),
            usize::from(unread.is_some())
        ));
        if let Some(problem) = unread {
            suites.push_str(&format!(
                "    <testcase classname=\"{}\" name=\"readable\"><error message=\"{}\"/></testcase>\n",
                xml(path),
                xml(&problem.message)
            ));
        } else if findings.is_empty() {
            suites.push_str(&format!("    <testcase classname=\"{}\" name=\"in order\"/>\n", xml(path)));
        }
        for finding in findings {
            suites.push_str(&case(path, finding));
        }
        suites.push_str("  </testsuite>\n");
        tests += cases;
        failures += failed;
        errors += usize::from(unread.is_some());
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"common-ground check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n{suites}</testsuites>\n"
    )
    .into_bytes()
}

/// A note passes over; so does what is allowed or known.
fn fails(finding: &Finding) -> bool {
    finding.state == State::Open && finding.severity > Severity::Note
}

fn case(path: &str, finding: &Finding) -> String {
    let body =
        format!("{}\n{}\n{}\nWhat to do: {}", finding.says, finding.r#where, finding.quote, finding.todo);
    let inner = if fails(finding) {
        format!(
            "<failure type=\"{}\" message=\"{}\">{}</failure>",
            word(finding.severity),
            xml(&finding.says),
            xml(&body)
        )
    } else {
        let why = match &finding.state {
            State::Allowed { because } => because.clone(),
            State::Known => "was there before".to_owned(),
            State::Open => format!("a note: {}", finding.says),
        };
        format!("<skipped message=\"{}\"/>", xml(&why))
    };
    format!(
        "    <testcase classname=\"{}\" name=\"{}\">{inner}</testcase>\n",
        xml(path),
        xml(&format!("{} {}", finding.rule, finding.id))
    )
}
