//! The topics of school policies: a title in, what it is about out.

use rustc_hash::FxHashMap;

use crate::document::{Class, Token};

use super::folded;

/// Who decides what a shared policy on a topic says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// Law or custom gives it to the governors.
    GoverningBodies,
    /// The heads may settle it.
    Headteachers,
}

/// One topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Short id: "anti-bullying".
    pub id: String,
    /// The usual title.
    pub title: String,
    /// Topics that its words are mixed up with, in words.
    pub not_to_confuse_with: String,
    /// Field: "safeguarding", "hr", "curriculum" …
    pub group: String,
    /// "eyfs" if only schools with that phase have it.
    pub phase: Option<String>,
    /// "share", "share_with_annex", "adopt_model" or "keep_separate".
    pub sharing: String,
    /// Who decides.
    pub decided_by: DecidedBy,
    /// Where the statutory duty is described, if there is one.
    pub source: String,
    /// Folded wordings of the title, as words.
    pub(crate) names: Vec<Vec<String>>,
}

/// All topics.
#[derive(Debug)]
pub struct Topics {
    all: Vec<Topic>,
    by_id: FxHashMap<String, usize>,
    /// Which names hold a word: topics with the place of the name, ascending.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
}

impl Topics {
    pub(super) fn parse(rows: Vec<[String; 12]>) -> Self {
        let mut all: Vec<Topic> = Vec::new();
        let mut by_id = FxHashMap::default();
        for [id, title, variants, confuse, group, _statutory, phase, sharing, decided, _local, source, _] in
            rows
        {
            let names = variants
                .split('|')
                .chain([title.as_str()])
                .map(name_words)
                .filter(|n| !n.is_empty())
                .collect();
            by_id.insert(id.clone(), all.len());
            all.push(Topic {
                id,
                title,
                not_to_confuse_with: confuse,
                group,
                phase: (!phase.is_empty()).then_some(phase),
                sharing,
                decided_by: if decided == "governing_bodies" {
                    DecidedBy::GoverningBodies
                } else {
                    DecidedBy::Headteachers
                },
                source,
                names,
            });
        }
        let mut by_word: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        for (at, topic) in all.iter().enumerate() {
            for (name, word) in
                topic.names.iter().enumerate().flat_map(|(n, words)| words.iter().map(move |w| (n, w)))
            {
                by_word.entry(word.clone()).or_default().push((at, name));
            }
        }
        Self { all, by_id, by_word }
    }

    /// All topics in the order of the table.
    pub fn all(&self) -> &[Topic] {
        &self.all
    }

    /// The topic with this id.
    pub fn get(&self, id: &str) -> Option<&Topic> {
        self.by_id.get(id).and_then(|at| self.all.get(*at))
    }

    /// Topics whose known titles a title holds, each with how well (0.0 to 1.0: the share of the title's own words that the
    /// known title covers, so that "Managing Staff Attendance" is more staff attendance than attendance), best first.
    pub fn of_title(&self, title: &str) -> Vec<(&Topic, f32)> {
        let words = name_words(title);
        // A name without any of the words does not fit.
        let mut near: Vec<(usize, usize)> =
            words.iter().filter_map(|w| self.by_word.get(w)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut found: Vec<(usize, f32)> = Vec::new();
        for (at, name) in near {
            let fit = self.all.get(at).and_then(|t| t.names.get(name)).map_or(0.0, |name| fit(name, &words));
            match found.last_mut() {
                Some((last, best)) if *last == at => *best = best.max(fit),
                _ if fit > 0.0 => found.push((at, fit)),
                _ => {}
            }
        }
        found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.into_iter().filter_map(|(at, fit)| self.all.get(at).map(|t| (t, fit))).collect()
    }
}

/// A title in running text is not longer than this many words before "policy".
const TITLE_WORDS: usize = 6;

impl Topics {
    /// Policies that a sentence names by a topic's own title ("our Lone Working Policy"), beyond doubt: half-open token ranges with
    /// their topics, in order.
    pub(crate) fn named(&self, text: &str, tokens: &[Token]) -> Vec<(usize, usize, &Topic)> {
        let piece = |t: &Token| text.get(t.start as usize..t.end as usize).unwrap_or("");
        let mut out = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if !matches!(piece(token), "Policy" | "policy") {
                continue;
            }
            let Some(from) = title_start(text, tokens, at) else { continue };
            let range = (tokens[from].start as usize)..(token.end as usize);
            // Only a title that is one topic's own name beyond doubt counts.
            let topics = self.of_title(text.get(range).unwrap_or(""));
            if let Some((topic, fit)) = topics.first()
                && *fit >= 0.99
            {
                out.push((from, at + 1, *topic));
            }
        }
        out
    }
}

/// The first of the capitalised words that lead up to "Policy".
fn title_start(text: &str, tokens: &[Token], policy: usize) -> Option<usize> {
    let piece = |t: &Token| text.get(t.start as usize..t.end as usize).unwrap_or("");
    let mut from = policy;
    while from > 0 && policy - from < TITLE_WORDS {
        let token = tokens.get(from - 1)?;
        let word = piece(token);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let joins = ["and", "&", "of", "for"].contains(&word);
        if token.class == Class::Mark && word != "&" || !(capital || joins) {
            break;
        }
        from -= 1;
    }
    // "The Policy", "Our Policy": no title; "and Behaviour Policy": the joining word is not part of it.
    while from < policy {
        let word = tokens.get(from).map_or("", piece);
        if ["The", "Our", "This", "See", "Its", "School", "and", "&", "of", "for", "A"].contains(&word) {
            from += 1;
        } else {
            break;
        }
    }
    (from < policy).then_some(from)
}

/// Words that say what kind of paper it is, not what it is about.
const PAPER: [&str; 24] = [
    "policy",
    "policies",
    "procedure",
    "procedures",
    "statement",
    "guidance",
    "guidelines",
    "code",
    "the",
    "a",
    "of",
    "and",
    "for",
    "in",
    "our",
    "school",
    "schools",
    "to",
    "on",
    "with",
    "draft",
    "final",
    "at",
    "s",
];

/// A title as the words that say what it is about, without plural endings.
pub(crate) fn name_words(title: &str) -> Vec<String> {
    let folded = folded(title);
    let stem = |w: &str| String::from_utf8_lossy(crate::document::tokens::stem(w.as_bytes())).into_owned();
    let words: Vec<String> =
        folded.split(' ').filter(|w| !PAPER.contains(w) && !w.is_empty()).map(stem).collect();
    if words.is_empty() { folded.split(' ').filter(|w| !w.is_empty()).map(stem).collect() } else { words }
}

/// How much of a title a known name covers, if it holds all words of the name (one may be missing of four or more).
fn fit(name: &[String], words: &[String]) -> f32 {
    if name.is_empty() || words.is_empty() {
        return 0.0;
    }
    let shared = name.iter().filter(|w| words.contains(w)).count();
    let missing = name.len() - shared;
    if missing > name.len() / 4 {
        return 0.0;
    }
    2.0 * shared as f32 / (name.len() + words.len()) as f32
}
