//! Drafts that came back: a Word file that a reviewer edited in, what was accepted, rejected, reworded and remarked out.
//!
//! 1. `copy`: the file's text with who inserted and who deleted what; by its hidden bookmarks it is known as a draft.
//! 2. `issued`: the same draft made once more from the same policies and decisions, sentence by sentence.
//! 3. `chain`: which of these sentences stand word for word in the copy, in order.
//! 4. `trace`: what became of each: as it was, accepted, gone, edited; what was added.
//! 5. `ends`: what became of the ends of paragraphs that only one school has.
//! 6. `answers`: what that says about each point; what cannot be told is a question, never a guess.
//! 7. `around`: what was filled in or changed outside the text: front page, annexes, notes.

mod answers;
mod around;
mod chain;
mod copy;
mod ends;
mod issued;
mod trace;
mod words;

use crate::document::{Document, School};
use crate::merge::decisions::{end_id, saw, saw_end, saw_in, sentence_id};
use crate::merge::marks::AUTHOR;
use crate::merge::{
    Decision, Draft, Marks, Materials, Settlement, Side, Stand, Take, marks, merge, policy_mark,
};

pub use copy::Copy;

use ends::End;
use issued::{Issued, Point, issued};

/// Longest stretch of text that a comment is shown to be about, in characters.
const ABOUT_CHARS: usize = 200;

/// What one copy says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// Answers in order of the draft.
    pub answers: Vec<Answer>,
    /// What could not be told, in order of the draft.
    pub questions: Vec<Question>,
    /// Comments in order of the draft.
    pub comments: Vec<Comment>,
}

/// An answer to one point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The same in all copies of drafts of these policies.
    pub id: String,
    /// The heading it stands under; empty before the first.
    pub section: String,
    /// What either school says; none if it says nothing.
    pub says: [Option<String>; 2],
    /// What was answered.
    pub take: Take,
    /// Wording of the reviewer's own.
    pub own: String,
    /// The differences that are decided by it, each with the fingerprints of what it was decided on.
    pub decides: Vec<(String, [Option<String>; 2])>,
}

/// Something that has to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The heading it stands under.
    pub section: String,
    /// What cannot be told.
    pub says: String,
    /// The text it is about.
    pub text: String,
}

/// A comment that a reviewer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The heading it stands under.
    pub section: String,
    /// Who wrote it; empty if the file does not say.
    pub author: String,
    /// The day and time as the file says them; empty if it does not.
    pub date: String,
    /// What it says.
    pub text: String,
    /// The text it is about; empty if it is at no stretch of text.
    pub about: String,
}

/// Which pair of policies a copy is a draft of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This pair, whose texts are still the same.
    Pair(usize),
    /// This pair; the text of this school's policy is no longer that which the draft was made from.
    Changed(usize, Side),
    /// None of these pairs; or both texts have changed.
    Unknown,
}

/// Finds the pair that a copy is a draft of.
pub fn origin(copy: &Copy, pairs: &[[&Document; 2]]) -> Origin {
    let [x, y] = &copy.marks.policies;
    let known: Vec<[String; 2]> = pairs.iter().map(|pair| pair.map(policy_mark)).collect();
    let same = |pair: &[String; 2]| pair == &[x.clone(), y.clone()] || pair == &[y.clone(), x.clone()];
    if let Some(at) = known.iter().position(same) {
        return Origin::Pair(at);
    }
    for (at, [a, b]) in known.iter().enumerate() {
        if a == x || a == y {
            return Origin::Changed(at, Side::B);
        }
        if b == x || b == y {
            return Origin::Changed(at, Side::A);
        }
    }
    Origin::Unknown
}

/// The draft as it was given out: made with those decisions only that it applied then. None if it cannot be made again, because records are gone from
/// the log or another version of the program wrote it.
pub fn again<'m>(copy: &Copy, materials: &Materials<'m>, log: &[Decision]) -> Option<(Draft, Settlement)> {
    let [a, b] = materials.schools;
    let used = log.iter().filter(|d| copy.marks.decisions.binary_search(&d.mark()).is_ok());
    let settlement = Settlement::fold(used.cloned(), [&a.id, &b.id]);
    let draft = merge(&Materials { settlement: &settlement, ..*materials });
    let made = marks(&draft, materials);
    let same = |m: &Marks| m.text == copy.marks.text && m.decisions == copy.marks.decisions;
    same(&made).then_some((draft, settlement))
}

/// Tells what a reviewer did to a draft that was given out.
pub fn feedback(copy: &Copy, draft: &Draft, materials: &Materials) -> Feedback {
    let issued = issued(draft, materials);
    let schools = School::names(materials.schools);
    let trace = trace::trace(&issued, copy, schools);
    let section = |unit: Option<usize>| {
        let unit = unit.and_then(|u| issued.units.get(u));
        unit.and_then(|u| issued.sections.get(u.section)).cloned().unwrap_or_default()
    };
    let mut out = Feedback::default();
    for point in &issued.points {
        let says = said(point, materials);
        let sides = [0, 1].map(|which| says[which].as_deref().unwrap_or(""));
        let place = section(point.units.first().copied());
        match answers::reply(&issued, point, &trace.fates, schools, sides) {
            None => {}
            Some(Ok((take, own))) => out.answers.push(answer(point, materials, place, says, take, own)),
            Some(Err(why)) => {
                let text = point.units.iter().filter_map(|u| issued.units.get(*u)).map(|u| u.text.as_str());
                let text = text.collect::<Vec<_>>().join(" / ");
                out.questions.push(Question { section: place, says: why, text });
            }
        }
    }
    for (text, after) in &trace.added {
        let place = section(*after);
        let before = after.and_then(|u| issued.units.get(u));
        let says = match before {
            Some(unit) => format!("Text was added after “{}”. Where does it belong?", unit.text),
            None => "Text was added at the beginning. Where does it belong?".into(),
        };
        out.questions.push(Question { section: place, says, text: text.clone() });
    }
    let dividing = issued.ends.iter().filter(|e| e.divides);
    for (end, became) in dividing.zip(&trace.ends) {
        let Stand::Inserted(side) = end.stand else { continue };
        let place = section(end.after.checked_sub(1));
        let before = end.after.checked_sub(1).and_then(|u| issued.units.get(u));
        let text = before.map_or("", |u| u.text.as_str());
        match became {
            End::AsIssued => {}
            End::Unclear => out.questions.push(Question {
                section: place,
                says: "Whether a paragraph ends here cannot be told.".into(),
                text: text.to_owned(),
            }),
            End::Kept | End::Gone => {
                let stands = if *became == End::Kept { side } else { side.other() };
                let take = if stands == Side::A { Take::A } else { Take::B };
                let id = end_id(side, end.block, materials.documents);
                let decides = vec![(id.clone(), saw_end(side, end.block, materials.documents))];
                let mut says = [None, None];
                says[side.index()] = Some(format!("A paragraph ends after “{text}”"));
                out.answers.push(Answer { id, section: place, says, take, own: String::new(), decides });
            }
        }
    }
    contradictions(&mut out);
    out.comments = comments(copy, &issued, &trace);
    around::notes(copy, &issued, &trace, &mut out);
    around::around(copy, draft, materials, &mut out);
    out
}

/// What either school says at a point.
fn said(point: &Point, materials: &Materials) -> [Option<String>; 2] {
    [0, 1].map(|which| point.about[which].map(|q| words::spaced(q.text(materials.documents[which]))))
}

fn answer(
    point: &Point,
    materials: &Materials,
    section: String,
    says: [Option<String>; 2],
    take: Take,
    own: String,
) -> Answer {
    let documents = materials.documents;
    let id = sentence_id(point.about, documents);
    let found = point.differences.iter().filter_map(|d| materials.comparison.differences.get(*d));
    let mut decides: Vec<_> = found.map(|d| (d.id.clone(), saw(d, documents))).collect();
    if decides.is_empty() {
        decides.push((id.clone(), saw_in(point.about, documents)));
    }
    Answer { id, section, says, take, own, decides }
}

/// The same words may stand at two places; where those were answered otherwise, it is asked.
fn contradictions(out: &mut Feedback) {
    let all = out.answers.clone();
    let differs = |x: &Answer, y: &Answer| {
        let same = x.id == y.id || x.decides.iter().any(|d| y.decides.contains(d));
        same && (x.take, &x.own) != (y.take, &y.own)
    };
    out.answers.retain(|x| !all.iter().any(|y| differs(x, y)));
    for x in all.iter().filter(|x| all.iter().any(|y| differs(x, y))) {
        let text = x.says.iter().flatten().cloned().collect::<Vec<_>>().join(" / ");
        let says = "The same words stand at two places, and the two were answered otherwise.".to_owned();
        out.questions.push(Question { section: x.section.clone(), says, text });
    }
    // Those that were answered alike are one answer, for each place.
    let mut once: Vec<Answer> = Vec::new();
    for x in std::mem::take(&mut out.answers) {
        match once.iter_mut().find(|y| y.id == x.id) {
            Some(known) => {
                let fresh: Vec<_> = x.decides.into_iter().filter(|d| !known.decides.contains(d)).collect();
                known.decides.extend(fresh);
            }
            None => once.push(x),
        }
    }
    out.answers = once;
}

/// The reviewers' comments; those of the program itself are left out.
fn comments(copy: &Copy, issued: &Issued, trace: &trace::Trace) -> Vec<Comment> {
    let written = copy.file.comments.iter().filter(|c| c.author != AUTHOR);
    written
        .map(|c| {
            let unit = trace.places.range(..=c.about[0]).next_back().map(|(_, unit)| *unit);
            let section = unit.and_then(|u| issued.sections.get(issued.units[u].section));
            let about = words::spaced(copy.file.text.get(c.about[0]..c.about[1]).unwrap_or(""));
            Comment {
                section: section.cloned().unwrap_or_default(),
                author: c.author.clone(),
                date: c.date.clone(),
                text: words::spaced(&c.text),
                about: about.chars().take(ABOUT_CHARS).collect(),
            }
        })
        .collect()
}
