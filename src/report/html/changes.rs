//! The page of two versions of one policy: what changed in substance, then both texts side by side.

use maud::{Markup, html};

use crate::align::Relation;
use crate::compare::{Comparison, Difference, DifferenceKind, Weight};
use crate::document::Document;
use crate::merge::Side;
use crate::redline::Redline;

use super::super::Outcome;
use super::decisions::says;
use super::passage::{Shown, quoted};
use super::{counted, frame, head, parallel, receipts};

/// The page.
pub(super) fn page(outcome: &Outcome, redline: Option<&Redline>) -> Markup {
    let (Some(comparison), [before, after, ..]) = (outcome.comparisons.first(), outcome.documents.as_slice())
    else {
        return frame(
            outcome,
            "What changed",
            true,
            &html! { h1 { "What changed" } p { "Nothing was compared." } },
        );
    };
    let schools = &outcome.partnership.schools;
    let same = comparison.links.iter().filter(|l| l.relation == Relation::Same && !l.moved).count();
    let moved = comparison.links.iter().filter(|l| l.moved).count();
    let title = format!("What changed: {}", after.title);
    let content = html! {
        h1 { (Shown(&title)) }
        p class="lead" {
            strong { (counted(comparison.points.len(), "point changed", "points changed")) " in substance" } ". "
            (counted(same, "passage is", "passages are")) " as before, "
            (counted(comparison.folded.wording as usize, "is", "are")) " worded otherwise with nothing to decide, "
            (counted(comparison.only_a.len(), "was", "were")) " taken out, "
            (counted(comparison.only_b.len(), "is", "are")) " new"
            @if moved > 0 { "; " (counted(moved, "stands", "stand")) " in another place" }
            "."
        }
        @if let Some(why) = &comparison.coarse { p class="notice" { "This comparison is coarser than usual: " (Shown(why)) "." } }
        @if let Some(redline) = redline {
            p {
                a href="changes.docx" { "The Word file with every change tracked" } ": "
                (counted(redline.insertions as usize, "insertion", "insertions")) ", " (counted(redline.deletions as usize, "deletion", "deletions")) ", "
                (counted(redline.moves as usize, "move", "moves")) ". Accepting all gives the new version, rejecting all the old one."
            }
            @for notice in &redline.notices { p class="notice" { (Shown(notice)) "." } }
        }
        nav aria-label="On this page" class="contents" {
            ul {
                li { a href="#changed" { "Changed in substance" } }
                li { a href="#check" { "To check" } }
                li { a href="#parallel" { "Side by side" } }
                li { a href="#files" { "The two files" } }
            }
        }
        section aria-labelledby="changed" { h2 id="changed" { "Changed in substance" } (table(before, after, comparison)) }
        section aria-labelledby="check" { h2 id="check" { "To check in the new version" } (checks(after, comparison)) }
        section aria-labelledby="parallel" {
            h2 id="parallel" { "Side by side" }
            p class="legend" {
                "Every passage of both versions stands here once. Words that only one has are marked: "
                mark class="a" { "like this" } " before, " mark class="b" { "like this" } " after. A sentence that only changed its place is dotted, "
                span class="shifted" { "like this" } ". What is the same is folded away; open it to read it."
            }
            (parallel::view(before, after, comparison, schools, &outcome.repeated))
        }
        section aria-labelledby="files" {
            h2 id="files" { "The two files" }
            div class="cards" { (receipts::card(before, "Before", "a")) (receipts::card(after, "After", "b")) }
        }
    };
    frame(outcome, &title, true, &content)
}

/// What changed in substance, most important first.
fn table(before: &Document, after: &Document, comparison: &Comparison) -> Markup {
    if comparison.points.is_empty() {
        return html! { p { "Nothing: what the policy asks for, of whom, and by when, is as it was." } };
    }
    html! {
        table role="table" class="decide" {
            caption { "Most important first" }
            (head(&["Point", "Before", "After", "What changed"], Some(1)))
            tbody role="rowgroup" {
                @for (at, point) in comparison.points.iter().enumerate() {
                    @let all: Vec<&Difference> = point.differences.iter().filter_map(|d| comparison.differences.get(*d)).collect();
                    tr role="row" {
                        th scope="row" role="rowheader" { span class="number" { (at + 1) "." } " " bdi { (Shown(&point.title)) } }
                        td role="cell" class="a" { span class="who" { "Before" } (says([before, after], &all, Side::A, point.one_sided)) }
                        td role="cell" class="b" { span class="who" { "After" } (says([before, after], &all, Side::B, point.one_sided)) }
                        td role="cell" { (kinds(&all)) }
                    }
                }
            }
        }
    }
}

/// What kind of change: taken out, new, or what differs.
fn kinds(all: &[&Difference]) -> Markup {
    let mut names: Vec<&str> = Vec::new();
    for d in all {
        let name = match (d.kind, d.a.is_some(), d.b.is_some()) {
            (DifferenceKind::Step, true, false) => "taken out",
            (DifferenceKind::Step, false, true) => "new",
            (kind, ..) => kind.name(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    html! { span class="kind" { (names.join(", ")) } }
}

/// Stale references, gaps and left-over names in the version that counts now.
fn checks(after: &Document, comparison: &Comparison) -> Markup {
    let found: Vec<&Difference> = comparison
        .differences
        .iter()
        .filter(|d| d.weight == Weight::Check && d.kind != DifferenceKind::Phase && d.b.is_some())
        .collect();
    html! {
        @if found.is_empty() { p { "Nothing out of date, left over or unfinished was found." } }
        @else {
            ul class="checks" {
                @for d in found {
                    li { span class="kind" { (d.kind.name()) } " " (quoted(after, d.context_b, &d.b.into_iter().collect::<Vec<_>>(), "b")) }
                }
            }
        }
    }
}
