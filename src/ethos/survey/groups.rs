//! Who answered: words of a person about themselves in, a group out; groups in, those that may be shown out.

use crate::knowledge::folded;

/// Fewest people of a group that is shown by itself. Fewer could be told one by one by those who know them; the usual least number in
/// published school figures is five or more too.
pub(super) const LEAST: usize = 5;

/// The groups in the order in which they are shown; the last takes everybody else.
const NAMES: [&str; 5] = ["pupils", "parents and carers", "staff", "governors", "others and not said"];

/// Words that tell a group, looked for in this order: a parent says "of a child in Year 2", a pupil does not say "parent".
const TELL: [(usize, &[&str]); 4] = [
    (
        1,
        &[
            "parent",
            "parents",
            "carer",
            "carers",
            "mum",
            "dad",
            "mother",
            "father",
            "grandparent",
            "family",
            "families",
            "guardian",
        ],
    ),
    (3, &["governor", "governors", "trustee", "trustees", "clerk"]),
    (
        2,
        &[
            "staff",
            "teacher",
            "teachers",
            "teaching",
            "assistant",
            "ta",
            "tas",
            "head",
            "headteacher",
            "deputy",
            "lsa",
            "midday",
            "office",
            "caretaker",
            "senco",
            "adult",
            "employee",
        ],
    ),
    (
        0,
        &[
            "pupil",
            "pupils",
            "child",
            "children",
            "student",
            "students",
            "learner",
            "learners",
            "year",
            "reception",
            "nursery",
            "boy",
            "girl",
        ],
    ),
];

/// A group, or several put together, and how many answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// As it is shown.
    pub title: String,
    /// People.
    pub people: usize,
    /// Which groups of [`NAMES`] it is.
    members: Vec<usize>,
}

/// The group that a person's words, or a file's name, tell; the last if none.
pub(super) fn group(says: &str) -> usize {
    let text = folded(says);
    let words: Vec<&str> = text.split(' ').collect();
    let told = TELL.iter().find(|(_, tell)| words.iter().any(|w| tell.contains(w)));
    told.map_or(NAMES.len() - 1, |(group, _)| *group)
}

/// The groups of these people as they may be shown: those that are too small are put together, with the smallest of the others if they are too
/// few even then, so that nobody can be reckoned out. None if all together are too few.
pub(super) fn together(people: &[usize]) -> Option<Vec<Group>> {
    let count = |group: usize| people.iter().filter(|p| **p == group).count();
    let mut there: Vec<(usize, usize)> =
        (0..NAMES.len()).map(|g| (count(g), g)).filter(|(n, _)| *n > 0).collect();
    there.sort_unstable();
    let (mut joined, mut joined_people) = (Vec::new(), 0);
    let mut alone = Vec::new();
    for (n, group) in there {
        if n < LEAST || (joined_people > 0 && joined_people < LEAST) {
            joined.push(group);
            joined_people += n;
        } else {
            alone.push(vec![group]);
        }
    }
    if joined_people > 0 && joined_people < LEAST || people.is_empty() {
        return None;
    }
    if !joined.is_empty() {
        joined.sort_unstable();
        alone.push(joined);
    }
    alone.sort();
    Some(
        alone
            .into_iter()
            .map(|members| {
                let names: Vec<&str> = members.iter().filter_map(|m| NAMES.get(*m).copied()).collect();
                let title = match names.len() {
                    1 => names.concat(),
                    _ => format!("{} together", names.join(", ")),
                };
                Group { title, people: members.iter().map(|m| count(*m)).sum(), members }
            })
            .collect(),
    )
}

/// How many of these people are in each group.
pub(super) fn counts(groups: &[Group], people: &[usize]) -> Vec<usize> {
    groups.iter().map(|g| people.iter().filter(|p| g.members.contains(p)).count()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a failed unwrap is a failed test
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_by_what_people_say_of_themselves() {
        for (says, wanted) in [
            ("Parent of a child in Year 2", 1),
            ("Year 4 pupil", 0),
            ("Teaching assistant", 2),
            ("Chair of governors", 3),
            ("parents-survey.csv", 1),
            ("", 4),
            ("neighbour", 4),
        ] {
            assert_eq!(group(says), wanted, "{says}");
        }
    }

    #[test]
    fn groups_too_small_are_never_shown_nor_to_be_reckoned_out() {
        let people = |counts: [usize; 5]| -> Vec<usize> {
            counts.iter().enumerate().flat_map(|(g, n)| vec![g; *n]).collect()
        };
        let shown = |counts: [usize; 5]| -> Option<Vec<usize>> {
            together(&people(counts)).map(|all| all.iter().map(|g| g.people).collect())
        };
        assert_eq!(shown([9, 5, 7, 0, 0]), Some(vec![9, 5, 7]));
        assert_eq!(shown([9, 5, 3, 2, 0]), Some(vec![9, 5, 5]));
        // Two governors and six parents are shown as eight: with the sum of all, the two would be known.
        assert_eq!(shown([9, 6, 0, 2, 0]), Some(vec![9, 8]));
        assert_eq!(shown([3, 0, 1, 0, 0]), None);
        assert_eq!(shown([0; 5]), None);
        for counts in [[9, 6, 0, 2, 0], [4, 4, 4, 4, 4], [5, 1, 1, 1, 1], [1, 30, 2, 0, 0]] {
            let all = together(&people(counts)).unwrap();
            assert!(all.iter().all(|g| g.people >= LEAST), "{counts:?}");
            assert_eq!(all.iter().map(|g| g.people).sum::<usize>(), counts.iter().sum::<usize>());
        }
    }
}
