//! Logos: what may be one, where it stands, and what the report says of one that may not.

use std::fs;
use std::path::Path;

use common_ground::document::Logo;
use common_ground::{ErrorKind, limits};

use crate::program::run;
use crate::report::PAYLOAD;
use crate::status::schools;

/// A PNG file of these measures with this many bytes of data, its chunks in order.
fn png(width: u32, height: u32, data: usize) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        out.extend(kind);
        out.extend(data);
        out.extend([0; 4]);
    };
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", &vec![0; data]);
    chunk(b"IEND", &[]);
    out
}

/// A JPEG file of these measures: application data, a table, a frame, the end.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC4\x00\x03c\xFF\xC2\x00\x0B\x08".to_vec();
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.extend(b"\x01\x01\x11\x00\xFF\xDA\x00\x02\x00\xFF\xD9");
    out
}

#[test]
fn logo_png_and_jpeg_are_told_by_their_bytes_and_measured() {
    let logo = Logo::of(png(30, 20, 5)).unwrap();
    assert_eq!((logo.ending, logo.pixels), ("png", [30, 20]));
    let logo = Logo::of(jpeg(300, 200)).unwrap();
    assert_eq!((logo.ending, logo.pixels), ("jpeg", [300, 200]));
    for name in ["infant", "junior"] {
        assert_eq!(
            Logo::of(fs::read(format!("policies/logos/{name}.png")).unwrap()).unwrap().pixels,
            [120, 120]
        );
    }
    for other in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"\x89PNG", b"%PDF-1.7"]
    {
        assert_eq!(Logo::of(other.to_vec()).unwrap_err().kind, ErrorKind::Unsupported);
    }
}

#[test]
fn logo_cut_off_or_changed_anywhere_is_refused_or_harmless() {
    for whole in [png(30, 20, 40), jpeg(30, 20)] {
        for cut in 3..whole.len() {
            assert!(Logo::of(whole[..cut].to_vec()).is_err(), "cut at {cut}");
        }
        for at in 0..whole.len() {
            for value in [0, 1, 0x7F, 0x80, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Ok(logo) = Logo::of(bytes) {
                    let points = u64::from(logo.pixels[0]) * u64::from(logo.pixels[1]);
                    assert!(points > 0 && points <= limits::LOGO_PIXELS);
                }
            }
        }
    }
    assert_eq!(Logo::of(png(0, 20, 1)).unwrap_err().kind, ErrorKind::Input);
}

#[test]
fn logo_at_its_limits_is_taken_and_one_over_is_refused() {
    let most = usize::try_from(limits::LOGO_BYTES).unwrap();
    let around = png(1, 1, 0).len();
    assert!(Logo::of(png(1, 1, most - around)).is_ok());
    let error = Logo::of(png(1, 1, most - around + 1)).unwrap_err();
    assert!(
        error.kind == ErrorKind::Limit && error.message.contains("262145 is more than the 262144"),
        "{error}"
    );
    let side = u32::try_from(limits::LOGO_PIXELS.isqrt()).unwrap();
    assert!(Logo::of(png(side, side, 1)).is_ok());
    assert_eq!(Logo::of(png(side + 1, side, 1)).unwrap_err().kind, ErrorKind::Limit);
    assert_eq!(Logo::of(png(u32::MAX, u32::MAX, 1)).unwrap_err().kind, ErrorKind::Limit);
}

/// Two schools, the first with this logo.
fn with_logo(file: &str, bytes: &[u8], name: &str) -> tempfile::TempDir {
    let home = schools("");
    let settings = fs::read_to_string(home.path().join("common-ground.toml")).unwrap();
    let quoted = toml::Value::String(name.to_owned()).to_string();
    let settings = settings.replace("\"First School\"", &format!("{quoted}\nlogo = \"{file}\""));
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    fs::write(home.path().join(file), bytes).unwrap();
    home
}

fn text(home: &Path, name: &str) -> String {
    fs::read_to_string(home.join("reports").join(name)).unwrap()
}

/// A part of a package.
fn part(home: &Path, file: &str, name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(fs::File::open(home.join("reports").join(file)).unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

#[test]
fn logo_stands_in_pages_word_files_and_drafts_with_what_it_says() {
    let bytes = png(30, 20, 5);
    let home = with_logo("first.png", &bytes, PAYLOAD);
    let h = home.path();
    for command in ["compare", "pack", "status", "parents", "draft"] {
        let mut arguments = vec![command, ".", "--today", "2026-11-25", "-q"];
        if command == "pack" {
            arguments.extend(["--format", "html", "--format", "docx"]);
        }
        let ran = run(&arguments, h);
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
    }
    for page in ["index.html", "pack.html", "status.html", "parents.html"] {
        let page = text(h, page);
        let img = page.split("<img ").nth(1).unwrap().split('>').next().unwrap();
        assert!(
            img.contains("src=\"data:image/png;base64,iVBORw0KGgo")
                && img.contains("width=\"30\" height=\"20\""),
            "{img}"
        );
        assert!(img.contains("alt=\"Logo of &lt;script&gt;"), "{img}");
        assert_eq!(page.matches("<img").count(), 1);
    }
    for file in ["pack.docx", "status.docx", "parents.docx", "behaviour-draft.docx"] {
        let document = String::from_utf8(part(h, file, "word/document.xml")).unwrap();
        assert!(
            document.contains("descr=\"Logo of &lt;script&gt;") && document.contains("r:embed=\"rLogo0\""),
            "{file}"
        );
        let relations = String::from_utf8(part(h, file, "word/_rels/document.xml.rels")).unwrap();
        assert!(relations.contains("Id=\"rLogo0\"") && !relations.contains("TargetMode"), "{relations}");
        assert_eq!(part(h, file, "word/media/logo0.png"), bytes);
        assert!(
            String::from_utf8(part(h, file, "[Content_Types].xml")).unwrap().contains("Extension=\"png\"")
        );
    }
    // A draft with a logo that comes back unchanged answers nothing.
    let ran = run(
        &[
            "draft",
            ".",
            "--read-back",
            "reports/behaviour-draft.docx",
            "--by",
            "Head",
            "--today",
            "2026-11-25",
            "--out",
            "again",
        ],
        h,
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!h.join("decisions").exists(), "{}", ran.err);
}

#[test]
fn logo_that_cannot_be_shown_is_said_and_the_report_is_made() {
    for (bytes, why) in [
        (&b"<svg/>"[..], "neither a PNG nor a JPEG picture"),
        (&png(30, 20, 5)[..40], "a damaged picture"),
        (&png(9000, 9000, 5), "81000000 is more than the 4194304"),
    ] {
        let home = with_logo("first.png", bytes, "First School");
        let ran = run(&["status", ".", "--today", "2026-11-25", "-q"], home.path());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let page = text(home.path(), "status.html");
        assert!(
            page.contains("The logo of First School, “first.png”, is not shown:") && page.contains(why),
            "{why}"
        );
        assert!(!page.contains("<img"));
    }
    let home = with_logo("first.png", b"", "First School");
    fs::remove_file(home.path().join("first.png")).unwrap();
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x.png"), png(3, 2, 1)).unwrap();
        std::os::unix::fs::symlink(outside.path().join("x.png"), home.path().join("first.png")).unwrap();
        let ran = run(&["status", ".", "--today", "2026-11-25", "-q"], home.path());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(text(home.path(), "status.html").contains("is a link and was not followed"));
    }
    let settings = fs::read_to_string(home.path().join("common-ground.toml")).unwrap();
    for bad in ["../first.png", "/first.png", "a\\\\..\\\\..\\\\b.png"] {
        fs::write(home.path().join("common-ground.toml"), settings.replace("first.png", bad)).unwrap();
        let ran = run(&["status", ".", "--today", "2026-11-25", "-q"], home.path());
        assert!(ran.code == 2 && ran.err.contains("leads out of the partnership"), "{bad}: {}", ran.err);
    }
}
