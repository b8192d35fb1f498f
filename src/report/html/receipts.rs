//! What of each file was read and what was not, and what it says about itself.

use maud::{Markup, html};

use crate::document::{Dated, Document};
use crate::report::escape;

use super::counted;
use super::passage::Shown;

/// A file's front matter and receipt.
pub(super) fn card(document: &Document, school: &str, side: &str) -> Markup {
    let front = &document.front_matter;
    let r = &document.receipt;
    let texts = [
        ("Version", &front.version),
        ("Owner", &front.owner),
        ("Approved by", &front.approved_by),
        ("Reviewed", &front.review_cycle),
    ];
    let dates = [
        ("Written on", &front.written_on),
        ("Approved on", &front.approved_on),
        ("Last review", &front.last_review),
        ("Next review", &front.review_due),
    ];
    html! {
        section class={ "card " (side) } {
            h3 { (Shown(school)) }
            p class="file" { bdi { (Shown(&document.path)) } }
            dl {
                dt { "Title" } dd { bdi { (Shown(&document.title)) } }
                @for (name, value) in texts { @if let Some(value) = value { dt { (name) } dd { bdi { (Shown(value)) } } } }
                @for (name, value) in dates { @if let Some(value) = value { dt { (name) } dd { (dated(value)) } } }
                dt { "Read" }
                dd {
                    (counted(r.words as usize, "word", "words")) ", " (counted(r.blocks as usize, "passage", "passages")) ", "
                    (counted(r.tables as usize, "table", "tables")) ", " (counted(r.pictures as usize, "picture", "pictures"))
                }
                @if !r.notices.is_empty() { dt { "Note" } dd { ul { @for n in &r.notices { li { (Shown(n)) } } } } }
                dt { "Not read" }
                dd {
                    @if r.unread.is_empty() { "nothing: all text of the file is in this report" }
                    @else { ul { @for u in &r.unread { li { (Shown(&u.what)) " (" (Shown(&u.r#where)) "): " (Shown(&u.why)) } } } }
                }
                @let with_text: Vec<&str> = document.pictures.iter().filter_map(|p| p.alternative.as_deref()).collect();
                @if !document.pictures.is_empty() {
                    dt { "Pictures" }
                    dd {
                        @if with_text.is_empty() { "none of them has a description" }
                        @else { ul { @for text in with_text { li { bdi { (Shown(text)) } } } } }
                    }
                }
            }
        }
    }
}

/// A date as written, with the days it may mean.
fn dated(date: &Dated) -> Markup {
    html! {
        @match (date.from, date.to) {
            (Some(from), Some(to)) if from == to => (escape::date(from)),
            (Some(from), Some(to)) => { (Shown(&date.text)) " (" (escape::date(from)) " to " (escape::date(to)) ")" },
            _ => (Shown(&date.text)),
        }
    }
}
