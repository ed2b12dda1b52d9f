"""JUnit XML, which CI systems show as test results: a file is a suite, a finding a test in it.

A finding that makes the command fail is a failed test; a milder one is a passed test with output. A file without
findings has one passed test. Names of tests contain no line numbers, so that they stay the same when lines move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeykit.finding import Finding
from journeykit.output.findings import full
from journeykit.output.paint import Paint, one_line, shown_name
from journeykit.output.report import Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CLEAN = "no findings"
"""The name of the test of a file without findings."""


def write(report: Report, _paint: Paint) -> str:
    """Return an XML document in ASCII, with character references, which every stream can encode."""
    from xml.etree.ElementTree import Element, indent, tostring

    found: dict[str, list[Finding]] = {name: [] for name in report.names}
    for finding in report.findings:
        found.setdefault(finding.file, []).append(finding)
    root = Element("testsuites", name="journeykit")
    for file, findings in found.items():
        _suite(root, shown_name(file), sorted(findings, key=lambda finding: finding.order), report)
    for counted in ("tests", "failures", "errors"):
        root.set(counted, str(sum(int(suite.attrib[counted]) for suite in root)))
    indent(root)
    text: bytes = tostring(root, "us-ascii", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text.decode()}\n'


def _suite(root: Element, file: str, findings: Sequence[Finding], report: Report) -> None:
    from xml.etree.ElementTree import SubElement

    failing = sum(finding.severity >= report.fail_on for finding in findings)
    counts = {"tests": max(1, len(findings)), "failures": failing, "errors": 0, "skipped": 0}
    suite = SubElement(root, "testsuite", {"name": file, **{key: str(count) for key, count in counts.items()}})
    if not findings:
        SubElement(suite, "testcase", classname=file, name=CLEAN)
    seen: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.rule}: {one_line(finding.message)}"
        seen[name] += 1
        test = SubElement(suite, "testcase", classname=file, name=name + (f" ({seen[name]})" if seen[name] > 1 else ""))
        text = full.write(Report((finding,), files=1), Paint()).rstrip("\n")
        if finding.severity >= report.fail_on:
            message = one_line(finding.message)
            SubElement(test, "failure", type=finding.severity.word, message=message).text = text
        else:
            SubElement(test, "system-out").text = text
