"""SARIF 2.1.0, the OASIS interchange format of static analysis, for GitHub code scanning."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from journeykit._version import __version__
from journeykit.drift import drift_rules
from journeykit.finding import Finding, Severity, fingerprints
from journeykit.fix import Replacement
from journeykit.linting import known_rules
from journeykit.output.checkout import in_checkout
from journeykit.output.paint import Paint
from journeykit.output.report import Report
from journeykit.output.repository import documentation, repository
from journeykit.reading.faults import PAGES
from journeykit.source import Position

EDITS = True
"""Each finding has the edits of its fix."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


LONGEST = 1024
"""The most characters of a description that GitHub takes."""
_HEADING = re.compile(r"^(Why|Bad|Good):", re.MULTILINE)


def write(report: Report, _paint: Paint) -> str:
    """Return a SARIF log with one run."""
    worst = {finding.rule: finding.severity for finding in sorted(report.findings, key=lambda one: one.severity)}
    ids = sorted(worst)
    home = repository()
    driver = {
        "name": "journeykit",
        "version": __version__,
        "semanticVersion": __version__,
        **({"informationUri": home} if home else {}),
        "rules": [_rule(id, report.own_pages.get(id), worst[id]) for id in ids],
    }
    findings = in_checkout(report.findings)
    marks = fingerprints(findings)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids, mark) for finding, mark in zip(findings, marks, strict=True)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2) + "\n"


def _rule(id: str, own_page: str | None, found: Severity) -> dict[str, Any]:
    """Return the description of a rule, of ours with its family, its usual severity and the address of its page."""
    known = known_rules().get(id) or drift_rules().get(id)
    page = own_page or (known.page if known else PAGES.get(id, id))
    family = known.family if known else "validate" if id in PAGES else ""
    level = LEVELS[known.severity if known else found]
    first, _, rest = page.partition("\n")
    address = documentation(f"docs/rules/{family}.md", id) if family else None
    return {
        "id": id,
        "shortDescription": {"text": first},
        "fullDescription": {"text": _description(page)},
        "help": {"text": rest.strip() or first, "markdown": _HEADING.sub(r"**\1:**", rest.strip() or first)},
        **({"helpUri": address} if address else {}),
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [family] if family else ["own"]},
    }


def _description(page: str) -> str:
    """Return what a page says before its reasons and examples, cut at the end of a sentence where it is too long."""
    heading = _HEADING.search(page)
    text = " ".join(page[: heading.start() if heading else None].split()) or page.strip()
    if len(text) <= LONGEST:
        return text
    whole = text[:LONGEST].rpartition(". ")[0]
    return f"{whole}." if whole else text[: LONGEST - 1] + "…"


def _result(finding: Finding, ids: list[str], mark: str) -> dict[str, Any]:
    text = finding.message + (f". {finding.help}" if finding.help else "")
    file = {"uri": _uri(finding.file)}
    fixes = [_fix(file, *fix) for fix in _fixes(finding)]
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": _region(finding.start, finding.end)}}],
        "partialFingerprints": {"journeykit/v1": mark},
        **({"fixes": fixes} if fixes else {}),
    }


def _fixes(finding: Finding) -> list[tuple[str, tuple[Replacement, ...]]]:
    """Return the title and the edits of each way to fix a finding: its fix, or each text that may be meant."""
    if finding.fix and finding.edits:
        return [(finding.fix.title, finding.edits)]
    return [(f"Write {text}", (Replacement(finding.start, finding.end, text),)) for text in finding.suggestion]


def _fix(file: dict[str, str], title: str, edits: tuple[Replacement, ...]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(start, end), "insertedContent": {"text": text}} for start, end, text in edits
    ]
    return {
        "description": {"text": title},
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
    }


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
