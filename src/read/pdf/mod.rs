//! PDF: the file's drawing instructions are followed in a process of its own ([`isolate`]); what stands where on the pages is then
//! put together into lines, tables and paragraphs here.

use crate::document::{Picture, Reading, Unread};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Settings, Source};

mod aligned;
mod glyphs;
pub(crate) mod isolate;
mod lines;
mod margins;
mod ocr;
mod order;
mod page;
mod paragraphs;
mod scan;
mod tables;

use page::{Page, Pages};

/// A page with fewer letters and a picture over most of it is a picture of a page.
const FEW_LETTERS: usize = 40;
/// A picture that covers this part of a page may be the page itself.
const MOST_OF_PAGE: f32 = 0.5;

/// Reads `.pdf`.
pub(crate) struct Pdf;

impl crate::read::Reader for Pdf {
    fn id(&self) -> &'static str {
        "pdf"
    }

    fn recognises(&self, bytes: &[u8], _: &str) -> bool {
        is_pdf(bytes)
    }

    fn read(&self, source: &Source, settings: &Settings) -> Result<Reading> {
        let pages = isolate::pages(&source.bytes, settings)?;
        reading(pages, &source.bytes, settings)
    }
}

/// The mark may stand a little after the start.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    start.windows(5).any(|w| w == b"%PDF-")
}

/// Puts the pages together.
///
/// # Errors
///
/// Unsupported if the pages are pictures, or if nearly nothing on them can be read.
fn reading(mut pages: Pages, bytes: &[u8], settings: &Settings) -> Result<Reading> {
    let mut reading = Reading::default();
    let count = pages.pages.len();
    let letters: Vec<usize> = pages.pages.iter().map(letters).collect();
    let unknown: u32 = pages.pages.iter().flat_map(|p| &p.pieces).map(|p| p.unknown).sum();
    let mut scans: Vec<usize> =
        (0..count).filter(|at| letters[*at] < FEW_LETTERS && is_picture(&pages.pages[*at])).collect();
    let known: usize = letters.iter().sum();
    let no_letters = unknown as usize > 9 * known || known < FEW_LETTERS && unknown as usize > known;
    if settings.ocr && !scans.is_empty() {
        let (words, doubtful) = ocr::recognise(bytes, &mut pages, &scans, settings)?;
        reading.notices.push(format!(
            "recognised text (OCR) on {} of {count} pages: {words} words, {doubtful} of them doubtful; check names, numbers and dates",
            scans.len()
        ));
        scans.clear();
    } else if !scans.is_empty() && scans.len() * 10 >= count * 9 {
        return Err(Error::new(
            ErrorKind::Unsupported,
            "this is a picture of a page: it needs text recognition (OCR)",
        )
        .hint("use the Word file it was made from; or install tesseract and add --ocr"));
    }
    if no_letters {
        return Err(Error::new(
            ErrorKind::Unsupported,
            "its letters cannot be read: the file shows their shapes and does not say what they are",
        )
        .hint("use the Word file it was made from"));
    }
    for at in &scans {
        reading.unread.push(Unread {
            what: "a page that is a picture".into(),
            r#where: format!("page {}", at + 1),
            why: "it needs text recognition (OCR)".into(),
        });
    }
    if unknown > 0 {
        reading.unread.push(Unread {
            what: format!("{unknown} letters"),
            r#where: "shown as \u{FFFD} in the text".into(),
            why: "the file does not say what they are".into(),
        });
    }
    for fault in &pages.faults {
        reading.unread.push(Unread {
            what: fault.clone(),
            r#where: "in the file".into(),
            why: "it is damaged or of an unknown kind".into(),
        });
    }
    let invisible: usize = pages
        .pages
        .iter()
        .flat_map(|p| &p.pieces)
        .filter(|p| p.invisible)
        .map(|p| p.text.split(' ').count())
        .sum();
    if invisible > 0 {
        reading.notices.push(format!(
            "{invisible} words lie invisible over pictures, as text recognition leaves them: check them"
        ));
    }
    let sizes: Vec<(f32, f32)> = pages.pages.iter().map(|p| (p.width, p.height)).collect();
    let grids: Vec<tables::Grids> = pages.pages.iter().map(tables::Grids::find).collect();
    let mut raised = 0;
    let mut lines: Vec<Vec<lines::Line>> = (1..)
        .zip(&mut pages.pages)
        .zip(&grids)
        .map(|((n, page), grids)| lines::lines(page, n, grids, &mut raised))
        .collect();
    reading.apart = margins::take(&mut lines, &sizes);
    let mut lines: Vec<Vec<lines::Line>> = lines.into_iter().map(order::sort).collect();
    for (page, grids) in lines.iter_mut().zip(&grids) {
        aligned::mark(page, grids.count());
    }
    let (blocks, tables) = paragraphs::blocks(&lines, &grids);
    if raised > 0 {
        reading
            .notices
            .push(format!("{raised} raised numbers (marks of notes) are left out of the sentences"));
    }
    reading.pictures = pages.pages.iter().flat_map(|p| &p.pictures).map(|_| Picture::default()).collect();
    reading.blocks = blocks;
    reading.tables = tables;
    reading.properties = pages.title.into_iter().map(|t| ("title".to_owned(), t)).collect();
    Ok(reading)
}

/// Letters on a page whose meaning is known.
fn letters(page: &Page) -> usize {
    page.pieces.iter().flat_map(|p| p.text.chars()).filter(|c| c.is_alphanumeric()).count()
}

/// Whether pictures cover most of a page.
fn is_picture(page: &Page) -> bool {
    let area: f32 = page.pictures.iter().map(|p| (p.right - p.left) * (p.bottom - p.top)).sum();
    area >= MOST_OF_PAGE * page.width * page.height
}
