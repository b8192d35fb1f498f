//! The ledger: a draft in, the one fate of every source block out.

use std::collections::BTreeMap;

use crate::document::{BlockId, Role};

use super::{Draft, Materials, RemarkKind, Side, Stand, Words};

/// What became of a block; the first that is true of any of its sentences, from the last to the first of this list, counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Both schools say it in these words.
    Shared,
    /// Both say it and differ in marks, case or formatting: the other form stands.
    Folded,
    /// Both say it in other words, and by the rule one wording stands; or people have decided.
    Chosen,
    /// Only this school says it.
    Own,
    /// Somebody has to choose.
    Choice,
    /// In the school's annex.
    Annex,
    /// Not in the draft.
    LeftOut,
}

/// One source block.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// Whose.
    pub school: Side,
    /// Which.
    pub block: BlockId,
    /// What became of it.
    pub fate: Fate,
    /// Paragraphs of the draft's body in which it stands, counted from 1; empty if in none.
    pub paragraphs: Vec<usize>,
    /// Why, where that has to be said.
    pub why: &'static str,
}

/// One entry per block of the first policy, then of the second.
pub fn ledger(draft: &Draft, materials: &Materials) -> Vec<Entry> {
    let mut fates: BTreeMap<(Side, BlockId), (Vec<Fate>, Vec<usize>)> = BTreeMap::new();
    let mut add = |side: Side, block: BlockId, fate: Option<Fate>, paragraph: Option<usize>| {
        let entry = fates.entry((side, block)).or_default();
        entry.0.extend(fate);
        if let Some(number) = paragraph
            && entry.1.last() != Some(&number)
        {
            entry.1.push(number);
        }
    };
    for (number, paragraph) in (1..).zip(draft.paragraphs()) {
        for piece in &paragraph.pieces {
            for side in Side::BOTH {
                let Some(quote) = piece.from[side.index()] else { continue };
                let kind = piece.remark.and_then(|r| draft.remarks.get(r)).map(|r| r.kind);
                let fate = match (piece.stand, kind) {
                    (_, Some(RemarkKind::Choice | RemarkKind::Contested)) => Fate::Choice,
                    (_, Some(RemarkKind::Wording | RemarkKind::Decided)) | (Stand::Replaced(_), _) => {
                        Fate::Chosen
                    }
                    (Stand::Inserted(_), _) => Fate::Own,
                    (Stand::Plain, _) => match &piece.words {
                        Words::Quoted(shown, q)
                            if *shown != side
                                && q.text(materials.document(*shown))
                                    != quote.text(materials.document(side)) =>
                        {
                            Fate::Folded
                        }
                        _ => Fate::Shared,
                    },
                };
                add(side, quote.block, Some(fate), Some(number));
            }
        }
        for note in &paragraph.notes {
            for side in Side::BOTH {
                let Some(block) = note.from[side.index()] else { continue };
                add(
                    side,
                    block,
                    Some(if note.stand == Stand::Plain { Fate::Shared } else { Fate::Own }),
                    Some(number),
                );
            }
        }
    }
    for (side, quote, _) in &draft.left_out {
        add(*side, quote.block, Some(Fate::Chosen), None);
    }
    for side in Side::BOTH {
        for block in &draft.front[side.index()] {
            add(side, *block, Some(Fate::Annex), None);
        }
    }
    let mut out = Vec::new();
    for side in Side::BOTH {
        for (id, block) in (0..).zip(&materials.document(side).blocks) {
            let (found, paragraphs) = fates.remove(&(side, id)).unwrap_or_default();
            let fate = found.into_iter().max().unwrap_or(Fate::LeftOut);
            let why = match fate {
                Fate::LeftOut if block.role == Role::Contents => {
                    "a contents list: Word makes the draft's own"
                }
                Fate::LeftOut if block.text.trim().is_empty() => "there is nothing in it",
                Fate::LeftOut => "a note without a passage that it belongs to",
                Fate::Annex => "front matter: it stands in the school's annex",
                Fate::Chosen if paragraphs.is_empty() => "people have decided against it",
                _ => "",
            };
            out.push(Entry { school: side, block: id, fate, paragraphs, why });
        }
    }
    out
}

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PictureEntry {
    /// Whose.
    pub school: Side,
    /// Index into [`crate::document::Document::pictures`].
    pub picture: usize,
    /// Where it belongs: shared, the school's own, or its annex.
    pub fate: Fate,
    /// The paragraph of the draft's body after which it stands, counted from 1; none if in none.
    pub paragraph: Option<usize>,
}

/// One entry per picture of the first policy, then of the second; boxes and lines without a picture and a description are none.
pub fn picture_ledger(draft: &Draft, materials: &Materials) -> Vec<PictureEntry> {
    let mut out = Vec::new();
    for school in Side::BOTH {
        let pictures = materials.document(school).pictures.iter().enumerate();
        let real = pictures.filter(|(_, p)| p.part.is_some() || p.alternative.is_some());
        for (picture, _) in real {
            let mut all = (1..).zip(draft.paragraphs());
            let found = all.find_map(|(number, paragraph)| {
                let mine = paragraph.pictures.iter().find(|p| p.from[school.index()] == Some(picture))?;
                Some((number, if mine.stand == Stand::Plain { Fate::Shared } else { Fate::Own }))
            });
            let fate = match found {
                Some((_, fate)) => fate,
                None if draft.front_pictures[school.index()].contains(&picture) => Fate::Annex,
                None => Fate::LeftOut,
            };
            out.push(PictureEntry { school, picture, fate, paragraph: found.map(|(number, _)| number) });
        }
    }
    out
}
