//! The page for parents: only what is approved, at most ten lines, nobody's name or number on it whatever is written elsewhere, its figure recomputed.

use std::fs;
use std::path::Path;

use crate::program::{copied, program, run};
use crate::status::{record, schools};

/// The page and what was said.
fn page(home: &Path) -> (String, String) {
    let ran = run(&["parents", ".", "--today", "2026-11-25", "--out", "out"], home);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(home.join("out/parents.html")).unwrap();
    (page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned(), ran.err)
}

/// The lines under each heading.
fn lines(page: &str) -> Vec<(String, Vec<String>)> {
    let plain =
        |t: &str| t.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    page.split("<h2 id=\"policy-")
        .skip(1)
        .map(|part| {
            let title = part.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
            let list = part.split("<ul").nth(1).unwrap().split("</ul>").next().unwrap();
            (title, list.split("<li>").skip(1).map(|l| plain(l.split("</li>").next().unwrap())).collect())
        })
        .collect()
}

#[test]
fn parents_are_told_of_what_is_approved_and_of_nothing_else() {
    let home = schools(
        "[parents]\ncomment = \"Ask at the office for a form.\"\nread = \"All of it is on our websites.\"\n",
    );
    let h = home.path();
    record(
        h,
        "2026-10-01",
        &["behaviour", "drafted", "--by", "Heads", "--for-parents", "A line that came too early."],
    );
    record(h, "2026-10-01", &["uniform", "consulted", "--by", "Heads", "--comment", "Parents like grey."]);
    let (empty, _) = page(h);
    assert!(lines(&empty).is_empty() && empty.contains("No policy has been agreed yet."));
    record(
        h,
        "2026-10-06",
        &[
            "behaviour",
            "approved",
            "--school",
            "junior",
            "--by",
            "Governors",
            "--minute",
            "item 9",
            "--holds-from",
            "2027-01-05",
        ],
    );
    let (one, _) = page(h);
    assert_eq!(
        lines(&one),
        [(
            "Behaviour".to_owned(),
            [
                "Second School agreed it on 6 October 2026. It will apply from 5 January 2027.",
                "A line that came too early.",
                "Ask at the school if you want to read all of it.",
                "Ask at the office for a form."
            ]
            .map(str::to_owned)
            .to_vec()
        )]
    );
    for hidden in ["Uniform", "grey", "First School agreed", "item 9", "Governors", "Heads", "drafted", "e-"]
    {
        assert!(!one.contains(hidden), "{hidden}");
    }
    record(h, "2026-10-07", &["behaviour", "approved", "--school", "infant", "--by", "Governors"]);
    let many: Vec<String> = (1..=8).map(|n| format!("Line number {n} for you.")).collect();
    let mut arguments = vec!["behaviour", "published", "--by", "Clerk"];
    many.iter().for_each(|l| arguments.extend(["--for-parents", l.as_str()]));
    record(h, "2026-11-01", &arguments);
    let (both, said) = page(h);
    let all = &lines(&both)[0].1;
    assert!(all.len() <= 10 && all.contains(&"All of it is on our websites.".to_owned()), "{all:?}");
    assert!(!all.iter().any(|l| l.contains("too early")), "the latest lines hold");
    assert_eq!(
        said.matches("because there are 4 lines already").count(),
        4,
        "what is left out is said: {said}"
    );
}

/// Names, numbers and addresses seeded into policies, annexes, the adopted text and the log: none of them on the page.
#[test]
fn parents_page_names_nobody_whatever_is_seeded() {
    const SECRET: [&str; 12] = [
        "Quillfeather",
        "Marchbanks",
        "Ottoline",
        "01632 960177",
        "01632960178",
        "q.marchbanks@school.example",
        "school.example",
        "Room 14",
        "Larkspur Lane",
        "Tamsin",
        "Oddlington",
        "Pennyfarthing",
    ];
    let home = schools("");
    let h = home.path();
    let text = "# Behaviour Policy\n\nOwner: Ottoline Quillfeather\n\nApproved by: Tamsin Oddlington\n\n## What we do\n\n\
        Parents are rung by Mrs Marchbanks if a child was hurt.\n\n\
        A child goes to Room 14 with a note for the parents.\n\n\
        Parents ring 01632 960177 or write to q.marchbanks@school.example.\n\n\
        A child who is late waits for Mr Pennyfarthing.\n\n\
        Children who hurt others say sorry.\n\n\
        Parents are asked to speak to the class teacher first.\n\n\
        ## Annex: contacts\n\nHeadteacher: Ottoline Quillfeather, 4 Larkspur Lane, 01632960178\n";
    fs::create_dir(h.join("shared")).unwrap();
    fs::write(h.join("shared/Behaviour Policy.md"), text).unwrap();
    for school in ["infant", "junior"] {
        fs::write(h.join(school).join("Behaviour Policy.md"), text).unwrap();
    }
    let adopted = [
        "adopt",
        ".",
        "shared/Behaviour Policy.md",
        "--on",
        "2026-10-20",
        "--minute",
        "item 3 (Tamsin Oddlington)",
        "--approved-by",
        "infant=Tamsin Oddlington, chair",
        "--approved-by",
        "junior=full governing body",
    ];
    let ran = run(&adopted, h);
    assert_eq!(ran.code, 0, "{}", ran.err);
    record(
        h,
        "2026-10-21",
        &[
            "behaviour",
            "note",
            "--by",
            "Ottoline Quillfeather",
            "--comment",
            "Ring Mrs Marchbanks on 01632 960177",
            "--next",
            "Ask Mr Pennyfarthing",
            "--owner",
            "Tamsin Oddlington",
            "--due",
            "2026-12-01",
        ],
    );
    let (quoted, _) = page(h);
    let all = &lines(&quoted)[0].1;
    let own: Vec<&String> = all.iter().filter(|l| l.starts_with("In its own words")).collect();
    assert_eq!(own.len(), 2, "{all:?}");
    assert!(own[0].contains("“Children who hurt others say sorry.”"), "{own:?}");
    // Sentences recorded for parents that name somebody whom only the policies know.
    record(
        h,
        "2026-10-22",
        &[
            "behaviour",
            "note",
            "--by",
            "Clerk",
            "--for-parents",
            "Please tell Quillfeather about it.",
            "--for-parents",
            "Your child may ask for Oddlington.",
            "--for-parents",
            "We tell you on the same day.",
        ],
    );
    let (recorded, said) = page(h);
    assert!(lines(&recorded)[0].1.contains(&"We tell you on the same day.".to_owned()));
    assert_eq!(said.matches("held back: ").count(), 2, "{said}");
    for page in [quoted, recorded] {
        for secret in SECRET {
            assert!(!page.to_lowercase().contains(&secret.to_lowercase()), "{secret} is on the page");
        }
    }
    let mut zip = zip::ZipArchive::new(fs::File::open(h.join("out/parents.docx")).unwrap()).unwrap();
    for at in 0..zip.len() {
        let mut part = String::new();
        std::io::Read::read_to_string(&mut zip.by_index(at).unwrap(), &mut part).unwrap();
        assert!(SECRET.iter().all(|s| !part.contains(s)));
    }
}

#[test]
fn parents_reading_ease_is_recomputed_from_the_lines() {
    let out = tempfile::tempdir().unwrap();
    let ran = program()
        .args(["parents", "policies", "--today", "2026-11-25", "--out"])
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let page = fs::read_to_string(out.path().join("parents.html")).unwrap();
    let policies = lines(&page);
    assert_eq!(
        policies.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>(),
        ["Anti-bullying", "Missing or uncollected child"]
    );
    let (mut words, mut sentences, mut syllables) = (0, 0, 0);
    for (_, lines) in &policies {
        assert!((4..=10).contains(&lines.len()), "{lines:?}");
        for line in lines {
            let all: Vec<&str> = line
                .split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’')
                .filter(|w| w.chars().any(char::is_alphabetic))
                .collect();
            words += all.len();
            sentences += line.matches(['.', ':']).count();
            syllables += all.iter().map(|w| common_ground::status::syllables(w)).sum::<usize>();
        }
    }
    let ease = 206.835 - 1.015 * words as f64 / sentences as f64 - 84.6 * syllables as f64 / words as f64;
    let shown = page.split("Reading ease: <strong>").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(shown, format!("{ease:.0}"));
    for n in [words, sentences, syllables] {
        assert!(page.contains(&format!("<strong>{n}</strong>")), "{n}");
    }
    assert!(ease > 60.0, "not plain English: {ease}");
}

#[test]
fn parents_are_not_told_that_both_schools_do_what_their_copies_do_not_bear_out() {
    let home = copied();
    let (page, said) = page(home.path());
    for claim in ["Both schools now search in the same way", "Both schools now mean the same"] {
        assert!(!page.contains(claim) && said.contains(claim), "{claim}: {said}");
    }
    assert!(
        page.contains("We ring you at once") && page.contains("on the same day"),
        "what else was said stands"
    );
    assert!(said.contains("warning: Missing or uncollected child: the schools' copies differ at 1 point; the copy of Thistlemere Junior School is no longer what was adopted, in 2 places"), "{said}");
    assert!(said.contains("warning: Anti-bullying: the schools' copies differ at 4 points"), "{said}");
}

#[test]
fn parents_page_without_lines_on_what_changes_is_told_to_the_clerk() {
    let home = schools("");
    record(home.path(), "2026-10-06", &["behaviour", "approved", "--by", "Governors"]);
    let (page, said) = page(home.path());
    assert!(page.contains("Ask at the school what changes for your child."));
    assert!(
        said.contains("warning: Behaviour: there is no line on what changes for a child")
            && said.contains("--for-parents"),
        "{said}"
    );
}
