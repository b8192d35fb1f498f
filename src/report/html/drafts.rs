//! The pages about drafts: which were made, what is left to decide, and each draft's ledger.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::merge::{Decision, Draft, Entry, Fate, RemarkKind};
use crate::report::ledger::pictures;
use crate::report::{Draftable, Drafted, Outcome};

use super::passage::Shown;
use super::{bare, counted, frame, head};

/// The page of all drafts.
pub(super) fn page(outcome: &Outcome, drafted: &[Drafted]) -> Markup {
    let made: Vec<&Drafted> = drafted.iter().filter(|d| d.refused.is_none()).collect();
    let content = html! {
        h1 { "Shared drafts" }
        p class="lead" {
            "Each Word draft holds what both schools say as plain text, and what only one says as that school's tracked insertion. "
            "Filter by reviewer in Word: accept one school's changes and reject the other's, and that school's paragraphs are back word for word; reject all, and the common ground is left."
        }
        table role="table" class="pairs" {
            caption { (counted(made.len(), "draft", "drafts")) }
            (head(
                &["Policy", "Draft", "Ledger", "To choose", "Only one school", "Wording settled by rule", "Decided", "Contested"],
                None,
            ))
            tbody role="rowgroup" {
                @for d in &made {
                    tr role="row" {
                        th scope="row" role="rowheader" { a href=(format!("{}.html", super::pair_name(outcome, d.pair))) { (Shown(&d.title)) } }
                        td role="cell" { @if let Some(name) = d.file(".docx") { a href=(name) { "Word" } } }
                        td role="cell" {
                            @for (ending, word) in [(".html", "page"), (".csv", "CSV"), (".json", "JSON")] {
                                @if let Some(name) = d.file(&format!("-ledger{ending}")) { a href=(name) { (word) } " " }
                            }
                        }
                        @for kind in [RemarkKind::Choice, RemarkKind::Only, RemarkKind::Wording, RemarkKind::Decided, RemarkKind::Contested] {
                            td role="cell" class="figure" { (d.remarks.get(&kind).copied().unwrap_or(0)) }
                        }
                    }
                }
            }
        }
        @if drafted.len() > made.len() {
            section aria-labelledby="refused" {
                h2 id="refused" { "Not merged" }
                ul class="plain" {
                    @for d in drafted {
                        @if let Some(why) = d.refused { li { strong { (Shown(&d.title)) } ". " (why) " To merge it all the same, give " code { "--override \"reason\"" } "; the reason is printed in the draft." } }
                    }
                }
            }
        }
        @let stale: Vec<(&Drafted, &Decision)> = made.iter().flat_map(|d| d.stale_decisions.iter().map(move |s| (*d, s))).collect();
        @if !stale.is_empty() {
            section aria-labelledby="stale" {
                h2 id="stale" { "Decisions that no longer fit" }
                p { "A text has changed since they were made, so they were not applied." }
                ul class="plain" {
                    @for (d, s) in stale { li { (Shown(&d.title)) ": " (Shown(&s.by)) ", " (s.on.to_string()) ", " code { (Shown(&s.id)) } ". " (Shown(&s.reason)) } }
                }
            }
        }
    };
    frame(outcome, &format!("Shared drafts: {}", outcome.partnership.name), false, &content)
}

/// The ledger's page.
pub(super) fn ledger(d: &Draftable, entries: &[Entry]) -> Markup {
    let content = html! {
        h1 { "Ledger: " (Shown(d.title)) }
        p class="lead" { "Every passage of both policies, what became of it, and where it stands in the draft." }
        @let pictures: Vec<_> = pictures(d).collect();
        @for (school, which) in d.materials.schools.iter().zip([0, 1]) {
            @let mine: Vec<&Entry> = entries.iter().filter(|e| e.school.index() == which).collect();
            @let document = d.materials.documents[which];
            section {
                h2 { (Shown(&school.name)) }
                p { @for (at, (fate, count)) in counts(&mine).into_iter().enumerate() { @if at > 0 { ", " } (count) " " (name(fate)) } "." }
                table role="table" {
                    caption { bdi { (Shown(&document.path)) } }
                    (head(&["Passage", "Fate", "Paragraph of the draft"], None))
                    tbody role="rowgroup" {
                        @for e in mine {
                            tr role="row" {
                                td role="cell" { bdi { (Shown(document.blocks.get(e.block as usize).map_or("", |b| b.text.as_str()))) } }
                                td role="cell" { (name(e.fate)) @if !e.why.is_empty() { ": " (e.why) } }
                                td role="cell" class="figure" { (e.paragraphs.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")) }
                            }
                        }
                    }
                }
                @for p in pictures.iter().filter(|p| p.entry.school.index() == which) {
                    p {
                        "Picture " (p.entry.picture + 1) ", " @match p.alternative { Some(text) => { "“" (Shown(text)) "”" }, None => "without a description" } ": "
                        (name(p.entry.fate)) @if let Some(n) = p.entry.paragraph { ", after paragraph " (n) " of the draft" } @if !p.why.is_empty() { ": " (p.why) } "."
                    }
                }
            }
        }
    };
    bare(d.today, &format!("Ledger: {}", d.title), &content)
}

fn counts(entries: &[&Entry]) -> BTreeMap<Fate, usize> {
    let mut out = BTreeMap::new();
    for e in entries {
        *out.entry(e.fate).or_insert(0) += 1;
    }
    out
}

fn name(fate: Fate) -> &'static str {
    match fate {
        Fate::Shared => "shared",
        Fate::Folded => "folded",
        Fate::Chosen => "chosen",
        Fate::Own => "this school's own",
        Fate::Choice => "to choose",
        Fate::Annex => "annex",
        Fate::LeftOut => "left out",
    }
}

/// How many remarks of each kind a draft has.
pub(in crate::report) fn remarks(draft: &Draft) -> BTreeMap<RemarkKind, usize> {
    let mut out = BTreeMap::new();
    for remark in &draft.remarks {
        *out.entry(remark.kind).or_insert(0) += 1;
    }
    out
}
