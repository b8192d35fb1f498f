//! The page of `common-ground register`: every statutory topic, both schools beside each other.

use maud::{Markup, html};

use crate::check::Setting;
use crate::check::register::{Entry, Row, Status};
use crate::knowledge::statutory::Applies;
use crate::report::escape;

use super::passage::Shown;
use super::{counted, framed, head};

/// The whole register on one page.
pub(super) fn page(setting: &Setting, rows: &[Row]) -> Markup {
    let of = |status: Status| rows.iter().flat_map(|r| &r.schools).filter(|e| e.status == status).count();
    let mut columns = vec!["Policy"];
    columns.extend(setting.schools.iter().map(|s| s.name.as_str()));
    columns.push("Default for approval, review and website");
    let content = html! {
        h1 { (Shown(&setting.partnership.name)) ": register of policies" }
        p class="lead" {
            strong { (of(Status::Overdue)) " overdue" } ", " (of(Status::Missing)) " not found, "
            (of(Status::DueSoon)) " due soon (in the next three months, or in a term that begins by then), " (of(Status::NoDate)) " without a date."
        }
        p class="notice" {
            "Approver, interval and website duty are defaults from published lists, each with its source below; some of these are old. "
            "What your governing bodies decided goes into common-ground.toml and wins."
        }
        table role="table" class="pairs register" {
            caption { (counted(rows.len(), "statutory topic", "statutory topics")) }
            (head(&columns, None))
            tbody role="rowgroup" { @for row in rows { (one(setting, row)) } }
        }
    };
    let title = format!("{}: register of policies", setting.partnership.name);
    framed((setting.today, &setting.knowledge.as_at), &title, None, None, &content)
}

fn one(setting: &Setting, row: &Row) -> Markup {
    let duty = row.duty;
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (Shown(&duty.title)) @if !duty.note.is_empty() { p class="where" { (Shown(&duty.note)) } } }
            @for (entry, school) in row.schools.iter().zip(setting.schools) {
                td role="cell" { span class="who" { (Shown(&school.name)) } (cell(setting, entry)) }
            }
            td role="cell" {
                p { (Shown(&duty.approver)) }
                p { "Review: " (Shown(&duty.review)) ". Website: " (Shown(&duty.website)) "." }
                p class="where" { "Source: " bdi { (Shown(&duty.source)) } " (" (Shown(&duty.source_date)) ")" }
            }
        }
    }
}

fn cell(setting: &Setting, entry: &Entry) -> Markup {
    let title = entry.document.and_then(|d| setting.documents.get(d)).map(|d| d.title.as_str());
    html! {
        p { span class="kind" { (entry.status.name()) } }
        @if let (Some(title), Some(path)) = (title, &entry.path) { p { bdi { (Shown(title)) } } p class="where" { bdi { (Shown(path)) } } }
        @if entry.applies == Applies::Maybe && entry.document.is_none() { p class="where" { "needed only where it is used; the lists differ" } }
        @if entry.document.is_some() {
            p {
                @match (&entry.approved_on, &entry.approved_by) {
                    (Some(on), Some(by)) => { "Approved " bdi { (Shown(&on.text)) } " by " bdi { (Shown(by)) } },
                    (Some(on), None) => { "Approved " bdi { (Shown(&on.text)) } },
                    (None, Some(by)) => { "Approved by " bdi { (Shown(by)) } ", no date" },
                    (None, None) => "Says nothing of its approval",
                }
            }
        }
        @if let Some(due) = &entry.due {
            p {
                "Review " @if due.from == due.to { "by " (escape::date(due.to)) } @else { "between " (escape::date(due.from)) " and " (escape::date(due.to)) }
            }
            p class="where" { (Shown(&due.because)) }
        }
        @for told in [&entry.approver, &entry.website] {
            @if told.source == "common-ground.toml" { p { "Decided: " (Shown(&told.what)) } }
        }
    }
}
