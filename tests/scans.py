#!/usr/bin/env python3
"""Scans made of real policies, read with --ocr, beside what pdftotext says of the files they were made from.

usage: scans.py PROGRAM FOLDER FILE.pdf ...          makes the scans in FOLDER; needs poppler, Pillow, numpy and tesseract

Of each file the first pages are drawn at 150 and 200 dots an inch, turned by less than a degree, greyed and strewn with noise as a scanner
does, and put into a PDF of pictures alone; a mixed file has its first page as text and the next as a picture. Prints the recall of words.
"""
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata

import numpy
from PIL import Image

PAGES = 2  # pages of each file
TURN = 0.6  # degrees
NOISE = 14  # standard deviation of a grey value of 0 to 255


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower()))


def scanned(file, first, last, dots, base):
    subprocess.run(["pdftoppm", "-r", str(dots), "-gray", "-f", str(first), "-l", str(last), file, base], check=True)
    folder, stem = os.path.split(base)
    pages = sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.startswith(stem) and f.endswith(".pgm"))
    random = numpy.random.default_rng(1)  # the same noise each time
    pictures = []
    for page in pages:
        turned = Image.open(page).rotate(TURN, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = numpy.asarray(turned, dtype=float) * 0.85 + 20 + random.normal(0, NOISE, (turned.height, turned.width))
        pictures.append(Image.fromarray(grey.clip(0, 255).astype("uint8")))
        os.remove(page)
    pictures[0].save(base + ".pdf", save_all=True, append_images=pictures[1:], resolution=dots)
    return base + ".pdf"


def measure(program, path, truth):
    run = subprocess.run([program, "read", "--ocr", "--format", "json", "--quiet", path], capture_output=True)
    found = json.loads(run.stdout or b'{"documents": []}')["documents"]
    if not found:
        return 0.0, 0.0, "not read"
    read = words(" ".join([f"{b['marker'] or ''} {b['text']}" for b in found[0]["blocks"]] + [a["text"] for a in found[0]["apart"]]))
    right = (truth & read).total()
    return right / max(1, truth.total()), right / max(1, read.total()), " ".join(found[0]["receipt"]["notices"])[:140]


def main(program, folder, *files):
    os.makedirs(folder, exist_ok=True)
    print("| scan | words: recall | precision | remark |\n|---|---|---|---|")
    for number, file in enumerate(files):
        text = lambda last: words(subprocess.run(["pdftotext", "-l", str(last), file, "-"], capture_output=True, check=True).stdout.decode())
        made = [(f"{dots} dpi", scanned(file, 1, PAGES, dots, os.path.join(folder, f"scan{number}-{dots}"))) for dots in (150, 200)]
        picture = scanned(file, 2, PAGES, 200, os.path.join(folder, f"part{number}"))
        plain, mixed = os.path.join(folder, f"text{number}.pdf"), os.path.join(folder, f"mixed{number}.pdf")
        subprocess.run(["pdfseparate", "-f", "1", "-l", "1", file, plain], check=True)
        subprocess.run(["pdfunite", plain, picture, mixed], check=True)
        for name, path in made + [("mixed", mixed)]:
            recall, precision, remark = measure(program, path, text(PAGES))
            print(f"| {os.path.basename(file)}, {name} | {recall:.4f} | {precision:.4f} | {remark} |", flush=True)


main(*sys.argv[1:])
