//! `common-ground init`: a `common-ground.toml` to start from.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::document::Partnership;
use crate::error::{Error, ErrorKind, Result};
use crate::read::source::{Named, named};
use crate::store;

use super::{Common, Ended, run, say};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The first school's folder of policies
    a: PathBuf,
    /// The second school's folder, beside the first
    b: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Init {
    /// Writes the file into the folder that holds both schools' folders.
    pub(super) fn run(&self) -> Result<Ended> {
        for path in [&self.a, &self.b] {
            if named(path) != Named::Folder {
                return Err(Error::new(ErrorKind::Usage, "is not a folder")
                    .at(path.display().to_string())
                    .hint("name the two schools' folders of policies"));
            }
        }
        let real = |p: &Path| std::fs::canonicalize(p).ok();
        if real(&self.a) == real(&self.b) {
            return Err(Error::new(ErrorKind::Usage, "both schools have the same folder")
                .at(self.b.display().to_string())
                .hint("name the other school's folder as the second"));
        }
        let beside = |p: &Path| real(p)?.parent().map(Path::to_owned);
        let home = self.a.parent().filter(|_| beside(&self.a) == beside(&self.b)).ok_or_else(|| {
            Error::new(ErrorKind::Usage, "the two folders do not lie beside each other")
                .hint("put both schools' folders into one folder")
        })?;
        let name = |p: &Path| p.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let partnership = Partnership::of_names(&name(&self.a), &name(&self.b));
        let path = home.join(run::SETTINGS);
        store::create(&path, text(&partnership, [&name(&self.a), &name(&self.b)]).as_bytes())?;
        say::note(
            &format!(
                "Written: {}. Fill in the schools' names, then: common-ground compare {}",
                path.display(),
                shown(home)
            ),
            &self.common,
        );
        Ok(Ended::Well)
    }
}

fn shown(home: &Path) -> String {
    if home.as_os_str().is_empty() { ".".into() } else { home.display().to_string() }
}

fn text(partnership: &Partnership, folders: [&str; 2]) -> String {
    let mut out = String::from(
        "# The two schools. Names are shown in every report; phases are any of \"eyfs\", \"ks1\", \"ks2\".\nname = \"\"\n",
    );
    for (school, folder) in partnership.schools.iter().zip(folders) {
        let quoted = |s: &str| toml::Value::String(s.to_owned()).to_string();
        out.push_str(&format!(
            "\n[[school]]\nid = {}\nname = {}\nfolder = {}\nalso = []\nphases = []\n# character = \"Church of England\"\n",
            quoted(&school.id),
            quoted(&school.name),
            quoted(folder)
        ));
    }
    out.push_str(
        "\n# What the program gets wrong can be put right here; it always wins. For example:\n\
         # [[pair]]\n# a = \"infant/Relationships Policy.docx\"\n# b = \"junior/Behaviour.docx\"\n# reason = \"both are the behaviour policy\"\n\
         #\n# [[not_pair]]\n# a = \"…\"\n# b = \"…\"\n#\n# [[ignore]]\n# file = \"infant/old notes.docx\"\n#\n# [topics]\n# \"infant/Relationships Policy.docx\" = \"behaviour\"\n",
    );
    out
}
