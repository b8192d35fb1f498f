//! Typesetting: a fixed template, data and pictures in, a tagged PDF file out.
//!
//! The data is read by the template as JSON and shown as text; nothing in it is ever taken for markup. The template can reach the data and
//! the pictures, and nothing else: no file, no network, no clock. Fonts come with the program.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontVariant};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The families that the template names, in the order in which a letter is looked for.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// The fonts that come with the program.
pub(crate) struct Fonts(Vec<Font>);

impl Fonts {
    /// Those of the template's families.
    pub(crate) fn bundled() -> Self {
        let all = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
        Self(all.filter(|f| FAMILIES.contains(&f.info().family.as_str())).collect())
    }

    /// Whether a letter has a shape in one of the regular fonts; PDF/UA forbids letters without one.
    pub(crate) fn hold(&self, letter: char) -> bool {
        let plain = |f: &&Font| f.info().variant == FontVariant::default();
        self.0.iter().filter(plain).any(|f| f.info().coverage.contains(letter.into()))
    }
}

/// The little world of one document.
struct Sheet {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    files: Vec<(FileId, Bytes)>,
}

/// Sets the template with these files, each by its name; `title` is told apart from others by it. The same input gives the same bytes.
///
/// # Errors
///
/// What typst says of the template or the data, in one line.
pub(crate) fn typeset(
    template: &str,
    files: Vec<(String, Vec<u8>)>,
    fonts: Fonts,
) -> Result<Vec<u8>, String> {
    let main = named("paper.typ")?;
    let files = files.into_iter().map(|(name, bytes)| Ok((named(&name)?, Bytes::new(bytes))));
    let sheet = Sheet {
        library: LazyHash::new(
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        book: LazyHash::new(FontBook::from_fonts(&fonts.0)),
        fonts: fonts.0,
        template: Source::new(main, template.to_owned()),
        files: files.collect::<Result<_, String>>()?,
    };
    let said =
        |all: &[SourceDiagnostic]| all.iter().map(|d| d.message.to_string()).collect::<Vec<_>>().join("; ");
    let document = typst::compile::<PagedDocument>(&sheet).output.map_err(|e| said(&e))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| e.message().to_string())?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|e| said(&e));
    // What typst remembers between two documents is of no use to a program that makes one.
    typst::comemo::evict(0);
    bytes
}

fn named(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|_| format!("{name} cannot be the name of a picture"))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files
            .iter()
            .find(|(name, _)| *name == id)
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
