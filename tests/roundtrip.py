#!/usr/bin/env python3
"""What survives from a Word file through the document model into a draft, as pandoc reads both.

    python3 tests/roundtrip.py PROGRAM FILE|FOLDER … [--show] [--keep DIR]

Each .docx is drafted with itself as the other school's policy, so that all of it is common ground. Counted, of what pandoc finds in the
source: words; table cells with their words; list items with their depth and kind; words that are bold, italic; links with their targets
(http, https and mailto, which alone may be clicked on in a draft); pictures in the text. Contents lists are left out: a draft has its own. --show names what is
missing, --keep keeps the drafts.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

WORD = re.compile(r"[^\W\d_]{2,}|\d{3,}")
KINDS = ["words", "cells", "list items", "bold", "italic", "links", "pictures"]


def read(path):
    run = subprocess.run(["pandoc", "--track-changes=accept", "-f", "docx", "-t", "json", path], capture_output=True)
    return json.loads(run.stdout)["blocks"] if run.returncode == 0 else None


def words(text):
    return [w.lower() for w in WORD.findall(text.replace("\u00ad", ""))]


class Found:
    """Multisets of what stands in a tree."""

    def __init__(self, blocks):
        self.seen = {k: Counter() for k in KINDS}
        self.walk(blocks, 0, "")

    def walk(self, blocks, depth, kind):
        for block in blocks:
            name, content = block["t"], block.get("c")
            if name in ("Para", "Plain", "Header"):
                inlines = content[2] if name == "Header" else content
                text = self.line(inlines)
                if depth and text:
                    self.seen["list items"][(depth, kind, text)] += 1
            elif name in ("BulletList", "OrderedList"):
                for item in content if name == "BulletList" else content[1]:
                    # Only an item's first paragraph carries its mark.
                    self.walk(item[:1], depth + 1, name)
                    self.walk(item[1:], depth + 1 if any(b["t"].endswith("List") for b in item[1:]) else 0, name)
            elif name in ("BlockQuote", "Div"):
                inner = content if name == "BlockQuote" else content[1]
                self.walk(inner, depth, kind)
            elif name == "Table":
                rows = content[3][1] + [r for body in content[4] for r in body[2] + body[3]] + content[5][1]
                for row in rows:
                    for cell in row[1]:
                        before = Counter(self.seen["words"])
                        self.walk(cell[4], 0, "")
                        own = self.seen["words"] - before
                        if own:
                            self.seen["cells"][tuple(sorted(own.items()))] += 1
            elif name == "LineBlock":
                for inlines in content:
                    self.line(inlines)

    def line(self, inlines):
        text = []
        self.run(inlines, text, False, False)
        joined = "".join(t for t, _, _ in text)
        at, shape = 0, []
        for t, bold, italic in text:
            shape += [(bold, italic)] * len(t)
        for match in WORD.finditer(joined):
            word = match.group().lower()
            self.seen["words"][word] += 1
            looks = shape[match.start()]
            for which, kind in enumerate(("bold", "italic")):
                if looks[which]:
                    self.seen[kind][word] += 1
        return " ".join(words(joined))

    def run(self, inlines, text, bold, italic):
        for inline in inlines:
            name, content = inline["t"], inline.get("c")
            if name == "Str":
                text.append((content.replace("\u00ad", ""), bold, italic))
            elif name in ("Space", "SoftBreak", "LineBreak"):
                text.append((" ", bold, italic))
            elif name == "Strong":
                self.run(content, text, True, italic)
            elif name == "Emph":
                self.run(content, text, bold, True)
            elif name in ("Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"):
                self.run(content, text, bold, italic)
            elif name in ("Span", "Quoted"):
                self.run(content[1], text, bold, italic)
            elif name == "Code":
                text.append((content[1], bold, italic))
            elif name == "Link":
                if re.match("(?i)https?://|mailto:", content[2][0]):
                    self.seen["links"][content[2][0]] += 1
                self.run(content[1], text, bold, italic)
            elif name == "Image":
                said = " ".join(words("".join(x["c"] if x["t"] == "Str" else " " for x in content[1])))
                # A draft says of such a picture that it has no description.
                self.seen["pictures"]["" if said.startswith("picture without description") else said] += 1
            elif name == "Note":
                self.walk(content, 0, "")


def is_contents(block):
    """pandoc marks no contents list; its entries are links to headings of the same file."""
    text = json.dumps(block)
    return block["t"] == "Para" and '"#_Toc' in text


def main():
    arguments = [a for a in sys.argv[2:] if not a.startswith("--")]
    keep = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else None
    arguments = [a for a in arguments if a != keep]
    files = []
    for path in arguments:
        if os.path.isdir(path):
            files += sorted(os.path.join(d, n) for d, _, names in os.walk(path) for n in names if n.lower().endswith(".docx") and not n.startswith("~$"))
        else:
            files.append(path)
    total, kept, whole, refused = Counter(), Counter(), Counter(), 0
    read_files = 0
    for number, path in enumerate(files):
        source = read(path)
        with tempfile.TemporaryDirectory() as home:
            out = os.path.join(keep, str(number)) if keep else home
            subprocess.run([sys.argv[1], "draft", path, path, "--out", out, "--today", "2026-11-24", "--quiet", "--override", "measured"], capture_output=True)
            made = [n for n in os.listdir(out) if n.endswith("-draft.docx")] if os.path.isdir(out) else []
            draft = read(os.path.join(out, made[0])) if made else None
        if source is None or draft is None:
            refused += 1
            continue
        read_files += 1
        source = Found([b for b in source if not is_contents(b)])
        draft = Found(draft)
        for kind in KINDS:
            want = source.seen[kind]
            lost = want - draft.seen[kind]
            if kind == "pictures":
                # Where pandoc finds no description, a draft may still have one: the title of an old drawing.
                spare = (draft.seen[kind] - want).total()
                lost[""] = max(0, lost[""] - spare)
                lost = +lost
            total[kind] += want.total()
            kept[kind] += want.total() - lost.total()
            whole[kind] += not lost
            if lost and "--show" in sys.argv:
                print(f"{path}: {kind}: {lost.total()} of {want.total()} missing: {str(lost.most_common(4))[:300]}")
    print(f"{read_files} files; {refused} that pandoc or the program does not read or that pair with nothing")
    for kind in KINDS:
        share = 100 * kept[kind] / total[kind] if total[kind] else 100
        print(f"{kind:11} {kept[kind]} of {total[kind]} ({share:.2f} %), all of them in {whole[kind]} files")


if __name__ == "__main__":
    main()
