//! Dated facts about English school policies: data files beside this one in, typed tables out.
//!
//! A fact that changes in law is a row in one of the `.csv` files, with its source; no code changes. Each table is parsed when
//! it is first asked for. A folder of files with the same names and columns replaces rows by their first column, or adds to them.

mod amended;
mod edition;
pub mod headings;
mod past;
mod phrases;
pub mod references;
pub mod roles;
pub mod statutory;
pub mod subjects;
pub mod topics;
pub mod wording;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use headings::{Heading, Headings, Zone};
pub use phrases::Phrases;
pub use references::{Reference, References};
pub(crate) use roles::PERSONAL_TITLES;
pub use roles::{Role, Roles};
pub use statutory::{Duty, Statutory};
pub use subjects::Subjects;
pub use topics::{DecidedBy, Topic, Topics};
pub use wording::Wording;

/// All facts that come with the program.
#[derive(Debug)]
pub struct Knowledge {
    /// The day the facts were last looked at, as YYYY-MM-DD.
    pub as_at: Cow<'static, str>,
    /// Rows that a person's own folder puts in the place of bundled ones or adds, as CSV by file name.
    own: BTreeMap<String, String>,
    topics: OnceLock<Topics>,
    headings: OnceLock<Headings>,
    roles: OnceLock<Roles>,
    references: OnceLock<References>,
    statutory: OnceLock<Statutory>,
    wording: OnceLock<Wording>,
    subjects: OnceLock<Subjects>,
}

impl Knowledge {
    /// The topics of policies, by their many titles.
    pub fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::parse(self.rows("topics.csv")))
    }

    /// The sections of policies, by their many headings.
    pub fn headings(&self) -> &Headings {
        self.headings.get_or_init(|| Headings::parse(self.rows("headings.csv")))
    }

    /// Who does things in a school, by their many names.
    pub fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::parse(self.rows("roles.csv")))
    }

    /// Laws, guidance, bodies and terms that are no longer current.
    pub fn references(&self) -> &References {
        let parse = || {
            References::parse(self.rows("references.csv"), self.rows("series.csv"), self.rows("editions.csv"))
        };
        self.references.get_or_init(parse)
    }

    /// What schools have to have, and what is known about its approval, review and publication.
    pub fn statutory(&self) -> &Statutory {
        self.statutory.get_or_init(|| Statutory::parse(self.rows("statutory.csv")))
    }

    /// How schools speak of what they stand for.
    pub fn wording(&self) -> &Wording {
        let parse = || {
            Wording::parse(
                self.rows("values.csv"),
                self.rows("statements.csv"),
                self.rows("wording.csv"),
                self.rows("character.csv"),
            )
        };
        self.wording.get_or_init(parse)
    }

    /// The subjects of the primary curriculum.
    pub fn subjects(&self) -> &Subjects {
        self.subjects.get_or_init(|| Subjects::parse(self.rows("subjects.csv")))
    }

    /// The rows of a table, a person's own in the place of bundled ones with the same first column, or after them.
    fn rows<const COLUMNS: usize>(&self, name: &str) -> Vec<[String; COLUMNS]> {
        let mut all = rows::<COLUMNS>(table(name));
        for mine in self.own.get(name).map(|t| rows::<COLUMNS>(t)).unwrap_or_default() {
            match all.iter_mut().find(|row| row.first() == mine.first()) {
                Some(row) => *row = mine,
                None => all.push(mine),
            }
        }
        all
    }
}

/// The bundled tables by name.
const TABLES: [(&str, &str); 12] = [
    ("topics.csv", include_str!("topics.csv")),
    ("headings.csv", include_str!("headings.csv")),
    ("roles.csv", include_str!("roles.csv")),
    ("references.csv", include_str!("references.csv")),
    ("series.csv", include_str!("series.csv")),
    ("editions.csv", include_str!("editions.csv")),
    ("statutory.csv", include_str!("statutory.csv")),
    ("values.csv", include_str!("values.csv")),
    ("statements.csv", include_str!("statements.csv")),
    ("wording.csv", include_str!("wording.csv")),
    ("character.csv", include_str!("character.csv")),
    ("subjects.csv", include_str!("subjects.csv")),
];

fn table(name: &str) -> &'static str {
    TABLES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| *text)
}

/// The facts that come with the program.
pub fn bundled() -> &'static Knowledge {
    static BUNDLED: Knowledge = Knowledge {
        as_at: Cow::Borrowed("2026-11-24"),
        own: BTreeMap::new(),
        topics: OnceLock::new(),
        headings: OnceLock::new(),
        roles: OnceLock::new(),
        references: OnceLock::new(),
        statutory: OnceLock::new(),
        wording: OnceLock::new(),
        subjects: OnceLock::new(),
    };
    &BUNDLED
}

/// The rows of a table as `COLUMNS` fields each, the header left out; a row of another length is left out too, which the suite
/// refuses in a bundled table and [`Knowledge::amended`] in a person's own.
fn rows<const COLUMNS: usize>(table: &str) -> Vec<[String; COLUMNS]> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader
        .records()
        .flatten()
        .filter_map(|record| {
            let fields: Vec<String> = record.iter().map(str::to_owned).collect();
            fields.try_into().ok()
        })
        .collect()
}

/// A title or heading as it is looked up: lower-case words, a leading number and marks left out.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        let mut out: Vec<u8> = Vec::with_capacity(text.len());
        for word in text.as_bytes().split(|b| !b.is_ascii_alphanumeric() && *b != b'\'') {
            let numbering = out.is_empty() && word.iter().all(u8::is_ascii_digit);
            if word.is_empty() || numbering {
                continue;
            }
            if !out.is_empty() {
                out.push(b' ');
            }
            let start = out.len();
            out.extend_from_slice(word);
            if word.contains(&b'\'') {
                out.truncate(start);
                out.extend(word.iter().filter(|b| **b != b'\''));
            }
        }
        out.make_ascii_lowercase();
        return String::from_utf8(out).unwrap_or_default(); // letters and digits that were ASCII before
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}') {
        let numbering = out.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        if word.is_empty() || numbering {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| *c != '\'' && *c != '\u{2019}').flat_map(char::to_lowercase));
    }
    out
}
