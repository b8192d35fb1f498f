#!/usr/bin/env python3
"""Validates a JUnit file against the Jenkins schema and a SARIF log against that of SARIF 2.1.0, and holds the JUnit file's counts to its cases.

usage: junit.py CHECK-JUNIT.xml JUNIT.xsd CHECK.sarif SARIF-SCHEMA.json
"""
import json
import sys

import jsonschema
from lxml import etree

junit, xsd, log, schema = sys.argv[1:]
schema = json.load(open(schema, encoding="utf-8"))
log = json.load(open(log, encoding="utf-8"))
document = etree.parse(junit)
against = etree.XMLSchema(etree.parse(xsd))
against.validate(document)
wrong = [f"{e.line}: {e.message}" for e in against.error_log]
for suite in document.iter("testsuite", "testsuites"):
    cases = list(suite.iter("testcase"))
    found = {"tests": len(cases)}
    for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found[name] = sum(case.find(child) is not None for case in cases)
    for name, count in found.items():
        if int(suite.get(name, count)) != count:
            wrong.append(f"{suite.get('name')}: {name} says {suite.get(name)}, there are {count}")
wrong += [e.message[:200] for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(log)]
for fault in wrong:
    print(fault)
print(f"{len(wrong)} faults")
sys.exit(1 if wrong else 0)
