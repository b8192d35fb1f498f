//! What each document is about: title, file name and words in, a topic of the knowledge out.

use rayon::prelude::*;

use crate::document::title::title_of_path;
use crate::document::{Class, Document, Role, Token, tokens};
use crate::knowledge::Knowledge;
use crate::knowledge::topics::Topic;

use super::corrections::Asked;

/// Least fit of a title to a topic's known titles.
const LEAST: f32 = 0.45;

/// The topic of each document; one entry per document.
pub(super) fn topics(documents: &[Document], asked: &Asked, knowledge: &Knowledge) -> Vec<Option<String>> {
    documents
        .par_iter()
        .enumerate()
        .map(|(at, document)| asked.topics.get(&at).cloned().or_else(|| topic(document, knowledge)))
        .collect()
}

fn topic(document: &Document, knowledge: &Knowledge) -> Option<String> {
    let all = knowledge.topics();
    let mut scores: Vec<(&Topic, f32)> = Vec::new();
    // The file name counts a little less than the title.
    let from_path = title_of_path(&document.path);
    for (title, weight) in [(document.title.as_str(), 1.0), (from_path.as_str(), 0.95)] {
        for (topic, fit) in all.of_title(title) {
            match scores.iter_mut().find(|(t, _)| t.id == topic.id) {
                Some((_, score)) => *score = score.max(fit * weight),
                None => scores.push((topic, fit * weight)),
            }
        }
    }
    let body = Content::of(document);
    let best = scores
        .iter()
        .map(|(topic, fit)| {
            // The words of the text break a tie of titles ("Relationships Policy") and may overturn a weak one.
            let supported = body.support(topic);
            (*topic, fit + 0.25 * supported)
        })
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.id.cmp(&x.0.id)));
    let (topic, score) = best?;
    if score < LEAST {
        return None;
    }
    Some(confused(topic, &body).unwrap_or(&topic.id).to_owned())
}

/// Titles that mean another topic when the text speaks of something else: staff or pupils, manners or lessons.
fn confused(topic: &Topic, body: &Content) -> Option<&'static str> {
    let staff = body.share(&[
        "employee",
        "sickness",
        "capability",
        "grievance",
        "line",
        "manager",
        "contract",
        "payroll",
        "occupational",
    ]);
    let pupil = body.share(&["pupil", "child", "children", "parent", "class", "classroom", "lesson"]);
    let lessons = body.share(&[
        "puberty",
        "sex",
        "curriculum",
        "taught",
        "teach",
        "statutory",
        "withdraw",
        "rse",
        "rshe",
    ]);
    let manners = body.share(&[
        "behaviour",
        "consequence",
        "sanction",
        "reward",
        "conduct",
        "restorative",
        "incident",
        "praise",
    ]);
    match topic.id.as_str() {
        "attendance" if staff > pupil => Some("staff-absence"),
        "behaviour" if staff > 2.0 * pupil && staff > manners => Some("discipline"),
        "discipline" if manners > 2.0 * staff && pupil > staff => Some("behaviour"),
        "staff-absence" if pupil > 4.0 * staff => Some("attendance"),
        "rse" if manners > 2.0 * lessons => Some("behaviour"),
        "behaviour" if lessons > 2.0 * manners => Some("rse"),
        _ => None,
    }
}

/// The words of a document's body.
struct Content {
    stems: Vec<u64>,
}

impl Content {
    fn of(document: &Document) -> Self {
        let body = (0..).zip(&document.blocks).filter(|(_, b)| b.role != Role::FrontMatter);
        let words = body.flat_map(|(id, _)| document.tokens(id)).filter(|t| t.class == Class::Word);
        let mut stems: Vec<u64> = words.map(|t| t.stem).collect();
        stems.sort_unstable();
        Self { stems }
    }

    fn count(&self, stem: u64) -> usize {
        self.stems.partition_point(|s| *s <= stem) - self.stems.partition_point(|s| *s < stem)
    }

    /// How often these words stand in a thousand.
    fn share(&self, words: &[&str]) -> f32 {
        let count: usize = words.iter().map(|w| self.count(stem_of(w))).sum();
        count as f32 * 1000.0 / self.stems.len().max(1) as f32
    }

    /// How much the text speaks of what a topic's titles name: 0.0 not at all, 1.0 often.
    fn support(&self, topic: &Topic) -> f32 {
        let best = topic.names.iter().map(|name| {
            let least = name.iter().map(|w| self.count(stem_of(w))).min().unwrap_or(0);
            least as f32 * 200.0 / self.stems.len().max(1) as f32
        });
        best.fold(0.0, f32::max).min(1.0)
    }
}

fn stem_of(word: &str) -> u64 {
    let split: Vec<Token> = tokens::split(word);
    split.first().map_or(0, |t| t.stem)
}
