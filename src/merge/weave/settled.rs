//! What people decided about the sentences of a passage: which wording stands, what is left out, and what then becomes of the blanks around it.

use crate::compare::Quote;
use crate::document::BlockId;
use crate::merge::choose::key;
use crate::merge::{Piece, RemarkKind, Settled, Side, Stand, Take, Words};

use super::Weaver;

impl<'m> Weaver<'m> {
    /// What holds for the differences between two sentences, then for the sentences themselves.
    pub(super) fn settled(&self, found: &[usize], about: [Option<Quote>; 2]) -> Vec<&'m Settled> {
        let m = self.m;
        let differences = found.iter().filter_map(|d| m.comparison.differences.get(*d));
        let of = differences.filter_map(|d| m.settlement.of(d, m.documents));
        of.chain(m.settlement.of_sentences(about, m.documents)).collect()
    }

    /// What was decided, if all who decided agree.
    pub(super) fn taken(&self, found: &[usize], about: [Option<Quote>; 2]) -> Option<Take> {
        self.settled(found, about).into_iter().find_map(|settled| match settled {
            Settled::Agreed(all) => all.first().map(|d| d.take),
            Settled::Contested(_) => None,
        })
    }

    /// Whether a decision let any of these pieces stand as plain text.
    pub(in crate::merge) fn is_settled(&self, pieces: &[Piece]) -> bool {
        let kind = |p: &Piece| p.remark.and_then(|r| self.remarks.get(r)).map(|r| r.kind);
        pieces.iter().any(|p| p.stand == Stand::Plain && kind(p) == Some(RemarkKind::Decided))
    }

    /// Whether a decision let words of this school, or of one's own, stand as plain text.
    pub(super) fn is_settled_for(&self, side: Side, pieces: &[Piece]) -> bool {
        let mine = |p: &&Piece| p.from[side.index()].is_some() || matches!(p.words, Words::Written(_));
        self.is_settled(&pieces.iter().filter(mine).cloned().collect::<Vec<_>>())
    }

    /// Whether people decided that a paragraph ends where only this school ends one; none if nobody did, or if nothing of the other school or
    /// of both stands in it.
    pub(super) fn end_taken(&mut self, side: Side, block: BlockId) -> Option<bool> {
        let m = self.m;
        let mixed = |p: &Piece| p.stand != Stand::Inserted(side) && !m.text(&p.words).trim().is_empty();
        let settled =
            m.settlement.of_end(side, block, m.documents).filter(|_| self.open.iter().any(mixed))?;
        self.ends.extend(settled.all().iter().cloned());
        let Settled::Agreed(all) = settled else { return None };
        self.joined = true;
        let mine = if side == Side::A { Take::A } else { Take::B };
        all.first().map(|d| d.take == mine)
    }

    /// Whether a decision left out something of a block.
    pub(in crate::merge) fn has_left_out(&self, side: Side, block: BlockId) -> bool {
        self.left_out.iter().any(|(s, quote, _)| *s == side && quote.block == block)
    }

    /// Whether people have decided otherwise.
    pub(super) fn contested(&self, found: &[usize], about: [Option<Quote>; 2]) -> bool {
        self.settled(found, about).iter().any(|s| matches!(s, Settled::Contested(_)))
    }

    /// What was decided about the sentences that stand here; `first` if wording of one's own belongs here.
    pub(super) fn decided(
        &mut self,
        take: Take,
        from: [Option<Quote>; 2],
        remark: Option<usize>,
        first: bool,
    ) {
        let only = |side: Side| if side == Side::A { [from[0], None] } else { [None, from[1]] };
        let mut keep = Vec::new();
        match take {
            Take::A => keep.push(Side::A),
            Take::B => keep.push(Side::B),
            Take::Both | Take::Local => keep.extend([self.first, self.first.other()]),
            Take::Neither => {}
            Take::Own => {
                let own = remark.and_then(|r| self.remarks[r].decisions.iter().find(|d| d.take == Take::Own));
                if let Some(own) = own.map(|d| d.own.clone()).filter(|_| first) {
                    self.settle_gap();
                    self.push(Words::Written(own), Stand::Plain, [None, None], remark);
                }
            }
        }
        keep.retain(|side| from[side.index()].is_some());
        let about = remark.and_then(|r| self.remarks.get(r)).map_or([None, None], |r| r.about);
        // The same words at two places hold at both schools.
        let alike = match about {
            [Some(a), Some(b)] => key(self.m.documents[0], a) == key(self.m.documents[1], b),
            _ => take == Take::Both,
        };
        let apart = matches!(take, Take::Both | Take::Local) && !alike;
        let heading = self.m.is_heading(about);
        for (n, side) in keep.iter().enumerate() {
            if n > 0 {
                let between = if heading { Words::Label(" / ".into()) } else { Words::Blank };
                self.push(between, Stand::Plain, [None, None], None);
            }
            self.settle_gap();
            if apart && !heading {
                let label = format!("At {}: ", self.m.schools[side.index()].name);
                self.push(Words::Label(label), Stand::Plain, [None, None], None);
            }
            if let Some(quote) = from[side.index()] {
                self.push(Words::Quoted(*side, quote), Stand::Plain, only(*side), remark);
            }
        }
        for side in Side::BOTH {
            if let (Some(quote), Some(remark), false) = (from[side.index()], remark, keep.contains(&side)) {
                self.left_out.push((side, quote, remark));
                self.dropped[side.index()] = true;
            }
        }
    }

    /// The blank before a sentence that was decided for is as plain as the sentence.
    pub(super) fn settle_gap(&mut self) {
        if let Some(gap) = self.open.last_mut().filter(|p| p.from == [None, None] && p.remark.is_none()) {
            gap.stand = Stand::Plain;
        }
    }

    /// Blanks that were some school's own stand between what was decided as plain as it, and not after it.
    pub(super) fn tidy(&mut self) {
        let m = self.m;
        let loose = |p: &Piece| p.from == [None, None] && m.text(&p.words).trim().is_empty();
        while self.open.last().is_some_and(loose) {
            self.open.pop();
        }
        for at in 1..self.open.len() {
            let beside = |at: usize| self.open.get(at).is_some_and(|p| p.stand == Stand::Plain);
            if loose(&self.open[at]) && beside(at - 1) && beside(at + 1) {
                self.open[at].stand = Stand::Plain;
            }
        }
    }
}
