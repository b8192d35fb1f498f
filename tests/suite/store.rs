//! Writing: whole or not at all, never through a link, never among the policies.

use std::fs;

use common_ground::ErrorKind;
use common_ground::merge::{Decision, Take};
use common_ground::store::{Folder, create, log};

#[test]
fn store_replace_leaves_the_whole_new_file_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::open(&home.path().join("reports"), &[]).unwrap();
    folder.replace("page.html", b"old and longer").unwrap();
    folder.replace("page.html", b"new").unwrap();
    assert_eq!(fs::read(home.path().join("reports/page.html")).unwrap(), b"new");
    let names: Vec<_> =
        fs::read_dir(home.path().join("reports")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["page.html"], "no temporary file stays behind");
}

#[test]
fn store_folder_of_policies_is_refused_and_untouched() {
    let home = tempfile::tempdir().unwrap();
    let policies = home.path().join("policies");
    fs::create_dir_all(policies.join("infant")).unwrap();
    for bad in [policies.clone(), policies.join("infant"), policies.join("new"), home.path().to_owned()] {
        let error = Folder::open(&bad, std::slice::from_ref(&policies)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Usage, "{}", bad.display());
    }
    assert!(!policies.join("new").exists());
}

#[cfg(unix)]
#[test]
fn store_links_are_never_written_through() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("precious.docx"), b"precious").unwrap();
    let folder = Folder::open(&home.path().join("reports"), &[]).unwrap();
    std::os::unix::fs::symlink(home.path().join("precious.docx"), home.path().join("reports/index.html"))
        .unwrap();
    assert_eq!(folder.replace("index.html", b"report").unwrap_err().kind, ErrorKind::Conflict);
    assert_eq!(fs::read(home.path().join("precious.docx")).unwrap(), b"precious");
}

#[test]
fn store_create_never_replaces() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("common-ground.toml");
    create(&path, b"mine").unwrap();
    assert_eq!(create(&path, b"theirs").unwrap_err().kind, ErrorKind::Conflict);
    assert_eq!(fs::read(&path).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn store_folder_that_cannot_be_written_is_said_so() {
    // A file stands where the folder should be; also true for a user who may write everywhere.
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("reports"), b"a file").unwrap();
    let error = Folder::open(&home.path().join("reports"), &[]).unwrap_err();
    assert!(error.hint.is_some() && error.path.is_some(), "{error:?}");
}

/// A decision by this person about this difference.
fn decision(by: &str, id: &str) -> Decision {
    Decision {
        on: jiff::civil::date(2026, 11, 24),
        number: 0,
        by: by.into(),
        id: id.into(),
        take: Take::A,
        own: String::new(),
        reason: "=it is clearer\n".into(),
        review_on: None,
        schools: ["infant".into(), "junior".into()],
        saw: [Some("1".into()), None],
        policy: "Behaviour".into(),
        read_from: None,
    }
}

#[test]
fn store_log_keeps_all_decisions_of_eight_people_at_once() {
    let home = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for person in 0..8 {
            let home = home.path();
            scope.spawn(move || {
                for at in 0..50 {
                    // Four write into a file of their own, four into one together.
                    let by = if person < 4 { format!("Head {person}") } else { "Office".to_owned() };
                    log::append(home, decision(&by, &format!("d-{person}-{at}"))).unwrap();
                }
            });
        }
    });
    let found = log::read(home.path()).unwrap();
    let ids: std::collections::BTreeSet<&str> = found.decisions.iter().map(|d| d.id.as_str()).collect();
    assert_eq!((ids.len(), found.decisions.len(), found.problems.len()), (400, 400, 0));
}

#[test]
fn store_log_cut_off_or_damaged_keeps_every_whole_line() {
    let home = tempfile::tempdir().unwrap();
    for at in 0..3 {
        log::append(home.path(), decision("A. Head", &format!("d-{at}"))).unwrap();
    }
    let path = home.path().join("decisions/a-head.jsonl");
    let whole = fs::read(&path).unwrap();
    let ends: Vec<usize> = (0..whole.len()).filter(|i| whole[*i] == b'\n').collect();
    // Cut anywhere: each line that is whole is kept, and a tail is reported.
    for cut in 0..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let found = log::read(home.path()).unwrap();
        let lines = ends.iter().filter(|e| **e <= cut).count();
        assert_eq!(found.decisions.len(), lines, "cut at {cut}");
        let torn = cut > 0 && !ends.contains(&cut) && whole[cut - 1] != b'\n';
        assert_eq!(found.problems.len(), usize::from(torn), "cut at {cut}");
    }
    // The next decision does not join the torn line, and the torn line stays.
    fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    log::append(home.path(), decision("A. Head", "d-9")).unwrap();
    let found = log::read(home.path()).unwrap();
    assert_eq!((found.decisions.len(), found.problems.len()), (3, 1));
    assert!(fs::read(&path).unwrap().starts_with(&whole[..whole.len() - 9]));
    // Any byte changed: never more than the line it is in is lost, and never silently another decision.
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&path, &bytes).unwrap();
        match log::read(home.path()) {
            Ok(found) => {
                let known =
                    |d: &Decision| ["d-0", "d-1", "d-2"].contains(&d.id.as_str()) && d.by == "A. Head";
                assert!(!found.decisions.is_empty() && found.decisions.iter().all(known), "byte {at}");
            }
            Err(error) => assert_eq!(error.kind, ErrorKind::Unsupported, "byte {at}"),
        }
    }
    // Two machines' logs one after the other.
    fs::write(&path, [whole.as_slice(), whole.as_slice()].concat()).unwrap();
    assert_eq!(log::read(home.path()).unwrap().decisions.len(), 6);
}
