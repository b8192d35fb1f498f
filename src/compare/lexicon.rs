//! Words that carry what a policy asks for: duty words, negators, numbers in words, units, quantifiers; word fingerprints in,
//! meaning out.
//!
//! The same classes as the value patterns in `knowledge`, which document them with examples; here they are looked up by
//! fingerprint, one look a word, because every word of every policy is looked up.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::document::tokens::fingerprint;

/// How binding a duty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Duty {
    /// may, is allowed to.
    May,
    /// can, could, might: permission or mere possibility; never counts against `May`.
    Can,
    /// should, is expected to.
    Should,
    /// must, shall, will, has to.
    Must,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Session,
    Day,
    Week,
    Fortnight,
    Month,
    HalfTerm,
    Term,
    Year,
}

/// How much of a group is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Quantifier {
    All,
    Some,
    Only,
    Except,
}

/// What a word may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lex {
    Duty(Duty),
    /// required, expected, allowed …: a duty if "to" follows.
    DutyTo(Duty),
    /// A contraction that holds a duty and a "not": mustn't.
    NotDuty(Duty),
    Not,
    /// prohibited, forbidden, banned.
    Forbid,
    Number(u32),
    Unit(Unit),
    /// daily, termly: once in this unit.
    Every(Unit),
    /// once, twice, thrice.
    Times(u32),
    /// second, third …: a place in an order.
    Ordinal(u32),
    Month(u8),
    Quantifier(Quantifier),
    /// within, before, by …: a time after it is a limit.
    Limit,
    /// below, under, less, fewer.
    Below,
    /// above, over, more, exceed.
    Above,
    /// section, stage, appendix: the number after it is a name.
    Label,
    /// working, school, calendar: what kind of day.
    DayKind(u8),
    /// Carries no content of its own.
    Stop,
}

/// What a word means, by its fingerprint.
pub(crate) fn meaning(word: u64) -> Option<Lex> {
    lexicon().known(word, MEANS).and_then(|k| k.lex)
}

/// Whether a word can be the first of a value; what follows it decides. No other word is.
pub(crate) fn starts_value(word: u64) -> bool {
    lexicon().known(word, VALUE).is_some_and(|k| k.value)
}

/// Whether a word in small letters can be the first of a local fact, or the one that tells it. No other word is, but for those
/// with a capital, in digits, or grown together with what follows.
pub(crate) fn tells_local(word: u64) -> bool {
    lexicon().known(word, TELLS).is_some_and(|k| k.local)
}

/// What is known of a word.
#[derive(Clone, Copy, Default)]
struct Known {
    lex: Option<Lex>,
    value: bool,
    local: bool,
}

/// What may be known of a word, as bits: that it means something, starts a value, tells a local fact.
const MEANS: u8 = 1;
const VALUE: u8 = 2;
const TELLS: u8 = 4;

/// Places in the table of what may be known: so many that few of the words that are not known fall upon one that is.
const PLACES: usize = 4096;

/// All known words.
struct Lexicon {
    all: FxHashMap<u64, Known>,
    /// By the last bits of a fingerprint. Most words of a policy are known for nothing that is asked, and one look here tells it.
    may: Vec<u8>,
}

impl Lexicon {
    /// What is known of a word that may be known for this.
    fn known(&self, word: u64, bit: u8) -> Option<&Known> {
        let may = self.may.get(word as usize % PLACES).copied().unwrap_or(0);
        if may & bit == 0 { None } else { self.all.get(&word) }
    }

    fn of(all: FxHashMap<u64, Known>) -> Self {
        let mut may = vec![0; PLACES];
        for (word, known) in &all {
            let bit = |on: bool, bit: u8| if on { bit } else { 0 };
            may[*word as usize % PLACES] |=
                bit(known.lex.is_some(), MEANS) | bit(known.value, VALUE) | bit(known.local, TELLS);
        }
        Self { all, may }
    }
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut all: FxHashMap<u64, Known> = FxHashMap::default();
        for (word, lex) in table() {
            all.entry(word).or_default().lex = Some(lex);
        }
        let silent = |l: Option<Lex>| {
            l.is_none_or(|l| {
                matches!(
                    l,
                    Lex::Unit(_)
                        | Lex::Limit
                        | Lex::Below
                        | Lex::Above
                        | Lex::Label
                        | Lex::DayKind(_)
                        | Lex::Stop
                )
            })
        };
        all.values_mut().for_each(|k| k.value = !silent(k.lex));
        for word in VALUES.split_whitespace() {
            all.entry(fingerprint(word)).or_default().value = true;
        }
        for word in LOCAL.split_whitespace() {
            all.entry(fingerprint(word)).or_default().local = true;
        }
        Lexicon::of(all)
    })
}

/// First words of values that no meaning of their own tells: year groups and phases, "a week before", "as soon as", "per term", "summer term".
const VALUES: &str = "year years y1 y2 y3 y4 y5 y6 ks1 ks2 key lower upper eyfs early foundation reception nursery a an immediately \
                      straight at without same end next as promptly first per autumn spring summer";

/// Words of local facts: addresses, titles, rooms, clock times, extensions.
const LOCAL: &str = "www http https mr mrs ms miss mx dr rev sir prof room classroom office hall library studio hub den gate half \
                     quarter twenty one two three four five six seven eight nine ten eleven twelve extension ext extn";

fn table() -> FxHashMap<u64, Lex> {
    let mut table = FxHashMap::default();
    let mut add = |words: &str, lex: Lex| {
        for word in words.split(' ') {
            table.entry(fingerprint(word)).or_insert(lex);
        }
    };
    add("must shall will cannot", Lex::Duty(Duty::Must));
    add("should ought", Lex::Duty(Duty::Should));
    add("may", Lex::Duty(Duty::May));
    add("can could might", Lex::Duty(Duty::Can));
    add("required obliged has have need needs duty", Lex::DutyTo(Duty::Must));
    add("expected encouraged advised asked", Lex::DutyTo(Duty::Should));
    add("allowed permitted free entitled", Lex::DutyTo(Duty::May));
    add("mustn't won't shan't", Lex::NotDuty(Duty::Must));
    add("shouldn't", Lex::NotDuty(Duty::Should));
    add("can't couldn't mightn't", Lex::NotDuty(Duty::Can));
    add("not never neither nor none no don't doesn't didn't isn't aren't wasn't weren't hasn't", Lex::Not);
    add("haven't nobody nothing", Lex::Not);
    add("prohibited forbidden banned disallowed unacceptable", Lex::Forbid);
    let numbers = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                   seventeen eighteen nineteen twenty";
    for (n, word) in (0..).zip(numbers.split_whitespace()) {
        add(word, Lex::Number(n));
    }
    for (n, word) in
        [(24, "twenty-four"), (28, "twenty-eight"), (30, "thirty"), (40, "forty"), (48, "forty-eight")]
    {
        add(word, Lex::Number(n));
    }
    for (n, word) in [(50, "fifty"), (60, "sixty"), (90, "ninety"), (100, "hundred")] {
        add(word, Lex::Number(n));
    }
    add("minute minutes mins", Lex::Unit(Unit::Minute));
    add("hour hours", Lex::Unit(Unit::Hour));
    add("session sessions", Lex::Unit(Unit::Session));
    add("day days", Lex::Unit(Unit::Day));
    add("week weeks", Lex::Unit(Unit::Week));
    add("fortnight fortnights", Lex::Unit(Unit::Fortnight));
    add("month months", Lex::Unit(Unit::Month));
    add("half-term half-terms", Lex::Unit(Unit::HalfTerm));
    add("term terms", Lex::Unit(Unit::Term));
    add("year years", Lex::Unit(Unit::Year));
    add("daily", Lex::Every(Unit::Day));
    add("weekly", Lex::Every(Unit::Week));
    add("fortnightly", Lex::Every(Unit::Fortnight));
    add("monthly", Lex::Every(Unit::Month));
    add("half-termly", Lex::Every(Unit::HalfTerm));
    add("termly", Lex::Every(Unit::Term));
    add("annually yearly annual", Lex::Every(Unit::Year));
    for (n, word) in (2..).zip("second third fourth fifth sixth seventh eighth ninth tenth".split(' ')) {
        add(word, Lex::Ordinal(n));
    }
    add("once", Lex::Times(1));
    add("twice", Lex::Times(2));
    let months = "january february march april - june july august september october november december";
    for (n, word) in (1..).zip(months.split_whitespace()) {
        add(word, Lex::Month(n));
    }
    add("all every each any both whole entire everyone everybody anyone", Lex::Quantifier(Quantifier::All));
    add("some most many several few certain selected", Lex::Quantifier(Quantifier::Some));
    add("only solely exclusively", Lex::Quantifier(Quantifier::Only));
    add("except unless excluding excepting", Lex::Quantifier(Quantifier::Except));
    add("within before after by until in for least up than over first", Lex::Limit);
    add("below under fewer less lower falls fall", Lex::Below);
    add("above exceeds exceed exceeding exceeded more", Lex::Above);
    add(
        "section sections paragraph stage appendix annex part step page figure form level article",
        Lex::Label,
    );
    add(
        "regulation chapter schedule table version act edition circular room class unit item clause",
        Lex::Label,
    );
    add("school", Lex::DayKind(1));
    add("working", Lex::DayKind(2));
    add("calendar consecutive", Lex::DayKind(3));
    add(STOP, Lex::Stop);
    table
}

const STOP: &str = "a an the of to and or in on at as is are be been being was were it its this that these those their they \
    them we our us you your he she his her with from into about which who whom whose when where while if so such there then \
    also any other own has have had do does did for by than but s";
