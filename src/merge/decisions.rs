//! What people decided: records of the log in, one settlement out; the same whatever order the logs are read in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::compare::{Comparison, Difference, Quote};
use crate::document::{BlockId, Document, School};
use crate::knowledge::folded;

use super::Side;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// The first school's wording.
    A,
    /// The second school's wording.
    B,
    /// Both, each labelled with its school.
    Both,
    /// Wording of one's own.
    Own,
    /// Each school keeps its own, with a reason and a day on which that is looked at again.
    Local,
    /// Neither: what either school says about it is left out.
    Neither,
}

/// One record of the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Decision {
    /// The day.
    pub on: Date,
    /// How many records that person's log had before it on the machine where it was written; orders the records of a day.
    pub number: u64,
    /// Who.
    pub by: String,
    /// The difference it is about, or the sentences if nothing of weight differs in them: see [`sentence_id`].
    pub id: String,
    /// What was decided.
    pub take: Take,
    /// The wording, if it is one's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub own: String,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// When a local difference is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Date>,
    /// The ids of the two schools, first and second: a decision made with the schools the other way round is turned round.
    pub schools: [String; 2],
    /// Fingerprints of the two sentences it saw; none where a school says nothing.
    pub saw: [Option<String>; 2],
    /// The policy it is about, in words.
    pub policy: String,
    /// Fingerprint of the file that it was read from, if it came back in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_from: Option<String>,
}

/// What holds for one difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// All who decided agree.
    Agreed(Vec<Decision>),
    /// They do not.
    Contested(Vec<Decision>),
}

/// What holds for every difference that anybody decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    by_id: BTreeMap<String, Settled>,
}

impl Settlement {
    /// Folds records in any order, doubled ones included: each person's latest word counts; two answers that one person gave on two machines on
    /// the same day contest each other. `schools` are the ids of the first and the second school now.
    pub fn fold(records: impl IntoIterator<Item = Decision>, schools: [&str; 2]) -> Self {
        let mut latest: BTreeMap<(String, String), Vec<Decision>> = BTreeMap::new();
        for record in records {
            let Some(record) = record.turned(schools) else { continue };
            let mine = latest.entry((record.id.clone(), record.by.clone())).or_default();
            let when = |d: &Decision| (d.on, d.number);
            match mine.first().map(when) {
                Some(before) if before > when(&record) => {}
                Some(before) if before == when(&record) => mine.push(record),
                _ => *mine = vec![record],
            }
        }
        let mut by_id: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        for ((id, _), records) in latest {
            by_id.entry(id).or_default().extend(records);
        }
        let settle = |mut all: Vec<Decision>| {
            all.sort();
            all.dedup();
            let says = |d: &Decision| (d.take, d.own.clone());
            let agreed = all.windows(2).all(|w| says(&w[0]) == says(&w[1]));
            if agreed { Settled::Agreed(all) } else { Settled::Contested(all) }
        };
        Self { by_id: by_id.into_iter().map(|(id, all)| (id, settle(all))).collect() }
    }

    /// What holds for a difference, if its texts are still those that were decided on.
    pub fn of(&self, difference: &Difference, documents: [&Document; 2]) -> Option<&Settled> {
        let settled = self.by_id.get(&difference.id)?;
        let now = saw(difference, documents);
        settled.all().iter().all(|d| d.saw == now).then_some(settled)
    }

    /// What holds for two sentences that stand for each other, or for one that only one school has, if it was decided on by itself.
    pub(super) fn of_sentences(
        &self,
        about: [Option<Quote>; 2],
        documents: [&Document; 2],
    ) -> Option<&Settled> {
        if self.by_id.is_empty() || about == [None, None] {
            return None;
        }
        self.by_id.get(&sentence_id(about, documents))
    }

    /// What holds for a local fact at one school, if its texts are still those that were decided on.
    pub(super) fn of_fact(
        &self,
        difference: &Difference,
        school: &School,
        documents: [&Document; 2],
    ) -> Option<&Settled> {
        let settled = self.by_id.get(&fact_id(difference, school))?;
        let now = saw(difference, documents);
        settled.all().iter().all(|d| d.saw == now).then_some(settled)
    }

    /// What holds for the end of a paragraph where the other school has none, with the decisions it rests on.
    pub(super) fn of_end(&self, side: Side, block: BlockId, documents: [&Document; 2]) -> Option<&Settled> {
        if self.by_id.is_empty() {
            return None;
        }
        self.by_id.get(&end_id(side, block, documents))
    }

    /// Decisions about differences of these texts that are no longer there or no longer say what was decided on. Whether a record
    /// belongs to these texts is told by one of the sentences it saw or by its id.
    pub fn stale(&self, documents: [&Document; 2], comparison: &Comparison) -> Vec<Decision> {
        let mut known: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
        for (document, which) in documents.iter().zip([0, 1]) {
            for id in (0..).take(document.blocks.len()) {
                let quotes = crate::compare::sentences_of(document, id);
                known.extend(quotes.iter().map(|q| format!("{which}{}", fingerprint(q.text(document)))));
                let whole = document.blocks.get(id as usize).map(|b| fingerprint(&b.text));
                known.extend(whole.map(|w| format!("{which}{w}")));
            }
        }
        let current: BTreeMap<&str, &Difference> =
            comparison.differences.iter().map(|d| (d.id.as_str(), d)).collect();
        let mut out = Vec::new();
        for (id, settled) in &self.by_id {
            for decision in settled.all() {
                let there = |saw: &Option<String>, which: usize| {
                    saw.as_ref().map(|s| known.contains(&format!("{which}{s}")))
                };
                let seen = [there(&decision.saw[0], 0), there(&decision.saw[1], 1)];
                // A fact of one school is named by the difference it stands in.
                let difference = id.split(AT).next().unwrap_or(id);
                let (held, mine) = match current.get(difference) {
                    Some(difference) => (decision.saw == saw(difference, documents), true),
                    None if id.starts_with(SENTENCE) => {
                        (!seen.contains(&Some(false)), named(SENTENCE, &decision.saw, documents) == *id)
                    }
                    None if id.starts_with(END) => {
                        (!seen.contains(&Some(false)), named(END, &decision.saw, documents) == *id)
                    }
                    None => (false, seen.contains(&Some(true))),
                };
                if mine && !held {
                    out.push(decision.clone());
                }
            }
        }
        out
    }

    /// All decisions, by id of the difference.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Settled)> {
        self.by_id.iter().map(|(id, s)| (id.as_str(), s))
    }
}

impl Settled {
    /// The decisions it rests on.
    pub fn all(&self) -> &[Decision] {
        match self {
            Self::Agreed(all) | Self::Contested(all) => all,
        }
    }
}

impl Decision {
    /// Tells this record from all others, with the schools in whatever order.
    pub(crate) fn mark(&self) -> String {
        let parts = [&self.on.to_string(), &self.number.to_string(), &self.by, &self.id, &self.own];
        format!("{:016x}", xxh3_64(parts.map(String::as_str).join("\0").as_bytes()))
    }

    /// As it reads with the schools in this order; none if it is about other schools.
    fn turned(mut self, schools: [&str; 2]) -> Option<Self> {
        let mine = [self.schools[0].as_str(), self.schools[1].as_str()];
        if mine == schools {
            return Some(self);
        }
        if mine != [schools[1], schools[0]] {
            return None;
        }
        self.schools.swap(0, 1);
        self.saw.swap(0, 1);
        self.take = match self.take {
            Take::A => Take::B,
            Take::B => Take::A,
            other => other,
        };
        Some(self)
    }
}

/// Fingerprints of the two sentences in which a difference stands.
pub fn saw(difference: &Difference, documents: [&Document; 2]) -> [Option<String>; 2] {
    let of = |which: usize| {
        let quotes = [(difference.a, difference.context_a), (difference.b, difference.context_b)][which];
        quotes.1.or(quotes.0).map(|q| fingerprint(q.text(documents[which])))
    };
    [of(0), of(1)]
}

/// What begins the id of a decision about sentences in which nothing of weight differs.
const SENTENCE: &str = "sentence-";
/// What begins that of a decision about the end of a paragraph.
const END: &str = "paragraph-";
/// What parts the id of a difference from the school whose fact is meant; ids of differences and schools have none.
const AT: char = '@';

/// Names two sentences of a pair of policies that stand for each other, or one that only one school has: by their words and the policies' titles, in
/// whatever order the schools are. The same words in other policies are decided on there.
pub fn sentence_id(about: [Option<Quote>; 2], documents: [&Document; 2]) -> String {
    named(SENTENCE, &saw_in(about, documents), documents)
}

/// Names a local fact of one school.
pub fn fact_id(difference: &Difference, school: &School) -> String {
    format!("{}{AT}{}", difference.id, school.id)
}

/// Names the end of a paragraph of one school where the other has none, as [`sentence_id`] names sentences: by the whole paragraph.
pub fn end_id(side: Side, block: BlockId, documents: [&Document; 2]) -> String {
    named(END, &saw_end(side, block, documents), documents)
}

/// Fingerprint of the paragraph that ends.
pub fn saw_end(side: Side, block: BlockId, documents: [&Document; 2]) -> [Option<String>; 2] {
    let mut out = [None, None];
    let text = documents[side.index()].blocks.get(block as usize).map(|b| fingerprint(&b.text));
    out[side.index()] = text;
    out
}

fn named(kind: &str, saw: &[Option<String>; 2], documents: [&Document; 2]) -> String {
    let mut parts = [0, 1].map(|which: usize| {
        let saw = saw[which].as_deref().unwrap_or("");
        format!("{} {saw}", folded(&documents[which].title))
    });
    parts.sort();
    format!("{kind}{:010x}", xxh3_64(parts.join("\0").as_bytes()) >> 24)
}

/// Fingerprints of two sentences.
pub fn saw_in(about: [Option<Quote>; 2], documents: [&Document; 2]) -> [Option<String>; 2] {
    [0, 1].map(|which| about[which].map(|q| fingerprint(q.text(documents[which]))))
}

/// Survives other spacing, case and marks: what was decided is what the words say.
fn fingerprint(text: &str) -> String {
    format!("{:016x}", xxh3_64(folded(text).as_bytes()))
}
