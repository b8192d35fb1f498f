//! Progress when things go wrong: killed runs, mistakes in settings and on the command line, markup in every field.

use std::fs;

use common_ground::limits;

use crate::program::{program, run};
use crate::report::PAYLOAD;
use crate::status::{json, record, schools};

#[cfg(unix)]
#[test]
fn status_events_of_killed_runs_and_of_many_at_once_are_kept_once_acknowledged() {
    let home = schools("");
    let h = home.path();
    let comment = |n: usize| format!("remark {n}");
    std::thread::scope(|people| {
        for person in 0..8 {
            people.spawn(move || {
                for k in 0..5 {
                    record(
                        h,
                        "2026-03-02",
                        &["behaviour", "note", "--by", "Office", "--comment", &comment(person * 5 + k)],
                    );
                }
            });
        }
    });
    let started = std::time::Instant::now();
    record(h, "2026-03-02", &["behaviour", "note", "--by", "Office", "--comment", &comment(40)]);
    let span = started.elapsed();
    let mut acknowledged: Vec<String> = (0..41).map(comment).collect();
    for round in 0..40u32 {
        let words = format!("round {round}");
        let mut child = program()
            .current_dir(h)
            .args([
                "record",
                ".",
                "behaviour",
                "note",
                "--by",
                "Office",
                "--today",
                "2026-03-03",
                "--comment",
                &words,
            ])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(span * (round % 21) / 16);
        drop(child.kill());
        if child.wait().unwrap().success() {
            acknowledged.push(words);
        }
    }
    record(h, "2026-03-04", &["behaviour", "note", "--by", "Office", "--comment", "last"]);
    let status = json(h, "2026-04-01");
    let kept: Vec<&str> =
        status["events"].as_array().unwrap().iter().map(|e| e["comment"].as_str().unwrap()).collect();
    for words in acknowledged.iter().map(String::as_str).chain(["last"]) {
        assert!(kept.contains(&words), "{words} was acknowledged and is gone");
    }
}

#[test]
fn status_what_cannot_be_recorded_is_refused_with_what_to_do() {
    let home = schools("[themes]\ncommunication = { title = \"Communication\" }\n");
    let h = home.path();
    for (arguments, said) in [
        (&["behavoiur", "compared"][..], "did you mean “behaviour”"),
        (&["behaviour", "compared", "--school", "infent"], "did you mean “infant”"),
        (&["theme:comunication", "note", "--comment", "x"], "did you mean “communication”"),
        (&["theme:communication", "approved"], "a theme has no states"),
        (&["behaviour", "note"], "the note says nothing"),
        (&["behaviour", "drafted", "--on", "2026-12-24"], "has not happened yet"),
        (&["behaviour", "note", "--done", "e-1"], "there is no action of an event “e-1”"),
        (&["behaviour", "drafted", "--holds-from", "2026-12-24"], "only what is approved"),
        (&["behaviour", "approved", "--for-parents", "Ask Mrs Placeholder."], "seems to hold a name"),
        (&["behaviour", "approved", "--for-parents", "Ring 01632 960123."], "seems to hold a phone number"),
        (&["behaviour", "approved", "--for-parents", "You can ask Hollis Wexcombe."], "seems to hold a name"),
        (&["behaviour", "note", "--next", "Ask"], "--owner"),
    ] {
        let mut all = vec!["record", "."];
        all.extend(arguments);
        all.extend(["--by", "Clerk", "--today", "2026-11-25"]);
        let ran = run(&all, h);
        assert!(ran.code == 2 && ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    assert!(!h.join("events").exists(), "nothing was recorded");
    let words = |n: u64| "x".repeat(usize::try_from(n).unwrap());
    let ran = run(
        &["record", ".", "behaviour", "note", "--by", "Clerk", "--comment", &words(limits::EVENT_CHARS + 1)],
        h,
    );
    assert!(ran.code == 2 && ran.err.contains("2001 is more than the 2000"), "{}", ran.err);
    let ran = run(
        &["record", ".", "behaviour", "note", "--by", "Clerk", "--comment", &words(limits::EVENT_CHARS)],
        h,
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn status_mistakes_in_themes_are_named_with_line_column_and_nearest_name() {
    for (settings, said) in [
        ("[themes]\nx = { title = \"X\", polices = [] }\n", "line 8, column 20: unknown field `polices`"),
        ("[themes]\nx = { title = \"X\", polices = [] }\n", "did you mean `policies`?"),
        ("[themes]\nx = { title = \" \" }\n", "line 8, column 1: the theme “x” has no title"),
        ("[themes]\n\"X y\" = { title = \"X\" }\n", "line 8, column 1: “X y” cannot be the id of a theme"),
        (
            "[themes]\nx = { title = \"X\", policies = [\"behaviour\"] }\ny = { title = \"Y\", policies = [\"uniform\", \"behaviour\"] }\n",
            "line 9, column 43: the policy “behaviour” is in the theme “x” already",
        ),
        ("[status]\nstuck_after_days = 0\n", "line 8, column 20: stuck_after_days"),
        ("[status]\nstuck_after = 3\n", "did you mean `stuck_after_days`?"),
    ] {
        let home = schools(settings);
        let ran = run(&["status", ".", "--today", "2026-11-25"], home.path());
        assert!(ran.code == 2 && ran.err.contains(said), "{settings}: {}", ran.err);
    }
    let home = schools("[themes]\nx = { title = \"X\", policies = [\"behavour\"] }\n");
    let ran = run(&["status", ".", "--today", "2026-11-25"], home.path());
    assert_eq!(ran.code, 0);
    let said = "line 8, column 32: the theme “x” names the policy “behavour”, which is not known; did you mean “behaviour”?";
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn status_markup_formulas_and_control_characters_in_every_field_stay_text() {
    let name = format!("{PAYLOAD}\u{1b}[31m\u{7}");
    let quoted = toml::Value::String(name.clone()).to_string();
    let home = schools(&format!(
        "[themes]\nx = {{ title = {quoted}, policies = [\"behaviour\"] }}\n[parents]\ncomment = {quoted}\nread = {quoted}\n"
    ));
    let h = home.path();
    let settings =
        fs::read_to_string(h.join("common-ground.toml")).unwrap().replace("\"First School\"", &quoted);
    fs::write(h.join("common-ground.toml"), format!("name = {quoted}\n{settings}")).unwrap();
    let formula = "=HYPERLINK(\"http://x\")";
    for (by, words) in [(name.as_str(), name.as_str()), (formula, formula), ("@x", "+1"), (" -1", "\t=1")] {
        record(
            h,
            "2026-11-01",
            &[
                "behaviour",
                "approved",
                "--by",
                by,
                "--minute",
                words,
                "--comment",
                words,
                "--next",
                words,
                "--owner",
                words,
                "--due",
                "2026-11-20",
                "--for-parents",
                words.trim_start_matches('@'),
            ],
        );
        record(h, "2026-11-01", &["theme:x", "note", "--by", by, "--comment", words]);
    }
    for command in ["status", "parents"] {
        let ran = run(&[command, ".", "--today", "2026-11-25", "--out", "out"], h);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.err.chars().any(|c| c.is_control() && c != '\n'), "{:?}", ran.err);
        let page = fs::read_to_string(h.join(format!("out/{command}.html"))).unwrap();
        for bad in ["<script", "<img", "\u{202E}", "\u{200B}", "\u{1b}", "\u{7}"] {
            assert!(!page.contains(bad), "{bad} in {command}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)"));
        let mut zip =
            zip::ZipArchive::new(fs::File::open(h.join(format!("out/{command}.docx"))).unwrap()).unwrap();
        let mut document = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut document).unwrap();
        assert!(
            !document.contains("<script") && !document.contains('\u{1b}') && !document.contains('\u{202E}')
        );
        let mut reader = quick_xml::Reader::from_str(&document);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
    let csv = fs::read(h.join("out/status.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let mut cells = 0;
    for cell in reader.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        cells += 1;
    }
    assert!(cells > 30);
}

#[test]
fn status_an_action_that_is_done_needs_no_policy_and_another_persons_event_a_reason() {
    let home = schools("[themes]\ncommunication = { title = \"Communication\" }\n");
    let h = home.path();
    let next = ["--next", "Ask", "--owner", "Clerk", "--due", "2026-12-01", "--by", "Heads"];
    let of = |about: &[&str]| record(h, "2026-11-20", &[about, &next[..]].concat());
    let (theme, policy) =
        (of(&["theme:communication", "note"]), of(&["behaviour", "drafted", "--school", "infant"]));
    record(h, "2026-11-21", &["--done", &policy, "--by", "Clerk"]);
    let now = json(h, "2026-11-25");
    assert_eq!(now["actions"].as_array().unwrap().len(), 1);
    let last = now["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (last["policy"].as_str(), last["schools"].to_string()),
        (Some("behaviour"), "[\"infant\"]".to_owned())
    );
    let two = run(&["record", ".", "--done", &policy, "--done", &theme, "--by", "Clerk"], h);
    assert!(two.code == 2 && two.err.contains("different policies or priorities"), "{}", two.err);
    let bare = run(&["record", ".", "--take-back", &theme, "--by", "Clerk"], h);
    assert!(bare.code == 2 && bare.err.contains("was recorded by Heads, not by Clerk"), "{}", bare.err);
    let own = run(&["record", ".", "--take-back", &theme, "--by", "Heads"], h);
    assert_eq!(own.code, 0, "one's own needs none: {}", own.err);
}

#[test]
fn status_what_is_published_without_approval_or_words_for_parents_is_said() {
    let home = schools("");
    let h = home.path();
    let said = |arguments: &[&str]| {
        let all = [&["record", "."], arguments, &["--by", "Clerk", "--today", "2026-11-25"]].concat();
        let ran = run(&all, h);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    };
    said(&["behaviour", "compared", "--on", "2026-11-01"]);
    let early = said(&["behaviour", "published", "--on", "2026-11-02"]);
    assert!(early.contains("First School has no approval of it on record, only “compared”"), "{early}");
    assert!(early.contains("no sentence for parents is recorded"), "{early}");
    let first = said(&["uniform", "approved", "--on", "2026-11-01", "--for-parents", "Jumpers are grey."]);
    assert!(!first.contains("note:"), "{first}");
    let then = said(&["uniform", "published", "--on", "2026-11-02"]);
    assert!(!then.contains("note:"), "{then}");
}
