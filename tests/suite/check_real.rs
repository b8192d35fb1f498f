//! What real policies taught the checks to leave alone, and what they must go on finding.

use common_ground::check::Severity;

use crate::check::{ADOPTED, count, drift, drifted, found};

#[test]
fn check_never_flags_terms_that_are_current() {
    for text in [
        "A pupil may be excluded; exclusion is a last resort, and the governors review every exclusion.",
        "The SENCO keeps the SEN register and leads on SEN support; the SENCo meets parents of pupils with SEN.",
        "Allegations are passed to the LADO within one working day.",
        "We act under section 175 of the Education Act 2002.",
    ] {
        for severity in [Severity::Error, Severity::Warning] {
            let policy = format!("# Lost Property Policy\n\n## What we do\n\n{text}\n");
            let all = found(&[("infant", "lost.md", &policy)]);
            assert!(all.iter().all(|f| f.severity != severity), "{text}: {all:?}");
        }
    }
}

#[test]
fn check_gaps_of_a_letter_that_is_filled_in_when_it_is_sent_are_notes() {
    let of = |greeting: &str| {
        let text = format!(
            "# Trips Policy\n\n## What parents get\n\n{greeting}\n\nYour child goes to [insert place] on Friday.\n"
        );
        found(&[("infant", "trips.md", &text)]).iter().find(|f| f.rule == "gap").unwrap().severity
    };
    assert_eq!(of("Dear parents,"), Severity::Note);
    assert_eq!(of("We write to parents."), Severity::Error);
}

#[test]
fn check_what_policies_say_of_themselves_and_of_guidance_is_neither_contradiction_nor_broken() {
    let of = |number: &str, thing: &str| {
        format!(
            "# {thing} Policy\n\nWe look after {thing} in the way that all of us have learned.\n\n## End\n\nThis policy {number} was adopted at a meeting of the whole committee of the school.\n"
        )
    };
    let (a, b) = (of("5.1", "coats"), of("3.2", "ladders"));
    let all = found(&[("infant", "a.md", &a), ("infant", "b.md", &b)]);
    assert!(all.iter().all(|f| f.rule != "contradiction"), "{all:?}");
    // Guidance has annexes; this policy has none.
    assert_eq!(count("broken_reference", "Staff read part one and sign for Annex B."), 0);
    assert_eq!(count("broken_reference", "The form is in Appendix 4."), 1);
    assert_eq!(count("broken_reference", "Appendix 4 of the Academy Trust Handbook lists them."), 0);
}

#[test]
fn check_the_next_review_counts_where_the_last_one_is_dated_too() {
    let text = "# Uniform Policy\n\nReview date: June 2024\n\nNext review date: June 2027\n\n## What we wear\n\nGrey.\n";
    let all = found(&[("infant", "u.md", text)]);
    assert!(all.iter().all(|f| f.rule != "lapsed"), "{all:?}");
}

#[test]
fn check_what_other_formats_do_to_a_text_is_no_drift() {
    let parted = ADOPTED.replace("second-hand", "secondhand").replace("things go", "thi ngs go");
    let titled = ADOPTED.replace("## Appendix 1", "Lost Property Policy\n\n7\n\n## Appendix 1");
    let noted = ADOPTED.replace("within 24 hours.", "within 24 hours1.");
    for copy in [&parted, &titled] {
        let found = drift(copy);
        assert!(found.is_empty(), "{copy}\n{found:?}");
    }
    // The heads of a table's columns stand once more where it goes on on another page.
    let table = |again: &str| {
        let rows = format!(
            "| What | Where it is kept |\n|---|---|\n| Coats | The cloakroom is locked. |\n{again}| Bags | The shelf is high. |\n\n"
        );
        ADOPTED.replace("## Appendix 1", &format!("{rows}## Appendix 1"))
    };
    let repeated = drifted(&table(""), &table("| What | Where it is kept |\n"));
    assert!(repeated.is_empty(), "{repeated:?}");
    let added = drifted(&table(""), &table("| Hats | Behind the stage. |\n"));
    assert!(!added.is_empty(), "a row of its own is none");
    // No note of that number was adopted, so a figure was put in.
    assert_eq!(drift(&noted).len(), 1);
    // Numbers that say something are never marks.
    assert_eq!(drift(&ADOPTED.replace("6 weeks", "8 weeks")).len(), 1);
    assert_eq!(drift(&ADOPTED.replace("for 6 weeks", "for weeks")).len(), 1);
}
