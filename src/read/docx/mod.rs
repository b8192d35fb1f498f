//! A Word file in, blocks out.
//!
//! `package` and `xml` bound what comes in. `parts` finds the parts and reads the small ones; `styles` and `numbering` are tables;
//! `body` walks the text with an explicit stack; `paragraph` and `table` hold what is open; `repeated` knows what was parsed before. Nothing that a file refers to outside itself is
//! ever followed.

mod body;
mod numbering;
mod paragraph;
mod parts;
mod repeated;
mod reviewed;
mod styles;
mod symbols;

use std::collections::BTreeMap;

use crate::document::{Apart, ApartKind, Block, Picture, Reading, Style, Unread};
use crate::error::{Error, ErrorKind, Result};
use crate::read::Settings;

use super::package::Package;
use super::xml::decoded;
use super::{Reader, Source};
use body::{Body, Found, Pictured};
use parts::{Parts, Relations};

pub(crate) use reviewed::{Reviewed, reviewed};

/// Reads `.docx`.
pub(crate) struct Docx;

impl Reader for Docx {
    fn id(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, bytes: &[u8], _ending: &str) -> bool {
        bytes.starts_with(b"PK")
    }

    fn read(&self, source: &Source, _: &Settings) -> Result<Reading> {
        let mut package = Package::open(&source.bytes)?;
        let parts = Parts::find(&mut package)?;
        let styles = match parts.related(&mut package, "styles")? {
            Some(bytes) => styles::Styles::parse(&decoded(&bytes)?)?,
            None => styles::Styles::default(),
        };
        let mut numbering = match parts.related(&mut package, "numbering")? {
            Some(bytes) => numbering::Numbering::parse(&decoded(&bytes)?)?,
            None => numbering::Numbering::default(),
        };
        let mut notes: BTreeMap<String, Vec<Block>> = BTreeMap::new();
        for kind in ["footnotes", "endnotes"] {
            if let Some(bytes) = parts.related(&mut package, kind)? {
                let found = Body::new(&styles, &mut numbering).walk(&decoded(&bytes)?)?;
                for (id, block) in found.noted {
                    notes.entry(format!("{kind}:{id}")).or_default().push(block);
                }
            }
        }
        let main = package.part(&parts.main)?.ok_or_else(|| {
            Error::new(ErrorKind::Input, "the file has no text part")
                .hint("open it in Word and save it again")
        })?;
        let mut walker = Body::new(&styles, &mut numbering);
        walker.notes = notes;
        let found = walker.walk(&decoded(&main)?)?;
        let mut reading = reading(&found, &parts.relations, &mut package);
        margins(&found, &parts, &mut package, &styles, &mut reading)?;
        comments(&found, &parts, &mut package, &styles, &mut reading)?;
        reading.properties = parts.properties(&mut package)?;
        reading.blocks = found.blocks;
        for span in reading.blocks.iter_mut().flat_map(|b| &mut b.spans) {
            if let Style::Link(id) = &mut span.style {
                *id = parts.relations.address(id).unwrap_or_default();
            }
        }
        Ok(reading)
    }
}

/// What the walk of the main part found, blocks excepted.
fn reading(found: &Found, relations: &Relations, package: &mut Package) -> Reading {
    let mut reading = Reading { tables: found.tables, apart: found.apart.clone(), ..Reading::default() };
    reading.pictures = pictures(found, relations, package);
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
    ];
    for (count, what) in counted {
        if count > 0 {
            reading.notices.push(format!("{count} {what}"));
        }
    }
    reading
}

/// The pictures of a part; what a picture is stored as is found by what its part refers to.
fn pictures(found: &Found, relations: &Relations, package: &mut Package) -> Vec<Picture> {
    let pictured = |p: &Pictured| {
        let part = p.relation.as_deref().and_then(|id| relations.target(id));
        let bytes = part.as_ref().map_or(0, |name| package.declared_size(name));
        Picture { alternative: p.alternative.clone(), bytes, block: p.block, part, shown: p.shown }
    };
    found.pictures.iter().map(pictured).collect()
}

/// Page headers and footers, each text once; a school's logo mostly stands there.
fn margins(
    found: &Found,
    parts: &Parts,
    package: &mut Package,
    styles: &styles::Styles,
    reading: &mut Reading,
) -> Result<()> {
    for (kind, id) in &found.margins {
        let Some(name) = parts.relations.target(id) else { continue };
        let Some(bytes) = package.part(&name)? else { continue };
        let margin = Body::new(styles, &mut numbering::Numbering::default()).walk(&decoded(&bytes)?)?;
        if !margin.pictures.is_empty() {
            let relations = Relations::of(package, &name)?;
            for picture in pictures(&margin, &relations, package) {
                // The headers of first, odd and even pages repeat it.
                let picture = Picture { block: None, ..picture };
                if !reading.pictures.contains(&picture) {
                    reading.pictures.push(picture);
                }
            }
        }
        for block in margin.blocks {
            let apart = Apart { kind: *kind, text: block.text, author: None, block: None };
            if !reading.apart.contains(&apart) {
                reading.apart.push(apart);
            }
        }
    }
    Ok(())
}

/// Reviewers' comments with the block they are anchored to.
fn comments(
    found: &Found,
    parts: &Parts,
    package: &mut Package,
    styles: &styles::Styles,
    reading: &mut Reading,
) -> Result<()> {
    let Some(bytes) = parts.related(package, "comments")? else { return Ok(()) };
    let walked = Body::new(styles, &mut numbering::Numbering::default()).walk(&decoded(&bytes)?)?;
    let count = walked.comments.len();
    for (id, author, text) in walked.comments {
        let block = found.commented.get(&id).copied();
        reading.apart.push(Apart { kind: ApartKind::Comment, text, author, block });
    }
    if count > 0 {
        reading.notices.push(format!("{count} comments: kept apart"));
    }
    Ok(())
}
