//! The results file that other people's scripts rely on: an outcome in, JSON of `schema` 1 out.

use rayon::prelude::*;
use serde::Serialize;

use crate::align::Relation;
use crate::compare::{Comparison, Decider, Difference, DifferenceKind, Folded, Origin, Quote, Term, Weight};
use crate::document::{ApartKind, Block, Document, FrontMatter, Kind, Place, Receipt, Role};
use crate::error::Error;
use crate::pair::{Confidence, Sharing};

use super::layout::{list, written};
use super::{Outcome, Page, Report};

/// Raised when something that is here changes its meaning or goes; additions leave it.
const SCHEMA: u32 = 1;

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
    let head = Head {
        schema: SCHEMA,
        tool: Tool { name: "common-ground", version: env!("CARGO_PKG_VERSION") },
        rules_as_at: &outcome.rules_as_at,
        today: outcome.today.to_string(),
        schools: outcome.partnership.schools.iter().map(|s| Named { id: &s.id, name: &s.name }).collect(),
    };
    let tail = Tail {
        unpaired: outcome
            .register
            .unpaired
            .iter()
            .map(|u| Alone { document: u.document, because: &u.because, nearest: &u.nearest })
            .collect(),
        editions: outcome
            .register
            .editions
            .iter()
            .map(|e| Edition { document: e.document, used: e.used, because: &e.because })
            .collect(),
        ignored: outcome
            .register
            .ignored
            .iter()
            .map(|(d, why)| Ignored { document: *d, because: why })
            .collect(),
        terms: outcome.terms.iter().map(|t| called(t, outcome)).collect(),
        repeated: outcome
            .repeated
            .all()
            .into_iter()
            .filter_map(|places| recurring(places, outcome))
            .collect(),
        problems: &outcome.problems,
    };
    // Nearly all of the file is documents and pairs: each is written by itself, side by side, in its place in the list.
    let documents: Vec<Vec<u8>> = outcome
        .documents
        .par_iter()
        .enumerate()
        .map(|(id, d)| written(&document(id, d, outcome), 2))
        .collect();
    let pairs: Vec<Vec<u8>> = outcome
        .register
        .pairs
        .par_iter()
        .zip(&outcome.comparisons)
        .enumerate()
        .map(|(id, (pair, comparison))| written(&of_pair(id, pair, comparison, outcome), 2))
        .collect();
    let mut bytes = written(&head, 0);
    bytes.truncate(bytes.len().saturating_sub("\n}".len()));
    list(&mut bytes, "documents", &documents);
    list(&mut bytes, "pairs", &pairs);
    bytes.push(b',');
    bytes.extend(written(&tail, 0).iter().skip("{".len()));
    bytes.push(b'\n');
    bytes
}

/// What the file begins with; `documents` and `pairs` follow.
#[derive(Serialize)]
struct Head<'o> {
    schema: u32,
    tool: Tool,
    rules_as_at: &'o str,
    today: String,
    schools: Vec<Named<'o>>,
}

/// What it ends with.
#[derive(Serialize)]
struct Tail<'o> {
    unpaired: Vec<Alone<'o>>,
    editions: Vec<Edition<'o>>,
    ignored: Vec<Ignored<'o>>,
    terms: Vec<Called<'o>>,
    repeated: Vec<Recurring<'o>>,
    problems: &'o [Error],
}

/// A sentence that stands in many policies.
#[derive(Serialize)]
struct Recurring<'o> {
    text: &'o str,
    documents: Vec<usize>,
}

fn recurring<'o>(places: &[(usize, Quote)], outcome: &'o Outcome) -> Option<Recurring<'o>> {
    let (id, quote) = places.first()?;
    let text = quote.text(outcome.documents.get(*id)?);
    Some(Recurring { text, documents: places.iter().map(|(id, _)| *id).collect() })
}

/// What the two schools call the same thing.
#[derive(Serialize)]
struct Called<'o> {
    a: &'o str,
    b: &'o str,
    count: usize,
    examples: Vec<Example<'o>>,
}

#[derive(Serialize)]
struct Example<'o> {
    pair: usize,
    a: Side<'o>,
    b: Side<'o>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Named<'o> {
    id: &'o str,
    name: &'o str,
}

#[derive(Serialize)]
struct Doc<'o> {
    id: usize,
    school: &'o str,
    path: &'o str,
    title: &'o str,
    topic: Option<&'o str>,
    front_matter: &'o FrontMatter,
    receipt: &'o Receipt,
    blocks: Vec<Text<'o>>,
    apart: Vec<Aside<'o>>,
    pictures: Vec<Pictured<'o>>,
}

#[derive(Serialize)]
struct Pictured<'o> {
    alternative: Option<&'o str>,
    bytes: u64,
}

/// Text that is no part of what the policy says: running headers, comments, deletions.
#[derive(Serialize)]
struct Aside<'o> {
    kind: ApartKind,
    text: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'o str>,
}

#[derive(Serialize)]
struct Text<'o> {
    id: usize,
    kind: Kind,
    role: Role,
    level: u8,
    marker: Option<&'o str>,
    section: Vec<u32>,
    text: &'o str,
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Cell>,
}

#[derive(Serialize)]
struct Cell {
    table: u32,
    row: u32,
    column: u32,
    header: bool,
}

#[derive(Serialize)]
struct Pair<'o> {
    id: usize,
    a: usize,
    b: usize,
    topic: Option<&'o str>,
    confidence: Confidence,
    because: &'o [String],
    sharing: Sharing,
    decided_by: Decider,
    part: bool,
    links: Vec<Link<'o>>,
    only_a: &'o [u32],
    only_b: &'o [u32],
    suggestions: Vec<Suggestion>,
    differences: Vec<Diff<'o>>,
    points: Vec<Point<'o>>,
    folded: Folded,
    coarse: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Model<'o>>,
}

/// The model that both policies come from.
#[derive(Serialize)]
struct Model<'o> {
    path: &'o str,
    kept: usize,
}

#[derive(Serialize)]
struct Link<'o> {
    a: &'o [u32],
    b: &'o [u32],
    relation: Relation,
    moved: bool,
    score: f64,
}

/// Two blocks of `only_a` and `only_b` that may be the same point.
#[derive(Serialize)]
struct Suggestion {
    a: u32,
    b: u32,
    score: f64,
}

#[derive(Serialize)]
struct Diff<'o> {
    id: &'o str,
    kind: DifferenceKind,
    weight: Weight,
    a: Option<Side<'o>>,
    b: Option<Side<'o>>,
    says: &'o str,
    who_decides: &'o str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'o Origin>,
}

#[derive(Serialize)]
struct Side<'o> {
    block: u32,
    range: [u32; 2],
    text: &'o str,
}

#[derive(Serialize)]
struct Point<'o> {
    title: &'o str,
    one_sided: bool,
    differences: Vec<&'o str>,
}

#[derive(Serialize)]
struct Alone<'o> {
    document: usize,
    because: &'o str,
    nearest: &'o [usize],
}

#[derive(Serialize)]
struct Edition<'o> {
    document: usize,
    used: usize,
    because: &'o str,
}

#[derive(Serialize)]
struct Ignored<'o> {
    document: usize,
    because: &'o str,
}

fn document<'o>(id: usize, document: &'o Document, outcome: &'o Outcome) -> Doc<'o> {
    let blocks = document.blocks.iter().enumerate().map(|(id, block)| text(id, block, document)).collect();
    Doc {
        id,
        school: &document.school,
        path: &document.path,
        title: &document.title,
        topic: outcome.register.topics.get(id).and_then(|t| t.as_deref()),
        front_matter: &document.front_matter,
        receipt: &document.receipt,
        pictures: document
            .pictures
            .iter()
            .map(|p| Pictured { alternative: p.alternative.as_deref(), bytes: p.bytes })
            .collect(),
        apart: document
            .apart
            .iter()
            .map(|a| Aside { kind: a.kind, text: &a.text, author: a.author.as_deref() })
            .collect(),
        blocks,
    }
}

fn text<'o>(id: usize, block: &'o Block, document: &Document) -> Text<'o> {
    Text {
        id,
        kind: block.kind,
        role: block.role,
        level: block.level,
        marker: block.marker.as_deref(),
        section: document.section(u32::try_from(id).unwrap_or(u32::MAX)),
        text: &block.text,
        place: block.place,
        cell: block.cell.map(|c| Cell { table: c.table, row: c.row, column: c.column, header: c.header }),
    }
}

fn called<'o>(term: &'o Term, outcome: &'o Outcome) -> Called<'o> {
    let side = |q: Quote, d: &'o Document| Side { block: q.block, range: [q.start, q.end], text: q.text(d) };
    let examples = term.examples.iter().filter_map(|(pair, exchange)| {
        let of = outcome.register.pairs.get(*pair)?;
        let (a, b) = (outcome.documents.get(of.a)?, outcome.documents.get(of.b)?);
        Some(Example { pair: *pair, a: side(exchange.a, a), b: side(exchange.b, b) })
    });
    Called { count: term.count, examples: examples.collect(), a: &term.a, b: &term.b }
}

fn of_pair<'o>(
    id: usize,
    pair: &'o crate::pair::Pair,
    comparison: &'o Comparison,
    outcome: &'o Outcome,
) -> Pair<'o> {
    let (a, b) = (&outcome.documents[pair.a], &outcome.documents[pair.b]);
    let point = |p: &'o crate::compare::Point| Point {
        title: &p.title,
        one_sided: p.one_sided,
        differences: p.differences.iter().map(|d| comparison.differences[*d].id.as_str()).collect(),
    };
    Pair {
        id,
        a: pair.a,
        b: pair.b,
        topic: pair.topic.as_deref(),
        confidence: pair.confidence,
        because: &pair.because,
        sharing: pair.sharing,
        decided_by: Decider::of(pair.topic.as_deref(), crate::knowledge::bundled()),
        part: pair.part,
        links: comparison
            .links
            .iter()
            .map(|l| Link { a: &l.a, b: &l.b, relation: l.relation, moved: l.moved, score: rounded(l.score) })
            .collect(),
        only_a: &comparison.only_a,
        only_b: &comparison.only_b,
        suggestions: comparison
            .suggestions
            .iter()
            .map(|s| Suggestion { a: s.a, b: s.b, score: rounded(s.score) })
            .collect(),
        differences: comparison
            .differences
            .iter()
            .enumerate()
            .map(|(at, d)| diff(d, a, b, comparison.model.as_ref().and_then(|m| m.origins.get(at))))
            .collect(),
        points: comparison.points.iter().map(point).collect(),
        folded: comparison.folded,
        coarse: comparison.coarse.as_deref(),
        model: comparison.model.as_ref().map(|m| Model { path: &m.path, kept: m.kept }),
    }
}

fn diff<'o>(
    difference: &'o Difference,
    a: &'o Document,
    b: &'o Document,
    model: Option<&'o Origin>,
) -> Diff<'o> {
    let side = |quote: Option<Quote>, document: &'o Document| {
        quote.map(|q| Side { block: q.block, range: [q.start, q.end], text: q.text(document) })
    };
    Diff {
        id: &difference.id,
        kind: difference.kind,
        weight: difference.weight,
        a: side(difference.a, a),
        b: side(difference.b, b),
        says: &difference.says,
        who_decides: &difference.who_decides,
        model,
    }
}

/// Four decimals, so that the last bit of a float never shows.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}
