//! A block's text on a page: escaped, with the words marked that only one side has.

use maud::{Markup, Render, html};

use crate::compare::Quote;
use crate::document::{Block, BlockId, Document, Kind};
use crate::report::escape;

/// Document text, escaped, with invisible characters shown.
pub(in crate::report) struct Shown<'t>(pub(in crate::report) &'t str);

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        escape::html(self.0, buffer);
    }
}

/// What stands out in the text of one side: its own words, and sentences that the other side has in another place. Both ascend.
#[derive(Clone, Copy, Default)]
pub(super) struct Standing<'m> {
    pub(super) marks: &'m [Quote],
    pub(super) moved: &'m [Quote],
}

/// A block with marks; `side` is "a" or "b".
pub(super) fn block(document: &Document, id: BlockId, marks: Standing, side: &str) -> Markup {
    let Some(block) = document.blocks.get(id as usize) else { return html! {} };
    html! {
        @match block.kind {
            Kind::Heading => p class={ "heading level-" (block.level.min(4)) } { (marker(block)) (marked(block, id, marks, side)) },
            Kind::ListItem => p class={ "item depth-" (block.level.min(4)) } { (marker(block)) (marked(block, id, marks, side)) },
            Kind::TableCell => p class="cell" {
                @if let Some(cell) = block.cell {
                    span class="where" { "table " (cell.table + 1) ", row " (cell.row + 1) ", column " (cell.column + 1) }
                    " "
                }
                (marked(block, id, marks, side))
            },
            Kind::Note => p class="note" { span class="where" { "note" } " " (marker(block)) (marked(block, id, marks, side)) },
            Kind::TextBox => p class="box" { span class="where" { "text box" } " " (marked(block, id, marks, side)) },
            Kind::Paragraph => p { (marked(block, id, marks, side)) },
        }
    }
}

fn marker(block: &Block) -> Markup {
    html! { @if let Some(marker) = &block.marker { span class="marker" { (Shown(marker)) } " " } }
}

/// The text with what stands out in this block marked.
fn marked(block: &Block, id: BlockId, standing: Standing, side: &str) -> Markup {
    let here = |q: &&Quote| q.block == id;
    let own = standing.marks.iter().filter(here).map(|q| (q, false));
    let mut all: Vec<(&Quote, bool)> =
        own.chain(standing.moved.iter().filter(here).map(|q| (q, true))).collect();
    all.sort_by_key(|(q, _)| q.start);
    let mut at = 0usize;
    html! {
        bdi {
            @for (quote, moved) in all {
                (Shown(slice(&block.text, at, quote.start as usize)))
                @let text = slice(&block.text, quote.start as usize, quote.end as usize);
                @if moved { span class="shifted" { span class="hidden" { "in another place there: " } (Shown(text)) } }
                @else { mark class=(side) { (Shown(text)) } }
                ({ at = quote.end as usize; "" })
            }
            (Shown(slice(&block.text, at, block.text.len())))
        }
    }
}

/// A quote in its sentence, the words in question marked.
pub(super) fn quoted(document: &Document, context: Option<Quote>, quotes: &[Quote], side: &str) -> Markup {
    let Some(context) = context else { return html! {} };
    let Some(block) = document.blocks.get(context.block as usize) else { return html! {} };
    let whole = quotes.iter().any(|q| q.start <= context.start && context.end <= q.end);
    let mut at = context.start as usize;
    let end = context.end as usize;
    html! {
        bdi class="quote" {
            "“"
            @if !whole {
                @for q in quotes.iter().filter(|q| q.block == context.block && q.start as usize >= context.start as usize) {
                    // Two marks may overlap: what one has shown is not shown again.
                    @let from = (q.start as usize).min(end).max(at);
                    @let to = (q.end as usize).min(end);
                    @if to > from {
                        (Shown(slice(&block.text, at, from)))
                        mark class=(side) { (Shown(slice(&block.text, from, to))) }
                        ({ at = to; "" })
                    }
                }
            }
            (Shown(slice(&block.text, at, end)))
            "”"
        }
    }
}

fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

/// Where a block stands: the number and words of the heading above it.
pub(super) fn section(document: &Document, id: BlockId) -> Markup {
    let parent =
        document.blocks.get(id as usize).and_then(|b| b.parent).and_then(|p| document.blocks.get(p as usize));
    html! {
        @if let Some(heading) = parent {
            span class="section" { "in " (marker(heading)) bdi { (Shown(&heading.text)) } }
        }
    }
}
