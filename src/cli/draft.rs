//! `common-ground draft`: a shared draft of each pair, its ledger, and a page about them.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::merge::{Materials, Settlement, merge, refusal};
use crate::read::{Source, images};
use crate::report::{
    Draftable, Drafted, Outcome, Template, drafts_page, ledger_files, pair_name, pair_title, render, word,
};
use crate::store::log;

use super::read_back::ReadBack;
use super::run::Paths;
use super::{Common, Ended, Files, chosen, destination, run, say, template};

/// Arguments of `draft`.
#[derive(Debug, Args)]
pub(super) struct Draft {
    /// A file, a folder of policies, or a partnership's folder with a common-ground.toml
    a: PathBuf,
    /// The other school's file or folder
    b: Option<PathBuf>,
    /// Only policies on this topic; repeatable
    #[arg(long, value_name = "T")]
    topic: Vec<String>,
    /// Merge although a policy on this topic should not be merged; the reason is printed in the draft
    #[arg(long, value_name = "REASON")]
    r#override: Option<String>,
    /// Read drafts that came back from Word or LibreOffice (files, or a folder of them): what was accepted, left out, reworded and remarked is
    /// gathered on one page; with --by it is recorded, and the next draft applies it
    #[arg(long, value_name = "FILE", num_args = 1..)]
    read_back: Vec<PathBuf>,
    /// Whose answers those are: once for all files, or once for each in order; without it nothing is recorded
    #[arg(long, value_name = "NAME", requires = "read_back")]
    by: Vec<String>,
    /// A Word file or template of a school's own: the drafts take its styles, lists, page, header, footer and logo, and nothing of its text
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Where the drafts go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// The model that both schools' policies on its topic come from: what each changed is shown against it; repeatable
    #[arg(long, value_name = "FILE")]
    base: Vec<PathBuf>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What all drafts of a run are made with.
struct Making<'m> {
    settlement: &'m Settlement,
    files: &'m Paths,
    template: Option<&'m Template>,
}

impl Draft {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        if self.r#override.as_ref().is_some_and(|r| r.trim().is_empty()) {
            return Err(Error::new(ErrorKind::Usage, "--override needs a reason")
                .hint("say in a few words why this topic is to be merged"));
        }
        if self.by.iter().any(|b| b.trim().is_empty()) {
            return Err(Error::new(ErrorKind::Usage, "--by needs a name").hint("say whose answers these are"));
        }
        let inputs = run::inputs(&self.a, self.b.as_deref())?
            .with_models(&self.base)
            .with_template(self.template.as_deref());
        let template = template::open(self.template.as_deref())?;
        let files = inputs.paths();
        let folder = destination::folder(&self.out, &inputs.sources)?;
        let mut outcome = self.common.with_jobs(|| run::outcome(inputs, &self.reading, &self.common))?;
        for problem in &outcome.problems {
            say::error(problem, &self.common);
        }
        let mut ended = if outcome.problems.is_empty() { Ended::Well } else { Ended::Badly };
        let partnership = self.b.is_none().then_some(self.a.as_path());
        let found = partnership.map_or_else(|| Ok(log::Found::default()), log::read)?;
        for problem in &found.problems {
            say::error(problem, &self.common);
            ended = Ended::Badly;
        }
        if !self.read_back.is_empty() {
            let back = ReadBack {
                partnership,
                paths: &self.read_back,
                by: &self.by,
                out: &self.out,
                folder: &folder,
                common: &self.common,
            };
            let read = back.run(&outcome, &found.decisions)?;
            return Ok(if ended == Ended::Well { read } else { ended });
        }
        let [x, y] = &outcome.partnership.schools;
        let settlement = Settlement::fold(found.decisions, [&x.id, &y.id]);
        let wanted = chosen::pairs(&outcome, &self.topic)?;
        let drafted: Vec<Drafted> = self.common.with_jobs(|| {
            let making = Making { settlement: &settlement, files: &files, template: template.as_ref() };
            wanted.par_iter().filter_map(|p| self.draft(&outcome, *p, &making)).collect()
        })?;
        for done in &drafted {
            for (name, bytes) in &done.files {
                folder.replace(name, bytes)?;
            }
        }
        // The comparison's pages stand beside the drafts, each with a link to the other.
        outcome.drafts = drafted.iter().filter_map(|d| Some((d.pair, d.word()?.to_owned()))).collect();
        let pages = render("html", &outcome).unwrap_or_default();
        for page in &pages {
            folder.replace(&page.path, &page.bytes)?;
        }
        run::former(&folder, &pages, &self.common)?;
        let page = drafts_page(&outcome, &drafted);
        folder.replace(&page.path, &page.bytes)?;
        let made = drafted.iter().filter(|d| d.refused.is_none()).count();
        let refused = drafted.len() - made;
        let mut lines = vec![match made {
            1 => "1 draft was written.".to_owned(),
            n => format!("{n} drafts were written."),
        }];
        if refused > 0 {
            lines.push(format!("{refused} topics were not merged; the page says why."));
        }
        let stale: usize = drafted.iter().map(|d| d.stale).sum();
        if stale > 0 {
            lines.push(format!(
                "{stale} decisions no longer fit, because a text has changed since; the page lists them."
            ));
        }
        lines.extend(template.as_ref().map_or_else(Vec::new, template::said));
        lines.push(format!("The page: {}", self.out.join(&page.path).display()));
        say::notes(&lines, &self.common);
        Ok(ended)
    }

    fn draft(&self, outcome: &Outcome, at: usize, making: &Making) -> Option<Drafted> {
        let pair = outcome.register.pairs.get(at)?;
        let title = pair_title(outcome, at);
        let refused = refusal(pair.sharing).map(|r| r.why);
        let overridden = refused.and(self.r#override.as_deref());
        if let (Some(why), None) = (refused, overridden) {
            return Some(Drafted::refused(at, title, why));
        }
        let materials = Materials {
            documents: [&outcome.documents[pair.a], &outcome.documents[pair.b]],
            comparison: outcome.comparisons.get(at)?,
            schools: &outcome.partnership.schools,
            settlement: making.settlement,
        };
        let mut draft = merge(&materials);
        // The same sentence may stand in two policies; what was decided in the other one is not stale in this one.
        let others = (0..outcome.register.pairs.len()).map(|p| pair_title(outcome, p));
        let others: Vec<String> = others.filter(|other| *other != title).collect();
        draft.stale.retain(|d| !others.contains(&d.policy));
        // Not kept from the reading: of some hundred policies, only the pictures of one pair are in memory at a time.
        let images = materials.documents.map(|document| {
            let path = making.files.get(&(document.school.clone(), document.path.clone()));
            match path.map(|path| Source::open(path, &document.path)) {
                Some(Ok(source)) => images(&source, &document.pictures),
                _ => Vec::new(),
            }
        });
        let draftable = Draftable {
            draft: &draft,
            materials: &materials,
            title: &title,
            today: outcome.today,
            overridden,
            images: [&images[0], &images[1]],
            template: making.template,
        };
        let name = pair_name(outcome, at);
        let mut files = vec![(format!("{name}-draft.docx"), word(&draftable))];
        files.extend(ledger_files(&name, &draftable));
        Some(Drafted::made(at, &draftable, files))
    }
}
