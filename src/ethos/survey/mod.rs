//! What pupils, parents and staff answered: the text of CSV files in, answers counted by group, choice and value word out.
//!
//! 1. `sheet`: a file's columns and rows: who answered, the questions, what is not looked at.
//! 2. `groups`: who somebody is, and which groups are too small to be shown by themselves.
//!
//! No answer is quoted: people wrote them in confidence. What is shown is a choice that several gave, and how many answers hold a value word.

mod groups;
mod sheet;

use std::collections::BTreeMap;

use crate::document::tokens;
use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::{Phrases, Wording, folded};

use super::Ethos;

pub use groups::Group;
pub use sheet::Sheet;

/// Answers of all files together.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// People who answered something.
    pub answers: usize,
    /// Who they are; small groups are put together.
    pub groups: Vec<Group>,
    /// Value words in the answers to all questions, in order of [`Ethos::words`], then those that no policy uses.
    pub words: Vec<Mention>,
    /// The questions in order of the files.
    pub questions: Vec<Question>,
    /// What was left out or looks odd, in words.
    pub notices: Vec<String>,
}

/// A value word in answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// As [`super::Word::id`].
    pub id: String,
    /// As it is shown.
    pub title: String,
    /// How many people of each group used it; one entry a group.
    pub people: Vec<usize>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The heading of its column.
    pub title: String,
    /// Who answered it; none if too few did.
    pub groups: Vec<Group>,
    /// Whether people chose among given answers or wrote their own.
    pub chosen: bool,
    /// The choices, or the value words in what was written: name, people of each group.
    pub rows: Vec<(String, Vec<usize>)>,
}

/// Most different answers of a question that was answered by choosing.
const CHOICES: usize = 10;
/// Most letters of such an answer.
const LETTERS: usize = 60;
/// A choice that fewer people gave may be a remark of one's own, and is not shown.
const GIVEN: usize = 2;
/// Answers of scales in their order; these are shown whoever gave them.
const SCALE: [&str; 27] = [
    "strongly agree",
    "agree",
    "tend to agree",
    "neither agree nor disagree",
    "neither",
    "neutral",
    "not sure",
    "dont know",
    "tend to disagree",
    "disagree",
    "strongly disagree",
    "always",
    "often",
    "usually",
    "mostly",
    "sometimes",
    "partly",
    "rarely",
    "never",
    "yes",
    "maybe",
    "no",
    "very happy",
    "happy",
    "ok",
    "unhappy",
    "very unhappy",
];
/// Words before a value's name that may make it something else ("in strict confidence").
const BEFORE: usize = 4;
const OTHER: &str = "another answer";

impl Survey {
    /// Tallies all files together.
    ///
    /// # Errors
    ///
    /// Input if fewer people answered than may be shown.
    pub fn of(sheets: &[Sheet], ethos: &Ethos, wording: &Wording) -> Result<Self> {
        let people: Vec<usize> = sheets.iter().flat_map(|s| s.rows.iter().map(|r| r.group)).collect();
        let Some(groups) = groups::together(&people) else {
            return Err(Error::new(
                ErrorKind::Input,
                format!(
                    "{} answers are too few to be shown without showing single people; it takes {}",
                    people.len(),
                    groups::LEAST
                ),
            )
            .hint("wait for more answers"));
        };
        let own: Vec<(&str, &str)> = ethos
            .words
            .iter()
            .filter(|w| !wording.values.iter().any(|v| v.id == w.id))
            .map(|w| (w.id.as_str(), w.title.as_str()))
            .collect();
        let looked_for = Words {
            names: wording
                .values
                .iter()
                .map(|v| (v.id.as_str(), v.title.as_str()))
                .chain(own.iter().copied())
                .collect(),
            known: &wording.value_words,
            own: Phrases::of_words(own.iter().map(|(id, _)| *id)),
            values: wording.values.len(),
        };
        let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut questions = Vec::new();
        for sheet in sheets {
            for row in &sheet.rows {
                let mut said: Vec<usize> = row.answers.iter().flat_map(|a| looked_for.of(a)).collect();
                said.sort_unstable();
                said.dedup();
                for word in said {
                    all.entry(word).or_default().push(row.group);
                }
            }
            questions.extend((0..sheet.questions.len()).map(|at| question(sheet, at, &looked_for)));
        }
        let order = |number: usize| {
            let id = looked_for.names.get(number).map_or("", |n| n.0);
            (ethos.words.iter().position(|w| w.id == id).unwrap_or(usize::MAX), number)
        };
        let mut found: Vec<(usize, Vec<usize>)> = all.into_iter().collect();
        found.sort_by_key(|(number, _)| order(*number));
        let words = found.into_iter().filter_map(|(number, people)| {
            let (id, title) = looked_for.names.get(number)?;
            Some(Mention {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                people: groups::counts(&groups, &people),
            })
        });
        let words = words.collect();
        let notices = sheets.iter().flat_map(|s| s.notices.iter().cloned()).collect();
        Ok(Self { answers: people.len(), groups, words, questions, notices })
    }
}

/// What is looked for in answers.
struct Words<'w> {
    /// Id and title by number.
    names: Vec<(&'w str, &'w str)>,
    known: &'w Phrases,
    own: Phrases,
    /// How many of the names are the table's.
    values: usize,
}

impl Words<'_> {
    /// The numbers of the words in a text, each once, ascending. Asked for a value, people write its name as a value whatever follows it
    /// ("responsibility for what they do"), where in a policy the same words tell a task; what stands before it still makes it another
    /// ("zero tolerance").
    fn of(&self, text: &str) -> Vec<usize> {
        let tokens = tokens::split(text);
        let named = tokens.iter().enumerate().filter_map(|(at, token)| {
            let word = text.get(token.start as usize..token.end as usize)?;
            let values = self.names.iter().take(self.values);
            let number = values.into_iter().position(|(_, title)| title.eq_ignore_ascii_case(word))?;
            let from = at.saturating_sub(BEFORE);
            let until = tokens.get(from..=at)?;
            self.known
                .find(until)
                .iter()
                .any(|(n, range)| *n == number && range.end == until.len())
                .then_some(number)
        });
        let known = self.known.find(&tokens).into_iter().map(|(number, _)| number);
        let own = self.own.find(&tokens).into_iter().map(|(number, _)| number + self.values);
        let mut out: Vec<usize> = known.chain(own).chain(named).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

fn question(sheet: &Sheet, at: usize, words: &Words) -> Question {
    let given: Vec<(usize, &str)> = sheet
        .rows
        .iter()
        .filter_map(|r| Some((r.group, r.answers.get(at)?.as_str())))
        .filter(|(_, answer)| !answer.is_empty())
        .collect();
    let title = sheet.questions.get(at).cloned().unwrap_or_default();
    let people: Vec<usize> = given.iter().map(|(group, _)| *group).collect();
    let mut by_choice: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    for (group, answer) in &given {
        by_choice.entry(folded_answer(answer)).or_default().push((*group, answer));
    }
    let short = given.iter().all(|(_, a)| a.chars().count() <= LETTERS);
    let chosen = short && by_choice.len() <= CHOICES && 2 * by_choice.len() <= given.len().max(2);
    let Some(groups) = groups::together(&people) else {
        return Question { title, groups: Vec::new(), chosen, rows: Vec::new() };
    };
    let rows = if chosen {
        choices(by_choice, &groups)
    } else {
        let mut mentions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (group, answer) in &given {
            words.of(answer).into_iter().for_each(|w| mentions.entry(w).or_default().push(*group));
        }
        let mut rows: Vec<(String, Vec<usize>)> = mentions
            .into_iter()
            .filter_map(|(w, people)| {
                Some((words.names.get(w)?.1.to_owned(), groups::counts(&groups, &people)))
            })
            .collect();
        rows.sort_by_cached_key(|(name, people)| {
            (std::cmp::Reverse(people.iter().sum::<usize>()), name.clone())
        });
        rows
    };
    Question { title, groups, chosen, rows }
}

/// What was chosen, as first in the alphabet where it was written in several ways: scales in their order, other choices by how many gave them.
fn choices(by_choice: BTreeMap<String, Vec<(usize, &str)>>, groups: &[Group]) -> Vec<(String, Vec<usize>)> {
    let mut rows = Vec::new();
    let mut other: Vec<usize> = Vec::new();
    for (key, given) in by_choice {
        let people: Vec<usize> = given.iter().map(|(group, _)| *group).collect();
        let figure = key.parse::<usize>().ok();
        let on_scale = figure.or(SCALE.iter().position(|s| *s == key));
        if on_scale.is_none() && people.len() < GIVEN {
            other.extend(people);
            continue;
        }
        let shown = given.iter().map(|(_, a)| *a).min().unwrap_or("").to_owned();
        let rank = (on_scale.unwrap_or(usize::MAX), std::cmp::Reverse(people.len()), key);
        rows.push((rank, (shown, groups::counts(groups, &people))));
    }
    rows.sort();
    let mut rows: Vec<(String, Vec<usize>)> = rows.into_iter().map(|(_, row)| row).collect();
    if !other.is_empty() {
        rows.push((OTHER.to_owned(), groups::counts(groups, &other)));
    }
    rows
}

/// An answer as it is told from others; one that is a figure keeps it.
fn folded_answer(answer: &str) -> String {
    if answer.bytes().all(|b| b.is_ascii_digit()) { answer.to_owned() } else { folded(answer) }
}
