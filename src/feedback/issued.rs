//! A draft as it was given out: its sentences in order, and which of them belong to one point; a draft in, units out.

use std::collections::BTreeMap;

use crate::compare::Quote;
use crate::document::{BlockId, Kind};
use crate::merge::{Draft, Materials, Paragraph, Piece, Side, Stand, Words};

use super::words::{spaced, words};

/// A sentence of the draft, or words that the draft itself puts in.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Fingerprints of its words.
    pub(super) words: Vec<u64>,
    /// What it says.
    pub(super) text: String,
    /// How it stood.
    pub(super) stand: Stand,
    /// Whose words it has; none if a person wrote it.
    pub(super) side: Option<Side>,
    /// The point it belongs to; none if nothing is decided with it.
    pub(super) point: Option<usize>,
    /// Place in [`Issued::sections`].
    pub(super) section: usize,
    /// Whether a paragraph begins with it.
    pub(super) begins: bool,
    /// Whether one ends with it.
    pub(super) closes: bool,
}

/// The end of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// How many units stand before it.
    pub(super) after: usize,
    /// How it stood.
    pub(super) stand: Stand,
    /// The block that ends.
    pub(super) block: BlockId,
    /// Whether only one school ends a paragraph there, and words that are not its own alone stand before it.
    pub(super) divides: bool,
}

/// A note at the foot of the page.
#[derive(Clone, Debug)]
pub(super) struct Foot {
    /// How many units stand before it.
    pub(super) after: usize,
    /// What it says.
    pub(super) text: String,
}

/// What is decided on together.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// The sentences of either school.
    pub(super) about: [Option<Quote>; 2],
    /// Indices of the differences between them.
    pub(super) differences: Vec<usize>,
    /// Its units, in order.
    pub(super) units: Vec<usize>,
}

/// The whole draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Issued {
    pub(super) units: Vec<Unit>,
    pub(super) points: Vec<Point>,
    /// Ends of paragraphs in order.
    pub(super) ends: Vec<Ends>,
    /// Notes in order.
    pub(super) notes: Vec<Foot>,
    /// Headings in order; the first is what stands before any.
    pub(super) sections: Vec<String>,
}

/// The units and points of a draft.
pub(super) fn issued(draft: &Draft, m: &Materials) -> Issued {
    let mut out = Issued { sections: vec![String::new()], ..Issued::default() };
    let mut by_remark: BTreeMap<usize, usize> = BTreeMap::new();
    for paragraph in draft.paragraphs() {
        if let Some(heading) = heading(paragraph, m) {
            out.sections.push(heading);
        }
        if let (Some(label), Stand::Inserted(side)) = (&paragraph.label, paragraph.end) {
            out.unit(label, paragraph.end, Some(side), None);
        }
        for piece in &paragraph.pieces {
            let side = match piece.words {
                Words::Quoted(side, _) => Some(side),
                Words::Blank | Words::Written(_) | Words::Label(_) => None,
            };
            let known = piece.remark.and_then(|r| by_remark.get(&r)).copied();
            let point = match (piece.remark, known) {
                (_, Some(point)) => Some(point),
                (None, _) if piece.from == [None, None] => None,
                (remark, None) => {
                    let remark = remark.and_then(|r| Some((r, draft.remarks.get(r)?)));
                    by_remark.extend(remark.map(|(r, _)| (r, out.points.len())));
                    let about = remark.map_or(piece.from, |(_, r)| r.about);
                    let differences = remark.map_or_else(Vec::new, |(_, r)| r.differences.clone());
                    out.points.push(Point { about, differences, units: Vec::new() });
                    Some(out.points.len() - 1)
                }
            };
            out.unit(m.text(&piece.words), piece.stand, side, point);
        }
        let after = out.units.len();
        if let Some(last) = out.units.last_mut() {
            last.closes = true;
        }
        for note in &paragraph.notes {
            let block = m.document(note.shown.0).blocks.get(note.shown.1 as usize);
            out.notes.push(Foot { after, text: spaced(block.map_or("", |b| b.text.as_str())) });
        }
        let shared = |piece: &Piece| piece.stand != paragraph.end && !m.text(&piece.words).trim().is_empty();
        let divides = paragraph.end != Stand::Plain && paragraph.pieces.iter().any(shared);
        out.ends.push(Ends { after, stand: paragraph.end, block: paragraph.like.1, divides });
    }
    out
}

impl Issued {
    fn unit(&mut self, text: &str, stand: Stand, side: Option<Side>, point: Option<usize>) {
        let letters: Vec<u64> = words(text).into_iter().map(|w| w.letters).collect();
        if letters.is_empty() {
            return;
        }
        if let Some(point) = point.and_then(|p| self.points.get_mut(p)) {
            point.units.push(self.units.len());
        }
        let section = self.sections.len() - 1;
        let begins = self.ends.last().map_or(0, |e| e.after) == self.units.len();
        self.units.push(Unit {
            words: letters,
            text: spaced(text),
            stand,
            side,
            point,
            section,
            begins,
            closes: false,
        });
    }
}

/// What a heading says: both schools' words if they differ.
fn heading(paragraph: &Paragraph, m: &Materials) -> Option<String> {
    let block = m.document(paragraph.like.0).blocks.get(paragraph.like.1 as usize)?;
    if block.kind != Kind::Heading {
        return None;
    }
    let mut texts: Vec<String> = paragraph.pieces.iter().map(|p| spaced(m.text(&p.words))).collect();
    texts.retain(|t| !t.is_empty());
    texts.dedup();
    Some(texts.join(" / "))
}
