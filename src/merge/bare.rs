//! Headings below which nothing stands in a draft: regions in, a remark for each that says where what it heads stands.
//!
//! A passage that one school keeps as two stands where the other school has it in one, so that a heading of the first may lose
//! all that it heads. The heading stays, because it is that school's, and the reader is told where to look.

use rustc_hash::FxHashMap;

use crate::compare::sentences_of;
use crate::document::{Block, BlockId, Kind, Role};

use super::{Below, Levels, Materials, Paragraph, Region, Remark, RemarkKind, Side};

/// The heading, if any, that the first sentence of each block stands below in the draft.
type Places = FxHashMap<(Side, BlockId), Option<(Side, BlockId)>>;

/// Adds to the remarks where that stands which bare headings head.
pub(super) fn mark(m: &Materials, outline: &Levels, regions: &mut [Region], remarks: &mut Vec<Remark>) {
    let level = |region: &Region| match region {
        Region::Paragraph(p) => outline.rank(p.like),
        Region::Table(..) => None,
    };
    let levels: Vec<Option<u8>> = regions.iter().map(level).collect();
    let mut places = Places::default();
    let mut under = None;
    for (region, level) in regions.iter().zip(&levels) {
        let Region::Paragraph(p) = region else { continue };
        if level.is_some() {
            under = Some(p.like);
        }
        for (side, piece) in
            Side::BOTH.into_iter().flat_map(|side| p.pieces.iter().map(move |piece| (side, piece)))
        {
            if let Some(quote) = piece.from[side.index()] {
                places.entry((side, quote.block)).or_insert(under);
            }
        }
    }
    for (at, region) in regions.iter_mut().enumerate() {
        let (Some(level), Region::Paragraph(paragraph)) = (levels[at], region) else { continue };
        let is_bare = levels.get(at + 1).is_none_or(|next| next.is_some_and(|next| next <= level));
        if !is_bare {
            continue;
        }
        let below: Vec<Below> =
            Side::BOTH.into_iter().filter_map(|side| below(m, side, paragraph, &places)).collect();
        let Some(piece) = paragraph.pieces.iter_mut().find(|p| p.from != [None, None]) else { continue };
        if below.is_empty() {
            continue;
        }
        match piece.remark.and_then(|r| remarks.get_mut(r)) {
            Some(remark) => remark.below = below,
            None => {
                let (differences, decisions) = (Vec::new(), Vec::new());
                let (kind, about) = (RemarkKind::Elsewhere, piece.from);
                piece.remark = Some(remarks.len());
                remarks.push(Remark { kind, differences, about, decisions, below });
            }
        }
    }
}

/// What a school's heading heads there, if that stands in the draft.
fn below(m: &Materials, side: Side, paragraph: &Paragraph, places: &Places) -> Option<Below> {
    let head = paragraph.pieces.iter().find_map(|p| p.from[side.index()])?.block;
    let document = m.document(side);
    let level = document.blocks.get(head as usize).filter(|b| b.kind == Kind::Heading)?.level;
    let blocks = (0..).zip(&document.blocks).skip(head as usize + 1);
    let mut headed = blocks.take_while(|(_, b)| b.kind != Kind::Heading || b.level > level);
    let says = |b: &Block| b.kind != Kind::Heading && b.role == Role::Body && !b.text.trim().is_empty();
    let (first, _) = headed.find(|(_, b)| says(b))?;
    let under = *places.get(&(side, first))?;
    Some(Below { side, quote: *sentences_of(document, first).first()?, under })
}
