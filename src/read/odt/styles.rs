//! The styles of an OpenDocument text: inheritance of character and paragraph properties, heading levels, and list numbers.

use std::collections::{BTreeMap, HashMap};

use crate::error::Result;
use crate::read::numbering::formatted;
use crate::read::xml::{Element, Node, Nodes};

/// Styles inherit from styles; a chain that is longer than this is a loop.
const CHAIN: usize = 32;
/// Levels of a list.
const LEVELS: usize = 10;

/// Properties of characters and paragraphs; none where a style says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Props {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// Half points.
    pub(super) size: Option<u16>,
    pub(super) centred: Option<bool>,
    pub(super) page_before: Option<bool>,
    /// Heading level from 1.
    pub(super) level: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) title: Option<bool>,
}

impl Props {
    /// Takes what an element of properties says.
    fn take(&mut self, element: &Element) {
        let says = |name: &str| element.attribute(name);
        if let Some(weight) = says("font-weight") {
            self.bold = Some(weight == "bold" || weight.parse().is_ok_and(|w: u32| w >= 600));
        }
        if let Some(slant) = says("font-style") {
            self.italic = Some(slant != "normal");
        }
        if let Some(line) = says("text-underline-style") {
            self.underlined = Some(line != "none");
        }
        if let Some(display) = says("display").filter(|_| element.name() == "text-properties") {
            self.hidden = Some(display == "none");
        }
        if let Some(points) = says("font-size").and_then(|s| s.strip_suffix("pt")?.parse::<f32>().ok()) {
            self.size = Some((points * 2.0).round().clamp(0.0, 2000.0) as u16);
        }
        if let Some(align) = says("text-align") {
            self.centred = Some(align == "center");
        }
        if let Some(before) = says("break-before") {
            self.page_before = Some(before == "page");
        }
    }

    /// These, and where they say nothing, those.
    pub(super) fn over(self, under: &Self) -> Self {
        Self {
            bold: self.bold.or(under.bold),
            italic: self.italic.or(under.italic),
            underlined: self.underlined.or(under.underlined),
            hidden: self.hidden.or(under.hidden),
            size: self.size.or(under.size),
            centred: self.centred.or(under.centred),
            page_before: self.page_before.or(under.page_before),
            level: self.level.or(under.level),
            list: self.list.or_else(|| under.list.clone()),
            title: self.title.or(under.title),
        }
    }
}

/// How one level of a list is marked.
#[derive(Clone, Debug, Default)]
struct Level {
    bullet: Option<String>,
    format: String,
    before: String,
    after: String,
    shown: usize,
    start: i64,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name: the parent's name and the own properties.
    styles: HashMap<(String, String), (Option<String>, Props)>,
    lists: HashMap<String, BTreeMap<usize, Level>>,
    /// The list style of headings.
    outline: BTreeMap<usize, Level>,
}

impl Styles {
    /// Adds the styles of a part; later parts win.
    pub(super) fn add(&mut self, text: &str) -> Result<()> {
        let mut nodes = Nodes::new(text);
        let mut open: Vec<String> = Vec::new();
        let mut style: Option<((String, String), Option<String>, Props)> = None;
        let mut list: Option<String> = None;
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    let name = element.name().to_owned();
                    match name.as_str() {
                        "style" | "default-style" => {
                            let family = element.attribute("family").unwrap_or_default();
                            let own =
                                if name == "style" { element.attribute("name") } else { Some(String::new()) };
                            let own = own.unwrap_or_default();
                            let parent = element.attribute("parent-style-name");
                            let shown = element.attribute("display-name").unwrap_or_else(|| own.clone());
                            let props = Props {
                                level: element
                                    .attribute("default-outline-level")
                                    .and_then(|l| l.parse().ok()),
                                list: element.attribute("list-style-name"),
                                title: matches!(shown.as_str(), "Title" | "Subtitle").then_some(true),
                                ..Props::default()
                            };
                            style = Some(((family, own), parent, props));
                        }
                        "text-properties" | "paragraph-properties" => {
                            if let Some((_, _, props)) = &mut style {
                                props.take(&element);
                            }
                        }
                        "list-style" => list = element.attribute("name"),
                        "outline-style" => list = Some(String::new()),
                        "list-level-style-number"
                        | "list-level-style-bullet"
                        | "outline-level-style"
                        | "list-level-style-image" => {
                            let at =
                                element.attribute("level").and_then(|l| l.parse::<usize>().ok()).unwrap_or(1);
                            if let Some(list) = list.as_ref().filter(|_| (1..=LEVELS).contains(&at)) {
                                let levels = if name == "outline-level-style" {
                                    &mut self.outline
                                } else {
                                    self.lists.entry(list.clone()).or_default()
                                };
                                levels.insert(at, level(&element));
                            }
                        }
                        _ => {}
                    }
                    open.push(name);
                }
                Node::Close => match open.pop().as_deref() {
                    Some("style" | "default-style") => {
                        if let Some((key, parent, props)) = style.take() {
                            self.styles.insert(key, (parent, props));
                        }
                    }
                    Some("list-style" | "outline-style") => list = None,
                    _ => {}
                },
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// A style's properties with all that it inherits.
    pub(super) fn resolved(&self, family: &str, name: Option<&str>) -> Props {
        let mut props = Props::default();
        let mut at = name.map(str::to_owned);
        for _ in 0..CHAIN {
            let Some(name) = at else { break };
            let Some((parent, own)) = self.styles.get(&(family.to_owned(), name)) else { break };
            props = props.over(own);
            at = parent.clone();
        }
        match self.styles.get(&(family.to_owned(), String::new())) {
            Some((_, default)) => props.over(default),
            None => props,
        }
    }
}

/// How a level is marked, by its element.
fn level(element: &Element) -> Level {
    let says = |name: &str| element.attribute(name).unwrap_or_default();
    let bullet = (element.name() == "list-level-style-bullet" || element.name() == "list-level-style-image")
        .then(|| {
            let bullet = says("bullet-char");
            // Symbol fonts keep their bullets in the private area.
            let plain = bullet.chars().next().is_some_and(|c| !('\u{E000}'..='\u{F8FF}').contains(&c));
            if plain { bullet } else { "•".to_owned() }
        });
    Level {
        bullet,
        format: says("num-format"),
        before: says("num-prefix"),
        after: says("num-suffix"),
        shown: says("display-levels").parse().unwrap_or(1),
        start: says("start-value").parse().unwrap_or(1),
    }
}

/// Counts the items of lists and of headings.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// Values by list: one counter for each level.
    lists: HashMap<u32, [i64; LEVELS]>,
    headings: [i64; LEVELS],
}

impl Counters {
    /// The marker of the next item of a list at a level from 1; `restart` if the file gives its value.
    pub(super) fn item(
        &mut self,
        styles: &Styles,
        list: u32,
        style: Option<&str>,
        at: usize,
        restart: Option<i64>,
    ) -> Option<String> {
        let levels = styles.lists.get(style?)?;
        count(self.lists.entry(list).or_insert([i64::MIN; LEVELS]), levels, at, restart)
    }

    /// A list goes on with the values of another.
    pub(super) fn go_on(&mut self, list: u32, from: u32) {
        if let Some(values) = self.lists.get(&from).copied() {
            self.lists.insert(list, values);
        }
    }

    /// The number of the next heading of a level from 1.
    pub(super) fn heading(&mut self, styles: &Styles, at: usize) -> Option<String> {
        count(&mut self.headings, &styles.outline, at, None)
    }
}

/// Counts one on at a level, starts the deeper ones anew, and spells the marker.
fn count(
    values: &mut [i64; LEVELS],
    levels: &BTreeMap<usize, Level>,
    at: usize,
    restart: Option<i64>,
) -> Option<String> {
    let level = levels.get(&at)?;
    let value = values.get_mut(at.checked_sub(1)?)?;
    *value = restart.unwrap_or(if *value == i64::MIN || *value == 0 && level.start == 1 {
        level.start
    } else {
        value.saturating_add(1)
    });
    for deeper in values.iter_mut().skip(at) {
        *deeper = i64::MIN;
    }
    if let Some(bullet) = &level.bullet {
        return Some(bullet.clone());
    }
    let first = at.saturating_sub(level.shown.clamp(1, at).saturating_sub(1));
    let numbers: Vec<String> = (first..=at)
        .filter_map(|l| {
            let own = levels.get(&l)?;
            let value = values.get(l - 1).copied().filter(|v| *v != i64::MIN).unwrap_or(own.start);
            let text = formatted(value, word(&own.format));
            (!text.is_empty()).then_some(text)
        })
        .collect();
    if level.format.is_empty() || numbers.is_empty() {
        return None;
    }
    Some(format!("{}{}{}", level.before.trim_start(), numbers.join("."), level.after.trim_end()))
}

/// A numbering format by the name that the counter knows.
fn word(format: &str) -> &'static str {
    match format {
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "" => "none",
        _ => "decimal",
    }
}
