//! Text recognition of scanned pages by tesseract, if it is installed: a page's picture in, pieces of text in their places out.

use std::ffi::OsString;

use super::Answer;
use super::isolate;
use super::page::Piece;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::Settings;
use crate::read::process::{Ended, find, run};

/// The program.
const PROGRAM: &str = "tesseract";
/// A word that is recognised with less confidence than this, in per cent, is counted as doubtful.
const DOUBTFUL: f32 = 60.0;
/// Words with no confidence at all are specks of dust.
const DUST: f32 = 5.0;

/// Pages, counted from 0, with the pieces of text recognised on them.
pub(super) type Recognised = Vec<(usize, Vec<Piece>)>;

/// Reads the scanned pages of a file: their text, and a remark on how sure it is.
///
/// # Errors
///
/// Unsupported if tesseract is not installed or cannot read the page, Limit if it took too long.
pub(super) fn recognise(bytes: &[u8], file: &Answer, settings: &Settings) -> Result<(Recognised, String)> {
    let program = find(PROGRAM).ok_or_else(|| {
        Error::new(
            ErrorKind::Unsupported,
            "this is a picture of a page, and tesseract, which recognises text, is not installed",
        )
        .hint("install tesseract-ocr, or use the Word file it was made from")
    })?;
    let (mut words, mut doubtful) = (0, 0);
    let mut pages = Vec::new();
    for (at, width) in &file.scans {
        let picture = isolate::picture(bytes, *at, settings)?;
        let arguments: Vec<OsString> =
            ["stdin", "stdout", "-l", "eng", "--psm", "1", "tsv"].iter().map(OsString::from).collect();
        let ended = run(&program, &arguments, &picture, limits::OCR_SECONDS, limits::PDF_ANSWER_BYTES);
        let answer = match ended {
            Ok(Ended::Answered(Some(0), answer)) => answer,
            Ok(Ended::Answered(..)) | Err(_) => {
                return Err(Error::new(
                    ErrorKind::Unsupported,
                    format!("tesseract could not read page {}", at + 1),
                )
                .hint("check that tesseract is installed with its English data (tesseract-ocr-eng)"));
            }
            Ok(Ended::Late | Ended::Long) => {
                return Err(Error::new(
                    ErrorKind::Limit,
                    format!("tesseract took longer than {} seconds for page {}", limits::OCR_SECONDS, at + 1),
                )
                .hint("scan it anew at 300 points to the inch, or leave out --ocr"));
            }
        };
        let scale = size(&picture).map_or(1.0, |(points, _)| width / points as f32);
        let (pieces, unsure) = pieces(&String::from_utf8_lossy(&answer), scale);
        words += pieces.len();
        doubtful += unsure;
        pages.push((*at, pieces));
    }
    let said = format!(
        "recognised text (OCR) on {} of {} pages: {words} words, {doubtful} of them doubtful; check names, numbers and dates",
        pages.len(),
        file.pages
    );
    Ok((pages, said))
}

/// Width and height in the head of a grey map.
fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let head =
        std::str::from_utf8(picture.get(..picture.len().min(32))?.split(|b| *b == 0xFF).next()?).ok()?;
    let mut numbers = head.split_ascii_whitespace().skip(1).map(|n| n.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// The words of tesseract's table, and how many are doubtful; its columns: level, page, block, paragraph, line, word, left, top, width,
/// height, confidence, text.
fn pieces(table: &str, scale: f32) -> (Vec<Piece>, usize) {
    let (mut pieces, mut doubtful) = (Vec::new(), 0);
    let mut line = (0.0f32, 0.0f32);
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [level, _, _, _, _, _, left, top, width, height, sure, text] = cells.as_slice() else { continue };
        let number = |text: &str| text.parse::<f32>().unwrap_or(0.0) * scale;
        if *level == "4" {
            line = (number(top), number(height));
        }
        let (left, width, text) = (number(left), number(width), text.trim());
        let sure = sure.parse::<f32>().unwrap_or(0.0);
        if *level != "5" || text.is_empty() || sure < DUST {
            continue;
        }
        doubtful += usize::from(sure < DOUBTFUL);
        pieces.push(Piece {
            text: text.to_owned(),
            left,
            right: left + width,
            // A line's box reaches from its tallest letters to its deepest.
            base: line.0 + 0.8 * line.1,
            size: (0.95 * line.1).round().max(1.0),
            blank_before: true,
            ..Piece::default()
        });
    }
    even(&mut pieces);
    (pieces, doubtful)
}

/// Gives letters that are nearly of the usual size that size: a line's height depends on which letters it has.
fn even(pieces: &mut [Piece]) {
    let mut sizes: Vec<f32> = pieces.iter().map(|p| p.size).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let Some(usual) = sizes.get(sizes.len() / 2).copied() else { return };
    for piece in pieces.iter_mut().filter(|p| (p.size - usual).abs() < 0.3 * usual) {
        piece.size = usual;
    }
}
