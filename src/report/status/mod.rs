//! Progress for the joint committee: where everything stands in, one paper out, as web page, Word file or PDF; and the same for other programs.
//!
//! 1. `tables`: what is stuck, what is next, each policy, each theme, everything that was recorded.
//! 2. `course`: the picture of how far all policies had come over time, and its table.
//! 3. `data`: CSV and JSON.
//! 4. `parents`: the page for parents.

mod course;
mod data;
mod parents;
mod tables;

use crate::document::Partnership;
use crate::status::{State, Status, Suggestion};

use super::Page;
use super::colours::Colours;
use super::escape::date;
use super::paper::{Line, Look, Paper, Part, Run, html_page, plain, sheet, word_file};

pub use parents::{ForParents, parents};
pub(super) use tables::told;

/// What is told about progress.
#[derive(Debug)]
pub struct Progress<'p> {
    /// The schools and the themes.
    pub partnership: &'p Partnership,
    /// Where everything stands.
    pub status: &'p Status,
    /// What may have happened.
    pub suggestions: &'p [Suggestion],
    /// The partnership's folder as the user named it.
    pub folder: &'p str,
    /// The day of the bundled facts.
    pub rules_as_at: &'p str,
}

/// The formats that progress can be written in.
pub const STATUS_FORMATS: &[&str] = &["html", "docx", "csv", "json", "pdf"];

/// Writes progress in one format; none for another format, or for PDF, which a program of its own sets.
pub fn render_status(format: &str, progress: &Progress) -> Option<Page> {
    let bytes = match format {
        "html" => html_page(&paper(progress)),
        "docx" => word_file(&paper(progress), None),
        "csv" => data::csv(progress),
        "json" => data::json(progress),
        _ => return None,
    };
    Some(Page { path: format!("status.{format}"), bytes })
}

/// Progress as the typesetting program takes it.
pub fn sheet_of_status(progress: &Progress) -> Vec<u8> {
    sheet(&paper(progress))
}

fn paper(p: &Progress) -> Paper {
    let (partnership, status) = (p.partnership, p.status);
    let heading = |level, id: &str, text: &str| Part::Heading(level, id.to_owned(), text.to_owned());
    let small = |text: String| Part::text(Look::Small, text);
    let mut parts = vec![Part::Text(Look::Lead, lead(p))];
    parts.extend(status.problems.iter().map(|s| Part::text(Look::Notice, format!("To put right: {s}."))));
    parts.push(heading(1, "stuck-list", "What is stuck"));
    let days = partnership.telling.stuck_after_days;
    parts.push(small(format!(
        "Stuck is an action whose day has passed, and a policy that is begun and not yet published, about which nothing was recorded for more than {days} days and for which no action is open."
    )));
    parts.push(Part::Table(tables::stuck(p)));
    parts.push(heading(1, "next", "What is next"));
    parts.push(Part::Table(tables::actions(p)));
    if !partnership.telling.themes.is_empty() {
        parts.push(heading(1, "themes-list", "The priorities"));
        parts.push(small(
            "A priority is stuck if anything in it is; done if every policy in it is published by both schools and no action is open; under way if anything was recorded in it."
                .into(),
        ));
        parts.push(Part::Table(tables::themes(p)));
    }
    parts.push(heading(1, "course-list", "How far the policies have come"));
    parts.push(Part::Table(tables::states(p)));
    if !status.course.is_empty() {
        parts.push(Part::Figure(course::figure(p)));
        parts.push(Part::Table(course::table(p)));
    }
    parts.push(heading(1, "policies-list", "Each policy"));
    parts.push(small(
        "The state in bold is the furthest that was reached since the last approval. An adopted text counts as approved; everything else was recorded by somebody."
            .into(),
    ));
    parts.push(Part::Table(tables::policies(p)));
    if !p.suggestions.is_empty() {
        parts.push(heading(1, "suggestions-list", "Perhaps to be recorded"));
        parts.push(small(
            "What other commands left behind. Nothing of it counts until somebody records it.".into(),
        ));
        parts.push(Part::Table(tables::suggestions(p)));
    }
    parts.push(heading(1, "events-list", "Everything that was recorded or adopted"));
    parts.push(Part::Table(tables::events(p)));
    parts.extend(Colours::of(&partnership.schools).says.into_iter().map(small));
    let title = format!("{}: progress", partnership.name);
    Paper::of(partnership, status.today, p.rules_as_at, title, parts)
}

/// "25 November 2026. 21 policies are followed. 3 actions are open. 2 things are stuck."
fn lead(p: &Progress) -> Line {
    let status = p.status;
    let mut line = vec![plain(format!("{}. ", date(status.today)))];
    let counts = [
        (status.policies.len(), "policies", "policy is followed", "policies are followed"),
        (status.open.len(), "actions", "action is open", "actions are open"),
        (status.stuck.len(), "stuck", "thing is stuck", "things are stuck"),
    ];
    for (n, table, one, many) in counts {
        line.push(Run::Count(n, table.to_owned()));
        line.push(plain(format!(" {}. ", if n == 1 { one } else { many })));
    }
    line
}

/// What a state is called, none included.
fn called(state: Option<State>) -> &'static str {
    state.map_or("not begun", State::name)
}

/// What the columns of [`crate::status::Counts`] are called.
const COUNTED: [&str; 6] = ["not begun", "compared", "drafted", "consulted", "approved", "published"];

impl Progress<'_> {
    /// The title of a policy, or of a theme where there is no policy.
    fn about<'s>(&'s self, policy: &'s str, theme: &'s str) -> &'s str {
        if policy.is_empty() {
            return self
                .partnership
                .telling
                .themes
                .iter()
                .find(|t| t.id == theme)
                .map_or(theme, |t| &t.title);
        }
        self.status.policies.iter().find(|p| p.subject.key == policy).map_or(policy, |p| &p.subject.title)
    }

    /// The names of these schools; both in one word.
    fn schools(&self, which: [bool; 2]) -> &str {
        let [a, b] = &self.partnership.schools;
        match which {
            [true, false] => &a.name,
            [false, true] => &b.name,
            _ => "both schools",
        }
    }
}
