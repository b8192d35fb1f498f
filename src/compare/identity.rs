//! Stable names of differences: kind, section and texts in, an id out that survives renumbering and new paragraphs.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::Xxh3;

use crate::document::Document;
use crate::knowledge::folded;

use super::{Difference, Quote};

/// Names all differences of a pair. Two that say the same in the same section are told apart by a count.
pub(super) fn name(differences: &mut [Difference], a: &Document, b: &Document) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for difference in differences {
        let mut hash = Xxh3::new();
        for (document, quote, context) in
            [(a, difference.a, difference.context_a), (b, difference.b, difference.context_b)]
        {
            for part in [heading(document, quote), text(document, quote), text(document, context)] {
                hash.update(part.as_bytes());
                hash.update(&[0]);
            }
        }
        let kind = serde_json::to_value(difference.kind).ok();
        let kind = kind.as_ref().and_then(|k| k.as_str()).unwrap_or("difference").replace('_', "-");
        let id = format!("{kind}-{:010x}", hash.digest() >> 24);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        difference.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

fn text(document: &Document, quote: Option<Quote>) -> String {
    quote.map_or_else(String::new, |q| folded(q.text(document)))
}

/// The enclosing heading without its number.
fn heading(document: &Document, quote: Option<Quote>) -> String {
    let parent = quote.and_then(|q| document.blocks.get(q.block as usize)).and_then(|b| b.parent);
    parent.and_then(|p| document.blocks.get(p as usize)).map_or_else(String::new, |b| folded(&b.text))
}
