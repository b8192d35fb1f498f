//! How soon a parent or an inspector would notice a difference, by what its sentence is about: words in, a share of the rank out.
//!
//! Children's safety comes first, then what can end a child's place or touch its body, then what a family pays, is told or may
//! ask for. The kind of difference weighs more than its subject; the subject orders points of one kind.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::document::Token;
use crate::document::tokens::{fingerprint, stem};

/// Most that a sentence's subject adds to a difference's rank.
const GRAVEST: u32 = 12;

/// What the subject of a sentence adds to the rank of a difference in it: 0 for everyday matters.
pub(super) fn gravity(tokens: &[Token]) -> u32 {
    static TABLE: OnceLock<FxHashMap<u64, u32>> = OnceLock::new();
    let table = TABLE.get_or_init(table);
    tokens.iter().filter_map(|t| table.get(&t.stem)).copied().max().unwrap_or(0)
}

fn table() -> FxHashMap<u64, u32> {
    let groups = [
        // Safety of children and allegations.
        (
            GRAVEST,
            "abuse abused neglect harm harmed safeguarding safeguard protection danger allegation police referral refer referred \
             dsl designated radicalisation exploitation disclosure secret confidentiality missing weapon drugs",
        ),
        // A child's place in school, and what is done to its body.
        (
            9,
            "exclusion excluded exclude suspension suspended suspend restraint restrain force intimate medicine medication \
             allergy allergic ambulance emergency injury hospital supervision alone ratio",
        ),
        // What a family pays, is told, or may ask for.
        (
            6,
            "complaint appeal charge charged cost pay fee consent attendance absence absent collected collect bullying",
        ),
        (3, "parent carer family send inclusion discrimination homework uniform"),
    ];
    let mut table = FxHashMap::default();
    for (weight, words) in groups {
        for word in words.split_whitespace() {
            let stem = String::from_utf8_lossy(stem(word.as_bytes())).into_owned();
            table.entry(fingerprint(&stem)).or_insert(weight);
        }
    }
    table
}
