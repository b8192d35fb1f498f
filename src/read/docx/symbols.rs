//! Characters of the symbol fonts that Word's lists and forms use, as the characters they look like.

/// A symbol by its code in a symbol font; none if it is not known.
pub(super) fn shown(font: &str, code: u32) -> Option<char> {
    let code = code & 0xFF; // symbol fonts are kept in the private area F000 to F0FF
    let font = font.to_lowercase();
    let table: &[(u32, char)] = if font.starts_with("wingdings 2") {
        &[(0x50, '✓'), (0x52, '☑'), (0x53, '☒'), (0xA3, '☐'), (0x4F, '✗'), (0x2A, '☐')]
    } else if font.starts_with("wingdings") {
        &[
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
        ]
    } else {
        &[
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
            (0x61, 'α'),
            (0x62, 'β'),
            (0xD2, '®'),
            (0xD3, '©'),
            (0xD4, '™'),
            (0xA7, '♣'),
            (0xA8, '♦'),
            (0xA9, '♥'),
            (0xAA, '♠'),
            (0xD6, '√'),
        ]
    };
    table.iter().find(|(c, _)| *c == code).map(|(_, shown)| *shown)
}
