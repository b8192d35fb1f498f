//! What a policy is: a reading of a file in, a document with its outline, front matter, tokens and receipt out.
//!
//! Blocks are flat and in document order; what encloses what is said by [`Block::parent`] and [`Block::cell`], so that no
//! input can make the program recurse.

pub mod block;
pub mod date;
pub mod front_matter;
pub(crate) mod gaps;
pub mod logo;
pub mod outline;
pub mod partnership;
pub mod receipt;
pub(crate) mod schools;
pub(crate) mod suspect;
pub mod theme;
pub mod title;
pub mod tokens;

pub use block::{Apart, ApartKind, Block, BlockId, Cell, Kind, Look, Picture, Place, Role, Span, Style};
pub use date::Dated;
pub(crate) use front_matter::Asks;
pub use front_matter::FrontMatter;
pub use logo::Logo;
pub(crate) use partnership::slug;
pub use partnership::{Allowed, Correction, One, OwnDuty, Partnership, School, Two};
pub use receipt::{Receipt, Unread};
pub use theme::{Telling, Theme};
pub use tokens::{Class, Token};

/// What a reader found in a file, before anything is concluded from it.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Reading {
    /// The text in document order. Readers set kind, level (headings by style or markup only), marker, text, spans, cell,
    /// place and look; [`Document::new`] sets the rest.
    pub blocks: Vec<Block>,
    /// Text that is kept apart from the body: headers, footers, comments, deletions, hidden text.
    pub apart: Vec<Apart>,
    /// Pictures in document order.
    pub pictures: Vec<Picture>,
    /// Tables in the body, nested ones included.
    pub tables: u32,
    /// What the file says about itself outside its text: YAML front matter, HTML title and meta, Word properties; names in
    /// lower case, in file order.
    pub properties: Vec<(String, String)>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// What was read with a remark, in words: "read as Windows-1252", "3 tracked changes: the accepted text is used".
    pub notices: Vec<String>,
}

/// One policy as it was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// [`School::id`] of the school whose folder it stood in.
    pub school: String,
    /// Relative to the folder the user named, with forward slashes; the file name alone if a file was named.
    pub path: String,
    /// What the policy calls itself; falls back to the file name without ending.
    pub title: String,
    /// Every block of the body, notes and text boxes in document order; a block's id is its index.
    pub blocks: Vec<Block>,
    /// See [`Reading::apart`].
    pub apart: Vec<Apart>,
    /// See [`Reading::pictures`].
    pub pictures: Vec<Picture>,
    /// Title, version, owner, approvals and dates, wherever they stood.
    pub front_matter: FrontMatter,
    /// Which block tells what of the front matter, in order of place.
    pub(crate) told: Vec<(BlockId, Asks)>,
    /// What was read and what was not.
    pub receipt: Receipt,
    tokens: Vec<Token>,
    /// End of each block's tokens in `tokens`; one entry per block.
    token_ends: Vec<u32>,
}

impl Document {
    /// Concludes a reading: recognises headings, finds the front matter, splits the text into tokens and counts.
    ///
    /// Cost: linear in the text.
    pub fn new(school: &str, path: &str, reading: Reading) -> Self {
        let Reading { mut blocks, apart, pictures, tables, properties, unread, mut notices } = reading;
        outline::recognise(&mut blocks, &mut notices);
        let front_matter::Found { front: front_matter, told } =
            front_matter::find(&mut blocks, &apart, &properties, path);
        outline::nest(&mut blocks);
        notices.extend(suspect::find(&blocks));
        let (tokens, token_ends) = tokens::split_all(&blocks);
        let words = tokens.iter().filter(|t| t.class != Class::Mark).count() as u64;
        let receipt = Receipt {
            words,
            blocks: blocks.len() as u64,
            tables: u64::from(tables),
            pictures: pictures.len() as u64,
            unread,
            notices,
        };
        let title = front_matter.title.clone().unwrap_or_else(|| title::title_of_path(path));
        Self {
            school: school.to_owned(),
            path: path.to_owned(),
            title,
            blocks,
            apart,
            pictures,
            front_matter,
            told,
            receipt,
            tokens,
            token_ends,
        }
    }

    /// A document of blocks that were concluded before: kinds, levels and roles are taken as they are.
    pub fn of_blocks(school: &str, path: &str, title: &str, mut blocks: Vec<Block>) -> Self {
        outline::nest(&mut blocks);
        let (tokens, token_ends) = tokens::split_all(&blocks);
        let words = tokens.iter().filter(|t| t.class != Class::Mark).count() as u64;
        let receipt = Receipt { words, blocks: blocks.len() as u64, ..Receipt::default() };
        Self {
            school: school.to_owned(),
            path: path.to_owned(),
            title: title.to_owned(),
            blocks,
            apart: Vec::new(),
            pictures: Vec::new(),
            front_matter: FrontMatter::default(),
            told: Vec::new(),
            receipt,
            tokens,
            token_ends,
        }
    }

    /// The tokens of one block, in order; byte ranges count in that block's text. Empty for an id that does not exist.
    pub fn tokens(&self, block: BlockId) -> &[Token] {
        let end = self.token_ends.get(block as usize).copied().unwrap_or(0) as usize;
        let start = match block.checked_sub(1) {
            Some(before) => self.token_ends.get(before as usize).copied().unwrap_or(0) as usize,
            None => 0,
        };
        self.tokens.get(start..end).unwrap_or(&[])
    }

    /// The headings that enclose a block, outermost first; a heading is not in its own section.
    pub fn section(&self, block: BlockId) -> Vec<BlockId> {
        let mut path: Vec<BlockId> = self.above(block).collect();
        path.reverse();
        path
    }

    /// The same, innermost first.
    pub(crate) fn above(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        let parent = |id: BlockId| self.blocks.get(id as usize).and_then(|b| b.parent);
        // A parent stands before its child, so this ends.
        std::iter::successors(parent(block), move |id| parent(*id).filter(|p| p < id))
    }
}
