//! The pack that governors open: everything that was found in, one paper out: cover, contents, register, a page for each policy and each school,
//! annexes of evidence.
//!
//! 1. `evidence`: what the pages of one policy speak of, gathered once.
//! 2. `policy`: one page, from one school's side.
//! 3. `deciding`: its lower half: who decides, what is decided, room for the decision.
//! 4. `annex`: the evidence in tables; every number on a page is the number of rows of one of them.
//! 5. `register`: all policies at a glance, what is due, what is not there.
//!
//! Policies stand in order of their titles, so that neither school orders the pack.

mod annex;
mod deciding;
mod evidence;
mod policy;
mod register;

use std::collections::BTreeSet;

use crate::check::register::register as register_of;
use crate::error::{Error, ErrorKind, Result};
use crate::merge::{Settlement, Side};
use crate::status::Status;

use super::paper::{Look, PAGE, Paper, Part, Run, html_page, lines, plain, sheet, word_file};
use super::{Checked, Outcome, Page, Template, counted, pair_title};
use evidence::Evidence;

/// What a pack is made of.
#[derive(Debug)]
pub struct Packing<'p> {
    /// What was compared.
    pub outcome: &'p Outcome,
    /// What was checked, of the same documents.
    pub checked: &'p Checked<'p>,
    /// What people decided.
    pub settlement: &'p Settlement,
    /// What was recorded and adopted.
    pub status: &'p Status,
    /// The pairs that get pages, by index.
    pub pairs: Vec<usize>,
    /// The school whose pages are made; both if none.
    pub school: Option<Side>,
    /// The most pages of A4 that the pack may have, by the reckoning of `paper::length`.
    pub pages: Option<usize>,
}

/// A pack, ready to be written in any format.
#[derive(Debug)]
pub struct Pack {
    paper: Paper,
    /// How many policies are in it, and how many of them are still to be decided, in one line.
    pub says: String,
    /// Pages of A4, reckoned.
    pub pages: usize,
    /// How many annexes were left out to keep to the pages that were asked for.
    pub left_out: usize,
}

/// The formats that a pack can be written in.
pub const PACK_FORMATS: &[&str] = &["html", "docx", "pdf"];

/// Puts the pack together.
///
/// # Errors
///
/// Usage if it cannot have as few pages as asked for: both numbers are named.
pub fn pack(packing: &Packing) -> Result<Pack> {
    let outcome = packing.outcome;
    let mut order = packing.pairs.clone();
    order.sort_by_cached_key(|pair| sort_key(outcome, *pair));
    let rows = register_of(&packing.checked.setting);
    let evidence: Vec<Evidence> =
        (1..).zip(&order).filter_map(|(number, pair)| Evidence::of(packing, &rows, *pair, number)).collect();
    let all: BTreeSet<usize> = evidence.iter().map(|e| e.number).collect();
    let whole = made(packing, &evidence, &all);
    let says =
        format!("{} in the pack: {}.", counted(evidence.len(), "policy", "policies"), asked(&evidence));
    let Some(budget) = packing.pages else { return Ok(finished(whole, says, 0)) };
    let bare = made(packing, &evidence, &BTreeSet::new());
    let least = pages(&bare.parts);
    if least > budget {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("the pack needs about {least} pages without any annex; --pages {budget} is too few"),
        )
        .hint("choose policies with --topic, or one school's pages with --school"));
    }
    // Annexes with the most to decide stay first; among equals, in order of the pack.
    let mut by_weight: Vec<&Evidence> = evidence.iter().collect();
    by_weight.sort_by_key(|e| (std::cmp::Reverse(e.both.len()), e.number));
    let mut kept = BTreeSet::new();
    let mut best = bare;
    for e in by_weight {
        kept.insert(e.number);
        let tried = made(packing, &evidence, &kept);
        if pages(&tried.parts) > budget {
            kept.remove(&e.number);
        } else {
            best = tried;
        }
    }
    Ok(finished(best, says, evidence.len() - kept.len()))
}

fn finished(paper: Paper, says: String, left_out: usize) -> Pack {
    Pack { pages: pages(&paper.parts), says, paper, left_out }
}

/// "12 to decide, 2 approved by both schools already, 1 for information"; these add up to all.
fn asked(evidence: &[Evidence]) -> String {
    let approved = evidence.iter().filter(|e| e.is_agreed()).count();
    let open = evidence.iter().filter(|e| e.is_asked()).count();
    let counts = [
        (open, "to decide"),
        (approved, "approved by both schools already"),
        (evidence.len() - open - approved, "for information"),
    ];
    let said = counts.into_iter().enumerate().filter(|(at, (n, _))| *at == 0 || *n > 0);
    said.map(|(_, (n, what))| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
}

/// Writes a pack as a page, or as a Word file with a template's look if there is one; none for another format.
pub fn render_pack(format: &str, pack: &Pack, template: Option<&Template>) -> Option<Page> {
    let bytes = match format {
        "html" => html_page(&pack.paper),
        "docx" => word_file(&pack.paper, template),
        _ => return None,
    };
    Some(Page { path: format!("pack.{format}"), bytes })
}

/// A pack as the typesetting program `common-ground-pdf` takes it on standard input.
pub fn sheet_of_pack(pack: &Pack) -> Vec<u8> {
    sheet(&pack.paper)
}

/// The title as the reader sees it, then both paths, whichever way round the schools stand.
fn sort_key(outcome: &Outcome, pair: usize) -> (String, [String; 2]) {
    let pairs = &outcome.register.pairs;
    let of = |d: usize| outcome.documents.get(d);
    let (title, mut paths) = pairs.get(pair).map_or_else(Default::default, |p| {
        let path = |d: usize| of(d).map_or_else(String::new, |d| d.path.clone());
        // A pair on no known topic has two titles; the one that comes first in the alphabet does not hang on which school stands first.
        let own = [p.a, p.b].map(|d| of(d).map_or_else(String::new, |d| d.title.clone())).into_iter().min();
        let title = if p.topic.is_some() { pair_title(outcome, pair) } else { own.unwrap_or_default() };
        (title.to_lowercase(), [path(p.a), path(p.b)])
    });
    paths.sort();
    (title, paths)
}

/// The paper with the annexes of these numbers.
fn made(packing: &Packing, evidence: &[Evidence], kept: &BTreeSet<usize>) -> Paper {
    let outcome = packing.outcome;
    let mut parts = register::cover(packing, evidence);
    parts.push(Part::NewPage);
    parts.extend(register::register(packing, evidence, kept));
    let sides: Vec<Side> = packing.school.map_or_else(|| Side::BOTH.to_vec(), |s| vec![s]);
    for e in evidence {
        for (at, side) in sides.iter().enumerate() {
            parts.push(Part::NewPage);
            if at == 0 {
                parts.push(Part::Heading(1, format!("p{}", e.number), format!("{}. {}", e.number, e.title)));
            }
            parts.extend(policy::page(packing, e, *side, kept.contains(&e.number)));
        }
    }
    let mut annexes = evidence.iter().filter(|e| kept.contains(&e.number)).peekable();
    parts.push(Part::NewPage);
    parts.push(Part::Heading(1, "annexes".into(), "Annexes: the evidence".into()));
    if annexes.peek().is_some() {
        let says = "Every number on a policy's page is the number of rows of a table here. Quotations are whole sentences of the policies, unchanged.";
        parts.push(Part::text(Look::Plain, says));
    }
    let left: Vec<&Evidence> = evidence.iter().filter(|e| !kept.contains(&e.number)).collect();
    if !left.is_empty() {
        parts.push(Part::Heading(2, "left-out".into(), "Left out".into()));
        let says = "To keep to the number of pages that was asked for, the evidence on these policies is not printed here; the report of the comparison holds it all.";
        parts.push(Part::text(Look::Notice, says));
        parts.push(Part::List(
            left.iter().map(|e| vec![plain(format!("{}. {}", e.number, e.title))]).collect(),
        ));
    }
    for (at, e) in annexes.enumerate() {
        if at > 0 {
            parts.push(Part::NewPage);
        }
        parts.extend(annex::annex(packing, e));
    }
    let title = format!("{}: policies for decision", outcome.partnership.name);
    Paper::of(&outcome.partnership, outcome.today, &outcome.rules_as_at, title, parts)
}

/// Pages of A4: each stretch between two breaks is as many pages as its half lines need. The contents have a line a heading.
fn pages(parts: &[Part]) -> usize {
    let headings = parts.iter().filter(|p| matches!(p, Part::Heading(1, ..))).count();
    let stretches = parts.split(|p| matches!(p, Part::NewPage));
    stretches
        .map(|stretch| {
            let contents = stretch.iter().filter(|p| matches!(p, Part::Contents)).count() * 2 * headings;
            (stretch.iter().map(lines).sum::<usize>() + contents).div_ceil(PAGE).max(1)
        })
        .sum()
}

/// A count that can be recounted in the annex, if that is in the pack.
fn count(n: usize, id: &str, kept: bool) -> Run {
    Run::Count(n, if kept { id.to_owned() } else { "left-out".to_owned() })
}
