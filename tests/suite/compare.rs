//! Differences keep their promises on any two texts, and each rule finds its own example and nothing in an equal one.

use common_ground::compare::{Comparison, DifferenceKind, Point, Quote, RULES, Repeated, Weight};
use proptest::prelude::*;

use crate::align::paragraph;
use crate::seeding::{compared, document, sample};

fn one(text: &str, school: &str) -> common_ground::document::Document {
    document(&[text.to_owned()], school)
}

#[test]
fn compare_every_rules_own_example_is_found_and_named_so() {
    // Rules that look at the schools' names, phases or holdings have tests of their own on the sample partnership.
    let needs_more = [DifferenceKind::OtherSchool, DifferenceKind::CrossReference, DifferenceKind::Phase];
    for rule in RULES.iter().filter(|r| !needs_more.contains(&r.kind())) {
        let (a, b) = rule.example();
        let b = if b.is_empty() { "Lost property is kept for one term." } else { b };
        let comparison = compared(&one(a, "a"), &one(b, "b"));
        let kinds: Vec<DifferenceKind> = comparison.differences.iter().map(|d| d.kind).collect();
        assert!(kinds.contains(&rule.kind()), "{:?}: {a} | {b} gave {kinds:?}", rule.kind());
        let same = compared(&one(a, "a"), &one(a, "b"));
        assert!(
            same.differences.iter().all(|d| d.weight != Weight::Decide),
            "{:?}: {a} differs from itself",
            rule.kind()
        );
    }
}

#[test]
fn compare_every_rules_phrases_are_told_apart_or_alike_as_it_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for (pairs, wanted) in [(rule.apart(), true), (rule.alike(), false)] {
            for (a, b) in pairs {
                let other = if b.is_empty() { "Lost property is kept for one term." } else { b };
                for (x, y) in [(*a, other), (other, *a)] {
                    let comparison = compared(&one(x, "a"), &one(y, "b"));
                    let found = comparison.differences.iter().any(|d| d.kind == rule.kind());
                    let decided = comparison.differences.iter().any(|d| d.weight == Weight::Decide);
                    // Phrases that mean the same give nothing to decide at all.
                    if found != wanted && (wanted || rule.kind().weight() == Weight::Decide)
                        || !wanted && decided
                    {
                        let kinds: Vec<DifferenceKind> =
                            comparison.differences.iter().map(|d| d.kind).collect();
                        wrong.push(format!("{:?}: {x} | {y} gave {kinds:?}", rule.kind()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn compare_what_nobody_does_is_no_step() {
    let both = "Lost property is kept for one term.";
    let steps = |text: &str| -> usize {
        let (a, b) = (one(&format!("{text}\n\n{both}"), "a"), one(both, "b"));
        let kinds = |d: &&common_ground::compare::Difference| d.kind == DifferenceKind::Step;
        compared(&a, &b).differences.iter().filter(kinds).count()
    };
    for text in [
        "Difficulties in forming relationships with other children.",
        "Does the seating plan suit every child in the class?",
        "Serious breach of confidentiality or deliberate damage to property.",
        "Low-adherence dressing and scissors with rounded ends.",
        "No part of this publication may be reproduced: the copyright owner must be asked.",
        "The families of both children take a large part in the fair.",
        "The governing board will:",
        "Unkindness can take very different forms.",
        "The Fire Safety Order for Schools (May 2005)",
        "Para 4 Supporting Children Through Prevention and Protection",
    ] {
        assert_eq!(steps(text), 0, "{text}");
    }
    for text in [
        "Copies are always given to parents of the forms they sign.",
        "Safely store the inhalers near the hall door.",
        "To act as a friend for children who are new.",
        "Please mark the envelope before posting the form.",
        "Staff greet each child at the gate.",
        "We explain to the child why the behaviour hurts.",
        "Ringing home before the first lesson ends.",
        "Children line up within five minutes.",
        "Parents are told within two days of:",
        "Parents can speak to anybody at the gate.",
        "The Headteacher or Deputy Headteacher rings the Multi-Agency Safeguarding Hub at once.",
    ] {
        assert_eq!(steps(text), 1, "{text}");
    }
}

#[test]
fn compare_a_duty_is_quoted_with_its_not() {
    for (a, b, said) in [
        ("Children must not bring phones.", "Children may bring phones.", ["“must not”", "“may”"]),
        ("Staff must never shout.", "Staff should never shout.", ["“must never”", "“should never”"]),
        (
            "Pupils are not allowed to wear make-up.",
            "Pupils are allowed to wear make-up.",
            ["“not allowed to”", "“allowed to”"],
        ),
    ] {
        let says: Vec<String> =
            compared(&one(a, "a"), &one(b, "b")).differences.iter().map(|d| d.says.clone()).collect();
        let whole = |says: &String| {
            let said = [format!("says {}", said[0]), format!("says {}", said[1])];
            said.iter().all(|s| says.contains(s.as_str()))
        };
        assert!(says.iter().any(whole), "{a} | {b}: {says:?}");
    }
}

#[test]
fn compare_a_week_and_five_school_days_are_a_question() {
    let week = one("Records are passed on within a week.", "a");
    for other in ["5 school days", "five working days", "7 days"] {
        let comparison = compared(&week, &one(&format!("Records are passed on within {other}."), "b"));
        let says: Vec<&str> = comparison.differences.iter().map(|d| d.says.as_str()).collect();
        assert!(matches!(says.as_slice(), [one] if one.contains("may be the same")), "{other}: {says:?}");
    }
    let ten = compared(&week, &one("Records are passed on within 10 school days.", "b"));
    assert!(ten.differences.iter().all(|d| !d.says.contains("may be the same")));
}

#[test]
fn compare_rule_kinds_and_weights_are_all_different_and_explained() {
    let mut kinds: Vec<DifferenceKind> = RULES.iter().map(|r| r.kind()).collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), RULES.len());
    assert!(
        RULES
            .iter()
            .all(|r| r.summary().ends_with('.') && !r.example().0.is_empty() && !r.kind().name().is_empty())
    );
}

#[test]
fn compare_times_and_telephones_are_local_facts_never_decisions() {
    let a = one(
        "The gates open at 8.40am. Telephone the office on 01632 960101 or write to office@thistle.example.",
        "a",
    );
    let b = one(
        "The gates open at 8.30am. Telephone the office on 01632 960999 or write to admin@bramble.example.",
        "b",
    );
    let comparison = compared(&a, &b);
    assert!(comparison.points.is_empty(), "{:?}", comparison.differences);
    let local = comparison.differences.iter().filter(|d| d.kind == DifferenceKind::LocalFact).count();
    assert_eq!(local, 6);
}

#[test]
fn compare_second_not_in_a_nearly_equal_sentence_is_a_contradiction() {
    let a = one("No child is left out because a contribution was not made.", "a");
    let b = one("No child is left out because a contribution was made.", "b");
    let comparison = compared(&a, &b);
    assert_eq!(comparison.differences.iter().filter(|d| d.kind == DifferenceKind::Negation).count(), 1);
    let quote = comparison.differences[0].a.unwrap();
    assert_eq!(quote.text(&a), "not");
}

#[test]
fn compare_months_called_may_are_no_permission() {
    let a = one("Reports go home in May every year.", "a");
    let b = one("Reports go home in June every year.", "b");
    assert!(compared(&a, &b).differences.iter().all(|d| d.kind != DifferenceKind::Obligation));
}

#[test]
fn compare_ids_survive_a_new_paragraph_above() {
    let text = [
        "Staff must record every incident the same day.",
        "Parents are told within 24 hours of an incident.",
    ];
    let other = [
        "Staff should record every incident the same day.",
        "Parents are told within 48 hours of an incident.",
    ];
    let ids = |before: Option<&str>| -> Vec<String> {
        let with = |lines: &[&str]| -> Vec<String> {
            before.into_iter().chain(lines.iter().copied()).map(str::to_owned).collect()
        };
        let comparison = compared(&document(&with(&text), "a"), &document(&with(&other), "b"));
        comparison.differences.iter().map(|d| d.id.clone()).collect()
    };
    assert_eq!(ids(None).len(), 2);
    assert_eq!(ids(None), ids(Some("This policy was written with the help of families.")));
}

#[test]
fn compare_moved_sentences_with_a_changed_figure_are_still_found() {
    let a = document(
        &[
            "Complaints are answered within 5 school days by the class teacher.",
            "The library opens at lunchtime for older pupils.",
            "Coats are hung on named pegs in the corridor.",
        ],
        "a",
    );
    let b = document(
        &[
            "Coats are hung on named pegs in the corridor.",
            "The library opens at lunchtime for older pupils.",
            "Complaints are answered within 10 school days by the class teacher.",
        ],
        "b",
    );
    let comparison = compared(&a, &b);
    let found: Vec<_> = comparison.differences.iter().filter(|d| d.weight == Weight::Decide).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, DifferenceKind::TimeLimit);
    assert!(
        found[0].says.contains("5 school days") && found[0].says.contains("10 school days"),
        "{}",
        found[0].says
    );
}

#[test]
fn compare_passages_over_the_limit_are_shown_whole_with_the_reason() {
    let long = |extra: &str, words: usize| format!("{extra} {}", " pencil".repeat(words));
    let at = common_ground::limits::DIFF_WORDS - 10;
    let under = compared(&one(&long("Staff keep", at), "a"), &one(&long("Teachers keep", at), "b"));
    assert!(under.coarse.is_none());
    let over = compared(&one(&long("Staff keep", at + 20), "a"), &one(&long("Teachers keep", at + 20), "b"));
    let reason = over.coarse.expect("the reason is given");
    assert!(reason.contains("20,000") || reason.contains("20000"), "{reason}");
}

/// Words of their own for each number.
fn own(number: usize) -> String {
    let letters: String =
        (0..4).map(|place| (b'a' + (number / 26usize.pow(place) % 26) as u8) as char).collect();
    ["zb", "zd", "zf"].map(|start| format!("{start}{letters}")).join(" ")
}

#[test]
fn compare_sentences_at_the_limits_are_all_held_beside_each_other_and_one_over_is_said() {
    let coarse = |n: usize, [a, b]: [&dyn Fn(usize) -> String; 2]| {
        let text = |sentence: &dyn Fn(usize) -> String| (0..n).map(sentence).collect::<String>();
        let comparison = compared(&one(&text(a), "a"), &one(&text(b), "b"));
        comparison.coarse.filter(|why| why.contains("sentences")).inspect(|why| {
            assert!(why.contains(&n.to_string()), "{why}");
            // Swapping the sides mirrors the result, poorer as it is.
            let mirrored = compared(&one(&text(b), "a"), &one(&text(a), "b"));
            let sides = |c: &common_ground::compare::Comparison, mirror: bool| {
                let side = |d: &common_ground::compare::Difference| {
                    if mirror { (d.kind, d.b, d.a) } else { (d.kind, d.a, d.b) }
                };
                let mut all: Vec<_> = c.differences.iter().map(side).collect();
                all.sort();
                all
            };
            let again = compared(&one(&text(a), "a"), &one(&text(b), "b"));
            assert_eq!(sides(&again, false), sides(&mirrored, true));
        })
    };
    // Sentences that share one word and are not alike: their pairs are as many as the sentences' product.
    let at = common_ground::limits::SENTENCE_PAIRS.isqrt() as usize;
    let unlike: [&dyn Fn(usize) -> String; 2] =
        [&|n| format!("Pencils {}. ", own(2 * n)), &|n| format!("Pencils {}. ", own(2 * n + 1))];
    assert_eq!(coarse(at, unlike), None);
    assert!(coarse(at + 1, unlike).is_some());
    // Sentences that are all alike.
    let at = common_ground::limits::LIKE_PAIRS.isqrt();
    let alike: [&dyn Fn(usize) -> String; 2] =
        [&|_| "Staff keep pencils. ".to_owned(), &|_| "Staff keep pencils dry. ".to_owned()];
    assert_eq!(coarse(at, alike), None);
    assert!(coarse(at + 1, alike).is_some());
}

#[test]
fn compare_sentences_that_changed_places_are_lifted_out_not_marked() {
    let [gate, staff, parents] = [
        "The gate opens early in the morning.",
        "Staff greet every child by name.",
        "Parents wait outside the hall until a quarter past three.",
    ];
    let a = document(&[[gate, staff, parents].join(" ")], "a");
    let b = document(&[[parents, gate, staff].join(" ")], "b");
    let comparison = compared(&a, &b);
    let marks = &comparison.marks[0];
    let text = |quotes: &[Quote], d: &common_ground::document::Document| -> Vec<String> {
        quotes.iter().map(|q| q.text(d).to_owned()).collect()
    };
    assert!(!marks.moved_a.is_empty());
    let (mut one, mut two) = (text(&marks.moved_a, &a), text(&marks.moved_b, &b));
    one.sort();
    two.sort();
    assert_eq!(one, two);
    assert!(marks.a.is_empty() && marks.b.is_empty());

    // In other words it is marked where it stands.
    let evening = gate.replace("morning", "evening");
    let b = document(&[[staff, parents, &evening].join(" ")], "b");
    let marks = &compared(&a, &b).marks[0];
    assert!(marks.moved_a.is_empty() && marks.moved_b.is_empty());
    assert!(text(&marks.b, &b).join(" ").contains("evening"));
}

#[test]
fn compare_sentences_of_three_policies_are_stock_ones() {
    let stock = "All staff read this policy when they join the school.";
    let own = |what: &str| format!("The governors look at {what} in the summer term. {stock}");
    let policies: Vec<_> = ["hats", "lunches", "gates"].iter().map(|w| document(&[own(w)], w)).collect();
    let two = Repeated::of(policies.iter().take(2).enumerate());
    assert!(two.all().is_empty(), "two policies on one topic are no habit");
    let three = Repeated::of(policies.iter().enumerate());
    let all = three.all();
    assert_eq!(all.len(), 1);
    assert_eq!(
        all[0].iter().map(|(id, q)| (*id, q.text(&policies[*id]))).collect::<Vec<_>>(),
        [(0, stock), (1, stock), (2, stock)]
    );
    let (block, quote) = (all[0][0].1.block, all[0][0].1);
    assert_eq!(three.policies(&policies[0], quote), Some(3));
    assert_eq!(three.block(&policies[0], block), None, "its other sentence is the policy's own");
    let bare = document(&[stock.to_uppercase()], "bare");
    assert_eq!(three.block(&bare, 0), Some(3), "case is no matter");
}

/// The ids of each row of the table.
fn rows(comparison: &Comparison) -> Vec<Vec<String>> {
    let ids = |p: &Point| p.differences.iter().map(|d| comparison.differences[*d].id.clone()).collect();
    comparison.points.iter().map(ids).collect()
}

#[test]
fn compare_sample_pairs_swapped_have_the_same_ids_in_the_same_rows() {
    for (a, b) in [
        ("infant/Behaviour Policy.docx", "junior/Positive Relationships Policy.docx"),
        ("infant/First Aid.docx", "junior/First aid and accidents.docx"),
        ("infant/Attendance Policy.docx", "junior/attendance.html"),
        ("infant/Health and Safety Policy.docx", "junior/Health & Safety.docx"),
        ("infant/SEND Policy.docx", "junior/SEN and Inclusion Policy.html"),
    ] {
        let (x, y) = (sample(a), sample(b));
        let (there, back) = (rows(&compared(&x, &y)), rows(&compared(&y, &x)));
        assert!(there.len() > 1);
        assert_eq!(there, back, "{a} and {b}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn compare_any_text_with_itself_is_empty(x in proptest::collection::vec(paragraph(), 1..12)) {
        let comparison = compared(&document(&x, "a"), &document(&x, "b"));
        prop_assert!(comparison.points.is_empty());
        prop_assert!(comparison.only_a.is_empty() && comparison.only_b.is_empty());
        prop_assert!(comparison.differences.iter().all(|d| d.weight != Weight::Decide));
        prop_assert!(comparison.marks.iter().all(|m| m.a.is_empty() && m.b.is_empty()));
    }

    #[test]
    fn compare_any_texts_swapped_mirror_each_other(
        x in proptest::collection::vec(paragraph(), 1..12),
        y in proptest::collection::vec(paragraph(), 1..12),
    ) {
        let (a, b) = (document(&x, "a"), document(&y, "b"));
        let there = compared(&a, &b);
        let back = compared(&b, &a);
        let key = |d: &common_ground::compare::Difference, swap: bool| {
            let (p, q) = if swap { (d.b, d.a) } else { (d.a, d.b) };
            (d.kind, p.map(|q| (q.block, q.start, q.end)), q.map(|q| (q.block, q.start, q.end)))
        };
        let mut one: Vec<_> = there.differences.iter().map(|d| key(d, false)).collect();
        let mut two: Vec<_> = back.differences.iter().map(|d| key(d, true)).collect();
        one.sort();
        two.sort();
        prop_assert_eq!(one, two);
        prop_assert_eq!(rows(&there), rows(&back));
        prop_assert_eq!(there.folded, back.folded);
    }

    #[test]
    fn compare_any_texts_unmarked_words_are_the_same_on_both_sides(
        x in proptest::collection::vec(paragraph(), 1..12),
        y in proptest::collection::vec(paragraph(), 1..12),
    ) {
        let (a, b) = (document(&x, "a"), document(&y, "b"));
        let comparison = compared(&a, &b);
        prop_assert_eq!(comparison.links.len(), comparison.marks.len());
        for (link, marks) in comparison.links.iter().zip(&comparison.marks) {
            for quote in marks.a.iter().chain(&marks.b) {
                prop_assert!(quote.start < quote.end);
            }
            // What is neither marked nor moved is the text that both share, word for word and in order.
            let rest = |d: &common_ground::document::Document, blocks: &[u32], out: [&[Quote]; 2]| -> Vec<String> {
                let mut kept = Vec::new();
                for block in blocks {
                    let text = &d.blocks[*block as usize].text;
                    let words = d.tokens(*block).iter().filter(|t| t.class != common_ground::document::Class::Mark);
                    let inside = |q: &&Quote, t: &common_ground::document::Token| {
                        q.block == *block && q.start <= t.start && t.end <= q.end
                    };
                    let words = words.filter(|t| !out.iter().any(|quotes| quotes.iter().any(|q| inside(&q, t))));
                    kept.extend(words.map(|t| text[t.start as usize..t.end as usize].to_lowercase()));
                }
                kept
            };
            let one = rest(&a, &link.a, [&marks.a, &marks.moved_a]);
            prop_assert_eq!(one, rest(&b, &link.b, [&marks.b, &marks.moved_b]));
        }
    }

    #[test]
    fn compare_every_decision_is_in_exactly_one_point(
        x in proptest::collection::vec(paragraph(), 1..12),
        y in proptest::collection::vec(paragraph(), 1..12),
    ) {
        let comparison = compared(&document(&x, "a"), &document(&y, "b"));
        let mut seen: Vec<usize> = comparison.points.iter().flat_map(|p| p.differences.clone()).collect();
        seen.sort_unstable();
        let all: Vec<usize> =
            (0..comparison.differences.len()).filter(|d| comparison.differences[*d].weight == Weight::Decide).collect();
        prop_assert_eq!(seen, all);
        let mut ids: Vec<&str> = comparison.differences.iter().map(|d| d.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), comparison.differences.len());
    }
}

/// Steps that only one of two policies has, each with the nearest words of the other.
fn steps(a: &[&str], b: &[&str]) -> Vec<(String, Option<String>)> {
    let [x, y] = [(a, "a"), (b, "b")]
        .map(|(text, school)| document(&text.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), school));
    let comparison = compared(&x, &y);
    let steps = comparison.differences.iter().filter(|d| d.kind == DifferenceKind::Step);
    steps
        .map(|d| {
            let (mine, other, quote) = if d.a.is_some() { (&x, &y, d.a) } else { (&y, &x, d.b) };
            (quote.unwrap().text(mine).to_owned(), d.nearest.map(|q| q.text(other).to_owned()))
        })
        .collect()
}

#[test]
fn nearest_what_is_said_in_other_words_of_the_same_roots_is_no_step() {
    for (a, b) in [
        (
            "Governors review this policy every year.",
            "The policy is reviewed annually by the governing body.",
        ),
        (
            "Volunteers have a CRB check first.",
            "Volunteers have a Disclosure and Barring Service check first.",
        ),
        ("Staff report a concern at once.", "Staff report a concern straight away."),
    ] {
        let found = steps(&[a, "Gates open at eight."], &["Lunch is eaten in the hall.", b]);
        let said = |text: &str| found.iter().any(|(step, _)| step == text);
        assert!(!said(a) && !said(b), "{found:?}");
    }
}

#[test]
fn steps_of_one_frame_are_each_asked_for() {
    let parents = "Complaints from parents should be heard under this procedure.";
    let governors = "Complaints from governors should be heard under this procedure.";
    let rest = "The office keeps every letter for three years.";
    let found = steps(&[parents, governors, rest], &[governors, rest]);
    assert_eq!(found, [(parents.to_owned(), Some(governors.to_owned()))]);
}

#[test]
fn steps_said_under_several_headings_are_missed_where_one_lacks_them() {
    let check = "Staff must check the blade before every use.";
    let bow = "A bow saw is held with both hands.";
    let hand = "A hand saw is folded when it is put down.";
    let both = ["## Bow saw", bow, check, "## Hand saw", hand, check];
    let without =
        |at: usize| both.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, p)| *p).collect::<Vec<_>>();
    for at in [2, 5] {
        assert_eq!(steps(&both, &without(at)), [(check.to_owned(), None)], "without {at}");
    }
    // Said once for all, where the other policy has no headings of these tools, it is not missing.
    assert_eq!(steps(&both, &["## Saws", bow, hand, check]), []);
}

#[test]
fn nearest_words_stand_beside_a_step_that_nothing_answers_and_far_ones_do_not() {
    let (a, b) = (sample("infant/Intimate Care Policy.docx"), sample("junior/Intimate care.docx"));
    let comparison = compared(&a, &b);
    let near = |step: &str| {
        let quoted = |q: Option<Quote>, d| q.is_some_and(|q| Quote::text(&q, d) == step);
        let found = comparison.differences.iter().find(|d| quoted(d.a, &a) || quoted(d.b, &b)).unwrap();
        found.nearest.map(|q| q.text(if found.a.is_some() { &b } else { &a }).to_owned())
    };
    let check = "All staff who change children have an enhanced check and are trained every year.";
    let only = "Only staff with an enhanced check give intimate care.";
    assert_eq!((near(check).as_deref(), near(only).as_deref()), (Some(only), Some(check)));
    assert_eq!(near("Protective clothing is worn."), None);
    // The same with the policies exchanged.
    let back = compared(&b, &a);
    let all = |c: &common_ground::compare::Comparison| {
        let mut all: Vec<_> = c.differences.iter().map(|d| d.nearest.map(|q| (q.block, q.start))).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(all(&comparison), all(&back));
}

#[test]
fn nearest_steps_of_one_subject_stand_in_one_row_whatever_the_headings_say() {
    let (a, b) = (sample("infant/Intimate Care Policy.docx"), sample("junior/Intimate care.docx"));
    let comparison = compared(&a, &b);
    let row = comparison.points.iter().find(|p| p.title == "Keeping everybody safe / Safeguarding").unwrap();
    let sides =
        |a: bool| row.differences.iter().filter(|d| comparison.differences[**d].a.is_some() == a).count();
    assert!(sides(true) > 0 && sides(false) > 0);
}

#[test]
fn matters_that_are_told_apart_do_not_contradict_each_other() {
    for (a, b) in [
        (
            "Parents cannot withdraw a child from relationships education.",
            "Parents may withdraw a child from sex education.",
        ),
        (
            "A first written warning stands on the file for six months.",
            "A final written warning stands on the file for twelve months.",
        ),
    ] {
        let comparison = compared(&one(a, "a"), &one(b, "b"));
        let kinds: Vec<DifferenceKind> = comparison.differences.iter().map(|d| d.kind).collect();
        assert_eq!(kinds, [DifferenceKind::Step; 2], "{a} | {b}");
    }
    let same = compared(
        &one("Parents cannot withdraw a child from sex education.", "a"),
        &one("Parents may withdraw a child from sex education.", "b"),
    );
    assert!(same.differences.iter().any(|d| d.kind == DifferenceKind::Obligation));
}

#[test]
fn points_the_section_with_most_steps_is_parted_first() {
    let mut text =
        vec!["# Aims".to_owned(), "Staff read this policy in the first week of every term.".to_owned()];
    text.push("# Procedures".to_owned());
    let subjects = ["gates", "bins", "coats", "books", "keys", "lamps", "desks", "bikes"];
    for subject in subjects {
        text.push(format!("## About {subject}"));
        text.push(format!("The caretaker looks at all {subject} on Mondays."));
        text.push(format!("The bursar writes a note about {subject} that were lost."));
    }
    let b = document(&["Lunch is eaten in the hall.".to_owned()], "b");
    let comparison = compared(&document(&text, "a"), &b);
    let most = comparison.points.iter().map(|p| p.differences.len()).max();
    assert_eq!(most, Some(2), "{:?}", comparison.points);
    assert!(comparison.points.iter().any(|p| p.title == "About lamps"));
}
