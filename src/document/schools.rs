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

fn piece<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    tokens.get(at).and_then(|t| text.get(t.start as usize..t.end as usize)).unwrap_or("")
}
