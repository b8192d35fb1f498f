//! The report: document text never becomes markup, pages stand alone, and the results file has the promised shape.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::program;

pub(crate) const PAYLOAD: &str =
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"quoted' & \u{202E}turned\u{200B}";

/// A pair of schools in which every field that a person can fill holds markup; all pages in one text, and the results.
fn hostile() -> (Vec<(String, String)>, Value) {
    let home = tempfile::tempdir().unwrap();
    let escaped = PAYLOAD.replace('<', "\\<").replace('>', "\\>");
    for (school, figure) in [("a<b>&", "4"), ("c\"d'", "6")] {
        let folder = home.path().join(school);
        fs::create_dir(&folder).unwrap();
        let text = format!(
            "---\ntitle: '{t}'\nversion: '{t}'\nowner: '{t}'\n---\n\n# Lost {escaped}\n\n## Keeping {escaped}\n\nThings {escaped} are kept for {figure} weeks by the {escaped} office.\n\n[{escaped}](javascript:alert(3)) and [insert name {escaped}] too.\n",
            t = PAYLOAD.replace('\'', "''")
        );
        fs::write(folder.join("lost <i>&.md"), text).unwrap();
        fs::write(
            folder.join(format!("alone {figure} <u>.html")),
            format!("<h1>Alone {figure}</h1><p>&lt;script&gt;alert(4)&lt;/script&gt;</p>"),
        )
        .unwrap();
        fs::write(folder.join("bad <s>.docx"), b"").unwrap();
    }
    let out = home.path().join("out");
    let output = program()
        .arg("compare")
        .args([home.path().join("a<b>&"), home.path().join("c\"d'")])
        .args(["--today", "2026-11-24", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "one file of each school is empty");
    let mut pages = Vec::new();
    for entry in fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "html") {
            pages.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read_to_string(path).unwrap(),
            ));
        }
    }
    let results = serde_json::from_slice(&fs::read(out.join("results.json")).unwrap()).unwrap();
    (pages, results)
}

#[test]
fn report_markup_in_every_field_stays_text() {
    let (pages, results) = hostile();
    assert!(pages.len() >= 2);
    let all: String = pages.iter().map(|(_, page)| page.as_str()).collect();
    assert!(all.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the text is shown");
    for (name, page) in &pages {
        for bad in [
            "<script",
            "<img",
            "<b>&",
            "<i>",
            "<u>",
            "<s>",
            "onerror=alert(2)>",
            "href=\"javascript",
            "\u{202E}",
            "\u{200B}",
        ] {
            assert!(!page.contains(bad), "{bad} in {name}");
        }
    }
    assert!(all.contains("[U+202E]"), "what turns the direction of writing is shown as its code point");
    // The results file keeps the text as it is.
    assert!(results["documents"].to_string().contains("<script>alert(1)</script>"));
}

#[test]
fn report_pages_need_nothing_but_themselves() {
    let (pages, _) = hostile();
    for (name, page) in &pages {
        assert!(page.starts_with("<!DOCTYPE html>"), "{name}");
        assert!(page.contains("<html lang=\"en-GB\""), "{name}");
        assert!(page.contains("Content-Security-Policy"), "{name}");
        for outside in [" src=\"http", "@import", "url(http", "<link rel=\"stylesheet\"", "<iframe"] {
            assert!(!page.contains(outside), "{outside} in {name}");
        }
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let inside =
                link.starts_with('#') || pages.iter().any(|(other, _)| link.split('#').next() == Some(other));
            assert!(inside || link == "results.json", "{link} in {name} leads nowhere");
        }
    }
}

#[test]
fn report_links_within_pages_lead_somewhere_and_ids_are_unique() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir().unwrap();
    let status = program()
        .current_dir(root)
        .args(["compare", "policies", "--quiet", "--today", "2026-11-24", "--out"])
        .arg(home.path().join("out"))
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    for entry in fs::read_dir(home.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "html") {
            continue;
        }
        let page = fs::read_to_string(&path).unwrap();
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}: an id stands twice", path.display());
        for target in page.split("href=\"#").skip(1).filter_map(|r| r.split('"').next()) {
            assert!(ids.binary_search(&target).is_ok(), "{}: #{target} leads nowhere", path.display());
        }
    }
}

#[test]
fn report_results_have_the_promised_shape() {
    let (_, results) = hostile();
    assert_eq!(results["schema"], 1);
    assert_eq!(results["tool"]["name"], "common-ground");
    assert_eq!(results["today"], "2026-11-24");
    assert!(results["rules_as_at"].is_string());
    let documents = results["documents"].as_array().unwrap();
    for (id, d) in documents.iter().enumerate() {
        assert_eq!(d["id"], id);
        for field in ["school", "path", "title"] {
            assert!(d[field].is_string(), "{field}");
        }
        for field in ["words", "blocks", "tables", "pictures"] {
            assert!(d["receipt"][field].is_u64(), "{field}");
        }
        assert!(d["receipt"]["unread"].is_array() && d["front_matter"].is_object());
        for (at, block) in d["blocks"].as_array().unwrap().iter().enumerate() {
            assert_eq!(block["id"], at);
            assert!(
                block["kind"].is_string()
                    && block["text"].is_string()
                    && block["section"].is_array()
                    && block["place"].is_object()
            );
        }
    }
    let pairs = results["pairs"].as_array().unwrap();
    let pair = pairs
        .iter()
        .find(|p| !p["differences"].as_array().unwrap().is_empty())
        .expect("4 weeks and 6 weeks differ");
    assert!(["sure", "likely", "question"].contains(&pair["confidence"].as_str().unwrap()));
    assert!(
        ["share", "share_with_annex", "adopt_model", "keep_separate"]
            .contains(&pair["sharing"].as_str().unwrap())
    );
    assert!(pair["folded"]["wording"].is_u64() && pair["folded"]["formatting"].is_u64());
    let differences = pair["differences"].as_array().unwrap();
    for d in differences {
        for side in ["a", "b"] {
            if d[side].is_null() {
                continue;
            }
            let document = usize::try_from(pair[side].as_u64().unwrap()).unwrap();
            let block = usize::try_from(d[side]["block"].as_u64().unwrap()).unwrap();
            let text = documents[document]["blocks"][block]["text"].as_str().unwrap();
            let at = |i: usize| usize::try_from(d[side]["range"][i].as_u64().unwrap()).unwrap();
            assert_eq!(
                text.get(at(0)..at(1)),
                d[side]["text"].as_str(),
                "ranges count bytes of the block's text"
            );
        }
        assert!(
            d["says"].as_str().unwrap().ends_with(['.', '”'])
                && !d["who_decides"].as_str().unwrap().is_empty()
        );
    }
    for alone in results["unpaired"].as_array().unwrap() {
        assert!(alone["document"].is_u64() && alone["because"].is_string() && alone["nearest"].is_array());
    }
}
