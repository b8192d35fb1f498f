//! What was filled in or changed outside a draft's text: a copy and the draft in; local facts become answers, all else is listed as comments.
//!
//! Rows are known again by what stands in them besides the cell that is filled in, lines by their words, so that it does not matter
//! what a word processor did to the file. Nothing that a reviewer wrote is left out: what is not known again is listed.

use crate::merge::decisions::{fact_id, saw};
use crate::merge::{Draft, Frame, Materials, Side, Take, frame};

use super::copy::Copy;
use super::issued::Issued;
use super::trace::{Fate, Trace};
use super::words::{alike, likeness, spaced};
use super::{Answer, Comment, Feedback};

/// Share of words from which a line or note is taken for an edited form of another.
const EDITED: f64 = 0.4;
/// What these places are called in feedback.
const FRONT_PAGE: &str = "Front page";

/// A row of the draft's own.
struct Row {
    cells: Vec<String>,
    /// Which cell is to be filled in.
    fill: Option<usize>,
    /// Whose fact it is, and its place in [`Frame::facts`].
    fact: Option<(Side, usize)>,
    seen: bool,
}

/// Something outside the text of a copy.
enum Found {
    Line(String),
    Row(Vec<String>),
}

/// Notes that were changed, added or taken out, as comments.
pub(super) fn notes(copy: &Copy, issued: &Issued, trace: &Trace, out: &mut Feedback) {
    let section = |place: usize| {
        let unit = trace.places.range(..=place).next_back().map(|(_, unit)| *unit);
        unit.and_then(|u| issued.sections.get(issued.units[u].section)).cloned().unwrap_or_default()
    };
    let mut there: Vec<(&crate::read::Note, bool)> = copy.file.notes.iter().map(|n| (n, false)).collect();
    let mut missing = Vec::new();
    for note in &issued.notes {
        match there.iter_mut().find(|(n, seen)| !seen && alike(&n.text, &note.text)) {
            Some((_, seen)) => *seen = true,
            None => missing.push(note),
        }
    }
    for (note, _) in there.iter().filter(|(_, seen)| !seen) {
        let like = |text: &str| likeness(text, &note.text);
        let best =
            (0..missing.len()).max_by(|x, y| like(&missing[*x].text).total_cmp(&like(&missing[*y].text)));
        let was = best.filter(|at| like(&missing[*at].text) >= EDITED).map(|at| missing.remove(at));
        let about = was.map_or_else(|| "A new note".to_owned(), |w| format!("The note “{}”", w.text));
        out.comments.push(comment(copy, section(note.place), note.inserted, note.text.clone(), about));
    }
    for note in missing {
        // A note goes with the passage that it belongs to.
        let host = note.after.checked_sub(1).and_then(|u| trace.fates.get(u));
        if host.is_none_or(|fate| *fate != Fate::Gone) {
            let place = note.after.checked_sub(1).and_then(|u| issued.units.get(u));
            let place = place.and_then(|u| issued.sections.get(u.section)).cloned().unwrap_or_default();
            let about = format!("The note “{}”", note.text);
            out.comments.push(comment(copy, place, None, "This note was taken out.".into(), about));
        }
    }
}

/// What stands before and after the text.
pub(super) fn around(copy: &Copy, draft: &Draft, m: &Materials, out: &mut Feedback) {
    let day = copy.created.unwrap_or(jiff::civil::Date::ZERO);
    let frame = frame(draft, m, &copy.title, day, None);
    let mut rows = rows(&frame, m);
    let mut own: Vec<(String, bool)> = lines(&frame, draft, m).into_iter().map(|l| (l, false)).collect();
    // What the schools' policies say on their title pages is each school's insertion: it may go.
    let theirs = as_it_stood(draft, m);
    let mut place = FRONT_PAGE.to_owned();
    let mut odd: Vec<(String, String)> = Vec::new();
    for found in outside(copy) {
        match found {
            Found::Line(text) => {
                let known = own.iter_mut().find(|(line, seen)| !seen && alike(line, &text));
                if let Some((line, seen)) = known {
                    *seen = true;
                    if is_heading(line, m) {
                        place.clone_from(line);
                    }
                } else if !theirs.iter().any(|t| alike(t, &text)) && !text.starts_with(OVERRIDDEN) {
                    odd.push((place.clone(), text));
                }
            }
            Found::Row(cells) => row(copy, &frame, m, &mut rows, &theirs, (&place, cells), &mut odd, out),
        }
    }
    let gone = own.into_iter().filter(|(_, seen)| !seen).map(|(line, _)| line);
    // The heads of tables stand in rows; those that are gone say nothing.
    let lost = rows.iter().filter(|r| !r.seen && !r.cells.iter().all(String::is_empty)).map(joined);
    let mut gone: Vec<String> = gone.chain(lost).collect();
    for (place, text) in odd {
        let best =
            (0..gone.len()).max_by(|x, y| likeness(&gone[*x], &text).total_cmp(&likeness(&gone[*y], &text)));
        let was = best.filter(|at| likeness(&gone[*at], &text) >= EDITED).map(|at| gone.remove(at));
        let about = was.map_or_else(|| "Added".to_owned(), |w| format!("It said “{w}”"));
        out.comments.push(comment(copy, place, None, text, about));
    }
    for line in gone {
        out.comments.push(comment(copy, String::new(), None, "This was taken out.".into(), line));
    }
}

/// How a draft begins that was made although it should not be.
const OVERRIDDEN: &str = "Made although policies on this topic should not be merged.";

/// One row of a copy.
#[allow(clippy::too_many_arguments)] // each is another list that it is looked up in
fn row(
    copy: &Copy,
    frame: &Frame,
    m: &Materials,
    rows: &mut [Row],
    theirs: &[String],
    (place, cells): (&str, Vec<String>),
    odd: &mut Vec<(String, String)>,
    out: &mut Feedback,
) {
    let same = |row: &Row| {
        let others = |at: usize| row.fill != Some(at);
        row.cells.len() == cells.len()
            && (0..cells.len()).all(|at| !others(at) || alike(&row.cells[at], &cells[at]))
    };
    let filled = |row: &Row| row.fill.is_some_and(|at| !alike(&row.cells[at], &cells[at]));
    // Of rows that are told apart by nothing but what was filled in, the one that has it already.
    let at =
        (0..rows.len()).filter(|at| !rows[*at].seen && same(&rows[*at])).min_by_key(|at| filled(&rows[*at]));
    let Some(at) = at else {
        let known = |cell: &String| cell.is_empty() || theirs.iter().any(|t| alike(t, cell));
        if !cells.iter().all(known) {
            odd.push((place.to_owned(), cells.join(" | ")));
        }
        return;
    };
    rows[at].seen = true;
    let row = &rows[at];
    let Some(fill) = row.fill.filter(|_| filled(row)) else { return };
    let text = cells[fill].clone();
    match row.fact {
        Some((side, which)) if !text.is_empty() => {
            let fact = &frame.facts[side.index()][which];
            out.answers.extend(fact_answer(m, side, fact, place, text));
        }
        _ => {
            let said = if text.is_empty() { "This was taken out.".to_owned() } else { text };
            out.comments.push(comment(copy, place.to_owned(), None, said, row.cells[0].clone()));
        }
    }
}

/// What a local fact will be, as an answer.
fn fact_answer(
    m: &Materials,
    side: Side,
    fact: &crate::merge::Fact,
    place: &str,
    own: String,
) -> Option<Answer> {
    let school = &m.schools[side.index()];
    let differences = || fact.differences.iter().filter_map(|d| m.comparison.differences.get(*d));
    let decides: Vec<_> = differences().map(|d| (fact_id(d, school), saw(d, m.documents))).collect();
    let mut says = [None, None];
    says[side.index()] = Some(format!("{}: {}", fact.row[0], fact.row[2]));
    let id = decides.first().map(|(id, _)| id.clone())?;
    Some(Answer { id, section: place.to_owned(), says, take: Take::Own, own, decides })
}

/// The rows that the draft itself puts in.
fn rows(frame: &Frame, m: &Materials) -> Vec<Row> {
    let mut out = Vec::new();
    let mut add = |cells: &[String], fill: Option<usize>, fact: Option<(Side, usize)>| {
        let cells = cells.iter().map(|c| spaced(c)).collect();
        out.push(Row { cells, fill, fact, seen: false });
    };
    let head = |texts: &[&str]| -> Vec<String> { texts.iter().map(|t| (*t).to_owned()).collect() };
    add(&head(&Frame::FRONT), None, None);
    frame.front.iter().for_each(|row| add(row, Some(1), None));
    if !frame.local.is_empty() {
        let [why, again] = Frame::LOCAL;
        add(&head(&[&m.schools[0].name, &m.schools[1].name, why, again]), None, None);
        frame.local.iter().for_each(|row| add(row, None, None));
    }
    for side in [Side::A, Side::B] {
        let facts = &frame.facts[side.index()];
        if !facts.is_empty() {
            add(&head(&Frame::FACTS), None, None);
        }
        facts.iter().enumerate().for_each(|(at, fact)| add(&fact.row, Some(3), Some((side, at))));
    }
    add(&head(&Frame::HISTORY), None, None);
    frame.history.iter().for_each(|row| add(row, None, None));
    out
}

fn joined(row: &Row) -> String {
    row.cells.join(" | ")
}

/// The lines that the draft itself puts in.
fn lines(frame: &Frame, draft: &Draft, m: &Materials) -> Vec<String> {
    let [local, history] = Frame::HEADINGS;
    let mut out = vec![frame.front[0][1].clone(), frame.applies.clone(), "Contents".to_owned()];
    if !frame.local.is_empty() {
        out.push(local.to_owned());
    }
    for side in [Side::A, Side::B] {
        out.push(Frame::annex(m, side));
        if frame.facts[side.index()].is_empty() {
            out.push(Frame::NO_FACTS.to_owned());
        }
        if !draft.front[side.index()].is_empty() || !draft.front_pictures[side.index()].is_empty() {
            out.push(Frame::front_matter(m, side));
        }
    }
    out.push(history.to_owned());
    out
}

fn is_heading(line: &str, m: &Materials) -> bool {
    Frame::HEADINGS.contains(&line) || [Side::A, Side::B].iter().any(|s| line == Frame::annex(m, *s))
}

/// Titles and front matter of both policies as they stood.
fn as_it_stood(draft: &Draft, m: &Materials) -> Vec<String> {
    let of = |side: Side| {
        let blocks = draft.front[side.index()].iter();
        blocks.filter_map(move |id| m.document(side).blocks.get(*id as usize)).map(|b| spaced(&b.text))
    };
    of(Side::A).chain(of(Side::B)).collect()
}

/// Lines and rows outside the text, in order; contents lists are left out.
fn outside(copy: &Copy) -> Vec<Found> {
    let file = &copy.file;
    let is_outside = |[from, to]: [usize; 2]| to <= copy.body[0] || from >= copy.body[1];
    let mut found: Vec<(usize, Found)> = Vec::new();
    // Where cells and contents lists stand.
    let mut apart: Vec<[usize; 2]> = file.contents.clone();
    let mut open: Option<(usize, usize)> = None;
    let mut cells: Vec<_> = file.cells.iter().filter(|c| is_outside(c.text)).collect();
    cells.sort_by_key(|c| c.text[0]);
    for cell in cells {
        apart.push(cell.text);
        let text = file.kept(cell.text);
        match found.last_mut() {
            Some((_, Found::Row(row))) if open == Some((cell.table, cell.row)) => row.push(text),
            _ => found.push((cell.text[0], Found::Row(vec![text]))),
        }
        open = Some((cell.table, cell.row));
    }
    found.retain(|(_, row)| !matches!(row, Found::Row(cells) if cells.iter().all(String::is_empty)));
    apart.sort_unstable();
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let range = [at, at + line.len()];
        at = range[1];
        let before = apart.partition_point(|a| a[0] <= range[0]);
        // Cells of tables in tables lie in each other; the widest that begins before the line tells.
        let covered = apart.get(..before).unwrap_or(&[]).iter().rev().take(8).any(|a| range[0] < a[1]);
        if is_outside(range) && !covered {
            let text = file.kept(range);
            if !text.is_empty() {
                found.push((range[0], Found::Line(text)));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, f)| f).collect()
}

fn comment(copy: &Copy, section: String, author: Option<usize>, text: String, about: String) -> Comment {
    let author = copy.author(author).unwrap_or(&copy.saved_by).to_owned();
    let section = if section.is_empty() { "Elsewhere".to_owned() } else { section };
    Comment {
        section,
        author,
        date: String::new(),
        text,
        about: about.chars().take(super::ABOUT_CHARS).collect(),
    }
}
