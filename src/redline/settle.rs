//! A part with tracked changes in, the part with all of them accepted or rejected out.

use super::tree::{Id, Tree};

/// What becomes of every tracked change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Accept,
    Reject,
}

/// Settles every change; returns how many there were.
pub(super) fn settle(tree: &mut Tree, verdict: Verdict) -> usize {
    let gone = match verdict {
        Verdict::Accept => ["w:del", "w:moveFrom", "w:cellDel"],
        Verdict::Reject => ["w:ins", "w:moveTo", "w:cellIns"],
    };
    let marks = ["w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge"];
    let mut count = 0;
    // Children stand after their parents in the list, so that going backwards meets them first.
    for id in (0..tree.nodes.len()).rev() {
        let name = tree.nodes[id].name.clone();
        if verdict == Verdict::Reject {
            match name.as_str() {
                "w:delText" => tree.nodes[id].name = "w:t".into(),
                "w:delInstrText" => tree.nodes[id].name = "w:instrText".into(),
                _ => {}
            }
        }
        if matches!(
            name.as_str(),
            "w:rPr" | "w:trPr" | "w:tcPr" | "w:pPr" | "w:sectPr" | "w:tblPr" | "w:tblGrid"
        ) {
            count += formats(tree, id, verdict);
            continue;
        }
        let mut kept: Vec<Id> = Vec::new();
        for child in std::mem::take(&mut tree.nodes[id].children) {
            let of = tree.nodes[child].name.clone();
            let is_mark = |place: &str| {
                tree.child(child, place).is_some_and(|p| gone.iter().any(|g| tree.child(p, g).is_some()))
            };
            match of.as_str() {
                "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                    count += 1;
                    if !gone.contains(&of.as_str()) {
                        kept.extend(tree.nodes[child].children.clone());
                    }
                }
                "w:moveFromRangeStart" | "w:moveFromRangeEnd" | "w:moveToRangeStart" | "w:moveToRangeEnd" => {
                }
                o if o.starts_with("w:customXml") && o.contains("Range") => {}
                "w:tr" if is_mark("w:trPr") => {}
                "w:tc" if is_mark("w:tcPr") => {}
                "w:tbl" if tree.child(child, "w:tr").is_none() => {}
                "w:hyperlink" | "w:smartTag" if tree.children(child).is_empty() => {}
                _ => kept.push(child),
            }
        }
        tree.nodes[id].children = joined(tree, kept, &gone);
    }
    // The marks themselves go last, because rows and paragraphs are told by them.
    for id in 0..tree.nodes.len() {
        if matches!(tree.name(id), "w:rPr" | "w:trPr" | "w:tcPr") {
            let children = std::mem::take(&mut tree.nodes[id].children);
            let before = children.len();
            let kept: Vec<Id> = children.into_iter().filter(|c| !marks.contains(&tree.name(*c))).collect();
            count += before - kept.len();
            tree.nodes[id].children = kept;
        }
    }
    count
}

/// Settles a change of format that stands in the properties it changed.
fn formats(tree: &mut Tree, id: Id, verdict: Verdict) -> usize {
    let children = tree.nodes[id].children.clone();
    let name = tree.nodes[id].name.clone();
    let Some(change) = children.iter().copied().find(|c| {
        let of = tree.name(*c);
        of.ends_with("Change")
    }) else {
        return 0;
    };
    let now: Vec<Id> = children.into_iter().filter(|c| *c != change).collect();
    tree.nodes[id].children = if verdict == Verdict::Accept {
        now
    } else {
        let stays = |c: &Id| match name.as_str() {
            "w:pPr" => matches!(tree.name(*c), "w:rPr" | "w:sectPr"),
            "w:sectPr" => matches!(tree.name(*c), "w:headerReference" | "w:footerReference"),
            _ => matches!(tree.name(*c), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo"),
        };
        let before = tree.child(change, &name).map(|c| tree.children(c).to_vec()).unwrap_or_default();
        let kept: Vec<Id> = now.into_iter().filter(stays).collect();
        match name.as_str() {
            "w:pPr" => before.into_iter().chain(kept).collect(),
            _ => kept.into_iter().chain(before).collect(),
        }
    };
    1
}

/// Joins paragraphs whose mark is gone with the next one, as Word does.
fn joined(tree: &mut Tree, children: Vec<Id>, gone: &[&str; 3]) -> Vec<Id> {
    if !children.iter().any(|c| tree.name(*c) == "w:p") {
        return children;
    }
    let mut out = Vec::new();
    let mut carried: Vec<Id> = Vec::new();
    for (at, child) in children.iter().copied().enumerate() {
        if tree.name(child) != "w:p" {
            out.push(child);
            continue;
        }
        let properties = tree.child(child, "w:pPr");
        let content: Vec<Id> =
            tree.children(child).iter().copied().filter(|c| Some(*c) != properties).collect();
        let mark = properties.and_then(|p| tree.child(p, "w:rPr"));
        let is_gone = mark.is_some_and(|m| gone.iter().any(|g| tree.child(m, g).is_some()));
        let next = children.get(at + 1).is_some_and(|n| tree.name(*n) == "w:p");
        carried.extend(content);
        if is_gone && (next || carried.is_empty()) {
            continue;
        }
        tree.nodes[child].children = properties.into_iter().chain(std::mem::take(&mut carried)).collect();
        out.push(child);
    }
    out
}
