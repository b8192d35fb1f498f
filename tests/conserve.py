#!/usr/bin/env python3
"""Compares the words that common-ground reads from Word files with those that pandoc reads.

usage: conserve.py PROGRAM FILE.docx ... [--least SHARE]
Prints how many files have the same multiset of words, how many differ and how, and exits with 1 if fewer than SHARE of the readable
files agree (default 1.0). A word is a run of two or more letters or three or more digits, so that numbers which one program writes as text
and the other as a list's number do not count. A file whose receipt names something unread may lack words, never have more.
"""
import collections
import concurrent.futures
import json
import re
import subprocess
import sys

WORD = re.compile(r"[^\W\d_]{2,}|\d{3,}")


def words(text):
    return collections.Counter(w.lower() for w in WORD.findall(text.replace("\u00ad", "")))


def text_of(node):
    """All text of pandoc's document tree; pictures' descriptions and raw markup left out."""
    out, stack = [], [node]
    while stack:
        x = stack.pop()
        if isinstance(x, list):
            stack.extend(reversed(x))
        elif isinstance(x, dict):
            kind = x.get("t")
            if kind == "Str":
                out.append(x["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                out.append(" ")
            elif kind in ("Code", "CodeBlock"):
                out.append(x["c"][1])
            elif kind in ("Image", "Math", "RawInline", "RawBlock"):
                pass
            elif kind == "Table":
                stack.append({"t": "Space"})
                stack.append(x["c"][3:])  # its caption is the table's description, not text of the page
            else:
                # A block ends here, and so does its last word.
                if kind in ("Para", "Plain", "Header", "Table", "Note", "BulletList", "OrderedList"):
                    out.append(" ")
                    stack.append({"t": "Space"})
                c = x.get("c", [v for k, v in x.items() if k != "t"])
                if kind in ("Span", "Div", "Header", "Link"):
                    c = [y for y in c if not (isinstance(y, list) and len(y) == 3 and isinstance(y[0], str))]
                stack.append(c)
    return "".join(out)


def ours(program, path):
    run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True, timeout=120)
    if run.returncode not in (0, 2):
        return "crash", f"exit code {run.returncode}", None
    result = json.loads(run.stdout)
    if not result["documents"]:
        return "refused", result["problems"][0]["message"], None
    d = result["documents"][0]
    text = "\n".join(f"{b['marker'] or ''} {b['text']}" for b in d["blocks"])
    named = [u["what"] for u in d["receipt"]["unread"]] + [n for n in d["receipt"]["notices"] if "hidden" in n]
    boxes = " ".join(b["text"] for b in d["blocks"] if b["kind"] == "text_box")
    markers = " ".join(b["marker"] or "" for b in d["blocks"])
    return "read", text, (named, words(boxes) + words(markers))


def theirs(path):
    run = subprocess.run(["pandoc", "-f", "docx", "-t", "json", "--track-changes=accept", path], capture_output=True, timeout=120)
    if run.returncode:
        return None
    tree = json.loads(run.stdout)
    return text_of(tree["blocks"]) + " " + text_of(list(tree["meta"].values()))


def check(program, path):
    kind, text, rest = ours(program, path)
    if kind != "read":
        return path, kind, text
    unread, ours_only = rest
    other = theirs(path)
    if other is None:
        return path, "only ours", ""
    a, b = words(text), words(other)
    missing, extra = b - a, a - b - ours_only  # pandoc leaves text boxes and the numbers of lists out
    if not missing and not extra:
        return path, "same", ""
    note = f"missing {sum(missing.values())} {list(missing)[:6]} more {sum(extra.values())} {list(extra)[:6]} unread {sorted(set(unread))}"
    return path, ("named" if unread and missing and not extra else "differs"), note


def main(arguments):
    least = 1.0
    if "--least" in arguments:
        at = arguments.index("--least")
        least = float(arguments[at + 1])
        del arguments[at:at + 2]
    program, files = arguments[0], arguments[1:]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda f: check(program, f), files))
    counts = collections.Counter(kind for _, kind, _ in results)
    for path, kind, note in results:
        if kind in ("differs", "crash", "refused"):
            print(f"{kind:8} {path}: {note}")
    readable = counts["same"] + counts["named"] + counts["differs"]
    agree = counts["same"] + counts["named"]
    print(f"{len(files)} files:", ", ".join(f"{n} {k}" for k, n in sorted(counts.items())))
    print(f"{agree} of {readable} files that both read hold the same words, or the receipt names what is missing")
    sys.exit(0 if readable and agree >= least * readable and not counts["crash"] else 1)


main(sys.argv[1:])
