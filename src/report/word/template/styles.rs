//! The styles and lists of a template beside those of a draft: trees in, markup out in which a style that both have is the template's.

use std::collections::BTreeMap;

use crate::redline::{Id, Tree};

/// What is added to the number of a template's list: a draft has fewer lists than this, because it has fewer paragraphs.
const LISTS: u64 = 1_000_000;
/// How many kinds of list a draft has.
pub(super) const KINDS: u64 = 5;

/// What refers to a style by its id.
const REFER: [&str; 8] =
    ["w:basedOn", "w:next", "w:link", "w:pStyle", "w:rStyle", "w:tblStyle", "w:styleLink", "w:numStyleLink"];

/// New ids of a template's styles by the old ones.
pub(super) type Names = BTreeMap<String, String>;

/// The ids under which a draft's styles refer to those that the template has too, and those of the template that would be taken for others.
pub(super) fn names(theirs: &Tree, ours: &Tree) -> Names {
    let own: Vec<Style> = styles(ours).collect();
    let mut out = Names::new();
    let mut taken: Vec<String> = own.iter().map(|s| s.id.to_owned()).collect();
    for style in styles(theirs) {
        let same = own.iter().find(|o| o.same(&style)).map(|o| o.id.to_owned());
        let fresh = |id: &str| !taken.iter().any(|t| t == id);
        let new = match same {
            Some(id) if !out.values().any(|v| *v == id) => id,
            _ if fresh(style.id) => style.id.to_owned(),
            _ => (2..).map(|n| format!("{}{n}", style.id)).find(|id| fresh(id)).unwrap_or_default(),
        };
        taken.push(new.clone());
        out.entry(style.id.to_owned()).or_insert(new);
    }
    out
}

/// A style as it is told from others.
struct Style<'t> {
    node: Id,
    id: &'t str,
    name: &'t str,
    kind: &'t str,
    default: bool,
}

impl Style<'_> {
    /// Whether both are what a word processor calls by one name.
    fn same(&self, other: &Style) -> bool {
        self.kind == other.kind
            && (self.default && other.default || self.name.eq_ignore_ascii_case(other.name))
    }
}

fn styles(tree: &Tree) -> impl Iterator<Item = Style<'_>> {
    let all = tree.children(tree.root()).iter().copied().filter(|id| tree.name(*id) == "w:style");
    all.map(|node| {
        let of = |key: &str| tree.attribute(node, key).unwrap_or("");
        let name = tree.child(node, "w:name").and_then(|n| tree.attribute(n, "w:val")).unwrap_or("");
        let kind = if of("w:type").is_empty() { "paragraph" } else { of("w:type") };
        Style {
            node,
            id: of("w:styleId"),
            name,
            kind,
            default: matches!(of("w:default"), "1" | "true" | "on"),
        }
    })
}

/// The part with all styles: the template's, then those of a draft that it has not.
pub(super) fn part(theirs: &Tree, ours: &Tree, names: &Names) -> String {
    let mut tree = theirs.clone();
    renamed(&mut tree, names);
    // Its numbered headings would count what the draft itself puts in.
    let heads = r#"<w:numPr><w:numId w:val="0"/></w:numPr><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>"#;
    let mut more = String::new();
    for style in styles(ours).filter(|o| !styles(theirs).any(|t| o.same(&t))) {
        if style.id == "DraftHeading" {
            more.push_str(&format!(r#"<w:style w:type="paragraph" w:styleId="DraftHeading"><w:name w:val="Draft Heading"/><w:basedOn w:val="Heading1"/><w:qFormat/><w:pPr><w:keepNext/>{heads}</w:pPr></w:style>"#));
            continue;
        }
        let mut text = String::new();
        ours.write(style.node, &mut text, &mut |_, _| false);
        // The template's is the one for paragraphs that name none.
        more.push_str(&text.replace(r#" w:default="1""#, ""));
    }
    in_english(&mut tree);
    whole(&tree, &more)
}

/// A part with more at its end.
pub(super) fn whole(tree: &Tree, more: &str) -> String {
    let mut text = String::from_utf8(tree.part()).unwrap_or_default();
    match text.rfind("</") {
        Some(end) => text.insert_str(end, more),
        // An element without content was written as one tag.
        None => {
            let name = tree.name(tree.root());
            text.truncate(text.trim_end().len().saturating_sub(2));
            text.push_str(&format!(">{more}</{name}>"));
        }
    }
    text
}

/// Gives styles and lists their new names wherever they are referred to.
pub(super) fn renamed(tree: &mut Tree, names: &Names) {
    for at in 0..tree.nodes.len() {
        let key = match tree.name(at) {
            "w:style" => "w:styleId",
            name if REFER.contains(&name) => "w:val",
            "w:numId" => {
                let number = tree.attribute(at, "w:val").and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
                tree.set(at, "w:val", list(number).to_string());
                continue;
            }
            _ => continue,
        };
        if let Some(new) = tree.attribute(at, key).and_then(|old| names.get(old)).cloned() {
            tree.set(at, key, new);
        }
    }
}

/// The number of a template's list in a draft; none stays none.
fn list(number: u64) -> u64 {
    if number == 0 { 0 } else { number.saturating_add(LISTS).min(i32::MAX as u64) }
}

/// The template's lists: the attributes of their part, its kinds of list, its lists.
pub(super) fn lists(theirs: &Tree, names: &Names) -> [String; 3] {
    let mut tree = theirs.clone();
    renamed(&mut tree, names);
    let number = |tree: &Tree, id: Id, key: &str| tree.attribute(id, key).and_then(|n| n.parse::<u64>().ok());
    for at in 0..tree.nodes.len() {
        let key = match tree.name(at) {
            "w:abstractNum" => "w:abstractNumId",
            "w:abstractNumId" => "w:val",
            "w:num" => {
                let new = list(number(&tree, at, "w:numId").unwrap_or(0));
                tree.set(at, "w:numId", new.to_string());
                continue;
            }
            // Bullets that are pictures are those of the letters.
            "w:lvl" => {
                let children = std::mem::take(&mut tree.nodes[at].children);
                let stays = |c: &Id| tree.name(*c) != "w:lvlPicBulletId";
                tree.nodes[at].children = children.into_iter().filter(stays).collect();
                continue;
            }
            _ => continue,
        };
        let new = number(&tree, at, key).unwrap_or(0).saturating_add(KINDS).min(i32::MAX as u64);
        tree.set(at, key, new.to_string());
    }
    let mut out = [String::new(), String::new(), String::new()];
    let root = tree.root();
    let mut start = String::new();
    tree.start(root, &mut start);
    out[0] = start;
    for child in tree.children(root) {
        let into = match tree.name(*child) {
            "w:abstractNum" => 1,
            "w:num" => 2,
            _ => continue,
        };
        tree.write(*child, &mut out[into], &mut |_, _| false);
    }
    out
}

/// The language of text that names none.
fn in_english(tree: &mut Tree) {
    let mut at = tree.root();
    for name in ["w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"] {
        at = match tree.child(at, name) {
            Some(found) => found,
            None => tree.insert(at, name, name != "w:lang"),
        };
    }
    tree.set(at, "w:val", "en-GB".into());
}
