//! A paper as the typesetting program takes it: parts in, JSON out. The program is `pdf/`; all words in the JSON are data there, never markup.

use crate::report::escape::{date, visible};

use super::{Paper, Part, picture};

/// The JSON; the same paper gives the same bytes.
pub(in crate::report) fn sheet(paper: &Paper) -> Vec<u8> {
    let ink = &paper.colours.light;
    let mut pictures: serde_json::Map<String, serde_json::Value> = paper
        .parts
        .iter()
        .filter_map(|part| if let Part::Figure(figure) = part { Some(figure) } else { None })
        .map(|figure| (format!("{}.svg", figure.id), picture::svg(figure, Some(ink)).into()))
        .collect();
    let logos = paper.colours.logos.pictures();
    pictures.extend(logos.iter().map(|(name, _, svg)| (name.clone(), svg.as_str().into())));
    let logos: Vec<_> =
        logos.into_iter().map(|(name, says, _)| serde_json::json!({"file": name, "says": says})).collect();
    let mut json = serde_json::json!({
        "title": paper.title,
        "footer": format!("{}. {}", paper.title, date(paper.today)),
        "day": [i32::from(paper.today.year()), i32::from(paper.today.month()), i32::from(paper.today.day())],
        "ink": { "a": ink[0], "b": ink[1] },
        "logos": logos,
        "parts": paper.parts,
        "pictures": pictures,
    });
    shown(&mut json);
    json.to_string().into_bytes()
}

/// Every text with its invisible and direction-turning letters as code points.
fn shown(value: &mut serde_json::Value) {
    // A paper is a few levels deep whatever was read into it.
    match value {
        serde_json::Value::String(text) => *text = visible(text).into_owned(),
        serde_json::Value::Array(all) => all.iter_mut().for_each(shown),
        serde_json::Value::Object(all) => all.values_mut().for_each(shown),
        _ => {}
    }
}
