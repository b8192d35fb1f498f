//! A zip package in, its parts out: bounded, nothing written to disk, no size believed that was not counted.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Where the name stands in the header beside a part; in front of it are fields of fixed size.
const LOCAL_NAME: usize = 30;

/// An open package.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index by normalised name.
    parts: BTreeMap<String, usize>,
    inflated: u64,
    /// Bytes of the whole package.
    packed: u64,
}

impl<'b> Package<'b> {
    /// Opens a package and looks through its directory.
    ///
    /// # Errors
    ///
    /// Input if it is damaged or lies about itself (doubled or escaping names, entries that overlap); Limit if it has too
    /// many entries; Unsupported if it is encrypted.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let entries = archive.len() as u64;
        if entries > limits::ZIP_ENTRIES {
            return Err(Error::over("entries in the package", entries, limits::ZIP_ENTRIES));
        }
        if archive.offset() > 0 {
            return Err(Error::new(ErrorKind::Input, "something else stands before the package")
                .hint("two programs could show different texts of it; save it again in Word"));
        }
        let listed = listed(bytes, archive.central_directory_start())?;
        if listed != entries {
            return Err(Error::new(ErrorKind::Input, "two parts of the package have the same name")
                .hint("two programs could show different texts of it; save it again in Word"));
        }
        let mut parts = BTreeMap::new();
        for (index, name) in archive.file_names_raw().enumerate() {
            let name = String::from_utf8_lossy(name);
            parts.insert(normal(&name)?, index);
        }
        if parts.len() as u64 != entries {
            return Err(Error::new(ErrorKind::Input, "two parts of the package have the same name")
                .hint("save it again in Word"));
        }
        for index in 0..archive.len() {
            // The name beside the part itself, which some programs read instead of the directory.
            let part = archive.by_index_raw(index).map_err(|e| damaged(&e))?;
            let at = usize::try_from(part.header_start()).unwrap_or(usize::MAX).saturating_add(LOCAL_NAME);
            let end = at.saturating_add(part.name_raw().len());
            if bytes.get(at..end) != Some(part.name_raw()) {
                return Err(Error::new(ErrorKind::Input, "a part of the package has two names")
                    .hint("two programs could show different texts of it; save it again in Word"));
            }
        }
        if archive.has_overlapping_files().map_err(|e| damaged(&e))? {
            return Err(Error::new(ErrorKind::Input, "parts of the package lie over each other")
                .hint("no program writes such files by accident; ask where it came from"));
        }
        Ok(Self { archive, parts, inflated: 0, packed: bytes.len() as u64 })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Bytes of a part as its directory entry says; for display only, never for reserving memory.
    pub(crate) fn declared_size(&mut self, name: &str) -> u64 {
        let index = self.parts.get(name).copied();
        index.and_then(|i| self.archive.by_index_raw(i).ok().map(|f| f.size())).unwrap_or(0)
    }

    /// Inflates a part; none if there is no such part.
    ///
    /// # Errors
    ///
    /// Limit if it is larger than the ceilings say, counted while inflating; Input if it is damaged.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(index) = self.parts.get(name).copied() else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|e| damaged(&e))?;
        let packed = file.compressed_size().max(1);
        let left = limits::PACKAGE_BYTES.saturating_sub(self.inflated);
        let allowed = limits::PART_BYTES.min(left);
        // Above the free first megabyte, the packed size bounds what may come out of it.
        let by_ratio = packed.saturating_mul(limits::RATIO).max(limits::RATIO_FROM);
        let stop = allowed.min(by_ratio);
        // A part of a text is about ten times its packed size; what a file says of itself is held to twice that, so that it reserves no
        // more than it could fill.
        let likely = file.size().min(packed.min(self.packed).saturating_mul(20)).min(stop);
        let mut bytes = Vec::with_capacity(usize::try_from(likely).unwrap_or(0).saturating_add(1));
        file.take(stop.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| {
            Error::new(ErrorKind::Input, format!("the part {name} is damaged ({e})"))
                .hint("open and save it again in Word")
        })?;
        let found = bytes.len() as u64;
        if found > stop {
            return Err(if stop == by_ratio && by_ratio < allowed {
                Error::over("inflated bytes for each packed byte", found.div_ceil(packed), limits::RATIO)
            } else if stop == limits::PART_BYTES {
                Error::over("bytes in one part of the package", found, limits::PART_BYTES)
            } else {
                Error::over(
                    "bytes in all parts of the package",
                    self.inflated.saturating_add(found),
                    limits::PACKAGE_BYTES,
                )
            });
        }
        self.inflated = self.inflated.saturating_add(found);
        Ok(Some(bytes))
    }
}

/// How many entries the central directory lists, doubled names counted.
fn listed(bytes: &[u8], start: u64) -> Result<u64> {
    let mut at = usize::try_from(start).unwrap_or(usize::MAX);
    let mut count = 0u64;
    loop {
        let Some(header) = bytes.get(at..at.saturating_add(46)) else { return Ok(count) };
        if !header.starts_with(b"PK\x01\x02") {
            return Ok(count);
        }
        let short = |offset: usize| {
            let low = header.get(offset).copied().unwrap_or(0);
            let high = header.get(offset.saturating_add(1)).copied().unwrap_or(0);
            usize::from(u16::from_le_bytes([low, high]))
        };
        let lengths = short(28).saturating_add(short(30)).saturating_add(short(32));
        at = at.saturating_add(46).saturating_add(lengths);
        count = count.saturating_add(1);
        if count > limits::ZIP_ENTRIES {
            return Err(Error::over("entries in the package", count, limits::ZIP_ENTRIES));
        }
    }
}

/// A part's name without a leading slash; names that lead out of the package are refused.
fn normal(name: &str) -> Result<String> {
    let plain = name.replace('\\', "/");
    let plain = plain.strip_prefix('/').unwrap_or(&plain);
    let escapes = plain.split('/').any(|p| p == "..") || plain.contains('\0') || plain.get(1..2) == Some(":");
    if escapes {
        return Err(Error::new(ErrorKind::Input, "a part's name leads out of the package")
            .hint("no program writes such files by accident; ask where it came from"));
    }
    Ok(plain.to_owned())
}

fn damaged(error: &ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => {
            Error::new(ErrorKind::Unsupported, "password-protected, cannot be read")
                .hint("save a copy without a password")
        }
        other => Error::new(ErrorKind::Input, format!("the file is damaged or incomplete ({other})"))
            .hint("copy it again, or open and save it in the program that made it"),
    }
}

/// The name of the part that a target names: written from the folder of the part that refers to it, or from the package's root.
pub(crate) fn part_of(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for piece in from.split('/').chain(target.split('/')) {
        match piece {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    path.join("/")
}
