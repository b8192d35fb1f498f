//! `common-ground record`: takes down what happened to a policy, or within a theme.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::document::Partnership;
use crate::error::{Error, ErrorKind, Result, nearest};
use crate::knowledge::{bundled, folded};
use crate::limits;
use crate::report::escape;
use crate::status::{Action, Event, Names, State, Subject, status, subjects};
use crate::store::log;

use super::{Common, Ended, Files, run, say};

/// Arguments of `record`.
#[derive(Debug, Args)]
pub(super) struct Record {
    /// The partnership's folder with its common-ground.toml
    folder: PathBuf,
    /// The policy, by its topic ("behaviour") or title; "theme:ID" for what belongs to a theme and to no policy; may be left out with --done
    #[arg(required_unless_present_any = ["take_back", "done"], conflicts_with = "take_back")]
    policy: Option<String>,
    /// What happened; note: no new state, only a remark, an action, or one that is done
    #[arg(value_enum, required_unless_present_any = ["take_back", "done"])]
    state: Option<Reached>,
    /// For which school, by its id; repeatable; both if left out
    #[arg(long, value_name = "ID")]
    school: Vec<String>,
    /// By whom: "full governing body", "the headteachers"
    #[arg(long, value_name = "WHO")]
    by: String,
    /// The day on which it happened (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    on: Option<Date>,
    /// Where it is minuted
    #[arg(long, value_name = "REF", default_value = "")]
    minute: String,
    /// A remark
    #[arg(long, value_name = "TEXT", default_value = "")]
    comment: String,
    /// What is to be done next
    #[arg(long, value_name = "TEXT", requires_all = ["owner", "due"])]
    next: Option<String>,
    /// Who is to do it
    #[arg(long, value_name = "WHO", requires = "next")]
    owner: Option<String>,
    /// By which day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day, requires = "next")]
    due: Option<Date>,
    /// An action that is done, by the id of the event that asked for it; repeatable
    #[arg(long, value_name = "ID")]
    done: Vec<String>,
    /// The day from which an approved policy holds
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = super::day)]
    holds_from: Option<Date>,
    /// A plain sentence for parents: what changes for my child; repeatable
    #[arg(long, value_name = "SENTENCE")]
    for_parents: Vec<String>,
    /// Take back an event, by its id; say why with --comment
    #[arg(long, value_name = "ID", conflicts_with_all = ["school", "next", "done", "holds_from", "for_parents", "minute"])]
    take_back: Option<String>,
    #[command(flatten)]
    reading: Files,
    #[command(flatten)]
    pub(super) common: Common,
}

/// What can be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Reached {
    /// The two texts were put beside each other.
    Compared,
    /// There is a draft of a shared text.
    Drafted,
    /// Those who had to be asked were asked.
    Consulted,
    /// The governing body approved it.
    Approved,
    /// It is where people look for it.
    Published,
    /// A remark, an action, or one that is done.
    Note,
}

impl Record {
    /// Does the job.
    pub(super) fn run(&self) -> Result<Ended> {
        let partnership = run::settings_of(&self.folder)?;
        let (known, problems) = log::records::<Event>(&self.folder)?;
        for problem in &problems {
            say::error(problem, &self.common);
        }
        self.texts(&partnership)?;
        let today = self.common.today();
        let on = self.on.unwrap_or(today);
        if on > today {
            return Err(usage(
                "what has not happened yet cannot be recorded",
                "record what is to be done with --next, --owner and --due",
            ));
        }
        let event = match &self.take_back {
            Some(id) => self.taking_back(id, &known, on, today)?,
            None => self.happened(&partnership, &known, on, today)?,
        };
        let about = match (event.policy.as_str(), event.theme.as_str()) {
            ("", theme) => partnership
                .telling
                .themes
                .iter()
                .find(|t| t.id == theme)
                .map_or(theme, |t| &t.title)
                .to_owned(),
            (policy, _) => {
                bundled().topics().get(policy).map_or_else(|| policy.to_owned(), |t| t.title.clone())
            }
        };
        let what = match (event.state, &event.takes_back) {
            (_, Some(id)) => format!("{id} is taken back"),
            (Some(state), None) => state.name().to_owned(),
            (None, None) => "noted".to_owned(),
        };
        let names: Vec<&str> = partnership
            .schools
            .iter()
            .filter(|s| event.schools.contains(&s.id))
            .map(|s| s.name.as_str())
            .collect();
        let odd = self.odd(&partnership, &event, known)?;
        // The number in the log is set when it is written, and is part of the id.
        let (by, day) = (event.by.clone(), escape::date(on));
        let path = log::append(&self.folder, event)?;
        let (after, _) = log::records::<Event>(&self.folder)?;
        let id =
            after.iter().filter(|e| e.by == by).max_by_key(|e| e.number).map(Event::id).unwrap_or_default();
        let line = format!(
            "{about}: {what}, {day}, for {}. Recorded as {id} in {}.",
            names.join(" and "),
            path.display()
        );
        say::note(&escape::terminal(&line), &self.common);
        for line in &odd {
            say::note(&format!("note: {}", escape::terminal(line)), &self.common);
        }
        Ok(if problems.is_empty() { Ended::Well } else { Ended::Badly })
    }

    /// What of an event is worth a second look, in words: what comes before it is not on record, or parents would be told nothing.
    fn odd(&self, partnership: &Partnership, event: &Event, known: Vec<Event>) -> Result<Vec<String>> {
        let mut ignored = Vec::new();
        let baselines = super::set::baselines(&self.folder.join(super::set::BASELINES), &mut ignored)?;
        let told = known.iter().chain([event]).any(|e| e.policy == event.policy && !e.for_parents.is_empty());
        let adopted = baselines.iter().any(|b| b.topic == event.policy);
        let now = status(partnership, Vec::new(), known, &baselines, event.on);
        let policy = now.policy(&event.policy);
        let mut out = Vec::new();
        if event.state == Some(State::Published) {
            for (side, school) in partnership.schools.iter().enumerate() {
                let state = policy.and_then(|p| p.schools[side].state);
                if event.schools.contains(&school.id) && state < Some(State::Approved) {
                    let far = state.map_or("nothing", State::name);
                    out.push(format!(
                        "{} has no approval of it on record, only “{far}”; record “approved” too, or take this back with --take-back",
                        school.name
                    ));
                }
            }
        }
        if matches!(event.state, Some(State::Approved | State::Published)) && !told && !adopted {
            out.push(
                "no sentence for parents is recorded, so their page will say “Ask at the school what changes for your child.”; add some with --for-parents"
                    .into(),
            );
        }
        Ok(out)
    }

    fn happened(&self, partnership: &Partnership, known: &[Event], on: Date, today: Date) -> Result<Event> {
        let asked = self.asked(known)?;
        let (policy, theme) = match (self.policy.as_deref(), &asked) {
            (Some(written), _) => match written.strip_prefix("theme:") {
                Some(id) => (String::new(), partnership.telling.theme(id)?.id.clone()),
                None => (self.policy_of(written, known)?, String::new()),
            },
            (None, Some(asked)) => (asked.policy.clone(), asked.theme.clone()),
            (None, None) => (String::new(), String::new()),
        };
        let state = match self.state {
            Some(Reached::Compared) => Some(State::Compared),
            Some(Reached::Drafted) => Some(State::Drafted),
            Some(Reached::Consulted) => Some(State::Consulted),
            Some(Reached::Approved) => Some(State::Approved),
            Some(Reached::Published) => Some(State::Published),
            Some(Reached::Note) | None => None,
        };
        if policy.is_empty() && (state.is_some() || self.holds_from.is_some() || !self.for_parents.is_empty())
        {
            return Err(usage(
                "a theme has no states of its own",
                "record a note or an action for it: theme:ID note",
            ));
        }
        if self.holds_from.is_some() && !matches!(state, Some(State::Approved | State::Published)) {
            return Err(usage(
                "only what is approved holds from a day",
                "add --holds-from to the event “approved”",
            ));
        }
        if state.is_none()
            && self.comment.trim().is_empty()
            && self.next.is_none()
            && self.done.is_empty()
            && self.for_parents.is_empty()
        {
            return Err(usage("the note says nothing", "add --comment, --next, --done or --for-parents"));
        }
        let next = match (&self.next, &self.owner, self.due) {
            (Some(what), Some(owner), Some(due)) if !what.trim().is_empty() && !owner.trim().is_empty() => {
                Some(Action { what: what.trim().to_owned(), owner: owner.trim().to_owned(), due })
            }
            (None, ..) => None,
            _ => {
                return Err(usage(
                    "an action needs words, an owner and a day",
                    "add --next, --owner and --due",
                ));
            }
        };
        let schools = match asked.filter(|_| self.policy.is_none() && self.school.is_empty()) {
            Some(asked) => asked.schools.clone(),
            None => self.schools(partnership)?,
        };
        Ok(Event {
            on,
            recorded: today,
            number: 0,
            by: self.by.trim().to_owned(),
            policy,
            theme,
            schools,
            state,
            minute: self.minute.trim().to_owned(),
            comment: self.comment.trim().to_owned(),
            holds_from: self.holds_from,
            for_parents: self.for_parents.iter().map(|l| l.trim().to_owned()).collect(),
            next,
            done: self.done.clone(),
            takes_back: None,
        })
    }

    /// The event whose action is done; several have to be of one policy or theme, unless that is named.
    fn asked<'e>(&self, known: &'e [Event]) -> Result<Option<&'e Event>> {
        let mut first: Option<&Event> = None;
        for id in &self.done {
            let Some(asked) = known.iter().find(|e| e.id() == *id && e.next.is_some()) else {
                return Err(usage(
                    &format!("there is no action of an event “{id}”"),
                    "`common-ground status` lists the open actions with their ids",
                ));
            };
            let other = |f: &Event| (&f.policy, &f.theme) != (&asked.policy, &asked.theme);
            if self.policy.is_none() && first.is_some_and(other) {
                return Err(usage(
                    "these actions belong to different policies or priorities",
                    "record each with a command of its own",
                ));
            }
            first.get_or_insert(asked);
        }
        Ok(first)
    }

    fn taking_back(&self, id: &str, known: &[Event], on: Date, today: Date) -> Result<Event> {
        if id.starts_with("adopted-") {
            return Err(usage(
                "an adopted text is no record",
                "it is taken back where it lies: move its file out of the folder “baselines”",
            ));
        }
        let Some(event) = known.iter().find(|e| e.id() == id) else {
            return Err(usage(
                &format!("there is no event “{id}”"),
                "`common-ground status` lists all events with their ids",
            ));
        };
        if event.takes_back.is_some() {
            return Err(usage(
                &format!("“{id}” takes back another event itself"),
                "record anew what was wrongly taken back",
            ));
        }
        if event.by != self.by.trim() && self.comment.trim().is_empty() {
            return Err(usage(
                &format!("“{id}” was recorded by {}, not by {}", event.by, self.by.trim()),
                "say with --comment why it is taken back",
            ));
        }
        if known.iter().any(|e| e.takes_back.as_deref() == Some(id)) {
            return Err(usage(&format!("“{id}” was taken back already"), "nothing was recorded"));
        }
        Ok(Event {
            on,
            recorded: today,
            number: 0,
            by: self.by.trim().to_owned(),
            state: None,
            minute: String::new(),
            comment: self.comment.trim().to_owned(),
            holds_from: None,
            for_parents: Vec::new(),
            next: None,
            done: Vec::new(),
            takes_back: Some(id.to_owned()),
            ..event.clone()
        })
    }

    /// Nothing empty that must not be, nothing too long, nothing for parents that names somebody.
    fn texts(&self, partnership: &Partnership) -> Result<()> {
        if self.by.trim().is_empty() {
            return Err(usage("an event needs a name", "say by whom it was done with --by"));
        }
        let fields = [&self.by, &self.minute, &self.comment]
            .into_iter()
            .chain(&self.next)
            .chain(&self.owner)
            .chain(&self.for_parents);
        for text in fields {
            let found = text.chars().count() as u64;
            if found > limits::EVENT_CHARS {
                let over = Error::over("characters in one text of an event", found, limits::EVENT_CHARS);
                return Err(over.hint("keep it short; the minutes hold the rest"));
            }
        }
        let mut names = Names::default();
        partnership.schools.iter().for_each(|s| names.allow(&s.name));
        names.allow(&partnership.name);
        for line in &self.for_parents {
            if line.trim().is_empty() {
                return Err(usage(
                    "there is a sentence for parents without words",
                    "leave --for-parents out",
                ));
            }
            if let Some(why) = names.forbid(line) {
                return Err(usage(
                    &format!("“{line}” is for everybody to read, and seems to hold a {why}"),
                    "say it without names, numbers to call and addresses",
                ));
            }
        }
        Ok(())
    }

    fn schools(&self, partnership: &Partnership) -> Result<Vec<String>> {
        let ids = partnership.schools.each_ref().map(|s| s.id.as_str());
        if let Some(unknown) = self.school.iter().find(|s| !ids.contains(&s.as_str())) {
            let near = nearest(unknown, &ids).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
            return Err(usage(
                &format!("there is no school “{unknown}”{near}"),
                &format!("the schools are {} and {}", ids[0], ids[1]),
            ));
        }
        let wanted = |id: &&str| self.school.is_empty() || self.school.iter().any(|s| s == id);
        Ok(ids.into_iter().filter(wanted).map(str::to_owned).collect())
    }

    /// The key of a policy: of a known topic at once; otherwise of one that was recorded, adopted or that both schools have.
    fn policy_of(&self, written: &str, known: &[Event]) -> Result<String> {
        let topics = bundled().topics().all();
        let same = |title: &str| folded(title) == folded(written);
        if let Some(topic) = topics.iter().find(|t| t.id == written || same(&t.title)) {
            return Ok(topic.id.clone());
        }
        if let Some(event) = known.iter().find(|e| e.policy == written) {
            return Ok(event.policy.clone());
        }
        let inputs = run::inputs(&self.folder, None)?;
        let partnership = inputs.partnership.clone();
        let (documents, _) = self.common.with_jobs(|| run::documents(inputs, &self.reading, &self.common))?;
        let register = crate::pair::pair(&documents, &partnership, bundled());
        let mut ignored = Vec::new();
        let adopted = super::set::baselines(&self.folder.join(super::set::BASELINES), &mut ignored)?;
        let both: Vec<Subject> = subjects(&register, &documents);
        if let Some(subject) = both.iter().find(|s| s.key == written || same(&s.title)) {
            return Ok(subject.key.clone());
        }
        if let Some(baseline) = adopted.iter().find(|b| b.topic == written || same(&b.title)) {
            return Ok(baseline.topic.clone());
        }
        let names: Vec<&str> =
            topics.iter().map(|t| t.id.as_str()).chain(both.iter().map(|s| s.key.as_str())).collect();
        let near = nearest(written, &names).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
        Err(usage(
            &format!("there is no policy “{written}”{near}"),
            "`common-ground status` lists the policies; what belongs to a theme is written theme:ID",
        ))
    }
}

fn usage(message: &str, hint: &str) -> Error {
    Error::new(ErrorKind::Usage, message).hint(hint)
}
