"""GitLab's Code Quality report, shown in merge requests and beside changed lines.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from journeykit.finding import Finding, Severity, fingerprints
from journeykit.output.checkout import in_checkout
from journeykit.output.paint import Paint, one_line, shown_name
from journeykit.output.report import Report

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
"""GitLab also has `critical` and `blocker`, for faults that break running software."""


def write(report: Report, _paint: Paint) -> str:
    """Return a JSON list with an object for each finding."""
    findings = in_checkout(report.findings)
    issues = [_issue(finding, mark) for finding, mark in zip(findings, fingerprints(findings), strict=True)]
    return json.dumps(issues, ensure_ascii=True, indent=2) + "\n"


def _issue(finding: Finding, mark: str) -> dict[str, Any]:
    text = finding.message + (f"; {finding.help}" if finding.help else "")
    return {
        "description": one_line(text),
        "check_name": finding.rule,
        "fingerprint": mark,
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": shown_name(finding.file),
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }
