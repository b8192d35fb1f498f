//! Where naming something out of date is right: a text and the stretch that names it in, whether the words around it speak of the
//! past, or it is part of a web address, out.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// Characters before and after a name in which words can still belong to it: "replaced the Data Protection Act 1984 and the …".
const NEAR: usize = 60;

/// Whether a text tells what became of the thing it names, or that it is no longer what it was.
///
/// Only words of the same clause count: "staff who previously worked elsewhere; all hold a CRB check" names the check as
/// current. What replaced something is named as current too: "replaced by the Data Protection Act 1998".
pub(super) fn is_told(text: &str, name: &Range<usize>) -> bool {
    static BEFORE: OnceLock<Option<Regex>> = OnceLock::new();
    static AFTER: OnceLock<Option<Regex>> = OnceLock::new();
    let before = BEFORE.get_or_init(|| {
        Regex::new(
            r"(?i)\b(?:(?:replac|supersed|repeal|revok)(?:e|es|ed|ing)?(?:\s+by)?|withdrew|formerly|previously|formally known|used to be|no longer|until (?:19|20)\d\d|rather than|instead of|successor (?:of|to))\b",
        )
        .ok()
    });
    let after = AFTER.get_or_init(|| {
        Regex::new(
            r"(?i)^[^,.;:]{0,40}?\b(?:(?:was|were|is|are|has been|have been|had been|being)\s+(?:now\s+|since\s+|later\s+)?(?:replaced|superseded|repealed|revoked|withdrawn|abolished|renamed)|no longer|until (?:19|20)\d\d|ceased to|came to an end)\b|^\W{0,3}\(?\s*(?:now|formerly|previously|replaced by|superseded by|repealed|withdrawn)\b",
        )
        .ok()
    });
    let clause = |c: char| matches!(c, '.' | ';' | ':');
    let start = text.get(..name.start).unwrap_or("");
    let start = start.char_indices().rev().nth(NEAR).map_or(start, |(at, _)| start.get(at..).unwrap_or(""));
    let start = start.rsplit(clause).next().unwrap_or("");
    let end = text.get(name.end..).unwrap_or("");
    let end = end.char_indices().nth(NEAR).map_or(end, |(at, _)| end.get(..at).unwrap_or(""));
    let told = before.as_ref().and_then(|p| p.find_iter(start).last());
    told.is_some_and(|m| !m.as_str().to_ascii_lowercase().ends_with("by"))
        || after.as_ref().is_some_and(|p| p.is_match(end))
}

/// Characters of a web address before a name in it; the longest that browsers take have 2,000.
const ADDRESS: usize = 2_000;

/// Whether a stretch lies in a web address, which is what it is whoever published there.
pub(super) fn is_address(text: &str, name: &Range<usize>) -> bool {
    let start = text.get(..name.start).unwrap_or("");
    let near = start.char_indices().rev().take(ADDRESS).take_while(|(_, c)| !c.is_whitespace()).last();
    let start = near.and_then(|(at, _)| start.get(at..)).unwrap_or("");
    start.contains("://") || start.contains("www.")
}
