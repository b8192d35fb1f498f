//! A figure as a Word drawing: the same shapes as in SVG, as Word's own, so that they stay sharp and can be read out.

use std::fmt::Write;

use crate::report::escape::visible;
use crate::report::word::xml;

use super::{Figure, Pattern, Shape, Tint};

/// English metric units of the widest drawing: 170 mm.
const WIDEST: u32 = 6_120_000;
/// Of the highest: 230 mm.
const HIGHEST: u32 = 8_280_000;

/// The drawing, with its text alternative; `number` tells it from the others.
pub(super) fn drawing(figure: &Figure, ink: &[String; 2], number: usize) -> String {
    // Units of a point of the figure: as wide as the page, unless it would be too high.
    let unit = (WIDEST / figure.width.max(1)).min(HIGHEST / figure.height.max(1));
    let (cx, cy) = (figure.width * unit, figure.height * unit);
    let says = xml(&visible(&figure.alternative));
    let mut shapes = String::new();
    for shape in &figure.shapes {
        match shape {
            Shape::Box([x, y, w, h], tint, pattern) => {
                let form = r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>"#;
                place(
                    &mut shapes,
                    [x * unit, y * unit, w * unit, h * unit],
                    form,
                    &fill(*tint, *pattern, ink),
                    "",
                );
            }
            Shape::Ribbon([x, top, bottom], [far, end_top, end_bottom], pattern) => {
                let (high, low) = ((*top).min(*end_top), (*bottom).max(*end_bottom));
                let (w, h) = ((far - x) * unit, (low - high) * unit);
                let point = |x: u32, y: u32| format!(r#"<a:pt x="{x}" y="{}"/>"#, (y - high) * unit);
                let curve =
                    |a: String, b: String, c: String| format!("<a:cubicBezTo>{a}{b}{c}</a:cubicBezTo>");
                let form = format!(
                    r#"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{w}" h="{h}"><a:moveTo>{}</a:moveTo>{}<a:lnTo>{}</a:lnTo>{}<a:close/></a:path></a:pathLst></a:custGeom>"#,
                    point(0, *top),
                    curve(point(w / 2, *top), point(w / 2, *end_top), point(w, *end_top)),
                    point(w, *end_bottom),
                    curve(point(w / 2, *end_bottom), point(w / 2, *bottom), point(0, *bottom)),
                );
                place(
                    &mut shapes,
                    [x * unit, high * unit, w, h],
                    &form,
                    &fill(Tint::Grey(2), *pattern, ink),
                    "",
                );
            }
            Shape::Words(x, y, end, bold, words) => {
                // A box with room for the words, at the end on which they hang.
                let at = x * unit;
                let half = (cx / 4).min(at).min(cx.saturating_sub(at));
                let (side, left, width) = match end {
                    -1 => ("left", at, (cx / 2).min(cx.saturating_sub(at))),
                    0 => ("center", at - half, 2 * half),
                    _ => ("right", at.saturating_sub(cx / 2), at.min(cx / 2)),
                };
                let size = (26 * unit / 12_700).clamp(8, 22); // half points
                let weight = if *bold { "<w:b/>" } else { "" };
                let text = format!(
                    r#"<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="{side}"/></w:pPr><w:r><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"#,
                    xml(&visible(words))
                );
                let form = r#"<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>"#;
                let at = [left, y.saturating_sub(14) * unit, width, 20 * unit];
                place(&mut shapes, at, form, "<a:noFill/><a:ln><a:noFill/></a:ln>", &text);
            }
        }
    }
    let id = 1000 + number;
    format!(
        r#"<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="Picture {id}" descr="{says}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/><a:chOff x="0" y="0"/><a:chExt cx="{cx}" cy="{cy}"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:t>{says}</w:t></mc:Fallback></mc:AlternateContent>"#
    )
}

/// A shape at its place.
fn place(out: &mut String, [x, y, cx, cy]: [u32; 4], form: &str, fill: &str, text: &str) {
    let boxed = if text.is_empty() { "" } else { r#" txBox="1""# };
    let _ = write!(
        out,
        r#"<wps:wsp><wps:cNvSpPr{boxed}/><wps:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>{form}{fill}</wps:spPr>{text}<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>"#
    );
}

fn fill(tint: Tint, pattern: Pattern, ink: &[String; 2]) -> String {
    const GREYS: [&str; 5] = ["FFFFFF", "EEF1F3", "DDE3E7", "C9D2D8", "B3BFC7"];
    let colour = match tint {
        Tint::A => ink[0].trim_start_matches('#'),
        Tint::B => ink[1].trim_start_matches('#'),
        Tint::Grey(depth) => GREYS.get(usize::from(depth)).unwrap_or(&GREYS[4]),
    };
    let solid = |c: &str| format!(r#"<a:solidFill><a:srgbClr val="{c}"/></a:solidFill>"#);
    match pattern {
        Pattern::Plain => format!(r#"{}<a:ln w="6350">{}</a:ln>"#, solid(colour), solid("808B93")),
        Pattern::Hatched => format!(
            r#"<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="4D5860"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:ln w="9525">{}</a:ln>"#,
            solid("4D5860")
        ),
        Pattern::Dashed => {
            let edge = if matches!(tint, Tint::Grey(_)) { "4D5860" } else { colour };
            format!(r#"<a:noFill/><a:ln w="15875">{}<a:prstDash val="dash"/></a:ln>"#, solid(edge))
        }
    }
}
