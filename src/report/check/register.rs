//! The register for other programs: CSV (RFC 4180, safe for spreadsheets), JSON, and the review dates as a calendar (RFC 5545).

use serde_json::{Value, json};

use crate::check::Setting;
use crate::check::register::{Row, Status};
use crate::report::Page;
use crate::report::escape::{csv_line, visible};
use crate::report::layout::pretty;

/// The register as CSV, both schools beside each other.
pub fn register_csv(setting: &Setting, rows: &[Row]) -> Page {
    let mut header: Vec<String> = vec!["id".into(), "policy".into()];
    for school in setting.schools {
        for column in [
            "status",
            "file",
            "approved on",
            "approved by",
            "review from",
            "review to",
            "reckoned",
            "approver",
            "website",
            "default from",
        ] {
            header.push(format!("{}: {column}", school.name));
        }
    }
    let mut out = csv_line(&header);
    for row in rows {
        let mut cells = vec![row.duty.id.clone(), row.duty.title.clone()];
        for e in &row.schools {
            cells.extend([
                e.status.name().to_owned(),
                e.path.clone().unwrap_or_default(),
                e.approved_on.as_ref().map_or_else(String::new, |d| d.text.clone()),
                e.approved_by.clone().unwrap_or_default(),
                e.due.as_ref().map_or_else(String::new, |d| d.from.to_string()),
                e.due.as_ref().map_or_else(String::new, |d| d.to.to_string()),
                e.due.as_ref().map_or_else(String::new, |d| d.because.clone()),
                e.approver.what.clone(),
                e.website.what.clone(),
                e.approver.source.clone(),
            ]);
        }
        out.push_str(&csv_line(&cells));
    }
    Page { path: "register.csv".into(), bytes: out.into_bytes() }
}

/// The register as JSON of `schema` 1.
pub fn register_json(setting: &Setting, rows: &[Row]) -> Page {
    let duties: Vec<Value> = rows
        .iter()
        .map(|row| {
            let schools: Vec<Value> = row
                .schools
                .iter()
                .map(|e| {
                    json!({
                        "school": e.school, "status": e.status, "applies": e.applies, "path": e.path,
                        "approved_on": e.approved_on, "approved_by": e.approved_by, "due": e.due,
                        "approver": e.approver, "website": e.website,
                    })
                })
                .collect();
            json!({
                "id": row.duty.id, "title": row.duty.title, "topic": row.duty.topic, "kind": row.duty.kind,
                "review": row.duty.review, "review_months": row.duty.review_months, "note": row.duty.note,
                "confidence": row.duty.confidence, "source": row.duty.source, "source_date": row.duty.source_date,
                "schools": schools,
            })
        })
        .collect();
    let out = json!({
        "schema": 1,
        "tool": {"name": "common-ground", "version": env!("CARGO_PKG_VERSION")},
        "rules_as_at": setting.knowledge.as_at,
        "today": setting.today.to_string(),
        "duties": duties,
    });
    Page { path: "register.json".into(), bytes: pretty(&out) }
}

/// The review dates as a calendar: one event on the last day of each review that is not in the past, one to-do's worth of words in it.
pub fn calendar(setting: &Setting, rows: &[Row]) -> Page {
    let stamp = format!("{}T000000Z", setting.today.strftime("%Y%m%d"));
    let mut out = String::new();
    let mut put = |text: &str| out.push_str(&folded(text));
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put("PRODID:-//Common Ground//Register of policies//EN");
    put("CALSCALE:GREGORIAN");
    for row in rows {
        for entry in &row.schools {
            let Some(due) = &entry.due else { continue };
            let school =
                setting.schools.iter().find(|s| s.id == entry.school).map_or("", |s| s.name.as_str());
            let after = due.to.tomorrow().unwrap_or(due.to);
            let overdue = if entry.status == Status::Overdue { "Overdue: " } else { "" };
            put("BEGIN:VEVENT");
            put(&format!("UID:{}-{}@common-ground.invalid", row.duty.id, entry.school));
            put(&format!("DTSTAMP:{stamp}"));
            put(&format!("DTSTART;VALUE=DATE:{}", due.to.strftime("%Y%m%d")));
            put(&format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")));
            put(&format!("SUMMARY:{}", value(&format!("{overdue}{}: review {}", school, row.duty.title))));
            let told = format!(
                "{}\nFrom {} to {}: {}.\nApproved by: {} ({})",
                entry.path.as_deref().unwrap_or(""),
                due.from,
                due.to,
                due.because,
                entry.approver.what,
                entry.approver.source
            );
            put(&format!("DESCRIPTION:{}", value(&told)));
            put("TRANSP:TRANSPARENT");
            put("END:VEVENT");
        }
    }
    put("END:VCALENDAR");
    Page { path: "register.ics".into(), bytes: out.into_bytes() }
}

/// A text value (RFC 5545, 3.3.11).
fn value(text: &str) -> String {
    let shown = text.split('\n').map(|l| visible(l).into_owned()).collect::<Vec<_>>().join("\n");
    shown.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A content line, folded so that none has more than 75 bytes (RFC 5545, 3.1), ended by CR LF.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
    out
}
