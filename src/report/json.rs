//! The results file that other people's scripts rely on: an outcome in, JSON of `schema` 1 out.

mod document;
mod pair;

use rayon::prelude::*;

use crate::compare::{Quote, Term};
use crate::document::Document;

use super::layout::Lines;
use super::{Outcome, Page, Report};

/// Raised when something that is here changes its meaning or goes; additions leave it.
const SCHEMA: u64 = 1;

/// `--format json`.
pub(crate) struct Json;

impl Report for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn render(&self, outcome: &Outcome) -> Vec<Page> {
        vec![Page { path: "results.json".into(), bytes: json(outcome) }]
    }
}

/// The results file, with a line break at its end.
pub fn json(outcome: &Outcome) -> Vec<u8> {
    // Nearly all of the file is documents and pairs: each is written by itself, side by side, then put in its place in the list.
    let documents: Vec<Vec<u8>> =
        outcome.documents.par_iter().enumerate().map(|(id, d)| document::written(id, d, outcome)).collect();
    let pairs: Vec<Vec<u8>> = outcome
        .register
        .pairs
        .par_iter()
        .zip(&outcome.comparisons)
        .enumerate()
        .map(|(id, (pair, comparison))| pair::written(id, pair, comparison, outcome))
        .collect();
    let bytes: usize = documents.iter().chain(&pairs).map(Vec::len).sum();
    let mut lines = Lines::new(0, bytes);
    lines.open(b'{');
    head(&mut lines, outcome);
    lines.key("documents");
    lines.list(&documents, |lines, bytes| lines.written(bytes));
    lines.key("pairs");
    lines.list(&pairs, |lines, bytes| lines.written(bytes));
    tail(&mut lines, outcome);
    lines.close(b'}');
    let mut bytes = lines.bytes();
    bytes.push(b'\n');
    bytes
}

/// What the file begins with.
fn head(lines: &mut Lines, outcome: &Outcome) {
    lines.key("schema");
    lines.number(SCHEMA);
    lines.key("tool");
    lines.open(b'{');
    lines.key("name");
    lines.text("common-ground");
    lines.key("version");
    lines.text(env!("CARGO_PKG_VERSION"));
    lines.close(b'}');
    lines.key("rules_as_at");
    lines.text(&outcome.rules_as_at);
    lines.key("today");
    lines.text(&outcome.today.to_string());
    lines.key("schools");
    lines.list(&outcome.partnership.schools, |lines, school| {
        lines.open(b'{');
        lines.key("id");
        lines.text(&school.id);
        lines.key("name");
        lines.text(&school.name);
        lines.close(b'}');
    });
}

/// What it ends with.
fn tail(lines: &mut Lines, outcome: &Outcome) {
    lines.key("unpaired");
    lines.list(&outcome.register.unpaired, |lines, alone| {
        lines.open(b'{');
        lines.key("document");
        lines.number(alone.document as u64);
        lines.key("because");
        lines.text(&alone.because);
        lines.key("nearest");
        lines.list(&alone.nearest, |lines, id| lines.number(*id as u64));
        lines.close(b'}');
    });
    lines.key("editions");
    lines.list(&outcome.register.editions, |lines, edition| {
        lines.open(b'{');
        lines.key("document");
        lines.number(edition.document as u64);
        lines.key("used");
        lines.number(edition.used as u64);
        lines.key("because");
        lines.text(&edition.because);
        lines.close(b'}');
    });
    lines.key("ignored");
    lines.list(&outcome.register.ignored, |lines, (document, because)| {
        lines.open(b'{');
        lines.key("document");
        lines.number(*document as u64);
        lines.key("because");
        lines.text(because);
        lines.close(b'}');
    });
    lines.key("terms");
    lines.list(&outcome.terms, |lines, term| called(lines, term, outcome));
    lines.key("repeated");
    let repeated = outcome.repeated.all().into_iter();
    let first = repeated.filter_map(|places| {
        let (id, quote) = places.first()?;
        Some((quote.text(outcome.documents.get(*id)?), places))
    });
    lines.list(first, |lines, (text, places)| {
        lines.open(b'{');
        lines.key("text");
        lines.text(text);
        lines.key("documents");
        lines.list(places, |lines, (id, _)| lines.number(*id as u64));
        lines.close(b'}');
    });
    lines.key("problems");
    lines.value(&outcome.problems);
}

/// What the two schools call the same thing.
fn called(lines: &mut Lines, term: &Term, outcome: &Outcome) {
    lines.open(b'{');
    lines.key("a");
    lines.text(&term.a);
    lines.key("b");
    lines.text(&term.b);
    lines.key("count");
    lines.number(term.count as u64);
    lines.key("examples");
    let examples = term.examples.iter().filter_map(|(pair, exchange)| {
        let of = outcome.register.pairs.get(*pair)?;
        Some((*pair, exchange, outcome.documents.get(of.a)?, outcome.documents.get(of.b)?))
    });
    lines.list(examples, |lines, (pair, exchange, a, b)| {
        lines.open(b'{');
        lines.key("pair");
        lines.number(pair as u64);
        lines.key("a");
        side(lines, exchange.a, a);
        lines.key("b");
        side(lines, exchange.b, b);
        lines.close(b'}');
    });
    lines.close(b'}');
}

/// A stretch of one side's text.
fn side(lines: &mut Lines, quote: Quote, document: &Document) {
    lines.open(b'{');
    lines.key("block");
    lines.number(u64::from(quote.block));
    lines.key("range");
    lines.numbers(&[quote.start, quote.end]);
    lines.key("text");
    lines.text(quote.text(document));
    lines.close(b'}');
}
