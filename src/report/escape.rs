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

/// A text as a terminal may show it: nothing in it can move the cursor or change colours.
pub fn terminal(text: &str) -> String {
    visible(text).into_owned()
}

/// A date as people read it: "24 November 2026".
pub(crate) fn date(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}
