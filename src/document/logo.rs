//! A school's logo: a file's bytes in, whether it is a picture that may be shown, and its measures, out.
//!
//! Only PNG and JPEG, told by their first bytes and not by their names: they hold nothing that a program would run or fetch. The picture itself is not
//! decoded; how it is put together is looked at, so that half a file or something else behind the first bytes is refused.

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// A logo, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// As the file holds them.
    pub bytes: Vec<u8>,
    /// The ending of a file of its type: "png" or "jpeg".
    pub ending: &'static str,
    /// Width and height in points of the picture, neither 0.
    pub pixels: [u32; 2],
}

impl Logo {
    /// Takes a file's bytes.
    ///
    /// # Errors
    ///
    /// Limit if they are too many, or the picture has too many points; Unsupported if they are neither PNG nor JPEG; Input if they are damaged.
    pub fn of(bytes: Vec<u8>) -> Result<Self> {
        let count = bytes.len() as u64;
        if count > limits::LOGO_BYTES {
            return Err(Error::over("bytes of a logo", count, limits::LOGO_BYTES)
                .hint("save a smaller picture; 300 points across are enough"));
        }
        let Some(ending) = ending(&bytes) else {
            return Err(Error::new(ErrorKind::Unsupported, "is neither a PNG nor a JPEG picture")
                .hint("save the logo as PNG"));
        };
        let measures = if ending == "png" { png(&bytes) } else { jpeg(&bytes) };
        let Some(pixels) = measures.filter(|p| !p.contains(&0)) else {
            return Err(Error::new(ErrorKind::Input, "is a damaged picture").hint("save the logo anew"));
        };
        let points = pixels.map(u64::from).iter().product::<u64>();
        if points > limits::LOGO_PIXELS {
            return Err(Error::over("points of a logo", points, limits::LOGO_PIXELS)
                .hint("save a smaller picture; 300 points across are enough"));
        }
        Ok(Self { bytes, ending, pixels })
    }
}

/// What a picture is, by its first bytes.
pub(crate) fn ending(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(SIGNATURE) {
        Some("png")
    } else if bytes.starts_with(b"\xFF\xD8\xFF") {
        Some("jpeg")
    } else {
        None
    }
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Measures of a PNG file, if its chunks follow each other from the first to the last (PNG, 5.3: length, type, data, check).
fn png(bytes: &[u8]) -> Option<[u32; 2]> {
    let number = |at: usize| -> Option<u32> {
        bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
    };
    let mut at = SIGNATURE.len();
    let mut measures = None;
    loop {
        let length = usize::try_from(number(at)?).ok()?;
        let kind = bytes.get(at.checked_add(4)?..at.checked_add(8)?)?;
        let data = at.checked_add(8)?;
        let next = data.checked_add(length)?.checked_add(4)?;
        if next > bytes.len() {
            return None;
        }
        match kind {
            b"IHDR" if measures.is_none() && length == 13 => {
                measures = Some([number(data)?, number(data + 4)?])
            }
            b"IHDR" => return None,
            b"IEND" => return measures,
            _ if measures.is_none() => return None,
            _ => {}
        }
        at = next;
    }
}

/// Measures of a JPEG file: those of its first frame (T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<[u32; 2]> {
    let pair = |at: usize| -> Option<u32> {
        bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(|p: [u8; 2]| u32::from(u16::from_be_bytes(p)))
    };
    if !bytes.ends_with(b"\xFF\xD9") {
        return None;
    }
    let mut at = 2usize;
    loop {
        let [mark, kind] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        if mark != 0xFF {
            return None;
        }
        match kind {
            // A frame: precision, height, width.
            0xC0..=0xCF if !matches!(kind, 0xC4 | 0xC8 | 0xCC) => {
                return Some([pair(at + 7)?, pair(at + 5)?]);
            }
            0xFF => at += 1,
            // The scan begins before any frame, or the file ends.
            0xDA | 0xD9 => return None,
            _ => at = at.checked_add(2)?.checked_add(usize::try_from(pair(at + 2)?.max(2)).ok()?)?,
        }
    }
}
