"""JSON Lines: one finding a line, as in the JSON format, each with the version."""

from __future__ import annotations

import json

from journeykit.output.findings.json import VERSION, as_data
from journeykit.output.paint import Paint
from journeykit.output.report import Report

EDITS = True
"""Each finding has the edits of its fix."""


def write(report: Report, _paint: Paint) -> str:
    """Return a line of JSON for each finding; nothing without findings."""
    return "".join(json.dumps({"version": VERSION, **as_data(finding)}) + "\n" for finding in report.findings)
