//! The page of `common-ground read`: how each file was read, its outline, and what was kept apart.

use maud::{Markup, html};

use crate::document::{ApartKind, Document, Kind, Role};
use crate::report::Outcome;

use super::passage::Shown;
use super::{counted, frame, receipts};

/// Texts kept apart that are shown for each kind; the rest is counted.
const SHOWN: usize = 12;

/// All files of the outcome on one page.
pub(super) fn page(outcome: &Outcome) -> Markup {
    let content = html! {
        h1 { "How the files were read" }
        p class="lead" {
            (counted(outcome.documents.len(), "file was read", "files were read"))
            @if !outcome.problems.is_empty() { ", " (counted(outcome.problems.len(), "could not be read", "could not be read")) }
            "."
        }
        @if !outcome.problems.is_empty() {
            h2 { "Not read" }
            ul {
                @for problem in &outcome.problems {
                    li { (Shown(&problem.to_string())) @if let Some(hint) = &problem.hint { ". What to do: " (Shown(hint)) } }
                }
            }
        }
        @for document in &outcome.documents { (file(document)) }
    };
    frame(outcome, "How the files were read", true, &content)
}

fn file(document: &Document) -> Markup {
    let headings: Vec<_> =
        document.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body).collect();
    let kinds = [
        (ApartKind::Header, "Page headers"),
        (ApartKind::Footer, "Page footers"),
        (ApartKind::Comment, "Comments"),
        (ApartKind::Deleted, "Deleted by a tracked change"),
        (ApartKind::Hidden, "Hidden text"),
        (ApartKind::Navigation, "Menus of the web page"),
    ];
    html! {
        h2 { bdi { (Shown(&document.title)) } }
        (receipts::card(document, "What was read", "a"))
        h3 { "Outline" }
        @if headings.is_empty() { p { "No headings were found." } }
        @else {
            ul class="outline" {
                @for heading in headings {
                    li style={ "margin-left:" (f32::from(heading.level.saturating_sub(1)) * 1.2) "em" } {
                        @if let Some(marker) = &heading.marker { (Shown(marker)) " " }
                        bdi { (Shown(&heading.text)) }
                        @if let Some(page) = heading.place.page { " (page " (page) ")" }
                    }
                }
            }
        }
        @for (kind, name) in kinds {
            @let texts: Vec<_> = document.apart.iter().filter(|a| a.kind == kind).collect();
            @if !texts.is_empty() {
                h3 { (name) }
                ul {
                    @for text in texts.iter().take(SHOWN) {
                        li { @if let Some(author) = &text.author { (Shown(author)) ": " } bdi { (Shown(&text.text)) } }
                    }
                    @if texts.len() > SHOWN { li { "and " (texts.len() - SHOWN) " more" } }
                }
            }
        }
    }
}
