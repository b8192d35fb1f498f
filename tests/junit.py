#!/usr/bin/env python3
"""Holds a JUnit file to what the Jenkins schema (junit-10.xsd) demands of it, as rules: which elements stand in which, which attributes each
must and may have, of what type; and that the counts are those of the cases. With a second file: a SARIF log held to a JSON schema, where
the Python module jsonschema is installed.

usage: junit.py CHECK-JUNIT.xml [CHECK.sarif SARIF-SCHEMA.json]
"""
import json
import re
import sys
import xml.etree.ElementTree as xml

COUNT = re.compile(r"\d+\Z")
# element: (elements allowed in it, attributes it must have, attributes it may have)
RULES = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors", "disabled", "skipped"}),
    "testsuite": ({"properties", "testcase", "system-out", "system-err", "testsuite"}, {"name", "tests"},
                  {"failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package", "file"}),
    "testcase": ({"skipped", "error", "failure", "system-out", "system-err"}, {"name", "classname"}, {"time", "assertions", "status", "file"}),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "skipped": (set(), set(), {"type", "message"}),
}
COUNTS = {"tests", "failures", "errors", "skipped", "disabled", "assertions"}


def faults(element):
    if element.tag not in RULES:
        yield f"<{element.tag}> is unknown"
        return
    children, must, may = RULES[element.tag]
    for child in element:
        if child.tag not in children:
            yield f"<{child.tag}> in <{element.tag}>"
        yield from faults(child)
    for name in must - set(element.attrib):
        yield f"<{element.tag}> without {name}"
    for name, value in element.attrib.items():
        if name not in must | may:
            yield f"<{element.tag} {name}>"
        if name in COUNTS and not COUNT.match(value):
            yield f"{name} is “{value}”"
    if element.tag in ("testsuite", "testsuites"):
        cases = list(element.iter("testcase"))
        found = {"tests": len(cases)}
        for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            found[name] = sum(case.find(child) is not None for case in cases)
        for name, count in found.items():
            if int(element.get(name, count)) != count:
                yield f"{element.get('name')}: {name} says {element.get(name)}, there are {count}"


wrong = list(faults(xml.parse(sys.argv[1]).getroot()))
if len(sys.argv) > 3:
    import jsonschema
    schema = json.load(open(sys.argv[3], encoding="utf-8"))
    log = json.load(open(sys.argv[2], encoding="utf-8"))
    wrong += [e.message[:200] for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(log)]
for fault in wrong:
    print(fault)
print(f"{len(wrong)} faults")
sys.exit(1 if wrong else 0)
