//! Who holds an office: the tokens of a passage in, the offices it names the holders of out.
//!
//! "Mrs Oakes is the designated safeguarding lead" and "Our SENCO is Mr Reed" tell the same of two schools though every word of
//! substance that is rare in the policies, the name, differs.

use crate::document::{Class, Token};
use crate::knowledge::{PERSONAL_TITLES, Roles};

/// What may stand between "is" and an office.
const BETWEEN: [&str; 5] = ["the", "our", "a", "also", "named"];
/// Tokens of a name at most: "Dr Fennimore - Tansy".
const NAME: usize = 5;

/// The ids of the offices whose holder is named.
pub(super) fn held<'r>(text: &str, tokens: &[Token], roles: &'r Roles) -> Vec<&'r str> {
    let found = roles.find(tokens).into_iter().filter(|(role, _)| !role.is_group());
    let held = found.filter(|(_, at)| {
        let at_place = |at: usize| tokens.get(at).map_or("", |t| piece(text, t));
        let before = tokens.get(..at.start).unwrap_or_default();
        let between = |word: &str| BETWEEN.iter().any(|b| b.eq_ignore_ascii_case(word));
        let skipped = before.iter().rev().take_while(|t| between(piece(text, t))).count();
        let is = before.len().checked_sub(skipped + 1).filter(|is| at_place(*is) == "is");
        is.is_some_and(|is| is_name(text, before.get(..is).unwrap_or_default().iter().rev()))
            || ["is", ":"].contains(&at_place(at.end))
                && is_name(text, tokens.get(at.end + 1..).unwrap_or_default().iter())
    });
    held.map(|(role, _)| role.id.as_str()).collect()
}

/// Whether a name begins here, in either direction: a title within a few words that begin with capitals.
fn is_name<'t>(text: &str, tokens: impl Iterator<Item = &'t Token>) -> bool {
    tokens
        .take(NAME)
        .map(|t| (t.class, piece(text, t)))
        .take_while(|(class, word)| *class == Class::Mark || word.starts_with(char::is_uppercase))
        .any(|(_, word)| PERSONAL_TITLES.contains(&word))
}

fn piece<'t>(text: &'t str, token: &Token) -> &'t str {
    text.get(token.start as usize..token.end as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::held;
    use crate::document::tokens::split;
    use crate::knowledge::bundled;

    #[test]
    fn holders_are_named_with_their_titles() {
        let offices = |text: &str| held(text, &split(text), bundled().roles()).join(" ");
        for (text, wanted) in [
            ("Mrs Oakes is the designated safeguarding lead.", "dsl"),
            ("Dr Anne Fen-Oakes is also our designated safeguarding lead and takes every call.", "dsl"),
            ("Our designated safeguarding lead is Mr Reed.", "dsl"),
            ("Designated safeguarding lead: Miss Ash", "dsl"),
            ("The designated safeguarding lead is told at once.", ""),
            ("Mrs Oakes tells the designated safeguarding lead.", ""),
            ("Mr Reed says that the line is free when it is the designated safeguarding lead who calls.", ""),
            ("Pupils: Mrs Oakes", ""),
        ] {
            assert_eq!(offices(text), wanted, "{text}");
        }
    }
}
