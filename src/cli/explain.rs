//! `common-ground explain`: what a kind of difference means.

use clap::Args;

use crate::check::{CHECKS, Check};
use crate::compare::{RULES, Rule};
use crate::error::{Error, ErrorKind, Result};
use crate::knowledge::bundled;
use crate::knowledge::wording::Apart;

use super::{Common, Ended, say};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A kind of difference, a check, or the id of either ("time_limit", "gap-3fa94c21b7"); "checks" lists all checks, "wording" what pulls apart for `ethos`; all kinds if left out
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
        if id == "checks" {
            let all: Vec<String> =
                CHECKS.iter().map(|c| format!("{:18} {}\n", c.id(), c.summary())).collect();
            say::out(all.concat().as_bytes())?;
            return Ok(Ended::Well);
        }
        if id == "wording" {
            let themes = &bundled().wording().apart;
            let all: Vec<String> = themes.iter().map(|t| format!("{:18} {}\n", t.id, t.title)).collect();
            say::out(all.concat().as_bytes())?;
            return Ok(Ended::Well);
        }
        let wanted = id.replace('-', "_");
        let rule =
            RULES.iter().find(|r| wanted == name(**r) || wanted.starts_with(&format!("{}_", name(**r))));
        let of = |c: &&&dyn Check| wanted == c.id() || wanted.starts_with(&format!("{}_", c.id()));
        let check = CHECKS.iter().filter(of).max_by_key(|c| c.id().len());
        // A kind and a check may have one name; then both are said.
        let parts: Vec<String> =
            rule.map(|r| text(*r)).into_iter().chain(check.map(|c| of_check(*c))).collect();
        let theme = bundled().wording().theme(id).map(of_theme);
        let parts: Vec<String> = parts.into_iter().chain(theme).collect();
        if parts.is_empty() {
            return Err(Error::new(
                ErrorKind::Usage,
                format!("there is no kind of difference or check “{id}”"),
            )
            .hint("`common-ground explain` lists all kinds, `common-ground explain checks` all checks, `common-ground explain wording` what `ethos` looks for"));
        }
        say::out(parts.join("\n").as_bytes())?;
        Ok(Ended::Well)
    }
}

fn of_check(check: &dyn Check) -> String {
    let (hit, miss) = check.example();
    let severity = serde_json::to_value(check.severity()).ok();
    format!(
        "{} (common-ground check)\nSeverity: {}\n\n{} {}\nWhat to do: {}\nSource: {}.\n\nFound:        {hit}\nNot found:    {miss}\n",
        check.id(),
        severity.as_ref().and_then(|s| s.as_str()).unwrap_or(""),
        check.summary(),
        check.why(),
        check.action(),
        check.source()
    )
}

fn of_theme(theme: &Apart) -> String {
    let [one, other, not] = &theme.words;
    let mut out = format!(
        "{} (common-ground ethos)\n\n{}: {} or {}?\nTo talk about: {}\n\n{}: {}\n{}: {}\n",
        theme.id,
        theme.title,
        theme.ways[0],
        theme.ways[1],
        theme.ask,
        theme.ways[0],
        one.join(", "),
        theme.ways[1],
        other.join(", ")
    );
    for (name, words) in [("Passed over", not.join(", ")), ("Source", theme.source.clone())] {
        if !words.is_empty() {
            out.push_str(&format!("{name}: {words}\n"));
        }
    }
    out
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
        "{} ({})\nWeight: {weight}\n\n{}\nWhy it matters: {}\nSource: {}.\n\nOne school says:   {a}\n",
        name(rule),
        kind.name(),
        rule.summary(),
        rule.why(),
        rule.source()
    );
    if !b.is_empty() {
        out.push_str(&format!("The other says:    {b}\n"));
    }
    for (title, pairs) in [("Told apart", rule.apart()), ("Not told apart", rule.alike())] {
        if !pairs.is_empty() {
            out.push_str(&format!("\n{title}:\n"));
        }
        for (a, b) in pairs {
            let other = if b.is_empty() { "(nothing)" } else { b };
            out.push_str(&format!("  {a} | {other}\n"));
        }
    }
    out
}
