//! What can go wrong in a file, one test each; `tests/README.md` lists them beside the tests of other files.

use std::fs;

use common_ground::ErrorKind;
use common_ground::document::Document;
use common_ground::limits;
use common_ground::read::{Source, read};

use crate::program::program;
#[cfg(target_os = "linux")]
use crate::program::under;
use crate::rawzip::{Entry, package};
use crate::read_hostile::{by_program, packed};
use crate::word::{W, Word, p, texts, zipped};

fn open(name: &str, bytes: &[u8]) -> common_ground::Result<Document> {
    read(&Source { path: name.into(), bytes: bytes.to_vec() }, "a")
}

fn refused(name: &str, bytes: &[u8]) -> (ErrorKind, String) {
    let error = open(name, bytes).expect_err("it is refused");
    assert_ne!(error.kind, ErrorKind::Internal, "{error}");
    (error.kind, error.message)
}

/// The two parts of the smallest Word file.
fn parts() -> Vec<Entry> {
    let text = format!(r#"<w:document xmlns:w="{W}"><w:body>{}</w:body></w:document>"#, p("Words of it."));
    let rels = r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    vec![Entry::new("_rels/.rels", rels.as_bytes()), Entry::new("word/document.xml", text.as_bytes())]
}

/// Row 2. Memory is never reserved by a number of the file: the program runs with little, and says nothing of its own mistake.
#[cfg(target_os = "linux")]
#[test]
fn reliability_sizes_that_lie_reserve_nothing() {
    assert_eq!(texts(&open("honest.docx", &package(&parts())).unwrap()), ["Words of it."]);
    let home = tempfile::tempdir().unwrap();
    let lies = [0, 1, 0x7FFF_FFFF, 1 << 40, 1 << 62];
    for (at, size) in lies.iter().enumerate() {
        let mut entries = parts();
        entries[1].says = Some(*size);
        fs::write(home.path().join(format!("{at}.docx")), package(&entries)).unwrap();
    }
    let names: Vec<String> = (0..lies.len()).map(|n| format!("{n}.docx")).collect();
    let mut arguments = vec!["read", "--format", "json"];
    arguments.extend(names.iter().map(String::as_str));
    let ran = under("ulimit -v 262144", home.path(), &arguments);
    let result: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let problems = result["problems"].as_array().unwrap();
    assert!(problems.iter().all(|p| p["kind"] == "input" || p["kind"] == "limit"), "{problems:?}");
    assert_eq!(result["documents"].as_array().unwrap().len() + problems.len(), lies.len());
}

/// Row 3.
#[test]
fn reliability_entries_over_each_other_too_many_or_packed_again_are_refused() {
    let mut over = parts();
    over.extend((0..1_900).map(|n| Entry { over: Some(1), ..Entry::new(&format!("word/{n}.xml"), b"") }));
    assert_eq!(refused("over.docx", &package(&over)).0, ErrorKind::Input);
    let many: Vec<Entry> = (0..200_000).map(|n| Entry::new(&format!("{n}"), b"")).collect();
    assert!(matches!(refused("many.docx", &package(&many)).0, ErrorKind::Limit | ErrorKind::Input));
    // An archive in an archive in an archive is never opened; the text beside it is read.
    let mut nest = zipped(&[("0".into(), vec![b' '; 1 << 20])]);
    for n in 1..6 {
        let layer: Vec<_> = (0..16).map(|k| (format!("{n}-{k}.zip"), nest.clone())).collect();
        nest = zipped(&layer);
    }
    let word = Word::body(&p("Read.")).file("word/embeddings/nest.zip", &nest);
    assert_eq!(texts(&word.read().unwrap()), ["Read."]);
}

/// Row 4. Two programs could show two texts of such a file.
#[test]
fn reliability_packages_with_two_readings_are_refused() {
    let mut doubled = parts();
    doubled.push(Entry::new("word/document.xml", b"<x/>"));
    assert!(refused("doubled.docx", &package(&doubled)).1.contains("same name"));
    let mut renamed = parts();
    renamed[1].local_name = "word/documenT.xml".into();
    assert!(refused("renamed.docx", &package(&renamed)).1.contains("two names"));
    let before = [package(&parts()), package(&parts())].concat();
    assert!(refused("before.docx", &before).1.contains("before the package"));
}

/// Row 5.
#[test]
fn reliability_names_that_lead_out_create_nothing() {
    let home = tempfile::tempdir().unwrap();
    let names = [
        "../a",
        "../../a",
        "a/../../b",
        "word/../../../c",
        "..\\a",
        "a\\..\\..\\b",
        "C:\\a",
        "c:a",
        "C:/a",
        "a\0b",
        "..",
        "x/..",
    ];
    for (at, name) in names.iter().enumerate() {
        let mut entries = parts();
        entries.push(Entry::new(name, b"x"));
        let bytes = package(&entries);
        assert_eq!(refused("x.docx", &bytes).0, ErrorKind::Input, "{name:?}");
        fs::write(home.path().join(format!("{at}.docx")), bytes).unwrap();
    }
    let listed = || fs::read_dir(home.path()).unwrap().count();
    let before = listed();
    let files = (0..names.len()).map(|n| home.path().join(format!("{n}.docx")));
    let ran = program().arg("read").args(files).current_dir(home.path()).output().unwrap();
    assert_eq!((ran.status.code(), listed()), (Some(2), before));
}

/// Row 6.
#[test]
fn reliability_entities_and_document_types_are_refused() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let long = "a".repeat(50_000);
    for (types, used) in [
        (format!("<!ENTITY l0 \"lol\">{laughs}"), "&l9;".to_owned()),
        (format!("<!ENTITY a \"{long}\">"), "&a;".repeat(50_000)),
        ("<!ENTITY a SYSTEM \"file:///etc/passwd\">".into(), "&a;".into()),
        ("<!ENTITY a SYSTEM \"http://127.0.0.1:9/a\">".into(), "&a;".into()),
        ("<!ENTITY % a SYSTEM \"http://127.0.0.1:9/a.dtd\"> %a;".into(), String::new()),
        ("<!ELEMENT a ANY>".into(), String::new()),
    ] {
        let text = format!(
            "<!DOCTYPE w [{types}]><w:document xmlns:w=\"{W}\"><w:body><w:p><w:r><w:t>x {used}</w:t></w:r></w:p></w:body></w:document>"
        );
        let mut entries = parts();
        entries[1] = Entry::new("word/document.xml", text.as_bytes());
        assert!(refused("x.docx", &package(&entries)).1.contains("document type"));
        let odt = [
            Entry::new("mimetype", b"application/vnd.oasis.opendocument.text"),
            Entry::new("content.xml", text.as_bytes()),
        ];
        assert!(refused("x.odt", &package(&odt)).1.contains("document type"));
        let core = Word::body(&p("Text.")).file("docProps/core.xml", text.as_bytes()).bytes();
        assert!(refused("core.docx", &core).1.contains("document type"));
    }
    // Without a document type an entity is only a name.
    assert_eq!(refused("x.docx", &Word::body(&p("&lol;")).bytes()).0, ErrorKind::Input);
}

/// Row 7. Three depths of each thing that can stand in itself: refused or read, never an overflow.
#[test]
fn reliability_nesting_of_any_kind_ends() {
    let nest = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#;
    let end = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    for depth in [257, 5_000, 1_000_000] {
        let word = |body: String| Word::body(&body).bytes();
        let odt = |body: String| crate::odt::bytes("", &body);
        let files = [
            ("a.docx", word(p("Read.") + "<w:p>" + &nest(field, "", end, depth) + "</w:p>")),
            ("b.docx", word(nest("<w:sdt><w:sdtContent>", &p("deep"), "</w:sdtContent></w:sdt>", depth))),
            (
                "c.docx",
                word(nest("<w:p><w:r><w:txbxContent>", &p("deep"), "</w:txbxContent></w:r></w:p>", depth)),
            ),
            ("d.docx", word(nest("<w:ins>", &p("deep"), "</w:ins>", depth))),
            (
                "e.odt",
                odt(nest(
                    "<text:list><text:list-item>",
                    "<text:p>deep</text:p>",
                    "</text:list-item></text:list>",
                    depth,
                )),
            ),
            ("f.odt", odt(nest("<text:p><text:span>", "deep", "</text:span></text:p>", depth))),
            ("g.html", nest("<div>", "deep", "</div>", depth).into_bytes()),
            ("h.md", (">".repeat(depth) + " deep").into_bytes()),
            ("i.md", nest("[", "deep", "](x)", depth.min(5_000)).into_bytes()),
        ];
        for (name, bytes) in files {
            match open(name, &bytes) {
                Ok(document) => assert!(document.receipt.words > 0),
                Err(error) => {
                    assert!(matches!(error.kind, ErrorKind::Limit | ErrorKind::Input), "{name}: {error}")
                }
            }
        }
    }
}

/// Row 9. Attributes of real shape with values that are not what the reader expects.
#[test]
fn reliability_attributes_without_sense_are_read_past() {
    let table = r#"<w:tbl><w:tblGrid><w:gridCol w:w="V"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="V"/><w:tblHeader w:val="V"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="V"/><w:gridSpan w:val="V"/><w:vMerge w:val="V"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#;
    let text = r#"<w:p><w:pPr><w:pStyle w:val="V"/><w:outlineLvl w:val="V"/><w:numPr><w:ilvl w:val="V"/><w:numId w:val="V"/></w:numPr><w:jc w:val="V"/></w:pPr><w:r><w:rPr><w:b w:val="V"/><w:sz w:val="V"/><w:vanish w:val="0"/></w:rPr><w:t>Words.</w:t><w:sym w:font="V" w:char="V"/><w:fldChar w:fldCharType="V"/><w:footnoteReference w:id="V"/><w:commentReference w:id="V"/></w:r></w:p>"#;
    let numbering = r#"<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="V"><w:lvl w:ilvl="V"><w:start w:val="V"/><w:numFmt w:val="V"/><w:lvlText w:val="%V %1"/></w:lvl></w:abstractNum><w:num w:numId="V"><w:abstractNumId w:val="V"/></w:num></w:numbering>"#;
    for value in
        ["", "-1", "12cm", "99999999999999999999", "%9", "\u{202E}", "0x7F", "NaN", "true", "255", "65535"]
    {
        let put = |template: &str| template.replace("\"V\"", &format!("\"{value}\"")).replace("%V", value);
        let document =
            Word::body(&put(&format!("{table}{text}"))).part("numbering", &put(numbering)).read().unwrap();
        assert!(texts(&document).iter().any(|t| t.starts_with("Words.")), "{value}");
    }
}

/// Row 13. Whatever layers a text is laid in, each word is in the document once, or kept apart once.
#[test]
fn reliability_layers_lose_and_double_no_word() {
    let mut dice = 7u32;
    let mut roll = |below: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((dice >> 16) & 0xFFFF) % below
    };
    for _ in 0..60 {
        let mut count = 0;
        let mut body = String::new();
        for _ in 0..12 {
            let mut paragraph = String::new();
            for _ in 0..4 {
                count += 1;
                let word = format!("w{count}x");
                let run = format!("<w:r><w:t xml:space=\"preserve\">{word} </w:t></w:r>");
                paragraph.push_str(&match roll(9) {
                    0 => format!("<w:ins w:author=\"A\">{run}</w:ins>"),
                    1 => format!("<w:del w:author=\"A\"><w:r><w:delText xml:space=\"preserve\">{word} </w:delText></w:r></w:del>"),
                    2 => format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{word} </w:t></w:r>"),
                    3 => format!("<w:fldSimple w:instr=\"X\">{run}</w:fldSimple>"),
                    4 => format!("<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
                    5 => format!("<w:smartTag>{run}</w:smartTag>"),
                    6 => format!("<w:r><w:pict><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"),
                    7 => format!("<w:moveTo w:author=\"A\">{run}</w:moveTo>"),
                    _ => run,
                });
            }
            let paragraph = format!("<w:p>{paragraph}</w:p>");
            body.push_str(&match roll(4) {
                0 => format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"),
                1 => format!("<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"),
                _ => paragraph,
            });
        }
        let document = Word::body(&(p("Seen.") + &body)).read().unwrap();
        let all: Vec<&str> = document
            .blocks
            .iter()
            .map(|b| b.text.as_str())
            .chain(document.apart.iter().map(|a| a.text.as_str()))
            .collect();
        let all = all.join(" ");
        for n in 1..=count {
            let word = format!("w{n}x");
            assert_eq!(all.split_whitespace().filter(|w| *w == word).count(), 1, "{word} in {all}");
        }
    }
}

/// Row 15. Text that runs from right to left is kept in its logical order, byte for byte.
#[test]
fn reliability_right_to_left_text_is_kept_as_written() {
    let lines = [
        "يجب على جميع الموظفين إبلاغ المدير خلال 24 ساعة.",
        "כל ילד (גיל 5–7) רשאי לדבר עם Ms A. בכל עת.",
        "Welsh: gwên, tŷ, ŵyr; 3 × £5.",
    ];
    let word: String = lines
        .iter()
        .map(|l| {
            format!("<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>{l}</w:t></w:r></w:p>")
        })
        .collect();
    let odt: String = lines.iter().map(|l| format!("<text:p>{l}</text:p>")).collect();
    let html: String = lines.iter().map(|l| format!("<p dir=\"auto\">{l}</p>")).collect();
    for (name, bytes) in [
        ("a.docx", Word::body(&word).bytes()),
        ("a.odt", crate::odt::bytes("", &odt)),
        ("a.html", html.into_bytes()),
        ("a.md", lines.join("\n\n").into_bytes()),
        ("a.txt", lines.join("\n\n").into_bytes()),
    ] {
        let document = open(name, &bytes).unwrap();
        assert_eq!(texts(&document), lines, "{name}");
        assert!(document.receipt.notices.iter().all(|n| !n.contains("code points")), "{name}");
    }
}

/// Row 16.
#[test]
fn reliability_encodings_are_read_or_said() {
    let text = "The caf\u{e9} opens at nine and everybody is welcome; pupils pay \u{a3}2.";
    let labels = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
        "iso-8859-15",
        "macintosh",
        "windows-1250",
        "windows-1251",
        "koi8-r",
        "iso-8859-2",
        "iso-8859-5",
        "iso-8859-7",
        "windows-1253",
        "windows-1254",
        "windows-1257",
        "shift_jis",
        "euc-jp",
        "gbk",
        "big5",
        "euc-kr",
    ];
    for label in labels {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = match label {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => encoding.encode(text).0.into_owned(),
        };
        let marked = [&b"\xFF\xFE"[..], &bytes].concat();
        let bytes = if label == "utf-16le" { marked } else { bytes };
        match open("a.txt", &bytes) {
            Ok(document) => {
                // What an encoding cannot say was written in plain letters before it came here.
                let plain = String::from_utf8(bytes.clone()).is_ok_and(|t| t == document.blocks[0].text);
                let whole = document.blocks[0].text == text || plain;
                assert!(
                    whole || !document.receipt.notices.is_empty(),
                    "{label}: {}",
                    document.blocks[0].text
                );
            }
            Err(error) => assert_ne!(error.kind, ErrorKind::Internal, "{label}"),
        }
    }
    let mut state = 1u64;
    let noise: Vec<u8> = (0..1_000_000)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .collect();
    for ending in ["txt", "md", "html", "docx", "odt", "pdf"] {
        match open(&format!("noise.{ending}"), &noise) {
            Ok(document) => assert!(!document.receipt.notices.is_empty(), "{ending}"),
            Err(error) => assert_ne!(error.kind, ErrorKind::Internal, "{ending}"),
        }
    }
}

/// Row 30. What a file refers to outside itself is never taken in; where text is meant by it, the receipt says so.
#[test]
fn reliability_text_of_other_files_is_named_as_unread() {
    let body = p("Text.")
        + r#"<w:subDoc r:id="s"/><w:altChunk r:id="c"/><w:p><w:r><w:drawing><wp:docPr id="1" descr="Linked"/><a:blip r:link="l"/></w:drawing></w:r></w:p>"#;
    let document = Word::body(&body).read().unwrap();
    let unread: Vec<_> = document.receipt.unread.iter().map(|u| u.what.as_str()).collect();
    assert_eq!(unread, ["part of the text in another file (subdocument)", "imported file (altChunk)"]);
    assert_eq!(document.pictures[0].bytes, 0);
}

/// A file of two pages; the second page's object lies in object 20, a stream of objects with this content.
fn pages_in_an_object_stream(content: &[u8], entries: &str) -> Vec<u8> {
    let text = |words: &str| format!("BT /F1 11 Tf 1 0 0 1 72 760 Tm ({words}) Tj ET");
    let stream =
        |text: String| format!("<< /Length {} >> stream\n{text}\nendstream", text.len()).into_bytes();
    let mut packed = format!("<< /Type /ObjStm {entries} /Length {} >> stream\n", content.len()).into_bytes();
    packed.extend(content);
    packed.extend(b"\nendstream");
    let objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Count 2 /Kids [ 10 0 R 12 0 R ] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>".to_vec()),
        (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()),
        (10, b"<< /Type /Page /Parent 2 0 R /Contents 11 0 R >>".to_vec()),
        (11, stream(text("The first page says who is responsible for the key of the medicine cabinet."))),
        (13, stream(text("The second page says that nobody else may hold it."))),
        (20, packed),
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    // Kind, place or stream, number in it.
    let mut table = [[0u8; 6]; 22];
    for (number, body) in &objects {
        table[*number][0] = 1;
        table[*number][1..5].copy_from_slice(&(out.len() as u32).to_be_bytes());
        out.extend(format!("{number} 0 obj\n").as_bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    table[12] = [2, 0, 0, 0, 20, 0];
    let start = out.len();
    table[21][0] = 1;
    table[21][1..5].copy_from_slice(&(start as u32).to_be_bytes());
    let table = table.concat();
    out.extend(
        format!(
            "21 0 obj\n<< /Type /XRef /Size 22 /W [1 4 1] /Root 1 0 R /Length {} >> stream\n",
            table.len()
        )
        .as_bytes(),
    );
    out.extend(table);
    out.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

#[test]
fn reliability_pdf_objects_that_are_not_held_out_are_said() {
    let page = b"12 0 << /Type /Page /Parent 2 0 R /Contents 13 0 R >>";
    let whole = open("a.pdf", &pages_in_an_object_stream(page, "/N 1 /First 5")).unwrap();
    assert!(whole.blocks.iter().any(|b| b.text.contains("nobody else")));
    assert!(whole.receipt.unread.is_empty(), "{:?}", whole.receipt.unread);
    let said = |bytes: &[u8], what: &str| {
        let document = open("a.pdf", bytes).unwrap();
        assert!(document.blocks.iter().any(|b| b.text.contains("medicine cabinet")));
        assert!(
            document.receipt.unread.iter().any(|u| u.what.contains(what)),
            "{:?}",
            document.receipt.unread
        );
    };
    // A stream of objects that cannot be unpacked, one that says it holds more than it does, and a page's content that is not there.
    said(
        &pages_in_an_object_stream(b"no such thing", "/N 1 /First 5 /Filter /FlateDecode"),
        "1 of its 2 pages",
    );
    said(&pages_in_an_object_stream(page, "/N 4000000000 /First 5"), "1 of its 2 pages");
    said(
        &pages_in_an_object_stream(
            b"12 0 << /Type /Page /Parent 2 0 R /Contents [ 14 0 R 15 0 R ] >>",
            "/N 1 /First 5",
        ),
        "a part of page 2",
    );
    said(
        &pages_in_an_object_stream(
            b"12 0 << /Type /Page /Parent 2 0 R /Contents 13 0 R /Resources << /XObject << /X 16 0 R >> >> >>",
            "/N 1 /First 5",
        ),
        "that page 2 shows",
    );
}

/// Row 11. What is packed tighter than the child's memory can hold is refused by name, and not read without the page that lies in it.
#[test]
fn reliability_pdf_object_streams_over_the_limit_are_refused() {
    let page = b"12 0 << /Type /Page /Parent 2 0 R /Contents 13 0 R >>";
    let made =
        |blanks| pages_in_an_object_stream(&packed(page, blanks), "/N 1 /First 5 /Filter /FlateDecode");
    let over = (limits::PDF_MEMORY_BYTES >> 20) as usize + 1;
    let (said, result) = by_program(&[("large.pdf", made(64)), ("over.pdf", made(over))]);
    let documents = result["documents"].as_array().unwrap();
    let large = documents.iter().find(|d| d["path"].as_str().unwrap().ends_with("large.pdf"));
    let large = large.unwrap_or_else(|| panic!("{said}"));
    assert!(large.to_string().contains("nobody else may hold it"));
    let problems = result["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{said}");
    assert_eq!(problems[0]["kind"], "limit", "{said}");
    assert!(problems[0]["path"].as_str().unwrap().ends_with("over.pdf"), "{said}");
}
