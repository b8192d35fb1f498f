//! What came back from those who were asked: copies and what each says in, a page and a table for a spreadsheet out.

use std::collections::BTreeMap;

use crate::feedback::{Answer, Feedback};
use crate::merge::Take;

use super::escape::csv_line;
use super::{Outcome, Page, counted, html};

/// One file that came back.
#[derive(Clone, Debug, Default)]
pub struct CopyRead {
    /// Its name.
    pub file: String,
    /// Whose answers these are, as the user said.
    pub by: Option<String>,
    /// Who saved it last, as the file says; empty if it does not.
    pub saved_by: String,
    /// The policy, in words; empty if it is not known.
    pub policy: String,
    /// What it says; none if it could not be used.
    pub feedback: Option<Feedback>,
    /// Why it could not be used.
    pub refused: Option<String>,
    /// How many answers were added to the log, and how many were there already.
    pub recorded: [usize; 2],
    /// How many of the differences that are to be decided all its answers settle, as the pack counts them.
    pub settles: usize,
}

impl CopyRead {
    /// Under what name it is shown: the person's, or else the file's.
    pub(super) fn name(&self) -> &str {
        self.by.as_deref().unwrap_or(&self.file)
    }
}

/// "12 answers recorded; they settle 9 differences to decide", with what was known before.
pub fn recorded(copy: &CopyRead) -> String {
    let [new, known] = copy.recorded;
    let before = match known {
        0 => String::new(),
        n => format!("; {n} had been recorded before"),
    };
    let settle = match (new + known, copy.settles) {
        (_, 0) => "no difference to decide is settled by it, only wording and local facts".to_owned(),
        (1, n) => format!("it settles {}", counted(n, "difference to decide", "differences to decide")),
        (_, n) => format!(
            "together they settle {}, as the pack counts them",
            counted(n, "difference to decide", "differences to decide")
        ),
    };
    format!("{} recorded{before}; {settle}", counted(new, "answer", "answers"))
}

/// The page and the table; copies in the order in which they were named.
pub fn feedback_pages(outcome: &Outcome, copies: &[CopyRead]) -> Vec<Page> {
    let page = html::feedback_page(outcome, copies);
    vec![page, Page { path: "feedback.csv".into(), bytes: csv(outcome, copies) }]
}

/// An answer in words.
pub(super) fn answered(outcome: &Outcome, answer: &Answer) -> String {
    let schools = &outcome.partnership.schools;
    let wording = |which: usize| {
        let (mine, other) = (&answer.says[which], &answer.says[1 - which]);
        match (mine, other) {
            (None, Some(_)) => "left out".to_owned(),
            (Some(_), None) => "kept".to_owned(),
            _ => format!("the wording of {}", schools[which].name),
        }
    };
    match answer.take {
        Take::A => wording(0),
        Take::B => wording(1),
        Take::Both => "both".into(),
        Take::Own => format!("own wording: “{}”", answer.own),
        Take::Local => "each school keeps its own".into(),
        Take::Neither => "left out".into(),
    }
}

/// One point of a policy with the copies that answered it.
pub(super) struct Row<'c> {
    pub(super) answer: &'c Answer,
    /// Places in the list of copies, and the answer of each.
    pub(super) answers: Vec<(usize, &'c Answer)>,
}

impl Row<'_> {
    /// Whether the copies do not all say the same.
    pub(super) fn is_contested(&self) -> bool {
        self.answers.windows(2).any(|w| (w[0].1.take, &w[0].1.own) != (w[1].1.take, &w[1].1.own))
    }
}

/// The points of one policy that any copy answered, by section; sections and points in the order in which they were met.
pub(super) fn rows<'c>(copies: &'c [CopyRead], policy: &str) -> Vec<(String, Vec<Row<'c>>)> {
    let mut sections: Vec<(String, Vec<Row>)> = Vec::new();
    let mut known: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (at, copy) in copies.iter().enumerate().filter(|(_, c)| c.policy == policy) {
        for answer in copy.feedback.iter().flat_map(|f| &f.answers) {
            if let Some((section, row)) = known.get(answer.id.as_str()) {
                sections[*section].1[*row].answers.push((at, answer));
                continue;
            }
            let section = sections.iter().position(|(s, _)| *s == answer.section).unwrap_or_else(|| {
                sections.push((answer.section.clone(), Vec::new()));
                sections.len() - 1
            });
            known.insert(&answer.id, (section, sections[section].1.len()));
            sections[section].1.push(Row { answer, answers: vec![(at, answer)] });
        }
    }
    sections
}

/// The policies of the copies, in order, each once.
pub(super) fn policies(copies: &[CopyRead]) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for copy in copies.iter().filter(|c| c.feedback.is_some()) {
        if !out.contains(&copy.policy.as_str()) {
            out.push(&copy.policy);
        }
    }
    out
}

fn csv(outcome: &Outcome, copies: &[CopyRead]) -> Vec<u8> {
    let [a, b] = &outcome.partnership.schools;
    let says = [format!("{} says", a.name), format!("{} says", b.name)];
    let head = [
        "policy",
        "section",
        "what",
        says[0].as_str(),
        says[1].as_str(),
        "answer or text",
        "from",
        "date",
        "file",
        "contested",
    ];
    let mut out = csv_line(&head);
    for policy in policies(copies) {
        for (section, rows) in rows(copies, policy) {
            for row in rows {
                let text = |which: usize| row.answer.says[which].clone().unwrap_or_default();
                let contested = if row.is_contested() { "yes" } else { "" };
                for (at, answer) in &row.answers {
                    let copy = &copies[*at];
                    out.push_str(&csv_line(&[
                        policy,
                        &section,
                        "answer",
                        &text(0),
                        &text(1),
                        &answered(outcome, answer),
                        copy.name(),
                        "",
                        &copy.file,
                        contested,
                    ]));
                }
            }
        }
        for copy in copies.iter().filter(|c| c.policy == policy) {
            let Some(feedback) = &copy.feedback else { continue };
            for q in &feedback.questions {
                let text = format!("{} {}", q.says, q.text);
                out.push_str(&csv_line(&[
                    policy,
                    &q.section,
                    "question",
                    "",
                    "",
                    &text,
                    copy.name(),
                    "",
                    &copy.file,
                    "",
                ]));
            }
            for c in &feedback.comments {
                out.push_str(&csv_line(&[
                    policy, &c.section, "comment", "", "", &c.text, &c.author, &c.date, &copy.file, "",
                ]));
            }
        }
    }
    for copy in copies {
        if let Some(why) = &copy.refused {
            out.push_str(&csv_line(&[
                &copy.policy,
                "",
                "not used",
                "",
                "",
                why,
                copy.name(),
                "",
                &copy.file,
                "",
            ]));
        }
    }
    out.into_bytes()
}
