//! The page of `common-ground check`: what is wrong, file by file, errors first.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::check::{CHECKS, Finding, Severity, State};
use crate::report::Checked;

use super::passage::Shown;
use super::{counted, framed};

/// All findings on one page.
pub(super) fn page(checked: &Checked) -> Markup {
    let setting = &checked.setting;
    let open: Vec<&Finding> = checked.findings.iter().filter(|f| f.state == State::Open).collect();
    let aside: Vec<&Finding> = checked.findings.iter().filter(|f| f.state != State::Open).collect();
    let mut by_path: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &open {
        by_path.entry(finding.path.as_str()).or_default().push(finding);
    }
    let mut files: Vec<(&str, Vec<&Finding>)> = by_path.into_iter().collect();
    let errors = |f: &[&Finding]| f.iter().filter(|f| f.severity == Severity::Error).count();
    files.sort_by_key(|(path, f)| (std::cmp::Reverse(errors(f)), *path));
    let content = html! {
        h1 { (Shown(&setting.partnership.name)) ": what needs putting right" }
        p class="lead" {
            (counted(setting.register.in_force().len(), "policy was checked", "policies were checked")) ": "
            strong { (counted(checked.open(Severity::Error), "error", "errors")) }
            ", " (counted(checked.open(Severity::Warning), "warning", "warnings")) "."
            @if !aside.is_empty() { " " (counted(aside.len(), "more is allowed or was known before.", "more are allowed or were known before.")) }
        }
        @if open.is_empty() { p { "Nothing needs putting right." } }
        @if !checked.problems.is_empty() {
            section aria-labelledby="problems" {
                h2 id="problems" { "Could not be done" }
                ul class="plain" {
                    @for p in checked.problems { li { (Shown(&p.to_string())) @if let Some(hint) = &p.hint { ". What to do: " (Shown(hint)) } } }
                }
            }
        }
        @if !open.is_empty() { (by_check(&open)) }
        @for (path, mut findings) in files {
            section {
                h2 { bdi { @if path.is_empty() { "The facts" } @else { (Shown(path)) } } }
                ({ findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.place)); "" })
                ul class="findings" { @for finding in &findings { (one(finding)) } }
            }
        }
        @if !aside.is_empty() {
            section aria-labelledby="aside" {
                h2 id="aside" { "Allowed, or known before" }
                ul class="findings" { @for finding in &aside { (one(finding)) } }
            }
        }
    };
    let title = format!("{}: what needs putting right", setting.partnership.name);
    framed((setting.today, &setting.knowledge.as_at), &title, None, None, &content)
}

/// How many findings each check has.
fn by_check(open: &[&Finding]) -> Markup {
    html! {
        section aria-labelledby="checks" {
            h2 id="checks" { "At a glance" }
            ul class="plain" {
                @for check in CHECKS {
                    @let count = open.iter().filter(|f| f.rule == check.id()).count();
                    @if count > 0 { li { strong { (count) } " × " (check.summary()) } }
                }
            }
        }
    }
}

fn one(finding: &Finding) -> Markup {
    let (class, word) = match finding.severity {
        Severity::Error => ("error", "Error"),
        Severity::Warning => ("warning", "Warning"),
        Severity::Note => ("note", "Note"),
    };
    let why = CHECKS.iter().find(|c| c.id() == finding.rule).map_or("", |c| c.why());
    html! {
        li class={ "finding " (class) } {
            p { span class="kind" { (word) } " " strong { bdi { (Shown(&finding.says)) } } }
            @if !finding.r#where.is_empty() { p class="where" { bdi { (Shown(&finding.r#where)) } } }
            @match &finding.adopted {
                Some(adopted) => {
                    dl {
                        dt { "Adopted" } dd { bdi { "“" (Shown(adopted)) "”" } }
                        dt { "Now" } dd { @if finding.quote.is_empty() { "not there" } @else { bdi { "“" (Shown(&finding.quote)) "”" } } }
                    }
                }
                None => {
                    @if !finding.quote.is_empty() && !finding.says.contains(&finding.quote) { p { bdi { "“" (Shown(&finding.quote)) "”" } } }
                }
            }
            p { (why) " " strong { "What to do: " } (Shown(&finding.todo)) }
            @if let State::Allowed { because } = &finding.state { p { strong { "Allowed: " } bdi { (Shown(because)) } } }
            @if finding.state == State::Known { p { "It was there before." } }
            p class="where" {
                @if !finding.source.is_empty() { "Source: " bdi { (Shown(&finding.source)) } " · " }
                code { (finding.id) }
            }
        }
    }
}
