//! The program as a careful shell user meets it: standard output, formats, arguments that make no sense, what the README prints.

use std::fs;
use std::path::Path;

use common_ground::limits;

use crate::program::{program, ran, run};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample partnership, copied.
fn sample() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut open = vec![root().join("policies")];
    while let Some(folder) = open.pop() {
        let target = home.path().join(folder.strip_prefix(root()).unwrap());
        fs::create_dir(&target).unwrap();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => drop(fs::copy(&path, target.join(path.file_name().unwrap())).unwrap()),
            }
        }
    }
    home
}

#[test]
fn cli_careful_standard_output_is_refused_where_files_cannot_go_there() {
    let home = sample();
    let phones = "policies/infant/phones.txt";
    for (arguments, words) in [
        (vec!["draft", "policies"], "these files cannot go to standard output"),
        (vec!["pack", "policies"], "these files cannot go to standard output"),
        (vec!["parents", "policies"], "these files cannot go to standard output"),
        (vec!["read", phones, "--format=html"], "only one file can go to standard output"),
        (vec!["read", phones, "--format=text", "--format=json"], "only one file can go to standard output"),
        (vec!["compare", "policies"], "only one file can go to standard output"),
        (
            vec!["check", "policies", "--format=json", "--format=html"],
            "only one file can go to standard output",
        ),
        (vec!["register", "policies"], "only one file can go to standard output"),
        (vec!["status", "policies", "--format=pdf"], "only one file can go to standard output"),
        (vec!["ethos", "policies", "--format=html"], "only one file can go to standard output"),
        (vec!["changes", phones, phones, "--format=html"], "only one file can go to standard output"),
    ] {
        let ran = run(&[arguments.as_slice(), &["--out=-"]].concat(), home.path());
        assert!(ran.code == 2 && ran.out.is_empty(), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(words) && ran.err.contains("hint: "), "{arguments:?}: {}", ran.err);
    }
    assert!(!home.path().join("-").exists() && !home.path().join("reports").exists());
}

#[test]
fn cli_careful_read_takes_several_formats_and_a_folder() {
    let home = sample();
    let at = home.path();
    let phones = "policies/infant/phones.txt";
    let names = |folder: &str| {
        let entries = fs::read_dir(at.join(folder)).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let ran = run(&["read", phones, "--format=json", "--out=one"], at);
    assert!(ran.code == 0 && ran.out.is_empty(), "{}", ran.err);
    assert_eq!(names("one"), ["read.json"]);
    let ran = run(&["read", phones, "--format=json", "--format=html", "--format=text", "--out=all"], at);
    assert!(ran.code == 0 && ran.out.is_empty(), "{}", ran.err);
    assert_eq!(names("all"), ["read.html", "read.json", "read.txt"]);
    let ran = run(&["read", phones, "--format=html", "--format=json"], at);
    assert!(ran.code == 0 && ran.out.starts_with('{') && ran.out.trim_end().ends_with('}'), "{}", ran.err);
    assert_eq!(names("reports"), ["read.html"]);
    let shown = run(&["read", phones], at).out;
    assert_eq!(shown, fs::read_to_string(at.join("all/read.txt")).unwrap());
    assert_eq!(run(&["read", phones, "--format=text", "--out=-"], at).out, shown);
}

#[cfg(unix)]
#[test]
fn cli_careful_control_characters_of_a_file_name_stay_text() {
    let home = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m b.txt";
    fs::write(home.path().join(name), "Hats are worn in the sun.\n").unwrap();
    let ran = run(&["read", name], home.path());
    assert!(ran.code == 0 && ran.out.starts_with("a[U+001B][31m b.txt\n"), "{}", ran.out);
}

#[cfg(target_os = "linux")]
#[test]
fn cli_careful_results_that_are_lost_end_with_two_and_a_reader_that_left_with_nothing() {
    for arguments in
        [&["explain"][..], &["explain", "gap"], &["--help"], &["check", "--help"], &["--version"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ended = ran(&program().args(arguments).stdout(full).output().unwrap());
        assert!(ended.code == 2, "{arguments:?}");
        assert!(
            ended.err.contains("error: standard output could not be written"),
            "{arguments:?}: {}",
            ended.err
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = ran(&program().args(arguments).stdout(writer).output().unwrap());
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn cli_careful_every_check_and_kind_names_its_source() {
    for list in ["", "checks"] {
        let arguments: Vec<&str> = ["explain", list].into_iter().filter(|a| !a.is_empty()).collect();
        for line in run(&arguments, root()).out.lines() {
            let id = line.split_whitespace().next().unwrap();
            let said = run(&["explain", id], root()).out;
            let source = said.lines().find_map(|l| l.strip_prefix("Source: "));
            assert!(source.is_some_and(|s| s.len() > 15 && s.ends_with('.')), "{id}: {said}");
        }
    }
}

#[test]
fn cli_careful_arguments_without_sense_are_refused_with_a_hint() {
    let home = sample();
    let at = home.path();
    fs::create_dir(at.join("policies/infant/empty")).unwrap();
    let adopt = ["adopt", "policies", "shared/Missing Child Policy.md", "--on=2026-10-01"];
    let with = |more: &[&'static str]| [&adopt[..], more].concat();
    for (arguments, words) in [
        (vec!["check", "policies", "--today=26-2-3"], "write the year, the month and the day as 2026-02-03"),
        (vec!["init", "policies/infant", "policies/infant"], "both schools have the same folder"),
        (vec!["init", "policies/infant", "policies/../policies/infant"], "both schools have the same folder"),
        (vec!["draft", "policies", "--topic=bogus"], "no pair of policies is on the topic “bogus”"),
        (vec!["draft", "policies", "--topic=first-aid", "--topic=behavior"], "did you mean “behaviour”?"),
        (vec!["draft", "policies", "--topic=bogus"], "the topics of the pairs are: anti-bullying, "),
        (vec!["pack", "policies", "--topic=bogus"], "the topics of the pairs are: anti-bullying, "),
        (with(&["--minute=x", "--approved-by=infant= "]), "does not say who approved it"),
        (with(&["--minute=", "--approved-by=infant=x"]), "--minute says nothing"),
        (with(&["--minute=infant=", "--approved-by=infant=x"]), "--minute says nothing"),
        (
            vec![
                "adopt",
                "policies",
                "shared/Gone.md",
                "--on=2026-10-01",
                "--minute=x",
                "--approved-by=infant=x",
            ],
            "shared/Gone.md: there is no such file, here or in the partnership's folder",
        ),
        (vec!["status", "policies/infant/phones.txt"], "is one file; a partnership has a folder"),
    ] {
        let ran = run(&arguments, at);
        assert!(ran.code == 2 && ran.err.contains(words), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("hint: ") || ran.err.contains("try '--help'"), "{arguments:?}: {}", ran.err);
    }
    let jobs = |n: u64| run(&["check", "policies", &format!("--jobs={n}"), "-q", "--today=2026-11-24"], at);
    assert_eq!(jobs(limits::JOBS).code, 1);
    let over = jobs(limits::JOBS + 1);
    assert!(
        over.code == 2 && over.err.contains("things to do at once: 513 is more than the 512"),
        "{}",
        over.err
    );
    // Two folders beside each other, however they are written.
    assert_eq!(run(&["init", "./policies/infant", "policies/junior"], at).code, 2, "there is one already");
    fs::remove_file(at.join("policies/common-ground.toml")).unwrap();
    assert_eq!(run(&["init", "./policies/infant", "policies/junior"], at).code, 0);
}

/// The words of a line of the README as a shell parts them.
fn parted(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}

#[test]
fn cli_careful_records_and_adoption_of_the_readme_work_as_printed() {
    let home = sample();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let lines = readme.lines().filter_map(|l| l.strip_prefix("common-ground record policies "));
    let mut count = 0;
    for line in lines {
        let mut words = vec!["record".to_owned(), "policies".to_owned(), "--today=2026-12-01".to_owned()];
        words.extend(parted(line));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = run(&words, home.path());
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        count += 1;
    }
    assert!(count >= 4);
    let start = readme.find("`common-ground adopt FOLDER ").unwrap();
    let command = readme[start + 1..]
        .split('`')
        .next()
        .unwrap()
        .replace("shared/Behaviour.docx", "shared/Missing Child Policy.md");
    let words = parted(&command);
    let words: Vec<&str> = words[1..].iter().map(|w| if w == "FOLDER" { "policies" } else { w }).collect();
    fs::remove_file(home.path().join("policies/baselines/missing-pupil.toml")).unwrap();
    let ran = run(&words, home.path());
    assert_eq!(ran.code, 0, "{command}: {}", ran.err);
    assert!(home.path().join("policies/baselines/missing-pupil.toml").is_file());
}

#[test]
fn cli_careful_points_go_into_a_table_for_spreadsheets_and_one_for_minutes() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    for (school, text) in [
        ("infant", "# Lost | Property Policy\n\n=Staff must keep things for 4 weeks.\n"),
        ("junior", "# Lost | Property Policy\n\n=Staff must keep things for 6 weeks.\n"),
    ] {
        fs::create_dir(at.join(school)).unwrap();
        fs::write(at.join(school).join("Lost.md"), text).unwrap();
    }
    let ran = run(&["compare", "infant", "junior", "--format=csv", "--format=md"], at);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let csv = fs::read(at.join("reports/points.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heads, ["Policy", "Point", "infant", "junior", "What differs", "Kind", "Who decides", "Ids"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(&rows[0][2], "'=Staff must keep things for 4 weeks.", "no spreadsheet reckons with it");
    assert!(
        rows[0][3].contains("6 weeks")
            && &rows[0][5] == "time limit"
            && rows[0][7].starts_with("time-limit-")
    );
    let md = fs::read_to_string(at.join("reports/points.md")).unwrap();
    let row = md.lines().find(|l| l.contains("4 weeks")).unwrap();
    assert!(row.contains("Lost \\| Property") && row.contains("6 weeks"), "{md}");
    assert_eq!(row.replace("\\|", "").matches('|').count(), 9, "eight cells: {row}");
    let names: Vec<_> = fs::read_dir(at.join("reports")).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing that was not asked for");
    assert_eq!(run(&["compare", "infant", "junior", "--format=md", "--out=-"], at).out, md);
}

#[test]
fn cli_careful_pages_of_pairs_that_are_no_more_are_taken_away_and_nothing_else() {
    let home = sample();
    let at = home.path();
    let reports = at.join("reports");
    let there = |name: &str| reports.join(name).exists();
    fs::create_dir(&reports).unwrap();
    for name in ["notes.html", "uniform.docx"] {
        fs::write(reports.join(name), "ours").unwrap();
    }
    let compare = || run(&["compare", "policies", "--today=2026-11-24"], at);
    assert_eq!(compare().code, 0);
    assert!(there("uniform.html") && there("first-aid.html") && there("trips.html"));
    fs::write(reports.join("first-aid.html"), "changed by hand").unwrap();
    fs::copy(reports.join("uniform.html"), reports.join("uniform kept.html")).unwrap();
    for name in ["uniform.html", "First Aid.docx", "educational visits.txt"] {
        fs::remove_file(at.join("policies/infant").join(name)).unwrap();
    }
    // Neither a list that somebody else wrote nor a link leads out of what was written.
    let list = fs::read_to_string(reports.join(".pages-written")).unwrap();
    let print = list.lines().find_map(|l| l.strip_suffix(" uniform.html")).unwrap().to_owned();
    fs::copy(reports.join("uniform.html"), at.join("outside.html")).unwrap();
    fs::write(reports.join(".pages-written"), format!("{list}{print} ../outside.html\n{print} notes.html\n"))
        .unwrap();
    let json = run(&["compare", "policies", "--today=2026-11-24", "--format=json"], at);
    assert!(json.code == 0 && there("uniform.html"), "no page was asked for");
    let ran = compare();
    assert_eq!(ran.code, 0, "{}", ran.err);
    for gone in ["uniform.html", "trips.html"] {
        assert!(
            !there(gone) && ran.err.contains(&format!("a page of an earlier run: {gone}")),
            "{}",
            ran.err
        );
    }
    for kept in
        ["first-aid.html", "uniform kept.html", "notes.html", "uniform.docx", "index.html", "send.html"]
    {
        assert!(there(kept), "{kept}");
    }
    assert!(at.join("outside.html").exists());
    assert!(ran.err.contains("first-aid.html is of an earlier run and was changed since"), "{}", ran.err);
    // A draft writes the pages of the comparison too; what another command wrote is none of them.
    assert_eq!(run(&["check", "policies", "-q", "--today=2026-11-24"], at).code, 1);
    assert_eq!(run(&["draft", "policies", "--topic=send", "--today=2026-11-24"], at).code, 0);
    assert!(there("check.html") && there("drafts.html") && there("send.html") && there("first-aid.html"));
    assert!(!compare().err.contains("earlier run"), "it is said once");
}

#[test]
fn cli_careful_what_cannot_be_written_or_read_is_said_with_what_to_do() {
    let home = sample();
    let at = home.path();
    fs::write(at.join("plain"), "a file").unwrap();
    fs::rename(at.join("policies/baselines"), at.join("policies/was")).unwrap();
    fs::write(at.join("policies/baselines"), "a file").unwrap();
    fs::copy(at.join("policies/infant/phones.txt"), at.join("phones")).unwrap();
    let adopt = [
        "adopt",
        "policies",
        "shared/Missing Child Policy.md",
        "--on=2026-10-01",
        "--minute=x",
        "--approved-by=infant=y",
    ];
    for (arguments, words) in [
        (
            &["compare", "policies", "--out=plain"][..],
            "plain: could not be written (a file stands where a folder is needed)",
        ),
        (&["compare", "policies", "--out=plain/in"], "a file stands where a folder is needed"),
        (&adopt, "missing-pupil.toml: could not be written (a file stands where a folder is needed)"),
        (&["read", "phones"], "phones: a file without an ending, such as .docx, is not read"),
        (&["read", "policies"], "policies: is a folder, not a file"),
        (&["compare", "plain", "policies"], "one is a folder and the other a file"),
        (&["check", "policies", "--rules=nowhere"], "there is no such folder of facts"),
    ] {
        let ran = run(arguments, at);
        assert!(ran.code == 2 && ran.err.contains(words), "{arguments:?}: {}", ran.err);
        let hints = ran.err.lines().filter(|l| l.starts_with("  hint: ")).count();
        assert_eq!(hints, ran.err.lines().filter(|l| l.starts_with("error: ")).count(), "{}", ran.err);
    }
}
