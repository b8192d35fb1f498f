//! The pack: every number recounted from the table it leads to, each school's page the mirror of the other's, markup in every field, pages kept to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::{copied, program};
use crate::report::PAYLOAD;

/// Runs `pack` and gives its exit code, what it said, and the page.
fn pack(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let out = tempfile::tempdir().unwrap();
    let output = program()
        .arg("pack")
        .arg(folder)
        .args(["--today", "2026-11-24", "--format", "html", "--out"])
        .arg(out.path())
        .args(more)
        .output()
        .unwrap();
    let page = fs::read_to_string(out.path().join("pack.html")).unwrap_or_default();
    (output.status.code(), String::from_utf8(output.stderr).unwrap(), page)
}

fn sample(more: &[&str]) -> String {
    let (code, said, page) = pack(Path::new("policies"), more);
    assert_eq!(code, Some(0), "{said}");
    page
}

/// Everything between the tag that has this id and the end of its element.
pub fn element<'p>(page: &'p str, id: &str) -> (&'p str, &'p str) {
    let at = page.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("nothing is called {id}"));
    let open = page[..at].rfind('<').unwrap();
    let name = page[open + 1..].split([' ', '>']).next().unwrap();
    let close = format!("</{name}>");
    let end = open + page[open..].find(&close).unwrap();
    (name, &page[open..end])
}

/// Text without its tags.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of each row of a table's body.
pub fn rows(table: &str) -> Vec<Vec<String>> {
    let body = table.split("<tbody").nth(1).unwrap().split("</tbody>").next().unwrap();
    body.split("<tr ")
        .skip(1)
        .map(|row| row.split("<t").skip(1).map(|c| text(&format!("<t{c}"))).collect())
        .collect()
}

/// The number at the end of a cell, after the name of its column.
pub fn last(cell: &str) -> usize {
    cell.split(' ').next_back().unwrap().parse().unwrap()
}

/// The numbers above the sum at the foot of a table that has this id.
pub fn summed(page: &str, id: &str) -> Vec<usize> {
    let at = page.find(&format!(" id=\"{id}\"")).unwrap();
    let open = page[..at].rfind("<table").unwrap();
    let table = &page[open..open + page[open..].find("</table>").unwrap()];
    let foot = table.split("<tfoot").nth(1).unwrap();
    let column = foot.split("<t").skip(2).position(|c| c.contains(&format!("\"{id}\""))).unwrap();
    rows(table).iter().map(|r| last(&r[column])).collect()
}

#[test]
fn pack_every_number_is_the_number_of_rows_it_leads_to() {
    let page = sample(&[]);
    let mut looked_at: BTreeMap<&str, usize> = BTreeMap::new();
    for link in page.split("<a class=\"count\" href=\"#").skip(1) {
        let (id, rest) = link.split_once("\">").unwrap();
        let shown: usize = rest.split('<').next().unwrap().parse().unwrap();
        let (name, whole) = element(&page, id);
        match name {
            "table" => {
                assert_eq!(shown, rows(whole).len(), "{id}");
                *looked_at.entry("rows").or_default() += shown;
            }
            "td" => {
                assert_eq!(shown, summed(&page, id).iter().sum::<usize>(), "{id}");
                assert_eq!(shown, last(&text(whole)), "{id}");
                *looked_at.entry("sums").or_default() += shown;
            }
            "p" => {
                assert_eq!(shown, 0, "{id} has no rows");
                *looked_at.entry("noughts").or_default() += 1;
            }
            other => panic!("{id} is a {other}"),
        }
    }
    assert!(looked_at.len() == 3 && looked_at.values().all(|n| *n > 20), "{looked_at:?}");
    assert!(looked_at["rows"] > 500, "{looked_at:?}");
}

#[test]
fn pack_quotations_of_the_annexes_stand_word_for_word_in_the_policies() {
    let page = sample(&[]);
    let output = program()
        .args(["compare", "policies", "--format", "json", "--out", "-", "--today", "2026-11-24"])
        .output()
        .unwrap();
    let results: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let all: String = results["documents"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|d| d["blocks"].as_array().unwrap())
        .map(|b| b["text"].as_str().unwrap().to_owned() + "\n")
        .collect();
    let mut count = 0;
    for quote in page.split("“<bdi>").skip(1) {
        let quote = quote.split("</bdi>”").next().unwrap();
        let quote =
            quote.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let whole = quote.strip_suffix('…').unwrap_or(&quote);
        assert!(all.contains(whole), "not in the policies: {quote}");
        count += 1;
    }
    assert!(count > 400, "{count} quotations");
}

/// The page of one school, by its heading's name, as text.
fn page_of(page: &str, school: &str, policy: &str) -> String {
    let title = format!("{policy}: {school}</h3>");
    let from = page.find(&title).unwrap_or_else(|| panic!("no page of {school} on {policy}"));
    let rest = &page[from..];
    text(&rest[..rest.find("<div class=\"new-page\"").unwrap_or(rest.len())])
}

#[test]
fn pack_swapped_schools_give_each_school_the_same_page() {
    let home = copied();
    let settings = fs::read_to_string("policies/common-ground.toml").unwrap();
    let mut parts = settings.split("[[school]]");
    let (head, first, second) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    assert_eq!(parts.next(), None);
    fs::write(home.path().join("common-ground.toml"), format!("{head}[[school]]{second}\n[[school]]{first}"))
        .unwrap();
    let (code, said, swapped) = pack(home.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    let straight = sample(&[]);
    for school in ["Thistlemere Infant School", "Thistlemere Junior School"] {
        for policy in
            ["Anti-bullying", "Charging and remissions", "First aid", "Safeguarding and child protection"]
        {
            // What is longer than a cell is cut at the same place; what comes first of two equally grave points may be either's order.
            assert_eq!(page_of(&straight, school, policy), page_of(&swapped, school, policy));
        }
    }
}

#[test]
fn pack_keeps_to_the_pages_asked_for_and_says_what_it_left_out() {
    let (_, said, whole) = pack(Path::new("policies"), &[]);
    let pages = |said: &str| -> usize {
        said.split("At most about ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()
    };
    let all = pages(&said);
    let budget = all * 2 / 3;
    let (code, said, short) = pack(Path::new("policies"), &["--pages", &budget.to_string()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(pages(&said) <= budget, "{all} pages; {said}");
    assert!(said.contains("annexes were left out"), "{said}");
    assert!(short.contains("id=\"left-out\"") && !whole.contains("id=\"left-out\""));
    let annexes = |page: &str| page.matches("<h3 id=\"annex-").count();
    let (_, left) = {
        let from = short.find("id=\"left-out\"").unwrap();
        let list = &short[from..from + short[from..].find("</ul>").unwrap()];
        ((), list.matches("<li>").count())
    };
    assert_eq!(annexes(&short) + left, annexes(&whole));
    // Links lead somewhere in both.
    for page in [&whole, &short] {
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert!(page.contains(&format!(" id=\"{id}\"")), "{id} is not there");
        }
    }
    let (code, said, _) = pack(Path::new("policies"), &["--pages", "5"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--pages 5 is too few") && said.contains("--school"), "{said}");
}

#[test]
fn pack_of_one_school_or_topic_holds_only_that() {
    let page = sample(&["--school", "junior", "--topic", "first-aid"]);
    assert!(page.contains("First aid: Thistlemere Junior School</h3>"));
    assert!(!page.contains("First aid: Thistlemere Infant School</h3>"));
    assert_eq!(page.matches("<h3 id=\"annex-").count(), 1);
    let (code, said, _) = pack(Path::new("policies"), &["--school", "middle"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("infant and junior"), "{said}");
    let (code, said, _) = pack(Path::new("policies"), &["--topic", "first-aids"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("did you mean “first-aid”"), "{said}");
}

#[test]
fn pack_recorded_decisions_are_counted_and_shown() {
    let home = tempfile::tempdir().unwrap();
    for school in ["infant", "junior"] {
        fs::create_dir(home.path().join(school)).unwrap();
    }
    fs::copy("policies/common-ground.toml", home.path().join("common-ground.toml")).unwrap();
    fs::copy("policies/infant/anti-bullying.md", home.path().join("infant/anti-bullying.md")).unwrap();
    fs::copy("policies/junior/Anti-Bullying Policy 2025.docx", home.path().join("junior/a.docx")).unwrap();
    let results = program()
        .arg("compare")
        .arg(home.path())
        .args(["--format", "json", "--out", "-", "--quiet"])
        .output()
        .unwrap();
    let results: serde_json::Value = serde_json::from_slice(&results.stdout).unwrap();
    let differences = results["pairs"][0]["differences"].as_array().unwrap();
    let id = differences.iter().find(|d| d["weight"] == "decide").unwrap()["id"].as_str().unwrap();
    let decided = program()
        .arg("decide")
        .arg(home.path())
        .args([id, "--take", "b", "--by", "Chair <b>of governors</b>", "--today", "2026-11-20"])
        .output()
        .unwrap();
    assert!(decided.status.success(), "{}", String::from_utf8_lossy(&decided.stderr));
    let (code, said, page) = pack(home.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    let (_, table) = element(&page, "p1-decided");
    let rows = rows(table);
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0][1].contains("20 November 2026, Chair &lt;b&gt;of governors&lt;/b&gt;: the wording of"),
        "{rows:?}"
    );
    assert!(page.contains("href=\"#p1-decided\">1</a> difference has a recorded decision."));
}

/// A partnership in which every field that a person can fill holds markup.
fn hostile() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let quoted = format!("{:?}", PAYLOAD)
        .replace("\\'", "'")
        .replace("\\u{202e}", "\\u202E")
        .replace("\\u{200b}", "\\u200B");
    let mut settings = format!("name = {quoted}\n");
    for (school, figure) in [("a", "4"), ("b", "6")] {
        let name = quoted.replacen('"', &format!("\"{school} "), 1);
        settings.push_str(&format!("[[school]]\nid = \"{school}\"\nname = {name}\n"));
        fs::create_dir(home.path().join(school)).unwrap();
        let escaped = PAYLOAD.replace('<', "\\<").replace('>', "\\>");
        let text = format!(
            "---\ntitle: 'Lost property {t}'\nowner: '{t}'\napproved by: '{t}'\nreview date: 'June 2025 {t}'\n---\n\n# Lost property\n\n## Keeping {escaped}\n\nThings {escaped} are kept for {figure} weeks by the office.\n\nWe consulted the parents {escaped} on it. [insert name {escaped}] #eval(\"1\") $x$ @ref <label> \\u{{1}}\n\nOnly {school} does this {escaped} once a year.\n",
            t = PAYLOAD.replace('\'', "''")
        );
        fs::write(home.path().join(school).join("lost property <i>&.md"), text).unwrap();
    }
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    home
}

#[test]
fn pack_dates_are_said_in_words_however_a_policy_writes_them() {
    let home = tempfile::tempdir().unwrap();
    for school in ["a", "b"] {
        fs::create_dir(home.path().join(school)).unwrap();
        let text = "# Behaviour Policy\n\nNext review: 2027-08-13\n\nStaff greet each child at the gate in the morning.\n";
        fs::write(home.path().join(school).join("Behaviour Policy.md"), text).unwrap();
    }
    let settings = "[[school]]\nname = \"A\"\nfolder = \"a\"\n\n[[school]]\nname = \"B\"\nfolder = \"b\"\n";
    fs::write(home.path().join("common-ground.toml"), settings).unwrap();
    let (_, said, page) = pack(home.path(), &[]);
    let page = text(&page);
    assert!(page.contains("review due 13 August 2027"), "{said}");
    assert!(!page.contains("2027-08-13"));
}

#[test]
fn pack_markup_in_every_field_stays_text() {
    let home = hostile();
    let (code, said, page) = pack(home.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    for bad in ["<script", "<img", "<i>", "onerror=alert(2)>", "href=\"javascript", "\u{202E}", "\u{200B}"] {
        assert!(!page.contains(bad), "{bad} in the page");
    }
    assert!(page.matches("&lt;script&gt;alert(1)&lt;/script&gt;").count() > 10, "the text is shown");
    assert!(page.contains("[U+202E]"));
}

#[test]
fn pack_twice_gives_the_same_bytes() {
    assert_eq!(sample(&["--jobs", "1"]), sample(&["--jobs", "4"]));
}

/// The parts of the Word file of a pack.
fn word(folder: &Path) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let output = program()
        .arg("pack")
        .arg(folder)
        .args(["--today", "2026-11-24", "--format", "docx", "--out"])
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut zip = zip::ZipArchive::new(fs::File::open(out.path().join("pack.docx")).unwrap()).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        if part.name().unwrap().starts_with("word/media/") {
            continue; // pictures are no text
        }
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    for (name, text) in &parts {
        let mut reader = quick_xml::Reader::from_str(text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(e) => panic!("{name}: {e}"),
            }
        }
    }
    parts
}

#[test]
fn pack_word_file_has_header_rows_alternatives_language_and_links_that_lead_somewhere() {
    let parts = word(Path::new("policies"));
    let document = &parts["word/document.xml"];
    let count = |what: &str| document.matches(what).count();
    assert!(count("<w:tbl>") > 100 && count("<w:tbl>") == count("<w:tblHeader/>"));
    assert_eq!(count("<w:tbl>"), count("<w:tblCaption "));
    assert!(count("w:val=\"Heading1\"") > 17 && count("w:val=\"Heading2\"") > 50);
    assert!(parts["word/styles.xml"].contains("<w:lang w:val=\"en-GB\""));
    let pictures: Vec<&str> = document.split("<wp:docPr ").skip(1).collect();
    assert!(pictures.len() > 15);
    for picture in pictures {
        let says = picture.split("descr=\"").nth(1).unwrap().split('"').next().unwrap();
        if picture.contains("name=\"Logo ") {
            assert!(says.starts_with("Logo of Thistlemere "), "{says}");
            continue;
        }
        assert!(says.len() > 60, "{says}");
    }
    for link in document.split("w:anchor=\"").skip(1) {
        let name = link.split('"').next().unwrap();
        assert!(document.contains(&format!("w:name=\"{name}\"")), "{name} is not there");
    }
}

#[test]
fn pack_word_file_and_page_hold_the_same_words() {
    let page = sample(&[]);
    let parts = word(Path::new("policies"));
    let words = |text: &str| -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            *out.entry(word.to_owned()).or_default() += 1;
        }
        out
    };
    let main = page.split("<main id=\"main\">").nth(1).unwrap().split("</main>").next().unwrap();
    // Words for narrow pages and screen readers, and what stands inside pictures, are not looked at.
    let mut bare = String::new();
    for (at, piece) in main.split("<svg").enumerate() {
        bare.push_str(if at == 0 { piece } else { piece.split_once("</svg>").unwrap().1 });
    }
    for class in ["who", "hidden"] {
        let open = format!("<span class=\"{class}\">");
        let pieces: Vec<&str> = bare.split(open.as_str()).collect();
        let rest = pieces[1..].iter().map(|p| p.split_once("</span>").unwrap().1);
        bare = std::iter::once(pieces[0]).chain(rest).collect::<Vec<_>>().join(" ");
    }
    let plain =
        |t: &str| t.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let on_page = words(&plain(&text(&bare)));
    let in_word = words(&plain(&text(&parts["word/document.xml"].replace("</w:t></w:r>", "</w:t> </w:r>"))));
    for (word, n) in &on_page {
        let there = in_word.get(word).copied().unwrap_or(0);
        assert!(there >= *n, "“{word}” stands {n} times on the page and {there} times in the Word file");
    }
    assert!(on_page.len() > 500);
}

#[test]
fn pack_word_file_keeps_markup_as_text() {
    let home = hostile();
    let parts = word(home.path());
    let document = &parts["word/document.xml"];
    assert!(!document.contains("<script") && !document.contains("<img") && !document.contains('\u{202E}'));
    assert!(document.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn pack_goes_by_the_facts_of_a_folder_as_check_does() {
    let rules = tempfile::tempdir().unwrap();
    let header = "id,category,hints,pattern,unless,superseded,current,since,severity,condition,example_hit,example_miss,source,confidence\n";
    let row = "OWN1,term,earrings,(?i)\\bstud earrings\\b,,Stud earrings,Plain earrings,2020-01-01,error,,a,b,minute 7,V\n";
    fs::write(rules.path().join("references.csv"), format!("{header}{row}")).unwrap();
    fs::write(rules.path().join("as-at.txt"), "2026-11-01\n").unwrap();
    let facts = rules.path().to_str().unwrap();
    let own = sample(&["--rules", facts]);
    assert!(own.contains("Facts about guidance and law as at 1 November 2026"));
    // Among what is out of date in the junior school's policy on uniform, on its page and in its annex.
    assert!(own.matches("Now: Plain earrings").count() + own.matches("Plain earrings").count() > 1);
    let bundled = sample(&[]);
    assert!(!bundled.contains("as at 1 November 2026") && !bundled.contains("Plain earrings"));
    let (code, said, _) = pack(Path::new("policies"), &["--rules", "no/such/folder"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no such folder of facts"), "{said}");
}
