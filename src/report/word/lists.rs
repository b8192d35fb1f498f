//! Lists of a Word draft: markers as the sources show them in, Word's own numbering out, so that numbers stay right whatever is rejected.

use std::collections::BTreeMap;

use crate::document::{Block, Document, Kind, Role};

use super::parts::W;

/// Levels that Word's lists have.
pub(super) const LEVELS: u8 = 9;
/// The number of the list of bullets.
const BULLETS: usize = 1;
/// The number of the list in which headings are counted.
pub(super) const HEADINGS: usize = 2;
/// The number of the first ordered list.
const FIRST: usize = 3;

/// The ordered lists so far.
#[derive(Default)]
pub(in crate::report) struct Lists {
    /// The numbering of each, in order.
    kinds: Vec<usize>,
    /// By level: numbering and number of the list that goes on there.
    open: BTreeMap<u8, (usize, usize)>,
}

impl Lists {
    /// Level from 0 and number of the list that a list item belongs to.
    pub(super) fn item(&mut self, block: &Block) -> (u8, usize) {
        let level = block.level.clamp(1, LEVELS) - 1;
        let Some((kind, first)) = kind(block.marker.as_deref().unwrap_or("")) else {
            return (level, BULLETS);
        };
        let known = self.open.get(&level).filter(|(k, _)| *k == kind && !first).map(|(_, n)| *n);
        let number = known.unwrap_or_else(|| {
            self.kinds.push(kind);
            let number = self.kinds.len() - 1 + FIRST;
            self.open.insert(level, (kind, number));
            number
        });
        (level, number)
    }

    /// What follows goes on with none of them.
    pub(super) fn end(&mut self) {
        self.open.clear();
    }
}

/// How a policy that numbers its headings counts: level of a heading less how many numbers it shows.
pub(super) struct Numbered(u8);

impl Numbered {
    /// None if it does not number most of its headings.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let headings = || document.blocks.iter().filter(|b| b.kind == Kind::Heading && b.role == Role::Body);
        let numbers: Vec<(u8, u8)> = headings().filter_map(|b| Some((b.level, numbers(b)?))).collect();
        let (level, shown) = numbers.first().filter(|_| numbers.len() * 2 > headings().count())?;
        Some(Self(level.saturating_sub(*shown)))
    }

    /// The level from 0 at which a heading is counted.
    pub(super) fn heading(&self, block: &Block) -> Option<u8> {
        block.level.checked_sub(self.0 + 1).filter(|l| *l < LEVELS)
    }

    /// The same of a paragraph that is numbered after its heading, as "2.1".
    pub(super) fn item(&self, block: &Block) -> Option<u8> {
        numbers(block).filter(|n| (2..=LEVELS).contains(n)).map(|n| n - 1)
    }
}

/// How many numbers a marker shows: "2.1" two; none if anything else is in it.
fn numbers(block: &Block) -> Option<u8> {
    let marker = block.marker.as_deref()?.trim_end_matches(['.', ')']);
    let digits = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit());
    marker.split('.').all(digits).then(|| u8::try_from(marker.split('.').count()).unwrap_or(LEVELS))
}

/// Which numbering a marker is of (0 figures, 1 letters, 2 roman), and whether it begins a list; none for a bullet.
fn kind(marker: &str) -> Option<(usize, bool)> {
    let bare = marker.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let last = bare.rsplit('.').next().unwrap_or("");
    if last.is_empty() {
        return None;
    }
    if last.chars().all(|c| c.is_ascii_digit()) {
        return Some((0, last == "1"));
    }
    // "o" is a bullet of old typewriters.
    let alone = bare == marker;
    match last {
        "o" | "v" if alone => None,
        "i" | "ii" | "iii" | "iv" | "vi" | "vii" | "viii" | "ix" | "x" => Some((2, last == "i")),
        l if l.len() == 1 => Some((1, l == "a")),
        _ => None,
    }
}

/// The part: bullets, the numbers of headings, and a list of its own for each ordered list.
pub(in crate::report) fn numbering(lists: &Lists) -> String {
    numbering_beside(lists, &[format!("<w:numbering {W}>"), String::new(), String::new()])
}

/// The same with more in it: how the part begins, further kinds of list, further lists.
pub(super) fn numbering_beside(lists: &Lists, [begin, kinds, more]: &[String; 3]) -> String {
    let mut out = format!(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{begin}"#);
    let level = |level: usize, format: &str, text: &str| {
        let left = 360 * (level + 1);
        format!(
            r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>"#
        )
    };
    for (id, (format, after)) in
        [("bullet", ""), ("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", ")")].iter().enumerate()
    {
        out.push_str(&format!(
            r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="hybridMultilevel"/>"#
        ));
        for at in 0..9 {
            let text = if *format == "bullet" { "•".to_owned() } else { format!("%{}{after}", at + 1) };
            out.push_str(&level(at, format, &text));
        }
        out.push_str("</w:abstractNum>");
    }
    out.push_str(r#"<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/>"#);
    for at in 0..9 {
        let numbers: Vec<String> = (1..=at + 1).map(|n| format!("%{n}")).collect();
        out.push_str(&format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>"#,
            numbers.join(".")
        ));
    }
    out.push_str("</w:abstractNum>");
    out.push_str(kinds);
    out.push_str(&format!(
        r#"<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="{HEADINGS}"><w:abstractNumId w:val="4"/></w:num>"#
    ));
    for (at, kind) in lists.kinds.iter().enumerate() {
        let starts: String = (0..9)
            .map(|l| format!(r#"<w:lvlOverride w:ilvl="{l}"><w:startOverride w:val="1"/></w:lvlOverride>"#))
            .collect();
        out.push_str(&format!(
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="{}"/>{starts}</w:num>"#,
            at + FIRST,
            kind + 1
        ));
    }
    out + more + "</w:numbering>"
}
