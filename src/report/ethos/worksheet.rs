//! The worksheet for a joint session of governors: what was gathered in, quotations side by side with room to agree out.
//!
//! Every statement of both schools stands in exactly one row.

use std::collections::BTreeMap;

use crate::document::tokens;
use crate::ethos::{Statement, Word};
use crate::knowledge::folded;
use crate::merge::Side;
use crate::report::escape::date;
use crate::report::paper::{Cell, Look, Paper, Part, Run, Table, cell, plain};
use crate::report::quoted;

use super::page::{kinds, telling, title_of};
use super::survey;
use super::{Gathered, in_frame};
use crate::report::counted;

/// Empty lines of a cell that is written into.
const ROOM: usize = 5;

/// The worksheet.
pub(super) fn paper(g: &Gathered) -> Paper {
    let title = format!("{}: worksheet for a shared ethos", g.outcome.partnership.name);
    let mut parts = opening(g);
    let values = g.wording.statements.iter().position(|s| s.id == "values");
    for kind in kinds(g) {
        let rows = if Some(kind) == values { values_rows(g, kind) } else { vec![whole_row(g, kind)] };
        let id = format!("agree-{kind}");
        parts.push(Part::Heading(1, id.clone(), title_of(g, kind).to_owned()));
        parts.push(Part::Table(form(
            g,
            &format!("{id}-table"),
            &format!("{}: what each school says, and what we agree", title_of(g, kind)),
            "What we agree",
            rows,
        )));
    }
    parts.extend(wording(g));
    parts.extend(terms(g));
    parts.extend(kept(g));
    parts.push(Part::Heading(1, "next".into(), "What happens next".into()));
    let mut table = Table::new(
        "next-table",
        "Agreed actions",
        &[("What", 52, None), ("Who", 26, None), ("By when", 22, None)],
    );
    table.form = true;
    table.rows = (0..4).map(|_| vec![room(2), room(2), room(2)]).collect();
    parts.push(Part::Table(table));
    in_frame(g, title, parts)
}

fn opening(g: &Gathered) -> Vec<Part> {
    let [a, b] = g.names();
    let line =
        |label: &str| Part::Text(Look::Plain, vec![Run::Strong(label.into()), plain(" "), Run::Gap(60)]);
    vec![
        Part::Text(
            Look::Lead,
            vec![plain(format!(
                "For a joint session of the governing bodies of {a} and {b}. The policies as they stood on {}.",
                date(g.outcome.today)
            ))],
        ),
        line("Held on:"),
        line("Present:"),
        line("Notes taken by:"),
        Part::Text(
            Look::Small,
            vec![plain(
                "Words in quotation marks are the schools' own; below them stands the file, section and paragraph. The empty cells are for what the session agrees: one school's words, the other's, words of your own, or that each keeps its own.",
            )],
        ),
    ]
}

fn room(lines: usize) -> Cell {
    vec![Vec::new(); lines]
}

/// A table with a topic, both schools' words and room to agree.
fn form(g: &Gathered, id: &str, caption: &str, agree: &str, rows: Vec<[Cell; 3]>) -> Table {
    let names = g.names();
    let mut table = Table::new(
        id,
        caption,
        &[
            ("About", 17, None),
            (names[0], 29, Some(Side::A)),
            (names[1], 29, Some(Side::B)),
            (agree, 25, None),
        ],
    );
    table.form = true;
    table.rows = rows.into_iter().map(|[about, a, b]| vec![about, a, b, room(ROOM)]).collect();
    table
}

/// All statements of a kind in one row.
fn whole_row(g: &Gathered, kind: usize) -> [Cell; 3] {
    let says = |side: Side| -> Cell {
        g.stated(side, g.ethos.statements[side.index()].iter().filter(|s| s.kind == kind))
    };
    [cell(title_of(g, kind)), says(Side::A), says(Side::B)]
}

/// A row for each value that a statement of this kind is about, in order of the page; what is about none stands in the last.
fn values_rows(g: &Gathered, kind: usize) -> Vec<[Cell; 3]> {
    let mut by_word: BTreeMap<usize, [Vec<&Statement>; 2]> = BTreeMap::new();
    for side in Side::BOTH {
        for s in g.ethos.statements[side.index()].iter().filter(|s| s.kind == kind) {
            let word = about(g, s).unwrap_or(usize::MAX);
            by_word.entry(word).or_default()[side.index()].push(s);
        }
    }
    by_word
        .into_iter()
        .map(|(number, statements)| {
            let word = g.ethos.words.get(number);
            let mut about = cell(word.map_or("More on values", |w| &w.title));
            let mentioned = word.and_then(|w| survey::mentioned(g.survey?, &w.id));
            about.extend(mentioned);
            let [a, b] = Side::BOTH.map(|side| g.stated(side, statements[side.index()].iter().copied()));
            [about, a, b]
        })
        .collect()
}

/// The value that a statement is about: the one that comes first in it, counted as the words of the page.
fn about(g: &Gathered, s: &Statement) -> Option<usize> {
    let said = quoted::words(&g.outcome.documents, s.document, *s.quotes.first()?);
    let values = &g.wording.values;
    let first = g.wording.value_words.find(&tokens::split(said)).first().map(|(number, _)| *number);
    if let Some(value) = first.and_then(|number| values.get(number)) {
        return g.ethos.words.iter().position(|w| w.id == value.id);
    }
    let said = folded(said);
    let own = |w: &Word| !values.iter().any(|v| v.id == w.id);
    g.ethos.words.iter().position(|w| own(w) && said.starts_with(&w.id))
}

fn wording(g: &Gathered) -> Vec<Part> {
    let wording = g.wording;
    let mut rows = Vec::new();
    for theme in g.ethos.themes.iter().filter(|t| t.pulls_apart()) {
        let Some(about) = wording.apart.get(theme.number) else { continue };
        let says = |side: Side| -> Cell {
            let mut out = Cell::new();
            for (way, uses) in theme.uses[side.index()].iter().enumerate() {
                let Some(first) = telling(g, side, uses) else { continue };
                let count = theme.count(side.index(), way);
                out.push(vec![plain(format!("{}: {}", about.ways[way], counted(count, "time", "times")))]);
                out.push(g.quoted(side, first.document, first.example));
            }
            out
        };
        let asked = vec![vec![plain(about.title.clone())], vec![Run::Small(about.ask.clone())]];
        rows.push([asked, says(Side::A), says(Side::B)]);
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let caption = "Ways of speaking that pull apart, and what we agree";
    vec![
        Part::Heading(1, "agree-wording".into(), "Wording that pulls apart".into()),
        Part::Table(form(g, "agree-wording-table", caption, "What we agree", rows)),
    ]
}

fn terms(g: &Gathered) -> Vec<Part> {
    if g.outcome.terms.is_empty() {
        return Vec::new();
    }
    let names = g.names();
    let mut table = Table::new(
        "agree-terms",
        "Words for the same thing: which one a shared policy uses",
        &[
            (names[0], 30, Some(Side::A)),
            (names[1], 30, Some(Side::B)),
            ("Sentences", 14, None),
            ("We write", 26, None),
        ],
    );
    table.form = true;
    table.rows = g
        .outcome
        .terms
        .iter()
        .map(|t| vec![cell(&t.a), cell(&t.b), cell(t.count.to_string()), room(1)])
        .collect();
    vec![Part::Heading(1, "agree-words".into(), "Words for the same thing".into()), Part::Table(table)]
}

/// What a church school is not free to change stands as a notice, not as a question.
fn kept(g: &Gathered) -> Vec<Part> {
    let mut parts = Vec::new();
    for side in Side::BOTH {
        let kept = &g.ethos.kept[side.index()];
        let Some(character) = kept.first().and_then(|k| g.wording.characters.get(k.character)) else {
            continue;
        };
        if parts.is_empty() {
            parts.push(Part::Heading(1, "protected".into(), "Protected wording".into()));
        }
        let name = g.names()[side.index()];
        parts.push(Part::Heading(2, format!("kept-{}", side.index()), name.to_owned()));
        parts.push(Part::text(Look::Notice, format!("{}. {}", character.title, character.note)));
        parts.push(Part::List(kept.iter().map(|k| g.quoted(side, k.document, k.quote)).collect()));
    }
    parts
}
