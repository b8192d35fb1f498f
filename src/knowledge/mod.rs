//! Dated facts about English school policies: data files beside this one in, typed tables out.
//!
//! A fact that changes in law is a row in one of the `.csv` files, with its source; no code changes. Each table is parsed when
//! it is first asked for.

pub mod headings;
pub mod references;
pub mod roles;
pub mod topics;

use std::sync::OnceLock;

pub use headings::{Heading, Headings, Zone};
pub use references::{Reference, References};
pub use roles::{Role, Roles};
pub use topics::{DecidedBy, Topic, Topics};

/// All facts that come with the program.
#[derive(Debug)]
pub struct Knowledge {
    /// The day the facts were last looked at, as YYYY-MM-DD.
    pub as_at: &'static str,
    topics: OnceLock<Topics>,
    headings: OnceLock<Headings>,
    roles: OnceLock<Roles>,
    references: OnceLock<References>,
}

impl Knowledge {
    /// The topics of policies, by their many titles.
    pub fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::parse(include_str!("topics.csv")))
    }

    /// The sections of policies, by their many headings.
    pub fn headings(&self) -> &Headings {
        self.headings.get_or_init(|| Headings::parse(include_str!("headings.csv")))
    }

    /// Who does things in a school, by their many names.
    pub fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::parse(include_str!("roles.csv")))
    }

    /// Laws, guidance, bodies and terms that are no longer current.
    pub fn references(&self) -> &References {
        self.references.get_or_init(|| References::parse(include_str!("references.csv")))
    }
}

/// The facts that come with the program.
pub fn bundled() -> &'static Knowledge {
    static BUNDLED: Knowledge = Knowledge {
        as_at: "2026-11-24",
        topics: OnceLock::new(),
        headings: OnceLock::new(),
        roles: OnceLock::new(),
        references: OnceLock::new(),
    };
    &BUNDLED
}

/// The rows of a bundled table as `columns` fields each, the header left out; a row of another length is left out too, which
/// the suite refuses.
fn rows<const COLUMNS: usize>(table: &'static str) -> Vec<[String; COLUMNS]> {
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
