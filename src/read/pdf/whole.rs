//! Whether all of a file was there to read: its objects in, what it promises and does not hold out.
//!
//! The interpreter takes an object that it cannot unpack for one that is not there, and goes on: a page, a part of a page or a picture with
//! text would be missing without a word. Here the promises are counted: the pages of the page tree, the parts of each page's content, and
//! what each page draws by name.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Stream};
use hayro_interpret::hayro_syntax::page::Page;

/// What a file promises and does not hold, in words; empty if it is whole.
///
/// Pages are named by their number among those found. Cost: each content is unpacked once, as for interpreting it.
pub(super) fn missing(pdf: &Pdf) -> Vec<String> {
    let mut missing = Vec::new();
    let found = pdf.pages().len();
    let promised = pdf
        .xref()
        .get::<Dict<'_>>(pdf.xref().root_id())
        .and_then(|root| root.get::<Dict<'_>>(b"Pages".as_slice()))
        .and_then(|pages| pages.get::<u32>(b"Count".as_slice()))
        .map_or(0, |n| n as usize);
    if promised > found {
        missing.push(format!("{} of its {promised} pages", promised - found));
    }
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        if content_is_missing(page) {
            missing.push(format!("a part of page {number}"));
        }
        let named = &page.resources().x_objects;
        let gone = named.keys().filter(|name| named.get::<Stream<'_>>(name.as_ref()).is_none()).count();
        if gone > 0 {
            missing.push(format!("{gone} pictures or texts that page {number} shows"));
        }
    }
    missing
}

/// Whether a page names content that cannot be unpacked. A page may have none.
fn content_is_missing(page: &Page<'_>) -> bool {
    const CONTENTS: &[u8] = b"Contents";
    if !page.raw().contains_key(CONTENTS) {
        return false;
    }
    if let Some(parts) = page.raw().get::<Array<'_>>(CONTENTS) {
        // Parts are references, "12 0 R".
        let promised = parts.data().iter().filter(|b| **b == b'R').count();
        return parts.iter::<Stream<'_>>().filter(|part| part.decoded().is_ok()).count() < promised;
    }
    page.raw().get::<Stream<'_>>(CONTENTS).is_none() || page.page_stream().is_none()
}
