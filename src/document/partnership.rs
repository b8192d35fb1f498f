//! The two schools and what people have said about their files: `common-ground.toml` as data.

use std::collections::BTreeMap;

use super::theme::{Telling, WrittenParents, WrittenStatus, WrittenThemes, place};
use crate::error::{Error, ErrorKind, Result, nearest};

/// Two schools whose policies are compared; neither is the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partnership {
    /// What the two call themselves together.
    pub name: String,
    /// Side a, then side b.
    pub schools: [School; 2],
    /// What a person has put right; always wins over what the program concludes.
    pub corrections: Vec<Correction>,
    /// Topic by path of a document ("infant/Behaviour Policy.docx"), as a person said it.
    pub topics: BTreeMap<String, String>,
    /// Findings of `common-ground check` that a person allows for a time.
    pub allowed: Vec<Allowed>,
    /// What a person has said about a topic's approval and review, over the bundled defaults.
    pub duties: Vec<OwnDuty>,
    /// What the schools work towards, and how its progress is told.
    pub telling: Telling,
}

/// A finding, or all findings that match, that somebody has decided to live with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The id of one finding.
    #[serde(default)]
    pub id: String,
    /// The id of a check; with `file` or `says` a selector.
    #[serde(default)]
    pub rule: String,
    /// Path of a document, beginning with the school's folder; `*` stands for any letters.
    #[serde(default)]
    pub file: String,
    /// Words that stand in the finding's passage.
    #[serde(default)]
    pub says: String,
    /// Why it may stay.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Where it was minuted.
    #[serde(default)]
    pub minute: String,
    /// The last day on which it is allowed, as written.
    #[serde(deserialize_with = "day_as_text")]
    pub expires: String,
}

/// What a partnership says about one statutory topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnDuty {
    /// The id of the duty: "behaviour".
    pub id: String,
    /// The school's id; both schools if left out.
    #[serde(default)]
    pub school: String,
    /// Who approves it.
    pub approver: Option<String>,
    /// Months between two reviews.
    pub review_months: Option<i32>,
    /// "must", "should" or "no".
    pub website: Option<String>,
    /// Whether the school has to have it at all.
    pub applies: Option<bool>,
}

/// A day as a person writes it, with quotes or as TOML's own.
fn day_as_text<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<String, D::Error> {
    let value = <toml::Value as serde::Deserialize>::deserialize(from)?;
    Ok(match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    })
}

/// One school.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// Short word used in files and results: "infant"; its folder, or its name in small letters, if not said.
    #[serde(default)]
    pub id: String,
    /// Full name as it should be shown.
    pub name: String,
    /// Its folder, relative to the partnership's; the id if not said.
    #[serde(default)]
    pub folder: String,
    /// Other names it goes by in its own documents.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it teaches: "eyfs", "ks1", "ks2". Empty if not said.
    #[serde(default)]
    pub phases: Vec<String>,
    /// "maintained", "academy" or "independent". Empty if not said.
    #[serde(default)]
    pub kind: String,
    /// Its religious character in words: "Church of England". Told from the names if not said.
    #[serde(default)]
    pub character: String,
    /// Its colour as "#rrggbb", for the headings of its columns. Empty if not said.
    #[serde(default)]
    pub colour: String,
    /// The file of its logo, relative to the partnership's folder. Empty if not said.
    #[serde(default)]
    pub logo: String,
    /// What that file holds, once it was read; or why it cannot be shown.
    #[serde(skip)]
    pub picture: Option<std::result::Result<super::Logo, String>>,
}

/// What a person has put right about the pairing. Paths are relative to the partnership folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// These two belong together.
    Pair(Two),
    /// These two do not belong together.
    NotPair(Two),
    /// This file is not a policy in force.
    Ignore(One),
}

/// Two documents, and why in the person's words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Two {
    /// Path of a document of either school.
    pub a: String,
    /// Path of a document of the other school.
    pub b: String,
    /// In the person's words.
    #[serde(default)]
    pub reason: String,
}

/// One document, and why in the person's words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct One {
    /// Path of the document.
    pub file: String,
    /// In the person's words.
    #[serde(default)]
    pub reason: String,
}

/// The file as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    name: String,
    #[serde(default)]
    school: Vec<School>,
    #[serde(default)]
    pair: Vec<Two>,
    #[serde(default)]
    not_pair: Vec<Two>,
    #[serde(default)]
    ignore: Vec<One>,
    #[serde(default)]
    topics: BTreeMap<String, String>,
    #[serde(default)]
    allow: Vec<Allowed>,
    #[serde(default)]
    duty: Vec<OwnDuty>,
    #[serde(default)]
    themes: WrittenThemes,
    #[serde(default)]
    status: WrittenStatus,
    #[serde(default)]
    parents: WrittenParents,
}

impl School {
    /// What both are called, in their order.
    pub fn names(schools: &[School; 2]) -> [&str; 2] {
        schools.each_ref().map(|school| school.name.as_str())
    }
}

impl Partnership {
    /// Reads the text of a `common-ground.toml`.
    ///
    /// # Errors
    ///
    /// Usage, with the line, if it cannot be understood or does not name two schools.
    pub fn parse(text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|e| misread(text, &e))?;
        let found = written.school.len();
        let schools: [School; 2] = written.school.try_into().map_err(|_| {
            Error::new(
                ErrorKind::Usage,
                format!("names {found} schools; it takes exactly two [[school]] tables"),
            )
            .hint("give each school a [[school]] table with name and folder")
        })?;
        let mut schools = schools;
        for school in &mut schools {
            if school.id.is_empty() {
                school.id = slug(if school.folder.is_empty() { &school.name } else { &school.folder });
            }
            if school.folder.is_empty() {
                school.folder = school.id.clone();
            }
            for (what, path) in [("folder", &school.folder), ("logo", &school.logo)] {
                if path.starts_with('/') || path.split(['/', '\\']).any(|p| p == "..") {
                    return Err(Error::new(
                        ErrorKind::Usage,
                        format!("the {what} “{path}” leads out of the partnership's folder"),
                    )
                    .hint("put both schools' folders and logos beside common-ground.toml"));
                }
            }
        }
        if schools.iter().any(|school| school.id.is_empty()) {
            return Err(Error::new(ErrorKind::Usage, "a school has no id, and its name gives none")
                .hint("give it an id of letters"));
        }
        if schools[0].id == schools[1].id || schools[0].folder == schools[1].folder {
            return Err(Error::new(ErrorKind::Usage, "both schools have the same id or folder")
                .hint("give each school an id and a folder of its own"));
        }
        let mut corrections = Vec::new();
        corrections.extend(written.pair.into_iter().map(Correction::Pair));
        corrections.extend(written.not_pair.into_iter().map(Correction::NotPair));
        corrections.extend(written.ignore.into_iter().map(Correction::Ignore));
        let name = if written.name.is_empty() {
            format!("{} and {}", schools[0].name, schools[1].name)
        } else {
            written.name
        };
        let Written { topics, allow: allowed, duty: duties, themes, status, parents, .. } = written;
        let telling = Telling::of(text, themes, status, parents)?;
        Ok(Self { name, schools, corrections, topics, allowed, duties, telling })
    }

    /// A partnership of two folders or files that nobody has described: their own names tell them apart.
    pub fn of_names(a: &str, b: &str) -> Self {
        let (first, second) = if a == b {
            (format!("{a} (first)"), format!("{b} (second)"))
        } else {
            (a.to_owned(), b.to_owned())
        };
        let school = |name: &str, fallback: &str| {
            let id = Some(slug(name)).filter(|id| !id.is_empty()).unwrap_or_else(|| fallback.to_owned());
            School { id, name: name.to_owned(), ..School::default() }
        };
        let (x, mut y) = (school(&first, "a"), school(&second, "b"));
        if x.id == y.id {
            y.id.push_str("-2");
        }
        Self {
            name: format!("{first} and {second}"),
            schools: [x, y],
            corrections: Vec::new(),
            topics: BTreeMap::new(),
            allowed: Vec::new(),
            duties: Vec::new(),
            telling: Telling::default(),
        }
    }
}

/// What TOML could not take: line and column, what was expected, and the name that is nearest to an unknown one.
pub(crate) fn misread(text: &str, error: &toml::de::Error) -> Error {
    let (line, column) = place(text, error.span().map_or(0, |s| s.start));
    let message = error.message();
    // "unknown field `reson`, expected one of `id`, `rule`": the first name is the unknown one.
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let near = match names.split_first() {
        Some((unknown, known)) if message.starts_with("unknown field") => nearest(unknown, known),
        _ => None,
    };
    let meant = near.map_or_else(String::new, |n| format!("; did you mean `{n}`?"));
    Error::new(
        ErrorKind::Usage,
        format!("line {line}, column {column}: {}{meant}", message.replace('\n', " ")),
    )
    .hint("the README lists what may stand in this file")
}

/// A name as a short word that a file can be called: letters and digits in lower case, a hyphen for all else; empty if it has none of them.
pub(crate) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
