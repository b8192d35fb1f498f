//! The decision table, what is to be checked, and the local facts of a pair.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::compare::{Comparison, Difference, LocalKind, Point, Quote, Repeated, Weight};
use crate::document::{Document, School};
use crate::merge::Side;

use super::super::point_says;
use super::passage::{Shown, quoted, section};
use super::{counted, head, schools_say};
use crate::compare::Decider;

/// Rows that are shown at once; the rest can be unfolded. A head reads fifteen, not fifty.
const ROWS: usize = 15;
/// Sentences that one side of a row shows at once; the others can be unfolded.
const QUOTES: usize = 2;

/// The decision table.
pub(super) fn table(
    a: &Document,
    b: &Document,
    comparison: &Comparison,
    schools: &[School; 2],
    decider: &Decider,
    repeated: &Repeated,
) -> Markup {
    let points = &comparison.points;
    if points.is_empty() {
        return html! { p { "Nothing here needs a decision: where both policies speak of the same thing, they ask for the same." } };
    }
    let (first, rest) = points.split_at(points.len().min(ROWS));
    let show = |points: &[Point], from: usize, caption: &str| {
        html! {
            table role="table" class="decide" {
                caption { (caption) }
                @let say = schools_say(schools);
                (head(&["Point", &say[0], &say[1], "What differs", "Who decides"], Some(1)))
                tbody role="rowgroup" {
                    @for (at, point) in points.iter().enumerate() { (row(a, b, comparison, point, from + at + 1, schools, repeated)) }
                }
            }
        }
    };
    html! {
        (show(first, 0, &caption(points)))
        @if !rest.is_empty() {
            details class="more" {
                summary { "and " (counted(rest.len(), "smaller point", "smaller points")) }
                (show(rest, ROWS, "The other points"))
            }
        }
        p class="decider" id="who" {
            strong { "Who decides: " } (Shown(&decider.who)) ". " (Shown(&decider.because)) " "
            span class="section" { "Source: " bdi { (Shown(&decider.source)) } "." }
        }
    }
}

/// How many rows of which sort.
fn caption(points: &[Point]) -> String {
    let steps = points.iter().filter(|p| p.one_sided).count();
    let both = points.len() - steps;
    let all = counted(points.len(), "point to decide", "points to decide");
    match (both, steps) {
        (_, 0) => format!("{all}, most important first: both schools speak of it and do not say the same"),
        (0, _) => format!("{all}, most important first: steps that only one school has"),
        _ => {
            let first = counted(both, "point", "points");
            let others = if steps == 1 { "the other holds" } else { "the others hold" };
            format!(
                "{all}: first {first} where the two say different things; {others} steps that only one school has"
            )
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
    repeated: &Repeated,
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
            td role="cell" class="a" { span class="who" { (Shown(&schools[0].name)) } (says([a, b], &all, Side::A, point.one_sided)) }
            td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } (says([a, b], &all, Side::B, point.one_sided)) }
            td role="cell" {
                span class="kind" { (kinds.join(", ")) }
                @for line in point_says(comparison, point, schools) { p class="says" { (Shown(&line)) } }
                @for line in beside_model(comparison, point, schools) { p class="says" { (Shown(&line)) } }
                @if let Some(policies) = stock(a, b, &all, repeated) {
                    p class="says" { "The same words stand in " (policies) " policies: one decision can do for all." }
                }
            }
            td role="cell" { span class="hidden" { "Decided by " } (main.who_decides) " " a class="source" href="#who" { "why" span class="hidden" { " they decide point " (number) } } }
        }
    }
}

/// What each school did with the model, if one was named: each statement once; how often where steps are gathered.
fn beside_model(comparison: &Comparison, point: &Point, schools: &[School; 2]) -> Vec<String> {
    let names = School::names(schools);
    let origins =
        comparison.model.iter().flat_map(|m| point.differences.iter().filter_map(|d| m.origins.get(*d)));
    let mut out: Vec<(String, usize)> = Vec::new();
    for origin in origins {
        let line = if point.one_sided { origin.did(names) } else { origin.says(names) };
        match out.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => out.push((line, 1)),
        }
    }
    let several = |n: usize| if point.one_sided && n > 1 { format!(" ({n} times)") } else { String::new() };
    out.into_iter().map(|(line, n)| format!("{line}{}", several(n))).collect()
}

/// In how many policies the sentences of a point stand, if each of them stands in many: the least of them.
fn stock(a: &Document, b: &Document, all: &[&Difference], repeated: &Repeated) -> Option<usize> {
    let sides = all.iter().flat_map(|d| [a, b].into_iter().zip(d.sentences()));
    let counts = sides.filter_map(|(document, quote)| Some(repeated.policies(document, quote?)));
    counts.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// A sentence of one side at a point.
struct Stated {
    sentence: Quote,
    /// The words in question.
    marked: Vec<Quote>,
    /// The nearest words of the other side.
    nearest: Option<Quote>,
}

/// What one side says at a point: its sentences, each once, with the words in question marked, and the nearest words of the other where it
/// does not say them.
pub(super) fn says(documents: [&Document; 2], all: &[&Difference], side: Side, one_sided: bool) -> Markup {
    let (document, other) = (documents[side.index()], documents[side.other().index()]);
    let mut sentences: Vec<Stated> = Vec::new();
    for d in all {
        let Some(sentence) = d.sentences()[side.index()] else { continue };
        let at = sentences.iter().position(|s| s.sentence == sentence).unwrap_or_else(|| {
            sentences.push(Stated { sentence, marked: Vec::new(), nearest: None });
            sentences.len() - 1
        });
        let entry = &mut sentences[at];
        entry.marked.extend([d.a, d.b][side.index()]);
        // What stands in the next cell need not stand here as well.
        let beside = |q: &Quote| all.iter().any(|e| e.sentences()[side.other().index()] == Some(*q));
        entry.nearest = entry.nearest.or(d.nearest.filter(|q| !beside(q)));
    }
    for stated in &mut sentences {
        stated.marked.sort_by_key(|q| q.start);
        stated.marked.dedup();
    }
    // The gravest steps come first in their row; what both say stands in the order of the text.
    if !one_sided {
        sentences.sort_by_key(|s| (s.sentence.block, s.sentence.start));
    }
    let shown = sentences.len().min(QUOTES);
    let shown = if sentences.len() == shown + 1 { shown + 1 } else { shown };
    let (first, rest) = sentences.split_at(shown);
    let parent = |s: &Stated| document.blocks.get(s.sentence.block as usize).and_then(|b| b.parent);
    let list = |sentences: &[Stated]| {
        html! {
            @for (at, stated) in sentences.iter().enumerate() {
                p { (quoted(document, Some(stated.sentence), &stated.marked, side.letter())) }
                // Where it stands is said once for those that stand together.
                @if stated.nearest.is_some() || sentences.get(at + 1).map(parent) != Some(parent(stated)) {
                    p { (section(document, stated.sentence.block)) }
                }
                @if let Some(nearest) = stated.nearest {
                    p class="nearest" {
                        "Nearest on the other side, to be read: "
                        (quoted(other, Some(nearest), &[], side.other().letter())) " " (section(other, nearest.block))
                    }
                }
            }
        }
    };
    let near = all.iter().filter(|d| d.nearest.is_some()).count();
    html! {
        @if sentences.is_empty() {
            p class="nothing" {
                @match (near, all.len()) {
                    (0, 1) => "no matching sentence was found",
                    (0, _) => "no matching sentences were found",
                    (1, 1) => "no matching sentence was found; the nearest words stand beside it",
                    _ => "no matching sentences were found; where words are near, they stand beside them",
                }
            }
        }
        (list(first))
        @if !rest.is_empty() {
            details { summary { "and " (rest.len()) " more" span class="hidden" { " of these steps" } } (list(rest)) }
        }
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
            p {
                (counted(phases, "sentence is", "sentences are")) " about a phase that only one school teaches. "
                @if phases == 1 { "It is right where it stands and is not counted as a difference." }
                @else { "They are right where they stand and are not counted as differences." }
            }
        }
    }
}

/// Names, numbers, times and places of each school.
pub(super) fn local(a: &Document, b: &Document, comparison: &Comparison, schools: &[School; 2]) -> Markup {
    let mut facts: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for d in comparison.differences.iter().filter(|d| d.weight == Weight::Local) {
        let kind = d.local.map_or("fact", LocalKind::name).to_owned();
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
            (head(&["What", &schools[0].name, &schools[1].name], Some(1)))
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
