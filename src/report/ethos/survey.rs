//! What people answered beside what the policies say: a tallied survey in, parts of a paper out.

use crate::ethos::survey::{Group, Question, Survey};
use crate::merge::Side;
use crate::report::paper::{Cell, Line, Look, Part, Run, Table, cell, plain};

use super::Gathered;
use crate::report::counted;

/// Hundredths of a table's width that its columns of groups share.
const GROUPS: usize = 48;

/// The section about a survey.
pub(super) fn parts(g: &Gathered, survey: &Survey) -> Vec<Part> {
    let mut parts = vec![
        Part::Heading(1, "survey".into(), "What people answered".into()),
        Part::Text(
            Look::Plain,
            vec![plain(
                "How many people used a value word in any of their answers, beside the policies. Answers are not quoted. Groups of fewer than five are put together with others, so that nobody can be picked out.",
            )],
        ),
    ];
    parts.extend(survey.notices.iter().map(|n| Part::text(Look::Small, n)));
    let names = g.names();
    let columns = [("Word", 16, None), (names[0], 18, Some(Side::A)), (names[1], 18, Some(Side::B))];
    let mut table = with_groups("survey-words", "Value words in the answers", &columns, &survey.groups);
    for mention in &survey.words {
        let word = g.ethos.words.iter().find(|w| w.id == mention.id);
        let used = |side: Side| -> Cell {
            match word.map(|w| (w.named[side.index()], w.count(side.index()))) {
                None | Some((_, 0)) => cell("not used"),
                Some((0, count)) => cell(format!("not named; used {}", counted(count, "time", "times"))),
                Some((_, count)) => cell(format!("named; used {}", counted(count, "time", "times"))),
            }
        };
        let mut row = vec![cell(&mention.title), used(Side::A), used(Side::B)];
        row.extend(mention.people.iter().map(|n| cell(n.to_string())));
        table.rows.push(row);
    }
    if table.rows.is_empty() {
        table.caption = "No answer holds a value word that is looked for.".into();
    }
    parts.push(Part::Table(table));
    parts.push(Part::Heading(2, "questions".into(), "Question by question".into()));
    parts.extend((1..).zip(&survey.questions).map(|(number, q)| Part::Table(of_question(number, q))));
    parts
}

/// How many people used a word, for the worksheet; nothing if nobody did.
pub(super) fn mentioned(survey: &Survey, id: &str) -> Option<Line> {
    let word = survey.words.iter().find(|w| w.id == id)?;
    let by_group: Vec<String> = survey
        .groups
        .iter()
        .zip(&word.people)
        .map(|(g, n)| format!("{n} of {} {}", g.people, g.title))
        .collect();
    Some(vec![Run::Small(format!("In the survey: {}", by_group.join("; ")))])
}

fn of_question(number: usize, q: &Question) -> Table {
    let id = format!("question-{number}");
    let first = if q.chosen { "Answer" } else { "Value word" };
    let mut table = with_groups(&id, &q.title, &[(first, 52, None)], &q.groups);
    for (name, people) in &q.rows {
        let mut row = vec![cell(name)];
        row.extend(people.iter().map(|n| cell(n.to_string())));
        table.rows.push(row);
    }
    if q.groups.is_empty() {
        table.caption = format!("{}: too few answered it to be shown.", q.title);
    } else if table.rows.is_empty() {
        table.caption = format!("{}: no answer holds a value word that is looked for.", q.title);
    }
    table
}

/// A table with a column for each group after its own.
fn with_groups(id: &str, caption: &str, columns: &[(&str, u8, Option<Side>)], groups: &[Group]) -> Table {
    let heads: Vec<String> = groups.iter().map(|g| format!("{} ({})", g.title, g.people)).collect();
    let width = u8::try_from(GROUPS / groups.len().max(1)).unwrap_or(0);
    let mut all: Vec<(&str, u8, Option<Side>)> = columns.to_vec();
    all.extend(heads.iter().map(|h| (h.as_str(), width, None)));
    Table::new(id, caption, &all)
}
