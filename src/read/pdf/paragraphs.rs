//! Lines in reading order in, blocks out: lines of one paragraph are joined, across pages too.

use std::collections::{BTreeMap, HashSet};

use super::lines::Line;
use super::tables::Grids;
use crate::document::outline::typed_marker;
use crate::document::{Block, Cell, Kind, Look, Place};
use crate::read::passage::Passage;

/// A distance between lines of more than this part above the usual one ends a paragraph.
const LOOSE: f32 = 1.28;

/// What is usual in a file.
struct Usual {
    /// Distance of lines for each size of letters.
    leading: f32,
    /// Thickness of strokes in running text, where fonts say nothing.
    stroke: u16,
}

/// Makes blocks of the lines; the number of tables is returned too.
pub(super) fn blocks(pages: &[Vec<Line>], grids: &[Grids]) -> (Vec<Block>, u32) {
    let usual = Usual::of(pages);
    let words = words(pages);
    let rights: Vec<Vec<f32>> = pages.iter().map(|p| right_edges(p)).collect();
    let mut tables = Tables::default();
    let mut blocks = Vec::new();
    let mut make = |lines: &mut Vec<&Line>, blocks: &mut Vec<Block>| {
        if !lines.is_empty() {
            blocks.push(block(lines, &words, &usual, grids, &mut tables));
            lines.clear();
        }
    };
    // The paragraph that is open, and the notes at the foot of its page, which it goes on behind.
    let (mut open, mut note): (Vec<&Line>, Vec<&Line>) = (Vec::new(), Vec::new());
    let mut notes = Vec::new();
    let mut right = 0.0f32;
    for (page, edges) in pages.iter().zip(&rights) {
        make(&mut note, &mut notes);
        for (line, edge) in page.iter().zip(edges) {
            let in_note = note.last().is_some_and(|last| joins(&note, last, right, line, &usual));
            if line.note.is_some() || in_note {
                if !in_note {
                    make(&mut note, &mut notes);
                }
                note.push(line);
            } else {
                let goes_on = open.last().is_some_and(|last| joins(&open, last, right, line, &usual));
                if !goes_on {
                    make(&mut open, &mut blocks);
                    blocks.append(&mut notes);
                }
                open.push(line);
            }
            right = *edge;
        }
    }
    make(&mut open, &mut blocks);
    make(&mut note, &mut notes);
    blocks.append(&mut notes);
    for (paragraph, block) in (1..).zip(&mut blocks) {
        block.place.paragraph = paragraph;
    }
    (blocks, tables.count)
}

impl Usual {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut leadings: BTreeMap<i32, usize> = BTreeMap::new();
        let mut strokes: BTreeMap<u16, usize> = BTreeMap::new();
        for (one, next) in pages.iter().flat_map(|p| p.iter().zip(p.iter().skip(1))) {
            let pitch = (next.base - one.base) / one.size;
            if (0.8..2.5).contains(&pitch) && (one.size - next.size).abs() < 0.05 * one.size {
                *leadings.entry((pitch * 50.0).round() as i32).or_insert(0) += 1;
            }
        }
        for piece in pages.iter().flatten().flat_map(|l| &l.pieces).filter(|p| p.stroke > 0) {
            *strokes.entry(piece.stroke).or_insert(0) += piece.text.len();
        }
        let most = |x: &(&u16, &usize)| (*x.1, std::cmp::Reverse(*x.0));
        // Lines of one paragraph stand close; in a file of short paragraphs the distance between these is commoner.
        let all: usize = leadings.values().sum();
        let close: BTreeMap<i32, usize> = leadings.range(..80).map(|(k, n)| (*k, *n)).collect();
        let counted = if close.values().sum::<usize>() * 10 >= all { close } else { leadings };
        let leading = counted
            .iter()
            .max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k)))
            .map_or(1.2, |(k, _)| *k as f32 / 50.0);
        Self { leading, stroke: strokes.iter().max_by_key(most).map_or(0, |(k, _)| *k) }
    }

    /// Bold by its font's word, or by strokes much thicker than usual.
    fn bold(&self, line: &Line) -> bool {
        line.bold || self.stroke > 0 && line.pieces.iter().all(|p| self.thick(p.stroke))
    }

    fn thick(&self, stroke: u16) -> bool {
        self.stroke > 0 && f32::from(stroke) > 1.3 * f32::from(self.stroke)
    }
}

/// The right edge that each line could have reached: the farthest of the lines in its column.
fn right_edges(lines: &[Line]) -> Vec<f32> {
    // The farthest on the page of those that start near the same place.
    let bin = |l: &Line| (l.left / 24.0) as i32;
    let mut far: BTreeMap<i32, f32> = BTreeMap::new();
    for line in lines {
        for near in [-1, 0, 1] {
            let edge = far.entry(bin(line) + near).or_insert(0.0);
            *edge = edge.max(line.right);
        }
    }
    let mut edges: Vec<f32> = Vec::with_capacity(lines.len());
    // A column is a run of lines that overlap from left to right.
    let mut from = 0;
    for at in 1..=lines.len() {
        let ends = lines.get(at).zip(lines.get(at - 1)).is_none_or(|(line, before)| {
            line.left > before.right || line.right < before.left || line.spot != before.spot
        });
        if !ends {
            continue;
        }
        let run = lines.get(from..at).unwrap_or_default();
        let edge = run.iter().map(|l| l.right).fold(0.0, f32::max);
        let reached = run.iter().filter(|l| l.right > edge - 0.08 * (edge - l.left)).count();
        // Short lines below each other say nothing about their column's width.
        let sure = run.len() >= 4 && reached >= 2 || run.first().is_some_and(|l| l.spot.is_some());
        edges.extend(run.iter().map(|l| if sure { edge } else { far.get(&bin(l)).copied().unwrap_or(edge) }));
        from = at;
    }
    edges
}

/// Whether a line goes on with the paragraph that is open.
fn joins(open: &[&Line], last: &Line, right: f32, next: &Line, usual: &Usual) -> bool {
    let text = last.text();
    let said = next.text();
    let alike = |a: f32, b: f32| (a - b).abs() < 0.08 * a;
    // A line of small print inside a sentence, as a link's address can be: the letters at the seam are alike.
    let seam = last.pieces.last().zip(next.pieces.first()).is_some_and(|(a, b)| alike(a.size, b.size));
    let mixed = |l: &Line| l.pieces.iter().any(|p| !alike(p.size, l.size));
    // The address of a link may begin a line of its own, in small print, behind the link's words.
    let address =
        next.size < last.size && ["(http", "http", "(www.", "www."].iter().any(|a| said.starts_with(a));
    let same_look = (alike(last.size, next.size) || seam && (mixed(last) || mixed(next)) || address)
        && usual.bold(last) == usual.bold(next);
    if last.paged || next.note.is_some() || starts_item(&said) || heading(last) != heading(next) {
        return false;
    }
    let passage = |l: &Line, at: usize| l.pieces.get(at).and_then(|p| p.passage);
    let same_passage = last.page == next.page
        && passage(last, last.pieces.len().saturating_sub(1)).is_some_and(|p| passage(next, 0) == Some(p));
    let small = said.chars().next().is_some_and(char::is_lowercase);
    let ended = text.ends_with(['.', '!', '?', ':', ';']);
    if last.spot != next.spot || !same_look {
        return false;
    }
    // Whether the next line's first word had room on the last line: then the line was ended on purpose.
    let first = said.split(' ').next().map_or(0, |w| w.chars().count()) as f32;
    let letter = (next.right - next.left) / (said.chars().count().max(1) as f32);
    let room = right - last.right > (first + 1.0) * letter + 0.8 * last.size;
    let pitch = next.base - last.base;
    if last.page != next.page || pitch < last.size {
        // Over to the next page, or up to the next column; what stands beside is another text.
        let over = last.page != next.page || next.left > last.right && pitch < -2.0 * last.size;
        return over && !ended && (small || !room) && last.spot.is_none() && !usual.bold(last);
    }
    if pitch > LOOSE * usual.leading * last.size && !(same_passage && pitch < 2.0 * usual.leading * last.size)
    {
        return false;
    }
    let far = right - last.right > 0.35 * (right - last.left);
    if same_passage && (small || !far) || last.spot.is_some() && small {
        return true;
    }
    let listed = open.first().is_some_and(|l| starts_item(&l.text()));
    let step = next.left - last.left;
    let indented = step > 0.9 * last.size && !(listed && open.len() == 1);
    let centred =
        (next.left + next.right - last.left - last.right).abs() < last.size && step.abs() > 0.9 * last.size;
    let hanging = step < -0.9 * last.size && open.len() > 1;
    if (indented || hanging) && !centred && (ended || !small) {
        return false;
    }
    !room || small && !ended
}

/// Level of the heading that the file says a line is.
fn heading(line: &Line) -> u8 {
    line.pieces.first().map_or(0, |p| p.heading)
}

fn starts_item(text: &str) -> bool {
    typed_marker(text).is_some() || text == "•"
}

/// All words of the file in small letters, to tell a word cut in two from a word with a hyphen.
fn words(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut words = HashSet::new();
    for line in pages.iter().flatten() {
        let text = line.text();
        for word in text.split(' ') {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !word.ends_with('-') && !bare.is_empty() {
                words.insert(bare.to_lowercase());
            }
        }
    }
    words
}

/// Tables that are open, by page and place on it.
#[derive(Default)]
struct Tables {
    count: u32,
    /// Page, grid, table's number, rows before this part, its columns.
    last: Option<(u32, usize, u32, u32)>,
}

impl Tables {
    /// The table's number, and how many of its rows stand on pages before.
    fn number(&mut self, page: u32, grid: usize, grids: &[Grids]) -> (u32, u32) {
        let of = |page: u32| grids.get(page as usize - 1);
        let (number, rows) = match self.last {
            Some((p, g, number, rows)) if p == page && g == grid => return (number, rows),
            // The first table of a page goes on with the last of the page before if its columns stand in the same places.
            Some((p, g, number, rows))
                if p + 1 == page && grid == 0 && same_columns(of(p), g, of(page), grid) =>
            {
                (number, rows + of(p).map_or(0, |x| x.rows(g)))
            }
            _ => {
                self.count += 1;
                (self.count - 1, 0)
            }
        };
        self.last = Some((page, grid, number, rows));
        (number, rows)
    }
}

fn same_columns(a: Option<&Grids>, x: usize, b: Option<&Grids>, y: usize) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (a.columns(x), b.columns(y));
    !a.is_empty() && a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 3.0)
}

/// One block of the lines of one paragraph.
fn block(
    lines: &[&Line],
    words: &HashSet<String>,
    usual: &Usual,
    grids: &[Grids],
    tables: &mut Tables,
) -> Block {
    let mut passage = Passage::default();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            match hyphen(passage.text(), &line.text(), words) {
                Hyphen::None => passage.push(" "),
                Hyphen::Stays => {}
                Hyphen::Goes => passage.pop(),
            }
        }
        for (n, piece) in line.pieces.iter().enumerate() {
            if line.gap(n) {
                passage.push(" ");
            }
            passage.set_bold(piece.bold || usual.thick(piece.stroke));
            passage.set_italic(piece.italic);
            passage.push(&piece.text);
        }
    }
    let Some(first) = lines.first() else { return Block::default() };
    let width = lines.iter().map(|l| l.right).fold(0.0, f32::max)
        - lines.iter().map(|l| l.left).fold(f32::MAX, f32::min);
    let mut block = Block {
        place: Place { page: Some(first.page), paragraph: 0 },
        look: Look {
            size: (first.size * 2.0).round().clamp(0.0, 2000.0) as u16,
            centred: first.left > 2.0 * first.size + 72.0 && width < 300.0,
            ..Look::default()
        },
        ..Block::default()
    };
    if let Some(number) = &first.note {
        block.kind = Kind::Note;
        block.marker = Some(number.clone());
    } else if let Some(spot) = first.spot {
        let (table, before) = tables.number(first.page, spot.grid, grids);
        block.kind = Kind::TableCell;
        block.cell = Some(Cell {
            table,
            row: before + spot.row,
            column: spot.column,
            columns: spot.columns,
            rows: spot.rows,
            header: before + spot.row == 0 && usual.bold(first),
        });
    } else if heading(first) > 0 {
        block.kind = Kind::Heading;
        block.level = heading(first);
        block.look.styled = true;
    }
    passage.finish(&mut block);
    block
}

/// What becomes of a hyphen at the end of a line.
enum Hyphen {
    /// There is none.
    None,
    /// It is part of the word.
    Stays,
    /// It only cut the word.
    Goes,
}

/// A hyphen goes if the whole word stands elsewhere, or if its two halves are no words of their own.
fn hyphen(before: &str, next: &str, words: &HashSet<String>) -> Hyphen {
    let head = before.strip_suffix(['-', '\u{2010}']).and_then(|b| b.rsplit(' ').next());
    let tail = next.split(' ').next().map(|w| w.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let (Some(head), Some(tail)) = (head, tail) else { return Hyphen::None };
    if !head.ends_with(char::is_alphabetic) || !tail.starts_with(char::is_lowercase) {
        return Hyphen::None;
    }
    let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
    let known = |w: &str| words.contains(w);
    if known(&format!("{head}-{tail}")) {
        Hyphen::Stays
    } else if known(&format!("{head}{tail}")) || !(known(&head) && known(&tail)) {
        Hyphen::Goes
    } else {
        Hyphen::Stays
    }
}
