//! The main job from paths to an outcome: what to read, read, pair, align, compare.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::align::align;
use crate::compare::{Comparison, Context, against, compare};
use crate::document::{Document, Logo, Partnership};
use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::{Knowledge, bundled};
use crate::pair::{Register, pair, pair_two, survey};
use crate::read::source::{Named, list, logo, named, settings};
use crate::read::{Settings, Source, read_with};
use crate::report::{Outcome, Page};
use crate::store::Folder;

use super::progress::bar;
use super::{Common, Files, say};

/// The name of a partnership's settings file.
pub(super) const SETTINGS: &str = "common-ground.toml";

/// The folder of texts that both schools adopted.
pub(super) const SHARED: &str = "shared";

/// What is to be compared.
pub(super) struct Inputs {
    pub(super) partnership: Partnership,
    /// School id, where the file is, its path as shown.
    files: Vec<(String, PathBuf, String)>,
    /// Folders and files that nothing may be written into.
    pub(super) sources: Vec<PathBuf>,
    problems: Vec<Error>,
    two_files: bool,
    /// Models that both schools' policies come from.
    models: Vec<PathBuf>,
}

/// Where each document lies, by its school and its path as shown.
pub(super) type Paths = BTreeMap<(String, String), PathBuf>;

impl Inputs {
    /// The same with models that both schools' policies come from; nothing is written into them either.
    pub(super) fn with_models(mut self, models: &[PathBuf]) -> Self {
        self.sources.extend(models.iter().cloned());
        self.models = models.to_vec();
        self
    }

    /// The same with a template, which nothing is written into.
    pub(super) fn with_template(mut self, template: Option<&Path>) -> Self {
        self.sources.extend(template.map(Path::to_owned));
        self
    }

    /// Where each file lies.
    pub(super) fn paths(&self) -> Paths {
        let files = self.files.iter();
        files.map(|(school, path, shown)| ((school.clone(), shown.clone()), path.clone())).collect()
    }
}

/// Finds out what the paths name: a partnership's folder, two folders or two files.
pub(super) fn inputs(a: &Path, b: Option<&Path>) -> Result<Inputs> {
    match b {
        None => partnership(a),
        Some(b) => match (named(a), named(b)) {
            (Named::Folder, Named::Folder) => {
                let partnership = Partnership::of_names(&name_of(a), &name_of(b));
                folders(partnership, &[a.to_owned(), b.to_owned()])
            }
            (Named::File, Named::File) => two_files(a, b),
            (Named::Nothing, _) => Err(missing(a)),
            (_, Named::Nothing) => Err(missing(b)),
            _ => Err(Error::new(ErrorKind::Usage, "one is a folder and the other a file")
                .hint("name two files, or two folders of policies")),
        },
    }
}

/// What a folder is called; "." and ".." by what they lead to.
fn name_of(folder: &Path) -> String {
    let own = folder.file_name().map(ToOwned::to_owned);
    let name = own.or_else(|| std::fs::canonicalize(folder).ok()?.file_name().map(ToOwned::to_owned));
    name.map_or_else(|| "policies".into(), |n| n.to_string_lossy().into_owned())
}

fn missing(path: &Path) -> Error {
    Error::new(ErrorKind::Io, "there is no such file or folder")
        .at(path.display().to_string())
        .hint("check the spelling of the path")
}

fn partnership(folder: &Path) -> Result<Inputs> {
    let mut partnership = settings_of(folder)?;
    let paths = [0, 1].map(|which| folder.join(&partnership.schools[which].folder));
    logos(folder, &mut partnership);
    folders(partnership, &paths)
}

/// Reads the schools' logos; of one that cannot be shown the report says why, as of a colour.
fn logos(folder: &Path, partnership: &mut Partnership) {
    for school in partnership.schools.iter_mut().filter(|s| !s.logo.is_empty()) {
        let read = logo(&folder.join(&school.logo)).and_then(Logo::of);
        school.picture = Some(read.map_err(|e| e.message));
    }
}

/// What stands in a folder's `common-ground.toml`.
///
/// # Errors
///
/// Usage if there is none, or with the line if it cannot be understood.
pub(super) fn settings_of(folder: &Path) -> Result<Partnership> {
    let shown = folder.display().to_string();
    match named(folder) {
        Named::Nothing => return Err(missing(folder)),
        Named::File => {
            return Err(Error::new(
                ErrorKind::Usage,
                "is one file; a partnership has a folder, a comparison two files",
            )
            .at(shown)
            .hint("name the folder that holds common-ground.toml, or a second file"));
        }
        Named::Folder => {}
    }
    let path = folder.join(SETTINGS);
    if named(&path) != Named::File {
        return Err(Error::new(ErrorKind::Usage, "there is no common-ground.toml in this folder")
            .at(shown)
            .hint("name the two schools' folders, or write one with `common-ground init A B`"));
    }
    let text = settings(&path)?;
    Partnership::parse(&text).map_err(|e| e.at(path.display().to_string()))
}

/// All files of the schools that have a folder, in order.
fn folders(partnership: Partnership, paths: &[PathBuf]) -> Result<Inputs> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for (school, path) in partnership.schools.iter().zip(paths) {
        let listing = list(path)?;
        if listing.files.is_empty() {
            problems.push(
                Error::new(ErrorKind::Input, "there is nothing to read in this folder")
                    .at(path.display().to_string())
                    .hint("it should hold the school's policies as Word, web page, Markdown or text files"),
            );
        }
        files.extend(listing.files.into_iter().map(|(file, shown)| (school.id.clone(), file, shown)));
        problems.extend(listing.problems);
    }
    Ok(Inputs { partnership, files, sources: paths.to_vec(), problems, two_files: false, models: Vec::new() })
}

/// One school's folder of policies by itself; the partnership's second school has no files.
pub(super) fn one_school(folder: &Path) -> Result<Inputs> {
    let partnership = Partnership::of_names(&name_of(folder), "");
    let mut inputs = folders(partnership, &[folder.to_owned()])?;
    inputs.partnership.name.clone_from(&inputs.partnership.schools[0].name);
    Ok(inputs)
}

impl Inputs {
    /// The folders in which all files lie, if there are two that may be two schools': none lies beside them, and one for what was adopted does not
    /// count.
    pub(super) fn like_two_schools(&self) -> Option<[&str; 2]> {
        let tops: Option<BTreeSet<&str>> =
            self.files.iter().map(|(_, _, shown)| Some(shown.split_once('/')?.0)).collect();
        let tops: Vec<&str> = tops?.into_iter().filter(|top| *top != SHARED).collect();
        tops.try_into().ok()
    }
}

/// Reads all files of the inputs; the result does not depend on the number of threads.
pub(super) fn documents(inputs: Inputs, reading: &Files, common: &Common) -> (Vec<Document>, Vec<Error>) {
    read_all(&inputs.files, inputs.problems, &reading.settings(), common)
}

fn two_files(a: &Path, b: &Path) -> Result<Inputs> {
    let name = |p: &Path| {
        p.file_name().map_or_else(|| p.display().to_string(), |n| n.to_string_lossy().into_owned())
    };
    let stem = |p: &Path| p.file_stem().map_or_else(|| name(p), |n| n.to_string_lossy().into_owned());
    // The folder tells two files of the same name apart.
    let folder = |p: &Path| p.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    let (mut x, mut y) = (stem(a), stem(b));
    if x == y
        && let (Some(p), Some(q)) = (folder(a), folder(b))
        && p != q
    {
        (x, y) = (p, q);
    }
    let partnership = Partnership::of_names(&x, &y);
    let [first, second] = &partnership.schools;
    let files = vec![(first.id.clone(), a.to_owned(), name(a)), (second.id.clone(), b.to_owned(), name(b))];
    let sources = vec![a.to_owned(), b.to_owned()];
    Ok(Inputs { partnership, files, sources, problems: Vec::new(), two_files: true, models: Vec::new() })
}

/// The two versions of one policy: what was before, what is after.
pub(super) fn versions(before: &Path, after: &Path) -> Result<Inputs> {
    for path in [before, after] {
        match named(path) {
            Named::File => {}
            Named::Nothing => return Err(missing(path)),
            Named::Folder => {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "is a folder; two versions of one file are compared",
                )
                .at(path.display().to_string())
                .hint("name the file as it was and the file as it is"));
            }
        }
    }
    let mut inputs = two_files(before, after)?;
    let partnership = Partnership::of_names("Before", "After");
    for ((school, ..), named) in inputs.files.iter_mut().zip(&partnership.schools) {
        school.clone_from(&named.id);
    }
    inputs.partnership = partnership;
    Ok(inputs)
}

/// Reads, pairs, aligns and compares. The result does not depend on the number of threads.
pub(super) fn outcome(inputs: Inputs, reading: &Files, common: &Common) -> Outcome {
    outcome_by(bundled(), inputs, reading, common)
}

/// The same by these facts.
pub(super) fn outcome_by(knowledge: &Knowledge, inputs: Inputs, reading: &Files, common: &Common) -> Outcome {
    let today = common.today();
    let Inputs { partnership, files, problems, two_files, models, .. } = inputs;
    let (documents, mut problems) = read_all(&files, problems, &reading.settings(), common);
    let register = if two_files {
        pair_two(&documents, &partnership, knowledge)
    } else {
        pair(&documents, &partnership, knowledge)
    };
    let holdings = (!two_files).then(|| holdings(&documents, &partnership, &register));
    let comparing = bar("comparing", register.pairs.len(), common);
    let mut comparisons: Vec<Comparison> = register
        .pairs
        .par_iter()
        .map(|pair| {
            let (a, b) = (&documents[pair.a], &documents[pair.b]);
            let context = Context {
                partnership: &partnership,
                knowledge,
                topic: pair.topic.as_deref(),
                holdings: holdings.clone(),
                today,
            };
            let comparison = compared(a, b, knowledge, &context);
            comparing.inc(1);
            comparison
        })
        .collect();
    comparing.finish_and_clear();
    let settings = reading.settings();
    for path in &models {
        let beside = beside_model(path, &settings, two_files, &documents, &register, &mut comparisons);
        problems.extend(beside.err().map(|e| named_in_full(e, path)));
    }
    let rules_as_at = knowledge.as_at.to_string();
    let drafts = std::collections::BTreeMap::new();
    let (terms, repeated) = Default::default();
    let outcome = Outcome {
        partnership,
        documents,
        register,
        comparisons,
        problems,
        today,
        rules_as_at,
        drafts,
        terms,
        repeated,
    };
    outcome.gathered()
}

/// Puts the pairs on a model's topic beside it; of two files, the one pair.
fn beside_model(
    path: &Path,
    settings: &Settings,
    two_files: bool,
    documents: &[Document],
    register: &Register,
    comparisons: &mut [Comparison],
) -> Result<()> {
    let shown = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let model = read_with(&Source::open(path, &shown)?, "model", settings)?;
    let alone = std::slice::from_ref(&model);
    let topic = survey(alone, &Partnership::of_names("model", ""), bundled()).topics.pop().flatten();
    let mut any = false;
    for (pair, comparison) in register.pairs.iter().zip(comparisons) {
        if two_files || topic.is_some() && pair.topic == topic {
            any = true;
            against(&model, [&documents[pair.a], &documents[pair.b]], comparison, bundled());
        }
    }
    if any {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Input, "no pair of policies is on the topic of this model")
        .hint("name the two policies and their model: common-ground compare OURS THEIRS --base MODEL"))
}

fn compared(a: &Document, b: &Document, knowledge: &Knowledge, context: &Context) -> Comparison {
    compare(a, b, align(a, b, knowledge), context)
}

/// Takes pages of an earlier run's pairs out of the folder, and says which.
pub(super) fn former(folder: &Folder, pages: &[Page], common: &Common) -> Result<()> {
    let former = folder.without_former(pages)?;
    let gone = former.gone.iter().map(|name| format!("Taken away, a page of an earlier run: {name}"));
    let left = former
        .left
        .iter()
        .map(|name| format!("note: {name} is of an earlier run and was changed since, so it was left"));
    say::notes(&gone.chain(left).collect::<Vec<_>>(), common);
    Ok(())
}

/// Refuses to report on nothing: an empty reading is no policy withdrawn.
///
/// # Errors
///
/// Input if there is no document.
pub(super) fn any_read(documents: &[Document]) -> Result<()> {
    if documents.is_empty() {
        return Err(Error::new(ErrorKind::Input, "no policy could be read, so there is nothing to report")
            .hint("check that the folders are the right ones, and what is said of each file above"));
    }
    Ok(())
}

/// Reads all files; a bad one is noted and the others go on.
fn read_all(
    files: &[(String, PathBuf, String)],
    mut problems: Vec<Error>,
    settings: &Settings,
    common: &Common,
) -> (Vec<Document>, Vec<Error>) {
    let reading = bar("reading", files.len(), common);
    let results: Vec<Result<Document>> = files
        .par_iter()
        .map(|(school, path, shown)| {
            let result = Source::open(path, shown)
                .and_then(|s| read_with(&s, school, settings).map_err(|e| named_in_full(e, path)));
            reading.inc(1);
            result
        })
        .collect();
    reading.finish_and_clear();
    let mut documents = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(document) => documents.push(document),
            Err(error) => problems.push(error),
        }
    }
    (documents, problems)
}

/// An error names the file as the user can find it.
fn named_in_full(mut error: Error, path: &Path) -> Error {
    error.path = Some(path.display().to_string());
    error
}

/// The topics of which each school has a policy.
fn holdings(documents: &[Document], partnership: &Partnership, register: &Register) -> [BTreeSet<String>; 2] {
    [0, 1].map(|which| {
        let id = &partnership.schools[which].id;
        let mine = documents.iter().zip(&register.topics).filter(|(d, _)| d.school == *id);
        mine.filter_map(|(_, topic)| topic.clone()).collect()
    })
}
