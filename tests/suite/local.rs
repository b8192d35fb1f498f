//! Two hundred local facts put into policies, one at a time: each is listed for its school and none counts as a difference.

use common_ground::compare::{DifferenceKind, Weight};

use crate::seeding::{compared, document};

/// Sentences with a gap, and how the gap is filled from two numbers; invented people, streets and fictitious telephone ranges.
type Seed = (&'static str, fn(usize) -> String);

const NAMES: [&str; 10] = [
    "Appletwist",
    "Brindlecombe",
    "Fennimore",
    "Harbottle",
    "Larkspindle",
    "Mossgrave",
    "Nettlebed",
    "Quillfeather",
    "Tansywell",
    "Wrenlock",
];
const FIRST: [&str; 10] = ["Asha", "Bram", "Cleo", "Dara", "Ewan", "Fern", "Gita", "Hugo", "Isla", "Jory"];
const PLACES: [&str; 10] =
    ["Rainbow", "Willow", "Harbour", "Meadow", "Orchard", "Lantern", "Pebble", "Thicket", "Juniper", "Oak"];
const HOURS: [&str; 10] =
    ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

const SEEDS: [Seed; 20] = [
    ("The designated safeguarding lead is Mrs {}, who keeps the file.", |n| NAMES[n].into()),
    ("Speak to Mr {} about school meals.", |n| NAMES[n].into()),
    ("The chair of governors is {} and answers letters.", |n| {
        format!("{} {}", FIRST[n], NAMES[(n + 3) % 10])
    }),
    ("SENCO: {}", |n| format!("{} {}", FIRST[n], NAMES[(n + 5) % 10])),
    ("Ring the office on {} to report an absence.", |n| format!("01632 96{:04}", 100 + n)),
    ("The emergency number is ({}) during a visit.", |n| {
        format!("01632) 96{:04} (", 300 + n).trim_end_matches(" (").into()
    }),
    ("The mobile of the visit leader is {} on the day.", |n| format!("07700 900{:03}", 120 + n)),
    ("The office can be reached on extension {} all day.", |n| format!("{}", 201 + n)),
    ("Write to {} with any question.", |n| format!("office{n}@thistlemere.example")),
    ("Forms go to {} before the visit.", |n| {
        format!("{}.{}@school.example", FIRST[n].to_lowercase(), NAMES[n].to_lowercase())
    }),
    ("The form is at www.{}.example for all families.", |n| NAMES[n].to_lowercase()),
    ("Read the term dates on {} at any time.", |n| format!("{}.sch.uk/dates", NAMES[n].to_lowercase())),
    ("The gates open at {} in the morning.", |n| format!("8.{:02}am", 10 + n)),
    ("School ends at {} for all classes.", |n| format!("15:{:02}", 10 + n)),
    ("Registers close at {} every morning.", |n| format!("9.{:02}", 10 + n)),
    ("Breakfast club begins at {} each day.", |n| format!("half past {}", HOURS[n])),
    ("The club meets in the {} Room after lunch.", |n| PLACES[n].into()),
    ("First aid is given in Room {} of the main building.", |n| format!("{}", 2 + n)),
    ("Letters reach us at {} Lane by post.", |n| format!("{} {}", 4 + n, PLACES[n])),
    ("Our postcode is {} for deliveries.", |n| format!("TM{} {}AB", 1 + n, n)),
];

const AROUND: [&str; 4] = [
    "# Arrangements",
    "Coats are hung on named pegs in the corridor.",
    "Staff must record every accident in the book.",
    "The library opens at lunchtime for older pupils.",
];

#[test]
fn compare_two_hundred_local_facts_are_listed_and_never_counted() {
    let (mut counted, mut unlisted, mut seeded) = (Vec::new(), Vec::new(), 0);
    for (sentence, fill) in SEEDS {
        for n in 0..10 {
            let with = |n: usize| -> Vec<String> {
                let mut text: Vec<String> = AROUND.iter().map(|s| (*s).to_owned()).collect();
                text.insert(2, sentence.replace("{}", &fill(n)));
                text
            };
            seeded += 1;
            let (a, b) = (document(&with(n), "a"), document(&with((n + 1) % 10), "b"));
            let comparison = compared(&a, &b);
            let shown = sentence.replace("{}", &fill(n));
            if comparison.differences.iter().any(|d| d.weight == Weight::Decide) {
                counted.push(shown.clone());
            }
            let of = |side: fn(&common_ground::compare::Difference) -> bool| {
                comparison.differences.iter().any(|d| d.kind == DifferenceKind::LocalFact && side(d))
            };
            if !of(|d| d.a.is_some()) || !of(|d| d.b.is_some()) {
                unlisted.push(shown);
            }
        }
    }
    assert_eq!(seeded, 200);
    assert!(
        counted.is_empty(),
        "{} of {seeded} counted as differences:\n{}",
        counted.len(),
        counted.join("\n")
    );
    assert!(unlisted.is_empty(), "{} of {seeded} not listed:\n{}", unlisted.len(), unlisted.join("\n"));
}
