//! Headings where the file does not mark them, typed numbers, contents lists, and which heading encloses which block.
//!
//! More than half of real Word policies have no heading style at all: their headings are bold lines, numbered lines, lines in
//! capitals or short plain lines. A line stands as a heading when it is short, does not read like a sentence, looks unlike the text around it,
//! and is followed by text.

use std::collections::HashMap;

use super::date::is_month;
use super::tokens::stretches;
use super::{Block, BlockId, Kind, Role};

/// A heading in a policy is rarely longer; of 140 labelled headings the longest has 12 words.
const HEADING_WORDS: usize = 12;
/// What stands before an item of a list without numbers.
const BULLETS: &str = "•·▪◦●○■□❖‣∙➤❑➢✓*o-–+\u{F0B7}";
/// With this many styled headings a file's own styles are trusted and lines are not second-guessed.
const STYLED_ENOUGH: usize = 3;

/// Turns typed numbers into markers, marks contents lists, and makes headings of lines that stand as headings.
pub(super) fn recognise(blocks: &mut [Block], notices: &mut Vec<String>) {
    for block in blocks.iter_mut() {
        take_marker(block);
    }
    mark_contents(blocks);
    let styled = blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body).count();
    if styled >= STYLED_ENOUGH {
        return;
    }
    let body = body_size(blocks);
    let kinds: Vec<Option<Stand>> = (0..blocks.len()).map(|at| stand(blocks, at, body)).collect();
    // Plain short lines are headings only where nothing stronger is used, otherwise they are list items without bullets.
    let strong = kinds.iter().flatten().filter(|k| !matches!(k, Stand::Plain)).count();
    let mut made = 0u32;
    for (block, kind) in blocks.iter_mut().zip(kinds) {
        let Some(kind) = kind else { continue };
        if matches!(kind, Stand::Plain) && strong > STYLED_ENOUGH {
            continue;
        }
        block.kind = Kind::Heading;
        block.level = level(block, kind, body);
        made += 1;
    }
    if made > 0 {
        notices.push(format!(
            "{made} headings were recognised by how they look, because the file does not mark them"
        ));
    }
    close_gaps(blocks);
}

/// Sets [`Block::parent`] from kinds and levels.
pub(super) fn nest(blocks: &mut [Block]) {
    let mut open: Vec<(u8, BlockId)> = Vec::new();
    for (id, block) in (0..).zip(blocks.iter_mut()) {
        if block.kind == Kind::Heading && block.role == Role::Body {
            while open.last().is_some_and(|(level, _)| *level >= block.level) {
                open.pop();
            }
            block.parent = open.last().map(|(_, id)| *id);
            open.push((block.level, id));
        } else {
            block.parent = open.last().map(|(_, id)| *id);
        }
    }
}

/// Why a line stands as a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Large,
    Capitals,
    Bold,
    Underlined,
    /// Depth of its typed number.
    Numbered(u8),
    Plain,
}

/// Whether, and why, a block stands as a heading.
fn stand(blocks: &[Block], at: usize, body: u16) -> Option<Stand> {
    let block = blocks.get(at)?;
    if !matches!(block.kind, Kind::Paragraph | Kind::ListItem) || block.role != Role::Body {
        return None;
    }
    let text = block.text.trim();
    let words = stretches(text);
    if words == 0
        || words > HEADING_WORDS
        || !text.chars().any(char::is_alphabetic)
        || reads_as_sentence(text)
    {
        return None;
    }
    let next = blocks.get(at + 1)?;
    let followed = next.kind != Kind::TextBox && !next.text.is_empty();
    let numbered = block.marker.as_deref().and_then(depth_of);
    if !followed || is_label(text) && numbered.is_none() {
        return None;
    }
    let listed = block.kind == Kind::ListItem;
    if block.look.bold && !(listed && numbered.is_none()) {
        return Some(if block.look.size > body + 1 { Stand::Large } else { Stand::Bold });
    }
    if listed && numbered.is_none() {
        return None;
    }
    let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    if capitals && text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        return Some(Stand::Capitals);
    }
    if block.look.size > body + 3 && body > 0 && !listed {
        return Some(Stand::Large);
    }
    if block.look.underlined {
        return Some(Stand::Underlined);
    }
    // A numbered line is a heading if what follows is not the next number of the same list.
    if let Some(depth) = numbered {
        let beside =
            |b: Option<&Block>| b.and_then(|b| b.marker.as_deref()).and_then(depth_of) == Some(depth);
        let in_list =
            beside(blocks.get(at + 1)) || next.kind == Kind::ListItem && at > 0 && beside(blocks.get(at - 1));
        return (!in_list && words <= 8).then_some(Stand::Numbered(depth));
    }
    let before = at.checked_sub(1).and_then(|b| blocks.get(b));
    let long = |b: &Block| {
        let words = stretches(&b.text);
        words > HEADING_WORDS
            || words > 5 && reads_as_sentence(&b.text)
            || b.kind == Kind::ListItem
            || is_label(&b.text)
    };
    let starts_big = text.chars().next().is_some_and(char::is_uppercase);
    let after_text = before.is_none_or(long);
    (starts_big && words <= 7 && long(next) && after_text && !text.ends_with([',', ':', ';', '-']))
        .then_some(Stand::Plain)
}

/// Ends like a sentence, or holds one.
fn reads_as_sentence(text: &str) -> bool {
    let ends = text.ends_with(['.', '!', ';', ',']) && !text.ends_with("...");
    ends || text.contains(". ")
}

/// "Headteacher: …", "Date: …": a line of a form or of the front matter.
fn is_label(text: &str) -> bool {
    text.split_once(':').is_some_and(|(_, value)| !value.trim().is_empty())
        || text.contains("....")
        || text.contains("___")
}

/// How deep a typed number goes: "2" is 1, "2.1" is 2; none for letters and bullets.
fn depth_of(marker: &str) -> Option<u8> {
    let bare = marker.trim_end_matches(['.', ')', ':']);
    let bare = bare.rsplit(' ').next().unwrap_or(bare);
    let parts: Vec<&str> = bare.split('.').collect();
    let numeric =
        parts.iter().all(|p| !p.is_empty() && p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()));
    numeric.then(|| u8::try_from(parts.len()).unwrap_or(u8::MAX).min(6))
}

/// The commonest letter size of running text, in half points; 0 if not known.
fn body_size(blocks: &[Block]) -> u16 {
    let mut counted: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for block in blocks.iter().filter(|b| b.kind == Kind::Paragraph && !b.look.bold) {
        *counted.entry(block.look.size).or_insert(0) += block.text.len();
    }
    counted
        .into_iter()
        .max_by_key(|(size, bytes)| (*bytes, std::cmp::Reverse(*size)))
        .map_or(0, |(size, _)| size)
}

/// Levels of recognised headings: larger letters above capitals above bold above plain; numbers by their depth.
fn level(block: &Block, kind: Stand, body: u16) -> u8 {
    if let Some(depth) = block.marker.as_deref().and_then(depth_of) {
        return depth;
    }
    match kind {
        Stand::Large if block.look.size > body + 7 => 1,
        Stand::Large | Stand::Capitals => 2,
        Stand::Bold | Stand::Underlined => 3,
        Stand::Numbered(depth) => depth,
        Stand::Plain => 4,
    }
}

/// Makes the levels in use 1, 2, 3 … without gaps, keeping their order.
fn close_gaps(blocks: &mut [Block]) {
    let used: std::collections::BTreeSet<u8> =
        blocks.iter().filter(|b| b.kind == Kind::Heading).map(|b| b.level).collect();
    let place: Vec<u8> = used.into_iter().collect();
    for block in blocks.iter_mut().filter(|b| b.kind == Kind::Heading) {
        let at = place.iter().position(|l| *l == block.level).unwrap_or(0);
        block.level = u8::try_from(at + 1).unwrap_or(9).min(9);
    }
}

/// Marks contents lists: by the file's own word, or a run of lines that end in page numbers.
fn mark_contents(blocks: &mut [Block]) {
    let leads = |b: &Block| b.text.contains("....") || b.text.contains(". . . .");
    let ends_in_page = |b: &Block| {
        let last = b.text.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        let before = b.text[..b.text.len() - last.len()].trim_end_matches(['.', ' ', '…']);
        !last.is_empty()
            && last.len() <= 3
            && before.len() > 2
            && before.len() < 120
            && matches!(b.kind, Kind::Paragraph | Kind::ListItem)
    };
    for block in blocks.iter_mut().filter(|b| b.look.contents) {
        block.role = Role::Contents;
    }
    // Where each short line stands last; most texts announce no list, and need none of it.
    let mut last: Option<HashMap<String, usize>> = None;
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|b| ends_in_page(b)).count();
        let announced =
            at > 0 && ["contents", "index"].iter().any(|w| blocks[at - 1].text.to_lowercase().ends_with(w));
        // Dots that lead to the numbers announce a contents list as well as its heading does.
        let led = blocks[at..at + run].iter().filter(|b| leads(b)).count() * 2 > run;
        if run >= 3 && (announced || led) {
            for block in &mut blocks[at - usize::from(announced)..at + run] {
                block.role = Role::Contents;
            }
        }
        if announced && run < 3 {
            let last = last.get_or_insert_with(|| last_places(blocks));
            let listed = repeated(blocks, at, last);
            if listed >= 3 {
                for block in &mut blocks[at - 1..at + listed] {
                    block.role = Role::Contents;
                }
                at += listed;
                continue;
            }
        }
        at += run.max(1);
    }
}

/// The last place of each short line, in small letters.
fn last_places(blocks: &[Block]) -> HashMap<String, usize> {
    let short = blocks.iter().enumerate().filter(|(_, b)| b.text.len() < 120);
    short.map(|(at, b)| (b.text.to_lowercase(), at)).collect()
}

/// How many lines from here are said again further down, as the lines of a contents list without page numbers are; one in four may
/// be worded otherwise.
fn repeated(blocks: &[Block], at: usize, last: &HashMap<String, usize>) -> usize {
    let short = |b: &&Block| {
        matches!(b.kind, Kind::Paragraph | Kind::ListItem) && b.text.len() < 120 && !b.text.ends_with('.')
    };
    let run = blocks[at..].iter().take(200).take_while(short).count();
    let later = |text: &str| last.get(&text.to_lowercase()).is_some_and(|place| *place >= at + run);
    let (mut listed, mut misses) = (0, 0);
    for (n, block) in blocks[at..at + run].iter().enumerate() {
        if later(&block.text) {
            listed = n + 1;
        } else {
            misses += 1;
            if misses * 4 > n + 4 {
                break;
            }
        }
    }
    listed
}

/// Takes a typed number or bullet off a paragraph's text, as a reader sees it: "2.1 Aims", "(a) …", "• …".
fn take_marker(block: &mut Block) {
    if block.marker.is_some() || !matches!(block.kind, Kind::Paragraph | Kind::Heading) {
        return;
    }
    let Some((marker, rest)) = typed_marker(&block.text) else { return };
    let cut = u32::try_from(block.text.len() - rest.len()).unwrap_or(0);
    let (marker, rest) = (marker.to_owned(), rest.to_owned());
    for span in &mut block.spans {
        span.range = span.range.start.saturating_sub(cut)..span.range.end.saturating_sub(cut);
    }
    block.spans.retain(|s| s.range.start < s.range.end);
    block.text = rest;
    if block.kind == Kind::Paragraph {
        block.kind = Kind::ListItem;
        block.level = depth_of(&marker).unwrap_or(1);
    }
    block.marker = Some(if marker.chars().all(|c| BULLETS.contains(c)) { "•".into() } else { marker });
}

/// A number, letter or bullet typed at the start of a line, and the rest: ("2.1", "Aims"), ("(a)", "…"), ("•", "…").
///
/// "2024 was …" and "A policy …" begin with no marker: a number needs a point, a bracket or a small value before a capital.
pub(crate) fn typed_marker(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let (first, rest) = line.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let bullet = first.chars().next().is_some_and(|c| BULLETS.contains(c) && first.chars().all(|d| d == c));
    if bullet && (first.chars().count() == 1 || first.chars().count() == 2 && first != "oo" && first != "--")
    {
        return Some((first, rest));
    }
    let bare = first.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let closed = bare.len() < first.len();
    let parts: Vec<&str> = bare.split('.').collect();
    let short = |p: &&str| !p.is_empty() && p.len() <= 2;
    let digits = parts.iter().all(|p| short(p) && p.bytes().all(|b| b.is_ascii_digit()));
    // "13 February 2025" is a date, whatever follows it.
    let dated = || rest.split(|c: char| !c.is_alphabetic()).next().is_some_and(is_month);
    let starts_big = rest.chars().next().is_some_and(char::is_uppercase) && (bare != first || !dated());
    if digits && (closed || parts.len() > 1 || starts_big && bare.len() <= 2) {
        // "10 Governors" could begin a sentence; "5 days" does not start with a capital.
        return Some((first, rest));
    }
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = bare.len() <= 4 && bare.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    // "A. Smith" and "e.g." are no markers: a bracket, or a small letter with a point, is asked for.
    let bracketed = first.ends_with(')');
    if (letter || roman)
        && !bare.is_empty()
        && (bracketed || closed && first.ends_with('.') && bare.bytes().all(|b| b.is_ascii_lowercase()))
    {
        return Some((first, rest));
    }
    let named = ["Section", "Part", "Appendix", "Annex"].contains(&first);
    if named {
        let (number, title) = rest.split_once([' ', '\t'])?;
        let number_bare = number.trim_end_matches([':', '.', '-', '–']);
        let numbered = number_bare.len() <= 3
            && number_bare.chars().all(char::is_alphanumeric)
            && number_bare.len() < number.len();
        let title = title.trim_start_matches(['-', '–', ' ']);
        if numbered && !title.is_empty() {
            let end = line.len() - title.len();
            return line.get(..end).map(|m| (m.trim_end_matches([' ', ':', '-', '–']), title));
        }
    }
    None
}
