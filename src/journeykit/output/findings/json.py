"""JSON, version 1. Lines and columns count from 1 in code points; ends are exclusive."""

from __future__ import annotations

import json
from typing import Any

from journeykit.finding import Finding, Severity
from journeykit.output.paint import Paint
from journeykit.output.report import Report

VERSION = 1

EDITS = True
"""Each finding has the edits of its fix."""


def write(report: Report, _paint: Paint) -> str:
    """Return one JSON object."""
    counts = report.counts
    summary = {
        "files": report.files,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "info": counts[Severity.INFO],
    }
    data = {"version": VERSION, "findings": [as_data(finding) for finding in report.findings], "summary": summary}
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "help": finding.help,
        "suggestion": list(finding.suggestion),
        "file": finding.file,
        "start": finding.start._asdict(),
        "end": finding.end._asdict(),
        "path": list(finding.path),
        "fix": _fix(finding),
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    """Return the fix of a finding with all of its edits, in the order of the text; None if it has none."""
    if finding.fix is None or not finding.edits:
        return None
    edits = [{"start": start._asdict(), "end": end._asdict(), "text": text} for start, end, text in finding.edits]
    return {"title": finding.fix.title, "safe": finding.fix.safe, "edits": edits}
