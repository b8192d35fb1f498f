//! `--topic`: which pairs of policies a command was asked for.

use crate::error::{Error, ErrorKind, Result, nearest};
use crate::pair::Confidence;
use crate::report::{Outcome, by_title};

/// The pairs on these topics, in the order of what they are called; without a topic, all that a person need not look at first.
///
/// # Errors
///
/// Usage if no pair is on one of the topics, or if there is no pair at all.
pub(super) fn pairs(outcome: &Outcome, asked: &[String]) -> Result<Vec<usize>> {
    let pairs = &outcome.register.pairs;
    let mut topics: Vec<&str> = pairs.iter().filter_map(|p| p.topic.as_deref()).collect();
    topics.sort_unstable();
    topics.dedup();
    if let Some(unknown) = asked.iter().find(|t| !topics.contains(&t.as_str())) {
        let near = nearest(unknown, &topics).map_or_else(String::new, |n| format!("; did you mean “{n}”?"));
        let what = format!("no pair of policies is on the topic “{unknown}”{near}");
        return Err(Error::new(ErrorKind::Usage, what).hint(match topics.is_empty() {
            true => "`common-ground compare` shows which policies pair up".to_owned(),
            false => format!("the topics of the pairs are: {}", topics.join(", ")),
        }));
    }
    let wants = |at: &usize| {
        let pair = &pairs[*at];
        match asked.is_empty() {
            true => pair.confidence != Confidence::Question,
            false => pair.topic.as_ref().is_some_and(|t| asked.contains(t)),
        }
    };
    let wanted: Vec<usize> = by_title(outcome).into_iter().filter(wants).collect();
    if wanted.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "there is no pair of policies that surely belong together")
            .hint("`common-ground compare` shows which policies pair up; name one that is a question with --topic"));
    }
    Ok(wanted)
}
