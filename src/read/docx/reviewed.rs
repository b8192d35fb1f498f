//! A Word file as it came back from reviewers: its bytes in, its text with who inserted and who deleted what, its bookmarks and comments out.
//!
//! The reader of policies takes the accepted view; here nothing is accepted or rejected. Bounds are those of that reader.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

use super::super::package::Package;
use super::super::xml::{Node, Nodes, Space, decoded};
use super::parts::Parts;

/// A Word file with its tracked changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reviewed {
    /// All text in order, also what is tracked as deleted; a line break ends a paragraph.
    pub(crate) text: String,
    /// Stretches of it, one after the other, without gaps.
    pub(crate) runs: Vec<Run>,
    /// Whose changes are tracked.
    pub(crate) authors: Vec<String>,
    /// Names of bookmarks in order, and the byte of the text at which each begins.
    pub(crate) bookmarks: Vec<(String, usize)>,
    /// Comments in order of the text.
    pub(crate) comments: Vec<Comment>,
    /// What the file says about itself: title, who saved it last.
    pub(crate) properties: Vec<(String, String)>,
}

/// A stretch of text in one state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Who inserted it, if that is tracked: a place in [`Reviewed::authors`].
    pub(crate) inserted: Option<usize>,
    /// Who deleted it, if that is tracked.
    pub(crate) deleted: Option<usize>,
}

/// A comment in the margin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Who wrote it; empty if the file does not say.
    pub(crate) author: String,
    /// When, as the file says it; empty if it does not.
    pub(crate) date: String,
    /// What it says.
    pub(crate) text: String,
    /// The bytes of the text that it is about.
    pub(crate) about: [usize; 2],
}

/// Reads a Word file without accepting or rejecting anything in it.
///
/// # Errors
///
/// Input, Limit or Unsupported, without a path.
pub(crate) fn reviewed(bytes: &[u8]) -> Result<Reviewed> {
    if !bytes.starts_with(b"PK") {
        return Err(Error::new(ErrorKind::Unsupported, "is no Word file").hint("save it as Word (.docx)"));
    }
    let mut package = Package::open(bytes)?;
    let parts = Parts::find(&mut package)?;
    let written = match parts.related(&mut package, "comments")? {
        Some(bytes) => comments(&decoded(&bytes)?)?,
        None => BTreeMap::new(),
    };
    let main = package.part(&parts.main)?.ok_or_else(|| {
        Error::new(ErrorKind::Input, "the file has no text part").hint("open it in Word and save it again")
    })?;
    let mut out = walk(&decoded(&main)?, written)?;
    out.properties = parts.properties(&mut package)?;
    Ok(out)
}

/// What an open element does to the text in it.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    inserted: Option<usize>,
    deleted: Option<usize>,
    /// Whether text directly in it is text of the document.
    text: bool,
    paragraph: bool,
}

fn walk(text: &str, mut written: BTreeMap<String, Comment>) -> Result<Reviewed> {
    let mut nodes = Nodes::new(text);
    let mut open: Vec<Open> = vec![Open::default()];
    let mut out = Reviewed::default();
    let mut order: Vec<String> = Vec::new();
    let mut placed: BTreeSet<String> = BTreeSet::new();
    let mut authors: BTreeMap<String, usize> = BTreeMap::new();
    let mut chars: u64 = 0;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                if element.space == Space::Choice && element.name() == "Fallback" {
                    nodes.skip()?;
                    continue;
                }
                let mut here = open.last().copied().unwrap_or_default();
                (here.text, here.paragraph) = (false, false);
                if element.space == Space::Word {
                    let mut author = || {
                        let count = authors.len();
                        let name = element.attribute("author").unwrap_or_default();
                        Some(*authors.entry(name).or_insert(count))
                    };
                    match element.name() {
                        "ins" | "moveTo" => here.inserted = author(),
                        "del" | "moveFrom" => here.deleted = author(),
                        "t" | "delText" => here.text = true,
                        "p" => here.paragraph = true,
                        "tab" | "br" | "cr" => out.push(" ", &here),
                        "noBreakHyphen" => out.push("-", &here),
                        "bookmarkStart" => {
                            let name = element.attribute("name").unwrap_or_default();
                            out.bookmarks.push((name, out.text.len()));
                        }
                        "commentRangeStart" | "commentReference" => {
                            let id = element.attribute("id").unwrap_or_default();
                            if let Some(comment) = written.get_mut(&id)
                                && placed.insert(id.clone())
                            {
                                comment.about = [out.text.len(); 2];
                                order.push(id);
                            }
                        }
                        "commentRangeEnd" => {
                            let id = element.attribute("id").unwrap_or_default();
                            if let Some(comment) = written.get_mut(&id) {
                                let [from, _] = comment.about;
                                comment.about = [from.min(out.text.len()), out.text.len()];
                            }
                        }
                        // Properties hold marks of tracked paragraphs and older looks, and no text.
                        "pPr" | "rPr" | "trPr" | "tcPr" | "tblPr" | "sectPr" => {
                            nodes.skip()?;
                            continue;
                        }
                        _ => {}
                    }
                }
                open.push(here);
            }
            Node::Close => {
                if let Some(closed) = open.pop()
                    && closed.paragraph
                {
                    out.push("\n", &closed);
                }
            }
            Node::Text(text) => {
                let here = open.last().copied().unwrap_or_default();
                if here.text {
                    chars = chars.saturating_add(text.chars().count() as u64);
                    if chars > limits::TEXT_CHARS {
                        return Err(Error::over("characters of text", chars, limits::TEXT_CHARS));
                    }
                    out.push(&text.replace('\n', " "), &here);
                }
            }
        }
    }
    out.comments = order.iter().filter_map(|id| written.remove(id)).collect();
    let mut names: Vec<(String, usize)> = authors.into_iter().collect();
    names.sort_by_key(|(_, at)| *at);
    out.authors = names.into_iter().map(|(name, _)| name).collect();
    // What is not anchored anywhere is not lost.
    out.comments.extend(written.into_values());
    Ok(out)
}

impl Reviewed {
    fn push(&mut self, text: &str, here: &Open) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some(last) if last.inserted == here.inserted && last.deleted == here.deleted => last.end = end,
            _ => self.runs.push(Run { start, end, inserted: here.inserted, deleted: here.deleted }),
        }
    }
}

/// The comments of the part that holds them, by number.
fn comments(text: &str) -> Result<BTreeMap<String, Comment>> {
    let mut nodes = Nodes::new(text);
    let mut out: BTreeMap<String, Comment> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut current: Option<(String, Comment)> = None;
    let mut chars: u64 = 0;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                let name = element.name().to_owned();
                if name == "comment" {
                    let of = |key: &str| element.attribute(key).unwrap_or_default();
                    let comment = Comment { author: of("author"), date: of("date"), ..Comment::default() };
                    current = Some((of("id"), comment));
                }
                names.push(name);
            }
            Node::Close => match names.pop().as_deref() {
                Some("comment") => out.extend(current.take()),
                Some("p" | "tab" | "br") => {
                    if let Some((_, comment)) = &mut current {
                        comment.text.push(' ');
                    }
                }
                _ => {}
            },
            Node::Text(text) => {
                if let (Some("t"), Some((_, comment))) = (names.last().map(String::as_str), &mut current) {
                    chars = chars.saturating_add(text.chars().count() as u64);
                    if chars > limits::TEXT_CHARS {
                        return Err(Error::over("characters of comments", chars, limits::TEXT_CHARS));
                    }
                    comment.text.push_str(&text);
                }
            }
        }
    }
    Ok(out)
}
