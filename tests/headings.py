#!/usr/bin/env python3
"""Headings that are recognised in Word files without heading styles, beside labels.

usage: headings.py PROGRAM LABELS.json FOLDER        FOLDER holds the files under the names that the labels use

The labels count the units of a file as pandoc reads it (paragraph, list item, table; headings by style left out) and name those that are true
headings, the title, and what is neither. Prints precision, recall and F1; only units of at most twelve words were judged.
"""
import collections
import json
import os
import subprocess
import sys

from pandoc import plain, text_of, tree_of

WORDS = 12  # longer units were not judged


def units(path):
    stack, out = list(reversed(tree_of(path)["blocks"])), []
    while stack:
        block = stack.pop()
        kind, content = block["t"], block.get("c")
        if kind == "Div":
            stack.extend(reversed(content[1]))
        elif kind in ("BulletList", "OrderedList"):
            out += [text_of(item, pictures=True) for item in (content if kind == "BulletList" else content[1])]
        elif kind in ("Para", "Plain", "BlockQuote", "Table", "LineBlock", "CodeBlock") and text_of(content, pictures=True).strip():
            out.append(text_of(content, pictures=True))
    return out


def main(program, labels, folder):
    right = given = wanted = titles = of = 0
    for name, label in json.load(open(labels))["files"].items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            print(f"{name}: not there")
            continue
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True)
        document = json.loads(run.stdout)["documents"][0]
        texts = units(path)
        keys = [plain(t) for t in texts]
        heads = collections.Counter(plain((b["marker"] or "") + b["text"]) for b in document["blocks"] if b["kind"] == "heading" and b["role"] == "body")
        bare = collections.Counter(plain(b["text"]) for b in document["blocks"] if b["kind"] == "heading" and b["role"] == "body")
        found = {at for at, key in enumerate(keys) if key and (heads[key] or bare[key]) and len(texts[at].split()) <= WORDS}
        true = set(label["headings"])
        # What a labeller called a lead-in or a short sentence could be either.
        either = set(label.get("title", [])) | set(label.get("lead_in", []))
        found -= either
        right, given, wanted = right + len(found & true), given + len(found), wanted + len(true)
        of += 1
        title = plain(document["title"])
        titles += any(title and (title in keys[at] or keys[at] in title) for at in label.get("title", []) if at < len(keys))
        print(f"{name}: {len(found & true)} right of {len(found)} given, {len(true)} wanted"
              + "".join(f"\n  missed: {texts[at][:60]!r}" for at in sorted(true - found)) + "".join(f"\n  wrong: {texts[at][:60]!r}" for at in sorted(found - true)))
    p, r = right / max(1, given), right / max(1, wanted)
    print(f"headings: precision {p:.3f}, recall {r:.3f}, F1 {2 * p * r / max(1e-9, p + r):.3f} ({right} right of {given} given, {wanted} wanted); titles {titles} of {of}")


main(*sys.argv[1:])
