//! The decision table, what is to be checked, and the local facts of a pair.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::compare::{Comparison, Difference, Point, Quote, Weight};
use crate::document::{Document, School};

use super::counted;
use super::passage::{Shown, quoted, section};

/// Rows that are shown at once; the rest can be unfolded. A head reads fifteen, not fifty.
const ROWS: usize = 15;
/// Sentences quoted in one row; the rest of a long section is in the side-by-side view.
const QUOTES: usize = 3;

/// The decision table.
pub(super) fn table(a: &Document, b: &Document, comparison: &Comparison, schools: &[School; 2]) -> Markup {
    let points = &comparison.points;
    if points.is_empty() {
        return html! { p { "Nothing here needs a decision: where both policies speak of the same thing, they ask for the same." } };
    }
    let (first, rest) = points.split_at(points.len().min(ROWS));
    let show = |points: &[Point], from: usize, caption: &str| {
        html! {
            table role="table" class="decide" {
                caption { (caption) }
                thead role="rowgroup" {
                    tr role="row" {
                        th scope="col" role="columnheader" { "Point" }
                        th scope="col" role="columnheader" class="a" { (Shown(&schools[0].name)) " says" }
                        th scope="col" role="columnheader" class="b" { (Shown(&schools[1].name)) " says" }
                        th scope="col" role="columnheader" { "What differs" }
                        th scope="col" role="columnheader" { "Who decides" }
                    }
                }
                tbody role="rowgroup" {
                    @for (at, point) in points.iter().enumerate() { (row(a, b, comparison, point, from + at + 1, schools)) }
                }
            }
        }
    };
    html! {
        (show(first, 0, &counted(points.len(), "point to decide, most important first", "points to decide, most important first")))
        @if !rest.is_empty() {
            details class="more" {
                summary { "and " (counted(rest.len(), "smaller point", "smaller points")) }
                (show(rest, ROWS, "The other points"))
            }
        }
    }
}

fn row(
    a: &Document,
    b: &Document,
    comparison: &Comparison,
    point: &Point,
    number: usize,
    schools: &[School; 2],
) -> Markup {
    let all: Vec<&Difference> =
        point.differences.iter().filter_map(|d| comparison.differences.get(*d)).collect();
    let Some(main) = all.first() else { return html! {} };
    let mut kinds: Vec<&str> = Vec::new();
    for d in &all {
        if !kinds.contains(&d.kind.name()) {
            kinds.push(d.kind.name());
        }
    }
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { span class="number" { (number) "." } " " bdi { (Shown(&point.title)) } }
            td role="cell" class="a" { span class="who" { (Shown(&schools[0].name)) } (says(a, &all, |d| (d.a, d.context_a), "a")) }
            td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } (says(b, &all, |d| (d.b, d.context_b), "b")) }
            td role="cell" {
                span class="kind" { (kinds.join(", ")) }
                @if main.a.is_some() && main.b.is_some() || all.len() == 1 {
                    @for d in all.iter().take(QUOTES) { p class="says" { (Shown(&d.says)) } }
                } @else {
                    p class="says" { (counted(all.len(), "sentence", "sentences")) " that only one policy has." }
                }
            }
            td role="cell" { span class="hidden" { "Decided by " } (main.who_decides) }
        }
    }
}

/// What one side says at a point: its sentences, each once, with the words in question marked.
fn says(
    document: &Document,
    all: &[&Difference],
    side: impl Fn(&Difference) -> (Option<Quote>, Option<Quote>),
    name: &str,
) -> Markup {
    let mut sentences: Vec<(Quote, Vec<Quote>)> = Vec::new();
    for d in all {
        let (quote, context) = side(d);
        let Some(context) = context.or(quote) else { continue };
        let entry = match sentences.iter_mut().find(|(c, _)| *c == context) {
            Some(entry) => entry,
            None => {
                sentences.push((context, Vec::new()));
                let last = sentences.len() - 1;
                &mut sentences[last]
            }
        };
        entry.1.extend(quote);
    }
    for (_, quotes) in &mut sentences {
        quotes.sort_by_key(|q| q.start);
        quotes.dedup();
    }
    sentences.sort_by_key(|(c, _)| (c.block, c.start));
    html! {
        @if sentences.is_empty() { p class="nothing" { "says nothing about it" } }
        @for (context, quotes) in sentences.iter().take(QUOTES) { p { (quoted(document, Some(*context), quotes, name)) } }
        @if sentences.len() > QUOTES { p class="nothing" { "and " (counted(sentences.len() - QUOTES, "more sentence", "more sentences")) } }
        @if let Some((context, _)) = sentences.first() { p { (section(document, context.block)) } }
    }
}

/// What each school puts right by itself: stale references, gaps, names, and phase content that is right as it is.
pub(super) fn checks(a: &Document, b: &Document, comparison: &Comparison) -> Markup {
    let all: Vec<&Difference> = comparison.differences.iter().filter(|d| d.weight == Weight::Check).collect();
    let phase = |d: &&&Difference| d.kind == crate::compare::DifferenceKind::Phase;
    let phases = all.iter().filter(phase).count();
    let others: Vec<&&Difference> = all.iter().filter(|d| !phase(d)).collect();
    html! {
        @if others.is_empty() { p { "Nothing out of date, left over or unfinished was found in either policy." } }
        @else {
            ul class="checks" {
                @for d in &others {
                    li {
                        span class="kind" { (d.kind.name()) } " " (Shown(&d.says))
                        " "
                        @if d.a.is_some() { (quoted(a, d.context_a, &d.a.into_iter().collect::<Vec<_>>(), "a")) }
                        @else { (quoted(b, d.context_b, &d.b.into_iter().collect::<Vec<_>>(), "b")) }
                    }
                }
            }
        }
        @if phases > 0 {
            p { (counted(phases, "sentence is", "sentences are")) " about a phase that only one school teaches. They are right where they stand and are not counted as differences." }
        }
    }
}

/// Names, numbers, times and places of each school.
pub(super) fn local(a: &Document, b: &Document, comparison: &Comparison, schools: &[School; 2]) -> Markup {
    let mut facts: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for d in comparison.differences.iter().filter(|d| d.weight == Weight::Local) {
        let kind = d.says.trim_start_matches("A ").split(" of ").next().unwrap_or("fact").to_owned();
        let entry = facts.entry(kind).or_default();
        for (which, quote, document) in [(0, d.a, a), (1, d.b, b)] {
            if let Some(text) = quote.map(|q| q.text(document).to_owned())
                && !entry[which].contains(&text)
            {
                entry[which].push(text);
            }
        }
    }
    if facts.is_empty() {
        return html! { p { "No names, numbers, addresses, times or rooms were found in the text of either policy." } };
    }
    html! {
        table role="table" class="local" {
            caption { "These should differ. They are listed here and never counted as differences." }
            thead role="rowgroup" { tr role="row" {
                th scope="col" role="columnheader" { "What" }
                th scope="col" role="columnheader" class="a" { (Shown(&schools[0].name)) }
                th scope="col" role="columnheader" class="b" { (Shown(&schools[1].name)) }
            } }
            tbody role="rowgroup" {
                @for (kind, [of_a, of_b]) in &facts {
                    tr role="row" {
                        th scope="row" role="rowheader" { (kind) }
                        td role="cell" class="a" { span class="who" { (Shown(&schools[0].name)) } (list(of_a)) }
                        td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } (list(of_b)) }
                    }
                }
            }
        }
    }
}

fn list(values: &[String]) -> Markup {
    html! {
        @if values.is_empty() { span class="nothing" { "none" } }
        @for (at, value) in values.iter().enumerate() { @if at > 0 { "; " } bdi { (Shown(value)) } }
    }
}
