//! Bytes of a text file into text: byte order mark, declared character set, UTF-8, and Windows-1252 as the last resort.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// A text and how it was decoded, if that is worth a remark.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notices: Vec<String>,
}

/// Decodes a file's bytes; `declared` is the character set that the file itself names.
///
/// # Errors
///
/// Input if it is no text at all; Limit if it is too long.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded> {
    let mut notices = Vec::new();
    let text = if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        lossy(encoding, bytes.get(skip..).unwrap_or(&[]), &mut notices)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        let named = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
        let encoding = named.filter(|e| *e != UTF_8).unwrap_or(WINDOWS_1252);
        notices.push(format!("not UTF-8: read as {}", encoding.name()));
        lossy(encoding, bytes, &mut notices)
    };
    let chars = text.chars().count() as u64;
    if chars > limits::TEXT_CHARS {
        return Err(Error::over("characters of text", chars, limits::TEXT_CHARS));
    }
    let controls = text.chars().filter(|c| is_forbidden(*c)).count();
    // Text has next to no control characters; a tenth of them is some other kind of file.
    if controls * 10 > text.chars().count() {
        return Err(Error::new(ErrorKind::Input, "is not a text file, whatever its name says")
            .hint("give it the ending of its true format, or save it as text"));
    }
    if controls == 0 {
        return Ok(Decoded { text, notices });
    }
    notices.push(format!("{controls} control characters were replaced"));
    Ok(Decoded {
        text: text.chars().map(|c| if is_forbidden(c) { '\u{FFFD}' } else { c }).collect(),
        notices,
    })
}

fn lossy(encoding: &'static Encoding, bytes: &[u8], notices: &mut Vec<String>) -> String {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        notices.push(format!("some characters are not {} and are shown as \u{FFFD}", encoding.name()));
    }
    text.into_owned()
}

/// Control characters other than tab, line feed, carriage return and form feed.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{0C}' | '\u{85}')
}
