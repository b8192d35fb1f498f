//! What a Word draft says about itself: front matter, contents, an annex for each school, history.

use std::collections::BTreeMap;

use crate::compare::Quote;
use crate::document::{Block, BlockId};
use crate::merge::{Frame, Paragraph, Piece, Row, Side, Stand, TableCell, Words};
use crate::report::logos::Logos;

use super::body::Body;
use super::xml;

/// Title, front matter table, whom it applies to, contents.
pub(super) fn front(body: &mut Body, frame: &Frame) {
    let d = body.d;
    body.out.push_str(&Logos::of(d.materials.schools).paragraph());
    body.scaffold("Title", d.title);
    if let Some(reason) = d.overridden {
        body.scaffold("DraftLabel", &format!("{}{}{reason}", Frame::OVERRIDDEN, Frame::REASON));
    }
    table(body, &Frame::FRONT, &frame.front);
    body.scaffold("DraftApplies", &frame.applies);
    body.scaffold("DraftHeading", Frame::CONTENTS);
    body.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="DraftApplies"/></w:pPr><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Right-click here and choose “Update field” to fill in the contents.</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#);
}

/// Local differences, an annex for each school, then the history.
pub(super) fn back(body: &mut Body, frame: &Frame) {
    let d = body.d;
    let [local, history] = Frame::HEADINGS;
    if !frame.local.is_empty() {
        let [a, b] = d.materials.schools;
        let [why, again] = Frame::LOCAL;
        body.scaffold("DraftHeading", local);
        table(body, &[&a.name, &b.name, why, again], &frame.local);
    }
    for side in Side::BOTH {
        body.scaffold("DraftHeading", &Frame::annex(d.materials, side));
        let facts: Vec<&[String; 4]> = frame.facts[side.index()].iter().map(|f| &f.row).collect();
        if facts.is_empty() {
            body.scaffold("DraftApplies", Frame::NO_FACTS);
        } else {
            table(body, &Frame::FACTS, &facts);
        }
        let front = &d.draft.front[side.index()];
        let pictures = &d.draft.front_pictures[side.index()];
        if !front.is_empty() || !pictures.is_empty() {
            body.scaffold("DraftApplies", &Frame::front_matter(d.materials, side));
            as_it_stood(body, side, front);
            for picture in pictures {
                body.picture((side, *picture), Some(side));
            }
        }
    }
    body.scaffold("DraftHeading", history);
    table(body, &Frame::HISTORY, &frame.history);
}

/// Title and front matter of a policy as its school's insertion: paragraphs as paragraphs, tables as tables.
fn as_it_stood(body: &mut Body, side: Side, ids: &[BlockId]) {
    let document = body.d.materials.document(side);
    let found = |id: BlockId| document.blocks.get(id as usize);
    body.plain_headings = true;
    let mut ids = ids.iter().copied().peekable();
    while let Some(id) = ids.next() {
        let Some(block) = found(id) else { continue };
        let Some(first) = block.cell else {
            body.paragraph(&whole(side, id, block));
            continue;
        };
        let mut rows: BTreeMap<u32, BTreeMap<u32, TableCell>> = BTreeMap::new();
        let mut headers = Vec::new();
        let mut next = Some(id);
        while let Some((id, block, cell)) = next.and_then(|id| Some((id, found(id)?, found(id)?.cell?))) {
            let cells = rows.entry(cell.row).or_default();
            let (column, columns) = (cell.column, cell.columns.max(1));
            let empty = TableCell { column, columns, rows: cell.rows.max(1), paragraphs: Vec::new() };
            cells.entry(column).or_insert(empty).paragraphs.push(whole(side, id, block));
            headers.extend(cell.header.then_some(cell.row));
            next = ids.next_if(|id| found(*id).and_then(|b| b.cell).is_some_and(|c| c.table == first.table));
        }
        let columns = rows.values().flatten().map(|(_, c)| c.column + c.columns).max().unwrap_or(1);
        let row = |(at, cells): (u32, BTreeMap<u32, TableCell>)| Row {
            stand: Stand::Inserted(side),
            header: headers.contains(&at),
            cells: cells.into_values().collect(),
        };
        let rows: Vec<Row> = rows.into_iter().map(row).collect();
        body.table(columns, &rows);
    }
    body.plain_headings = false;
}

/// A block as a paragraph that is its school's insertion.
fn whole(side: Side, id: BlockId, block: &Block) -> Paragraph {
    let stand = Stand::Inserted(side);
    let quote = Quote { block: id, start: 0, end: block.text.len() as u32 };
    let piece = Piece { words: Words::Quoted(side, quote), stand, from: [None, None], remark: None };
    let (notes, pictures) = (Vec::new(), Vec::new());
    Paragraph { like: (side, id), end: stand, pieces: vec![piece], notes, pictures, label: None }
}

fn table<const N: usize>(body: &mut Body, head: &[&str; N], rows: &[impl std::borrow::Borrow<[String; N]>]) {
    body.begin_table(N as u32);
    let mut row = |cells: [&str; N], header: bool| {
        body.out.push_str(if header { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
        for cell in cells {
            body.begin_cell(1, None);
            let bold = if header { "<w:rPr><w:b/></w:rPr>" } else { "" };
            body.out.push_str(&format!(
                r#"<w:p><w:pPr><w:pStyle w:val="DraftField"/></w:pPr><w:r>{bold}<w:t xml:space="preserve">{}</w:t></w:r></w:p></w:tc>"#,
                xml(cell)
            ));
        }
        body.out.push_str("</w:tr>");
    };
    row(*head, true);
    for cells in rows {
        row(cells.borrow().each_ref().map(String::as_str), false);
    }
    body.end_table();
}
