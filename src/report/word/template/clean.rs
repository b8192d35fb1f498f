//! The markup of a header, footer or another part of a template, made harmless: a tree in, what may stand in a draft left of it.
//!
//! Nothing in it refers to anything outside itself but to pictures that are taken over; fields are those that count pages or name the document; changes
//! tracked in it are accepted; bookmarks, comments, objects and controls are left out.

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::redline::{Id, Tree};

/// Fields that a word processor reckons from the document alone.
const FIELDS: [&str; 7] = ["PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "FILENAME"];
/// The first number of drawings of a template; those of the draft's own pictures are lower.
const DRAWINGS: usize = 1_000_000;

/// What is known of a part that was cleaned.
#[derive(Clone, Debug, Default)]
pub(super) struct Cleaned {
    /// Texts in whose place the draft's title stands.
    pub(super) titles: BTreeSet<Id>,
    /// Whether the number of the page stands in it.
    pub(super) numbers: bool,
    /// What was left out, in words.
    pub(super) left_out: Vec<String>,
}

/// Cleans a part. `picture` gives the new id of a picture by the old one, or says what it is if it is not taken over.
///
/// # Errors
///
/// Unsupported if its references go by a name under which no program writes them.
pub(super) fn clean(
    tree: &mut Tree,
    picture: &mut dyn FnMut(&str) -> std::result::Result<String, String>,
) -> Result<Cleaned> {
    let refers = |value: &str| value.contains("/officeDocument/") && value.ends_with("/relationships");
    let mut declared = tree.nodes.iter().flat_map(|n| &n.attributes);
    if declared.any(|(key, value)| key.starts_with("xmlns") && key != "xmlns:r" && refers(value)) {
        return Err(Error::new(ErrorKind::Unsupported, "its markup is named in a way that no Word file is")
            .hint("open it in Word and save it again"));
    }
    let mut out = Cleaned::default();
    let mut gone: BTreeSet<Id> = BTreeSet::new();
    let inside = fields(tree, &mut gone, &mut out);
    references(tree, picture, &mut gone, &mut out);
    titled(tree, &mut gone, &mut out);
    let mut drawings = DRAWINGS;
    for at in (0..tree.nodes.len()).rev() {
        if tree.name(at).ends_with(":docPr") || tree.name(at).ends_with(":cNvPr") {
            drawings += 1;
            tree.set(at, "id", drawings.to_string());
        }
        // Old drawings name what lies outside in attributes of their own.
        let fetched = ["src", "href", "althref", "relid"];
        tree.nodes[at]
            .attributes
            .retain(|(key, _)| !fetched.contains(&key.rsplit(':').next().unwrap_or(key)));
        let mut children = Vec::new();
        for child in std::mem::take(&mut tree.nodes[at].children) {
            match fate(tree.name(child)) {
                _ if gone.contains(&child) => {}
                _ if inside.contains(&child) => children.append(&mut tree.nodes[child].children),
                Fate::Gone(what) => out.left_out.extend(what.map(str::to_owned)),
                // Its own children were looked at before it.
                Fate::Inside => children.append(&mut tree.nodes[child].children),
                Fate::Stays => children.push(child),
            }
        }
        tree.nodes[at].children = children;
    }
    out.left_out.sort();
    out.left_out.dedup();
    Ok(out)
}

/// What becomes of an element.
enum Fate {
    Stays,
    /// What is in it stands in its place.
    Inside,
    /// Left out, and what a reader is told of it.
    Gone(Option<&'static str>),
}

fn fate(name: &str) -> Fate {
    match name {
        "w:ins" | "w:moveTo" | "w:sdt" | "w:sdtContent" | "w:smartTag" | "w:customXml" | "w:hyperlink" => {
            Fate::Inside
        }
        "w:object" | "w:altChunk" | "w:subDoc" | "w:contentPart" => Fate::Gone(Some("an embedded object")),
        "w:control" => Fate::Gone(Some("a form control")),
        "w:footnoteReference" | "w:endnoteReference" => Fate::Gone(Some("a note")),
        "w:del" | "w:moveFrom" | "w:bookmarkStart" | "w:bookmarkEnd" | "w:commentReference"
        | "w:annotationRef" | "w:proofErr" | "w:permStart" | "w:permEnd" | "w:ffData" | "w:fldData"
        | "w:sdtPr" | "w:sdtEndPr" | "w:customXmlPr" | "w:smartTagPr" | "w:cellIns" | "w:cellDel"
        | "w:cellMerge" | "w:sectPr" => Fate::Gone(None),
        other if other.starts_with("w:") && (other.contains("Range") || other.ends_with("Change")) => {
            Fate::Gone(None)
        }
        _ => Fate::Stays,
    }
}

/// A field that is open: where it begins, its instruction, where its result begins.
#[derive(Default)]
struct Field {
    marks: Vec<Id>,
    instruction: String,
    from: usize,
    result: Option<usize>,
}

/// Fields that are not among [`FIELDS`] become the text they show; the elements whose content takes their place.
fn fields(tree: &Tree, gone: &mut BTreeSet<Id>, out: &mut Cleaned) -> BTreeSet<Id> {
    let mut inside = BTreeSet::new();
    let order = tree.walk(tree.root());
    let shown = ["w:t", "w:tab", "w:br", "w:sym", "w:fldChar", "w:instrText"];
    let mut open: Vec<Field> = Vec::new();
    for (at, id) in order.iter().copied().enumerate() {
        match tree.name(id) {
            "w:fldSimple" => {
                let kind = kind(tree.attribute(id, "w:instr").unwrap_or(""));
                out.numbers |= kind == "PAGE";
                let texts = tree.walk(id).into_iter().filter(|t| tree.name(*t) == "w:t");
                if kind == "TITLE" {
                    out.titles.extend(texts.take(1));
                } else if !FIELDS.contains(&kind.as_str()) {
                    inside.insert(id);
                }
            }
            "w:instrText" => {
                if let Some(field) = open.last_mut() {
                    field.marks.push(id);
                    if field.result.is_none() {
                        let text = tree.children(id).iter().map(|c| tree.nodes[*c].text.as_str());
                        field.instruction.push_str(&text.collect::<String>());
                    }
                } else {
                    gone.insert(id);
                }
            }
            "w:fldChar" => match (tree.attribute(id, "w:fldCharType"), open.last_mut()) {
                (Some("begin"), _) => open.push(Field { marks: vec![id], from: at, ..Field::default() }),
                (Some("separate"), Some(field)) => {
                    field.marks.push(id);
                    field.result = Some(at);
                }
                (_, Some(field)) => {
                    field.marks.push(id);
                    let field = open.pop().unwrap_or_default();
                    let kind = kind(&field.instruction);
                    out.numbers |= kind == "PAGE";
                    if FIELDS.contains(&kind.as_str()) {
                        let result = field.result.and_then(|from| order.get(from..at)).unwrap_or(&[]);
                        let mut texts = result.iter().copied().filter(|t| tree.name(*t) == "w:t");
                        if kind == "TITLE" {
                            out.titles.extend(texts.next());
                            gone.extend(texts);
                        }
                    } else {
                        gone.extend(&field.marks);
                        let code = order.get(field.from..field.result.unwrap_or(at)).unwrap_or(&[]);
                        gone.extend(code.iter().filter(|c| shown.contains(&tree.name(**c))));
                    }
                }
                (_, None) => drop(gone.insert(id)),
            },
            _ => {}
        }
    }
    gone.extend(open.iter().flat_map(|f| &f.marks));
    inside
}

/// The first word of a field's instruction.
fn kind(instruction: &str) -> String {
    instruction.split_whitespace().next().unwrap_or("").to_ascii_uppercase()
}

/// What refers to another part or to something outside: pictures that are taken over get their new id, all else is left out.
fn references(
    tree: &mut Tree,
    picture: &mut dyn FnMut(&str) -> std::result::Result<String, String>,
    gone: &mut BTreeSet<Id>,
    out: &mut Cleaned,
) {
    let mut parent = vec![0; tree.nodes.len()];
    for at in 0..tree.nodes.len() {
        for child in tree.children(at) {
            parent[*child] = at;
        }
    }
    let above = |tree: &Tree, id: Id, names: &[&str]| {
        // The outermost of these that holds it.
        let (mut at, mut found) = (id, None);
        while at != 0 {
            if names.contains(&tree.name(at)) {
                found = Some(at);
            }
            at = parent[at];
        }
        found
    };
    for id in 0..tree.nodes.len() {
        let refers = |key: &str| key.starts_with("r:");
        let Some((key, value)) = tree.nodes[id].attributes.iter().find(|(k, _)| refers(k)).cloned() else {
            continue;
        };
        let shows = matches!((tree.name(id), key.as_str()), ("a:blip", "r:embed") | ("v:imagedata", "r:id"));
        let several = tree.nodes[id].attributes.iter().filter(|(k, _)| refers(k)).count() > 1;
        if tree.name(id) == "w:hyperlink" {
            out.left_out.push("a link".into());
            continue;
        }
        // A picture's other forms: the draft shows the plain one.
        if let Some(extension) = above(tree, id, &["a:ext"]).filter(|_| !shows) {
            gone.insert(extension);
            continue;
        }
        let why = match shows && !several {
            true => match picture(&value) {
                Ok(new) => {
                    tree.set(id, &key, new);
                    continue;
                }
                Err(why) => why,
            },
            false if tree.name(id).starts_with("w:embed") => "an embedded font".into(),
            false if tree.name(id) == "a:hlinkClick" || tree.name(id) == "a:hlinkHover" => "a link".into(),
            false => "an embedded object".into(),
        };
        out.left_out.push(why);
        let whole = above(tree, id, &["w:drawing", "w:pict", "w:object", "mc:AlternateContent"]);
        gone.insert(whole.filter(|_| !tree.name(id).starts_with("a:hlink")).unwrap_or(id));
    }
}

/// A content control that shows the document's title shows the draft's.
fn titled(tree: &Tree, gone: &mut BTreeSet<Id>, out: &mut Cleaned) {
    for id in 0..tree.nodes.len() {
        let binding = tree.child(id, "w:sdtPr").and_then(|p| tree.child(p, "w:dataBinding"));
        let path = binding.and_then(|b| tree.attribute(b, "w:xpath")).unwrap_or("");
        if tree.name(id) == "w:sdt" && path.contains("coreProperties") && path.contains("title") {
            let mut texts = tree.walk(id).into_iter().filter(|t| tree.name(*t) == "w:t");
            out.titles.extend(texts.next());
            gone.extend(texts);
        }
    }
}
