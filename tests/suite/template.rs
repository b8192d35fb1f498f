//! Drafts in a school's own look: what of its Word file is taken over, what is left out and named, what is refused.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use common_ground::ErrorKind;
use common_ground::limits;
use common_ground::merge::merge;
use common_ground::report::{Draftable, Template, word};

use crate::merged::{Merged, draftable};
use crate::program;
use crate::seeding::document;
use crate::word::{W, Word, p};

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const LOGO: &[u8] = b"\x89PNG\r\n\x1A\nthe school's thistle";

/// Styles as another program names them, with a numbered heading.
const STYLES: &str = r#"<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/><w:rPr><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="Heading 1"/><w:basedOn w:val="Standard"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr><w:rPr><w:color w:val="7B2D8B"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="Motto"/><w:basedOn w:val="Kop1"/></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Kop1"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

fn margin(kind: &str, markup: &str) -> String {
    format!(
        r#"<w:{kind} xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">{markup}</w:{kind}>"#
    )
}

fn drawn(id: &str) -> String {
    format!(
        r#"<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Logo"/><a:blip {id}/></wp:inline></w:drawing></w:r>"#
    )
}

/// A template whose header and footer hold this, with these relationships of the header.
fn template(header: &str, footer: &str, header_relations: &str) -> Word {
    let body = format!(
        r#"{}<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1000" w:right="900" w:bottom="1000" w:left="800" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>"#,
        p("The text of the template stays where it is.")
    );
    let relations = format!(
        r#"<Relationship Id="h" Type="{R}/header" Target="header9.xml"/><Relationship Id="f" Type="{R}/footer" Target="footer9.xml"/>"#
    );
    let of_header = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{header_relations}</Relationships>"#
    );
    Word::body(&body)
        .part("styles", STYLES)
        .part("numbering", NUMBERING)
        .related(&relations)
        .file("word/header9.xml", margin("hdr", header).as_bytes())
        .file("word/footer9.xml", margin("ftr", footer).as_bytes())
        .file("word/_rels/header9.xml.rels", of_header.as_bytes())
        .file("word/media/logo.png", LOGO)
}

fn opened(file: Word) -> Template {
    Template::open(&file.bytes()).unwrap()
}

/// The parts of a draft in this look.
fn dressed(template: &Template) -> BTreeMap<String, String> {
    let own = |text: &str| document(&["# Visitors".to_owned(), text.to_owned()], "a");
    let merged = Merged::of(
        &own("Visitors must sign in at the office."),
        &own("Visitors should sign in at the desk."),
    );
    let materials = merged.materials();
    let draft = merge(&materials);
    let d = Draftable { template: Some(template), ..draftable(&draft, &materials) };
    let bytes = word(&d);
    assert!(bytes == word(&d), "the same bytes each time");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        out.insert(name, String::from_utf8_lossy(&content).into_owned());
    }
    out
}

#[test]
fn template_gives_styles_lists_page_header_footer_and_logo_and_no_text() {
    let image = format!(r#"<Relationship Id="i" Type="{R}/image" Target="media/logo.png"/>"#);
    let header = format!("<w:p>{}<w:r><w:t>Hill School</w:t></w:r></w:p>", drawn(r#"r:embed="i""#));
    let template = opened(template(&header, &p("Kind, brave, curious"), &image));
    assert_eq!(template.left_out, [""; 0]);
    assert_eq!(template.says, ["Hill School", "Kind, brave, curious"]);
    let parts = dressed(&template);
    let styles = &parts["word/styles.xml"];
    // Its heading under the name that drafts use, with its list under a number of its own; what was called so goes by another name.
    assert!(styles.contains(r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="Heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1000007"/></w:numPr></w:pPr><w:rPr><w:color w:val="7B2D8B"/>"#), "{styles}");
    assert!(
        styles.contains(r#"w:styleId="Heading22"><w:name w:val="Motto"/><w:basedOn w:val="Heading1"/>"#),
        "{styles}"
    );
    assert_eq!(styles.matches(r#"w:default="1""#).count(), 1);
    assert!(styles.contains(r#"w:styleId="DraftField""#) && styles.contains(r#"<w:lang w:val="en-GB"/>"#));
    let numbering = &parts["word/numbering.xml"];
    assert!(
        numbering.contains(r#"<w:num w:numId="1000007"><w:abstractNumId w:val="5"/></w:num></w:numbering>"#)
    );
    assert!(numbering.contains(r#"<w:pStyle w:val="Heading1"/>"#), "{numbering}");
    let header = &parts["word/header1.xml"];
    assert!(header.contains("Hill School") && header.contains(r#"r:embed="t0""#), "{header}");
    assert!(header.contains("Policy – draft of 24 November 2026"), "each page says that it is a draft");
    assert!(parts["word/_rels/header1.xml.rels"].contains(r#"Id="t0""#));
    assert_eq!(parts["word/media/template1.png"], String::from_utf8_lossy(LOGO));
    let footer = &parts["word/footer1.xml"];
    assert!(footer.contains("Kind, brave, curious") && footer.contains(" PAGE "), "{footer}");
    let body = &parts["word/document.xml"];
    assert!(
        body.contains(r#"<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1000" w:right="900""#),
        "{body}"
    );
    assert!(parts.values().all(|text| !text.contains("stays where it is")));
}

#[test]
fn template_macros_links_objects_fields_and_old_drawings_are_left_out_and_named() {
    let evil = "http://evil.example/x";
    let outside = |id: &str, kind: &str| {
        format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{evil}" TargetMode="External"/>"#)
    };
    let inside = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"/>"#)
    };
    let relations = [
        outside("far", "image"),
        outside("link", "hyperlink"),
        inside("ole", "oleObject", "embeddings/o.bin"),
        inside("emf", "image", "media/old.emf"),
    ]
    .concat();
    let field = |code: &str, shown: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let header = format!(
        r#"<w:p><w:bookmarkStart w:id="0" w:name="_cg1_t_forged"/><w:bookmarkEnd w:id="0"/>{}{}{}<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"><a:hlinkClick r:id="link"/></wp:docPr></wp:inline></w:drawing></w:r><w:r><w:object><o:OLEObject r:id="ole"/></w:object></w:r><w:r><w:pict><v:shape><v:imagedata src="{evil}" o:href="{evil}"/></v:shape></w:pict></w:r><w:hyperlink r:id="link"><w:r><w:t>our page</w:t></w:r></w:hyperlink>{}{}<w:fldSimple w:instr=" DDEAUTO c:\\x "><w:r><w:t>simple</w:t></w:r></w:fldSimple><w:ins w:id="1" w:author="Somebody"><w:r><w:t>inserted</w:t></w:r></w:ins><w:del w:id="2" w:author="Somebody"><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p><w:altChunk r:id="far"/>"#,
        drawn(r#"r:link="far""#),
        drawn(r#"r:embed="far""#),
        drawn(r#"r:embed="emf""#),
        field(&format!(" INCLUDEPICTURE \"{evil}\" "), "a picture"),
        field(" PAGE ", "3"),
    );
    let file = template(&header, &p("foot"), &relations)
        .file("word/embeddings/o.bin", b"MZ")
        .file("word/media/old.emf", b"\x01\0\0\0")
        .file("word/vbaProject.bin", b"macros")
        .related(r#"<Relationship Id="vba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>"#)
        .part("settings", r#"<w:settings xmlns:w="{W}"><w:evenAndOddHeaders w:val="0"/></w:settings>"#)
        .file(
            "word/_rels/settings.xml.rels",
            format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#, outside("t", "attachedTemplate")).as_bytes(),
        );
    let template = opened(file);
    assert_eq!(
        template.left_out,
        [
            "a link in its header",
            "a link to a picture in its header",
            "a link to another template",
            "a picture that is neither PNG nor JPEG (word/media/old.emf) in its header",
            "an embedded object in its header",
            "macros",
        ]
    );
    let parts = dressed(&template);
    for (name, text) in &parts {
        for bad in [
            "evil",
            "vbaProject",
            "INCLUDEPICTURE",
            "DDEAUTO",
            "forged",
            "Somebody",
            "deleted",
            "altChunk",
            "OLEObject",
        ] {
            let mine = name == "word/document.xml" && bad == "deleted";
            assert!(mine || !text.contains(bad), "{name} holds {bad}: {text}");
        }
    }
    let header = &parts["word/header1.xml"];
    for stays in ["our page", "a picture", "simple", "inserted", " PAGE "] {
        assert!(header.contains(stays), "{stays}: {header}");
    }
    // The number of the page stands in the header already.
    assert!(!parts["word/footer1.xml"].contains("PAGE"));
    assert!(!parts.contains_key("word/_rels/header1.xml.rels"));
}

#[test]
fn template_title_in_its_header_is_the_title_of_the_draft() {
    let header = r#"<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns0:coreProperties[1]/ns1:title[1]" w:storeItemID="{6C3C8BC8}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Behaviour </w:t></w:r><w:r><w:t>2019</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let footer =
        r#"<w:p><w:fldSimple w:instr=" TITLE "><w:r><w:t>Behaviour 2019</w:t></w:r></w:fldSimple></w:p>"#;
    let template = opened(template(header, footer, ""));
    assert_eq!(template.says, [""; 0]);
    let parts = dressed(&template);
    for name in ["word/header1.xml", "word/footer1.xml"] {
        assert!(parts[name].contains(">Policy<") && !parts[name].contains("2019"), "{}", parts[name]);
    }
}

#[test]
fn template_pages_that_cannot_be_are_those_of_the_draft() {
    for section in [
        r#"<w:pgSz w:w="0" w:h="-5"/>"#,
        r#"<w:pgSz w:w="99999999999" w:h="16838"/><w:pgMar w:top="1" w:right="1" w:bottom="1" w:left="999999"/>"#,
        r#"<w:pgMar w:top="0" w:right="6000" w:bottom="0" w:left="6000" w:header="0" w:footer="0" w:gutter="0"/>"#,
        "",
    ] {
        let file = Word::body(&format!("{}<w:sectPr>{section}</w:sectPr>", p("x"))).part("styles", STYLES);
        let body = dressed(&opened(file)).remove("word/document.xml").unwrap();
        assert!(
            body.contains(r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440""#),
            "{section}"
        );
    }
}

#[test]
fn template_over_a_ceiling_or_no_word_file_is_refused() {
    let sized = |bytes: u64| {
        let begin = format!(r#"<w:styles xmlns:w="{W}"><!--"#);
        let (mut styles, mut seed) = (begin, 7u64);
        // Letters that do not shrink much, so that the ceiling of what is inflated is not met first.
        while (styles.len() as u64) < bytes - "--></w:styles>".len() as u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            styles.push(char::from(b'a' + (seed >> 33) as u8 % 26));
        }
        styles.push_str("--></w:styles>");
        Template::open(&Word::body(&p("x")).part("styles", &styles).bytes())
    };
    assert!(sized(limits::TEMPLATE_BYTES).is_ok());
    let error = sized(limits::TEMPLATE_BYTES + 1).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Limit);
    assert!(error.message.contains(&limits::TEMPLATE_BYTES.to_string()), "{}", error.message);
    let kind = |bytes: &[u8]| Template::open(bytes).unwrap_err().kind;
    assert_eq!(kind(b"no package"), ErrorKind::Unsupported);
    assert_eq!(kind(b"PK no package"), ErrorKind::Input);
    assert_eq!(kind(&Word::body(&p("no styles")).bytes()), ErrorKind::Input);
    // References under a name that no program uses could not be seen.
    let forged = template(&p("x"), &format!(r#"<w:p xmlns:q="{R}"><w:altChunk q:id="far"/></w:p>"#), "");
    assert_eq!(kind(&forged.bytes()), ErrorKind::Unsupported);
}

#[test]
fn template_from_the_command_line_is_named_and_never_written_into() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| home.path().join(name);
    for (school, word) in [("a", "must"), ("b", "should")] {
        std::fs::create_dir(path(school)).unwrap();
        let text = format!("# Lost Property Policy\n\nStaff {word} keep what is found in the office.\n");
        std::fs::write(path(school).join("lost property.md"), text).unwrap();
    }
    std::fs::create_dir(path("ours")).unwrap();
    let bytes = template(&p("Hill School"), &p("foot"), "").bytes();
    std::fs::write(path("ours").join("look.dotx"), &bytes).unwrap();
    let run = |arguments: &[&str]| {
        let ran =
            program::run(&[&["draft", "a", "b", "--today", "2026-11-25"], arguments].concat(), home.path());
        (ran.code, ran.err)
    };
    let (code, said) = run(&["--template", "ours/look.dotx"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("“Hill School”") && said.contains("every page"), "{said}");
    let (code, said) = run(&["--template", "a/lost property.md"]);
    assert!(code == 2 && said.contains("a/lost property.md") && said.contains("Word"), "{said}");
    let (code, said) = run(&["--template", "nothing.docx"]);
    assert!(code == 2 && said.contains("nothing.docx: there is no such file"), "{said}");
    let (code, said) = run(&["--template", "ours/look.dotx", "--out", "ours/look.dotx"]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(std::fs::read(path("ours").join("look.dotx")).unwrap(), bytes);
}
