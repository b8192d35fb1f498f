//! What a Word file has around its body: its own styles, lists, header and footer, or a template's, in; parts, references and the page out.

use crate::read::Image;
use crate::redline::{Tree, close};
use crate::report::word::lists::{self, Lists};
use crate::report::word::parts::{self, footer, header};
use crate::report::word::xml;

use super::{Margin, Page, Template, styles};

/// What is to be dressed.
#[derive(Clone, Copy)]
pub(in crate::report) struct Wearer<'w> {
    /// The styles that its body refers to, as a part.
    pub(in crate::report) styles: &'w str,
    /// Its title.
    pub(in crate::report) title: &'w str,
    /// What its header says.
    pub(in crate::report) line: &'w str,
    /// Its lists.
    pub(in crate::report) lists: &'w Lists,
    /// Its settings, as a part.
    pub(in crate::report) settings: &'w str,
    /// Its page, if no template has another.
    pub(in crate::report) page: Page,
}

/// What is around a body.
pub(in crate::report) struct Dress {
    /// What the body refers to besides styles, lists and settings: id, kind and name in `word/`.
    relations: Vec<[String; 3]>,
    /// Name and content of each part.
    pub(in crate::report) parts: Vec<(String, String)>,
    /// Name and content of each picture.
    pub(in crate::report) pictures: Vec<(String, Vec<u8>)>,
    /// What the body says of its page, in markup.
    pub(in crate::report) section: String,
}

/// The id by which a margin refers to the n-th picture of a template.
pub(super) fn picture_id(at: usize) -> String {
    format!("t{at}")
}

fn picture_name(at: usize, image: &Image) -> String {
    format!("media/template{}.{}", at + 1, image.ending)
}

impl Dress {
    /// In a template's clothes, or in its own.
    pub(in crate::report) fn of(template: Option<&Template>, wearer: &Wearer) -> Self {
        match template {
            Some(template) => template.dress(wearer),
            None => Self::own(wearer),
        }
    }

    /// All parts that the body refers to, after those that it has itself.
    pub(in crate::report) fn with<'d>(&'d self, own: &[parts::Part<'d>]) -> Vec<parts::Part<'d>> {
        let more = self.relations.iter().map(|[id, kind, name]| (id.as_str(), kind.as_str(), name.as_str()));
        own.iter().copied().chain(more).collect()
    }

    fn own(w: &Wearer) -> Self {
        let mut out = Self::bare();
        out.margin("header", "default", header(w.line), &[]);
        out.margin("footer", "default", footer(), &[]);
        out.part("numbering", lists::numbering(w.lists));
        out.part("settings", w.settings.to_owned());
        out.part("styles", w.styles.to_owned());
        out.section = format!("{}{}", out.section, page(w.page));
        out
    }

    fn bare() -> Self {
        Self { relations: Vec::new(), parts: Vec::new(), pictures: Vec::new(), section: String::new() }
    }

    fn part(&mut self, name: &str, content: String) {
        self.parts.push((format!("word/{name}.xml"), content));
    }

    /// Adds a header or footer; those of the section come before all else that is said of it.
    fn margin(&mut self, kind: &str, pages: &str, content: String, pictures: &[(String, String)]) {
        let number = 1 + self.relations.iter().filter(|[_, k, _]| k == kind).count();
        let (name, capital) = (format!("{kind}{number}"), if kind == "header" { "Header" } else { "Footer" });
        let id = if number == 1 { format!("r{capital}") } else { format!("r{capital}{number}") };
        self.section.push_str(&format!(r#"<w:{kind}Reference w:type="{pages}" r:id="{id}"/>"#));
        if !pictures.is_empty() {
            self.parts.push((format!("word/_rels/{name}.xml.rels"), parts::pictured(pictures)));
        }
        self.part(&name, content);
        self.relations.push([id, kind.to_owned(), name]);
    }
}

/// What a body says of its page.
fn page(page: Page) -> String {
    let [width, height] = page.size;
    let [top, right, bottom, left, header, footer, gutter] = page.margins;
    let sideways = if width > height { r#" w:orient="landscape""# } else { "" };
    format!(
        r#"<w:pgSz w:w="{width}" w:h="{height}"{sideways}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{header}" w:footer="{footer}" w:gutter="{gutter}"/>"#
    )
}

impl Template {
    fn dress(&self, w: &Wearer) -> Dress {
        // A part of our own that was not well-formed would be seen by every test of a draft.
        let ours = Tree::parse(w.styles.as_bytes()).unwrap_or_default();
        let names = styles::names(&self.styles, &ours);
        let mut out = Dress::bare();
        for (at, image) in self.pictures.iter().enumerate() {
            out.pictures.push((format!("word/{}", picture_name(at, image)), image.bytes.clone()));
        }
        let has = |kind: &str, pages: &str| self.margins.iter().any(|m| (m.kind, m.pages) == (kind, pages));
        let numbered = |pages: &str| self.margins.iter().any(|m| m.pages == pages && m.numbers);
        for margin in &self.margins {
            // A draft says on each page that it is one, and which page it is.
            let more = match margin.kind {
                "header" => parts::header_line(w.line),
                _ if margin.pages != "first" && !numbered(margin.pages) => parts::page_line(),
                _ => String::new(),
            };
            let pictures: Vec<(String, String)> = margin
                .pictures
                .iter()
                .filter_map(|at| Some((picture_id(*at), picture_name(*at, self.pictures.get(*at)?))))
                .collect();
            out.margin(margin.kind, margin.pages, margin.written(w.title, &more, &names), &pictures);
        }
        for (kind, content) in [("header", header(w.line)), ("footer", footer())] {
            for pages in ["default", "even", "first"] {
                let wanted = match pages {
                    "default" => true,
                    "even" => self.settings.even,
                    _ => self.first && kind == "header",
                };
                // Pages whose header counts them need no footer that does.
                if wanted && !has(kind, pages) && (kind == "header" || !numbered(pages)) {
                    out.margin(kind, pages, content.clone(), &[]);
                }
            }
        }
        let first = if self.first { "<w:titlePg/>" } else { "" };
        out.section.push_str(&format!("{}{first}", page(self.page)));
        out.part(
            "numbering",
            match &self.numbering {
                Some(theirs) => lists::numbering_beside(w.lists, &styles::lists(theirs, &names)),
                None => lists::numbering(w.lists),
            },
        );
        out.part("settings", self.settings(w.settings));
        out.part("styles", styles::part(&self.styles, &ours, &names));
        let own = [("theme", "theme/theme1", &self.theme), ("fontTable", "fontTable", &self.fonts)];
        for (kind, name, tree) in own {
            if let Some(tree) = tree {
                out.part(name, String::from_utf8(tree.part()).unwrap_or_default());
                out.relations.push([format!("r{kind}"), kind.to_owned(), name.to_owned()]);
            }
        }
        out
    }

    /// Settings with those of the template that the look depends on, in the order of the schema.
    fn settings(&self, own: &str) -> String {
        let s = &self.settings;
        let mut before = String::new();
        if s.mirrored {
            before.push_str("<w:mirrorMargins/>");
        }
        if s.gutter_at_top {
            before.push_str("<w:gutterAtTop/>");
        }
        let mut out = own.to_owned();
        let at = ["<w:trackRevisions/>", "<w:defaultTabStop"].iter().filter_map(|e| out.find(e)).min();
        out.insert_str(at.unwrap_or(out.len()), &before);
        let old = r#"<w:defaultTabStop w:val="720"/>"#;
        let tab = format!(r#"<w:defaultTabStop w:val="{}"/>"#, s.tab.unwrap_or(720));
        let even = if s.even { "<w:evenAndOddHeaders/>" } else { "" };
        out = out.replace(old, &format!("{tab}{even}"));
        if !s.colours.is_empty() {
            out = out.replace("</w:settings>", &format!("<w:clrSchemeMapping{}/></w:settings>", s.colours));
        }
        out
    }
}

impl Margin {
    /// The part, with the title in the place of the template's and more at its end.
    fn written(&self, title: &str, more: &str, names: &styles::Names) -> String {
        let mut tree = self.tree.clone();
        styles::renamed(&mut tree, names);
        let root = tree.root();
        let mut out = String::from(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#);
        tree.start(root, &mut out);
        for child in tree.children(root) {
            tree.write(*child, &mut out, &mut |id, out| {
                let here = self.titles.contains(&id);
                if here {
                    out.push_str(&format!(r#"<w:t xml:space="preserve">{}</w:t>"#, xml(title)));
                }
                here
            });
        }
        out.push_str(more);
        // Word wants a paragraph at the end.
        let ends = tree.children(root).last().is_some_and(|last| tree.name(*last) == "w:p");
        if more.is_empty() && !ends {
            out.push_str("<w:p/>");
        }
        close(tree.name(root), &mut out);
        out
    }
}
