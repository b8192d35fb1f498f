//! The two schools' colours: what `common-ground.toml` says in, colours that can be read out.
//!
//! A colour is used for headings of a school's column, so it must stand out from the paper as WCAG 2.2 asks of text (1.4.3: at least 4.5 to 1). One that
//! does not is replaced by the program's own, and the report says so. No meaning lies in a colour alone.

use crate::document::School;

use super::logos::Logos;

/// The program's own: on a light ground, on a dark one.
const OWN: [[&str; 2]; 2] = [["#174a84", "#9cc6f5"], ["#7a3d00", "#f3bd80"]];
/// The grounds that text stands on: the darker of the light ones, the lighter of the dark ones.
const GROUNDS: [Rgb; 2] = [[0xf6, 0xf7, 0xf5], [0x1b, 0x20, 0x24]];
/// WCAG 2.2, 1.4.3, level AA, for text of any size.
const LEAST: f64 = 4.5;
/// How much of a colour is in the wash behind marked words: enough to be seen, little enough to be read on.
const WASH: f64 = 0.13;

type Rgb = [u8; 3];

/// The colours of both schools, and their logos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Colours {
    /// On paper and on a light page.
    pub(super) light: [String; 2],
    /// On a dark page.
    dark: [String; 2],
    /// Which of them are the school's own.
    own: [[bool; 2]; 2],
    /// What was replaced and why, one sentence each.
    pub(super) says: Vec<String>,
    /// What stands at the head of a page.
    pub(super) logos: Logos,
}

impl Colours {
    /// Looks at what the schools ask for.
    pub(super) fn of(schools: &[School; 2]) -> Self {
        let mut out = Self {
            light: OWN.map(|own| own[0].to_owned()),
            dark: OWN.map(|own| own[1].to_owned()),
            own: [[false; 2]; 2],
            says: Logos::missing(schools).collect(),
            logos: Logos::of(schools),
        };
        for (at, school) in schools.iter().enumerate().filter(|(_, s)| !s.colour.is_empty()) {
            let Some(rgb) = parsed(&school.colour) else {
                out.says.push(format!(
                    "The colour “{}” of {} was not understood (a colour is written as #174a84), so the program's own is used.",
                    school.colour, school.name
                ));
                continue;
            };
            let [on_light, on_dark] = GROUNDS.map(|ground| contrast(rgb, ground));
            if on_light < LEAST {
                out.says.push(format!(
                    "The colour {} of {} cannot be read on paper (contrast {on_light:.1} to 1, and 4.5 is needed), so the program's own is used.",
                    written(rgb), school.name
                ));
            } else {
                out.light[at] = written(rgb);
                out.own[at][0] = true;
            }
            // Most colours that can be read on paper cannot be read on black: there the program's own stands, and nobody minds.
            if on_dark >= LEAST {
                out.dark[at] = written(rgb);
                out.own[at][1] = true;
            }
        }
        out
    }

    /// What a page's style sheet says instead of its own colours; empty if the program's own stand.
    pub(super) fn style(&self) -> String {
        let scheme = |which: usize, colours: &[String; 2]| -> String {
            ["a", "b"]
                .iter()
                .zip(colours)
                .zip(self.own)
                .filter(|(_, own)| own[which])
                .map(|((name, colour), _)| {
                    let wash =
                        parsed(colour).map_or_else(String::new, |rgb| written(mixed(rgb, GROUNDS[which])));
                    format!("--{name}:{colour};--{name}-wash:{wash};")
                })
                .collect()
        };
        let mut out = String::new();
        let (light, dark) = (scheme(0, &self.light), scheme(1, &self.dark));
        // The style sheet's own dark colours stay where a school's are for light pages only.
        if !light.is_empty() {
            out.push_str(&format!("@media (prefers-color-scheme:light){{:root{{{light}}}}}"));
        }
        if !dark.is_empty() {
            out.push_str(&format!("@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"));
        }
        out
    }
}

/// "#rrggbb" as numbers.
fn parsed(text: &str) -> Option<Rgb> {
    let digits =
        text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |at: usize| digits.get(at..at + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
    Some([part(0)?, part(2)?, part(4)?])
}

fn written([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn mixed(colour: Rgb, ground: Rgb) -> Rgb {
    std::array::from_fn(|at| {
        let (c, g) = (f64::from(colour[at]), f64::from(ground[at]));
        (c * WASH + g * (1.0 - WASH)).round() as u8 // between two bytes
    })
}

/// How much two colours stand out from each other: 1 not at all, 21 black on white. WCAG 2.2, “contrast ratio”.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// WCAG 2.2, “relative luminance”.
fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schools(a: &str, b: &str) -> [School; 2] {
        [("Oak", a), ("Ash", b)].map(|(name, colour)| School {
            name: name.into(),
            colour: colour.into(),
            ..School::default()
        })
    }

    #[test]
    fn contrast_is_what_wcag_reckons() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
        // The palest grey that AA allows on white is #767676, at 4.54 to 1.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn colours_that_cannot_be_read_are_replaced_and_said() {
        let found = Colours::of(&schools("#ffee00", "#5a005a"));
        assert_eq!(found.light, ["#174a84".to_owned(), "#5a005a".to_owned()]);
        assert_eq!(found.says.len(), 1);
        assert!(
            found.says[0].contains("#ffee00 of Oak") && found.says[0].contains("4.5 is needed"),
            "{:?}",
            found.says
        );
        // On a dark page yellow can be read and purple cannot.
        assert_eq!(found.dark, ["#ffee00".to_owned(), OWN[1][1].to_owned()]);
        let found = Colours::of(&schools("red;} body{display:none", "#12"));
        assert_eq!((found.says.len(), found.style().as_str()), (2, ""));
        assert_eq!(Colours::of(&schools("", "")).style(), "");
    }

    #[test]
    fn own_colours_can_be_read_on_both_grounds() {
        for own in OWN {
            for (colour, ground) in own.iter().zip(GROUNDS) {
                let rgb = parsed(colour).unwrap_or_default();
                assert!(contrast(rgb, ground) >= LEAST, "{colour}");
            }
        }
    }
}
