//! A pair in the results file: its links, differences and points in, JSON at its place in the list out.

use crate::compare::{Comparison, Difference, Origin, Quote};
use crate::document::Document;
use crate::pair::Pair;
use crate::report::Outcome;
use crate::report::layout::Lines;

use super::side;

/// Bytes that a link and a difference take, about.
const LINK: usize = 120;
const DIFFERENCE: usize = 600;

/// The pair, as it stands in a list at depth 1.
pub(super) fn written(id: usize, pair: &Pair, comparison: &Comparison, outcome: &Outcome) -> Vec<u8> {
    let (a, b) = (&outcome.documents[pair.a], &outcome.documents[pair.b]);
    let mut lines = Lines::new(2, comparison.links.len() * LINK + comparison.differences.len() * DIFFERENCE);
    lines.open(b'{');
    lines.key("id");
    lines.number(id as u64);
    lines.key("a");
    lines.number(pair.a as u64);
    lines.key("b");
    lines.number(pair.b as u64);
    lines.key("topic");
    lines.text_or_null(pair.topic.as_deref());
    lines.key("confidence");
    lines.value(&pair.confidence);
    lines.key("because");
    lines.value(&pair.because);
    lines.key("sharing");
    lines.value(&pair.sharing);
    lines.key("decided_by");
    lines.value(&comparison.decider);
    lines.key("part");
    lines.value(&pair.part);
    lines.key("links");
    lines.list(&comparison.links, |lines, link| {
        lines.open(b'{');
        lines.key("a");
        lines.numbers(&link.a);
        lines.key("b");
        lines.numbers(&link.b);
        lines.key("pairs");
        lines.list(&link.pairs, |lines, (x, y)| lines.numbers(&[*x, *y]));
        lines.key("relation");
        lines.value(&link.relation);
        lines.key("moved");
        lines.value(&link.moved);
        lines.key("score");
        lines.value(&rounded(link.score));
        lines.close(b'}');
    });
    lines.key("only_a");
    lines.numbers(&comparison.only_a);
    lines.key("only_b");
    lines.numbers(&comparison.only_b);
    // Two blocks of `only_a` and `only_b` that may be the same point.
    lines.key("suggestions");
    lines.list(&comparison.suggestions, |lines, suggestion| {
        lines.open(b'{');
        lines.key("a");
        lines.number(u64::from(suggestion.a));
        lines.key("b");
        lines.number(u64::from(suggestion.b));
        lines.key("score");
        lines.value(&rounded(suggestion.score));
        lines.close(b'}');
    });
    lines.key("differences");
    lines.list(comparison.differences.iter().enumerate(), |lines, (at, difference)| {
        let origin = comparison.model.as_ref().and_then(|m| m.origins.get(at));
        one(lines, difference, a, b, origin);
    });
    lines.key("points");
    lines.list(&comparison.points, |lines, point| {
        lines.open(b'{');
        lines.key("title");
        lines.text(&point.title);
        lines.key("one_sided");
        lines.value(&point.one_sided);
        lines.key("differences");
        lines.list(&point.differences, |lines, at| lines.text(&comparison.differences[*at].id));
        lines.close(b'}');
    });
    lines.key("folded");
    lines.value(&comparison.folded);
    lines.key("coarse");
    lines.text_or_null(comparison.coarse.as_deref());
    if let Some(model) = &comparison.model {
        lines.key("model");
        lines.open(b'{');
        lines.key("path");
        lines.text(&model.path);
        lines.key("kept");
        lines.number(model.kept as u64);
        lines.close(b'}');
    }
    lines.close(b'}');
    lines.bytes()
}

fn one(lines: &mut Lines, difference: &Difference, a: &Document, b: &Document, model: Option<&Origin>) {
    lines.open(b'{');
    lines.key("id");
    lines.text(&difference.id);
    lines.key("kind");
    lines.value(&difference.kind);
    lines.key("weight");
    lines.value(&difference.weight);
    lines.key("a");
    quoted(lines, difference.a, a);
    lines.key("b");
    quoted(lines, difference.b, b);
    if let Some(nearest) = difference.nearest {
        lines.key("nearest");
        side(lines, nearest, if difference.a.is_some() { b } else { a });
    }
    lines.key("says");
    lines.text(&difference.says);
    lines.key("who_decides");
    lines.text(&difference.who_decides);
    if let Some(model) = model {
        lines.key("model");
        lines.value(model);
    }
    lines.close(b'}');
}

fn quoted(lines: &mut Lines, quote: Option<Quote>, document: &Document) {
    match quote {
        Some(quote) => side(lines, quote, document),
        None => lines.text_or_null(None),
    }
}

/// Four decimals, so that the last bit of a float never shows.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}
