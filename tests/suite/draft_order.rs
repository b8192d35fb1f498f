//! Where passages stand in a draft: beside each other, below which heading, and what is said where one lost what it heads.

use common_ground::merge::{Draft, Stand, merge};
use common_ground::report::word;

use crate::draft::{part, two};
use crate::merged::{Merged, draftable};
use crate::seeding::document;

/// The text of a draft's paragraphs, all insertions taken.
fn shown(draft: &Draft, materials: &common_ground::merge::Materials) -> Vec<String> {
    let paragraphs = draft.regions.iter().filter_map(|r| match r {
        common_ground::merge::Region::Paragraph(p) => Some(p),
        _ => None,
    });
    let text = |p: &common_ground::merge::Paragraph| -> String {
        let pieces = p.pieces.iter().filter(|piece| !matches!(piece.stand, Stand::Replaced(_)));
        pieces.map(|piece| materials.text(&piece.words)).collect()
    };
    paragraphs.map(text).collect()
}

#[test]
fn draft_sentences_to_choose_between_have_a_blank_between_them() {
    let (a, b) = two();
    let merged = Merged::of(&a, &b);
    let materials = merged.materials();
    let all = shown(&merge(&materials), &materials).join("\n");
    assert!(all.contains("of the incident. Parents are told"), "{all}");
}

#[test]
fn draft_what_both_say_stands_below_the_heading_that_would_be_empty_without_it() {
    let closed = "Complaints that are repeated without anything new may be closed by the chair.";
    let kept = "Notes of every complaint are kept by the office for six years.";
    let counted = "The clerk counts the complaints of each term and tells the governors how many there were.";
    let a = document(&["# Looking back", kept, closed, counted], "a");
    let b = document(&["# Papers", kept, "# Complaints without reason", closed], "b");
    let merged = Merged::of(&a, &b);
    let materials = merged.materials();
    let all = shown(&merge(&materials), &materials);
    let at = |text: &str| all.iter().position(|p| p == text).unwrap();
    assert_eq!(at("Complaints without reason") + 1, at(closed), "{all:?}");
    assert_eq!(all.iter().filter(|p| *p == closed).count(), 1);
}

#[test]
fn draft_heading_that_loses_what_it_heads_says_where_that_stands() {
    let first = "Every concern about a child is written down on the day by the adult who sees it.";
    let law = "The policy has regard to the guidance on keeping children safe in education.";
    let a = document(
        &["# Aims", &format!("{first} {law}"), "# Who leads", "The lead keeps the key of the files."],
        "a",
    );
    let b = document(
        &["# Purpose", first, "# Legal framework", law, "# Who leads", "The lead keeps the key."],
        "b",
    );
    let merged = Merged::of(&a, &b);
    let materials = merged.materials();
    let draft = merge(&materials);
    let told: Vec<_> = draft.remarks.iter().filter(|r| !r.below.is_empty()).collect();
    let [remark] = told.as_slice() else { panic!("{told:?}") };
    let [below] = remark.below.as_slice() else { panic!("{remark:?}") };
    let (side, under) = below.under.unwrap();
    assert_eq!(below.quote.text(&b), law);
    assert_eq!(materials.document(side).blocks[under as usize].text, "Aims");
    // The comment says so in words, and only beside that heading.
    let comments = part(&word(&draftable(&draft, &materials)), "word/comments.xml");
    let says = format!(
        "Nothing stands below this heading here. What Second School has below it begins “{law}”; in this draft that stands under “Aims”."
    );
    assert_eq!(comments.matches(&says).count(), 1, "{comments}");
    assert_eq!(comments.matches("Nothing stands below").count(), 1);
}

#[test]
fn draft_passages_of_two_blocks_do_not_leave_their_own_heading_bare() {
    let leads = "The SENCO leads the work, keeps the register and trains all of the staff.";
    let plans = "Teachers plan lessons that every pupil can follow and write down what helped.";
    let a = document(
        &[
            "# Who does what",
            leads,
            plans,
            "# Concerns",
            "Parents speak to the class teacher first, then to the office of the school, and then to the governors.",
        ],
        "a",
    );
    let b = document(
        &[
            "# Help in class",
            &format!("{leads} {plans}"),
            "# Concerns",
            "Parents speak to the class teacher first.",
        ],
        "b",
    );
    let merged = Merged::of(&a, &b);
    let materials = merged.materials();
    let all = shown(&merge(&materials), &materials);
    let at = |text: &str| all.iter().position(|p| p.contains(text)).unwrap();
    assert!(at("Who does what") + 1 == at(leads) || at("Help in class") < at("Who does what"), "{all:?}");
    assert!(!all[at("Who does what") + 1].contains("Concerns"), "{all:?}");
}

#[test]
fn draft_one_wording_stands_only_where_two_are_near() {
    let common = |x: &str, y: &str| {
        let merged = Merged::of(&document(&["# Lessons", x], "a"), &document(&["# Lessons", y], "b"));
        let materials = merged.materials();
        let draft = merge(&materials);
        let plain = |p: &common_ground::merge::Piece| {
            !matches!(p.stand, Stand::Inserted(_)) && p.from != [None, None]
        };
        draft.paragraphs().iter().skip(1).flat_map(|p| &p.pieces).any(plain)
    };
    for (x, y) in [
        ("Every child is a full member of our school.", "Every pupil is a full member of the school."),
        (
            "The SENCO leads the work, keeps the register and trains staff.",
            "The SENCO leads the work, maintains the register and trains staff.",
        ),
    ] {
        assert!(common(x, y) && common(y, x), "{x} | {y}");
    }
    for (x, y) in [
        (
            "Boys and girls are taught together.",
            "Boys and girls are taught separately for one lesson on puberty.",
        ),
        (
            "Parents are telephoned about every head injury, however small.",
            "Parents are sent a note about every head injury, however small.",
        ),
        (
            "Spellings are sent home on Mondays and are practised with games.",
            "Spellings are sent home on Mondays and are tested on Fridays.",
        ),
        (
            "Families who receive certain benefits pay nothing for trips in school hours.",
            "Families who receive certain benefits pay nothing for trips in school hours and nothing for board and lodging.",
        ),
        ("The lead meets the next school in May.", "The lead meets the next school in June."),
    ] {
        assert!(!common(x, y) && !common(y, x), "{x} | {y}");
    }
}

#[test]
fn draft_old_laws_and_gaps_of_either_school_are_said_beside_the_sentence() {
    let new = "We follow the SEND Code of Practice 2015 in all that we do.";
    let old = "We follow the SEN Code of Practice 2001 in all that we do.";
    let gap = "The governors of [insert name of school] want every person to go home unharmed.";
    for (x, y, says) in
        [(new, old, "still refers to"), (old, new, "still refers to"), (gap, gap, "[insert name of school]")]
    {
        let merged = Merged::of(&document(&["# Aims", x], "a"), &document(&["# Aims", y], "b"));
        let materials = merged.materials();
        let comments = part(&word(&draftable(&merge(&materials), &materials)), "word/comments.xml");
        assert!(comments.contains(says) && comments.contains("puts it right"), "{x} | {y}: {comments}");
    }
    // An old law is never what both say.
    let merged = Merged::of(&document(&["# Aims", new], "a"), &document(&["# Aims", old], "b"));
    let materials = merged.materials();
    let pieces =
        merge(&materials).paragraphs().into_iter().skip(1).flat_map(|p| p.pieces.clone()).collect::<Vec<_>>();
    assert!(
        pieces.iter().all(|p| matches!(p.stand, Stand::Inserted(_)) || p.from == [None, None]),
        "{pieces:?}"
    );
}

#[test]
fn draft_paragraphs_of_one_passage_stand_so_that_most_sentences_meet() {
    let leads = "The SENCO leads the work, keeps the register and trains all of the staff.";
    let meets = "A governor meets the SENCO every term to hear how it goes.";
    let steps = "Support follows four steps, which are assess, plan, do and review.";
    let class = "The class teacher is responsible for the progress of everybody in the class.";
    let a = document(
        &["# Help in class", &format!("{class} {steps}"), "# Who does what", &format!("{leads} {meets}")],
        "a",
    );
    let b = document(&["# Roles", &format!("{leads} {meets} {class}"), "# Provision", steps], "b");
    for (x, y) in [(&a, &b), (&b, &a)] {
        let merged = Merged::of(x, y);
        let materials = merged.materials();
        let draft = merge(&materials);
        let pieces = draft.paragraphs().into_iter().flat_map(|p| p.pieces.clone());
        let plain = pieces.filter(|p| p.stand == Stand::Plain && p.from.iter().all(Option::is_some));
        let texts: Vec<String> = plain.map(|p| materials.text(&p.words).to_owned()).collect();
        for sentence in [leads, meets, steps] {
            assert!(texts.iter().any(|t| t == sentence), "{sentence}: {texts:?}");
        }
    }
}
