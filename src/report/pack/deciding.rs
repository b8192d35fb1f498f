//! The lower half of a page: who decides, what is decided, who was consulted, what is out of date, and room for the decision.

use crate::check::Finding;
use crate::check::register::Status as Due;
use crate::compare::governs;
use crate::pair::Sharing;
use crate::report::paper::{Cell, Line, Run, plain};
use crate::report::pictures::fitted;
use crate::report::status::told;
use crate::status::State;

use super::evidence::Evidence;
use super::policy::{LETTERS, NAMED, Page, decided_too, first_of};

impl Page<'_, '_> {
    pub(super) fn ours_to_decide(&self) -> Cell {
        let e = self.e;
        let shared = matches!(e.pair.sharing, Sharing::Share | Sharing::ShareWithAnnex);
        let mut what =
            vec![plain(if shared { "whether the policy is shared" } else { "what our own policy says" })];
        if !e.both.is_empty() {
            what.push(plain(", and the "));
            what.extend(self.counted(e.both.len(), "both", "point", "points"));
            what.push(plain(decided_too(e)));
        }
        if e.is_agreed() {
            return vec![vec![plain(
                "Nothing, while what was approved stands. A change of it goes to both schools again.",
            )]];
        }
        let (governors, head) =
            (Run::Strong("The governors: ".into()), Run::Strong("The headteacher: ".into()));
        let mut out = match e.decider.governors {
            true => {
                what.insert(0, governors);
                what.push(plain(", on the headteacher's advice."));
                let rest = "how it is carried out, and what is out of date in our own policy.";
                vec![what, vec![head, plain(rest)]]
            }
            false => {
                what.insert(0, head);
                what.push(plain(", together with the other headteacher."));
                let rest = "may ask to see it; they decide if our school's scheme of delegation says so.";
                vec![what, vec![governors, plain(rest)]]
            }
        };
        let named = self.e.front(self.side).approved_by.as_deref().filter(|_| !e.decider.governors);
        if let Some(by) = named.filter(|by| governs(by)) {
            out.push(vec![plain(format!(
                "Our policy itself names who approved it: {by}. If that still holds, they decide."
            ))]);
        }
        out.push(vec![plain(format!("{} Source: {}.", e.decider.because, fitted(&e.decider.source, 150)))]);
        out.extend(duty_note(e, false).map(|note| vec![plain(note)]));
        out
    }

    /// What was recorded of it, the furthest first, then the decisions on single differences.
    pub(super) fn decided(&self) -> Cell {
        let e = self.e;
        let mut out: Cell = Vec::new();
        let both = e.agreed[0].is_some() && e.agreed[0] == e.agreed[1];
        let sides = [(self.side, self.ours), (self.side.other(), self.theirs)];
        for (side, school) in sides.into_iter().take(if both { 1 } else { 2 }) {
            let school = if both { "Both schools" } else { school };
            if let Some(h) = e.agreed[side.index()] {
                let state = h.state.map_or("approved", State::name);
                out.push(vec![Run::Strong(format!("{school}: ")), plain(format!("{state} {}.", told(h)))]);
            }
        }
        if !e.is_agreed()
            && let Some(so_far) = self.so_far()
        {
            out.push(vec![plain(so_far)]);
        }
        out.push(self.decisions());
        out
    }

    /// "So far: drafted 8 July 2026 by the two headteachers; compared 3 June 2026 by …." of our school, without its approval.
    fn so_far(&self) -> Option<String> {
        let school = &self.e.standing?.schools[self.side.index()];
        let reached = school.reached.iter().rev().filter(|(state, _)| **state < State::Approved);
        let said: Vec<String> = reached
            .filter_map(|(state, at)| {
                Some(format!("{} {}", state.name(), told(self.status.happened.get(*at)?)))
            })
            .collect();
        (!said.is_empty()).then(|| format!("So far: {}.", said.join("; ")))
    }

    fn decisions(&self) -> Line {
        let e = self.e;
        let contested =
            e.decided.iter().filter(|(_, s)| matches!(s, crate::merge::Settled::Contested(_))).count();
        let says = [
            "No decision on a single difference has been recorded.",
            "difference has a recorded decision.",
            "differences have a recorded decision.",
        ];
        let mut line = self.told(e.decided.len(), "decided", says);
        if contested > 0 {
            line.push(plain(format!(" On {contested} of them two people decided otherwise.")));
        }
        line
    }

    pub(super) fn consulted(&self) -> Cell {
        let e = self.e;
        let quotes = &e.consulted[self.side.index()];
        let says = [
            "Our policy does not say who was consulted on it.",
            "sentence of our policy says who was or is consulted on it.",
            "sentences of our policy say who was or is consulted on it.",
        ];
        let mut first = self.told(quotes.len(), &format!("consulted-{}", self.side.letter()), says);
        if let Some(quote) = quotes.first() {
            let words = quote.text(e.documents[self.side.index()]);
            first.extend([plain(" "), Run::Quote(self.side, fitted(words, LETTERS))]);
        }
        let mut out = vec![first];
        out.extend(duty_note(e, true).map(|note| vec![plain(note)]));
        let recorded = e.standing.and_then(|p| p.schools[self.side.index()].reached.get(&State::Consulted));
        if let Some(h) = recorded.and_then(|at| self.status.happened.get(*at)) {
            let comment = if h.comment.is_empty() { String::new() } else { format!(": {}", h.comment) };
            out.push(vec![plain(format!("Recorded: consulted {}{comment}", told(h)))]);
        }
        if e.is_agreed() {
            return out;
        }
        out.push(vec![
            plain("On this proposal: staff "),
            Run::Gap(12),
            plain(" parents "),
            Run::Gap(12),
            plain(" pupils "),
            Run::Gap(12),
        ]);
        out
    }

    pub(super) fn currency(&self) -> Cell {
        let findings = &self.e.findings[self.side.index()];
        let table = format!("findings-{}", self.side.letter());
        let says = [
            "Nothing was found to put right in our policy.",
            "thing was found to put right in our policy.",
            "things were found to put right in our policy.",
        ];
        let mut out = vec![self.told(findings.len(), &table, says)];
        let mut worst: Vec<&&Finding> = findings.iter().collect();
        worst.sort_by_key(|f| std::cmp::Reverse(f.severity));
        let said = worst.iter().map(|f| vec![plain(fitted(&f.says, 2 * LETTERS))]).collect();
        out.extend(first_of(said, NAMED - 1));
        // A date that the policy itself names is told by a finding; one that was reckoned is not.
        let overdue = self.e.entries[self.side.index()].as_ref().filter(|e| e.status == Due::Overdue);
        if overdue.is_some() && self.e.front(self.side).review_due.is_none() {
            out.push(vec![plain(format!("Its review: {}.", self.e.due(self.side)))]);
        }
        out
    }

    pub(super) fn decision(&self) -> Cell {
        if self.e.is_agreed() {
            return vec![vec![plain("None is asked.")]];
        }
        // Each on lines of its own, so that no rule is broken at the end of a line.
        [self.ours, self.theirs]
            .into_iter()
            .flat_map(|school| {
                let choice = vec![plain(format!("{school}: adopted / with changes / not"))];
                [choice, vec![plain("signed "), Run::Gap(24), plain(" date "), Run::Gap(12)]]
            })
            .collect()
    }

    pub(super) fn minutes(&self) -> Line {
        let e = self.e;
        if e.is_agreed() {
            return vec![
                plain(format!(
                    "The governing body of {} noted that the policy on “{}” has been approved by both schools. ",
                    self.ours, e.title
                )),
                Run::Gap(0),
            ];
        }
        let what = match e.pair.sharing {
            Sharing::Share | Sharing::ShareWithAnnex => {
                format!("whether to share one policy on “{}” with {}", e.title, self.theirs)
            }
            Sharing::AdoptModel => format!("which model of a policy on “{}” to adopt", e.title),
            Sharing::KeepSeparate => {
                format!("its policy on “{}” beside that of {}, for information", e.title, self.theirs)
            }
        };
        let (new, lost) = (e.only[self.side.other().index()].len(), e.only[self.side.index()].len());
        let [both, points] = self.counted(e.both.len(), "both", "point", "points");
        let [news, steps] =
            self.counted(new, &format!("only-{}", self.side.other().letter()), "step", "steps");
        vec![
            plain(format!("The governing body of {} considered {what}. It noted ", self.ours)),
            both,
            points,
            plain(format!(" found on which the two policies differ{}, ", decided_too(e))),
            news,
            steps,
            plain(format!(" that only {} has and ", self.theirs)),
            self.count(lost, &format!("only-{}", self.side.letter())),
            plain(format!(" that only {} has. It resolved ", self.ours)),
            Run::Gap(0),
        ]
    }
}

/// What the list of statutory policies says on this topic: about consulting, or anything else.
fn duty_note(e: &Evidence, consulting: bool) -> Option<String> {
    let duty = e.duty.filter(|d| !d.note.is_empty() && d.note.contains("consult") == consulting)?;
    Some(format!("To know: {} ({}, {}).", duty.note, fitted(&duty.source, 60), duty.source_day()))
}
