//! Headings of policies: a heading as written in, what the section is about out.

use rustc_hash::FxHashMap;

use super::folded;

/// Which part of a policy a section belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Aims, ethos, scope: rarely holds a step.
    Opening,
    /// Law, guidance, definitions.
    Law,
    /// Who does what.
    Roles,
    /// What is done.
    Body,
    /// One phase of schooling.
    Phase,
    /// Monitoring, review, links.
    Closing,
    /// Version control, contents.
    Control,
    /// Appendices.
    Appendix,
    /// Contacts.
    Local,
}

/// One kind of section.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Short id: "monitoring".
    pub id: String,
    /// The usual heading.
    pub title: String,
    /// Where it belongs.
    pub zone: Zone,
}

/// All kinds of sections.
#[derive(Debug)]
pub struct Headings {
    all: Vec<Heading>,
    by_text: FxHashMap<String, usize>,
}

impl Headings {
    pub(super) fn parse(rows: Vec<[String; 4]>) -> Self {
        let mut all = Vec::new();
        let mut by_text = FxHashMap::default();
        for [id, title, variants, zone] in rows {
            for variant in variants.split('|').chain([title.as_str()]) {
                by_text.entry(folded(variant)).or_insert(all.len());
            }
            let zone = match zone.as_str() {
                "opening" => Zone::Opening,
                "law" => Zone::Law,
                "roles" => Zone::Roles,
                "phase" => Zone::Phase,
                "closing" => Zone::Closing,
                "control" => Zone::Control,
                "appendix" => Zone::Appendix,
                "local" => Zone::Local,
                _ => Zone::Body,
            };
            all.push(Heading { id, title, zone });
        }
        Self { all, by_text }
    }

    /// The kind of section that a heading names, by one of its known wordings; "Purpose and rationale" names one kind by two of them.
    pub fn find(&self, heading: &str) -> Option<&Heading> {
        let text = folded(heading);
        self.whole(&text).or_else(|| {
            let (first, second) = text.split_once(" and ")?;
            self.whole(first).filter(|h| self.whole(second).is_some_and(|other| other.id == h.id))
        })
    }

    /// The kind that a folded text as a whole names.
    fn whole(&self, text: &str) -> Option<&Heading> {
        let text =
            ["the ", "our ", "appendix ", "annex "].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(text);
        self.by_text.get(text).and_then(|at| self.all.get(*at))
    }
}
