//! Stable names of differences: kind, section and texts in, an id out that survives renumbering and new paragraphs, and is the same
//! whichever school comes first.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::document::Document;
use crate::knowledge::folded;

use super::{Difference, DifferenceKind, Quote};

/// Names all differences of a pair. Two that say the same in the same section are told apart by a count.
pub(super) fn name(differences: &mut [Difference], a: &Document, b: &Document) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut texts = [Folded::of(a), Folded::of(b)];
    let mut kinds: BTreeMap<DifferenceKind, String> = BTreeMap::new();
    for difference in differences {
        let quotes = [(difference.a, difference.context_a), (difference.b, difference.context_b)];
        let mut sides = [0; 2];
        for ((side, texts), (quote, context)) in sides.iter_mut().zip(&mut texts).zip(quotes) {
            let mut hash = Xxh3::new();
            for part in [texts.heading(quote), quote, context] {
                hash.update(texts.folded(part).as_bytes());
                hash.update(&[0]);
            }
            *side = hash.digest();
        }
        // Whichever school is called the first.
        sides.sort_unstable();
        let mut hash = Xxh3::new();
        sides.iter().for_each(|side| hash.update(&side.to_le_bytes()));
        let kind = kinds.entry(difference.kind).or_insert_with(|| named(difference.kind));
        let id = format!("{kind}-{:010x}", hash.digest() >> 24);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        difference.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

/// A kind as an id has it: "time-limit".
fn named(kind: DifferenceKind) -> String {
    let kind = serde_json::to_value(kind).ok();
    kind.as_ref().and_then(|k| k.as_str()).unwrap_or("difference").replace('_', "-")
}

/// The texts of one document, each folded once: headings and sentences are asked for by many differences.
struct Folded<'d> {
    document: &'d Document,
    known: FxHashMap<Quote, String>,
}

impl<'d> Folded<'d> {
    fn of(document: &'d Document) -> Self {
        Self { document, known: FxHashMap::default() }
    }

    /// The heading that encloses a quote.
    fn heading(&self, quote: Option<Quote>) -> Option<Quote> {
        let parent = self.document.blocks.get(quote?.block as usize)?.parent?;
        let end = u32::try_from(self.document.blocks.get(parent as usize)?.text.len()).ok()?;
        Some(Quote { block: parent, start: 0, end })
    }

    /// A text in plain small letters, a heading without its number.
    fn folded(&mut self, quote: Option<Quote>) -> &str {
        let document = self.document;
        quote.map_or("", |q| self.known.entry(q).or_insert_with(|| folded(q.text(document))))
    }
}
