//! What `check`, `register` and `adopt` look at: a folder in, its documents, baselines and settings out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::check::{Baseline, Setting};
use crate::document::{Document, Partnership, School};
use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::{Knowledge, bundled};
use crate::merge::Decision;
use crate::pair::{Register, survey};
use crate::read::source::{Named, named, settings, tables};
use crate::report::escape;
use crate::status::Event;
use crate::store::log::Record;

use super::run::{self, Inputs};
use super::{Common, Files, say};

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
    ///
    /// # Errors
    ///
    /// Usage if it is a file, or a partnership's by what it holds and has no settings; those of reading.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        if named(folder) == Named::File {
            return Err(Error::new(ErrorKind::Usage, "is a file, not a folder of policies")
                .at(folder.display().to_string())
                .hint("name the partnership's folder, or the school's folder that it lies in"));
        }
        let single = named(folder) == Named::Folder && named(&folder.join(run::SETTINGS)) != Named::File;
        let inputs = if single { run::one_school(folder)? } else { run::inputs(folder, None)? };
        let mut problems = Vec::new();
        let baselines = baselines(&folder.join(BASELINES), &mut problems)?;
        if single {
            without_settings(folder, &inputs, &baselines)?;
        }
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

    /// Reads all policies, and says what could not be read and what of the settings could not be followed.
    ///
    /// # Errors
    ///
    /// Input if not one policy could be read.
    pub(super) fn read(mut self, knowledge: &Knowledge, reading: &Files, common: &Common) -> Result<Self> {
        let Some(inputs) = self.inputs.take() else { return Ok(self) };
        let folder = self.sources[0].as_path();
        if let Some([x, y]) = inputs.like_two_schools().filter(|_| self.single) {
            let words = format!(
                "note: there is no {} in this folder, so all its files were taken as one school's. If “{x}” and “{y}” are two schools, write one with \
                 `common-ground init \"{}\" \"{}\"`",
                run::SETTINGS,
                folder.join(x).display(),
                folder.join(y).display()
            );
            say::note(&escape::terminal(&words), common);
        }
        let (documents, problems) = common.with_jobs(|| run::documents(inputs, reading, common))?;
        self.problems.extend(problems);
        self.register = survey(&documents, &self.partnership, knowledge);
        self.documents = documents;
        for problem in &self.problems {
            say::error(problem, common);
        }
        run::any_read(&self.documents)?;
        for note in &self.register.problems {
            say::note(&format!("note: {}", escape::terminal(note)), common);
        }
        Ok(self)
    }

    /// The schools that are looked at: both, or the one whose folder it is.
    pub(super) fn schools(&self) -> &[School] {
        let schools = &self.partnership.schools;
        if self.single { &schools[..1] } else { schools }
    }

    /// Everything that a check may look at.
    pub(super) fn setting<'s>(&'s self, knowledge: &'s Knowledge, today: jiff::civil::Date) -> Setting<'s> {
        Setting {
            partnership: &self.partnership,
            schools: self.schools(),
            documents: &self.documents,
            register: &self.register,
            baselines: &self.baselines,
            knowledge,
            today,
        }
    }
}

/// Refuses a folder without settings that holds what only a partnership keeps: its school's ids would be lost, and its findings with them.
fn without_settings(folder: &Path, inputs: &Inputs, baselines: &[Baseline]) -> Result<()> {
    let own = &inputs.partnership.schools[0].id;
    let others = baselines.iter().any(|b| b.approvals.iter().any(|a| a.school != *own));
    let logged = |name: &str| {
        let logs = folder.join(name);
        named(&logs) == Named::Folder && tables(&logs, "jsonl").is_ok_and(|logs| !logs.is_empty())
    };
    let kept = [
        (BASELINES, others),
        (Decision::FOLDER, logged(Decision::FOLDER)),
        (Event::FOLDER, logged(Event::FOLDER)),
    ];
    let kept: Vec<&str> = kept.into_iter().filter(|(_, held)| *held).map(|(name, _)| name).collect();
    if kept.is_empty() {
        return Ok(());
    }
    let what = format!("holds what a partnership keeps ({}), but no {}", kept.join(", "), run::SETTINGS);
    Err(Error::new(ErrorKind::Usage, what).at(folder.display().to_string()).hint(
        "put its common-ground.toml back, write one with `common-ground init A B`, or name one school's folder",
    ))
}

/// All baselines of a folder, in order of name; a damaged one is noted and the others go on.
pub(super) fn baselines(folder: &Path, problems: &mut Vec<Error>) -> Result<Vec<Baseline>> {
    if named(folder) != Named::Folder {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for path in tables(folder, "toml")? {
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
        return Err(Error::new(ErrorKind::Usage, "there is no such folder of facts")
            .at(folder.display().to_string())
            .hint("name a folder with tables as src/knowledge has them, or leave out --rules"));
    }
    let mut files = BTreeMap::new();
    for ending in ["csv", "txt"] {
        for path in tables(folder, ending)? {
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
