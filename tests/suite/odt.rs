//! OpenDocument texts made for a test: the smallest package around a body.

use common_ground::document::Document;
use common_ground::read::{Source, read};

use crate::word::zipped;

const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="urn:dc" xmlns:xlink="http://www.w3.org/1999/xlink""#;

/// The package's bytes: its styles and its text.
pub fn bytes(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    let common = format!(
        r#"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header><text:p>Thistlemere</text:p></style:header><style:footer><text:p>Page</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"#
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("content.xml", content),
        ("styles.xml", common),
    ];
    zipped(&parts.map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

/// The text as it is read.
pub fn reading(styles: &str, body: &str) -> common_ground::Result<Document> {
    read(&Source { path: "test.odt".into(), bytes: bytes(styles, body) }, "a")
}
