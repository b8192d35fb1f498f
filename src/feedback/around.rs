//! What was filled in or changed outside a draft's text: a copy and the draft in; local facts become answers, all else is listed as comments.
//!
//! Rows are known again by what stands in them besides the cell that is filled in, lines by their words, so that it does not matter
//! what a word processor did to the file. Nothing that a reviewer wrote is left out: what is not known again is listed.

use crate::merge::decisions::{fact_id, saw};
use crate::merge::{Draft, Frame, Materials, Side, Take, frame};

use super::copy::Copy;
use super::issued::Issued;
use super::trace::{Fate, Trace};
use super::words::{Worded, spaced};
use super::{Answer, Comment, Feedback};

/// What these places are called in feedback.
const FRONT_PAGE: &str = "Front page";

/// A row of the draft's own.
struct Row {
    cells: Vec<Worded>,
    /// Which cell is to be filled in.
    fill: Option<usize>,
    /// Whose fact it is, and its place in [`Frame::facts`].
    fact: Option<(Side, usize)>,
    seen: bool,
}

/// Something outside the text of a copy.
enum Found {
    Line(Worded),
    Row(Vec<Worded>),
}

/// Notes that were changed, added or taken out, as comments.
pub(super) fn notes(copy: &Copy, issued: &Issued, trace: &Trace, out: &mut Feedback) {
    let section = |place: usize| {
        let unit = trace.places.range(..=place).next_back().map(|(_, unit)| *unit);
        unit.and_then(|u| issued.sections.get(issued.units[u].section)).cloned().unwrap_or_default()
    };
    let mut there: Vec<_> = copy.file.notes.iter().map(|n| (n, Worded::of(&n.text), false)).collect();
    let mut missing = Vec::new();
    for note in &issued.notes {
        let text = Worded::of(&note.text);
        match there.iter_mut().find(|(_, found, seen)| !seen && found.alike(&text)) {
            Some((.., seen)) => *seen = true,
            None => missing.push((note, text)),
        }
    }
    for (note, text, _) in there.iter().filter(|(.., seen)| !seen) {
        let was = text.was(&mut missing, |(_, text)| text);
        let about = was.map_or_else(|| "A new note".to_owned(), |(w, _)| format!("The note “{}”", w.text));
        out.comments.push(comment(copy, section(note.place), note.inserted, note.text.clone(), about));
    }
    for (note, _) in missing {
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
    let found = outside(copy);
    let overridden = found.iter().find_map(reason);
    let frame = frame(draft, m, &copy.title, day, overridden.as_deref());
    let mut own: Vec<_> = lines(&frame, draft, m).iter().map(|l| (Worded::of(l), false)).collect();
    let mut told = Around {
        copy,
        m,
        frame: &frame,
        rows: rows(&frame, m),
        theirs: as_it_stood(draft, m),
        place: FRONT_PAGE.to_owned(),
        odd: Vec::new(),
    };
    for found in found {
        match found {
            Found::Line(text) => {
                let known = own.iter_mut().find(|(line, seen)| !seen && line.alike(&text));
                if let Some((line, seen)) = known {
                    *seen = true;
                    if is_heading(&line.text, m) {
                        told.place.clone_from(&line.text);
                    }
                } else if !told.is_theirs(&text) && !text.text.starts_with(Frame::OVERRIDDEN) {
                    told.is_odd(text);
                }
            }
            Found::Row(cells) => told.row(cells, out),
        }
    }
    let gone = own.into_iter().filter(|(_, seen)| !seen).map(|(line, _)| line);
    // The heads of tables stand in rows; those that are gone say nothing.
    let is_empty = |row: &Row| row.cells.iter().all(|cell| cell.text.is_empty());
    let lost = told.rows.iter().filter(|r| !r.seen && !is_empty(r)).map(|r| joined(&r.cells));
    let mut gone: Vec<Worded> = gone.chain(lost).collect();
    for (place, text) in told.odd {
        let was = text.was(&mut gone, |line| line);
        let about = was.map_or_else(|| "Added".to_owned(), |w| format!("It said “{}”", w.text));
        out.comments.push(comment(copy, place, None, text.text, about));
    }
    for line in gone {
        out.comments.push(comment(copy, String::new(), None, "This was taken out.".into(), line.text));
    }
}

/// Why the draft was made although it should not be, as its first lines say.
fn reason(found: &Found) -> Option<String> {
    let Found::Line(line) = found else { return None };
    let said = line.text.strip_prefix(Frame::OVERRIDDEN)?.strip_prefix(Frame::REASON)?;
    Some(said.to_owned())
}

/// What stands around the text of a copy, while it is told what of it is the draft's.
struct Around<'a> {
    copy: &'a Copy,
    m: &'a Materials<'a>,
    frame: &'a Frame,
    rows: Vec<Row>,
    /// What the schools' policies say on their title pages: each school's insertion, which may go.
    theirs: Vec<Worded>,
    /// The heading under which the next line stands.
    place: String,
    /// What is not known again, each with the heading under which it stands.
    odd: Vec<(String, Worded)>,
}

impl Around<'_> {
    fn is_theirs(&self, text: &Worded) -> bool {
        self.theirs.iter().any(|t| t.alike(text))
    }

    fn is_odd(&mut self, text: Worded) {
        self.odd.push((self.place.clone(), text));
    }

    /// One row of the copy.
    fn row(&mut self, cells: Vec<Worded>, out: &mut Feedback) {
        let same = |row: &Row| {
            let others = |at: usize| row.fill != Some(at);
            row.cells.len() == cells.len()
                && (0..cells.len()).all(|at| !others(at) || row.cells[at].alike(&cells[at]))
        };
        let filled = |row: &Row| row.fill.is_some_and(|at| !row.cells[at].alike(&cells[at]));
        // Of rows that are told apart by nothing but what was filled in, the one that has it already.
        let rows = self.rows.iter_mut().filter(|row| !row.seen && same(row));
        let Some(row) = rows.min_by_key(|row| filled(row)) else {
            if !cells.iter().all(|cell| cell.text.is_empty() || self.is_theirs(cell)) {
                self.is_odd(joined(&cells));
            }
            return;
        };
        row.seen = true;
        let Some(fill) = row.fill.filter(|_| filled(row)) else { return };
        let text = cells[fill].text.clone();
        match row.fact {
            Some((side, which)) if !text.is_empty() => {
                let fact = &self.frame.facts[side.index()][which];
                out.answers.extend(fact_answer(self.m, side, fact, &self.place, text));
            }
            _ => {
                let said = if text.is_empty() { "This was taken out.".to_owned() } else { text };
                let about = row.cells[0].text.clone();
                out.comments.push(comment(self.copy, self.place.clone(), None, said, about));
            }
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
        let cells = cells.iter().map(|c| Worded::of(&spaced(c))).collect();
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
    for side in Side::BOTH {
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

fn joined(cells: &[Worded]) -> Worded {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    Worded::of(&texts.join(" | "))
}

/// The lines that the draft itself puts in.
fn lines(frame: &Frame, draft: &Draft, m: &Materials) -> Vec<String> {
    let [local, history] = Frame::HEADINGS;
    let mut out = vec![frame.front[0][1].clone(), frame.applies.clone(), Frame::CONTENTS.to_owned()];
    if !frame.local.is_empty() {
        out.push(local.to_owned());
    }
    for side in Side::BOTH {
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
    Frame::HEADINGS.contains(&line) || Side::BOTH.iter().any(|s| line == Frame::annex(m, *s))
}

/// Titles and front matter of both policies as they stood.
fn as_it_stood(draft: &Draft, m: &Materials) -> Vec<Worded> {
    let of = |side: Side| {
        let blocks = draft.front[side.index()].iter();
        let blocks = blocks.filter_map(move |id| m.document(side).blocks.get(*id as usize));
        blocks.map(|b| Worded::of(&b.text))
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
        let text = Worded::of(&file.kept(cell.text));
        match found.last_mut() {
            Some((_, Found::Row(row))) if open == Some((cell.table, cell.row)) => row.push(text),
            _ => found.push((cell.text[0], Found::Row(vec![text]))),
        }
        open = Some((cell.table, cell.row));
    }
    found.retain(|(_, row)| !matches!(row, Found::Row(cells) if cells.iter().all(|c| c.text.is_empty())));
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
                found.push((range[0], Found::Line(Worded::of(&text))));
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
