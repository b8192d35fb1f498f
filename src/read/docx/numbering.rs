//! Numbers of a Word file's lists as the reader sees them: "2.1", "(a)", "•".

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;

use super::super::numbering::formatted;
use super::super::xml::{Node, Nodes};

/// Word has nine levels; a file that names more is wrong.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    /// "%1.%2": what is shown.
    text: String,
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new(), legal: false }
    }
}

#[derive(Clone, Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// Levels that paragraph styles are tied to.
    styled: BTreeMap<String, u8>,
}

#[derive(Clone, Debug, Default)]
struct Instance {
    definition: String,
    starts: BTreeMap<usize, i64>,
    levels: BTreeMap<usize, Level>,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Definition>,
    instances: BTreeMap<String, Instance>,
    counted: BTreeMap<String, [Option<i64>; LEVELS]>,
    begun: BTreeSet<String>,
}

impl Numbering {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut out = Self::default();
        let mut definition: Option<String> = None;
        let mut instance: Option<String> = None;
        let mut level = 0usize;
        let mut path: Vec<String> = Vec::new();
        let mut nodes = Nodes::new(text);
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    let name = element.name().to_owned();
                    let number = || element.value().and_then(|v| v.parse::<i64>().ok());
                    match name.as_str() {
                        "abstractNum" => definition = element.attribute("abstractNumId"),
                        "num" => instance = element.attribute("numId"),
                        "lvl" | "lvlOverride" => {
                            let named = element.attribute("ilvl").and_then(|v| v.parse::<usize>().ok());
                            level = named.unwrap_or(0).min(LEVELS - 1);
                            if let (Some(id), "lvl") = (&instance, name.as_str()) {
                                out.instances
                                    .entry(id.clone())
                                    .or_default()
                                    .levels
                                    .insert(level, Level::default());
                            }
                        }
                        "abstractNumId" => {
                            if let (Some(id), Some(value)) = (&instance, element.value()) {
                                out.instances.entry(id.clone()).or_default().definition = value;
                            }
                        }
                        "startOverride" => {
                            if let (Some(id), Some(start)) = (&instance, number()) {
                                out.instances.entry(id.clone()).or_default().starts.insert(level, start);
                            }
                        }
                        "pStyle" => {
                            if let (Some(id), Some(style)) = (&definition, element.value()) {
                                let level = u8::try_from(level).unwrap_or(0);
                                out.definitions.entry(id.clone()).or_default().styled.insert(style, level);
                            }
                        }
                        "start" | "numFmt" | "lvlText" | "isLgl" => {
                            let target = match (&instance, &definition) {
                                (Some(id), _) => {
                                    out.instances.get_mut(id).and_then(|i| i.levels.get_mut(&level))
                                }
                                (None, Some(id)) => {
                                    out.definitions.entry(id.clone()).or_default().levels.get_mut(level)
                                }
                                _ => None,
                            };
                            if let Some(target) = target {
                                match name.as_str() {
                                    "start" => target.start = number().unwrap_or(1),
                                    "numFmt" => target.format = element.value().unwrap_or_default(),
                                    "lvlText" => target.text = element.value().unwrap_or_default(),
                                    _ => target.legal = element.is_on(),
                                }
                            }
                        }
                        _ => {}
                    }
                    path.push(name);
                }
                Node::Close => match path.pop().as_deref() {
                    Some("abstractNum") => definition = None,
                    Some("num") => instance = None,
                    _ => {}
                },
                Node::Text(_) => {}
            }
        }
        Ok(out)
    }

    /// The level that a paragraph style is tied to in a list.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<u8> {
        let instance = self.instances.get(list)?;
        self.definitions.get(&instance.definition)?.styled.get(style).copied()
    }

    /// Counts one paragraph of a list and gives its number as shown; none if the list does not exist or shows nothing.
    pub(super) fn next(&mut self, list: &str, level: u8) -> Option<String> {
        let level = usize::from(level).min(LEVELS - 1);
        let instance = self.instances.get(list)?;
        let definition = self.definitions.get(&instance.definition)?;
        let levels: Vec<&Level> = definition
            .levels
            .iter()
            .enumerate()
            .map(|(at, l)| instance.levels.get(&at).unwrap_or(l))
            .collect();
        let counters = self.counted.entry(instance.definition.clone()).or_default();
        if self.begun.insert(list.to_owned()) {
            // The first use of an instance that starts anew.
            for at in instance.starts.keys() {
                for counter in counters.iter_mut().skip(*at) {
                    *counter = None;
                }
            }
        }
        let start = |at: usize| {
            instance.starts.get(&at).copied().or_else(|| levels.get(at).map(|l| l.start)).unwrap_or(1)
        };
        for (at, counter) in counters.iter_mut().enumerate() {
            match at.cmp(&level) {
                std::cmp::Ordering::Less => {
                    counter.get_or_insert(start(at));
                }
                std::cmp::Ordering::Equal => {
                    *counter = Some(counter.map_or(start(at), |c| c.saturating_add(1)))
                }
                std::cmp::Ordering::Greater => *counter = None,
            }
        }
        let own = levels.get(level)?;
        if own.format == "bullet" {
            return Some("•".into());
        }
        let mut shown = String::new();
        let mut chars = own.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && *d >= 1);
            match digit {
                Some(digit) => {
                    chars.next();
                    let at = usize::try_from(digit).unwrap_or(1).saturating_sub(1);
                    let value = counters.get(at).copied().flatten().unwrap_or(1);
                    let format = levels.get(at).map_or("decimal", |l| l.format.as_str());
                    shown.push_str(&formatted(value, if own.legal { "decimal" } else { format }));
                }
                None => shown.push(c),
            }
        }
        let shown = shown.trim().to_owned();
        (!shown.is_empty() && own.format != "none").then_some(shown)
    }
}
