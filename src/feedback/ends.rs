//! Ends of paragraphs that only one school has: a draft's and those of a copy in, whether each was accepted or rejected out.

use crate::merge::{Side, Stand};

use super::chain::Stands;
use super::copy::{Copy, Left};
use super::issued::Issued;
use super::trace::Fate;

/// What became of the end of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is still tracked as that school's.
    AsIssued,
    /// The paragraph ends there.
    Kept,
    /// It runs on.
    Gone,
    /// It cannot be told.
    Unclear,
}

/// One entry per end of [`Issued::ends`] that only one school has in the middle of the other's text; `found` are the units that stand.
pub(super) fn ends(
    issued: &Issued,
    copy: &Copy,
    left: &Left,
    schools: [&str; 2],
    found: &[Stands],
    fates: &[Fate],
) -> Vec<End> {
    let one = |at: usize| -> End {
        let end = &issued.ends[at];
        let Stand::Inserted(side) = end.stand else { return End::AsIssued };
        // The units that stand around it, and the words of the copy between them.
        let next = found.partition_point(|f| f.unit < end.after);
        let Some(before) = next.checked_sub(1).and_then(|b| found.get(b)) else { return End::AsIssued };
        let from = before.at + issued.units[before.unit].words.len();
        let to = found.get(next).map_or(left.words.len(), |f| f.at);
        let until = found.get(next).map_or(issued.units.len(), |f| f.unit);
        let there = left.ends.iter().filter(|(at, _)| (from..=to).contains(at));
        let authors: Vec<Option<&str>> = there.map(|(_, by)| copy.author(*by)).collect();
        let by = |side: Side| authors.iter().filter(|a| **a == Some(schools[side.index()])).count();
        if by(side) > 0 {
            return End::AsIssued;
        }
        let settled = authors.len() - by(side.other());
        if settled == 0 {
            return End::Gone;
        }
        let around = || issued.ends.iter().filter(|e| before.unit < e.after && e.after <= until);
        let plain = around().filter(|e| e.stand == Stand::Plain).count();
        let mine = around().filter(|e| e.stand == end.stand).count();
        let others = around().filter(|e| e.stand == Stand::Inserted(side.other())).count() - by(side.other());
        match settled {
            n if n == plain && others == 0 => End::Gone,
            n if n == plain + mine && others == 0 => End::Kept,
            n => {
                // Both schools end a paragraph hereabouts: what became of their sentences tells whose end it is.
                let units = before.unit..(until + 1).min(issued.units.len());
                let of = |fate: &dyn Fn(&Fate) -> bool, side: Side| {
                    let tracked = |u: &usize| match issued.units[*u].stand {
                        Stand::Plain => false,
                        Stand::Inserted(s) | Stand::Replaced(s) => s == side,
                    };
                    units.clone().filter(tracked).any(|u| fates.get(u).is_some_and(fate))
                };
                let gone = |side: Side| of(&|f| *f == Fate::Gone, side);
                let kept = |side: Side| of(&|f| *f == Fate::Plain, side);
                let (mine_kept, mine_gone) = (kept(side), gone(side));
                let (their_kept, their_gone) = (kept(side.other()), gone(side.other()));
                if mine_gone && !mine_kept && n <= plain + others {
                    End::Gone
                } else if mine_kept && !mine_gone || their_gone && !their_kept && n >= plain + mine {
                    End::Kept
                } else if their_kept && !their_gone && n <= plain + others {
                    End::Gone
                } else {
                    End::Unclear
                }
            }
        }
    };
    (0..issued.ends.len()).filter(|at| issued.ends[*at].divides).map(one).collect()
}
