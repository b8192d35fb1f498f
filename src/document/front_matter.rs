//! Title, version, owner, approvals and dates of a policy, wherever they stand: tables, cover lines, page margins, the last page,
//! properties of the file.

use crate::knowledge::{bundled, folded};

use super::date::{self, Dated};
use super::{Apart, ApartKind, Block, Kind, Role};

/// What a policy says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FrontMatter {
    /// The title it gives itself.
    pub title: Option<String>,
    /// "2.1", "v3".
    pub version: Option<String>,
    /// Who keeps it, usually a role.
    pub owner: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When it was approved.
    pub approved_on: Option<Dated>,
    /// When it was last reviewed.
    pub last_review: Option<Dated>,
    /// When it is due for review.
    pub review_due: Option<Dated>,
    /// How often it is reviewed, as written.
    pub review_cycle: Option<String>,
}

/// What a label asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Version,
    Owner,
    Approval,
    LastReview,
    ReviewDue,
    /// The same, and says that it is the next: where "Review date: June 2024" stands too, that was the last.
    NextReview,
    Cycle,
}

/// Labels in lower case without marks; the first that a line begins with counts, so longer ones stand first.
const LABELS: [(&str, Asks); 59] = [
    ("date of next review", Asks::NextReview),
    ("next review date", Asks::NextReview),
    ("next review due", Asks::NextReview),
    ("next review", Asks::NextReview),
    ("review due", Asks::ReviewDue),
    ("due for review", Asks::ReviewDue),
    ("to be reviewed", Asks::ReviewDue),
    ("will be reviewed", Asks::ReviewDue),
    ("review by", Asks::ReviewDue),
    ("review date", Asks::ReviewDue),
    ("date for review", Asks::ReviewDue),
    ("date of review", Asks::ReviewDue),
    ("review on", Asks::ReviewDue),
    ("next_review", Asks::ReviewDue),
    ("review_date", Asks::ReviewDue),
    ("date of last review", Asks::LastReview),
    ("date last reviewed", Asks::LastReview),
    ("last review date", Asks::LastReview),
    ("last reviewed on", Asks::LastReview),
    ("last reviewed", Asks::LastReview),
    ("last review", Asks::LastReview),
    ("last updated", Asks::LastReview),
    ("reviewed on", Asks::LastReview),
    ("reviewed by", Asks::LastReview),
    ("reviewed", Asks::LastReview),
    ("date reviewed", Asks::LastReview),
    ("review frequency", Asks::Cycle),
    ("review cycle", Asks::Cycle),
    ("frequency of review", Asks::Cycle),
    ("date approved", Asks::Approval),
    ("approval date", Asks::Approval),
    ("date of approval", Asks::Approval),
    ("date adopted", Asks::Approval),
    ("date of adoption", Asks::Approval),
    ("adoption date", Asks::Approval),
    ("date of ratification", Asks::Approval),
    ("date agreed", Asks::Approval),
    ("date ratified", Asks::Approval),
    ("this policy was approved", Asks::Approval),
    ("this policy was adopted", Asks::Approval),
    ("approved", Asks::Approval),
    ("adopted", Asks::Approval),
    ("adpoted", Asks::Approval),
    ("ratified", Asks::Approval),
    ("agreed", Asks::Approval),
    ("approving body", Asks::Approval),
    ("signed off", Asks::Approval),
    ("policy owner", Asks::Owner),
    ("owner", Asks::Owner),
    ("policy lead", Asks::Owner),
    ("person responsible", Asks::Owner),
    ("responsible person", Asks::Owner),
    ("member of staff responsible", Asks::Owner),
    ("author", Asks::Owner),
    ("written by", Asks::Owner),
    ("policy version", Asks::Version),
    ("version number", Asks::Version),
    ("version", Asks::Version),
    ("issue", Asks::Version),
];

/// A line of front matter is short; a sentence that begins with "Approved" is not one.
const LINE_WORDS: usize = 22;

/// Finds the front matter and marks the blocks it stands in.
pub(super) fn find(
    blocks: &mut [Block],
    apart: &[Apart],
    properties: &[(String, String)],
    path: &str,
) -> FrontMatter {
    let mut found = FrontMatter::default();
    for (key, value) in properties {
        // A Word file's own "modified" is the last save, not a review.
        take(&key.replace('_', " "), value, &mut found);
    }
    tables(blocks, &mut found);
    lines(blocks, &mut found);
    for margin in apart.iter().filter(|a| matches!(a.kind, ApartKind::Header | ApartKind::Footer)) {
        for piece in margin.text.split(['|', '•', '\t']) {
            line(piece, &mut found);
        }
    }
    found.title = title(blocks, properties, path);
    found
}

/// Two-column rows and header-over-value tables whose cells are labels.
fn tables(blocks: &mut [Block], found: &mut FrontMatter) {
    let cells: Vec<(usize, super::Cell, String)> =
        blocks.iter().enumerate().filter_map(|(at, b)| b.cell.map(|c| (at, c, b.text.clone()))).collect();
    let value_of = |cell: super::Cell, row: u32, column: u32| {
        cells.iter().find(|(_, c, _)| c.table == cell.table && c.row == row && c.column == column)
    };
    for (at, cell, text) in &cells {
        if label(text).is_none_or(|(_, rest)| !is_only_label(rest)) {
            if text.contains(':') && line(text, found) {
                blocks[*at].role = Role::FrontMatter;
            }
            continue;
        }
        let beside =
            value_of(*cell, cell.row, cell.column + cell.columns).filter(|(_, _, v)| label(v).is_none());
        let below = || value_of(*cell, cell.row + 1, cell.column).filter(|(_, _, v)| label(v).is_none());
        if let Some((value_at, _, value)) = beside.or_else(below)
            && take(text, value, found)
        {
            blocks[*at].role = Role::FrontMatter;
            blocks[*value_at].role = Role::FrontMatter;
        }
    }
}

/// Nothing but the end of the label itself: "Approved by", "Adopted on:".
fn is_only_label(rest: &str) -> bool {
    matches!(
        rest.trim_end_matches(':').trim().to_ascii_lowercase().as_str(),
        "" | "by" | "on" | "date" | "due" | "number"
    )
}

/// "Approved by: …", "Next review – Spring 2027" as lines of their own.
fn lines(blocks: &mut [Block], found: &mut FrontMatter) {
    let count = blocks.len();
    for (at, block) in blocks.iter_mut().enumerate() {
        let edge = at < 15 || at + 12 >= count; // cover or last page
        if !edge || block.cell.is_some() || block.text.split_whitespace().count() > LINE_WORDS {
            continue;
        }
        let text = block.text.clone();
        let mut any = false;
        for piece in text.split(['|', '•', '\t']) {
            any |= line(piece, found);
        }
        if any {
            block.role = Role::FrontMatter;
            if block.kind == Kind::Heading {
                block.kind = Kind::Paragraph;
                block.level = 0;
            }
        }
    }
}

/// One "label: value" text. True if it was front matter.
fn line(text: &str, found: &mut FrontMatter) -> bool {
    let Some((asks, rest)) = label(text) else { return false };
    let has_mark = text.contains([':', '–']) || text.contains(" - ");
    let value = rest.trim_start_matches([':', '-', '–', '.', ' ']);
    if value.is_empty() {
        return false;
    }
    // Without a mark between, only a date, a version number or "by …" right after the label makes it one.
    let plain =
        date::find(value).is_some() || asks == Asks::Version && value.len() < 8 || value.starts_with("by ");
    (has_mark || plain) && set(asks, value, found)
}

/// A label with the value that stands beside it.
fn take(key: &str, value: &str, found: &mut FrontMatter) -> bool {
    match label(key) {
        Some((asks, rest)) => {
            let by = rest.trim_start_matches([':', ' ']).to_lowercase().starts_with("by");
            let value = if by && asks == Asks::Approval { format!("by {value}") } else { value.to_owned() };
            set(asks, &value, found)
        }
        None => false,
    }
}

/// The label that a text begins with, and what follows it.
fn label(text: &str) -> Option<(Asks, &str)> {
    let trimmed = text.trim_start();
    let lower = trimmed.to_ascii_lowercase();
    let (label, asks) = LABELS.iter().find(|(l, _)| lower.starts_with(l))?;
    let rest = trimmed.get(label.len()..)?;
    // "Approvedness", "issues", "reviewers": the label must end where a word ends.
    (!rest.starts_with(char::is_alphanumeric)).then_some((*asks, rest.trim()))
}

fn set(asks: Asks, value: &str, found: &mut FrontMatter) -> bool {
    let value = value.trim().trim_matches(['_', '.']).trim();
    if value.is_empty() {
        return false;
    }
    let dated = date::find(value);
    let text = || value.to_owned();
    match asks {
        Asks::Version => found.version.get_or_insert_with(text).clone().len() < 40,
        Asks::Owner => found.owner.get_or_insert_with(text).len() < 100,
        Asks::Cycle => found.review_cycle.get_or_insert_with(text).len() < 100,
        Asks::LastReview => match dated {
            Some(date) => {
                found.last_review.get_or_insert(date);
                true
            }
            None => false,
        },
        Asks::ReviewDue | Asks::NextReview => match dated {
            Some(date) => {
                let later = |old: &Dated| old.to < date.from;
                if asks == Asks::NextReview && found.review_due.as_ref().is_some_and(later) {
                    let last = found.review_due.take();
                    found.last_review = found.last_review.take().or(last);
                }
                found.review_due.get_or_insert(date);
                true
            }
            None if value.split_whitespace().count() <= 4 && cycle(value) => {
                found.review_cycle.get_or_insert_with(text);
                true
            }
            None => false,
        },
        Asks::Approval => {
            let by = value.to_ascii_lowercase(); // keeps the byte places
            let by_at = ["by ", "by:"].iter().find(|b| by.starts_with(*b)).map(|b| b.len());
            let by_at = by_at.or_else(|| by.find(" by ").map(|at| at + 4));
            let who = by_at.and_then(|at| value.get(at..)).map(str::trim);
            let who = who.or_else(|| dated.is_none().then_some(value));
            let who = who.map(|w| without_date(w, dated.as_ref()));
            if let Some(who) = who.filter(|w| !w.is_empty() && w.len() < 80) {
                found.approved_by.get_or_insert(who);
            }
            let any = dated.is_some() || found.approved_by.is_some();
            if let Some(date) = dated {
                found.approved_on.get_or_insert(date);
            }
            any
        }
    }
}

/// "the governing body on 12 May 2025" without its date.
fn without_date(who: &str, date: Option<&Dated>) -> String {
    let cut = date.and_then(|d| who.find(&d.text)).unwrap_or(who.len());
    let who = who.get(..cut).unwrap_or(who).trim().trim_end_matches([',', ':', '(', '-', '–']).trim();
    ["on", "in", "date", "on:"]
        .iter()
        .find_map(|e| who.strip_suffix(&format!(" {e}")))
        .unwrap_or(who)
        .trim()
        .to_owned()
}

fn cycle(value: &str) -> bool {
    let lower = value.to_lowercase();
    ["annual", "every", "year", "term", "month"].iter().any(|w| lower.contains(w))
}

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

/// The title: a block styled as one, a prominent early line that reads like one, the file's property, the file's name.
fn title(blocks: &mut [Block], properties: &[(String, String)], path: &str) -> Option<String> {
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
        let words = block.text.split_whitespace().count();
        if words == 0
            || words > 14
            || matches!(block.role, Role::FrontMatter | Role::Contents)
            || block.text.ends_with('.')
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
    if let Some((_, at)) = best {
        for block in blocks.iter_mut().take(at) {
            let short = block.text.split_whitespace().count() <= 8 && !block.text.ends_with('.');
            if block.role == Role::Body && block.kind != Kind::TableCell && short {
                block.role = Role::Title; // the school's name and the like, above the title
            }
        }
        let block = &mut blocks[at];
        block.role = Role::Title;
        return Some(block.text.clone());
    }
    let property = properties
        .iter()
        .find(|(k, v)| k == "title" && v.len() > 3 && !v.to_lowercase().contains("template"));
    property.map(|(_, v)| v.split(['|', '–']).next().unwrap_or(v).trim().to_owned()).or(Some(from_path))
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
