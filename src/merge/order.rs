//! In which order the passages of both policies stand: links and leftovers in, regions out.
//!
//! The order of the longer policy is followed. What only the other school has stands after what it stands after there; a section that only it has
//! stands after the section of its neighbour, not in the middle of it. A passage that both have stands below the other school's
//! heading if nothing else would stand there.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::document::{BlockId, Kind, Role};

use super::tables::{self, Tables};
use super::weave::Weaver;
use super::{Levels, Materials, Region, Side, refusal};

/// A block that stands by itself, or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Station {
    Block(BlockId),
    Table(u32),
}

/// What stands together.
#[derive(Clone, Debug, Default)]
struct Unit {
    blocks: [Vec<BlockId>; 2],
}

/// The regions of the draft's body.
pub(super) fn regions(m: &Materials, outline: &Levels, weaver: &mut Weaver) -> Vec<Region> {
    let first = m.order();
    let tables = [Tables::of(m.document(Side::A)), Tables::of(m.document(Side::B))];
    let stations = [stations(m, Side::A), stations(m, Side::B)];
    let paired = tables::pairs(m, &tables);
    let mut units: Vec<Unit> = Vec::new();
    let mut unit_of: [FxHashMap<BlockId, usize>; 2] = Default::default();
    for link in &m.comparison.links {
        let text = |side: Side, ids: &[BlockId]| -> Vec<BlockId> {
            ids.iter()
                .copied()
                .filter(|id| is_text(m, side, *id) && !refusal::protected(m, side, *id))
                .collect()
        };
        let blocks = [text(Side::A, &link.a), text(Side::B, &link.b)];
        if blocks.iter().any(Vec::is_empty) {
            continue;
        }
        for side in [0, 1] {
            unit_of[side].extend(blocks[side].iter().map(|id| (*id, units.len())));
        }
        units.push(Unit { blocks });
    }
    let (s, o) = (first.index(), first.other().index());
    // Where each passage of the followed order stands, so that the other's can be put after it.
    let mut place: FxHashMap<usize, usize> = FxHashMap::default();
    let mut table_place: FxHashMap<u32, usize> = FxHashMap::default();
    for (at, station) in stations[s].iter().enumerate() {
        match station {
            Station::Block(id) => {
                if let Some(unit) = unit_of[s].get(id) {
                    place.entry(*unit).or_insert(at);
                }
            }
            Station::Table(t) => {
                let partner = paired.iter().find(|p| p[s] == *t);
                table_place.extend(partner.map(|p| (p[o], at)));
            }
        }
    }
    for unit in guests(outline, first, &stations, &unit_of, &place) {
        place.remove(&unit);
    }
    let mut after: BTreeMap<usize, Vec<Station>> = BTreeMap::new();
    let mut here = 0; // 0: before all; n: after the n-th station
    for station in &stations[o] {
        let linked = match station {
            Station::Block(id) => unit_of[o].get(id).and_then(|u| place.get(u)),
            Station::Table(t) => table_place.get(t),
        };
        match linked {
            Some(at) => here = at + 1,
            None => {
                if let Station::Block(id) = station
                    && let Some(level) = outline.rank((first.other(), *id))
                {
                    let ends = |station: &Station| match station {
                        Station::Block(id) => outline.rank((first, *id)).is_some_and(|l| l <= level),
                        Station::Table(_) => false,
                    };
                    let rest = stations[s].get(here..).unwrap_or(&[]);
                    here += rest.iter().position(ends).unwrap_or(rest.len());
                }
                after.entry(here).or_default().push(*station);
            }
        }
    }
    let mut out = Vec::new();
    let own = |side: Side, station: Station, out: &mut Vec<Region>, weaver: &mut Weaver| match station {
        Station::Block(id) => out.extend(weaver.alone(side, &[id]).into_iter().map(Region::Paragraph)),
        Station::Table(t) => out.push(tables[side.index()].alone(t, side, weaver)),
    };
    let both = |unit: usize, out: &mut Vec<Region>, weaver: &mut Weaver| {
        let [a, b] = &units[unit].blocks;
        out.extend(weaver.weave(a, b).into_iter().map(Region::Paragraph));
    };
    for at in 0..=stations[s].len() {
        for station in after.get(&at).into_iter().flatten() {
            let unit = match station {
                Station::Block(id) => unit_of[o].get(id),
                Station::Table(_) => None,
            };
            match unit {
                // A guest; it stands where its first block does.
                Some(unit)
                    if units[*unit].blocks[o].first().map(|id| Station::Block(*id)) == Some(*station) =>
                {
                    both(*unit, &mut out, weaver);
                }
                Some(_) => {}
                None => own(first.other(), *station, &mut out, weaver),
            }
        }
        let Some(station) = stations[s].get(at) else { break };
        match station {
            Station::Block(id) => match unit_of[s].get(id) {
                Some(unit) if place.get(unit) == Some(&at) => both(*unit, &mut out, weaver),
                Some(_) => {}
                None => own(first, *station, &mut out, weaver),
            },
            Station::Table(t) => match paired.iter().find(|p| p[s] == *t) {
                Some(pair) => out.push(tables::woven(&tables, *pair, weaver)),
                None => own(first, *station, &mut out, weaver),
            },
        }
    }
    out
}

/// The passages that stand below the other school's heading: all that it heads, each one passage with one of the followed policy, and there
/// not the only one of its section.
fn guests(
    outline: &Levels,
    first: Side,
    stations: &[Vec<Station>; 2],
    unit_of: &[FxHashMap<BlockId, usize>; 2],
    place: &FxHashMap<usize, usize>,
) -> Vec<usize> {
    let (s, o) = (first.index(), first.other().index());
    let is_heading = |side: Side, station: &Station| match station {
        Station::Block(id) => outline.rank((side, *id)).is_some(),
        Station::Table(_) => false,
    };
    // How many passages stand in each section of the followed policy, and in which those of each unit do.
    let mut standing: Vec<usize> = vec![0];
    let mut sections: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for station in &stations[s] {
        if is_heading(first, station) {
            standing.push(0);
            continue;
        }
        let here = standing.len() - 1;
        standing[here] += 1;
        if let Station::Block(id) = station
            && let Some(unit) = unit_of[s].get(id)
        {
            sections.entry(*unit).or_default().push(here);
        }
    }
    let mut out = Vec::new();
    for run in stations[o].chunk_by(|_, next| !is_heading(first.other(), next)) {
        let [Station::Block(head), below @ ..] = run else { continue };
        if below.is_empty() || outline.rank((first.other(), *head)).is_none() || unit_of[o].contains_key(head)
        {
            continue;
        }
        let unit = |station: &Station| match station {
            Station::Block(id) => unit_of[o].get(id).copied().filter(|unit| place.contains_key(unit)),
            Station::Table(_) => None,
        };
        let Some(mut found) = below.iter().map(unit).collect::<Option<Vec<_>>>() else { continue };
        found.sort_unstable();
        found.dedup();
        let mut left = standing.clone();
        let mut leaves = found.iter().filter_map(|unit| sections.get(unit)).flatten();
        let fits = leaves.all(|section| {
            left[*section] = left[*section].saturating_sub(1);
            left[*section] > 0
        });
        if fits {
            standing = left;
            out.extend(found);
        }
    }
    out
}

/// The passages of a policy in order; a table stands where its first cell does.
fn stations(m: &Materials, side: Side) -> Vec<Station> {
    let mut out = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (id, block) in (0..).zip(&m.document(side).blocks) {
        match block.cell {
            _ if block.role != Role::Body || block.kind == Kind::Note => {}
            Some(cell) if seen.insert(cell.table) => out.push(Station::Table(cell.table)),
            Some(_) => {}
            None => out.push(Station::Block(id)),
        }
    }
    out
}

/// A block of the body that is neither in a table nor a note.
fn is_text(m: &Materials, side: Side, id: BlockId) -> bool {
    let block = m.document(side).blocks.get(id as usize);
    block.is_some_and(|b| b.role == Role::Body && b.cell.is_none() && b.kind != Kind::Note)
}
