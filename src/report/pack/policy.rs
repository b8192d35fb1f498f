//! One page for the governors of one school: the evidence of a policy in, what they are asked and what would change for them out.

use crate::check::Finding;
use crate::compare::{Difference, Point};
use crate::merge::Side;
use crate::pair::{Confidence, Sharing};
use crate::report::paper::{Cell, Line, Look, Part, Run, Table, plain};
use crate::report::pictures::fitted;

use super::evidence::Evidence;
use super::{Packing, count, letter};

/// Points, steps and findings that the page itself names; the rest are in the annex. Three of each leave room for the decision on one page.
const NAMED: usize = 3;
/// Letters of a quotation on the page; the annex has it whole.
const LETTERS: usize = 96;

/// The page; `kept` says whether its annex is in the pack.
pub(super) fn page(packing: &Packing, e: &Evidence, side: Side, kept: bool) -> Vec<Part> {
    let schools = &packing.outcome.partnership.schools;
    let (ours, theirs) = (schools[side.index()].name.as_str(), schools[side.other().index()].name.as_str());
    let id = format!("p{}-{}", e.number, letter(side));
    let p = Page { e, side, ours, theirs, kept };
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
        ("Decided so far", vec![p.decided()]),
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

struct Page<'e, 'p> {
    e: &'e Evidence<'p>,
    side: Side,
    ours: &'e str,
    theirs: &'e str,
    kept: bool,
}

impl Page<'_, '_> {
    fn count(&self, n: usize, table: &str) -> Run {
        count(n, &format!("p{}-{table}", self.e.number), self.kept)
    }

    /// "… is 1 point" or "… are 3 points" with the number linked.
    fn counted(&self, n: usize, table: &str, one: &str, many: &str) -> [Run; 2] {
        [self.count(n, table), plain(format!(" {}", if n == 1 { one } else { many }))]
    }

    fn question(&self) -> String {
        let (title, theirs) = (&self.e.title, self.theirs);
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

    fn proposed(&self) -> Line {
        let theirs = self.theirs;
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
        first.extend(self.counted(
            e.both.len(),
            "both",
            "point where the two say different things; ",
            "points where the two say different things; ",
        ));
        first.extend(self.counted(
            new.len(),
            &format!("only-{}", letter(self.side.other())),
            &format!("step that only {} has.", self.theirs),
            &format!("steps that only {} has.", self.theirs),
        ));
        let mut out = vec![first];
        out.extend(e.both.iter().take(NAMED).map(|point| self.point(point)));
        if e.both.is_empty() {
            out.extend(new.iter().take(NAMED).filter_map(|d| e.said(d, self.side.other())).map(
                |(_, sentence)| {
                    vec![plain("New: "), Run::Quote(self.side.other(), fitted(sentence, LETTERS))]
                },
            ));
        }
        out
    }

    /// "Reporting (time limit): ours “two days”, theirs “three days”."
    fn point(&self, point: &Point) -> Line {
        let Some(d) = self.e.differences(point).next() else { return Vec::new() };
        let mut line = vec![plain(format!("{} ({}): ", fitted(&self.title(d), 50), d.kind.name()))];
        for (at, (side, whose)) in
            [(self.side, "ours "), (self.side.other(), "theirs ")].into_iter().enumerate()
        {
            if at > 0 {
                line.push(plain(", "));
            }
            match self.e.said(d, side) {
                Some((words, _)) => line.extend([plain(whose), Run::Quote(side, fitted(words, LETTERS / 2))]),
                None => line.push(plain(format!("{whose}says nothing of it"))),
            }
        }
        line.push(plain("."));
        line
    }

    /// The heading under which it stands, ours first; one if both say the same.
    fn title(&self, d: &Difference) -> String {
        let heading =
            |side: Side| self.e.section([d.context_a.or(d.a), d.context_b.or(d.b)][side.index()], side);
        let (ours, theirs) = (heading(self.side), heading(self.side.other()));
        match ours.to_lowercase() == theirs.to_lowercase() || theirs.is_empty() {
            true => ours.to_owned(),
            false if ours.is_empty() => theirs.to_owned(),
            false => format!("{ours} / {theirs}"),
        }
    }

    fn lost(&self) -> Cell {
        let lost = &self.e.only[self.side.index()];
        let table = format!("only-{}", letter(self.side));
        let mut out = vec![Vec::from(self.counted(
            lost.len(),
            &table,
            "step stands only in our policy; it is lost unless the shared policy takes it over.",
            "steps stand only in our policy; what the shared policy does not take over is lost.",
        ))];
        out.extend(
            lost.iter()
                .take(NAMED)
                .filter_map(|d| self.e.said(d, self.side))
                .map(|(_, sentence)| vec![Run::Quote(self.side, fitted(sentence, LETTERS))]),
        );
        out
    }

    fn ours_to_decide(&self) -> Cell {
        let e = self.e;
        let [n, points] = self.counted(e.both.len(), "both", "point", "points");
        let shared = matches!(e.pair.sharing, Sharing::Share | Sharing::ShareWithAnnex);
        let whether =
            if shared { "whether the policy is shared, and " } else { "what our own policy says, and " };
        let mut out = match e.governors {
            true => vec![
                vec![
                    Run::Strong("The governors: ".into()),
                    plain(whether),
                    plain("the "),
                    n,
                    points,
                    plain(", on the headteacher's advice."),
                ],
                vec![
                    Run::Strong("The headteacher: ".into()),
                    plain("how it is carried out, and what is out of date in our own policy."),
                ],
            ],
            false => vec![
                vec![
                    Run::Strong("The headteacher: ".into()),
                    plain(whether),
                    plain("the "),
                    n,
                    points,
                    plain(" together with the other headteacher."),
                ],
                vec![
                    Run::Strong("The governors: ".into()),
                    plain("may ask to see it; they decide if our school's scheme of delegation says so."),
                ],
            ],
        };
        out.push(vec![plain(format!("{} Source: {}.", e.decider.because, fitted(&e.decider.source, 110)))]);
        out
    }

    fn decided(&self) -> Line {
        let e = self.e;
        let contested =
            e.decided.iter().filter(|(_, s)| matches!(s, crate::merge::Settled::Contested(_))).count();
        let mut line = Vec::from(self.counted(
            e.decided.len(),
            "decided",
            "difference has a recorded decision.",
            "differences have a recorded decision.",
        ));
        if contested > 0 {
            line.push(plain(format!(" On {contested} of them two people decided otherwise.")));
        }
        line
    }

    fn consulted(&self) -> Cell {
        let e = self.e;
        let quotes = &e.consulted[self.side.index()];
        let mut first = Vec::from(self.counted(
            quotes.len(),
            &format!("consulted-{}", letter(self.side)),
            "sentence of our policy speaks of consultation.",
            "sentences of our policy speak of consultation.",
        ));
        if let Some(quote) = quotes.first() {
            let words = quote.text(e.documents[self.side.index()]);
            first.extend([plain(" "), Run::Quote(self.side, fitted(words, LETTERS))]);
        }
        let mut out = vec![first];
        out.extend(duty_note(e).map(|note| vec![plain(note)]));
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

    fn currency(&self) -> Cell {
        let findings = &self.e.findings[self.side.index()];
        let table = format!("findings-{}", letter(self.side));
        let mut out = vec![Vec::from(self.counted(
            findings.len(),
            &table,
            "thing was found to put right in our policy.",
            "things were found to put right in our policy.",
        ))];
        let mut worst: Vec<&&Finding> = findings.iter().collect();
        worst.sort_by_key(|f| std::cmp::Reverse(f.severity));
        out.extend(worst.iter().take(NAMED - 1).map(|f| vec![plain(fitted(&f.says, 2 * LETTERS))]));
        out
    }

    fn decision(&self) -> Cell {
        [self.ours, self.theirs]
            .into_iter()
            .map(|school| {
                vec![
                    plain(format!("{school}: adopted / with changes / not; ")),
                    plain("signed "),
                    Run::Gap(12),
                    plain(" date "),
                    Run::Gap(9),
                ]
            })
            .collect()
    }

    fn minutes(&self) -> Line {
        let e = self.e;
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
            self.counted(new, &format!("only-{}", letter(self.side.other())), "step", "steps");
        vec![
            plain(format!("The governing body of {} considered {what}. It noted ", self.ours)),
            both,
            points,
            plain(" found on which the two policies differ, "),
            news,
            steps,
            plain(format!(" that only {} has and ", self.theirs)),
            self.count(lost, &format!("only-{}", letter(self.side))),
            plain(format!(" that only {} has. It resolved ", self.ours)),
            Run::Gap(0),
        ]
    }
}

/// What the list of statutory policies says about consulting on this topic.
fn duty_note(e: &Evidence) -> Option<String> {
    let topic = e.pair.topic.as_ref()?;
    let duties = e.knowledge.statutory().all();
    let duty = duties.iter().find(|d| d.topic.as_ref() == Some(topic) && d.note.contains("consult"))?;
    Some(format!("To know: {} ({}, {}).", duty.note, fitted(&duty.source, 60), duty.source_date))
}
