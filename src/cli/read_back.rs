//! `common-ground draft --read-back`: drafts that came back from those who were asked, gathered and recorded.

use std::path::{Path, PathBuf};

use crate::compare::Weight;
use crate::error::{Error, ErrorKind, Result};
use crate::feedback::{Answer, Copy, Feedback, Origin, again, feedback, origin};
use crate::merge::{Decision, Materials, Settlement};
use crate::read::Source;
use crate::read::source::{Named, list, named};
use crate::report::{CopyRead, Outcome, counted, escape, feedback_pages, pair_title, recorded};
use crate::store::{Folder, log};

use super::{Common, Ended, say};

/// What is read back.
pub(super) struct ReadBack<'r> {
    /// The partnership's folder, where decisions are kept; none if two files or folders were named.
    pub(super) partnership: Option<&'r Path>,
    /// Files, and folders of files.
    pub(super) paths: &'r [PathBuf],
    /// Whose answers they are: one name for all, or one for each file in order; none: nothing is recorded.
    pub(super) by: &'r [String],
    pub(super) out: &'r Path,
    pub(super) folder: &'r Folder,
    pub(super) common: &'r Common,
}

impl ReadBack<'_> {
    /// Reads all files, records what was decided, and writes the page and the table.
    pub(super) fn run(&self, outcome: &Outcome, records: &[Decision]) -> Result<Ended> {
        let (files, mut ended) = self.files()?;
        if !self.by.is_empty() && self.partnership.is_none() {
            return Err(Error::new(
                ErrorKind::Usage,
                "there is no partnership's folder to record decisions in",
            )
            .hint("name a folder with a common-ground.toml, or leave out --by to gather only"));
        }
        if self.by.len() > 1 && self.by.len() != files.len() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("{} names for {} files", self.by.len(), files.len()),
            )
            .hint("give --by once for all, or once for each file in order"));
        }
        let mut log = records.to_vec();
        let mut copies = Vec::new();
        for (at, path) in files.iter().enumerate() {
            let by = if self.by.len() > 1 { self.by.get(at) } else { self.by.first() };
            let (copy, problem) = self.one(outcome, path, by.map(|b| b.trim().to_owned()), &mut log)?;
            if let Some(problem) = problem {
                say::error(&problem, self.common);
                ended = Ended::Badly;
            }
            copies.push(copy);
        }
        if copies.iter().all(|c| c.feedback.is_none()) {
            say::note("No page was written, because none of these files could be used.", self.common);
            return Ok(Ended::Badly);
        }
        let pages = feedback_pages(outcome, &copies);
        for page in &pages {
            self.folder.replace(&page.path, &page.bytes)?;
        }
        self.summary(&copies);
        Ok(ended)
    }

    /// The files that are named, those of folders in order of name.
    fn files(&self) -> Result<(Vec<PathBuf>, Ended)> {
        let mut out = Vec::new();
        let mut ended = Ended::Well;
        for path in self.paths {
            if named(path) == Named::Folder {
                let listing = list(path)?;
                for problem in &listing.problems {
                    say::error(problem, self.common);
                    ended = Ended::Badly;
                }
                out.extend(listing.files.into_iter().map(|(file, _)| file));
            } else {
                out.push(path.clone());
            }
        }
        if out.is_empty() {
            return Err(Error::new(ErrorKind::Usage, "there is no file to read back")
                .hint("name the Word files that came back, or a folder that holds them"));
        }
        Ok((out, ended))
    }

    /// One file; a bad one is named and the others go on.
    fn one(
        &self,
        outcome: &Outcome,
        path: &Path,
        by: Option<String>,
        log: &mut Vec<Decision>,
    ) -> Result<(CopyRead, Option<Error>)> {
        let file =
            path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let mut read = CopyRead { file, by, ..CopyRead::default() };
        let found = Source::open(path, &read.file).and_then(|source| {
            let copy = Copy::open(&source.bytes)?;
            read.saved_by.clone_from(&copy.saved_by);
            read.policy.clone_from(&copy.title);
            Ok((told(outcome, &copy, log, &mut read.policy)?, source.bytes))
        });
        match found {
            Err(error) => {
                read.refused = Some(error.message.clone());
                Ok((read, Some(error.at(path.display().to_string()))))
            }
            Ok(((pair, feedback), bytes)) => {
                if let (Some(by), Some(partnership)) = (&read.by, self.partnership) {
                    let decisions = decisions(outcome, pair, &feedback, by, &bytes, &read.file);
                    let fresh: Vec<Decision> = decisions.into_iter().filter(|d| !is_known(d, log)).collect();
                    let is_new =
                        |a: &&Answer| a.decides.iter().any(|(id, _)| fresh.iter().any(|d| d.id == *id));
                    let new = feedback.answers.iter().filter(is_new).count();
                    read.recorded = [new, feedback.answers.len() - new];
                    if !fresh.is_empty() {
                        log::append_all(partnership, by, fresh)?;
                        *log = log::read(partnership)?.decisions;
                    }
                }
                let weighty =
                    outcome.comparisons[pair].differences.iter().filter(|d| d.weight == Weight::Decide);
                let settled =
                    |id: &str| feedback.answers.iter().any(|a| a.decides.iter().any(|(x, _)| x == id));
                read.settles = weighty.filter(|d| settled(&d.id)).count();
                read.feedback = Some(feedback);
                Ok((read, None))
            }
        }
    }

    fn summary(&self, copies: &[CopyRead]) {
        let mut lines = Vec::new();
        for copy in copies {
            let Some(f) = &copy.feedback else { continue };
            let said = match &copy.by {
                None => "nothing recorded: say with --by whose answers these are".to_owned(),
                Some(by) => format!("of {by}: {}", recorded(copy)),
            };
            lines.push(format!(
                "{} ({}): {}, {}, {}; {said}.",
                copy.file,
                copy.policy,
                counted(f.answers.len(), "answer", "answers"),
                counted(f.questions.len(), "question", "questions"),
                counted(f.comments.len(), "comment", "comments")
            ));
        }
        lines.push(format!("The page: {}", self.out.join("feedback.html").display()));
        let lines: Vec<String> = lines.iter().map(|l| escape::terminal(l)).collect();
        say::note(&lines.join("\n"), self.common);
    }
}

/// The pair of a copy and what it says about it.
fn told(outcome: &Outcome, copy: &Copy, log: &[Decision], policy: &mut String) -> Result<(usize, Feedback)> {
    let pairs: Vec<_> =
        outcome.register.pairs.iter().map(|p| [&outcome.documents[p.a], &outcome.documents[p.b]]).collect();
    let stale = |message: String| {
        Err(Error::new(ErrorKind::Conflict, message)
            .hint("make a new draft and ask again, or put back the texts that it was made from"))
    };
    let at = match origin(copy, &pairs) {
        Origin::Pair(at) => at,
        Origin::Changed(at, side) => {
            *policy = pair_title(outcome, at);
            let school = &outcome.partnership.schools[side.index()].name;
            return stale(format!(
                "is a draft of an older comparison: the policy of {school} has changed since"
            ));
        }
        Origin::Unknown => {
            return stale(
                "is a draft of other policies, or both texts have changed since it was made".into(),
            );
        }
    };
    *policy = pair_title(outcome, at);
    let nothing = Settlement::default();
    let materials = Materials {
        documents: pairs[at],
        comparison: &outcome.comparisons[at],
        schools: &outcome.partnership.schools,
        settlement: &nothing,
    };
    let Some((draft, settlement)) = again(copy, &materials, log) else {
        return stale(
            "is a draft that cannot be made again: decisions that it applied are not in the log, or another version of the program wrote it"
                .into(),
        );
    };
    Ok((at, feedback(copy, &draft, &Materials { settlement: &settlement, ..materials })))
}

/// The records of what a copy decides.
fn decisions(
    outcome: &Outcome,
    pair: usize,
    feedback: &Feedback,
    by: &str,
    bytes: &[u8],
    file: &str,
) -> Vec<Decision> {
    let [a, b] = &outcome.partnership.schools;
    let print = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes));
    let answers = feedback.answers.iter();
    answers
        .flat_map(|answer| answer.decides.iter().map(move |decides| (answer, decides)))
        .map(|(answer, (id, saw))| Decision {
            on: outcome.today,
            number: 0,
            by: by.to_owned(),
            id: id.clone(),
            take: answer.take,
            own: answer.own.clone(),
            reason: format!("Read from {file}."),
            review_on: None,
            schools: [a.id.clone(), b.id.clone()],
            saw: saw.clone(),
            policy: pair_title(outcome, pair),
            read_from: Some(print.clone()),
        })
        .collect()
}

/// Whether this person's log says it already: from this very file, or as the latest word.
fn is_known(decision: &Decision, log: &[Decision]) -> bool {
    let same = |d: &Decision| {
        (d.take, &d.own, &d.saw, &d.schools)
            == (decision.take, &decision.own, &decision.saw, &decision.schools)
    };
    let mine = || log.iter().filter(|d| d.by == decision.by && d.id == decision.id);
    let latest = mine().max_by_key(|d| (d.on, d.number));
    latest.is_some_and(same) || mine().any(|d| d.read_from == decision.read_from && same(d))
}
