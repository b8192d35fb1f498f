#!/usr/bin/env python3
"""Word files beside the schema of WordprocessingML: faults that a file has and its sources have not.

    python3 tests/schema.py [--xsd wml.xsd] FILE.docx…
    python3 tests/schema.py [--xsd wml.xsd] --redlines MADE.tsv

MADE.tsv: a made file and the two files it was made from on each line, parted by tabs. What is wrong in one of these already does not
count. Without --xsd the rules are those of Microsoft's Open XML SDK as the package openxml-audit carries them; with it, the
transitional schema of ISO/IEC 29500-4 in a folder that also holds the schemas it imports, after the steps of markup compatibility
(ISO/IEC 29500-3): what a part calls ignorable is left out, and of alternatives the fallback is taken.
"""
import re
import sys
import zipfile
from collections import Counter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def is_spurious(error):
    """What the package 0.8.0 reports although the standard allows it; the schema itself (--xsd) passes both.

    A font table and a theme are the writer's choice (ISO/IEC 29500-1, 11.3.5 and 14.2.7); every property of a table row may be absent, so
    one with a tracked change alone is whole (17.4.81).
    """
    said = error.description
    return (
        (said.startswith("A required relationship type") and ("/fontTable'" in said or "/theme'" in said))
        or (said == "Required sequence content is missing" and re.search(r"/trPr\[\d+\]$", error.path))
    )


def by_rules():
    from openxml_audit import OpenXmlValidator

    def faults(path):
        # A validator remembers the numbers of comments and notes of the file before, so each file has its own.
        errors = OpenXmlValidator(max_errors=0).validate(path).errors
        return Counter(f"{e.part_uri}: {e.description} ({e.path})" for e in errors if not is_spurious(e))

    return faults


def by_schema(schema):
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(schema))

    def plain(root):
        """The part as an application reads it that knows no extension."""
        for element in list(root.iter(etree.Element)):
            ignorable = element.attrib.pop(MC + "Ignorable", None)
            if ignorable is not None:
                spaces = {element.nsmap.get(p) for p in ignorable.split()}
                for inner in list(element.iter(etree.Element)):
                    for name in [n for n in inner.attrib if n[1:].split("}")[0] in spaces and n[0] == "{"]:
                        del inner.attrib[name]
                    if inner is not element and etree.QName(inner).namespace in spaces and inner.getparent() is not None:
                        inner.getparent().remove(inner)
        for element in list(root.iter(MC + "AlternateContent")):
            parent, fallback = element.getparent(), element.find(MC + "Fallback")
            at = parent.index(element)
            parent[at : at + 1] = list(fallback) if fallback is not None else []
        return root

    def faults(path):
        found = Counter()
        with zipfile.ZipFile(path) as z:
            for name in z.namelist():
                if not name.endswith(".xml"):
                    continue
                root = plain(etree.fromstring(z.read(name)))
                if etree.QName(root).namespace == W and not schema.validate(root.getroottree()):
                    for e in schema.error_log:
                        found[f"{name}: {e.message}"] += 1
        return found

    return faults


def same(fault):
    """A fault without its part, its place and the numbers in it: a redline puts text elsewhere than its sources."""
    return re.sub(r"\d+", "N", re.sub(r" \(/[^()]*\)$", "", fault.split(": ", 1)[-1]))


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--xsd"]:
        faults, arguments = by_schema(arguments[1]), arguments[2:]
    else:
        faults = by_rules()
    if arguments[:1] == ["--redlines"]:
        rows = [line.rstrip("\n").split("\t") for line in open(arguments[1])]
    else:
        rows = [[path] for path in arguments]
    faulty = 0
    for made, *sources in rows:
        known = {same(f) for source in sources for f in faults(source)}
        new = {f: n for f, n in faults(made).items() if same(f) not in known}
        faulty += bool(new)
        for fault, count in sorted(new.items()):
            print(f"{made}: {count} × {fault[:300]}")
    print(f"{len(rows) - faulty} of {len(rows)} Word files are as the schema wants them")
    sys.exit(1 if faulty or not rows else 0)


if __name__ == "__main__":
    main()
