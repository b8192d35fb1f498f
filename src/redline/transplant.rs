//! The old version's part in, the same with all it refers to named as in the new version's package out.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;

use super::bundle::{Bundle, Relation};
use super::tree::{Id, Tree, close};

/// What was taken over from the old version's package so far.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// New name of an old part.
    parts: BTreeMap<String, String>,
    count: u32,
}

/// References of the old part: the id each gets, and those that are new to the new version's package by that id.
pub(super) type Named = (BTreeMap<String, String>, Vec<(String, Relation)>);

/// Whether a reference to something outside may stay: a link that a reader follows by choice.
pub(super) fn may_stay(relation: &Relation) -> bool {
    let address = relation.target.to_lowercase();
    let scheme = ["http://", "https://", "mailto:"].iter().any(|s| address.starts_with(s));
    !relation.outside || relation.kind() == "hyperlink" && scheme
}

/// References of the old part by the id they get; those that only it has are new ones.
pub(super) fn relations(
    old: &Bundle,
    old_part: &str,
    new: &Bundle,
    new_part: &str,
    taken: &mut Taken,
) -> Result<Named> {
    let theirs = new.relations(new_part)?;
    let mut names = BTreeMap::new();
    let mut fresh = Vec::new();
    for relation in old.relations(old_part)? {
        if !may_stay(&relation) {
            continue;
        }
        let same = theirs.iter().find(|r| {
            r.kind() == relation.kind()
                && r.outside == relation.outside
                && if r.outside {
                    r.target == relation.target
                } else {
                    let is_same = new.parts.get(&r.target) == old.parts.get(&relation.target);
                    is_same && !matches!(r.kind(), "header" | "footer")
                }
        });
        let id = match same {
            Some(r) => r.id.clone(),
            None => {
                taken.count += 1;
                let id = format!("old{}", taken.count);
                fresh.push((id.clone(), relation.clone()));
                id
            }
        };
        names.insert(relation.id, id);
    }
    Ok((names, fresh))
}

/// Gives every reference in the tree its new id.
pub(super) fn rename(tree: &mut Tree, names: &BTreeMap<String, String>) {
    for node in &mut tree.nodes {
        node.attributes.retain_mut(|(key, value)| {
            let refers = key.starts_with("r:") || key == "o:relid";
            match names.get(value.as_str()).filter(|_| refers) {
                Some(name) => {
                    name.clone_into(value);
                    true
                }
                None => !refers,
            }
        });
    }
}

/// Takes over the parts that the text in `written` refers to by a fresh id; returns the references to add.
pub(super) fn take(
    old: &Bundle,
    new: &mut Bundle,
    written: &[u8],
    fresh: &[(String, Relation)],
    taken: &mut Taken,
) -> Result<Vec<Relation>> {
    let text = String::from_utf8_lossy(written);
    let mut out = Vec::new();
    for (id, relation) in fresh {
        if !text.contains(&format!("\"{id}\"")) {
            continue;
        }
        let mut relation = relation.clone();
        relation.id.clone_from(id);
        if !relation.outside {
            relation.target = part(old, new, &relation.target, taken)?;
        }
        out.push(relation);
    }
    Ok(out)
}

/// Takes over a part with all that it refers to; returns its new name.
pub(super) fn part(old: &Bundle, new: &mut Bundle, name: &str, taken: &mut Taken) -> Result<String> {
    let mut open = vec![name.to_owned()];
    while let Some(at) = open.pop() {
        if taken.parts.contains_key(&at) {
            continue;
        }
        let (folder, base) = at.rsplit_once('/').unwrap_or(("", &at));
        // Some programs look for parts by their usual name, so that it stays where it is free.
        let fresh = if new.parts.contains_key(&at) {
            taken.count += 1;
            format!("{folder}/old{}-{base}", taken.count).trim_start_matches('/').to_owned()
        } else {
            at.clone()
        };
        taken.parts.insert(at.clone(), fresh);
        open.extend(old.relations(&at)?.into_iter().filter(|r| !r.outside).map(|r| r.target));
    }
    let all: Vec<(String, String)> = taken.parts.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    for (from, to) in all {
        if new.parts.contains_key(&to) {
            continue;
        }
        let Some(bytes) = old.parts.get(&from) else { continue };
        let kind = old.content_type(&from)?.unwrap_or_else(|| "application/octet-stream".into());
        new.add(&to, bytes.clone(), &kind);
        let mut relations = old.relations(&from)?;
        relations.retain(may_stay);
        for relation in relations.iter_mut().filter(|r| !r.outside) {
            if let Some(name) = taken.parts.get(&relation.target) {
                relation.target.clone_from(name);
            }
        }
        if !relations.is_empty() {
            new.set_relations(&to, &relations);
        }
    }
    Ok(taken.parts.get(name).cloned().unwrap_or_else(|| name.to_owned()))
}

/// The number of every note of the old version, put out of the way of the new version's.
pub(super) fn renumber_notes(tree: &mut Tree) {
    for node in &mut tree.nodes {
        let is_note = matches!(
            node.name.as_str(),
            "w:footnoteReference" | "w:endnoteReference" | "w:footnote" | "w:endnote"
        );
        if !is_note || node.attributes.iter().any(|(k, _)| k == "w:type") {
            continue;
        }
        for (key, value) in &mut node.attributes {
            if key == "w:id" {
                *value = value.parse::<i64>().map_or_else(|_| value.clone(), |n| (n + 10_000).to_string());
            }
        }
    }
}

/// Takes comments' anchors out: the old version's comments are not kept.
pub(super) fn without_comments(tree: &mut Tree) {
    let gone: BTreeSet<Id> = (0..tree.nodes.len())
        .filter(|i| {
            matches!(tree.name(*i), "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference")
        })
        .collect();
    for node in &mut tree.nodes {
        node.children.retain(|c| !gone.contains(c));
    }
}

/// Adds the old version's styles that the new one does not have.
pub(super) fn styles(old: &Bundle, new: &mut Bundle) -> Result<()> {
    let (Some(from), Some(to)) = (old.of_kind("styles")?, new.of_kind("styles")?) else { return Ok(()) };
    let (Some(x), Some(y)) = (old.parts.get(&from), new.parts.get(&to)) else { return Ok(()) };
    let (x, y) = (Tree::parse(x)?, Tree::parse(y)?);
    let ids = |tree: &Tree| -> BTreeSet<String> {
        let all = tree.children(tree.root()).iter();
        all.filter_map(|c| tree.attribute(*c, "w:styleId").map(str::to_owned)).collect()
    };
    let known = ids(&y);
    let mut more = String::new();
    for id in x.children(x.root()).iter().filter(|c| x.name(**c) == "w:style") {
        if x.attribute(*id, "w:styleId").is_some_and(|s| !known.contains(s)) {
            let mut one = String::new();
            x.write(*id, &mut one, &mut |_, _| false);
            // Only one style of a kind is the default.
            more.push_str(&one.replacen(" w:default=\"1\"", "", 1));
        }
    }
    if !more.is_empty() {
        new.parts.insert(to, with_more(&y, &more, |_| false));
    }
    Ok(())
}

/// Gives the lists of the old part that the new version does not have, or has otherwise, numbers of their own.
pub(super) fn lists(old: &Bundle, new: &mut Bundle, tree: &mut Tree) -> Result<()> {
    let Some(from) = old.of_kind("numbering")? else { return Ok(()) };
    let Some(x) = old.parts.get(&from) else { return Ok(()) };
    let x = Tree::parse(x)?;
    let used: BTreeSet<String> = (0..tree.nodes.len())
        .filter(|i| tree.name(*i) == "w:numId")
        .filter_map(|i| tree.attribute(i, "w:val").map(str::to_owned))
        .collect();
    if used.is_empty() {
        return Ok(());
    }
    let Some(to) = new.of_kind("numbering")? else {
        let name = part(old, new, &from, &mut Taken::default())?;
        let mut relations = new.relations(&new.main)?;
        let r#type =
            old.relations(&old.main)?.into_iter().find(|r| r.kind() == "numbering").map(|r| r.r#type);
        relations.push(Relation {
            id: "oldLists".into(),
            r#type: r#type.unwrap_or_default(),
            target: name,
            outside: false,
        });
        let main = new.main.clone();
        new.set_relations(&main, &relations);
        return Ok(());
    };
    let Some(y) = new.parts.get(&to) else { return Ok(()) };
    let y = Tree::parse(y)?;
    let (mine, theirs) = (Lists::of(&x), Lists::of(&y));
    let mut next = theirs.next.max(mine.next);
    let mut names = BTreeMap::new();
    let (mut kinds, mut numbers) = (String::new(), String::new());
    for id in used {
        let Some((number, kind)) = mine.by_id.get(&id) else { continue };
        let look = |t: &Tree, (n, k): (Id, Id)| {
            let children: String = t.children(n).iter().skip(1).map(|c| t.canonical(*c)).collect();
            let levels: String =
                t.children(k).iter().filter(|c| t.name(**c) == "w:lvl").map(|c| t.canonical(*c)).collect();
            (children, levels)
        };
        if theirs.by_id.get(&id).is_some_and(|t| look(&y, *t) == look(&x, (*number, *kind))) {
            continue;
        }
        next += 1;
        let mut copy = x.clone();
        copy.set(*number, "w:numId", next.to_string());
        if let Some(of) = copy.child(*number, "w:abstractNumId") {
            copy.set(of, "w:val", next.to_string());
        }
        copy.set(*kind, "w:abstractNumId", next.to_string());
        // Word takes lists of the same nsid for one.
        let kept: Vec<Id> =
            copy.children(*kind).iter().copied().filter(|c| copy.name(*c) != "w:nsid").collect();
        copy.nodes[*kind].children = kept;
        copy.write(*kind, &mut kinds, &mut |_, _| false);
        copy.write(*number, &mut numbers, &mut |_, _| false);
        names.insert(id, next.to_string());
    }
    if !names.is_empty() {
        for i in 0..tree.nodes.len() {
            if tree.name(i) == "w:numId"
                && let Some(name) = tree.attribute(i, "w:val").and_then(|v| names.get(v)).cloned()
            {
                tree.set(i, "w:val", name);
            }
        }
        // Kinds of lists stand before lists.
        let first = y.children(y.root()).iter().copied().find(|c| y.name(*c) == "w:num");
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        y.start(y.root(), &mut out);
        for child in y.children(y.root()) {
            if Some(*child) == first {
                out.push_str(&kinds);
            }
            if y.name(*child) == "w:numIdMacAtCleanup" {
                continue;
            }
            y.write(*child, &mut out, &mut |_, _| false);
        }
        if first.is_none() {
            out.push_str(&kinds);
        }
        out.push_str(&numbers);
        close(y.name(y.root()), &mut out);
        new.parts.insert(to, out.into_bytes());
    }
    Ok(())
}

/// The lists of a numbering part.
struct Lists {
    /// The list and its kind by the list's number.
    by_id: BTreeMap<String, (Id, Id)>,
    /// The highest number in use.
    next: i64,
}

impl Lists {
    fn of(tree: &Tree) -> Self {
        let mut kinds = BTreeMap::new();
        let mut lists = Self { by_id: BTreeMap::new(), next: 0 };
        for id in tree.children(tree.root()) {
            let key = if tree.name(*id) == "w:num" { "w:numId" } else { "w:abstractNumId" };
            let Some(number) = tree.attribute(*id, key) else { continue };
            lists.next = lists.next.max(number.parse().unwrap_or(0));
            if tree.name(*id) == "w:abstractNum" {
                kinds.insert(number.to_owned(), *id);
            } else if let Some(kind) = tree
                .child(*id, "w:abstractNumId")
                .and_then(|k| tree.attribute(k, "w:val"))
                .and_then(|k| kinds.get(k))
            {
                lists.by_id.insert(number.to_owned(), (*id, *kind));
            }
        }
        lists
    }
}

/// A part with markup added at its end.
pub(super) fn with_more(tree: &Tree, more: &str, leave_out: impl Fn(Id) -> bool) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    tree.start(tree.root(), &mut out);
    for child in tree.children(tree.root()).iter().filter(|c| !leave_out(**c)) {
        tree.write(*child, &mut out, &mut |_, _| false);
    }
    out.push_str(more);
    close(tree.name(tree.root()), &mut out);
    out.into_bytes()
}
