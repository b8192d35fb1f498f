//! The one door through which document text reaches a page or a terminal.
//!
//! HTML goes through the template engine's own escaping; what is added here is that characters which are invisible or turn the
//! direction of writing are shown as their code points instead of doing their work.

use crate::document::suspect::is_hidden;

/// A text as it is shown: invisible and direction-turning characters as `[U+202E]`; the same text if it has none.
pub(crate) fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    // All of these lie above ASCII, so that the common case is one fast scan.
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) || !text.chars().any(is_hidden) {
        return std::borrow::Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    std::borrow::Cow::Owned(out)
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
