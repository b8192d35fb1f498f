//! One page for the governors of one school: the evidence of a policy in, what they are asked and what would change for them out.

use crate::compare::{Difference, DifferenceKind, Point};
use crate::merge::Side;
use crate::pair::{Confidence, Sharing};
use crate::report::paper::{Cell, Line, Look, Part, Run, Table, plain};
use crate::report::pictures::fitted;
use crate::status::{Happened, Status};

use super::evidence::Evidence;
use super::{Packing, count};

/// Points, steps and findings that the page itself names; the rest are in the annex. Three of each leave room for the decision on one page.
pub(super) const NAMED: usize = 3;
/// Letters of a quotation on the page; the annex has it whole.
pub(super) const LETTERS: usize = 96;

/// The page; `kept` says whether its annex is in the pack.
pub(super) fn page(packing: &Packing, e: &Evidence, side: Side, kept: bool) -> Vec<Part> {
    let schools = &packing.outcome.partnership.schools;
    let (ours, theirs) = (schools[side.index()].name.as_str(), schools[side.other().index()].name.as_str());
    let id = format!("p{}-{}", e.number, side.letter());
    let p = Page { e, status: packing.status, side, ours, theirs, kept };
    let mut table = Table::new(
        "",
        &format!("What the governors of {ours} are asked, and what would change for their school"),
        &[("Question", 21, None), ("Answer", 79, None)],
    );
    table.form = true;
    let rows: Vec<(&str, Cell)> = vec![
        ("What is proposed", vec![p.proposed()]),
        ("What there is now", p.now()),
        ("What changes for our school", p.changes()),
        ("What is lost", p.lost()),
        ("What is ours to decide", p.ours_to_decide()),
        ("Decided so far", p.decided()),
        ("Who was consulted", p.consulted()),
        ("Is ours up to date", p.currency()),
        ("Recommendation", vec![vec![Run::Gap(0)], vec![Run::Gap(0)]]),
        ("Decision", p.decision()),
        ("For the minutes", vec![p.minutes()]),
    ];
    for (question, answer) in rows {
        table.rows.push(vec![vec![vec![plain(question)]], answer]);
    }
    let mut parts =
        vec![Part::Heading(2, id, format!("{}: {ours}", e.title)), Part::text(Look::Lead, p.question())];
    if e.pair.confidence == Confidence::Question {
        let says =
            format!("Please check first whether these two belong together. {}", e.pair.because.join(" "));
        parts.push(Part::text(Look::Notice, fitted(&says, 300)));
    }
    parts.push(Part::Table(table));
    parts.push(Part::Text(
        Look::Small,
        match kept {
            true => vec![
                plain("Evidence: "),
                Run::To(format!("annex {}", e.number), format!("annex-{}", e.number)),
                plain("."),
            ],
            false => vec![plain("The annex with the evidence was left out of this pack.")],
        },
    ));
    parts
}

/// A page while it is written.
pub(super) struct Page<'e, 'p> {
    pub(super) e: &'e Evidence<'p>,
    pub(super) status: &'e Status,
    pub(super) side: Side,
    pub(super) ours: &'e str,
    pub(super) theirs: &'e str,
    kept: bool,
}

impl Page<'_, '_> {
    pub(super) fn count(&self, n: usize, table: &str) -> Run {
        count(n, &format!("p{}-{table}", self.e.number), self.kept)
    }

    /// A sentence for none; or one that begins with the number, linked to the table that it counts.
    pub(super) fn told(&self, n: usize, table: &str, [none, one, many]: [&str; 3]) -> Line {
        if n == 0 { vec![plain(none)] } else { self.counted(n, table, one, many).into() }
    }

    /// "… is 1 point" or "… are 3 points" with the number linked.
    pub(super) fn counted(&self, n: usize, table: &str, one: &str, many: &str) -> [Run; 2] {
        [self.count(n, table), plain(format!(" {}", if n == 1 { one } else { many }))]
    }

    fn question(&self) -> String {
        let (title, theirs) = (&self.e.title, self.theirs);
        if self.e.is_agreed() {
            return format!(
                "Decided: both schools have approved a policy on “{title}”. Nothing is asked, unless somebody wants to change what was approved."
            );
        }
        if self.agreed().is_some() {
            return format!(
                "Decided by our school: it has approved a policy on “{title}”. The decision of {theirs} is still open."
            );
        }
        match self.e.pair.sharing {
            Sharing::Share | Sharing::ShareWithAnnex => {
                format!("The question: should our school and {theirs} share one policy on “{title}”?")
            }
            Sharing::AdoptModel => {
                format!(
                    "The question: which consulted model on “{title}” does our school adopt unchanged, and is it the one that {theirs} adopts?"
                )
            }
            Sharing::KeepSeparate => {
                format!(
                    "For information: our school keeps a policy of its own on “{title}”. Nothing is proposed to be shared."
                )
            }
        }
    }

    /// How our school approved it, if it did.
    pub(super) fn agreed(&self) -> Option<&Happened> {
        self.e.agreed[self.side.index()]
    }

    fn proposed(&self) -> Line {
        let theirs = self.theirs;
        if self.e.is_agreed() {
            return vec![plain("Nothing new.")];
        }
        vec![plain(match self.e.pair.sharing {
            Sharing::Share => format!("One text for our school and {theirs}."),
            Sharing::ShareWithAnnex => format!(
                "One text for our school and {theirs}, with an annex for each school that holds its own names, numbers, times and rooms."
            ),
            Sharing::AdoptModel => "Not a mixture of the two policies: one model, on which staff and unions were consulted, taken over unchanged.".into(),
            Sharing::KeepSeparate => "Nothing: each school has to keep a policy of its own on this topic.".into(),
        })]
    }

    fn now(&self) -> Cell {
        [(self.side, self.ours), (self.side.other(), self.theirs)]
            .into_iter()
            .map(|(side, name)| {
                let front = self.e.front(side);
                let approved = match (&front.approved_on, &front.approved_by) {
                    (Some(on), Some(by)) => format!("approved {} by {}", on.in_words(), by),
                    (Some(on), None) => format!("approved {}", on.in_words()),
                    (None, Some(by)) => format!("approved by {by}, no date"),
                    (None, None) => "does not say when it was approved".into(),
                };
                let due = self.e.due(side);
                let title = fitted(&self.e.documents[side.index()].title, 60);
                vec![Run::Strong(format!("{name}: ")), plain(format!("“{title}”, {approved}, {due}."))]
            })
            .collect()
    }

    fn changes(&self) -> Cell {
        let e = self.e;
        let new = &e.only[self.side.other().index()];
        let mut first = Vec::new();
        if e.is_agreed() {
            first.push(plain("The two copies, as they lie in the schools' folders: "));
        }
        first.extend(self.counted(
            e.both.len(),
            "both",
            "point where the two say different things",
            "points where the two say different things",
        ));
        first.push(plain(format!("{}; ", decided_too(e))));
        first.extend(self.counted(
            new.len(),
            &format!("only-{}", self.side.other().letter()),
            &format!("step that only {} has.", self.theirs),
            &format!("steps that only {} has.", self.theirs),
        ));
        let mut out = vec![first];
        let named = match e.both.is_empty() {
            false => e.both.iter().map(|point| self.point(point)).collect(),
            true => self.quoted(new, self.side.other(), "New: "),
        };
        out.extend(first_of(named, NAMED));
        out
    }

    /// "Reporting (time limit): ours “two days”, theirs “three days”."
    fn point(&self, point: &Point) -> Line {
        let Some(d) = self.e.differences(point).next() else { return Vec::new() };
        let mut line = vec![plain(format!("{} ({}): ", fitted(&self.title(d), 50), d.kind.name()))];
        // "not" alone tells nothing, nor does a word beside a whole sentence.
        let whole = d.kind == DifferenceKind::Negation || d.a.is_none() || d.b.is_none();
        for (at, (side, whose)) in
            [(self.side, "ours "), (self.side.other(), "theirs ")].into_iter().enumerate()
        {
            if at > 0 {
                line.push(plain(", "));
            }
            match self.e.said(d, side) {
                Some((words, sentence)) => {
                    let shown = if whole { sentence } else { words };
                    line.extend([plain(whose), Run::Quote(side, fitted(shown, LETTERS / 2))]);
                }
                None => line.push(plain(format!("{whose}says nothing of it"))),
            }
        }
        line.push(plain("."));
        line
    }

    /// The heading under which it stands, ours first; one if both say the same.
    fn title(&self, d: &Difference) -> String {
        let heading = |side: Side| self.e.section(d.sentences()[side.index()], side);
        let (ours, theirs) = (heading(self.side), heading(self.side.other()));
        match ours.to_lowercase() == theirs.to_lowercase() || theirs.is_empty() {
            true => ours.to_owned(),
            false if ours.is_empty() => theirs.to_owned(),
            false => format!("{ours} / {theirs}"),
        }
    }

    /// A line for each of these, in one side's words.
    fn quoted(&self, all: &[&Difference], side: Side, before: &str) -> Vec<Line> {
        let line = |(_, sentence): (&str, &str)| {
            let quote = Run::Quote(side, fitted(sentence, LETTERS));
            if before.is_empty() { vec![quote] } else { vec![plain(before), quote] }
        };
        all.iter().filter_map(|d| self.e.said(d, side)).map(line).collect()
    }

    fn lost(&self) -> Cell {
        let lost = &self.e.only[self.side.index()];
        let table = format!("only-{}", self.side.letter());
        let says = match self.e.is_agreed() {
            true => [
                "No step was found only in our copy.",
                "step was found only in our copy.",
                "steps were found only in our copy.",
            ],
            false => [
                "No step was found only in our policy, so none can be lost.",
                "step was found only in our policy. The draft holds it; it is lost if it is rejected there.",
                "steps were found only in our policy. The draft holds them; what is rejected there is lost.",
            ],
        };
        let mut first = self.told(lost.len(), &table, says);
        let kept = lost.iter().filter(|d| self.e.is_kept(d, self.side)).count();
        if kept > 0 {
            first.push(plain(format!(" {kept} of them will be kept, as decided.")));
        }
        let mut out = vec![first];
        out.extend(first_of(self.quoted(lost, self.side, ""), NAMED));
        out
    }
}

/// The first so many lines, each once with how often it stands, and how many there are beyond, so that they add up to all.
pub(super) fn first_of(lines: Vec<Line>, most: usize) -> Vec<Line> {
    let all = lines.len();
    let mut out: Vec<(Line, usize)> = Vec::new();
    for line in lines {
        match out.iter_mut().find(|(known, _)| *known == line) {
            Some((_, times)) => *times += 1,
            None => out.push((line, 1)),
        }
    }
    out.truncate(most);
    let shown: usize = out.iter().map(|(_, times)| times).sum();
    let mut out: Vec<Line> = out.into_iter().map(|(line, times)| repeated(line, times)).collect();
    if all > shown {
        out.push(vec![plain(format!("and {} more.", all - shown))]);
    }
    out
}

fn repeated(mut line: Line, times: usize) -> Line {
    if times > 1 {
        line.push(plain(format!(" ({times} times)")));
    }
    line
}

/// " (3 of them decided already)" after the number of points; empty if none is.
pub(super) fn decided_too(e: &Evidence) -> String {
    match e.decided_points() {
        0 => String::new(),
        n if n == e.both.len() => " (decided already)".into(),
        n => format!(" ({n} of them decided already)"),
    }
}
