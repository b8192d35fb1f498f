//! What a file really is, by its first bytes: formats that are not read are refused by name.

use crate::error::{Error, ErrorKind, Result};

/// The first bytes of an old Office file, and of an encrypted new one.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// The ending of an old format that LibreOffice can make into a Word file.
pub(crate) fn old(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"{\\rtf") {
        return Some("rtf");
    }
    let word = bytes.starts_with(OLE)
        && holds_utf16(bytes, "WordDocument")
        && !holds_utf16(bytes, "EncryptedPackage");
    word.then_some("doc")
}

/// Refuses what is known and not read.
///
/// # Errors
///
/// Unsupported, naming the format and what to do.
pub(crate) fn refuse(bytes: &[u8], ending: &str) -> Result<()> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let named = |what: &str, hint: &str| Err(Error::new(ErrorKind::Unsupported, what).hint(hint));
    if starts(OLE) {
        return if holds_utf16(bytes, "EncryptedPackage") {
            named("password-protected, cannot be read", "save a copy without a password")
        } else if holds_utf16(bytes, "WordDocument") {
            named(
                "an old Word file (.doc), which is read only where LibreOffice is installed",
                "open it in Word and save it as .docx, or install LibreOffice",
            )
        } else {
            named("an old Office file, which is not read", "open it and save it as Word (.docx)")
        };
    }
    if starts(b"{\\rtf") {
        return named(
            "a rich text file (.rtf), which is read only where LibreOffice is installed",
            "open it in Word and save it as .docx, or install LibreOffice",
        );
    }
    let picture = [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    if picture.iter().any(|p| starts(p)) && ending != "txt" {
        return named("a picture, not a text", "a picture of a page needs text recognition (OCR) first");
    }
    if starts(b"Rar!") || starts(b"7z\xBC\xAF") || starts(b"\x1F\x8B") {
        return named("a packed archive", "unpack it and use the files in it");
    }
    match ending {
        "odt" if !starts(b"PK") => named(
            "not an OpenDocument text, whatever its name says",
            "save it again in the program that made it",
        ),
        "doc" if !starts(b"PK") && !starts(b"<") => {
            named("not a Word file, whatever its name says", "open it in Word and save it as .docx")
        }
        "pdf" if !super::pdf::is_pdf(bytes) => named(
            "not a PDF file, whatever its name says",
            "open it in the program that made it and save it as PDF",
        ),
        "pages" => named("an Apple Pages file, which is not read", "export it as Word (.docx)"),
        "gdoc" | "gsheet" | "url" | "webloc" => {
            named("only a link to a document on the web", "download the document as Word (.docx)")
        }
        "docx" | "docm" | "dotx" if !starts(b"PK") && !super::pdf::is_pdf(bytes) => named(
            "not a Word file, whatever its name says",
            "open it in the program that made it and save it as .docx",
        ),
        _ => Ok(()),
    }
}

/// Whether a name stands in the file as 16-bit characters, as directories of old Office files hold it.
fn holds_utf16(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|w| w == wanted)
}
