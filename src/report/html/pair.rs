//! The page of one pair: decisions first, then the evidence.

use maud::{Markup, html};

use crate::align::Relation;
use crate::compare::{Comparison, DifferenceKind, Weight};
use crate::document::{Block, Document, School};
use crate::pair::{Confidence, Sharing};

use super::super::paper::{figure_html, table_html};
use super::super::pictures::{Flow, flow_table, ribbons};
use super::super::{Outcome, pair_title};
use super::passage::Shown;
use super::{counted, decisions, frame, parallel, receipts};

/// The page; none if there is no such pair.
pub(super) fn page(outcome: &Outcome, at: usize) -> Option<Markup> {
    let pair = outcome.register.pairs.get(at)?;
    let comparison = outcome.comparisons.get(at)?;
    let (a, b) = (outcome.documents.get(pair.a)?, outcome.documents.get(pair.b)?);
    let schools = &outcome.partnership.schools;
    let title = pair_title(outcome, at);
    let checks = comparison
        .differences
        .iter()
        .filter(|d| d.weight == Weight::Check && d.kind != DifferenceKind::Phase)
        .count();
    let passages = || comparison.links.iter().filter(|l| is_passage(a, l.a.first().copied()));
    let of = |relation| passages().filter(|l| l.relation == relation).count();
    let (same, reworded) = (of(Relation::Same), of(Relation::Reworded));
    let moved = passages().filter(|l| l.moved).count();
    let only = |d: &Document, ids: &[u32]| ids.iter().filter(|id| is_passage(d, Some(**id))).count();
    let content = html! {
        h1 { (Shown(&title)) }
        p class="lead" {
            strong { (counted(comparison.points.len(), "point to decide", "points to decide")) }
            " and " (counted(checks, "thing to check", "things to check")) ". "
            (counted(same, "passage is", "passages are")) " the same in both, "
            (counted(reworded, "is", "are")) " worded otherwise with nothing to decide, "
            (only(a, &comparison.only_a)) " stand only in " (Shown(&schools[0].name)) "'s policy and "
            (only(b, &comparison.only_b)) " only in " (Shown(&schools[1].name)) "'s"
            @if moved > 0 { "; " (counted(moved, "stands", "stand")) " in another place" }
            "."
        }
        @if let Some(draft) = outcome.drafts.get(&at) {
            p { "A shared draft of both: " a href=(draft) { "Word" } ", and " a href="drafts.html" { "all drafts" } "." }
        }
        @if let Some(model) = &comparison.model {
            p { "Both policies stand beside the model " bdi { (Shown(&model.path)) } ": " (counted(model.kept, "sentence of it is", "sentences of it are")) " unchanged in both, which is no decision and is not in the table; each row says who changed what." }
        }
        @if let Some(why) = &comparison.coarse { p class="notice" { "This comparison is coarser than usual: " (Shown(why)) "." } }
        @if pair.confidence == Confidence::Question {
            p class="notice" { "Please check that these two belong together. " @for why in &pair.because { (Shown(why)) " " } }
        }
        @match pair.sharing {
            Sharing::KeepSeparate => p class="notice" { "Each school keeps its own policy on this topic by law; read this page for information, not to merge." },
            Sharing::AdoptModel => p class="notice" { "Policies on this topic are usually adopted unchanged from one consulted model; read this page to see which model each school follows." },
            Sharing::Share | Sharing::ShareWithAnnex => {},
        }
        nav aria-label="On this page" class="contents" {
            ul {
                li { a href="#decide" { "To decide" } }
                li { a href="#check" { "To check" } }
                li { a href="#local" { "Local facts" } }
                li { a href="#map" { "Map" } }
                li { a href="#parallel" { "Side by side" } }
                li { a href="#files" { "The two files" } }
            }
        }
        section aria-labelledby="decide" { h2 id="decide" { "To decide" } (decisions::table(a, b, comparison, schools, &comparison.decider, &outcome.repeated)) }
        section aria-labelledby="check" { h2 id="check" { "To check" } (decisions::checks(a, b, comparison)) }
        section aria-labelledby="local" { h2 id="local" { "Local facts" } (decisions::local(a, b, comparison, schools)) }
        section aria-labelledby="map" { h2 id="map" { "Map" } (map(a, b, outcome, comparison)) }
        section aria-labelledby="parallel" {
            h2 id="parallel" { "Side by side" }
            p class="legend" {
                "Every passage of both policies stands here once. Words that only one policy has are marked: "
                mark class="a" { "like this" } " for " (Shown(&schools[0].name)) ", "
                mark class="b" { "like this" } " for " (Shown(&schools[1].name)) ". A sentence that the other policy has word for word in another place is dotted, "
                span class="shifted" { "like this" } ". What is the same is folded away; open it to read it."
            }
            (parallel::view(a, b, comparison, schools, &outcome.repeated))
        }
        section aria-labelledby="files" {
            h2 id="files" { "The two files" }
            div class="cards" { (receipts::card(a, &schools[0].name, "a")) (receipts::card(b, &schools[1].name, "b")) }
        }
    };
    Some(frame(outcome, &format!("{title}: {}", outcome.partnership.name), false, &content))
}

/// Which section became which: a picture, and the same as a table.
fn map(a: &Document, b: &Document, outcome: &Outcome, comparison: &Comparison) -> Markup {
    let schools = School::names(&outcome.partnership.schools);
    let flow = Flow::of(a, b, comparison);
    html! {
        @if let Some(picture) = ribbons("flow", schools, &flow) { (figure_html(&picture)) }
        details { summary { "The map as a table" } (table_html(schools, &flow_table("flow-table", schools, &flow))) }
    }
}

fn is_passage(document: &Document, id: Option<u32>) -> bool {
    id.and_then(|id| document.blocks.get(id as usize)).is_some_and(Block::is_passage)
}
