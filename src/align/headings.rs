//! Which heading corresponds to which: the links of the blocks below them in, links of headings added.
//!
//! Headings differ because schools use different template families, so what stands below them counts first: the share of
//! linked blocks they have in common; then their own words. On labelled policies the votes of the blocks find four sections
//! in five, heading words alone one in three.

use crate::document::{BlockId, Class, Document, Kind, Role};
use crate::knowledge::Knowledge;

use super::{Link, Relation};

/// Weight of the votes, of the heading's words, and of a heading that names the same thing in another template family.
const VOTES: f32 = 0.75;
const WORDS: f32 = 0.35;
/// Least score of a link between headings; the same words alone, or half of the blocks in common, reach it.
const LEAST: f32 = 0.3;

/// Adds links between headings.
pub(super) fn link(a: &Document, b: &Document, knowledge: &Knowledge, links: &mut Vec<Link>) {
    let heads_a = headings(a, knowledge);
    let heads_b = headings(b, knowledge);
    let votes = votes(a, b, links);
    let (size_a, size_b) = (sizes(a), sizes(b));
    let mut place_b = vec![0usize; b.blocks.len()];
    for (place, head) in heads_b.iter().enumerate() {
        place_b[head.id as usize] = place;
    }
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    let mut shared_with = vec![0u32; heads_b.len()];
    for (i, x) in heads_a.iter().enumerate() {
        let from = votes.partition_point(|(id, _)| *id < x.id);
        let of_x = || votes[from..].iter().take_while(|(id, _)| *id == x.id);
        for (_, id) in of_x() {
            shared_with[place_b[*id as usize]] += 1;
        }
        for ((j, y), shared) in heads_b.iter().enumerate().zip(&shared_with) {
            // Without a vote, and without a word in common, there is nothing to score.
            let apart = x.bits & y.bits == 0 && (x.canonical.is_none() || x.canonical != y.canonical);
            // Two that name different things are not one because a passage moved: "Scope" does not become "Record keeping".
            let unlike = x.canonical.zip(y.canonical).is_some_and(|(x, y)| x != y);
            if *shared == 0 && apart || unlike || x.role != y.role {
                continue;
            }
            let total = (size_a[x.id as usize] + size_b[y.id as usize]).max(1);
            let share = 2.0 * *shared as f32 / total as f32;
            let score = (VOTES * share + WORDS * likeness(x, y)).min(1.0);
            if score >= LEAST {
                candidates.push(((score * 1e6) as u32, i, j));
            }
        }
        for (_, id) in of_x() {
            shared_with[place_b[*id as usize]] = 0;
        }
    }
    candidates.sort_by_key(|(score, i, j)| (std::cmp::Reverse(*score), i + j, i.abs_diff(*j)));
    let mut used_a = vec![false; heads_a.len()];
    let mut used_b = vec![false; heads_b.len()];
    for (score, i, j) in candidates {
        if used_a[i] || used_b[j] {
            continue;
        }
        used_a[i] = true;
        used_b[j] = true;
        let (x, y) = (&heads_a[i], &heads_b[j]);
        let relation = if x.words == y.words { Relation::Same } else { Relation::Reworded };
        links.push(Link {
            a: vec![x.id],
            b: vec![y.id],
            pairs: vec![(x.id, y.id)],
            relation,
            moved: false,
            score: score as f32 / 1e6,
        });
    }
}

struct Heading<'k> {
    id: BlockId,
    role: Role,
    /// Fingerprints in order.
    words: Vec<u64>,
    /// Distinct stems, ascending.
    stems: Vec<u64>,
    /// One bit for each stem; headings without a bit in common have no stem in common.
    bits: u64,
    /// What it names, whatever its words.
    canonical: Option<&'k str>,
}

fn headings<'k>(document: &Document, knowledge: &'k Knowledge) -> Vec<Heading<'k>> {
    (0..)
        .zip(&document.blocks)
        .filter(|(_, block)| block.kind == Kind::Heading)
        .map(|(id, block)| {
            let tokens = document.tokens(id);
            let words = tokens.iter().filter(|t| t.class != Class::Mark).map(|t| t.word).collect();
            let mut stems: Vec<u64> =
                tokens.iter().filter(|t| t.class != Class::Mark).map(|t| t.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            let bits = stems.iter().fold(0, |bits, stem| bits | 1 << (stem % 64));
            let canonical = knowledge.headings().find(&block.text).map(|h| h.id.as_str());
            Heading { id, role: block.role, words, stems, bits, canonical }
        })
        .collect()
}

/// 1.0 the same words, 0.8 the same thing by the dictionary of headings, else the shared share of their words.
fn likeness(x: &Heading, y: &Heading) -> f32 {
    if !x.words.is_empty() && x.words == y.words {
        return 1.0;
    }
    if x.canonical.is_some() && x.canonical == y.canonical {
        return 0.8;
    }
    if x.bits & y.bits == 0 {
        return 0.0;
    }
    let shared = x.stems.iter().filter(|s| y.stems.binary_search(s).is_ok()).count();
    2.0 * shared as f32 / (x.stems.len() + y.stems.len()).max(1) as f32 * 0.7 // shared words are often "policy", "school"
}

/// The pairs of headings that enclose linked blocks, at any depth: in order, as often as they do.
fn votes(a: &Document, b: &Document, links: &[Link]) -> Vec<(BlockId, BlockId)> {
    let mut votes = Vec::new();
    for link in links {
        for x in &link.a {
            for y in &link.b {
                for p in a.above(*x) {
                    votes.extend(b.above(*y).map(|q| (p, q)));
                }
            }
        }
    }
    votes.sort_unstable();
    votes
}

/// How many blocks that are no headings stand below each block, at any depth; one entry a block.
fn sizes(document: &Document) -> Vec<u32> {
    let mut sizes = vec![0; document.blocks.len()];
    for (id, block) in (0..).zip(&document.blocks) {
        if block.kind != Kind::Heading {
            for above in document.above(id) {
                sizes[above as usize] += 1;
            }
        }
    }
    sizes
}
