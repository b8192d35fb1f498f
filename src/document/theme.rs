//! What a partnership works towards, and how its progress is told: `[themes]`, `[status]` and `[parents]` of `common-ground.toml` as data.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::error::{Error, ErrorKind, Result, nearest};

/// Days without an event after which a policy counts as stuck where nobody has said otherwise: six weeks, half a term.
pub const STUCK_AFTER_DAYS: i32 = 42;

/// A priority that the two schools agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Short word used in files and on the command line: "communication".
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The policies that belong to it, by topic; no policy is in two themes.
    pub policies: Vec<Named>,
}

/// A name in the settings, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Line and column, counted from 1.
    pub place: (usize, usize),
}

/// How progress is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// In the order in which they stand in the settings.
    pub themes: Vec<Theme>,
    /// Days without an event after which a policy that is under way counts as stuck.
    pub stuck_after_days: i32,
    /// How parents can comment, for their page; empty if not said.
    pub comment: String,
    /// Where parents can read the policies; empty if not said.
    pub read: String,
}

impl Default for Telling {
    fn default() -> Self {
        Self {
            themes: Vec::new(),
            stuck_after_days: STUCK_AFTER_DAYS,
            comment: String::new(),
            read: String::new(),
        }
    }
}

/// A theme as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenTheme {
    title: String,
    #[serde(default)]
    policies: Vec<Spanned<String>>,
}

/// `[status]` as it is written.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenStatus {
    stuck_after_days: Option<Spanned<i64>>,
}

/// `[parents]` as it is written.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenParents {
    #[serde(default)]
    comment: String,
    #[serde(default)]
    read: String,
}

/// `[themes]` as it is written.
pub(super) type WrittenThemes = BTreeMap<Spanned<String>, WrittenTheme>;

impl Telling {
    /// Puts together what was written; `text` is the whole file, for places.
    ///
    /// # Errors
    ///
    /// Usage with line and column for a theme whose id is none, that has no title, or that holds a policy of another theme; and for a number of days
    /// that is none.
    pub(super) fn of(
        text: &str,
        themes: WrittenThemes,
        status: WrittenStatus,
        parents: WrittenParents,
    ) -> Result<Self> {
        let wrong = |at: usize, message: String| {
            let (line, column) = place(text, at);
            Error::new(ErrorKind::Usage, format!("line {line}, column {column}: {message}"))
                .hint("the README shows how it is written")
        };
        let mut out = Self { comment: parents.comment, read: parents.read, ..Self::default() };
        if let Some(days) = status.stuck_after_days {
            let at = days.span().start;
            // Ten years is longer than any policy is under way.
            out.stuck_after_days =
                i32::try_from(days.into_inner())
                    .ok()
                    .filter(|d| (1..=3650).contains(d))
                    .ok_or_else(|| wrong(at, "stuck_after_days is a number of days from 1 to 3650".into()))?;
        }
        let mut written: Vec<(Spanned<String>, WrittenTheme)> = themes.into_iter().collect();
        written.sort_by_key(|(id, _)| id.span().start);
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (id, theme) in written {
            let at = id.span().start;
            let id = id.into_inner();
            if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                return Err(wrong(at, format!("“{id}” cannot be the id of a theme"))
                    .hint("use small letters, figures and hyphens, and put its name into `title`"));
            }
            if theme.title.trim().is_empty() {
                return Err(wrong(at, format!("the theme “{id}” has no title")));
            }
            let mut policies = Vec::new();
            for policy in theme.policies {
                let at = policy.span().start;
                let name = policy.into_inner();
                if let Some(other) = seen.insert(name.clone(), id.clone()) {
                    return Err(wrong(at, format!("the policy “{name}” is in the theme “{other}” already"))
                        .hint("a policy belongs to one theme"));
                }
                policies.push(Named { name, place: place(text, at) });
            }
            out.themes.push(Theme { id, title: theme.title, policies });
        }
        Ok(out)
    }

    /// The theme of this id.
    ///
    /// # Errors
    ///
    /// Usage with the nearest name if there is none.
    pub fn theme(&self, id: &str) -> Result<&Theme> {
        let ids: Vec<&str> = self.themes.iter().map(|t| t.id.as_str()).collect();
        self.themes.iter().find(|t| t.id == id).ok_or_else(|| {
            let near = nearest(id, &ids).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
            let hint = match ids.is_empty() {
                true => "themes stand under [themes] in common-ground.toml".to_owned(),
                false => format!("the themes are: {}", ids.join(", ")),
            };
            Error::new(ErrorKind::Usage, format!("there is no theme “{id}”{near}")).hint(hint)
        })
    }

    /// The theme of a policy, if it has one.
    pub fn theme_of(&self, policy: &str) -> Option<&Theme> {
        self.themes.iter().find(|t| t.policies.iter().any(|p| p.name == policy))
    }

    /// A sentence for each policy of a theme that is none of those known: line, column, nearest name.
    pub fn unknown(&self, known: &[&str]) -> Vec<String> {
        let all = self.themes.iter().flat_map(|t| t.policies.iter().map(move |p| (t, p)));
        all.filter(|(_, p)| !known.contains(&p.name.as_str()))
            .map(|(theme, p)| {
                let near =
                    nearest(&p.name, known).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
                let (line, column) = p.place;
                format!(
                    "line {line}, column {column}: the theme “{}” names the policy “{}”, which is not known{near}",
                    theme.id, p.name
                )
            })
            .collect()
    }
}

/// Line and column of a byte of a text, counted from 1.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or("");
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap_or("").chars().count() + 1)
}
