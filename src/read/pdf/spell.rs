//! Letters in their places in, words out: gaps become blanks, ligatures their letters, letter-spaced words are closed up.

use hayro_interpret::hayro_cmap::BfString;

/// A gap of this part of the letters' size is a blank.
const BLANK: f64 = 0.1;
/// A letter in its place.
pub(super) struct Letter {
    /// What it means; one glyph may stand for several letters.
    pub text: BfString,
    /// Left edge, in points.
    pub left: f64,
    /// Right edge, in points.
    pub right: f64,
}

/// Whether two letters are the same one, blanks aside.
pub(super) fn same(a: &BfString, b: &BfString) -> bool {
    match (a, b) {
        (BfString::Char(a), BfString::Char(b)) => a == b && !a.is_whitespace(),
        (BfString::String(a), BfString::String(b)) => a == b,
        _ => false,
    }
}

/// Whether a letter only parts words.
pub(super) fn is_blank(letter: &Letter) -> bool {
    matches!(&letter.text, BfString::Char(c) if c.is_whitespace() || *c == '\u{A0}')
}

/// The letter before which a cell of a table may end: after a gap of `far` points, or where a ruled line stands between words.
pub(super) fn cell_ends(letters: &[Letter], far: f64, fences: &[f32], size: f64) -> Option<usize> {
    let mut right: Option<f64> = None;
    letters.iter().position(|letter| {
        if is_blank(letter) {
            return false;
        }
        let ends = right.is_some_and(|right| {
            let fenced =
                |f: &f32| right - 0.1 * size <= f64::from(*f) && f64::from(*f) <= letter.left + 0.1 * size;
            letter.left - right > far || fences.iter().any(fenced)
        });
        right = Some(letter.right);
        ends
    })
}

/// A gap between letters, in sizes, from which it parts words. In letter-spaced words nearly all gaps are wide.
pub(super) fn wide(letters: &[Letter], size: f64) -> f64 {
    let mut gaps: Vec<f64> = letters
        .iter()
        .zip(letters.iter().skip(1))
        .filter(|(one, next)| !is_blank(one) && !is_blank(next))
        .map(|(one, next)| (next.left - one.right) / size)
        .collect();
    gaps.sort_unstable_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    if gaps.len() >= 4 && usual > 0.6 * BLANK { 2.0 * usual } else { BLANK }
}

/// The letters as words: wide gaps become blanks, ligatures their letters, and letter-spaced words are closed up.
pub(super) fn spell(letters: &[Letter], size: f64, wide: f64) -> String {
    let mut out = String::new();
    let mut right: Option<f64> = None;
    for letter in letters {
        if is_blank(letter) {
            push_blank(&mut out);
            right = None;
            continue;
        }
        if right.is_some_and(|r| (letter.left - r) / size > wide) {
            push_blank(&mut out);
        }
        right = Some(letter.right);
        match &letter.text {
            BfString::Char(c) => push_char(&mut out, *c),
            BfString::String(s) => s.chars().for_each(|c| push_char(&mut out, c)),
        }
    }
    out.truncate(out.trim_end().len());
    close_up(out)
}

fn push_blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Adds a letter: ligatures as their letters, control characters not at all.
fn push_char(out: &mut String, c: char) {
    match c {
        '\u{FB00}' => out.push_str("ff"),
        '\u{FB01}' => out.push_str("fi"),
        '\u{FB02}' => out.push_str("fl"),
        '\u{FB03}' => out.push_str("ffi"),
        '\u{FB04}' => out.push_str("ffl"),
        '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
        // Private letters that symbol fonts use for bullets.
        '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' | '\u{F0D8}' | '\u{F0FC}' | '\u{F0A8}' => out.push('•'),
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// "S A F E" typed with blanks between the letters becomes "SAFE"; at least four letters in a row.
fn close_up(text: String) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let single = |w: &&str| w.chars().count() == 1 && w.chars().all(char::is_uppercase);
    if words.len() < 4 || !words.iter().all(single) {
        return text;
    }
    words.concat()
}
