//! A draft that came back: its bytes in, its words with who inserted and who deleted them out.

use crate::error::{Error, ErrorKind, Result};
use crate::merge::Marks;
use crate::read::{Reviewed, reviewed};

use super::words::words;

/// A draft that came back.
#[derive(Clone, Debug)]
pub struct Copy {
    /// By what it is known again.
    pub marks: Marks,
    /// The title that the file gives itself; empty if none.
    pub title: String,
    /// Who saved it last, as the file says; empty if it does not.
    pub saved_by: String,
    /// The day on which the draft was made, as the file says.
    pub created: Option<jiff::civil::Date>,
    pub(super) file: Reviewed,
    /// Where the draft's text begins and ends, in bytes.
    pub(super) body: [usize; 2],
}

/// A word of the copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) letters: u64,
    pub(super) ends: bool,
    /// Whether a paragraph begins with it.
    pub(super) begins: bool,
    /// Whether one ends with it.
    pub(super) closes: bool,
    pub(super) inserted: Option<usize>,
    pub(super) deleted: Option<usize>,
    /// Which paragraph it stands in.
    pub(super) line: usize,
    /// Where it stands in the file's text.
    pub(super) place: usize,
}

/// The copy as its reviewer left it: what a reviewer deleted is gone, what a school's tracked change deletes is still there.
#[derive(Clone, Debug, Default)]
pub(super) struct Left {
    pub(super) text: String,
    pub(super) words: Vec<Seen>,
    /// Ends of paragraphs: how many words stand before each, and who inserted it.
    pub(super) ends: Vec<(usize, Option<usize>)>,
}

impl Copy {
    /// Reads a file that may be a draft.
    ///
    /// # Errors
    ///
    /// Those of reading a Word file; Input if it is no draft of this program, or its marks are gone.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        let file = reviewed(bytes)?;
        let marks = Marks::among(file.bookmarks.iter().map(|(name, _)| name.as_str()));
        let place = |test: &dyn Fn(&str) -> bool| {
            file.bookmarks.iter().find(|(name, _)| test(name)).map(|(_, at)| *at)
        };
        let body = (place(&Marks::is_before), place(&|name| name == Marks::END));
        let (Some(marks), (Some(start), Some(end))) = (marks, body) else {
            return Err(Error::new(
                ErrorKind::Input,
                "is no draft of this program, or the hidden bookmarks that mark it as one are gone",
            )
            .hint("send back the file that `common-ground draft` wrote, edited in Word or LibreOffice and saved as .docx"));
        };
        let of = |name: &str| {
            let found = file.properties.iter().find(|(key, _)| key == name);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        let (title, saved_by) = (of("title"), of("lastmodifiedby"));
        let created = of("created").get(..10).and_then(|day| day.parse().ok());
        Ok(Self { marks, title, saved_by, created, body: [start.min(end), end], file })
    }

    /// The draft's text as its reviewer left it; `schools` are the names under which each school's changes are tracked.
    pub(super) fn left(&self, schools: [&str; 2]) -> Left {
        let school = |author: Option<usize>| {
            let name = author.and_then(|a| self.file.authors.get(a));
            name.and_then(|n| schools.iter().position(|s| s == n))
        };
        let mut out = Left::default();
        // Byte of the kept text at which each kept stretch begins, the stretch, and its byte in the file's text.
        let mut kept: Vec<(usize, usize, usize)> = Vec::new();
        let mut before: Option<(Option<usize>, Option<usize>)> = None;
        for (number, run) in self.file.runs.iter().enumerate() {
            let (start, end) = (run.start.max(self.body[0]), run.end.min(self.body[1]));
            let by = school(run.deleted);
            if start >= end || run.deleted.is_some() && by.is_none() {
                continue;
            }
            // What stands in the place of another is no continuation of it.
            let state = (school(run.inserted), by);
            if before.is_some_and(|b| b.1 != state.1 || b.0.is_some() && state.0.is_some() && b.0 != state.0)
            {
                out.text.push(' ');
            }
            before = Some(state);
            kept.push((out.text.len(), number, start));
            out.text.push_str(self.file.text.get(start..end).unwrap_or(""));
        }
        let mut line = 0;
        let mut last = 0;
        let mut at = 0;
        for word in words(&out.text) {
            line += out.text.get(last..word.start).map_or(0, |gap| gap.matches('\n').count());
            last = word.start;
            while kept.get(at + 1).is_some_and(|(from, ..)| *from <= word.start) {
                at += 1;
            }
            let Some((from, number, start)) = kept.get(at) else { continue };
            let Some(run) = self.file.runs.get(*number) else { continue };
            out.words.push(Seen {
                start: word.start,
                end: word.end,
                letters: word.letters,
                ends: word.ends,
                begins: out.words.last().is_none_or(|w: &Seen| w.line != line),
                closes: false,
                inserted: run.inserted,
                deleted: run.deleted,
                line,
                place: start + (word.start - from),
            });
        }
        for at in 0..out.words.len() {
            out.words[at].closes = out.words.get(at + 1).is_none_or(|next| next.begins);
        }
        let mut words = 0;
        for (n, (from, number, _)) in kept.iter().enumerate() {
            let to = kept.get(n + 1).map_or(out.text.len(), |(next, ..)| *next);
            let inserted = self.file.runs.get(*number).and_then(|r| r.inserted);
            for (at, _) in out.text.get(*from..to).unwrap_or("").match_indices('\n') {
                while out.words.get(words).is_some_and(|w| w.start < from + at) {
                    words += 1;
                }
                out.ends.push((words, inserted));
            }
        }
        out
    }

    pub(super) fn author(&self, number: Option<usize>) -> Option<&str> {
        number.and_then(|n| self.file.authors.get(n)).map(String::as_str)
    }
}

impl Left {
    /// What stands between two words, both included, with single blanks.
    pub(super) fn quote(&self, words: std::ops::Range<usize>) -> String {
        let slice = self.words.get(words).unwrap_or(&[]);
        let (Some(first), Some(last)) = (slice.first(), slice.last()) else { return String::new() };
        super::words::spaced(self.text.get(first.start..last.end).unwrap_or(""))
    }
}
