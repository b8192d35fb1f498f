//! What all of a file's stories share while they are written: author, date, numbers, counts.

use std::collections::BTreeMap;

use super::tree::escape;

/// How a stretch is tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Insert,
    Delete,
    From,
    To,
}

impl Form {
    pub(super) fn element(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Insert => "w:ins",
            Self::Delete => "w:del",
            Self::From => "w:moveFrom",
            Self::To => "w:moveTo",
        }
    }

    /// Whether the stretch is the old version's.
    pub(super) fn is_old(self) -> bool {
        matches!(self, Self::Delete | Self::From)
    }
}

/// Notes met in the text, by kind ("footnote") and id: how each is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// New id to old id.
    pub(super) pairs: BTreeMap<(String, String), String>,
    pub(super) gone: Vec<(String, String)>,
    pub(super) new: Vec<(String, String)>,
}

/// The pen.
#[derive(Debug)]
pub(super) struct Pen {
    stamp: String,
    next: u32,
    pub(super) moves: u32,
    pub(super) insertions: u32,
    pub(super) deletions: u32,
    pub(super) formats: u32,
    pub(super) coarse: bool,
    pub(super) notes: Notes,
    /// Stories inside stories that are open now.
    pub(super) depth: u64,
}

impl Pen {
    pub(super) fn new(author: &str, date: jiff::civil::Date) -> Self {
        let mut stamp = String::from(" w:author=\"");
        escape(author, &mut stamp);
        stamp.push_str(&format!("\" w:date=\"{date}T00:00:00Z\""));
        Self {
            stamp,
            next: 100_000, // above what bookmarks and comments of real files are numbered with
            moves: 0,
            insertions: 0,
            deletions: 0,
            formats: 0,
            coarse: false,
            notes: Notes::default(),
            depth: 0,
        }
    }

    /// A number no other change has, with who and when, as attributes.
    pub(super) fn stamp(&mut self) -> String {
        self.next += 1;
        format!(" w:id=\"{}\"{}", self.next, self.stamp)
    }

    /// The number of a stretch that moved, and who and when as attributes.
    pub(super) fn range(&mut self) -> (u32, String) {
        self.next += 1;
        (self.next, self.stamp.clone())
    }

    /// The empty element that tells how a paragraph's mark or a row is tracked.
    pub(super) fn mark(&mut self, form: Form) -> String {
        if form == Form::Plain { String::new() } else { format!("<{}{}/>", form.element(), self.stamp()) }
    }
}
