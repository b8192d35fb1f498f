//! One word for the forms and names of the same thing: a stem's fingerprint in, that of its group out.
//!
//! Two schools write "the head informs families" and "parents are informed by the headteacher"; sentences are matched by what is
//! left when the forms of a verb, and the words by which schools call the same people, are one. No rule decides by these groups.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::document::tokens::fingerprint;

/// The fingerprint that stands for all words of a stem's group; any other stem is itself.
pub(super) fn group(stem: u64) -> u64 {
    static GROUPS: OnceLock<FxHashMap<u64, u64>> = OnceLock::new();
    GROUPS.get_or_init(groups).get(&stem).copied().unwrap_or(stem)
}

/// People and words that English school policies use for each other, and verbs with forms of their own; each line is one group.
const SAME: &str = "pupil child children student learner
parent carer family families guardian
headteacher head principal
complain complaint complaining complained
keep kept keeping
tell told telling
write written wrote writing
give given gave giving
hold held holding
take taken took taking
see seen saw
send sent sending
make made making
speak spoken spoke speaking
meet met meeting
choose chosen chose choosing
teach taught teaching
bring brought bringing
know known knew
find found finding
lead led leading
show shown showed showing
let letting
get getting got
set setting
stop stopped stopping
plan planned planning
refer referred referring referral
occur occurred occurring
admit admitted admitting
organise organize organised organized organising
recognise recognize recognised recognized recognising
behaviour behavior behave
programme program
immediately straightaway
phone telephone telephoned phoned
internet online
annual annually yearly
termly term
weekly week
monthly month
daily day";

/// Verbs whose forms are made by rule.
const VERBS: &str = "agree aim allow answer apply approve arrange ask assess attend award authorise check collect comply confirm consider \
consult contact contribute cover decide deal delete discuss display encourage ensure evaluate expect explain follow govern help \
identify include inform inspect investigate involve issue invite learn listen log look manage measure mention monitor need note \
notify observe offer pay place praise prepare prevent promise promote protect provide publish raise reach read receive record \
reduce release remain remind remove repeat replace reply report request require resolve respect respond restrain return review \
reward risk sanction search seek share sign start stay store supervise support suspend talk test train treat turn use update \
visit want warn wash watch wear welcome wish work";

fn groups() -> FxHashMap<u64, u64> {
    let mut all = FxHashMap::default();
    for line in SAME.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next().map(fingerprint) else { continue };
        all.extend(words.map(|w| (fingerprint(w), first)));
    }
    for verb in VERBS.split_whitespace() {
        let base = fingerprint(verb);
        let bare = verb.strip_suffix('e').unwrap_or(verb);
        let mut forms = vec![format!("{bare}ed"), format!("{bare}ing")];
        if let Some(bare) = verb.strip_suffix('y') {
            forms.extend([format!("{bare}ied"), format!("{bare}ie")]);
        }
        for form in forms {
            all.entry(fingerprint(&form)).or_insert(base);
        }
    }
    all
}
