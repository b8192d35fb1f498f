//! The points to decide of all pairs as one table: for a spreadsheet (CSV), and for minutes and merge requests (Markdown).

use crate::compare::{Comparison, Difference, Point};
use crate::document::{Document, School};

use super::escape::{csv_line, markdown};
use super::{Outcome, Page, Report, by_title, pair_title, point_says};

/// `--format csv`.
pub(crate) struct Csv;

/// `--format md`.
pub(crate) struct Markdown;

impl Report for Csv {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn render(&self, outcome: &Outcome) -> Vec<Page> {
        let lines = rows(outcome).into_iter().map(|row| csv_line(&row));
        let text = format!("{}{}", csv_line(&heads(outcome)), lines.collect::<String>());
        vec![Page { path: "points.csv".into(), bytes: text.into_bytes() }]
    }
}

impl Report for Markdown {
    fn id(&self) -> &'static str {
        "md"
    }

    fn render(&self, outcome: &Outcome) -> Vec<Page> {
        let line = |row: &[String]| {
            let cells: Vec<String> = row.iter().map(|cell| markdown(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let heads = heads(outcome);
        let rows = rows(outcome);
        let mut text = format!("## {}: points to decide\n\n", markdown(&outcome.partnership.name));
        match rows.is_empty() {
            true => text.push_str("Nothing needs a decision.\n"),
            false => {
                text.push_str(&line(&heads));
                text.push_str(&format!("|{}\n", "---|".repeat(heads.len())));
                rows.iter().for_each(|row| text.push_str(&line(row)));
            }
        }
        for problem in &outcome.problems {
            text.push_str(&format!("\nNot read: {}\n", markdown(&problem.to_string())));
        }
        vec![Page { path: "points.md".into(), bytes: text.into_bytes() }]
    }
}

fn heads(outcome: &Outcome) -> [String; 8] {
    let [a, b] = School::names(&outcome.partnership.schools);
    ["Policy", "Point", a, b, "What differs", "Kind", "Who decides", "Ids"].map(str::to_owned)
}

/// One row a point: pairs by what they are called, points as the report has them, most important first.
fn rows(outcome: &Outcome) -> Vec<[String; 8]> {
    let mut out = Vec::new();
    for at in by_title(outcome) {
        let (Some(pair), Some(comparison)) = (outcome.register.pairs.get(at), outcome.comparisons.get(at))
        else {
            continue;
        };
        let (Some(a), Some(b)) = (outcome.documents.get(pair.a), outcome.documents.get(pair.b)) else {
            continue;
        };
        let title = pair_title(outcome, at);
        out.extend(comparison.points.iter().map(|point| row(&title, [a, b], comparison, point, outcome)));
    }
    out
}

fn row(
    title: &str,
    [a, b]: [&Document; 2],
    comparison: &Comparison,
    point: &Point,
    outcome: &Outcome,
) -> [String; 8] {
    let all: Vec<&Difference> =
        point.differences.iter().filter_map(|d| comparison.differences.get(*d)).collect();
    let each = |of: &dyn Fn(&Difference) -> String| {
        let mut found: Vec<String> = Vec::new();
        for text in all.iter().map(|d| of(d)).filter(|text| !text.is_empty()) {
            if !found.contains(&text) {
                found.push(text);
            }
        }
        found
    };
    let says = |side: usize| {
        let document = [a, b][side];
        each(&|d| d.sentences()[side].map_or_else(String::new, |quote| quote.text(document).to_owned()))
    };
    [
        title.to_owned(),
        point.title.clone(),
        says(0).join(" … "),
        says(1).join(" … "),
        point_says(comparison, point, &outcome.partnership.schools).join(" "),
        each(&|d| d.kind.name().to_owned()).join(", "),
        each(&|d| d.who_decides.to_string()).join(", "),
        each(&|d| d.id.clone()).join(" "),
    ]
}
