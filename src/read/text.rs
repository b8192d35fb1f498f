//! Plain text in, blocks out: paragraphs over hard-wrapped lines, underlined headings, form feeds.
//!
//! Numbers and bullets at the start of a line begin a block of their own; what they mean is concluded for all formats alike by
//! [`crate::document::outline`].

use crate::document::{Block, Kind, Reading};
use crate::error::Result;
use crate::read::Settings;

use super::decode::decode;
use super::passage::Passage;
use super::{Reader, Source};

/// Reads `.txt`.
pub(crate) struct Text;

impl Reader for Text {
    fn id(&self) -> &'static str {
        "txt"
    }

    fn recognises(&self, _bytes: &[u8], ending: &str) -> bool {
        matches!(ending, "txt" | "text" | "asc" | "rst")
    }

    fn read(&self, source: &Source, _: &Settings) -> Result<Reading> {
        let decoded = decode(&source.bytes, None)?;
        let mut reading = Reading { notices: decoded.notices, ..Reading::default() };
        let lines: Vec<&str> = decoded.text.split(['\n', '\u{0C}']).map(str::trim_end).collect();
        // A hard-wrapped text has most of its lines near its longest; a line well short of that ends a paragraph.
        let width = lines.iter().map(|l| l.chars().count()).filter(|w| *w <= 120).max().unwrap_or(0);
        let mut open: Vec<&str> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let underline = is_rule(line);
            if underline && open.len() == 1 {
                let level = if line.trim().starts_with('=') { 1 } else { 2 };
                close(&mut open, Some(level), &mut reading);
                continue;
            }
            if line.trim().is_empty() || underline {
                close(&mut open, None, &mut reading);
                continue;
            }
            let before = at.checked_sub(1).and_then(|b| lines.get(b)).copied().unwrap_or("");
            let next_word = line.trim_start().split(' ').next().map_or(0, |w| w.chars().count());
            let could_have_fitted = before.chars().count() + 1 + next_word <= width;
            let ends = could_have_fitted
                && width > 50
                && !line.starts_with([' ', '\t'])
                && !goes_on(before, line, width);
            if starts_item(line) || ends {
                close(&mut open, None, &mut reading);
            }
            open.push(line);
        }
        close(&mut open, None, &mut reading);
        Ok(reading)
    }
}

/// Whether a line goes on in the middle of a sentence: after half a line or more without a stop, in small letters.
fn goes_on(before: &str, line: &str, width: usize) -> bool {
    let is_open = !before.ends_with(['.', '!', '?', ':', ';', ',']);
    is_open && 2 * before.chars().count() >= width && line.starts_with(char::is_lowercase)
}

/// "====", "----", "____".
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["=", "-", "_", "*", "~"].iter().any(|c| line.chars().all(|x| c.starts_with(x)))
}

/// A bullet or a number that begins an item.
fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let bullet = ["- ", "* ", "+ ", "• ", "o ", "– "].iter().any(|b| line.starts_with(b));
    bullet || crate::document::outline::typed_marker(line).is_some()
}

fn close(open: &mut Vec<&str>, heading: Option<u8>, reading: &mut Reading) {
    let mut passage = Passage::default();
    for line in open.drain(..) {
        passage.push(line);
        passage.push(" ");
    }
    let mut block = Block::default();
    if let Some(level) = heading {
        block.kind = Kind::Heading;
        block.level = level;
        block.look.styled = true;
    }
    if passage.finish(&mut block) {
        block.place.paragraph = u32::try_from(reading.blocks.len()).unwrap_or(u32::MAX).saturating_add(1);
        reading.blocks.push(block);
    }
}
