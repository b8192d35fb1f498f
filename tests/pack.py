#!/usr/bin/env python3
"""The governors' pack, or another paper, as PDF, by programs that are not ours: tagged, titled, fonts embedded, as many pages as there should be, the page's words.

usage: pack.py PACK.pdf PACK.html [PACK-OF-WORD.pdf]
"""

import html
import re
import subprocess
import sys


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def words(text):
    # Runs of letters and figures: marks, hyphens at line ends and spaces are each program's own.
    return re.findall(r"[a-z0-9£]+", text.lower())


def of_page(path):
    text = open(path, encoding="utf-8").read()
    main = text.split('<main id="main">')[1].split("</main>")[0]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)
    # What only narrow pages or screen readers get.
    main = re.sub(r'<span class="(who|hidden)">.*?</span>', " ", main, flags=re.S)
    main = re.sub(r'<nav aria-label="Contents".*?</nav>', " ", main, flags=re.S)
    return words(html.unescape(re.sub(r"<[^>]+>", " ", main)))


def counted(all_words):
    out = {}
    for word in all_words:
        out[word] = out.get(word, 0) + 1
    return out


def main():
    pdf, page, word = sys.argv[1], sys.argv[2], sys.argv[3:]
    faults = []
    info = run("pdfinfo", pdf)
    for wanted in [r"Tagged:\s+yes", r"Title:\s+\S", r"Page size:.*A4", r"PDF subtype:\s+PDF/UA-1|Metadata Stream:\s+yes"]:
        if not re.search(wanted, info):
            faults.append(f"pdfinfo does not say {wanted}")
    if "pdfuaid" not in run("pdfinfo", "-meta", pdf):
        faults.append("does not call itself PDF/UA")
    for line in run("pdffonts", pdf).splitlines()[2:]:
        if not re.search(r"\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$", line):
            faults.append(f"font not embedded: {line}")
    structure = run("pdfinfo", "-struct", pdf)
    pictures = ["Figure"] if "<figure" in open(page, encoding="utf-8").read() else []
    for kind in ["H1", "H2", "Table", "TH", "TD", "Link", "Caption"] + pictures:
        if not re.search(rf"^\s*{kind}\b", structure, re.M):
            faults.append(f"no {kind} among the tags")
    wanted = counted(of_page(page))
    for path in [pdf, *word]:
        got = counted(words(run("pdftotext", "-layout" if path == pdf else "-raw", path, "-")))
        missing = sum(max(0, n - got.get(w, 0)) for w, n in wanted.items())
        total = sum(wanted.values())
        print(f"{path}: {total - missing} of {total} words of the page ({100 * (total - missing) / total:.2f} %)")
        # Words that are broken at the end of a line in a narrow column are two pieces to pdftotext.
        if missing > total / 100:
            faults.append(f"{missing} of {total} words of the page are not in {path}")
    pages = int(re.search(r"Pages:\s+(\d+)", info)[1])
    print(f"{pages} pages")
    print("\n".join(faults) or "no faults")
    return 1 if faults else 0


sys.exit(main())
