//! One block's text while it is gathered: pieces in, text with folded white space and formatted stretches out.

use crate::document::{Block, Span, Style};

/// A block's text so far.
#[derive(Debug, Default)]
pub(crate) struct Passage {
    text: String,
    spans: Vec<Span>,
    /// White space was met since the last letter.
    gap: bool,
    bold: Option<u32>,
    italic: Option<u32>,
    highlighted: Option<u32>,
    link: Option<(u32, String)>,
}

impl Passage {
    /// Adds text; runs of white space become one blank, at the start none.
    pub(crate) fn push(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            if is_gap(first) || first == SOFT_HYPHEN {
                self.gap |= is_gap(first);
                rest = rest.get(first.len_utf8()..).unwrap_or("");
                continue;
            }
            let (words, later) = rest.split_at(plain(rest));
            if self.gap && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.gap = false;
            self.text.push_str(words);
            rest = later;
        }
    }

    /// Takes the last letter off.
    pub(crate) fn pop(&mut self) {
        self.text.pop();
        self.gap = false;
    }

    /// What comes next is (not) bold.
    pub(crate) fn set_bold(&mut self, on: bool) {
        let at = self.at();
        match (on, self.bold) {
            (true, None) => self.bold = Some(at),
            (false, Some(start)) => {
                self.bold = None;
                self.span(start, Style::Bold);
            }
            _ => {}
        }
    }

    /// What comes next is (not) italic.
    pub(crate) fn set_italic(&mut self, on: bool) {
        let at = self.at();
        match (on, self.italic) {
            (true, None) => self.italic = Some(at),
            (false, Some(start)) => {
                self.italic = None;
                self.span(start, Style::Italic);
            }
            _ => {}
        }
    }

    /// What comes next is (not) highlighted.
    pub(crate) fn set_highlighted(&mut self, on: bool) {
        let at = self.at();
        match (on, self.highlighted) {
            (true, None) => self.highlighted = Some(at),
            (false, Some(start)) => {
                self.highlighted = None;
                self.span(start, Style::Highlighted);
            }
            _ => {}
        }
    }

    /// What comes next is a link to `target`, or none.
    pub(crate) fn set_link(&mut self, target: Option<String>) {
        if let Some((start, old)) = self.link.take() {
            self.span(start, Style::Link(old));
        }
        let at = self.at();
        self.link = target.map(|t| (at, t));
    }

    /// Whether a word has been added.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the next letter will stand, in bytes: after the blank that a gap becomes.
    fn at(&self) -> u32 {
        let blank = u32::from(self.gap && !self.text.is_empty());
        u32::try_from(self.text.len()).unwrap_or(u32::MAX).saturating_add(blank)
    }

    fn span(&mut self, start: u32, style: Style) {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        if start < end {
            self.spans.push(Span { range: start..end, style });
        }
    }

    /// Ends the passage: its text and formatting go into `block`, and whether all its letters are bold into its look. False
    /// if there is no text.
    pub(crate) fn finish(mut self, block: &mut Block) -> bool {
        self.set_bold(false);
        self.set_italic(false);
        self.set_highlighted(false);
        self.set_link(None);
        if self.text.is_empty() {
            return false;
        }
        self.spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
        let letter = |(_, c): &(usize, char)| c.is_alphanumeric();
        let is_bold = |at: usize| {
            let bold =
                |s: &Span| s.style == Style::Bold && s.range.contains(&u32::try_from(at).unwrap_or(u32::MAX));
            self.spans.iter().any(bold)
        };
        let has_bold = self.spans.iter().any(|s| s.style == Style::Bold);
        block.look.bold |= has_bold
            && self.text.char_indices().any(|x| letter(&x))
            && self.text.char_indices().filter(letter).all(|(at, _)| is_bold(at));
        block.text = self.text;
        block.spans = self.spans;
        true
    }
}

/// Where a word may be parted, and nothing where it is not.
const SOFT_HYPHEN: char = '\u{AD}';

/// A no-break space is white space to a reader.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '\u{A0}'
}

/// Bytes at the start of a text that can be taken over as they are: words, with single blanks between them.
fn plain(text: &str) -> usize {
    let known = simple(text.as_bytes());
    let (seen, rest) = text.split_at(known);
    let mut blank = seen.ends_with(' ');
    for (at, c) in rest.char_indices() {
        let gap = is_gap(c) || c == SOFT_HYPHEN;
        if gap && (blank || c != ' ') {
            return known.saturating_add(at).saturating_sub(usize::from(blank));
        }
        blank = gap;
    }
    text.len().saturating_sub(usize::from(blank))
}

/// Bytes at the start that are ASCII words with single blanks between them; as most text is, many are looked at at once, so that it may be
/// a few less than there are.
fn simple(bytes: &[u8]) -> usize {
    let next = bytes.get(1..).unwrap_or_default();
    let other = |b: u8, n: u8| !(b' '..=b'~').contains(&b) | ((b == b' ') & (n == b' '));
    let chunks = bytes.chunks_exact(CHUNK).zip(next.chunks_exact(CHUNK));
    let all_simple =
        |(x, y): &(&[u8], &[u8])| !x.iter().zip(*y).fold(false, |any, (b, n)| any | other(*b, *n));
    chunks.take_while(all_simple).count().saturating_mul(CHUNK)
}

/// Bytes that are looked at at once.
const CHUNK: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn push_folds_white_space_wherever_it_stands() {
        let gaps = [" ", "  ", " \n", "\t", "\u{A0}", " \u{AD}", "\u{AD}"];
        for gap in gaps {
            for at in 0..3 * CHUNK {
                let text = format!(
                    "{}{gap}{}",
                    "word ".repeat(at).chars().take(at).collect::<String>().trim_end(),
                    "end of it ".repeat(9)
                );
                let mut passage = Passage::default();
                passage.push(&text);
                let folded = text.replace(SOFT_HYPHEN, "");
                let folded: Vec<&str> = folded.split_whitespace().collect();
                assert_eq!(passage.text(), folded.join(" "), "{text:?}");
            }
        }
    }
}
