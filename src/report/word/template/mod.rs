//! A school's own Word file as the look of what is written: its bytes in; styles, lists, fonts, colours, page, headers and footers with their
//! pictures out, each made harmless first.
//!
//! 1. `clean`: what of a part's markup may stand in a draft.
//! 2. `styles`: the template's styles under the names that drafts use, and its lists under numbers that no draft uses.
//! 3. `dress`: the parts and references that a draft has because of it.
//!
//! Its text is not taken over, nor are macros, links, embedded objects and fonts; what is left out of what is taken over is named.

mod clean;
mod dress;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::read::{Image, picture_ending, refuse};
use crate::redline::{Bundle, Id, Relation, Tree};

use clean::clean;
pub(in crate::report) use dress::{Dress, Wearer};

/// Twentieths of a point of Word's smallest and largest page side, 0.1 and 22 inches.
const SIDE: [i64; 2] = [144, 31_680];
/// Twentieths of a point that have to be left between the margins, an inch.
const BETWEEN: i64 = 1_440;

/// A school's own Word file, of which only the look counts.
#[derive(Clone, Debug)]
pub struct Template {
    /// What was left out of it, each in words.
    pub left_out: Vec<String>,
    /// What its headers and footers say, each text once: it stands on every page.
    pub says: Vec<String>,
    styles: Tree,
    numbering: Option<Tree>,
    fonts: Option<Tree>,
    theme: Option<Tree>,
    margins: Vec<Margin>,
    pictures: Vec<Image>,
    page: Page,
    /// Whether the first page has headers and footers of its own.
    first: bool,
    settings: Settings,
}

/// A header or footer.
#[derive(Clone, Debug)]
struct Margin {
    /// "header" or "footer".
    kind: &'static str,
    /// "default", "first" or "even".
    pages: &'static str,
    tree: Tree,
    titles: BTreeSet<Id>,
    /// Whether the number of the page stands in it.
    numbers: bool,
    /// Indices of its pictures in [`Template::pictures`].
    pictures: Vec<usize>,
}

/// A page, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Page {
    /// Width and height.
    pub(in crate::report) size: [i64; 2],
    /// Top, right, bottom, left, header, footer, gutter.
    pub(in crate::report) margins: [i64; 7],
}

/// What a template's settings say about pages, colours and tabs.
#[derive(Clone, Debug, Default)]
struct Settings {
    mirrored: bool,
    gutter_at_top: bool,
    /// Whether even pages have headers and footers of their own.
    even: bool,
    tab: Option<i64>,
    /// Which colour of the theme stands for which, as attributes.
    colours: String,
}

impl Page {
    /// A4 with margins of an inch.
    pub(in crate::report) const A4: Self =
        Self { size: [11_906, 16_838], margins: [1440, 1440, 1440, 1440, 708, 708, 0] };

    /// Width and height between the margins.
    pub(in crate::report) fn between(&self) -> [i64; 2] {
        let [top, right, bottom, left, _, _, gutter] = self.margins;
        let [width, height] = self.size;
        [width - left - right - gutter, height - top.abs() - bottom.abs()]
    }

    fn of(tree: &Tree, section: Id) -> Self {
        let number = |element: &str, name: &str| {
            let value = tree.child(section, element).and_then(|e| tree.attribute(e, &format!("w:{name}")));
            // Some programs write fractions, which Word cuts off.
            value.and_then(|v| v.trim().parse::<f64>().ok()).map(|v| v as i64)
        };
        let size = ["w", "h"].map(|side| number("w:pgSz", side).unwrap_or(0));
        let names = ["top", "right", "bottom", "left", "header", "footer", "gutter"];
        let margins = names.map(|side| number("w:pgMar", side).unwrap_or(0));
        let mut page = Self::A4;
        if size.iter().all(|s| (SIDE[0]..=SIDE[1]).contains(s)) {
            page.size = size;
        }
        let with = Self { margins, ..page };
        let apart = margins.iter().all(|m| m.abs() <= SIDE[1]) && margins[4..].iter().all(|m| *m >= 0);
        if tree.child(section, "w:pgMar").is_some() && apart && with.between().iter().all(|b| *b >= BETWEEN) {
            page = with;
        }
        if page.between().iter().any(|b| *b < BETWEEN) { Self::A4 } else { page }
    }
}

impl Template {
    /// Reads a Word file or template as the look of what is written.
    ///
    /// # Errors
    ///
    /// Those of reading a Word file; Unsupported if it is none; Limit if what would be taken over of it is too large.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        refuse(bytes, "docx")?;
        let bundle = Bundle::open(bytes)?;
        let body = bundle.parts.get(&bundle.main).map(|b| Tree::parse(b)).transpose()?.unwrap_or_default();
        if body.nodes.is_empty() || body.name(body.root()) != "w:document" {
            return Err(
                Error::new(ErrorKind::Unsupported, "is no Word file").hint("save it in Word as .docx")
            );
        }
        let relations = bundle.relations(&bundle.main)?;
        let mut out = Taker { bundle: &bundle, bytes: 0, pictured: 0, left_out: BTreeSet::new() };
        out.unseen(&relations)?;
        let of_kind = |kind: &str| relations.iter().find(|r| r.kind() == kind && !r.outside);
        let mut part = |kind: &str| -> Result<Option<Tree>> {
            let Some(name) = of_kind(kind).map(|r| r.target.clone()) else { return Ok(None) };
            Ok(out.part(&name, kind, None)?.map(|(tree, ..)| tree))
        };
        let root = |tree: &Tree, name: &str| tree.name(tree.root()) == name;
        let styles = part("styles")?.filter(|t| root(t, "w:styles"));
        let styles = styles.ok_or_else(|| {
            Error::new(ErrorKind::Input, "has no styles of its own")
                .hint("save it in Word or LibreOffice as .docx")
        })?;
        let numbering = part("numbering")?.filter(|t| root(t, "w:numbering"));
        let fonts = part("fontTable")?.filter(|t| root(t, "w:fonts"));
        let theme = part("theme")?.filter(|t| t.name(t.root()).ends_with(":theme"));
        let mut settings = Settings::default();
        if let Some(tree) = of_kind("settings").and_then(|r| bundle.parts.get(&r.target)) {
            settings = Settings::of(&Tree::parse(tree)?);
        }
        let sections = sections(&body);
        // The first of the longest sections; a cover or a sheet turned sideways is not what a policy looks like.
        let longest = (0..sections.len()).rev().max_by_key(|at| sections[*at].0);
        let chosen = longest.map(|at| sections[at].1);
        let page = chosen.map_or(Page::A4, |s| Page::of(&body, s));
        let first = chosen.is_some_and(|s| is_on(&body, s, "w:titlePg"));
        let until = sections.get(..longest.map_or(0, |at| at + 1)).unwrap_or(&[]);
        let mut pictures = Vec::new();
        let mut margins = Vec::new();
        for ((kind, pages), id) in references(&body, until) {
            let wanted = pages == "default" || pages == "first" && first || pages == "even" && settings.even;
            let named = relations.iter().find(|r| r.id == id && r.kind() == kind && !r.outside);
            let Some(relation) = named.filter(|_| wanted) else { continue };
            let root = if kind == "header" { "w:hdr" } else { "w:ftr" };
            let found = out.part(&relation.target, kind, Some(&mut pictures))?;
            let Some((tree, cleaned, used)) = found.filter(|(t, ..)| t.name(t.root()) == root) else {
                continue;
            };
            let (titles, numbers) = (cleaned.titles, cleaned.numbers);
            margins.push(Margin { kind, pages, tree, titles, numbers, pictures: used });
        }
        let mut says: Vec<String> = margins.iter().map(Margin::says).filter(|t| !t.is_empty()).collect();
        says.sort();
        says.dedup();
        let left_out = out.left_out.into_iter().collect();
        Ok(Self { left_out, says, styles, numbering, fonts, theme, margins, pictures, page, first, settings })
    }

    /// The page and its margins.
    pub(in crate::report) fn page(&self) -> Page {
        self.page
    }
}

/// Takes parts over, within the ceilings.
struct Taker<'t> {
    bundle: &'t Bundle,
    /// Bytes of the parts so far.
    bytes: u64,
    /// Bytes of the pictures so far.
    pictured: u64,
    left_out: BTreeSet<String>,
}

impl Taker<'_> {
    /// A cleaned part of a kind, and which of the pictures are its own; without a place for them, it keeps none.
    fn part(
        &mut self,
        name: &str,
        kind: &str,
        mut pictures: Option<&mut Vec<Image>>,
    ) -> Result<Option<(Tree, clean::Cleaned, Vec<usize>)>> {
        let Some(bytes) = self.bundle.parts.get(name) else { return Ok(None) };
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > limits::TEMPLATE_BYTES {
            return Err(Error::over(
                "bytes of styles and margins in a template",
                self.bytes,
                limits::TEMPLATE_BYTES,
            )
            .hint("save it in Word with fewer styles"));
        }
        let relations = self.bundle.relations(name)?;
        let mut tree = Tree::parse(bytes)?;
        let mut used = Vec::new();
        let bundle = self.bundle;
        let pictured = &mut self.pictured;
        let mut picture = |id: &str| {
            let relation = relations.iter().find(|r| r.id == id && r.kind() == "image");
            let pictures = pictures.as_deref_mut().ok_or("a picture")?;
            let at = image(bundle, relation, pictured, pictures)?;
            used.push(at);
            Ok(dress::picture_id(at))
        };
        let cleaned = clean(&mut tree, &mut picture)?;
        used.sort_unstable();
        used.dedup();
        let of = match kind {
            "numbering" => "lists",
            "fontTable" => "list of fonts",
            "theme" => "colours",
            other => other,
        };
        self.left_out.extend(cleaned.left_out.iter().map(|what| format!("{what} in its {of}")));
        Ok(Some((tree, cleaned, used)))
    }

    /// Names what no part that is taken over shows: macros, another template that this one is attached to.
    fn unseen(&mut self, relations: &[Relation]) -> Result<()> {
        if relations.iter().any(|r| r.kind().starts_with("vba") || r.kind().starts_with("wordVba")) {
            self.left_out.insert("macros".into());
        }
        let settings = relations.iter().find(|r| r.kind() == "settings" && !r.outside);
        let of_settings = settings.map_or_else(|| Ok(Vec::new()), |r| self.bundle.relations(&r.target))?;
        if of_settings.iter().any(|r| r.kind() == "attachedTemplate") {
            self.left_out.insert("a link to another template".into());
        }
        Ok(())
    }
}

/// The place of a picture among those taken over, or what it is if it is not taken over.
fn image(
    bundle: &Bundle,
    relation: Option<&Relation>,
    pictured: &mut u64,
    pictures: &mut Vec<Image>,
) -> std::result::Result<usize, String> {
    let relation = relation.ok_or("an embedded object")?;
    let bytes =
        bundle.parts.get(&relation.target).filter(|_| !relation.outside).ok_or("a link to a picture")?;
    let ending = picture_ending(bytes)
        .ok_or_else(|| format!("a picture that is neither PNG nor JPEG ({})", relation.target))?;
    if let Some(known) = pictures.iter().position(|p| p.bytes == *bytes) {
        return Ok(known);
    }
    let all = pictured.saturating_add(bytes.len() as u64);
    if bytes.len() as u64 > limits::PICTURE_BYTES || all > limits::PICTURES_BYTES {
        return Err(format!("a picture that is too large ({})", relation.target));
    }
    *pictured = all;
    pictures.push(Image { bytes: bytes.clone(), ending });
    Ok(pictures.len() - 1)
}

/// The sections of a text: how many paragraphs and tables each has, and its properties.
fn sections(body: &Tree) -> Vec<(usize, Id)> {
    let mut out = Vec::new();
    let mut count = 0;
    for id in body.child(body.root(), "w:body").map_or(&[][..], |b| body.children(b)) {
        let ends = match body.name(*id) {
            "w:sectPr" => Some(*id),
            _ => body.child(*id, "w:pPr").and_then(|p| body.child(p, "w:sectPr")),
        };
        count += usize::from(body.name(*id) != "w:sectPr");
        if let Some(section) = ends {
            out.push((count, section));
            count = 0;
        }
    }
    out
}

/// The headers and footers of the last of these sections, which has those of the one before where it names none.
fn references(body: &Tree, sections: &[(usize, Id)]) -> BTreeMap<(&'static str, &'static str), String> {
    let mut out = BTreeMap::new();
    for child in sections.iter().flat_map(|(_, s)| body.children(*s)) {
        let kind = match body.name(*child) {
            "w:headerReference" => "header",
            "w:footerReference" => "footer",
            _ => continue,
        };
        let pages = match body.attribute(*child, "w:type") {
            Some("first") => "first",
            Some("even") => "even",
            _ => "default",
        };
        out.extend(body.attribute(*child, "r:id").map(|id| ((kind, pages), id.to_owned())));
    }
    out
}

/// Whether a switch is on.
fn is_on(tree: &Tree, parent: Id, name: &str) -> bool {
    let off = |id: Id| matches!(tree.attribute(id, "w:val"), Some("0" | "false" | "off"));
    tree.child(parent, name).is_some_and(|id| !off(id))
}

impl Settings {
    fn of(tree: &Tree) -> Self {
        let root = tree.root();
        let tab = tree.child(root, "w:defaultTabStop").and_then(|t| tree.attribute(t, "w:val"));
        let colours = tree.child(root, "w:clrSchemeMapping").map_or(&[][..], |c| &tree.nodes[c].attributes);
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric());
        let named = |key: &str| key.strip_prefix("w:").is_some_and(plain);
        Self {
            mirrored: is_on(tree, root, "w:mirrorMargins"),
            gutter_at_top: is_on(tree, root, "w:gutterAtTop"),
            even: is_on(tree, root, "w:evenAndOddHeaders"),
            tab: tab.and_then(|t| t.parse().ok()).filter(|t| (0..=SIDE[1]).contains(t)),
            colours: colours
                .iter()
                .filter(|(key, value)| named(key) && plain(value))
                .map(|(key, value)| format!(r#" {key}="{value}""#))
                .collect(),
        }
    }
}

impl Margin {
    /// What it says, on one line; a drawing's older form says the same again.
    fn says(&self) -> String {
        let mut tree = self.tree.clone();
        for at in 0..tree.nodes.len() {
            let children = std::mem::take(&mut tree.nodes[at].children);
            let shown = |c: &Id| tree.name(*c) != "mc:Fallback" && !self.titles.contains(c);
            tree.nodes[at].children = children.into_iter().filter(shown).collect();
        }
        tree.text(tree.root()).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
