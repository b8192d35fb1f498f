//! Which statutory topics each school has on paper, approved by whom, and when each is due: the setting in, a table out.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::{Dated, School};
use crate::knowledge::Duty;
use crate::knowledge::statutory::Applies;

use super::Setting;

/// One duty with what each school has.
#[derive(Clone, Debug)]
pub struct Row<'c> {
    /// The duty.
    pub duty: &'c Duty,
    /// One entry per school.
    pub schools: Vec<Entry>,
}

/// What one school has.
#[derive(Clone, Debug)]
pub struct Entry {
    /// [`School::id`].
    pub school: String,
    /// Whether it has to have it.
    pub applies: Applies,
    /// Index of its document; none if there is none.
    pub document: Option<usize>,
    /// Path of that document from the partnership's folder.
    pub path: Option<String>,
    /// When it was approved.
    pub approved_on: Option<Dated>,
    /// Who approved it, as the document says.
    pub approved_by: Option<String>,
    /// When it is due for review: first and last day.
    pub due: Option<Due>,
    /// Who should approve it.
    pub approver: Told,
    /// Whether it stands on the website: "must", "should", "useful", "no".
    pub website: Told,
    /// How it stands.
    pub status: Status,
}

/// A day or stretch of days, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Due {
    /// First day.
    pub from: Date,
    /// Last day; it is overdue after it.
    pub to: Date,
    /// "the policy says so", or how it was reckoned.
    pub because: String,
}

/// A default of the bundled facts, or what the partnership says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    /// What.
    pub what: String,
    /// "common-ground.toml", or the source of the default with its date.
    pub source: String,
}

/// How a duty stands with one school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The last day for its review has passed.
    Overdue,
    /// It has to be there and is not.
    Missing,
    /// Its review falls in the next three months.
    DueSoon,
    /// It is there, but says no date that a review could be reckoned from.
    NoDate,
    /// It is there and not due.
    InOrder,
    /// It is kept elsewhere: a record, a web page.
    Elsewhere,
    /// It does not apply, or only where something is used.
    NotNeeded,
}

impl Status {
    /// In plain words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Missing => "not found",
            Self::DueSoon => "due soon",
            Self::NoDate => "no date",
            Self::InOrder => "in order",
            Self::Elsewhere => "kept elsewhere",
            Self::NotNeeded => "not needed",
        }
    }
}

/// Days ahead that count as soon: a term's worth of notice for a committee.
const SOON_DAYS: i64 = 92;

/// The table, one row a duty, in the order of the facts.
pub fn register<'c>(setting: &Setting<'c>) -> Vec<Row<'c>> {
    let duties = setting.knowledge.statutory().all();
    duties
        .iter()
        .map(|duty| Row { duty, schools: setting.schools.iter().map(|s| entry(setting, duty, s)).collect() })
        .collect()
}

fn entry(setting: &Setting, duty: &Duty, school: &School) -> Entry {
    let own: Vec<_> = setting
        .partnership
        .duties
        .iter()
        .filter(|d| d.id == duty.id && (d.school.is_empty() || d.school == school.id))
        .collect();
    let academy = school.kind.eq_ignore_ascii_case("academy");
    let applies = match own.iter().find_map(|d| d.applies) {
        Some(true) => Applies::Yes,
        Some(false) => Applies::No,
        None => duty.applies[usize::from(academy)],
    };
    let told = |mine: Option<String>, default: &str| match mine {
        Some(what) => Told { what, source: "common-ground.toml".into() },
        None => Told {
            what: default.to_owned(),
            source: format!("default; {} ({})", duty.source, duty.source_date),
        },
    };
    let document = duty.topic.as_ref().and_then(|topic| {
        setting.register.in_force().into_iter().find(|d| {
            setting.register.topics.get(*d).and_then(Option::as_ref) == Some(topic)
                && setting.documents.get(*d).is_some_and(|x| x.school == school.id)
        })
    });
    let front = document.and_then(|d| setting.documents.get(d)).map(|d| &d.front_matter);
    let approved_on = front.and_then(|f| f.approved_on.clone().or_else(|| f.last_review.clone()));
    let months = own.iter().find_map(|d| d.review_months).or(duty.review_months);
    let due = front.and_then(|f| due(f.review_due.as_ref(), approved_on.as_ref(), months));
    let needed = match applies {
        Applies::Yes => true,
        Applies::EarlyYears => school.phases.iter().any(|p| p.eq_ignore_ascii_case("eyfs")),
        Applies::Secondary | Applies::Maybe | Applies::No => false,
    };
    let status = match (document, &due) {
        (Some(_), Some(due)) if due.to < setting.today => Status::Overdue,
        (Some(_), Some(due)) if is_soon(due, setting.today) => Status::DueSoon,
        (Some(_), Some(_)) => Status::InOrder,
        (Some(_), None) => Status::NoDate,
        (None, _) if !needed => Status::NotNeeded,
        (None, _) if duty.topic.is_none() => Status::Elsewhere,
        (None, _) => Status::Missing,
    };
    Entry {
        school: school.id.clone(),
        applies,
        document,
        path: document.map(|d| setting.path(d)),
        approved_by: front.and_then(|f| f.approved_by.clone()),
        approved_on,
        due,
        approver: told(own.iter().find_map(|d| d.approver.clone()), &duty.approver),
        website: told(own.iter().find_map(|d| d.website.clone()), &duty.website),
        status,
    }
}

fn is_soon(due: &Due, today: Date) -> bool {
    today.checked_add(SOON_DAYS.days()).is_ok_and(|limit| due.from <= limit)
}

/// The review date that the policy names, or its approval and the usual interval.
fn due(named: Option<&Dated>, approved: Option<&Dated>, months: Option<i32>) -> Option<Due> {
    if let Some((from, to)) = named.and_then(|d| d.from.zip(d.to)) {
        return Some(Due { from, to, because: "the policy names this date".into() });
    }
    let months = months?;
    let (from, to) = approved.and_then(|d| d.from.zip(d.to))?;
    let later = |d: Date| d.checked_add(months.months()).ok();
    Some(Due {
        from: later(from)?,
        to: later(to)?,
        because: format!("reckoned: approved “{}”, reviewed every {months} months", approved?.text),
    })
}
