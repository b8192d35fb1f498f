//! The ledger of a draft as HTML, CSV and JSON: every block of both policies with its one fate, every sentence of the draft with its sources.

use crate::document::Document;
use crate::merge::{Entry, Fate, PictureEntry, Side, Stand, Words, ledger, picture_ledger};
use crate::read::NotTaken;
use crate::report::layout::pretty;

use super::Draftable;
use super::escape::csv_line;
use super::html;

/// The three files of a draft's ledger.
pub fn ledger_files(name: &str, d: &Draftable) -> Vec<(String, Vec<u8>)> {
    let entries = ledger(d.draft, d.materials);
    vec![
        (format!("{name}-ledger.html"), html::ledger_page(d, &entries)),
        (format!("{name}-ledger.csv"), csv(d, &entries)),
        (format!("{name}-ledger.json"), json(d, &entries)),
    ]
}

fn csv(d: &Draftable, entries: &[Entry]) -> Vec<u8> {
    let head = ["school", "block", "section", "fate", "why", "paragraphs of the draft", "text"];
    let mut out = csv_line(&head);
    for entry in entries {
        let document = d.materials.document(entry.school);
        let paragraphs: Vec<String> = entry.paragraphs.iter().map(usize::to_string).collect();
        let text = document.blocks.get(entry.block as usize).map_or("", |b| b.text.as_str());
        out.push_str(&csv_line(&[
            d.materials.schools[entry.school.index()].name.clone(),
            entry.block.to_string(),
            section(document, entry.block),
            name(entry.fate),
            entry.why.to_owned(),
            paragraphs.join(" "),
            text.to_owned(),
        ]));
    }
    for p in pictures(d) {
        let school = d.materials.schools[p.entry.school.index()].name.clone();
        let paragraph = p.entry.paragraph.map_or_else(String::new, |n| n.to_string());
        let text = p.alternative.unwrap_or_default().to_owned();
        let number = format!("picture {}", p.entry.picture + 1);
        out.push_str(&csv_line(&[
            school,
            number,
            String::new(),
            name(p.entry.fate),
            p.why.to_owned(),
            paragraph,
            text,
        ]));
    }
    out.into_bytes()
}

/// What became of a picture.
#[derive(serde::Serialize)]
pub(super) struct Pictured<'d> {
    #[serde(flatten)]
    pub(super) entry: PictureEntry,
    /// What it is said to show.
    pub(super) alternative: Option<&'d str>,
    /// Why it is not in the draft, if it is not.
    pub(super) why: &'static str,
}

/// Every picture of both policies; one that is not taken over is left out.
pub(super) fn pictures<'d>(d: &Draftable<'d>) -> impl Iterator<Item = Pictured<'d>> {
    let (materials, images) = (d.materials, d.images);
    picture_ledger(d.draft, materials).into_iter().map(move |mut entry| {
        let (side, at) = (entry.school, entry.picture);
        let why = match images[side.index()].get(at) {
            Some(Ok(_)) if entry.fate == Fate::LeftOut => {
                "people have decided against the passage it belongs to"
            }
            Some(Ok(_)) => "",
            Some(Err(why)) => why.why(),
            None => NotTaken::NotThere.why(),
        };
        if !why.is_empty() {
            entry.fate = Fate::LeftOut;
            entry.paragraph = None;
        }
        let alternative = materials.document(side).pictures.get(at).and_then(|p| p.alternative.as_deref());
        Pictured { entry, alternative, why }
    })
}

fn json(d: &Draftable, entries: &[Entry]) -> Vec<u8> {
    let quote = |side: Side, q: Option<crate::compare::Quote>| {
        q.map(|q| {
            let document = d.materials.document(side);
            serde_json::json!({ "block": q.block, "range": [q.start, q.end], "text": q.text(document) })
        })
    };
    let mut sentences = Vec::new();
    for (number, paragraph) in (1..).zip(d.draft.paragraphs()) {
        for piece in &paragraph.pieces {
            let own = matches!(piece.words, Words::Written(_));
            if piece.from == [None, None] && !own {
                continue; // a blank between sentences
            }
            let (stand, school) = match piece.stand {
                Stand::Plain => ("plain", None),
                Stand::Inserted(side) => ("inserted", Some(side)),
                Stand::Replaced(side) => ("plain, replaced by", Some(side)),
            };
            let decided =
                piece.remark.and_then(|r| d.draft.remarks.get(r)).map(|r| &r.decisions).filter(|_| own);
            sentences.push(serde_json::json!({
                "paragraph": number,
                "text": d.materials.text(&piece.words),
                "stands": stand,
                "by": school,
                "a": quote(Side::A, piece.from[0]),
                "b": quote(Side::B, piece.from[1]),
                "decided_by": decided,
            }));
        }
    }
    let left_out: Vec<_> = d
        .draft
        .left_out
        .iter()
        .map(|(side, q, remark)| {
            let decisions = d.draft.remarks.get(*remark).map(|r| &r.decisions);
            serde_json::json!({ "school": side, "sentence": quote(*side, Some(*q)), "decided_by": decisions })
        })
        .collect();
    let all = serde_json::json!({
        "schema": 1,
        "title": d.title,
        "today": d.today,
        "override": d.overridden,
        "order_of": d.draft.order_of,
        "schools": d.materials.schools.iter().map(|s| &s.id).collect::<Vec<_>>(),
        "documents": d.materials.documents.map(|x| &x.path),
        "blocks": entries,
        "sentences": sentences,
        "pictures": pictures(d).collect::<Vec<_>>(),
        "left_out": left_out,
        "stale": d.draft.stale,
    });
    pretty(&all)
}

/// The heading under which a block stands.
pub(super) fn section(document: &Document, block: u32) -> String {
    let heading = document.section(block).last().copied();
    heading.and_then(|h| document.blocks.get(h as usize)).map_or_else(String::new, |b| b.text.clone())
}

/// A fate as it is written: "left_out".
fn name(fate: Fate) -> String {
    let value = serde_json::to_value(fate).ok();
    value.as_ref().and_then(|v| v.as_str()).unwrap_or("").to_owned()
}
