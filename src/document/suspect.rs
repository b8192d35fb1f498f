//! Characters that deceive the eye: invisible ones, those that turn the direction of writing, and words that mix alphabets.
//!
//! What a language needs is left alone: joiners within Arabic, Indic scripts and emoji, marks of direction beside letters written from right
//! to left, and the tags of a flag.

use super::Block;

/// Places that a remark names; the rest is counted.
const NAMED: usize = 4;

/// Whether a character is shown as its code point: it has no shape of its own, or turns the direction of writing. A zero-width
/// joiner is none of these: it builds letters in several scripts and signs.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
        || turns(c)
}

/// The twelve controls of direction.
fn turns(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Says which suspect characters and words the text holds and where; no remark if it holds none.
pub(super) fn find(blocks: &[Block]) -> Vec<String> {
    let mut hidden: Vec<String> = Vec::new();
    let mut mixed: Vec<String> = Vec::new();
    for block in blocks {
        if block.text.is_ascii() && !block.text.bytes().any(|b| b.is_ascii_control()) {
            continue;
        }
        let place = format!("paragraph {}", block.place.paragraph);
        let letters: Vec<char> = block.text.chars().collect();
        for (at, c) in letters.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|b| letters.get(b)).copied();
            if is_suspect(*c, before, letters.get(at + 1).copied()) {
                hidden.push(format!("U+{:04X} in {place}", u32::from(*c)));
            }
        }
        let words = block.text.split(|c: char| !c.is_alphanumeric());
        mixed.extend(words.filter(|w| mixes(w)).map(|w| format!("“{w}” in {place}")));
    }
    let said = |list: &[String], what: &str| {
        let more = list.len().saturating_sub(NAMED);
        let named = list.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!list.is_empty()).then(|| format!("{} {what}: {named}{rest}", list.len()))
    };
    [
        said(&hidden, "invisible or direction-turning characters, shown as code points"),
        said(&mixed, "words or numbers that mix alphabets which look alike"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_suspect(c: char, before: Option<char>, after: Option<char>) -> bool {
    let beside = |is: fn(char) -> bool| before.is_some_and(is) || after.is_some_and(is);
    match c {
        '\u{200E}' | '\u{200F}' | '\u{061C}' => !beside(is_right_to_left),
        // Between Latin letters a joiner does nothing but hide.
        '\u{200C}' | '\u{200D}' => {
            let plain = |c: Option<char>| c.is_none_or(|c| c.is_ascii() || is_latin(c));
            plain(before) && plain(after)
        }
        // The tags of the flags of England, Scotland and Wales stand behind a black flag.
        '\u{E0020}'..='\u{E007F}' => {
            !before.is_some_and(|b| b == '\u{1F3F4}' || ('\u{E0020}'..='\u{E007F}').contains(&b))
        }
        c => is_hidden(c),
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Whether a word has Latin letters beside Cyrillic or Greek ones, or a number digits of two scripts. Short words are formulas.
fn mixes(word: &str) -> bool {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let other = |c: char| matches!(c, '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{052F}');
    let digits = has(|c| c.is_ascii_digit())
        && has(|c| c.is_numeric() && c.is_alphanumeric() && !c.is_ascii() && is_digit(c));
    word.chars().count() >= 4 && has(is_latin) && has(other) || digits
}

/// Digits of other scripts that could stand in a number; fractions and raised numbers could not.
fn is_digit(c: char) -> bool {
    matches!(c, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' | '\u{0966}'..='\u{096F}' | '\u{FF10}'..='\u{FF19}' | '\u{1D7CE}'..='\u{1D7FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    fn found(text: &str) -> usize {
        find(&[Block { text: text.into(), ..Block::default() }]).len()
    }

    #[test]
    fn find_every_control_of_direction_and_invisible_character_is_flagged() {
        let all = "\u{200E}\u{200F}\u{061C}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{E0041}";
        for c in all.chars() {
            assert_eq!(found(&format!("within {c}24 hours")), 1, "U+{:04X}", u32::from(c));
        }
        assert_eq!(found("the Неad decides"), 1, "Cyrillic letters in an English word");
        assert_eq!(found("within 2\u{0664} hours"), 1, "an Arabic digit in a number");
    }

    #[test]
    fn find_what_languages_need_is_left_alone() {
        for text in [
            "مرحبا\u{200F}، المدرسة می\u{200C}شود",
            "שלום \u{200F}כיתה א׳",
            "क्\u{200D}ष विद्यालय",
            "Mae'r ysgol yn gofalu am bob plentyn, tŷ, ŵyr, gwên",
            "Family 👨\u{200D}👩\u{200D}👧 and flag 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "Café, naïve, £5.50, 20 °C, ½ day, x²",
            "Школа и ученики",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }

    /// Texts of schools in Arabic, Persian, Hebrew, Hindi and Welsh, with emoji, and in English with words of other languages; each line is a paragraph.
    #[test]
    fn find_raises_no_false_alarm_in_texts_of_other_languages() {
        let text = include_str!("../../tests/fixtures/languages.txt");
        let words = text.split_whitespace().count();
        let alarms: Vec<&str> = text.lines().filter(|line| found(line) > 0).collect();
        assert!(
            words >= 500 && alarms.len() * 1_000 <= words,
            "{} alarms in {words} words: {alarms:?}",
            alarms.len()
        );
    }
}
