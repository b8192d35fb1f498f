//! Hostile files, made here: each is refused by name or read, the program lives, and the files beside it are read.

use std::fs;
use std::path::Path;

use common_ground::limits;

use crate::pdf::{Pdf, assembled};
use crate::program::program;
use crate::word::{Word, p, zipped};

/// Reads hostile files and a good one by the program; what it says of the files, and their documents as JSON.
pub fn by_program(files: &[(&str, Vec<u8>)]) -> (String, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut paths: Vec<_> = files.iter().map(|(name, bytes)| write(name, bytes)).collect();
    paths.push(write("good.md", b"# Good\n\nThis one is read."));
    let before = listing(folder.path());
    let output = program().args(["read", "--format", "json"]).args(&paths).output().unwrap();
    assert_eq!(listing(folder.path()), before, "something was written among the inputs");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 2)), "{:?}: {said}", output.status);
    let result: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let documents = result["documents"].as_array().unwrap();
    assert!(documents.iter().any(|d| d["title"] == "Good"), "the good file was not read: {said}");
    (said, result)
}

fn listing(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap())
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).unwrap()))
        .collect();
    out.sort();
    out
}

/// A stream, packed: these bytes and then so many mebibytes of blanks.
pub fn packed(bytes: &[u8], blanks: usize) -> Vec<u8> {
    use std::io::Write;
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(1));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("a", options).unwrap();
    writer.write_all(bytes).unwrap();
    let mebibyte = vec![b' '; 1 << 20];
    (0..blanks).for_each(|_| writer.write_all(&mebibyte).unwrap());
    // A zip's entry is raw deflate; PDF wants it in a zlib frame, whose check sum readers forgive.
    let zip = writer.finish().unwrap().into_inner();
    let name =
        u16::from_le_bytes([zip[26], zip[27]]) as usize + u16::from_le_bytes([zip[28], zip[29]]) as usize;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&zip)).unwrap();
    let length = archive.by_index(0).unwrap().compressed_size() as usize;
    let mut out = vec![0x78, 0x9C];
    out.extend(&zip[30 + name..30 + name + length]);
    out.extend([0, 0, 0, 0]);
    out
}

/// A file whose only page has this content stream.
fn page_of(stream: &[u8], filter: &str, more: &[(usize, Vec<u8>)], resources: &str) -> Vec<u8> {
    let mut content = format!("<< /Length {} {filter} >> stream\n", stream.len()).into_bytes();
    content.extend(stream);
    content.extend(b"\nendstream");
    let mut objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Count 1 /Kids [ 10 0 R ] >>".to_vec()),
        (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()),
        (10, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R /Resources << /Font << /F1 3 0 R >> {resources} >> >>").into_bytes()),
        (11, content),
    ];
    objects.extend(more.iter().cloned());
    assembled(&objects, "")
}

#[test]
fn read_hostile_pdf_bombs_nests_and_loops_do_not_end_the_run() {
    let nest =
        format!("<< /Type /Catalog /Pages 2 0 R /Deep {}{} >>", "[".repeat(10_380), "]".repeat(10_380));
    let mut deep = vec![(1, nest.into_bytes())];
    deep.push((2, b"<< /Type /Pages /Count 0 /Kids [ ] >>".to_vec()));
    let bomb = packed(b"", 300);
    let states = "q ".repeat(2_000_000);
    // Each form draws the next one twice: 2^45 drawings.
    let forms: Vec<(usize, Vec<u8>)> = (0..45)
        .map(|n| {
            let next = if n < 44 { format!("/XObject << /X {} 0 R >>", 101 + n) } else { String::new() };
            let body = if n < 44 { "/X Do /X Do" } else { "BT /F1 9 Tf (x) Tj ET" };
            (100 + n, format!("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {next} >> /Length {} >> stream\n{body}\nendstream", body.len()).into_bytes())
        })
        .collect();
    let (said, result) = by_program(&[
        ("deep.pdf", assembled(&deep, "")),
        ("bomb.pdf", page_of(&bomb, "/Filter /FlateDecode", &[], "")),
        ("states.pdf", page_of(states.as_bytes(), "", &[], "")),
        ("forms.pdf", page_of(b"/X Do", "", &forms, "/XObject << /X 100 0 R >>")),
        (
            "fonts.pdf",
            Pdf::default()
                .page(&[(72.0, 80.0, 11.0, false, "Words in a font that is not there.")])
                .object(3, b"<< /Type /Font /Subtype /Type0 /Encoding /Nowhere >>", "")
                .bytes(),
        ),
        ("nothing.pdf", b"%PDF-1.7\n".to_vec()),
    ]);
    let problems = result["problems"].as_array().unwrap();
    for name in ["deep.pdf", "bomb.pdf", "states.pdf", "forms.pdf", "nothing.pdf"] {
        let problem = problems.iter().find(|p| p["path"].as_str().unwrap().ends_with(name));
        let problem = problem.unwrap_or_else(|| panic!("{name} is not refused: {said}"));
        assert_ne!(problem["kind"], "internal", "{problem}");
    }
}

#[test]
fn read_hostile_pdf_child_is_stopped_by_its_ceilings() {
    const {
        // The processor's ceiling is met before the clock's, the answer's before the memory's.
        assert!(limits::PDF_CPU_SECONDS < limits::PDF_SECONDS);
        assert!(limits::PDF_ANSWER_BYTES < limits::PDF_MEMORY_BYTES);
        // Text recognition and conversion are waited for longer, but not for ever.
        assert!(limits::OCR_SECONDS <= 120 && limits::CONVERT_SECONDS <= 120);
        assert!(limits::PICTURE_PIXELS * 2 < limits::PDF_MEMORY_BYTES);
    }
    // What is no PDF file at all is said by the child and comes back as an answer.
    let output = assert_cmd::Command::from_std(program())
        .arg("--interpret-pdf")
        .write_stdin([&2u64.to_le_bytes()[..], b"[]"].concat())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stdout).unwrap().contains("damaged"));
}

#[test]
fn read_hostile_word_packages_are_refused_or_read() {
    let bomb = Word::body(&p(&"a".repeat(200 * 1024 * 1024))).bytes();
    let tables = Word::body(&format!(
        "{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(5_000),
        "</w:tc></w:tr></w:tbl>".repeat(5_000)
    ))
    .bytes();
    let runs = Word::body(&format!("<w:p>{}</w:p>", "<w:r><w:t>a </w:t></w:r>".repeat(1_000_000))).bytes();
    let wide: String = (0..160_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let attributes = Word::body(&format!("<w:p{wide}><w:r><w:t>x</w:t></w:r></w:p>")).bytes();
    let entity = Word::body("&lol;<w:p/>").bytes();
    let entries: Vec<(String, Vec<u8>)> =
        (0..limits::ZIP_ENTRIES + 1).map(|n| (format!("word/{n}.xml"), vec![])).collect();
    let mut lying = Word::body(&p("A short text that is read.")).bytes();
    // Every size in the package's headers says 4 GB.
    for at in 0..lying.len() - 30 {
        if lying[at..].starts_with(b"PK\x03\x04") {
            lying[at + 22..at + 26].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
        }
    }
    let (said, result) = by_program(&[
        ("bomb.docx", bomb),
        ("tables.docx", tables),
        ("runs.docx", runs),
        ("attributes.docx", attributes),
        ("entity.docx", entity),
        ("entries.docx", zipped(&entries)),
        ("lying.docx", lying),
    ]);
    let problems = result["problems"].as_array().unwrap();
    let kind = |name: &str| {
        let problem = problems.iter().find(|p| p["path"].as_str().unwrap().ends_with(name));
        problem.map(|p| p["kind"].as_str().unwrap().to_owned())
    };
    for name in ["bomb.docx", "tables.docx", "attributes.docx", "entries.docx"] {
        assert_eq!(kind(name).as_deref(), Some("limit"), "{name}: {said}");
    }
    assert_eq!(kind("entity.docx").as_deref(), Some("input"), "{said}");
    assert_eq!(kind("runs.docx"), None, "{said}");
    assert!(kind("lying.docx").is_none_or(|k| k == "input"), "{said}");
}

#[test]
fn read_hostile_outside_references_are_never_opened() {
    // Remote templates, linked pictures, frames, subdocuments and objects: named targets on this machine that would answer.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    let relation = |kind: &str| {
        format!(
            r#"<Relationship Id="x{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{address}" TargetMode="External"/>"#
        )
    };
    let all: String =
        ["attachedTemplate", "image", "frame", "subDocument", "oleObject", "hyperlink", "footer", "settings"]
            .iter()
            .map(|k| relation(k))
            .collect();
    let body = format!(
        "{}<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>INCLUDETEXT \"{address}\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
        p("Words of the policy.")
    );
    let word = Word::body(&body)
        .file("word/_rels/settings.xml.rels", format!("<Relationships>{all}</Relationships>").as_bytes())
        .bytes();
    let odt = crate::odt::bytes(
        "",
        &format!("<text:p>Words.<draw:frame><draw:image xlink:href=\"{address}\"/></draw:frame></text:p>"),
    );
    let html = format!(
        "<html><body><img src=\"{address}\"><iframe src=\"{address}\"></iframe><p>Words.</p></body></html>"
    );
    let pdf = Pdf::default()
        .page(&[(72.0, 80.0, 11.0, false, "Words that are read here, enough to count as a page.")])
        .bytes();
    let (_, result) =
        by_program(&[("a.docx", word), ("b.odt", odt), ("c.html", html.into_bytes()), ("d.pdf", pdf)]);
    assert_eq!(result["documents"].as_array().unwrap().len(), 5);
    assert!(listener.accept().is_err(), "an address in a document was opened");
}
