//! How the results file is laid out: a value in, its JSON with two blanks a level out, as it stands at some depth of a larger one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A comma, a line break and the blanks of the deepest level that is written at once.
const BREAK: &[u8; 66] = b",\n                                                                ";

/// Bytes to begin with: a document of a few pages is written without being moved.
const PAGES: usize = 64 * 1024;

/// A value's JSON, the lines after its first indented by `depth` levels more.
pub(super) fn written(value: &impl Serialize, depth: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(PAGES);
    let layout = Layout { depth, filled: false };
    // Our own types hold nothing that JSON cannot: string keys, finite numbers. Writing to memory cannot fail.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut bytes, layout));
    bytes
}

/// Puts values that are written already into a list that stands at depth 1.
pub(super) fn list(out: &mut Vec<u8>, name: &str, values: &[Vec<u8>]) {
    out.extend_from_slice(b",\n  \"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\": [");
    for (at, value) in values.iter().enumerate() {
        out.extend_from_slice(if at == 0 { b"\n    " } else { b",\n    " });
        out.extend_from_slice(value);
    }
    out.extend_from_slice(if values.is_empty() { b"]" } else { b"\n  ]" });
}

/// Serde's own layout, one write a line break instead of one a level.
struct Layout {
    depth: usize,
    /// Whether the list or object that was opened last holds a value.
    filled: bool,
}

impl Layout {
    fn line<W: ?Sized + Write>(&self, to: &mut W, comma: bool) -> io::Result<()> {
        let from = usize::from(!comma);
        match BREAK.get(from..2 + 2 * self.depth) {
            Some(line) => to.write_all(line),
            None => {
                to.write_all(&BREAK[from..2])?;
                (0..self.depth).try_for_each(|_| to.write_all(b"  "))
            }
        }
    }

    fn open<W: ?Sized + Write>(&mut self, to: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        to.write_all(sign)
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.line(to, false)?;
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
        self.line(to, !first)
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
        self.line(to, !first)
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

    #[test]
    fn written_at_depth_nought_is_what_serde_writes() {
        let mut value = serde_json::json!({"a": [1, {}, [], {"b": "x\n\"y"}], "c": null, "é": [[["z"]]]});
        for _ in 0..40 {
            value = serde_json::json!([value, {"k": 1.5}]);
        }
        assert_eq!(written(&value, 0), serde_json::to_vec_pretty(&value).unwrap_or_default());
    }
}
