//! Names of schools in running text: a sentence's tokens in, which of them name a school out.

use super::{Class, Token};

/// Runs of capitalised words that end in "School" and name its kind: "Wrenhurst Primary School". Half-open token ranges.
pub(crate) fn names(text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
    let piece = |k: usize| piece(text, tokens, k);
    let capital = |k: usize| {
        tokens.get(k).is_some_and(|t| t.class == Class::Word) && piece(k).starts_with(char::is_uppercase)
    };
    let kinds =
        ["Infant", "Infants", "Junior", "Primary", "Nursery", "Secondary", "Academy", "First", "Middle"];
    let mut out = Vec::new();
    for at in 2..tokens.len() {
        if piece(at) != "School" || !kinds.contains(&piece(at - 1)) {
            continue;
        }
        let mut from = at - 1;
        while from > 0
            && capital(from - 1)
            && !["At", "The", "In", "Our", "For", "To", "From"].contains(&piece(from - 1))
        {
            from -= 1;
        }
        if from < at - 1 {
            out.push((from, at + 1));
        }
    }
    out
}

/// Whether the sentence says what "we" do at the school named: "At … School we", "… School is committed".
pub(crate) fn speaks_as(text: &str, tokens: &[Token], from: usize, to: usize) -> bool {
    let piece = |k: usize| piece(text, tokens, k);
    let at = from.checked_sub(1).map_or("", piece).eq_ignore_ascii_case("at");
    let we =
        (to..to + 3).any(|k| piece(k).eq_ignore_ascii_case("we") || piece(k).eq_ignore_ascii_case("our"));
    let commits = ["is", "believes", "aims", "recognises"].contains(&piece(to))
        && ["committed", "we", "that", "to"].contains(&piece(to + 1));
    at && we || commits
}

/// Whether two names are one school's: the same words but for those that schools leave out or put in, "Community", "C of E".
pub(crate) fn same(one: &str, other: &str) -> bool {
    told(one) == told(other)
}

/// The words of a name that tell it from others, in small letters; "Infant" and "Junior" do, "Community" does not.
fn told(name: &str) -> Vec<String> {
    const LEFT_OUT: [&str; 19] = [
        "the",
        "community",
        "school",
        "academy",
        "church",
        "of",
        "england",
        "c",
        "e",
        "ce",
        "cofe",
        "vc",
        "va",
        "controlled",
        "aided",
        "voluntary",
        "foundation",
        "and",
        "saint",
    ];
    let word = |w: &str| {
        let small = w.to_lowercase();
        match small.as_str() {
            "st" => "saint".to_owned(),
            "infants" | "juniors" => small.trim_end_matches('s').to_owned(),
            _ => small,
        }
    };
    let apart = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    let words = name.split(apart).filter(|w| !w.is_empty()).map(word);
    words.map(|w| w.replace(['\'', '’'], "")).filter(|w| !LEFT_OUT.contains(&w.as_str())).collect()
}

fn piece<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    tokens.get(at).and_then(|t| text.get(t.start as usize..t.end as usize)).unwrap_or("")
}
