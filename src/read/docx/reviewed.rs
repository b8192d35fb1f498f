//! A Word file as it came back from reviewers: its bytes in, its text with who inserted and who deleted what, its cells, notes, bookmarks and comments out.
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
    /// All text in order, also what is tracked as deleted; a line break ends a paragraph, and is inserted or deleted by whoever did that to its end.
    pub(crate) text: String,
    /// Stretches of it, one after the other, without gaps.
    pub(crate) runs: Vec<Run>,
    /// Whose changes are tracked.
    pub(crate) authors: Vec<String>,
    /// Names of bookmarks in order, and the byte of the text at which each begins.
    pub(crate) bookmarks: Vec<(String, usize)>,
    /// Comments in order of the text.
    pub(crate) comments: Vec<Comment>,
    /// Cells of tables in order of their ends.
    pub(crate) cells: Vec<Cell>,
    /// Notes in order of their marks in the text; one whose mark is tracked as deleted is none.
    pub(crate) notes: Vec<Note>,
    /// Bytes of the text that contents lists show, which word processors make themselves.
    pub(crate) contents: Vec<[usize; 2]>,
    /// Number and bytes of each note, if this is the part that holds notes.
    stories: Vec<(String, [usize; 2])>,
    /// Marks of notes in the text: kind and number, byte, who inserted it.
    marks: Vec<(String, usize, Option<usize>)>,
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

/// A cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Which table of the file, in order of their beginnings.
    pub(crate) table: usize,
    /// Which row of it.
    pub(crate) row: usize,
    /// First byte of its text, and one past the last.
    pub(crate) text: [usize; 2],
}

/// A note at the foot of the page or at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The byte of the text at which its mark stands.
    pub(crate) place: usize,
    /// What it says, without what is tracked as deleted.
    pub(crate) text: String,
    /// Who inserted its mark, if that is tracked: a place in [`Reviewed::authors`].
    pub(crate) inserted: Option<usize>,
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
    for kind in ["footnote", "endnote"] {
        if let Some(bytes) = parts.related(&mut package, &format!("{kind}s"))? {
            let notes = walk(&decoded(&bytes)?, BTreeMap::new())?;
            let texts: BTreeMap<String, String> =
                notes.stories.iter().map(|(id, range)| (format!("{kind}{id}"), notes.kept(*range))).collect();
            for (id, place, inserted) in &out.marks {
                let text = texts.get(id).cloned();
                out.notes.extend(text.map(|text| Note { place: *place, text, inserted: *inserted }));
            }
        }
    }
    out.notes.sort_by_key(|n| n.place);
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
    /// Whether it is the instruction of a field.
    instruction: bool,
    kind: Kind,
    /// Who inserted and who deleted the end of the paragraph that it is.
    end: [Option<usize>; 2],
}

/// What is noted when an element ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Other,
    Paragraph,
    Table,
    /// The byte where its text begins.
    Cell(usize),
    Note(usize),
}

/// Numbers the authors as they come.
fn numbered(authors: &mut BTreeMap<String, usize>, name: String) -> usize {
    let count = authors.len();
    *authors.entry(name).or_insert(count)
}

/// Passes over the properties of a paragraph; who inserted and who deleted its end.
fn end_of_paragraph(nodes: &mut Nodes, authors: &mut BTreeMap<String, usize>) -> Result<[Option<usize>; 2]> {
    let mut path: Vec<String> = Vec::new();
    let (mut inserted, mut deleted) = (None, None);
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                let mine = path.len() == 1 && path.first().is_some_and(|p| p == "rPr");
                let author = || element.attribute("author").unwrap_or_default();
                match element.name() {
                    "ins" | "moveTo" if mine => inserted = Some(numbered(authors, author())),
                    "del" | "moveFrom" if mine => deleted = Some(numbered(authors, author())),
                    _ => {}
                }
                path.push(element.name().to_owned());
            }
            Node::Close if path.pop().is_none() => break,
            Node::Close | Node::Text(_) => {}
        }
    }
    Ok([inserted, deleted])
}

fn walk(text: &str, mut written: BTreeMap<String, Comment>) -> Result<Reviewed> {
    let mut nodes = Nodes::new(text);
    let mut open: Vec<Open> = vec![Open::default()];
    let mut out = Reviewed::default();
    let mut order: Vec<String> = Vec::new();
    let mut placed: BTreeSet<String> = BTreeSet::new();
    let mut authors: BTreeMap<String, usize> = BTreeMap::new();
    let mut chars: u64 = 0;
    let mut tables = 0;
    // The tables that are open: number and row.
    let mut rows: Vec<(usize, usize)> = Vec::new();
    // The fields that are open: where each begins, and its instruction.
    let mut fields: Vec<(usize, String)> = Vec::new();
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => {
                if element.space == Space::Choice && element.name() == "Fallback" {
                    nodes.skip()?;
                    continue;
                }
                let mut here = open.last().copied().unwrap_or_default();
                here = Open { inserted: here.inserted, deleted: here.deleted, ..Open::default() };
                if element.space == Space::Word {
                    let mut author =
                        || Some(numbered(&mut authors, element.attribute("author").unwrap_or_default()));
                    match element.name() {
                        "ins" | "moveTo" => here.inserted = author(),
                        "del" | "moveFrom" => here.deleted = author(),
                        "t" | "delText" => here.text = true,
                        "instrText" => here.instruction = true,
                        "p" => here.kind = Kind::Paragraph,
                        "tbl" => {
                            here.kind = Kind::Table;
                            rows.push((tables, 0));
                            tables += 1;
                        }
                        "tr" => {
                            if let Some((_, row)) = rows.last_mut() {
                                *row += 1;
                            }
                        }
                        "tc" => here.kind = Kind::Cell(out.text.len()),
                        "footnote" | "endnote" => {
                            here.kind = Kind::Note(out.text.len());
                            out.stories.push((element.attribute("id").unwrap_or_default(), [0, 0]));
                        }
                        "footnoteReference" | "endnoteReference" if here.deleted.is_none() => {
                            let kind = element.name().trim_end_matches("Reference");
                            let id = format!("{kind}{}", element.attribute("id").unwrap_or_default());
                            out.marks.push((id, out.text.len(), here.inserted));
                        }
                        "fldChar" => match element.attribute("fldCharType").as_deref() {
                            Some("begin") => fields.push((out.text.len(), String::new())),
                            Some("end") => {
                                if let Some((from, code)) = fields.pop()
                                    && code.trim_start().starts_with("TOC")
                                {
                                    out.contents.push([from, out.text.len()]);
                                }
                            }
                            _ => {}
                        },
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
                        "pPr" => {
                            let end = end_of_paragraph(&mut nodes, &mut authors)?;
                            if let Some(paragraph) = open.last_mut() {
                                paragraph.end = end;
                            }
                            continue;
                        }
                        "rPr" | "trPr" | "tcPr" | "tblPr" | "sectPr" => {
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
                    && closed.kind != Kind::Other
                {
                    let [inserted, deleted] = closed.end;
                    let end = out.text.len();
                    match closed.kind {
                        Kind::Paragraph => out.push(
                            "\n",
                            &Open {
                                inserted: inserted.or(closed.inserted),
                                deleted: deleted.or(closed.deleted),
                                ..closed
                            },
                        ),
                        Kind::Table => drop(rows.pop()),
                        Kind::Cell(from) => {
                            if let Some((table, row)) = rows.last().copied() {
                                out.cells.push(Cell { table, row, text: [from, end] });
                            }
                        }
                        Kind::Note(from) => {
                            if let Some((_, range)) = out.stories.last_mut() {
                                *range = [from, end];
                            }
                        }
                        Kind::Other => {}
                    }
                }
            }
            Node::Text(text) => {
                let here = open.last().copied().unwrap_or_default();
                if here.instruction
                    && let Some((_, code)) = fields.last_mut()
                {
                    code.push_str(&text);
                }
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
    /// What stands between two bytes of the text, without what is tracked as deleted, on one line.
    pub(crate) fn kept(&self, [from, to]: [usize; 2]) -> String {
        let mut out = String::new();
        let first = self.runs.partition_point(|r| r.end <= from);
        let here = self.runs.iter().skip(first).take_while(|r| r.start < to);
        for run in here.filter(|r| r.deleted.is_none()) {
            out.push_str(self.text.get(run.start.max(from)..run.end.min(to)).unwrap_or(""));
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

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
