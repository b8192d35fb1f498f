//! The side-by-side view: every block of both policies once, what is the same folded away and counted.

use maud::{Markup, html};

use crate::align::{Link, Relation};
use crate::compare::{Comparison, Repeated};
use crate::document::{BlockId, Document, Kind, Role, School};

use super::counted;
use super::passage::{Shown, Standing, block, section};
use super::rows::{Row, rows};

/// What a run of rows is to a reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Same,
    Wording,
    Shown,
    Front,
}

/// The whole view.
pub(super) fn view(
    a: &Document,
    b: &Document,
    comparison: &Comparison,
    schools: &[School; 2],
    repeated: &Repeated,
) -> Markup {
    let all = rows(a, b, comparison);
    let view = View { a, b, comparison, schools, repeated };
    let mut runs: Vec<(Group, Vec<&Row>)> = Vec::new();
    for row in &all {
        let group = view.group(row);
        match runs.last_mut() {
            Some((last, rows)) if *last == group => rows.push(row),
            _ => runs.push((group, vec![row])),
        }
    }
    html! {
        div class="parallel" {
            div class="row names" aria-hidden="true" {
                div class="side a" { (Shown(&schools[0].name)) }
                div class="side b" { (Shown(&schools[1].name)) }
            }
            @for (group, rows) in &runs {
                @match group {
                    Group::Shown => @for row in rows { (view.row(row)) },
                    Group::Same => (view.folded(rows, &counted(rows.len(), "passage says the same", "passages say the same"))),
                    Group::Wording => (view.folded(rows, &counted(rows.len(), "passage differs only in wording", "passages differ only in wording"))),
                    Group::Front => (view.folded(rows, &counted(rows.len(), "line of titles, dates and contents", "lines of titles, dates and contents"))),
                }
            }
        }
    }
}

struct View<'v> {
    a: &'v Document,
    b: &'v Document,
    comparison: &'v Comparison,
    schools: &'v [School; 2],
    repeated: &'v Repeated,
}

impl View<'_> {
    fn group(&self, row: &Row) -> Group {
        let of = |d: &Document, id: BlockId| d.blocks.get(id as usize).map(|b| (b.role, b.kind));
        let edge = |d: &Document, id: BlockId| of(d, id).is_some_and(|(role, _)| role != Role::Body);
        match row {
            Row::OnlyA(ids) if ids.iter().all(|x| edge(self.a, *x)) => Group::Front,
            Row::OnlyB(ids) if ids.iter().all(|y| edge(self.b, *y)) => Group::Front,
            Row::OnlyA(_) | Row::OnlyB(_) | Row::MovedFrom(..) => Group::Shown,
            Row::Linked(at) => {
                let link = &self.comparison.links[*at];
                let heading =
                    link.a.iter().any(|x| of(self.a, *x).is_some_and(|(_, kind)| kind == Kind::Heading));
                if link.a.iter().all(|x| edge(self.a, *x)) {
                    Group::Front
                } else if heading || link.moved {
                    Group::Shown
                } else {
                    match link.relation {
                        Relation::Same => Group::Same,
                        Relation::Reworded => Group::Wording,
                        Relation::Changed | Relation::Partial => Group::Shown,
                    }
                }
            }
        }
    }

    fn folded(&self, rows: &[&Row], label: &str) -> Markup {
        html! {
            details class="folded" {
                summary { (label) }
                @for row in rows { (self.row(row)) }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        match row {
            Row::Linked(at) => self.linked(*at),
            Row::OnlyA(ids) => html! {
                div class="row only" {
                    (self.side(0, ids, Standing::default(), Some("only here")))
                    div class="side b empty" { p { span class="hidden" { (Shown(&self.schools[1].name)) ": " } "nothing that corresponds" } }
                }
            },
            Row::OnlyB(ids) => html! {
                div class="row only" {
                    div class="side a empty" { p { span class="hidden" { (Shown(&self.schools[0].name)) ": " } "nothing that corresponds" } }
                    (self.side(1, ids, Standing::default(), Some("only here")))
                }
            },
            Row::MovedFrom(at, in_a) => {
                let link = &self.comparison.links[*at];
                let (document, blocks) = if *in_a { (self.a, &link.a) } else { (self.b, &link.b) };
                let stub = html! {
                    p class="moved" { a href={ "#link-" (at) } { "↕ a passage that stands here is shown where the other policy has it" } " "
                        @if let Some(first) = blocks.first() { (section(document, *first)) }
                    }
                };
                html! {
                    div class="row stub" {
                        @if *in_a { div class="side a" { (stub) } div class="side b empty" {} }
                        @else { div class="side a empty" {} div class="side b" { (stub) } }
                    }
                }
            }
        }
    }

    fn linked(&self, at: usize) -> Markup {
        let link = &self.comparison.links[at];
        let marks = &self.comparison.marks[at];
        let label = label(link);
        html! {
            div class={ "row " (class(link)) } id={ "link-" (at) } {
                (self.side(0, &link.a, Standing { marks: &marks.a, moved: &marks.moved_a }, label))
                (self.side(1, &link.b, Standing { marks: &marks.b, moved: &marks.moved_b }, label))
                @if link.moved {
                    p class="moved" {
                        "↕ moved: "
                        @if let (Some(x), Some(y)) = (link.a.first(), link.b.first()) {
                            (Shown(&self.schools[0].name)) " has it " (place(self.a, *x)) "; "
                            (Shown(&self.schools[1].name)) " has it " (place(self.b, *y)) "."
                        }
                    }
                }
            }
        }
    }

    fn side(&self, which: usize, blocks: &[BlockId], marks: Standing, label: Option<&str>) -> Markup {
        let (document, name) = if which == 0 { (self.a, "a") } else { (self.b, "b") };
        html! {
            div class={ "side " (name) } {
                p class="who" { (Shown(&self.schools[which].name)) @if let Some(label) = label { span class="label" { " · " (label) } } }
                @for id in blocks {
                    (block(document, *id, marks, name))
                    @if let Some(policies) = self.repeated.block(document, *id) {
                        p class="where" { "stands word for word in " (policies) " policies" }
                    }
                }
            }
        }
    }
}

fn class(link: &Link) -> &'static str {
    match link.relation {
        Relation::Same => "same",
        Relation::Reworded => "reworded",
        Relation::Changed => "changed",
        Relation::Partial => "partial",
    }
}

fn label(link: &Link) -> Option<&'static str> {
    match link.relation {
        Relation::Changed => Some("differs"),
        Relation::Partial if link.a.len() != link.b.len() => Some("split or joined"),
        Relation::Reworded => Some("reworded"),
        _ => None,
    }
}

/// Where a block that was moved stands.
fn place(document: &Document, id: BlockId) -> Markup {
    match document.blocks.get(id as usize) {
        Some(block) if block.parent.is_some() => section(document, id),
        Some(block) if block.kind == Kind::Heading => html! { "as a section of its own" },
        _ => html! { "before its first heading" },
    }
}
