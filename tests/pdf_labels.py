#!/usr/bin/env python3
"""Where passages and headings of PDF pages begin, beside labels made by looking at the pages.

usage: pdf_labels.py PROGRAM LABELS.json FOLDER            FOLDER holds OWNER+REPOSITORY/PATH as the labels name them; prints precision and recall
       pdf_labels.py --make SEEN.txt LABELS.json FOLDER    makes labels of what was seen

The labels carry no text: for each passage the number of its first word among the page's words as poppler gives them (from 1; 0 if it was not found
there), and a 32-bit hash of its first five words. "p" passage, "h" heading (a passage too), "e" could be read either way and is not counted.
SEEN.txt: "@ OWNER+REPOSITORY/PATH PAGE", then for each passage its kind and its first five words.
"""
import json
import os
import re
import subprocess
import sys
import unicodedata
import zlib

FIRST = 5  # words of a passage that are hashed; of a shorter one all


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def hashed(first):
    return f"{zlib.crc32(' '.join(first).encode()):08x}"


def make(seen, labels, folder):
    pages = []
    for line in open(seen):
        kind, text = line.rstrip("\n").split(" ", 1)
        if kind == "@":
            file, page = text.rsplit(" ", 1)
            given = subprocess.run(["pdftotext", "-f", page, "-l", page, os.path.join(folder, file), "-"], capture_output=True, check=True).stdout
            there = words(given.decode())
            pages.append({"file": file, "page": int(page), "starts": []})
        else:
            first = words(text)[:FIRST]
            at = next((n + 1 for n in range(len(there)) if there[n:n + len(first)] == first), 0)
            pages[-1]["starts"].append([kind, at, len(first), hashed(first)])
    rows = ",\n".join(json.dumps(p) for p in pages)
    open(labels, "w").write(f'{{"pages": [\n{rows}\n]}}\n')


def measure(program, labels, folder):
    passages, headings = [0, 0, 0], [0, 0, 0]
    for page in json.load(open(labels))["pages"]:
        path = os.path.join(folder, page["file"])
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True)
        found = json.loads(run.stdout or b'{"documents": []}')["documents"]
        if not found:
            print(f"{page['file']}: not read")
            continue
        blocks = [(words(f"{b['marker'] or ''} {b['text']}"), b["kind"] == "heading") for b in found[0]["blocks"] if b["place"]["page"] == page["page"]]
        wanted = list(page["starts"])
        right = head_right = given = head_given = 0
        wrong = []
        for text, heading in (b for b in blocks if b[0]):
            label = next((w for w in wanted if hashed(text[:w[2]]) == w[3] and (w[2] == FIRST or w[2] == len(text) or w[0] == "e")), None)
            if label:
                wanted.remove(label)
            if label and label[0] == "e":
                continue
            given, head_given = given + 1, head_given + heading
            right, head_right = right + bool(label), head_right + (bool(label) and heading and label[0] == "h")
            if not label:
                wrong.append("a passage begins at " + " ".join(text[:FIRST]))
            elif heading != (label[0] == "h"):
                wrong.append(("no heading: " if heading else "a heading: ") + " ".join(text[:FIRST]))
        counted = [w for w in page["starts"] if w[0] != "e"]
        missed = [w[1] for w in wanted if w[0] != "e"]
        for total, more in ((passages, (right, given, len(counted))), (headings, (head_right, head_given, sum(w[0] == "h" for w in counted)))):
            total[:] = [a + b for a, b in zip(total, more)]
        print(f"{page['file']} page {page['page']}: {right} right of {given} given, {len(counted)} wanted"
              + "".join(f"\n  wrong: {w}" for w in wrong) + (f"\n  missed: at words {missed}" if missed else ""))
    for name, (right, given, wanted) in (("passages", passages), ("headings", headings)):
        print(f"{name}: precision {right / max(1, given):.3f}, recall {right / max(1, wanted):.3f} ({right} right of {given} given, {wanted} wanted)")


make(*sys.argv[2:]) if sys.argv[1] == "--make" else measure(*sys.argv[1:])
