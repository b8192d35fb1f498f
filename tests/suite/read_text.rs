//! Markdown, web pages and plain text: what survives, what is refused, and that no bytes make a reader fail.

use common_ground::document::{Document, Kind, Style};
use common_ground::read::{Source, read};
use common_ground::{ErrorKind, limits};
use proptest::prelude::*;

fn open(name: &str, bytes: &[u8]) -> common_ground::Result<Document> {
    read(&Source { path: name.into(), bytes: bytes.to_vec() }, "a")
}

fn kinds(document: &Document) -> Vec<(Kind, u8, &str)> {
    document.blocks.iter().map(|b| (b.kind, b.level, b.text.as_str())).collect()
}

#[test]
fn read_markdown_headings_lists_tables_and_links_survive() {
    let text = "---\ntitle: Sun Safety\nreview date: Summer 2027\n---\n\n# Sun Safety\n\nHats are worn by **all** children.\n\n## Cream\n\n- Parents bring [cream](https://example.org).\n  1. Named.\n\n| When | Who |\n|---|---|\n| Lunch | Staff |\n";
    let document = open("sun.md", text.as_bytes()).unwrap();
    let found = kinds(&document);
    assert!(
        found.contains(&(Kind::Heading, 2, "Cream")) || found.contains(&(Kind::Heading, 1, "Cream")),
        "{found:?}"
    );
    assert!(found.contains(&(Kind::ListItem, 1, "Parents bring cream.")));
    assert!(found.contains(&(Kind::ListItem, 2, "Named.")));
    let cells: Vec<(u32, u32, bool)> =
        document.blocks.iter().filter_map(|b| b.cell.map(|c| (c.row, c.column, c.header))).collect();
    assert_eq!(cells, [(0, 0, true), (0, 1, true), (1, 0, false), (1, 1, false)]);
    let styles: Vec<&Style> = document.blocks.iter().flat_map(|b| &b.spans).map(|s| &s.style).collect();
    assert!(styles.contains(&&Style::Bold) && styles.contains(&&Style::Link("https://example.org".into())));
    assert_eq!(document.title, "Sun Safety");
    assert_eq!(document.receipt.tables, 1);
    assert!(document.front_matter.review_due.is_some());
}

#[test]
fn read_html_main_text_survives_and_page_furniture_and_scripts_do_not() {
    let text = "<!doctype html><html><head><title>Uniform</title><style>p{}</style><script>alert(1)</script></head><body><nav><a href=/>Home</a></nav>\
        <main><h1>Uniform</h1><p>Shoes are <b>black</b>.</p><h2>Jewellery</h2><ul><li>Studs only<ol><li>gold</li></ol></li></ul>\
        <table><tr><th>Item<th>Colour<tr><td>Coat<td>Blue</table><p hidden>secret</p></main></body></html>";
    let document = open("uniform.html", text.as_bytes()).unwrap();
    let all: String = document.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" | ");
    for wanted in ["Shoes are black.", "Jewellery", "Studs only", "gold", "Item", "Blue"] {
        assert!(all.contains(wanted), "{wanted} in {all}");
    }
    for unwanted in ["alert", "p{}", "Home"] {
        assert!(!all.contains(unwanted), "{unwanted} in {all}");
    }
    assert_eq!(document.receipt.tables, 1);
}

#[test]
fn read_text_in_old_encodings_is_read_and_said_so() {
    let document = open("lost.txt", b"Lost property\n\nThings cost \xA31 \x96 no more.\n").unwrap();
    assert!(document.blocks.iter().any(|b| b.text.contains("£1 – no more")));
    assert!(document.receipt.notices.iter().any(|n| n.contains("1252")), "{:?}", document.receipt.notices);
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain("Lost property is kept.".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let document = open("lost.txt", &wide).unwrap();
    assert_eq!(document.blocks[0].text, "Lost property is kept.");
}

#[test]
fn read_text_wrapped_lines_are_one_paragraph() {
    let document = open(
        "lost.txt",
        b"Things that are found are kept\nin the hall for one term.\n\nThen they are given away.\n",
    )
    .unwrap();
    let texts: Vec<&str> = document.blocks.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Things that are found are kept in the hall for one term.", "Then they are given away."]
    );
}

#[test]
fn read_html_nesting_at_the_limit_is_read_and_one_over_is_refused() {
    let nested = |depth: u64| {
        let depth = usize::try_from(depth).unwrap();
        format!("{}text{}", "<div>".repeat(depth), "</div>".repeat(depth))
    };
    assert!(open("deep.html", nested(limits::XML_DEPTH).as_bytes()).is_ok());
    let error = open("deep.html", nested(limits::XML_DEPTH + 1).as_bytes()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.contains(&limits::XML_DEPTH.to_string()), "{}", error.message);
}

#[test]
fn read_text_characters_at_the_limit_are_read_and_one_over_is_refused() {
    let text = "word ".repeat(usize::try_from(limits::TEXT_CHARS).unwrap() / 5);
    assert!(open("long.txt", text.as_bytes()).is_ok());
    let error = open("long.txt", format!("{text}and more").as_bytes()).unwrap_err();
    assert_eq!(
        (error.kind, error.message.contains("10000000")),
        (ErrorKind::Limit, true),
        "{}",
        error.message
    );
}

#[test]
fn read_text_blocks_over_the_limit_are_refused() {
    let lines = |n: u64| "a b\n\n".repeat(usize::try_from(n).unwrap());
    assert!(open("many.txt", lines(limits::BLOCKS).as_bytes()).is_ok());
    let error = open("many.txt", lines(limits::BLOCKS + 1).as_bytes()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
}

#[test]
fn read_source_over_the_file_limit_is_refused_without_reading_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("huge.txt");
    // A sparse file takes no room on the disk.
    std::fs::File::create(&path).unwrap().set_len(limits::FILE_BYTES + 1).unwrap();
    let error = Source::open(&path, "huge.txt").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.path.is_some_and(|p| p.ends_with("huge.txt")));
    std::fs::File::create(&path).unwrap().set_len(limits::FILE_BYTES).unwrap();
    assert!(Source::open(&path, "huge.txt").is_ok());
}

#[test]
fn read_list_folders_too_deep_or_too_full_are_named() {
    let home = tempfile::tempdir().unwrap();
    let mut deep = home.path().join("deep");
    for _ in 0..=limits::FOLDER_DEPTH {
        deep.push("d");
    }
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("below.txt"), "text").unwrap();
    std::fs::write(deep.parent().unwrap().join("at.txt"), "text").unwrap();
    let listing = common_ground::read::source::list(&home.path().join("deep")).unwrap();
    assert_eq!(listing.files.iter().filter(|(_, shown)| shown.ends_with("at.txt")).count(), 1);
    assert_eq!((listing.files.len(), listing.problems.len()), (1, 1));
    assert_eq!(listing.problems[0].kind, ErrorKind::Limit);
    let full = home.path().join("full");
    std::fs::create_dir(&full).unwrap();
    for n in 0..limits::DOCUMENTS {
        std::fs::write(full.join(format!("{n}.txt")), "").unwrap();
    }
    assert_eq!(common_ground::read::source::list(&full).unwrap().files.len() as u64, limits::DOCUMENTS);
    std::fs::write(full.join("one more.txt"), "").unwrap();
    assert_eq!(common_ground::read::source::list(&full).unwrap_err().kind, ErrorKind::Limit);
}

#[test]
fn read_text_hostile_markdown_nesting_ends() {
    for piece in ["> ", "- ", "[", "*", "`", "| ", "#", "<div>"] {
        let text = format!("text\n\n{}end", piece.repeat(20_000));
        match open("deep.md", text.as_bytes()) {
            Ok(document) => assert!(!document.blocks.is_empty()),
            Err(error) => assert_ne!(error.kind, ErrorKind::Internal, "{piece}: {error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn read_any_bytes_are_read_or_refused_by_name(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        ending in prop::sample::select(vec!["docx", "html", "md", "txt", "pdf", "odt", ""]),
    ) {
        match open(&format!("file.{ending}"), &bytes) {
            Ok(document) => prop_assert!(document.receipt.words > 0),
            Err(error) => prop_assert_ne!(error.kind, ErrorKind::Internal),
        }
    }

    #[test]
    fn read_any_plain_words_none_is_lost(words in proptest::collection::vec("[a-y]{1,9}", 1..60), ending in prop::sample::select(vec!["html", "md", "txt"])) {
        // A word of each line follows a word, so that no line is a list or a heading by its looks.
        let text = words.chunks(7).map(|c| format!("zz {}", c.join(" "))).collect::<Vec<_>>().join("\n\n");
        let text = if ending == "html" { format!("<p>{}</p>", text.replace("\n\n", "</p><p>")) } else { text };
        let document = open(&format!("file.{ending}"), text.as_bytes()).unwrap();
        let mut read: Vec<String> = document.blocks.iter().flat_map(|b| b.text.split(' ').map(str::to_owned).collect::<Vec<_>>()).filter(|w| w != "zz").collect();
        let mut wanted = words;
        read.sort();
        wanted.sort();
        prop_assert_eq!(read, wanted);
    }
}

#[test]
fn read_markdown_header_without_its_first_line_gives_the_title_and_no_text() {
    let text = "name: Sun Safety Policy\nacronym: SSP\nrevisions:\n  - date: Jun 1 2024\n---\n\n# Purpose\n\nEvery child wears a hat:\n\n1. in the yard of the policy\n";
    let document = read(&Source { path: "sun.md".into(), bytes: text.as_bytes().to_vec() }, "a").unwrap();
    assert_eq!(document.title, "Sun Safety Policy");
    assert_eq!(document.blocks[0].text, "Purpose");
    // A text that only begins with a word and a colon, with a rule further down, keeps all its words.
    let text = "Note: this is a note.\n\nIt goes on.\n\n---\n\nAnd ends.\n";
    let document = read(&Source { path: "note.md".into(), bytes: text.as_bytes().to_vec() }, "a").unwrap();
    assert!(document.blocks.iter().any(|b| b.text.starts_with("Note")));
}
