//! Sets a paper of Common Ground as a PDF file: JSON on standard input, tagged PDF (PDF/UA-1) on standard output.
//!
//! A program of its own, because the typesetting library is four times as much to compile as all the rest, and so that whatever happens in it
//! happens in a process with a ceiling. It opens no file and no connection.

mod typeset;

use std::io::{Read, Write};
use std::process::ExitCode;

use serde_json::Value;

use typeset::{Fonts, typeset};

/// The template; what it shows comes from the data alone.
const TEMPLATE: &str = include_str!("paper.typ");
/// Bytes of a paper. Largest seen: 3 MB, for 40 policies.
const MOST: u64 = 256 * 1024 * 1024;

fn main() -> ExitCode {
    match set() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Nobody may be listening any more.
            let _ = writeln!(std::io::stderr(), "error: {why}");
            ExitCode::from(2)
        }
    }
}

fn set() -> Result<(), String> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MOST + 1).read_to_string(&mut text);
    let bytes = read.map_err(|e| format!("the paper could not be read ({e})"))?;
    if bytes as u64 > MOST {
        return Err(format!("the paper has more than {MOST} bytes"));
    }
    let mut paper: Value = serde_json::from_str(&text).map_err(|e| format!("this is no paper ({e})"))?;
    let fonts = Fonts::bundled();
    shown(&mut paper, &fonts);
    let pictures = paper.get_mut("pictures").map(Value::take).unwrap_or_default();
    let mut files = vec![("paper.json".to_owned(), paper.to_string().into_bytes())];
    for (name, picture) in pictures.as_object().into_iter().flatten() {
        files.push((name.clone(), picture.as_str().unwrap_or("").as_bytes().to_vec()));
    }
    let bytes = typeset(TEMPLATE, files, fonts)?;
    let mut out = std::io::stdout().lock();
    out.write_all(&bytes)
        .and_then(|()| out.flush())
        .map_err(|e| format!("the file could not be written ({e})"))
}

/// Every letter without a shape in the fonts as its code point: PDF/UA forbids letters that cannot be shown. Pictures are text too.
fn shown(value: &mut Value, fonts: &Fonts) {
    // JSON that was parsed is not deeper than the parser allows.
    match value {
        Value::String(text) if !text.chars().all(|c| fonts.hold(c)) => {
            let each =
                |c: char| if fonts.hold(c) { c.to_string() } else { format!("[U+{:04X}]", u32::from(c)) };
            *text = text.chars().map(each).collect();
        }
        Value::Array(all) => all.iter_mut().for_each(|v| shown(v, fonts)),
        Value::Object(all) => all.values_mut().for_each(|v| shown(v, fonts)),
        _ => {}
    }
}
