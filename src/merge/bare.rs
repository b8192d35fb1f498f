//! Headings below which nothing stands in a draft: regions in, a remark for each that says where what it heads stands.
//!
//! A passage that one school keeps as two stands where the other school has it in one, so that a heading of the first may lose
//! all that it heads. The heading stays, because it is that school's, and the reader is told where to look.

use crate::compare::sentences_of;
use crate::document::{Kind, Role};

use super::{Below, Levels, Materials, Paragraph, Region, Remark, RemarkKind, Side};

/// Adds to the remarks where that stands which bare headings head.
pub(super) fn mark(m: &Materials, regions: &mut [Region], remarks: &mut Vec<Remark>) {
    let outline = Levels::of(m.documents);
    let level = |region: &Region| match region {
        Region::Paragraph(p) => outline.rank(p.like.0, p.like.1),
        Region::Table(..) => None,
    };
    let levels: Vec<Option<u8>> = regions.iter().map(level).collect();
    for at in 0..regions.len() {
        let Some(level) = levels[at] else { continue };
        let is_bare = match levels.get(at + 1) {
            None => true,
            Some(next) => next.is_some_and(|next| next <= level),
        };
        let Some(Region::Paragraph(paragraph)) = regions.get(at).filter(|_| is_bare) else { continue };
        let below: Vec<Below> =
            Side::BOTH.into_iter().filter_map(|side| below(m, &outline, side, paragraph, regions)).collect();
        let Some(Region::Paragraph(paragraph)) = regions.get_mut(at).filter(|_| !below.is_empty()) else {
            continue;
        };
        let Some(piece) = paragraph.pieces.iter_mut().find(|p| p.from != [None, None]) else { continue };
        let remark = *piece.remark.get_or_insert_with(|| {
            let (kind, about) = (RemarkKind::Elsewhere, piece.from);
            remarks.push(Remark {
                kind,
                differences: Vec::new(),
                about,
                decisions: Vec::new(),
                below: Vec::new(),
            });
            remarks.len() - 1
        });
        if let Some(remark) = remarks.get_mut(remark) {
            remark.below = below;
        }
    }
}

/// What a school's heading heads there, if that stands elsewhere in the draft.
fn below(
    m: &Materials,
    outline: &Levels,
    side: Side,
    paragraph: &Paragraph,
    regions: &[Region],
) -> Option<Below> {
    let head = paragraph.pieces.iter().find_map(|p| p.from[side.index()])?.block;
    let level = m.document(side).blocks.get(head as usize).filter(|b| b.kind == Kind::Heading)?.level;
    let blocks = (0..).zip(&m.document(side).blocks).skip(head as usize + 1);
    let mut headed = blocks.take_while(|(_, b)| b.kind != Kind::Heading || b.level > level);
    let (first, _) =
        headed.find(|(_, b)| b.kind != Kind::Heading && b.role == Role::Body && !b.text.trim().is_empty())?;
    let stands =
        |p: &Paragraph| p.pieces.iter().any(|p| p.from[side.index()].is_some_and(|q| q.block == first));
    let mut under = None;
    for region in regions {
        match region {
            Region::Paragraph(p) if stands(p) => {
                return Some(Below { side, quote: *sentences_of(m.document(side), first).first()?, under });
            }
            Region::Paragraph(p) if outline.rank(p.like.0, p.like.1).is_some() => under = Some(p.like),
            Region::Paragraph(_) | Region::Table(..) => {}
        }
    }
    None
}
