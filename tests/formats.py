#!/usr/bin/env python3
"""Reads the same policies in every format and compares what was read.

usage: formats.py PROGRAM FOLDER FILE.docx ...          makes .odt .doc .rtf .pdf and a scan of each file in FOLDER by LibreOffice and poppler
       formats.py PROGRAM --pdf FILE.pdf ...            words and their order beside pdftotext, for any PDF files

A passage agrees if its letters and digits are those of a passage read from the Word file; words are counted as multisets. Exits with 1 if a
figure is under its goal.
"""
import bisect
import collections
import json
import os
import re
import resource
import subprocess
import sys
import unicodedata

PASSAGES = {"odt": 0.97, "doc": 0.95, "rtf": 0.95, "pdf": 0.90}  # F1 of passages, pooled
WORDS = {"odt": 0.995, "doc": 0.995, "rtf": 0.995, "pdf": 0.995, "scan": 0.95}  # recall, pooled
PDF_WORDS, PDF_ORDER = 0.995, 0.98  # medians beside pdftotext
LCS_WORDS = 20000  # words of a file of which the order is compared


def read(program, path, *more):
    run = subprocess.run([program, "read", "--format", "json", *more, path], capture_output=True)
    found = json.loads(run.stdout or b'{"documents": []}')["documents"]
    return found[0] if found else None


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def all_words(document, apart=False):
    texts = [f"{b['marker'] or ''} {b['text']}" for b in document["blocks"]]
    texts += [a["text"] for a in document["apart"]] if apart else []
    return collections.Counter(w for t in texts for w in words(t))


def passages(document):
    keys = ("".join(words(b["text"])) for b in document["blocks"])
    return collections.Counter(k for k in keys if k)


def convert(folder, ending, files):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending,
                    "--outdir", os.path.join(folder, ending), *files], check=True, capture_output=True)


def scan(folder, pdf):
    """A PDF file of pictures of its pages, by poppler; the pictures are put into the smallest PDF around them."""
    base = os.path.join(folder, "page")
    subprocess.run(["pdftoppm", "-r", "150", "-gray", pdf, base], check=True)
    pages = sorted(f for f in os.listdir(folder) if f.startswith("page") and f.endswith(".pgm"))
    out, places, kids = b"%PDF-1.4\n", {}, " ".join(f"{10 + 3 * n} 0 R" for n in range(len(pages)))

    def add(number, body):
        nonlocal out
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"

    def stream(head, body):
        return b"<< %s /Length %d >> stream\n" % (head, len(body)) + body + b"\nendstream"

    add(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    add(2, f"<< /Type /Pages /Count {len(pages)} /Kids [ {kids} ] >>".encode())
    for n, name in enumerate(pages):
        data = open(os.path.join(folder, name), "rb").read()
        width, height = map(int, data.split(b"\n", 3)[1].split())
        grey = data[-width * height:]
        add(10 + 3 * n, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>" % (11 + 3 * n, 12 + 3 * n))
        add(11 + 3 * n, stream(b"", b"595 0 0 842 0 0 cm /I Do"))
        add(12 + 3 * n, stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (width, height), grey))
        os.remove(os.path.join(folder, name))
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n" + b"".join(b"%d 1\n%010d 00000 n \n" % p for p in sorted(places.items()))
    out += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, start)
    path = os.path.join(folder, "scan.pdf")
    open(path, "wb").write(out)
    return path


def formats(program, folder, files):
    os.makedirs(folder, exist_ok=True)
    folder = os.path.abspath(folder)
    truth = {os.path.splitext(os.path.basename(f))[0]: read(program, f) for f in files}
    well = True
    print("| format | passages: precision | recall | words: recall | headings: recall |\n|---|---|---|---|---|")
    for ending in PASSAGES:
        convert(folder, ending, files)
        given = wanted = right = found = total = heads = all_heads = 0
        for name, a in truth.items():
            b = read(program, os.path.join(folder, ending, f"{name}.{ending}"))
            if b is None:
                print(f"{name}.{ending} was not read")
                well = False
                continue
            x, y = passages(a), passages(b)
            given, wanted, right = given + y.total(), wanted + x.total(), right + (x & y).total()
            x, y = all_words(a), all_words(b, apart=True)
            found, total = found + (x & y).total(), total + x.total()
            head = lambda d: collections.Counter("".join(words(t["text"])) for t in d["blocks"] if t["kind"] == "heading")
            heads, all_heads = heads + (head(a) & head(b)).total(), all_heads + head(a).total()
        p, r = right / max(1, given), right / max(1, wanted)
        f1 = 2 * p * r / max(1e-9, p + r)
        well &= f1 >= PASSAGES[ending] and found >= WORDS[ending] * total
        print(f"| {ending} | {p:.3f} | {r:.3f} | {found / max(1, total):.4f} | {heads / max(1, all_heads):.3f} |")
    name = max(truth, key=lambda n: truth[n]["receipt"]["tables"])
    path = scan(folder, os.path.join(folder, "pdf", f"{name}.pdf"))
    if read(program, path) is not None:
        print("a scan was read without text recognition")
        well = False
    document = read(program, path, "--ocr")
    recall = (all_words(truth[name]) & all_words(document, apart=True)).total() / all_words(truth[name]).total() if document else 0
    print(f"text recognition of a scanned page at 150 dpi: {recall:.3f} of the words")
    return well and recall >= WORDS["scan"]


def in_order(a, b):
    """Length of the longest common subsequence."""
    places = collections.defaultdict(list)
    for at, word in enumerate(b):
        places[word].append(at)
    tails = []
    for word in a:
        for at in reversed(places.get(word, ())):
            k = bisect.bisect_left(tails, at)
            tails[k:k + 1] = [at]
    return len(tails)


def beside_poppler(program, files):
    masked = lambda line: re.sub(r"\d+", "#", " ".join(words(line)))
    recalls, orders = [], []
    spent = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])  # processor time of ended programs
    our_time = their_time = pages = 0
    for path in files:
        start = spent()
        ref = subprocess.run(["pdftotext", path, "-"], capture_output=True).stdout.decode("utf8", "replace")
        middle = spent()
        document = read(program, path)
        if document is not None:
            their_time, our_time, pages = their_time + middle - start, our_time + spent() - middle, pages + ref.count("\f")
        if document is None or len(words(ref)) < 20:
            print(f"left out: {path} ({'not read' if document is None else 'hardly a word'})")
            continue
        # Running headers and footers stand once in our reading and on every page in theirs.
        running = {masked(a["text"]) for a in document["apart"] if a["kind"] in ("header", "footer")} | {"#"}
        ref = "\n".join(l for l in re.split("[\n\f]", ref) if masked(l) not in running or not masked(l))
        theirs = words(re.sub(r"-\n\s*(?=[a-z])", "", ref))
        ours = [w for b in document["blocks"] for w in words(f"{b['marker'] or ''} {b['text']}")]
        recall = (collections.Counter(theirs) & all_words(document, apart=True)).total() / len(theirs)
        a, b = theirs[:LCS_WORDS], ours[:LCS_WORDS + 500]
        order = in_order(a, b) / max(1, (collections.Counter(a) & collections.Counter(b)).total())
        recalls.append(recall)
        orders.append(order)
        print(f"{recall:.4f} {order:.4f} {path}")
    median = lambda x: sorted(x)[len(x) // 2] if x else 0
    print(f"{len(recalls)} files beside pdftotext: median word recall {median(recalls):.4f}, median order {median(orders):.4f}; "
          f"recall of {sum(r >= PDF_WORDS for r in recalls)} files at least {PDF_WORDS}, order of {sum(o >= PDF_ORDER for o in orders)} at least {PDF_ORDER}")
    if pages and their_time:
        print(f"processor time, {pages} pages: {our_time / their_time:.2f} times that of pdftotext "
              f"({1000 * our_time / pages:.1f} and {1000 * their_time / pages:.1f} ms a page, starting the programs included)")
    return bool(recalls) and median(recalls) >= PDF_WORDS and median(orders) >= PDF_ORDER


program, rest = sys.argv[1], sys.argv[2:]
well = beside_poppler(program, rest[1:]) if rest[0] == "--pdf" else formats(program, rest[0], rest[1:])
sys.exit(0 if well else 1)
