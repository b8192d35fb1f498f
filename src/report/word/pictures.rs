//! Pictures of a Word draft: a picture of a policy in, the markup of its run out, and the parts that hold the bytes.

use crate::merge::{Illustration, Side, Stand};
use crate::read::Image;

use super::{Draftable, Page, xml};

/// English Metric Units of a twentieth of a point.
const EACH: u64 = 635;
/// What is kept free above and below a picture, so that its heading still fits on the page: 5 cm.
const HEADING: u64 = 1_863_330;
/// What a cell keeps free at either side, taken together.
const CELL_MARGINS: u64 = 137_160;

/// The pictures of a draft, each part once.
#[derive(Default)]
pub(super) struct Pictures<'d> {
    images: Vec<&'d Image>,
    count: usize,
}

impl<'d> Pictures<'d> {
    /// The run that shows a picture, none if it is not taken over; `share` of the page's width is what it may fill.
    pub(super) fn run(
        &mut self,
        d: &Draftable<'d>,
        shown: (Side, usize),
        share: (u32, u32),
    ) -> Option<String> {
        let (side, at) = shown;
        let picture = d.materials.document(side).pictures.get(at)?;
        let image = d.images[side.index()].get(at)?.as_ref().ok()?;
        let known = self.images.iter().position(|i| *i == image);
        let part = known.unwrap_or_else(|| {
            self.images.push(image);
            self.images.len() - 1
        });
        self.count += 1;
        let id = self.count;
        let [width, height] = fitted(picture.shown, share, room(d.page()));
        let text = match &picture.alternative {
            Some(text) => xml(text),
            None => xml(&format!(
                "Picture without a description in the policy of {}",
                d.materials.schools[side.index()].name
            )),
        };
        Some(format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="Picture {id}" descr="{text}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{id}" name="Picture {id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p{part}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        ))
    }

    /// Name and bytes of each part.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, &'d [u8])> {
        self.images.iter().enumerate().map(|(n, image)| (name(n, image), image.bytes.as_slice()))
    }

    /// Id and target of each part's relationship.
    pub(super) fn relations(&self) -> impl Iterator<Item = (String, String)> {
        let of = |(n, image): (usize, &&Image)| (format!("p{n}"), name(n, image).replacen("word/", "", 1));
        self.images.iter().enumerate().map(of)
    }
}

/// The name of the part that holds the n-th picture.
fn name(n: usize, image: &Image) -> String {
    format!("word/media/picture{}.{}", n + 1, image.ending)
}

/// What a picture may fill of a page.
fn room(page: Page) -> [u64; 2] {
    let [width, height] = page.between().map(|side| u64::try_from(side).unwrap_or(0) * EACH);
    [width, height.saturating_sub(HEADING).max(height / 2)]
}

/// Width and height as in the source, made smaller in proportion where they would not fit.
fn fitted(shown: [u32; 2], share: (u32, u32), room: [u64; 2]) -> [u64; 2] {
    let [width, height] = shown.map(|s| u64::from(s).max(1));
    let (part, of) = (u64::from(share.0.max(1)), u64::from(share.1.max(1)));
    let margins = if of > 1 { CELL_MARGINS } else { 0 };
    let most = (room[0] * part / of).saturating_sub(margins).max(1);
    let [mut w, mut h] = [width, height];
    if w > most {
        (w, h) = (most, (h * most / w).max(1));
    }
    if h > room[1] {
        (w, h) = ((w * room[1] / h).max(1), room[1]);
    }
    [w, h]
}

/// Whose insertion a picture is, if anybody's.
pub(super) fn inserted(picture: &Illustration) -> Option<Side> {
    match picture.stand {
        Stand::Inserted(side) | Stand::Replaced(side) => Some(side),
        Stand::Plain => None,
    }
}
