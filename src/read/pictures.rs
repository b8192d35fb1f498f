//! The pictures of a policy, for a draft that shows them: its file and what was read of it in, their bytes out.
//!
//! Only PNG and JPEG are taken over, told by their first bytes and not by their names: they hold nothing that a program would run or fetch.

use crate::document::Picture;
use crate::limits;

use super::{Package, Source};

/// A picture's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The bytes as the policy stores them.
    pub bytes: Vec<u8>,
    /// The ending of a file of its type: "png" or "jpeg".
    pub ending: &'static str,
}

/// Why a picture is not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotTaken {
    /// The file does not hold it.
    NotThere,
    /// Neither PNG nor JPEG.
    Type,
    /// Over the ceiling of one picture or of all.
    Size,
    /// The file does not say how large it is on the page.
    Extent,
}

impl NotTaken {
    /// The reason in words.
    pub fn why(self) -> &'static str {
        match self {
            Self::NotThere => "the file only refers to it or draws it with lines",
            Self::Type => "neither a PNG nor a JPEG picture",
            Self::Size => "too large to take over",
            Self::Extent => "the file does not say how large it is on the page",
        }
    }
}

/// One entry per picture, in order; pictures are taken until the ceiling of all is reached.
pub fn images(source: &Source, pictures: &[Picture]) -> Vec<Result<Image, NotTaken>> {
    let mut package = Package::open(&source.bytes).ok();
    let mut left = limits::PICTURES_BYTES;
    pictures
        .iter()
        .map(|picture| {
            let (Some(part), Some(package)) = (&picture.part, package.as_mut()) else {
                return Err(NotTaken::NotThere);
            };
            let ceiling = limits::PICTURE_BYTES.min(left);
            if picture.bytes > ceiling {
                return Err(NotTaken::Size);
            }
            let bytes = package.part(part).map_err(|_| NotTaken::Size)?.ok_or(NotTaken::NotThere)?;
            // What the directory said may have been untrue.
            if bytes.len() as u64 > ceiling {
                return Err(NotTaken::Size);
            }
            let ending = ending(&bytes).ok_or(NotTaken::Type)?;
            if picture.shown.contains(&0) {
                return Err(NotTaken::Extent);
            }
            left = left.saturating_sub(bytes.len() as u64);
            Ok(Image { bytes, ending })
        })
        .collect()
}

pub(crate) use crate::document::logo::ending;

/// A length as documents write it, in English Metric Units: "5.2cm", "94.5pt", "1in"; 0 if it is none.
pub(super) fn length(text: &str) -> u32 {
    let text = text.trim();
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(at).unwrap_or((text, ""));
    let each = match unit {
        "pt" => 12_700.0,
        "cm" => 360_000.0,
        "mm" => 36_000.0,
        "in" => 914_400.0,
        "px" => 9_525.0,
        _ => 0.0,
    };
    // Conversion of a number that is no length ends at 0 or at the largest.
    number.trim().parse::<f64>().map_or(0, |n| (n * each) as u32)
}

/// Width and height of an old drawing from its style: "width:94.5pt;height:60pt".
pub(super) fn styled(style: &str) -> [u32; 2] {
    ["width", "height"].map(|side| {
        let mut declared = style.split(';').filter_map(|d| d.split_once(':'));
        declared.find(|(name, _)| name.trim() == side).map_or(0, |(_, l)| length(l))
    })
}
