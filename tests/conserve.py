#!/usr/bin/env python3
"""Compares the words that common-ground reads from Word and OpenDocument files with those that pandoc reads.

usage: conserve.py PROGRAM FILE|FOLDER ... [--least SHARE] [--office] [--shapes]        (.docx and .odt; folders are searched)

A word is a run of two or more letters or three or more digits, so that numbers which one program writes as text and the other as a list's number do not
count. Each file that both read is one of
  equal        the same multiset of words; the words of a table's caption, which pandoc may take from the table's properties, may be missing
  named        words that only pandoc has, and the receipt says that something was not read
  explained    every word that only common-ground has stands, as often, in a place of the file that pandoc is known to pass over (CLASSES: elements of the
               file's own XML), or the file's XML parts it as common-ground does
  unexplained  anything else, a word that is not in the XML ("invented"), or text that pandoc finds in a file that common-ground refuses ("lost")
Exits with 1 if fewer than SHARE of the files are of the first three kinds (default 1.0), or one ended the program or passed 5 s or 512 MB. With --office
the explained files are also given to LibreOffice, whose text must hold the words that only common-ground has.

Then: how many of pandoc's headings are headings here too, and of the same level; how many list items have the same number or bullet; how many table cells
stand in the same row and column. --shapes prints the first that differ in each file.
"""
import collections
import concurrent.futures
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as etree
import zipfile

from pandoc import plain, text_of, tree_of

WORD = re.compile(r"[^\W\d_]{2,}|\d{3,}")


SECONDS = 5
MEMORY = 512 * 1024 * 1024


def bounded():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # a busy machine is no fault of the reader


def words(text):
    return collections.Counter(w.lower() for w in WORD.findall(text.replace("\u00ad", "")))


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


def name(element):
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


FIELDS = {"sequence", "page-number", "page-count", "date", "time", "user-field-get", "expression", "bookmark-ref", "chapter", "file-name", "author-name", "title",
          "author-initials", "creation-date", "creation-time", "modification-date", "modification-time", "print-date", "editing-duration", "editing-cycles", "creator",
          "reference-ref", "note-ref", "sequence-ref", "variable-set", "variable-get", "variable-input", "text-input", "user-defined", "placeholder", "subject",
          "keywords", "description", "initial-creator", "printed-by", "template-name", "word-count", "character-count", "paragraph-count", "table-count",
          "image-count", "object-count", "conditional-text", "hidden-text", "database-display", "database-name", "sheet-name", "measure", "drop-down", "script",
          "sender-firstname", "sender-lastname", "sender-company", "dde-connection", "execute-macro", "bibliography-mark"}


def inside(around, outer, inner):
    """Whether an element of `inner` stands in one of `outer`."""
    at = next((n for n, x in enumerate(around) if x in outer), None)
    return at is not None and any(x in inner for x in around[at + 1:])


# Where pandoc reads nothing, or reads something else than text, by the names of the elements around a text, from the outermost. The first that holds counts.
CLASSES = (
    ("formula (a picture of signs for pandoc)", lambda a: "oMath" in a or "math" in a),
    ("text box inside a text box, a note or a table", lambda a: bool({"txbxContent", "text-box", "textbox"} & set(a))),
    ("list, heading, table or section in a cell of an .odt table",
     lambda a: inside(a, {"table-cell", "covered-table-cell"}, {"list", "h", "table", "section", "table-of-content"})),
    ("header row after the first, or group of rows, of an .odt table",
     lambda a: inside(a, {"table"}, {"table-header-rows", "table-rows", "table-row-group"})),
    ("list in a note of an .odt file", lambda a: inside(a, {"note-body"}, {"list"})),
    ("field of an .odt file", lambda a: "document-content" in a and bool(FIELDS & set(a))),
    ("title or body of an index of an .odt file", lambda a: "index-title" in a or "index-body" in a),
    ("section or annotated text (text:meta) of an .odt file", lambda a: bool({"section", "meta"} & set(a)) and "document-content" in a),
    ("paragraph inside a paragraph of an .odt file", lambda a: inside(a, {"p"}, {"p"}) and "document-content" in a),
    ("simple field of a Word file", lambda a: "fldSimple" in a),
    ("text with a reading aid, or of a set direction", lambda a: bool({"rubyBase", "bdo", "dir"} & set(a))),
    ("custom markup, smart tag or content control", lambda a: bool({"customXml", "smartTag", "sdtContent"} & set(a))),
    ("element of no known kind, or that should be empty, in an .odt file", lambda a: "document-content" in a and bool({"foreign", "bookmark"} & set(a))),
    ("second body of a Word file", lambda a: "second body" in a),
)
PARTS = {"p", "h", "tab", "line-break", "br", "cr", "s"}


def places(path):
    """The words of the file's own XML, as often as they stand there: all of them, and those of each class."""
    everything, of_class = collections.Counter(), [collections.Counter() for _ in CLASSES]
    with zipfile.ZipFile(path) as package:
        referred = {}
        # The text first: a note is passed over where the sign that refers to it is.
        for part in sorted(package.namelist(), key=lambda n: not n.endswith("document.xml")):
            if not part.endswith(".xml") or package.getinfo(part).file_size > 64 << 20:
                continue
            try:
                root = etree.fromstring(package.read(part))
            except etree.ParseError:
                continue
            text, owners, kinds, bodies = [], [], {}, 0
            stack = [(root, ())]
            while stack:
                element, around = stack.pop()
                if isinstance(element, str):
                    if around not in kinds:
                        kinds[around] = next((n for n, (_, holds) in enumerate(CLASSES) if holds(around)), None)
                    text.append(element.replace("\u00ad", ""))
                    owners += [kinds[around]] * len(text[-1])
                    continue
                title = name(element)
                if title in ("footnoteReference", "endnoteReference"):
                    referred[title[:-len("Reference")], *element.attrib.values()] = around
                if title in ("footnote", "endnote"):
                    around = (*referred.get((title, *element.attrib.values()), ()), *around)
                if "}" not in element.tag:
                    title = "foreign"
                if title == "rt":
                    continue  # a reading aid above a word parts it
                if title == "body":
                    bodies += 1
                    title = "second body" if bodies > 1 else title
                if title in PARTS:
                    text.append(" ")
                    owners.append(None)
                if title in ("p", "h", "note"):
                    stack.append((" ", ()))
                children = [element.text] + [y for child in element for y in (child, child.tail)]
                inner = (*around, title)
                stack.extend((c, inner) for c in reversed(children) if c is not None)
            for word in WORD.finditer("".join(text)):
                everything[word.group().lower()] += 1
                found = {owners[n] for n in range(word.start(), word.end())} - {None}
                if found:
                    of_class[min(found)][word.group().lower()] += 1
    return everything, of_class


def explained(path, extra, missing):
    """The classes that account for every word which only common-ground has, and what they leave over."""
    everything, of_class = places(path)
    used, all_extra = [], extra
    for (title, _), words_of in zip(CLASSES, of_class):
        if extra & words_of:
            used.append(title)
            extra = extra - words_of
    # Words that pandoc joins or parts: the XML has them as common-ground does, and pandoc's pieces stand in them or are made of them.
    within = lambda w: any(w in x or x in w for x in all_extra)
    parted = extra & everything
    if missing and all(map(within, missing)):
        used.append("parted otherwise than in the file's XML")
        extra, missing = extra - parted, collections.Counter()
    return used, extra, missing


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


def structure(document, tree, odt):
    """Pairs of how many agree and how many there are: headings, their levels, list items, their numbers, cells."""
    headings, items, cells = shapes(tree["blocks"])
    blocks = [(plain(b["text"]), b) for b in document["blocks"]]
    heads, marked, places = collections.Counter(), collections.defaultdict(list), collections.Counter()
    levels = collections.Counter()
    first = {}
    for _, b in blocks:
        if b.get("cell") and not (odt and b["cell"]["header"]):  # pandoc passes over header rows of .odt tables
            first.setdefault(b["cell"]["table"], b["cell"]["row"])
    for text, b in blocks:
        # A heading's number may be typed: then it is a mark here and text there.
        for t in {text, plain(b["marker"] or "") + text}:
            if b["kind"] == "heading" or b["role"] in ("title", "contents"):
                heads[t] += 1
                levels[t, b["level"]] += 1
            marked[t].append(b["marker"])
            if b.get("cell"):
                places[t, b["cell"]["row"] - first.get(b["cell"]["table"], 0), b["cell"]["column"]] += 1
    known = [h for h in headings if h[0]]
    found = [h for h in known if heads[h[0]]]
    items = [i for i in items if i[0] and i[0] in marked]
    listed = [i for i in items if any(marked[i[0]])]
    # A number may have words around it ("Step 3a") and those of the levels above in front of it.
    agree = lambda text, number: any(shown(number) in re.findall(r"\d+|[^\W\d_]+", (m or "").lower()) for m in marked[text])
    compared = {
        "headings": (known, lambda h: heads[h[0]]),
        "levels of headings": (found, lambda h: levels[h]),
        "list items": (items, lambda i: any(marked[i[0]])),
        "numbers of list items": ([i for i in listed if i[1]], lambda i: agree(*i)),
        "table cells": (cells, lambda c: places[c]),
    }
    bad = {what: [x for x in all_of if not holds(x)] for what, (all_of, holds) in compared.items()}
    bad["numbers of list items"] = [(text, number, marked[text]) for text, number in bad["numbers of list items"]]
    return {what: (len(all_of) - len(bad[what]), len(all_of), bad[what]) for what, (all_of, _) in compared.items()}


def check(program, path):
    """A file's kind, what there is to say about it, how its structure agrees, and the words that only common-ground has."""
    kind, text, rest = ours(program, path)
    if kind == "crash":
        return kind, text, {}, None
    tree = tree_of(path, "--track-changes=accept")
    notes, captions = [], []
    other = None if tree is None else " ".join([*(text_of(x, notes, captions) for x in [tree["blocks"], *meta_parts(tree["meta"])]), *notes])
    if kind == "refused":
        lost = words(other or "")
        hidden = "hidden" in text  # pandoc does not know hidden text of .odt files
        return ("lost" if lost and "text" in text and "parts of" not in text and not hidden else kind), f"{text} {list(lost)[:6]}", {}, None
    if other is None:
        return "only ours", "", {}, None
    unread, ours_only, document = rest
    shape = structure(document, tree, path.lower().endswith((".odt", ".ott")))
    a, b = words(text), words(other)
    captions = words(" ".join(captions))
    missing, extra = b - a, a - b - captions - ours_only  # pandoc leaves text boxes and the numbers of lists out
    if not missing and not extra:
        return "equal", "", shape, None
    used, over, left = explained(path, extra, missing)
    note = f"missing {sum(left.values())} {list(left)[:6]} more {sum(over.values())} {list(over)[:6]} unread {sorted(set(unread))}"
    if over:
        return "unexplained", note, shape, None
    if left or missing and not used:
        return ("named" if unread else "unexplained"), note, shape, None
    return ("explained", "; ".join(used), shape, extra) if extra else ("named", note, shape, None)


def office(results):
    """LibreOffice's text of the files that pandoc reads otherwise: whether it holds the words that only common-ground has, and shows the same numbers of lists."""
    numbers = "numbers of list items"
    results = [r for r in results if r[1][0] == "explained" or r[1][2].get(numbers, (0, 0, []))[2]]
    explained = confirmed = shown_so = of = 0
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for at, (path, _) in enumerate(results):
            copies.append(os.path.join(folder, f"{at}{os.path.splitext(path)[1]}"))
            shutil.copy(path, copies[-1])
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "txt:Text", "--outdir", f"{folder}/out", *copies],
                       capture_output=True, timeout=1200)
        for at, (path, (kind, note, shape, extra)) in enumerate(results):
            try:
                text = open(f"{folder}/out/{at}.txt", encoding="utf-8-sig", errors="replace").read()
            except OSError:
                text = ""
            if kind == "explained":
                explained += 1
                lack = extra - words(text)
                confirmed += not lack
                if lack and "formula" not in note:
                    print(f"  not in LibreOffice's text: {sorted(lack)[:6]} of {path} ({note})")
            lines = {plain(line) for line in text.split("\n")}
            for item, _, markers in shape.get(numbers, (0, 0, []))[2]:
                of += 1
                shown_so += any(plain(m or "") + item in lines for m in markers)
    print(f"LibreOffice shows the words that only common-ground has in {confirmed} of {explained} explained files,")
    print(f"  and {shown_so} of the {of} list numbers on which pandoc differs as common-ground does")


def files_of(arguments):
    for path in arguments:
        if os.path.isdir(path):
            for folder, _, names in sorted(os.walk(path)):
                yield from (os.path.join(folder, n) for n in sorted(names) if n.lower().endswith((".docx", ".docm", ".dotx", ".odt", ".ott")))
        else:
            yield path


def taken(arguments, option):
    """Whether an option was given; it is taken out."""
    given = option in arguments
    if given:
        arguments.remove(option)
    return given


def main(arguments):
    least = 1.0
    if "--least" in arguments:
        at = arguments.index("--least")
        least = float(arguments[at + 1])
        del arguments[at:at + 2]
    by_office, by_shape = taken(arguments, "--office"), taken(arguments, "--shapes")
    program, files = arguments[0], list(files_of(arguments[1:]))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(zip(files, pool.map(lambda f: check(program, f), files)))
    good = True
    for form, endings in (("Word", (".docx", ".docm", ".dotx")), ("OpenDocument", (".odt", ".ott"))):
        mine = [r for r in results if r[0].lower().endswith(endings)]
        if mine:
            good &= told(form, mine, least, by_shape)
    if by_office:
        office(results)
    sys.exit(0 if good else 1)


def told(form, results, least, by_shape):
    """Prints what the files of one form came to; whether enough of them agree."""
    counts = collections.Counter(kind for _, (kind, *_) in results)
    classes, shape = collections.Counter(), collections.Counter()
    for path, (kind, note, found, _) in results:
        if kind not in ("equal", "named", "refused", "explained"):
            print(f"{kind:11} {path}: {note}")
        if kind == "explained":
            classes[note] += 1
        for what, (agree, of, first) in found.items():
            shape.update({(what, 0): agree, (what, 1): of})
            if by_shape and first:
                print(f"{what} {agree} of {of} {path}: {first[:3]}")
    both = [kind for kind in ("equal", "named", "explained", "unexplained", "lost") if counts[kind]]
    readable = sum(counts[k] for k in both)
    apart = ", ".join(f"{counts[k]} {k}" for k in ("refused", "only ours", "crash") if counts[k])
    print(f"{form}: {len(results)} files; {apart or 'none'} apart, {readable} that both read: " + ", ".join(f"{counts[k]} {k} ({counts[k] / readable:.4f})" for k in both))
    for title, count in classes.most_common():
        print(f"  {count} explained by: {title}")
    for what in dict.fromkeys(w for w, _ in shape):
        of = shape[what, 1]
        print(f"  {what}: {shape[what, 0]} of {of} as in pandoc's reading ({shape[what, 0] / max(1, of):.4f})")
    agree = counts["equal"] + counts["named"] + counts["explained"]
    return agree >= least * readable and not counts["crash"]


main(sys.argv[1:])
