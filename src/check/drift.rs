//! How a school's copy moved away from what was adopted: the adopted text and the copy in, one finding for each changed passage
//! out.
//!
//! 1. `run`: both texts as one run of words each, so that other pages, numbers, paragraphs or file formats are no drift.
//! 2. `same`: where the two runs differ and still say the same.
//! 3. Where they do not, the difference rules say what the change does.

mod run;
mod same;

use std::collections::{BTreeMap, BTreeSet};

use crate::align::align;
use crate::compare::{Context, Difference, DifferenceKind, Quote, Weight, compare, edits};
use crate::document::{BlockId, Document, Partnership, School};

use super::baseline::aside;
use super::{Baseline, Found, Setting, Severity, in_words};

use run::Run;

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
    copy(setting, baseline, school).map_or_else(Vec::new, |at| of_copy(setting, baseline, school, at))
}

/// The same of one of the school's files, whether it is the copy in force or not.
pub(super) fn of_copy(setting: &Setting, baseline: &Baseline, school: &School, at: usize) -> Vec<Found> {
    let (adopted, present) = (baseline.document(), &setting.documents[at]);
    let names = run::names(setting.partnership);
    let before = Run::of(&adopted, &baseline.aside, &names, setting.knowledge);
    let after = Run::of(present, &aside(present), &names, setting.knowledge);
    if before.same(&after) {
        return Vec::new();
    }
    let Some(raw) = edits(&before.words, &after.words) else {
        let says =
            "The copy differs from what was adopted; it is too long to be compared word for word.".to_owned();
        return vec![Found { document: Some(at), says, ..Found::default() }];
    };
    let counterpart = counterparts(&before, &after, &raw);
    let [lost, new] = same::leave(&before, &after, raw);
    let mut passages: BTreeMap<Passage, [Vec<Quote>; 2]> = BTreeMap::new();
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
