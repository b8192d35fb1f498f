//! Every ceiling in one place: what is counted, why there is a ceiling, and the largest real value seen in
//! 300 school policies and public test files. Ceilings count bytes, items and steps, never time, so that the same
//! input gives the same answer on every machine.

/// Bytes of one input file. Largest seen: 13 MB.
pub const FILE_BYTES: u64 = 50 * 1024 * 1024;
/// Entries in a zip package. Largest seen: 38.
pub const ZIP_ENTRIES: u64 = 2_000;
/// Bytes of one part once inflated, counted while inflating. Largest seen: 12.6 MB.
pub const PART_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of all parts of one package once inflated. Largest seen: 15.3 MB.
pub const PACKAGE_BYTES: u64 = 256 * 1024 * 1024;
/// Inflated bytes for each packed byte of a part, looked at after [`RATIO_FROM`]. Largest seen: 38.
pub const RATIO: u64 = 200;
/// Inflated bytes before [`RATIO`] counts: small parts of repeated text pack very well and harm nobody.
pub const RATIO_FROM: u64 = 1024 * 1024;
/// Elements open at once in an XML part or an HTML page. Largest seen: 22.
pub const XML_DEPTH: u64 = 256;
/// Attributes of one element. Largest seen: 36.
pub const ATTRIBUTES: u64 = 256;
/// Tables inside tables. Deeper ones are a drawing trick or an attack; largest seen: 3.
pub const TABLE_NESTING: u64 = 16;
/// Cells in one document. A 200,000-cell table is a spreadsheet, not a policy.
pub const TABLE_CELLS: u64 = 200_000;
/// Characters of text in one document. Largest seen: 1.1 million.
pub const TEXT_CHARS: u64 = 10_000_000;
/// Blocks in one document; bounds the work of aligning. Largest seen: 6,200.
pub const BLOCKS: u64 = 100_000;
/// Words on one side of a word-level comparison; above it blocks are shown whole, with the reason. Largest seen: 1,000.
pub const DIFF_WORDS: usize = 20_000;
/// Pairs of sentences of two policies that are held beside each other; above it, words that stand in very many sentences bring no
/// pair. Two policies of 5,000 sentences, some 75,000 words, stay below.
pub const SENTENCE_PAIRS: u64 = 25_000_000;
/// Of those, pairs that may correspond and are remembered until all are known, 96 MB; above it, the less like half is dropped.
pub const LIKE_PAIRS: usize = 8_000_000;
/// Things done at once. The largest servers have some hundred cores; more threads than cores only take memory.
pub const JOBS: u64 = 512;
/// Documents in one run.
pub const DOCUMENTS: u64 = 5_000;
/// Folders inside folders that are searched for policies; deeper is a loop or an archive.
pub const FOLDER_DEPTH: u64 = 32;
/// Pages of one PDF file. Largest seen: 185.
pub const PDF_PAGES: u64 = 2_000;
/// Ruled lines, and pictures, on one PDF page; further ones only decorate. Largest seen: 900.
pub const PDF_RULES: u64 = 4_000;
/// Memory of the process that interprets one PDF file. Largest seen: 110 MB.
pub const PDF_MEMORY_BYTES: u64 = 1024 * 1024 * 1024;
/// Processor time of that process, in seconds. Longest seen: 0.4.
pub const PDF_CPU_SECONDS: u64 = 20;
/// Time that is waited for it, in seconds: the one ceiling that counts time, because nothing else ends a process that sleeps.
pub const PDF_SECONDS: u64 = 30;
/// Bytes of its answer. Largest seen: 6 MB.
pub const PDF_ANSWER_BYTES: u64 = 256 * 1024 * 1024;
/// Points of the picture of a page that goes to text recognition: a large sheet at 300 to the inch.
pub const PICTURE_PIXELS: u64 = 64 * 1024 * 1024;
/// Bytes of one picture that a draft takes over from a policy. Largest seen: 2.1 MB, a photograph of a school.
pub const PICTURE_BYTES: u64 = 8 * 1024 * 1024;
/// Bytes of all pictures of a draft: what an e-mail still carries.
pub const PICTURES_BYTES: u64 = 20 * 1024 * 1024;
/// Bytes of what a draft takes over from a template besides pictures: it stands in every draft. Largest seen: 2.7 MB.
pub const TEMPLATE_BYTES: u64 = 8 * 1024 * 1024;
/// Time that is waited for the text recognition of one page, in seconds.
pub const OCR_SECONDS: u64 = 120;
/// Time that is waited for the conversion of one old file, in seconds.
pub const CONVERT_SECONDS: u64 = 120;
/// Memory of the process that sets one PDF file. Largest seen: 1.8 GB, for 40 policies on 315 pages.
pub const TYPESET_MEMORY_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// Processor time of that process, in seconds. Longest seen: 6, for the same.
pub const TYPESET_CPU_SECONDS: u64 = 60;
/// Bytes of a school's logo: it stands in several pages as text. Logos on schools' websites have 5 to 200 kB.
pub const LOGO_BYTES: u64 = 256 * 1024;
/// Points of a logo, which programs decode whole.
pub const LOGO_PIXELS: u64 = 4 * 1024 * 1024;
/// Characters in one text of a recorded event: a page; more belongs into the minutes.
pub const EVENT_CHARS: u64 = 2_000;
/// Rows of one file of answers: a survey of a large city's parents.
pub const SURVEY_ROWS: u64 = 100_000;
/// Columns of one file of answers; a form with more questions is answered by nobody.
pub const SURVEY_COLUMNS: u64 = 200;
