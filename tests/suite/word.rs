//! Word files made for a test: the smallest package around a body.

use std::io::{Cursor, Write};

use common_ground::document::Document;
use common_ground::read::{Source, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package under construction.
pub struct Word {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Word {
    /// A package whose body is this markup.
    pub fn body(markup: &str) -> Self {
        let document = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{markup}</w:body></w:document>"#
        );
        let rels = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>"#
        );
        Self {
            parts: vec![
                ("_rels/.rels".into(), rels.into_bytes()),
                ("word/document.xml".into(), document.into_bytes()),
            ],
            relations: String::new(),
        }
    }

    /// Adds a part that the body refers to by kind.
    pub fn part(mut self, kind: &str, content: &str) -> Self {
        self.relations
            .push_str(&format!(r#"<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>"#));
        self.parts.push((format!("word/{kind}.xml"), content.replace("{W}", W).into_bytes()));
        self
    }

    /// Adds something that the body refers to, as written in the list of relationships.
    pub fn relation(mut self, markup: &str) -> Self {
        self.relations.push_str(markup);
        self
    }

    /// Adds any file.
    pub fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.into(), bytes.to_vec()));
        self
    }

    /// Adds relationships of the body, as markup.
    pub fn related(mut self, markup: &str) -> Self {
        self.relations.push_str(markup);
        self
    }

    /// The package's bytes.
    pub fn bytes(self) -> Vec<u8> {
        let mut parts = self.parts;
        let relations = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
            self.relations
        );
        parts.push(("word/_rels/document.xml.rels".into(), relations.into_bytes()));
        zipped(&parts)
    }

    /// The package as it is read.
    pub fn read(self) -> common_ground::Result<Document> {
        read(&Source { path: "test.docx".into(), bytes: self.bytes() }, "a")
    }
}

/// A zip of these parts.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A paragraph of plain text.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The texts of a document's blocks.
pub fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|b| b.text.as_str()).collect()
}
