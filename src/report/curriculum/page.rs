//! What each year group is taught, on paper: progressions in, one paper out.

use crate::curriculum::{Becomes, Statement, Strand, Subject, YEARS};
use crate::merge::Side;
use crate::report::paper::{Cell, Line, Look, Paper, Part, Run, Table, cell, plain};
use crate::report::quoted;

use super::{Taught, side, year};
use crate::report::counted;

/// The paper.
pub(super) fn paper(t: &Taught) -> Paper {
    let [a, b] = t.names();
    let mut parts = vec![Part::text(
        Look::Lead,
        format!(
            "What {a} and {b} say each year group is taught, from nursery to Year 6, as one progression."
        ),
    )];
    if t.subjects.is_empty() {
        parts.push(Part::text(Look::Notice, "No curriculum document was found. One is a policy or a table whose title names a subject or says curriculum, progression, overview or skills, with two year groups or more as columns, as rows or as headings."));
    } else {
        parts.push(Part::List(t.subjects.iter().enumerate().map(|(at, s)| brief(t, at, s)).collect()));
        parts.push(Part::text(Look::Small, "It compares what the documents say, word by word: not what is taught, how well, or in how many lessons. Where a year group has nothing here, nothing was written under it in a way that was understood."));
    }
    if t.subjects.len() > 1 {
        parts.push(Part::Contents);
    }
    for (at, subject) in t.subjects.iter().enumerate() {
        if at > 0 {
            parts.push(Part::NewPage);
        }
        parts.push(Part::Heading(1, format!("s{at}"), subject.title.clone()));
        parts.extend(of_subject(t, at, subject));
    }
    let outcome = t.outcome;
    let title = format!("{}: curriculum from nursery to Year 6", outcome.partnership.name);
    Paper::of(&outcome.partnership, outcome.today, &outcome.rules_as_at, title, parts)
}

/// How many strands become this where children change school.
fn strands(subject: &Subject, is: impl Fn(Becomes) -> bool) -> usize {
    subject.strands.iter().filter(|s| s.becomes.is_some_and(&is)).count()
}

fn begins(becomes: Becomes) -> bool {
    matches!(becomes, Becomes::Begins(_))
}

/// A subject in a line.
fn brief(t: &Taught, at: usize, subject: &Subject) -> Line {
    let mut line = vec![Run::To(subject.title.clone(), format!("s{at}")), plain(": ")];
    let Some((last, first)) = subject.join else {
        let taught: Vec<bool> = [0, 1]
            .map(|side| subject.strands.iter().flat_map(|s| &s.statements).any(|s| s.side == side))
            .to_vec();
        line.push(plain(match taught.iter().position(|t| !t) {
            Some(without) => format!("no document of {} was found.", t.names()[without]),
            None => {
                "both schools teach some of the same year groups, so nothing is said of a change of school."
                    .to_owned()
            }
        }));
        return line;
    };
    line.push(plain(format!("from {} to {}, ", year(last), year(first))));
    let on = strands(subject, |b| b == Becomes::CarriesOn);
    let begin = strands(subject, begins);
    let rest = strands(subject, |_| true) - on - begin;
    line.push(Run::Count(on, format!("s{at}-carried")));
    line.push(plain(if on == 1 { " strand carries on, " } else { " strands carry on, " }));
    line.push(Run::Count(rest, format!("s{at}-gaps")));
    line.push(plain(if rest == 1 { " stops or has a gap, " } else { " stop or have a gap, " }));
    line.push(Run::Count(begin, format!("s{at}-begin")));
    line.push(plain(if begin == 1 { " begins; " } else { " begin; " }));
    line.push(Run::Count(subject.repeats.len(), format!("s{at}-repeats")));
    let one = subject.repeats.len() == 1;
    line.push(plain(if one {
        " statement stands at both schools in nearly the same words."
    } else {
        " statements stand at both schools in nearly the same words."
    }));
    line
}

fn of_subject(t: &Taught, at: usize, subject: &Subject) -> Vec<Part> {
    let mut parts = Vec::new();
    let files: Vec<String> = subject
        .documents
        .iter()
        .filter_map(|id| Some((*id, t.outcome.documents.get(*id)?)))
        .map(|(id, d)| {
            let school = t.outcome.partnership.schools.iter().find(|s| s.id == d.school);
            let statements = subject.strands.iter().flat_map(|s| &s.statements);
            let mut blocks: Vec<_> = statements.filter(|s| s.document == id).map(|s| s.quote.block).collect();
            blocks.sort_unstable();
            blocks.dedup();
            let passages = counted(blocks.len(), "passage", "passages");
            format!("{} ({}), {passages} under a year group", d.path, school.map_or("", |s| s.name.as_str()))
        })
        .collect();
    parts.push(Part::text(Look::Small, format!("From {}.", files.join("; "))));
    let empty: Vec<&str> = subject.empty_years().into_iter().map(year).collect();
    if !empty.is_empty() {
        parts.push(Part::text(Look::Notice, format!("Nothing was found under {}.", empty.join(", "))));
    }
    parts.push(Part::Table(grid(t, at, subject)));
    if let Some(join) = subject.join {
        parts.push(Part::Heading(
            2,
            format!("s{at}-join"),
            format!("From {} to {}", year(join.0), year(join.1)),
        ));
        parts.push(Part::Table(carried(t, at, subject, join)));
        let gap = |b: Becomes| b != Becomes::CarriesOn && !begins(b);
        let none = "No strand stops or has a gap there.";
        parts.push(Part::Table(changes(
            t,
            &format!("s{at}-gaps"),
            "Strands that stop or have a gap",
            none,
            subject,
            join,
            gap,
        )));
        let none = "No strand begins after the change of school.";
        parts.push(Part::Table(changes(
            t,
            &format!("s{at}-begin"),
            "Strands that begin after the change of school",
            none,
            subject,
            join,
            begins,
        )));
    }
    parts.push(Part::Table(repeats(t, at, subject)));
    parts.push(Part::Heading(2, format!("s{at}-years"), "Year by year".into()));
    for number in 0..YEARS.len() {
        if subject.year(number).next().is_some() {
            parts.push(Part::Table(of_year(t, at, subject, number)));
        }
    }
    parts
}

fn named(strand: &Strand) -> &str {
    if strand.title.is_empty() { "Without a strand" } else { &strand.title }
}

/// Which strand stands in which year, and how many statements.
fn grid(t: &Taught, at: usize, subject: &Subject) -> Table {
    let teaches = |number: usize| -> Option<Side> {
        let mut sides = subject.year(number).map(|(_, s)| side(s));
        let first = sides.next()?;
        sides.all(|s| s == first).then_some(first)
    };
    let mut columns = vec![("Strand", 20, None)];
    columns.extend((0..YEARS.len()).map(|y| (year(y), 10, teaches(y))));
    let [a, b] = t.names();
    let mut table = Table::new(
        &format!("s{at}-grid"),
        &format!(
            "Statements by strand and year group; a year is in the colour of the school that teaches it ({a}, {b})"
        ),
        &columns,
    );
    for strand in &subject.strands {
        let mut row = vec![cell(named(strand))];
        row.extend((0..YEARS.len()).map(|y| match strand.year(y).count() {
            0 => cell("–"),
            n => vec![vec![Run::To(n.to_string(), format!("s{at}-y{y}"))]],
        }));
        table.rows.push(row);
    }
    let mut taught = vec![(String::new(), cell("Taught at"))];
    taught.extend((0..YEARS.len()).map(|y| {
        let mut schools: Vec<&str> = Side::BOTH
            .into_iter()
            .filter(|s| subject.year(y).any(|(_, x)| side(x) == *s))
            .map(|s| t.outcome.partnership.schools[s.index()].id.as_str())
            .collect();
        if schools.is_empty() {
            schools.push("–");
        }
        (String::new(), cell(schools.join(", ")))
    }));
    table.totals = taught;
    table
}

/// Both sides of the change of school, in their colours.
fn across<'c>(
    subject: &Subject,
    join: (usize, usize),
    heads: &'c [String; 2],
) -> [(&'c str, u8, Option<Side>); 2] {
    let of = |number: usize| subject.year(number).next().map(|(_, s)| side(s));
    [(heads[0].as_str(), 36, of(join.0)), (heads[1].as_str(), 36, of(join.1))]
}

fn heads(t: &Taught, subject: &Subject, join: (usize, usize)) -> [String; 2] {
    [join.0, join.1].map(|number| {
        let school = subject.year(number).next().map_or("", |(_, s)| t.names()[side(s).index()]);
        format!("{}, {school}", year(number))
    })
}

/// The strands that carry on, side by side.
fn carried(t: &Taught, at: usize, subject: &Subject, join: (usize, usize)) -> Table {
    let heads = heads(t, subject, join);
    let [one, other] = across(subject, join, &heads);
    let mut table =
        Table::new(&format!("s{at}-carried"), "Strands that carry on", &[("Strand", 28, None), one, other]);
    for strand in subject.strands.iter().filter(|s| s.becomes == Some(Becomes::CarriesOn)) {
        let says = |number: usize| -> Cell { strand.year(number).map(|s| t.quoted(s)).collect() };
        table.rows.push(vec![cell(named(strand)), says(join.0), says(join.1)]);
    }
    if table.rows.is_empty() {
        table.caption = format!("No strand stands both in {} and in {}.", year(join.0), year(join.1));
    }
    table
}

/// Strands that become something else: what stands next to the change of school on either side.
fn changes(
    t: &Taught,
    id: &str,
    caption: &str,
    none: &str,
    subject: &Subject,
    join: (usize, usize),
    is: impl Fn(Becomes) -> bool,
) -> Table {
    let heads = ["Last before".to_owned(), "First after".to_owned()];
    let [(one, _, before), (other, _, after)] = across(subject, join, &heads);
    let columns =
        [("Strand", 20, None), ("What becomes of it", 22, None), (one, 29, before), (other, 29, after)];
    let mut table = Table::new(id, caption, &columns);
    for strand in &subject.strands {
        let Some(becomes) = strand.becomes.filter(|b| is(*b)) else { continue };
        let years: Vec<usize> = (0..YEARS.len()).filter(|y| strand.year(*y).next().is_some()).collect();
        let before = years.iter().rfind(|y| **y <= join.0).copied();
        let after = years.iter().find(|y| **y >= join.1).copied();
        let says = |number: Option<usize>| -> Cell {
            let Some(number) = number else { return cell("–") };
            let mut out: Cell = vec![vec![Run::Strong(year(number).to_owned())]];
            out.extend(strand.year(number).map(|s| t.quoted(s)));
            out
        };
        let words = match (becomes, before) {
            (Becomes::CarriesOn, _) => String::new(),
            (Becomes::ComesBack(y), Some(b)) => format!("After {} it comes back in {}.", year(b), year(y)),
            (Becomes::TakenUp, Some(b)) => {
                format!(
                    "It stood in {}, not in {}, and is taken up in {}.",
                    year(b),
                    year(join.0),
                    year(join.1)
                )
            }
            (Becomes::Stops, Some(b)) => format!("It stops after {}.", year(b)),
            (Becomes::Begins(y), _) => format!("It begins in {}.", year(y)),
            (_, None) => String::new(),
        };
        table.rows.push(vec![cell(named(strand)), cell(words), says(before), says(after)]);
    }
    if table.rows.is_empty() {
        table.caption = none.to_owned();
    }
    table
}

/// What stands at both schools.
fn repeats(t: &Taught, at: usize, subject: &Subject) -> Table {
    let mut table = Table::new(
        &format!("s{at}-repeats"),
        "In nearly the same words at both schools: taught twice, or gone over again?",
        &[("Years", 16, None), ("Earlier", 42, None), ("Later", 42, None)],
    );
    for r in &subject.repeats {
        let years: Vec<&str> =
            [&r.earlier, &r.later].into_iter().filter_map(|s| s.years.first()).map(|y| year(*y)).collect();
        let says = |s: &Statement| -> Cell { vec![t.quoted(s), vec![Run::Small(t.place(s))]] };
        table.rows.push(vec![cell(years.join(", then ")), says(&r.earlier), says(&r.later)]);
    }
    if table.rows.is_empty() {
        table.caption = "No statement stands at both schools in nearly the same words.".into();
    }
    table
}

/// Everything under one year group.
fn of_year(t: &Taught, at: usize, subject: &Subject, number: usize) -> Table {
    let sides: Vec<Side> =
        Side::BOTH.into_iter().filter(|side_| subject.year(number).any(|(_, s)| side(s) == *side_)).collect();
    let width = if sides.len() == 2 { 38 } else { 76 };
    let mut columns = vec![("Strand", 24, None)];
    columns.extend(sides.iter().map(|s| (t.names()[s.index()], width, Some(*s))));
    let mut table = Table::new(&format!("s{at}-y{number}"), year(number), &columns);
    for strand in &subject.strands {
        if strand.year(number).next().is_none() {
            continue;
        }
        let mut row = vec![cell(named(strand))];
        for one in &sides {
            let mine = strand.year(number).filter(|s| side(s) == *one).map(|s| (s.document, s.quote));
            let says = quoted::stated(&t.outcome.documents, *one, mine);
            row.push(says);
        }
        table.rows.push(row);
    }
    table
}
