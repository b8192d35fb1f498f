//! What a Word draft says about itself: front matter, contents, an annex for each school, history.

use std::collections::BTreeMap;

use crate::compare::{Quote, Weight};
use crate::document::{Block, BlockId};
use crate::merge::{Paragraph, Piece, RemarkKind, Row, Side, Stand, TableCell, Take, Words};
use crate::report::escape::date;

use super::body::Body;
use super::xml;

/// Title, front matter table, whom it applies to, contents.
pub(super) fn front(body: &mut Body) {
    let d = body.d;
    let [a, b] = d.materials.schools;
    body.scaffold("Title", d.title);
    if let Some(reason) = d.overridden {
        body.scaffold(
            "DraftLabel",
            &format!("Made although policies on this topic should not be merged. Reason given: {reason}"),
        );
    }
    table(
        body,
        &["This policy", ""],
        &[
            vec!["Title".into(), d.title.to_owned()],
            vec!["Schools".into(), format!("{} and {}", a.name, b.name)],
            vec!["Status".into(), format!("Draft of {}", date(d.today))],
            vec![format!("Approved for {}", a.name), "Name:                    Date:".into()],
            vec![format!("Approved for {}", b.name), "Name:                    Date:".into()],
            vec!["Review date".into(), String::new()],
        ],
    );
    body.scaffold("DraftApplies", &format!("Applies to: {} and {}", a.name, b.name));
    body.scaffold("DraftHeading", "Contents");
    body.out.push_str(r#"<w:p><w:pPr><w:pStyle w:val="DraftApplies"/></w:pPr><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Right-click here and choose “Update field” to fill in the contents.</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"#);
}

/// What stays different on purpose: either school's words, why, and when that is looked at again.
fn local_differences(body: &mut Body) {
    let d = body.d;
    let [a, b] = d.materials.schools;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for remark in d.draft.remarks.iter().filter(|r| r.kind == RemarkKind::Decided) {
        for decision in remark.decisions.iter().filter(|x| x.take == Take::Local) {
            let says = |side: Side| {
                let quote = remark.about[side.index()];
                quote.map_or_else(|| "–".into(), |q| q.text(d.materials.document(side)).to_owned())
            };
            let again = decision.review_on.map_or_else(String::new, date);
            let why = format!("{} ({}, {})", decision.reason, decision.by, date(decision.on));
            let row = vec![says(Side::A), says(Side::B), why, again];
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    if !rows.is_empty() {
        body.scaffold("DraftHeading", "Local differences");
        table(body, &[&a.name, &b.name, "Why", "To be looked at again"], &rows);
    }
}

/// Local differences, an annex for each school, then the history.
pub(super) fn back(body: &mut Body) {
    let d = body.d;
    local_differences(body);
    for (side, letter) in [(Side::A, "A"), (Side::B, "B")] {
        let school = &d.materials.schools[side.index()];
        let document = d.materials.document(side);
        body.scaffold("DraftHeading", &format!("Annex {letter}: {}", school.name));
        let mut rows: Vec<Vec<String>> = Vec::new();
        for difference in d.materials.comparison.differences.iter().filter(|x| x.weight == Weight::Local) {
            let Some(quote) = [difference.a, difference.b][side.index()] else { continue };
            let what =
                difference.says.trim_start_matches("A ").split(" of ").next().unwrap_or("fact").to_owned();
            let section = document.section(quote.block).last().and_then(|h| document.blocks.get(*h as usize));
            let row = vec![
                what,
                section.map_or_else(String::new, |b| b.text.clone()),
                quote.text(document).to_owned(),
                String::new(),
            ];
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        if rows.is_empty() {
            body.scaffold(
                "DraftApplies",
                "No names, numbers, addresses, times or rooms were found in this school's policy.",
            );
        } else {
            table(body, &["Local fact", "Section", "In the present policy", "From now on"], &rows);
        }
        let front = &d.draft.front[side.index()];
        let pictures = &d.draft.front_pictures[side.index()];
        if !front.is_empty() || !pictures.is_empty() {
            body.scaffold(
                "DraftApplies",
                &format!("Title and front matter of the present policy of {}:", school.name),
            );
            as_it_stood(body, side, front);
            for picture in pictures {
                body.picture((side, *picture), Some(side));
            }
        }
    }
    body.scaffold("DraftHeading", "Change history");
    let mut rows = vec![vec![
        d.today.to_string(),
        format!(
            "Drafted from “{}” ({}) and “{}” ({}).",
            d.materials.documents[0].title,
            d.materials.schools[0].name,
            d.materials.documents[1].title,
            d.materials.schools[1].name
        ),
    ]];
    rows.extend(d.overridden.map(|r| {
        vec![d.today.to_string(), format!("Merged although the topic asks for separate policies: {r}")]
    }));
    let mut seen = Vec::new();
    for decision in d.draft.remarks.iter().flat_map(|r| &r.decisions) {
        if seen.contains(&&decision.id) {
            continue;
        }
        seen.push(&decision.id);
        let local = if decision.take == Take::Local { " as a local difference" } else { "" };
        rows.push(vec![
            decision.on.to_string(),
            format!("{} decided {}{local}. {}", decision.by, decision.id, decision.reason),
        ]);
    }
    table(body, &["Date", "What"], &rows);
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

fn table(body: &mut Body, head: &[&str], rows: &[Vec<String>]) {
    body.begin_table(head.len() as u32);
    let mut row = |cells: Vec<&str>, header: bool| {
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
    row(head.to_vec(), true);
    for cells in rows {
        row(cells.iter().map(String::as_str).collect(), false);
    }
    body.end_table();
}
