//! Blocks of one policy ↔ blocks of the other: two documents in, links out.
//!
//! The steps, each in a file of its own:
//!
//! 1. `terms`: every word becomes the number of its root, which `roots` finds by taking the endings off. `passages`: blocks,
//!    sentences and sections become vectors of weighted terms (log term frequency × inverse frequency over both documents).
//! 2. `promising`: the pairs worth a look, the best of each row and column. `votes`: which sentences stand out as each other's
//!    counterpart, and how alike the best two of each pair are. `overlap`: what the words that two blocks share weigh.
//!    `similarity` puts together what is known of a pair: words, sentences, sections, neighbours, rank among rivals, and how much
//!    the two documents have to do with each other; `measures` has the logistic function of these that is the pair's score.
//!    `known`: what tells the same of its policy belongs together whatever its words are, and so do passages that name the holder of
//!    one office (`offices`), and the items of a list and the sentence that names them (`lists`).
//! 3. `assign`: the best pairs first, one to one; then what is left over joins a linked block (split and joined passages), and
//!    short items follow an item near them, and groups that a sentence ties together become one. What scores next best is suggested, never linked.
//! 4. `headings`: headings follow the links of the blocks they enclose, helped by their own words.
//! 5. `order`: links off the heaviest chain in both documents' order are moved.
//!
//! Everything is a function of both sides alike: swapping the documents gives the mirrored links.
//!
//! **Where the numbers come from.** Weights and bars were set on ten hand-labelled pairs of real policies (239 links) and two
//! published mappings (697 links), in eight families of organisations. Last column: the weights fitted on seven families and
//! tried on the eighth, in turn, by a model of this room in another language; the bars are the same there. That model knows neither
//! groups that a sentence ties together nor names of sections, which brought .773 to .797 and .913 to .941 with the weights as they
//! were, nor what `known` knows, which brought .797 to .814. `known` was written for what was missed in one of these pairs, so that the
//! gain there (.353 to .579) is no forecast: on 48 pairs of real nurseries' files that nobody labelled it put five lists beside a
//! sentence, three rightly, one wrongly, one that can be seen either way.
//!
//! | F1 (precision / recall) | now | before these three | the same, weights without the family |
//! |---|---|---|---|
//! | ten hand-labelled pairs | .814 (.966 / .703) | .773 | .763 |
//! | three of them, written apart | .516 (.762 / .390) | .367 | .353 |
//! | OWASP ASVS 4.0.3 to 5.0.0 | .692 (.843 / .586) | .695 | .702 |
//! | NIST SP 800-53 revision 4 to 5 | .941 (.961 / .921) | .913 | .907 |
//!
//! **What it cannot do.** Of the hand-labelled links it misses, two in five share no word that is not common all over the
//! documents: words alone cannot find them, and a synonym list of sixty groups brought nothing. A sentence embedding (MiniLM, 22
//! million weights) as a further measure of units and of sentences, fitted leaving each case out, gave .778 where the same model
//! without it has .787 on hand-labelled pairs, .452 for .375 on those written apart at a precision of .44 for .52, .695 for .667 on ASVS
//! and .942 for .940 on NIST, so that it is not in the program. Policies written apart are linked wrongly one time in four. A block
//! whose counterparts have other counterparts themselves gets only those of them for which a sentence speaks. Of ten suggestions one
//! or two are right.
//!
//! **Cost.** Linear in the text plus one step for every pair of blocks and of sentences and every word that the two share, up to a
//! bound above which only pairs with a rare word in common count; at most 24 scored pairs a block.

mod assign;
mod headings;
mod known;
mod lists;
mod measures;
mod offices;
mod order;
mod overlap;
mod passages;
mod promising;
mod roots;
mod similarity;
mod terms;
mod votes;

use crate::document::{BlockId, Class, Document, Kind, Role};
use crate::knowledge::Knowledge;

pub(crate) use order::on_every_chain;
pub(crate) use roots::root;
pub(crate) use terms::root_of;

/// How two linked passages relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same words; marks, case and formatting may differ.
    Same,
    /// Other words, nothing to decide.
    Reworded,
    /// Something to decide or to check differs.
    Changed,
    /// One side is a part of the other: split or joined.
    Partial,
}

/// Blocks that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Blocks of the first document, ascending, at least one.
    pub a: Vec<BlockId>,
    /// Blocks of the second document, ascending, at least one.
    pub b: Vec<BlockId>,
    /// Which block corresponds to which, ascending; every block of the link is in one at least.
    pub pairs: Vec<(BlockId, BlockId)>,
    /// [`crate::compare`] refines `Reworded` to `Changed` where it finds something to decide.
    pub relation: Relation,
    /// Stands elsewhere in the order of the other document.
    pub moved: bool,
    /// 0.0 nothing in common, 1.0 equal; symmetric.
    pub score: f32,
}

/// Two blocks without a link that may be the same point; each block stands in one suggestion at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    /// A block of the first document.
    pub a: BlockId,
    /// A block of the second.
    pub b: BlockId,
    /// As [`Link::score`], below that of any link.
    pub score: f32,
}

/// Every block of both documents exactly once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// In order of the first document.
    pub links: Vec<Link>,
    /// Blocks of the first document that correspond to nothing, ascending.
    pub only_a: Vec<BlockId>,
    /// The same of the second.
    pub only_b: Vec<BlockId>,
    /// Pairs among those that may be the same point: a question for a reader, no link; in order of the first document.
    pub suggestions: Vec<Suggestion>,
    /// Why the result is poorer than asked for, if it is.
    pub coarse: Option<String>,
}

/// Aligns two documents; symmetric: swapping them gives the mirrored links.
///
/// Cost: see the top of this file.
pub fn align(a: &Document, b: &Document, knowledge: &Knowledge) -> Alignment {
    let units_a = units(a);
    let units_b = units(b);
    let numbered = terms::number(a, &units_a, b, &units_b);
    let scores = similarity::score(a, &units_a, b, &units_b, &numbered, knowledge.roles());
    let assigned = assign::assign(&scores, &numbered);
    let mut links: Vec<Link> = assigned
        .groups
        .into_iter()
        .map(|group| {
            let a_ids: Vec<BlockId> = group.a.iter().map(|u| units_a[*u]).collect();
            let b_ids: Vec<BlockId> = group.b.iter().map(|u| units_b[*u]).collect();
            let relation = relation(a, &a_ids, b, &b_ids);
            let pairs = group.pairs.iter().map(|(x, y)| (units_a[*x], units_b[*y])).collect();
            Link { a: a_ids, b: b_ids, pairs, relation, moved: false, score: group.score }
        })
        .collect();
    headings::link(a, b, knowledge, &mut links);
    order::mark_moved(a, b, &mut links);
    let only_a = unlinked(a, links.iter().flat_map(|l| &l.a));
    let only_b = unlinked(b, links.iter().flat_map(|l| &l.b));
    // Only what a policy says is worth a question.
    let is_body = |x: &BlockId| a.blocks.get(*x as usize).is_some_and(|block| block.role == Role::Body);
    let suggestions = assigned.suggestions.into_iter().filter(|(i, ..)| is_body(&units_a[*i]));
    let suggestions = suggestions
        .map(|(i, j, score)| Suggestion { a: units_a[i], b: units_b[j], score: score as f32 / 1e6 })
        .collect();
    Alignment { links, only_a, only_b, suggestions, coarse: scores.coarse }
}

/// The blocks that are linked by their words: all but headings and blocks without a word.
fn units(document: &Document) -> Vec<BlockId> {
    (0..)
        .zip(&document.blocks)
        .filter(|(id, block)| {
            block.kind != Kind::Heading && document.tokens(*id).iter().any(|t| t.class != Class::Mark)
        })
        .map(|(id, _)| id)
        .collect()
}

/// Same words on both sides, one block each: the same. Several blocks on a side: partial.
fn relation(a: &Document, a_ids: &[BlockId], b: &Document, b_ids: &[BlockId]) -> Relation {
    match (a_ids, b_ids) {
        ([x], [y]) if same_words(a, *x, b, *y) => Relation::Same,
        ([_], [_]) => Relation::Reworded,
        _ => Relation::Partial,
    }
}

/// Whether two blocks hold the same words and numbers in the same order.
fn same_words(a: &Document, x: BlockId, b: &Document, y: BlockId) -> bool {
    let [x, y] = [a.tokens(x), b.tokens(y)].map(|tokens| tokens.iter().filter(|t| t.class != Class::Mark));
    x.map(|t| t.word).eq(y.map(|t| t.word))
}

fn unlinked<'a>(document: &Document, linked: impl Iterator<Item = &'a BlockId>) -> Vec<BlockId> {
    let mut seen = vec![false; document.blocks.len()];
    for id in linked {
        if let Some(slot) = seen.get_mut(*id as usize) {
            *slot = true;
        }
    }
    (0..).zip(seen).filter(|(_, seen)| !seen).map(|(id, _)| id).collect()
}
