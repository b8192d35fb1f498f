//! The page of evidence on values and wording: what was gathered in, the parts of a paper out.

use crate::document::School;
use crate::ethos::{Theme, Use, Word};
use crate::knowledge::Wording;
use crate::merge::Side;
use crate::report::paper::{Cell, Look, Part, Run, Table, cell, plain};

use super::survey;
use super::tables;
use super::{Gathered, listed, times};

/// All parts, what comes first first.
pub(super) fn parts(g: &Gathered) -> Vec<Part> {
    let mut parts = glance(g);
    parts.push(Part::Contents);
    statements(g, &mut parts);
    words(g, &mut parts);
    themes(g, &mut parts);
    terms(g, &mut parts);
    kept(g, &mut parts);
    parts.extend(g.survey.into_iter().flat_map(|s| survey::parts(g, s)));
    parts.extend(tables::parts(g));
    parts.push(heading("limits", "What this can and cannot tell"));
    parts.push(Part::text(Look::Plain, "Words are counted, nothing else: a school may live a value that it never writes down, and write one down that it does not live. A word in another sense is passed over where the tables of facts know it, and counted where they do not. What a word means to each school is for people to say."));
    parts
}

fn heading(id: &str, words: &str) -> Part {
    Part::Heading(1, id.to_owned(), words.to_owned())
}

fn glance(g: &Gathered) -> Vec<Part> {
    let names = g.names();
    let named = |side: usize| g.ethos.words.iter().filter(move |w| w.named[side] > 0);
    let titles = |words: Vec<&Word>| words.iter().map(|w| w.title.to_lowercase()).collect::<Vec<_>>();
    let both = titles(named(0).filter(|w| w.named[1] > 0).collect());
    let join = |all: &[String]| listed(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let mut items = vec![match both.is_empty() {
        true => vec![plain("No value is named in the statements of both schools.")],
        false => vec![Run::Strong("Both schools name: ".into()), plain(format!("{}.", join(&both)))],
    }];
    for side in Side::BOTH {
        let (mine, other) = (side.index(), side.other().index());
        let only = titles(named(mine).filter(|w| w.named[other] == 0).collect());
        if !only.is_empty() {
            items.push(vec![
                Run::Strong(format!("Only {} names: ", names[mine])),
                plain(format!("{}.", join(&only))),
            ]);
        }
        if g.ethos.statements[mine].is_empty() {
            items.push(vec![plain(format!(
                "No statement of values, vision or mission was found among the policies of {}.",
                names[mine]
            ))]);
        }
    }
    let wording = g.wording;
    let themes: Vec<&str> = g
        .ethos
        .themes
        .iter()
        .filter(|t| t.pulls_apart())
        .filter_map(|t| wording.apart.get(t.number).map(|a| a.title.as_str()))
        .collect();
    items.push(match themes.len() {
        0 => vec![plain("No wording was found that pulls the schools apart.")],
        n => vec![
            Run::Strong("Wording pulls apart".into()),
            plain(" in "),
            Run::Count(n, "apart-table".into()),
            plain(format!(" {}: ", if n == 1 { "place" } else { "places" })),
            plain(format!("{}.", lower(&themes))),
        ],
    });
    for side in Side::BOTH {
        let kept = &g.ethos.kept[side.index()];
        if !kept.is_empty() {
            items.push(vec![
                Run::Strong(format!("Protected wording of {}: ", names[side.index()])),
                Run::Count(kept.len(), format!("kept-{}", side.letter())),
                plain(if kept.len() == 1 { " sentence." } else { " sentences." }),
            ]);
        }
    }
    vec![
        Part::text(
            Look::Lead,
            format!(
                "What {} and {} say they stand for, and the words in which their policies say it.",
                names[0], names[1]
            ),
        ),
        Part::List(items),
        Part::text(
            Look::Small,
            "Words in quotation marks are the schools' own and stand in the files named beside them. Numbers lead to the table in which they can be recounted.",
        ),
    ]
}

fn lower(titles: &[&str]) -> String {
    let small = |t: &&str| {
        let mut letters = t.chars();
        letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect::<String>())
    };
    titles.iter().map(small).collect::<Vec<_>>().join("; ")
}

/// The kinds of statements that either school makes, in order of the table.
pub(super) fn kinds(g: &Gathered) -> Vec<usize> {
    let mut all: Vec<usize> = g.ethos.statements.iter().flatten().map(|s| s.kind).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The title of a kind of statement.
pub(super) fn title_of<'g>(g: &Gathered<'g>, kind: usize) -> &'g str {
    g.wording.statements.get(kind).map_or("", |s| s.title.as_str())
}

fn statements(g: &Gathered, parts: &mut Vec<Part>) {
    let names = g.names();
    parts.push(heading("statements", "What each school says of itself"));
    let mut table = Table::new(
        "statements-table",
        "Vision, values and beliefs, word for word",
        &[("Kind", 12, None), (names[0], 44, Some(Side::A)), (names[1], 44, Some(Side::B))],
    );
    for kind in kinds(g) {
        let says =
            |side: Side| g.stated(side, g.ethos.statements[side.index()].iter().filter(|s| s.kind == kind));
        table.rows.push(vec![cell(title_of(g, kind)), says(Side::A), says(Side::B)]);
    }
    if table.rows.is_empty() {
        table.caption = "Neither school's policies state a vision, values or beliefs in a way that was understood: a heading such as “Our values”, or a sentence such as “We believe that …”.".into();
    }
    parts.push(Part::Table(table));
}

fn words(g: &Gathered, parts: &mut Vec<Part>) {
    let names = g.names();
    parts.push(heading("words", "Words of values in all policies"));
    parts.push(Part::text(Look::Plain, "Looked for are the words that schools in England choose as values, in all their forms, and what either school lists as a value of its own. “Named” means that the word stands in one of the statements above."));
    let mut table = Table::new(
        "shared-words",
        "Words that both schools use",
        &[("Word", 14, None), (names[0], 43, Some(Side::A)), (names[1], 43, Some(Side::B))],
    );
    for (number, word) in tables::numbered(g).filter(|(_, w)| w.is_shared()) {
        let used = |side: Side| used(g, number, word, side);
        table.rows.push(vec![cell(&word.title), used(Side::A), used(Side::B)]);
    }
    if table.rows.is_empty() {
        table.caption = "There is no word of values that both schools use.".into();
    }
    parts.push(Part::Table(table));
    for side in Side::BOTH {
        let name = names[side.index()];
        let mut table = Table::new(
            &format!("only-words-{}", side.letter()),
            &format!("Words that only {name} uses"),
            &[("Word", 14, None), (name, 86, Some(side))],
        );
        let mine = tables::numbered(g).filter(|(_, w)| !w.is_shared() && !w.uses[side.index()].is_empty());
        table.rows.extend(mine.map(|(number, w)| vec![cell(&w.title), used(g, number, w, side)]));
        if table.rows.is_empty() {
            table.caption = format!("There is no word of values that only {name} uses.");
        }
        parts.push(Part::Table(table));
    }
}

/// How a school uses a word, and an example.
fn used(g: &Gathered, number: usize, word: &Word, side: Side) -> Cell {
    let uses = &word.uses[side.index()];
    let mut first = times(word.count(side.index()), uses.len(), &format!("w{number}-{}", side.letter()));
    if word.named[side.index()] > 0 {
        first.insert(0, Run::Strong("Named".into()));
        first.insert(1, plain("; "));
    }
    // A policy shows better than the statement itself how a word is used.
    let stated = |d: usize| g.ethos.statements[side.index()].iter().any(|s| s.document == d);
    let example = uses.iter().find(|u| !stated(u.document)).or(uses.first());
    let mut out = vec![first];
    if let Some(example) = example {
        out.push(g.quoted(side, example.document, example.example));
        out.push(g.placed(example.document, example.example));
    }
    out
}

fn themes(g: &Gathered, parts: &mut Vec<Part>) {
    let wording = g.wording;
    parts.push(heading("apart", "Wording that pulls apart"));
    parts.push(Part::text(Look::Plain, "Each row has two ways of speaking of one thing. The schools pull apart where the share of the one way differs by a quarter or more, and each school speaks of it at least twice."));
    let (apart, rest): (Vec<&Theme>, Vec<&Theme>) = g.ethos.themes.iter().partition(|t| t.pulls_apart());
    let none = "In none of the ways of speaking that are looked for do the two schools pull apart.";
    parts.push(Part::Table(table_of(
        g,
        wording,
        "apart-table",
        "Where the schools pull apart",
        none,
        &apart,
    )));
    let within: Vec<&Theme> = rest
        .iter()
        .copied()
        .filter(|t| {
            wording.apart.get(t.number).is_some_and(|a| a.within) && (t.both_ways(0) || t.both_ways(1))
        })
        .collect();
    let none = "No school's policies were found to pull apart among themselves.";
    parts.push(Part::Table(table_of(
        g,
        wording,
        "within-table",
        "Both ways in one school's policies",
        none,
        &within,
    )));
    let rest: Vec<&Theme> = rest.into_iter().filter(|t| !within.contains(t)).collect();
    let none = "Nothing else was found.";
    parts.push(Part::Table(table_of(g, wording, "rest-table", "Looked for, and not apart", none, &rest)));
}

fn table_of(
    g: &Gathered,
    wording: &Wording,
    id: &str,
    caption: &str,
    none: &str,
    themes: &[&Theme],
) -> Table {
    let names = g.names();
    let mut table = Table::new(
        id,
        caption,
        &[("Of what", 20, None), (names[0], 40, Some(Side::A)), (names[1], 40, Some(Side::B))],
    );
    for theme in themes {
        let Some(about) = wording.apart.get(theme.number) else { continue };
        let says = |side: Side| -> Cell {
            let mut out = Cell::new();
            for (way, uses) in theme.uses[side.index()].iter().enumerate() {
                let id = format!("t{}-{}-{way}", theme.number, side.letter());
                let mut line = times(theme.count(side.index(), way), uses.len(), &id);
                line.insert(0, Run::Strong(about.ways[way].clone()));
                line.insert(1, plain(": "));
                if uses.is_empty() {
                    line = vec![Run::Strong(about.ways[way].clone()), plain(": not found")];
                }
                out.push(line);
                if let Some(example) = telling(g, side, uses) {
                    out.push(g.quoted(side, example.document, example.example));
                    out.push(g.placed(example.document, example.example));
                }
            }
            out
        };
        table.rows.push(vec![
            vec![vec![plain(about.title.clone())], vec![Run::Small(about.ask.clone())]],
            says(Side::A),
            says(Side::B),
        ]);
    }
    if table.rows.is_empty() {
        table.caption = none.to_owned();
    }
    table
}

/// The use that tells most: one in what the school says of itself, or else the first.
pub(super) fn telling<'u>(g: &Gathered, side: Side, uses: &'u [Use]) -> Option<&'u Use> {
    let stated = |u: &&Use| g.ethos.statements[side.index()].iter().any(|s| s.document == u.document);
    uses.iter().find(stated).or(uses.first())
}

fn terms(g: &Gathered, parts: &mut Vec<Part>) {
    let names = g.names();
    parts.push(heading("terms", "Different words for the same thing"));
    let mut table = Table::new(
        "terms-table",
        "Words that stand for each other where sentences of the two schools say the same",
        &[
            (names[0], 18, Some(Side::A)),
            (names[1], 18, Some(Side::B)),
            ("Sentences", 12, None),
            ("For example", 52, None),
        ],
    );
    for term in &g.outcome.terms {
        let mut examples = Cell::new();
        // One example shows what is meant; the report of the comparison has more.
        for (at, e) in term.examples.iter().take(1) {
            let Some(pair) = g.outcome.register.pairs.get(*at) else { continue };
            for (side, document, quote) in [(Side::A, pair.a, e.context_a), (Side::B, pair.b, e.context_b)] {
                examples.push(g.quoted(side, document, quote));
                examples.push(g.placed(document, quote));
            }
        }
        table.rows.push(vec![cell(&term.a), cell(&term.b), cell(term.count.to_string()), examples]);
    }
    if table.rows.is_empty() {
        table.caption = "No two words were seen to stand for each other more than once.".into();
    }
    parts.push(Part::Table(table));
}

fn kept(g: &Gathered, parts: &mut Vec<Part>) {
    let wording = g.wording;
    parts.push(heading("protected", "Protected wording"));
    if g.ethos.kept.iter().all(Vec::is_empty) {
        parts.extend(
            g.outcome
                .partnership
                .schools
                .iter()
                .map(|school| Part::text(Look::Small, unmarked(school, wording))),
        );
        return;
    }
    for side in Side::BOTH {
        let (name, kept) = (g.names()[side.index()], &g.ethos.kept[side.index()]);
        let mut table = Table::new(
            &format!("kept-{}", side.letter()),
            &format!("Wording of {name} that stands under its religious character"),
            &[("Where", 30, None), ("Sentence", 70, Some(side))],
        );
        for k in kept {
            table
                .rows
                .push(vec![vec![g.placed(k.document, k.quote)], vec![g.quoted(side, k.document, k.quote)]]);
        }
        match kept.first().and_then(|k| wording.characters.get(k.character)) {
            Some(character) => parts.push(Part::text(
                Look::Notice,
                format!("{name}: {}. {} Source: {}", character.title, character.note, character.source),
            )),
            None => {
                table.caption = unmarked(&g.outcome.partnership.schools[side.index()], wording);
            }
        }
        parts.push(Part::Table(table));
    }
}

/// Why none of a school's wording is marked.
fn unmarked(school: &School, wording: &Wording) -> String {
    let name = &school.name;
    match (wording.character(school), school.character.as_str()) {
        (Some(_), _) => format!("{name} has a religious character, and none of its sentences speaks of it."),
        (None, "") => format!(
            "Nothing in common-ground.toml and no name of {name} says that it has a religious character."
        ),
        (None, said) => format!(
            "{name} has the character “{said}”. Which wording belongs to it is in no table: a row in character.csv with --rules says so."
        ),
    }
}
