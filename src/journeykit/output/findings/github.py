"""GitHub workflow commands: annotations on the lines of a pull request.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from journeykit.finding import Finding, Severity
from journeykit.output.checkout import in_checkout
from journeykit.output.paint import Paint, shown
from journeykit.output.report import Report

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""How many annotations of each kind GitHub displays for a step."""


def write(report: Report, _paint: Paint) -> str:
    """Return a command for each finding, and a notice with the number that GitHub does not display."""
    lines = [_command(finding) for finding in in_checkout(report.findings)]
    listed = [finding.severity for finding in report.findings]
    more = sum(max(0, listed.count(severity) - SHOWN) for severity in Severity)
    if more:
        lines.append(f"::notice::GitHub displays {SHOWN} annotations of each sort a step; {more} more are in this log")
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding) -> str:
    places = {
        "file": shown(finding.file),
        "line": finding.start.line,
        "endLine": finding.end.line,
        "col": finding.start.column,
        "endColumn": finding.end.column,
        "title": f"journeykit {finding.rule}",
    }
    if finding.end.line != finding.start.line:  # columns are taken only within one line
        del places["col"], places["endColumn"]
    given = ",".join(f"{key}={_property(str(value))}" for key, value in places.items())
    text = finding.message + (f"\n{finding.help}" if finding.help else "")
    return f"::{COMMANDS[finding.severity]} {given}::{_data(shown(text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
