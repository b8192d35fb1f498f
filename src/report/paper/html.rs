//! A paper as a web page: parts in, markup out, in the frame that all pages have.

use maud::{Markup, PreEscaped, html};

use crate::merge::Side;
use crate::report::html::{Shown, framed};

use super::{Cell, Figure, Line, Look, Paper, Part, Run, Table, picture};

/// The page.
pub(in crate::report) fn page(paper: &Paper) -> Vec<u8> {
    let content = html! {
        div class="paper" {
            h1 { (Shown(&paper.title)) }
            @for part in &paper.parts { (one(paper, part)) }
        }
    };
    let days = (paper.today, paper.rules_as_at.as_str());
    framed(days, &paper.title, None, Some(&paper.colours), &content).into_string().into_bytes()
}

fn one(paper: &Paper, part: &Part) -> Markup {
    html! {
        @match part {
            Part::Heading(1, id, text) => h2 id=(id) { (Shown(text)) },
            Part::Heading(2, id, text) => h3 id=(id) { (Shown(text)) },
            Part::Heading(_, id, text) => h4 id=(id) { (Shown(text)) },
            Part::Text(look, runs) => p class=[class(*look)] { (line(paper, runs)) },
            Part::List(items) => ul class="plain" { @for item in items { li { (line(paper, item)) } } },
            Part::Table(t) => (table_of(paper, t)),
            Part::Figure(f) => (figure(f)),
            Part::Contents => nav aria-label="Contents" class="index" {
                ul { @for (id, text) in paper.contents() { li { a href={ "#" (id) } { (Shown(text)) } } } }
            },
            Part::NewPage => div class="new-page" {},
        }
    }
}

fn class(look: Look) -> Option<&'static str> {
    match look {
        Look::Plain => None,
        Look::Lead => Some("lead"),
        Look::Notice => Some("notice"),
        Look::Small => Some("where"),
    }
}

/// A picture; on narrow screens the style sheet leaves it out, because the table beside it says the same.
pub(in crate::report) fn figure(figure: &Figure) -> Markup {
    html! {
        figure class="picture" {
            (PreEscaped(picture::svg(figure, None)))
            figcaption { (Shown(&figure.caption)) }
        }
    }
}

/// A table on a page that is no paper.
pub(in crate::report) fn table(schools: [&str; 2], t: &Table) -> Markup {
    table_with(schools, t)
}

fn table_of(paper: &Paper, t: &Table) -> Markup {
    table_with([&paper.schools[0], &paper.schools[1]], t)
}

fn table_with(schools: [&str; 2], t: &Table) -> Markup {
    let id = (!t.id.is_empty()).then_some(t.id.as_str());
    let side = |side: Option<Side>| match side {
        Some(Side::A) => Some("a"),
        Some(Side::B) => Some("b"),
        None => None,
    };
    let show = |at: usize, cell: &Cell, first: bool| {
        let column = t.columns.get(at);
        let of = side(column.and_then(|c| c.side));
        let name = column.map_or("", |c| c.name.as_str());
        let content = html! {
            @if !first && !name.is_empty() { span class="who" { (Shown(name)) } }
            @for l in cell { p { (line_of(schools, l)) } }
        };
        html! {
            @if first { th scope="row" role="rowheader" class=[of] { (content) } }
            @else { td role="cell" class=[of] { (content) } }
        }
    };
    if t.rows.is_empty() && t.totals.is_empty() {
        return html! { p id=[id] class="where" { (Shown(&t.caption)) } };
    }
    html! {
        table id=[id] role="table" class={ "sheet" @if t.form { " form" } } {
            caption { (Shown(&t.caption)) }
            thead role="rowgroup" { tr role="row" {
                @for c in &t.columns { th scope="col" role="columnheader" class=[side(c.side)] style={ "width:" (c.width) "%" } { (Shown(&c.name)) } }
            } }
            tbody role="rowgroup" {
                @for row in &t.rows { tr role="row" { @for (at, cell) in row.iter().enumerate() { (show(at, cell, at == 0)) } } }
            }
            @if !t.totals.is_empty() {
                tfoot role="rowgroup" { tr role="row" {
                    @for (at, (id, cell)) in t.totals.iter().enumerate() {
                        @let id = (!id.is_empty()).then_some(id.as_str());
                        @if at == 0 { th scope="row" role="rowheader" { @for l in cell { (line_of(schools, l)) } } }
                        @else { td role="cell" id=[id] {
                            @if let Some(c) = t.columns.get(at) { span class="who" { (Shown(&c.name)) } }
                            strong { @for l in cell { (line_of(schools, l)) } }
                        } }
                    }
                } }
            }
        }
    }
}

fn line(paper: &Paper, runs: &Line) -> Markup {
    line_of([&paper.schools[0], &paper.schools[1]], runs)
}

fn line_of(schools: [&str; 2], runs: &Line) -> Markup {
    html! {
        @for run in runs {
            @match run {
                Run::Plain(text) => (Shown(text)),
                Run::Strong(text) => strong { (Shown(text)) },
                Run::Quote(side, text) => span class={ "said " (if *side == Side::A { "a" } else { "b" }) } {
                    span class="hidden" { (Shown(schools[side.index()])) ": " } "“" bdi { (Shown(text)) } "”"
                },
                Run::Small(text) => span class="where" { bdi { (Shown(text)) } },
                Run::Count(n, id) => a class="count" href=(target(id)) { (n) },
                Run::To(text, to) => a href=(target(to)) { (Shown(text)) },
                Run::Gap(width) => span class="gap" style=[(*width > 0).then(|| format!("width:{width}ch"))] { span class="hidden" { "to be filled in" } },
            }
        }
    }
}

/// A name on this page, or a page and a name on it.
fn target(to: &str) -> String {
    if to.contains('#') { to.to_owned() } else { format!("#{to}") }
}
