//! What a Word draft holds besides its words: pictures, numbers of headings, lists in cells, front matter as it stood.

use std::io::{Cursor, Read};

use common_ground::document::{Document, Picture};
use common_ground::limits;
use common_ground::merge::merge;
use common_ground::read::{Image, NotTaken, Source, images, read};
use common_ground::report::{Draftable, ledger_files, word};

use crate::merged::{Merged, draftable};
use crate::word::{Word, p};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\nnothing that is decoded here";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0nor here";

/// A file with pictures of these bytes, each after a paragraph, 2 by 1 inches on the page.
fn pictured(pictures: &[(&str, &[u8])]) -> Source {
    let mut body = p("The policy says where the first aid boxes are kept in each room.");
    let mut rels = String::new();
    for (n, (name, _)) in pictures.iter().enumerate() {
        body.push_str(&p(&format!("Picture number {n} shows the corridor that leads to the hall.")));
        body.push_str(&format!(
            r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1828800" cy="914400"/><wp:docPr id="1" name="x" descr="Corridor {n} &amp; hall"/><a:graphic><a:graphicData uri="p"><a:blip r:embed="i{n}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
        ));
        rels.push_str(&format!(
            r#"<Relationship Id="i{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{name}"/>"#
        ));
    }
    let file = Word::body(&body).related(&rels);
    let add = |file: Word, (name, bytes): &(&str, &[u8])| file.file(&format!("word/media/{name}"), bytes);
    Source { path: "pictured.docx".into(), bytes: pictures.iter().fold(file, add).bytes() }
}

fn own(source: &Source, school: &str) -> (Document, Vec<Result<Image, NotTaken>>) {
    let document = read(source, school).unwrap();
    let images = images(source, &document.pictures);
    (document, images)
}

/// The parts of a draft's Word file as text, and its ledger as JSON.
fn drafted(a: &Source, b: &Source) -> (impl Fn(&str) -> String + use<>, serde_json::Value) {
    let ((a, of_a), (b, of_b)) = (own(a, "a"), own(b, "b"));
    let merged = Merged::of(&a, &b);
    let materials = merged.materials();
    let draft = merge(&materials);
    let d = Draftable { images: [&of_a, &of_b], ..draftable(&draft, &materials) };
    let bytes = word(&d);
    assert_eq!(bytes, word(&d));
    let ledger = ledger_files("x", &d).pop().unwrap().1;
    let part = move |name: &str| {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let mut text = Vec::new();
        if let Ok(mut part) = zip.by_name(name) {
            part.read_to_end(&mut text).unwrap();
        }
        String::from_utf8_lossy(&text).into_owned()
    };
    (part, serde_json::from_slice(&ledger).unwrap())
}

fn fates(ledger: &serde_json::Value) -> Vec<(String, String)> {
    let pictures = ledger["pictures"].as_array().unwrap().iter();
    pictures.map(|p| (p["fate"].as_str().unwrap().into(), p["why"].as_str().unwrap().into())).collect()
}

#[test]
fn draft_shows_pictures_of_two_types_with_their_descriptions_and_names_the_others() {
    let emf = b"\x01\0\0\0 an old drawing";
    let a = pictured(&[("one.png", PNG), ("two.jpeg", JPEG), ("three.emf", emf), ("lies.png", b"<svg/>")]);
    let (part, ledger) = drafted(&a, &a);
    let body = part("word/document.xml");
    assert_eq!(body.matches("<w:drawing>").count(), 2);
    assert_eq!(body.matches(r#"descr="Corridor 0 &amp; hall""#).count(), 1);
    assert!(body.contains(r#"<wp:extent cx="1828800" cy="914400"/>"#), "{body}");
    for id in ["1", "2"] {
        assert_eq!(body.matches(&format!(r#"<wp:docPr id="{id}""#)).count(), 1, "each has its own number");
    }
    assert_eq!(part("word/media/picture1.png"), String::from_utf8_lossy(PNG));
    assert_eq!(part("word/media/picture2.jpeg"), String::from_utf8_lossy(JPEG));
    let type_ = ("left_out".to_owned(), NotTaken::Type.why().to_owned());
    let shared = ("shared".to_owned(), String::new());
    assert_eq!(fates(&ledger)[..4], [shared.clone(), shared, type_.clone(), type_]);
}

#[test]
fn draft_picture_of_one_school_is_its_tracked_insertion() {
    let (a, b) = (pictured(&[("one.png", PNG)]), pictured(&[("one.png", JPEG)]));
    let (part, ledger) = drafted(&a, &b);
    let body = part("word/document.xml");
    let own = |school: &str| {
        let open = format!(r#"w:author="{school}" w:date="2026-11-24T00:00:00Z">"#);
        let after = body.split(&open);
        after.skip(1).filter(|rest| rest.starts_with("<w:r><w:drawing>")).count()
    };
    assert_eq!((own("First School"), own("Second School")), (1, 1), "{body}");
    assert_eq!(fates(&ledger), [("own".to_owned(), String::new()), ("own".to_owned(), String::new())]);
}

#[test]
fn draft_picture_over_a_ceiling_is_left_out_and_named() {
    // Bytes that do not shrink, so that the ceiling of pictures is met before that of what is inflated.
    let mut seed = 7u64;
    let mut noise = |length: u64| -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        while (bytes.len() as u64) < length {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.extend(seed.to_le_bytes());
        }
        bytes.truncate(usize::try_from(length).unwrap());
        bytes
    };
    let taken = |pictures: &[(&str, &[u8])]| {
        let source = pictured(pictures);
        let (_, images) = own(&source, "a");
        images.into_iter().map(|i| i.map(|_| ())).collect::<Vec<_>>()
    };
    let (at, over) = (noise(limits::PICTURE_BYTES), noise(limits::PICTURE_BYTES + 1));
    assert_eq!(taken(&[("at.png", &at), ("over.png", &over)]), [Ok(()), Err(NotTaken::Size)]);
    let rest = noise(limits::PICTURES_BYTES - 2 * limits::PICTURE_BYTES);
    let all: [(&str, &[u8]); 4] = [("1.png", &at), ("2.png", &at), ("3.png", &rest), ("4.png", PNG)];
    assert_eq!(taken(&all), [Ok(()), Ok(()), Ok(()), Err(NotTaken::Size)]);
}

#[test]
fn read_pictures_that_are_only_linked_to_or_have_no_size_are_not_taken() {
    let source = pictured(&[("one.png", PNG)]);
    let (document, _) = own(&source, "a");
    let picture = document.pictures[0].clone();
    let wrong = [
        Picture { part: None, ..picture.clone() },
        Picture { part: Some("word/media/nothing.png".into()), ..picture.clone() },
        Picture { shown: [0, 914_400], ..picture },
    ];
    let why: Vec<NotTaken> = images(&source, &wrong).into_iter().filter_map(Result::err).collect();
    assert_eq!(why, [NotTaken::NotThere, NotTaken::NotThere, NotTaken::Extent]);
    let text = Source { path: "a.txt".into(), bytes: b"text".to_vec() };
    assert_eq!(images(&text, &document.pictures), [Err(NotTaken::NotThere)]);
}

#[test]
fn draft_numbers_headings_and_lists_in_cells_as_the_source_does() {
    let text = "# 1. Aims\n\nWe keep every child safe in school.\n\n# 2. Duties\n\n## 2.1 The headteacher\n\nThe headteacher must keep the register of visitors.\n";
    let source = Source { path: "a.md".into(), bytes: text.into() };
    let (part, _) = drafted(&source, &source);
    let body = part("word/document.xml");
    let numbered =
        r#"<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>"#;
    assert_eq!(body.matches(numbered).count(), 2, "{body}");
    assert!(body.contains(
        r#"<w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>"#
    ));
    let source = Source { path: "a.md".into(), bytes: text.replace("1. ", "").replace("2. ", "").into() };
    let (part, _) = drafted(&source, &source);
    assert!(!part("word/document.xml").contains(r#"<w:numId w:val="2"/>"#), "most headings have no number");
    let cell = r#"<w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>wash hands before and after</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>daily</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    let numbering = r#"<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let file = Word::body(&format!("{}{cell}", p("Everybody who cares for a child follows these steps.")));
    let source = Source { path: "b.docx".into(), bytes: file.part("numbering", numbering).bytes() };
    let (part, _) = drafted(&source, &source);
    let listed = r#"<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>"#;
    assert!(part("word/document.xml").contains(listed));
}

#[test]
fn draft_keeps_a_front_matter_table_as_a_table_in_the_annex() {
    let sample = Source::open("policies/infant/Behaviour Policy.docx".as_ref(), "a.docx").unwrap();
    let (part, _) = drafted(&sample, &sample);
    let body = part("word/document.xml");
    let annex = body.split("Annex A: First School").nth(1).unwrap();
    let annex = annex.split("Annex B: Second School").next().unwrap();
    let table = annex.split("<w:tbl>").find(|t| t.contains("Deputy headteacher")).unwrap();
    assert!(table.contains(r#"<w:trPr><w:ins "#) && table.contains(r#"w:author="First School""#), "{table}");
    assert!(annex.contains(r#"descr="The crest of Thistlemere Infant School: a green thistle""#), "{annex}");
}
