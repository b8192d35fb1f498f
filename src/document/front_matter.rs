//! Title, version, owner, approvals and dates of a policy, wherever they stand: tables, cover lines, page margins, the last page,
//! properties of the file.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::date::{self, Dated};
use super::tokens::stretches;
use super::{Apart, ApartKind, Block, BlockId, Kind, Role, title};
use crate::knowledge::{Zone, bundled};

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
    /// When it was written.
    pub written_on: Option<Dated>,
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
pub(crate) enum Asks {
    Version,
    Owner,
    Written,
    Approval,
    /// Who reviews it, or by when it is reviewed.
    Reviewer,
    LastReview,
    ReviewDue,
    Cycle,
}

/// Labels in lower case without marks; the first that a line begins with counts, so longer ones stand first.
const LABELS: [(&str, Asks); 72] = [
    ("date of next review", Asks::ReviewDue),
    ("next review date", Asks::ReviewDue),
    ("next review due", Asks::ReviewDue),
    ("next review", Asks::ReviewDue),
    ("review due", Asks::ReviewDue),
    ("due for review", Asks::ReviewDue),
    ("to be reviewed by", Asks::Reviewer),
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
    ("last update", Asks::LastReview),
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
    ("date of adoption", Asks::Approval),
    ("adoption date", Asks::Approval),
    ("date of ratification", Asks::Approval),
    ("to be ratified", Asks::Approval),
    ("to be approved", Asks::Approval),
    ("date adopted", Asks::Approval),
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
    ("person responsible for review", Asks::Owner),
    ("responsible for review", Asks::Owner),
    ("person responsible", Asks::Owner),
    ("responsible person", Asks::Owner),
    ("member of staff responsible", Asks::Owner),
    ("author", Asks::Owner),
    ("written by", Asks::Owner),
    ("written on", Asks::Written),
    ("written", Asks::Written),
    ("date written", Asks::Written),
    ("date created", Asks::Written),
    ("date of creation", Asks::Written),
    ("created on", Asks::Written),
    ("created", Asks::Written),
    ("policy version", Asks::Version),
    ("version number", Asks::Version),
    ("version", Asks::Version),
    ("issue", Asks::Version),
];

/// A line of front matter is short; a sentence that begins with "Approved" is not one.
const LINE_WORDS: usize = 22;

/// What is known of the policy, and which block tells what of it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) front: FrontMatter,
    /// In order of place.
    pub(super) told: Vec<(BlockId, Asks)>,
}

impl Found {
    fn tells(&mut self, at: usize, asks: Asks) {
        self.told.push((at as BlockId, asks));
    }
}

/// Finds the front matter and marks the blocks it stands in.
pub(super) fn find(
    blocks: &mut [Block],
    apart: &[Apart],
    properties: &[(String, String)],
    path: &str,
) -> Found {
    let mut found = Found::default();
    for (key, value) in properties {
        // A Word file's own "modified" is the last save, not a review.
        take(&key.replace('_', " "), value, &mut found.front);
    }
    tables(blocks, &mut found);
    changes(blocks);
    lines(blocks, &mut found);
    announced(blocks);
    for margin in apart.iter().filter(|a| matches!(a.kind, ApartKind::Header | ApartKind::Footer)) {
        for piece in margin.text.split(['|', '•', '\t']) {
            line(piece, &mut found.front);
        }
    }
    found.told.sort_by_key(|(at, _)| *at);
    found.front.title = title::find(blocks, properties, path);
    found
}

/// Two-column rows and header-over-value tables whose cells are labels.
fn tables(blocks: &mut [Block], found: &mut Found) {
    let cells: Vec<(usize, super::Cell, String)> =
        blocks.iter().enumerate().filter_map(|(at, b)| b.cell.map(|c| (at, c, b.text.clone()))).collect();
    // Of two blocks of one cell the first is its value.
    let places = cells.iter().rev().map(|found| ((found.1.table, found.1.row, found.1.column), found));
    let places: FxHashMap<(u32, u32, u32), &(usize, super::Cell, String)> = places.collect();
    let value_of = |cell: super::Cell, row: u32, column: u32| places.get(&(cell.table, row, column)).copied();
    for (at, cell, text) in &cells {
        if label(text).is_none_or(|(_, rest)| !is_only_label(rest)) {
            if text.contains(':')
                && let Some(asks) = line(text, &mut found.front)
            {
                found.tells(*at, asks);
                blocks[*at].role = Role::FrontMatter;
            }
            continue;
        }
        let beside =
            value_of(*cell, cell.row, cell.column + cell.columns).filter(|(_, _, v)| label(v).is_none());
        let below = || value_of(*cell, cell.row + 1, cell.column).filter(|(_, _, v)| label(v).is_none());
        if let Some((value_at, _, value)) = beside.or_else(below)
            && let Some(asks) = take(text, value, &mut found.front)
        {
            found.tells(*value_at, asks);
            blocks[*at].role = Role::FrontMatter;
            blocks[*value_at].role = Role::FrontMatter;
        }
    }
}

/// What announces a record of what was changed in the policy and when.
const RECORDS: [&str; 17] = [
    "summary of changes",
    "summary of amendments",
    "summary of updates",
    "record of changes",
    "record of amendments",
    "changes since",
    "changes made",
    "amendments since",
    "amendments made",
    "change log",
    "amendment history",
    "version history",
    "revision history",
    "document history",
    "key changes",
    "main changes",
    "updates since",
];

/// The table or the list that follows such a line tells what was done to the text, and nothing that is done at the school.
fn changes(blocks: &mut [Block]) {
    let announces = |b: &Block| {
        b.cell.is_none()
            && RECORDS.iter().any(|record| begins(b.text.as_bytes(), record))
            && stretches(&b.text) <= LINE_WORDS / 2
    };
    let same = |first: &Block, next: &Block| match (first.cell, next.cell) {
        (Some(first), Some(next)) => first.table == next.table,
        _ => first.kind == Kind::ListItem && next.kind == Kind::ListItem,
    };
    let mut at = 0;
    while let Some((line, rest)) = blocks.get_mut(at..).and_then(<[Block]>::split_first_mut) {
        at += 1;
        if announces(line) {
            let record = rest.chunk_by(same).next().filter(|run| run.first().is_some_and(|b| same(b, b)));
            let record = record.map_or(0, <[Block]>::len);
            if record > 0 {
                set_apart(line);
                rest.iter_mut().take(record).for_each(set_apart);
                at += record;
            }
        }
    }
}

/// What is front matter heads no section.
fn set_apart(block: &mut Block) {
    block.role = Role::FrontMatter;
    if block.kind == Kind::Heading {
        block.kind = Kind::Paragraph;
        block.level = 0;
    }
}

/// Nothing but the end of the label itself: "Approved by", "Adopted on:".
fn is_only_label(rest: &str) -> bool {
    matches!(
        rest.trim_end_matches(':').trim().to_ascii_lowercase().as_str(),
        "" | "by" | "on" | "date" | "due" | "number"
    )
}

/// "Approved by: …", "Next review – Spring 2027" as lines of their own, several in one line, or a value that stands or goes on in
/// the next line.
fn lines(blocks: &mut [Block], found: &mut Found) {
    let count = blocks.len();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let edge = at < 15 || at + 12 >= count; // cover or last page
        if !edge || block.cell.is_some() || stretches(&block.text) > 2 * LINE_WORDS {
            at += 1;
            continue;
        }
        if let Some(value) = blocks.get(at + 1).filter(|value| is_date_below(&block.text, value))
            && let Some(asks) = take(&block.text, &value.text, &mut found.front)
        {
            found.tells(at + 1, asks);
            blocks.iter_mut().skip(at).take(2).for_each(set_apart);
            at += 2;
            continue;
        }
        let mut text = block.text.clone();
        let mut taken = 1;
        if let Some(more) = blocks.get(at + 1).filter(|more| goes_on(&text, more)) {
            text = format!("{text} {}", more.text);
            taken = 2;
        }
        let mut any = false;
        for piece in text.split(['|', '•', '\t']).flat_map(each_label) {
            let asks = if stretches(piece) <= LINE_WORDS { line(piece, &mut found.front) } else { None };
            if let Some(asks) = asks {
                found.tells(at, asks);
                any = true;
            }
        }
        blocks.iter_mut().skip(at).take(if any { taken } else { 0 }).for_each(set_apart);
        at += if any { taken } else { 1 };
    }
}

/// "Document control" above front matter and nothing else heads no section either.
fn announced(blocks: &mut [Block]) {
    let control = |b: &Block| {
        b.role == Role::Body
            && b.cell.is_none()
            && bundled().headings().find(&b.text).is_some_and(|h| h.zone == Zone::Control)
    };
    // Whether what stands below, up to the next heading, is front matter only; none if nothing does.
    let mut below: Option<bool> = None;
    for block in blocks.iter_mut().rev() {
        if below == Some(true) && control(block) {
            set_apart(block);
        }
        below = match (block.role, block.kind) {
            (Role::FrontMatter, _) => Some(below != Some(false)),
            (_, Kind::Heading) => None,
            _ => Some(false),
        };
    }
}

/// Words of a line that holds a date and little else: "Monday 6th May 2018".
const DATE_WORDS: usize = 4;

/// Whether a line is nothing but a label and the next one is its date.
fn is_date_below(text: &str, below: &Block) -> bool {
    let asks_when = |asks| !matches!(asks, Asks::Version | Asks::Owner | Asks::Cycle);
    label(text).is_some_and(|(asks, rest)| asks_when(asks) && is_only_label(rest))
        && below.cell.is_none()
        && stretches(&below.text) <= DATE_WORDS
        && label(&below.text).is_none()
        && date::find(&below.text).is_some()
}

/// Whether a label's value goes on in the next block: "Business and", "Management Committee"; "September", "2027".
fn goes_on(text: &str, next: &Block) -> bool {
    if next.cell.is_some() || label(text).is_none() {
        return false;
    }
    let ended = |t: &str| t.trim_end().ends_with(['.', ':']);
    let words: Vec<&str> = next.text.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let open = text.rsplit(' ').next().unwrap_or(text).to_lowercase();
    let group = ["committee", "board", "body", "governors", "team"].contains(&last.to_lowercase().as_str());
    let joins = ["and", "&", "of", "the", "full", "well-"].contains(&open.as_str());
    let year = words.len() == 1 && first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit());
    words.len() <= 3
        && !ended(&next.text)
        && label(&next.text).is_none()
        && (group || joins || year && date::find(text).is_none())
}

/// A text cut before each label that a colon follows: "Adopted: May 2026 Next review: May 2027".
fn each_label(text: &str) -> Vec<&str> {
    if !text.contains(':') {
        return vec![text];
    }
    let mut cuts = vec![0];
    for (at, _) in text.match_indices(' ') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let labelled = label(rest).is_some_and(|(_, value)| {
            let value = value.as_bytes();
            [":", "by:", "on:", "date:"].iter().any(|mark| begins(value, mark))
        });
        // "Date of next review" is one label, not "next review" behind "Date of".
        let inside = || {
            let cut = cuts.last().and_then(|cut| text.get(*cut..));
            cut.and_then(label).is_some_and(|(_, rest)| text.len() - rest.len() > at + 1)
        };
        if labelled && !inside() {
            cuts.push(at + 1);
        }
    }
    cuts.push(text.len());
    cuts.iter().zip(cuts.iter().skip(1)).filter_map(|(from, to)| text.get(*from..*to)).collect()
}

/// One "label: value" text: what it tells, if it was front matter.
fn line(text: &str, found: &mut FrontMatter) -> Option<Asks> {
    let (asks, rest) = label(text)?;
    let has_mark = text.contains([':', '–']) || text.contains(" - ");
    let value = rest.trim_start_matches([':', '-', '–', '.', ' ']);
    if value.is_empty() {
        return None;
    }
    // Without a mark between, only a date, a version number or "by …" right after the label makes it one.
    let plain =
        date::find(value).is_some() || asks == Asks::Version && value.len() < 8 || value.starts_with("by ");
    ((has_mark || plain) && set(asks, value, found)).then_some(asks)
}

/// A label with the value that stands beside it.
fn take(key: &str, value: &str, found: &mut FrontMatter) -> Option<Asks> {
    let (asks, rest) = label(key)?;
    let by = rest.trim_start_matches([':', ' ']).to_lowercase().starts_with("by");
    let value = if by && asks == Asks::Approval { format!("by {value}") } else { value.to_owned() };
    set(asks, &value, found).then_some(asks)
}

/// The label that a text begins with, and what follows it.
fn label(text: &str) -> Option<(Asks, &str)> {
    let text = text.trim_start();
    let trimmed = dated_so(text).unwrap_or(text);
    let first = trimmed.bytes().next()?.to_ascii_lowercase().checked_sub(b'a')?;
    let (label, asks) =
        by_letter().get(usize::from(first))?.iter().find(|(l, _)| begins(trimmed.as_bytes(), l))?;
    let rest = trimmed.get(label.len()..)?;
    // "Approvedness", "issues", "reviewers": the label must end where a word ends.
    (!rest.starts_with(char::is_alphanumeric)).then_some((*asks, rest.trim()))
}

/// What stands behind "Date the policy was" and the like, which is the label.
fn dated_so(text: &str) -> Option<&str> {
    const BEFORE: [&str; 3] = ["date the policy ", "date this policy ", "date policy "];
    let rest = BEFORE.iter().find(|b| begins(text.as_bytes(), b)).and_then(|b| text.get(b.len()..))?;
    let is = ["was ", "is "].iter().find(|b| begins(rest.as_bytes(), b));
    is.map_or(Some(rest), |is| rest.get(is.len()..))
}

/// The labels that begin with each letter, in their order: most words begin none.
fn by_letter() -> &'static [Vec<(&'static str, Asks)>; 26] {
    static TABLE: OnceLock<[Vec<(&str, Asks)>; 26]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let begins_with = |letter: usize| {
            move |(l, _): &&(&str, Asks)| {
                l.bytes().next().map(usize::from) == Some(letter + usize::from(b'a'))
            }
        };
        std::array::from_fn(|letter| LABELS.iter().filter(begins_with(letter)).copied().collect())
    })
}

/// Whether a text begins with letters, whatever their case.
fn begins(text: &[u8], with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
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
        Asks::Written => dated.map(|date| found.written_on.get_or_insert(date)).is_some(),
        Asks::LastReview => dated.map(|date| found.last_review.get_or_insert(date)).is_some(),
        Asks::Reviewer if dated.is_none() => found.owner.get_or_insert_with(text).len() < 100,
        Asks::ReviewDue | Asks::Reviewer => match dated {
            Some(date) => {
                due(date, found);
                true
            }
            None if stretches(value) <= 4 && cycle(value) => {
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
            let who = who.or_else(|| dated.as_ref().and_then(|d| named_before(value, d)));
            let who = who.map(|w| without_date(w, dated.as_ref())).filter(|w| !w.is_empty() && w.len() < 80);
            let any = dated.is_some() || who.is_some();
            if let Some(who) = who {
                found.approved_by.get_or_insert(who);
            }
            if let Some(date) = dated {
                found.approved_on.get_or_insert(date);
            }
            any
        }
    }
}

/// "Date of review" may be the last review or the next: of two dates the later is the one that it is due on.
fn due(date: Dated, found: &mut FrontMatter) {
    let Some(known) = &found.review_due else {
        found.review_due = Some(date);
        return;
    };
    if known.to.is_none() || date.from.is_none() {
        return;
    }
    if known.to < date.from {
        found.last_review.get_or_insert(known.clone());
        found.review_due = Some(date);
    } else if date.to < known.from {
        found.last_review.get_or_insert(date);
    }
}

/// The name before a date, as in "FGB 12 May 2025": up to three words that begin with capitals.
fn named_before<'v>(value: &'v str, date: &Dated) -> Option<&'v str> {
    let name = value.split_once(date.text.as_str())?.0.trim().trim_end_matches([',', '-', '–', ':']).trim();
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    (!name.is_empty() && stretches(name) <= 3 && name.split_whitespace().all(capital)).then_some(name)
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
