//! What a reviewer answered to each point: fates of sentences in, takes out; what cannot be told becomes a question.

use crate::merge::{Side, Stand, Take};

use super::issued::{Issued, Point, Unit};
use super::trace::Fate;
use super::words::letters;

/// What was answered to a point: a take and wording of one's own, or what cannot be told; none if nothing was.
pub(super) type Reply = Option<Result<(Take, String), String>>;

/// The answer to one point.
pub(super) fn reply(
    issued: &Issued,
    point: &Point,
    fates: &[Fate],
    schools: [&str; 2],
    sides: [&str; 2],
) -> Reply {
    let units: Vec<(&Unit, &Fate)> =
        point.units.iter().filter_map(|u| Some((issued.units.get(*u)?, fates.get(*u)?))).collect();
    let name = |unit: &Unit| unit.side.map_or("the draft", |s| schools[s.index()]);
    for (unit, fate) in &units {
        if let Fate::Unclear(why) = fate {
            return Some(Err(format!("What {} says cannot be told: {why}.", name(unit))));
        }
    }
    let tracked = |unit: &Unit, fate: &Fate| *fate == Fate::AsIssued && unit.stand != Stand::Plain;
    let open = units.iter().filter(|(u, f)| tracked(u, f)).count();
    let edited: Vec<(&str, bool)> = units
        .iter()
        .filter_map(|(_, f)| match f {
            Fate::Edited(text, open) => Some((text.as_str(), *open)),
            _ => None,
        })
        .collect();
    if units.iter().all(|(_, f)| **f == Fate::AsIssued) {
        return None;
    }
    if open > 0 {
        let settled: Vec<String> = units
            .iter()
            .filter(|(u, f)| !tracked(u, f))
            .map(|(u, f)| match f {
                Fate::Gone => format!("what {} says was taken out", name(u)),
                Fate::Edited(text, _) => format!("what {} says was edited (“{text}”)", name(u)),
                _ => format!("what {} says was accepted", name(u)),
            })
            .collect();
        let still: Vec<&str> = units.iter().filter(|(u, f)| tracked(u, f)).map(|(u, _)| name(u)).collect();
        return Some(Err(sentence(&format!(
            "{}, and the change of {} is still open.",
            settled.join(", "),
            still.join(" and ")
        ))));
    }
    if !edited.is_empty() {
        let standing = units.iter().filter_map(|(u, f)| match f {
            Fate::Edited(text, _) => Some(text.as_str()),
            Fate::Gone => None,
            _ => Some(u.text.as_str()),
        });
        let own = standing.collect::<Vec<_>>().join(" ");
        for (side, text) in [(Take::A, sides[0]), (Take::B, sides[1])] {
            if !text.is_empty() && letters(text) == letters(&own) {
                return Some(Ok((side, String::new())));
            }
        }
        return Some(Ok((Take::Own, own)));
    }
    let stands = |side: Side| {
        units.iter().any(|(u, f)| u.side == Some(side) && matches!(f, Fate::Plain | Fate::AsIssued))
    };
    let take = match (stands(Side::A), stands(Side::B)) {
        (true, true) => Take::Both,
        (true, false) => Take::A,
        (false, true) => Take::B,
        // Against what one school alone says is for the other's silence.
        (false, false) if point.about[1].is_none() => Take::B,
        (false, false) if point.about[0].is_none() => Take::A,
        (false, false) => Take::Neither,
    };
    Some(Ok((take, String::new())))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
