//! Writing: whole or not at all, never through a link, never among the policies.

use std::fs;

use common_ground::ErrorKind;
use common_ground::store::{Folder, create};

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
