//! How the results file is laid out: values in, JSON out, written straight into one buffer.
//!
//! Each member has a line of its own down to the fourth level; what lies deeper stands in one line: a block, a link or a
//! difference is one line each. What there is most of is written by hand ([`Lines::key`], [`Lines::text`]); the rest through
//! serde ([`Lines::value`]), in the same layout.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::escape::run;

/// A JSON file with each member on a line of its own.
pub(super) fn pretty(all: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The deepest level whose members have lines of their own.
const DEEPEST: usize = 4;

/// What stands before a member at a depth, after another or not.
fn gap(depth: usize, comma: bool) -> &'static [u8] {
    const BREAK: &[u8; 2 + 2 * DEEPEST] = b",\n        ";
    match BREAK.get(usize::from(!comma)..2 + 2 * depth) {
        Some(line) => line,
        None if comma => b", ",
        None => b"",
    }
}

/// What stands before the sign that ends a list or an object at a depth which holds something.
fn end(depth: usize) -> &'static [u8] {
    if depth < DEEPEST { gap(depth, false) } else { b"" }
}

/// JSON that is being written: lists and objects are opened and closed, and between the two hold keys with values, or items.
pub(super) struct Lines {
    out: Vec<u8>,
    depth: usize,
    /// Whether the list or object that was opened last holds a value.
    filled: bool,
}

impl Lines {
    /// JSON of about so many bytes, whose lines after the first are indented by `depth` levels more.
    pub(super) fn new(depth: usize, bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), depth, filled: false }
    }

    /// What was written.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.out
    }

    /// Begins a list or an object with its sign.
    pub(super) fn open(&mut self, sign: u8) {
        self.depth += 1;
        self.filled = false;
        self.out.push(sign);
    }

    /// Ends it.
    pub(super) fn close(&mut self, sign: u8) {
        self.depth -= 1;
        if self.filled {
            self.out.extend_from_slice(end(self.depth));
        }
        self.out.push(sign);
        self.filled = true;
    }

    /// The line of the next item of a list; its value follows.
    pub(super) fn item(&mut self) {
        self.out.extend_from_slice(gap(self.depth, self.filled));
        self.filled = true;
    }

    /// The line and name of the next value of an object; its value follows.
    #[inline]
    pub(super) fn key(&mut self, name: &'static str) {
        self.item();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\": ");
    }

    /// A text, escaped as serde does it.
    pub(super) fn text(&mut self, text: &str) {
        self.out.push(b'"');
        let mut rest = text.as_bytes();
        loop {
            let plain = run(rest, |b| b < b' ' || b == b'"' || b == b'\\');
            let (before, after) = rest.split_at(plain);
            self.out.extend_from_slice(before);
            let [special, after @ ..] = after else { break };
            match special {
                b'"' => self.out.extend_from_slice(b"\\\""),
                b'\\' => self.out.extend_from_slice(b"\\\\"),
                b'\n' => self.out.extend_from_slice(b"\\n"),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                b'\t' => self.out.extend_from_slice(b"\\t"),
                0x08 => self.out.extend_from_slice(b"\\b"),
                0x0C => self.out.extend_from_slice(b"\\f"),
                other => self.out.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
            }
            rest = after;
        }
        self.out.push(b'"');
    }

    /// A text, or null.
    pub(super) fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.out.extend_from_slice(b"null"),
        }
    }

    /// A whole number.
    pub(super) fn number(&mut self, n: u64) {
        let mut digits = [0; 20]; // of the largest
        let mut at = digits.len();
        let mut rest = n;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    /// A whole number, or null.
    pub(super) fn number_or_null(&mut self, n: Option<u32>) {
        match n {
            Some(n) => self.number(u64::from(n)),
            None => self.text_or_null(None),
        }
    }

    /// A list of whole numbers.
    pub(super) fn numbers(&mut self, all: &[u32]) {
        self.list(all, |lines, n| lines.number(u64::from(*n)));
    }

    /// A list, its items written by `each`.
    pub(super) fn list<T>(&mut self, all: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        self.open(b'[');
        for one in all {
            self.item();
            each(self, one);
        }
        self.close(b']');
    }

    /// Any other value, through serde.
    pub(super) fn value(&mut self, value: &impl Serialize) {
        let layout = Layout { depth: self.depth, filled: false };
        // Our own types hold nothing that JSON cannot: string keys, finite numbers. Writing to memory cannot fail.
        let _ = value.serialize(&mut Serializer::with_formatter(&mut self.out, layout));
    }

    /// JSON that was written for this depth before.
    pub(super) fn written(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }
}

/// The same layout for serde.
struct Layout {
    depth: usize,
    /// Whether the list or object that was opened last holds a value.
    filled: bool,
}

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, to: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(sign)
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            to.write_all(end(self.depth))?;
        }
        to.write_all(sign)
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        to.write_all(gap(self.depth, !first))
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        to.write_all(gap(self.depth, !first))
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl Serialize, depth: usize) -> Vec<u8> {
        let mut lines = Lines::new(depth, 0);
        lines.value(value);
        lines.bytes()
    }

    #[test]
    fn members_have_lines_of_their_own_down_to_the_fourth_level() {
        let value = serde_json::json!({"a": [[[{"b": [1, 2], "c": {}}]], []], "d": 1});
        let wanted = r#"{
  "a": [
    [
      [
        {"b": [1, 2], "c": {}}
      ]
    ],
    []
  ],
  "d": 1
}"#;
        assert_eq!(String::from_utf8(written(&value, 0)).as_deref(), Ok(wanted));
    }

    #[test]
    fn what_is_written_is_what_serde_reads() {
        let mut value = serde_json::json!({"a": [1, {}, [], {"b": "x\n\"y"}], "c": null, "é": [[["z"]]]});
        for depth in 0..40 {
            value = serde_json::json!([value, {"k": 1.5}]);
            assert_eq!(serde_json::from_slice(&written(&value, depth)).ok().as_ref(), Some(&value));
        }
    }

    #[test]
    fn what_is_written_by_hand_is_what_serde_writes() {
        let every: String = (0..0x180u32).filter_map(char::from_u32).collect();
        let numbers = [0, 7, 10, 99, 4_294_967_295u64];
        let mut lines = Lines::new(0, 0);
        lines.open(b'{');
        lines.key("every");
        lines.text(&every);
        lines.key("list");
        lines.list(numbers, Lines::number);
        lines.key("none");
        lines.numbers(&[]);
        lines.key("null");
        lines.text_or_null(None);
        lines.key("value");
        lines.value(&serde_json::json!({"a": [1, {}]}));
        lines.key("within");
        lines.list([1, 2], |lines, n| {
            lines.open(b'{');
            lines.key("n");
            lines.number(n);
            lines.close(b'}');
        });
        lines.close(b'}');
        let same = serde_json::json!({
            "every": every, "list": numbers, "none": [], "null": null, "value": {"a": [1, {}]}, "within": [{"n": 1}, {"n": 2}]
        });
        assert_eq!(lines.bytes(), written(&same, 0));
    }
}
