//! A Word package in, its parts by name and what refers to what out; and the bytes of a package again, the same each time.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::{Error, ErrorKind, Result};
use crate::read::{Package, part_of};

use super::tree::{Tree, escape};

const TYPES: &str = "[Content_Types].xml";

/// All parts of a package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundle {
    pub(crate) parts: BTreeMap<String, Vec<u8>>,
    /// The part with the text.
    pub(crate) main: String,
}

/// One reference of a part to another, or to something outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The address of its type, as written.
    pub(crate) r#type: String,
    /// The part's name, or what lies outside as written.
    pub(crate) target: String,
    pub(crate) outside: bool,
}

impl Relation {
    /// The last word of its type: "header", "image".
    pub(crate) fn kind(&self) -> &str {
        self.r#type.rsplit('/').next().unwrap_or("")
    }
}

impl Bundle {
    /// Opens a package.
    ///
    /// # Errors
    ///
    /// Those of reading it; Unsupported if it holds no Word text.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self> {
        let mut package = Package::open(bytes)?;
        let names: Vec<String> = package.names().filter(|n| !n.ends_with('/')).map(str::to_owned).collect();
        let mut bundle = Self::default();
        for name in names {
            if let Some(part) = package.part(&name)? {
                bundle.parts.insert(name, part);
            }
        }
        let roots = bundle.relations("")?;
        let main = roots.iter().find(|r| r.kind() == "officeDocument").map(|r| r.target.clone());
        bundle.main =
            main.filter(|m| bundle.parts.contains_key(m) && m.ends_with(".xml")).ok_or_else(|| {
                Error::new(ErrorKind::Unsupported, "is no Word file").hint("save it in Word as .docx")
            })?;
        Ok(bundle)
    }

    /// What a part refers to; an empty name is the package itself.
    pub(crate) fn relations(&self, part: &str) -> Result<Vec<Relation>> {
        let Some(bytes) = self.parts.get(&listing(part)) else { return Ok(Vec::new()) };
        let tree = Tree::parse(bytes)?;
        let folder = part.rsplit_once('/').map_or("", |(f, _)| f);
        let of = |id: usize, key: &str| tree.attribute(id, key).unwrap_or("").to_owned();
        let relation = |id: usize| {
            let outside = of(id, "TargetMode") == "External";
            let target = of(id, "Target");
            Relation {
                id: of(id, "Id"),
                r#type: of(id, "Type"),
                target: if outside { target } else { part_of(folder, &target) },
                outside,
            }
        };
        Ok(tree.children(tree.root()).iter().map(|c| relation(*c)).collect())
    }

    /// Writes what a part refers to.
    pub(crate) fn set_relations(&mut self, part: &str, relations: &[Relation]) {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
        );
        for relation in relations {
            let slash = if relation.outside { "" } else { "/" };
            out.push_str("<Relationship");
            for (key, value) in [
                ("Id", relation.id.clone()),
                ("Type", relation.r#type.clone()),
                ("Target", format!("{slash}{}", relation.target)),
            ] {
                out.push_str(&format!(" {key}=\""));
                escape(&value, &mut out);
                out.push('"');
            }
            out.push_str(if relation.outside { " TargetMode=\"External\"/>" } else { "/>" });
        }
        out.push_str("</Relationships>");
        self.parts.insert(listing(part), out.into_bytes());
    }

    /// The part of a kind that the main part refers to.
    pub(crate) fn of_kind(&self, kind: &str) -> Result<Option<String>> {
        let found = self.relations(&self.main)?.into_iter().find(|r| r.kind() == kind && !r.outside);
        Ok(found.map(|r| r.target).filter(|t| self.parts.contains_key(t)))
    }

    /// What a part is, as the list of contents says.
    pub(crate) fn content_type(&self, part: &str) -> Result<Option<String>> {
        let Some(bytes) = self.parts.get(TYPES) else { return Ok(None) };
        let tree = Tree::parse(bytes)?;
        let ending = part.rsplit('.').next().unwrap_or("");
        let mut by_ending = None;
        for id in tree.children(tree.root()) {
            let kind = tree.attribute(*id, "ContentType").map(str::to_owned);
            if tree.attribute(*id, "PartName").is_some_and(|n| n.trim_start_matches('/') == part) {
                return Ok(kind);
            }
            if tree.attribute(*id, "Extension").is_some_and(|e| e.eq_ignore_ascii_case(ending)) {
                by_ending = kind;
            }
        }
        Ok(by_ending)
    }

    /// Leaves the macros out, and says whether there were any: a file with macros may not be called `.docx`, and nobody reviews them.
    pub(crate) fn drop_macros(&mut self) -> Result<bool> {
        let is_macro = |kind: &str| matches!(kind, "vbaProject" | "wordVbaData" | "vbaProjectSignature");
        let relations = self.relations(&self.main)?;
        let (gone, kept): (Vec<Relation>, Vec<Relation>) =
            relations.into_iter().partition(|r| is_macro(r.kind()));
        let any = !gone.is_empty();
        // A file may say that it has macros and have none.
        let says = |types: &&Vec<u8>| String::from_utf8_lossy(types).contains("macroEnabled");
        let Some(bytes) = self.parts.get(TYPES).filter(|types| any || says(types)) else { return Ok(false) };
        let mut types = Tree::parse(bytes)?;
        let mut parts: Vec<String> = gone.into_iter().map(|r| r.target).collect();
        for at in 0..parts.len() {
            parts.extend(
                self.relations(&parts[at])?.into_iter().filter(|r| is_macro(r.kind())).map(|r| r.target),
            );
        }
        let of_macro = |id: &usize| {
            let name = types.attribute(*id, "PartName").unwrap_or("").trim_start_matches('/');
            parts.iter().any(|p| p == name)
        };
        let kept_types = types.children(types.root()).iter().copied().filter(|id| !of_macro(id)).collect();
        let root = types.root();
        types.nodes[root].children = kept_types;
        for id in types.children(root).to_vec() {
            if let Some(kind) = types.attribute(id, "ContentType").filter(|k| k.contains("macroEnabled")) {
                let plain = if kind.contains("template") { "template" } else { "document" };
                types.set(
                    id,
                    "ContentType",
                    format!(
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.{plain}.main+xml"
                    ),
                );
            }
        }
        let main = self.main.clone();
        self.parts.insert(TYPES.to_owned(), types.part());
        self.parts.retain(|name, _| !parts.iter().any(|p| p == name || listing(p) == *name));
        self.set_relations(&main, &kept);
        Ok(any)
    }

    /// Adds a part of this content type.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>, content_type: &str) {
        self.parts.insert(name.to_owned(), bytes);
        if let Some(types) = self.parts.get_mut(TYPES) {
            let mut text = String::from_utf8_lossy(types).into_owned();
            let mut line = String::from("<Override PartName=\"/");
            escape(name, &mut line);
            line.push_str("\" ContentType=\"");
            escape(content_type, &mut line);
            line.push_str("\"/>");
            if let Some(end) = text.rfind("</") {
                text.insert_str(end, &line);
            }
            *types = text.into_bytes();
        }
    }

    /// The package's bytes.
    ///
    /// # Errors
    ///
    /// Internal if it cannot be packed.
    pub(crate) fn save(&self) -> Result<Vec<u8>> {
        let internal =
            |e: &dyn std::fmt::Display| Error::new(ErrorKind::Internal, format!("could not be packed ({e})"));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        // Readers expect the list of contents first.
        let first = [TYPES, "_rels/.rels"];
        let rest = self.parts.keys().map(String::as_str).filter(|n| !first.contains(n));
        for name in first.into_iter().chain(rest) {
            let Some(bytes) = self.parts.get(name) else { continue };
            zip.start_file(name, options).map_err(|e| internal(&e))?;
            zip.write_all(bytes).map_err(|e| internal(&e))?;
        }
        Ok(zip.finish().map_err(|e| internal(&e))?.into_inner())
    }
}

/// The part that says what a part refers to.
fn listing(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}
