//! The report that people open: an outcome in, one page for the set and one for each pair out.
//!
//! The pages hold everything they need, run no script, and ask for nothing from anywhere.

mod changes;
mod check;
mod decisions;
mod drafts;
mod feedback;
mod index;
mod pair;
mod parallel;
mod passage;
mod read;
mod receipts;
mod register;
mod rows;
mod terms;

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rayon::prelude::*;

use super::colours::Colours;
use super::{Outcome, Page, Report};
use crate::document::{School, slug};
use crate::redline::Redline;
use crate::report::counted;
pub(super) use passage::Shown;

/// `--format html`.
pub(crate) struct Html;

impl Report for Html {
    fn id(&self) -> &'static str {
        "html"
    }

    fn render(&self, outcome: &Outcome) -> Vec<Page> {
        let names = names(outcome);
        let mut pages = vec![Page {
            path: "index.html".into(),
            bytes: index::page(outcome, &names).into_string().into_bytes(),
        }];
        if !outcome.terms.is_empty() {
            let page = terms::page(outcome, &names);
            pages.push(Page { path: "terms.html".into(), bytes: page.into_string().into_bytes() });
        }
        let pairs: Vec<Page> = (0..outcome.register.pairs.len())
            .into_par_iter()
            .filter_map(|at| {
                let bytes = pair::page(outcome, at)?.into_string().into_bytes();
                names.get(at).map(|name| Page { path: name.clone(), bytes })
            })
            .collect();
        pages.extend(pairs);
        pages
    }
}

/// The page of `common-ground read`.
pub(super) fn read_page(outcome: &Outcome) -> Page {
    Page { path: "read.html".into(), bytes: read::page(outcome).into_string().into_bytes() }
}

/// The page of `common-ground check`.
pub(super) fn check_page(checked: &super::Checked) -> String {
    check::page(checked).into_string()
}

/// The page of `common-ground register`.
pub(super) fn register_page(setting: &crate::check::Setting, rows: &[crate::check::register::Row]) -> String {
    register::page(setting, rows).into_string()
}

/// The page of `common-ground draft`.
pub(super) fn drafts_page(outcome: &Outcome, drafted: &[super::Drafted]) -> Page {
    Page { path: "drafts.html".into(), bytes: drafts::page(outcome, drafted).into_string().into_bytes() }
}

/// The page of `common-ground draft --read-back`.
pub(super) fn feedback_page(outcome: &Outcome, copies: &[super::CopyRead]) -> Page {
    Page { path: "feedback.html".into(), bytes: feedback::page(outcome, copies).into_string().into_bytes() }
}

/// A ledger's page.
pub(super) fn ledger_page(d: &super::Draftable, entries: &[crate::merge::Entry]) -> Vec<u8> {
    drafts::ledger(d, entries).into_string().into_bytes()
}

/// How many remarks of each kind a draft has.
pub(super) use drafts::remarks;

/// The file name of a pair without its ending.
pub(super) fn pair_name(outcome: &Outcome, pair: usize) -> String {
    names(outcome).get(pair).map_or_else(String::new, |n| n.trim_end_matches(".html").to_owned())
}

/// The page of `common-ground changes`.
pub(super) fn changes_page(outcome: &Outcome, redline: Option<&Redline>) -> Page {
    Page { path: "changes.html".into(), bytes: changes::page(outcome, redline).into_string().into_bytes() }
}

/// Pages that no pair may be called: every command writes into the same folder.
const OVERVIEWS: [&str; 13] = [
    "index",
    "terms",
    "read",
    "drafts",
    "feedback",
    "ethos",
    "curriculum",
    "parents",
    "status",
    "pack",
    "register",
    "changes",
    "check",
];

/// A file name for each pair: its topic, or the words of its title; no two the same.
fn names(outcome: &Outcome) -> Vec<String> {
    let mut taken: BTreeSet<String> = OVERVIEWS.map(str::to_owned).into();
    let mut out = Vec::new();
    for (at, pair) in outcome.register.pairs.iter().enumerate() {
        let title = pair.topic.clone().unwrap_or_else(|| super::pair_title(outcome, at));
        let plain: String = title.chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
        let slug = slug(&plain).split('-').take(8).collect::<Vec<_>>().join("-");
        let slug = if slug.is_empty() { "policy".to_owned() } else { slug };
        let mut name = slug.clone();
        let mut count = 1;
        while !taken.insert(name.clone()) {
            count += 1;
            name = format!("{slug}-{count}");
        }
        out.push(format!("{name}.html"));
    }
    out
}

/// The frame of every page of a comparison.
fn frame(outcome: &Outcome, title: &str, home: bool, content: &Markup) -> Markup {
    let home = (!home).then_some(("index.html", "All policies"));
    let mut colours = Colours::of(&outcome.partnership.schools);
    if home.is_some() {
        // The first page has the logos; in each of many they would be most of it.
        colours.logos = Default::default();
    }
    framed((outcome.today, &outcome.rules_as_at), title, home, Some(&colours), content)
}

/// The frame of a page about one draft.
fn bare(today: jiff::civil::Date, title: &str, content: &Markup) -> Markup {
    let home = Some(("drafts.html", "All drafts"));
    framed((today, &crate::knowledge::bundled().as_at), title, home, None, content)
}

/// The frame of every page; `days` are the day of the run and of the facts, `home` the page above it and its name, `colours` the schools' own.
pub(super) fn framed(
    days: (jiff::civil::Date, &str),
    title: &str,
    home: Option<(&str, &str)>,
    colours: Option<&Colours>,
    content: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (passage::Shown(title)) }
                style { (PreEscaped(include_str!("style.css"))) (PreEscaped(colours.map_or_else(String::new, Colours::style))) }
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                header class="top" {
                    p class="brand" { "Common Ground" }
                    @if let Some(colours) = colours { (colours.logos.html()) }
                    @if let Some((page, name)) = home {
                        nav aria-label="Report" { a href=(page) { (name) } }
                    }
                }
                main id="main" { (content) }
                footer class="bottom" {
                    p {
                        "Made on " (super::escape::date(days.0)) " by Common Ground " (env!("CARGO_PKG_VERSION"))
                        ". "
                        // Parents are told nothing of guidance and law.
                        @if !days.1.is_empty() {
                            "Facts about guidance and law as at " (dated(days.1)) ". "
                            "This report quotes both schools' own words and adds none. "
                        }
                        "It is a reading aid: the policies themselves count."
                    }
                }
            }
        }
    }
}

/// A day of the bundled facts in words.
fn dated(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), super::escape::date)
}

/// The head of a table. `first` is the column of the first school; the next is the second's.
fn head(columns: &[&str], first: Option<usize>) -> Markup {
    let side = |at: usize| first.and_then(|first| ["a", "b"].get(at.checked_sub(first)?));
    html! {
        thead role="rowgroup" {
            tr role="row" {
                @for (at, column) in columns.iter().enumerate() {
                    th scope="col" role="columnheader" class=[side(at)] { (Shown(column)) }
                }
            }
        }
    }
}

/// The heads of the columns of what each school says.
fn schools_say(schools: &[School; 2]) -> [String; 2] {
    schools.each_ref().map(|s| format!("{} says", s.name))
}
