//! The page for parents: approved policies in, at most ten plain lines for each out, safe to publish.
//!
//! It says what somebody recorded for parents, or else quotes the adopted text, and days. It holds no remark, no minute, no owner, nobody's name, no
//! number to call: every line of other people's words goes through [`Names`] first, and one that is held back is told to whoever made the page.

use std::collections::BTreeMap;

use crate::check::Baseline;
use crate::compare::sentences;
use crate::document::{Block, Document, Kind, Partnership, Role, School};
use crate::report::Page;
use crate::report::escape::date;
use crate::report::paper::{Line, Look, Paper, Part, Run, Table, cell, html_page, plain, word_file};
use crate::status::{Ease, Happened, Names, Policy, State, Status};

/// Lines about what changes; with schools, days, where to read and how to comment that makes ten.
const CHANGES: usize = 4;
/// Words of a sentence that is quoted for parents; longer ones are not plain.
const LONGEST: usize = 30;
/// What stands where nobody said what changes.
const ASK: &str = "Ask at the school what changes for your child.";
/// Words that say a sentence is about families.
const FAMILIES: [&str; 10] =
    ["child", "children", "child's", "child’s", "pupil", "pupils", "parent", "parents", "carer", "carers"];

/// What the page is made of.
#[derive(Debug)]
pub struct ForParents<'p> {
    /// The schools, and how parents can comment.
    pub partnership: &'p Partnership,
    /// Where everything stands.
    pub status: &'p Status,
    /// The adopted texts.
    pub baselines: &'p [Baseline],
    /// Policies of which the schools' copies do not say the same, or not what was adopted: key, what was found in words.
    pub moved: &'p BTreeMap<String, String>,
    /// Both schools' policies: whoever is named in them is not named here.
    pub documents: &'p [Document],
}

/// The page as web page and Word file, and what was held back, in words for whoever makes it.
pub fn parents(p: &ForParents) -> (Vec<Page>, Vec<String>) {
    let (paper, held) = for_parents(p);
    let pages = vec![
        Page { path: "parents.html".into(), bytes: html_page(&paper) },
        Page { path: "parents.docx".into(), bytes: word_file(&paper, None) },
    ];
    (pages, held)
}

/// The paper, and what was held back.
fn for_parents(p: &ForParents) -> (Paper, Vec<String>) {
    let names = names(p);
    let mut held = Vec::new();
    let mut parts = vec![Part::Text(
        Look::Lead,
        vec![plain(format!(
            "For parents and carers. What the schools have agreed, as of {}.",
            date(p.status.today)
        ))],
    )];
    let mut ease = Table::new(
        "ease",
        "How easy the lines above are to read",
        &[
            ("Policy", 40, None),
            ("Words", 14, None),
            ("Sentences", 16, None),
            ("Syllables", 15, None),
            ("Reading ease", 15, None),
        ],
    );
    let mut all = Ease::default();
    for policy in p.status.policies.iter().filter(|p| p.schools.iter().any(|s| s.approval.is_some())) {
        let title = &policy.subject.title;
        if let Some(why) = names.forbid_title(title) {
            held.push(format!(
                "held back: the policy “{title}” is left out, because its title seems to hold a {why}"
            ));
            continue;
        }
        if let Some(found) = p.moved.get(&policy.subject.key) {
            held.push(format!(
                "warning: {title}: {found}. Nothing on the page says that both do the same; look whether its other lines still hold"
            ));
        }
        let lines = lines(p, policy, &names, &mut held);
        let counted = Ease::of(lines.iter().map(String::as_str));
        all = Ease {
            words: all.words + counted.words,
            sentences: all.sentences + counted.sentences,
            syllables: all.syllables + counted.syllables,
        };
        ease.rows.push(row(title, counted));
        parts.push(Part::Heading(1, format!("policy-{}", policy.subject.key), title.clone()));
        parts.push(Part::List(lines.into_iter().map(|l| -> Line { vec![plain(l)] }).collect()));
    }
    if ease.rows.is_empty() {
        parts.push(Part::text(Look::Plain, "No policy has been agreed yet."));
    } else {
        ease.totals = row("All", all).into_iter().map(|c| (String::new(), c)).collect();
        parts.push(Part::Heading(1, "reading".into(), "How easy this is to read".into()));
        let score = all.score().map_or_else(String::new, |s| s.to_string());
        parts.push(Part::Text(
            Look::Plain,
            vec![
                plain("Reading ease: "),
                Run::Strong(score),
                plain(". The scale goes from 0, very hard, to 100, very easy; 60 and more is plain English."),
            ],
        ));
        parts.push(Part::Table(ease));
        parts.push(Part::Text(
            Look::Small,
            vec![plain(
                "Reckoned as by Rudolf Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948): 206.835 − 1.015 × words ÷ sentences − 84.6 × syllables ÷ words. Figures are left out; syllables are counted by letters.",
            )],
        ));
    }
    let title = format!("{}: what we have agreed", p.partnership.name);
    let paper = Paper::of(p.partnership, p.status.today, "", title, parts);
    (paper, held)
}

fn row(title: &str, ease: Ease) -> Vec<crate::report::paper::Cell> {
    let score = ease.score().map_or_else(|| "–".to_owned(), |s| s.to_string());
    vec![
        cell(title),
        cell(ease.words.to_string()),
        cell(ease.sentences.to_string()),
        cell(ease.syllables.to_string()),
        cell(score),
    ]
}

/// Everybody who is named anywhere, and every number, address and room.
fn names(p: &ForParents) -> Names {
    let mut names = Names::default();
    p.partnership.schools.iter().for_each(|s| names.allow(&s.name));
    names.allow(&p.partnership.name);
    p.documents.iter().for_each(|d| names.add_document(d));
    p.baselines.iter().for_each(|b| names.add_document(&b.document()));
    for h in &p.status.happened {
        names.add_person(&h.by);
        if let Some(next) = &h.next {
            names.add_person(&next.owner);
        }
    }
    names
}

/// At most ten.
fn lines(p: &ForParents, policy: &Policy, names: &Names, held: &mut Vec<String>) -> Vec<String> {
    let schools = School::names(&p.partnership.schools);
    let approval = |side: usize| policy.schools[side].approval.and_then(|at| p.status.happened.get(at));
    let approved = [0, 1].map(approval);
    let mut out = Vec::new();
    let agreed = |h: &Happened| {
        let from = h.holds_from.unwrap_or(h.on);
        let holds = if from > p.status.today { "It will apply from" } else { "It has applied since" };
        (date(h.on), format!("{holds} {}.", date(from)))
    };
    match approved.map(|h| h.map(agreed)) {
        [Some(x), Some(y)] if x == y => {
            out.push(format!("This is for {} and {}.", schools[0], schools[1]));
            out.push(format!("Both schools agreed it on {}. {}", x.0, x.1));
        }
        each => {
            for (school, said) in schools.iter().zip(each) {
                if let Some((on, holds)) = said {
                    out.push(format!("{school} agreed it on {on}. {holds}"));
                }
            }
        }
    }
    let moved = p.moved.contains_key(&policy.subject.key);
    let mut changes = recorded(p, policy, approved.map(|h| h.is_some()), names, held);
    if changes.is_empty() && !moved {
        changes = quoted(p, policy, names);
    }
    if changes.is_empty() {
        held.push(format!(
            "warning: {}: there is no line on what changes for a child, so the page says “{ASK}”; add lines with `record … note --for-parents`",
            policy.subject.title
        ));
        changes.push(ASK.to_owned());
    }
    out.append(&mut changes);
    let telling = &p.partnership.telling;
    let published = policy.schools.iter().any(|s| s.reached.contains_key(&State::Published));
    out.push(match (published, telling.read.trim()) {
        (true, "") => "It is published. Ask at the school where you can read it.".to_owned(),
        (true, read) => read.to_owned(),
        (false, _) => "Ask at the school if you want to read all of it.".to_owned(),
    });
    out.push(match telling.comment.trim() {
        "" => "To comment on it, ask at the school.".to_owned(),
        comment => comment.to_owned(),
    });
    out
}

/// What somebody recorded for parents: of each school that approved it the latest lines.
fn recorded(
    p: &ForParents,
    policy: &Policy,
    approved: [bool; 2],
    names: &Names,
    held: &mut Vec<String>,
) -> Vec<String> {
    let told = |side: usize| {
        let of = |h: &&Happened| {
            h.holds()
                && h.policy == policy.subject.key
                && h.schools.get(side) == Some(&true)
                && !h.for_parents.is_empty()
        };
        if approved.get(side) == Some(&true) { p.status.happened.iter().rfind(of) } else { None }
    };
    let mut events: Vec<(&Happened, Option<usize>)> = Vec::new();
    match [told(0), told(1)] {
        [Some(x), Some(y)] if x == y => events.push((x, None)),
        [x, y] => {
            let both = approved == [true, true];
            events.extend(x.map(|h| (h, both.then_some(0))));
            events.extend(y.map(|h| (h, both.then_some(1))));
        }
    }
    let mut out = Vec::new();
    for (h, side) in events {
        for line in &h.for_parents {
            if let Some(why) = names.forbid(line) {
                held.push(format!(
                    "held back: {}: “{line}” is left out, because it seems to hold a {why}",
                    policy.subject.title
                ));
            } else if p.moved.contains_key(&policy.subject.key) && claims_the_same(line) {
                held.push(format!(
                    "held back: {}: “{line}” is left out, because the copies do not bear it out",
                    policy.subject.title
                ));
            } else if out.len() == CHANGES {
                held.push(format!(
                    "held back: {}: “{line}” is left out, because there are {CHANGES} lines already",
                    policy.subject.title
                ));
            } else {
                let school = side.and_then(|s| p.partnership.schools.get(s));
                out.push(school.map_or_else(|| line.clone(), |s| format!("At {}: {line}", s.name)));
            }
        }
    }
    out
}

/// "Both schools now …", "the schools do the same"; "on the same day" claims nothing of the kind.
fn claims_the_same(line: &str) -> bool {
    let words = crate::knowledge::folded(line);
    let has = |any: &[&str]| words.split(' ').any(|w| any.contains(&w));
    has(&["both"]) || has(&["schools"]) && has(&["same", "alike", "identical", "one", "shared", "together"])
}

/// Sentences of the adopted text that speak of families, in its own words.
fn quoted(p: &ForParents, policy: &Policy, names: &Names) -> Vec<String> {
    let Some(baseline) = p.baselines.iter().find(|b| b.topic == policy.subject.key) else {
        return Vec::new();
    };
    let document = baseline.document();
    let running = |b: &Block| b.role == Role::Body && matches!(b.kind, Kind::Paragraph | Kind::ListItem);
    let ids = (0..).zip(&document.blocks).filter(|(_, b)| running(b)).map(|(id, _)| id);
    let all =
        ids.flat_map(|id| sentences(&document, id)).map(|s| s.quote().text(&document).trim().to_owned());
    let plain = |s: &String| {
        let words: Vec<String> = s
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .collect();
        words.len() <= LONGEST
            && s.ends_with('.')
            && words.iter().any(|w| FAMILIES.contains(&w.as_str()))
            && names.forbid_quote(s).is_none()
    };
    all.filter(plain).take(CHANGES).map(|s| format!("In its own words: “{s}”")).collect()
}
