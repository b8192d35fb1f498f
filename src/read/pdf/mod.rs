//! PDF: the file's drawing instructions are followed in a process of its own ([`isolate`]); what stands where on the pages is then
//! put together into lines, tables and paragraphs here.

use crate::document::{Picture, Reading, Unread};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Settings, Source};

mod aligned;
mod borders;
mod glyphs;
pub(crate) mod isolate;
mod lines;
mod margins;
mod ocr;
mod order;
mod page;
mod paragraphs;
mod scan;
mod spell;
mod tables;
mod whole;

use page::{Page, Pages, Piece};

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
        let mut answer = isolate::answer(&source.bytes, &[], settings)?;
        let mut remark = None;
        if settings.ocr && !answer.scans.is_empty() {
            let (pages, said) = ocr::recognise(&source.bytes, &answer, settings)?;
            answer = isolate::answer(&source.bytes, &pages, settings)?;
            remark = Some(said);
        }
        let Some(mut reading) = answer.reading else {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "this is a picture of a page: it needs text recognition (OCR)",
            )
            .hint("use the Word file it was made from; or install tesseract and add --ocr"));
        };
        reading.notices.extend(remark);
        Ok(reading)
    }
}

/// What became of a file: all that the child process answers.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
struct Answer {
    /// What was read; none if nearly all pages are pictures.
    reading: Option<Reading>,
    /// Pages, counted from 0, that are pictures, with their widths in points.
    scans: Vec<(usize, f32)>,
    /// Pages in all.
    pages: usize,
}

/// The mark may stand a little after the start.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    start.windows(5).any(|w| w == b"%PDF-")
}

/// Interprets a file and puts its pages together; `recognised` pages take the place of the scanned ones.
///
/// # Errors
///
/// Those of [`glyphs::pages`]; Unsupported if nearly nothing on the pages can be read.
fn interpret(bytes: Vec<u8>, recognised: Vec<(usize, Vec<Piece>)>) -> Result<Answer> {
    let mut pages = glyphs::pages(bytes)?;
    let count = pages.pages.len();
    for (at, pieces) in recognised {
        if let Some(page) = pages.pages.get_mut(at) {
            page.pieces = pieces;
            page.pictures.clear();
        }
    }
    let scans: Vec<(usize, f32)> = (0..)
        .zip(&pages.pages)
        .filter(|(_, page)| letters(page) < FEW_LETTERS && is_picture(page))
        .map(|(at, page)| (at, page.width))
        .collect();
    if !scans.is_empty() && scans.len() * 10 >= count * 9 {
        return Ok(Answer { reading: None, scans, pages: count });
    }
    let known: usize = pages.pages.iter().map(letters).sum();
    let unknown: u32 = pages.pages.iter().flat_map(|p| &p.pieces).map(|p| p.unknown).sum();
    if unknown as usize > 9 * known || known < FEW_LETTERS && unknown as usize > known {
        return Err(Error::new(
            ErrorKind::Unsupported,
            "its letters cannot be read: the file shows their shapes and does not say what they are",
        )
        .hint("use the Word file it was made from"));
    }
    let mut reading = put_together(pages);
    for (at, _) in &scans {
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
    Ok(Answer { reading: Some(reading), scans, pages: count })
}

/// Pages in, paragraphs out.
fn put_together(mut pages: Pages) -> Reading {
    let mut reading = Reading::default();
    for fault in &pages.faults {
        reading.unread.push(Unread {
            what: fault.clone(),
            r#where: "in the file".into(),
            why: "it is damaged or of an unknown kind".into(),
        });
    }
    for lost in &pages.missing {
        reading.unread.push(Unread {
            what: lost.clone(),
            r#where: "in the file".into(),
            why: "the file names it and does not hold it, or it cannot be unpacked: what was read is not the whole policy".into(),
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
    reading
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
