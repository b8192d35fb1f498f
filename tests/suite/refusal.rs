//! What is not merged: what belongs to the character of a church school stays as that school wrote it.

use common_ground::document::{Document, Partnership};
use common_ground::merge::{Materials, Settlement, Side, Stand, Words, merge};

use crate::seeding::{compared, document};

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
    let comparison = compared(&a, &b);
    let partnership = Partnership::of_names(names[0], names[1]);
    let settlement = Settlement::default();
    let materials = Materials {
        documents: [&a, &b],
        comparison: &comparison,
        schools: &partnership.schools,
        settlement: &settlement,
    };
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
    let comparison = compared(&a, &b);
    let partnership = Partnership::of_names("Hill Infant School", "Hill Junior School");
    let settlement = Settlement::default();
    let materials = Materials {
        documents: [&a, &b],
        comparison: &comparison,
        schools: &partnership.schools,
        settlement: &settlement,
    };
    let draft = merge(&materials);
    let today = jiff::civil::date(2026, 11, 24);
    let printed = |overridden: Option<&str>| -> usize {
        let d = common_ground::report::Draftable {
            draft: &draft,
            materials: &materials,
            title: "Worship",
            today,
            overridden,
            images: [&[], &[]],
        };
        let bytes = common_ground::report::word(&d);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut text).unwrap();
        text.matches("both heads asked").count()
    };
    // At the top, where everybody who opens it sees it, and in the change history at the end.
    assert_eq!((printed(Some("both heads asked")), printed(None)), (2, 0));
}
