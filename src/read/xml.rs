//! XML of a part in, a bounded stream of nodes out: no DOCTYPE, no entities but the five, depth and attributes counted.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// The vocabularies that a Word file is told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// Text and its properties.
    Word,
    /// Equations.
    Math,
    /// Drawings and pictures.
    Drawing,
    /// Choices between new and old markup.
    Choice,
    /// Old drawings.
    Vml,
    /// Anything else.
    Other,
}

/// One step of the stream.
pub(crate) enum Node<'x> {
    /// An element begins; one without content is followed at once by its end.
    Open(Element<'x>),
    /// The element that was opened last and not closed yet ends.
    Close,
    /// Text.
    Text(Cow<'x, str>),
}

/// The beginning of an element.
pub(crate) struct Element<'x> {
    start: BytesStart<'x>,
    pub(crate) space: Space,
    /// Bytes of the prefix and its colon.
    prefix: usize,
}

impl Element<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.name().0.get(self.prefix..).unwrap_or("")
    }

    /// The name as written, with its prefix.
    pub(crate) fn full_name(&self) -> &str {
        self.start.name().0
    }

    /// All attributes as written, with their prefixes, in order.
    pub(crate) fn attributes(&self) -> Vec<(String, String)> {
        let owned = |a: quick_xml::events::attributes::Attribute| {
            let value = a.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_or_else(|_| a.value.clone().into_owned(), Cow::into_owned);
            (a.key.0.to_owned(), value)
        };
        self.start.attributes().with_checks(false).flatten().map(owned).collect()
    }

    /// The value of the first attribute of this name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        for attribute in self.start.attributes().with_checks(false).flatten() {
            let key = attribute.key.0;
            if key.get(prefixed(key)..) == Some(name) {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return Some(value.map_or_else(|_| attribute.value.clone().into_owned(), Cow::into_owned));
            }
        }
        None
    }

    /// The `val` attribute.
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A switch such as bold: on unless its value says off.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// A bounded stream of nodes.
pub(crate) struct Nodes<'x> {
    reader: Reader<&'x [u8]>,
    text: &'x [u8],
    depth: u64,
    /// Prefixes in the order of their declaration.
    prefixes: Vec<(String, Space)>,
    /// How often a prefix was declared.
    declared: u64,
}

impl<'x> Nodes<'x> {
    /// Streams a part's text; see [`decoded`].
    pub(crate) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self { reader, text: text.as_bytes(), depth: 0, prefixes: Vec::new(), declared: 0 }
    }

    /// The next node; none at the end.
    ///
    /// # Errors
    ///
    /// Input if it is no well-formed XML or has a DOCTYPE; Limit if it is nested too deep or has too many attributes.
    pub(crate) fn next(&mut self) -> Result<Option<Node<'x>>> {
        loop {
            match self.reader.read_event().map_err(|e| malformed(&e.to_string()))? {
                Event::Start(start) => {
                    self.depth = self.depth.saturating_add(1);
                    if self.depth > limits::XML_DEPTH {
                        return Err(Error::over("elements inside elements", self.depth, limits::XML_DEPTH));
                    }
                    let prefix = prefixed(start.name().0);
                    let space = self.declare(&start, prefix)?;
                    return Ok(Some(Node::Open(Element { start, space, prefix })));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let name: &str = &reference;
                    let text = match name {
                        "amp" => "&".to_owned(),
                        "lt" => "<".to_owned(),
                        "gt" => ">".to_owned(),
                        "quot" => "\"".to_owned(),
                        "apos" => "'".to_owned(),
                        _ => match reference.resolve_char_ref() {
                            Ok(Some(c)) => c.to_string(),
                            _ => return Err(malformed("an entity that is not declared")),
                        },
                    };
                    return Ok(Some(Node::Text(Cow::Owned(text))));
                }
                Event::DocType(_) => {
                    return Err(Error::new(
                        ErrorKind::Input,
                        "has a document type declaration, which Word never writes",
                    )
                    .hint("open it in Word and save it as .docx"));
                }
                Event::Eof if self.depth > 0 => return Err(malformed("it ends in the middle")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was opened last.
    ///
    /// # Errors
    ///
    /// As [`Self::next`].
    pub(crate) fn skip(&mut self) -> Result<()> {
        let mut open = 1u64;
        while open > 0 {
            match self.next()? {
                Some(Node::Open(_)) => open = open.saturating_add(1),
                Some(Node::Close) => open = open.saturating_sub(1),
                Some(Node::Text(_)) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }

    /// How often a prefix was declared so far.
    pub(crate) fn declared(&self) -> u64 {
        self.declared
    }

    /// What stands after the tag of the element that was opened last; none if the element is empty.
    pub(crate) fn rest(&self) -> Option<&'x [u8]> {
        let rest = self.rest_after_end();
        let tag = self.text.len().checked_sub(rest.len()).and_then(|read| self.text.get(..read))?;
        (!tag.ends_with(b"/>")).then_some(rest)
    }

    /// What stands after the tag that was read last, if that was no empty element.
    pub(crate) fn rest_after_end(&self) -> &'x [u8] {
        self.reader.get_ref()
    }

    /// Passes over this many bytes of the content of the element that was opened last: known ones, which hold whole elements without
    /// content. False, and nothing is passed over, if those would be nested too deep here.
    pub(crate) fn pass_over_flat(&mut self, bytes: usize) -> bool {
        let fits = self.depth < limits::XML_DEPTH;
        if let Some(rest) = self.rest_after_end().get(bytes..).filter(|_| fits) {
            *self.reader.get_mut() = rest;
        }
        fits
    }

    /// Counts the attributes, notes the prefixes declared, and says which vocabulary the element belongs to.
    fn declare(&mut self, start: &BytesStart, prefix: usize) -> Result<Space> {
        let raw = start.attributes_raw();
        // An attribute takes five bytes at least (` a=""`): so few bytes cannot hold too many, and most elements declare nothing.
        if raw.len() as u64 > 5 * limits::ATTRIBUTES || declares(raw) {
            let mut count = 0u64;
            for attribute in start.attributes().with_checks(false) {
                let attribute = attribute.map_err(|e| malformed(&e.to_string()))?;
                count = count.saturating_add(1);
                if count > limits::ATTRIBUTES {
                    return Err(Error::over("attributes of one element", count, limits::ATTRIBUTES));
                }
                if let Some(prefix) = attribute.key.0.strip_prefix("xmlns") {
                    let prefix = prefix.strip_prefix(':').unwrap_or("");
                    let space = space_of(&attribute.value);
                    self.declared = self.declared.saturating_add(1);
                    let room = (self.prefixes.len() as u64) < limits::ATTRIBUTES;
                    match self.prefixes.iter_mut().find(|(p, _)| p == prefix) {
                        Some(known) => known.1 = space,
                        None if room => self.prefixes.push((prefix.to_owned(), space)),
                        None => {}
                    }
                }
            }
        }
        let prefix = start.name().0.get(..prefix.saturating_sub(1)).unwrap_or("");
        Ok(self.prefixes.iter().find(|(p, _)| p == prefix).map_or(Space::Other, |(_, s)| *s))
    }
}

/// Bytes of a name's prefix and its colon; 0 if it has none. Names are short: a loop is faster than a search.
fn prefixed(name: &str) -> usize {
    name.bytes().position(|b| b == b':').map_or(0, |at| at.saturating_add(1))
}

/// Whether attributes may declare a prefix.
fn declares(attributes: &str) -> bool {
    let bytes = attributes.as_bytes();
    memchr::memchr_iter(b'x', bytes).any(|at| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"xmlns")))
}

/// The vocabulary of a namespace, in its transitional or strict form.
fn space_of(address: &str) -> Space {
    if address.ends_with("/wordprocessingml/2006/main") || address.ends_with("/wordprocessingml/main") {
        Space::Word
    } else if address.ends_with("/officeDocument/2006/math") || address.ends_with("/officeDocument/math") {
        Space::Math
    } else if address.contains("/drawingml/") || address.contains("/wordprocessingDrawing") {
        Space::Drawing
    } else if address.ends_with("/markup-compatibility/2006") {
        Space::Choice
    } else if address == "urn:schemas-microsoft-com:vml" {
        Space::Vml
    } else {
        Space::Other
    }
}

/// A part's bytes as text: UTF-8, or what its byte order mark says.
///
/// # Errors
///
/// Input if it is neither.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>> {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or(&[]));
        return if had_errors { Err(malformed("its characters are damaged")) } else { Ok(text) };
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| malformed("its characters are not UTF-8"))
}

fn malformed(why: &str) -> Error {
    Error::new(ErrorKind::Input, format!("the file is damaged ({why})"))
        .hint("open it in Word and save it again")
}
