//! Pages of earlier runs: the pages of this run in; those that the last one wrote and this one did not are taken away.
//!
//! A file is taken away only if the list in the folder says that this program wrote it there under this name, and its bytes are still the ones
//! that were written: what a person made, changed or put there stays.

use std::collections::BTreeMap;
use std::fs;

use xxhash_rust::xxh3::xxh3_128;

use crate::error::Result;
use crate::read::Source;
use crate::read::source::settings;
use crate::report::Page;

use super::{Folder, io};

/// The list: a line a page, fingerprint and name.
const LIST: &str = ".pages-written";
/// What stands above it.
const HEAD: &str = "# Pages that `common-ground` wrote for pairs of policies. It takes away those of pairs that are no more, if nobody changed them.";

/// Names of pages that were taken away, and of those that were left because somebody changed them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Former {
    /// Taken away.
    pub gone: Vec<String>,
    /// Changed by hand, and left.
    pub left: Vec<String>,
}

impl Folder {
    /// Takes away what the last run of this kind wrote and this one, which wrote these pages, did not; and keeps the list for the next.
    ///
    /// # Errors
    ///
    /// Io if a page cannot be taken away or the list not be written.
    pub fn without_former(&self, pages: &[Page]) -> Result<Former> {
        let now: BTreeMap<&str, String> =
            pages.iter().map(|p| (p.path.as_str(), fingerprint(&p.bytes))).collect();
        let mut former = Former::default();
        for (name, written) in self.listed() {
            if now.contains_key(name.as_str()) {
                continue;
            }
            let path = self.path.join(&name);
            if !fs::symlink_metadata(&path).is_ok_and(|m| m.is_file()) {
                continue;
            }
            match Source::open(&path, &name) {
                Ok(page) if fingerprint(&page.bytes) == written => {
                    fs::remove_file(&path).map_err(|e| io(&e).at(path.display().to_string()))?;
                    former.gone.push(name);
                }
                _ => former.left.push(name),
            }
        }
        let lines: String = now.iter().map(|(name, print)| format!("{print} {name}\n")).collect();
        self.replace(LIST, format!("{HEAD}\n{lines}").as_bytes())?;
        Ok(former)
    }

    /// What the list says was written; nothing that is no page right in this folder.
    fn listed(&self) -> BTreeMap<String, String> {
        let text = settings(&self.path.join(LIST)).unwrap_or_default();
        let entry = |line: &str| {
            let (print, name) = line.split_once(' ')?;
            let plain = name.ends_with(".html") && !name.contains(['/', '\\', ':']);
            plain.then(|| (name.to_owned(), print.to_owned()))
        };
        text.lines().filter(|l| !l.starts_with('#')).filter_map(entry).collect()
    }
}

fn fingerprint(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}
