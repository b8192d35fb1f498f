//! An OpenDocument text in, blocks out: `styles` are tables of properties and list numbers, `body` walks the text.

use crate::document::{Apart, ApartKind, Picture, Reading, Unread};
use crate::error::{Error, ErrorKind, Result};

use super::package::Package;
use super::xml::{Node, Nodes, decoded};
use super::{Reader, Settings, Source};
use body::Body;
use styles::Styles;

mod body;
mod styles;

/// What an OpenDocument text says it is, at the start of its package.
const KIND: &[u8] = b"application/vnd.oasis.opendocument.text";

/// Reads `.odt`.
pub(crate) struct Odt;

impl Reader for Odt {
    fn id(&self) -> &'static str {
        "odt"
    }

    fn recognises(&self, bytes: &[u8], ending: &str) -> bool {
        let start = bytes.get(..bytes.len().min(256)).unwrap_or(bytes);
        bytes.starts_with(b"PK") && (ending == "odt" || start.windows(KIND.len()).any(|w| w == KIND))
    }

    fn read(&self, source: &Source, _: &Settings) -> Result<Reading> {
        let mut package = Package::open(&source.bytes)?;
        if let Some(kind) = package.part("mimetype")?
            && !kind.starts_with(KIND)
        {
            return Err(Error::new(ErrorKind::Unsupported, "not a text document, whatever its name says")
                .hint("copy its text into a Word file if it is a policy"));
        }
        if let Some(manifest) = package.part("META-INF/manifest.xml")?
            && decoded(&manifest)?.contains("encryption-data")
        {
            return Err(Error::new(ErrorKind::Unsupported, "password-protected, cannot be read")
                .hint("save a copy without a password"));
        }
        let content = package.part("content.xml")?.ok_or_else(|| {
            Error::new(ErrorKind::Input, "the file has no text part").hint("open it and save it again")
        })?;
        let content = decoded(&content)?;
        let common = package.part("styles.xml")?;
        let common = common.as_deref().map(decoded).transpose()?.unwrap_or_default();
        let mut styles = Styles::default();
        styles.add(&common)?;
        styles.add(&content)?;
        let found = Body::new(&styles).walk(&content, "text")?;
        let mut reading =
            Reading { blocks: found.blocks, apart: found.apart, tables: found.tables, ..Reading::default() };
        reading.pictures = pictures(found.pictures, &mut package);
        for (within, kind) in [("header", ApartKind::Header), ("footer", ApartKind::Footer)] {
            let margin = Body::new(&styles).walk(&common, within)?;
            for picture in pictures(margin.pictures, &mut package) {
                // The headers of first, left and right pages repeat it.
                let picture = Picture { block: None, ..picture };
                if !reading.pictures.contains(&picture) {
                    reading.pictures.push(picture);
                }
            }
            for block in margin.blocks {
                let apart = Apart { kind, text: block.text, author: None, block: None };
                if !reading.apart.contains(&apart) {
                    reading.apart.push(apart);
                }
            }
        }
        reading.unread = found
            .unread
            .iter()
            .map(|(what, place)| Unread {
                what: (*what).to_owned(),
                r#where: format!("near paragraph {place}"),
                why: "only text, tables, notes and pictures are read".into(),
            })
            .collect();
        let counted = [
            (found.insertions, "tracked insertions: the text is read as if they were accepted"),
            (
                found.deletions,
                "tracked deletions: the text is read as if they were accepted, the deleted words are kept apart",
            ),
            (found.hidden, "stretches of hidden text: kept apart"),
            (found.comments, "comments: kept apart"),
        ];
        let said =
            counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        reading.notices.extend(said);
        if let Some(bytes) = package.part("meta.xml")? {
            reading.properties = properties(&decoded(&bytes)?)?;
        }
        Ok(reading)
    }
}

/// Pictures with the size of what they are stored as.
fn pictures(found: Vec<(Picture, Option<String>)>, package: &mut Package) -> Vec<Picture> {
    let stored = |(picture, target): (Picture, Option<String>)| {
        // A frame without a picture is a box of text.
        let part = target?.trim_start_matches("./").to_owned();
        Some(Picture { bytes: package.declared_size(&part), part: Some(part), ..picture })
    };
    found.into_iter().filter_map(stored).collect()
}

/// What the file says about itself: title, subject, description.
fn properties(text: &str) -> Result<Vec<(String, String)>> {
    let mut nodes = Nodes::new(text);
    let mut open: Vec<String> = Vec::new();
    let mut out = Vec::new();
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) => open.push(element.name().to_lowercase()),
            Node::Close => {
                open.pop();
            }
            Node::Text(value) => {
                if let Some(name) = open.last().filter(|_| open.len() == 3 && !value.trim().is_empty()) {
                    out.push((name.clone(), value.trim().to_owned()));
                }
            }
        }
    }
    Ok(out)
}
