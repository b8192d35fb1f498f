//! What schools in England have to have on paper: a table of duties in, what applies to a school out.

/// One policy, statement or register that law or statutory guidance asks for.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Short id: "child-protection".
    pub id: String,
    /// As the lists call it.
    pub title: String,
    /// The topic of the policy that answers it, as [`super::Topics`] has it; none if a record or a web page does.
    pub topic: Option<String>,
    /// "policy", "statement", "register" …
    pub kind: String,
    /// Whether a maintained school, and an academy, has to have it.
    pub applies: [Applies; 2],
    /// How often it is looked at again, in the list's words.
    pub review: String,
    /// The same in months; none if it is kept up all the time.
    pub review_months: Option<i32>,
    /// Who approves it, as the lists last had it.
    pub approver: String,
    /// "must", "should", "useful", "no": whether it stands on the school's website.
    pub website: String,
    /// What to know about it.
    pub note: String,
    /// "V" read at the source, "K" generally known, "S" from a secondary source.
    pub confidence: String,
    /// Where this can be read.
    pub source: String,
    /// Of when the source is, as written.
    pub source_date: String,
}

/// Whether a duty applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    /// To every school of the kind.
    Yes,
    /// To schools with early years children.
    EarlyYears,
    /// To secondary schools.
    Secondary,
    /// Only where the thing is used or the list is not plain.
    Maybe,
    /// Not.
    No,
}

/// All duties.
#[derive(Debug)]
pub struct Statutory {
    all: Vec<Duty>,
}

impl Statutory {
    pub(super) fn parse(rows: Vec<[String; 14]>) -> Self {
        let applies = |text: &str| match text {
            "yes" => Applies::Yes,
            "eyfs" => Applies::EarlyYears,
            "secondary" => Applies::Secondary,
            "no" => Applies::No,
            _ => Applies::Maybe,
        };
        let all = rows
            .into_iter()
            .map(|[id, title, topic, kind, maintained, academy, rest @ ..]| {
                let [review, months, approver, website, note, confidence, source, source_date] = rest;
                Duty {
                    id,
                    title,
                    topic: (!topic.is_empty()).then_some(topic),
                    kind,
                    applies: [applies(&maintained), applies(&academy)],
                    review,
                    review_months: months.parse().ok().filter(|m| *m > 0),
                    approver,
                    website,
                    note,
                    confidence,
                    source,
                    source_date,
                }
            })
            .collect();
        Self { all }
    }

    /// All duties in the order of the table.
    pub fn all(&self) -> &[Duty] {
        &self.all
    }
    /// The duty that a policy on this topic answers.
    pub fn of_topic(&self, topic: &str) -> Option<&Duty> {
        self.all.iter().find(|d| d.topic.as_deref() == Some(topic))
    }
}

impl Duty {
    /// Of when the source is, a day in words.
    pub fn source_day(&self) -> String {
        let day = self.source_date.parse::<jiff::civil::Date>();
        day.map_or_else(|_| self.source_date.clone(), crate::document::date::in_words)
    }

    /// Whether the list gives its approval to the governors: all but what is the headteacher's own.
    pub fn governors(&self) -> bool {
        !super::folded(&self.approver).starts_with("head")
    }
}
