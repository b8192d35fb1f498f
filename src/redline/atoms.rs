//! A paragraph in, its smallest pieces out: words, blanks, marks, and everything that is no text, each with a fingerprint.

use xxhash_rust::xxh3::xxh3_64;

use super::tree::{Id, Tree};

/// One piece.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Equal for pieces that read the same.
    pub(super) key: u64,
    pub(super) what: What,
    /// The formatting of its run.
    pub(super) look: Option<Id>,
    /// The links, content controls and the like around it, outermost first.
    pub(super) around: Vec<Id>,
    /// Fingerprint of `around`, one for each.
    pub(super) around_keys: Vec<u64>,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(super) enum What {
    Text(String),
    /// A child of a run: a break, a picture, a note's number.
    Inside(Id),
    /// Something that stands beside runs: a formula.
    Beside(Id),
    /// Something without width: a bookmark's beginning or end.
    Point(Id),
    /// A mark of a field that was written in its short form: the child of a run, as markup.
    Field(String),
}

impl Atom {
    /// Whether it is a word or something else of substance, not a blank or mark.
    pub(super) fn is_word(&self) -> bool {
        match &self.what {
            What::Text(text) => text.chars().any(char::is_alphanumeric),
            What::Point(_) => false,
            _ => true,
        }
    }
}

/// The pieces of a paragraph, in order; points stand among them with key 0.
pub(super) fn atoms(tree: &Tree, paragraph: Id) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let push_children = |open: &mut Vec<Open>, id: Id, around: &[Id], keys: &[u64]| {
        for child in tree.children(id).iter().rev() {
            open.push(Open::Element(*child, around.to_vec(), keys.to_vec()));
        }
    };
    push_children(&mut open, paragraph, &[], &[]);
    while let Some(step) = open.pop() {
        let (id, around, keys) = match step {
            Open::Element(id, around, keys) => (id, around, keys),
            Open::Field(markup, around, keys) => {
                let key = xxh3_64(markup.as_bytes());
                out.push(Atom { key, what: What::Field(markup), look: None, around, around_keys: keys });
                continue;
            }
        };
        match tree.name(id) {
            "w:pPr" | "w:proofErr" | "w:sdtPr" | "w:sdtEndPr" | "w:smartTagPr" | "w:customXmlPr" => {}
            "w:r" => run(tree, id, &around, &keys, &mut out),
            "w:hyperlink" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" | "w:sdt" => {
                let (mut around, mut keys) = (around, keys);
                around.push(id);
                keys.push(container(tree, id));
                let inside = tree.child(id, "w:sdtContent").unwrap_or(id);
                push_children(&mut open, inside, &around, &keys);
            }
            "w:fldSimple" => {
                let mut code = String::from("<w:instrText xml:space=\"preserve\">");
                super::tree::escape(tree.attribute(id, "w:instr").unwrap_or(""), &mut code);
                code.push_str("</w:instrText>");
                let mark = |kind: &str| format!("<w:fldChar w:fldCharType=\"{kind}\"/>");
                open.push(Open::Field(mark("end"), around.clone(), keys.clone()));
                push_children(&mut open, id, &around, &keys);
                for markup in [mark("separate"), code, mark("begin")] {
                    open.push(Open::Field(markup, around.clone(), keys.clone()));
                }
            }
            name if name.ends_with("Start") || name.ends_with("End") => {
                out.push(Atom { key: 0, what: What::Point(id), look: None, around, around_keys: keys });
            }
            _ => {
                let key = xxh3_64(tree.canonical(id).as_bytes());
                out.push(Atom { key, what: What::Beside(id), look: None, around, around_keys: keys });
            }
        }
    }
    fields(tree, &mut out);
    for atom in &mut out {
        if let Some(last) = atom.around_keys.last()
            && atom.key != 0
        {
            atom.key ^= last.rotate_left(7);
        }
    }
    out
}

enum Open {
    Element(Id, Vec<Id>, Vec<u64>),
    Field(String, Vec<Id>, Vec<u64>),
}

/// What tells a link or control from another.
fn container(tree: &Tree, id: Id) -> u64 {
    let mut text = tree.name(id).to_owned();
    for key in ["r:id", "w:anchor", "w:element", "w:val"] {
        text.push('|');
        text.push_str(tree.attribute(id, key).unwrap_or(""));
    }
    xxh3_64(text.as_bytes())
}

fn run(tree: &Tree, id: Id, around: &[Id], keys: &[u64], out: &mut Vec<Atom>) {
    let look = tree.child(id, "w:rPr");
    let mut push = |key: u64, what: What| {
        out.push(Atom { key, what, look, around: around.to_vec(), around_keys: keys.to_vec() });
    };
    for child in tree.children(id).iter().copied() {
        match tree.name(child) {
            "w:rPr" | "w:lastRenderedPageBreak" => {}
            "w:t" => {
                let whole: String =
                    tree.children(child).iter().map(|c| tree.nodes[*c].text.as_str()).collect();
                // Word shows no blanks at the ends of a text that does not ask for them.
                let text = match tree.attribute(child, "xml:space") {
                    Some("preserve") => whole.as_str(),
                    _ => whole.trim_matches(|c: char| c.is_ascii_whitespace()),
                };
                for piece in pieces(text) {
                    push(xxh3_64(piece.as_bytes()), What::Text(piece.to_owned()));
                }
            }
            "w:footnoteReference" => push(xxh3_64(b"footnote"), What::Inside(child)),
            "w:endnoteReference" => push(xxh3_64(b"endnote"), What::Inside(child)),
            _ => {
                let boxes = boxes(tree, child).len();
                let key = if boxes > 0 {
                    xxh3_64(format!("box {boxes}").as_bytes())
                } else {
                    xxh3_64(tree.canonical(child).as_bytes())
                };
                push(key, What::Inside(child));
            }
        }
    }
}

/// The contents of the text boxes in an element, boxes in boxes left out.
pub(super) fn boxes(tree: &Tree, id: Id) -> Vec<Id> {
    let mut out = Vec::new();
    let mut open = vec![id];
    while let Some(at) = open.pop() {
        if tree.name(at) == "w:txbxContent" {
            out.push(at);
        } else {
            open.extend(tree.children(at).iter().rev());
        }
    }
    out
}

/// All that belongs to a field is told by the field's code, so that a field with another code is replaced whole.
fn fields(tree: &Tree, atoms: &mut [Atom]) {
    let mut begun: Option<usize> = None;
    let mut depth = 0usize;
    let mut code = String::new();
    for at in 0..atoms.len() {
        let (kind, text) = match &atoms[at].what {
            What::Inside(id) if tree.name(*id) == "w:fldChar" => {
                (tree.attribute(*id, "w:fldCharType").unwrap_or("").to_owned(), None)
            }
            What::Inside(id) if tree.name(*id) == "w:instrText" => (
                String::new(),
                Some(tree.children(*id).iter().map(|c| tree.nodes[*c].text.as_str()).collect::<String>()),
            ),
            What::Field(markup) if markup.contains("\"begin\"") => ("begin".into(), None),
            What::Field(markup) if markup.contains("\"end\"") => ("end".into(), None),
            What::Field(markup) => (String::new(), Some(markup.clone())),
            _ => continue,
        };
        if let Some(text) = text {
            code.push_str(text.trim());
        }
        match kind.as_str() {
            "begin" => {
                begun.get_or_insert(at);
                depth += 1;
            }
            "end" => {
                depth = depth.saturating_sub(1);
                if let (0, Some(from)) = (depth, begun.take()) {
                    let key = xxh3_64(code.as_bytes());
                    for atom in atoms[from..=at].iter_mut().filter(|a| a.key != 0) {
                        atom.key ^= key.rotate_left(13);
                    }
                    code.clear();
                }
            }
            _ => {}
        }
    }
}

/// Words, with marks inside them; blanks; any other sign by itself.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-');
        let end = if first.is_alphanumeric() {
            let end = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
            rest.get(..end).map_or(end, |w| w.trim_end_matches(['\'', '\u{2019}', '-']).len())
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, left) = rest.split_at(end.max(first.len_utf8()));
        out.push(piece);
        rest = left;
    }
    out
}
