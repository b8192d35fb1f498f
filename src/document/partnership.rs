//! The two schools and what people have said about their files: `common-ground.toml` as data.

use std::collections::BTreeMap;

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
}

/// One school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct School {
    /// Short word used in files and results: "infant".
    pub id: String,
    /// Full name as it should be shown.
    pub name: String,
    /// Its folder, relative to the partnership's.
    pub folder: String,
    /// Other names it goes by in its own documents.
    pub also: Vec<String>,
    /// What it teaches: "eyfs", "ks1", "ks2". Empty if not said.
    pub phases: Vec<String>,
}

/// What a person has put right about the pairing. Paths are relative to the partnership folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// These two belong together.
    Pair {
        /// Path of a document of either school.
        a: String,
        /// Path of a document of the other school.
        b: String,
        /// In the person's words.
        reason: Option<String>,
    },
    /// These two do not belong together.
    NotPair {
        /// Path of a document of either school.
        a: String,
        /// Path of a document of the other school.
        b: String,
        /// In the person's words.
        reason: Option<String>,
    },
    /// This file is not a policy in force.
    Ignore {
        /// Path of the document.
        file: String,
        /// In the person's words.
        reason: Option<String>,
    },
}
