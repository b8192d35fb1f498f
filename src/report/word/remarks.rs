//! What a comment of a Word draft says: a remark in, plain lines out.

use crate::merge::{Remark, RemarkKind, Side, Take};

use super::Draftable;

/// Whether a remark is worth a comment: what one school alone says shows by itself unless something is to be said about it.
pub(super) fn is_shown(d: &Draftable, remark: usize) -> bool {
    let says = |r: &Remark| r.kind != RemarkKind::Only || !r.differences.is_empty() || !r.below.is_empty();
    d.draft.remarks.get(remark).is_some_and(says)
}

/// What it says.
pub(super) fn lines(d: &Draftable, remark: usize) -> Vec<String> {
    let Some(remark) = d.draft.remarks.get(remark) else { return Vec::new() };
    let school = |side: Side| d.materials.schools[side.index()].name.as_str();
    let is_heading = d.materials.is_heading(remark.about);
    let mut out = Vec::new();
    match remark.kind {
        RemarkKind::Choice if remark.differences.is_empty() => {
            out.push(if d.materials.comparison.has_local(remark.about) {
                "Each school has its own name, number, time or place here, so each keeps its own sentence.".into()
            } else {
                "Both schools say something like this in other words. Whether they mean the same is for a person to say.".into()
            });
        }
        RemarkKind::Wording => out.push(format!(
            "{} The fuller one stands (of two as full the shorter, of two as long the one first in the alphabet).",
            if is_heading {
                "Two headings of sections that belong together by what stands below them."
            } else {
                "The two wordings are near, and no number, time, duty or person in them was found to differ."
            }
        )),
        RemarkKind::Elsewhere if remark.below.is_empty() => out.push("The same sentence stands at another place in the other school's policy.".into()),
        RemarkKind::Contested => out.push("Two people have decided otherwise: nothing was applied.".into()),
        RemarkKind::Choice
        | RemarkKind::Only
        | RemarkKind::Check
        | RemarkKind::Decided
        | RemarkKind::Elsewhere => {}
    }
    for below in &remark.below {
        let under = below.under.and_then(|(side, id)| d.materials.document(side).blocks.get(id as usize));
        let place =
            under.map_or_else(|| "before the first heading".into(), |b| format!("under “{}”", b.text));
        out.push(format!(
            "Nothing stands below this heading here. What {} has below it begins “{}”; in this draft that stands {place}.",
            school(below.side),
            below.quote.text(d.materials.document(below.side)).trim()
        ));
    }
    for at in &remark.differences {
        if let Some(difference) = d.materials.comparison.differences.get(*at) {
            out.push(format!(
                "{} To decide: {} [{}]",
                difference.says, difference.who_decides, difference.id
            ));
        }
        let model = d.materials.comparison.model.as_ref().and_then(|m| m.origins.get(*at));
        if let Some(line) =
            model.map(|o| o.says([school(Side::A), school(Side::B)])).filter(|l| !out.contains(l))
        {
            out.push(line);
        }
    }
    // A heading of one school, or of both in the same words, is not quoted below itself.
    let is_plain =
        matches!(remark.kind, RemarkKind::Only | RemarkKind::Elsewhere) && remark.differences.is_empty();
    for side in Side::BOTH.into_iter().filter(|_| remark.below.is_empty() || !is_plain) {
        if let Some(quote) = remark.about[side.index()] {
            let document = d.materials.document(side);
            let heading = document.section(quote.block).last().copied();
            let heading = heading.and_then(|h| document.blocks.get(h as usize)).map(|b| b.text.clone());
            let place = match heading {
                _ if is_heading => "heading".into(),
                Some(heading) => format!("section “{heading}”"),
                None => "before the first heading".into(),
            };
            out.push(format!("{}, {place}: “{}”", school(side), quote.text(document)));
        }
    }
    for decision in &remark.decisions {
        let what = match decision.take {
            Take::A => format!("the wording of {}", school(Side::A)),
            Take::B => format!("the wording of {}", school(Side::B)),
            Take::Both => "both".into(),
            Take::Own => "wording of one's own".into(),
            Take::Local => "each school keeps its own".into(),
            Take::Neither => "neither, so that it is left out".into(),
        };
        let mut line = format!("{} decided on {}: {what}.", decision.by, decision.on);
        if !decision.reason.is_empty() {
            line.push_str(&format!(" Reason: {}", decision.reason));
        }
        if let Some(day) = decision.review_on {
            line.push_str(&format!(" To be looked at again on {day}."));
        }
        out.push(line);
    }
    out
}
