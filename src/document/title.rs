//! A policy's title: its blocks, its file's properties and name in, the title out; the blocks it stands in are marked.

use std::ops::Range;

use super::tokens::stretches;
use super::{Block, Kind, Role, date};
use crate::knowledge::{bundled, folded};

/// A line with more words is a sentence.
const TITLE_WORDS: usize = 14;

/// Words that a policy's title has.
const KINDS: [&str; 16] = [
    "policy",
    "procedure",
    "procedures",
    "statement",
    "plan",
    "code",
    "guidance",
    "guidelines",
    "scheme",
    "strategy",
    "charter",
    "agreement",
    "report",
    "handbook",
    "principles",
    "protocol",
];

/// What Word puts before the file's name where a PDF file was printed from it.
const PRINTED: &str = "Microsoft Word - ";

/// The title: a block styled as one, a prominent early line that reads like one, the file's property, the file's name.
pub(super) fn find(blocks: &mut [Block], properties: &[(String, String)], path: &str) -> Option<String> {
    let said = properties.iter().find(|(key, _)| key == "page title").map(|(_, title)| title);
    let property = properties
        .iter()
        .find(|(k, v)| k == "title" && v.len() > 3 && !v.to_lowercase().contains("template"))
        .map(|(_, title)| title);
    let from_path = title_of_path(path);
    let path_words: Vec<String> = folded(&from_path).split(' ').map(str::to_owned).collect();
    let like_path = |text: &str| {
        let words = folded(text);
        let shared = words.split(' ').filter(|w| w.len() > 2 && path_words.iter().any(|p| p == w)).count();
        shared * 2 >= path_words.len().max(1)
    };
    let mut best: Option<(u32, usize)> = None;
    let first_section = blocks.iter().take(14).enumerate();
    for (at, block) in first_section {
        let words = stretches(&block.text);
        if words == 0
            || words > TITLE_WORDS
            || matches!(block.role, Role::FrontMatter | Role::Contents)
            || block.text.ends_with(['.', ':'])
            || block.kind == Kind::ListItem && !block.look.title
        {
            continue;
        }
        if !block.look.title && !like_path(&block.text) && is_section(&block.text) {
            continue;
        }
        let lower = block.text.to_lowercase();
        let kind = KINDS.iter().any(|k| lower.split(|c: char| !c.is_alphanumeric()).any(|w| w == *k));
        let school = lower.ends_with("school") || lower.ends_with("schools") || lower.ends_with("academy");
        let mut score = 0;
        score += if block.look.title { 40 } else { 0 };
        score += if kind { 30 } else { 0 };
        score += if like_path(&block.text) { 35 } else { 0 };
        score += if said.is_some_and(|said| folded(said) == folded(&block.text)) { 100 } else { 0 };
        score += if property.is_some_and(|title| folded(title) == folded(&block.text)) { 60 } else { 0 };
        score += if block.kind == Kind::Heading && block.level == 1 { 20 } else { 0 };
        score += if block.look.bold || block.look.size > 30 { 8 } else { 0 };
        score += 10u32.saturating_sub(u32::try_from(at).unwrap_or(10));
        if school {
            score = score.saturating_sub(60);
        }
        if score >= 35 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, at));
        }
    }
    // A title that the page's own header says is its title, wherever it is said again.
    if let (Some(said), Some(0..100) | None) = (said, best.map(|(score, _)| score)) {
        return Some(said.clone());
    }
    if let Some((_, at)) = best {
        for block in blocks.iter_mut().take(at) {
            // The school's name and the like; what is listed or leads to a list is said by the policy.
            let short = stretches(&block.text) <= 8 && !block.text.ends_with(['.', ':']);
            let told = matches!(block.kind, Kind::TableCell | Kind::ListItem);
            if block.role == Role::Body && !told && short {
                block.role = Role::Title;
            }
        }
        let (text, range) = whole(blocks, at, &path_words);
        for block in blocks.get_mut(range).unwrap_or_default() {
            block.role = Role::Title;
        }
        return Some(own_name(&text));
    }
    let named = |v: &str| match v.strip_prefix(PRINTED) {
        Some(file) => title_of_path(file),
        None => v.split(['|', '–']).next().unwrap_or(v).trim().to_owned(),
    };
    property.map(|title| named(title)).or(Some(from_path))
}

/// A title that stands in several blocks of one look below each other, and which blocks these are: "Policy for the", "Management of Visits".
fn whole(blocks: &[Block], at: usize, path_words: &[String]) -> (String, Range<usize>) {
    let (mut from, mut to) = (at, at + 1);
    let mut text = blocks.get(at).map(|b| b.text.clone()).unwrap_or_default();
    let named =
        |text: &str| folded(text).split(' ').any(|w| w.len() > 2 && path_words.iter().any(|p| p == w));
    let kind = |text: &str| {
        let lower = text.to_lowercase();
        KINDS.iter().any(|k| lower.split(|c: char| !c.is_alphanumeric()).any(|w| w == *k))
    };
    // "Policy" alone below "Anti-Bullying" is no heading of a section.
    let bare = |text: &str| !text.contains(' ') && kind(text);
    // Whether a block belongs to the title beside it: as large, and one of the two is incomplete without the other or the file is named so.
    let belongs = |upper: &Block, lower: &Block, added: &Block, so_far: &str| {
        let words = stretches(&added.text) + stretches(so_far);
        let title = |b: &Block| b.kind == Kind::Heading && !b.look.styled && b.cell.is_none();
        let school = added.text.to_lowercase();
        title(upper)
            && title(lower)
            && (upper.look.size, upper.look.bold) == (lower.look.size, lower.look.bold)
            && words <= TITLE_WORDS
            && !added.text.ends_with('.')
            && !["school", "schools", "academy"].iter().any(|s| school.ends_with(s))
            && (bundled().headings().find(&added.text).is_none() || bare(&added.text) && !kind(so_far))
            && (incomplete(&upper.text) || kind(&added.text) && !kind(so_far) || named(&added.text))
    };
    while let Some((upper, lower)) = from.checked_sub(1).and_then(|f| blocks.get(f)).zip(blocks.get(from)) {
        if !belongs(upper, lower, upper, &text) {
            break;
        }
        text = joined(&upper.text, &text);
        from -= 1;
    }
    while let Some((upper, lower)) = blocks.get(to - 1).zip(blocks.get(to)) {
        if !belongs(upper, lower, lower, &text) {
            break;
        }
        text = joined(&text, &lower.text);
        to += 1;
    }
    (text, from..to)
}

/// Whether a line of a title cannot be its last.
fn incomplete(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text).to_lowercase();
    text.ends_with(['-', ',', '&', '–', ':'])
        || ["and", "of", "for", "the", "with", "in", "on", "to"].contains(&last.as_str())
}

fn joined(upper: &str, lower: &str) -> String {
    if upper.ends_with('-') { format!("{upper}{lower}") } else { format!("{upper} {lower}") }
}

/// A title without the name of the school before it and the date behind it, where these stand in one line with it.
fn own_name(text: &str) -> String {
    let mut name = text;
    for end in ["School ", "SCHOOL ", "Academy ", "Nursery ", "Pre-school "] {
        let Some((school, rest)) = text.split_once(end) else { continue };
        let lower = rest.to_lowercase();
        let kind = lower.split_whitespace().any(|w| KINDS.contains(&w));
        if kind && stretches(rest) >= 2 && stretches(school) >= 2 {
            name = rest;
        }
    }
    if let Some(date) = date::find(name) {
        let rest =
            name.strip_suffix(date.text.as_str()).map(|r| r.trim_end_matches([' ', ',', '-', '–', '(']));
        name = rest.filter(|r| stretches(r) >= 2).unwrap_or(name);
    }
    name.trim().to_owned()
}

/// What many policies call a section, or a bare "Policy": no policy's own name.
fn is_section(text: &str) -> bool {
    let bare = folded(text).split(' ').all(|w| KINDS.contains(&w));
    bare || bundled().headings().find(text).is_some()
}

/// The title that a file name suggests: without folder, ending, and marks of copies and editions.
pub fn title_of_path(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let spaced = stem.replace(['_', '-', '+'], " ");
    let mut out: Vec<&str> = Vec::new();
    for word in spaced.split_whitespace() {
        let bare = word.trim_matches(['(', ')', '[', ']']);
        let lower = bare.to_lowercase();
        let version = lower
            .strip_prefix('v')
            .is_some_and(|r| !r.is_empty() && r.chars().all(|c| c.is_ascii_digit() || c == '.'));
        let number = !lower.is_empty() && lower.chars().all(|c| c.is_ascii_digit() || c == '.');
        if version
            || number
            || ["final", "copy", "draft", "version", "new", "updated"].contains(&lower.as_str())
        {
            continue;
        }
        out.push(word);
    }
    if out.first().is_some_and(|w| w.eq_ignore_ascii_case("of")) {
        out.remove(0);
    }
    if out.is_empty() { spaced.trim().to_owned() } else { out.join(" ") }
}
