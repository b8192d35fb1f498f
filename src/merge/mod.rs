//! Two compared policies and what people decided in, the shared draft out: regions in order, remarks, and what stands nowhere.
//!
//! 1. `order`: in which order the passages of both stand; neither school's order is preferred for its name.
//! 2. `weave`: the sentences of corresponding passages in one run of paragraphs, whole sentences only.
//! 3. `tables`: tables of the same shape row by row.
//! 4. `levels`: headings of both policies as of one outline; `bare`: which of them nothing stands below, and where to look.
//! 5. `choose`: which of two wordings of the same stands, by a rule that knows no school.
//! 6. `decisions`: the log of what people decided, folded.
//! 7. `refusal`: what must not be merged.
//! 8. `ledger`: the one fate of every source block, and the sources of every sentence of the draft.
//! 9. `frame`: what a draft says about itself around its text.
//! 10. `marks`: by what a draft is known again when it comes back.
//!
//! What both schools say is plain text. What only one says is that school's tracked insertion. Where two wordings are near and nothing
//! in them was found to differ, one stands as plain text, and the other school's is a tracked replacement of it by that school. So with one school's changes
//! accepted and the other's rejected, every paragraph of that school is back word for word; with all rejected, the common ground is left.

mod attached;
mod bare;
mod choose;
pub mod decisions;
mod frame;
pub mod ledger;
mod levels;
pub mod marks;
mod order;
pub mod refusal;
mod tables;
mod weave;

use crate::compare::{Comparison, Quote};
use crate::document::{BlockId, Document, Kind, Role, School};

pub use decisions::{Decision, Settled, Settlement, Take};
pub use frame::{Fact, Frame, frame};
pub use ledger::{Entry, Fate, PictureEntry, ledger, picture_ledger};
pub use levels::Levels;
pub use marks::{Marks, marks, policy_mark};
pub use refusal::{Refusal, refusal};

/// One of the two schools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

impl Side {
    /// Both, the first school first.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];
}

/// How a stretch stands in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// Plain text: common ground, or settled by a decision.
    Plain,
    /// A tracked insertion of one school.
    Inserted(Side),
    /// Plain text that this school's tracked change replaces with its own wording, which follows as its insertion.
    Replaced(Side),
}

/// The words of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// A stretch of a source.
    Quoted(Side, Quote),
    /// A single blank between sentences.
    Blank,
    /// Wording that a person wrote as a decision.
    Written(String),
    /// Words of the draft itself before a wording that holds at one school only.
    Label(String),
}

/// A stretch of a paragraph: a sentence, or what stands between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub words: Words,
    /// How it stands.
    pub stand: Stand,
    /// The sentences it comes from: of the first school, of the second. Both none for what stands between sentences.
    pub from: [Option<Quote>; 2],
    /// Index into [`Draft::remarks`].
    pub remark: Option<usize>,
}

/// A note at the foot of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// How its mark stands.
    pub stand: Stand,
    /// Whose text is shown.
    pub shown: (Side, BlockId),
    /// The notes it comes from.
    pub from: [Option<BlockId>; 2],
}

/// A picture after a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Illustration {
    /// How it stands.
    pub stand: Stand,
    /// Whose it is: an index into [`Document::pictures`].
    pub shown: (Side, usize),
    /// The pictures it comes from.
    pub from: [Option<usize>; 2],
}

/// A paragraph of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The block whose kind, level and marker it has.
    pub like: (Side, BlockId),
    /// How its end stands: an inserted end joins it to the next paragraph when it is rejected.
    pub end: Stand,
    /// What it says, in order.
    pub pieces: Vec<Piece>,
    /// Its notes.
    pub notes: Vec<Footnote>,
    /// The pictures that stand in it or after it.
    pub pictures: Vec<Illustration>,
    /// Words that the draft itself puts before it: which school it is for, if only that school teaches the phase it is about.
    pub label: Option<String>,
}

/// A cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// Column from 0.
    pub column: u32,
    /// Columns it covers, at least 1.
    pub columns: u32,
    /// Rows it covers, at least 1.
    pub rows: u32,
    /// What stands in it; may be empty.
    pub paragraphs: Vec<Paragraph>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How the row stands.
    pub stand: Stand,
    /// Repeated on each page.
    pub header: bool,
    /// Its cells by column.
    pub cells: Vec<TableCell>,
}

/// A stretch of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Region {
    /// A paragraph, heading or list item.
    Paragraph(Paragraph),
    /// A table: its number of columns and its rows.
    Table(u32, Vec<Row>),
}

/// Why a remark is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// Both say something about it, and not the same: somebody has to decide.
    Choice,
    /// Two wordings are near, and nothing in them was found to differ: one stands.
    Wording,
    /// Only one school says it.
    Only,
    /// Both say it in the same words, and something in them is to be put right.
    Check,
    /// The same sentence stands at another place of the other school's policy.
    Elsewhere,
    /// A person has decided.
    Decided,
    /// Two people have decided otherwise.
    Contested,
}

/// Something to be said about a piece, as a comment in the margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Why.
    pub kind: RemarkKind,
    /// Indices into [`Comparison::differences`].
    pub differences: Vec<usize>,
    /// The sentences it is about.
    pub about: [Option<Quote>; 2],
    /// The decisions that were taken, in order of their makers.
    pub decisions: Vec<Decision>,
    /// Of a heading below which nothing stands in the draft: what stands below it at either school.
    pub below: Vec<Below>,
}

/// What stands below a heading at one school and elsewhere in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Below {
    /// Whose heading.
    pub side: Side,
    /// The first sentence of what it heads there.
    pub quote: Quote,
    /// The heading it stands below in the draft, if below any.
    pub under: Option<(Side, BlockId)>,
}

/// A shared draft of one pair of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The school whose order is followed: the one with the longer policy.
    pub order_of: Side,
    /// The body in order.
    pub regions: Vec<Region>,
    /// What is said in the margin.
    pub remarks: Vec<Remark>,
    /// Title and front matter of each policy: they go into that school's annex as they stood.
    pub front: [Vec<BlockId>; 2],
    /// The pictures that stand there or in page headers and footers: indices into [`Document::pictures`].
    pub front_pictures: [Vec<usize>; 2],
    /// Sentences that a decision left out: the sentence, and the index of the remark that says why.
    pub left_out: Vec<(Side, Quote, usize)>,
    /// Decisions that no remark shows: on local facts, and on ends of paragraphs.
    pub unremarked: Vec<Decision>,
    /// Ids of differences that were decided on and are in no comparison any more, because a text changed.
    pub stale: Vec<Decision>,
}

/// What a merge works on.
#[derive(Clone, Copy, Debug)]
pub struct Materials<'m> {
    /// The first school's policy and the second's.
    pub documents: [&'m Document; 2],
    /// What they say differently.
    pub comparison: &'m Comparison,
    /// The two schools.
    pub schools: &'m [School; 2],
    /// What people decided.
    pub settlement: &'m Settlement,
}

/// Merges a pair; swapping the schools gives the same draft with the schools exchanged.
///
/// Every block of both policies is in the regions, the notes, `front` or `left_out`, or is a contents list.
pub fn merge(materials: &Materials) -> Draft {
    let order_of = materials.order();
    let front = Side::BOTH.map(|side| {
        let blocks = (0..).zip(&materials.document(side).blocks);
        let apart = blocks.filter(|(_, b)| matches!(b.role, Role::Title | Role::FrontMatter));
        apart.map(|(id, _)| id).collect()
    });
    let mut weaver = weave::Weaver::new(materials, order_of);
    let outline = Levels::of(materials.documents);
    let mut regions = order::regions(materials, &outline, &mut weaver);
    bare::mark(materials, &outline, &mut regions, &mut weaver.remarks);
    Draft {
        order_of,
        regions,
        front,
        front_pictures: Side::BOTH.map(|side| attached::pictures(materials, side).0),
        stale: materials.settlement.stale(materials.documents, materials.comparison),
        unremarked: [weaver.ends, frame::filled(materials)].concat(),
        remarks: weaver.remarks,
        left_out: weaver.left_out,
    }
}

impl Side {
    /// 0 for the first school, 1 for the second.
    pub fn index(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }

    /// "a" for the first school, "b" for the second.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// The other school.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

impl<'m> Materials<'m> {
    /// The policy of one school.
    pub fn document(&self, side: Side) -> &'m Document {
        self.documents[side.index()]
    }

    /// The school whose order is followed: the one with the longer policy, or of two as long the one whose words sort last.
    fn order(&self) -> Side {
        let longer = |side: Side| {
            let document = self.document(side);
            let text = document.blocks.iter().map(|b| b.text.as_str());
            (document.receipt.words, text.collect::<Vec<_>>())
        };
        if longer(Side::A) >= longer(Side::B) { Side::A } else { Side::B }
    }

    /// Whether any of these sentences is a heading.
    pub fn is_heading(&self, about: [Option<Quote>; 2]) -> bool {
        self.documents.iter().zip(about).any(|(document, quote)| {
            let block = quote.and_then(|q| document.blocks.get(q.block as usize));
            block.is_some_and(|b| b.kind == Kind::Heading)
        })
    }

    /// The words of a piece.
    pub fn text<'t>(&'t self, words: &'t Words) -> &'t str {
        match words {
            Words::Quoted(side, quote) => quote.text(self.document(*side)),
            Words::Blank => " ",
            Words::Written(text) | Words::Label(text) => text,
        }
    }
}

impl Draft {
    /// Every paragraph of the body in order, those in tables included.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut out = Vec::new();
        for region in &self.regions {
            match region {
                Region::Paragraph(paragraph) => out.push(paragraph),
                Region::Table(_, rows) => {
                    out.extend(rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.paragraphs));
                }
            }
        }
        out
    }
}
