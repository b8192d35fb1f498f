//! What `check`, `register` and `adopt` look at: a folder in, its documents, baselines and settings out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::check::{Baseline, Setting};
use crate::document::{Document, Partnership};
use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::{Knowledge, bundled};
use crate::pair::{Register, survey};
use crate::read::source::{Named, named, settings};

use super::run::{self, Inputs};
use super::{Common, Files};

/// Where a partnership keeps what it adopted.
pub(super) const BASELINES: &str = "baselines";

/// What lies in the folder.
pub(super) struct Set {
    pub(super) partnership: Partnership,
    /// Whether the folder is one school's.
    single: bool,
    /// Folders that nothing may be written into.
    pub(super) sources: Vec<PathBuf>,
    inputs: Option<Inputs>,
    pub(super) documents: Vec<Document>,
    pub(super) register: Register,
    baselines: Vec<Baseline>,
    pub(super) problems: Vec<Error>,
}

impl Set {
    /// Finds out what the folder is, and reads its settings and baselines.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let single = named(folder) == Named::Folder && named(&folder.join(run::SETTINGS)) != Named::File;
        let inputs = if single { run::one_school(folder)? } else { run::inputs(folder, None)? };
        let mut problems = Vec::new();
        let baselines = baselines(&folder.join(BASELINES), &mut problems)?;
        Ok(Self {
            partnership: inputs.partnership.clone(),
            single,
            sources: inputs.sources.clone(),
            inputs: Some(inputs),
            documents: Vec::new(),
            register: Register::default(),
            baselines,
            problems,
        })
    }

    /// Reads all policies.
    pub(super) fn read(mut self, knowledge: &Knowledge, reading: &Files, common: &Common) -> Self {
        let Some(inputs) = self.inputs.take() else { return self };
        let (documents, problems) = run::documents(inputs, reading, common);
        self.problems.extend(problems);
        self.register = survey(&documents, &self.partnership, knowledge);
        self.documents = documents;
        self
    }

    /// Everything that a check may look at.
    pub(super) fn setting<'s>(&'s self, knowledge: &'s Knowledge, today: jiff::civil::Date) -> Setting<'s> {
        let schools = &self.partnership.schools;
        Setting {
            partnership: &self.partnership,
            schools: if self.single { &schools[..1] } else { schools },
            documents: &self.documents,
            register: &self.register,
            baselines: &self.baselines,
            knowledge,
            today,
        }
    }
}

/// All baselines of a folder, in order of name; a damaged one is noted and the others go on.
pub(super) fn baselines(folder: &Path, problems: &mut Vec<Error>) -> Result<Vec<Baseline>> {
    if named(folder) != Named::Folder {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for path in crate::read::source::tables(folder, "toml")? {
        let shown = path.display().to_string();
        match settings(&path).and_then(|text| Baseline::parse(&text)) {
            Ok(baseline) => out.push(baseline),
            Err(error) => problems.push(error.at(shown)),
        }
    }
    Ok(out)
}

/// The bundled facts, or those with a person's own in them.
pub(super) fn facts(folder: Option<&Path>) -> Result<Box<dyn std::ops::Deref<Target = Knowledge> + Sync>> {
    let Some(folder) = folder else { return Ok(Box::new(bundled())) };
    if named(folder) != Named::Folder {
        return Err(
            Error::new(ErrorKind::Usage, "there is no such folder of facts").at(folder.display().to_string())
        );
    }
    let mut files = BTreeMap::new();
    for ending in ["csv", "txt"] {
        for path in crate::read::source::tables(folder, ending)? {
            let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            files.insert(name, settings(&path)?);
        }
    }
    let own = Knowledge::amended(files).map_err(|mut e| {
        e.path = Some(
            e.path.map_or_else(|| folder.display().to_string(), |p| folder.join(p).display().to_string()),
        );
        e
    })?;
    Ok(Box::new(Box::new(own)))
}
