//! Where each word stands: what was gathered in, a table a word and a theme out, each with the sums to which the page's numbers lead.

use std::collections::BTreeMap;

use crate::ethos::{Use, Word};
use crate::merge::Side;
use crate::report::paper::{Cell, Look, Part, Table, cell, plain};

use super::Gathered;

/// The words with the numbers by which their tables are called.
pub(super) fn numbered<'g>(g: &Gathered<'g>) -> impl Iterator<Item = (usize, &'g Word)> + use<'g> {
    (1..).zip(&g.ethos.words)
}

/// All tables.
pub(super) fn parts(g: &Gathered) -> Vec<Part> {
    let mut parts = vec![
        Part::Heading(1, "evidence".into(), "Where each word stands".into()),
        Part::Text(
            Look::Plain,
            vec![plain(
                "One table for each word and for each way of speaking, one row for each policy that uses it, with the first sentence in which it stands.",
            )],
        ),
        Part::Heading(2, "evidence-words".into(), "Words of values".into()),
    ];
    for (number, word) in numbered(g) {
        let columns = word.uses.each_ref().map(|u| u.as_slice());
        let ids = Side::BOTH.map(|s| format!("w{number}-{}", s.letter()));
        let heads = g.names();
        let sides = [(Side::A, columns[0]), (Side::B, columns[1])];
        parts.push(Part::Table(table(g, &format!("w{number}"), &word.title, heads, &ids, &sides)));
    }
    let wording = g.wording;
    parts.push(Part::Heading(2, "evidence-apart".into(), "Ways of speaking".into()));
    for theme in &g.ethos.themes {
        let Some(about) = wording.apart.get(theme.number) else { continue };
        for side in Side::BOTH {
            let [one, other] = &theme.uses[side.index()];
            let id = format!("t{}-{}", theme.number, side.letter());
            let ids = [0, 1].map(|way| format!("{id}-{way}"));
            let caption = format!("{}: {}", about.title, g.names()[side.index()]);
            let heads = [about.ways[0].as_str(), about.ways[1].as_str()];
            parts.push(Part::Table(table(g, &id, &caption, heads, &ids, &[(side, one), (side, other)])));
        }
    }
    parts
}

/// One row a policy, one column of numbers for each of two lists of uses.
fn table(
    g: &Gathered,
    id: &str,
    caption: &str,
    heads: [&str; 2],
    ids: &[String; 2],
    lists: &[(Side, &[Use]); 2],
) -> Table {
    let mut rows: BTreeMap<usize, [Option<&Use>; 2]> = BTreeMap::new();
    for (column, (_, uses)) in lists.iter().enumerate() {
        for found in *uses {
            rows.entry(found.document).or_default()[column] = Some(found);
        }
    }
    let mut table = Table::new(
        id,
        caption,
        &[("Policy", 22, None), (heads[0], 15, None), (heads[1], 15, None), ("First sentence", 48, None)],
    );
    for (document, found) in rows {
        let count = |column: usize| cell(found[column].map_or(0, |u| u.count).to_string());
        let mut says = Cell::new();
        for (column, u) in found.iter().enumerate() {
            let Some(u) = u else { continue };
            let line = g.quoted(lists[column].0, u.document, u.example);
            if !says.contains(&line) {
                says.push(line);
                says.push(g.placed(u.document, u.example));
            }
        }
        let title = g.document(document).map_or("", |d| d.title.as_str());
        table.rows.push(vec![cell(title), count(0), count(1), says]);
    }
    if table.rows.is_empty() {
        table.caption = format!("{caption}: not found.");
        return table;
    }
    let sum = |column: usize| cell(lists[column].1.iter().map(|u| u.count).sum::<usize>().to_string());
    table.totals = vec![
        (String::new(), cell("All")),
        (ids[0].clone(), sum(0)),
        (ids[1].clone(), sum(1)),
        (String::new(), Cell::new()),
    ];
    table
}
