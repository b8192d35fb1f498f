//! The page of terms: what the two schools call the same thing, how often, with both schools' own sentences.

use maud::{Markup, html};

use crate::compare::Term;

use super::super::{Outcome, pair_title};
use super::passage::{Shown, quoted, section};
use super::{counted, frame, head, schools_say};

/// The page.
pub(super) fn page(outcome: &Outcome, names: &[String]) -> Markup {
    let terms = &outcome.terms;
    let schools = &outcome.partnership.schools;
    let content = html! {
        h1 { "Words for the same thing" }
        p class="lead" {
            "Where sentences of " (Shown(&schools[0].name)) " and " (Shown(&schools[1].name)) " say the same, these words stand for each other. "
            "A shared policy has to choose one of each. Words that were seen to stand for each other only once are left out."
        }
        table role="table" class="decide terms" {
            caption { (counted(terms.len(), "pair of words, most frequent first", "pairs of words, most frequent first")) }
            @let say = schools_say(schools);
            (head(&[&say[0], &say[1], "Sentences", "For example"], Some(0)))
            tbody role="rowgroup" {
                @for term in terms {
                    tr role="row" {
                        th scope="row" role="rowheader" class="a" { span class="who" { (Shown(&schools[0].name)) } bdi { (Shown(&term.a)) } }
                        td role="cell" class="b" { span class="who" { (Shown(&schools[1].name)) } strong { bdi { (Shown(&term.b)) } } }
                        td role="cell" class="figure" { span class="who" { "Sentences" } (term.count) }
                        td role="cell" { (examples(outcome, term, names)) }
                    }
                }
            }
        }
    };
    frame(outcome, &format!("Words for the same thing: {}", outcome.partnership.name), false, &content)
}

fn examples(outcome: &Outcome, term: &Term, names: &[String]) -> Markup {
    html! {
        @for (at, exchange) in &term.examples {
            @let pair = outcome.register.pairs.get(*at);
            @let documents = pair.and_then(|p| Some((outcome.documents.get(p.a)?, outcome.documents.get(p.b)?)));
            @if let (Some((a, b)), Some(name)) = (documents, names.get(*at)) {
                p {
                    (quoted(a, Some(exchange.context_a), &[exchange.a], "a")) " " (section(a, exchange.context_a.block)) " — "
                    (quoted(b, Some(exchange.context_b), &[exchange.b], "b")) " " (section(b, exchange.context_b.block))
                    ", " a href=(name) { (Shown(&pair_title(outcome, *at))) }
                }
            }
        }
    }
}

/// The index's lines about the terms.
pub(super) fn brief(terms: &[Term]) -> Markup {
    html! {
        section aria-labelledby="terms" {
            h2 id="terms" { "Words for the same thing" }
            @if terms.is_empty() { p { "No two words were seen to stand for each other more than once." } }
            @else {
                p {
                    @for (at, term) in terms.iter().take(3).enumerate() {
                        @if at > 0 { "; " }
                        bdi { (Shown(&term.a)) } " / " bdi { (Shown(&term.b)) } " (" (counted(term.count, "sentence", "sentences")) ")"
                    }
                    ". " a href="terms.html" { @if terms.len() > 1 { "All " } (counted(terms.len(), "pair of words", "pairs of words")) " with examples" } "."
                }
            }
        }
    }
}
