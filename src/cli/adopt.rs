//! `common-ground adopt`: takes down what the governing bodies adopted.

use std::path::PathBuf;

use clap::Args;

use crate::check::baseline::Approval;
use crate::check::{Baseline, Finding, Setting, check};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::pair::survey;
use crate::read::source::{Named, list, named};
use crate::read::{Source, read_with};
use crate::status::key;
use crate::store;

use super::run::SHARED;
use super::set::{BASELINES, Set};
use super::{Common, Ended, Files, say};

/// Checks of the text itself; the others ask whose copy it is.
const OF_THE_TEXT: [&str; 8] = [
    "gap",
    "highlight",
    "tracked_changes",
    "broken_field",
    "broken_reference",
    "contradiction",
    "superseded",
    "edition",
];
/// So many are said one by one.
const SHOWN: usize = 5;

/// Arguments of `adopt`.
#[derive(Debug, Args)]
pub(super) struct Adopt {
    /// The partnership's folder with a common-ground.toml
    folder: PathBuf,
    /// The adopted policy, from the working directory or else from the partnership's folder; left out: the one on --topic in the folder "shared"
    file: Option<PathBuf>,
    /// What it is about ("behaviour"); left out: as its title says
    #[arg(long)]
    topic: Option<String>,
    /// The day from which it holds
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    on: jiff::civil::Date,
    /// Where it is minuted; for one school: "infant=FGB 3 March, item 7"
    #[arg(long, value_name = "REF", required = true)]
    minute: Vec<String>,
    /// Who approved it for which school: "infant=full governing body"; once for each school
    #[arg(long, value_name = "SCHOOL=WHO", required = true)]
    approved_by: Vec<String>,
    /// Put it in the place of what was adopted before
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Adopt {
    /// Writes the baseline.
    pub(super) fn run(&self) -> Result<Ended> {
        let set = Set::open(&self.folder)?;
        let knowledge = crate::knowledge::bundled();
        let ids: Vec<&str> = knowledge.topics().all().iter().map(|t| t.id.as_str()).collect();
        if let Some(topic) = self.topic.as_deref().filter(|t| !ids.contains(t)) {
            let near = nearest(topic, &ids).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
            return Err(Error::new(ErrorKind::Usage, format!("there is no topic “{topic}”{near}"))
                .hint(format!("the topics are: {}", ids.join(", "))));
        }
        let approvals = self.approvals(&set)?;
        let settings = self.reading.settings();
        let mut found = None;
        for path in self.candidates()? {
            let shown = path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let document = read_with(&Source::open(&path, &shown)?, "shared", &settings)?;
            let register = survey(std::slice::from_ref(&document), &set.partnership, knowledge);
            let topic = register.topics.into_iter().next().flatten();
            if self.file.is_some() || topic == self.topic {
                found = Some((document, self.topic.clone().or(topic), shown));
                break;
            }
        }
        let Some((document, topic, shown)) = found else {
            return Err(Error::new(
                ErrorKind::Usage,
                "there is no policy on this topic in the folder “shared”",
            )
            .at(self.folder.display().to_string())
            .hint("name the file that was adopted"));
        };
        let topic = topic.unwrap_or_else(|| key(&document.title));
        let baseline = Baseline::of(&document, &topic, &shown, self.on, approvals.clone());
        let path = self.folder.join(BASELINES).join(format!("{topic}.toml"));
        match self.replace {
            true => store::replace(&path, baseline.print().as_bytes())?,
            false => store::create(&path, baseline.print().as_bytes()).map_err(|e| {
                if e.kind == ErrorKind::Conflict { e.hint("adopt a new text with --replace") } else { e }
            })?,
        }
        let words = format!(
            "Written: {} ({} passages). Keep it under version control; `common-ground check` compares each school's copy with it.",
            path.display(),
            baseline.blocks.len()
        );
        say::note(&crate::report::escape::terminal(&words), &self.common);
        self.unfinished(document, &approvals, &set);
        Ok(Ended::Well)
    }

    /// Says what of the adopted text is unfinished or out of date: both schools would copy it.
    fn unfinished(&self, mut document: Document, approvals: &[Approval], set: &Set) {
        let partnership = &set.partnership;
        document.school = approvals.first().map_or_else(String::new, |a| a.school.clone());
        let documents = [document];
        let knowledge = crate::knowledge::bundled();
        let register = survey(&documents, partnership, knowledge);
        let setting = Setting {
            partnership,
            schools: set.schools(),
            documents: &documents,
            register: &register,
            baselines: &[],
            knowledge,
            today: self.common.today(),
        };
        let findings: Vec<Finding> = check(&setting)
            .into_iter()
            .filter(|f| f.document.is_some() && OF_THE_TEXT.contains(&f.rule))
            .collect();
        for finding in findings.iter().take(SHOWN) {
            let what = format!("note: {}: {} {}", finding.r#where, finding.says, finding.todo);
            say::note(&crate::report::escape::terminal(&what), &self.common);
        }
        if findings.len() > SHOWN {
            let more = findings.len() - SHOWN;
            let what = format!("note: and {more} more; `common-ground check` lists them in each copy.");
            say::note(&what, &self.common);
        }
    }

    /// The file that was named, or all of the folder "shared".
    fn candidates(&self) -> Result<Vec<PathBuf>> {
        if let Some(file) = &self.file {
            let inside = self.folder.join(file);
            let found = [file, &inside].into_iter().find(|path| named(path) != Named::Nothing);
            return found.map(|path| vec![path.clone()]).ok_or_else(|| {
                Error::new(ErrorKind::Usage, "there is no such file, here or in the partnership's folder")
                    .at(file.display().to_string())
                    .hint("check the spelling of the path")
            });
        }
        if self.topic.is_none() {
            return Err(Error::new(ErrorKind::Usage, "neither a file nor a --topic is named")
                .hint("name the file that was adopted, or the topic of one in the folder “shared”"));
        }
        let shared = self.folder.join(SHARED);
        if named(&shared) != Named::Folder {
            return Err(Error::new(
                ErrorKind::Usage,
                "there is no folder “shared” in the partnership's folder",
            )
            .at(shared.display().to_string())
            .hint("name the file that was adopted"));
        }
        Ok(list(&shared)?.files.into_iter().map(|(path, _)| path).collect())
    }

    /// Who approved it for which school, each with a minute.
    fn approvals(&self, set: &Set) -> Result<Vec<Approval>> {
        let ids: Vec<&str> = set.schools().iter().map(|s| s.id.as_str()).collect();
        if self.minute.iter().any(|m| m.rsplit('=').next().is_none_or(|m| m.trim().is_empty())) {
            return Err(Error::new(ErrorKind::Usage, "--minute says nothing")
                .hint("say where the approval is minuted: --minute \"full governing body, item 7\""));
        }
        let mut out = Vec::new();
        for given in &self.approved_by {
            let Some((school, by)) = given.split_once('=') else {
                return Err(Error::new(ErrorKind::Usage, format!("“{given}” does not say for which school"))
                    .hint(format!("write, for example, --approved-by \"{}=full governing body\"", ids[0])));
            };
            if !ids.contains(&school) {
                let near =
                    nearest(school, &ids).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
                return Err(Error::new(ErrorKind::Usage, format!("there is no school “{school}”{near}"))
                    .hint(format!("the schools are: {}", ids.join(", "))));
            }
            if by.trim().is_empty() {
                let missing = format!("“{given}” does not say who approved it");
                return Err(Error::new(ErrorKind::Usage, missing)
                    .hint(format!("write, for example, --approved-by \"{school}=full governing body\"")));
            }
            let of_school = |m: &&String| m.split_once('=').is_some_and(|(s, _)| s == school);
            let general = |m: &&String| m.split_once('=').is_none_or(|(s, _)| !ids.contains(&s));
            let minute =
                self.minute.iter().find(of_school).and_then(|m| m.split_once('=')).map(|(_, m)| m.to_owned());
            let minute = minute.or_else(|| self.minute.iter().find(general).cloned()).ok_or_else(|| {
                Error::new(ErrorKind::Usage, format!("no --minute is named for “{school}”"))
                    .hint(format!("write one for both, or --minute \"{school}=item 7\""))
            })?;
            out.push(Approval {
                school: school.to_owned(),
                by: by.trim().to_owned(),
                on: self.on.to_string(),
                minute,
            });
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::OF_THE_TEXT;
    use crate::check::CHECKS;

    #[test]
    fn every_check_of_the_text_exists() {
        assert!(OF_THE_TEXT.iter().all(|id| CHECKS.iter().any(|check| check.id() == *id)));
    }
}
