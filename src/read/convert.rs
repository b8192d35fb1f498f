//! Old formats (.doc, .rtf) are made into Word files by LibreOffice, if it is installed; then they are read as such.

#![allow(clippy::disallowed_methods)] // writes into a folder of its own, which goes when the work is done

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::process::{Ended, find, run};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Names of the program.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// Settings of the profile: nothing in the document runs, and no address that it names is opened.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;

/// Whether LibreOffice is there.
pub(super) fn is_installed() -> bool {
    PROGRAMS.iter().any(|p| find(p).is_some())
}

/// Makes a Word file of another; `ending` says what the bytes are.
///
/// # Errors
///
/// Unsupported if LibreOffice is not there or cannot read the file, Limit if it took too long, Io if there is no room for its work.
pub(super) fn to_word(bytes: &[u8], ending: &str) -> Result<Vec<u8>> {
    let program = PROGRAMS
        .iter()
        .find_map(|p| find(p))
        .ok_or_else(|| Error::new(ErrorKind::Unsupported, "LibreOffice is not installed"))?;
    let io = |e: std::io::Error| {
        Error::new(ErrorKind::Io, format!("no room for converting the file ({e})"))
            .hint("make room on the disk")
    };
    // A folder of its own: two runs at once do not meet, and nothing stays behind.
    let folder = tempfile::tempdir().map_err(io)?;
    let user = folder.path().join("profile/user");
    fs::create_dir_all(&user).map_err(io)?;
    fs::write(user.join("registrymodifications.xcu"), SETTINGS).map_err(io)?;
    let input = folder.path().join(format!("policy.{ending}"));
    fs::write(&input, bytes).map_err(io)?;
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(folder.path().join("profile"));
    let mut arguments: Vec<OsString> = vec![profile];
    arguments.extend(["--headless", "--norestore", "--convert-to", "docx", "--outdir"].map(OsString::from));
    arguments.extend([folder.path().into(), input.into()]);
    let ended = run(&program, &arguments, &[], limits::CONVERT_SECONDS, limits::FILE_BYTES).map_err(io)?;
    if !matches!(ended, Ended::Answered(..)) {
        return Err(Error::new(
            ErrorKind::Limit,
            format!("LibreOffice took longer than {} seconds to convert it", limits::CONVERT_SECONDS),
        )
        .hint("open it in Word and save it as .docx"));
    }
    made(&folder.path().join("policy.docx")).ok_or_else(|| {
        Error::new(ErrorKind::Unsupported, "LibreOffice could not convert it")
            .hint("open it in Word and save it as .docx")
    })
}

/// The file that was made, if it is there and not over the ceiling.
fn made(path: &Path) -> Option<Vec<u8>> {
    let size = fs::metadata(path).ok()?.len();
    if size > limits::FILE_BYTES { None } else { fs::read(path).ok() }
}
