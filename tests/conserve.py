#!/usr/bin/env python3
"""Compares the words that common-ground reads from Word and OpenDocument files with those that pandoc reads.

usage: conserve.py PROGRAM FILE|FOLDER ... [--least SHARE]        (.docx and .odt; folders are searched)
Prints how many files have the same multiset of words, how many differ and how, and exits with 1 if fewer than SHARE of the readable
files agree or differ by words that only common-ground has (default 1.0). A word is a run of two or more letters or three or more digits, so that numbers which one program writes as text
and the other as a list's number do not count. A file whose receipt names something unread may lack words, never have more. Words that only
common-ground has must stand in the file's XML; each such file is told by what they stand in (a formula, a field, a table inside a table). Words that only
pandoc finds in a file that common-ground refuses are a loss.

Then: how many of pandoc's headings are headings here too, and of the same level; how many list items have the same number or bullet; how many table cells
stand in the same row and column.
"""
import collections
import concurrent.futures
import json
import os
import re
import resource
import subprocess
import sys
import xml.etree.ElementTree as etree
import zipfile

WORD = re.compile(r"[^\W\d_]{2,}|\d{3,}")


SECONDS = 5
MEMORY = 512 * 1024 * 1024


def bounded():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # a busy machine is no fault of the reader


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
        run = subprocess.run([program, "read", "--format", "json", "--quiet", path], capture_output=True, timeout=20 * SECONDS, preexec_fn=bounded)
    except subprocess.TimeoutExpired:
        return "crash", f"no answer in {20 * SECONDS} s", None
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
    return "read", text, (named, words(boxes) + words(markers), d)


def theirs(path):
    form = "odt" if path.endswith((".odt", ".ott")) else "docx"
    try:
        run = subprocess.run(["pandoc", "-f", form, "-t", "json", "--track-changes=accept", path], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return None if run.returncode else json.loads(run.stdout)


def name(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


# What pandoc leaves out, by the elements around the text; the first that fits names the class.
CLASSES = (
    ("formula", {"oMath", "math"}),
    ("text box", {"txbxContent", "text-box", "textbox"}),
    ("table inside a table", None),
    ("result of a field", {"fldSimple", "hyperlink", "sequence", "page-number", "date", "time", "user-field-get", "expression", "bookmark-ref", "chapter", "file-name",
                           "author-name", "creation-date", "modification-date", "reference-ref", "variable-set", "variable-get", "text-input", "placeholder"}),
    ("content control or section", {"sdtContent", "section", "smartTag", "customXml", "meta", "index-body"}),
    ("caption, list or table of an odt file", {"table", "list", "tbl"}),
)


def places(path):
    """The text of all parts without any gap, and each paragraph's text with the names of the elements around it."""
    all_text, stretches = [], []
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if not part.endswith(".xml") or package.getinfo(part).file_size > 64 << 20:
                continue
            try:
                root = etree.fromstring(package.read(part))
            except etree.ParseError:
                continue
            stack = [(root, ())]
            while stack:
                element, around = stack.pop()
                if isinstance(element, str):
                    all_text.append(element)
                    stretches.append((element, around))
                    continue
                if name(element) == "rt":
                    continue  # a reading aid above a word parts it
                inner = (*around, name(element))
                if name(element) in ("p", "h", "tab", "line-break", "br", "cr", "s"):
                    all_text.append(" ")
                children = [element.text] + [y for child in element for y in (child, child.tail)]
                stack.extend((c, inner) for c in reversed(children) if c is not None)
    return "".join(all_text).lower().replace("\u00ad", ""), stretches


def of_class(path, extra):
    """Where the words stand that only common-ground has; "invented" if they do not stand in the file."""
    everything, stretches = places(path)
    closed = everything.replace(" ", "")  # pandoc parts and joins words at other places
    if any(word not in closed for word in extra):
        return "invented: " + " ".join(w for w in extra if w not in closed)[:60]
    found = collections.Counter()
    for word, count in extra.items():
        around = [a for text, a in stretches if word in text.lower()]
        around = around or [a for text, a in stretches if text.strip() and text.strip().lower() in word]
        for title, names in CLASSES:
            nested = lambda a: a.count("tbl") > 1 or a.count("table") > 1
            if any(nested(a) if names is None else names & set(a) for a in around):
                found[title] += count
                break
        else:
            found["plain text"] += count
    return found.most_common(1)[0][0]


def plain(text):
    return "".join(re.findall(r"[^\W_]+", text)).lower()


def shapes(blocks):
    """Of pandoc's tree: headings (text, level), list items (text, number or None for a bullet), cells (text, row, column)."""
    headings, items, cells = [], [], []
    stack = list(reversed(blocks))
    while stack:
        x = stack.pop()
        kind, c = (x.get("t"), x.get("c")) if isinstance(x, dict) else (None, x)
        if kind == "Header":
            headings.append((plain(text_of(c[2])), c[0]))
        elif kind in ("BulletList", "OrderedList"):
            entries = c if kind == "BulletList" else c[1]
            for at, entry in enumerate(entries):
                if entry and entry[0]["t"] in ("Para", "Plain"):
                    number = None if kind == "BulletList" else (c[0][0] + at, c[0][1]["t"])
                    items.append((plain(text_of(entry[0])), number))
                stack.extend(reversed(entry))
        elif kind == "Table":
            rows = c[3][1] + [r for body in c[4] for r in body[2] + body[3]] + c[5][1]
            taken, mine = {}, []
            for y, (_, row) in enumerate(rows):
                column = 0
                for _, _, down, across, content in row:
                    while taken.get((y, column)):
                        column += 1
                    text = plain(text_of(content[0])) if content and content[0]["t"] in ("Para", "Plain") else ""
                    if text:
                        mine.append((text, y, column))
                    for dy in range(min(down, 1000)):
                        for dx in range(min(across, 1000)):
                            taken[y + dy, column + dx] = True
                    column += across
            # Rows count from the first that holds text: of an .odt file pandoc makes up an empty header.
            first = min((y for _, y, _ in mine), default=0)
            cells += [(text, y - first, column) for text, y, column in mine]
        elif kind in ("Div", "BlockQuote", "Figure"):
            stack.extend(reversed(c if kind == "BlockQuote" else c[-1]))
    return headings, items, cells


def shown(number):
    value, style = number
    if style.endswith("Alpha") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter
    if style.endswith("Roman"):
        out = ""
        for worth, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split()):
            out, value = out + sign * (value // worth), value % worth
        return out
    return str(value)


def structure(document, tree):
    """Pairs of how many agree and how many there are: headings, their levels, list items, their numbers, cells."""
    headings, items, cells = shapes(tree["blocks"])
    blocks = [(plain(b["text"]), b) for b in document["blocks"]]
    heads, marked, places = collections.Counter(), collections.defaultdict(list), collections.Counter()
    levels = collections.Counter()
    first = {}
    for _, b in blocks:
        if b.get("cell"):
            first.setdefault(b["cell"]["table"], b["cell"]["row"])
    for text, b in blocks:
        # A heading's number may be typed: then it is a mark here and text there.
        for t in {text, plain(b["marker"] or "") + text}:
            if b["kind"] == "heading" or b["role"] in ("title", "contents"):
                heads[t] += 1
                levels[t, b["level"]] += 1
            marked[t].append(b["marker"])
            if b.get("cell"):
                places[t, b["cell"]["row"] - first[b["cell"]["table"]], b["cell"]["column"]] += 1
    known = [h for h in headings if h[0]]
    found = [h for h in known if heads[h[0]]]
    out = {"headings": (len(found), len(known)), "levels of headings": (sum(levels[h] > 0 for h in found), len(found))}
    known = [i for i in items if i[0] and i[0] in marked]
    listed = [i for i in known if any(marked[i[0]])]
    out["list items"] = (len(listed), len(known))
    numbered = [i for i in listed if i[1]]
    # A number may have words around it ("Step 3a") and those of the levels above in front of it.
    agree = lambda text, number: any(shown(number) in re.findall(r"\d+|[^\W\d_]+", (m or "").lower()) for m in marked[text])
    out["numbers of list items"] = (sum(agree(*i) for i in numbered), len(numbered))
    out["table cells"] = (sum(places[c] > 0 for c in cells), len(cells))
    return out


def check(program, path):
    kind, text, rest = ours(program, path)
    if kind == "crash":
        return path, kind, text, {}
    tree = theirs(path)
    other = None if tree is None else " ".join(text_of(x) for x in [tree["blocks"], *meta_parts(tree["meta"])])
    if kind == "refused":
        lost = words(other or "")
        return path, "lost" if lost and "text" in text and "parts of" not in text else kind, f"{text} {list(lost)[:6]}", {}
    if other is None:
        return path, "only ours", "", {}
    unread, ours_only, document = rest
    shape = structure(document, tree)
    a, b = words(text), words(other)
    missing, extra = b - a, a - b - ours_only  # pandoc leaves text boxes and the numbers of lists out
    if not missing and not extra:
        return path, "same", "", shape
    letters = lambda c: collections.Counter("".join(w * n for w, n in c.items()))
    title = of_class(path, extra) if extra else ""
    if title.startswith("invented"):
        kind = "invented"
    elif not missing:
        kind = "named" if unread else "more"
    elif not letters(missing) - letters(extra):
        kind = "parted"
    else:
        kind = "named" if unread and not extra else "differs"
    note = f"{title}: missing {sum(missing.values())} {list(missing)[:6]} more {sum(extra.values())} {list(extra)[:6]} unread {sorted(set(unread))}"
    return path, kind, note, shape


def files_of(arguments):
    for path in arguments:
        if os.path.isdir(path):
            for folder, _, names in sorted(os.walk(path)):
                yield from (os.path.join(folder, n) for n in sorted(names) if n.lower().endswith((".docx", ".docm", ".dotx", ".odt", ".ott")))
        else:
            yield path


def main(arguments):
    least = 1.0
    if "--least" in arguments:
        at = arguments.index("--least")
        least = float(arguments[at + 1])
        del arguments[at:at + 2]
    program, files = arguments[0], list(files_of(arguments[1:]))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda f: check(program, f), files))
    counts = collections.Counter(kind for _, kind, *_ in results)
    classes, shape = collections.Counter(), collections.Counter()
    for path, kind, note, found in results:
        if kind not in ("same", "named"):
            print(f"{kind:8} {path}: {note}")
        if kind in ("more", "parted"):
            classes[note.split(":")[0]] += 1
        for what, (agree, of) in found.items():
            shape.update({(what, 0): agree, (what, 1): of})
    readable = sum(counts[k] for k in ("same", "named", "more", "parted", "differs", "invented", "lost"))
    agree, explained = counts["same"] + counts["named"], counts["more"] + counts["parted"]
    print(f"{len(files)} files:", ", ".join(f"{n} {k}" for k, n in sorted(counts.items())))
    print(f"{agree} of {readable} files that both read hold the same words, or the receipt names what is missing;")
    print(f"{counts['more']} hold words of the file that pandoc leaves out, {counts['parted']} the same letters parted otherwise:")
    print("  " + ", ".join(f"{n} {c}" for c, n in classes.most_common()))
    for what in dict.fromkeys(w for w, _ in shape):
        of = shape[what, 1]
        print(f"{what}: {shape[what, 0]} of {of} as in pandoc's reading ({shape[what, 0] / max(1, of):.4f})")
    well = readable and agree + explained >= least * readable and not counts["crash"] and not counts["invented"]
    sys.exit(0 if well else 1)


main(sys.argv[1:])
