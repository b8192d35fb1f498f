//! A paragraph of either version or of both in, one paragraph with its changes tracked out.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::error::Result;
use crate::limits;

use super::atoms::{Atom, What, atoms, boxes};
use super::pen::Form;
use super::story::Story;
use super::tree::{Id, close, escape};

/// A piece with how it is tracked.
struct Item {
    form: Form,
    /// Its piece in the old version; also where both have it.
    old: Option<usize>,
    new: Option<usize>,
}

/// Which paragraphs of the two versions are written, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
    /// Of what both have: plain in place, or as moved from or to here.
    pub(super) form: Form,
    /// Of the paragraph's mark.
    pub(super) mark: Form,
    /// Properties are those of this paragraph of the new version, and were those of that of the old one.
    pub(super) look: (Option<Id>, Option<Id>),
}

impl Story<'_> {
    /// Writes a paragraph.
    pub(super) fn paragraph(&mut self, w: Written, out: &mut String) -> Result<()> {
        if let (Some(old), Some(new), Form::Plain, Form::Plain) = (w.old, w.new, w.form, w.mark)
            && w.look == (Some(new), Some(old))
            && self.old.canonical(old) == self.new.canonical(new)
        {
            self.pair_notes(old, new);
            self.new.write(new, out, &mut |_, _| false);
            return Ok(());
        }
        let x = w.old.map(|p| atoms(self.old, p)).unwrap_or_default();
        let y = w.new.map(|p| atoms(self.new, p)).unwrap_or_default();
        match w.new.or(w.look.0) {
            Some(new) if w.new.is_some() && !w.form.is_old() => self.new.start(new, out),
            _ => out.push_str("<w:p>"),
        }
        self.paragraph_look(&w, out);
        let items = self.items(&x, &y, &w);
        self.write_items(&items, &x, &y, out)?;
        out.push_str("</w:p>");
        Ok(())
    }

    /// The paragraph's properties, with its mark and what they were.
    fn paragraph_look(&mut self, w: &Written, out: &mut String) {
        let (new, old) = w.look;
        let pick = |tree: &super::tree::Tree, p: Option<Id>| p.and_then(|p| tree.child(p, "w:pPr"));
        let (now, was) = (pick(self.new, new), pick(self.old, old));
        let base = |tree: &super::tree::Tree, id: Option<Id>| {
            let children = id.map(|i| tree.children(i).to_vec()).unwrap_or_default();
            let kept = children
                .into_iter()
                .filter(|c| !matches!(tree.name(*c), "w:rPr" | "w:sectPr" | "w:pPrChange"));
            let mut text = String::new();
            let mut plain = String::new();
            for child in kept {
                tree.write(child, &mut text, &mut |_, _| false);
                plain.push_str(&tree.canonical(child));
            }
            (text, plain)
        };
        let (now_text, now_plain) = base(self.new, now);
        let (was_text, was_plain) = base(self.old, was);
        let is_old = new.is_none();
        let mut inner = if is_old { was_text.clone() } else { now_text };
        let (tree, properties) = if is_old { (self.old, was) } else { (self.new, now) };
        let mark = self.pen.mark(w.mark);
        let mut look = String::new();
        if let Some(id) = properties.and_then(|p| tree.child(p, "w:rPr")) {
            for child in tree.children(id) {
                if tree.name(*child) != "w:rPrChange" {
                    tree.write(*child, &mut look, &mut |_, _| false);
                }
            }
        }
        if !mark.is_empty() || !look.is_empty() {
            inner.push_str(&format!("<w:rPr>{mark}{look}</w:rPr>"));
        }
        let own = w.new.filter(|_| !w.form.is_old()).map(|p| (self.new, p)).or(w.old.map(|p| (self.old, p)));
        if let Some((tree, p)) = own
            && let Some(section) = tree.child(p, "w:pPr").and_then(|p| tree.child(p, "w:sectPr"))
        {
            tree.write(section, &mut inner, &mut |_, _| false);
        }
        if new.is_some() && old.is_some() && now_plain != was_plain {
            self.pen.formats += 1;
            let stamp = self.pen.stamp();
            inner.push_str(&format!("<w:pPrChange{stamp}><w:pPr>{was_text}</w:pPr></w:pPrChange>"));
        }
        if !inner.is_empty() {
            out.push_str("<w:pPr>");
            out.push_str(&inner);
            out.push_str("</w:pPr>");
        }
    }

    /// How each piece is tracked, in the order in which they are written.
    fn items(&mut self, x: &[Atom], y: &[Atom], w: &Written) -> Vec<Item> {
        let both = w.form;
        if w.new.is_none() {
            let form = if both == Form::Plain { Form::Delete } else { both };
            return (0..x.len()).map(|i| Item { form, old: Some(i), new: None }).collect();
        }
        if w.old.is_none() {
            let form = if both == Form::Plain { Form::Insert } else { both };
            return (0..y.len()).map(|j| Item { form, old: None, new: Some(j) }).collect();
        }
        let solid = |atoms: &[Atom]| -> Vec<usize> {
            (0..atoms.len()).filter(|i| !matches!(atoms[*i].what, What::Point(_))).collect()
        };
        let (xs, ys) = (solid(x), solid(y));
        let keys = |atoms: &[Atom], at: &[usize]| -> Vec<u64> { at.iter().map(|i| atoms[*i].key).collect() };
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        if xs.len() <= limits::DIFF_WORDS && ys.len() <= limits::DIFF_WORDS {
            let ops = capture_diff_slices(Algorithm::Myers, &keys(x, &xs), &keys(y, &ys));
            for (at, op) in ops.iter().enumerate() {
                let DiffOp::Equal { old_index, new_index, len } = *op else { continue };
                // Blanks and marks alone between two changes would cut a phrase into confetti.
                let between = at > 0 && at + 1 < ops.len();
                if between && !(0..len).any(|k| x[xs[old_index + k]].is_word()) {
                    continue;
                }
                pairs.extend((0..len).map(|k| (xs[old_index + k], ys[new_index + k])));
            }
        } else {
            self.pen.coarse = true;
        }
        let mut items = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (p, q) in pairs.into_iter().chain([(x.len(), y.len())]) {
            while i < p {
                // A moved passage shows its old words where it was, its new words where it is.
                if both != Form::To {
                    items.push(Item { form: Form::Delete, old: Some(i), new: None });
                }
                i += 1;
            }
            while j < q {
                if both != Form::From {
                    items.push(Item { form: Form::Insert, old: None, new: Some(j) });
                }
                j += 1;
            }
            if p < x.len() {
                let (old, new) = match both {
                    Form::From => (Some(p), None),
                    Form::To => (None, Some(q)),
                    _ => (Some(p), Some(q)),
                };
                items.push(Item { form: both, old, new });
                i += 1;
                j += 1;
            }
        }
        items
    }

    fn write_items(&mut self, items: &[Item], x: &[Atom], y: &[Atom], out: &mut String) -> Result<()> {
        let mut around: Vec<(u64, Id, bool)> = Vec::new();
        let mut form = Form::Plain;
        let mut run: Option<String> = None;
        let mut text = String::new();
        let mut looks: FxHashMap<(Option<Id>, Option<Id>, bool, bool), String> = FxHashMap::default();
        let end_run = |run: &mut Option<String>, text: &mut String, form: Form, out: &mut String| {
            flush(text, form, out);
            if run.take().is_some() {
                out.push_str("</w:r>");
            }
        };
        for item in items {
            let from_old = item.new.is_none();
            let atom = match (item.old, item.new) {
                (_, Some(j)) => &y[j],
                (Some(i), None) => &x[i],
                (None, None) => continue,
            };
            let is_point = matches!(atom.what, What::Point(_));
            let next = if is_point { Form::Plain } else { item.form };
            let shared = around.iter().zip(&atom.around_keys).take_while(|(o, k)| o.0 == **k).count();
            let same_place = shared == around.len() && shared == atom.around.len();
            if next != form || !same_place || is_point {
                end_run(&mut run, &mut text, form, out);
                if form != Form::Plain {
                    close(form.element(), out);
                    form = Form::Plain;
                }
            }
            if !same_place {
                while around.len() > shared {
                    let Some((_, id, old)) = around.pop() else { break };
                    let tree = if old { self.old } else { self.new };
                    if tree.name(id) == "w:sdt" {
                        out.push_str("</w:sdtContent>");
                    }
                    close(tree.name(id), out);
                }
                for (id, key) in atom.around.iter().zip(&atom.around_keys).skip(shared) {
                    let tree = if from_old { self.old } else { self.new };
                    tree.start(*id, out);
                    for name in ["w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"] {
                        if let Some(properties) = tree.child(*id, name) {
                            tree.write(properties, out, &mut |_, _| false);
                        }
                    }
                    if tree.name(*id) == "w:sdt" {
                        out.push_str("<w:sdtContent>");
                    }
                    around.push((*key, *id, from_old));
                }
            }
            if let What::Point(id) = atom.what {
                if !from_old {
                    self.new.write(id, out, &mut |_, _| false);
                } else if self.keeps_point(id) {
                    self.old.write(id, out, &mut |_, _| false);
                }
                continue;
            }
            if next != form {
                let stamp = self.pen.stamp();
                out.push_str(&format!("<{}{stamp}>", next.element()));
                form = next;
                match next {
                    Form::Insert => self.pen.insertions += 1,
                    Form::Delete => self.pen.deletions += 1,
                    _ => {}
                }
            }
            if let What::Beside(id) = atom.what {
                end_run(&mut run, &mut text, form, out);
                let tree = if from_old { self.old } else { self.new };
                tree.write(id, out, &mut |_, _| false);
                continue;
            }
            let (was, now) = (item.old.and_then(|i| x[i].look), item.new.and_then(|j| y[j].look));
            let both = item.old.is_some() && item.new.is_some();
            let key = (was, now, both, from_old);
            let look = match looks.get(&key) {
                Some(look) => look.clone(),
                None => {
                    let look = self.run_look(was, now, both);
                    looks.insert(key, look.clone());
                    look
                }
            };
            if run.as_ref() != Some(&look) {
                end_run(&mut run, &mut text, form, out);
                out.push_str("<w:r>");
                out.push_str(&look);
                run = Some(look);
            }
            match &atom.what {
                What::Text(piece) => text.push_str(piece),
                What::Field(markup) => {
                    flush(&mut text, form, out);
                    match form {
                        Form::Delete => out.push_str(&markup.replace("w:instrText", "w:delInstrText")),
                        _ => out.push_str(markup),
                    }
                }
                What::Inside(id) => {
                    flush(&mut text, form, out);
                    let old = item.old.map(|i| &x[i].what);
                    match old {
                        Some(What::Inside(old)) if both => self.inside_both(*old, *id, out)?,
                        _ => self.inside(*id, from_old, form, out),
                    }
                }
                What::Beside(_) | What::Point(_) => {}
            }
        }
        end_run(&mut run, &mut text, form, out);
        if form != Form::Plain {
            close(form.element(), out);
        }
        while let Some((_, id, old)) = around.pop() {
            let tree = if old { self.old } else { self.new };
            if tree.name(id) == "w:sdt" {
                out.push_str("</w:sdtContent>");
            }
            close(tree.name(id), out);
        }
        Ok(())
    }

    /// A run's formatting, and what it was.
    fn run_look(&mut self, was: Option<Id>, now: Option<Id>, both: bool) -> String {
        let inner = |tree: &super::tree::Tree, id: Option<Id>| {
            let mut text = String::new();
            let mut plain = String::new();
            for child in id.map(|i| tree.children(i).to_vec()).unwrap_or_default() {
                if tree.name(child) != "w:rPrChange" {
                    tree.write(child, &mut text, &mut |_, _| false);
                    plain.push_str(&tree.canonical(child));
                }
            }
            (text, plain)
        };
        let (was_text, was_plain) = inner(self.old, was);
        if !both {
            let text = if now.is_some() { inner(self.new, now).0 } else { was_text };
            return if text.is_empty() { text } else { format!("<w:rPr>{text}</w:rPr>") };
        }
        let (mut text, plain) = inner(self.new, now);
        if plain != was_plain {
            self.pen.formats += 1;
            let stamp = self.pen.stamp();
            text.push_str(&format!("<w:rPrChange{stamp}><w:rPr>{was_text}</w:rPr></w:rPrChange>"));
        }
        if text.is_empty() { text } else { format!("<w:rPr>{text}</w:rPr>") }
    }

    /// A run's child that only one version has.
    fn inside(&mut self, id: Id, from_old: bool, form: Form, out: &mut String) {
        let tree = if from_old { self.old } else { self.new };
        if let Some(note) = note_of(tree, id) {
            if from_old { self.pen.notes.gone.push(note) } else { self.pen.notes.new.push(note) }
        }
        let mut one = String::new();
        tree.write(id, &mut one, &mut |_, _| false);
        if form == Form::Delete && tree.name(id) == "w:instrText" {
            one = one.replace("w:instrText", "w:delInstrText");
        }
        out.push_str(&one);
    }

    /// A run's child that both versions have: the words in its text boxes, and its note, may differ.
    fn inside_both(&mut self, old: Id, new: Id, out: &mut String) -> Result<()> {
        self.pair_notes(old, new);
        let (olds, news) = (boxes(self.old, old), boxes(self.new, new));
        let mut contents: FxHashMap<Id, String> = FxHashMap::default();
        for (x, y) in olds.iter().zip(&news) {
            let mut text = String::new();
            self.new.start(*y, &mut text);
            let (bx, by) = (self.old.children(*x).to_vec(), self.new.children(*y).to_vec());
            self.blocks(&bx, &by, &mut text)?;
            close(self.new.name(*y), &mut text);
            contents.insert(*y, text);
        }
        self.new.write(new, out, &mut |id, out| contents.get(&id).map(|text| out.push_str(text)).is_some());
        Ok(())
    }

    /// Notes that both versions refer to at the same place.
    pub(super) fn pair_notes(&mut self, old: Id, new: Id) {
        let of = |tree: &super::tree::Tree, id: Id| -> Vec<(String, String)> {
            tree.walk(id).into_iter().filter_map(|n| note_of(tree, n)).collect()
        };
        for (was, now) in of(self.old, old).into_iter().zip(of(self.new, new)) {
            self.pen.notes.pairs.insert(now, was.1);
        }
    }
}

/// The kind and id of a note that an element refers to.
fn note_of(tree: &super::tree::Tree, id: Id) -> Option<(String, String)> {
    let kind = tree.name(id).strip_prefix("w:")?.strip_suffix("Reference")?;
    let is_note = matches!(kind, "footnote" | "endnote");
    let number = tree.attribute(id, "w:id").filter(|_| is_note)?;
    Some((kind.to_owned(), number.to_owned()))
}

fn flush(text: &mut String, form: Form, out: &mut String) {
    if !text.is_empty() {
        let name = if form == Form::Delete { "w:delText" } else { "w:t" };
        out.push_str(&format!("<{name} xml:space=\"preserve\">"));
        escape(text, out);
        close(name, out);
        text.clear();
    }
}
