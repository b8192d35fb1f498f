#!/usr/bin/env python3
"""Titles, dates, approvers and owners of real policies, beside labels made by reading their first and last pages.

usage: front_matter.py PROGRAM LABELS.tsv FOLDER           FOLDER holds OWNER+REPOSITORY/PATH as the labels name them; prints precision and recall
       front_matter.py --make SEEN.tsv LABELS.tsv          makes labels of what was seen: titles become hashes

Columns: file, titles that are right ("/" between), approved on, last review, next review, who approved it, who keeps or reviews it. Dates are days,
months or "first..last"; "-" is none and "?" is not counted. Of people only the kind is kept: governing body, committee, head, none.
"""
import calendar
import json
import os
import re
import subprocess
import sys
import unicodedata
import zlib

FIELDS = ("title", "approved on", "last review", "next review", "approver", "owner")


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def hashed(title):
    return f"{zlib.crc32(' '.join(words(title)).encode()):08x}"


def make(seen, labels):
    rows = [line.rstrip("\n").split("\t") for line in open(seen) if line.strip()]
    with open(labels, "w") as out:
        for file, titles, *rest in rows:
            out.write("\t".join([file, "/".join(hashed(t) for t in titles.split("/")), *rest]) + "\n")


def days(text):
    if ".." in text:
        first, last = text.split("..")
        return days(first)[0], days(last)[1]
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return text, text
    return f"{text}-01", f"{text}-{calendar.monthrange(*parts)[1]:02}"


def kind(who):
    who = (who or "").lower()
    if not who:
        return "none"
    if "committee" in who or re.search(r"\b(bmc|l&wc)\b", who):
        return "committee"
    if re.search(r"govern|board|trustee|fgb|bog", who):
        return "governing body"
    return "head" if re.search(r"\bhead", who) else "other"


def measure(program, labels, folder):
    counts = {field: [0, 0, 0] for field in FIELDS}
    files = 0
    for line in open(labels):
        file, titles, *wanted = line.rstrip("\n").split("\t")
        path = os.path.join(folder, file)
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True)
        found = json.loads(run.stdout or b'{"documents": []}')["documents"]
        if not found:
            print(f"{file}: not read")
            continue
        files += 1
        front = found[0]["front_matter"]
        dated = lambda key: (front[key]["from"], front[key]["to"]) if front[key] else None
        given = [hashed(found[0]["title"] or ""), dated("approved_on"), dated("last_review"), dated("review_due"), kind(front["approved_by"]), kind(front["owner"])]
        for field, want, got in zip(FIELDS, [titles, *wanted], given):
            if want == "?":
                continue
            if field == "title":
                right, is_given, is_wanted = got in want.split("/"), True, True
            elif field in ("approver", "owner"):
                right, is_given, is_wanted = got == want != "none", got != "none", want != "none"
            else:
                right, is_given, is_wanted = want != "-" and got == days(want), got is not None, want != "-"
            counts[field] = [a + b for a, b in zip(counts[field], (right, is_given, is_wanted))]
            if not right and (is_given or is_wanted):
                print(f"{file}: {field}: " + (f"title {found[0]['title']!r}" if field == "title" else f"{got} for {want}"))
    print(f"{files} files")
    for field, (right, given, wanted) in counts.items():
        print(f"{field}: precision {right / max(1, given):.3f}, recall {right / max(1, wanted):.3f} ({right} right of {given} given, {wanted} wanted)")


make(*sys.argv[2:]) if sys.argv[1] == "--make" else measure(*sys.argv[1:])
