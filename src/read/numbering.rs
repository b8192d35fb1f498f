//! Numbers as a list shows them: a value and a format in, "iv", "c", "2nd" out.

/// A number in a numbering format of Word; decimal for a format that is not known.
pub(crate) fn formatted(value: i64, format: &str) -> String {
    match format {
        "lowerLetter" => letters(value, b'a'),
        "upperLetter" => letters(value, b'A'),
        "lowerRoman" => roman(value, false),
        "upperRoman" => roman(value, true),
        "decimalZero" => format!("{value:02}"),
        "ordinal" => ordinal(value),
        "none" => String::new(),
        _ => value.to_string(),
    }
}

/// a to z, then aa, bb …
fn letters(value: i64, first: u8) -> String {
    let Ok(value) = u64::try_from(value.saturating_sub(1)) else { return String::new() };
    // Nobody numbers past a few rounds; the ceiling keeps a hostile start value from making a long string.
    let times = usize::try_from(value / 26).unwrap_or(0).min(8).saturating_add(1);
    let letter = u8::try_from(value % 26).unwrap_or(0).saturating_add(first);
    char::from(letter).to_string().repeat(times)
}

/// Roman numerals up to 3999; decimal beyond.
pub(crate) fn roman(value: i64, upper: bool) -> String {
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let signs = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = value;
    let mut out = String::new();
    for (worth, sign) in signs {
        while rest >= worth {
            rest = rest.saturating_sub(worth);
            out.push_str(sign);
        }
    }
    if upper { out.to_uppercase() } else { out }
}

fn ordinal(value: i64) -> String {
    let ending = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{value}{ending}")
}
