//! Gaps of a template that nobody filled in: a sentence in, the byte ranges of gaps out.

/// What a gap in brackets starts with or holds; `[sic]` and `[1]` are no gaps.
const GAPS: [&str; 12] =
    ["insert", "name", "date", "school", "add ", "enter", "delete", "xxx", "tbc", "amend", "role", "your "];

/// Byte ranges of gaps: `[insert …]`, `<school name>`, `XXXX`, `_____`.
pub(crate) fn gaps(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    // Nearly every sentence has none of the marks of a gap.
    if memchr::memchr3(b'[', b'<', b'{', bytes).or_else(|| memchr::memchr2(b'X', b'_', bytes)).is_none() {
        return out;
    }
    for (open, close) in [('[', ']'), ('<', '>'), ('{', '}')] {
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|t| t.find(open)).map(|k| k + from) {
            let Some(end) = text.get(start..).and_then(|t| t.find(close)).map(|k| k + start + 1) else {
                break;
            };
            let inner = text.get(start + 1..end - 1).unwrap_or("").to_lowercase();
            let end = end + text.get(end..).map_or(0, |t| usize::from(open == '{' && t.starts_with('}')));
            if GAPS.iter().any(|g| inner.contains(g)) && inner.len() < 80 {
                out.push((start, end));
            }
            from = end;
        }
    }
    for run in ["XXX", "____"] {
        if let Some(start) = text.find(run) {
            let last = run.chars().next().unwrap_or('X');
            let length = text.get(start..).map_or(0, |t| t.chars().take_while(|c| *c == last).count());
            out.push((start, start + length));
        }
    }
    out.sort_unstable();
    out
}
