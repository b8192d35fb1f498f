#!/usr/bin/env python3
"""Compares the words that common-ground reads from Word and OpenDocument files with those that pandoc reads.

usage: conserve.py PROGRAM FILE ... [--least SHARE]        (.docx and .odt)
Prints how many files have the same multiset of words, how many differ and how, and exits with 1 if fewer than SHARE of the readable
files agree or differ by words that only common-ground has (default 1.0). A word is a run of two or more letters or three or more digits, so that numbers which one program writes as text
and the other as a list's number do not count. A file whose receipt names something unread may lack words, never have more.
"""
import collections
import concurrent.futures
import json
import re
import resource
import subprocess
import sys

WORD = re.compile(r"[^\W\d_]{2,}|\d{3,}")


SECONDS = 5
MEMORY = 512 * 1024 * 1024


def bounded():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


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


def meta_parts(meta):
    """The values of pandoc's metadata; of a list its members, which are texts of their own."""
    for value in meta.values():
        yield from value["c"] if value["t"] == "MetaList" else [value]


def ours(program, path):
    try:
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True, timeout=SECONDS, preexec_fn=bounded)
    except subprocess.TimeoutExpired:
        return "crash", f"more than {SECONDS} s", None
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
    form = "odt" if path.endswith((".odt", ".ott")) else "docx"
    try:
        run = subprocess.run(["pandoc", "-f", form, "-t", "json", "--track-changes=accept", path], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    if run.returncode:
        return None
    tree = json.loads(run.stdout)
    return " ".join(text_of(x) for x in [tree["blocks"], *meta_parts(tree["meta"])])


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
    letters = lambda c: collections.Counter("".join(w * n for w, n in c.items()))
    if not missing:
        kind = "named" if unread else "more"
    elif not letters(missing) - letters(extra):
        kind = "parted"
    else:
        kind = "named" if unread and not extra else "differs"
    note = f"missing {sum(missing.values())} {list(missing)[:6]} more {sum(extra.values())} {list(extra)[:6]} unread {sorted(set(unread))}"
    return path, kind, note


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
        if kind in ("differs", "more", "parted", "crash", "refused", "only ours"):
            print(f"{kind:8} {path}: {note}")
    readable = sum(counts[k] for k in ("same", "named", "more", "parted", "differs"))
    agree = counts["same"] + counts["named"]
    print(f"{len(files)} files:", ", ".join(f"{n} {k}" for k, n in sorted(counts.items())))
    print(f"{agree} of {readable} files that both read hold the same words, or the receipt names what is missing;")
    explained = counts["more"] + counts["parted"]
    print(f"{counts['more']} hold words that pandoc leaves out (formulas, results of fields), {counts['parted']} the same letters parted otherwise")
    sys.exit(0 if readable and agree + explained >= least * readable and not counts["crash"] else 1)


main(sys.argv[1:])
