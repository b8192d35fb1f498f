//! What the two schools call the same thing: exchanged words of linked sentences in, pairs of terms with counts and examples out.
//!
//! Where a sentence says the same in both policies but for one to three words, those words stand for each other there. A pair of
//! terms is kept if it recurs, if it is what either word is mostly exchanged for, and if the schools do not use the two words
//! the other way round as well. Precise rather than many: a pair that is seen once is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::{Class, Document};

use super::diff::has_substance;
use super::lexicon::{Lex, meaning};
use super::rules::{Pair, Side};
use super::{Comparison, Quote};

/// Least likeness of two sentences whose different words may stand for each other.
const ALIKE: f32 = 0.6;
/// Most words of a term.
const WORDS: usize = 3;
/// Least number of sentences in which a pair of terms is seen.
const SEEN: usize = 2;
/// Letters at the start that two forms of one word share: "inform" and "informed" are no two terms.
const SAME_START: usize = 4;
/// Examples kept of each pair of terms.
const EXAMPLES: usize = 3;

/// Words that stand for each other in two sentences that otherwise say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The first school's words.
    pub a: Quote,
    /// The second school's words.
    pub b: Quote,
    /// The sentence of the first.
    pub context_a: Quote,
    /// The sentence of the second.
    pub context_b: Quote,
}

/// Two terms for the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As the first school says, in lower case.
    pub a: String,
    /// As the second school says.
    pub b: String,
    /// Sentences in which one stands for the other.
    pub count: usize,
    /// Some of them: which pair of documents, counted as the comparisons given, and where.
    pub examples: Vec<(usize, Exchange)>,
}

/// The exchanged words of two sentences.
pub(super) fn exchanges(look: &Pair) -> Vec<Exchange> {
    if look.likeness < ALIKE {
        return Vec::new();
    }
    let edits = look.edits.iter().filter(|e| !e.a.is_empty() && !e.b.is_empty());
    edits
        .filter_map(|e| {
            let a = term(&look.a, e.a.clone())?;
            let b = term(&look.b, e.b.clone())?;
            let exchange = Exchange {
                a: look.a.tokens_quote(a.start, a.end),
                b: look.b.tokens_quote(b.start, b.end),
                context_a: look.a.sentence.quote(),
                context_b: look.b.sentence.quote(),
            };
            let (x, y) = (exchange.a.text(look.a.document), exchange.b.text(look.b.document));
            (!forms_of_one(&x.to_lowercase(), &y.to_lowercase())).then_some(exchange)
        })
        .collect()
}

/// The part of a change that can be a term: one to three words of which none asks for anything, counts or is a local fact.
fn term(side: &Side, range: Range<usize>) -> Option<Range<usize>> {
    let mut range = range;
    let thin = |at: usize| side.tokens.get(at).is_none_or(|t| !has_substance(t));
    while range.start < range.end && thin(range.start) {
        range.start += 1;
    }
    while range.start < range.end && thin(range.end - 1) {
        range.end -= 1;
    }
    let tokens = side.tokens.get(range.clone())?;
    let plain = tokens.iter().all(|t| {
        t.class == Class::Word
            && matches!(meaning(t.word), None | Some(Lex::Stop | Lex::DayKind(_) | Lex::Label))
    });
    let local = side.values.local.iter().any(|l| l.from < range.end && range.start < l.to);
    (plain && !local && (1..=WORDS).contains(&tokens.len())).then_some(range)
}

fn forms_of_one(x: &str, y: &str) -> bool {
    let same = x.chars().zip(y.chars()).take_while(|(p, q)| p == q).count();
    same >= SAME_START || x.starts_with(y) || y.starts_with(x)
}

/// The terms of a whole partnership: for each pair its two documents and what differs in them. Most frequent first; swapping the
/// schools swaps the terms.
pub fn terms(pairs: &[(&Document, &Document, &Comparison)]) -> Vec<Term> {
    let mut seen: BTreeMap<(String, String), Vec<(usize, Exchange)>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut of_a: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_b: BTreeMap<String, usize> = BTreeMap::new();
    for (at, (a, b, comparison)) in pairs.iter().enumerate() {
        for exchange in &comparison.exchanges {
            let (x, y) = (word(exchange.a.text(a)), word(exchange.b.text(b)));
            if x == y {
                continue;
            }
            // The same two sentences in several policies are seen once.
            let sentences = (exchange.context_a.text(a), exchange.context_b.text(b));
            if !told.insert((x.clone(), y.clone(), sentences)) {
                continue;
            }
            *of_a.entry(x.clone()).or_insert(0) += 1;
            *of_b.entry(y.clone()).or_insert(0) += 1;
            seen.entry((x, y)).or_default().push((at, *exchange));
        }
    }
    let total = |of: &BTreeMap<String, usize>, word: &str| of.get(word).copied().unwrap_or(0);
    let mut out: Vec<Term> = seen
        .iter()
        .filter(|((x, y), found)| {
            let count = found.len();
            let back = seen.get(&(y.clone(), x.clone())).map_or(0, Vec::len);
            // Mostly exchanged for each other, and not both ways round.
            count >= SEEN && 2 * count > total(&of_a, x) && 2 * count > total(&of_b, y) && count > 2 * back
        })
        .map(|((x, y), found)| Term {
            a: x.clone(),
            b: y.clone(),
            count: found.len(),
            examples: found.iter().take(EXAMPLES).copied().collect(),
        })
        .collect();
    // Neither side orders the list where the counts are equal.
    let key = |t: &Term| if t.a <= t.b { (t.a.clone(), t.b.clone()) } else { (t.b.clone(), t.a.clone()) };
    out.sort_by_cached_key(|t| (std::cmp::Reverse(t.count), key(t), t.a.clone()));
    out
}

/// A term as it is counted: in lower case, without a possessive ending, the plural as the singular.
fn word(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let lower = lower.strip_suffix("'s").or_else(|| lower.strip_suffix('\'')).unwrap_or(&lower);
    match lower {
        "children" => "child".into(),
        "families" => "family".into(),
        _ if lower.len() > 3 && !lower.ends_with("ss") => lower.strip_suffix('s').unwrap_or(lower).to_owned(),
        _ => lower.to_owned(),
    }
}
