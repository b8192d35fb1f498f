//! Things that share most of their words and are not one: a sentence in, which of them it names out.
//!
//! Parents may withdraw a child from sex education and cannot from relationships education; a first warning stands for six months and
//! a final one for twelve. A sentence on the one answers none on the other, however alike they are: held against each other they would
//! seem to contradict.

use std::sync::OnceLock;

use crate::document::Token;
use crate::knowledge::Phrases;

/// Each two lines are two things that are told apart.
const MATTERS: &str = "\
sex education
relationships education|health education|relationships and health education
suspend|suspends|suspended|suspension|fixed-term exclusion|fixed term exclusion
permanent exclusion|permanently exclude|permanently excludes|permanently excluded
first warning|first written warning|verbal warning|oral warning
final warning|final written warning";

/// The things that a sentence names: a bit for each line.
pub(super) fn named(tokens: &[Token]) -> u8 {
    static ALL: OnceLock<Phrases> = OnceLock::new();
    let all = ALL.get_or_init(|| Phrases::of_words(MATTERS.lines()));
    all.find(tokens).into_iter().fold(0, |bits, (line, _)| bits | 1 << line)
}

/// The bits of the first lines of two.
const FIRST: u8 = 0b0101_0101;

/// Whether one sentence names the one and the other the other of two things that are told apart.
pub(super) fn apart(x: u8, y: u8) -> bool {
    let first = |named: u8| named & FIRST & !(named >> 1);
    let second = |named: u8| named >> 1 & FIRST & !named;
    first(x) & second(y) | second(x) & first(y) != 0
}

#[cfg(test)]
mod tests {
    use super::MATTERS;

    #[test]
    fn matters_stand_two_by_two_and_have_a_bit_each() {
        let lines = MATTERS.lines().count();
        assert!(lines.is_multiple_of(2) && lines <= u8::BITS as usize, "{lines} lines");
    }
}
