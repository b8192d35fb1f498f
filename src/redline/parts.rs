//! Both packages in, the merged one out: the text, its notes, its headers and footers.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, ErrorKind, Result};

use super::bundle::{Bundle, Relation};
use super::pen::Pen;
use super::settle::{Verdict, settle};
use super::story::Story;
use super::transplant::{self, Taken};
use super::tree::{Id, Tree, close};
use super::{Redline, Stamp};

/// The parts of a package that hold text.
pub(super) fn stories(bundle: &Bundle) -> Result<Vec<String>> {
    let mut out = vec![bundle.main.clone()];
    for relation in bundle.relations(&bundle.main)? {
        if matches!(relation.kind(), "header" | "footer" | "footnotes" | "endnotes")
            && bundle.parts.contains_key(&relation.target)
        {
            out.push(relation.target);
        }
    }
    out.sort();
    out.dedup();
    Ok(out)
}

/// Merges two packages.
pub(super) fn merge(old: Bundle, new: Bundle, stamp: &Stamp) -> Result<Redline> {
    let mut notices = Vec::new();
    let mut merger = Merger { pen: Pen::new(&stamp.author, stamp.date), taken: Taken::default(), old, new };
    notices.extend(merger.settle_both()?);
    notices.extend(merger.close_outside()?);
    notices.extend(merger.comments()?);
    transplant::styles(&merger.old, &mut merger.new)?;
    let (x, y) = merger.body()?;
    merger.margins(&x, &y)?;
    merger.notes()?;
    let Merger { pen, new, .. } = merger;
    if pen.coarse {
        notices.push(format!(
            "a paragraph of more than {} words is shown whole, without its single changes",
            crate::limits::DIFF_WORDS
        ));
    }
    Ok(Redline {
        bytes: new.save()?,
        insertions: pen.insertions,
        deletions: pen.deletions,
        moves: pen.moves,
        formats: pen.formats,
        notices,
    })
}

struct Merger {
    old: Bundle,
    new: Bundle,
    pen: Pen,
    taken: Taken,
}

impl Merger {
    /// Accepts the changes that were tracked earlier, in both.
    fn settle_both(&mut self) -> Result<Vec<String>> {
        let mut notices = Vec::new();
        for (bundle, which) in [(&mut self.old, "old"), (&mut self.new, "new")] {
            let mut count = 0;
            for name in stories(bundle)? {
                let Some(bytes) = bundle.parts.get(&name) else { continue };
                let mut tree = Tree::parse(bytes)?;
                let found = settle(&mut tree, Verdict::Accept);
                count += found;
                if found > 0 {
                    bundle.parts.insert(name, tree.part());
                }
            }
            if count > 0 {
                let (changes, were) = if count == 1 { ("change", "was") } else { ("changes", "were") };
                notices.push(format!(
                    "the {which} version held {count} tracked {changes}, which {were} accepted first"
                ));
            }
        }
        Ok(notices)
    }

    /// Takes out of the new version what leads outside, links excepted.
    fn close_outside(&mut self) -> Result<Vec<String>> {
        // The package itself, whose name is empty, refers to parts as well.
        let names: Vec<String> = self.new.parts.keys().cloned().chain([String::new()]).collect();
        let mut dropped = BTreeSet::new();
        for name in names {
            let relations = self.new.relations(&name)?;
            let gone: Vec<Relation> =
                relations.iter().filter(|r| !transplant::may_stay(r)).cloned().collect();
            if gone.is_empty() {
                continue;
            }
            let kept: Vec<Relation> = relations.into_iter().filter(transplant::may_stay).collect();
            self.new.set_relations(&name, &kept);
            dropped.extend(gone.iter().map(|r| format!("{} {}", r.kind(), r.target)));
            if let Some(bytes) = self.new.parts.get(&name) {
                let tree = cut(Tree::parse(bytes)?, &gone);
                self.new.parts.insert(name, tree.part());
            }
        }
        let outside = dropped
            .into_iter()
            .map(|d| format!("a reference that leads outside the file was left out ({d})"));
        let macros = self.new.drop_macros()?.then(|| "the new version's macros were left out".to_owned());
        Ok(outside.chain(macros).collect())
    }

    /// The old version's comments are named, not kept.
    fn comments(&self) -> Result<Vec<String>> {
        let Some(name) = self.old.of_kind("comments")? else { return Ok(Vec::new()) };
        let Some(bytes) = self.old.parts.get(&name) else { return Ok(Vec::new()) };
        let tree = Tree::parse(bytes)?;
        let authors: BTreeSet<&str> =
            tree.children(tree.root()).iter().filter_map(|c| tree.attribute(*c, "w:author")).collect();
        let count = tree.children(tree.root()).len();
        Ok(match count {
            0 => Vec::new(),
            _ => vec![format!(
                "{count} of the old version's comments (by {}) are not in this file; the new version's are kept",
                authors.into_iter().collect::<Vec<_>>().join(", ")
            )],
        })
    }

    /// The tree of a part of the old version, all that it refers to named as in the new one.
    fn old_tree(&mut self, part: &str, new_part: &str) -> Result<(Tree, Vec<(String, Relation)>)> {
        let Some(bytes) = self.old.parts.get(part) else { return Ok((Tree::default(), Vec::new())) };
        let mut tree = Tree::parse(bytes)?;
        let (names, fresh) = transplant::relations(&self.old, part, &self.new, new_part, &mut self.taken)?;
        transplant::rename(&mut tree, &names);
        transplant::renumber_notes(&mut tree);
        transplant::without_comments(&mut tree);
        transplant::lists(&self.old, &mut self.new, &mut tree)?;
        Ok((tree, fresh))
    }

    /// Puts a merged part in place, with what it takes over.
    fn put(&mut self, part: &str, bytes: Vec<u8>, fresh: &[(String, Relation)]) -> Result<()> {
        let more = transplant::take(&self.old, &mut self.new, &bytes, fresh, &mut self.taken)?;
        if !more.is_empty() {
            let mut relations = self.new.relations(part)?;
            relations.extend(more);
            self.new.set_relations(part, &relations);
        }
        self.new.parts.insert(part.to_owned(), bytes);
        Ok(())
    }

    /// Merges the text; returns where each version's headers and footers stand.
    fn body(&mut self) -> Result<(Margins, Margins)> {
        let (old_main, new_main) = (self.old.main.clone(), self.new.main.clone());
        let (old, fresh) = self.old_tree(&old_main, &new_main)?;
        let new = Tree::parse(self.new.parts.get(&new_main).map_or(&[][..], |b| b))?;
        let (ob, nb) = (body_of(&old)?, body_of(&new)?);
        let blocks = |t: &Tree, b: Id| -> Vec<Id> {
            t.children(b).iter().copied().filter(|c| t.name(*c) != "w:sectPr").collect()
        };
        let mut text = String::new();
        let (x, y) = (blocks(&old, ob), blocks(&new, nb));
        self.story(&old, &new, &x, &y, &mut text)?;
        let margins = (Margins::of(&old, &BTreeMap::new()), Margins::of(&new, &BTreeMap::new()));
        if let Some(section) = new.child(nb, "w:sectPr") {
            new.write(section, &mut text, &mut |_, _| false);
        }
        let bytes = framed(&old, &new, nb, &text);
        let old_names: BTreeMap<String, String> =
            fresh.iter().map(|(id, r)| (id.clone(), r.target.clone())).collect();
        let margins = (
            margins.0.with_parts(&old_names, &self.new, &new_main)?,
            margins.1.with_parts(&BTreeMap::new(), &self.new, &new_main)?,
        );
        self.put(&new_main, bytes, &fresh)?;
        Ok(margins)
    }

    fn story(&mut self, old: &Tree, new: &Tree, x: &[Id], y: &[Id], out: &mut String) -> Result<()> {
        let bookmarks = bookmarks(old, new);
        let mut story = Story { old, new, bookmarks: &bookmarks, pen: &mut self.pen };
        story.blocks(x, y, out)
    }

    /// Merges headers and footers that stand in the same place.
    fn margins(&mut self, old: &Margins, new: &Margins) -> Result<()> {
        let mut done = BTreeSet::new();
        for (place, new_part) in &new.parts {
            let old_part = old.parts.get(place);
            if old_part.is_none() && place.0 > 0 || !done.insert(new_part.clone()) {
                continue;
            }
            self.margin(old_part.map(String::as_str), new_part)?;
        }
        // What only the old version has in its first section stands in the new one's as deleted.
        let main = self.new.main.clone();
        for (place, old_part) in old.parts.iter().filter(|(p, _)| p.0 == 0 && !new.parts.contains_key(*p)) {
            let (section, kind, r#type) = place;
            let (tree, fresh) = self.old_tree(old_part, "")?;
            let empty = Tree { nodes: vec![super::tree::Node::default()] };
            let mut text = String::new();
            let x = tree.children(tree.root()).to_vec();
            self.story(&tree, &empty, &x, &[], &mut text)?;
            let bytes = framed(&tree, &tree, tree.root(), &text);
            let name = transplant::part(&self.old, &mut self.new, old_part, &mut self.taken)?;
            self.new.set_relations(&name, &[]);
            self.put(&name, bytes, &fresh)?;
            let of = self.old.relations(&self.old.main)?.into_iter().find(|r| r.target == *old_part);
            let Some(mut relation) = of else { continue };
            relation.id = format!("old{kind}{type}");
            relation.target = name;
            let mut relations = self.new.relations(&main)?;
            let id = relation.id.clone();
            relations.push(relation);
            self.new.set_relations(&main, &relations);
            if let Some(bytes) = self.new.parts.get(&main) {
                let bytes = referred(Tree::parse(bytes)?, *section, kind, r#type, &id);
                self.new.parts.insert(main.clone(), bytes);
            }
        }
        Ok(())
    }

    fn margin(&mut self, old_part: Option<&str>, new_part: &str) -> Result<()> {
        let Some(bytes) = self.new.parts.get(new_part) else { return Ok(()) };
        let new = Tree::parse(bytes)?;
        let (old, fresh) = match old_part {
            Some(part) => self.old_tree(part, new_part)?,
            None => (Tree { nodes: vec![super::tree::Node::default()] }, Vec::new()),
        };
        let mut text = String::new();
        let x = old.children(old.root()).to_vec();
        let y = new.children(new.root()).to_vec();
        let x = if old_part.is_some() { x } else { Vec::new() };
        self.story(&old, &new, &x, &y, &mut text)?;
        let bytes = framed(&old, &new, new.root(), &text);
        self.put(new_part, bytes, &fresh)
    }

    /// Merges the notes that the text refers to.
    fn notes(&mut self) -> Result<()> {
        for kind in ["footnote", "endnote"] {
            let plural = format!("{kind}s");
            let notes = self.pen.notes.clone();
            let gone: Vec<String> =
                notes.gone.iter().filter(|(k, _)| k == kind).map(|(_, id)| id.clone()).collect();
            let old_part = self.old.of_kind(&plural)?;
            let mut new_part = self.new.of_kind(&plural)?;
            if new_part.is_none() {
                let (Some(old), false) = (&old_part, gone.is_empty()) else { continue };
                new_part = Some(self.lend(old, kind)?);
            }
            let Some(new_part) = new_part else { continue };
            let (old, fresh) = match &old_part {
                Some(part) => self.old_tree(part, &new_part)?,
                None => (Tree { nodes: vec![super::tree::Node::default()] }, Vec::new()),
            };
            let new = Tree::parse(self.new.parts.get(&new_part).map_or(&[][..], |b| b))?;
            let of = |tree: &Tree, id: &str| -> Option<Id> {
                tree.children(tree.root()).iter().copied().find(|c| tree.attribute(*c, "w:id") == Some(id))
            };
            let mut text = String::new();
            for note in new.children(new.root()).to_vec() {
                let id = new.attribute(note, "w:id").unwrap_or("").to_owned();
                let key = (kind.to_owned(), id);
                let before = notes.pairs.get(&key).and_then(|old_id| of(&old, old_id));
                let y = new.children(note).to_vec();
                match before {
                    Some(before) => {
                        new.start(note, &mut text);
                        let x = old.children(before).to_vec();
                        self.story(&old, &new, &x, &y, &mut text)?;
                        close(new.name(note), &mut text);
                    }
                    None if notes.new.contains(&key) => {
                        new.start(note, &mut text);
                        self.story(&old, &new, &[], &y, &mut text)?;
                        close(new.name(note), &mut text);
                    }
                    None => new.write(note, &mut text, &mut |_, _| false),
                }
            }
            for id in gone {
                let Some(note) = of(&old, &id) else { continue };
                old.start(note, &mut text);
                let x = old.children(note).to_vec();
                self.story(&old, &new, &x, &[], &mut text)?;
                close(old.name(note), &mut text);
            }
            let bytes = framed(&old, &new, new.root(), &text);
            self.put(&new_part, bytes, &fresh)?;
        }
        Ok(())
    }

    /// Gives the new version a part for notes like the old one's, without its notes.
    fn lend(&mut self, old_part: &str, kind: &str) -> Result<String> {
        let name = transplant::part(&self.old, &mut self.new, old_part, &mut self.taken)?;
        self.new.set_relations(&name, &[]);
        if let Some(bytes) = self.new.parts.get(&name) {
            let tree = Tree::parse(bytes)?;
            let bytes = transplant::with_more(&tree, "", |c| {
                tree.attribute(c, "w:type").is_none_or(|t| t == "normal")
            });
            self.new.parts.insert(name.clone(), bytes);
        }
        let of = self.old.relations(&self.old.main)?.into_iter().find(|r| r.target == old_part);
        if let Some(mut relation) = of {
            let main = self.new.main.clone();
            relation.id = format!("old{kind}s");
            relation.target.clone_from(&name);
            let mut relations = self.new.relations(&main)?;
            relations.push(relation);
            self.new.set_relations(&main, &relations);
        }
        Ok(name)
    }
}

/// Headers and footers by section, "header" or "footer", and type; the last section has the number it has from the start.
#[derive(Clone, Debug, Default)]
struct Margins {
    ids: Vec<((usize, String, String), String)>,
    parts: BTreeMap<(usize, String, String), String>,
}

impl Margins {
    fn of(tree: &Tree, _: &BTreeMap<String, String>) -> Self {
        let mut margins = Self::default();
        let sections = tree.walk(tree.root()).into_iter().filter(|i| tree.name(*i) == "w:sectPr");
        for (at, section) in sections.enumerate() {
            for child in tree.children(section) {
                let Some(kind) =
                    tree.name(*child).strip_prefix("w:").and_then(|n| n.strip_suffix("Reference"))
                else {
                    continue;
                };
                let r#type = tree.attribute(*child, "w:type").unwrap_or("default").to_owned();
                if let Some(id) = tree.attribute(*child, "r:id") {
                    margins.ids.push(((at, kind.to_owned(), r#type), id.to_owned()));
                }
            }
        }
        margins
    }

    /// Finds the parts: fresh ids are the old version's, others are looked up in the new one.
    fn with_parts(mut self, fresh: &BTreeMap<String, String>, new: &Bundle, main: &str) -> Result<Self> {
        let relations = new.relations(main)?;
        for (place, id) in &self.ids {
            let found = fresh.get(id).or_else(|| relations.iter().find(|r| r.id == *id).map(|r| &r.target));
            if let Some(part) = found {
                self.parts.insert(place.clone(), part.clone());
            }
        }
        Ok(self)
    }
}

fn body_of(tree: &Tree) -> Result<Id> {
    tree.child(tree.root(), "w:body").ok_or_else(|| {
        Error::new(ErrorKind::Input, "a Word file without its text").hint("open and save it again in Word")
    })
}

/// A part with the content of one element replaced, and the names of both versions declared.
fn framed(old: &Tree, new: &Tree, holder: Id, text: &str) -> Vec<u8> {
    let mut tree = new.clone();
    let root = tree.root();
    if old.nodes.len() > 1 {
        for (key, value) in &old.nodes[old.root()].attributes {
            if key.starts_with("xmlns") && tree.attribute(root, key).is_none() {
                tree.set(root, key, value.clone());
            }
        }
        let ignorable = |t: &Tree, r: Id| t.attribute(r, "mc:Ignorable").unwrap_or("").to_owned();
        let (mine, theirs) = (ignorable(&tree, root), ignorable(old, old.root()));
        let mut all: Vec<&str> = mine.split_whitespace().collect();
        for prefix in theirs.split_whitespace() {
            if !all.contains(&prefix) {
                all.push(prefix);
            }
        }
        if !all.is_empty() {
            let all = all.join(" ");
            tree.set(root, "mc:Ignorable", all);
        }
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    let frame = tree.clone();
    frame.write(root, &mut out, &mut |id, out| {
        if id != holder {
            return false;
        }
        frame.start(id, out);
        out.push_str(text);
        close(frame.name(id), out);
        true
    });
    out.into_bytes()
}

/// Numbers of the old version's bookmarks whose name the new version has too.
fn bookmarks(old: &Tree, new: &Tree) -> BTreeSet<String> {
    let names: BTreeSet<&str> = (0..new.nodes.len())
        .filter(|i| new.name(*i) == "w:bookmarkStart")
        .filter_map(|i| new.attribute(i, "w:name"))
        .collect();
    let numbers: BTreeSet<&str> = (0..new.nodes.len())
        .filter(|i| new.name(*i) == "w:bookmarkStart")
        .filter_map(|i| new.attribute(i, "w:id"))
        .collect();
    (0..old.nodes.len())
        .filter(|i| old.name(*i) == "w:bookmarkStart")
        .filter(|i| {
            let has =
                |key: &str, set: &BTreeSet<&str>| old.attribute(*i, key).is_some_and(|v| set.contains(v));
            has("w:name", &names) || has("w:id", &numbers)
        })
        .filter_map(|i| old.attribute(i, "w:id").map(str::to_owned))
        .collect()
}

/// Adds a reference to a header or footer to a section.
fn referred(tree: Tree, section: usize, kind: &str, r#type: &str, id: &str) -> Vec<u8> {
    let at = tree.walk(tree.root()).into_iter().filter(|i| tree.name(*i) == "w:sectPr").nth(section);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    tree.write(tree.root(), &mut out, &mut |here, out| {
        if Some(here) != at {
            return false;
        }
        tree.start(here, out);
        out.push_str(&format!("<w:{kind}Reference w:type=\"{type}\" r:id=\"{id}\"/>"));
        for child in tree.children(here) {
            tree.write(*child, out, &mut |_, _| false);
        }
        close(tree.name(here), out);
        true
    });
    out.into_bytes()
}

/// A tree without its references to what was left out: the element itself where it is nothing else, otherwise the attribute alone.
fn cut(mut tree: Tree, gone: &[Relation]) -> Tree {
    let refers = |node: &super::tree::Node| {
        node.attributes.iter().any(|(k, v)| k.starts_with("r:") && gone.iter().any(|g| g.id == *v))
    };
    let whole: BTreeSet<Id> = (0..tree.nodes.len())
        .filter(|i| {
            refers(&tree.nodes[*i])
                && !matches!(tree.name(*i), "w:hyperlink" | "a:blip" | "a:hlinkClick" | "v:imagedata")
        })
        .collect();
    for node in &mut tree.nodes {
        node.children.retain(|c| !whole.contains(c));
        node.attributes.retain(|(k, v)| !(k.starts_with("r:") && gone.iter().any(|g| g.id == *v)));
    }
    tree
}
