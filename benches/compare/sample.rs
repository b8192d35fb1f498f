//! What is read: two schools' policies as paragraphs, made of the sample partnership's sentences; and one policy in each format.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};

use common_ground::document::{Kind, Role};
use common_ground::read::{Source, read};

use super::{POLICIES, WORDS};

/// A policy: its title, and its paragraphs, of which those that are headings say so.
pub struct Policy {
    pub title: String,
    pub paragraphs: Vec<(bool, String)>,
}

impl Policy {
    pub fn words(&self) -> usize {
        self.paragraphs.iter().map(|(_, text)| text.split(' ').count()).sum()
    }
}

const TOPICS: [&str; POLICIES] = [
    "Behaviour",
    "Attendance",
    "Complaints",
    "First Aid",
    "Uniform",
    "Homework",
    "Charging",
    "Online Safety",
    "SEND",
    "Trips",
    "Marking",
    "Assessment",
    "Equality",
    "Data Protection",
    "Whistleblowing",
    "Pay",
    "Lettings",
    "Staff Code of Conduct",
    "Anti-bullying",
    "Health and Safety",
    "Accessibility Plan",
    "Admissions",
    "Curriculum",
    "Early Years",
    "Fire Safety",
    "Freedom of Information",
    "Governor Allowances",
    "Intimate Care",
    "Lone Working",
    "Medical Conditions",
    "Mobile Phones",
    "Music",
    "Physical Education",
    "Reading",
    "Religious Education",
    "Risk Assessment",
    "Science",
    "Sun Safety",
    "Transition",
    "Volunteers",
];

/// Both schools' policies: the second shares every other paragraph, words some otherwise and has some of its own.
pub fn schools() -> [Vec<Policy>; 2] {
    let sentences = sentences();
    // A stride walks through all of a prime number of sentences, so that no two policies are made of the same ones.
    let prime = (2..=sentences.len()).rev().find(|n| (2..*n).all(|k| n % k != 0)).unwrap();
    [0, 1].map(|school| {
        let policy = |(number, topic): (usize, &&str)| {
            let mut paragraphs = Vec::new();
            let (mut count, mut step) = (0, 0);
            while count < WORDS {
                let at = (number * 61 + step * (2 * number + 1)) % prime;
                let (heading, text) = &sentences[at];
                let text = match (school, at % 4) {
                    (1, 1) => text.replace("will", "should").replace("pupil", "child"),
                    (1, 3) => sentences[(at * 7 + 5) % prime].1.clone(),
                    _ => text.clone(),
                };
                let text = text.replace("the school", &format!("{} in the school", topic.to_lowercase()));
                count += text.split(' ').count();
                paragraphs.push((*heading, text));
                step += 1;
            }
            Policy { title: format!("{topic} Policy"), paragraphs }
        };
        TOPICS.iter().enumerate().map(policy).collect()
    })
}

/// All paragraphs of the sample partnership's policies, and which are headings.
fn sentences() -> Vec<(bool, String)> {
    let mut sentences: Vec<(bool, String)> = Vec::new();
    for school in ["policies/infant", "policies/junior"] {
        let mut paths: Vec<_> = fs::read_dir(school).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let document = read(&Source::open(&path, &path.display().to_string()).unwrap(), "a").unwrap();
            let body = document.blocks.iter().filter(|b| b.role == Role::Body);
            sentences.extend(body.map(|b| (b.kind == Kind::Heading, b.text.clone())));
        }
    }
    sentences
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A policy as a Word file.
pub fn docx(policy: &Policy) -> Vec<u8> {
    let title = &policy.title;
    let mut markup =
        format!("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>");
    for (heading, text) in &policy.paragraphs {
        let style = if *heading { "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" } else { "" };
        // Word cuts paragraphs into runs; so do these.
        let cut = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(i, _)| i);
        let (left, right) = text.split_at(cut);
        let (left, right) = (escaped(left), escaped(right));
        write!(
            markup,
            "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"00A77B3E\">{style}<w:r w:rsidRPr=\"005C1D2F\"><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr><w:t xml:space=\"preserve\">{left}</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr><w:t xml:space=\"preserve\">{right}</w:t></w:r></w:p>"
        )
        .unwrap();
    }
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = "http://schemas.openxmlformats.org/package/2006/relationships";
    zipped(&[
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{rels}\"><Relationship Id=\"r1\" Type=\"{r}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"{rels}\"><Relationship Id=\"r1\" Type=\"{r}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "word/styles.xml",
            format!(
                "<w:styles xmlns:w=\"{w}\"><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style></w:styles>"
            ),
        ),
        ("word/document.xml", format!("<w:document xmlns:w=\"{w}\"><w:body>{markup}</w:body></w:document>")),
    ])
}

/// A policy as an OpenDocument text.
pub fn odt(policy: &Policy) -> Vec<u8> {
    let mut markup = format!("<text:h text:outline-level=\"1\">{}</text:h>", policy.title);
    for (heading, text) in &policy.paragraphs {
        let text = escaped(text);
        match heading {
            true => write!(markup, "<text:h text:outline-level=\"2\">{text}</text:h>").unwrap(),
            false => write!(markup, "<text:p text:style-name=\"P1\">{text}</text:p>").unwrap(),
        }
    }
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        (
            "content.xml",
            format!(
                "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:text=\"{names}:text:1.0\"><office:body><office:text>{markup}</office:text></office:body></office:document-content>"
            ),
        ),
    ])
}

/// A policy as a web page.
pub fn html(policy: &Policy) -> Vec<u8> {
    let mut page =
        format!("<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1>\n", policy.title);
    for (heading, text) in &policy.paragraphs {
        let name = if *heading { "h2" } else { "p" };
        writeln!(page, "<{name}>{}</{name}>", escaped(text)).unwrap();
    }
    page.push_str("</body></html>\n");
    page.into_bytes()
}

/// A policy in Markdown.
pub fn markdown(policy: &Policy) -> Vec<u8> {
    let mut page = format!("# {}\n\n", policy.title);
    for (heading, text) in &policy.paragraphs {
        writeln!(page, "{}{text}\n", if *heading { "## " } else { "" }).unwrap();
    }
    page.into_bytes()
}

/// A policy as plain text.
pub fn text(policy: &Policy) -> Vec<u8> {
    let mut page = format!("{}\n\n", policy.title);
    for (_, text) in &policy.paragraphs {
        writeln!(page, "{text}\n").unwrap();
    }
    page.into_bytes()
}

/// A policy as a PDF file of full pages in one font, and how many pages it has.
pub fn pdf(policy: &Policy) -> (Vec<u8>, usize) {
    const LINES: usize = 50;
    let mut lines = vec![policy.title.clone(), String::new()];
    for (_, text) in &policy.paragraphs {
        let mut line = String::new();
        for word in text.split(' ') {
            if line.len() + word.len() > 85 {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(word);
            line.push(' ');
        }
        lines.extend([line, String::new()]);
    }
    let pages: Vec<&[String]> = lines.chunks(LINES).collect();
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        let mut content = String::from("BT /F1 10 Tf 14 TL 50 780 Td\n");
        for line in *lines {
            let plain: String = line.chars().filter(char::is_ascii).collect();
            let plain = plain.replace('\\', "").replace('(', "\\(").replace(')', "\\)");
            writeln!(content, "({plain}) Tj T*").unwrap();
        }
        content.push_str("ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    (file.into_bytes(), pages.len())
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
