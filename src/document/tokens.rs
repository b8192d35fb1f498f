//! Text into tokens: words, numbers and marks, each with its byte range and two fingerprints.

use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use super::Block;

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Fingerprint of the token in lower case, quotes and dashes made plain.
    pub word: u64,
    /// Fingerprint of the same without a possessive or plural ending; equal to `word` for numbers and marks.
    pub stem: u64,
    /// First byte in the block's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub class: Class,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Letters, with apostrophes and hyphens inside.
    Word,
    /// Digits, with points, commas and colons inside.
    Number,
    /// Anything else that is not white space.
    Mark,
}

/// How many stretches without white space a text has: as many as [`str::split_whitespace`] gives, counted by bytes where it is ASCII.
pub(crate) fn stretches(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let blank = |b: u8| (b == b' ') | (b.wrapping_sub(9) < 5);
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    // Eight bits hold what a chunk counts, so that many bytes are looked at at once.
    let starts: usize = (bytes.chunks(128).zip(next.chunks(128)))
        .map(|(x, y)| {
            usize::from(x.iter().zip(y).fold(0u8, |n, (x, y)| n + u8::from(blank(*x) & !blank(*y))))
        })
        .sum();
    starts + usize::from(bytes.first().is_some_and(|b| !blank(*b)))
}

/// The fingerprint of a word as [`Token::word`] has it; `word` in lower case.
pub fn fingerprint(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Splits one text.
pub fn split(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    split_into(text, &mut out);
    out
}

/// Splits every block's text: all tokens in order, and the end of each block's tokens (one entry per block).
pub(super) fn split_all(blocks: &[Block]) -> (Vec<Token>, Vec<u32>) {
    let bytes: usize = blocks.iter().map(|b| b.text.len()).sum();
    let mut tokens = Vec::with_capacity(bytes / 5); // an English word and its blank are about six bytes
    let mut ends = Vec::with_capacity(blocks.len());
    for block in blocks {
        split_into(&block.text, &mut tokens);
        ends.push(u32::try_from(tokens.len()).unwrap_or(u32::MAX));
    }
    (tokens, ends)
}

fn split_into(text: &str, out: &mut Vec<Token>) {
    if text.is_ascii() {
        let mut folded = Vec::with_capacity(32); // longer words grow it once
        ascii(text, out, &mut folded);
    } else {
        unicode(text, out);
    }
}

/// Bytes that may stand inside a token of this class, if followed by one of the class itself.
fn joins(class: Class, byte: u8) -> bool {
    match class {
        Class::Word => byte == b'\'' || byte == b'-',
        Class::Number => byte == b'.' || byte == b',' || byte == b':',
        Class::Mark => false,
    }
}

fn class_of(byte: u8) -> Class {
    if byte.is_ascii_digit() {
        Class::Number
    } else if byte.is_ascii_alphabetic() {
        Class::Word
    } else {
        Class::Mark
    }
}

fn ascii(text: &str, out: &mut Vec<Token>, folded: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        if first.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let class = class_of(first);
        let start = at;
        at += 1;
        if class != Class::Mark {
            while let Some(&byte) = bytes.get(at) {
                let inside = byte.is_ascii_alphanumeric()
                    || (joins(class, byte) && bytes.get(at + 1).is_some_and(|n| class_of(*n) == class));
                // "5pm" and "2nd" are numbers, "KS2" a word; "3.45pm" stays whole.
                if !inside {
                    break;
                }
                at += 1;
            }
        }
        folded.clear();
        folded.extend(bytes.get(start..at).unwrap_or(&[]).iter().map(u8::to_ascii_lowercase));
        push(out, folded, start, at, class);
    }
}

fn unicode(text: &str, out: &mut Vec<Token>) {
    // Word boundaries of UAX 29; hyphenated words, which it cuts, are joined again.
    let mut pieces: Vec<(usize, usize, Class)> = Vec::new();
    // UAX 29 joins words over a narrow no-break space, and marks to a blank before them; a reader sees a blank there.
    let words = text.split_word_bound_indices().flat_map(|(start, piece)| {
        let solid = piece.split(char::is_whitespace).filter(|w| !w.is_empty());
        solid.map(move |w| (start + (w.as_ptr() as usize - piece.as_ptr() as usize), w))
    });
    for (start, piece) in words {
        // A mark that UAX 29 takes for a letter may stand first: "¸0".
        let letter = piece.chars().find(|c| c.is_alphanumeric());
        let Some(first) = letter.or_else(|| piece.chars().next()) else { continue };
        let class = if first.is_numeric() {
            Class::Number
        } else if first.is_alphanumeric() {
            Class::Word
        } else {
            Class::Mark
        };
        let end = start + piece.len();
        if let [.., before, hyphen] = pieces.as_slice() {
            let joined = class != Class::Mark
                && before.2 == Class::Word
                && before.1 == hyphen.0
                && hyphen.1 == start
                && text.get(hyphen.0..hyphen.1).is_some_and(|h| h == "-" || h == "\u{2011}");
            if joined {
                let from = before.0;
                pieces.truncate(pieces.len() - 2);
                pieces.push((from, end, Class::Word));
                continue;
            }
        }
        pieces.push((start, end, class));
    }
    let mut folded = Vec::new();
    for (start, end, class) in pieces {
        let Some(piece) = text.get(start..end) else { continue };
        folded.clear();
        for c in piece.chars().flat_map(char::to_lowercase) {
            let plain = match c {
                '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
                '\u{201C}' | '\u{201D}' => '"',
                '\u{2010}'..='\u{2015}' => '-',
                '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' => continue,
                other => other,
            };
            let mut buffer = [0; 4];
            folded.extend_from_slice(plain.encode_utf8(&mut buffer).as_bytes());
        }
        if !folded.is_empty() {
            push(out, &folded, start, end, class);
        }
    }
}

fn push(out: &mut Vec<Token>, folded: &[u8], start: usize, end: usize, class: Class) {
    let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
    let word = xxh3_64(folded);
    let stem = match class {
        Class::Word => {
            let stem = stem(folded);
            if stem.len() == folded.len() { word } else { xxh3_64(stem) }
        }
        _ => word,
    };
    out.push(Token { word, stem, start, end, class });
}

/// Takes off a possessive ending, then a plural s (length over 3, not "ss").
pub(crate) fn stem(word: &[u8]) -> &[u8] {
    let word = word.strip_suffix(b"'s").or_else(|| word.strip_suffix(b"'")).unwrap_or(word);
    match word.strip_suffix(b"s") {
        Some(rest) if word.len() > 3 && rest.last() != Some(&b's') => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Class, split, stretches};

    #[test]
    fn a_token_is_of_the_class_of_its_first_letter() {
        // The cedilla counts as a letter where words are cut, and as none where letters are told from marks.
        let classes = |text| split(text).iter().map(|t| t.class).collect::<Vec<_>>();
        assert_eq!(classes("¸0"), [Class::Number]);
        assert_eq!(classes("¸"), [Class::Mark]);
        assert_eq!(classes("é1"), [Class::Word]);
    }

    proptest! {
        #[test]
        fn stretches_are_as_many_as_the_standard_library_gives(text in "[a-z \\t\\n\\x0B\\x0C\\r\\x1C\u{A0}é\u{2003}]{0,80}") {
            prop_assert_eq!(stretches(&text), text.split_whitespace().count());
            let ascii: String = text.chars().filter(char::is_ascii).collect();
            prop_assert_eq!(stretches(&ascii), ascii.split_whitespace().count());
        }
    }
}
