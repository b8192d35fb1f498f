//! XML of a part in, a tree of it out, and back: elements as written, in one list, parents before their children.

use crate::error::{Error, ErrorKind, Result};
use crate::read::{Node as Step, Nodes, decoded};

/// An element's place in [`Tree::nodes`].
pub(crate) type Id = usize;

/// The vocabulary of Word's text, which must be called `w` as all programs call it.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// An element, or a text if its name is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Id>,
}

/// A part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    /// Reads a part.
    ///
    /// # Errors
    ///
    /// Input if it is malformed; Limit if it is nested too deep; Unsupported if its vocabulary goes by another name.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        let text = decoded(bytes)?;
        let mut nodes = Nodes::new(&text);
        let mut tree = Self { nodes: vec![Node::default()] };
        let mut open: Vec<Id> = vec![0];
        while let Some(step) = nodes.next()? {
            let parent = open.last().copied().unwrap_or(0);
            match step {
                Step::Open(element) => {
                    let node = Node {
                        name: element.full_name().to_owned(),
                        attributes: element.attributes(),
                        ..Node::default()
                    };
                    for (key, value) in &node.attributes {
                        if (value == WORD) != (key == "xmlns:w") && key.starts_with("xmlns") {
                            return Err(Error::new(
                                ErrorKind::Unsupported,
                                "its markup is named in a way that no Word file is",
                            )
                            .hint("open it in Word and save it again"));
                        }
                    }
                    open.push(tree.add(parent, node));
                }
                Step::Close => {
                    open.pop();
                }
                Step::Text(text) => {
                    let keeps = matches!(
                        tree.nodes[parent].name.as_str(),
                        "w:t" | "w:delText" | "w:instrText" | "w:delInstrText" | "m:t"
                    );
                    if parent == 0 || !keeps && text.trim().is_empty() {
                        continue;
                    }
                    match tree.nodes[parent].children.last().copied() {
                        Some(last) if tree.nodes[last].name.is_empty() => {
                            tree.nodes[last].text.push_str(&text);
                        }
                        _ => {
                            tree.add(parent, Node { text: text.into_owned(), ..Node::default() });
                        }
                    }
                }
            }
        }
        if tree.nodes[0].children.is_empty() {
            return Err(Error::new(ErrorKind::Input, "a part of the file is empty")
                .hint("open it in Word and save it again"));
        }
        Ok(tree)
    }

    fn add(&mut self, parent: Id, node: Node) -> Id {
        let id = self.nodes.len();
        self.nodes.push(node);
        self.nodes[parent].children.push(id);
        id
    }

    /// Adds an empty element as the first or the last child of another.
    pub(crate) fn insert(&mut self, parent: Id, name: &str, first: bool) -> Id {
        let id = self.add(parent, Node { name: name.to_owned(), ..Node::default() });
        if first {
            self.nodes[parent].children.rotate_right(1);
        }
        id
    }

    /// The part's outermost element.
    pub(crate) fn root(&self) -> Id {
        self.nodes[0].children.first().copied().unwrap_or(0)
    }

    pub(crate) fn name(&self, id: Id) -> &str {
        &self.nodes[id].name
    }

    pub(crate) fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// The first child of a name.
    pub(crate) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).iter().copied().find(|c| self.name(*c) == name)
    }

    pub(crate) fn attribute(&self, id: Id, key: &str) -> Option<&str> {
        self.nodes[id].attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    pub(crate) fn set(&mut self, id: Id, key: &str, value: String) {
        match self.nodes[id].attributes.iter_mut().find(|(k, _)| k == key) {
            Some(found) => found.1 = value,
            None => self.nodes[id].attributes.push((key.to_owned(), value)),
        }
    }

    /// An element and all that is in it, in order.
    pub(crate) fn walk(&self, id: Id) -> Vec<Id> {
        let mut out = Vec::new();
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            out.push(at);
            open.extend(self.children(at).iter().rev());
        }
        out
    }

    /// All text in an element that a reader sees.
    pub(crate) fn text(&self, id: Id) -> String {
        let mut out = String::new();
        for at in self.walk(id) {
            match self.name(at) {
                "w:t" | "m:t" => {
                    for child in self.children(at) {
                        out.push_str(&self.nodes[*child].text);
                    }
                }
                "w:p" | "w:tab" | "w:br" | "w:tc" => out.push(' '),
                _ => {}
            }
        }
        out
    }

    /// The whole part.
    pub(crate) fn part(&self) -> Vec<u8> {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        self.write(self.root(), &mut out, &mut |_, _| false);
        out.into_bytes()
    }

    /// Writes an element; `instead` may write another text in an element's place and then says so.
    pub(crate) fn write(&self, id: Id, out: &mut String, instead: &mut dyn FnMut(Id, &mut String) -> bool) {
        let mut open: Vec<(Id, bool)> = vec![(id, false)];
        while let Some((at, ends)) = open.pop() {
            let node = &self.nodes[at];
            if ends {
                close(&node.name, out);
            } else if node.name.is_empty() {
                escape(&node.text, out);
            } else if instead(at, out) {
            } else if node.children.is_empty() {
                self.start(at, out);
                out.pop();
                out.push_str("/>");
            } else {
                self.start(at, out);
                open.push((at, true));
                open.extend(node.children.iter().rev().map(|c| (*c, false)));
            }
        }
    }

    /// Writes an element's start tag.
    pub(crate) fn start(&self, id: Id, out: &mut String) {
        let node = &self.nodes[id];
        out.push('<');
        out.push_str(&node.name);
        for (key, value) in &node.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        out.push('>');
    }

    /// The element without what changes whenever a file is saved: two that look the same give the same text.
    pub(crate) fn canonical(&self, id: Id) -> String {
        let mut out = String::new();
        for at in self.walk(id) {
            let node = &self.nodes[at];
            let passing = [
                "w:proofErr",
                "w:lastRenderedPageBreak",
                "w:bookmarkStart",
                "w:bookmarkEnd",
                "w:rPrChange",
                "w:noProof",
                "w:lang",
            ];
            if passing.contains(&node.name.as_str()) {
                continue;
            }
            out.push('<');
            out.push_str(&node.name);
            let numbered = matches!(
                node.name.as_str(),
                "wp:docPr" | "pic:cNvPr" | "w:footnoteReference" | "w:endnoteReference"
            );
            for (key, value) in &node.attributes {
                let local = key.rsplit(':').next().unwrap_or(key);
                let saved = local.starts_with("rsid")
                    || key.starts_with("xmlns")
                    || ["paraId", "textId", "anchorId", "editId", "spid"].contains(&local)
                    || numbered && matches!(local, "id" | "name")
                    || node.name.starts_with("v:") && matches!(local, "id");
                if !saved {
                    out.push(' ');
                    out.push_str(key);
                    out.push('=');
                    out.push_str(value);
                }
            }
            out.push('>');
            out.push_str(&node.text);
            out.push_str(&format!("{}", node.children.len()));
        }
        out
    }
}

/// Writes an end tag.
pub(crate) fn close(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Writes a text so that it can stand in XML, also as an attribute; what XML cannot hold is left out.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c if u32::from(c) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
}
