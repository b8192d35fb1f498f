//! What a file refers to outside itself never goes into a file that is written: one file a type, its redline and its draft looked through.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::program::program;
use crate::word::{Word, p};

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Every part of every Word file in a folder and in the folders in it.
fn parts(folder: &Path) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(path).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|e| e == "docx") {
                let mut zip = zip::ZipArchive::new(fs::File::open(&entry).unwrap()).unwrap();
                for at in 0..zip.len() {
                    let mut part = zip.by_index(at).unwrap();
                    let mut bytes = Vec::new();
                    part.read_to_end(&mut bytes).unwrap();
                    out.push((
                        part.name().unwrap().into_owned(),
                        String::from_utf8_lossy(&bytes).into_owned(),
                    ));
                }
            }
        }
    }
    out
}

/// A Word file that refers to something outside by one kind of relationship, from its text, from its settings or from the package.
fn file(kind: &str, address: &str, words: &str) -> Vec<u8> {
    let relation =
        format!(r#"<Relationship Id="x1" Type="{KIND}/{kind}" Target="{address}" TargetMode="External"/>"#);
    let listed = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>"#
    );
    let marks = match kind {
        "hyperlink" => r#"<w:p><w:hyperlink r:id="x1"><w:r><w:t>the list</w:t></w:r></w:hyperlink></w:p>"#,
        "image" => {
            r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:blip r:link="x1"/></wp:inline></w:drawing></w:r></w:p>"#
        }
        "subDocument" => r#"<w:subDoc r:id="x1"/>"#,
        "aFChunk" => r#"<w:altChunk r:id="x1"/>"#,
        "oleObject" => {
            r#"<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" r:id="x1"/></w:object></w:r></w:p>"#
        }
        "footer" => r#"<w:sectPr><w:footerReference w:type="default" r:id="x1"/></w:sectPr>"#,
        _ => "",
    };
    let body = format!("{}{}{marks}", p("Lost Property Policy"), p(words));
    let settings = match kind {
        "attachedTemplate" => {
            r#"<w:settings xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:attachedTemplate r:id="x1"/></w:settings>"#
        }
        _ => r#"<w:settings xmlns:w="{W}"/>"#,
    };
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/><Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#;
    let word = Word::body(&body).part("settings", settings).file("[Content_Types].xml", types);
    let word = match kind {
        "attachedTemplate" | "frame" => word.file("word/_rels/settings.xml.rels", listed.as_bytes()),
        "vbaProject" => {
            let macros =
                format!(r#"<Relationship Id="x1" Type="{KIND}/vbaProject" Target="vbaProject.bin"/>"#);
            word.relation(&macros).file("word/vbaProject.bin", b"macros")
        }
        _ => word.relation(&relation),
    };
    word.bytes()
}

/// Row 30.
#[test]
fn outside_references_of_any_type_reach_no_file_that_is_written() {
    let kinds = [
        ("attachedTemplate", "http://school.example/a.dotm"),
        ("image", "http://school.example/a.png"),
        ("frame", "http://school.example/a.html"),
        ("subDocument", "file:///S:/policies/part.docx"),
        ("aFChunk", "file:///S:/policies/part.html"),
        ("oleObject", "file:///S:/policies/list.xlsx"),
        ("footer", "http://school.example/footer.xml"),
        ("hyperlink", "file:///S:/policies/other.docx"),
        ("hyperlink", "javascript:alert(1)"),
        ("hyperlink", "https://school.example/list"),
        ("hyperlink", "mailto:office@school.example"),
        ("vbaProject", ""),
    ];
    for (kind, address) in kinds {
        let home = tempfile::tempdir().unwrap();
        for (name, words) in
            [("before", "Things are kept for 4 weeks."), ("after", "Things are kept for 6 weeks.")]
        {
            fs::write(home.path().join(format!("{name}.docx")), file(kind, address, words)).unwrap();
        }
        for arguments in [
            &["changes", "before.docx", "after.docx", "--format", "docx"][..],
            &["draft", "before.docx", "after.docx"],
        ] {
            let out = home.path().join(arguments[0]);
            let ran =
                program().current_dir(home.path()).args(arguments).arg("--out").arg(&out).output().unwrap();
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(matches!(ran.status.code(), Some(0 | 1)), "{kind} {arguments:?}: {said}");
            let made = parts(&out);
            assert!(made.iter().any(|(n, _)| n == "word/document.xml"), "{kind} {arguments:?}: {said}");
            for (name, text) in &made {
                assert!(
                    !name.contains("vbaProject") && !text.contains("macroEnabled"),
                    "{arguments:?}: {name}"
                );
                if !name.ends_with(".rels") {
                    continue;
                }
                for relation in text.split("<Relationship ").filter(|r| r.contains("TargetMode=\"External\""))
                {
                    let link = relation.contains("/hyperlink\"");
                    let open = ["https://", "http://", "mailto:"]
                        .iter()
                        .any(|s| relation.contains(&format!("Target=\"{s}")));
                    assert!(link && open, "{kind} {address} {arguments:?}: {name}: {relation}");
                }
            }
            if kind != "hyperlink" && !address.is_empty() {
                assert!(made.iter().all(|(_, text)| !text.contains(address)), "{kind} {arguments:?}");
            }
        }
    }
}
