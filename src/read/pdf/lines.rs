//! Pieces of a page in, lines out: what stands on one line beside each other, in the order in which the file draws it.

use super::page::{Page, Piece, Rule};
use super::tables::{Grids, Spot};
use crate::document::outline::typed_marker;

/// A gap of this many sizes between two pieces of one line is a column or a tab, not a blank.
const TAB: f32 = 1.3;

/// A bullet stands at most this many sizes before its text.
const INDENT: f32 = 4.0;

/// Text on one line that belongs together.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its pieces from left to right.
    pub pieces: Vec<Piece>,
    /// Page from 1.
    pub page: u32,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// The line on which the letters stand.
    pub base: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// All its letters are bold.
    pub bold: bool,
    /// The cell of a ruled table in which it stands.
    pub spot: Option<Spot>,
    /// The number of the note that starts here, raised before its first word.
    pub note: Option<String>,
    /// Ends in a page number, as a line of a contents list does.
    pub paged: bool,
}

impl Line {
    /// Its text, pieces parted by a blank where there is a gap.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            if self.gap(at) {
                text.push(' ');
            }
            text.push_str(&piece.text);
        }
        text
    }

    /// Whether there is a gap before a piece.
    pub(super) fn gap(&self, at: usize) -> bool {
        let Some((before, piece)) =
            at.checked_sub(1).and_then(|b| self.pieces.get(b)).zip(self.pieces.get(at))
        else {
            return false;
        };
        before.blank_after
            || piece.blank_before
            || piece.left - before.right > 0.16 * piece.size.min(before.size)
    }

    fn of(piece: Piece, page: u32, spot: Option<Spot>) -> Self {
        Self {
            page,
            left: piece.left,
            right: piece.right,
            base: piece.base,
            size: piece.size,
            spot,
            pieces: vec![piece],
            ..Self::default()
        }
    }

    fn add(&mut self, piece: Piece) {
        self.left = self.left.min(piece.left);
        self.right = self.right.max(piece.right);
        self.pieces.push(piece);
    }

    /// Sets what depends on all pieces.
    fn finish(&mut self) {
        let raised = |(first, next): (&Piece, &Piece)| {
            first.size < 0.8 * next.size && next.base - first.base > 0.15 * next.size && is_mark(&first.text)
        };
        if self.pieces.first().zip(self.pieces.get(1)).is_some_and(raised) {
            self.note = Some(self.pieces.remove(0).text);
        }
        let letters = |p: &Piece| p.text.chars().filter(|c| c.is_alphanumeric()).count();
        let main =
            self.pieces.iter().max_by(|x, y| letters(x).cmp(&letters(y)).then(x.size.total_cmp(&y.size)));
        if let Some(main) = main {
            self.size = main.size;
            self.base = main.base;
        }
        self.bold = self.pieces.iter().all(|p| p.bold || letters(p) == 0)
            && self.pieces.iter().any(|p| letters(p) > 0);
    }
}

/// Groups a page's pieces into lines. Raised numbers (marks of notes) are left out and counted.
pub(super) fn lines(page: &mut Page, number: u32, grids: &Grids, raised: &mut u32) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in std::mem::take(&mut page.pieces) {
        let spot = grids.spot(&piece);
        let Some(line) = lines.last_mut().filter(|l| beside(l, &piece, spot)) else {
            lines.push(Line::of(piece, number, spot));
            continue;
        };
        let last_size = line.pieces.last().map_or(0.0, |p| p.size);
        if piece.size < 0.8 * last_size && line.base - piece.base > 0.15 * last_size && is_mark(&piece.text) {
            *raised += 1;
            // Its place is taken, so that what follows still stands beside the line.
            line.right = line.right.max(piece.right);
            continue;
        }
        let gap = piece.left - line.right;
        if gap > TAB * piece.size.max(last_size) {
            let text = line.text();
            line.paged = page_number(&piece.text);
            let marker = typed_marker(&format!("{text} X")).is_some_and(|(m, _)| m == text);
            if !(line.paged || marker || text.ends_with(':') || text.ends_with("...")) {
                lines.push(Line::of(piece, number, spot));
                continue;
            }
        } else if leads(&line.text()) && page_number(&piece.text) || leads(&piece.text) {
            line.paged = true;
        }
        line.add(piece);
    }
    bullets(&mut lines, &page.dots);
    for line in &mut lines {
        line.finish();
        let text = line.text();
        line.paged |= leads(&text) && text.ends_with(|c: char| c.is_ascii_digit());
    }
    lines
}

/// Puts a bullet before each line that a small shape stands before, level with its small letters and with nothing between.
fn bullets(lines: &mut [Line], dots: &[Rule]) {
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { break };
        let (foot, size) = (line.base, line.size);
        let before = |dot: &Rule| {
            let (middle, height) = ((dot.top + dot.bottom) / 2.0, dot.bottom - dot.top);
            // Between the letters' foot and their top, and at most an indent away.
            foot - 0.8 * size < middle
                && middle < foot - 0.05 * size
                && height < 0.8 * size
                && dot.right < line.left
                && line.left - dot.right < INDENT * size
        };
        // Shapes in a row are a picture.
        let mut found = dots.iter().filter(|d| before(d));
        let Some(dot) = found.next().filter(|d| found.all(|other| (other.left - d.left).abs() < 1.0)) else {
            continue;
        };
        let between = lines.iter().any(|l| {
            (l.base - foot).abs() < 0.5 * size && l.left < line.left && l.right > dot.left - INDENT * size
        });
        if between || typed_marker(&line.text()).is_some() {
            continue;
        }
        let bullet = Piece {
            text: "•".into(),
            left: dot.left,
            right: dot.right,
            blank_after: true,
            ..line.pieces.first().cloned().unwrap_or_default()
        };
        if let Some(line) = lines.get_mut(at) {
            line.left = dot.left;
            line.pieces.insert(0, bullet);
        }
    }
}

/// Whether a piece continues a line: level with it, to its right, in the same cell.
fn beside(line: &Line, piece: &Piece, spot: Option<Spot>) -> bool {
    let Some(last) = line.pieces.last() else { return false };
    let size = last.size.max(piece.size);
    let level = if (piece.size - last.size).abs() < 0.15 * size { 0.2 } else { 0.55 };
    !piece.turned
        && !last.turned
        && spot == line.spot
        && last.artifact == piece.artifact
        && (piece.base - line.base).abs() < level * size
        && piece.left - line.right > -0.6 * size
}

/// Dots that lead the eye to a page number.
fn leads(text: &str) -> bool {
    text.contains("....") || text.contains("…..") || text.contains("……") || text.contains(". . . .")
}

/// A raised number or star that stands for a note.
fn is_mark(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || ", *†‡".contains(c))
}

fn page_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}
