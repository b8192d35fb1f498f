//! Properties that stand before stretch after stretch of a text, letter for letter: parsed once, then passed over.
//!
//! Word repeats a run's properties before every few words, and three tags in five of a policy are theirs. The same bytes in the same
//! place give the same properties, so a stretch that was read before is recognised by its bytes alone.

use super::super::xml::Nodes;
use super::styles::Props;

/// Different stretches that are remembered; a policy has its body text, a bold and a few more. The oldest gives way.
const KEPT: usize = 8;
/// Bytes of the longest that is worth remembering; Word's own are below 300.
const LONGEST: usize = 512;

/// What a run's properties say.
#[derive(Clone, Debug, Default)]
pub(super) struct RunProps {
    pub(super) own: Props,
    /// The character style's id.
    pub(super) style: Option<String>,
}

/// The properties that were met last.
#[derive(Debug, Default)]
pub(super) struct Repeated<'x> {
    known: Vec<(&'x [u8], RunProps)>,
    /// Where the next goes when all places are taken.
    oldest: usize,
    /// How often a prefix had been declared when these were read: a new meaning of one makes all of them unknown.
    declared: u64,
    /// What follows the properties that are being read.
    open: Option<&'x [u8]>,
}

impl<'x> Repeated<'x> {
    /// Properties begin, nothing being set yet: what they say, if they are known; their content is passed over then.
    pub(super) fn begin(&mut self, nodes: &mut Nodes<'x>) -> Option<RunProps> {
        if self.declared != nodes.declared() {
            self.known.clear();
            self.declared = nodes.declared();
        }
        self.open = nodes.rest();
        let rest = self.open?;
        let (bytes, props) = self.known.iter().find(|(bytes, _)| rest.starts_with(bytes))?;
        self.open = None;
        nodes.pass_over_flat(content(bytes)).then(|| props.clone())
    }

    /// The properties that began last end; `simple` if they held nothing but single properties.
    pub(super) fn end(&mut self, nodes: &Nodes<'x>, simple: bool, props: impl FnOnce() -> RunProps) {
        let Some(open) = self.open.take() else { return };
        if !simple || self.declared != nodes.declared() {
            return;
        }
        let left = nodes.rest_after_end().len();
        let Some(bytes) = open.len().checked_sub(left).and_then(|read| open.get(..read)) else { return };
        if bytes.len() > LONGEST {
            return;
        }
        if self.known.len() < KEPT {
            self.known.push((bytes, props()));
        } else if let Some(oldest) = self.known.get_mut(self.oldest) {
            *oldest = (bytes, props());
            self.oldest = self.oldest.saturating_add(1) % KEPT;
        }
    }
}

/// The bytes before the tag that ends the properties, which is the last tag.
fn content(bytes: &[u8]) -> usize {
    memchr::memrchr(b'<', bytes).unwrap_or(0)
}
