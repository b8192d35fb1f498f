//! What a draft says about itself around its text: a draft in, the rows of its front page, annexes and history as plain text out.
//!
//! The Word file is written from it, and what people filled in there is told from it when a draft comes back.

use jiff::civil::Date;

use crate::compare::{LocalKind, Quote, Weight};
use crate::document::date::in_words;

use super::{Decision, Draft, Materials, RemarkKind, Settled, Side, Take};

/// Words of a sentence by which the history names it: enough to find it again.
const SENTENCE_WORDS: usize = 12;

/// The rows around a draft's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The front page: what, and what stands there or is filled in.
    pub front: Vec<[String; 2]>,
    /// Whom the policy is for.
    pub applies: String,
    /// What stays different on purpose: either school's words, why, until when.
    pub local: Vec<[String; 4]>,
    /// The local facts of each school.
    pub facts: [Vec<Fact>; 2],
    /// When what was done.
    pub history: Vec<[String; 2]>,
}

/// A local fact with room for what it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is, in which section it stands, what the present policy says, and what people decided that it will be; mostly nothing.
    pub row: [String; 4],
    /// The differences that it stands in: indices into [`crate::compare::Comparison::differences`].
    pub differences: Vec<usize>,
}

impl Frame {
    /// What the columns of the front page are called.
    pub const FRONT: [&str; 2] = ["This policy", ""];
    /// What those of local facts are called.
    pub const FACTS: [&str; 4] = ["Local fact", "Section", "In the present policy", "From now on"];
    /// What the last two of local differences are called; the first two are the schools.
    pub const LOCAL: [&str; 2] = ["Why", "To be looked at again"];
    /// What those of the history are called.
    pub const HISTORY: [&str; 2] = ["Date", "What"];
    /// What stands where a school has no local facts.
    pub const NO_FACTS: &str =
        "No names, numbers, addresses, times or rooms were found in this school's policy.";
    /// How a draft begins that was made although it should not be; the reason follows.
    pub const OVERRIDDEN: &str = "Made although policies on this topic should not be merged.";
    /// What stands between the two.
    pub const REASON: &str = " Reason given: ";
    /// The heading before the contents.
    pub const CONTENTS: &str = "Contents";
    /// The headings before local differences and history.
    pub const HEADINGS: [&str; 2] = ["Local differences", "Change history"];

    /// The heading of a school's annex.
    pub fn annex(m: &Materials, side: Side) -> String {
        let letter = if side == Side::A { "A" } else { "B" };
        format!("Annex {letter}: {}", m.schools[side.index()].name)
    }

    /// What stands before a school's front matter in its annex.
    pub fn front_matter(m: &Materials, side: Side) -> String {
        format!("Title and front matter of the present policy of {}:", m.schools[side.index()].name)
    }
}

/// The rows of a draft of this title and day; `overridden` is why it was made although it should not be.
pub fn frame(draft: &Draft, m: &Materials, title: &str, today: Date, overridden: Option<&str>) -> Frame {
    let [a, b] = m.schools;
    let to_fill = || "Name:                    Date:".to_owned();
    let front = vec![
        ["Title".to_owned(), title.to_owned()],
        ["Schools".into(), format!("{} and {}", a.name, b.name)],
        ["Status".into(), format!("Draft of {}", in_words(today))],
        [format!("Approved for {}", a.name), to_fill()],
        [format!("Approved for {}", b.name), to_fill()],
        ["Review date".into(), String::new()],
    ];
    Frame {
        front,
        applies: format!("Applies to: {} and {}", a.name, b.name),
        local: local(draft, m),
        facts: Side::BOTH.map(|side| facts(m, side)),
        history: history(draft, m, today, overridden),
    }
}

/// The decisions on local facts that the annexes show.
pub(super) fn filled(m: &Materials) -> Vec<Decision> {
    let differences = m.comparison.differences.iter().filter(|d| d.weight == Weight::Local);
    let of =
        differences.flat_map(|d| m.schools.iter().filter_map(|s| m.settlement.of_fact(d, s, m.documents)));
    of.flat_map(|settled| settled.all().iter().cloned()).collect()
}

fn facts(m: &Materials, side: Side) -> Vec<Fact> {
    let document = m.document(side);
    let mut out: Vec<Fact> = Vec::new();
    for (at, difference) in m.comparison.differences.iter().enumerate() {
        let quote = [difference.a, difference.b][side.index()];
        let Some(quote) = quote.filter(|_| difference.weight == Weight::Local) else { continue };
        let what = difference.local.map_or("fact", LocalKind::name).to_owned();
        let section = document.section(quote.block).last().and_then(|h| document.blocks.get(*h as usize));
        let section = section.map_or_else(String::new, |b| b.text.clone());
        let settled = m.settlement.of_fact(difference, &m.schools[side.index()], m.documents);
        let will = match settled {
            Some(Settled::Agreed(all)) => all.first().map_or_else(String::new, |d| d.own.clone()),
            Some(Settled::Contested(all)) => {
                all.iter().map(|d| format!("{}: {}", d.by, d.own)).collect::<Vec<_>>().join(" / ")
            }
            None => String::new(),
        };
        let row = [what, section, quote.text(document).to_owned(), will];
        match out.iter_mut().find(|f| f.row[..3] == row[..3]) {
            Some(known) => known.differences.push(at),
            None => out.push(Fact { row, differences: vec![at] }),
        }
    }
    out
}

fn local(draft: &Draft, m: &Materials) -> Vec<[String; 4]> {
    let mut out: Vec<[String; 4]> = Vec::new();
    for remark in draft.remarks.iter().filter(|r| r.kind == RemarkKind::Decided) {
        for decision in remark.decisions.iter().filter(|x| x.take == Take::Local) {
            let says = |side: Side| {
                let quote = remark.about[side.index()];
                quote.map_or_else(|| "–".into(), |q| q.text(m.document(side)).to_owned())
            };
            let why = format!("{} ({}, {})", decision.reason, decision.by, in_words(decision.on));
            let again = decision.review_on.map_or_else(String::new, in_words);
            let row = [says(Side::A), says(Side::B), why, again];
            if !out.contains(&row) {
                out.push(row);
            }
        }
    }
    out
}

fn history(draft: &Draft, m: &Materials, today: Date, overridden: Option<&str>) -> Vec<[String; 2]> {
    let [a, b] =
        Side::BOTH.map(|side| format!("“{}” ({})", m.document(side).title, m.schools[side.index()].name));
    let mut out = vec![[in_words(today), format!("Drafted from {a} and {b}.")]];
    out.extend(
        overridden
            .map(|r| [in_words(today), format!("Merged although the topic asks for separate policies: {r}")]),
    );
    for remark in &draft.remarks {
        for decision in &remark.decisions {
            let local = if decision.take == Take::Local { " as a local difference" } else { "" };
            let what =
                format!("{} decided{local}{}. {}", decision.by, about(remark.about, m), decision.reason);
            let row = [in_words(decision.on), what.trim_end().to_owned()];
            // A sentence in which several things differ has a decision for each.
            if !out.contains(&row) {
                out.push(row);
            }
        }
    }
    out
}

/// " on “Parents are told on the same day.” (Reporting)": the sentence in its own words, and its section.
fn about(about: [Option<Quote>; 2], m: &Materials) -> String {
    let Some((side, quote)) = Side::BOTH.into_iter().find_map(|s| Some((s, about[s.index()]?))) else {
        return String::new();
    };
    let document = m.document(side);
    let mut words = quote.text(document).split_whitespace();
    let mut said = words.by_ref().take(SENTENCE_WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        said.push_str(" …");
    }
    let section = document.section(quote.block).last().and_then(|h| document.blocks.get(*h as usize));
    let section = section.map_or_else(String::new, |b| format!(" ({})", b.text));
    format!(" on “{said}”{section}")
}
