#!/usr/bin/env python3
"""Adopts one file and checks another against it, through the program as a clerk runs it.

usage: drift.py PROGRAM --gold GOLD.json BEFORE AFTER       a version pair whose changes are classified: hunks [line in BEFORE, class]
       drift.py PROGRAM --versions BEFORE AFTER ...         version pairs: every changed word beside Python's own word comparison
       drift.py PROGRAM --formats FOLDER FILE.docx ...      each Word file as .pdf .odt .html by LibreOffice, reflowed and renumbered by
                                                            pandoc, in FOLDER: none of them is drift
       --show                                               prints every finding

The oracle is not ours: the texts of --versions are read by pandoc or pdftotext and compared by difflib. Exits with 1 if a change of substance
of a gold file is not reported or a reflow is, if a version pair misses a changed word or reports an unchanged passage, or if a file in another
format has a finding.
"""
import collections
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

SETTINGS = """[[school]]
id = "a"
name = "Thistlemere Infant School"
[[school]]
id = "b"
name = "Thistlemere Junior School"
[topics]
"{copy}" = "behaviour"
"""


def drift(program, before, after):
    """The drift findings of AFTER as a copy of BEFORE; none if one of the two cannot be read."""
    with tempfile.TemporaryDirectory() as home:
        for folder in ("a", "b", "shared"):
            os.mkdir(os.path.join(home, folder))
        adopted = shutil.copy(before, os.path.join(home, "shared"))
        copy = os.path.basename(shutil.copy(after, os.path.join(home, "a")))
        with open(os.path.join(home, "common-ground.toml"), "w", encoding="utf-8") as file:
            file.write(SETTINGS.format(copy="a/" + copy.replace("\\", "\\\\").replace('"', '\\"')))
        shutil.copy(before, os.path.join(home, "b"))
        made = subprocess.run([program, "adopt", home, adopted, "--topic", "behaviour", "--on", "2026-01-05", "--minute", "item 1",
                               "--approved-by", "a=full governing body", "--quiet"], capture_output=True, text=True)
        if made.returncode != 0:
            return None
        run = subprocess.run([program, "check", os.path.join(home), "--today", "2026-11-24", "--format", "json", "--out", "-", "--quiet"],
                             capture_output=True, text=True)
        found = json.loads(run.stdout)["findings"] if run.stdout else None
        if found is None or any(f["rule"] == "copy_missing" for f in found):
            return None
        return [f for f in found if f["rule"] == "drift"]


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def plain(path):
    """The text of a file as pandoc or poppler reads it."""
    if path.lower().endswith(".pdf"):
        return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True).stdout
    return subprocess.run(["pandoc", "--to", "plain", "--wrap", "none", path], capture_output=True, text=True).stdout


def said(finding):
    """What a finding quotes, of both texts."""
    return " ".join(str(finding.get(k) or "") for k in ("says", "quote", "adopted"))


def gold(program, labels, before, after, show):
    found = drift(program, before, after)
    lines = open(before, encoding="utf-8").read().splitlines()
    texts = [" ".join(words(said(f))) for f in found]
    scores, right = collections.Counter(), True
    hunks = json.load(open(labels, encoding="utf-8"))["hunks"]
    starts = [at for at, _ in hunks] + [len(lines) + 1]
    for (at, kind), end in zip(hunks, starts[1:]):
        # A hunk's lines up to the next blank one; a finding is about it if it quotes the longest of them.
        stretch = [line for line in lines[at - 1:end - 1]]
        stretch = stretch[:next((n for n, line in enumerate(stretch) if n and not line.strip()), len(stretch))]
        key = " ".join(words(max(stretch, key=len, default="")))
        reported = bool(key) and any(key in text for text in texts)
        scores[kind.split(":")[0], reported] += 1
        right &= reported == kind.startswith("substance") or kind.startswith("cosmetic")
        print(f"  line {at}: {kind}: {'reported' if reported else 'not reported'}")
    if show:
        for f in found:
            print("   ", f["severity"], f["says"])
    print(f"{len(found)} findings; " + ", ".join(f"{k}: {n} {'reported' if r else 'not reported'}" for (k, r), n in sorted(scores.items())))
    return right


def versions(program, paths, show):
    """Changed words, by difflib over another reader's text, beside what the findings quote."""
    total, right = collections.Counter(), True
    print(f"{'pair':44} {'words':>6} {'changed':>7} {'reported':>8} {'missed':>6} {'findings':>8} {'unfounded':>9}")
    for before, after in zip(paths[::2], paths[1::2]):
        found = drift(program, before, after)
        name = os.path.basename(after)[:44]
        if found is None:
            print(f"{name:44} not read")
            continue
        a, b = words(plain(before)), words(plain(after))
        gone, new = collections.Counter(), collections.Counter()
        matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
        for kind, i, j, k, l in matcher.get_opcodes():
            if kind != "equal":
                gone.update(a[i:j])
                new.update(b[k:l])
        moved = gone & new
        gone, new = gone - moved, new - moved
        quoted = collections.Counter(w for f in found for w in words(said(f)))
        changed = gone + new
        missed = changed - quoted
        unfounded = [f for f in found if not (collections.Counter(words(said(f))) & changed)]
        if show:
            for f in found:
                print("   ", f["severity"], f["says"][:300])
            print("    missed:", " ".join(sorted(missed))[:400])
            for f in unfounded:
                print("    unfounded:", f["says"][:200])
        counts = {"words": len(a), "changed": sum(changed.values()), "missed": sum(missed.values()), "findings": len(found),
                  "unfounded": len(unfounded)}
        total.update(counts)
        print(f"{name:44} {counts['words']:6} {counts['changed']:7} {counts['changed'] - counts['missed']:8} {counts['missed']:6} "
              f"{counts['findings']:8} {counts['unfounded']:9}")
    print(f"{'all':44} {total['words']:6} {total['changed']:7} {total['changed'] - total['missed']:8} {total['missed']:6} "
          f"{total['findings']:8} {total['unfounded']:9}")
    return right


def convert(folder, ending, files):
    """Files that are there already from an earlier run are kept: LibreOffice takes most of the time."""
    out = os.path.join(folder, ending.split(":")[0])
    made = {os.path.splitext(f)[0] for f in os.listdir(out)} if os.path.isdir(out) else set()
    files = [f for f in files if os.path.basename(f)[:-5] not in made]
    if files:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{os.path.abspath(folder)}/profile", "--headless", "--convert-to", ending,
                        "--outdir", out, *files], check=True, capture_output=True)
    return out


def markdown(path, target, *more):
    subprocess.run(["pandoc", "--from", "docx", "--to", "gfm-raw_html", "--output", target, *more, path], check=True, capture_output=True)
    return target


def renumber(path, first):
    """Gives the headings numbers that begin with `first`."""
    text, counts = [], [first - 1] + [0] * 8
    for line in open(path, encoding="utf-8"):
        mark = re.match("(#+) (.*)", line)
        if mark:
            level = len(mark[1])
            counts[level - 1] += 1
            counts[level:] = [0] * (9 - level)
            line = f"{mark[1]} {'.'.join(str(max(n, 1)) for n in counts[:level])} {mark[2]}\n"
        text.append(line)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(text)
    return path


def formats(program, folder, files, show):
    once = os.path.join(folder, "docx")
    os.makedirs(os.path.join(folder, "md"), exist_ok=True)
    os.makedirs(once, exist_ok=True)
    # Names that come twice in different folders would overwrite each other.
    sources = [shutil.copy(f, os.path.join(once, f"{n:03}.docx")) for n, f in enumerate(files)]
    right = True
    for ending in ("pdf", "odt", "html:HTML:EmbedImages", "reflowed", "renumbered"):
        short = ending.split(":")[0]
        out = os.path.join(folder, "md") if short.startswith("re") else convert(folder, ending, sources)
        read = clean = findings = 0
        classes = collections.Counter()
        for source, original in zip(sources, files):
            base = os.path.join(out, os.path.basename(source)[:-5])
            before, target = source, f"{base}.{short}"
            if short.startswith("re"):
                before = markdown(source, base + ".md", "--wrap", "none")
                target = markdown(source, f"{base}-{short}.md", "--wrap", "auto", "--columns", "48" if short == "reflowed" else "90")
                if short == "renumbered":
                    renumber(target, 4)
            found = drift(program, before, target) if os.path.exists(target) else None
            if found is None:
                continue
            read += 1
            clean += not found
            findings += len(found)
            if found:
                classes[os.path.basename(original)] = len(found)
            if found and show:
                print(f"  {short} {os.path.basename(original)}: {len(found)}")
                for f in found[:6]:
                    print("     ", f["says"][:200], "|", (f["adopted"] or "")[:90], "|", f["quote"][:90])
        right &= clean == read
        print(f"{short:10} {read:3} files, {clean:3} without drift, {findings} findings", flush=True)
        for name, count in classes.most_common():
            print(f"    {count:4} {name}")
    return right


def main():
    arguments = [a for a in sys.argv[1:] if a != "--show"]
    show = len(arguments) < len(sys.argv) - 1
    program, mode, *rest = arguments
    program = os.path.abspath(program)
    done = {"--gold": lambda: gold(program, *rest, show), "--versions": lambda: versions(program, rest, show),
            "--formats": lambda: formats(program, rest[0], rest[1:], show)}[mode]()
    sys.exit(0 if done else 1)


main()
