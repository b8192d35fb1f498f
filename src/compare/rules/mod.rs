//! The difference rules: one kind a file, registered in [`RULES`]; sentences in, differences out.

mod age_or_year;
mod cross_reference;
mod frequency;
mod local_fact;
mod money;
mod negation;
mod number;
mod obligation;
mod other_school;
mod phase;
mod placeholder;
mod practice;
mod reference;
mod role;
mod scope;
mod step;
mod threshold;
mod time_limit;
mod unlike;

use crate::document::{BlockId, Document, School, Token};

use super::decider::Decider;
use super::diff::{Edit, edits};
use super::gravity::gravity;
use super::local::LocalKind;
use super::matching::{Matching, Unsaid};
use super::phases::Phases;
use super::ready::{Ready, Said};
use super::sentences::Sentence;
use super::terms::{Exchange, exchanges};
use super::values::{Measure, Values};
use super::{Context, Difference, DifferenceKind, Quote, Weight};

/// A kind of difference that is looked for.
pub trait Rule: Sync {
    /// The kind it finds.
    fn kind(&self) -> DifferenceKind;
    /// One sentence: what it finds and why that matters.
    fn summary(&self) -> &'static str;
    /// What the two schools may say: an example of a difference.
    fn example(&self) -> (&'static str, &'static str);
    /// Why it matters, in one or two sentences.
    fn why(&self) -> &'static str;
    /// What says so: guidance or law with its name.
    fn source(&self) -> &'static str;
    /// Phrases as policies have them that the rule tells apart, each in one school's words and the other's.
    fn apart(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    /// Phrases that differ and mean the same to this rule.
    fn alike(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    /// Looks at two sentences that correspond.
    #[doc(hidden)]
    fn pair(&self, _look: &Pair) -> Vec<Found> {
        Vec::new()
    }
    /// Looks at one sentence of one school.
    #[doc(hidden)]
    fn alone(&self, _look: &Alone) -> Vec<Found> {
        Vec::new()
    }
}

/// All rules, in the order in which `explain` lists them.
pub const RULES: &[&dyn Rule] = &[
    &obligation::Obligation,
    &negation::Negation,
    &time_limit::TimeLimit,
    &number::Number,
    &money::Money,
    &threshold::Threshold,
    &frequency::Frequency,
    &age_or_year::AgeOrYear,
    &role::Role,
    &scope::Scope,
    &step::Step,
    &reference::Reference,
    &cross_reference::CrossReference,
    &other_school::OtherSchool,
    &placeholder::Placeholder,
    &phase::Phase,
    &local_fact::LocalFact,
];

/// One side of a look.
#[doc(hidden)]
#[derive(Debug)]
pub struct Side<'l> {
    pub(crate) document: &'l Document,
    pub(crate) sentence: &'l Sentence,
    pub(crate) text: &'l str,
    pub(crate) tokens: &'l [Token],
    pub(crate) values: &'l Values,
    pub(crate) school: &'l School,
    pub(crate) other: &'l School,
    /// The phases that this school teaches, and the other.
    pub(crate) taught: [Phases; 2],
}

/// The school of a side and the other, with what each teaches.
#[derive(Clone, Copy)]
struct Schools<'l> {
    names: [&'l School; 2],
    taught: [Phases; 2],
}

impl<'l> Schools<'l> {
    fn of([first, second]: &'l [School; 2]) -> Self {
        Self { names: [first, second], taught: [first, second].map(Phases::of_school) }
    }

    fn swapped(self) -> Self {
        let ([first, second], [of_first, of_second]) = (self.names, self.taught);
        Self { names: [second, first], taught: [of_second, of_first] }
    }
}

impl<'l> Side<'l> {
    fn new(document: &'l Document, said: &'l Said, schools: Schools<'l>) -> Self {
        let sentence = &said.sentence;
        let block = document.blocks.get(sentence.block as usize);
        Self {
            document,
            sentence,
            text: block.map_or("", |b| b.text.as_str()),
            tokens: sentence.tokens(document),
            values: &said.values,
            school: schools.names[0],
            other: schools.names[1],
            taught: schools.taught,
        }
    }

    pub(crate) fn quote(&self, start: u32, end: u32) -> Quote {
        Quote { block: self.sentence.block, start, end }
    }

    /// The bytes of a range of the sentence's tokens.
    pub(crate) fn tokens_quote(&self, from: usize, to: usize) -> Quote {
        let start = self.tokens.get(from).map_or(self.sentence.start, |t| t.start);
        let end = to.checked_sub(1).and_then(|t| self.tokens.get(t)).map_or(self.sentence.end, |t| t.end);
        self.quote(start, end)
    }

    pub(crate) fn piece(&self, token: &Token) -> &str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or("")
    }

    /// How often any of these words stands in the sentence.
    pub(crate) fn count(&self, words: &[&str]) -> usize {
        let is_one = |t: &&Token| words.iter().any(|word| self.piece(t).eq_ignore_ascii_case(word));
        self.tokens.iter().filter(is_one).count()
    }

    /// The heading that encloses the sentence.
    pub(crate) fn heading(&self) -> Option<&'l str> {
        Some(heading_of(self.document, self.sentence.block)).filter(|h| !h.is_empty())
    }
}

/// The heading above a block; empty before the first.
fn heading_of(document: &Document, block: BlockId) -> &str {
    let parent = document.blocks.get(block as usize).and_then(|b| b.parent);
    parent.and_then(|p| document.blocks.get(p as usize)).map_or("", |b| b.text.as_str())
}

/// Two sentences that correspond and are not word for word the same.
#[doc(hidden)]
#[derive(Debug)]
pub struct Pair<'l> {
    pub(crate) a: Side<'l>,
    pub(crate) b: Side<'l>,
    /// 0.0 no word in common, 1.0 the same bag of words.
    pub(crate) likeness: f32,
    /// The stretches of tokens that differ.
    pub(crate) edits: Vec<Edit>,
    pub(crate) context: &'l Context<'l>,
}

impl Pair<'_> {
    /// Whether one word takes the place of another and all else is the same; then few words are enough to tell what differs.
    pub(crate) fn one_word(&self) -> bool {
        matches!(self.edits.as_slice(), [only] if only.a.len() == 1 && only.b.len() == 1)
    }

    /// Whether one side sets by "not … unless" the condition that the other sets by "only … if": neither denies what the other allows.
    pub(crate) fn one_condition(&self) -> bool {
        let denies = |side: &Side| side.values.of(Measure::Negation).next().is_some();
        let (x, y) = match (denies(&self.a), denies(&self.b)) {
            (true, false) => (&self.a, &self.b),
            (false, true) => (&self.b, &self.a),
            _ => return false,
        };
        x.count(&["unless"]) == 1
            && x.count(&["only"]) == 0
            && y.count(&["only"]) == 1
            && y.count(&["unless"]) == 0
    }
}

/// One sentence of one school.
#[doc(hidden)]
#[derive(Debug)]
pub struct Alone<'l> {
    pub(crate) side: Side<'l>,
    /// Whether nothing in the other policy says it.
    pub(crate) unsaid: bool,
    /// The heading under which the other policy says it of something else; empty before the first.
    pub(crate) elsewhere: Option<&'l str>,
    /// Whether the other policy has words that are near.
    pub(crate) near: bool,
    /// 0 for the first school, 1 for the second.
    pub(crate) which: usize,
    pub(crate) context: &'l Context<'l>,
}

impl Alone<'_> {
    /// What was found here: the quote on this school's side; `says` is given what stands for this school's name and for the other's.
    pub(crate) fn found(&self, quote: Quote, says: impl FnOnce(&str, &str) -> String) -> Found {
        let (a, b, says) = if self.which == 0 {
            (Some(quote), None, says("{a}", "{b}"))
        } else {
            (None, Some(quote), says("{b}", "{a}"))
        };
        Found { a, b, says, ..Found::default() }
    }
}

/// What a rule found: where on either side, and one plain sentence without the schools' names ("{a}" and "{b}" stand for them).
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub(crate) a: Option<Quote>,
    pub(crate) b: Option<Quote>,
    pub(crate) says: String,
    /// Added to the kind's own rank.
    pub(crate) bonus: u32,
    /// Taken from it.
    pub(crate) malus: u32,
    /// What local fact it is, if it is one.
    pub(crate) local: Option<LocalKind>,
}

/// Applies all rules to all sentences of a pair of documents: differences in order of place, and the words that stand for each
/// other in the sentences that correspond.
pub(super) fn apply(
    a: &Ready,
    b: &Ready,
    matching: &Matching,
    context: &Context,
    decider: &Decider,
) -> (Vec<Difference>, Vec<Exchange>) {
    let schools = Schools::of(&context.partnership.schools);
    let mut out = Vec::new();
    let mut exchanged = Vec::new();
    for matched in &matching.pairs {
        let (said_a, said_b) = (&a.said[matched.a as usize], &b.said[matched.b as usize]);
        let x = Side::new(a.document, said_a, schools);
        let y = Side::new(b.document, said_b, schools.swapped());
        let edits = edits(x.tokens, y.tokens).unwrap_or_default();
        let look = Pair { a: x, b: y, likeness: matched.likeness, edits, context };
        exchanged.extend(exchanges(&look));
        for rule in RULES {
            for found in rule.pair(&look) {
                let contexts = [Some(said_a.sentence.quote()), Some(said_b.sentence.quote())];
                let grave = gravity(look.a.tokens).max(gravity(look.b.tokens));
                out.push(difference(rule.kind(), found, contexts, context, decider, grave));
            }
        }
    }
    for (which, documents, unsaid) in [(0, [a, b], &matching.only_a), (1, [b, a], &matching.only_b)] {
        let schools = if which == 0 { schools } else { schools.swapped() };
        alone(which, documents, unsaid, schools, context, decider, &mut out);
    }
    out.sort_by_key(|d| (d.a.map(|q| (q.block, q.start)), d.b.map(|q| (q.block, q.start)), d.kind));
    (out, exchanged)
}

/// Looks at every sentence of one document by itself.
fn alone(
    which: usize,
    [mine, other]: [&Ready; 2],
    unsaid: &[Unsaid],
    schools: Schools,
    context: &Context,
    decider: &Decider,
    out: &mut Vec<Difference>,
) {
    let mut unsaid = unsaid.iter().peekable();
    for (at, said) in (0..).zip(&mine.said) {
        let unsaid = unsaid.next_if(|u| u.said == at);
        let side = Side::new(mine.document, said, schools);
        let heading = unsaid.and_then(|u| u.elsewhere).map(|block| heading_of(other.document, block));
        let nearest = unsaid.and_then(|u| u.nearest).filter(|near| near.shown).map(|near| near.quote);
        let look = Alone {
            side,
            unsaid: unsaid.is_some(),
            elsewhere: heading,
            near: nearest.is_some(),
            which,
            context,
        };
        for rule in RULES {
            for found in rule.alone(&look) {
                let quote = Some(said.sentence.quote());
                let contexts = if which == 0 { [quote, None] } else { [None, quote] };
                let grave = gravity(look.side.tokens);
                let found = difference(rule.kind(), found, contexts, context, decider, grave);
                let nearest = nearest.filter(|_| found.kind == DifferenceKind::Step);
                out.push(Difference { nearest, ..found });
            }
        }
    }
}

fn difference(
    kind: DifferenceKind,
    found: Found,
    contexts: [Option<Quote>; 2],
    context: &Context,
    decider: &Decider,
    grave: u32,
) -> Difference {
    let [first, second] = &context.partnership.schools;
    let weight = kind.weight();
    Difference {
        id: String::new(),
        kind,
        weight,
        a: found.a,
        b: found.b,
        context_a: contexts[0],
        context_b: contexts[1],
        nearest: None,
        local: found.local,
        says: found.says.replace("{a}", &first.name).replace("{b}", &second.name),
        who_decides: who_decides(kind, weight, decider),
        rank: (rank(kind) + found.bonus + grave).saturating_sub(found.malus),
    }
}

/// A contradiction comes before a step that only one school has; within contradictions, what is hardest to undo comes first.
fn rank(kind: DifferenceKind) -> u32 {
    match kind {
        DifferenceKind::Negation => 95,
        DifferenceKind::TimeLimit => 90,
        DifferenceKind::Obligation => 85,
        DifferenceKind::Role => 80,
        DifferenceKind::Money | DifferenceKind::Threshold => 78,
        DifferenceKind::Frequency | DifferenceKind::Number => 75,
        DifferenceKind::AgeOrYear | DifferenceKind::Scope => 70,
        DifferenceKind::Step => 50,
        DifferenceKind::Placeholder | DifferenceKind::OtherSchool => 40,
        DifferenceKind::Reference => 35,
        DifferenceKind::CrossReference => 30,
        DifferenceKind::Phase => 20,
        DifferenceKind::LocalFact => 10,
        DifferenceKind::Wording => 0,
    }
}

fn who_decides(kind: DifferenceKind, weight: Weight, decider: &Decider) -> String {
    match weight {
        Weight::Check if kind == DifferenceKind::Phase => "nobody: it is right in one school only".to_owned(),
        Weight::Check => "the school that wrote it puts it right".to_owned(),
        Weight::Local => "each school, for itself".to_owned(),
        Weight::Wording => "nobody".to_owned(),
        Weight::Decide => decider.who.clone(),
    }
}
