//! Sections and appendices that are named and not there.

use std::collections::BTreeSet;

use crate::compare::Quote;
use crate::document::{Kind, Role};

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
            let whole = sentence.quote().text(look.document);
            let section = own.numbered && speaks_of_itself(whole);
            for at in 0..tokens.len() {
                let number = piece(at + 1).trim_end_matches(['.', ',', ':']);
                let missing = match piece(at) {
                    "section" | "Section" | "paragraph" => {
                        section
                            && is_number(number)
                            && !["of", "to", "and", "-", "–"].contains(&piece(at + 2))
                            && !own.has(number)
                    }
                    "Appendix" | "appendix" | "Annex" | "annex" => {
                        is_label(number)
                            && !own.appendix(number)
                            && !look.heading(sentence.block).is_some_and(is_appendix)
                            && at > 0
                            && speaks_of_itself(whole)
                    }
                    _ => false,
                };
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
    /// Whether its headings are numbered at all; otherwise nothing can be said about "section 3".
    numbered: bool,
}

/// Fewer numbered headings are a list, not sections.
const NUMBERED: usize = 3;

impl Own {
    fn of(look: &Look) -> Self {
        let (mut sections, mut appendices, mut headings) = (BTreeSet::new(), BTreeSet::new(), 0);
        for block in look.document.blocks.iter().filter(|b| b.role != Role::Contents) {
            let marker = block.marker.as_deref().unwrap_or("");
            let bare = marker.rsplit(' ').next().unwrap_or("").trim_matches(['.', '(', ')', ':']);
            let numeric = bare.starts_with(|c: char| c.is_ascii_digit());
            headings += usize::from(numeric && block.kind == Kind::Heading);
            if numeric {
                sections.insert(bare.to_owned());
            }
            let line = format!("{marker} {}", block.text);
            let lower = line.to_lowercase();
            let words: Vec<&str> =
                lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            // "Appendix 3 – Record form", also where it is no heading, and "Forms (Appendix 3)".
            for pair in words.windows(2) {
                let short =
                    words.len() <= 14 && (block.kind == Kind::Heading || words.first() == pair.first());
                if let ([name, number], true) = (pair, short)
                    && is_appendix(name)
                {
                    appendices.insert((*number).to_owned());
                }
            }
            if block.kind == Kind::Heading
                && let Some(first) = words.first().filter(|w| w.bytes().all(|b| b.is_ascii_digit()))
            {
                sections.insert((*first).to_owned());
            }
        }
        Self { sections, appendices, numbered: headings >= NUMBERED }
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

/// Names no act, guidance or form whose section could be meant.
fn speaks_of_itself(sentence: &str) -> bool {
    const OTHERS: [&str; 24] = [
        "act ",
        "act,",
        "act.",
        "act)",
        "regulation",
        "order ",
        "code of practice",
        "guidance",
        "framework",
        "kcsie",
        "keeping children safe",
        "handbook",
        "the form",
        "toolkit",
        "legislation",
        "schedule",
        "policy",
        "procedure",
        "contract",
        "children and families",
        "gdpr",
        "working together",
        "document",
        "plan",
    ];
    let lower = sentence.to_lowercase();
    let own = lower.contains("this policy") || lower.contains("this document");
    own || !OTHERS.iter().any(|o| lower.contains(o)) && !lower.ends_with(" act")
}
