//! What is not merged: what belongs to the character of a church school stays as that school wrote it.

use common_ground::document::Document;
use common_ground::merge::{Side, Stand, Words, merge};
use common_ground::report::Draftable;

use crate::merged::{Merged, draftable};
use crate::seeding::document;

fn policy(school: &str) -> Document {
    let own = if school == "a" { "a hymn" } else { "a song" };
    let text = [
        "# Collective worship".to_owned(),
        format!("Every child meets for worship each day. We begin with {own}. The vicar visits every term."),
        "# Lunch".to_owned(),
        "Children wash their hands. Every child sits with friends.".to_owned(),
    ];
    document(&text, school)
}

/// Each sentence of the draft, and whose insertion it is if it is one.
fn sentences(names: [&str; 2]) -> Vec<(String, Option<Side>)> {
    let (a, b) = (policy("a"), policy("b"));
    let merged = Merged::of(&a, &b).named(names);
    let materials = merged.materials();
    let draft = merge(&materials);
    let pieces = draft.paragraphs().into_iter().flat_map(|p| p.pieces.clone());
    pieces
        .filter(|p| matches!(p.words, Words::Quoted(..)))
        .map(|p| {
            let by = match p.stand {
                Stand::Inserted(side) | Stand::Replaced(side) => Some(side),
                Stand::Plain => None,
            };
            (materials.text(&p.words).trim().to_owned(), by)
        })
        .filter(|(text, _)| !text.is_empty())
        .collect()
}

#[test]
fn refusal_church_school_keeps_its_passages_on_worship_as_they_are() {
    let church = sentences(["St Anne's Church of England Infant School", "Hill Junior School"]);
    let of = |side: Side| -> Vec<&str> {
        let mine = church.iter().filter(|(_, by)| *by == Some(side));
        mine.map(|(text, _)| text.as_str()).collect()
    };
    let whole = |song: &'static str| {
        vec![
            "Collective worship",
            "Every child meets for worship each day.",
            song,
            "The vicar visits every term.",
        ]
    };
    assert_eq!(of(Side::A), whole("We begin with a hymn."));
    assert_eq!(of(Side::B), whole("We begin with a song."));
    // What is not of its character is shared as ever.
    assert!(church.contains(&("Children wash their hands.".into(), None)));
    // Two schools without such a character share what both say about assembly.
    let other = sentences(["Hill Infant School", "Hill Junior School"]);
    assert!(other.contains(&("The vicar visits every term.".into(), None)));
}

#[test]
fn refusal_that_was_overridden_is_printed_in_the_draft_and_its_history() {
    let (a, b) = (policy("a"), policy("b"));
    let merged = Merged::of(&a, &b).named(["Hill Infant School", "Hill Junior School"]);
    let materials = merged.materials();
    let draft = merge(&materials);
    let printed = |overridden: Option<&str>| -> usize {
        let d = Draftable { overridden, ..draftable(&draft, &materials) };
        let bytes = common_ground::report::word(&d);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
        text.matches("both heads asked").count()
    };
    // At the top, where everybody who opens it sees it, and in the change history at the end.
    assert_eq!((printed(Some("both heads asked")), printed(None)), (2, 0));
}
