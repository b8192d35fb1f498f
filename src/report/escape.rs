//! The one door through which document text reaches a page or a terminal.
//!
//! HTML goes through the template engine's own escaping; what is added here is that characters which are invisible or turn the
//! direction of writing are shown as their code points instead of doing their work.

use crate::document::suspect::is_hidden;

/// A text as it is shown: invisible and direction-turning characters as `[U+202E]`; the same text if it has none.
pub(crate) fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    // All of these are control characters or lie above ASCII, so that the common case is one fast scan.
    if run(text.as_bytes(), is_rare) == text.len() || !text.chars().any(is_hidden) {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| shown(c, &mut out));
    std::borrow::Cow::Owned(out)
}

/// Writes a text as it is shown on a page: [`visible`], and what is markup in HTML as entities.
pub(super) fn html(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let plain = run(rest.as_bytes(), |b| is_rare(b) || matches!(b, b'&' | b'<' | b'>' | b'"'));
        let (before, after) = rest.split_at(plain);
        out.push_str(before);
        let mut after = after.chars();
        match after.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some(c) => shown(c, out),
            None => break,
        }
        rest = after.as_str();
    }
}

fn shown(c: char, out: &mut String) {
    if is_hidden(c) {
        out.push_str(&format!("[U+{:04X}]", u32::from(c)));
    } else {
        out.push(c);
    }
}

/// A byte of a character that may be hidden.
fn is_rare(byte: u8) -> bool {
    !(b' '..=b'~').contains(&byte)
}

/// How many bytes stand before the first at which `stops` holds; as many as are looked at together fill a register of the machine.
#[inline]
pub(super) fn run(bytes: &[u8], stops: impl Fn(u8) -> bool) -> usize {
    const TOGETHER: usize = 16;
    let whole = bytes.chunks_exact(TOGETHER);
    let whole = whole.take_while(|c| !c.iter().fold(false, |any, b| any | stops(*b))).count() * TOGETHER;
    let rest = bytes.get(whole..).unwrap_or(&[]);
    whole + rest.iter().position(|b| stops(*b)).unwrap_or(rest.len())
}

/// A text inside an XML attribute or element: marked-up letters written as entities, what XML forbids shown as code points.
pub(crate) fn xml(text: &str) -> String {
    let forbidden =
        |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let plain: String = text.chars().map(|c| if forbidden(c) { '\u{FFFD}' } else { c }).collect();
    quick_xml::escape::escape(visible_lines(&plain).as_str()).into_owned()
}

/// As [`visible`], with line breaks kept.
fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// A text as a terminal may show it: nothing in it can move the cursor or change colours.
pub fn terminal(text: &str) -> String {
    visible(text).into_owned()
}

pub(crate) use crate::document::date::in_words as date;

/// A text in a cell of a Markdown table: no mark-up, no link, no picture, no HTML, no line break.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' | '@' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// One record of a CSV file: every field quoted, and one that a spreadsheet would reckon with made text by a leading apostrophe.
pub(crate) fn csv_line<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<String> = cells.iter().map(|c| csv_field(c.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn csv_field(text: &str) -> String {
    const RECKONS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    let guard = if text.starts_with(RECKONS) { "'" } else { "" };
    format!("\"{guard}{}\"", visible(text).replace('"', "\"\""))
}
