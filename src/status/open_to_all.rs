//! Which words may be shown to everybody: a sentence in, whether it names a person, a number to call, an address or a room out.
//!
//! Two sieves: what looks like such a thing, as local facts are found in policies; and what is known as one, because it stands as such in either school's
//! policies, or because somebody of that name did or is to do something.

use std::collections::BTreeSet;

use crate::compare::{LocalKind, local_facts};
use crate::document::tokens::split;
use crate::document::{Document, Token};

/// Words that begin with a capital in the names of posts and committees, and are nobody's name.
const POSTS: [&str; 28] = [
    "academy",
    "assistant",
    "board",
    "body",
    "chair",
    "clerk",
    "committee",
    "council",
    "deputy",
    "executive",
    "finance",
    "first",
    "full",
    "governing",
    "governor",
    "governors",
    "head",
    "headteacher",
    "infant",
    "joint",
    "junior",
    "leader",
    "office",
    "school",
    "senior",
    "team",
    "the",
    "trust",
];
/// Words of the school year that begin with a capital.
const CALENDAR: [&str; 32] = [
    "year",
    "key",
    "stage",
    "reception",
    "nursery",
    "term",
    "autumn",
    "spring",
    "summer",
    "christmas",
    "easter",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "two",
    "three",
];
/// Shorter pieces stand inside ordinary words.
const LEAST: usize = 4;

/// What may not be shown.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In small letters, as they stand in a text with blanks around words.
    known: BTreeSet<String>,
    /// Words in small letters that begin with a capital and are nobody's name: those of the schools' names.
    allowed: BTreeSet<String>,
}

impl Names {
    /// Takes down every local fact of a document, and who it says owns, wrote or approved it.
    pub fn add_document(&mut self, document: &Document) {
        for (block, id) in document.blocks.iter().zip(0..) {
            self.add_text(&block.text, document.tokens(id));
        }
        for apart in &document.apart {
            self.add_text(&apart.text, &split(&apart.text));
        }
        let front = &document.front_matter;
        for who in [&front.owner, &front.approved_by].into_iter().flatten() {
            self.add_person(who);
        }
    }

    fn add_text(&mut self, text: &str, tokens: &[Token]) {
        for fact in local_facts(text, tokens) {
            let words = text.get(fact.start as usize..fact.end as usize).unwrap_or("");
            match fact.kind {
                LocalKind::Time => {}
                LocalKind::Name => self.add_person(words),
                _ => self.add(words),
            }
        }
    }

    /// Takes down a person's name out of words such as "Jane Example, chair of governors"; posts and committees give none.
    pub fn add_person(&mut self, words: &str) {
        let mut run: Vec<&str> = Vec::new();
        let pieces = words.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '/'));
        for piece in pieces.chain(std::iter::once("")) {
            let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            if capital && !POSTS.contains(&bare.to_lowercase().as_str()) {
                run.push(bare);
                continue;
            }
            if let (true, Some(last)) = (run.len() > 1, run.last()) {
                self.add(&run.join(" "));
                self.add(last);
            }
            run.clear();
        }
    }

    /// Lets the words of a name stand, such as a school's.
    pub fn allow(&mut self, words: &str) {
        self.allowed.extend(spaced(words).split_whitespace().map(str::to_owned));
    }

    /// Two words or more that begin with capitals, not at the beginning of a sentence: as likely a person as not.
    fn like_a_person(&self, words: &str) -> bool {
        let (mut row, mut first) = (0, true);
        for piece in words.split_whitespace() {
            let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
            let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
            let small = bare.to_lowercase();
            let capital = bare.chars().next().is_some_and(char::is_uppercase) && bare.chars().count() > 1;
            let harmless = POSTS.contains(&small.as_str())
                || CALENDAR.contains(&small.as_str())
                || self.allowed.contains(&small)
                || bare.chars().all(|c| !c.is_lowercase());
            row = if capital && !harmless && !first { row + 1 } else { 0 };
            if row > 1 {
                return true;
            }
            first = piece.ends_with(['.', '!', '?', ':', '“', '"']);
        }
        false
    }

    fn add(&mut self, words: &str) {
        let words = spaced(words);
        if words.trim().chars().count() >= LEAST {
            self.known.insert(words);
        }
    }

    /// Why words may not be shown to everybody; none if they may. A clock time and a web address are no secret.
    pub fn forbid(&self, words: &str) -> Option<&'static str> {
        self.forbid_title(words).or_else(|| self.like_a_person(words).then_some("name"))
    }

    /// The same for a title, in which every word may have a capital.
    pub fn forbid_title(&self, words: &str) -> Option<&'static str> {
        let found = local_facts(words, &split(words)).into_iter().find_map(|fact| match fact.kind {
            LocalKind::Time | LocalKind::Website => None,
            other => Some(other.name()),
        });
        let inside = spaced(words);
        found
            .or_else(|| self.known.iter().any(|k| inside.contains(k.as_str())).then_some("name or number"))
            // Nothing that parents are told needs the sign of an e-mail address or so many figures in a row.
            .or_else(|| words.contains(['@', '＠']).then_some("e-mail address"))
            .or_else(|| (figures(words) > 8).then_some("phone number"))
    }

    /// The same for words of an adopted text, which both schools share: times and addresses of the web are theirs alone.
    pub fn forbid_quote(&self, words: &str) -> Option<&'static str> {
        let found = local_facts(words, &split(words)).first().map(|f| f.kind.name());
        found.or_else(|| self.forbid(words))
    }
}

/// The longest row of figures, with blanks and marks between them not counted.
fn figures(words: &str) -> usize {
    let (mut most, mut row) = (0, 0);
    for c in words.chars() {
        if c.is_numeric() {
            row += 1;
            most = most.max(row);
        } else if !matches!(c, ' ' | '\u{A0}' | '-' | '–' | '(' | ')' | '+' | '/' | '.') {
            row = 0;
        }
    }
    most
}

/// In small letters, one blank between words and at both ends, marks left out.
fn spaced(words: &str) -> String {
    let mut out = String::from(" ");
    for c in words.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbid_names_numbers_and_addresses_and_nothing_else() {
        let mut names = Names::default();
        names.add_person("Jane Example, chair of governors");
        names.add_person("Full Governing Body");
        let header = "Written by Mrs Ottoline Larkspur";
        names.add_text(header, &split(header));
        names.allow("Oakfield Brook Infant School");
        for bad in [
            "Ask Mrs Placeholder about it.",
            "Phones go to jane example's office.",
            "See Example for it.",
            "See Larkspur for it.",
            "Ring 01632 960123.",
            "Ring (01632) 96 01 23 now.",
            "Write to office@school.example.",
            "Write to office ＠ school.",
            "Your child may ask Hollis Wexcombe for help.",
            "It is late. Ask for Hollis Wexcombe’s form.",
        ] {
            assert!(names.forbid(bad).is_some(), "{bad}");
        }
        for good in [
            "The full governing body agreed it on 29 September 2026.",
            "From January school begins at 8.45am.",
            "Phones are handed in at the office.",
            "From Monday in the Autumn Term, Key Stage Two eats first.",
            "At Oakfield Brook Infant School we ring you. You can ask OFSTED.",
        ] {
            assert_eq!(names.forbid(good), None, "{good}");
        }
        assert!(names.forbid_quote("From January school begins at 8.45am.").is_some());
    }
}
