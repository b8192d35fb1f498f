//! `common-ground explain`: what a kind of difference means.

use clap::Args;

use crate::compare::{RULES, Rule};
use crate::error::{Error, ErrorKind, Result};

use super::{Common, Ended, say};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A kind ("time_limit") or the id of a difference ("time-limit-3fa94c21b7"); all kinds if left out
    id: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Explain {
    /// Says what it means.
    pub(super) fn run(&self) -> Result<Ended> {
        let Some(id) = &self.id else {
            let all: Vec<String> =
                RULES.iter().map(|r| format!("{:18} {}\n", name(*r), r.summary())).collect();
            say::out(all.concat().as_bytes())?;
            return Ok(Ended::Well);
        };
        let wanted = id.replace('-', "_");
        let rule =
            RULES.iter().find(|r| wanted == name(**r) || wanted.starts_with(&format!("{}_", name(**r))));
        let rule = rule.ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("there is no kind of difference “{id}”"))
                .hint("`common-ground explain` lists all kinds")
        })?;
        say::out(text(*rule).as_bytes())?;
        Ok(Ended::Well)
    }
}

fn name(rule: &dyn Rule) -> String {
    let value = serde_json::to_value(rule.kind()).ok();
    value.as_ref().and_then(|v| v.as_str()).unwrap_or("").to_owned()
}

fn text(rule: &dyn Rule) -> String {
    let kind = rule.kind();
    let weight = serde_json::to_value(kind.weight()).ok();
    let weight = weight.as_ref().and_then(|v| v.as_str()).unwrap_or("").to_owned();
    let (a, b) = rule.example();
    let mut out = format!(
        "{} ({})\nWeight: {weight}\n\n{}\n\nOne school says:   {a}\n",
        name(rule),
        kind.name(),
        rule.summary()
    );
    if !b.is_empty() {
        out.push_str(&format!("The other says:    {b}\n"));
    }
    out
}
