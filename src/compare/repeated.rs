//! Sentences that stand word for word in many policies: documents in, how many hold a sentence out.
//!
//! Policies made from one template, and a school's own stock phrases, say the same in each policy: "All staff read this policy when
//! they join." A reader of one pair wants to see past them to what is the policy's own, and decides about them once, not in
//! every policy. Words and figures are compared, marks and case are not; a sentence in other words is another sentence.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

use crate::document::{Class, Document, Kind, Role};

use super::Quote;
use super::sentences::{Sentence, sentences};

/// Policies from which on a sentence is a stock one. One topic's policy at each of two schools makes two.
const MANY: usize = 3;
/// Fewest words of a sentence that is worth telling: shorter ones recur by chance.
const WORDS: usize = 5;

/// The sentences that recur.
#[derive(Clone, Debug, Default)]
pub struct Repeated {
    places: FxHashMap<u64, Vec<(usize, Quote)>>,
}

impl Repeated {
    /// Of documents with their numbers; only one edition of each policy should be among them. Cost: one pass over all words.
    pub fn of<'d>(documents: impl Iterator<Item = (usize, &'d Document)>) -> Self {
        let mut places: FxHashMap<u64, Vec<(usize, Quote)>> = FxHashMap::default();
        for (id, document) in documents {
            for (at, block) in (0..).zip(&document.blocks) {
                if block.role != Role::Body || block.kind == Kind::Heading {
                    continue;
                }
                for sentence in sentences(document, at) {
                    let Some(key) = fingerprint(document, &sentence) else { continue };
                    let list = places.entry(key).or_default();
                    if list.last().is_none_or(|(last, _)| *last != id) {
                        list.push((id, sentence.quote()));
                    }
                }
            }
        }
        places.retain(|_, list| list.len() >= MANY);
        Self { places }
    }

    /// In how many policies a sentence stands; none if in fewer than three.
    pub fn policies(&self, document: &Document, quote: Quote) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        let sentence = sentences(document, quote.block).into_iter().find(|s| s.quote() == quote)?;
        self.places.get(&fingerprint(document, &sentence)?).map(Vec::len)
    }

    /// In how many policies the sentence stands that recurs least of those of a block; none if one is the policy's own.
    pub fn block(&self, document: &Document, block: u32) -> Option<usize> {
        if self.places.is_empty() {
            return None;
        }
        let all = sentences(document, block);
        let counts = all.iter().map(|s| self.places.get(&fingerprint(document, s)?).map(Vec::len));
        counts.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// Every sentence that recurs, as the documents and places where it stands: most policies first, then by place.
    pub fn all(&self) -> Vec<&[(usize, Quote)]> {
        let mut all: Vec<&[(usize, Quote)]> = self.places.values().map(Vec::as_slice).collect();
        let first = |l: &[(usize, Quote)]| l.first().map(|(id, q)| (*id, q.block, q.start));
        all.sort_by_key(|l| (std::cmp::Reverse(l.len()), first(l)));
        all
    }
}

/// The sentence's words as one number; none if it is too short to tell.
fn fingerprint(document: &Document, sentence: &Sentence) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut words = 0;
    for token in sentence.tokens(document).iter().filter(|t| t.class != Class::Mark) {
        token.word.hash(&mut hasher);
        words += 1;
    }
    (words >= WORDS).then(|| hasher.finish())
}
