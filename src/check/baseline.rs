//! What two schools adopted, as text that people can read and keep under version control: a document and its approvals in, a
//! baseline out; the same text in again, and whether it is whole.

use jiff::civil::Date;
use xxhash_rust::xxh3::Xxh3;

use crate::document::partnership::misread;
use crate::document::{ApartKind, Block, Cell, Document, Kind, Place, Role};
use crate::error::{Error, ErrorKind, Result};

use super::known::newer;

/// Raised when the file changes its meaning.
const SCHEMA: i64 = 1;

/// One adopted policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// Topic id, or words of the title where the topic is not known.
    pub topic: String,
    /// What the policy calls itself.
    pub title: String,
    /// The file whose text was adopted, as it was named.
    pub file: String,
    /// The day from which it holds.
    pub adopted_on: Date,
    /// Who approved it for which school.
    pub approvals: Vec<Approval>,
    /// What stood outside the text: title, front matter, contents list and page margins. A copy in another format may have it in
    /// its text.
    pub aside: Vec<String>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// Who approved it for one school.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The school's id.
    pub school: String,
    /// Who: "full governing body".
    pub by: String,
    /// When, as YYYY-MM-DD.
    pub on: String,
    /// Where it is minuted.
    pub minute: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "schema")]
    _schema: i64,
    topic: String,
    title: String,
    file: String,
    adopted_on: String,
    fingerprint: String,
    #[serde(default)]
    aside: Vec<String>,
    #[serde(default)]
    approval: Vec<Approval>,
    #[serde(default)]
    block: Vec<WrittenBlock>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBlock {
    /// For readers; the blocks' order says the same.
    #[serde(default, rename = "section")]
    _section: String,
    kind: Kind,
    #[serde(default)]
    level: u8,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    cell: Option<[u32; 3]>,
    fingerprint: String,
    text: String,
}

impl Baseline {
    /// Takes down what was adopted: the policy's text without its cover, front matter and contents list.
    pub fn of(
        document: &Document,
        topic: &str,
        file: &str,
        adopted_on: Date,
        approvals: Vec<Approval>,
    ) -> Self {
        let blocks =
            document.blocks.iter().filter(|b| b.role == Role::Body).enumerate().map(|(at, b)| Block {
                kind: b.kind,
                level: b.level,
                marker: b.marker.clone(),
                text: b.text.clone(),
                cell: b.cell,
                place: Place { page: None, paragraph: u32::try_from(at + 1).unwrap_or(u32::MAX) },
                ..Block::default()
            });
        Self {
            topic: topic.to_owned(),
            title: document.title.clone(),
            file: file.to_owned(),
            adopted_on,
            approvals,
            aside: aside(document),
            blocks: blocks.collect(),
        }
    }

    /// Whether a school adopted it.
    pub fn binds(&self, school: &str) -> bool {
        self.approvals.iter().any(|a| a.school == school)
    }

    /// The adopted text as a document.
    pub fn document(&self) -> Document {
        Document::of_blocks("adopted", &self.file, &self.title, self.blocks.clone())
    }

    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// Usage with line and column if it cannot be understood; Unsupported if a newer version wrote it; Input if a block is not the
    /// one that was adopted, or blocks are missing.
    pub fn parse(text: &str) -> Result<Self> {
        newer(text, SCHEMA)?;
        let written: Written = toml::from_str(text).map_err(|e| misread(text, &e))?;
        let damaged = |what: String| {
            Error::new(ErrorKind::Input, format!("is damaged: {what}"))
                .hint("restore it from its last good copy; a new text is adopted with `common-ground adopt`")
        };
        let Ok(adopted_on) = written.adopted_on.parse() else {
            return Err(damaged(format!("adopted_on is “{}”, which is no day", written.adopted_on)));
        };
        let mut blocks = Vec::with_capacity(written.block.len());
        for (at, b) in written.block.into_iter().enumerate() {
            if b.fingerprint != fingerprint([b.text.as_str()]) {
                return Err(damaged(format!(
                    "block {} (“{}”) is not what was adopted",
                    at + 1,
                    start(&b.text)
                )));
            }
            let cell = |[table, row, column]: [u32; 3]| Cell {
                table,
                row,
                column,
                columns: 1,
                rows: 1,
                header: false,
            };
            let place = Place { page: None, paragraph: u32::try_from(at + 1).unwrap_or(u32::MAX) };
            blocks.push(Block {
                kind: b.kind,
                level: b.level,
                marker: b.number,
                text: b.text,
                cell: b.cell.map(cell),
                place,
                ..Block::default()
            });
        }
        if written.fingerprint != whole(&blocks, &written.aside) {
            return Err(damaged("blocks are missing, or stand in another order".into()));
        }
        let Written { topic, title, file, approval, aside, .. } = written;
        Ok(Self { topic, title, file, adopted_on, approvals: approval, aside, blocks })
    }

    /// The baseline as text.
    pub fn print(&self) -> String {
        let quoted = |s: &str| toml::Value::String(s.to_owned()).to_string();
        let mut out = format!(
            "# What was adopted. `common-ground check` compares each school's copy with this text.\n\
             # It is written by `common-ground adopt`: a changed block is refused as damaged.\n\
             schema = {SCHEMA}\ntopic = {}\ntitle = {}\nfile = {}\nadopted_on = \"{}\"\nfingerprint = \"{}\"\n",
            quoted(&self.topic),
            quoted(&self.title),
            quoted(&self.file),
            self.adopted_on,
            whole(&self.blocks, &self.aside)
        );
        if !self.aside.is_empty() {
            let lines: Vec<String> = self.aside.iter().map(|a| format!("    {},\n", quoted(a))).collect();
            out.push_str(&format!(
                "# What stood outside the text: title, dates, contents, page margins.\naside = [\n{}]\n",
                lines.concat()
            ));
        }
        for a in &self.approvals {
            out.push_str(&format!(
                "\n[[approval]]\nschool = {}\nby = {}\non = {}\nminute = {}\n",
                quoted(&a.school),
                quoted(&a.by),
                quoted(&a.on),
                quoted(&a.minute)
            ));
        }
        let document = self.document();
        for (id, block) in (0..).zip(&document.blocks) {
            out.push_str("\n[[block]]\n");
            let section: Vec<&str> = document
                .section(id)
                .into_iter()
                .filter_map(|h| document.blocks.get(h as usize).map(|b| b.text.as_str()))
                .collect();
            if !section.is_empty() {
                out.push_str(&format!("section = {}\n", quoted(&section.join(" › "))));
            }
            let kind = serde_json::to_value(block.kind).ok();
            out.push_str(&format!(
                "kind = \"{}\"\n",
                kind.as_ref().and_then(|k| k.as_str()).unwrap_or("paragraph")
            ));
            if block.level > 0 {
                out.push_str(&format!("level = {}\n", block.level));
            }
            if let Some(marker) = &block.marker {
                out.push_str(&format!("number = {}\n", quoted(marker)));
            }
            if let Some(c) = block.cell {
                out.push_str(&format!("cell = [{}, {}, {}]\n", c.table, c.row, c.column));
            }
            out.push_str(&format!(
                "fingerprint = \"{}\"\ntext = {}\n",
                fingerprint([block.text.as_str()]),
                quoted(&block.text)
            ));
        }
        out
    }
}

fn start(text: &str) -> String {
    text.split(' ').take(6).collect::<Vec<_>>().join(" ")
}

fn whole(blocks: &[Block], aside: &[String]) -> String {
    fingerprint(blocks.iter().map(|b| b.text.as_str()).chain(aside.iter().map(String::as_str)))
}

/// What stands outside a document's text, in order, each line once.
pub(super) fn aside(document: &Document) -> Vec<String> {
    let margins = document
        .apart
        .iter()
        .filter(|a| matches!(a.kind, ApartKind::Header | ApartKind::Footer | ApartKind::Navigation))
        .map(|a| &a.text);
    let outside = document.blocks.iter().filter(|b| b.role != Role::Body).map(|b| &b.text);
    let mut out: Vec<String> = Vec::new();
    for text in outside.chain(margins).filter(|t| !t.trim().is_empty()) {
        if !out.contains(text) {
            out.push(text.clone());
        }
    }
    out
}

/// Twelve hexadecimal digits that stand for texts in this order.
fn fingerprint<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = Xxh3::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update(&[0]);
    }
    format!("{:012x}", hash.digest() >> 16)
}
