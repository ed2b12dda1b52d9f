"""For programs that read as they go: each finding as the JSON format has it, one a line, with the version in each."""

from __future__ import annotations

import json

from journeykit.output.findings.json import VERSION, as_data
from journeykit.output.paint import Paint
from journeykit.output.report import Report

EDITS = True
"""Each finding has the edits of its fix."""


def write(report: Report, _paint: Paint) -> str:
    """A line of JSON for each finding; nothing where there is none."""
    return "".join(json.dumps({"version": VERSION, **as_data(finding)}) + "\n" for finding in report.findings)
