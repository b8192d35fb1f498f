#!/usr/bin/env python3
"""Redlines beside oracles that are not this program's: is accept-all the new version, and reject-all the old one, in every part?

    python3 tests/redline.py PROGRAM PAIRS.tsv [--office]
    python3 tests/redline.py PROGRAM --moved

PAIRS.tsv: a name, the old file and the new file on each line, parted by tabs. For each pair the redline is made; then a
small acceptor (below, on Python's own XML reader) and pandoc read it with all changes accepted and rejected, and each is held against
the same reading of the two files, bold, italic and the targets of links included; formulas are not, because pandoc leaves those in tracked changes out. With --office each redline is also converted to PDF by LibreOffice.

--moved makes a file of about 160 pages from sentences of the sample, moves sections of 4,313 words in it and changes a word in every
tenth paragraph of them; it prints how many words were found as moved and the processor time of the run.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree as E

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def gone(verdict):
    return {"del", "moveFrom"} if verdict == "accept" else {"ins", "moveTo"}


def mark(element, path, names):
    found = element.find(path)
    return found is not None and any(found.find(W + n) is not None for n in names)


def story(element, verdict):
    """Paragraphs and tables of a story; paragraphs whose mark is gone run into the next."""
    out, carried = [], None
    for child in blocks(element):
        if child.tag == W + "tbl":
            if carried:
                out.append(carried)
            carried = None
            rows = [r for r in child.iter(W + "tr") if own(child, r) and not mark(r, W + "trPr", gone(verdict))]
            rows = [[story(c, verdict) for c in r.iter(W + "tc") if own_cell(r, c)] for r in rows]
            if rows:
                out.append(rows)
            continue
        text = (carried or "") + inline(child, verdict)
        if mark(child, W + "pPr/" + W + "rPr", gone(verdict)):
            carried = text
            continue
        carried = None
        out.append(text)
    if carried:
        out.append(carried)
    return out


def blocks(element):
    for child in element:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
            yield from blocks(child)


def own(table, row):
    """Whether the row is the table's own, not that of a table in it."""
    def look(at):
        for child in at:
            if child is row:
                return True
            if child.tag not in (W + "tc", W + "tr") and look(child):
                return True
        return False
    return look(table)


def own_cell(row, cell):
    def look(at):
        for child in at:
            if child is cell:
                return True
            if child.tag != W + "tc" and look(child):
                return True
        return False
    return look(row)


def inline(element, verdict):
    out = []
    for child in element:
        tag = child.tag
        if tag in {W + n for n in gone(verdict)} or tag == W + "pPr" or tag == W + "rPr":
            continue
        if tag in (W + "t", W + "delText", M + "t"):
            text = child.text or ""
            if child.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve" and tag != M + "t":
                text = text.strip(" \t\r\n")
            out.append(text)
        elif tag in (W + "instrText", W + "delInstrText"):
            out.append("{" + (child.text or "").strip() + "}")
        elif tag == W + "fldSimple":
            out.append("{" + (child.get(W + "instr") or "").strip() + "}" + inline(child, verdict))
        elif tag in (W + "tab", W + "br", W + "noBreakHyphen", W + "sym", W + "drawing", W + "pict", W + "object"):
            out.append("<" + tag.split("}")[1] + ">" + "".join(map(repr, boxes(child, verdict))))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            out.append("[" + tag.split("}")[1] + "]")
        elif tag.endswith("}Fallback"):
            continue
        else:
            out.append(inline(child, verdict))
    return "".join(out)


def boxes(element, verdict):
    """Text boxes in a drawing, as stories."""
    out = []
    for child in element:
        if child.tag == W + "txbxContent":
            out.append(story(child, verdict))
        elif not child.tag.endswith("}Fallback"):
            out.extend(boxes(child, verdict))
    return out


def parts(path, verdict):
    """What a reader sees in each kind of part."""
    with zipfile.ZipFile(path) as z:
        names = set(z.namelist())
        root = E.fromstring(z.read("_rels/.rels"))
        main = next(r.get("Target") for r in root if r.get("Type").endswith("/officeDocument")).lstrip("/")
        folder = os.path.dirname(main)
        body = E.fromstring(z.read(main)).find(W + "body")
        rels = {}
        listing = f"{folder}/_rels/{os.path.basename(main)}.rels"
        if listing in names:
            for r in E.fromstring(z.read(listing)):
                target = r.get("Target")
                target = target.lstrip("/") if target.startswith("/") else os.path.normpath(f"{folder}/{target}")
                rels[r.get("Id")] = (r.get("Type").rsplit("/", 1)[1], target)
        out = {"body": story(body, verdict)}
        for kind in ("footnote", "endnote"):
            target = next((t for k, t in rels.values() if k == kind + "s"), None)
            notes = {n.get(W + "id"): n for n in E.fromstring(z.read(target))} if target in names else {}
            seen = []
            refs(body, kind, verdict, seen)
            # A note without a paragraph, which Word does not write, is a note with an empty one.
            out[kind + "s"] = [(story(notes[i], verdict) or [""]) if i in notes else "missing" for i in seen]
        for kind in ("header", "footer"):
            texts = []
            for ref in body.iter(W + kind + "Reference"):
                target = rels.get(ref.get(R + "id"), ("", ""))[1]
                texts.append(story(E.fromstring(z.read(target)), verdict) if target in names else "missing")
            out[kind + "s"] = sorted(repr(t) for t in texts if t not in ([], [""]))
        return out


def refs(element, kind, verdict, seen):
    for child in element:
        if child.tag in {W + n for n in gone(verdict)}:
            continue
        if child.tag == W + "tr" and mark(child, W + "trPr", gone(verdict)):
            continue
        if child.tag == W + kind + "Reference":
            seen.append(child.get(W + "id"))
        else:
            refs(child, kind, verdict, seen)


def pandoc(path, verdict):
    run = subprocess.run(["pandoc", f"--track-changes={verdict}", "-f", "docx", "-t", "json", path], capture_output=True)
    return plain(json.loads(run.stdout)["blocks"]) if run.returncode == 0 else "pandoc: " + run.stderr.decode()[:80]


def plain(node):
    """A pandoc tree without what does not show: spans, identifiers, empty links, runs of blanks; equal neighbours joined."""
    if isinstance(node, list):
        out = []
        for item in map(plain, node):
            if isinstance(item, list) and item and item[0] == "SPLICE":
                new = item[1:]
            else:
                new = [item]
            for n in new:
                if out and isinstance(n, dict) and isinstance(out[-1], dict) and n.get("t") == "Str" == out[-1].get("t"):
                    out[-1] = {"t": "Str", "c": out[-1]["c"] + n["c"]}
                else:
                    out.append(n)
        return out
    if not isinstance(node, dict):
        return node
    kind, content = node.get("t"), node.get("c")
    if kind == "Span":
        return ["SPLICE"] + plain(content[1])
    if kind == "Link":
        # Pieces of one link, which a tracked change parts, are one to a reader.
        return ["SPLICE", {"t": "Str", "c": f"<{content[2][0]}>"}] + plain(content[1]) + [{"t": "Str", "c": "</>"}]
    if kind in ("Emph", "Strong"):
        return ["SPLICE", {"t": "Str", "c": f"<{kind}>"}] + plain(content) + [{"t": "Str", "c": f"</{kind}>"}]
    if kind in ("Underline", "SmallCaps", "Strikeout", "Superscript", "Subscript"):
        return ["SPLICE"] + plain(content)
    if kind in ("Space", "SoftBreak"):
        return {"t": "Str", "c": " "}
    if kind == "Image":
        return {"t": "Str", "c": "<picture>"}
    if kind == "Header":
        return {"t": "Header", "c": [content[0], plain(content[2])]}
    if kind == "Math":
        return ["SPLICE"]  # pandoc leaves formulas in tracked changes out
    if kind == "Table":
        # pandoc knows no tracked rows: it keeps them, empty. So rows without text do not count, nor which row is the head.
        rows = content[3][1] + [r for body in content[4] for r in body[2] + body[3]]
        rows = [[plain(cell[4]) for cell in row[1]] for row in rows]
        rows = [r for r in rows if any('"Str"' in json.dumps(c) for c in r)]
        return {"t": "Table", "c": rows} if rows else ["SPLICE"]
    return {k: plain(v) for k, v in node.items()}


def squeezed(tree):
    text = json.dumps(tree)
    text = re.sub(r" +", " ", text)
    # A change within bold or linked words parts them; what is parted reads as one.
    text = re.sub(r"</(Emph|Strong)>( ?)<\1>", r"\2", text)
    text = re.sub(r"(<([^<>/]|/[^<>])+>)((?:(?!</>).)*)</>( ?)\1", r"\1\3\4", text)
    text = text.replace(' "}]', '"}]')
    return re.sub(r'\{"t": "(Para|Plain)", "c": \[(\{"t": "Str", "c": " ?"\})?\]\}(, )?', "", text)


def moved(program):
    """A long file with sections moved: how many of their words are tracked as moved, and what it costs."""
    import random
    import resource

    random.seed(7)
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "policies")
    sentences = []
    for folder, _, names in sorted(os.walk(here)):
        for name in sorted(n for n in names if n.endswith(".docx")):
            for text in story(E.fromstring(zipfile.ZipFile(os.path.join(folder, name)).read("word/document.xml")).find(W + "body"), "accept"):
                sentences += [s for s in re.split(r"(?<=[.]) ", text) if len(s.split()) > 6 and "<" not in s and "[" not in s] if isinstance(text, str) else []
    sections = [[f"{n} Section about {random.choice(sentences).split()[1]}"] + [" ".join(random.sample(sentences, 3)) for _ in range(random.randint(4, 9))] for n in range(1, 241)]
    count = lambda paragraphs: sum(len(p.split()) for p in paragraphs)
    picked, words = [], 0
    for n in random.sample(range(10, 230), 200):
        if words + count(sections[n]) <= 4313:
            picked.append(n)
            words += count(sections[n])
    after = [list(s) for n, s in enumerate(sections) if n not in picked]
    changed = 0
    for k, n in enumerate(picked):
        section = list(sections[n])
        for at in range(1, len(section)):
            if changed % 10 == 0:
                section[at] = section[at].replace(" the ", " every ", 1)
            changed += 1
        after.insert((k * 37 + 5) % len(after), section)
    with tempfile.TemporaryDirectory() as home:
        for name, all_ in (("old", sections), ("new", after)):
            body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{p.replace("&", "&amp;")}</w:t></w:r></w:p>' for s in all_ for p in s)
            with zipfile.ZipFile(f"{home}/{name}.docx", "w", zipfile.ZIP_DEFLATED) as z:
                z.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
                z.writestr("_rels/.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{R[1:-1]}/officeDocument" Target="word/document.xml"/></Relationships>')
                z.writestr("word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>')
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "changes", f"{home}/old.docx", f"{home}/new.docx", "--format", "docx", "--out", f"{home}/out", "--today", "2026-11-24", "--quiet"])
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        made = f"{home}/out/changes.docx"
        root = E.fromstring(zipfile.ZipFile(made).read("word/document.xml"))
        found = sum(len("".join(t.text or "" for t in m.iter(W + "t")).split()) for m in root.iter(W + "moveTo"))
        right = all(parts(made, v) == parts(f"{home}/{s}.docx", "accept") for v, s in (("reject", "old"), ("accept", "new")))
        total = count([p for s in sections for p in s])
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"{total} words, {words} moved: {found} found as moved; both versions come back: {right}; CPU {cpu:.3f} s, peak {used.ru_maxrss // 1024} MB")


def main():
    if "--moved" in sys.argv:
        return moved(sys.argv[1])
    program, listing = sys.argv[1:3]
    kinds = ["body", "footnotes", "endnotes", "headers", "footers"]
    right = dict.fromkeys(kinds + ["all parts", "pandoc", "office"], 0)
    total = 0
    with tempfile.TemporaryDirectory() as home:
        for number, line in enumerate(open(listing)):
            name, old, new = line.rstrip("\n").split("\t")
            total += 1
            out = f"{home}/{number}"
            run = subprocess.run([program, "changes", old, new, "--format", "docx", "--out", out, "--today", "2026-11-24"], capture_output=True)
            made = f"{out}/changes.docx"
            if not os.path.exists(made):
                print(f"{name}: no redline: {run.stderr.decode().strip()[:200]}")
                continue
            wrong = set()
            for verdict, source in (("reject", old), ("accept", new)):
                is_, should = parts(made, verdict), parts(source, "accept")
                wrong |= {k for k in kinds if is_[k] != should[k]}
                if "--show" in sys.argv:
                    for k in kinds:
                        if is_[k] != should[k]:
                            print(f"  {verdict} {k}\n    is     {str(is_[k])[:1500]}\n    should {str(should[k])[:1500]}")
            for kind in kinds:
                right[kind] += kind not in wrong
            right["all parts"] += not wrong
            oracle = [v for v, s in (("reject", old), ("accept", new)) if squeezed(pandoc(made, v)) != squeezed(pandoc(s, "accept"))]
            right["pandoc"] += not oracle
            if wrong or oracle:
                print(f"{name}: wrong in {', '.join(sorted(wrong)) or 'no part'}; pandoc {', '.join(oracle) or 'right'}")
        if "--office" in sys.argv:
            os.mkdir(f"{home}/all")
            for number in range(total):
                if os.path.exists(f"{home}/{number}/changes.docx"):
                    os.rename(f"{home}/{number}/changes.docx", f"{home}/all/{number}.docx")
            files = [f"{home}/all/{n}" for n in sorted(os.listdir(f"{home}/all"))]
            subprocess.run(["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to", "pdf", "--outdir", f"{home}/pdf", *files], capture_output=True)
            right["office"] = len(os.listdir(f"{home}/pdf"))
    for kind, count in right.items():
        if kind != "office" or "--office" in sys.argv:
            print(f"{kind:10} {count} of {total} right")


if __name__ == "__main__":
    main()
