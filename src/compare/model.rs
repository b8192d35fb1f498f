//! Three texts: what each school changed in a model that both took over. The model, both policies and their comparison in; where each difference comes
//! from out.
//!
//! What both policies still have as the model has it was changed by neither school: it is no decision of theirs, does not stand in the decision table,
//! and is counted. Neither school is preferred, and the model is no third opinion: it is only shown.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::align::align;
use crate::document::Document;
use crate::knowledge::{Knowledge, folded};

use super::matching::match_sentences;
use super::ready::ready;
use super::{Comparison, Quote, sentences_of};

/// What one school did with the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// It says what the model says.
    AsModel,
    /// The model says it otherwise.
    Changed,
    /// The model says nothing of it.
    Added,
    /// The model says it and this school does not.
    LeftOut,
    /// Neither the model nor this school says anything of it.
    Silent,
}

/// Where a difference comes from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// What the first school did.
    pub a: Against,
    /// What the second school did.
    pub b: Against,
    /// What the model says, if it says something of it.
    pub model: Option<String>,
}

/// A comparison beside the model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modelled {
    /// The model's file.
    pub path: String,
    /// One entry per difference.
    pub origins: Vec<Origin>,
    /// Sentences of the model that both schools have as they were.
    pub kept: usize,
}

/// Puts a comparison beside the model: fills [`Comparison::model`] and takes out of the decision table what neither school changed.
pub fn against(
    model: &Document,
    documents: [&Document; 2],
    comparison: &mut Comparison,
    knowledge: &Knowledge,
) {
    let sides = documents.map(|document| Beside::of(model, document, knowledge));
    let kept = sides[0].says.iter().filter(|s| sides.iter().all(|side| side.has.contains(*s))).count();
    let mut out = Modelled { path: model.path.clone(), kept, origins: Vec::new() };
    let mut neither: BTreeSet<usize> = BTreeSet::new();
    for (at, difference) in comparison.differences.iter().enumerate() {
        let quotes = difference.sentences();
        let found = [0, 1].map(|which: usize| quotes[which].map(|q| sides[which].of_quote(q)));
        let said = found.iter().flatten().find_map(|(_, text)| text.clone());
        let silent = if said.is_some() { Against::LeftOut } else { Against::Silent };
        let [a, b] = found.map(|f| f.map_or(silent, |(state, _)| state));
        // Two sentences of the model that both schools have were put beside each other by mistake.
        let both = [0, 1].iter().all(|which| {
            let other: &Beside = &sides[1 - which];
            quotes[*which].is_some_and(|q| other.has.contains(&folded(q.text(documents[*which]))))
        });
        if both && (a, b) == (Against::AsModel, Against::AsModel) {
            neither.insert(at);
        }
        out.origins.push(Origin { a, b, model: said });
    }
    for point in &mut comparison.points {
        point.differences.retain(|at| !neither.contains(at));
    }
    comparison.points.retain(|point| !point.differences.is_empty());
    comparison.model = Some(out);
}

/// A school's policy beside the model.
struct Beside<'d> {
    model: &'d Document,
    document: &'d Document,
    /// All sentences of the model but headings, in plain letters.
    says: BTreeSet<String>,
    /// The same of the school's policy.
    has: BTreeSet<String>,
    /// What the model says instead of a sentence of the school's.
    instead: FxHashMap<Quote, Quote>,
}

impl<'d> Beside<'d> {
    fn of(model: &'d Document, document: &'d Document, knowledge: &Knowledge) -> Self {
        let all = |d: &Document| -> BTreeSet<String> {
            let blocks = (0..).zip(&d.blocks);
            let text = blocks.filter(|(_, b)| b.is_passage());
            let quotes = text.flat_map(|(id, _)| sentences_of(d, id));
            quotes.map(|q| folded(q.text(d))).filter(|text| !text.is_empty()).collect()
        };
        let (ready_model, ready, numbers) = ready(model, document, knowledge.roles());
        let matching = match_sentences(&ready_model, &ready, numbers, &align(model, document, knowledge));
        let pairs = matching.pairs.iter().chain(&matching.elsewhere).chain(&matching.crossed);
        Self {
            model,
            document,
            says: all(model),
            has: all(document),
            instead: pairs.map(|m| (ready.quote(m.b), ready_model.quote(m.a))).collect(),
        }
    }

    /// What became of the model in a stretch of the school's text, and what the model says there.
    fn of_quote(&self, quote: Quote) -> (Against, Option<String>) {
        let mut inside = sentences_of(self.document, quote.block);
        inside.retain(|q| quote.start <= q.start && q.end <= quote.end);
        if inside.is_empty() {
            inside.push(quote);
        }
        if inside.iter().all(|q| self.says.contains(&folded(q.text(self.document)))) {
            return (Against::AsModel, Some(quote.text(self.document).to_owned()));
        }
        match inside.iter().find_map(|q| self.instead.get(q)) {
            Some(model) => (Against::Changed, Some(model.text(self.model).to_owned())),
            None => (Against::Added, None),
        }
    }
}

impl Origin {
    /// In one plain sentence: what each school did with the model.
    pub fn did(&self, schools: [&str; 2]) -> String {
        let did = |state: Against| match state {
            Against::AsModel => "has the model's wording",
            Against::Changed => "has changed it",
            Against::Added => "has added this",
            Against::LeftOut => "has left it out",
            Against::Silent => "has not",
        };
        format!("Against the model: {} {}, {} {}.", schools[0], did(self.a), schools[1], did(self.b))
    }

    /// The same, and what the model says unless a school says just that.
    pub fn says(&self, schools: [&str; 2]) -> String {
        let kept = [self.a, self.b].contains(&Against::AsModel);
        match self.model.as_ref().filter(|_| !kept) {
            Some(model) => format!("{} The model says: “{model}”", self.did(schools)),
            None => self.did(schools),
        }
    }
}
