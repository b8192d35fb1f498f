//! Sections and appendices that are named and not there.

use std::collections::BTreeSet;

use crate::compare::Quote;
use crate::document::{Kind, Role};

use super::superseded::tells_history;
use super::{Check, Found, Look, Severity};

/// See the module.
pub(super) struct BrokenReference;

impl Check for BrokenReference {
    fn id(&self) -> &'static str {
        "broken_reference"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn summary(&self) -> &'static str {
        "The policy sends the reader to a section or an appendix of its own that is not there."
    }

    fn why(&self) -> &'static str {
        "Sections were renumbered or an appendix was not published."
    }

    fn action(&self) -> &'static str {
        "Put in the number of the section that is meant, or add the appendix."
    }

    fn example(&self) -> (&'static str, &'static str) {
        ("See section 7.3. (there is none)", "See section 175 of the Education Act 2002.")
    }

    fn source(&self) -> &'static str {
        "The school's own file"
    }

    fn document(&self, look: &Look) -> Vec<Found> {
        let own = Own::of(look);
        let mut out = Vec::new();
        for sentence in &look.sentences {
            let Some(block) = look.document.blocks.get(sentence.block as usize) else { continue };
            if block.role != Role::Body || block.kind == Kind::Heading {
                continue;
            }
            let tokens = sentence.tokens(look.document);
            let piece = |k: usize| {
                tokens.get(k).and_then(|t| block.text.get(t.start as usize..t.end as usize)).unwrap_or("")
            };
            for at in 0..tokens.len() {
                let number = piece(at + 1).trim_end_matches(['.', ',', ':']);
                let missing = match piece(at).to_lowercase().as_str() {
                    "section" | "paragraph" => own.numbered && is_number(number) && !own.has(number),
                    "appendix" => is_label(number) && !own.appendix(number),
                    // A policy without annexes means those of the guidance that it speaks of.
                    "annex" => own.annexes && is_label(number) && !own.appendix(number),
                    _ => false,
                };
                let missing = missing
                    && !look.heading(sentence.block).is_some_and(is_appendix)
                    && !tells_history(look, sentence.block)
                    && of_this_policy(&piece, tokens.len(), at);
                if let (true, Some(first), Some(last)) = (missing, tokens.get(at), tokens.get(at + 1)) {
                    let end = first.end + 1 + u32::try_from(number.len()).unwrap_or(0);
                    let place = Quote { block: sentence.block, start: first.start, end: end.min(last.end) };
                    let named = place.text(look.document);
                    out.push(
                        look.found(place, format!("“{named}” is named, but there is none in this policy.")),
                    );
                }
            }
        }
        out
    }
}

/// The numbers under which the policy has something.
struct Own {
    sections: BTreeSet<String>,
    appendices: BTreeSet<String>,
    /// Whether it calls any of them an annex.
    annexes: bool,
    /// Whether its headings are numbered at all; otherwise nothing can be said about "section 3".
    numbered: bool,
}

/// Fewer numbered headings are a list, not sections.
const NUMBERED: usize = 3;

impl Own {
    fn of(look: &Look) -> Self {
        let (mut sections, mut appendices, mut headings) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut annexes = false;
        for block in look.document.blocks.iter().filter(|b| b.role != Role::Contents) {
            let marker = block.marker.as_deref().unwrap_or("");
            let bare = marker.rsplit(' ').next().unwrap_or("").trim_matches(['.', '(', ')', ':']);
            let numeric = bare.starts_with(|c: char| c.is_ascii_digit());
            headings += usize::from(numeric && block.kind == Kind::Heading);
            if numeric {
                sections.insert(bare.to_owned());
            }
            let line = format!("{marker} {}", block.text);
            let lead = block.kind == Kind::Heading || block.role == Role::Title;
            annexes |= add_labels(&line, lead, &mut appendices);
            if block.kind == Kind::Heading
                && let Some(first) = line.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty())
                && first.bytes().all(|b| b.is_ascii_digit())
            {
                sections.insert(first.to_owned());
            }
        }
        // Where an appendix fills pages of its own its title is their header.
        for margin in &look.document.apart {
            annexes |= add_labels(&margin.text, true, &mut appendices);
        }
        Self { sections, appendices, annexes, numbered: headings >= NUMBERED }
    }

    /// Has a section with that number, or a part of it.
    fn has(&self, number: &str) -> bool {
        let part = format!("{number}.");
        self.sections.iter().any(|s| s == number || s.starts_with(&part))
            // "4.2" in a policy whose section 4 numbers nothing below: its second paragraph may be meant.
            || number.split_once('.').is_some_and(|(whole, _)| {
                self.sections.contains(whole) && !self.sections.iter().any(|s| s.starts_with(&format!("{whole}.")))
            })
    }

    fn appendix(&self, label: &str) -> bool {
        self.appendices.contains(&label.to_lowercase())
    }
}

/// A title of more words is a paragraph.
const TITLE_WORDS: usize = 14;

/// Adds the labels that a line gives to appendices: "Appendix 3 – Record form", also where it is no heading, and in headings
/// "Forms (Appendix 3)". Says whether one of them is called an annex.
fn add_labels(line: &str, heading: bool, labels: &mut BTreeSet<String>) -> bool {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut annexes = false;
    for (at, pair) in words.windows(2).enumerate() {
        let [name, number] = pair else { continue };
        let marked = |n: usize| {
            lower.trim_start().get(n..).is_some_and(|r| r.trim_start().starts_with([':', '–', '-', '—']))
        };
        let first = at == 0 && (words.len() <= TITLE_WORDS || marked(name.len() + 1 + number.len()));
        if is_appendix(name) && (first || heading && words.len() <= TITLE_WORDS) {
            labels.insert((*number).to_owned());
            annexes |= name.starts_with("annex");
        }
    }
    annexes
}

fn is_appendix(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["appendix", "appendices", "annex", "annexe"].iter().any(|w| lower.starts_with(w))
}

/// "7", "7.3"; not "175", which is a section of an act.
fn is_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

fn is_label(text: &str) -> bool {
    is_number(text) || text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase())
}

/// Words before and after a reference within which a law or a guidance document owns it: "Section 8 of and Schedule 2 to the
/// Children Act", "Annex B of Part one of Keeping children safe in education".
const AROUND: usize = 14;

/// Whether the section named at a word is one of this policy: the words lead there ("see section 7", "section 7 below"), and no
/// law, guidance or other policy stands beside it.
fn of_this_policy<'t>(piece: &dyn Fn(usize) -> &'t str, count: usize, at: usize) -> bool {
    const LEADS: [&str; 13] =
        ["see", "in", "under", "at", "(", "to", "also", "and", "with", "per", "from", "[", "by"];
    const OTHERS: [&str; 28] = [
        "act",
        "acts",
        "regulation",
        "regulations",
        "order",
        "code",
        "guidance",
        "framework",
        "kcsie",
        "kcsie,",
        "keeping",
        "working",
        "handbook",
        "toolkit",
        "legislation",
        "schedule",
        "contract",
        "gdpr",
        "dfe",
        "ofsted",
        "eyfs",
        "statutory",
        "agreement",
        "plan",
        "sccif",
        "children’s",
        "amendment",
        "amended",
    ];
    let word = |k: usize| piece(k).to_lowercase();
    let before = at.checked_sub(1).map(word).unwrap_or_default();
    let after = word(at + 2);
    if ["below", "above", "overleaf"].contains(&after.as_str()) {
        return true;
    }
    if after == "of" && ["this", "our"].contains(&word(at + 3).as_str()) {
        return true;
    }
    // "Section 7 of …", "sections 3 to 5", "section 47 enquiry", "section 3 – …" as a title of its own.
    let another =
        ["of", "to", "-", "–", "enquiry", "enquiries", "inquiry", "request", "in"].contains(&after.as_str());
    if another || !LEADS.contains(&before.as_str()) {
        return false;
    }
    let near = at.saturating_sub(AROUND)..(at + AROUND).min(count);
    !near.clone().any(|k| OTHERS.contains(&word(k).as_str()))
        // "in the Behaviour Policy, section 4": a policy that is named is another one.
        && !near.clone().any(|k| {
            ["policy", "procedure", "procedures"].contains(&word(k).as_str())
                && k > 0
                && piece(k - 1).starts_with(char::is_uppercase)
        })
}
