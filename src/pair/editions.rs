//! Copies and old editions of one policy in one school's folder: the newest is used, the others are listed.

use crate::document::{Dated, Document};
use crate::knowledge::topics::name_words;

use super::Edition;
use super::corrections::Asked;
use super::vectors::Stems;

/// Two files of one school with the same name but for marks of copies are one policy if this share of their words is common.
const SAME_NAME: f32 = 0.45;
/// Whatever their names, files that share this much are copies.
const SAME_TEXT: f32 = 0.92;

/// Finds the copies that are not to be used.
///
/// `stems` are each document's, counted.
pub(super) fn editions(
    documents: &[Document],
    stems: &[Stems],
    open: &[usize],
    asked: &Asked,
) -> Vec<Edition> {
    let words: Vec<Vec<u64>> = stems.iter().map(|s| s.iter().map(|(stem, _)| *stem).collect()).collect();
    let names: Vec<Vec<String>> = documents
        .iter()
        .map(|d| {
            let mut name = name_words(&crate::document::title::title_of_path(&d.path));
            name.sort();
            name
        })
        .collect();
    let titles: Vec<Vec<String>> = documents
        .iter()
        .map(|d| {
            let mut name = name_words(&d.title);
            name.sort();
            name
        })
        .collect();
    let mut out: Vec<Edition> = Vec::new();
    let mut set_aside = vec![false; documents.len()];
    for (at, x) in open.iter().enumerate() {
        for y in &open[at + 1..] {
            if set_aside[*x] || set_aside[*y] || documents[*x].school != documents[*y].school {
                continue;
            }
            let (small, large) = (words[*x].len().min(words[*y].len()), words[*x].len().max(words[*y].len()));
            if (small as f32) < SAME_NAME * large as f32 {
                continue;
            }
            let named_alike = names[*x] == names[*y] || titles[*x] == titles[*y];
            let least = if named_alike { SAME_NAME } else { SAME_TEXT };
            // With this many words of one or the other unshared, the share is below it.
            let spare = ((1.0 - least) * (small + large) as f32).ceil() as usize + 1;
            let Some(shared) = shared(&words[*x], &words[*y], spare) else { continue };
            let share = 2.0 * shared as f32 / (small + large).max(1) as f32;
            if share < least {
                continue;
            }
            let (used, old, why) = newer(documents, *x, *y, asked);
            set_aside[old] = true;
            let because = format!(
                "It is another edition of “{}”: {}% of their words are the same. {why}",
                documents[used].path,
                (share * 100.0).round()
            );
            out.push(Edition { document: old, used, because });
        }
    }
    out.sort_by_key(|e| e.document);
    out
}

/// How many words two ascending lists have in common; none if more than `spare` words stand in only one of them.
fn shared(x: &[u64], y: &[u64], spare: usize) -> Option<usize> {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
        count += usize::from(p == q);
        i += usize::from(p <= q);
        j += usize::from(q <= p);
        if i + j - 2 * count > spare {
            return None;
        }
    }
    Some(count)
}

/// Which of two copies is used, which is not, and why.
fn newer(documents: &[Document], x: usize, y: usize, asked: &Asked) -> (usize, usize, String) {
    match (asked.named.contains(&x), asked.named.contains(&y)) {
        (true, false) => return (x, y, "You named the other one in common-ground.toml.".into()),
        (false, true) => return (y, x, "You named the other one in common-ground.toml.".into()),
        _ => {}
    }
    // When it was written, approved or last reviewed; when it is due; a year in the name. Only like is held against like.
    let front = |d: usize| &documents[d].front_matter;
    let day = |date: Option<&Dated>| date.and_then(|d| d.to);
    let made = |d: usize| {
        let dates = [&front(d).written_on, &front(d).approved_on, &front(d).last_review];
        dates.into_iter().filter_map(|date| day(date.as_ref())).max()
    };
    let due = |d: usize| day(front(d).review_due.as_ref());
    let named = |d: usize| year(&documents[d].path);
    let later = made(x).zip(made(y)).map(|(p, q)| p.cmp(&q)).filter(|o| o.is_ne());
    let later = later.or_else(|| due(x).zip(due(y)).map(|(p, q)| p.cmp(&q)).filter(|o| o.is_ne()));
    if let Some(order) = later {
        let (used, old) = if order.is_gt() { (x, y) } else { (y, x) };
        return (used, old, "The other one is dated later.".into());
    }
    if let Some(order) = named(x).zip(named(y)).map(|(p, q)| p.cmp(&q)).filter(|o| o.is_ne()) {
        let (used, old) = if order.is_gt() { (x, y) } else { (y, x) };
        return (used, old, "The other one has the later year in its name.".into());
    }
    let dated = |d: usize| made(d).or(due(d)).is_some();
    match (dated(x), dated(y)) {
        (true, false) => return (x, y, "Only the other one is dated.".into()),
        (false, true) => return (y, x, "Only the other one is dated.".into()),
        _ => {}
    }
    let version = |d: usize| {
        number(documents[d].front_matter.version.as_deref().unwrap_or("")).max(number(&documents[d].path))
    };
    match version(x).cmp(&version(y)) {
        std::cmp::Ordering::Greater => (x, y, "The other one has the higher version number.".into()),
        std::cmp::Ordering::Less => (y, x, "The other one has the higher version number.".into()),
        std::cmp::Ordering::Equal => {
            // Nothing tells them apart: a copy's name is longer ("… (1)", "Copy of …").
            let key = |d: usize| (documents[d].path.len(), documents[d].path.clone());
            let (used, old) = if key(x) <= key(y) { (x, y) } else { (y, x) };
            let why = if dated(x) { "Both have the same date" } else { "Neither is dated" };
            (used, old, format!("{why}, so the one with the shorter name is used; please check."))
        }
    }
}

/// The latest year in a file's name.
fn year(path: &str) -> Option<u32> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let numbers = name.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4);
    numbers.filter_map(|d| d.parse().ok()).filter(|y| (1990..2100).contains(y)).max()
}

/// The largest number after a "v" in a name or version, in hundredths.
fn number(text: &str) -> u32 {
    let lower = text.to_lowercase();
    let pieces = lower.split(|c: char| !c.is_alphanumeric() && c != '.');
    let numbers = pieces.filter_map(|p| {
        let bare = p.strip_prefix("version").or_else(|| p.strip_prefix('v')).unwrap_or(p).trim_matches('.');
        let value: f32 = bare.parse().ok()?;
        (0.0..100.0).contains(&value).then_some((value * 100.0) as u32)
    });
    numbers.max().unwrap_or(0)
}
