//! Where two runs of words differ and still say the same: the stretches that differ in, those that are left over out.
//!
//! Word processors, PDF files and web pages part words, print the numbers of lists and notes as text, take page margins and titles
//! for text or not, and read tables in another order. None of this is drift.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::Edit;

use super::run::Run;

/// A run of words that stands somewhere else in the other text was moved; shorter ones stand anywhere by accident, unless they
/// are a whole passage there or here.
const MOVED_WORDS: usize = 5;

/// The head of a table's column is seldom longer.
const HEAD_WORDS: usize = 4;

/// Half-open range of words in one block.
type Piece = (usize, usize);

/// What was lost and what is new, with all that says the same taken out.
pub(super) fn leave(before: &Run, after: &Run, mut raw: Vec<Edit>) -> [Vec<Piece>; 2] {
    raw.retain(|e| before.letters(e.a.clone()) != after.letters(e.b.clone()));
    let whole = |side: fn(&Edit) -> (usize, usize)| raw.iter().map(side).filter(|(s, e)| s < e).collect();
    let mut lost: Vec<Piece> = whole(|e| (e.a.start, e.a.end));
    let mut new: Vec<Piece> = whole(|e| (e.b.start, e.b.end));
    forget_moved(before, after, &mut lost, &mut new);
    let mut lost = pieces(before, lost);
    let mut new = pieces(after, new);
    forget_moved(before, after, &mut lost, &mut new);
    lost.retain(|p| !is_aside(before, *p, after));
    new.retain(|p| !is_aside(after, *p, before));
    let (heads_before, heads_after) = (heads(before), heads(after));
    lost.retain(|p| !is_head(before, *p, &heads_after));
    new.retain(|p| !is_head(after, *p, &heads_before));
    // What is left of one change, now that moved passages no longer stand in it.
    let mut out = [Vec::new(), Vec::new()];
    let (mut lost, mut new) = (lost.into_iter().peekable(), new.into_iter().peekable());
    for edit in &raw {
        let left: Vec<Piece> = std::iter::from_fn(|| lost.next_if(|(s, _)| *s < edit.a.end)).collect();
        let come: Vec<Piece> = std::iter::from_fn(|| new.next_if(|(s, _)| *s < edit.b.end)).collect();
        let same = match (left.as_slice(), come.as_slice()) {
            ([], [p]) => is_mark(after, *p, before),
            ([p], []) => is_mark(before, *p, after),
            ([p], [q]) => {
                before.letters(p.0..p.1) == after.letters(q.0..q.1) || is_glued(before, after, *p, *q)
            }
            _ => false,
        };
        if !same {
            out[0].extend(left);
            out[1].extend(come);
        }
    }
    out
}

/// A number or letter that a list's item begins with, the number of a page by itself, or the number of a note.
fn is_mark(run: &Run, (at, end): Piece, other: &Run) -> bool {
    if end - at != 1 {
        return false;
    }
    let word = run.word(at);
    let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let mark = number || word.chars().count() == 1;
    let leads = run.begins(at) && (!is_whole(run, (at, at + 1)) || number && !run.is_cell(at));
    mark && (leads || other.notes.contains(word) || run.notes.contains(word))
}

/// A word to which the mark of a note is glued, in place of that word: "calls1".
fn is_glued(before: &Run, after: &Run, lost: Piece, new: Piece) -> bool {
    let bare = |run: &Run, (start, end): Piece, notes: &Run| {
        let letters = run.letters(start..end);
        let word = letters.trim_end_matches(|c: char| c.is_ascii_digit());
        let noted = letters.get(word.len()..).is_some_and(|n| notes.notes.contains(n));
        if noted { word.to_owned() } else { letters }
    };
    let letters = |run: &Run, (start, end): Piece| run.letters(start..end);
    bare(before, lost, after) == letters(after, new) || bare(after, new, before) == letters(before, lost)
}

/// Runs of words cut where a block ends.
fn pieces(run: &Run, runs: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (start, end) in runs {
        let mut from = start;
        for at in start + 1..=end {
            if at == end || run.blocks.get(at) != run.blocks.get(from) {
                out.push((from, at));
                from = at;
            }
        }
    }
    out
}

/// What the short blocks of a text say: the heads of a table's columns are among them.
fn heads(run: &Run) -> BTreeSet<String> {
    let all = pieces(run, vec![(0, run.words.len())]).into_iter();
    all.filter(|(start, end)| end - start <= HEAD_WORDS).map(|(start, end)| run.letters(start..end)).collect()
}

/// The head of a column that stands once more, because the table goes on on another page; the other text has it too.
fn is_head(run: &Run, piece: Piece, heads: &BTreeSet<String>) -> bool {
    piece.1 - piece.0 <= HEAD_WORDS && is_whole(run, piece) && heads.contains(&run.letters(piece.0..piece.1))
}

/// Whether a piece is all that its block says.
fn is_whole(run: &Run, (start, end): Piece) -> bool {
    run.begins(start) && run.blocks.get(end) != run.blocks.get(start)
}

/// The letters of a piece without the number of a note at its start.
fn key(run: &Run, (start, end): Piece, other: &Run) -> String {
    let letters = run.letters(start..end);
    let bare = letters.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = letters.get(..letters.len() - bare.len()).unwrap_or("");
    let noted =
        run.begins(start) && !bare.is_empty() && (run.notes.contains(number) || other.notes.contains(number));
    if noted { bare.to_owned() } else { letters }
}

/// Takes out runs that were lost in one place and stand, the same, in another.
fn forget_moved(before: &Run, after: &Run, lost: &mut Vec<Piece>, new: &mut Vec<Piece>) {
    let mut by_key: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for piece in new.iter().rev() {
        by_key.entry(key(after, *piece, before)).or_default().push(*piece);
    }
    lost.retain(|piece| {
        let Some(twins) = by_key.get_mut(&key(before, *piece, after)) else { return true };
        let long = piece.1 - piece.0 >= MOVED_WORDS || is_whole(before, *piece);
        let Some(at) = twins.iter().rposition(|twin| long || is_whole(after, *twin)) else { return true };
        let twin = twins.remove(at);
        new.retain(|n| *n != twin);
        false
    });
}

/// Whether a piece stands, the same, outside the other text: in its title, front matter, contents or page margins.
fn is_aside(run: &Run, piece: Piece, other: &Run) -> bool {
    if piece.1 - piece.0 < MOVED_WORDS && !is_whole(run, piece) {
        return false;
    }
    let words: Vec<u64> = run.words.get(piece.0..piece.1).unwrap_or(&[]).iter().map(|t| t.word).collect();
    !words.is_empty() && other.aside.windows(words.len()).any(|w| w == words)
}
