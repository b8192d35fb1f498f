//! The worksheet for a joint session of governors: what was gathered in, quotations side by side with room to agree out.
//!
//! Every statement of both schools stands in exactly one row.

use std::collections::BTreeSet;

use crate::ethos::{Statement, Word};
use crate::merge::Side;
use crate::report::escape::date;
use crate::report::paper::{Cell, Look, Paper, Part, Run, Table, cell, plain};
use crate::report::quoted;

use super::page::{kinds, telling, title_of};
use super::survey;
use super::{Gathered, SIDES, in_frame};

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

fn none_said() -> Cell {
    cell("Nothing found.")
}

/// All statements of a kind in one row.
fn whole_row(g: &Gathered, kind: usize) -> [Cell; 3] {
    let says = |side: Side| -> Cell {
        let all = g.stated(side, g.ethos.statements[side.index()].iter().filter(|s| s.kind == kind));
        if all.is_empty() { none_said() } else { all }
    };
    [cell(title_of(g, kind)), says(Side::A), says(Side::B)]
}

/// A row for each value that a statement of this kind names, in order of the page; what names none stands in the last.
fn values_rows(g: &Gathered, kind: usize) -> Vec<[Cell; 3]> {
    let wording = g.wording;
    let mut done: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut rows = Vec::new();
    let of_kind =
        |side: Side| g.ethos.statements[side.index()].iter().enumerate().filter(move |(_, s)| s.kind == kind);
    let leads = |s: &Statement, word: &Word| {
        s.quotes.first().is_some_and(|q| {
            // The value that a statement is about comes first in it.
            let said = quoted::words(&g.outcome.documents, s.document, *q);
            let tokens = crate::document::tokens::split(said);
            match wording.value_words.find(&tokens).first() {
                Some((number, _)) => wording.values.get(*number).is_some_and(|v| v.id == word.id),
                None => crate::knowledge::folded(said).starts_with(&word.id),
            }
        })
    };
    for word in &g.ethos.words {
        let mut cells = SIDES.map(|side| {
            let mine = of_kind(side).filter(|(at, s)| leads(s, word) && done.insert((side.index(), *at)));
            g.stated(side, mine.map(|(_, s)| s))
        });
        if cells.iter().all(Vec::is_empty) {
            continue;
        }
        cells.iter_mut().filter(|c| c.is_empty()).for_each(|c| *c = none_said());
        let [a, b] = cells;
        let mut about = cell(&word.title);
        about.extend(g.survey.and_then(|s| survey::mentioned(s, &word.id)));
        rows.push([about, a, b]);
    }
    let rest = SIDES.map(|side| -> Cell {
        let left = of_kind(side).filter(|(at, _)| !done.contains(&(side.index(), *at)));
        g.stated(side, left.map(|(_, s)| s))
    });
    if rest.iter().any(|c| !c.is_empty()) {
        let [a, b] = rest;
        rows.push([cell("More on values"), a, b]);
    }
    rows
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
                out.push(vec![plain(format!(
                    "{}: {count} {}",
                    about.ways[way],
                    if count == 1 { "time" } else { "times" }
                ))]);
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
    for side in SIDES {
        let kept = &g.ethos.kept[side.index()];
        let Some(character) = kept.first().and_then(|k| g.wording.characters.get(k.character)) else {
            continue;
        };
        let name = g.names()[side.index()];
        parts.push(Part::Heading(
            1,
            format!("kept-{}", side.index()),
            format!("Protected wording of {name}"),
        ));
        parts.push(Part::Text(Look::Notice, vec![plain(format!("{}. {}", character.title, character.note))]));
        parts.push(Part::List(kept.iter().map(|k| g.quoted(side, k.document, k.quote)).collect()));
    }
    parts
}
