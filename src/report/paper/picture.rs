//! Pictures made of a few plain shapes: a figure in, SVG out, for a page that is light or dark or for print.
//!
//! No meaning lies in a colour alone: what differs is hatched, what one school alone has is dashed, and figures stand in words too.

use std::fmt::Write;

use crate::report::escape::xml;

/// A picture.
#[derive(Clone, Debug, serde::Serialize)]
pub(in crate::report) struct Figure {
    /// Names of patterns in it begin with this; no two figures of a page have the same.
    pub(in crate::report) id: String,
    /// In points of its own; text is 13 of them high.
    pub(in crate::report) width: u32,
    /// In points of its own.
    pub(in crate::report) height: u32,
    /// What it shows, for whoever does not see it.
    pub(in crate::report) alternative: String,
    /// What stands under it.
    pub(in crate::report) caption: String,
    /// Drawn in order.
    #[serde(skip)]
    pub(in crate::report) shapes: Vec<Shape>,
}

/// A shape; all measures in the figure's points.
#[derive(Clone, Debug)]
pub(in crate::report) enum Shape {
    /// A box: left, top, width, height.
    Box([u32; 4], Tint, Pattern),
    /// A ribbon from an upright edge to another: left x, its top and bottom; right x, its top and bottom.
    Ribbon([u32; 3], [u32; 3], Pattern),
    /// Words on a line: x, baseline y, which of the words x is (-1 their left end, 0 their middle, 1 their right end), whether bold.
    Words(u32, u32, i8, bool, String),
}

/// A colour by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Tint {
    /// The first school.
    A,
    /// The second school.
    B,
    /// Neither, from 0 (as the paper) to 4 (deepest that text can still be read on).
    Grey(u8),
}

/// How a shape is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Pattern {
    /// Even.
    Plain,
    /// Slanting lines.
    Hatched,
    /// Only a dashed outline.
    Dashed,
}

/// The figure as SVG. On a page the style sheet gives the colours by class; in print they are given here.
pub(in crate::report) fn svg(figure: &Figure, ink: Option<&[String; 2]>) -> String {
    let (w, h, id) = (figure.width, figure.height, &figure.id);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-labelledby="{id}-says"><title id="{id}-says">{}</title>"#,
        xml(&figure.alternative)
    );
    let line = ink.map_or(r#"class="hatch""#, |_| r##"stroke="#4d5860" stroke-width="2""##);
    let _ = write!(
        out,
        r#"<defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" {line}/></pattern></defs>"#
    );
    for shape in &figure.shapes {
        match shape {
            Shape::Box([x, y, width, height], tint, pattern) => {
                let _ = write!(
                    out,
                    r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" {}/>"#,
                    fill(*tint, *pattern, id, ink)
                );
            }
            Shape::Ribbon([x, top, bottom], [far, end_top, end_bottom], pattern) => {
                let middle = (x + far) / 2;
                let _ = write!(
                    out,
                    r#"<path d="M{x} {top}C{middle} {top} {middle} {end_top} {far} {end_top}L{far} {end_bottom}C{middle} {end_bottom} {middle} {bottom} {x} {bottom}Z" {}/>"#,
                    fill(Tint::Grey(2), *pattern, id, ink)
                );
            }
            Shape::Words(x, y, end, bold, words) => {
                let anchor = match end {
                    -1 => "start",
                    0 => "middle",
                    _ => "end",
                };
                let weight = if *bold { r#" font-weight="600""# } else { "" };
                let colour =
                    ink.map_or(r#"class="ink""#, |_| r##"fill="#1c2226" font-family="Libertinus Serif""##);
                let _ = write!(
                    out,
                    r#"<text x="{x}" y="{y}" font-size="13" text-anchor="{anchor}"{weight} {colour}>{}</text>"#,
                    xml(words)
                );
            }
        }
    }
    out + "</svg>"
}

/// The attributes that fill a shape.
fn fill(tint: Tint, pattern: Pattern, id: &str, ink: Option<&[String; 2]>) -> String {
    /// Greys on white paper, light enough for black words.
    const GREYS: [&str; 5] = ["#ffffff", "#eef1f3", "#dde3e7", "#c9d2d8", "#b3bfc7"];
    let colour = match (ink, tint) {
        (Some(ink), Tint::A) => ink[0].clone(),
        (Some(ink), Tint::B) => ink[1].clone(),
        (Some(_), Tint::Grey(depth)) => GREYS.get(usize::from(depth)).unwrap_or(&GREYS[4]).to_string(),
        (None, _) => String::new(),
    };
    let class = match tint {
        Tint::A => "a".to_owned(),
        Tint::B => "b".to_owned(),
        Tint::Grey(depth) => format!("g{depth}"),
    };
    match (pattern, ink) {
        (Pattern::Plain, None) => format!(r#"class="fill {class}""#),
        (Pattern::Plain, Some(_)) => format!(r##"fill="{colour}" stroke="#808b93" stroke-width="0.5""##),
        (Pattern::Hatched, None) => format!(r#"class="edge" fill="url(#{id}-hatch)""#),
        (Pattern::Hatched, Some(_)) => format!(r##"fill="url(#{id}-hatch)" stroke="#4d5860""##),
        (Pattern::Dashed, None) => format!(r#"class="edge dashed {class}" fill="none""#),
        (Pattern::Dashed, Some(_)) => {
            let edge = if matches!(tint, Tint::Grey(_)) { "#4d5860" } else { colour.as_str() };
            format!(r#"fill="none" stroke="{edge}" stroke-width="1.5" stroke-dasharray="5 3""#)
        }
    }
}
