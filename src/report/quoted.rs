//! Quotations with where they stand: places in documents in, cells of a paper out.

use crate::compare::Quote;
use crate::document::{BlockId, Document};
use crate::merge::Side;

use super::paper::{Cell, Line, Run};

/// The words of a quotation; empty if there is no such document.
pub(super) fn words(documents: &[Document], document: usize, quote: Quote) -> &str {
    documents.get(document).map_or("", |d| quote.text(d))
}

/// A quotation in its marks.
pub(super) fn quoted(documents: &[Document], side: Side, document: usize, quote: Quote) -> Line {
    vec![Run::Quote(side, words(documents, document, quote).to_owned())]
}

/// Where a quotation stands, in words.
pub(super) fn place(documents: &[Document], document: usize, quote: Quote) -> String {
    span(documents, document, quote, quote)
}

/// The same as a line.
pub(super) fn placed(documents: &[Document], document: usize, quote: Quote) -> Line {
    vec![Run::Small(place(documents, document, quote))]
}

/// Quotations with where they stand, said once for those of one section that follow one another.
pub(super) fn stated(
    documents: &[Document],
    side: Side,
    quotes: impl Iterator<Item = (usize, Quote)>,
) -> Cell {
    let mut out = Cell::new();
    let mut open: Option<(usize, Option<BlockId>, Quote, Quote)> = None;
    let close = |open: Option<(usize, Option<BlockId>, Quote, Quote)>| {
        open.map(|(document, _, from, to)| vec![Run::Small(span(documents, document, from, to))])
    };
    for (document, quote) in quotes {
        let heading = documents.get(document).and_then(|d| d.section(quote.block).last().copied());
        open = match open {
            Some((same, below, from, _)) if same == document && below == heading => {
                Some((same, below, from, quote))
            }
            before => {
                out.extend(close(before));
                Some((document, heading, quote, quote))
            }
        };
        out.push(quoted(documents, side, document, quote));
    }
    out.extend(close(open));
    out
}

/// Where quotations stand that follow one another in a section: file, section, paragraphs or page.
fn span(documents: &[Document], document: usize, first: Quote, last: Quote) -> String {
    let Some(found) = documents.get(document) else { return String::new() };
    let mut out = found.path.clone();
    let heading = found.section(first.block).last().and_then(|h| found.blocks.get(*h as usize));
    if let Some(heading) = heading {
        out.push_str(&format!(", {}", heading.text));
    }
    let at = |q: Quote| found.blocks.get(q.block as usize).map(|b| b.place).unwrap_or_default();
    let (first, last) = (at(first), at(last));
    match first.page {
        Some(page) => out.push_str(&format!(", page {page}")),
        None if last.paragraph > first.paragraph => {
            out.push_str(&format!(", paragraphs {} to {}", first.paragraph, last.paragraph));
        }
        None if first.paragraph > 0 => out.push_str(&format!(", paragraph {}", first.paragraph)),
        None => {}
    }
    out
}
