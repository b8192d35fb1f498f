//! Values and wording: every number recounted, every quotation found in its file, both schools alike, markup in every field.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::pack::{element, last, rows, summed, text};
use crate::program::program;
use crate::report::PAYLOAD;

/// Runs `ethos` into a folder; its exit code and what it said.
fn ethos(folder: &Path, out: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = program()
        .arg("ethos")
        .arg(folder)
        .args(["--today", "2026-11-24", "--out"])
        .arg(out)
        .args(more)
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn sample(format: &str, file: &str) -> Vec<u8> {
    let out = tempfile::tempdir().unwrap();
    let (code, said) = ethos(Path::new("policies"), out.path(), &["--format", format]);
    assert_eq!(code, Some(0), "{said}");
    fs::read(out.path().join(file)).unwrap()
}

fn results(folder: &Path) -> Value {
    let out = tempfile::tempdir().unwrap();
    let (code, said) = ethos(folder, out.path(), &["--format", "json"]);
    assert_eq!(code, Some(0), "{said}");
    serde_json::from_slice(&fs::read(out.path().join("ethos.json")).unwrap()).unwrap()
}

/// The documents of a folder as `compare` writes them: their own text, block by block.
fn documents(folder: &Path) -> Value {
    let output = program()
        .arg("compare")
        .arg(folder)
        .args(["--format", "json", "--out", "-", "--today", "2026-11-24"])
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn index(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Every value below this one that has a block and a range.
fn quotes<'v>(value: &'v Value, out: &mut Vec<&'v Value>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| quotes(v, out)),
        Value::Object(all) => {
            if all.contains_key("range") {
                out.push(value);
            }
            all.values().for_each(|v| quotes(v, out));
        }
        _ => {}
    }
}

#[test]
fn ethos_quotations_stand_word_for_word_where_they_are_said_to() {
    let all = documents(Path::new("policies"));
    let results = results(Path::new("policies"));
    let mut found = Vec::new();
    quotes(&results, &mut found);
    assert!(found.len() > 100, "{}", found.len());
    let mut whole = String::new();
    for document in all["documents"].as_array().unwrap() {
        for block in document["blocks"].as_array().unwrap() {
            whole.push_str(block["text"].as_str().unwrap());
            whole.push('\n');
        }
    }
    for quote in found {
        let document = &all["documents"][index(&quote["document"])];
        assert_eq!(document["path"], quote["path"]);
        let block = &document["blocks"][index(&quote["block"])];
        let range = index(&quote["range"][0])..index(&quote["range"][1]);
        assert_eq!(&block["text"].as_str().unwrap()[range], quote["text"].as_str().unwrap());
        let paragraph = format!("paragraph {}", block["place"]["paragraph"]);
        assert!(quote["place"].as_str().unwrap().ends_with(&paragraph), "{quote}");
    }
    let page = String::from_utf8(sample("html", "ethos.html")).unwrap();
    let mut count = 0;
    for quote in page.split("“<bdi>").skip(1) {
        let quote = quote.split("</bdi>”").next().unwrap();
        let quote =
            quote.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        assert!(whole.contains(&quote), "not in the policies: {quote}");
        count += 1;
    }
    assert!(count > 150, "{count} quotations");
}

/// Looked for again by regular expressions from the table, without any of the program's own code.
#[test]
fn ethos_every_word_of_values_is_recounted_from_the_files() {
    let all = documents(Path::new("policies"));
    let results = results(Path::new("policies"));
    let old: Vec<usize> = all["editions"].as_array().unwrap().iter().map(|e| index(&e["document"])).collect();
    let mut table = csv::Reader::from_path("src/knowledge/values.csv").unwrap();
    let mut seen = 0;
    for row in table.records() {
        let row = row.unwrap();
        let pattern = |phrases: &str| Regex::new(&format!(r"(?i)\b(?:{phrases})\b")).unwrap();
        // The longest first, so that "unkind" is not counted as "kind" in it and "keep going" is one.
        let (forms, not) = (pattern(&row[2]), (!row[3].is_empty()).then(|| pattern(&row[3])));
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (id, document) in all["documents"].as_array().unwrap().iter().enumerate() {
            for block in document["blocks"].as_array().unwrap() {
                if block["role"].as_str().unwrap_or("body") != "body" || old.contains(&id) {
                    continue;
                }
                let text = block["text"].as_str().unwrap().replace('’', "'");
                let text =
                    not.as_ref().map_or_else(|| text.clone(), |n| n.replace_all(&text, "|").into_owned());
                // A hyphenated word is another word.
                let found = forms
                    .find_iter(&text)
                    .filter(|m| !text[m.end()..].starts_with('-') && !text[..m.start()].ends_with('-'));
                let found = found.count();
                if found > 0 {
                    *counts.entry(id).or_default() += found;
                }
            }
        }
        let word = results["words"].as_array().unwrap().iter().find(|w| w["id"] == row[0]);
        let mut said: BTreeMap<usize, usize> = BTreeMap::new();
        for side in ["a", "b"] {
            for used in word.map_or(&Vec::new(), |w| w[side].as_array().unwrap()) {
                said.insert(index(&used["document"]), index(&used["count"]));
            }
        }
        assert_eq!(said, counts, "{}", &row[0]);
        seen += counts.len();
    }
    assert!(seen > 30, "{seen} policies");
}

#[test]
fn ethos_every_number_on_the_page_is_the_sum_that_it_leads_to() {
    let page = String::from_utf8(sample("html", "ethos.html")).unwrap();
    let mut seen = 0;
    for link in page.split("<a class=\"count\" href=\"#").skip(1) {
        let (id, rest) = link.split_once("\">").unwrap();
        let shown: usize = rest.split('<').next().unwrap().parse().unwrap();
        let (name, whole) = element(&page, id);
        if name == "table" {
            assert_eq!(shown, rows(whole).len(), "{id}");
        } else {
            let above = summed(&page, id);
            assert_eq!((shown, shown), (above.iter().sum(), last(&text(whole))), "{id}");
            // The number of policies beside it is the number of rows that are not nought.
            let policies = above.iter().filter(|n| **n > 0).count();
            let words = rest.split("</p>").next().unwrap();
            assert!(words.contains(&format!(" in {policies} polic")), "{id}: {words}");
        }
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn ethos_sample_finds_what_is_planted() {
    let results = results(Path::new("policies"));
    let of = |list: &str, id: &str| -> Value {
        results[list].as_array().unwrap().iter().find(|w| w["id"] == id).cloned().unwrap_or_default()
    };
    for (id, named) in [
        ("kindness", [true, true]),
        ("respect", [true, true]),
        ("curiosity", [true, false]),
        ("honesty", [false, true]),
    ] {
        let word = of("words", id);
        assert_eq!([0, 1].map(|side| index(&word["named"][side]) > 0), named, "{id}");
    }
    for id in ["response", "tolerance", "drive", "address"] {
        assert_eq!(of("themes", id)["pulls_apart"], true, "{id}");
    }
    assert_eq!(of("themes", "home")["pulls_apart"], false);
    let kinds = |side: &str| -> Vec<String> {
        let all = results["statements"][side].as_array().unwrap();
        let mut kinds: Vec<String> = all.iter().map(|s| s["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds("a"), ["motto", "vision", "values", "belief"]);
    assert_eq!(kinds("b"), ["vision", "mission", "values", "belief"]);
    assert_eq!(results["protected"], serde_json::json!({"a": [], "b": []}));
}

/// Two schools' folders with a file each.
fn partnership(names: [&str; 2], texts: [&str; 2]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut settings = String::new();
    for (id, (name, text)) in ["one", "two"].iter().zip(names.iter().zip(texts)) {
        fs::create_dir(home.path().join(id)).unwrap();
        fs::write(home.path().join(id).join("statement.md"), text).unwrap();
        settings.push_str(&format!("[[school]]\nid = \"{id}\"\nname = \"{name}\"\n"));
    }
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    home
}

fn two(names: [&str; 2], texts: [&str; 2]) -> Value {
    results(partnership(names, texts).path())
}

const CHURCH: &str = "# Vision and values\n\n## Our vision\n\nWe follow the gospel and trust deed of our founders.\n\nIn respect of fees, see the other policy.\n\n## Our values\n\n- Larkspur spirit: we sing at work.\n- Hope\n";
const PLAIN: &str = "# Vision and values\n\nOur vision is a happy school. Pupils learn about the church and the mosque.\n\n## Meals\n\nThe larkspur spirit is not ours.\n";

#[test]
fn ethos_protected_wording_is_marked_for_a_church_school_alone() {
    let results =
        two(["St Alder's Church of England Infant School", "Larkspur Junior School"], [CHURCH, PLAIN]);
    let kept = results["protected"]["a"].as_array().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["character"], "church-of-england");
    assert_eq!(kept[0]["quote"]["text"], "We follow the gospel and trust deed of our founders.");
    assert_eq!(results["protected"]["b"], serde_json::json!([]), "a community school speaks of churches too");
    // Its statement is marked on the page and on the worksheet, and the marks lead to what has to be known.
    let home = partnership(
        ["St Alder's Church of England Infant School", "Larkspur Junior School"],
        [CHURCH, PLAIN],
    );
    let out = home.path().join("out");
    assert_eq!(ethos(home.path(), &out, &["--format", "html", "--format", "docx"]).0, Some(0));
    let page = fs::read_to_string(out.join("ethos.html")).unwrap();
    assert_eq!(page.matches("<a href=\"#protected\">Protected wording stands here</a>").count(), 1);
    assert!(
        page.contains("id=\"protected\"")
            && page.contains("foundation governors, any trustees and the diocese")
    );
    let sheet = body(&fs::read(out.join("ethos-worksheet.docx")).unwrap());
    assert!(sheet.contains("w:anchor=\"cg_protected\"") && sheet.contains("w:name=\"cg_protected\""));
    let mirrored =
        two(["Larkspur Junior School", "St Alder's Church of England Infant School"], [PLAIN, CHURCH]);
    assert_eq!(mirrored["protected"]["b"].as_array().unwrap().len(), 1);
}

#[test]
fn ethos_character_of_a_school_is_what_the_settings_say() {
    let home = partnership(["St Alder's Infant School", "Larkspur Junior School"], [CHURCH, PLAIN]);
    let settings = home.path().join("common-ground.toml");
    let plain = fs::read_to_string(&settings).unwrap();
    assert_eq!(results(home.path())["protected"]["a"], serde_json::json!([]), "no name tells it");
    let with = |said: &str| plain.replacen("School\"\n", &format!("School\"\ncharacter = \"{said}\"\n"), 1);
    fs::write(&settings, with("Church of England")).unwrap();
    assert_eq!(results(home.path())["protected"]["a"].as_array().unwrap().len(), 1);
    fs::write(&settings, with("Larkish")).unwrap();
    let out = home.path().join("out");
    assert_eq!(ethos(home.path(), &out, &["--format", "html"]).0, Some(0));
    let page = fs::read_to_string(out.join("ethos.html")).unwrap();
    assert!(
        page.contains("has the character “Larkish”. Which wording belongs to it is in no table"),
        "it is said"
    );
}

#[test]
fn ethos_values_of_a_schools_own_are_looked_for_at_the_other() {
    let results = two(["Alder Infant School", "Larkspur Junior School"], [CHURCH, PLAIN]);
    let words = results["words"].as_array().unwrap();
    let own = words.iter().find(|w| w["id"] == "larkspur spirit").expect("a value of the school's own");
    assert_eq!(
        (own["title"].as_str(), &own["count"], &own["named"]),
        (Some("Larkspur spirit"), &serde_json::json!([1, 1]), &serde_json::json!([1, 0]))
    );
    assert!(words.iter().any(|w| w["id"] == "hope" && w["named"][0] == 1));
    assert!(!words.iter().any(|w| w["id"] == "respect"), "in respect of is no respect");
}

#[test]
fn ethos_swapped_schools_give_the_mirrored_results() {
    let (names, texts) = (["Alder Infant School", "Larkspur Junior School"], [CHURCH, PLAIN]);
    let straight = two(names, texts);
    let swapped = two([names[1], names[0]], [texts[1], texts[0]]);
    assert_eq!(straight["words"].as_array().unwrap().len(), swapped["words"].as_array().unwrap().len());
    for (x, y) in straight["words"].as_array().unwrap().iter().zip(swapped["words"].as_array().unwrap()) {
        assert_eq!(x["id"], y["id"]);
        assert_eq!((&x["count"][0], &x["count"][1]), (&y["count"][1], &y["count"][0]));
        assert_eq!((&x["named"][0], &x["named"][1]), (&y["named"][1], &y["named"][0]));
    }
    for (x, y) in straight["themes"].as_array().unwrap().iter().zip(swapped["themes"].as_array().unwrap()) {
        assert_eq!((&x["id"], &x["pulls_apart"]), (&y["id"], &y["pulls_apart"]));
        assert_eq!((&x["a"]["count"], &x["b"]["count"]), (&y["b"]["count"], &y["a"]["count"]));
    }
    let words = |v: &Value| -> Vec<String> {
        let mut found = Vec::new();
        quotes(v, &mut found);
        found.iter().map(|q| q["text"].as_str().unwrap().to_owned()).collect()
    };
    for side in [["a", "b"], ["b", "a"]] {
        assert_eq!(words(&straight["statements"][side[0]]), words(&swapped["statements"][side[1]]));
    }
}

#[test]
fn ethos_same_input_gives_the_same_bytes_whatever_the_jobs() {
    for (format, file) in [("html", "ethos.html"), ("docx", "ethos-worksheet.docx"), ("json", "ethos.json")] {
        let out = tempfile::tempdir().unwrap();
        let (code, _) = ethos(Path::new("policies"), out.path(), &["--format", format, "--jobs", "1"]);
        assert_eq!(code, Some(0));
        assert!(sample(format, file) == fs::read(out.path().join(file)).unwrap(), "{file}");
    }
}

#[test]
fn ethos_bad_inputs_are_named_and_the_others_done() {
    let out = tempfile::tempdir().unwrap();
    let (code, said) = ethos(Path::new("policies"), out.path(), &["--format", "xml"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("html, docx, json, pdf"), "{said}");
    let (code, said) = ethos(Path::new("policies/nothing"), out.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no such file"), "{said}");
    let (code, said) = ethos(Path::new("policies"), Path::new("policies/infant"), &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("among the policies"), "{said}");
    let home = tempfile::tempdir().unwrap();
    for school in ["x", "y"] {
        fs::create_dir(home.path().join(school)).unwrap();
        fs::write(home.path().join(school).join("values.md"), CHURCH).unwrap();
    }
    fs::write(home.path().join("x/bad.docx"), b"").unwrap();
    let output = program()
        .arg("ethos")
        .args([home.path().join("x"), home.path().join("y")])
        .args(["--format", "html", "--out"])
        .arg(out.path().join("two"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.docx"));
    assert!(fs::read_to_string(out.path().join("two/ethos.html")).unwrap().contains("Larkspur spirit"));
}

/// Rows 26 and 29.
#[test]
fn ethos_markup_in_every_field_stays_text() {
    let home = tempfile::tempdir().unwrap();
    let escaped = PAYLOAD.replace('<', "\\<").replace('>', "\\>");
    for school in ["a<b>&", "c\"d'"] {
        fs::create_dir(home.path().join(school)).unwrap();
        let text = format!(
            "# Values {escaped}\n\n## Our values\n\n- Zing: {escaped} kind\n- Kind {escaped}\n\nWe believe {escaped} in sanctions.\n"
        );
        fs::write(home.path().join(school).join("values <i>&.md"), text).unwrap();
    }
    let output = program()
        .arg("ethos")
        .args([home.path().join("a<b>&"), home.path().join("c\"d'")])
        .args(["--format", "html", "--format", "docx", "--out"])
        .arg(home.path().join("out"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(home.path().join("out/ethos.html")).unwrap();
    assert!(page.contains("alert(1)"), "the payload is on the page as text");
    for bad in ["<script", "<img", "<i>", "<b>", "\u{202E}", "\u{200B}"] {
        assert!(!page.contains(bad), "{bad}");
    }
    for name in ["ethos.docx", "ethos-worksheet.docx"] {
        let document = body(&fs::read(home.path().join("out").join(name)).unwrap());
        assert!(
            document.contains("alert(1)") && !document.contains("<script") && !document.contains('\u{202E}')
        );
        let mut reader = quick_xml::Reader::from_str(&document);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
}

/// The main part of a Word file.
fn body(bytes: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(package.by_name("word/document.xml").unwrap()).unwrap()
}

#[test]
fn ethos_worksheet_holds_every_statement_once_beside_room_to_agree() {
    let document = body(&sample("docx", "ethos-worksheet.docx"));
    let results = results(Path::new("policies"));
    let xml = |text: &str| text.replace('&', "&amp;").replace('\'', "&apos;").replace('"', "&quot;");
    let mut count = 0;
    let asked = &document[..document.find("Wording that pulls apart").unwrap()];
    for side in ["a", "b"] {
        let mut found = Vec::new();
        quotes(&results["statements"][side], &mut found);
        for quote in found {
            let said = format!("“{}”", xml(quote["text"].as_str().unwrap()));
            assert_eq!(asked.matches(&said).count(), 1, "{said}");
            count += 1;
        }
    }
    assert!(count >= 20);
    let tables = document.matches("<w:tbl>").count();
    assert_eq!(document.matches("<w:tblHeader/>").count(), tables, "each table has a header row");
    // The last cell of each row of the first table is empty, and long enough to be written into.
    let table = document.split("<w:tbl>").nth(1).unwrap().split("</w:tbl>").next().unwrap();
    for row in table.split("<w:tr>").skip(2) {
        let cell = row.split("<w:tc>").last().unwrap();
        assert!(!cell.contains("<w:t ") && cell.matches("<w:p>").count() == 5, "{cell}");
    }
}

#[test]
fn ethos_tables_of_ones_own_are_looked_for_and_explained() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("facts")).unwrap();
    fs::write(
        home.path().join("facts/values.csv"),
        "id,title,forms,not_counted,source,confidence\nwobble,Wobbling,wobble|wobbles,,,K\nkindness,Being kind,kindness,,,K\n",
    )
    .unwrap();
    let out = home.path().join("out");
    let rules = home.path().join("facts");
    let (code, said) =
        ethos(Path::new("policies"), &out, &["--format", "json", "--rules", rules.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    let results: Value = serde_json::from_slice(&fs::read(out.join("ethos.json")).unwrap()).unwrap();
    let of = |id: &str| results["words"].as_array().unwrap().iter().find(|w| w["id"] == id).cloned().unwrap();
    assert_eq!(
        (&of("wobble")["count"], &of("wobble")["title"]),
        (&serde_json::json!([1, 0]), &Value::from("Wobbling"))
    );
    assert_eq!(of("kindness")["title"], "Being kind");
    let explained = program().args(["explain", "tolerance"]).output().unwrap();
    let text = String::from_utf8(explained.stdout).unwrap();
    assert!(
        text.contains("zero tolerance") && text.contains("restorative") && text.contains("https://"),
        "{text}"
    );
    let all = program().args(["explain", "wording"]).output().unwrap();
    assert!(String::from_utf8(all.stdout).unwrap().lines().count() >= 8);
}

/// Words in another sense are no evidence of what a school stands for.
#[test]
fn ethos_words_in_another_sense_are_not_counted() {
    let other = "Certificates of first aid at work are renewed every three years. Pupils treat property with care. Pictures may be taken at the end of a play. \
         My body belongs to me. The complainant may bring a friend. Two members of staff hold a certificate. Children help to prepare snacks. A uniform removes competition over clothes.";
    let meant = "A jar of marbles earns a treat. A certificate is given for effort. Children learn by play. Every child belongs. Children help us to write the rules. A good friend listens.";
    let value = two(
        ["First School", "Second School"],
        [&format!("# Play Policy A\n\n{other}\n"), &format!("# Play Policy A\n\n{meant}\n")],
    );
    let uses = |id: &str, side: &str| {
        let words = value["words"].as_array().unwrap();
        let word = words.iter().find(|w| w["id"] == id);
        word.map_or(0, |w| {
            w[side].as_array().unwrap().iter().map(|u| u["count"].as_u64().unwrap()).sum::<u64>()
        })
    };
    for id in ["belonging", "friendship"] {
        assert_eq!((uses(id, "a"), uses(id, "b")), (0, 1), "{id}");
    }
    let themes = value["themes"].as_array().unwrap();
    let count = |id: &str, side: &str, way: usize| {
        let theme = themes.iter().find(|t| t["id"] == id);
        theme.map_or(0, |t| t[side]["count"][way].as_u64().unwrap())
    };
    assert_eq!([count("motive", "a", 0), count("motive", "b", 0)], [0, 2]);
    assert_eq!([count("authority", "a", 1), count("authority", "b", 1)], [0, 1]);
    assert_eq!(count("voice", "a", 0), 0, "members of staff are no way of speaking");
    assert_eq!(count("drive", "a", 0), 0);
}
