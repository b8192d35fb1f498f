//! The page of the whole set: what pairs, what to look at first, what to check.

use maud::{Markup, html};

use crate::compare::{Difference, DifferenceKind, Weight};
use crate::document::{Document, School};
use crate::merge::Side;
use crate::pair::Confidence;

use super::super::colours::Colours;
use super::super::paper::{figure_html, table_html};
use super::super::pictures::{Flow, Tally, heat, heat_table};
use super::super::{Outcome, by_title, first_looks, pair_title, point_says, sharing};
use super::passage::{Shown, quoted};
use super::{counted, frame, head, terms};

/// Sentences of many policies that the page shows.
const STOCK: usize = 20;

/// The page.
pub(super) fn page(outcome: &Outcome, names: &[String]) -> Markup {
    let register = &outcome.register;
    let schools = &outcome.partnership.schools;
    let settled = register.pairs.iter().filter(|p| p.confidence != Confidence::Question).count();
    let questions: Vec<usize> =
        (0..register.pairs.len()).filter(|p| register.pairs[*p].confidence == Confidence::Question).collect();
    let content = html! {
        h1 { (Shown(&outcome.partnership.name)) }
        p class="lead" {
            "Where " (Shown(&schools[0].name)) " and " (Shown(&schools[1].name)) " do things differently. "
            strong { (counted(settled, "policy pairs up", "policies pair up")) }
            @if !questions.is_empty() { ", " (counted(questions.len(), "more may", "more may")) " (please check)" }
            @if !register.unpaired.is_empty() { ", " (counted(register.unpaired.len(), "has no partner", "have no partner")) }
            @if !outcome.problems.is_empty() { ", " (counted(outcome.problems.len(), "file could not be read", "files could not be read")) }
            "."
        }
        (first(outcome, names))
        section aria-labelledby="pairs" {
            h2 id="pairs" { "All pairs" }
            (pairs(outcome, names))
        }
        (shared(outcome, names))
        (terms::brief(&outcome.terms))
        (stock(outcome))
        @if !questions.is_empty() { (ask(outcome, names, &questions)) }
        @if !register.unpaired.is_empty() {
            section aria-labelledby="alone" {
                h2 id="alone" { "Without a partner" }
                ul class="plain" {
                    @for alone in &register.unpaired {
                        @if let Some(document) = outcome.documents.get(alone.document) {
                            li {
                                strong { bdi { (Shown(&document.title)) } } " (" (Shown(school(outcome, &document.school))) ", " bdi { (Shown(&document.path)) } "). "
                                (Shown(&alone.because))
                                @if !alone.nearest.is_empty() {
                                    " Nearest: "
                                    @for (at, other) in alone.nearest.iter().enumerate() {
                                        @if at > 0 { ", " }
                                        @if let Some(other) = outcome.documents.get(*other) { bdi { (Shown(&other.title)) } }
                                    }
                                    "."
                                }
                            }
                        }
                    }
                }
            }
        }
        @if !register.editions.is_empty() || !register.ignored.is_empty() {
            section aria-labelledby="editions" {
                h2 id="editions" { "Left out" }
                ul class="plain" {
                    @for edition in &register.editions {
                        @if let Some(document) = outcome.documents.get(edition.document) {
                            li { bdi { (Shown(&document.path)) } " (" (Shown(school(outcome, &document.school))) "). " (Shown(&edition.because)) }
                        }
                    }
                    @for (document, why) in &register.ignored {
                        @if let Some(document) = outcome.documents.get(*document) {
                            li { bdi { (Shown(&document.path)) } " (" (Shown(school(outcome, &document.school))) "): you asked to ignore it. " (Shown(why)) }
                        }
                    }
                }
            }
        }
        @let colours = Colours::of(schools).says;
        @if !outcome.problems.is_empty() || !register.problems.is_empty() || !colours.is_empty() {
            section aria-labelledby="problems" {
                h2 id="problems" { "Could not be done" }
                ul class="plain" {
                    @for problem in &outcome.problems {
                        li {
                            @if let Some(path) = &problem.path { strong { bdi { (Shown(path)) } } ": " }
                            (Shown(&problem.message)) "."
                            @if let Some(hint) = &problem.hint { " " (Shown(&sentence(hint))) }
                        }
                    }
                    @for problem in &register.problems { li { (Shown(problem)) "." } }
                    @for says in &colours { li { (Shown(says)) } }
                }
            }
        }
        (files(outcome))
        (how_to_read())
    };
    frame(outcome, &format!("{}: policies compared", outcome.partnership.name), true, &content)
}

/// The three to look at first, with the first difference of each.
fn first(outcome: &Outcome, names: &[String]) -> Markup {
    let order = first_looks(outcome);
    if order.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="first" {
            h2 id="first" { "Look at these first" }
            ol class="first" {
                @for at in order.iter().take(3) {
                    @let pair = &outcome.register.pairs[*at];
                    @let comparison = &outcome.comparisons[*at];
                    @let (a, b) = (&outcome.documents[pair.a], &outcome.documents[pair.b]);
                    li {
                        h3 { a href=(names[*at]) { (Shown(&pair_title(outcome, *at))) } }
                        @if let Some((point, d)) = comparison.points.first().and_then(|p| Some((p, comparison.differences.get(*p.differences.first()?)?))) {
                            p class="says" { bdi { (Shown(&point.title)) } }
                            div class="versus" {
                                (said(outcome, Side::A, a, d))
                                (said(outcome, Side::B, b, d))
                            }
                            @if point.one_sided { @for line in point_says(comparison, point, &outcome.partnership.schools) { p class="says" { (Shown(&line)) } } }
                        }
                        p { (counted(comparison.points.len(), "point to decide.", "points to decide.")) }
                    }
                }
            }
        }
    }
}

/// What one school says at a point, or that no matching sentence was found.
fn said(outcome: &Outcome, side: Side, document: &Document, difference: &Difference) -> Markup {
    let context = [difference.context_a, difference.context_b][side.index()];
    let quote = [difference.a, difference.b][side.index()];
    html! {
        p class=(side.letter()) {
            span class="who" { (Shown(&outcome.partnership.schools[side.index()].name)) }
            @if context.is_some() { (quoted(document, context, quote.as_slice(), side.letter())) }
            @else if let Some(nearest) = difference.nearest { "nearest, to be read: " (quoted(document, Some(nearest), &[], side.letter())) }
            @else { span class="nothing" { "no matching sentence was found" } }
        }
    }
}

fn pairs(outcome: &Outcome, names: &[String]) -> Markup {
    let schools = &outcome.partnership.schools;
    html! {
        table role="table" class="pairs" {
            caption { "One row for each policy that both schools have" }
            (head(&["Policy", &schools[0].name, &schools[1].name, "To decide", "To check", "Pairing", "Could be shared"], Some(1)))
            tbody role="rowgroup" {
                @for at in by_title(outcome) {
                    @let (pair, comparison) = (&outcome.register.pairs[at], &outcome.comparisons[at]);
                    @let checks = comparison.differences.iter().filter(|d| d.weight == Weight::Check && d.kind != DifferenceKind::Phase).count();
                    tr role="row" {
                        th scope="row" role="rowheader" { a href=(names[at]) { (Shown(&pair_title(outcome, at))) } }
                        td role="cell" class="a" { span class="who" { (Shown(&schools[0].name)) } bdi { (Shown(&outcome.documents[pair.a].title)) } }
                        td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } bdi { (Shown(&outcome.documents[pair.b].title)) } }
                        td role="cell" class="figure" { span class="who" { "To decide" } (comparison.points.len()) }
                        td role="cell" class="figure" { span class="who" { "To check" } (checks) }
                        td role="cell" {
                            details { summary { (confidence(pair.confidence)) } ul { @for why in &pair.because { li { (Shown(why)) } } } }
                        }
                        td role="cell" { span class="who" { "Could be shared" } (sharing(pair.sharing)) }
                    }
                }
            }
        }
    }
}

/// How much of each pair is shared: a picture, and the same as a table.
fn shared(outcome: &Outcome, names: &[String]) -> Markup {
    let schools = School::names(&outcome.partnership.schools);
    let order = by_title(outcome);
    let rows: Vec<(String, Tally)> = order
        .iter()
        .filter_map(|at| {
            let (pair, comparison) = (outcome.register.pairs.get(*at)?, outcome.comparisons.get(*at)?);
            let (a, b) = (outcome.documents.get(pair.a)?, outcome.documents.get(pair.b)?);
            Some((pair_title(outcome, *at), Flow::of(a, b, comparison).total()))
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let links: Vec<(String, String)> =
        order.iter().map(|at| &names[*at]).map(|n| (format!("{n}#map"), format!("{n}#flow-table"))).collect();
    html! {
        section aria-labelledby="heat" {
            h2 id="heat" { "How much is shared" }
            (figure_html(&heat(schools, &rows)))
            details { summary { "The picture as a table" } (table_html(schools, &heat_table(schools, &rows, &links))) }
        }
    }
}

/// Unsure pairs, with the lines that settle them.
fn ask(outcome: &Outcome, names: &[String], questions: &[usize]) -> Markup {
    let schools = &outcome.partnership.schools;
    html! {
        section aria-labelledby="questions" {
            h2 id="questions" { "Please check these pairs" }
            @for at in questions {
                @let pair = &outcome.register.pairs[*at];
                @let path = |d: usize, which: usize| format!("{}/{}", if schools[which].folder.is_empty() { &schools[which].id } else { &schools[which].folder }, outcome.documents[d].path);
                article class="question" {
                    h3 { a href=(names[*at]) { (Shown(&pair_title(outcome, *at))) } }
                    ul { @for why in &pair.because { li { (Shown(why)) } } }
                    p { "If they belong together, put this into common-ground.toml; if not, write " code { "[[not_pair]]" } " instead:" }
                    pre { code { (Shown(&format!("[[pair]]\na = {:?}\nb = {:?}\nreason = \"\"", path(pair.a, 0), path(pair.b, 1)))) } }
                }
            }
        }
    }
}

/// Files of which something was not read, or with a remark.
fn files(outcome: &Outcome) -> Markup {
    let words: u64 = outcome.documents.iter().map(|d| d.receipt.words).sum();
    let with: Vec<_> = outcome.documents.iter().filter(|d| !d.receipt.unread.is_empty()).collect();
    html! {
        section aria-labelledby="read" {
            h2 id="read" { "What was read" }
            p { (counted(outcome.documents.len(), "file", "files")) ", " (words) " words. Each pair's page has both files' receipts." }
            @if with.is_empty() { p { "Nothing in them was left unread." } }
            @else {
                ul class="plain" {
                    @for d in with {
                        li { strong { bdi { (Shown(&d.path)) } } ": "
                            @for (at, u) in d.receipt.unread.iter().enumerate() { @if at > 0 { "; " } (Shown(&u.what)) " " (Shown(&u.r#where)) }
                        }
                    }
                }
            }
        }
    }
}

fn how_to_read() -> Markup {
    html! {
        section aria-labelledby="how" {
            h2 id="how" { "How to read this report" }
            dl class="how" {
                dt { "To decide" } dd { "The two schools do something differently: another time limit, number, person, duty, or a step that only one has." }
                dt { "To check" } dd { "Something is out of date, left over or unfinished in one policy. That school puts it right by itself." }
                dt { "Local facts" } dd { "Names, phone numbers, times and rooms should differ. They are listed and never counted." }
                dt { "Wording" } dd { "Other words for the same thing are folded away." }
                dt { "Could be shared" } dd { "What a shared policy on the topic may be: one text, one text with an annex for each school, one model taken over unchanged, or two policies that stay apart by law." }
            }
        }
    }
}

fn school<'o>(outcome: &'o Outcome, id: &'o str) -> &'o str {
    outcome.partnership.schools.iter().find(|s| s.id == id).map_or(id, |s| s.name.as_str())
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::Likely => "likely",
        Confidence::Question => "please check",
    }
}

/// A hint as a sentence.
fn sentence(hint: &str) -> String {
    let mut chars = hint.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

/// Sentences that stand in many policies: how many, and the most frequent ones.
fn stock(outcome: &Outcome) -> Markup {
    let all = outcome.repeated.all();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="repeated" {
                h2 id="repeated" { "Said in many policies" }
                p {
                    (counted(all.len(), "sentence stands", "sentences stand")) " word for word in three or more policies. "
                    "What you decide about one of them can do for all."
                }
                details {
                    summary { "Read " (if all.len() > STOCK { "the most frequent" } else { "them" }) }
                    ul class="plain" {
                        @for places in all.iter().take(STOCK) {
                            @if let Some((document, quote)) = places.first().and_then(|(id, q)| Some((outcome.documents.get(*id)?, q))) {
                                li { bdi { "“" (Shown(quote.text(document))) "”" } " " span class="section" { "in " (places.len()) " policies" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
