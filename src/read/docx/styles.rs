//! The styles of a Word file: what a paragraph or a run inherits.

use std::collections::BTreeMap;

use crate::error::Result;

use super::super::xml::{Element, Node, Nodes, Space};

/// Styles that stand on each other deeper than this are a loop.
const CHAIN: usize = 24;

/// What a style or a paragraph says, as far as it matters here; unset is inherited.
#[derive(Clone, Debug, Default)]
pub(super) struct Props {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underlined: Option<bool>,
    pub(super) highlighted: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// Half points.
    pub(super) size: Option<u16>,
    pub(super) centred: Option<bool>,
    /// 0 is the top level; 9 is body text.
    pub(super) outline: Option<u8>,
    /// Numbering: instance and level.
    pub(super) list: Option<String>,
    pub(super) list_level: Option<u8>,
    pub(super) page_before: Option<bool>,
}

impl Props {
    /// Takes over what one element inside `rPr` or `pPr` says.
    pub(super) fn take(&mut self, element: &Element) {
        if element.space != Space::Word {
            return;
        }
        let level = || element.value().and_then(|v| v.parse::<u8>().ok());
        match element.name() {
            "b" => self.bold = Some(element.is_on()),
            "i" => self.italic = Some(element.is_on()),
            "u" => self.underlined = Some(element.is_on()),
            "highlight" => self.highlighted = Some(element.value().is_some_and(|v| v != "none")),
            "vanish" | "webHidden" => self.hidden = Some(element.is_on()),
            "sz" => self.size = element.value().and_then(|v| v.parse().ok()),
            "jc" => self.centred = Some(element.value().as_deref() == Some("center")),
            "outlineLvl" => self.outline = level(),
            "numId" => self.list = element.value(),
            "ilvl" => self.list_level = level(),
            "pageBreakBefore" => self.page_before = Some(element.is_on()),
            _ => {}
        }
    }

    /// What is set here, else what `base` says.
    fn over(self, base: Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underlined: self.underlined.or(base.underlined),
            highlighted: self.highlighted.or(base.highlighted),
            hidden: self.hidden.or(base.hidden),
            size: self.size.or(base.size),
            centred: self.centred.or(base.centred),
            outline: self.outline.or(base.outline),
            list: self.list.or(base.list),
            list_level: self.list_level.or(base.list_level),
            page_before: self.page_before.or(base.page_before),
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    props: Props,
}

/// A style with everything that it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub(super) props: Props,
    /// 1 to 9, if it is a heading style.
    pub(super) heading: Option<u8>,
    pub(super) title: bool,
    pub(super) contents: bool,
    pub(super) list: bool,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Resolved>,
    default_paragraph: Resolved,
}

impl Styles {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut raw: BTreeMap<String, Style> = BTreeMap::new();
        let mut defaults = Props::default();
        let mut default_id = None;
        let mut open: Option<(String, Style)> = None;
        let mut path: Vec<String> = Vec::new();
        let mut nodes = Nodes::new(text);
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => {
                    let name = element.name().to_owned();
                    match (&mut open, name.as_str()) {
                        (_, "style") => {
                            let id = element.attribute("styleId").unwrap_or_default();
                            let is_default =
                                element.attribute("default").is_some_and(|d| d == "1" || d == "true");
                            if is_default && element.attribute("type").as_deref() == Some("paragraph") {
                                default_id = Some(id.clone());
                            }
                            open = Some((id, Style::default()));
                        }
                        (Some((_, style)), "name") => {
                            style.name = element.value().unwrap_or_default().to_lowercase()
                        }
                        (Some((_, style)), "basedOn") => style.based_on = element.value(),
                        // Table styles set properties for header rows and the like; those are not the paragraph's own.
                        (Some((_, style)), _) if !path.iter().any(|p| p == "tblStylePr") => {
                            style.props.take(&element)
                        }
                        (None, _) if path.iter().any(|p| p == "docDefaults") => defaults.take(&element),
                        _ => {}
                    }
                    path.push(name);
                }
                Node::Close => {
                    if path.pop().as_deref() == Some("style")
                        && let Some((id, style)) = open.take()
                    {
                        raw.insert(id, style);
                    }
                }
                Node::Text(_) => {}
            }
        }
        let by_id: BTreeMap<String, Resolved> =
            raw.keys().map(|id| (id.clone(), resolve(id, &raw, &defaults))).collect();
        let default_paragraph = default_id.and_then(|id| by_id.get(&id).cloned());
        let default_paragraph =
            default_paragraph.unwrap_or(Resolved { props: defaults, ..Resolved::default() });
        Ok(Self { by_id, default_paragraph })
    }

    /// A style by id; the default paragraph style if there is none of that id.
    pub(super) fn paragraph(&self, id: Option<&str>) -> &Resolved {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.default_paragraph)
    }

    /// A character style by id.
    pub(super) fn character(&self, id: &str) -> Option<&Resolved> {
        self.by_id.get(id)
    }
}

fn resolve(id: &str, raw: &BTreeMap<String, Style>, defaults: &Props) -> Resolved {
    let mut out = Resolved::default();
    let mut at = Some(id.to_owned());
    for _ in 0..CHAIN {
        let Some(style) = at.as_ref().and_then(|id| raw.get(id)) else { break };
        out.props = std::mem::take(&mut out.props).over(style.props.clone());
        if out.heading.is_none() {
            out.heading = heading_of_name(&style.name);
        }
        out.title |= style.name == "title" || style.name == "subtitle";
        out.contents |= style.name.starts_with("toc ") || style.name == "toc heading";
        out.list |= style.name.starts_with("list ");
        at = style.based_on.clone();
    }
    // An outline level set by the style itself says more than the name of a style it stands on.
    match out.props.outline {
        Some(level @ 0..=8) => out.heading = Some(level.saturating_add(1)),
        Some(_) => out.heading = None,
        None => {}
    }
    if out.title || out.contents {
        out.heading = None;
    }
    out.props = out.props.over(defaults.clone());
    out
}

/// "heading 1" to "heading 9": the names are the same in Word of every language.
fn heading_of_name(name: &str) -> Option<u8> {
    let number = name.strip_prefix("heading ")?;
    number.trim().parse().ok().filter(|n| (1..=9).contains(n))
}
