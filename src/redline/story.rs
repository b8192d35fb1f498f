//! The paragraphs and tables of a story of both versions in, one story with its changes tracked out.
//!
//! A story is what Word edits as one text: the body, a cell, a note, a header, a text box. Stories lie in stories; how deep is bounded.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, Result};
use crate::limits;

use super::atoms::{What, atoms};
use super::paragraph::Written;
use super::pen::{Form, Pen};
use super::tree::{Id, Tree, close};
use super::units::{Step, Unit, align};

/// A part in both versions, and the pen.
pub(super) struct Story<'t> {
    pub(super) old: &'t Tree,
    pub(super) new: &'t Tree,
    /// Names and numbers of the new version's bookmarks.
    pub(super) bookmarks: &'t BTreeSet<String>,
    pub(super) pen: &'t mut Pen,
}

const PARAGRAPH: u8 = 0;
const TABLE: u8 = 1;
const CONTROL: u8 = 2;
const OTHER: u8 = 3;
const ROW: u8 = 4;

impl Story<'_> {
    /// One story deeper: the one recursion of this room, bounded by the ceiling for tables in tables.
    fn deeper(&mut self) -> Result<()> {
        self.pen.depth += 1;
        if self.pen.depth > limits::TABLE_NESTING {
            return Err(Error::over(
                "tables or text boxes inside each other",
                self.pen.depth,
                limits::TABLE_NESTING,
            ));
        }
        Ok(())
    }

    /// Writes a story; either side may be empty.
    ///
    /// # Errors
    ///
    /// Limit if stories lie too deep in each other.
    pub(super) fn blocks(&mut self, old: &[Id], new: &[Id], out: &mut String) -> Result<()> {
        self.deeper()?;
        let blocks = |tree: &Tree, ids: &[Id]| -> Vec<Id> {
            ids.iter().copied().filter(|i| !matches!(tree.name(*i), "w:tcPr" | "w:proofErr")).collect()
        };
        let (old, new) = (blocks(self.old, old), blocks(self.new, new));
        let x: Vec<Unit> = old.iter().map(|i| unit(self.old, *i)).collect();
        let y: Vec<Unit> = new.iter().map(|i| unit(self.new, *i)).collect();
        let mut steps = align(&x, &y, true);
        // What stands beside paragraphs is not tracked, so that it cannot move.
        for step in &mut steps {
            match *step {
                Step::From(i, _) if matches!(x[i].kind, OTHER | CONTROL) => *step = Step::Gone(i),
                Step::To(_, j) if matches!(y[j].kind, OTHER | CONTROL) => *step = Step::New(j),
                _ => {}
            }
        }
        let tail = tail(&steps, &x, &y);
        let names = self.ranges(&steps);
        // A story that only one version has keeps its last mark: Word cannot do without it.
        let alone = old.is_empty() || new.is_empty();
        let mut open_range: Option<(u32, &'static str, String)> = None;
        for (at, step) in steps.iter().enumerate() {
            self.range(&mut open_range, *step, names[at].clone(), out);
            // The mark before a tail that came or went belongs to that tail; the last mark of a story always stays.
            let mark = match tail {
                Some((from, form)) if at + 1 >= from && at + 1 < steps.len() => form,
                Some(_) if at + 1 == steps.len() => Form::Plain,
                _ => Form::Insert,
            };
            let in_tail = tail.filter(|(from, _)| at + 1 >= *from).map(|(from, _)| from);
            if alone && at + 1 == steps.len() {
                let w =
                    |old, new| Written { old, new, form: Form::Plain, mark: Form::Plain, look: (new, old) };
                match *step {
                    Step::Gone(i) if x[i].kind == PARAGRAPH => self.paragraph(w(Some(old[i]), None), out)?,
                    Step::New(j) if y[j].kind == PARAGRAPH => self.paragraph(w(None, Some(new[j])), out)?,
                    Step::Gone(i) => self.whole(old[i], Form::Delete, out)?,
                    Step::New(j) => self.whole(new[j], Form::Insert, out)?,
                    Step::Pair(..) | Step::From(..) | Step::To(..) => {}
                }
                continue;
            }
            match *step {
                Step::Pair(i, j) => {
                    let mark = if in_tail.is_some() { mark } else { Form::Plain };
                    self.pair(old[i], new[j], mark, out)?;
                }
                Step::Gone(i) => match in_tail.and_then(|from| from.checked_sub(1)).map(|p| steps[p]) {
                    Some(Step::Pair(_, kept)) => {
                        let look = if mark == Form::Plain {
                            (Some(new[kept]), Some(old[i]))
                        } else {
                            (None, Some(old[i]))
                        };
                        let w = Written { old: Some(old[i]), new: None, form: Form::Plain, mark, look };
                        self.paragraph(w, out)?;
                    }
                    _ => self.whole(old[i], Form::Delete, out)?,
                },
                Step::New(j) => match in_tail.and_then(|from| from.checked_sub(1)).map(|p| steps[p]) {
                    Some(Step::Pair(kept, _)) => {
                        let look = if mark == Form::Plain {
                            (Some(new[j]), Some(old[kept]))
                        } else {
                            (Some(new[j]), None)
                        };
                        let w = Written { old: None, new: Some(new[j]), form: Form::Plain, mark, look };
                        self.paragraph(w, out)?;
                    }
                    _ => self.whole(new[j], Form::Insert, out)?,
                },
                Step::From(i, j) => self.moved(old[i], new[j], Form::From, out)?,
                Step::To(i, j) => self.moved(old[i], new[j], Form::To, out)?,
            }
        }
        self.range(&mut open_range, Step::Gone(0), None, out);
        self.pen.depth -= 1;
        Ok(())
    }

    /// Begins and ends the stretches that moved, so that Word shows each as one.
    fn range(
        &mut self,
        open: &mut Option<(u32, &'static str, String)>,
        step: Step,
        name: Option<String>,
        out: &mut String,
    ) {
        if open.as_ref().map(|(.., n)| n) == name.as_ref() {
            return;
        }
        if let Some((number, element, _)) = open.take() {
            out.push_str(&format!("<{element}End w:id=\"{number}\"/>"));
        }
        if let Some(name) = name {
            let element = if matches!(step, Step::From(..)) { "w:moveFromRange" } else { "w:moveToRange" };
            let (number, stamp) = self.pen.range();
            out.push_str(&format!("<{element}Start w:id=\"{number}\" w:name=\"{name}\"{stamp}/>"));
            *open = Some((number, element, name));
        }
    }

    /// A name for each step that belongs to a move: the same for what moved together, there and here.
    fn ranges(&mut self, steps: &[Step]) -> Vec<Option<String>> {
        let mut names: Vec<Option<String>> = vec![None; steps.len()];
        let mut by_old = std::collections::BTreeMap::new();
        let mut last: Option<(usize, usize)> = None;
        for (at, step) in steps.iter().enumerate() {
            let Step::From(i, j) = *step else {
                last = None;
                continue;
            };
            if last != Some((i.wrapping_sub(1), j.wrapping_sub(1))) {
                self.pen.moves += 1;
            }
            last = Some((i, j));
            let name = format!("move{}", self.pen.moves);
            by_old.insert(i, name.clone());
            names[at] = Some(name);
        }
        for (at, step) in steps.iter().enumerate() {
            if let Step::To(i, _) = step {
                names[at] = by_old.get(i).cloned();
            }
        }
        names
    }

    /// Two blocks that correspond.
    fn pair(&mut self, old: Id, new: Id, mark: Form, out: &mut String) -> Result<()> {
        match self.new.name(new) {
            "w:p" => {
                let w = Written {
                    old: Some(old),
                    new: Some(new),
                    form: Form::Plain,
                    mark,
                    look: (Some(new), Some(old)),
                };
                self.paragraph(w, out)
            }
            "w:tbl" => self.table(old, new, out),
            "w:sdt" => {
                self.new.start(new, out);
                for child in self.new.children(new) {
                    if self.new.name(*child) != "w:sdtContent" {
                        self.new.write(*child, out, &mut |_, _| false);
                    }
                }
                let content = |tree: &Tree, id: Id| {
                    tree.child(id, "w:sdtContent").map(|c| tree.children(c).to_vec()).unwrap_or_default()
                };
                out.push_str("<w:sdtContent>");
                self.blocks(&content(self.old, old), &content(self.new, new), out)?;
                out.push_str("</w:sdtContent></w:sdt>");
                Ok(())
            }
            _ => {
                self.new.write(new, out, &mut |_, _| false);
                Ok(())
            }
        }
    }

    /// A block that only one version has, or one side of a table that moved.
    fn whole(&mut self, id: Id, form: Form, out: &mut String) -> Result<()> {
        let tree = if form.is_old() { self.old } else { self.new };
        match tree.name(id) {
            "w:p" => {
                let (old, new) = if form.is_old() { (Some(id), None) } else { (None, Some(id)) };
                let inner = if matches!(form, Form::Insert | Form::Delete) { Form::Plain } else { form };
                self.paragraph(Written { old, new, form: inner, mark: form, look: (new, old) }, out)
            }
            "w:tbl" => {
                tree.start(id, out);
                for child in tree.children(id) {
                    match tree.name(*child) {
                        "w:tr" => self.row_whole(*child, form, out)?,
                        "w:tblPr" | "w:tblGrid" => tree.write(*child, out, &mut |_, _| false),
                        _ => {}
                    }
                }
                close("w:tbl", out);
                Ok(())
            }
            "w:sdt" => {
                let Some(content) = tree.child(id, "w:sdtContent") else { return Ok(()) };
                if form.is_old() {
                    for child in tree.children(content) {
                        self.whole(*child, form, out)?;
                    }
                    return Ok(());
                }
                tree.start(id, out);
                for child in tree.children(id) {
                    if tree.name(*child) != "w:sdtContent" {
                        tree.write(*child, out, &mut |_, _| false);
                    }
                }
                out.push_str("<w:sdtContent>");
                for child in tree.children(content) {
                    self.whole(*child, form, out)?;
                }
                out.push_str("</w:sdtContent></w:sdt>");
                Ok(())
            }
            _ if form.is_old() => Ok(()),
            _ => {
                tree.write(id, out, &mut |_, _| false);
                Ok(())
            }
        }
    }

    fn moved(&mut self, old: Id, new: Id, form: Form, out: &mut String) -> Result<()> {
        if self.new.name(new) != "w:p" {
            return self.whole(if form.is_old() { old } else { new }, form, out);
        }
        let look = if form.is_old() { (None, Some(old)) } else { (Some(new), None) };
        self.paragraph(Written { old: Some(old), new: Some(new), form, mark: form, look }, out)
    }

    fn table(&mut self, old: Id, new: Id, out: &mut String) -> Result<()> {
        let rows = |tree: &Tree, id: Id| -> Vec<Id> {
            tree.children(id).iter().copied().filter(|c| tree.name(*c) == "w:tr").collect()
        };
        let (olds, news) = (rows(self.old, old), rows(self.new, new));
        self.new.start(new, out);
        for child in self.new.children(new) {
            if matches!(self.new.name(*child), "w:tblPr" | "w:tblGrid") {
                self.new.write(*child, out, &mut |_, _| false);
            }
        }
        let x: Vec<Unit> = olds.iter().map(|i| row_unit(self.old, *i)).collect();
        let y: Vec<Unit> = news.iter().map(|i| row_unit(self.new, *i)).collect();
        let steps = align(&x, &y, false);
        let names = self.ranges(&steps);
        let mut open: Option<(u32, &'static str, String)> = None;
        for (step, name) in steps.into_iter().zip(names) {
            self.range(&mut open, step, name, out);
            match step {
                Step::Pair(i, j) => self.row(olds[i], news[j], out)?,
                Step::Gone(i) => self.row_whole(olds[i], Form::Delete, out)?,
                Step::New(j) => self.row_whole(news[j], Form::Insert, out)?,
                Step::From(i, _) => self.row_whole(olds[i], Form::From, out)?,
                Step::To(_, j) => self.row_whole(news[j], Form::To, out)?,
            }
        }
        self.range(&mut open, Step::Gone(0), None, out);
        close("w:tbl", out);
        Ok(())
    }

    /// A row that both versions have, with as many cells.
    fn row(&mut self, old: Id, new: Id, out: &mut String) -> Result<()> {
        let cells = |tree: &Tree, id: Id| -> Vec<Id> {
            tree.children(id).iter().copied().filter(|c| tree.name(*c) == "w:tc").collect()
        };
        let mut olds = cells(self.old, old).into_iter();
        self.new.start(new, out);
        for child in self.new.children(new) {
            if self.new.name(*child) != "w:tc" {
                self.new.write(*child, out, &mut |_, _| false);
                continue;
            }
            let before = olds.next().map(|c| self.old.children(c).to_vec()).unwrap_or_default();
            self.new.start(*child, out);
            if let Some(properties) = self.new.child(*child, "w:tcPr") {
                self.new.write(properties, out, &mut |_, _| false);
            }
            let after = self.new.children(*child).to_vec();
            self.blocks(&before, &after, out)?;
            close("w:tc", out);
        }
        close("w:tr", out);
        Ok(())
    }

    /// A row that only one version has, or one side of a row that moved.
    fn row_whole(&mut self, id: Id, form: Form, out: &mut String) -> Result<()> {
        self.deeper()?;
        let tree = if form.is_old() { self.old } else { self.new };
        tree.start(id, out);
        for name in ["w:tblPrEx"] {
            if let Some(properties) = tree.child(id, name) {
                tree.write(properties, out, &mut |_, _| false);
            }
        }
        out.push_str("<w:trPr>");
        for child in tree.child(id, "w:trPr").map(|p| tree.children(p).to_vec()).unwrap_or_default() {
            tree.write(child, out, &mut |_, _| false);
        }
        // Word tracks a moved row as a row that went and one that came; what is in it is tracked as moved.
        let row = if form.is_old() { Form::Delete } else { Form::Insert };
        out.push_str(&self.pen.mark(row));
        out.push_str("</w:trPr>");
        for child in tree.children(id) {
            match tree.name(*child) {
                "w:tc" => {
                    tree.start(*child, out);
                    for block in tree.children(*child) {
                        match tree.name(*block) {
                            "w:tcPr" => tree.write(*block, out, &mut |_, _| false),
                            _ => self.whole(*block, form, out)?,
                        }
                    }
                    close("w:tc", out);
                }
                "w:sdt" => {
                    for cell in tree.walk(*child).into_iter().filter(|c| tree.name(*c) == "w:tc").take(1) {
                        tree.write(cell, out, &mut |_, _| false);
                    }
                }
                _ => {}
            }
        }
        close("w:tr", out);
        self.pen.depth -= 1;
        Ok(())
    }

    /// Whether a point of the old version stands in the result: bookmarks that the new one does not have.
    pub(super) fn keeps_point(&self, id: Id) -> bool {
        let is_bookmark = matches!(self.old.name(id), "w:bookmarkStart" | "w:bookmarkEnd");
        let number = self.old.attribute(id, "w:id").unwrap_or("");
        is_bookmark && !self.bookmarks.contains(number)
    }
}

/// Where the trailing paragraphs begin that only one version has, if a paragraph that both have stands before them.
fn tail(steps: &[Step], x: &[Unit], y: &[Unit]) -> Option<(usize, Form)> {
    let last = *steps.last()?;
    let form = match last {
        Step::Gone(_) => Form::Delete,
        Step::New(_) => Form::Insert,
        _ => return None,
    };
    let of_tail = |s: &Step| match *s {
        Step::Gone(i) => form == Form::Delete && x[i].kind == PARAGRAPH,
        Step::New(j) => form == Form::Insert && y[j].kind == PARAGRAPH,
        _ => false,
    };
    let from = steps.len() - steps.iter().rev().take_while(|s| of_tail(s)).count();
    let before = from.checked_sub(1).and_then(|p| steps.get(p));
    let stands = matches!(before, Some(Step::Pair(i, _)) if x[*i].kind == PARAGRAPH);
    stands.then_some((from, form))
}

fn words(text: &str) -> Vec<u64> {
    let pieces = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut words: Vec<u64> = pieces.map(|w| xxh3_64(w.to_lowercase().as_bytes())).collect();
    words.sort_unstable();
    words
}

fn unit(tree: &Tree, id: Id) -> Unit {
    match tree.name(id) {
        "w:p" => {
            let atoms = atoms(tree, id);
            let mut keys = Vec::with_capacity(atoms.len() * 8);
            let mut words = Vec::new();
            for atom in atoms.iter().filter(|a| !matches!(a.what, What::Point(_))) {
                keys.extend_from_slice(&atom.key.to_le_bytes());
                if let What::Text(text) = &atom.what
                    && atom.is_word()
                {
                    words.push(xxh3_64(text.to_lowercase().as_bytes()));
                }
            }
            words.sort_unstable();
            Unit { hash: xxh3_64(&keys), words, kind: PARAGRAPH }
        }
        name => {
            let kind = match name {
                "w:tbl" => TABLE,
                "w:sdt" => CONTROL,
                _ => OTHER,
            };
            let text = tree.text(id);
            let mark = if kind == OTHER { tree.canonical(id) } else { String::new() };
            Unit { hash: xxh3_64(format!("{kind} {mark} {text}").as_bytes()), words: words(&text), kind }
        }
    }
}

/// Rows correspond only if they have as many cells.
fn row_unit(tree: &Tree, id: Id) -> Unit {
    let cells = tree.children(id).iter().filter(|c| tree.name(**c) == "w:tc").count();
    let text = tree.text(id);
    let kind = ROW.saturating_add(u8::try_from(cells).unwrap_or(u8::MAX));
    Unit { hash: xxh3_64(format!("{kind} {text}").as_bytes()), words: words(&text), kind }
}
