//! Cover, contents and register of a pack: all policies at a glance, what is due, what is not there.

use std::collections::BTreeSet;

use crate::check::register::{Status, register as duties};
use crate::document::School;
use crate::merge::Side;
use crate::pair::Confidence;
use crate::report::colours::Colours;
use crate::report::escape::date;
use crate::report::paper::{Cell, Line, Look, Part, Run, Table, cell, plain};
use crate::report::pictures::{Tally, apart, heat, heat_table};
use crate::report::sharing;

use super::evidence::Evidence;
use super::policy::decided_too;
use super::{Packing, asked, count};

/// What stands before the first page break: whom it is for, and the contents.
pub(super) fn cover(packing: &Packing, evidence: &[Evidence]) -> Vec<Part> {
    let outcome = packing.outcome;
    let [a, b] = &outcome.partnership.schools;
    let whom = match packing.school {
        None => format!("For the governing bodies of {} and {}.", a.name, b.name),
        Some(side) => format!("For the governing body of {}.", [a, b][side.index()].name),
    };
    let pages = match evidence.len() {
        1 => "one policy that both schools have: a page for each school".to_owned(),
        n => format!("a page for each of the {n} policies that both schools have"),
    };
    let asked = asked(evidence);
    let mut parts = vec![
        Part::text(Look::Lead, format!("{whom} {}.", date(outcome.today))),
        Part::Text(
            Look::Plain,
            vec![plain(format!(
                "What is here: a register, {pages}, and the evidence. The policies: {asked}. Each page asks what is to be decided and says what would change. \
                 Recommendation and decision are left blank. Numbers lead to the table that they count."
            ))],
        ),
        Part::Text(
            Look::Small,
            vec![plain(
                "Words in quotation marks are the schools' own. A quotation that ends in … is cut for room; the annex has it whole. A point is a place at which both policies say something and not the same; a step is one sentence that only one policy has. \
                 The report of the comparison counts all steps under one heading as one point, so its number of points is another. Nothing here is legal advice.",
            )],
        ),
    ];
    let says = Colours::of(&outcome.partnership.schools).says;
    parts.extend(says.into_iter().map(|s| Part::text(Look::Small, s)));
    parts.push(Part::Heading(1, "contents".into(), "Contents".into()));
    parts.push(Part::Contents);
    parts
}

/// All policies, then what has no partner, then the statutory ones that need attention.
pub(super) fn register(packing: &Packing, evidence: &[Evidence], kept: &BTreeSet<usize>) -> Vec<Part> {
    let outcome = packing.outcome;
    let schools = &outcome.partnership.schools;
    let names = School::names(schools);
    let short = apart(names);
    let mut parts = vec![Part::Heading(1, "register".into(), "Register of policies".into())];
    let mut table = Table::new(
        "register-table",
        "Policies that both schools have",
        &[
            ("Policy", 20, None),
            (names[0], 19, Some(Side::A)),
            (names[1], 19, Some(Side::B)),
            ("Could be shared", 15, None),
            ("To decide", 27, None),
        ],
    );
    for e in evidence {
        let of = |side: Side| -> Cell {
            vec![vec![plain(&e.documents[side.index()].title)], vec![plain(e.due(side))]]
        };
        let mut name: Line = vec![Run::To(format!("{}. {}", e.number, e.title), format!("p{}", e.number))];
        if e.pair.confidence == Confidence::Question {
            name.push(plain(" (please check the pairing)"));
        }
        let of_annex =
            |n: usize, table: &str| count(n, &format!("p{}-{table}", e.number), kept.contains(&e.number));
        let mut numbers = vec![
            vec![
                of_annex(e.both.len(), "both"),
                plain(if e.both.len() == 1 { " point" } else { " points" }),
                plain(decided_too(e)),
            ],
            vec![plain(format!("steps only {}: ", short[0])), of_annex(e.only[0].len(), "only-a")],
            vec![plain(format!("steps only {}: ", short[1])), of_annex(e.only[1].len(), "only-b")],
        ];
        if e.is_agreed() {
            numbers.insert(0, vec![Run::Strong("nothing: both schools have approved it".into())]);
            numbers[1].insert(0, plain("the copies differ at "));
        }
        table.rows.push(vec![vec![name], of(Side::A), of(Side::B), cell(sharing(e.pair.sharing)), numbers]);
    }
    parts.push(Part::Table(table));
    let rows: Vec<(String, Tally)> = evidence.iter().map(|e| (e.title.clone(), e.flow.total())).collect();
    if !rows.is_empty() {
        let links: Vec<(String, String)> = evidence
            .iter()
            .map(|e| {
                (
                    format!("p{}", e.number),
                    if kept.contains(&e.number) { format!("p{}-flow", e.number) } else { String::new() },
                )
            })
            .collect();
        parts.push(Part::NewPage);
        parts.push(Part::Heading(2, "heat".into(), "How much is shared".into()));
        parts.push(Part::Figure(heat(names, &rows)));
        parts.push(Part::Table(heat_table(names, &rows, &links)));
    }
    parts.extend(alone(packing));
    parts.extend(due(packing));
    parts
}

/// Policies that only one school has.
fn alone(packing: &Packing) -> Vec<Part> {
    let outcome = packing.outcome;
    let mut out = Vec::new();
    for (side, school) in Side::BOTH.into_iter().zip(&outcome.partnership.schools) {
        let alone = outcome.register.unpaired.iter().filter_map(|u| {
            let document = outcome.documents.get(u.document).filter(|d| d.school == school.id)?;
            Some((document, u))
        });
        let mut table = Table::new(
            &format!("alone-{}", side.letter()),
            &format!("Policies that only {} has, or for which no partner was found", school.name),
            &[("Policy", 40, Some(side)), ("Why", 60, None)],
        );
        for (document, unpaired) in alone {
            table.rows.push(vec![cell(&document.title), cell(&unpaired.because)]);
        }
        if !table.rows.is_empty() {
            out.push(Part::Table(table));
        }
    }
    if !out.is_empty() {
        out.insert(0, Part::Heading(2, "alone".into(), "Without a partner".into()));
    }
    out
}

/// Statutory policies that are overdue, due soon, without a date or not found.
fn due(packing: &Packing) -> Vec<Part> {
    let setting = &packing.checked.setting;
    let rows = duties(setting);
    let mut table = Table::new(
        "due",
        "Statutory policies that are overdue, due soon, without a date, or not found among the files",
        &[
            ("Policy", 36, None),
            (&packing.outcome.partnership.schools[0].name, 32, Some(Side::A)),
            (&packing.outcome.partnership.schools[1].name, 32, Some(Side::B)),
        ],
    );
    for row in &rows {
        let pressing =
            |s: Status| matches!(s, Status::Overdue | Status::Missing | Status::DueSoon | Status::NoDate);
        if !row.schools.iter().any(|e| pressing(e.status)) {
            continue;
        }
        let mut cells = vec![cell(&row.duty.title)];
        cells.extend(row.schools.iter().map(|entry| {
            let due = entry.due.as_ref().map_or_else(String::new, |d| format!(", by {}", date(d.to)));
            cell(format!("{}{due}", entry.status.name()))
        }));
        table.rows.push(cells);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![
        Part::Heading(2, "due-list".into(), "Due, or not found".into()),
        Part::Table(table),
        Part::Text(
            Look::Small,
            vec![plain(
                "Which policies are statutory, and how often each is looked at again, are defaults of published lists, some of them old; “common-ground register” names the source of each. What your governing bodies decided goes into common-ground.toml and wins.",
            )],
        ),
    ]
}
