//! How a school's copy moved away from what was adopted: the adopted text and the copy in, one finding for each changed passage
//! out.
//!
//! Both texts are taken as one run of words each, so that other pages, numbers, paragraphs or file formats are no drift. Local facts,
//! the schools' names and the numbers of sections stand for themselves whatever they are; annexes and contacts are left out. Where the
//! words differ, the difference rules say what the change does.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::Xxh3;

use crate::align::align;
use crate::compare::{Context, Difference, DifferenceKind, Quote, Weight, compare, edits, local_facts};
use crate::document::tokens::fingerprint;
use crate::document::{BlockId, Class, Document, Partnership, Role, School, Token, tokens};
use crate::knowledge::{Knowledge, Zone};

use super::{Baseline, Found, Setting, Severity, in_words};

/// A run of words that stands somewhere else in the other text was moved; shorter runs stand anywhere by accident.
const MOVED_WORDS: usize = 5;

/// A passage: its block in what was adopted and in the copy; one of them where it is missing or was added.
type Passage = (Option<BlockId>, Option<BlockId>);

/// The school's copy of an adopted policy; of several on its topic the one that shares most words.
pub(super) fn copy(setting: &Setting, baseline: &Baseline, school: &School) -> Option<usize> {
    let of_topic: Vec<usize> = setting
        .register
        .in_force()
        .into_iter()
        .filter(|d| setting.documents.get(*d).is_some_and(|x| x.school == school.id))
        .filter(|d| {
            let topic = setting.register.topics.get(*d).and_then(Option::as_deref);
            topic == Some(baseline.topic.as_str())
                || setting.documents.get(*d).is_some_and(|x| x.title.eq_ignore_ascii_case(&baseline.title))
        })
        .collect();
    if let [one] = of_topic.as_slice() {
        return Some(*one);
    }
    let words = |d: &Document| -> BTreeSet<u64> {
        (0..d.blocks.len() as u32).flat_map(|b| d.tokens(b).iter().map(|t| t.stem)).collect()
    };
    let adopted = words(&baseline.document());
    of_topic.into_iter().max_by_key(|d| {
        let shared = words(&setting.documents[*d]).intersection(&adopted).count();
        (shared, std::cmp::Reverse(*d))
    })
}

/// All passages of a school's copy that drifted.
pub(super) fn drift(setting: &Setting, baseline: &Baseline, school: &School) -> Vec<Found> {
    let Some(at) = copy(setting, baseline, school) else { return Vec::new() };
    let (adopted, present) = (baseline.document(), &setting.documents[at]);
    let names = school_names(setting.partnership);
    let before = Run::of(&adopted, &names, setting.knowledge);
    let after = Run::of(present, &names, setting.knowledge);
    if before.same(&after) {
        return Vec::new();
    }
    let Some(raw) = edits(&before.words, &after.words) else {
        let says =
            "The copy differs from what was adopted; it is too long to be compared word for word.".to_owned();
        return vec![Found { document: Some(at), says, ..Found::default() }];
    };
    let mut lost: Vec<(usize, usize)> =
        raw.iter().map(|e| (e.a.start, e.a.end)).filter(|(s, e)| s < e).collect();
    let mut new: Vec<(usize, usize)> =
        raw.iter().map(|e| (e.b.start, e.b.end)).filter(|(s, e)| s < e).collect();
    forget_moved(&before, &after, &mut lost, &mut new);
    let mut passages: BTreeMap<Passage, [Vec<Quote>; 2]> = BTreeMap::new();
    let counterpart = counterparts(&before, &after, &raw);
    for (start, end) in lost {
        for quote in before.quotes(start, end) {
            let other = counterpart[0].get(&quote.block).copied();
            passages.entry((Some(quote.block), other)).or_default()[0].push(quote);
        }
    }
    for (start, end) in new {
        for quote in after.quotes(start, end) {
            let other = counterpart[1].get(&quote.block).copied();
            passages.entry((other, Some(quote.block))).or_default()[1].push(quote);
        }
    }
    let differences = differences(&adopted, present, school, setting, baseline);
    passages
        .into_iter()
        .map(|((a, b), quotes)| told([&adopted, present], a, b, &quotes, &differences, at))
        .collect()
}

/// One passage in words, with what the change does.
fn told(
    [adopted, present]: [&Document; 2],
    a: Option<BlockId>,
    b: Option<BlockId>,
    [lost, new]: &[Vec<Quote>; 2],
    differences: &[Difference],
    at: usize,
) -> Found {
    let touches = |q: Option<Quote>, quotes: &[Quote]| {
        q.is_some_and(|q| quotes.iter().any(|x| x.block == q.block && x.start < q.end && q.start < x.end))
    };
    let mut says: Vec<&str> =
        differences.iter().filter(|d| touches(d.a, lost) || touches(d.b, new)).map(effect).collect();
    says.dedup();
    let whole = |document: &Document, block: Option<BlockId>| {
        block.and_then(|b| document.blocks.get(b as usize)).map(|b| b.text.clone())
    };
    let joined = |document: &Document, quotes: &[Quote]| {
        quotes.iter().map(|q| q.text(document)).collect::<Vec<_>>().join(" … ")
    };
    let severity = if says.is_empty() { Severity::Warning } else { Severity::Error };
    let what = match (a, b) {
        (Some(_), None) => "A passage that was adopted is missing.".to_owned(),
        (None, Some(_)) => "A passage was added that was not adopted.".to_owned(),
        _ => match (joined(adopted, lost), joined(present, new)) {
            (was, is) if is.is_empty() => format!("Words that were adopted are missing: “{was}”."),
            (was, is) if was.is_empty() => format!("Words were added that were not adopted: “{is}”."),
            (was, is) => format!("“{was}” became “{is}”."),
        },
    };
    let says = if says.is_empty() { what } else { format!("{what} {}", says.join(" ")) };
    // The whole passage is the place, so that a reader finds it; what was removed has its place in what was adopted.
    let place = b.and_then(|block| {
        let end = u32::try_from(present.blocks.get(block as usize)?.text.len()).ok()?;
        Some(Quote { block, start: 0, end })
    });
    let removed = a.filter(|_| b.is_none()).map(|block| {
        let quote = Quote { block, start: 0, end: 0 };
        format!("adopted {}", in_words(adopted, quote))
    });
    Found {
        severity: Some(severity),
        document: Some(at),
        place,
        r#where: removed,
        says,
        adopted: whole(adopted, a),
        ..Found::default()
    }
}

/// What a difference means in a copy.
fn effect(difference: &Difference) -> &str {
    match (difference.kind, difference.a) {
        (DifferenceKind::Step, Some(_)) => "A step or a duty that was adopted is gone.",
        (DifferenceKind::Step, None) => "A step or a duty was added.",
        _ => &difference.says,
    }
}

/// What the change does, by the rules that compare two schools' policies.
fn differences(
    adopted: &Document,
    present: &Document,
    school: &School,
    setting: &Setting,
    baseline: &Baseline,
) -> Vec<Difference> {
    let mut partnership = Partnership::of_names("The adopted policy", &school.name);
    partnership.schools[1].phases.clone_from(&school.phases);
    let context = Context {
        partnership: &partnership,
        knowledge: setting.knowledge,
        topic: Some(baseline.topic.as_str()),
        holdings: None,
        today: setting.today,
    };
    let alignment = align(adopted, present, setting.knowledge);
    let comparison = compare(adopted, present, alignment, &context);
    comparison.differences.into_iter().filter(|d| d.weight == Weight::Decide).collect()
}

/// The names of both schools, each as the stems of its words, longest first.
fn school_names(partnership: &Partnership) -> Vec<Vec<u64>> {
    let names = partnership.schools.iter().flat_map(|s| s.also.iter().chain([&s.name]));
    let stems = |name: &String| tokens::split(name).iter().map(|t| t.stem).collect::<Vec<u64>>();
    // One word ("infant", a folder's name) is no name that could be told from the word itself.
    let mut out: Vec<Vec<u64>> = names.map(stems).filter(|n| n.len() > 1).collect();
    out.sort_by_key(|n| std::cmp::Reverse(n.len()));
    out
}

/// A document as one run of words.
struct Run {
    words: Vec<Token>,
    /// Block of each word.
    blocks: Vec<BlockId>,
}

impl Run {
    fn of(document: &Document, names: &[Vec<u64>], knowledge: &Knowledge) -> Self {
        let mut run = Self { words: Vec::new(), blocks: Vec::new() };
        for (id, block) in (0..).zip(&document.blocks) {
            if block.role == Role::Body && !is_annex(document, id, knowledge) {
                run.add(&block.text, document.tokens(id), id, names);
            }
        }
        run
    }

    fn add(&mut self, text: &str, tokens: &[Token], block: BlockId, names: &[Vec<u64>]) {
        let facts = local_facts(text, tokens);
        let mut facts = facts.iter().peekable();
        let mut at = 0;
        let mut numbered = false;
        while let Some(token) = tokens.get(at) {
            while facts.next_if(|f| f.to <= at).is_some() {}
            let fact = facts.peek().filter(|f| f.from == at).map(|f| (f.to, f.kind.name()));
            let name = names.iter().find(|n| {
                let slice = tokens.get(at..at + n.len());
                slice.is_some_and(|s| s.iter().zip(*n).all(|(t, stem)| t.stem == *stem))
            });
            let stands_for = name.map(|n| (at + n.len(), "school")).or(fact);
            if let Some((to, what)) = stands_for {
                let end = tokens.get(to - 1).map_or(token.end, |t| t.end);
                self.push(Token { word: fingerprint(what), end, ..*token }, block);
                at = to;
                numbered = false;
                continue;
            }
            let piece = text.get(token.start as usize..token.end as usize).unwrap_or("");
            if token.class == Class::Number && numbered {
                self.push(Token { word: fingerprint("#"), ..*token }, block);
            } else if token.class != Class::Mark {
                self.push(*token, block);
            }
            numbered = ["section", "sections", "paragraph", "page", "appendix", "annex", "version", "part"]
                .iter()
                .any(|w| piece.eq_ignore_ascii_case(w));
            at += 1;
        }
    }

    fn push(&mut self, token: Token, block: BlockId) {
        self.words.push(token);
        self.blocks.push(block);
    }

    fn same(&self, other: &Self) -> bool {
        self.words.len() == other.words.len()
            && self.words.iter().zip(&other.words).all(|(x, y)| x.word == y.word)
    }

    /// A run of words as quotes, one for each block.
    fn quotes(&self, start: usize, end: usize) -> Vec<Quote> {
        let mut out: Vec<Quote> = Vec::new();
        for at in start..end {
            let (Some(token), Some(block)) = (self.words.get(at), self.blocks.get(at)) else { continue };
            match out.last_mut().filter(|q| q.block == *block) {
                Some(quote) => quote.end = token.end,
                None => out.push(Quote { block: *block, start: token.start, end: token.end }),
            }
        }
        out
    }

    fn hash(&self, start: usize, end: usize) -> u64 {
        let mut hash = Xxh3::new();
        for token in self.words.get(start..end).unwrap_or(&[]) {
            hash.update(&token.word.to_le_bytes());
        }
        hash.digest()
    }
}

/// An annex, a form or a list of contacts: each school has its own.
fn is_annex(document: &Document, block: BlockId, knowledge: &Knowledge) -> bool {
    let mut above = document.section(block);
    above.push(block);
    above.iter().filter_map(|h| document.blocks.get(*h as usize)).any(|heading| {
        let annex = |text: &str| {
            let first = text.split([' ', ':']).next().unwrap_or("").to_lowercase();
            ["appendix", "annex", "annexe"].contains(&first.as_str())
        };
        heading.kind == crate::document::Kind::Heading
            && (heading.marker.as_deref().is_some_and(annex)
                || annex(&heading.text)
                || knowledge
                    .headings()
                    .find(&heading.text)
                    .is_some_and(|h| matches!(h.zone, Zone::Appendix | Zone::Local | Zone::Control)))
    })
}

/// For each text the block of the other one that the most words of a block stand in.
fn counterparts(before: &Run, after: &Run, raw: &[crate::compare::Edit]) -> [BTreeMap<BlockId, BlockId>; 2] {
    let mut shared: BTreeMap<(BlockId, BlockId), usize> = BTreeMap::new();
    let (mut i, mut j) = (0, 0);
    for edit in raw
        .iter()
        .map(|e| (e.a.clone(), e.b.clone()))
        .chain([(before.words.len()..before.words.len(), after.words.len()..after.words.len())])
    {
        while i < edit.0.start && j < edit.1.start {
            *shared.entry((before.blocks[i], after.blocks[j])).or_insert(0) += 1;
            i += 1;
            j += 1;
        }
        (i, j) = (edit.0.end, edit.1.end);
    }
    let mut out = [BTreeMap::new(), BTreeMap::new()];
    let mut pairs: Vec<((BlockId, BlockId), usize)> = shared.into_iter().collect();
    pairs.sort_by_key(|((a, b), count)| (std::cmp::Reverse(*count), *a, *b));
    for ((a, b), _) in pairs {
        out[0].entry(a).or_insert(b);
        out[1].entry(b).or_insert(a);
    }
    out
}

/// Takes out runs that were lost in one place and stand, the same, in another.
fn forget_moved(before: &Run, after: &Run, lost: &mut Vec<(usize, usize)>, new: &mut Vec<(usize, usize)>) {
    let mut by_hash: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
    for (s, e) in new.iter().filter(|(s, e)| e - s >= MOVED_WORDS) {
        by_hash.entry(after.hash(*s, *e)).or_default().push((*s, *e));
    }
    lost.retain(|(s, e)| {
        let twin = (e - s >= MOVED_WORDS)
            .then(|| by_hash.get_mut(&before.hash(*s, *e)).and_then(Vec::pop))
            .flatten();
        if let Some(twin) = twin {
            new.retain(|n| *n != twin);
        }
        twin.is_none()
    });
}
