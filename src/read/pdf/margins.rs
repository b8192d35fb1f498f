//! Lines that are no part of the text: running headers, footers and page numbers, and review balloons in the margin.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Line;
use crate::document::{Apart, ApartKind};

/// A gap of this many sizes of letters parts a header from the text.
const GAP: f32 = 3.0;
/// Headers and footers stand in this part of the page at its upper and lower edge.
const ZONE: f32 = 0.15;
/// A line is running if it stands on this part of the pages, and on two at least.
const SHARE: f32 = 0.3;
/// Places of a running line differ by no more than this, in points.
const NEAR: f32 = 9.0;

/// Takes running lines and balloons out of the pages and keeps them apart, each text once.
///
/// `sizes`: width and height of each page.
pub(super) fn take(pages: &mut [Vec<Line>], sizes: &[(f32, f32)]) -> Vec<Apart> {
    let mut found: BTreeMap<(u8, String), (ApartKind, String, usize)> = BTreeMap::new();
    let mut seen: BTreeMap<(bool, String), Vec<(f32, usize)>> = BTreeMap::new();
    for (at, (page, size)) in pages.iter().zip(sizes).enumerate() {
        for line in page {
            if let Some(upper) = zone(line, *size) {
                seen.entry((upper, masked(&line.text()))).or_default().push((line.base, at));
            }
        }
    }
    let enough = ((pages.len() as f32 * SHARE).ceil() as usize).max(2);
    let running = |line: &Line, size: (f32, f32)| -> Option<bool> {
        let upper = zone(line, size)?;
        let mask = masked(&line.text());
        let there: BTreeSet<usize> = seen
            .get(&(upper, mask.clone()))?
            .iter()
            .filter(|(base, _)| (base - line.base).abs() <= NEAR)
            .map(|(_, page)| *page)
            .collect();
        // A number alone in the margin is a page number, whatever other pages say.
        let number = mask.chars().all(|c| c == '#' || c == '-' || c == '–' || c == ' ');
        (there.len() >= enough || number).then_some(upper)
    };
    let mut balloons = Vec::new();
    let near_edge: Vec<Vec<bool>> =
        pages.iter().zip(sizes).map(|(page, size)| near_edge(page, *size)).collect();
    for ((page, size), near_edge) in pages.iter_mut().zip(sizes).zip(near_edge) {
        let old = std::mem::take(page);
        // A page of nothing but such lines says something, as two pages that begin alike do.
        let filled = old.iter().zip(&near_edge).any(|(l, near)| !near || running(l, *size).is_none());
        // The left edge and the last line of the balloon that is open.
        let mut balloon: Option<(f32, f32, String)> = None;
        for (line, near) in old.into_iter().zip(near_edge) {
            let artifact = line.pieces.iter().all(|p| p.artifact);
            let kind = if artifact {
                Some(line.base < size.1 / 2.0)
            } else if near && filled {
                running(&line, *size)
            } else {
                None
            };
            let text = line.text();
            if let Some(upper) = kind {
                let kind = if upper { ApartKind::Header } else { ApartKind::Footer };
                let order = found.len();
                found.entry((u8::from(!upper), masked(&text))).or_insert((kind, text, order));
                continue;
            }
            if says_comment(&text) && line.left > 0.5 * size.0 {
                if let Some((_, _, text)) = balloon.take() {
                    balloons.push(text);
                }
                balloon = Some((line.left, line.base, text));
                continue;
            }
            if let Some((left, base, said)) = &mut balloon {
                let below = line.base - *base;
                if line.left >= *left - 3.0 && below > 0.0 && below < 2.0 * line.size {
                    said.push(' ');
                    said.push_str(&text);
                    *base = line.base;
                    continue;
                }
            }
            page.push(line);
        }
        balloons.extend(balloon.map(|(_, _, text)| text));
    }
    let mut apart: Vec<(ApartKind, String, usize)> = found.into_values().collect();
    apart.sort_by_key(|(_, _, order)| *order);
    let running = apart.into_iter().map(|(kind, text, _)| Apart { kind, text, author: None, block: None });
    let comments = balloons.into_iter().map(|said| {
        let (head, text) = said.split_once(':').unwrap_or(("", &said));
        let author = head
            .split(['[', ']'])
            .nth(1)
            .map(|a| a.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
        Apart { kind: ApartKind::Comment, text: text.trim().to_owned(), author, block: None }
    });
    running.chain(comments).collect()
}

/// Whether a line stands in the upper margin (true) or the lower one (false).
fn zone(line: &Line, size: (f32, f32)) -> Option<bool> {
    if line.base < ZONE * size.1 {
        Some(true)
    } else if line.base > (1.0 - ZONE) * size.1 {
        Some(false)
    } else {
        None
    }
}

/// Which lines stand at the page's upper or lower edge with no wide gap between them and the edge's first line.
fn near_edge(page: &[Line], size: (f32, f32)) -> Vec<bool> {
    let mut near = vec![false; page.len()];
    for upper in [true, false] {
        let mut zoned: Vec<(usize, &Line)> =
            page.iter().enumerate().filter(|(_, l)| zone(l, size) == Some(upper)).collect();
        let depth = |l: &Line| if upper { l.base } else { -l.base };
        zoned.sort_by(|x, y| depth(x.1).total_cmp(&depth(y.1)));
        let mut last: Option<&Line> = None;
        for (at, line) in zoned {
            if last.is_some_and(|l| (line.base - l.base).abs() > GAP * l.size.max(line.size)) {
                break;
            }
            last = Some(line);
            if let Some(near) = near.get_mut(at) {
                *near = true;
            }
        }
    }
    near
}

/// The text with each number as one "#", so that "Page 3 of 9" is the same on every page.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// Word prints a comment as `Commented [AB1]: …`, older versions as `Comment [AB1]: …`.
fn says_comment(text: &str) -> bool {
    ["Commented [", "Comment ["].iter().any(|s| text.starts_with(s)) && text.contains("]:")
}
