//! What is left of a word without its endings: a word in, its root out, so that "inform" and "information" are one term.
//!
//! Cruder than a stemmer of the language: a root is never shown, only compared, and two words that are wrongly one cost little
//! beside all the others in a passage. On labelled policies it is worth a point of F1, and some on policies written apart.

/// Fewest bytes that an ending leaves.
const LEAST: usize = 4;

/// Endings taken off by their last letter, the longest first; at most one is.
fn endings(last: u8) -> &'static [&'static [u8]] {
    match last {
        b'c' => &[b"ic"],
        b'd' => &[b"ated", b"ed"],
        b'e' => &[b"ate", b"able", b"ible", b"ance", b"ence", b"ive"],
        b'g' => &[b"ating", b"ing"],
        b'l' => &[b"ational", b"ful", b"al"],
        b'n' => &[b"isation", b"ization", b"ation", b"ion"],
        b'r' => &[b"ator", b"er"],
        b's' => &[
            b"fulness", b"ousness", b"iveness", b"ements", b"ations", b"nesses", b"ments", b"ators",
            b"ities", b"ness", b"ions", b"ings", b"ies", b"ers", b"ous", b"es",
        ],
        b't' => &[b"ement", b"ment"],
        b'y' => &[b"ingly", b"edly", b"ally", b"ity", b"ly", b"y"],
        _ => &[],
    }
}

/// The root of a word in lower case without its possessive and plural endings.
pub(crate) fn root(word: &[u8]) -> &[u8] {
    let endings = word.last().map_or(&[][..], |last| endings(*last));
    let bare = endings.iter().find_map(|e| word.strip_suffix(*e).filter(|rest| rest.len() >= LEAST));
    let mut root = bare.unwrap_or(word);
    if let [.., x, y] = root {
        // "stopped" is "stop", but "called" keeps both letters, as "call" does.
        if x == y && root.len() > LEAST && !matches!(y, b's' | b'l') {
            root = &root[..root.len() - 1];
        }
    }
    match root.split_last() {
        // The police are not a policy.
        Some((b'i' | b'e', rest)) if rest.len() >= LEAST && rest.last() != Some(&b'c') => rest,
        _ => root,
    }
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn forms_of_a_word_have_one_root() {
        for (x, y) in [
            ("inform", "information"),
            ("govern", "governance"),
            ("empathise", "empathising"),
            ("stop", "stopped"),
        ] {
            assert_eq!(root(x.as_bytes()), root(y.as_bytes()), "{x} and {y}");
        }
    }

    #[test]
    fn different_words_keep_different_roots() {
        for (x, y) in [("must", "master"), ("policy", "police"), ("sing", "string")] {
            assert_ne!(root(x.as_bytes()), root(y.as_bytes()), "{x} and {y}");
        }
    }
}
