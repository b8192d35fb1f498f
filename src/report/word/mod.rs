//! A draft as a Word file: regions in, the bytes of a package out.
//!
//! The markup is written here and not by docx-rs 0.4.22, which was measured first: it puts `w:rPr` before `w:pStyle` and `w:type` after `w:cols`
//! where the schema asks for the opposite, numbers insertions with a counter of the whole process (so that the same draft has other bytes
//! the second time), gives every picture the same id and no alternative text, and has no repeated header rows and no language; each of these would
//! have to be rewritten in its output. Every text goes through `xml`, and every package has the same parts in the same order with the same times.

mod annex;
mod body;
pub(super) mod lists;
pub(super) mod parts;
mod pictures;
mod remarks;
mod template;

use std::io::{Cursor, Write};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::merge::{Draft, Materials, frame};
use crate::read::{Image, NotTaken};
use crate::redline::escape;
use crate::report::escape::date;
use crate::report::logos::Logos;

pub use template::Template;
pub(super) use template::{Dress, Page, Wearer};

/// What a Word draft needs besides the draft.
#[derive(Clone, Copy, Debug)]
pub struct Draftable<'d> {
    /// The draft.
    pub draft: &'d Draft,
    /// What it was made from.
    pub materials: &'d Materials<'d>,
    /// The policy's title.
    pub title: &'d str,
    /// The date of all insertions and comments.
    pub today: Date,
    /// Why it was made although it should not be, in the person's words.
    pub overridden: Option<&'d str>,
    /// The pictures of each policy, one entry per entry of [`crate::document::Document::pictures`]; none are shown if empty.
    pub images: [&'d [Result<Image, NotTaken>]; 2],
    /// Whose look it has; its own if none.
    pub template: Option<&'d Template>,
}

impl Draftable<'_> {
    /// The page and its margins.
    fn page(&self) -> Page {
        self.template.map_or(Page::A4, Template::page)
    }
}

/// The Word file; the same draft gives the same bytes.
pub fn word(d: &Draftable) -> Vec<u8> {
    let mut body = body::Body::new(d);
    let frame = frame(d.draft, d.materials, d.title, d.today, d.overridden);
    annex::front(&mut body, &frame);
    body.regions();
    annex::back(&mut body, &frame);
    let dress = Dress::of(
        d.template,
        &Wearer {
            styles: &parts::styles(),
            title: d.title,
            line: &format!("{} – draft of {}", d.title, date(d.today)),
            lists: &body.lists,
            settings: parts::SETTINGS,
            page: d.page(),
        },
    );
    let all = dress.with(&parts::PARTS);
    let own = [
        ("[Content_Types].xml", parts::content_types(&all, &["png", "jpeg"])),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(d.title, d.today)),
        ("word/_rels/document.xml.rels", parts::document_relations(&body, &all)),
        ("word/comments.xml", body.comments()),
        ("word/document.xml", body.document(&dress.section)),
        ("word/footnotes.xml", body.footnotes()),
    ];
    let logos = Logos::of(d.materials.schools);
    zipped(packed(&own, &dress).into_iter().chain(body.pictures.parts()).chain(logos.parts()))
}

/// All parts in order of their names, then a template's pictures.
pub(super) fn packed<'p>(own: &'p [(&str, String)], dress: &'p Dress) -> Vec<(String, &'p [u8])> {
    let own = own.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes()));
    let around = dress.parts.iter().map(|(name, content)| (name.clone(), content.as_bytes()));
    let mut out: Vec<_> = own.chain(around).collect();
    out.sort();
    out.extend(dress.pictures.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())));
    out
}

/// A package of these parts, each time the same bytes.
pub(super) fn zipped<'p>(parts: impl IntoIterator<Item = (String, &'p [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default()); // 1980: the same on every run
    for (name, content) in parts {
        // Writing to memory cannot fail; a package that lacks a part would not open, which the suite would see.
        let _ = zip.start_file(name, options);
        let _ = zip.write_all(content);
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Text as it may stand in markup and attributes, on one line; characters that XML forbids are left out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&text.replace(['\n', '\r', '\t'], " "), &mut out);
    out
}
