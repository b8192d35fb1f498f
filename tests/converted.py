#!/usr/bin/env python3
"""Reads old Word and rich text files, which LibreOffice converts, and compares their words with LibreOffice's own plain text of them.

usage: converted.py PROGRAM FOLDER ...        (.doc and .rtf; folders are searched)

Prints how many were converted, how many were refused and for what reasons, how many ended the program or gave no answer; then of how many the words are
those of LibreOffice's text, or all of them and more (its text has no notes and boxes). Its text has deleted and hidden words; here they are kept apart.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

WORD = re.compile(r"[^\W\d_]{2,}")
PATIENCE = 180  # seconds; the program itself gives up after 120


def words(text):
    return collections.Counter(w.lower() for w in WORD.findall(text.replace("\u00ad", "")))


def read(program, path):
    try:
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return "no answer", "", ""
    if run.returncode not in (0, 2):
        return "ended", f"exit code {run.returncode}", ""
    result = json.loads(run.stdout)
    if not result["documents"]:
        return "refused", result["problems"][0]["message"], ""
    document = result["documents"][0]
    marked = any(n.startswith("converted from") for n in document["receipt"]["notices"])
    text = "\n".join(f"{b['marker'] or ''} {b['text']}" for b in document["blocks"])
    return ("converted" if marked else "read as it is"), text, "\n".join(a["text"] for a in document["apart"])


def main(program, *folders):
    files = [os.path.join(at, n) for f in folders for at, _, names in sorted(os.walk(f)) for n in sorted(names) if n.lower().endswith((".doc", ".rtf"))]
    kinds, reasons, alike = collections.Counter(), collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in files:
            kind, text, apart = read(program, path)
            kinds[kind] += 1
            if kind in ("no answer", "ended"):
                print(f"{kind}: {path} {text}")
            if kind == "refused":
                reasons[re.sub(r"\d+", "N", text)] += 1
            if kind != "converted":
                continue
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text", "--outdir", folder, path],
                           capture_output=True, timeout=PATIENCE)
            made = os.path.join(folder, os.path.splitext(os.path.basename(path))[0] + ".txt")
            theirs = words(open(made, encoding="utf-8-sig", errors="replace").read()) if os.path.exists(made) else collections.Counter()
            missing, more = theirs - words(text) - words(apart), words(text) - theirs
            how = "differs" if missing else "more" if more else "equal"
            alike[how] += 1
            if missing:
                print(f"{how}: {path}: missing {sum(missing.values())} of {sum(theirs.values())}: {list(missing)[:6]}, more {list(more)[:4]}")
    print(f"{len(files)} files:", ", ".join(f"{n} {k}" for k, n in kinds.most_common()))
    for reason, count in reasons.most_common():
        print(f"  {count} refused: {reason}")
    print("words beside LibreOffice's own text:", ", ".join(f"{n} {k}" for k, n in alike.most_common()))
    sys.exit(1 if kinds["no answer"] or kinds["ended"] else 0)


main(*sys.argv[1:])
