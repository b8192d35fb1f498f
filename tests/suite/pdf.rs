//! PDF files made for a test: pages of drawing instructions with the standard fonts, and the smallest file around them.

use common_ground::document::Document;
use common_ground::read::{Source, read};

/// A file under construction.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
    /// Further entries of a page's resources, and further objects by number from 100.
    resources: String,
    objects: Vec<(usize, Vec<u8>)>,
    trailer: String,
}

impl Pdf {
    /// A file with one page of these lines, each with its place: left, base from the top, size, bold, text.
    pub fn page(mut self, lines: &[(f32, f32, f32, bool, &str)]) -> Self {
        let text = lines.iter().map(|(left, top, size, bold, text)| {
            let font = if *bold { "F2" } else { "F1" };
            let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            format!("BT /{font} {size} Tf 1 0 0 1 {left} {} Tm ({text}) Tj ET\n", 842.0 - top)
        });
        self.pages.push(text.collect());
        self
    }

    /// Adds drawing instructions to the last page.
    pub fn draw(mut self, instructions: &str) -> Self {
        if let Some(page) = self.pages.last_mut() {
            page.push_str(instructions);
        }
        self
    }

    /// Adds level and upright lines of a table to the last page; places from the top left.
    pub fn grid(self, xs: &[f32], ys: &[f32]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        let mut rules = String::new();
        for y in ys {
            rules.push_str(&format!("{left} {} {} 0.5 re f\n", 842.0 - y, right - left));
        }
        for x in xs {
            rules.push_str(&format!("{x} {} 0.5 {} re f\n", 842.0 - bottom, bottom - top));
        }
        self.draw(&rules)
    }

    /// Adds an object and an entry of the resources that names it.
    pub fn object(mut self, number: usize, content: &[u8], resources: &str) -> Self {
        self.objects.push((number, content.to_vec()));
        self.resources.push_str(resources);
        self
    }

    /// Adds entries to the trailer.
    pub fn trailer(mut self, entries: &str) -> Self {
        self.trailer.push_str(entries);
        self
    }

    /// A grey picture over the whole of the last page.
    pub fn scan(self) -> Self {
        let mut picture = b"<< /Type /XObject /Subtype /Image /Width 60 /Height 84 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 5040 >> stream\n".to_vec();
        picture.extend((0..5040u32).map(|n| (n % 251) as u8));
        picture.extend(b"\nendstream");
        self.draw("q 595 0 0 842 0 0 cm /Im Do Q\n").object(100, &picture, "/XObject << /Im 100 0 R >>")
    }

    /// The file's bytes.
    pub fn bytes(self) -> Vec<u8> {
        let count = self.pages.len();
        let kids: String = (0..count).map(|n| format!("{} 0 R ", 10 + 2 * n)).collect();
        let mut objects: Vec<(usize, Vec<u8>)> = vec![
            (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
            (2, format!("<< /Type /Pages /Count {count} /Kids [ {kids}] >>").into_bytes()),
            (3, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()),
            (4, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>".to_vec()),
        ];
        for (n, page) in self.pages.iter().enumerate() {
            objects.push((10 + 2 * n, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> {} >> >>", 11 + 2 * n, self.resources).into_bytes()));
            objects.push((
                11 + 2 * n,
                format!("<< /Length {} >> stream\n{page}\nendstream", page.len()).into_bytes(),
            ));
        }
        objects.extend(self.objects);
        assembled(&objects, &self.trailer)
    }

    /// The file as it is read.
    pub fn read(self) -> common_ground::Result<Document> {
        read(&Source { path: "test.pdf".into(), bytes: self.bytes() }, "a")
    }
}

/// A file of these objects; object 1 is its catalogue.
pub fn assembled(objects: &[(usize, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = std::collections::BTreeMap::new();
    for (number, content) in objects {
        places.insert(*number, out.len());
        out.extend(format!("{number} 0 obj\n").as_bytes());
        out.extend(content);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    let size = places.keys().max().map_or(1, |n| n + 1);
    out.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, place) in &places {
        out.extend(format!("{number} 1\n{place:010} 00000 n \n").as_bytes());
    }
    out.extend(
        format!("trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    out
}
