"""SARIF 2.1.0, the OASIS interchange format of static analysis, for GitHub code scanning."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from journeykit._version import __version__
from journeykit.finding import Finding, Severity, fingerprints
from journeykit.linting import page_of
from journeykit.output.checkout import in_checkout
from journeykit.output.paint import Paint
from journeykit.output.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(report: Report, _paint: Paint) -> str:
    """Return a SARIF log with one run."""
    ids = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "journeykit",
        "version": __version__,
        "rules": [_rule(id, report.own_pages.get(id) or page_of(id) or id) for id in ids],
    }
    findings = in_checkout(report.findings)
    marks = fingerprints(findings)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids, mark) for finding, mark in zip(findings, marks, strict=True)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2) + "\n"


def _rule(id: str, page: str) -> dict[str, Any]:
    first, _, rest = page.partition("\n")
    return {"id": id, "shortDescription": {"text": first}, "help": {"text": rest.strip() or first}}


def _result(finding: Finding, ids: list[str], mark: str) -> dict[str, Any]:
    region = {
        "startLine": finding.start.line,
        "startColumn": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
    }
    text = finding.message + (f". {finding.help}" if finding.help else "")
    location = {"artifactLocation": {"uri": _uri(finding.file)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"journeykit/v1": mark},
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
