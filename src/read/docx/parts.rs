//! Which part of a Word package holds what: relationships and core properties.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};

use super::super::package::{Package, part_of};
use super::super::xml::{Node, Nodes, decoded};

/// The parts of a Word package.
#[derive(Debug)]
pub(super) struct Parts {
    /// Name of the part with the text.
    pub(super) main: String,
    /// What the main part refers to.
    pub(super) relations: Relations,
}

/// A part's relationships.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// Folder of the part that refers, with a slash at its end.
    folder: String,
    /// Kind (last word of the type), target and whether it lies outside, by id.
    by_id: BTreeMap<String, (String, String, bool)>,
}

impl Relations {
    /// What a part refers to; nothing if it says nothing.
    pub(super) fn of(package: &mut Package, part: &str) -> Result<Self> {
        let (folder, name) =
            part.rsplit_once('/').map_or((String::new(), part), |(f, n)| (format!("{f}/"), n));
        match package.part(&format!("{folder}_rels/{name}.rels"))? {
            Some(bytes) => Self::parse(&decoded(&bytes)?, &folder),
            None => Ok(Self { folder, ..Self::default() }),
        }
    }

    fn parse(text: &str, folder: &str) -> Result<Self> {
        let mut relations = Self { folder: folder.to_owned(), by_id: BTreeMap::new() };
        let mut nodes = Nodes::new(text);
        while let Some(node) = nodes.next()? {
            let Node::Open(element) = node else { continue };
            if element.name() != "Relationship" {
                continue;
            }
            let kind = element.attribute("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
            let outside = element.attribute("TargetMode").as_deref() == Some("External");
            if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
                relations.by_id.insert(id, (kind, target, outside));
            }
        }
        Ok(relations)
    }

    /// The name of the part that an id refers to; none if it lies outside the package.
    pub(super) fn target(&self, id: &str) -> Option<String> {
        self.by_id
            .get(id)
            .filter(|(_, _, outside)| !outside)
            .map(|(_, target, _)| part_of(&self.folder, target))
    }

    /// What a hyperlink's id refers to, as written; an anchor within the document is its own address.
    pub(super) fn address(&self, id: &str) -> Option<String> {
        if id.starts_with('#') {
            return Some(id.to_owned());
        }
        let (id, anchor) = id.split_at_checked(id.find('#').unwrap_or(id.len()))?;
        self.by_id.get(id).map(|(_, target, _)| format!("{target}{anchor}"))
    }

    /// The first part of a kind.
    fn of_kind(&self, kind: &str) -> Option<String> {
        let found = self.by_id.values().find(|(k, _, outside)| k == kind && !outside);
        found.map(|(_, target, _)| part_of(&self.folder, target))
    }
}

impl Parts {
    /// Finds the main part and reads its relationships.
    ///
    /// # Errors
    ///
    /// Unsupported, by name, if it is another kind of package; Input if it has no main part.
    pub(super) fn find(package: &mut Package) -> Result<Self> {
        let roots = match package.part("_rels/.rels")? {
            Some(bytes) => Relations::parse(&decoded(&bytes)?, "")?,
            None => Relations::default(),
        };
        let main = roots.of_kind("officeDocument").filter(|m| package.has(m));
        let main = main.or_else(|| package.has("word/document.xml").then(|| "word/document.xml".to_owned()));
        let other =
            |what: &str, hint: &str| Err(Error::new(ErrorKind::Unsupported, what.to_owned()).hint(hint));
        let Some(main) = main else {
            return if package.has("mimetype") && package.has("content.xml") {
                other(
                    "an OpenDocument file that is no text",
                    "copy its text into a Word file if it is a policy",
                )
            } else if package.names().any(|n| n.starts_with("Index/") || n.ends_with(".iwa")) {
                other("an Apple Pages file, which is not read", "export it as Word (.docx)")
            } else if package.has("[Content_Types].xml") {
                Err(Error::new(ErrorKind::Input, "a Word file without its text")
                    .hint("open and save it again in Word"))
            } else {
                other("a packed archive, not a Word file", "unpack it and use the files in it")
            };
        };
        if main.starts_with("xl/") {
            return other(
                "a spreadsheet, not a policy text",
                "copy its text into a Word file if it is a policy",
            );
        }
        if main.starts_with("ppt/") {
            return other(
                "a presentation, not a policy text",
                "copy its text into a Word file if it is a policy",
            );
        }
        let relations = Relations::of(package, &main)?;
        Ok(Self { main, relations })
    }

    /// Inflates the part of a kind, if there is one.
    pub(super) fn related(&self, package: &mut Package, kind: &str) -> Result<Option<Vec<u8>>> {
        let usual = format!("{}{kind}.xml", self.relations.folder);
        match self.relations.of_kind(kind).or_else(|| package.has(&usual).then_some(usual)) {
            Some(name) => package.part(&name),
            None => Ok(None),
        }
    }

    /// What the file says about itself: title, subject, description, dates.
    pub(super) fn properties(&self, package: &mut Package) -> Result<Vec<(String, String)>> {
        let Some(bytes) = package.part("docProps/core.xml")? else { return Ok(Vec::new()) };
        let text = decoded(&bytes)?;
        let mut nodes = Nodes::new(&text);
        let mut open: Vec<String> = Vec::new();
        let mut out = Vec::new();
        while let Some(node) = nodes.next()? {
            match node {
                Node::Open(element) => open.push(element.name().to_lowercase()),
                Node::Close => {
                    open.pop();
                }
                Node::Text(value) => {
                    if let Some(name) = open.last().filter(|_| open.len() == 2 && !value.trim().is_empty()) {
                        out.push((name.clone(), value.trim().to_owned()));
                    }
                }
            }
        }
        Ok(out)
    }
}
