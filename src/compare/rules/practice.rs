//! Whether a sentence says what somebody does or has to do: a sentence that stands in one policy only in, yes or no out.
//!
//! Half of what stands in one policy only is no step: signs of abuse, definitions, names of forms, addresses, imprints. A head who finds those
//! among the points to decide stops reading. A practice binds or measures something, names who does it, is told in the passive
//! ("copies are kept") or as an order ("ring the office", "to keep a record").

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::super::lexicon::Duty;
use super::super::values::{Measure, Value};
use super::role::names_somebody;
use super::{Alone, Side};
use crate::document::tokens::fingerprint;
use crate::document::{Class, Token};
use crate::knowledge::Knowledge;

/// Who acts in a policy besides those who have a role.
const ACTORS: &str = "we you staff school setting nursery preschool pre-school academy federation trust";

/// What begins an order, or an item that tells a duty, with the forms of it that no rule gives.
const ORDERS: &str = "accompany act address administer advise agree allow answer apply appoint approve arrange ask assess assist attend avoid be bring call carry challenge \
change check choose clean collect communicate complete confirm consider consult contact control coordinate co-ordinate count cover create deal decide \
deliver demonstrate develop discuss display do document draw encourage enquire ensure escort establish evaluate examine explain fill find follow fulfil \
gather get give go greet guide hand have hear help hold identify implement include inform inspect instruct intervene investigate invite issue keep label \
lead leave liaise listen lock log look maintain make manage mark meet model monitor move note notify observe obtain offer open operate organise \
oversee phone place plan please praise prepare prevent produce promote protect provide publish put read reassure record recruit refer refuse remain \
remind remove repeat replace report request require respect respond return review ring risk-assess safeguard search secure see seek send separate set \
share show sign speak spend stay stop store submit supervise supply support switch take talk teach telephone tell test thank track train treat try to \
turn update uphold use verify visit wait walk warn wash watch wear withdraw work write";

/// Tokens up to which a sentence that ends with a colon only leads to what follows it.
const LEAD_IN: usize = 11;

/// Words with which no sentence ends.
const OPEN: [&str; 10] = ["that", "to", "will", "must", "should", "by", "of", "for", "the", "and"];

/// Words up to which a line without a mark at its end is a label, if it asks for nothing: "Your child at school".
const LABEL: usize = 5;

/// Letters from which on a word begins with a capital in a title.
const LONG: usize = 4;

/// Participles that do not end in "ed".
const DONE: &str = "given kept held made sent taken told seen shown written paid sought done taught brought chosen put read met spoken \
drawn worn led left found built dealt begun understood undertaken overseen";

/// Whether the sentence is one.
pub(super) fn is_practice(look: &Alone) -> bool {
    let side = &look.side;
    if is_imprint(look) || is_name(side) {
        return false;
    }
    let measures = |v: &Value| {
        !matches!(v.measure, Measure::Obligation | Measure::CalendarYear | Measure::Label | Measure::Scope)
    };
    let measures = side.values.all.iter().any(measures);
    let last = side.tokens.last().map(|t| side.piece(t));
    // "The governing board will:" asks for nothing: what follows it does. So does "The manager ensures that;".
    let open = || {
        let words = side.tokens.iter().rev().filter(|t| t.class == Class::Word);
        words.map(|t| side.piece(t)).next().is_some_and(|w| OPEN.contains(&w))
    };
    let leads = (last == Some(":") || last == Some(";") && open()) && side.tokens.len() <= LEAD_IN;
    if leads && !measures {
        return false;
    }
    // "Abuse may take many forms": what can be binds nobody, unless it says who may.
    let strongest = side.values.of(Measure::Obligation).map(|v| v.key).max();
    let binds = strongest.is_some_and(|duty| {
        duty > Duty::Can as u64 || !look.context.knowledge.roles().find(side.tokens).is_empty()
    });
    let words = side.tokens.iter().filter(|t| t.class != Class::Mark).count();
    if words <= LABEL && words == side.tokens.len() && !measures && !binds {
        return tells(side.tokens, side.text);
    }
    measures
        || binds
        || last != Some("?") && (acts(side.tokens, look.context.knowledge) || tells(side.tokens, side.text))
}

/// Whether it names something and tells nothing, as a title does: its longer words begin with capitals, and it binds nobody.
fn is_name(side: &Side) -> bool {
    let words = side.tokens.iter().filter(|t| t.class == Class::Word).map(|t| side.piece(t));
    let long: Vec<&str> = words.filter(|w| w.len() >= LONG).collect();
    let capitals = long.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    let shouted = long.iter().all(|w| !w.contains(char::is_lowercase));
    let binds = [Measure::Obligation, Measure::Negation].iter().any(|m| side.values.of(*m).next().is_some());
    !shouted && !binds && long.len() >= 3 && 4 * capitals >= 3 * long.len()
}

/// Whether somebody is named who acts.
fn acts(tokens: &[Token], knowledge: &Knowledge) -> bool {
    static ACTING: OnceLock<FxHashSet<u64>> = OnceLock::new();
    let acting = ACTING.get_or_init(|| words(ACTORS));
    tokens.iter().any(|t| acting.contains(&t.word)) || names_somebody(tokens, knowledge)
}

/// Whether it is told in the passive or as an order.
fn tells(tokens: &[Token], text: &str) -> bool {
    static TOLD: OnceLock<[FxHashSet<u64>; 3]> = OnceLock::new();
    let [orders, done, being] =
        TOLD.get_or_init(|| [orders(), words(DONE), words("is are be being been was were")]);
    let said = |t: &Token| text.get(t.start as usize..t.end as usize);
    let words: Vec<&Token> = tokens.iter().filter(|t| t.class == Class::Word).collect();
    // "Safely store …": the order may come second.
    let first = words.iter().find(|t| !said(t).is_some_and(|w| w.ends_with("ly")));
    if first.is_some_and(|t| orders.contains(&t.word)) {
        return true;
    }
    // "is not always fully recorded": words may stand between.
    words.iter().enumerate().filter(|(_, t)| being.contains(&t.word)).any(|(at, _)| {
        let next = words.iter().skip(at + 1).take(4);
        next.into_iter().any(|t| done.contains(&t.word) || said(t).is_some_and(|w| w.ends_with("ed")))
    })
}

/// Who owns and printed a text is no practice.
fn is_imprint(look: &Alone) -> bool {
    let quote = look.side.sentence.quote();
    let said = look.side.text.get(quote.start as usize..quote.end as usize).unwrap_or("");
    let said = said.to_lowercase();
    said.contains('©')
        || said.contains("all rights reserved")
        || said.contains("copyright") && said.contains("reproduc")
}

fn words(list: &str) -> FxHashSet<u64> {
    list.split_whitespace().map(fingerprint).collect()
}

/// Every order with its forms: keep, keeps, keeping.
fn orders() -> FxHashSet<u64> {
    let mut out = FxHashSet::default();
    for verb in ORDERS.split_whitespace() {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        let last = verb.chars().last().unwrap_or_default();
        out.extend(
            [
                verb.to_owned(),
                format!("{verb}s"),
                format!("{verb}es"),
                format!("{stem}ing"),
                format!("{verb}{last}ing"),
            ]
            .iter()
            .map(|w| fingerprint(w)),
        );
        if let Some(stem) = verb.strip_suffix('y') {
            out.insert(fingerprint(&format!("{stem}ies")));
        }
    }
    out
}
