//! Bytes in, documents out: one reader a format, chosen by what the bytes are, not by what the name says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crate::document::{Document, Reading};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

mod convert;
mod decode;
mod docx;
mod html;
mod magic;
mod markdown;
pub(crate) mod numbering;
mod odt;
mod package;
mod passage;
mod pdf;
mod pictures;
pub(crate) mod process;
pub mod source;
mod table;
mod text;
mod xml;

pub(crate) use docx::{Reviewed, reviewed};
pub(crate) use magic::refuse;
pub(crate) use package::{Package, part_of};
pub(crate) use pdf::isolate::{ARGUMENT as CHILD, child};
pub(crate) use pictures::ending as picture_ending;
pub use pictures::{Image, NotTaken, images};
pub use source::Source;
pub(crate) use xml::{Node, Nodes, decoded};

/// A format that can be read.
pub(crate) trait Reader: Sync {
    /// Short name: "docx".
    fn id(&self) -> &'static str;
    /// Whether these bytes, whose file has this lower-case ending, are of this format.
    fn recognises(&self, bytes: &[u8], ending: &str) -> bool;
    /// Reads the bytes.
    ///
    /// # Errors
    ///
    /// Input, Limit or Unsupported, without a path.
    fn read(&self, source: &Source, settings: &Settings) -> Result<Reading>;
}

/// All formats, in the order in which they are tried.
pub(crate) const READERS: &[&dyn Reader] =
    &[&odt::Odt, &docx::Docx, &pdf::Pdf, &html::Html, &markdown::Markdown, &text::Text];

/// What readers may use besides the file.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// This program's own file: PDF files are interpreted in a child process of it. Without it they are interpreted in this process, where a
    /// hostile file can use up its memory.
    pub child: Option<PathBuf>,
    /// Scanned pages are read by text recognition, if tesseract is installed.
    pub ocr: bool,
    /// Old Word files and rich text are converted by LibreOffice, if it is installed.
    pub convert: bool,
}

/// The short names of the formats that can be read.
pub fn formats() -> Vec<&'static str> {
    READERS.iter().map(|r| r.id()).collect()
}

/// Reads one file of a school within this process; see [`read_with`].
///
/// # Errors
///
/// Those of [`read_with`].
pub fn read(source: &Source, school: &str) -> Result<Document> {
    read_with(source, school, &Settings::default())
}

/// Reads one file of a school.
///
/// # Errors
///
/// Input, Limit or Unsupported with the path; also if nothing can be read of it: an empty policy is never returned.
/// Internal if a reader failed in a way that is this program's own mistake; other files are not affected.
pub fn read_with(source: &Source, school: &str, settings: &Settings) -> Result<Document> {
    // A reader that panics must not end the run of the other files; nothing is shared with it.
    let result = catch_unwind(AssertUnwindSafe(|| reading(source, settings)));
    let reading = match result {
        Ok(reading) => reading,
        Err(_) => Err(Error::new(ErrorKind::Internal, "this file met a mistake in the program")
            .hint("save it again in Word or as plain text; the other files are not affected")),
    };
    let reading = reading.map_err(|e| e.at(&source.path))?;
    Ok(Document::new(school, &source.path, reading))
}

fn reading(source: &Source, settings: &Settings) -> Result<Reading> {
    if source.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorKind::Input, "the file is empty")
            .hint("check that it was saved or copied completely"));
    }
    let ending = source.ending();
    if let Some(old) = magic::old(&source.bytes).filter(|_| settings.convert && convert::is_installed()) {
        let bytes = convert::to_word(&source.bytes, old)?;
        let mut reading = reading(&Source { path: format!("{}.docx", source.path), bytes }, settings)?;
        reading
            .notices
            .insert(0, format!("converted from .{old} by LibreOffice: compare it with the original"));
        return Ok(reading);
    }
    magic::refuse(&source.bytes, &ending)?;
    let reader = READERS.iter().find(|r| r.recognises(&source.bytes, &ending)).ok_or_else(|| {
        let what = match ending.is_empty() {
            true => "a file without an ending, such as .docx, is not read".to_owned(),
            false => format!("files ending in “.{ending}” are not read"),
        };
        Error::new(ErrorKind::Unsupported, what)
            .hint("save it as Word (.docx), PDF, web page, Markdown or plain text")
    })?;
    let reading = reader.read(source, settings)?;
    if reading.blocks.len() as u64 > limits::BLOCKS {
        return Err(Error::over("paragraphs", reading.blocks.len() as u64, limits::BLOCKS));
    }
    let has_words = |b: &crate::document::Block| b.text.chars().any(char::is_alphanumeric);
    if !reading.blocks.iter().any(has_words) {
        let pictures = reading.pictures.len();
        return Err(if pictures > 0 {
            Error::new(
                ErrorKind::Unsupported,
                match pictures {
                    1 => "holds a picture and no text that can be read".to_owned(),
                    n => format!("holds {n} pictures and no text that can be read"),
                },
            )
            .hint("if it is a scan, it needs text recognition (OCR) first")
        } else {
            let hidden = reading.apart.iter().any(|a| a.kind == crate::document::ApartKind::Hidden);
            let what = if hidden { "holds no text but hidden text" } else { "holds no text" };
            Error::new(ErrorKind::Input, what)
                .hint("check that it is the right file and was saved completely")
        });
    }
    Ok(reading)
}
