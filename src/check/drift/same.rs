//! Where two runs of words differ and still say the same: the stretches that differ in, those that are left over out.
//!
//! Word processors, PDF files and web pages part words, print the numbers of lists and notes as text, take page margins and titles
//! for text or not, and read tables in another order. None of this is drift.

use std::collections::BTreeMap;

use crate::compare::Edit;
use crate::document::Class;

use super::run::Run;

/// A run of words that stands somewhere else in the other text was moved; shorter ones stand anywhere by accident, unless they
/// are a whole passage there or here.
const MOVED_WORDS: usize = 5;

/// Half-open range of words in one block.
type Piece = (usize, usize);

/// What was lost and what is new, with all that says the same taken out.
pub(super) fn leave(before: &Run, after: &Run, mut raw: Vec<Edit>) -> [Vec<Piece>; 2] {
    raw.retain(|e| before.letters(e.a.clone()) != after.letters(e.b.clone()));
    raw.retain(|e| !(is_mark(before, e.a.clone(), after) && e.b.is_empty()));
    raw.retain(|e| !(is_mark(after, e.b.clone(), before) && e.a.is_empty()));
    raw.retain(|e| !is_glued(before, after, e));
    let whole = |side: fn(&Edit) -> (usize, usize)| raw.iter().map(side).filter(|(s, e)| s < e).collect();
    let mut lost: Vec<Piece> = whole(|e| (e.a.start, e.a.end));
    let mut new: Vec<Piece> = whole(|e| (e.b.start, e.b.end));
    forget_moved(before, after, &mut lost, &mut new);
    let mut lost = pieces(before, lost);
    let mut new = pieces(after, new);
    forget_moved(before, after, &mut lost, &mut new);
    lost.retain(|p| !is_aside(before, *p, after));
    new.retain(|p| !is_aside(after, *p, before));
    [lost, new]
}

/// A number or letter that a list's item begins with, or the number of one of the other text's notes.
fn is_mark(run: &Run, words: std::ops::Range<usize>, other: &Run) -> bool {
    let at = words.start;
    if words.len() != 1 {
        return false;
    }
    let word = run.word(at);
    let number = run.words.get(at).is_some_and(|t| t.class == Class::Number) || word.chars().count() == 1;
    let first = at.checked_sub(1).map(|b| run.blocks.get(b)) != Some(run.blocks.get(at));
    number
        && (first && !is_whole(run, (at, at + 1)) || other.notes.contains(word) || run.notes.contains(word))
}

/// A word to which the mark of a note is glued, in place of that word: "calls1".
fn is_glued(before: &Run, after: &Run, edit: &Edit) -> bool {
    let bare = |run: &Run, words: std::ops::Range<usize>, notes: &Run| {
        let letters = run.letters(words);
        let word = letters.trim_end_matches(|c: char| c.is_ascii_digit());
        let noted = letters.get(word.len()..).is_some_and(|n| notes.notes.contains(n));
        if noted { word.to_owned() } else { letters }
    };
    edit.a.len() == 1
        && edit.b.len() == 1
        && (bare(before, edit.a.clone(), after) == after.letters(edit.b.clone())
            || bare(after, edit.b.clone(), before) == before.letters(edit.a.clone()))
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

/// Whether a piece is all that its block says.
fn is_whole(run: &Run, (start, end): Piece) -> bool {
    let block = run.blocks.get(start);
    start.checked_sub(1).and_then(|at| run.blocks.get(at)) != block && run.blocks.get(end) != block
}

/// The letters of a piece without the number of a list or a note at its start.
fn key(run: &Run, (start, end): Piece) -> String {
    let first = start.checked_sub(1).map(|b| run.blocks.get(b)) != Some(run.blocks.get(start));
    let numbered = first && end - start > 1 && run.words.get(start).is_some_and(|t| t.class == Class::Number);
    run.letters(if numbered { start + 1 } else { start }..end)
}

/// Takes out runs that were lost in one place and stand, the same, in another.
fn forget_moved(before: &Run, after: &Run, lost: &mut Vec<Piece>, new: &mut Vec<Piece>) {
    let mut by_key: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for piece in new.iter().rev() {
        by_key.entry(key(after, *piece)).or_default().push(*piece);
    }
    lost.retain(|piece| {
        let Some(twins) = by_key.get_mut(&key(before, *piece)) else { return true };
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
