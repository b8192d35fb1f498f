//! The sentences of a document's blocks: tokens in, ranges of tokens out.

use crate::document::{BlockId, Class, Document, Token};

use super::Quote;

/// One sentence of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// The block it stands in.
    pub(crate) block: BlockId,
    /// First token, counted in the block.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// First byte in the block's text.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

impl Sentence {
    /// The sentence's tokens.
    pub(crate) fn tokens<'d>(&self, document: &'d Document) -> &'d [Token] {
        document.tokens(self.block).get(self.from..self.to).unwrap_or(&[])
    }

    /// The sentence as a quote.
    pub(crate) fn quote(&self) -> Quote {
        Quote { block: self.block, start: self.start, end: self.end }
    }
}

/// Splits a block at full stops, question and exclamation marks and semicolons that end a sentence. Every word of the block
/// is in exactly one sentence.
pub(crate) fn sentences(document: &Document, block: BlockId) -> Vec<Sentence> {
    let mut out = Vec::new();
    sentences_into(&mut out, document, block);
    out
}

/// The same, added to a list of sentences of blocks before this one.
pub(super) fn sentences_into(out: &mut Vec<Sentence>, document: &Document, block: BlockId) {
    let tokens = document.tokens(block);
    let text = document.blocks.get(block as usize).map_or("", |b| b.text.as_str());
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.class == Class::Mark && ends_sentence(text, tokens, at) {
            push(out, block, tokens, from, at + 1);
            from = at + 1;
        }
    }
    push(out, block, tokens, from, tokens.len());
}

fn push(out: &mut Vec<Sentence>, block: BlockId, tokens: &[Token], from: usize, to: usize) {
    let Some(slice) = tokens.get(from..to) else { return };
    let (Some(first), Some(last)) = (slice.first(), slice.last()) else { return };
    if slice.iter().all(|t| t.class == Class::Mark) {
        // Closing quotes and brackets after the full stop belong to the sentence before.
        if let Some(before) = out.last_mut().filter(|s| s.block == block) {
            before.to = to;
            before.end = last.end;
        }
        return;
    }
    out.push(Sentence { block, from, to, start: first.start, end: last.end });
}

fn ends_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let piece = |t: &Token| text.get(t.start as usize..t.end as usize).unwrap_or("");
    let Some(mark) = tokens.get(at) else { return false };
    match piece(mark) {
        "!" | "?" | ";" => return true,
        "." => {}
        _ => return false,
    }
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.start == mark.end && next.class != Class::Mark {
        return false; // "e.g", "www.school", "2.1"
    }
    let starts_anew = piece(next)
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"'“‘(•-–".contains(c));
    let before = at.checked_sub(1).and_then(|b| tokens.get(b)).map_or("", piece);
    let abbreviated = before.len() == 1 && before.chars().all(char::is_alphabetic)
        || ["Mr", "Mrs", "Ms", "Dr", "St", "No", "etc", "eg", "ie", "approx", "Rev", "Prof"]
            .contains(&before);
    starts_anew && !abbreviated
}
