//! What the pack asks of governors: of the right people, and nothing that was decided already.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::pack::{element, text};
use crate::program::{copied, run};
use crate::status::schools;

/// Runs `pack` on a day, and gives what it said and the page.
fn packed(folder: &Path, today: &str) -> (String, String) {
    let out = tempfile::tempdir().unwrap();
    let (from, to) = (folder.to_str().unwrap(), out.path().to_str().unwrap());
    let ran = run(&["pack", from, "--today", today, "--format", "html", "--out", to], Path::new("."));
    assert_eq!(ran.code, 0, "{}", ran.err);
    (ran.err, fs::read_to_string(out.path().join("pack.html")).unwrap())
}

fn sample(today: &str) -> (String, String) {
    packed(Path::new("policies"), today)
}

/// The page of one school on one policy, by the heading's words, as text.
fn page_of(page: &str, heading: &str) -> String {
    let at = page.find(&format!("{heading}</h3>")).unwrap_or_else(|| panic!("no page {heading}"));
    let rest = &page[at..];
    text(&rest[..rest.find("Evidence: ").unwrap()])
}

fn compared(folder: &Path) -> Value {
    let folder = folder.to_str().unwrap();
    let ran = run(&["compare", folder, "--format", "json", "--out", "-", "--quiet"], Path::new("."));
    serde_json::from_str(&ran.out).unwrap()
}

fn pair<'v>(results: &'v Value, topic: &str) -> &'v Value {
    results["pairs"].as_array().unwrap().iter().find(|p| p["topic"] == topic).unwrap()
}

#[test]
fn pack_asks_whom_the_register_and_the_comparison_name() {
    let (_, page) = sample("2026-11-24");
    let safeguarding = page_of(&page, "Safeguarding and child protection: Thistlemere Junior School");
    assert!(safeguarding.contains("The governors: whether the policy is shared"), "{safeguarding}");
    assert!(safeguarding.contains("names who approves it: governing body."), "{safeguarding}");
    assert!(safeguarding.contains("compare against the model first"), "{safeguarding}");
    assert!(!safeguarding.contains("Nothing reserves"), "{safeguarding}");
    let results = compared(Path::new("policies"));
    let decided = &pair(&results, "safeguarding")["decided_by"];
    assert_eq!(decided["who"], "both governing bodies, on the headteachers' advice");
    let differences = pair(&results, "safeguarding")["differences"].as_array().unwrap();
    let who: Vec<&Value> =
        differences.iter().filter(|d| d["weight"] == "decide").map(|d| &d["who_decides"]).collect();
    assert!(!who.is_empty() && who.iter().all(|w| **w == decided["who"]), "{who:?}");
    // What a school's own governors decided about it wins.
    let home = copied();
    let settings = home.path().join("common-ground.toml");
    let own = "\n[[duty]]\nid = \"child-protection\"\nschool = \"junior\"\napprover = \"the headteacher\"\n";
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + own).unwrap();
    let settled = compared(home.path());
    let decided = &pair(&settled, "safeguarding")["decided_by"];
    assert_eq!(
        decided["who"],
        "the governing body of Thistlemere Infant School and the headteacher of Thistlemere Junior School"
    );
    assert_eq!(decided["source"], "common-ground.toml");
}

#[test]
fn pack_asks_nothing_of_what_both_schools_approved() {
    let (said, page) = sample("2026-11-24");
    assert!(
        said.contains("20 policies in the pack: 18 to decide, 2 approved by both schools already."),
        "{said}"
    );
    let bullying = page_of(&page, "Anti-bullying: Thistlemere Infant School");
    assert!(bullying.contains("Nothing is asked"), "{bullying}");
    assert!(
        bullying
            .contains("approved 6 October 2026 by full governing body (infant governors, 6 October, item 5)"),
        "{bullying}"
    );
    assert!(bullying.contains("consulted 16 September 2026"), "{bullying}");
    assert!(!bullying.contains("should our school") && !bullying.contains("signed"), "{bullying}");
    let (_, register) = element(&page, "register-table");
    assert_eq!(register.matches("nothing: both schools have approved it").count(), 2);
    // Between the two approvals one school has decided and the other has not.
    let (said, page) = sample("2026-10-10");
    assert!(said.contains("19 to decide, 1 approved by both schools already."), "{said}");
    let ours = page_of(&page, "Anti-bullying: Thistlemere Infant School");
    assert!(ours.contains("The decision of Thistlemere Junior School is still open"), "{ours}");
    assert!(page_of(&page, "Anti-bullying: Thistlemere Junior School").contains("should our school"));
    let (said, _) = sample("2026-06-01");
    assert!(said.contains("20 policies in the pack: 20 to decide."), "{said}");
}

#[test]
fn pack_asks_less_where_points_are_decided() {
    let home = copied();
    let results = compared(home.path());
    let all = pair(&results, "charging")["differences"].as_array().unwrap();
    let both = all.iter().filter(|d| d["weight"] == "decide" && !d["a"].is_null() && !d["b"].is_null());
    let folder = home.path().to_str().unwrap();
    let mut says = Vec::new();
    for (at, difference) in both.enumerate() {
        let id = difference["id"].as_str().unwrap();
        let ran = run(&["decide", folder, id, "--take", "a", "--by", "Heads"], Path::new("."));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let (_, page) = packed(home.path(), "2027-01-31");
        let ours = page_of(&page, "Charging and remissions: Thistlemere Infant School");
        says.push(ours.contains("decided already)") && ours.contains("points"));
        assert_eq!(says.len(), at + 1);
    }
    assert!(says.len() > 2 && says.last() == Some(&true), "{says:?}");
    let (_, page) = packed(home.path(), "2027-01-31");
    let ours = page_of(&page, "Charging and remissions: Thistlemere Infant School");
    assert!(ours.contains("4 points (decided already)"), "{ours}");
}

#[test]
fn pack_steps_that_are_kept_by_a_decision_are_not_told_as_lost() {
    let home = copied();
    let results = compared(home.path());
    let all = pair(&results, "charging")["differences"].as_array().unwrap();
    let step = all.iter().find(|d| d["kind"] == "step" && d["b"].is_null()).unwrap();
    let (folder, id) = (home.path().to_str().unwrap(), step["id"].as_str().unwrap());
    run(&["decide", folder, id, "--take", "a", "--by", "Heads"], Path::new("."));
    let (_, page) = packed(home.path(), "2027-01-31");
    let ours = page_of(&page, "Charging and remissions: Thistlemere Infant School");
    assert!(ours.contains("1 of them will be kept, as decided."), "{ours}");
}

#[test]
fn pack_says_the_same_of_a_review_date_on_every_page() {
    let (_, page) = sample("2026-11-24");
    let said = "no review date; reckoned from its approval it is due by 14 November 2025 (overdue)";
    let own = page_of(&page, "Health and safety: Thistlemere Junior School");
    assert_eq!(own.matches(said).count(), 2, "what there is now, and whether ours is up to date: {own}");
    assert!(text(element(&page, "register-table").1).contains(said));
    let due = text(element(&page, "due").1);
    let health =
        due.split("Health and safety").nth(1).and_then(|rest| rest.split("First aid").next()).unwrap();
    assert!(health.contains("overdue, by 14 November 2025") && !health.contains("due soon"), "{health}");
    // One whose date has passed is overdue whether the list of statutory policies has it or not.
    assert!(text(element(&page, "register-table").1).contains("Summer 2026 (overdue)"));
}

#[test]
fn pack_lists_that_are_cut_say_how_many_more_and_add_up() {
    let (_, page) = sample("2026-11-24");
    let charging = page_of(&page, "Charging and remissions: Thistlemere Infant School");
    // Of four points two say the same of the same sum: three lines, none twice, and no more.
    assert!(charging.contains("4 points where the two say different things"), "{charging}");
    assert_eq!(charging.matches("“ £3.50 ”").count(), 1, "{charging}");
    assert!(charging.contains("“ £4.25 ” . (2 times)"), "{charging}");
    let safeguarding = page_of(&page, "Safeguarding and child protection: Thistlemere Infant School");
    assert!(
        safeguarding.contains("12 steps were found only in our policy")
            && safeguarding.contains("and 9 more.")
    );
    assert!(!page.contains(">0</a> steps were found only"));
}

#[test]
fn pack_stands_in_order_of_the_titles_that_readers_see() {
    let home = schools("");
    // A title of no known topic stands where its letters put it.
    for school in ["infant", "junior"] {
        let text = "# kite flying policy\n\n## What we do\n\nKites are flown on the field on Fridays with an adult.\n";
        fs::write(home.path().join(school).join("kites.md"), text).unwrap();
    }
    let (_, page) = packed(home.path(), "2026-11-24");
    let titles: Vec<String> = page
        .split("<h2 id=\"p")
        .skip(1)
        .map(|h| text(&format!("<h2 id=\"p{}", h.split("</h2>").next().unwrap())))
        .filter(|t| t.chars().next().is_some_and(|c| c.is_ascii_digit()))
        .map(|t| t.split_once(". ").unwrap().1.to_lowercase())
        .collect();
    assert!(titles.len() == 3 && titles.is_sorted() && titles[1].contains("kite"), "{titles:?}");
}

/// As LibreOffice sets the Word file, the sample's pack has 81 pages: the reckoning is above that, and not by much.
#[test]
fn pack_pages_are_reckoned_near_what_they_are() {
    let (said, _) = sample("2026-11-29");
    let pages: usize =
        said.split("At most about ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((82..=92).contains(&pages), "{pages}");
}

#[test]
fn pack_word_file_begins_pages_with_headings_and_has_no_page_for_a_break_alone() {
    let out = tempfile::tempdir().unwrap();
    let to = out.path().to_str().unwrap();
    let ran =
        run(&["pack", "policies", "--format", "docx", "--out", to, "--today", "2026-11-24"], Path::new("."));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let bytes = fs::read(out.path().join("pack.docx")).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut package.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
    assert!(!xml.contains("<w:br w:type=\"page\"/>"));
    assert!(xml.matches("<w:pageBreakBefore/>").count() > 40);
}
