//! The two schools' logos as every page, Word file and PDF file shows them: the schools in; markup, parts of a package, pictures out.

use std::fmt::Write;

use maud::{Markup, html};

use crate::document::{Logo, School};

use super::escape::visible;
use super::word::parts::KIND;
use super::word::xml;

/// English metric units of the height of a logo in a Word file: 16 mm.
const HIGH: u64 = 576_000;
/// Of the most that it may be wide: 60 mm.
const WIDE: u64 = 2_160_000;
/// Ids of pictures and relations that nothing else in our packages has.
const FIRST_ID: usize = 900;

/// The logos of those schools that have one, first school first, each with what it says for whoever does not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Logos(Vec<(String, Logo)>);

impl Logos {
    pub(super) fn of(schools: &[School; 2]) -> Self {
        let shown = |s: &School| Some((format!("Logo of {}", s.name), s.picture.clone()?.ok()?));
        Self(schools.iter().filter_map(shown).collect())
    }

    /// One sentence for each that cannot be shown.
    pub(super) fn missing(schools: &[School; 2]) -> impl Iterator<Item = String> {
        schools.iter().filter_map(|s| match &s.picture {
            Some(Err(why)) => Some(format!("The logo of {}, “{}”, is not shown: {why}.", s.name, s.logo)),
            _ => None,
        })
    }

    /// For a web page: the pictures stand in the page itself. Nothing if there are none.
    pub(super) fn html(&self) -> Markup {
        html! {
            @if !self.0.is_empty() {
                div class="logos" {
                    @for (says, logo) in &self.0 {
                        img class="logo" src=(address(logo)) alt=(visible(says)) width=(logo.pixels[0]) height=(logo.pixels[1]);
                    }
                }
            }
        }
    }

    /// For a Word file: a paragraph with the pictures, which are tied to its parts by [`Logos::relations`]. Nothing if there are none.
    pub(super) fn paragraph(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut runs = String::new();
        for (at, (says, logo)) in self.0.iter().enumerate() {
            let [width, height] = logo.pixels.map(u64::from);
            let (mut cx, mut cy) = (HIGH * width / height.max(1), HIGH);
            if cx > WIDE {
                (cx, cy) = (WIDE, (WIDE * height / width.max(1)).max(1));
            }
            let (id, says, cx) = (FIRST_ID + at, xml(&visible(says)), cx.max(1));
            let _ = write!(
                runs,
                r#"<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="Logo {at}" descr="{says}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="{id}" name="Logo {at}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rLogo{at}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">  </w:t></w:r>"#
            );
        }
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="DraftGap"/><w:keepNext/><w:spacing w:after="240"/></w:pPr>{runs}</w:p>"#
        )
    }

    /// What ties the paragraph to the parts, in markup.
    pub(super) fn relations(&self) -> String {
        let each = |(at, (_, logo)): (usize, &(String, Logo))| {
            format!(r#"<Relationship Id="rLogo{at}" Type="{KIND}/image" Target="{}"/>"#, part(at, logo))
        };
        self.0.iter().enumerate().map(each).collect()
    }

    /// Name and bytes of each part of the package.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.0
            .iter()
            .enumerate()
            .map(|(at, (_, logo))| (format!("word/{}", part(at, logo)), logo.bytes.as_slice()))
    }

    /// The kinds of picture that are among the parts.
    pub(super) fn endings(&self) -> Vec<&'static str> {
        let mut out: Vec<&'static str> = self.0.iter().map(|(_, logo)| logo.ending).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// For the program that sets PDF files: name of the picture and what it says, and the picture as SVG around the file's bytes.
    pub(super) fn pictures(&self) -> Vec<(String, String, String)> {
        let each = |(at, (says, logo)): (usize, &(String, Logo))| {
            let [w, h] = logo.pixels;
            let svg = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"><image width="{w}" height="{h}" href="{}"/></svg>"#,
                address(logo)
            );
            (format!("logo-{at}.svg"), visible(says).into_owned(), svg)
        };
        self.0.iter().enumerate().map(each).collect()
    }
}

fn part(at: usize, logo: &Logo) -> String {
    format!("media/logo{at}.{}", logo.ending)
}

/// The picture as an address that holds it (RFC 2397).
fn address(logo: &Logo) -> String {
    format!("data:image/{};base64,{}", logo.ending, base64(&logo.bytes))
}

/// RFC 4648, 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all = three.iter().fold(0u32, |all, b| all << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(all >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xFF, 0xFE, 0xFD]), "//79");
    }
}
