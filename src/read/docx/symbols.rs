//! Characters of the symbol fonts that Word's lists and forms use, as the characters they look like.

/// A character that a file names by its code in a font; none if it is not known what it looks like.
pub(super) fn shown(font: &str, code: u32) -> Option<char> {
    let font = font.to_lowercase();
    let table: &[(u32, char)] = if font.starts_with("wingdings 2") {
        &WINGDINGS_2
    } else if font.starts_with("wingdings 3") {
        &[]
    } else if font.starts_with("wingdings") {
        &WINGDINGS
    } else if font.starts_with("webdings") {
        &WEBDINGS
    } else if font.starts_with("symbol") || font.is_empty() {
        let code = code & PRIVATE;
        return known(&SYMBOL, code).or_else(|| greek(code)).or_else(|| figure(code));
    } else {
        // Any other font has the letter of its code, unless it keeps signs of its own in the private area.
        return char::from_u32(code).filter(|c| !c.is_control() && !('\u{E000}'..='\u{F8FF}').contains(c));
    };
    known(table, code & PRIVATE)
}

/// Symbol fonts are kept in the private area F000 to F0FF.
const PRIVATE: u32 = 0xFF;

fn known(table: &[(u32, char)], code: u32) -> Option<char> {
    table.iter().find(|(c, _)| *c == code).map(|(_, shown)| *shown)
}

/// The letters of the font Symbol in the order of the Latin letters whose codes they have (Adobe's encoding of Symbol).
const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ";

fn greek(code: u32) -> Option<char> {
    let letter = char::from_u32(code).filter(char::is_ascii_alphabetic)?;
    let first = if letter.is_ascii_uppercase() { u32::from('A') } else { u32::from('a') - 26 };
    GREEK.chars().nth(usize::try_from(code.checked_sub(first)?).ok()?)
}

/// Digits and the signs that the font Symbol has where all fonts have them.
fn figure(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| c.is_ascii_digit() || " !#%&()+,./:;<=>?[]_{|}".contains(*c))
}

const WINGDINGS_2: [(u32, char); 6] =
    [(0x50, '✓'), (0x52, '☑'), (0x53, '☒'), (0xA3, '☐'), (0x4F, '✗'), (0x2A, '☐')];

const WINGDINGS: [(u32, char); 23] = [
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '☐'),
    (0x71, '☐'),
    (0x72, '☐'),
    (0x76, '◆'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xDF, '←'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x21, '✏'),
];

const WEBDINGS: [(u32, char); 2] = [(0x61, '✓'), (0x72, '✗')];

const SYMBOL: [(u32, char); 22] = [
    (0xB7, '•'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xA3, '≤'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xB4, '×'),
    (0xB8, '÷'),
    (0xAE, '→'),
    (0xAC, '←'),
    (0xDE, '⇒'),
    (0x2D, '−'),
    (0x6D, 'µ'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
    (0xA7, '♣'),
    (0xA8, '♦'),
    (0xA9, '♥'),
    (0xAA, '♠'),
    (0xD6, '√'),
];
