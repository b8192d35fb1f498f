//! The evidence on one policy: tables whose rows are what the numbers on its pages count, the map of both texts, and the words themselves.

use crate::compare::Difference;
use crate::document::School;
use crate::merge::{Settled, Side, Take};
use crate::report::escape::date;
use crate::report::paper::{Cell, Look, Part, Run, Table, cell, plain};
use crate::report::pictures::{flow_table, ribbons};

use super::Packing;
use super::evidence::Evidence;

/// The annex.
pub(super) fn annex(packing: &Packing, e: &Evidence) -> Vec<Part> {
    let names = School::names(&packing.outcome.partnership.schools);
    let id = |what: &str| format!("p{}-{what}", e.number);
    let mut parts =
        vec![Part::Heading(2, format!("annex-{}", e.number), format!("Annex {}: {}", e.number, e.title))];
    if let Some(why) = &e.comparison.coarse {
        parts.push(Part::Text(
            Look::Notice,
            vec![plain(format!("This comparison is coarser than usual: {why}."))],
        ));
    }
    parts.extend(ribbons(&id("map"), names, &e.flow).map(Part::Figure));
    parts.push(Part::Table(flow_table(&id("flow"), names, &e.flow)));
    parts.push(Part::Table(both(&id("both"), names, e)));
    for side in Side::BOTH {
        parts.push(Part::Table(only(&id(&format!("only-{}", side.letter())), names, e, side)));
    }
    for side in Side::BOTH {
        let name = names[side.index()];
        let mut table = Table::new(
            &id(&format!("findings-{}", side.letter())),
            &format!("To put right in the policy of {name}"),
            &[("What", 44, None), ("Where", 22, None), ("To do", 34, None)],
        );
        for f in &e.findings[side.index()] {
            table.rows.push(vec![cell(&f.says), cell(&f.r#where), cell(&f.todo)]);
        }
        parts.push(or_none(table, &format!("Nothing was found to put right in the policy of {name}.")));
        let mut table = Table::new(
            &id(&format!("consulted-{}", side.letter())),
            &format!("What the policy of {name} says of who was or is consulted on it"),
            &[("Section", 30, None), ("Sentence", 70, Some(side))],
        );
        for quote in &e.consulted[side.index()] {
            let words = quote.text(e.documents[side.index()]);
            table.rows.push(vec![
                cell(e.section(Some(*quote), side)),
                vec![vec![Run::Quote(side, words.to_owned())]],
            ]);
        }
        parts.push(or_none(table, &format!("The policy of {name} does not say who was consulted on it.")));
    }
    parts.push(or_none(decided(&id("decided"), names, e), "No decision on this policy has been recorded."));
    parts
}

/// A table; one without rows keeps its name and says what that means, so that a nought can be looked up too.
fn or_none(mut table: Table, none: &str) -> Part {
    if table.rows.is_empty() {
        table.caption = none.to_owned();
    }
    Part::Table(table)
}

fn quote(e: &Evidence, d: &Difference, side: Side) -> Option<Vec<Run>> {
    e.said(d, side).map(|(_, sentence)| vec![Run::Quote(side, sentence.to_owned())])
}

fn both(id: &str, names: [&str; 2], e: &Evidence) -> Table {
    let heads = names.map(|n| format!("{n} says"));
    let mut table = Table::new(
        id,
        "Points where the two say different things",
        &[
            ("Point", 18, None),
            (&heads[0], 29, Some(Side::A)),
            (&heads[1], 29, Some(Side::B)),
            ("What differs", 24, None),
        ],
    );
    for point in &e.both {
        let says = |side: Side| -> Cell {
            let mut lines: Cell = Vec::new();
            for line in e.differences(point).filter_map(|d| quote(e, d, side)) {
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            lines
        };
        let differs =
            e.differences(point).map(|d| vec![plain(format!("{}: {}", d.kind.name(), d.says))]).collect();
        let mut title = cell(&point.title);
        if e.is_decided(point) {
            title.push(vec![Run::Strong("decided".into())]);
        }
        table.rows.push(vec![title, says(Side::A), says(Side::B), differs]);
    }
    if table.rows.is_empty() {
        table.caption = "No point was found at which the two policies say different things.".into();
    }
    table
}

fn only(id: &str, names: [&str; 2], e: &Evidence, side: Side) -> Table {
    let name = names[side.index()];
    let mut table = Table::new(
        id,
        &format!("Steps found only in the policy of {name}"),
        &[("Section", 30, None), ("Step", 70, Some(side))],
    );
    for d in &e.only[side.index()] {
        table.rows.push(vec![
            cell(e.section(d.sentences()[side.index()], side)),
            quote(e, d, side).into_iter().collect(),
        ]);
    }
    if table.rows.is_empty() {
        table.caption = format!("There is no step that only the policy of {name} has.");
    }
    table
}

fn decided(id: &str, names: [&str; 2], e: &Evidence) -> Table {
    let mut table =
        Table::new(id, "Decisions that are recorded", &[("What differs", 40, None), ("Decided", 60, None)]);
    for (difference, settled) in &e.decided {
        let mut lines: Cell = Vec::new();
        if matches!(settled, Settled::Contested(_)) {
            lines.push(vec![Run::Strong("These contest each other:".into())]);
        }
        for d in settled.all() {
            let take = match d.take {
                Take::A => format!("the wording of {}", names[0]),
                Take::B => format!("the wording of {}", names[1]),
                Take::Both => "both, each for its school".into(),
                Take::Own => format!("new wording: “{}”", d.own),
                Take::Local => "each school keeps its own".into(),
                Take::Neither => "neither: what either school says is left out".into(),
            };
            let reason = if d.reason.is_empty() { String::new() } else { format!(" ({})", d.reason) };
            lines.push(vec![plain(format!("{}, {}: {take}{reason}.", date(d.on), d.by))]);
        }
        let mut what = cell(&difference.says);
        for side in Side::BOTH {
            what.extend(quote(e, difference, side));
        }
        table.rows.push(vec![what, lines]);
    }
    table
}
