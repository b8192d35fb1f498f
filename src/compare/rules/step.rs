//! A step or duty that only one of the two policies has.

use super::super::DifferenceKind;
use super::super::phases::Phases;
use super::super::values::Measure;
use super::practice::is_practice;
use super::role::names_somebody;
use super::{Alone, Found, Rule};
use crate::knowledge::Zone;

/// See the module.
pub(super) struct Step;

/// Fewer words are a label or a heading that was not recognised, not a step.
const WORDS: usize = 4;

impl Rule for Step {
    fn kind(&self) -> DifferenceKind {
        DifferenceKind::Step
    }

    fn summary(&self) -> &'static str {
        "One policy has a step or a duty of which the other says nothing."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("Complaints about the headteacher go to the chair of governors.", "")
    }

    fn why(&self) -> &'static str {
        "What one school does and the other does not is the first thing a shared policy has to settle."
    }

    fn source(&self) -> &'static str {
        "The schools' own policies; the general duty is in Keeping Children Safe in Education (Department for Education): policies are to be known and followed by all staff"
    }

    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("A copy of the letter must be placed in the pupil's file.", ""),
            ("If nobody answers, the office telephones the police after one hour.", ""),
        ]
    }

    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[(
            "A copy of the letter is placed in the pupil's file.",
            "In the pupil's file a copy of the letter is placed.",
        )]
    }

    fn alone(&self, look: &Alone) -> Vec<Found> {
        if !look.unsaid || !is_step(look) || is_phase_content(look) || !is_practice(look) {
            return Vec::new();
        }
        let binds = look
            .side
            .values
            .all
            .iter()
            .any(|v| !matches!(v.measure, Measure::CalendarYear | Measure::Label | Measure::Scope));
        let found = look.found(look.side.sentence.quote(), |mine, other| match look.elsewhere {
            Some(heading) => {
                let place = if heading.is_empty() {
                    "at its start".to_owned()
                } else {
                    format!("under “{heading}”")
                };
                format!(
                    "{mine} says this here; what {other} says like it, {place}, answers another passage."
                )
            }
            None if look.near => format!(
                "{mine} says this; {other}'s policy has words that are near: whether they mean the same is to be read."
            ),
            None => format!("{mine} says this; no matching sentence was found in {other}'s policy."),
        });
        vec![Found { bonus: if binds { 5 } else { u32::from(acts(look)) }, ..found }]
    }
}

/// Something that somebody does or has to do: not an aim, a definition or a list of laws.
fn is_step(look: &Alone) -> bool {
    let side = &look.side;
    let words = side.tokens.iter().filter(|t| t.class != crate::document::Class::Mark).count();
    let local: usize = side.values.local.iter().map(|l| l.to - l.from).sum();
    // "Contact: …, 01632 960101" gives local facts and asks for nothing.
    if words < WORDS || 2 * local >= words {
        return false;
    }
    let zone = side.heading().and_then(|h| look.context.knowledge.headings().find(h)).map(|h| h.zone);
    let binds = side.values.of(Measure::Obligation).next().is_some();
    match zone {
        // Laws are listed, not done, unless somebody of the school is told to do something there.
        Some(Zone::Law) => binds && acts(look),
        // An aim, a contact or a date is a step only if it binds somebody; where things are described that are done, each
        // sentence is one.
        Some(Zone::Opening | Zone::Control | Zone::Local) => binds,
        _ => true,
    }
}

/// Names somebody of the school who does something.
fn acts(look: &Alone) -> bool {
    let staff = look.side.tokens.iter().any(|t| look.side.piece(t).eq_ignore_ascii_case("staff"));
    staff || names_somebody(look.side.tokens, look.context.knowledge)
}

/// Belongs to a phase that only this school teaches.
pub(super) fn is_phase_content(look: &Alone) -> bool {
    let [mine, other] = look.side.taught;
    if mine.is_empty() || other.is_empty() {
        return false;
    }
    let document = look.side.document;
    let mut named = Phases::of_text(look.side.text, look.side.tokens);
    let parent = document.blocks.get(look.side.sentence.block as usize).and_then(|b| b.parent);
    if let (Some(parent), Some(heading)) = (parent, look.side.heading()) {
        named = named.and(Phases::of_text(heading, document.tokens(parent)));
    }
    !named.is_empty() && named.apart(other)
}
