"""SARIF 2.1.0, the interchange format of static analysis (OASIS), as code scanning takes it."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from journeykit._version import __version__
from journeykit.finding import Finding, Severity
from journeykit.linting import page_of
from journeykit.output.paint import Paint
from journeykit.output.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(report: Report, _paint: Paint) -> str:
    """One SARIF log with one run."""
    ids = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "journeykit",
        "version": __version__,
        "rules": [_rule(id) for id in ids],
    }
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids, seen) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2) + "\n"


def _rule(id: str) -> dict[str, Any]:
    page = page_of(id) or id
    first, _, rest = page.partition("\n")
    return {"id": id, "shortDescription": {"text": first}, "help": {"text": rest.strip() or first}}


def _result(finding: Finding, ids: list[str], seen: Counter[str]) -> dict[str, Any]:
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
        "partialFingerprints": {"journeykit/v1": _fingerprint(finding, seen)},
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """The same when lines move: made of the rule, the file and the text meant, numbered where that repeats."""
    text = "\n".join((finding.rule, finding.file, "".join(finding.lines).strip()))
    seen[text] += 1
    return hashlib.sha256(f"{text}\n{seen[text]}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
