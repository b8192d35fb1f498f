//! A PDF file's bytes in, pages out: interprets the pages' drawing instructions and keeps what is drawn where.
//!
//! This part meets the file's own structures and runs in a process of its own (see [`super::isolate`]).

use std::sync::{Arc, Mutex};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, ParamCurveArclen, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, InterpreterWarning, SoftMask, TransformExt, interpret_page,
};
use rustc_hash::FxHashMap;

use super::borders;
use super::page::{Page, Pages, Piece, Rule};
use super::spell::{Letter, cell_ends, is_blank, same, spell, wide};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Words this many sizes apart may stand in two cells.
const CELL: f64 = 0.6;
/// A gap of this many sizes begins a new piece: a column, a cell or a tab.
const COLUMN: f64 = 1.3;
/// Ruled lines are at most this thick, in points.
const THIN: f64 = 3.0;

/// A bullet drawn as a shape is this wide and high at least and at most, in points.
const DOT: (f64, f64) = (1.5, 9.0);

/// Interprets a whole file.
///
/// # Errors
///
/// Unsupported if it asks for a password, Input if it is damaged or has no pages, Limit if it has too many.
pub(super) fn pages(bytes: Vec<u8>) -> Result<Pages> {
    let pdf = Pdf::new(bytes).map_err(|e| match e {
        LoadPdfError::Decryption(_) => {
            Error::new(ErrorKind::Unsupported, "password-protected, cannot be read")
                .hint("save a copy without a password")
        }
        LoadPdfError::Invalid => damaged(),
    })?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged());
    }
    if count as u64 > limits::PDF_PAGES {
        return Err(Error::over("pages", count as u64, limits::PDF_PAGES));
    }
    let faults = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&faults);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if let (Ok(mut list), Some(what)) = (heard.lock(), fault(&warning))
                && !list.iter().any(|f| f == what)
            {
                list.push(what.to_owned());
            }
        }),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut pages = Pages { title: pdf.metadata().title.as_deref().map(text_string), ..Pages::default() };
    let mut left = limits::TEXT_CHARS;
    let mut fonts = Fonts::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let start = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(start, area, &cache, pdf.xref(), settings.clone());
        let mut drawing = Drawing {
            page: Page { width, height, ..Page::default() },
            area,
            left,
            fonts: &mut fonts,
            open: None,
            ended: Vec::new(),
            marked: Vec::new(),
            boxes: Vec::new(),
        };
        interpret_page(page, &mut context, &mut drawing);
        drawing.finish();
        left = drawing.left;
        if left == 0 {
            return Err(Error::over("characters", limits::TEXT_CHARS + 1, limits::TEXT_CHARS));
        }
        pages.pages.push(drawing.page);
    }
    pages.missing = super::whole::missing(&pdf);
    pages.faults = faults.lock().map(|f| f.clone()).unwrap_or_default();
    Ok(pages)
}

pub(super) fn damaged() -> Error {
    Error::new(ErrorKind::Input, "is damaged or not a PDF file")
        .hint("open it in a PDF viewer; if it opens there, print it to a new PDF file")
}

fn fault(warning: &InterpreterWarning) -> Option<&'static str> {
    match warning {
        InterpreterWarning::UnsupportedFont => Some("a font that could not be loaded"),
        InterpreterWarning::ImageDecodeFailure => Some("a picture that could not be decoded"),
        _ => None,
    }
}

/// A text of the file's properties: UTF-16 with a mark, or close enough to Latin 1.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// What a run's font says of itself.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    /// Nothing is known: the letters' strokes are measured.
    unknown: bool,
}

/// Strokes that were measured, by letter and font.
#[derive(Default)]
struct Fonts(FxHashMap<u128, u16>);

/// A piece while its letters come in.
struct Open {
    piece: Piece,
    letters: Vec<Letter>,
    base: f64,
    size: f64,
    strokes: Vec<u16>,
}

/// One marked passage that is open.
#[derive(Clone, Copy, Default)]
struct Marked {
    artifact: bool,
    passage: Option<u32>,
    heading: u8,
}

struct Drawing<'f> {
    page: Page,
    area: Rect,
    /// Characters that may still be taken.
    left: u64,
    fonts: &'f mut Fonts,
    open: Option<Open>,
    /// Pieces that are ended; they are spelt when the page's ruled lines are known.
    ended: Vec<Open>,
    marked: Vec<Marked>,
    /// Frames and filled boxes.
    boxes: Vec<Rule>,
}

impl Drawing<'_> {
    /// Ends the open piece.
    fn close(&mut self) {
        self.ended.extend(self.open.take());
    }

    /// Ends the page: its letters become words, parted where a ruled line or a wide gap parts cells.
    fn finish(&mut self) {
        self.close();
        let lines = std::mem::take(&mut self.page.rules);
        let text = self.ended.iter().map(|open| &open.piece);
        self.page.rules = borders::of(lines, &self.boxes, text, limits::PDF_RULES as usize);
        let upright: Vec<Rule> =
            self.page.rules.iter().filter(|r| r.right - r.left < r.bottom - r.top).copied().collect();
        for open in std::mem::take(&mut self.ended) {
            let Open { mut piece, letters, base, size, mut strokes } = open;
            strokes.sort_unstable();
            piece.stroke = strokes.get(strokes.len() / 2).copied().unwrap_or(0);
            let middle = (base - 0.3 * size) as f32;
            let fences: Vec<f32> = upright
                .iter()
                .filter(|r| {
                    r.top < middle && middle < r.bottom && piece.left < r.left && r.right < piece.right
                })
                .map(|r| (r.left + r.right) / 2.0)
                .collect();
            let wide = wide(&letters, size);
            let mut rest = letters.as_slice();
            while !rest.is_empty() {
                let cut =
                    if piece.turned { None } else { cell_ends(rest, wide.max(CELL) * size, &fences, size) };
                let (part, later) = rest.split_at(cut.unwrap_or(rest.len()));
                rest = later;
                let text = spell(part, size, wide);
                if text.is_empty() {
                    continue;
                }
                let unknown = |l: &&Letter| matches!(l.text, BfString::Char('\u{FFFD}'));
                self.page.pieces.push(Piece {
                    text,
                    left: part.iter().map(|l| l.left).fold(f64::INFINITY, f64::min) as f32,
                    right: part.iter().map(|l| l.right).fold(f64::NEG_INFINITY, f64::max) as f32,
                    blank_before: part.first().is_some_and(is_blank),
                    blank_after: part.last().is_some_and(is_blank),
                    unknown: part.iter().filter(unknown).count() as u32,
                    ..piece.clone()
                });
            }
        }
    }

    fn letter(&mut self, glyph: &Glyph<'_>, transform: Affine, look: Look, invisible: bool) {
        let advance = match glyph {
            Glyph::Outline(g) => g.advance_width(),
            Glyph::Type3(g) => g.advance_width(),
        };
        // Fonts of drawn letters have units of their own: their width is guessed.
        let advance = match glyph {
            Glyph::Outline(_) => f64::from(advance.unwrap_or(500.0)),
            Glyph::Type3(_) => 500.0,
        };
        let start = transform * Point::ZERO;
        let end = transform * Point::new(advance, 0.0);
        let up = transform * Point::new(0.0, 1000.0);
        let size = (up - start).hypot();
        if !start.is_finite()
            || !end.is_finite()
            || size < 0.5
            || !self.area.inflate(2.0, 2.0).contains(start)
        {
            return;
        }
        let turned = (end.y - start.y).abs() > 0.2 * (end.x - start.x).abs() + 0.01 || end.x < start.x;
        let text = match glyph.as_unicode() {
            Some(text) => text,
            None => BfString::Char('\u{FFFD}'),
        };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return;
        }
        let marked = self.marked.last().copied().unwrap_or_default();
        let fits = self.open.as_ref().is_some_and(|o| {
            let gap = if turned { 0.0 } else { start.x - f64::from(o.piece.right) };
            let line = if turned {
                o.piece.turned
            } else {
                !o.piece.turned && (start.y - o.base).abs() < 0.1 * size
            };
            line && (o.size - size).abs() < 0.02 * size
                && gap < COLUMN * size
                && gap > -0.5 * size
                && o.piece.bold == look.bold
                && o.piece.italic == look.italic
                && o.piece.invisible == invisible
                && o.piece.passage == marked.passage
                && o.piece.artifact == marked.artifact
        });
        if !fits {
            self.close();
        }
        let stroke = if look.unknown { self.fonts.stroke(glyph) } else { 0 };
        let open = self.open.get_or_insert_with(|| Open {
            piece: Piece {
                left: start.x as f32,
                base: start.y as f32,
                size: size as f32,
                bold: look.bold,
                italic: look.italic,
                invisible,
                turned,
                artifact: marked.artifact,
                passage: marked.passage,
                heading: marked.heading,
                ..Piece::default()
            },
            letters: Vec::new(),
            base: start.y,
            size,
            strokes: Vec::new(),
        });
        // The same letter drawn twice in one place is a way to make it look bold.
        let again = open.letters.iter().rev().take(3).any(|l| {
            (l.left - start.x).abs() < 0.05 * size
                && (l.right - end.x).abs() < 0.05 * size
                && same(&l.text, &text)
        });
        if again && !turned {
            return;
        }
        if stroke > 0 && open.strokes.len() < 64 {
            open.strokes.push(stroke);
        }
        open.piece.right = open.piece.right.max(end.x as f32);
        open.letters.push(Letter { text, left: start.x, right: end.x });
    }

    /// Keeps a shape that may be a bullet.
    fn dot(&mut self, rect: Rect) {
        let (width, height) = (rect.width(), rect.height());
        if (self.page.dots.len() as u64) < limits::PDF_RULES
            && rect.is_finite()
            && (DOT.0..DOT.1).contains(&width)
            && (DOT.0..DOT.1).contains(&height)
            && (width - height).abs() < 0.35 * width.max(height)
        {
            self.page.dots.push(rule(rect));
        }
    }

    fn rule(&mut self, rect: Rect) {
        if (self.page.rules.len() + 4 * self.boxes.len()) as u64 >= limits::PDF_RULES || !rect.is_finite() {
            return;
        }
        let rect = rect.intersect(self.area);
        if rect.width() > 6.0 * THIN && rect.height() <= THIN
            || rect.height() > 2.0 * THIN && rect.width() <= THIN
        {
            self.page.rules.push(rule(rect));
        } else if rect.width() > 6.0 * THIN
            && rect.height() > 2.0 * THIN
            && rect.area() < 0.9 * self.area.area()
        {
            // A frame or a filled box.
            self.boxes.push(rule(rect));
        }
    }
}

fn rule(r: Rect) -> Rule {
    Rule { left: r.x0 as f32, top: r.y0 as f32, right: r.x1 as f32, bottom: r.y1 as f32 }
}

impl Fonts {
    /// Thickness of a letter's strokes in thousandths of its size: twice its area for each length of its outline.
    fn stroke(&mut self, glyph: &Glyph<'_>) -> u16 {
        let Glyph::Outline(outline) = glyph else { return 0 };
        *self.0.entry(outline.identifier().cache_key()).or_insert_with(|| {
            let path = outline.outline();
            if path.elements().len() > 2_000 {
                return 0;
            }
            let length: f64 = path.segments().map(|s| s.arclen(1.0)).sum();
            let thickness = if length > 1.0 { 2.0 * path.area().abs() / length } else { 0.0 };
            thickness.clamp(0.0, 999.0) as u16
        })
    }
}

impl<'a> Device<'a> for Drawing<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let font = run.glyphs().first().and_then(|g| match &**g {
            Glyph::Outline(outline) => outline.font_data(),
            Glyph::Type3(_) => None,
        });
        let look = font.map_or(Look { unknown: true, ..Look::default() }, |font| {
            let name = font.postscript_name.unwrap_or_default().to_lowercase();
            let says = |words: &[&str]| words.iter().any(|w| name.contains(w));
            Look {
                bold: font.weight.is_some_and(|w| w >= 600) || says(&["bold", "black", "heavy", "demi"]),
                italic: font.is_italic || says(&["italic", "oblique"]),
                unknown: name.is_empty() && font.weight.is_none(),
            }
        });
        let invisible = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.letter(glyph, props.transform * glyph.transform(), look, invisible);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        // A circle is drawn in four to eight curves, a diamond or a hollow ring in fewer than twice as many pieces.
        if path.elements().len() <= 20 {
            let area = (props.transform * path.clone()).bounding_box();
            self.dot(area);
            if path.elements().len() <= 10 {
                self.rule(area);
            }
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, _: &DrawMode) {
        let area = props.transform.transform_rect_bbox(*rect);
        self.dot(area);
        self.rule(area);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size).intersect(self.area);
        if (self.page.pictures.len() as u64) < limits::PDF_RULES
            && place.width() > 8.0
            && place.height() > 8.0
        {
            self.page.pictures.push(rule(place));
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let mut marked = self.marked.last().copied().unwrap_or_default();
        marked.artifact |= tag == b"Artifact";
        if let Some(id) = properties.and_then(|p| p.get::<u32>(b"MCID".as_slice())) {
            marked.passage = Some(id);
        }
        match tag {
            [b'H', level @ b'1'..=b'6'] => marked.heading = level - b'0',
            b"H" | b"Title" => marked.heading = 1,
            _ => {}
        }
        self.marked.push(marked);
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
