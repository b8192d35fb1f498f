//! The page of what came back: each policy section by section, the answers of all copies beside each other.

use maud::{Markup, html};

use crate::feedback::{Comment, Question};
use crate::report::Outcome;
use crate::report::colours::Colours;
use crate::report::feedback::{CopyRead, Row, answered, policies, recorded, rows};

use super::passage::Shown;
use super::{counted, framed, head, schools_say};

/// The page.
pub(super) fn page(outcome: &Outcome, copies: &[CopyRead]) -> Markup {
    let content = html! {
        h1 { "What came back" }
        p class="lead" {
            "What those who were asked accepted, left out and reworded in their copies of the drafts, and what they remarked. "
            "What could not be told from a copy is a question; nothing is guessed. An answer is about one sentence and settles all that differs in it; it may also be about wording alone."
        }
        (list(copies))
        @for (number, policy) in policies(copies).into_iter().enumerate() {
            @let id = format!("policy-{}", number + 1);
            section aria-labelledby=(id) {
                h2 id=(id) { (Shown(policy)) }
                (answers(outcome, copies, policy))
                (questions(copies, policy))
                (comments(copies, policy))
            }
        }
    };
    let home = Some(("drafts.html", "All drafts"));
    framed(
        (outcome.today, outcome.rules_as_at.as_str()),
        &format!("What came back: {}", outcome.partnership.name),
        home,
        Some(&Colours::of(&outcome.partnership.schools)),
        &content,
    )
}

/// All copies, and what was done with each.
fn list(copies: &[CopyRead]) -> Markup {
    html! {
        table role="table" class="pairs" {
            caption { (counted(copies.len(), "copy", "copies")) }
            (head(&["File", "From", "Policy", "Answers", "Questions", "Comments", "What was done"], None))
            tbody role="rowgroup" {
                @for copy in copies {
                    tr role="row" {
                        th scope="row" role="rowheader" { span class="file" { bdi { (Shown(&copy.file)) } } }
                        td role="cell" {
                            span class="who" { "From" }
                            @match &copy.by {
                                Some(by) => (Shown(by)),
                                None if copy.saved_by.is_empty() => "not said",
                                None => { "last saved by " (Shown(&copy.saved_by)) },
                            }
                        }
                        td role="cell" { span class="who" { "Policy" } (Shown(&copy.policy)) }
                        @match &copy.feedback {
                            Some(f) => {
                                td role="cell" class="figure" { span class="who" { "Answers" } (f.answers.len()) }
                                td role="cell" class="figure" { span class="who" { "Questions" } (f.questions.len()) }
                                td role="cell" class="figure" { span class="who" { "Comments" } (f.comments.len()) }
                            },
                            None => { td role="cell" { "–" } td role="cell" { "–" } td role="cell" { "–" } },
                        }
                        td role="cell" { span class="who" { "What was done" } (Shown(&done(copy))) }
                    }
                }
            }
        }
    }
}

fn done(copy: &CopyRead) -> String {
    match (&copy.refused, &copy.feedback) {
        (Some(why), _) => format!("Not used: {why}"),
        (_, Some(f)) if f.answers.is_empty() => "Nothing was decided in it.".into(),
        _ if copy.by.is_none() => {
            "Gathered here; nothing was recorded, because nobody said whose answers these are (--by).".into()
        }
        _ => format!("{}.", recorded(copy)),
    }
}

fn answers(outcome: &Outcome, copies: &[CopyRead], policy: &str) -> Markup {
    let schools = &outcome.partnership.schools;
    let sections = rows(copies, policy);
    html! {
        @if sections.is_empty() { p { "No copy decided anything." } }
        @for (section, rows) in &sections {
            h3 { (Shown(place(section))) }
            table role="table" class="decide" {
                caption { (counted(rows.len(), "point", "points")) }
                @let say = schools_say(schools);
                (head(&["Point", &say[0], &say[1], "Answers", "Agreed?"], Some(1)))
                tbody role="rowgroup" {
                    @for (at, row) in rows.iter().enumerate() {
                        tr role="row" {
                            th scope="row" role="rowheader" { (at + 1) }
                            td role="cell" class="a" { span class="who" { (Shown(&schools[0].name)) } (said(&row.answer.says[0])) }
                            td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } (said(&row.answer.says[1])) }
                            td role="cell" {
                                span class="who" { "Answers" }
                                @for (copy, answer) in &row.answers {
                                    p { strong { bdi { (Shown(copies[*copy].name())) } } ": " (Shown(&answered(outcome, answer))) }
                                }
                            }
                            td role="cell" { (agreed(row)) }
                        }
                    }
                }
            }
        }
    }
}

fn agreed(row: &Row) -> Markup {
    html! {
        @if row.is_contested() { span class="kind" { "contested" } }
        @else if row.answers.len() > 1 { "all who answered" }
        @else { "one answer" }
    }
}

fn said(text: &Option<String>) -> Markup {
    html! {
        @match text {
            Some(text) => p { bdi { (Shown(text)) } },
            None => p class="nothing" { "nothing" },
        }
    }
}

fn place(section: &str) -> &str {
    if section.is_empty() { "Before the first heading" } else { section }
}

fn questions(copies: &[CopyRead], policy: &str) -> Markup {
    let all: Vec<(&CopyRead, &Question)> = copies
        .iter()
        .filter(|c| c.policy == policy)
        .flat_map(|c| c.feedback.iter().flat_map(move |f| f.questions.iter().map(move |q| (c, q))))
        .collect();
    html! {
        @if !all.is_empty() {
            h3 { "Questions" }
            ul class="plain" {
                @for (copy, q) in all {
                    li {
                        strong { bdi { (Shown(copy.name())) } } ", " (Shown(place(&q.section))) ": " (Shown(&q.says)) " "
                        @if !q.text.is_empty() { bdi { "“" (Shown(&q.text)) "”" } }
                    }
                }
            }
        }
    }
}

fn comments(copies: &[CopyRead], policy: &str) -> Markup {
    let mut sections: Vec<(&str, Vec<(&CopyRead, &Comment)>)> = Vec::new();
    for copy in copies.iter().filter(|c| c.policy == policy) {
        for comment in copy.feedback.iter().flat_map(|f| &f.comments) {
            match sections.iter_mut().find(|(s, _)| *s == comment.section) {
                Some((_, all)) => all.push((copy, comment)),
                None => sections.push((&comment.section, vec![(copy, comment)])),
            }
        }
    }
    html! {
        @if !sections.is_empty() {
            h3 { "Comments" }
            @for (section, all) in sections {
                p { strong { (Shown(place(section))) } }
                ul class="plain" {
                    @for (copy, c) in all {
                        li {
                            strong { bdi { (Shown(if c.author.is_empty() { "somebody" } else { &c.author })) } }
                            @if !c.date.is_empty() { " (" (Shown(day(&c.date))) ")" }
                            ": " bdi { (Shown(&c.text)) }
                            @if !c.about.is_empty() { " " span class="section" { "About “" bdi { (Shown(&c.about)) } "”" } }
                            " " span class="file" { bdi { (Shown(&copy.file)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The day of a moment as Word writes it.
fn day(moment: &str) -> &str {
    moment.split('T').next().unwrap_or(moment)
}
