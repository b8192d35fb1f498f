//! What can go wrong, said so that a person knows which file, why, and what to do next.

use std::fmt;

/// The room's result type.
pub type Result<T> = std::result::Result<T, Error>;

/// Whose fault it is, and so what the program does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The command line or the configuration asks for something that does not exist or make sense.
    Usage,
    /// A file is damaged, empty, or not what its name says.
    Input,
    /// A file is larger than a ceiling of [`crate::limits`]; the message shows both numbers.
    Limit,
    /// A file is sound, but of a kind that is not read (password-protected, scanned, another format).
    Unsupported,
    /// The operating system refused to read or write.
    Io,
    /// Two things that a person wrote contradict each other.
    Conflict,
    /// A mistake in this program; never the user's.
    Internal,
}

/// One thing that went wrong, with the file it concerns and a hint for the person who meets it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
pub struct Error {
    /// Whose fault.
    pub kind: ErrorKind,
    /// The file or folder concerned, as the user would write it.
    pub path: Option<String>,
    /// Lower-case, without a full stop: what happened.
    pub message: String,
    /// What to do about it, as an instruction.
    pub hint: Option<String>,
}

impl Error {
    /// Makes an error that concerns no file yet; readers use it, and the door of the room adds the path.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, path: None, message: message.into(), hint: None }
    }

    /// Says that `what` is over its ceiling, with both numbers; the hint is that of a file, for which nearly all ceilings are.
    pub fn over(what: &str, found: u64, limit: u64) -> Self {
        Self::new(ErrorKind::Limit, format!("{what}: {found} is more than the {limit} this program accepts"))
            .hint("save it anew in the program that made it, or split it into smaller files")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the file, unless one is named already.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path.get_or_insert_with(|| path.into());
        self
    }
}

/// The name among `known` that is likest to what somebody wrote, if one is like it at all.
pub fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let scored =
        known.iter().map(|k| (strsim::damerau_levenshtein(&written.to_lowercase(), &k.to_lowercase()), *k));
    let (steps, name) = scored.min()?;
    // More than a third of the letters wrong is another word.
    (steps * 3 <= name.len().max(3)).then_some(name)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
