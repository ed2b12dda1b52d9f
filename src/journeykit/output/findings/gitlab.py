"""GitLab's Code Quality report: findings in the widget of a merge request and beside its changed lines.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from journeykit.finding import Finding, Severity, fingerprints
from journeykit.output.paint import Paint, one_line, shown_name
from journeykit.output.report import Report
from journeykit.reading.discovery import repository

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
"""Of GitLab's five; `critical` and `blocker` would say that a map can break what runs."""


def write(report: Report, _paint: Paint) -> str:
    """A JSON list with an object for each finding."""
    from_root = lru_cache(None)(_from_root)
    # GitLab compares reports of two runs, which may be cloned to different folders
    findings = [replace(finding, file=from_root(finding.file)) for finding in report.findings]
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


def _from_root(file: str) -> str:
    """A file's name from the root of its repository, with slashes; as it is named where it lies in none."""
    absolute = Path(os.path.abspath(file))  # noqa: PTH100  (a link stays what it is called)
    root = os.environ.get("CI_PROJECT_DIR") or repository(absolute.parent)
    if root and absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix()
    return PurePath(os.path.normpath(file)).as_posix()
